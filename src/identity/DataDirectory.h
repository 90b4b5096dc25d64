// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "identity/Profile.h"

#include <QList>

namespace identity {

/// Where everything of one installation lies:
///   DATA/authority            the common trusted authority (Authority.h)
///   DATA/directory            public certificates of the members (Directory.h)
///   DATA/trust                anchors and revocation lists for all profiles (TrustStore.h)
///   DATA/relay                the relay's spool, users and TLS key
///   DATA/profiles/<address>   keystore.json, book.json, mail.sqlite, trust
/// All folders are 0700. A value that only knows the path; any thread; may be used by several processes.
class DataDirectory
{
public:
    /// `path` is made absolute; nothing is created yet.
    explicit DataDirectory(const QString &path);

    /// `$XDG_DATA_HOME/waxwing`, XDG Base Directory Specification.
    [[nodiscard]] static QString defaultPath();

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString authorityFolder() const;
    [[nodiscard]] QString directoryFolder() const;
    [[nodiscard]] QString trustFolder() const;
    [[nodiscard]] QString relayFolder() const;

    /// Makes the directory, 0700. ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status prepare() const;

    /// Nothing that a person made lies here yet: no profile and no authority.
    [[nodiscard]] bool isEmpty() const;

    /// In order of address. Folders that hold no profile, or none that can be read, are passed over.
    [[nodiscard]] QList<Profile> profiles() const;

    /// ProfileMissing, FileNotReadable (it is there), AddressInvalid. Addresses are compared without regard to ASCII case.
    [[nodiscard]] base::Result<Profile> profile(const QString &address) const;

    /// The folder and its description, without a keystore. ProfileExists, FileNotReadable, AddressInvalid, and as prepare().
    [[nodiscard]] base::Result<Profile> createProfile(const QString &address, const QString &name) const;

    /// Replaces name and mark of an existing profile. ProfileMissing, and as prepare().
    [[nodiscard]] base::Status updateProfile(const Profile &profile) const;

    /// Deletes the profile with keys and mail, for good. ProfileMissing, FileNotWritable.
    [[nodiscard]] base::Status removeProfile(const QString &address) const;

    /// A folder name that is safe on any file system and differs for different addresses: lower-case,
    /// everything but [a-z0-9._@+-] percent-encoded, a leading dot too, long ones cut and hashed.
    [[nodiscard]] static QString folderNameOf(const QString &address);

private:
    QString m_path;
};

} // namespace identity
