// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace identity {

/// One user of a data directory: a mailbox address, a name for display, and the folder that holds
/// the user's keystore, certificate book and mail. A value; thread-safe to copy.
struct Profile {
    QString address;
    QString name;
    QString folder; ///< Absolute, 0700: DATA/profiles/<folder name of the address>.
    bool isDemonstration = false; ///< Made by --demo; its passphrase is known to everybody.

    bool operator==(const Profile &) const = default;
};

} // namespace identity
