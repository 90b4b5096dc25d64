// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtClassHelperMacros>

namespace relay {

/// Octets to and from one peer, in the clear or under TLS. On the relay's thread.
class Wire
{
public:
    /// Who is told. None of these is called from within write().
    class Owner
    {
    public:
        /// read() may bring something.
        virtual void wireReadable() = 0;
        /// Something that had to wait has been sent.
        virtual void wireSent() = 0;
        /// The handshake is done; `tls` names protocol and cipher.
        virtual void wireSecured(const QByteArray &tls) = 0;
        /// The peer will say nothing more; it may still listen.
        virtual void wireEnded() = 0;
        virtual void wireLost(QByteArrayView why) = 0;

    protected:
        ~Owner() = default;
    };

    Wire() = default;
    virtual ~Wire() = default;
    Q_DISABLE_COPY_MOVE(Wire)

    /// At most `most` octets; 0 if there are none at present. The peer's end is told once everything before it was read.
    [[nodiscard]] virtual qint64 read(char *to, qint64 most) = 0;
    /// At once as far as the system takes it; the rest when there is room.
    virtual void write(QByteArrayView bytes) = 0;
    [[nodiscard]] virtual qint64 unsentOctets() const = 0;
    /// The end, after what is unsent; what the peer still says can be read.
    virtual void finish() = 0;
    /// The end, now.
    virtual void abort() = 0;
    /// Gives the descriptor away, or -1 if something is unsent. The wire is dead afterwards.
    [[nodiscard]] virtual int release() = 0;
};

} // namespace relay
