// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace transport {

/// Who vouches for the servers of this computer, and which certificate each of them showed before. On loopback there is no name to check,
/// so the first certificate of a server is believed and remembered, and from then on no other, unless an anchor vouches for it. Any thread.
class ServerTrust
{
public:
    virtual ~ServerTrust() = default;

    /// DER of the certificates that may vouch for servers, as they are now.
    [[nodiscard]] virtual QList<QByteArray> anchors() = 0;
    /// An anchor vouched for the server at `where` ("127.0.0.1:1025"): from now on it must.
    virtual void noteVouched(const QString &where) = 0;
    /// Nobody vouches for `certificate` (DER): whether it is what this server showed the first time, which this may be.
    [[nodiscard]] virtual bool isKnown(const QString &where, const QByteArray &certificate) = 0;
};

} // namespace transport
