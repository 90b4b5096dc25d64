// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QByteArray>

namespace provider {

/// A small secret sealed under `key`, a random secret of 32 octets and more (never a passphrase: nothing here is slow).
/// AES-256-GCM with a key by HKDF-SHA-256 (RFC 5869) and a fresh nonce; `name` is bound to it and needed to open it.
/// PassphraseMissing (no key), EncryptionFailed.
[[nodiscard]] base::Result<QByteArray> sealSecret(const base::Secret &secret, const base::Secret &key, const QByteArray &name);

/// The secret again. KeystoreDamaged: altered, another key, another name; nobody can tell which.
[[nodiscard]] base::Result<base::Secret> openSecret(QByteArrayView box, const base::Secret &key, const QByteArray &name);

} // namespace provider
