// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelaySpool.h"

#include "app/RelayAssessor.h"
#include "relay/Users.h"
#include "relay/WatchedFile.h"
#include "store/RelayJournal.h"
#include "store/SqliteSpool.h"

#include <QFile>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using store::SqliteSpool;

namespace app::relaySpool {

namespace {

using SpoolPointer = std::unique_ptr<SqliteSpool>;

base::Result<SpoolPointer> open(const QString &directory)
{
    return SqliteSpool::open(directory, SqliteSpool::Role::Guest);
}

base::Result<QByteArray> keyOf(const QString &address)
{
    const QByteArray key = relay::mailboxKey(address.trimmed().toUtf8());
    if (key.isEmpty())
        return {ErrorCode::AddressInvalid, address};
    return key;
}

/// Runs `change` with the spool, and lets a relay that runs on it know.
template <typename Change>
base::Status changeAccounts(const QString &directory, Change change)
{
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    base::Status status = change(**spool);
    if (status)
        (void)relay::touchWatchedFile(accountsFile(directory)); // A relay that misses it still looks again when somebody unknown is named.
    return status;
}

} // namespace

QString accountsFile(const QString &directory)
{
    return directory + u"/accounts-changed"_s;
}

base::Status addUser(const QString &directory, const QString &address, const base::Secret &password, IfUserExists policy)
{
    const base::Result<QByteArray> key = keyOf(address);
    if (!key)
        return key.error();
    const base::Result<net::ScramVerifier> verifier = net::makeScramVerifier(password);
    if (!verifier)
        return verifier.error();
    const store::SpoolAccount account{*key, relay::toCredential(*verifier)};
    return changeAccounts(directory, [&](SqliteSpool &spool) { return policy == IfUserExists::Replace ? spool.setAccount(account) : spool.addAccount(account); });
}

base::Status setAlias(const QString &directory, const QString &alias, const QString &address)
{
    const QByteArray name = relay::aliasKey(alias.trimmed().toUtf8());
    const base::Result<QByteArray> key = keyOf(address);
    if (!key || name.isEmpty())
        return key ? base::Error{ErrorCode::AddressInvalid, alias, {}, {}} : key.error();
    return changeAccounts(directory, [&](SqliteSpool &spool) { return spool.setAlias({name, *key}); });
}

base::Status removeAlias(const QString &directory, const QString &alias)
{
    return changeAccounts(directory, [&](SqliteSpool &spool) { return spool.removeAlias(relay::aliasKey(alias.trimmed().toUtf8())); });
}

base::Status removeUser(const QString &directory, const QString &address)
{
    const base::Result<QByteArray> key = keyOf(address);
    if (!key)
        return key.error();
    return changeAccounts(directory, [&](SqliteSpool &spool) { return spool.removeAccount(*key); });
}

namespace {

/// Runs `work` with a reader of the spool.
template <typename Work>
auto withReader(const QString &directory, Work work) -> std::invoke_result_t<Work, store::SpoolReader &>
{
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    const base::Result<std::unique_ptr<store::SpoolReader>> reader = (*spool)->makeReader();
    if (!reader)
        return reader.error();
    return work(**reader);
}

QStringList toStrings(const QList<QByteArray> &addresses)
{
    QStringList strings;
    for (const QByteArray &address : addresses)
        strings.append(QString::fromUtf8(address));
    return strings;
}

} // namespace

base::Result<QList<RelayMailbox>> listUsers(const QString &directory)
{
    return withReader(directory, [](store::SpoolReader &reader) -> base::Result<QList<RelayMailbox>> {
        const base::Result<QList<store::SpoolMailbox>> mailboxes = reader.mailboxes();
        const base::Result<QList<store::SpoolAlias>> aliases = reader.aliases();
        if (!mailboxes || !aliases)
            return mailboxes ? aliases.error() : mailboxes.error();
        QHash<QByteArray, QStringList> names;
        for (const store::SpoolAlias &alias : *aliases)
            names[alias.mailbox].append(QString::fromUtf8(alias.name));
        QList<RelayMailbox> list;
        for (const store::SpoolMailbox &mailbox : *mailboxes)
            list.append({QString::fromUtf8(mailbox.address), mailbox.messages, mailbox.octets, names.value(mailbox.address)});
        return list;
    });
}

namespace {

RelayMessage messageOf(const store::SpoolSummary &summary, const store::JournalEntry &entry)
{
    return {summary.id, QDateTime::fromMSecsSinceEpoch(summary.receivedMs, QTimeZone::UTC), QString::fromUtf8(summary.sender),
            toStrings(summary.recipients), summary.octets, QString::fromLatin1(entry.session), relay::marksFromJson(summary.marks),
            RelayAssessment::fromJson(entry.facts), toStrings(summary.otherNames)};
}

/// What the journal knows of `summaries`. A journal that cannot be read is an unknown one: the messages are there all the same.
QList<RelayMessage> withAssessments(const QString &directory, const QList<store::SpoolSummary> &summaries)
{
    QList<qint64> ids;
    for (const store::SpoolSummary &summary : summaries)
        ids.append(summary.id);
    QHash<qint64, store::JournalEntry> entries;
    if (const base::Result<std::unique_ptr<store::RelayJournal>> journal = store::RelayJournal::open(directory))
        if (base::Result<QHash<qint64, store::JournalEntry>> found = (*journal)->find(ids))
            entries = std::move(*found);
    QList<RelayMessage> messages;
    for (const store::SpoolSummary &summary : summaries)
        messages.append(messageOf(summary, entries.value(summary.id)));
    return messages;
}

} // namespace

base::Result<QList<RelayMessage>> listMessages(const QString &directory, const QString &mailbox, int limit)
{
    QByteArray key;
    if (!mailbox.isEmpty()) {
        const base::Result<QByteArray> read = keyOf(mailbox);
        if (!read)
            return read.error();
        key = *read;
    }
    return withReader(directory, [&](store::SpoolReader &reader) -> base::Result<QList<RelayMessage>> {
        const base::Result<QList<store::SpoolSummary>> summaries = reader.newest(key, limit);
        if (!summaries)
            return summaries.error();
        return withAssessments(directory, *summaries);
    });
}

base::Result<RelayMessage> message(const QString &directory, qint64 id)
{
    return withReader(directory, [&](store::SpoolReader &reader) -> base::Result<RelayMessage> {
        const base::Result<store::SpoolSummary> summary = reader.summary(id);
        if (!summary)
            return summary.error();
        return withAssessments(directory, {*summary}).first();
    });
}

base::Result<QByteArray> getMessage(const QString &directory, qint64 id)
{
    return withReader(directory, [id](store::SpoolReader &reader) -> base::Result<QByteArray> {
        QByteArray octets;
        for (;;) {
            const base::Result<store::SpoolPiece> piece = reader.read(id, octets.size());
            if (!piece)
                return piece.error();
            octets += piece->octets;
            if (octets.size() >= piece->totalOctets)
                return octets;
            if (piece->octets.isEmpty())
                return {ErrorCode::DatabaseDamaged, u"message %1 is shorter than noted"_s.arg(id)};
        }
    });
}

base::Status deleteMessage(const QString &directory, qint64 id)
{
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    if (base::Status status = (*spool)->removeEverywhere(id); !status)
        return status;
    // What was found out about it goes with it.
    if (const base::Result<std::unique_ptr<store::RelayJournal>> journal = store::RelayJournal::open(directory))
        return (*journal)->remove({id});
    return base::Done{};
}

base::Result<int> deleteAllMessages(const QString &directory)
{
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    base::Result<std::unique_ptr<store::SpoolReader>> reader = (*spool)->makeReader();
    if (!reader)
        return reader.error();
    constexpr int kAtOnce = 500;
    int removed = 0;
    qint64 after = 0;
    for (;;) {
        const base::Result<QList<qint64>> ids = (*reader)->ids(after, kAtOnce);
        if (!ids)
            return ids.error();
        if (ids->isEmpty())
            return removed;
        after = ids->last();
        // One that its owner fetched and deleted meanwhile is gone all the same.
        QList<qint64> gone;
        for (const qint64 id : *ids) {
            const base::Status status = (*spool)->removeEverywhere(id);
            if (!status && status.error().code != ErrorCode::MessageNotFound)
                return status.error();
            removed += status ? 1 : 0;
            gone.append(id);
        }
        if (const base::Result<std::unique_ptr<store::RelayJournal>> journal = store::RelayJournal::open(directory))
            (void)(*journal)->remove(gone);
    }
}

base::Result<QByteArray> transcript(const QString &directory, const QString &session)
{
    const base::Result<std::unique_ptr<store::RelayJournal>> journal = store::RelayJournal::open(directory);
    if (!journal)
        return journal.error();
    const base::Result<store::JournalTranscript> found = (*journal)->transcript(session.toLatin1());
    if (!found)
        return found.error();
    if (found->text.isEmpty())
        return {ErrorCode::MessageNotFound, u"session %1"_s.arg(session)};
    return found->text;
}

base::Status assessMissing(const QString &directory, const QString &dataDirectory, QList<RelayMessage> &messages)
{
    if (SqliteSpool::isRelayRunning(directory))
        return base::Done{};
    RelayAssessor assessor{identity::DataDirectory{dataDirectory}, {}};
    QList<store::JournalEntry> entries;
    for (RelayMessage &message : messages) {
        if (message.assessment.isKnown)
            continue;
        const base::Result<QByteArray> octets = getMessage(directory, message.id);
        if (!octets)
            return octets.error();
        const QByteArray facts = assessor.assess(toBeAssessed(message, *octets));
        message.assessment = RelayAssessment::fromJson(facts);
        entries.append({message.id, message.session.toLatin1(), facts});
    }
    if (entries.isEmpty())
        return base::Done{};
    const base::Result<std::unique_ptr<store::RelayJournal>> journal = store::RelayJournal::open(directory);
    return journal ? (*journal)->add(entries) : base::Status{journal.error()};
}

bool isPresent(const QString &directory)
{
    return QFile::exists(directory + u"/spool.sqlite"_s);
}

QStringList watchedFiles(const QString &directory)
{
    return {directory, directory + u"/spool.sqlite"_s, directory + u"/spool.sqlite-wal"_s, directory + u"/journal.sqlite"_s,
            directory + u"/journal.sqlite-wal"_s};
}

} // namespace app::relaySpool
