// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Profile.h"

#include <chrono>

namespace app {

/// This desktop's keyring (a secret service or KWallet), which keeps a profile's passphrase if its owner wants that. It is asked through wax-keyring, a
/// program of its own, so that nobody loads what it takes who does not use it, and so that a keyring that does not answer can be left. A value. Whatever
/// takes a `cancellation` waits: it is for jobs and for `wax`.
class Keyring
{
public:
    /// How long a question may take: the keyring may first ask for a password of its own.
    static constexpr std::chrono::milliseconds kPatience{20000};

    /// `program` is wax-keyring; by default that of this installation.
    explicit Keyring(const QString &program = {}, std::chrono::milliseconds patience = kPatience);

    /// Whether its owner wanted the passphrase kept. A file in the profile's folder says so; without it no keyring is asked for anything. Never of a
    /// demonstration.
    [[nodiscard]] static bool isUsedBy(const identity::Profile &profile);

    /// Whether a keyring is there, running or to be started. KeyringFailed, Cancelled.
    [[nodiscard]] base::Status probe(const base::Cancellation &cancellation = {}) const;
    /// What is kept. PassphraseMissing: nothing, also if a locked keyring stays locked; KeyringFailed, Cancelled.
    [[nodiscard]] base::Result<base::Secret> passphrase(const identity::Profile &profile, const base::Cancellation &cancellation = {}) const;
    /// Keeps it from now on. KeyringFailed, Cancelled, those of base::writePrivateFile(); InvalidArgument for a demonstration.
    [[nodiscard]] base::Status remember(const identity::Profile &profile, const base::Secret &passphrase, const base::Cancellation &cancellation = {}) const;
    /// It is not used any more, whatever comes; and it is taken out of the keyring. KeyringFailed, Cancelled: it may still be in there. FileNotWritable.
    [[nodiscard]] base::Status forget(const identity::Profile &profile, const base::Cancellation &cancellation = {}) const;

private:
    [[nodiscard]] bool isWithinReach() const;
    [[nodiscard]] base::Result<base::Secret> ask(const QStringList &words, const base::Secret &given, const base::Cancellation &cancellation) const;

    QString m_program;
    std::chrono::milliseconds m_patience;
};

} // namespace app
