// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what goes into and comes out of one operation of the CMS context.

#include "provider/CmsFacts.h"
#include "provider/CmsOptions.h"
#include "provider/CmsWiped.h"
#include "provider/ContextPool.h"
#include "provider/OpenSsl.h"

namespace provider::cms {

/// The message in the pieces that update() was given.
using Pieces = QList<QByteArray>;

/// Of Pieces, or of views of them.
template <typename Piece>
[[nodiscard]] qsizetype octetsIn(const QList<Piece> &pieces)
{
    qsizetype total = 0;
    for (const Piece &piece : pieces)
        total += piece.size();
    return total;
}

/// A person's certificate with the key to it.
struct OwnKey {
    X509Ptr certificate;            ///< may be null for a bare key
    EvpKeyPtr key;
    std::shared_ptr<ContextPool> contexts; ///< of `key`; null only without one
    QList<QByteArray> chain;        ///< DER, leaf first
};

/// A failed operation says so in facts.fault.
struct Outcome {
    CmsFacts facts;
    QByteArray output;              ///< what read() gives
    QByteArray signature;           ///< detached
    QString hashName;               ///< QCA's spelling: "sha256"

    [[nodiscard]] static Outcome failed(CmsFault fault, const QString &detail)
    {
        Outcome outcome;
        outcome.facts.fault = fault;
        outcome.facts.detail = detail;
        return outcome;
    }
    /// Of what split() could not read.
    [[nodiscard]] static Outcome failed(const base::Error &error)
    {
        return failed(error.code == base::ErrorCode::CmsTooLarge ? CmsFault::TooLarge : CmsFault::Malformed, error.detail);
    }
};

} // namespace provider::cms
