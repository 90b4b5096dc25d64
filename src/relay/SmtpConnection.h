// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Connection.h"
#include "relay/SmtpSession.h"

namespace relay {

/// An SMTP session on a socket.
class SmtpConnection final : public BackedConnection<SmtpBackend>
{
    Q_OBJECT

public:
    SmtpConnection(qintptr descriptor, Services &services, const SmtpSettings &settings, quint64 number);

    void shutDown(QByteArrayView text) override;
    [[nodiscard]] bool isIdle() const override { return m_session.isIdle(); }

    void checkPassword(const QByteArray &mailboxKey, const base::Secret &password) override;
    [[nodiscard]] Recipient recipient(const QByteArray &mailboxKey) override;
    [[nodiscard]] qint64 nextMessageId() override;
    void append(qint64 id, const QByteArray &piece) override;
    void abandon(qint64 id) override;
    void commit(store::SpoolLetter letter) override;
    void commitAside(store::SpoolLetter letter) override;
    void delay(std::chrono::milliseconds time) override;

protected:
    void startSession() override { m_session.start(); }
    void received(QByteArrayView bytes) override { m_session.receive(bytes); }
    void tlsStarted(const QByteArray &description) override { m_session.tlsStarted(description); }
    [[nodiscard]] bool wantsBytes() const override { return !m_session.isWaiting(); }
    [[nodiscard]] std::chrono::seconds idleLimit() const override;

private:
    const SmtpSettings &m_settings;
    SmtpSession m_session;
};

} // namespace relay
