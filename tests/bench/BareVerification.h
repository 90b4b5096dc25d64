// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace bench {

/// A multipart/signed taken apart.
struct DetachedMail {
    QByteArray content;
    QByteArray signature; ///< DER.
};

/// Has OpenSSL verify each, signature and path, with one store for all; how many were good.
[[nodiscard]] int verifyAll(const QList<DetachedMail> &mails, const QByteArray &anchor, const QDateTime &at);

} // namespace bench
