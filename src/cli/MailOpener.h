// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "app/RevocationSettings.h"
#include "cli/Command.h"
#include "cli/Online.h"

namespace cli {

/// --fetch-revocation and --require-revocation, as those who open mail share them.
void addRevocationOptions(Arguments &arguments);

/// Opens messages with the files that the words of `wax open` name, or else with the profile. Files and profile are read once, and the
/// passphrase is asked for at most once, and only if something is encrypted: reading signed mail must not cost a slow key derivation.
class MailOpener
{
public:
    /// Judges as of `at`. `context` and `arguments` outlive the opener. To be made before anything else is read: see reachNetwork().
    /// Errors: those of lockedReader, app::RevocationSettings::keptIn and reachNetwork.
    [[nodiscard]] static base::Result<MailOpener> make(const Context &context, const Arguments &arguments, const QDateTime &at);

    /// Errors: those of unlockedReader and materialFromFiles.
    [[nodiscard]] base::Result<smime::OpenedMessage> open(const QByteArray &octets);

    /// The same with the keys that opening others needed so far; asks for none.
    [[nodiscard]] smime::OpenedMessage openWithKeysAtHand(const QByteArray &octets) const;

    /// The letter attached to `message` as the part that `wax inspect` calls `number`, opened as what it is: a message of its own, whose verdict knows
    /// nothing of the one around it. Only what is asked for is opened, one letter for each that lies around it. Where a message on the way cannot be
    /// opened, it is that one. Errors: those of open(); InvalidArgument: there is no such letter.
    [[nodiscard]] base::Result<smime::OpenedMessage> openAttached(smime::OpenedMessage message, const QString &number);

private:
    MailOpener(const Context &context, const Arguments &arguments, const QDateTime &at);

    [[nodiscard]] bool usesFiles() const;
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
    app::RevocationSettings m_revocation; ///< As the profile says, or as the words of this call do, the stronger of the two.
    std::unique_ptr<identity::RevocationSource> m_network; ///< Null if it is not asked.
    std::optional<app::Reader> m_reader;
    std::optional<smime::OpeningMaterial> m_material;
    bool m_isUnlocked = false;
};

} // namespace cli
