// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxService.h"

#include "store/Database.h"

namespace app {

using store::Flag;
using store::MessageId;

MailboxService::MailboxService(const QString &mailFile, QThreadPool *pool, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_pool(pool), m_clock(clock), m_database(std::make_shared<store::Database>(mailFile, store::MailStore::schema())),
      m_mail(std::make_shared<store::MailStore>(m_database, clock)), m_outbox(std::make_shared<store::Outbox>(m_database, clock))
{
    // One signal for many commits in a row: the lists are read again after each.
    connect(m_database.get(), &store::Database::changed, this, &MailboxService::onDatabaseChanged, Qt::QueuedConnection);
    m_coalesce.setSingleShot(true);
    m_coalesce.setInterval(std::chrono::milliseconds{30});
    connect(&m_coalesce, &QTimer::timeout, this, &MailboxService::changed);
}

MailboxService::~MailboxService() = default;

void MailboxService::onDatabaseChanged()
{
    if (!m_coalesce.isActive())
        m_coalesce.start();
}

base::Operation<base::Done> MailboxService::opened() const
{
    return m_database->opened();
}

base::Operation<QList<store::FolderCount>> MailboxService::counts()
{
    return m_mail->counts();
}

base::Operation<QList<store::MessageSummary>> MailboxService::page(store::PageRequest request)
{
    return m_mail->page(std::move(request));
}

base::Operation<QList<store::MessageSummary>> MailboxService::search(QString words, int limit)
{
    return m_mail->search(std::move(words), limit);
}

base::Operation<store::MessageSummary> MailboxService::summary(MessageId id)
{
    return m_mail->summary(id);
}

base::Operation<QByteArray> MailboxService::octets(MessageId id)
{
    return m_mail->octets(id);
}

base::Operation<base::Done> MailboxService::setRead(QList<MessageId> ids, bool isRead)
{
    return m_mail->setFlags(std::move(ids), Flag::Read, isRead);
}

base::Operation<base::Done> MailboxService::setAnswered(MessageId id)
{
    return m_mail->setFlags({id}, Flag::Answered, true);
}

base::Operation<store::Moved> MailboxService::remove(QList<MessageId> ids)
{
    return move(std::move(ids), store::Folder::Trash);
}

base::Operation<store::Moved> MailboxService::move(QList<MessageId> ids, store::Folder to)
{
    const base::Operation<store::Moved> operation = m_mail->move(std::move(ids), to);
    base::whenReady(this, operation, [this](const base::Result<store::Moved> &moved) {
        if (moved && !moved->messages.isEmpty())
            setLastMoved(*moved);
    });
    return operation;
}

base::Operation<base::Done> MailboxService::undo()
{
    const store::Moved moved = m_lastMoved;
    setLastMoved({});
    return m_mail->restore(moved);
}

void MailboxService::setLastMoved(const store::Moved &moved)
{
    m_lastMoved = moved;
    Q_EMIT undoChanged(canUndo());
}

base::Operation<base::Done> MailboxService::emptyTrash()
{
    setLastMoved({});
    return m_mail->emptyTrash();
}

base::Operation<MessageId> MailboxService::saveDraft(const Draft &draft, const SharedSealer &sealer)
{
    return app::saveDraft(m_mail, draft, sealer, m_pool, m_clock);
}

base::Operation<Draft> MailboxService::loadDraft(MessageId id, const SharedSealer &sealer)
{
    return base::runOn(m_pool, [mail = m_mail, id, sealer](const base::Cancellation &cancellation) -> base::Result<Draft> {
        const base::Result<QByteArray> octets = store::await(mail->octets(id));
        if (!octets)
            return octets.error();
        const bool isSealed = store::summarise(*octets).seal == store::SealState::Encrypted;
        base::Result<Draft> draft = isSealed ? sealer->openDraft(*octets, cancellation) : readDraft(*octets);
        if (draft)
            draft->id = id;
        return draft;
    });
}

base::Operation<base::Done> MailboxService::discardDraft(MessageId id)
{
    return m_mail->discardDraft(id);
}

void MailboxService::rememberOpened(MessageId id, const OpenedSummary &opened)
{
    const auto known = m_opened.constFind(id);
    if (known != m_opened.constEnd() && *known == opened)
        return;
    m_opened.insert(id, opened);
    base::whenReady(this, m_mail->setSeal(id, sealState(opened.summary)), [](const base::Status &) {});
    Q_EMIT openedSummaryChanged(id);
}

std::optional<OpenedSummary> MailboxService::openedSummary(MessageId id) const
{
    const auto known = m_opened.constFind(id);
    return known == m_opened.constEnd() ? std::nullopt : std::optional{*known};
}

void MailboxService::forgetOpened()
{
    m_opened.clear();
    Q_EMIT openedSummaryChanged(MessageId::None);
}

store::SealState MailboxService::sealState(smime::Summary summary)
{
    switch (summary) {
    case smime::Summary::Malformed: return store::SealState::Malformed;
    case smime::Summary::CannotDecrypt: return store::SealState::CannotDecrypt;
    case smime::Summary::Altered: return store::SealState::Altered;
    case smime::Summary::Impersonated: return store::SealState::Impersonated;
    case smime::Summary::Verified: return store::SealState::Verified;
    case smime::Summary::Unverified: return store::SealState::Unverified;
    case smime::Summary::Decrypted: return store::SealState::Decrypted;
    case smime::Summary::Plain: return store::SealState::Plain;
    }
    Q_UNREACHABLE_RETURN(store::SealState::NotAssessed);
}

base::Operation<MessageId> saveDraft(const std::shared_ptr<store::MailStore> &mail, const Draft &draft, const SharedSealer &sealer,
                                     QThreadPool *pool, const base::Clock &clock)
{
    return base::runOn(pool, [=, now = clock.now()](const base::Cancellation &cancellation) -> base::Result<MessageId> {
        base::Result<QByteArray> octets = buildForSaving(draft, now);
        if (octets && draft.encrypt)
            octets = sealer->sealForSelf(draft, *octets, cancellation);
        if (!octets)
            return octets.error();
        return store::await(mail->saveDraft(draft.id, *octets));
    });
}

} // namespace app
