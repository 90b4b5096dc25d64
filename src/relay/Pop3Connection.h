// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Connection.h"
#include "relay/Pop3Session.h"

namespace relay {

/// A POP3 session on a socket.
class Pop3Connection final : public BackedConnection<Pop3Backend>
{
    Q_OBJECT

public:
    Pop3Connection(qintptr descriptor, Services &services, std::shared_ptr<const Pop3Settings> settings, quint64 number);
    ~Pop3Connection() override;

    void shutDown(QByteArrayView text) override;
    [[nodiscard]] bool isIdle() const override { return m_session.isIdle(); }

    /// Releases the mailbox before the peer has heard the last word: it may come back at once.
    void close(QByteArrayView why) override;
    void findVerifier(const QByteArray &mailboxKey) override;
    void checkPassword(const QByteArray &mailboxKey, const base::Secret &password) override;
    void openMailbox(const QByteArray &mailboxKey) override;
    void readMessages(const QList<qint64> &ids, qint64 offset) override;
    void deleteMessages(const QByteArray &mailboxKey, const QList<qint64> &ids) override;
    [[nodiscard]] bool isCongested() const override;
    void delay(std::chrono::milliseconds time) override;
    void drop(QByteArrayView why) override;

protected:
    void startSession() override { m_session.start(); }
    void received(QByteArrayView bytes) override { m_session.receive(bytes); }
    void tlsStarted(const QByteArray &description) override { m_session.tlsStarted(description); }
    void drained() override;
    [[nodiscard]] bool wantsBytes() const override { return !m_session.isWaiting(); }
    [[nodiscard]] std::chrono::seconds idleLimit() const override { return limits().pop3Idle; }
    [[nodiscard]] quint64 progress() const override { return m_session.progress(); }
    [[nodiscard]] const Limits &limits() const override { return m_settings->limits; }

private:
    void releaseMailbox();

    const std::shared_ptr<const Pop3Settings> m_settings; ///< As they were when the peer came.
    QByteArray m_mailbox; ///< Held by this session.
    Pop3Session m_session;
};

} // namespace relay
