// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxService.h"

#include "app/VerdictPresenter.h"
#include "smime/Open.h"
#include "smime/ShownHeaders.h"
#include "store/Database.h"

#include <QRegularExpression>
#include <algorithm>

namespace app {

using store::Flag;
using store::MessageId;

namespace {

constexpr qsizetype kMostMoves = 50; ///< Are remembered to be undone.

/// Whatever their case and their accents.
QStringList wordsOf(const QString &text)
{
    static const QRegularExpression betweenWords(QStringLiteral("[^\\p{L}\\p{N}]+"), QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression accents(QStringLiteral("\\p{M}+"), QRegularExpression::UseUnicodePropertiesOption);
    return text.normalized(QString::NormalizationForm_KD).remove(accents).toCaseFolded().split(betweenWords, Qt::SkipEmptyParts);
}

/// Whether a certificate says of the sender what From says: all of its words, as in "Bob" of "Bob Baker". Authorities vouch for addresses, and anybody
/// may sign for his own under the name of somebody else.
bool isNameVouchedFor(const mime::Address &sender, const QList<smime::Signer> &signers)
{
    const QStringList words = wordsOf(sender.name);
    const auto saysSo = [&words](const smime::Signer &signer) {
        const QStringList known = wordsOf(signer.name);
        return !words.isEmpty() && std::all_of(words.cbegin(), words.cend(), [&known](const QString &word) { return known.contains(word); });
    };
    return sender.name.isEmpty() || std::any_of(signers.cbegin(), signers.cend(), saysSo);
}

store::SealState sealOf(const smime::Verdict &verdict, const QList<mime::Address> &from)
{
    const SealSign sign = signFor(verdict);
    const QList<smime::Signer> &signers = verdict.signature.signers;
    const auto isVouchedFor = [&signers](const mime::Address &sender) { return isNameVouchedFor(sender, signers); };
    switch (verdict.summary) {
    case smime::Summary::Malformed: return store::SealState::Malformed;
    case smime::Summary::CannotDecrypt: return store::SealState::CannotDecrypt;
    case smime::Summary::Altered: return store::SealState::Altered;
    case smime::Summary::Impersonated: return store::SealState::Impersonated;
    case smime::Summary::Verified:
        return std::all_of(from.cbegin(), from.cend(), isVouchedFor) ? store::SealState::Verified : store::SealState::VerifiedAddress;
    case smime::Summary::Unverified:
        return sign == SealSign::SealPart ? store::SealState::PartlySigned
            : sign == SealSign::SealBroken ? store::SealState::SignatureRefused : store::SealState::Unverified;
    case smime::Summary::Decrypted: return sign == SealSign::LockWarning ? store::SealState::PerhapsAltered : store::SealState::Decrypted;
    case smime::Summary::Plain: return store::SealState::Plain;
    }
    Q_UNREACHABLE_RETURN(store::SealState::NotAssessed);
}

} // namespace

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
    if (!request.search.isEmpty())
        request.found = openedWith(request.search);
    return m_mail->page(std::move(request));
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
    return undoable(m_mail->move(std::move(ids), to));
}

base::Operation<store::Moved> MailboxService::discardDraft(MessageId id)
{
    return undoable(m_mail->moveDraft(id, store::Folder::Trash));
}

base::Operation<store::Moved> MailboxService::undoable(const base::Operation<store::Moved> &operation)
{
    base::whenReady(this, operation, [this](const base::Result<store::Moved> &moved) {
        if (moved && !moved->messages.isEmpty())
            setMoves(m_moves.last(qMin(m_moves.size(), kMostMoves - 1)) + QList{*moved});
    });
    return operation;
}

base::Operation<base::Done> MailboxService::undo()
{
    QList<store::Moved> moves = m_moves;
    const store::Moved last = moves.isEmpty() ? store::Moved() : moves.takeLast();
    setMoves(moves);
    return m_mail->restore(last);
}

void MailboxService::setMoves(const QList<store::Moved> &moves)
{
    m_moves = moves;
    Q_EMIT undoChanged(canUndo());
}

base::Operation<base::Done> MailboxService::removeFromTrash(QList<MessageId> ids)
{
    setMoves({});
    return m_mail->removeFromTrash(std::move(ids));
}

base::Operation<base::Done> MailboxService::emptyTrash()
{
    setMoves({});
    return m_mail->emptyTrash();
}

base::Operation<MessageId> MailboxService::saveDraft(const Draft &draft, const SharedSealer &sealer)
{
    return app::saveDraft(m_mail, draft, sealer, m_pool, m_clock);
}

base::Operation<Draft> MailboxService::loadDraft(MessageId id, const SharedSealer &sealer)
{
    return base::runOn(m_pool, [mail = m_mail, id, sealer](const base::Cancellation &cancellation) -> base::Result<Draft> {
        const base::Result<QByteArray> octets = base::await(mail->octets(id));
        if (!octets)
            return octets.error();
        const bool isSealed = store::summarise(*octets).seal == store::SealState::Encrypted;
        base::Result<Draft> draft = isSealed ? sealer->openDraft(*octets, cancellation) : readDraft(*octets);
        if (draft)
            draft->id = id;
        return draft;
    });
}

void MailboxService::rememberOpened(const store::MessageSummary &row, const OpenedSummary &opened)
{
    const auto known = m_opened.constFind(row.id);
    if (known != m_opened.constEnd() && *known == opened)
        return;
    m_opened.insert(row.id, opened);
    if (const store::SealState seal = keptSeal(row, opened); row.seal != seal)
        base::whenReady(this, m_mail->setSeal(row.id, seal), [](const base::Status &) {});
    Q_EMIT openedSummaryChanged(row.id);
}

/// As the index of the mail file searches: every word must begin a word, whatever its case and its accents.
QList<MessageId> MailboxService::openedWith(const QString &words) const
{
    const QStringList wanted = wordsOf(words);
    QList<MessageId> found;
    for (auto [id, opened] : m_opened.asKeyValueRange()) {
        QString text = opened.subject;
        for (const mime::Address &from : opened.from)
            text += u' ' + from.name + u' ' + from.mailbox;
        const QStringList there = wordsOf(text);
        const bool hasAll = std::all_of(wanted.cbegin(), wanted.cend(), [&](const QString &word) {
            return std::any_of(there.cbegin(), there.cend(), [&](const QString &one) { return one.startsWith(word); });
        });
        if (hasAll && !wanted.isEmpty())
            found += id;
    }
    return found;
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

store::SealState MailboxService::keptSeal(const store::MessageSummary &row, const OpenedSummary &opened)
{
    // A name may be hidden outside, as hcp_shy does, but it is not another one.
    const auto isSame = [](const mime::Address &outer, const mime::Address &shown) {
        return mime::isSameMailbox(outer.mailbox, shown.mailbox) && (outer.name.isEmpty() || outer.name == shown.name);
    };
    const bool isSameSender = std::equal(row.from.begin(), row.from.end(), opened.from.begin(), opened.from.end(), isSame);
    const bool isSameSubject = row.subject == opened.subject || smime::isSubjectPlaceholder(row.subject);
    const bool isVerified = opened.seal == store::SealState::Verified || opened.seal == store::SealState::VerifiedAddress;
    if (!isVerified || (isSameSender && isSameSubject))
        return opened.seal;
    return opened.wasEncrypted ? store::SealState::Encrypted : store::SealState::Signed;
}

OpenedSummary summaryOf(const smime::OpenedMessage &message)
{
    OpenedSummary opened;
    opened.wasEncrypted = message.isEncrypted();
    opened.subject = message.headerValue("Subject");
    if (const smime::ShownField *from = message.header("From"))
        opened.from = mime::parseAddresses(from->raw);
    opened.seal = sealOf(message.verdict, opened.from);
    return opened;
}

base::Operation<MessageId> saveDraft(const std::shared_ptr<store::MailStore> &mail, const Draft &draft, const SharedSealer &sealer,
                                     QThreadPool *pool, const base::Clock &clock)
{
    return base::runOn(pool, [=, now = clock.now()](const base::Cancellation &cancellation) -> base::Result<MessageId> {
        base::Result<QByteArray> octets = buildForSaving(draft, now);
        if (octets && isKeptSealed(draft))
            octets = sealer->sealForSelf(draft, *octets, cancellation);
        if (!octets)
            return octets.error();
        return base::await(mail->saveDraft(draft.id, *octets));
    });
}

} // namespace app
