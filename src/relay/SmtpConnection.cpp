// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SmtpConnection.h"

namespace relay {

SmtpConnection::SmtpConnection(qintptr descriptor, Services &services, const SmtpSettings &settings, quint64 number)
    : BackedConnection(descriptor, services, settings.isSubmission ? Protocol::Submission : Protocol::Smtp, number),
      m_settings(settings), m_session(settings, peer(), *this) {}

void SmtpConnection::shutDown(QByteArrayView text)
{
    m_session.shutDown(text);
}

void SmtpConnection::checkPassword(const QByteArray &mailboxKey, const base::Secret &password)
{
    checkWith(mailboxKey, password, [this](bool isRight) {
        m_session.passwordChecked(isRight);
        readMore();
    });
}

SmtpBackend::Recipient SmtpConnection::recipient(const QByteArray &mailboxKey)
{
    if (services().users.contains(mailboxKey))
        return Recipient::Local;
    if (mailboxKey.isEmpty())
        return Recipient::Unknown;
    // Another process may have added the mailbox a moment ago.
    services().reloadUsers([this, mailboxKey, self = QPointer<Connection>(this)] {
        if (!self)
            return;
        m_session.recipientFound(services().users.contains(mailboxKey));
        readMore();
    });
    return Recipient::Pending;
}

qint64 SmtpConnection::nextMessageId()
{
    return services().spool.nextId();
}

void SmtpConnection::append(qint64 id, const QByteArray &piece)
{
    services().spool.append(id, piece);
}

void SmtpConnection::abandon(qint64 id)
{
    services().spool.abandon(id);
}

void SmtpConnection::commit(store::SpoolLetter letter)
{
    // The mail was taken whether or not the peer is still there to hear it.
    auto answer = [this, &shared = services(), session = number(), recipients = letter.recipients, sender = letter.sender,
                   self = QPointer<Connection>(this)](const base::Result<store::SpoolReceipt> &outcome) {
        if (outcome && !outcome->isDuplicate) {
            shared.stored(recipients);
            if (shared.office)
                shared.office->stored(outcome->id, shared.sessionName(session));
        }
        if (!self)
            return;
        if (outcome)
            noteEvent(MonitorEvent::Kind::MessageStored, sender, 0, outcome->id);
        m_session.committed(outcome);
        readMore();
    };
    services().spool.commit(std::move(letter), std::move(answer));
}

void SmtpConnection::commitAside(store::SpoolLetter letter)
{
    auto answer = [&shared = services(), session = number(), recipients = letter.recipients](const base::Result<store::SpoolReceipt> &outcome) {
        if (!outcome)
            return;
        shared.stored(recipients);
        if (shared.office)
            shared.office->stored(outcome->id, shared.sessionName(session));
    };
    services().spool.commit(std::move(letter), std::move(answer));
}

void SmtpConnection::delay(std::chrono::milliseconds time)
{
    QTimer::singleShot(time, this, [this] {
        m_session.delayOver();
        readMore();
    });
}

std::chrono::seconds SmtpConnection::idleLimit() const
{
    return m_session.isSuspectingBareLineEnd() ? m_settings.limits.afterBareLineEnd : m_settings.limits.idle;
}

} // namespace relay
