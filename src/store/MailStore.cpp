// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MailStore.h"

#include "store/Database.h"
#include "store/MailRows.h"
#include "store/Sql.h"

#include <QSet>
#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// In the column `text_state`: new ones come last.
enum class TextState { Unread, Kept, Encrypted };
/// A text of a hundred pages. What is longer is a log or a table, and each word of it costs the index.
constexpr qsizetype kMostSearchedCharacters = 256 * 1024;
/// For two values: matchExpression().
constexpr auto kFoundIds = "SELECT rowid FROM message_search WHERE message_search MATCH ? UNION ALL SELECT rowid FROM message_text WHERE message_text MATCH ?"_L1;

qint64 number(MessageId id)
{
    return static_cast<qint64>(id);
}

/// A summary of `octets` with everything set but the id.
MessageSummary newRow(const QByteArray &octets, Folder folder, const QDateTime &now)
{
    MessageSummary row = summarise(octets);
    row.folder = folder;
    row.received = now;
    return row;
}

/// Whether one of `folders` has the same letter: its Message-ID and its content.
base::Result<bool> hasTwin(QSqlDatabase &database, const MessageSummary &row, const QByteArray &octets, const std::array<Folder, 3> &folders)
{
    QVariantList values{contentDigest(octets), row.messageId};
    for (const Folder folder : folders)
        values += static_cast<int>(folder);
    const base::Result<QVariant> twin = valueOf(database, u"SELECT id FROM message WHERE digest=? AND message_id=? AND message_id<>x'' AND folder IN (?,?,?)"_s, values);
    if (!twin)
        return twin.error();
    return twin->isValid();
}

base::Result<bool> keepDelivery(QSqlDatabase &database, const Delivery &delivery, const QDateTime &now)
{
    const base::Result<QSqlQuery> noted = execute(database, u"INSERT OR IGNORE INTO delivered (account, uidl, at) VALUES (?,?,?)"_s,
                                                  {delivery.account, delivery.uidl, now.toMSecsSinceEpoch()});
    if (!noted)
        return noted.error();
    if (noted->numRowsAffected() == 0)
        return false;
    const MessageSummary row = newRow(delivery.octets, Folder::Inbox, now);
    // A sender that lost our 250 sends again; what it sends has the same Message-ID and content (RFC 5321 section 4.5.4.1).
    const base::Result<bool> isHere = hasTwin(database, row, delivery.octets, {Folder::Inbox, Folder::Archive, Folder::Trash});
    if (!isHere)
        return isHere.error();
    if (*isHere)
        return false;
    const base::Result<MessageId> id = insertMessage(database, row, delivery.octets);
    if (!id)
        return id.error();
    return true;
}

struct Condition {
    QString text;
    QVariantList values;
};

/// Where the rows of a list are; nothing if the search can find none.
std::optional<Condition> conditionOf(const PageRequest &request)
{
    const Folder folder = request.isOverall() ? Folder::Trash : request.folder;
    Condition condition{u" FROM message WHERE folder%1?"_s.arg(request.isOverall() ? u"<>"_s : u"="_s), {static_cast<int>(folder)}};
    if (request.search.trimmed().isEmpty())
        return condition;
    const QString match = matchExpression(request.search);
    if (match.isEmpty())
        return std::nullopt;
    QStringList found;
    for (const MessageId id : request.found)
        found += QString::number(number(id));
    // By date an index has the order already: sought one by one (the plus forbids it), a hundred thousand hits would be read and sorted first.
    const QString id = request.order.column == SortColumn::Date ? u"+id"_s : u"id"_s;
    condition.text += u" AND (%1 IN (%2) OR %1 IN (%3))"_s.arg(id, kFoundIds, found.join(u','));
    condition.values << match << match;
    return condition;
}

base::Result<QList<MessageSummary>> readPage(QSqlDatabase &database, const PageRequest &request)
{
    const std::optional<Condition> condition = conditionOf(request);
    if (!condition)
        return QList<MessageSummary>{};
    const QString field = sortField(request.order.column);
    const bool isDescending = request.order.direction == Qt::DescendingOrder;
    const auto placeOf = [&](const MessageSummary &row) { return QVariantList{sortValue(row, request.order.column), number(row.id)}; };
    QString statement = u"SELECT "_s + summaryColumns() + condition->text;
    QVariantList values = condition->values;
    if (request.after) {
        statement += u" AND (%1, id) %2 (?, ?)"_s.arg(field, isDescending ? u"<"_s : u">"_s);
        values += placeOf(*request.after);
    }
    statement += u" ORDER BY %1 %2, id %2 LIMIT max(?, 0"_s.arg(field, isDescending ? u"DESC"_s : u"ASC"_s);
    values += request.limit;
    if (request.through) {
        statement += u" + 1 + (SELECT count(*)"_s + condition->text + u" AND (%1, id) %2 (?, ?))"_s.arg(field, isDescending ? u">="_s : u"<="_s);
        values += condition->values + placeOf(*request.through);
    }
    return listOf(database, statement + u')', values, rowOf);
}

base::Result<Moved> moveAll(QSqlDatabase &database, const QList<MessageId> &ids, Folder to, std::optional<Folder> onlyFrom = {})
{
    Moved moved{{}, to};
    for (const MessageId id : ids) {
        const base::Result<QVariant> from = valueOf(database, u"SELECT folder FROM message WHERE id=?"_s, {number(id)});
        if (!from)
            return from.error();
        if (!from->isValid())
            continue;
        const Folder where{from->toInt()};
        if (where == to || (onlyFrom && where != *onlyFrom))
            continue;
        if (const base::Status status = run(database, u"UPDATE message SET folder=? WHERE id=?"_s, {static_cast<int>(to), number(id)}); !status)
            return status.error();
        moved.messages += {id, where};
    }
    return moved;
}

base::Status keepText(QSqlDatabase &database, const LetterText &text)
{
    // A draft that is saved again keeps its number.
    const TextState state = text.words ? TextState::Kept : TextState::Encrypted;
    const base::Result<QSqlQuery> noted = execute(database, u"UPDATE message SET text_state=? WHERE id=? AND digest=? AND text_state=0"_s,
                                                  {static_cast<int>(state), number(text.id), text.digest});
    if (!noted)
        return noted.error();
    if (!text.words || noted->numRowsAffected() == 0)
        return base::Done{};
    return run(database, u"INSERT INTO message_text (rowid, header, body, attachments)"
        " SELECT id, from_text || ' ' || to_text || ' ' || subject, ?, ? FROM message WHERE id=?"_s,
        {text.words->body.left(kMostSearchedCharacters), text.words->attachments.left(kMostSearchedCharacters), number(text.id)});
}

base::Status restoreAll(QSqlDatabase &database, const Moved &moved)
{
    for (const Moved::One &one : moved.messages) {
        if (const base::Status status = run(database, u"UPDATE message SET folder=? WHERE id=? AND folder=?"_s, {static_cast<int>(one.from), number(one.id), static_cast<int>(moved.to)}); !status)
            return status;
    }
    return base::Done{};
}

} // namespace

MailStore::MailStore(std::shared_ptr<Database> database, const base::Clock &clock) : m_database(std::move(database)), m_clock(clock) {}
MailStore::~MailStore() = default;

base::Operation<MessageId> MailStore::add(Folder folder, QByteArray octets, Flags flags, SealState seal)
{
    return m_database->write([=, now = m_clock.now()](QSqlDatabase &database) {
        MessageSummary row = newRow(octets, folder, now);
        row.flags |= flags;
        if (seal != SealState::NotAssessed)
            row.seal = seal;
        return insertMessage(database, row, octets);
    });
}

base::Operation<bool> MailStore::addOld(Folder folder, QByteArray octets)
{
    return m_database->write([folder, octets = std::move(octets), now = m_clock.now()](QSqlDatabase &database) -> base::Result<bool> {
        MessageSummary row = newRow(octets, folder, now);
        row.flags |= Flag::Read;
        const base::Result<bool> isHere = hasTwin(database, row, octets, {Folder::Inbox, Folder::Archive, folder});
        if (!isHere)
            return isHere.error();
        if (*isHere)
            return false;
        const base::Result<MessageId> id = insertMessage(database, row, octets);
        if (!id)
            return id.error();
        return true;
    });
}

base::Operation<bool> MailStore::deliver(Delivery delivery)
{
    return m_database->write([delivery = std::move(delivery), now = m_clock.now()](QSqlDatabase &database) {
        return keepDelivery(database, delivery, now);
    });
}

base::Operation<QList<QByteArray>> MailStore::unknownOf(QByteArray account, QList<QByteArray> uidls)
{
    return m_database->read([=](QSqlDatabase &database) -> base::Result<QList<QByteArray>> {
        QSet<QByteArray> known;
        const base::Status read = forEachRow(database, u"SELECT uidl FROM delivered WHERE account=?"_s, {account},
                                             [&known](const QSqlQuery &row) { known.insert(row.value(0).toByteArray()); });
        if (!read)
            return read.error();
        QList<QByteArray> unknown;
        for (const QByteArray &uidl : uidls) {
            if (!known.contains(uidl))
                unknown += uidl;
        }
        return unknown;
    });
}

base::Operation<QList<FolderCount>> MailStore::counts()
{
    return m_database->read([](QSqlDatabase &database) -> base::Result<QList<FolderCount>> {
        QList<FolderCount> counts;
        for (const Folder folder : kFolders)
            counts += {folder, 0, 0};
        const QString statement = u"SELECT folder, count(*), sum((flags & 1) = 0) FROM message GROUP BY folder"_s;
        const base::Status read = forEachRow(database, statement, {}, [&counts](const QSqlQuery &row) {
            const Folder folder{row.value(0).toInt()};
            const auto place = std::find_if(counts.begin(), counts.end(), [folder](const FolderCount &count) { return count.folder == folder; });
            if (place != counts.end())
                *place = {folder, row.value(1).toInt(), row.value(2).toInt()};
        });
        if (!read)
            return read.error();
        return counts;
    });
}

base::Operation<QList<MessageSummary>> MailStore::page(PageRequest request)
{
    return m_database->read([request = std::move(request)](QSqlDatabase &database) { return readPage(database, request); });
}

base::Operation<QList<MessageSummary>> MailStore::search(QString words, int limit)
{
    return m_database->read([=](QSqlDatabase &database) -> base::Result<QList<MessageSummary>> {
        const QString match = matchExpression(words);
        if (match.isEmpty())
            return QList<MessageSummary>{};
        return listOf(database, u"SELECT "_s + summaryColumns() + u" FROM message WHERE folder<>? AND id IN (%1) ORDER BY received DESC, id DESC LIMIT ?"_s.arg(kFoundIds),
            {static_cast<int>(Folder::Trash), match, match, limit}, rowOf);
    });
}

base::Operation<MessageSummary> MailStore::summary(MessageId id)
{
    return m_database->read([id](QSqlDatabase &database) -> base::Result<MessageSummary> {
        const auto rows = listOf(database, u"SELECT "_s + summaryColumns() + u" FROM message WHERE id=?"_s, {number(id)}, rowOf);
        if (!rows)
            return rows.error();
        if (rows->isEmpty())
            return base::ErrorCode::MessageNotFound;
        return rows->first();
    });
}

base::Operation<QByteArray> MailStore::octets(MessageId id)
{
    return m_database->read([id](QSqlDatabase &database) -> base::Result<QByteArray> {
        const base::Result<QVariant> octets = valueOf(database, u"SELECT octets FROM message_octets WHERE id=?"_s, {number(id)});
        if (!octets)
            return octets.error();
        if (!octets->isValid())
            return base::ErrorCode::MessageNotFound;
        return octets->toByteArray();
    });
}

base::Operation<std::optional<UnreadLetter>> MailStore::nextUnread(MessageId before)
{
    const qint64 below = before == MessageId::None ? std::numeric_limits<qint64>::max() : number(before);
    return m_database->read([below](QSqlDatabase &database) -> base::Result<std::optional<UnreadLetter>> {
        std::optional<UnreadLetter> letter;
        const base::Status read = forEachRow(database,
            u"SELECT message.id, digest, octets FROM message INDEXED BY message_unread CROSS JOIN message_octets ON message_octets.id=message.id"
            " WHERE text_state=0 AND message.id<? ORDER BY message.id DESC LIMIT 1"_s, {below}, [&letter](const QSqlQuery &row) {
                letter = UnreadLetter{MessageId{row.value(0).toLongLong()}, row.value(1).toByteArray(), row.value(2).toByteArray()};
            });
        if (!read)
            return read.error();
        return letter;
    });
}

base::Operation<base::Done> MailStore::keepTexts(QList<LetterText> texts)
{
    return m_database->write([texts = std::move(texts)](QSqlDatabase &database) -> base::Status {
        for (const LetterText &text : texts) {
            if (const base::Status status = keepText(database, text); !status)
                return status;
        }
        return base::Done{};
    });
}

base::Operation<QByteArray> MailStore::sentOctets(QByteArray messageId)
{
    return m_database->read([messageId = std::move(messageId)](QSqlDatabase &database) -> base::Result<QByteArray> {
        const base::Result<QVariant> octets = valueOf(database,
            u"SELECT octets FROM message JOIN message_octets ON message_octets.id=message.id"
            " WHERE folder=? AND message_id IN (?,?) ORDER BY message.id DESC LIMIT 1"_s,
            {static_cast<int>(Folder::Sent), messageId, '<' + messageId + '>'});
        if (!octets)
            return octets.error();
        if (!octets->isValid() || messageId.isEmpty())
            return base::ErrorCode::MessageNotFound;
        return octets->toByteArray();
    });
}

base::Operation<base::Done> MailStore::setFlags(QList<MessageId> ids, Flags flags, bool isSet)
{
    return m_database->write([=](QSqlDatabase &database) -> base::Status {
        const QString statement = isSet ? u"UPDATE message SET flags = flags | ? WHERE id=?"_s : u"UPDATE message SET flags = flags & ~? WHERE id=?"_s;
        for (const MessageId id : ids) {
            if (const base::Status status = run(database, statement, {flags.toInt(), number(id)}); !status)
                return status;
        }
        return base::Done{};
    });
}

base::Operation<base::Done> MailStore::setSeal(MessageId id, SealState seal)
{
    return m_database->write([=](QSqlDatabase &database) {
        return run(database, u"UPDATE message SET seal=? WHERE id=? AND seal<>?"_s, {static_cast<int>(seal), number(id), static_cast<int>(seal)});
    });
}

base::Operation<Moved> MailStore::move(QList<MessageId> ids, Folder to)
{
    return m_database->write([=](QSqlDatabase &database) { return moveAll(database, ids, to); });
}

base::Operation<Moved> MailStore::moveDraft(MessageId id, Folder to)
{
    return m_database->write([=](QSqlDatabase &database) { return moveAll(database, {id}, to, Folder::Drafts); });
}

base::Operation<base::Done> MailStore::restore(Moved moved)
{
    return m_database->write([moved = std::move(moved)](QSqlDatabase &database) { return restoreAll(database, moved); });
}

base::Operation<base::Done> MailStore::emptyTrash()
{
    return m_database->write([](QSqlDatabase &database) {
        return run(database, u"DELETE FROM message WHERE folder=?"_s, {static_cast<int>(Folder::Trash)});
    });
}

base::Operation<base::Done> MailStore::removeFromTrash(QList<MessageId> ids)
{
    return m_database->write([ids = std::move(ids)](QSqlDatabase &database) -> base::Status {
        for (const MessageId id : ids) {
            if (const base::Status status = run(database, u"DELETE FROM message WHERE id=? AND folder=?"_s, {number(id), static_cast<int>(Folder::Trash)}); !status)
                return status;
        }
        return base::Done{};
    });
}

base::Operation<MessageId> MailStore::saveDraft(MessageId id, QByteArray octets)
{
    return m_database->write([=, now = m_clock.now()](QSqlDatabase &database) -> base::Result<MessageId> {
        const base::Result<QSqlQuery> gone = execute(database, u"DELETE FROM message WHERE id=? AND folder=?"_s, {number(id), static_cast<int>(Folder::Drafts)});
        if (!gone)
            return gone.error();
        MessageSummary row = newRow(octets, Folder::Drafts, now);
        row.flags |= Flag::Read;
        // The same id, so that the selection in a list stays; unless the user has moved the draft away meanwhile.
        row.id = gone->numRowsAffected() > 0 ? id : MessageId::None;
        return insertMessage(database, row, octets);
    });
}

} // namespace store
