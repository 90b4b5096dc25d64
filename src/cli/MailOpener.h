// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "app/MessageService.h"
#include "cli/Command.h"

namespace cli {

/// --fetch-revocation and --require-revocation, as those who open mail share them.
void addRevocationOptions(Arguments &arguments);

/// Opens messages with the files that the words of `wax open` name, or else with the profile. Files and profile are read once, and the
/// passphrase is asked for at most once, and only if something is encrypted: reading signed mail must not cost a slow key derivation.
/// Judges as of `at`. `context` and `arguments` outlive it.
class MailOpener
{
public:
    MailOpener(const Context &context, const Arguments &arguments, const QDateTime &at);

    /// Errors: those of lockedReader, unlockedReader, materialFromFiles and app::AccountSettings::load.
    [[nodiscard]] base::Result<smime::OpenedMessage> open(const QByteArray &octets);

private:
    [[nodiscard]] base::Result<smime::OpenedMessage> openForProfile(const QByteArray &octets);
    [[nodiscard]] base::Result<smime::OpenedMessage> openWithFiles(const QByteArray &octets);
    [[nodiscard]] base::Status readProfile();
    [[nodiscard]] base::Status readFiles();
    [[nodiscard]] base::Status unlockProfile();
    [[nodiscard]] smime::OpenedMessage openMail(const QByteArray &octets) const;
    [[nodiscard]] smime::OpenedMessage openRequest(const QByteArray &octets) const;

    const Context &m_context;
    const Arguments &m_arguments;
    QDateTime m_at;
    std::optional<app::Reader> m_reader;
    std::optional<app::AccountSettings> m_account;
    std::optional<smime::OpeningMaterial> m_material;
    bool m_isUnlocked = false;
};

} // namespace cli
