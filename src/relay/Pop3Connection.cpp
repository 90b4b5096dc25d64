// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Pop3Connection.h"

namespace relay {

namespace {

/// More than this unsent, and nothing further is read from the spool for this peer.
constexpr qint64 kCongestedOctets = 512 * 1024;

} // namespace

Pop3Connection::Pop3Connection(qintptr descriptor, Services &services, std::shared_ptr<const Pop3Settings> settings, quint64 number)
    : BackedConnection(descriptor, services, Protocol::Pop3, number), m_settings(std::move(settings)), m_session(*m_settings, peer(), *this) {}

Pop3Connection::~Pop3Connection()
{
    releaseMailbox();
}

void Pop3Connection::releaseMailbox()
{
    if (!m_mailbox.isEmpty())
        services().openMailboxes.remove(std::exchange(m_mailbox, {}));
}

void Pop3Connection::close(QByteArrayView why)
{
    releaseMailbox();
    closeAfterSending(why);
}

void Pop3Connection::shutDown(QByteArrayView text)
{
    m_session.shutDown(text);
}

void Pop3Connection::findVerifier(const QByteArray &mailboxKey)
{
    whenLooked(mailboxKey, [this, mailboxKey] {
        m_session.verifierFound(services().users.verifier(mailboxKey));
        readMore();
    });
}

void Pop3Connection::checkPassword(const QByteArray &mailboxKey, const base::Secret &password)
{
    checkWith(mailboxKey, password, [this](bool isRight) {
        m_session.passwordChecked(isRight);
        readMore();
    });
}

void Pop3Connection::openMailbox(const QByteArray &mailboxKey)
{
    if (services().openMailboxes.contains(mailboxKey))
        return m_session.mailboxOpened(base::ErrorCode::MailboxBusy);
    services().openMailboxes.insert(mailboxKey);
    m_mailbox = mailboxKey;
    services().spool.read([this, mailboxKey, self = QPointer<Connection>(this)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolEntry>> entries = reader.entries(mailboxKey);
        return [this, self, entries = std::move(entries)] {
            if (!self)
                return;
            if (!entries) // Whoever tries again, under this name or another, must not find it taken.
                releaseMailbox();
            m_session.mailboxOpened(entries);
            readMore();
        };
    });
}

void Pop3Connection::readMessages(const QList<qint64> &ids, qint64 offset)
{
    services().spool.read([this, ids, offset, self = QPointer<Connection>(this)](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        return [this, self, ids, pieces = reader.readEach(ids, offset)] {
            if (!self)
                return;
            // The first is the one that is waited for; it goes last, so that the others are at hand when the session goes on.
            for (qsizetype i = ids.size() - 1; i >= 0; --i)
                m_session.pieceRead(ids[i], pieces[static_cast<std::size_t>(i)]);
            readMore();
        };
    });
}

void Pop3Connection::deleteMessages(const QByteArray &mailboxKey, const QList<qint64> &ids)
{
    services().spool.write([this, mailboxKey, ids, &shared = services(), looks = services().fill.looks(),
                            self = QPointer<Connection>(this)](store::Spool &spool) -> SpoolAccess::Delivery {
        const base::Result<qint64> removed = spool.remove(mailboxKey, ids);
        return [this, self, removed, mailboxKey, looks, &shared] {
            const base::Status status = removed ? base::Status{base::Done{}} : base::Status{removed.error()};
            if (removed || removed.error().code != base::ErrorCode::UserUnknown)
                shared.noteHealth(status);
            if (removed)
                shared.fill.removed(mailboxKey, *removed, looks);
            if (self)
                m_session.deleted(status);
        };
    });
}

bool Pop3Connection::isCongested() const
{
    return unsentOctets() > kCongestedOctets;
}

void Pop3Connection::delay(std::chrono::milliseconds time)
{
    QTimer::singleShot(time, this, [this] {
        m_session.delayOver();
        readMore();
    });
}

void Pop3Connection::drop(QByteArrayView why)
{
    releaseMailbox();
    dropNow(why);
}

void Pop3Connection::drained()
{
    m_session.resume();
    readMore();
}

} // namespace relay
