// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Unlock.h"

#include "app/Keyring.h"

using namespace Qt::StringLiterals;

namespace cli {

base::Status unlockWith(const identity::Profile &profile, const Arguments &arguments, const std::function<base::Status(const base::Secret &)> &attempt)
{
    const QString file = arguments.value(u"passphrase-file"_s);
    const app::Keyring keyring;
    // Whatever keeps the keyring from answering, a person can.
    if (const base::Result<base::Secret> kept = file.isEmpty() ? keyring.passphrase(profile) : base::Result<base::Secret>{base::ErrorCode::PassphraseMissing}) {
        const base::Status opened = attempt(*kept);
        if (opened || opened.error().code != base::ErrorCode::PassphraseWrong)
            return opened;
        say(cli::Talk::tr("The passphrase in this desktop's keyring does not fit any more, and is forgotten."));
        (void)keyring.forget(profile);
    }
    const base::Result<base::Secret> passphrase = readPassphrase(file, cli::Talk::tr("Passphrase of %1").arg(profile.address));
    return passphrase ? attempt(*passphrase) : passphrase.error();
}

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
    const auto unlock = [&keystore](const base::Secret &passphrase) { return keystore->unlock(passphrase); };
    if (const base::Status status = unlockWith(reader->profile, arguments, unlock); !status)
        return status.error();
    reader->material.keys = keystore->keys();
    return reader;
}

} // namespace cli
