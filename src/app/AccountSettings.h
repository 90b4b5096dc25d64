// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RevocationSettings.h"
#include "net/Endpoint.h"
#include "transport/FetchMail.h"
#include "transport/Server.h"

#include <QString>

namespace identity {
class Keystore;
}

namespace app {

/// Which servers a profile uses, and how it learns of revocation. Everything but the passwords lies in `account.json` of the profile's folder; the passwords
/// lie in the keystore under passwordName and are put in by the caller.
struct AccountSettings : RevocationSettings {
    transport::Server smtp;
    transport::Server pop3;
    transport::AfterFetch afterFetch = transport::AfterFetch::Delete;
    /// No file says otherwise: the relay of this data directory, wherever it listens.
    bool isOwnRelay = true;
    /// The keystore's name of the servers' password (one for both). Each new password gets a new one.
    QString passwordName = QStringLiteral("relay-password");

    /// The relay of this machine, logged in as `address`: 127.0.0.1:1025 and :1110.
    [[nodiscard]] static AccountSettings defaults(const QString &address);

    /// `account.json` in `profileFolder`, or the defaults if it is missing. Errors of load().
    [[nodiscard]] static base::Result<AccountSettings> kept(const QString &profileFolder, const QString &address);

    /// What is kept, but WAXWING_SMTP and WAXWING_POP3 (ADDR:PORT) are stronger.
    /// ConfigurationInvalid (detail says which field), FileNotReadable, FileTooLarge. Any thread.
    [[nodiscard]] static base::Result<AccountSettings> load(const QString &profileFolder, const QString &address);

    /// Goes where the own relay really listens; without effect unless isOwnRelay.
    void followRelay(const net::Endpoint &smtpAt, const net::Endpoint &pop3At);

    /// For both servers.
    void setPassword(const base::Secret &password);

    /// For both servers.
    void setTrust(const std::shared_ptr<transport::ServerTrust> &trust);

    /// Writes all but the passwords, atomically; no servers if isOwnRelay. FileNotWritable, DiskFull.
    [[nodiscard]] base::Status save(const QString &profileFolder) const;

    /// The same with a password for these servers, which goes into `keystore`, that of the profile, unlocked: both or neither, so that no server
    /// is told the password of another one. An empty one leaves the one that is kept. Those of save() and Keystore::storeSecret(). Waits.
    [[nodiscard]] base::Status keep(const QString &profileFolder, identity::Keystore &keystore, const base::Secret &password) const;
};

} // namespace app
