// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/KeyMaterial.h"

#include <QByteArray>
#include <QList>

namespace provider {

/// One "-----BEGIN label-----" block of RFC 7468.
struct PemBlock {
    QByteArray label;  ///< Of several names that OpenSSL has for one thing, always the same: "X509 CERTIFICATE" is "CERTIFICATE".
    QByteArray header; ///< "Proc-Type: 4,ENCRYPTED ..." of old encrypted keys; empty otherwise.
    QByteArray der;    ///< Still encrypted if the header says so.
};

/// All blocks, in order; text around them is ignored. Stops at a damaged block and says so in `isDamaged`.
struct PemBlocks {
    QList<PemBlock> blocks;
    bool isDamaged = false;

    /// The content of those with this label, in order.
    [[nodiscard]] QList<QByteArray> labelled(QByteArrayView label) const;
};
[[nodiscard]] PemBlocks readPemBlocks(QByteArrayView text);

/// The first of readPemBlocks().labelled(); empty if there is none.
[[nodiscard]] QByteArray firstPemBlock(QByteArrayView text, const QByteArray &label);

} // namespace provider
