// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/KeyMaterial.h"

#include <QByteArray>
#include <QList>

namespace provider {

/// One "-----BEGIN label-----" block of RFC 7468.
struct PemBlock {
    QByteArray label;
    QByteArray header; ///< "Proc-Type: 4,ENCRYPTED ..." of old encrypted keys; empty otherwise.
    QByteArray der;    ///< Still encrypted if the header says so.
};

/// All blocks, in order; text around them is ignored. Stops at a damaged block and says so in `isDamaged`.
struct PemBlocks {
    QList<PemBlock> blocks;
    bool isDamaged = false;
};
[[nodiscard]] PemBlocks readPemBlocks(QByteArrayView text);

/// The content of the first block with one of OpenSSL's names for `label`; empty if there is none.
[[nodiscard]] QByteArray firstPemBlock(QByteArrayView text, const QByteArray &label);

} // namespace provider
