// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Unlock.h"

using namespace Qt::StringLiterals;

namespace cli {

base::Result<app::Reader> lockedReader(const Context &context)
{
    const identity::DataDirectory data{context.dataDirectory};
    const base::Result<identity::Profile> profile = data.profile(context.profile);
    if (!profile)
        return profile.error();
    app::Reader reader{data, *profile, {}, {}};
    reader.material.trust = identity::TrustStore(data, *profile).material();
    return reader;
}

base::Result<app::Reader> unlockedReader(const Context &context, const Arguments &arguments)
{
    base::Result<app::Reader> reader = lockedReader(context);
    if (!reader)
        return reader.error();
    base::Result<identity::Keystore> keystore = identity::Keystore::open(reader->profile.folder);
    if (!keystore)
        return keystore.error();
    const base::Result<base::Secret> passphrase =
        readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of %1").arg(reader->profile.address));
    if (!passphrase)
        return passphrase.error();
    if (const base::Status status = keystore->unlock(*passphrase); !status)
        return status.error();
    reader->material.keys = keystore->keys();
    return reader;
}

} // namespace cli
