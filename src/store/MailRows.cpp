// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MailRows.h"

#include "mime/Header.h"
#include "store/Sql.h"

#include <QCryptographicHash>
#include <QTimeZone>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// Control characters, which the parser of addresses does not let through, keep the parts of a list apart.
constexpr QChar kBetweenAddresses{0x1e};
constexpr QChar kBetweenNameAndMailbox{0x1f};

QString textOf(const QList<mime::Address> &addresses)
{
    QStringList texts;
    for (const mime::Address &address : addresses)
        texts += address.name + kBetweenNameAndMailbox + address.mailbox;
    return texts.join(kBetweenAddresses);
}

QList<mime::Address> addressesOf(const QString &text)
{
    QList<mime::Address> addresses;
    for (const QString &one : text.split(kBetweenAddresses, Qt::SkipEmptyParts)) {
        const qsizetype cut = one.indexOf(kBetweenNameAndMailbox);
        if (cut >= 0)
            addresses += mime::Address{one.left(cut), one.mid(cut + 1)};
    }
    return addresses;
}

QString sortText(const QList<mime::Address> &addresses)
{
    if (addresses.isEmpty())
        return u""_s;
    const mime::Address &first = addresses.first();
    return (first.name.isEmpty() ? first.mailbox : first.name).toCaseFolded();
}

qint64 milliseconds(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

QDateTime timeOf(qint64 milliseconds)
{
    return milliseconds == 0 ? QDateTime{} : QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
}

/// The sender's time, unless it is missing or lies in the future; then that of the arrival. In whole seconds, as senders write it: mail of one
/// second stays in the order in which it came.
QDateTime listedDate(const MessageSummary &summary)
{
    if (summary.date.isValid() && summary.date <= summary.received.addDays(1))
        return summary.date;
    return QDateTime::fromSecsSinceEpoch(summary.received.toSecsSinceEpoch(), QTimeZone::UTC);
}

} // namespace

QString summaryColumns()
{
    return u"message.id, folder, from_text, to_text, subject, date, received, size, seal, flags, message_id"_s;
}

MessageSummary rowOf(const QSqlQuery &query)
{
    MessageSummary row;
    row.id = MessageId{query.value(0).toLongLong()};
    row.folder = Folder{query.value(1).toInt()};
    row.from = addressesOf(query.value(2).toString());
    row.to = addressesOf(query.value(3).toString());
    row.subject = query.value(4).toString();
    row.date = timeOf(query.value(5).toLongLong());
    row.received = timeOf(query.value(6).toLongLong());
    row.sizeOctets = query.value(7).toLongLong();
    row.seal = SealState{query.value(8).toInt()};
    row.flags = Flags::fromInt(query.value(9).toUInt());
    row.messageId = query.value(10).toByteArray();
    return row;
}

QString sortField(SortColumn column)
{
    switch (column) {
    case SortColumn::Received: return u"received"_s;
    case SortColumn::Date: return u"date"_s;
    case SortColumn::From: return u"from_sort"_s;
    case SortColumn::To: return u"to_sort"_s;
    case SortColumn::Subject: return u"subject_sort"_s;
    case SortColumn::Size: return u"size"_s;
    case SortColumn::Seal: return u"seal"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QVariant sortValue(const MessageSummary &row, SortColumn column)
{
    switch (column) {
    case SortColumn::Received: return milliseconds(row.received);
    case SortColumn::Date: return milliseconds(row.date);
    case SortColumn::From: return sortText(row.from);
    case SortColumn::To: return sortText(row.to);
    case SortColumn::Subject: return row.subject.toCaseFolded();
    case SortColumn::Size: return row.sizeOctets;
    case SortColumn::Seal: return static_cast<int>(row.seal);
    }
    Q_UNREACHABLE_RETURN({});
}

QString matchExpression(const QString &words)
{
    QStringList terms;
    for (QString word : words.simplified().split(u' ', Qt::SkipEmptyParts)) {
        // A phrase of nothing but punctuation has no token and would match no row at all.
        const bool hasToken = std::any_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
        if (hasToken)
            terms += u'"' + word.replace(u'"', u' ') + u"\"*"_s;
    }
    return terms.join(u' ');
}

base::Result<MessageId> insertMessage(QSqlDatabase &database, const MessageSummary &summary, const QByteArray &octets)
{
    const QVariant wantedId = summary.id == MessageId::None ? QVariant{} : QVariant{static_cast<qint64>(summary.id)};
    const base::Result<QSqlQuery> inserted = execute(database,
        u"INSERT INTO message (id, folder, from_text, to_text, subject, date, received, size, seal, flags, message_id,"
        " from_sort, to_sort, subject_sort, digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s,
        {wantedId, static_cast<int>(summary.folder), textOf(summary.from), textOf(summary.to), summary.subject, milliseconds(listedDate(summary)),
         milliseconds(summary.received), summary.sizeOctets, static_cast<int>(summary.seal), summary.flags.toInt(), summary.messageId,
         sortText(summary.from), sortText(summary.to), summary.subject.toCaseFolded(), contentDigest(octets)});
    if (!inserted)
        return inserted.error();
    const qlonglong id = inserted->lastInsertId().toLongLong();
    if (const base::Status status = run(database, u"INSERT INTO message_octets (id, octets) VALUES (?,?)"_s, {id, octets}); !status)
        return status.error();
    return MessageId{id};
}

base::Status removeMessage(QSqlDatabase &database, MessageId id)
{
    return run(database, u"DELETE FROM message WHERE id=?"_s, {static_cast<qint64>(id)});
}

QByteArray contentDigest(QByteArrayView octets)
{
    qsizetype begin = 0;
    for (const mime::HeaderField &field : mime::parseHeaders(octets).fields) {
        if (!field.is("Return-Path") && !field.is("Received"))
            break;
        begin = field.whole.end;
    }
    return QCryptographicHash::hash(octets.sliced(begin), QCryptographicHash::Sha256);
}

} // namespace store
