// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SmtpConnection.h"

namespace relay {

SmtpConnection::SmtpConnection(qintptr descriptor, Services &services, std::shared_ptr<const SmtpSettings> settings, quint64 number)
    : BackedConnection(descriptor, services, settings->isSubmission ? Protocol::Submission : Protocol::Smtp, number),
      m_settings(std::move(settings)), m_session(*m_settings, peer(), *this) {}

void SmtpConnection::shutDown(QByteArrayView text)
{
    m_session.shutDown(text);
}

void SmtpConnection::findVerifier(const QByteArray &mailboxKey)
{
    whenLooked(mailboxKey, [this, mailboxKey] {
        m_session.verifierFound(services().users.verifier(mailboxKey));
        readMore();
    });
}

void SmtpConnection::checkPassword(const QByteArray &mailboxKey, const base::Secret &password)
{
    checkWith(mailboxKey, password, [this](bool isRight) {
        m_session.passwordChecked(isRight);
        readMore();
    });
}

SmtpBackend::Found SmtpConnection::find(const QByteArray &mailboxKey, qint64 octets) const
{
    const QByteArray mailbox = services().users.mailboxOf(mailboxKey);
    if (mailbox.isEmpty())
        return {services().isElsewhere(mailboxKey) ? Recipient::Elsewhere : Recipient::Unknown, {}};
    switch (services().fill.room(mailbox, octets)) {
    case MailboxFill::Room::Fits:
        return {Recipient::Local, mailbox};
    case MailboxFill::Room::Full:
        return {Recipient::Full, mailbox};
    case MailboxFill::Room::NeverFits:
        break;
    }
    return {Recipient::NeverFits, mailbox};
}

SmtpBackend::Found SmtpConnection::recipient(const QByteArray &mailboxKey, qint64 octets)
{
    const Found found = find(mailboxKey, octets);
    if (found.kind == Recipient::Local || found.kind == Recipient::NeverFits || mailboxKey.isEmpty())
        return found;
    // Another process may have added the mailbox a moment ago, or made room in it.
    auto answer = [this, mailboxKey, octets, self = QPointer<Connection>(this)] {
        if (!self)
            return;
        m_session.recipientFound(find(mailboxKey, octets));
        readMore();
    };
    if (found.kind == Recipient::Full)
        services().reloadFill(std::move(answer));
    else
        services().reloadUsers(std::move(answer));
    return {Recipient::Pending, {}};
}

SmtpBackend::Recipient SmtpConnection::room(const QList<QByteArray> &mailboxes, qint64 octets)
{
    Recipient best = Recipient::NeverFits;
    for (const QByteArray &mailbox : mailboxes) {
        const MailboxFill::Room room = services().fill.room(mailbox, octets);
        if (room == MailboxFill::Room::Fits)
            return Recipient::Local;
        if (room == MailboxFill::Room::Full)
            best = Recipient::Full;
    }
    // Too late for this message; but the next attempt shall not suffer from what we did not see being deleted.
    if (best == Recipient::Full)
        services().reloadFill([] {});
    return best;
}

bool SmtpConnection::countMessage(const QByteArray &user)
{
    Services &shared = services();
    const Limits &limit = limits();
    const bool isAddressLimited = !peer().isLoopback && limit.maxMessagesPerMinutePerAddress > 0;
    const bool isUserLimited = !user.isEmpty() && limit.maxMessagesPerMinutePerUser > 0;
    const qint64 now = nowMs();
    if (isAddressLimited && !shared.messagesOfAddresses.isBelow(peer().countedAs, limit.maxMessagesPerMinutePerAddress, now))
        return false;
    if (isUserLimited && !shared.messagesOfUsers.isBelow(user, limit.maxMessagesPerMinutePerUser, now))
        return false;
    if (isAddressLimited)
        shared.messagesOfAddresses.count(peer().countedAs, now);
    if (isUserLimited)
        shared.messagesOfUsers.count(user, now);
    return true;
}

bool SmtpConnection::isOwn(const QByteArray &user, const QByteArray &mailboxKey)
{
    return services().users.mailboxOf(mailboxKey) == user;
}

qint64 SmtpConnection::nextMessageId()
{
    return services().spool.nextId();
}

void SmtpConnection::append(qint64 id, const QByteArray &piece)
{
    m_unwritten += piece.size();
    services().spool.append(id, piece, [this, octets = piece.size(), self = QPointer<Connection>(this)] {
        if (!self)
            return;
        m_unwritten -= octets;
        if (isCongested())
            return;
        m_session.resume();
        readMore();
    });
}

void SmtpConnection::abandon(qint64 id)
{
    services().spool.abandon(id);
}

void SmtpConnection::commit(store::SpoolLetter letter)
{
    auto answer = [this, sender = letter.sender, self = QPointer<Connection>(this)](const base::Result<store::SpoolReceipt> &outcome) {
        if (!self)
            return;
        if (outcome)
            noteEvent(MonitorEvent::Kind::MessageStored, sender, 0, outcome->id);
        m_session.committed(outcome);
        readMore();
    };
    keep(std::move(letter), std::move(answer));
}

void SmtpConnection::commitAside(store::SpoolLetter letter)
{
    keep(std::move(letter), [](const base::Result<store::SpoolReceipt> &) {});
}

/// The mail was taken whether or not the peer is still there to hear it.
void SmtpConnection::keep(store::SpoolLetter letter, SpoolAccess::Answer<store::SpoolReceipt> answer)
{
    const qint64 octets = letter.trace.size() + letter.bodyOctets;
    auto stored = [&shared = services(), session = number(), recipients = letter.recipients, octets, hasOrder = letter.order != nullptr,
                   answer = std::move(answer)](const base::Result<store::SpoolReceipt> &outcome) {
        if (outcome || outcome.error().code != base::ErrorCode::UserUnknown)
            shared.noteHealth(outcome ? base::Status{base::Done{}} : base::Status{outcome.error()});
        if (outcome && !outcome->isDuplicate) {
            shared.fill.stored(recipients, octets);
            shared.stored(recipients);
            if (shared.office)
                shared.office->stored(outcome->id, shared.sessionName(session));
        }
        if (outcome && hasOrder && shared.queued)
            shared.queued();
        answer(outcome);
    };
    services().spool.commit(std::move(letter), std::move(stored));
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
    return m_session.isSuspectingBareLineEnd() ? limits().afterBareLineEnd : limits().idle;
}

} // namespace relay
