// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Services.h"
#include "relay/Transcript.h"
#include "relay/Wire.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>

namespace relay {

/// A socket and the clock of one session: moves bytes, upgrades to TLS, and knows nothing of mail. Lives on the relay's
/// thread; deletes itself after the end and says finished() before.
class Connection : public QObject, private Wire::Owner
{
    Q_OBJECT

public:
    enum class Start { Clear, Tls };
    using Clock = std::chrono::steady_clock;

    /// Takes over `descriptor`, a connected socket that does not block.
    Connection(qintptr descriptor, Services &services, Protocol protocol, quint64 number);
    ~Connection() override;

    /// Begins the session, or the handshake before it.
    void begin(Start start);
    /// Ends the session politely: 421 or -ERR.
    virtual void shutDown(QByteArrayView text) = 0;
    /// Says a last word and lets go of the socket at once, so that another peer may have its place.
    void drop(QByteArrayView text);
    /// At once, without a word and without what was not sent yet.
    void dropNow(QByteArrayView why) { end(why); }
    /// Looks at the time: called once a second.
    void watchTime(Clock::time_point now);
    /// True while it is the peer's turn: nothing is lost by letting go.
    [[nodiscard]] bool isDroppable() const;
    /// When the session last got on, or the peer took what was sent.
    [[nodiscard]] Clock::time_point lastActivity() const { return m_lastActivity; }
    /// True if closing now interrupts nothing that was promised.
    [[nodiscard]] virtual bool isIdle() const = 0;
    [[nodiscard]] const Peer &peer() const { return m_peer; }

Q_SIGNALS:
    void finished(QPrivateSignal);

protected:
    virtual void startSession() = 0;
    virtual void received(QByteArrayView bytes) = 0;
    virtual void tlsStarted(const QByteArray &description) = 0;
    virtual void drained() {}
    [[nodiscard]] virtual bool wantsBytes() const = 0;
    [[nodiscard]] virtual std::chrono::seconds idleLimit() const = 0;
    [[nodiscard]] virtual std::chrono::seconds totalLimit() const = 0;
    /// Grows as the dialogue gets on; bytes alone are no activity.
    [[nodiscard]] virtual quint64 progress() const = 0;

    void sendBytes(QByteArrayView bytes);
    void beginTls();
    /// From here on nothing goes out faster than this; what waits counts as unsent.
    void sendSlowly(int octetsPerSecond);
    [[nodiscard]] quint64 number() const { return m_number; }
    void closeAfterSending(QByteArrayView why);
    /// Goes on reading after wantsBytes() became true again.
    void readMore();
    [[nodiscard]] qint64 unsentOctets() const;
    void noteEvent(MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId);
    [[nodiscard]] Services &services() { return m_services; }
    [[nodiscard]] const Services &services() const { return m_services; }

private:
    void startHandshake();
    void wireReadable() override;
    void wireSent() override;
    void wireSecured(const QByteArray &tls) override;
    void wireEnded() override;
    void wireLost(QByteArrayView why) override;
    void end(QByteArrayView why);
    void dripOn();
    void keepTranscript();
    [[nodiscard]] QSslConfiguration tlsSettings();
    [[nodiscard]] bool meetsTlsFault();

    /// A connection that a rule of faults made slow.
    struct Drip {
        QTimer timer;
        QByteArray waiting;
        qsizetype octetsPerTurn = 1;
        std::optional<QByteArray> closing; ///< Why, once all has been sent.
    };

    Services &m_services;
    Protocol m_protocol;
    quint64 m_number;
    Peer m_peer;
    std::unique_ptr<Wire> m_wire;
    std::unique_ptr<Wire> m_formerWire; ///< In the clear, before TLS.
    Transcript m_transcript;
    std::unique_ptr<Drip> m_drip; ///< Null on nearly every connection.
    Clock::time_point m_since;
    Clock::time_point m_lastActivity;
    std::optional<QSslConfiguration> m_faultyTls;
    quint64 m_progress = 0;
    bool m_isWatched = true;
    bool m_isHandshaking = false;
    bool m_isSessionBegun = false;
    bool m_isLingering = false; ///< All was said; what still comes is thrown away until the peer closes.
    bool m_hasPeerEnded = false;
    bool m_isOver = false;
};

/// The answers that both kinds of session want from their connection.
template <typename Backend>
class BackedConnection : public Connection, public Backend
{
public:
    using Connection::Connection;

    void send(QByteArrayView bytes) override { sendBytes(bytes); }
    void startTls() override { beginTls(); }
    void close(QByteArrayView why) override { closeAfterSending(why); }
    [[nodiscard]] qint64 nowMs() const override { return QDateTime::currentMSecsSinceEpoch(); }
    [[nodiscard]] bool isWatched() const override { return services().isWatched || services().office; }
    void note(MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId) override { noteEvent(kind, text, octets, messageId); }
    [[nodiscard]] FaultEngine *faults() override { return services().faults(); }
    [[nodiscard]] quint64 sessionNumber() const override { return number(); }
    void drip(int octetsPerSecond) override { sendSlowly(octetsPerSecond); }
    void drop(QByteArrayView why) override { dropNow(why); }
    [[nodiscard]] bool mayLogIn() override
    {
        return peer().isLoopback || services().loginFailures.isBelow(peer().countedAs, limits().maxLoginFailuresPerMinute, nowMs());
    }
    void countLoginFailure() override
    {
        if (!peer().isLoopback)
            services().loginFailures.count(peer().countedAs, nowMs());
    }

protected:
    [[nodiscard]] virtual const Limits &limits() const = 0;
    [[nodiscard]] std::chrono::seconds totalLimit() const override { return limits().total; }

    /// Calls `next` a turn later, or once it was looked who is there: another process may have added this user a moment ago. Unless the connection
    /// has gone by then.
    void whenLooked(const QByteArray &key, std::function<void()> next)
    {
        auto guarded = [next = std::move(next), self = QPointer<Connection>(this)] {
            if (self)
                next();
        };
        if (services().users.contains(key))
            QMetaObject::invokeMethod(this, std::move(guarded), Qt::QueuedConnection);
        else
            services().reloadUsers(std::move(guarded));
    }

    /// Checks and calls `answer`, unless the connection has gone by then.
    void checkWith(const QByteArray &key, const base::Secret &password, std::function<void(bool)> answer)
    {
        whenLooked(key, [this, key, password, answer = std::move(answer)] {
            services().passwords.check(key, services().users.verifier(key), password, [answer, self = QPointer<Connection>(this)](bool isRight) {
                if (self)
                    answer(isRight);
            });
        });
    }
};

} // namespace relay
