// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "smime/Open.h"

#include <functional>

namespace smime {

/// The contents of files that somebody named on the command line.
struct MaterialFiles {
    QList<QByteArray> trust;   ///< Anchors: nothing else is trusted.
    QList<QByteArray> crls;
    QList<QByteArray> keys;    ///< Private keys and certificates: PEM in any order, DER, PKCS#12.
    QList<QByteArray> certificates; ///< Of other people.
};

/// Asked at most once, when a file needs a passphrase; one serves all.
using AskPassphrase = std::function<base::Result<base::Secret>()>;

/// Reads all of them. A key without certificate is of no use, left out and counted. Errors: those of provider::readKeyMaterial, and
/// whatever `ask` returns.
[[nodiscard]] base::Result<OpeningMaterial> readMaterial(const MaterialFiles &files, const AskPassphrase &ask);

} // namespace smime
