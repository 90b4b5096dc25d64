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
    SmtpConnection(qintptr descriptor, Services &services, std::shared_ptr<const SmtpSettings> settings, quint64 number);

    void shutDown(QByteArrayView text) override;
    [[nodiscard]] bool isIdle() const override { return m_session.isIdle(); }

    void findVerifier(const QByteArray &mailboxKey) override;
    void checkPassword(const QByteArray &mailboxKey, const base::Secret &password) override;
    [[nodiscard]] Found recipient(const QByteArray &mailboxKey, qint64 octets) override;
    [[nodiscard]] Recipient room(const QList<QByteArray> &mailboxes, qint64 octets) override;
    [[nodiscard]] bool countMessage(const QByteArray &user) override;
    [[nodiscard]] bool isOwn(const QByteArray &user, const QByteArray &mailboxKey) override;
    [[nodiscard]] qint64 nextMessageId() override;
    void append(qint64 id, const QByteArray &piece) override;
    [[nodiscard]] bool isCongested() const override { return m_unwritten > kMostUnwritten || unsentOctets() > kMostUnsent; }
    void abandon(qint64 id) override;
    void commit(store::SpoolLetter letter) override;
    void commitAside(store::SpoolLetter letter) override;
    void delay(std::chrono::milliseconds time) override;

protected:
    void startSession() override { m_session.start(); }
    void received(QByteArrayView bytes) override { m_session.receive(bytes); }
    void tlsStarted(const QByteArray &description) override { m_session.tlsStarted(description); }
    void drained() override
    {
        m_session.resume();
        readMore();
    }
    [[nodiscard]] bool wantsBytes() const override { return !m_session.isWaiting(); }
    [[nodiscard]] std::chrono::seconds idleLimit() const override;
    [[nodiscard]] quint64 progress() const override { return m_session.progress(); }
    [[nodiscard]] const Limits &limits() const override { return m_settings->limits; }

private:
    /// Some pieces ahead of the disk, so that neither waits for the other.
    static constexpr qint64 kMostUnwritten = 3 * store::kSpoolPieceOctets;
    static constexpr qint64 kMostUnsent = 128 * 1024;

    [[nodiscard]] Found find(const QByteArray &mailboxKey, qint64 octets) const;
    void keep(store::SpoolLetter letter, SpoolAccess::Answer<store::SpoolReceipt> answer);

    const std::shared_ptr<const SmtpSettings> m_settings; ///< As they were when the peer came.
    SmtpSession m_session;
    qint64 m_unwritten = 0; ///< Octets that the spool has not written yet.
};

} // namespace relay
