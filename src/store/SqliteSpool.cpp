// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqliteSpool.h"

#include "base/Clock.h"
#include "base/FileAccess.h"
#include "store/Database.h"
#include "store/SpoolAliases.h"
#include "store/SpoolBodies.h"
#include "store/SpoolCheckpoints.h"
#include "store/SpoolDuplicates.h"
#include "store/SpoolMarks.h"
#include "store/SpoolRetention.h"
#include "store/SpoolQueue.h"
#include "store/SpoolSchema.h"
#include "store/Sql.h"
#include "store/SqliteSpoolReader.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QSqlError>
#include <QSqlQuery>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;

namespace store {

namespace {

/// `recent` is pruned after so many messages.
constexpr int kPruneEvery = 4096;
/// What a letter adds to the log beside its body, roughly.
constexpr qint64 kRowOctets = 4096;

struct flock wholeFile()
{
    struct flock range{};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    return range;
}

} // namespace

struct SqliteSpool::Private {
    QString directory;
    QString connection;
    QSqlDatabase database;
    int lockHandle = -1;
    QByteArray generation;
    std::atomic<qint64> lastId = 0;
    SpoolDuplicates duplicates;
    QHash<QByteArray, qint64> accountIds;
    qint64 dataVersion = -1;
    int sincePrune = 0;
    bool hasMarks = false; ///< Rules of faults touched some message, or it was addressed by another name: that is forgotten when it goes.
    bool hasOrders = false; ///< Something ever went through the queue: a message may be owed to somebody elsewhere.
    QStringList filesToRemove; ///< Of the transaction under way.
    std::unique_ptr<SpoolCheckpoints> checkpoints;
    qint64 uncounted = 0; ///< Octets committed since the checkpoints were told.
    std::unique_ptr<SpoolBodies> bodies;
    std::optional<Statements> statements;

    ~Private();
    base::Status lock();
    base::Status load();
    base::Status loadDuplicates();
    base::Status sweepBodies();
    base::Status refreshAccounts();
    base::Result<SpoolReceipt> store(const SpoolLetter &letter, std::vector<std::pair<SpoolDigest, SpoolReceipt>> &fresh);
    base::Result<std::optional<qint64>> repeated(const SpoolLetter &letter, const SpoolDigest &digest, const std::vector<std::pair<SpoolDigest, SpoolReceipt>> &fresh);
    base::Status insert(const SpoolLetter &letter, const QList<qint64> &accounts, const SpoolDigest &digest, qint64 octets, bool isInFile);
    void prune();
    base::Result<qint64> accountId(const QByteArray &address);
    base::Status removeOrphan(qint64 id);
    base::Status removeFromAll(qint64 id);
    base::Status takeOrder(const SpoolLetter &letter);
    base::Status settle(const QList<QueueKey> &done);
    template <typename Work> base::Status transaction(Work work);
};

SqliteSpool::Private::~Private()
{
    checkpoints.reset();
    bodies.reset();
    statements.reset();
    database = {};
    if (!connection.isEmpty())
        QSqlDatabase::removeDatabase(connection);
    if (lockHandle >= 0)
        ::close(lockHandle);
}

SqliteSpool::SqliteSpool(std::unique_ptr<Private> p) : d(std::move(p)) {}
SqliteSpool::~SqliteSpool() = default;

base::Result<std::unique_ptr<SqliteSpool>> SqliteSpool::open(const QString &directory, Role role, qint64 carryOverOctets)
{
    auto p = std::make_unique<Private>();
    p->directory = QDir{directory}.absolutePath();
    const bool isNew = !QFile::exists(p->directory);
    const bool isMade = QDir{}.mkpath(p->directory + u"/bodies"_s);
    if (!isMade)
        return base::systemFault(errno, directory, ErrorCode::FileNotWritable);
    p->bodies = std::make_unique<SpoolBodies>(p->directory);
    // One that was there may be everybody's, such as /tmp, and must stay so; each file is private by itself.
    if (isNew)
        QFile::setPermissions(p->directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    makeSpoolFile(p->directory + u"/spool.sqlite"_s);
    if (role == Role::Relay)
        if (base::Status status = p->lock(); !status)
            return status.error();
    p->connection = uniqueConnectionName();
    base::Result<QSqlDatabase> database = openSpoolConnection(p->directory + u"/spool.sqlite"_s, p->connection, SpoolAccess::ReadWrite);
    if (!database)
        return database.error();
    p->database = *database;
    p->statements.emplace(*database);
    if (base::Status status = prepareSpoolTables(p->database); !status)
        return status.error();
    QFile::setPermissions(p->directory + u"/spool.sqlite"_s, QFile::ReadOwner | QFile::WriteOwner);
    if (base::Status status = p->load(); !status)
        return status.error();
    // A guest does not hear of the first order that the relay takes, nor of the first mark or other name.
    p->hasOrders = p->hasOrders || role == Role::Guest;
    p->hasMarks = p->hasMarks || role == Role::Guest;
    if (role == Role::Relay) {
        for (base::Status (Private::*step)() : {&Private::loadDuplicates, &Private::sweepBodies})
            if (base::Status status = (p.get()->*step)(); !status)
                return status.error();
        p->checkpoints = std::make_unique<SpoolCheckpoints>(p->directory + u"/spool.sqlite"_s, carryOverOctets);
    }
    return std::unique_ptr<SqliteSpool>{new SqliteSpool{std::move(p)}};
}

/// flock() ends with the process, however it ends.
base::Status SqliteSpool::Private::lock()
{
    lockHandle = ::open(QFile::encodeName(directory + u"/lock"_s).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lockHandle < 0)
        return base::systemFault(errno, directory, ErrorCode::FileNotWritable);
    if (::flock(lockHandle, LOCK_EX | LOCK_NB) != 0)
        return {ErrorCode::DatabaseBusy, u"another relay uses the spool %1"_s.arg(directory)};
    struct flock shown = wholeFile();
    (void)::fcntl(lockHandle, F_OFD_SETLK, &shown); // For isRelayRunning() only: flock() cannot be asked about.
    return base::Done{};
}

/// Asks without taking the lock: a relay that starts at this moment must not find it taken.
bool SqliteSpool::isRelayRunning(const QString &directory)
{
    const int handle = ::open(QFile::encodeName(directory + u"/lock"_s).constData(), O_RDWR | O_CLOEXEC);
    if (handle < 0)
        return false;
    struct flock asked = wholeFile();
    const bool isTaken = ::fcntl(handle, F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
    ::close(handle);
    return isTaken;
}

base::Status SqliteSpool::Private::load()
{
    const base::Result<QVariant> made = valueOf(database, u"SELECT value FROM meta WHERE name='generation'"_s);
    const base::Result<QVariant> last = valueOf(database, u"SELECT max((SELECT coalesce(max(id), 0) FROM message), (SELECT coalesce(max(id), 0) FROM recent))"_s);
    if (!made || !last)
        return !made ? made.error() : last.error();
    const base::Result<bool> anyMark = hasAnyMark(database);
    if (!anyMark)
        return anyMark.error();
    const base::Result<bool> anyOrder = spoolQueue::hasAny(database);
    if (!anyOrder)
        return anyOrder.error();
    hasMarks = *anyMark;
    hasOrders = *anyOrder;
    generation = made->toByteArray();
    lastId = last->toLongLong();
    return refreshAccounts();
}

base::Status SqliteSpool::Private::loadDuplicates()
{
    const QString statement = u"SELECT id, received, digest FROM recent WHERE id > (SELECT coalesce(max(id), 0) FROM recent) - ? AND digest<>x'' ORDER BY id"_s;
    return forEachRow(database, statement, {static_cast<qint64>(SpoolDuplicates::kMost)}, [this](const QSqlQuery &row) {
        duplicates.remember(SpoolDigest::fromBytes(row.value(2).toByteArray()), row.value(0).toLongLong(), row.value(1).toLongLong());
    });
}

/// A crash between a body's file and its row leaves a file that nobody refers to.
base::Status SqliteSpool::Private::sweepBodies()
{
    QDir folder{directory + u"/bodies"_s};
    const QStringList names = folder.entryList(QDir::Files);
    for (const QString &name : names) {
        const base::Result<QVariant> isUsed = statements->valueOf(u"SELECT 1 FROM message WHERE id=? AND in_file=1"_s, {name.toLongLong()});
        if (!isUsed)
            return isUsed.error();
        if (!isUsed->isValid())
            folder.remove(name);
    }
    return base::Done{};
}

/// Another process may have changed the accounts: data_version tells it for the price of a look.
base::Status SqliteSpool::Private::refreshAccounts()
{
    const base::Result<QVariant> version = statements->valueOf(u"PRAGMA data_version"_s);
    if (!version)
        return version.error();
    if (version->toLongLong() == dataVersion)
        return base::Done{};
    QHash<QByteArray, qint64> found;
    const base::Status read = forEachRow(database, u"SELECT address, id FROM account"_s, {},
                                         [&found](const QSqlQuery &row) { found.insert(row.value(0).toByteArray(), row.value(1).toLongLong()); });
    if (!read)
        return read;
    accountIds = std::move(found);
    dataVersion = version->toLongLong();
    return base::Done{};
}

template <typename Work>
base::Status SqliteSpool::Private::transaction(Work work)
{
    if (base::Status status = statements->run(u"BEGIN IMMEDIATE"_s); !status)
        return status;
    base::Status status = refreshAccounts();
    if (status)
        status = work();
    if (status)
        status = statements->run(u"COMMIT"_s);
    if (!status)
        (void)statements->run(u"ROLLBACK"_s); // Fails only if SQLite rolled back by itself.
    // Only now is the row gone for good; a file that a crash leaves here is swept up at the next start.
    for (const QString &file : std::exchange(filesToRemove, {}))
        if (status)
            QFile::remove(file);
    return status;
}

qint64 SqliteSpool::nextId()
{
    return d->lastId.fetch_add(1) + 1;
}

QByteArray SqliteSpool::generation() const
{
    return d->generation;
}

base::Status SqliteSpool::append(qint64 id, QByteArrayView piece)
{
    return d->bodies->append(id, piece);
}

void SqliteSpool::abandon(qint64 id)
{
    d->bodies->abandon(id);
}

base::Status SqliteSpool::Private::insert(const SpoolLetter &letter, const QList<qint64> &accounts, const SpoolDigest &digest, qint64 octets, bool isInFile)
{
    base::Status status = statements->run(u"INSERT INTO message VALUES(?, ?, ?, ?, ?, ?, ?, ?)"_s,
                                          {letter.id, letter.receivedMs, octets, isInFile ? 1 : 0, letter.sender, (letter.recipients + spoolQueue::elsewhere(letter)).join('\n'), letter.trace,
                                           isInFile ? QByteArray{} : letter.rest});
    if (status && !letter.marks.isEmpty()) {
        hasMarks = true;
        status = markMessage(database, letter.id, letter.marks);
    }
    if (const QList<QByteArray> names = otherNames(letter); status && !names.isEmpty()) {
        hasMarks = true;
        status = noteOtherNames(database, letter.id, names);
    }
    for (const qint64 account : accounts)
        if (status)
            status = statements->run(u"INSERT INTO delivery VALUES(?, ?, ?)"_s, {account, letter.id, octets});
    if (status)
        status = statements->run(u"INSERT INTO recent VALUES(?, ?, ?)"_s, {letter.id, letter.receivedMs, digest.toBytes()});
    if (status && letter.order)
        status = takeOrder(letter);
    return status;
}

/// Its place in the queue, and what it is the report on.
base::Status SqliteSpool::Private::takeOrder(const SpoolLetter &letter)
{
    hasOrders = true;
    base::Status status = spoolQueue::insert(database, letter.id, *letter.order);
    if (status)
        status = spoolQueue::tellDelay(database, letter.order->tellsDelayOf);
    return status ? settle(letter.order->settles) : status;
}

base::Status SqliteSpool::Private::settle(const QList<QueueKey> &done)
{
    base::Status status = spoolQueue::settle(database, done);
    for (qsizetype i = 0; i < done.size() && status; ++i)
        status = removeOrphan(done[i].id);
    return status;
}

/// The message that a letter repeats; none if a person deleted it meanwhile, for then nobody has it.
base::Result<std::optional<qint64>> SqliteSpool::Private::repeated(const SpoolLetter &letter, const SpoolDigest &digest,
                                                                   const std::vector<std::pair<SpoolDigest, SpoolReceipt>> &fresh)
{
    if (letter.isCopy)
        return std::optional<qint64>{};
    for (const auto &[other, receipt] : fresh)
        if (other == digest)
            return std::optional{receipt.id};
    const std::optional<qint64> earlier = duplicates.find(digest, letter.receivedMs);
    if (!earlier)
        return std::optional<qint64>{};
    const base::Result<bool> isDeleted = isForgotten(database, *earlier);
    if (!isDeleted)
        return isDeleted.error();
    return *isDeleted ? std::optional<qint64>{} : earlier;
}

/// UserUnknown concerns this letter alone; any other error ends the transaction.
base::Result<SpoolReceipt> SqliteSpool::Private::store(const SpoolLetter &letter, std::vector<std::pair<SpoolDigest, SpoolReceipt>> &fresh)
{
    IncomingBody *body = bodies->find(letter.id);
    QCryptographicHash ownHash = spoolHash();
    if (!body)
        ownHash.addData(letter.rest);
    const SpoolDigest digest = digestOf(body ? body->hash() : ownHash, letter);
    const base::Result<std::optional<qint64>> earlier = repeated(letter, digest, fresh);
    if (!earlier)
        return earlier.error();
    if (*earlier)
        return SpoolReceipt{**earlier, true};
    QList<qint64> accounts;
    for (const QByteArray &recipient : letter.recipients)
        if (const auto it = accountIds.constFind(recipient); it != accountIds.cend())
            accounts.append(*it);
    if (accounts.isEmpty() && spoolQueue::elsewhere(letter).isEmpty())
        return {ErrorCode::UserUnknown, u"no recipient is left"_s};
    const qint64 octets = letter.trace.size() + (body ? body->octets() : letter.rest.size());
    if (base::Status status = insert(letter, accounts, digest, octets, body != nullptr); !status)
        return status.error();
    for (const SpoolAmendment &amendment : letter.amendments)
        if (base::Status status = amendMessage(database, amendment); !status)
            return status.error();
    fresh.emplace_back(digest, SpoolReceipt{letter.id, false});
    return SpoolReceipt{letter.id, false};
}

std::vector<base::Result<SpoolReceipt>> SqliteSpool::commit(const std::vector<SpoolLetter> &letters)
{
    std::vector<base::Result<SpoolReceipt>> outcomes;
    outcomes.reserve(letters.size());
    // Before the letters of this batch, not between their commit and their answer.
    if (d->checkpoints->committed(std::exchange(d->uncounted, 0)))
        (void)run(d->database, u"PRAGMA wal_checkpoint(PASSIVE)"_s);
    std::vector<std::pair<SpoolDigest, SpoolReceipt>> fresh;
    // A body that could not be written concerns its letter alone, an error of the database all of them.
    const std::vector<base::Status> written = d->bodies->complete(letters);
    const base::Status status = d->transaction([&]() -> base::Status {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            outcomes.push_back(written[i] ? d->store(letters[i], fresh) : base::Result<SpoolReceipt>{written[i].error()});
            if (written[i] && !outcomes.back() && outcomes.back().error().code != ErrorCode::UserUnknown)
                return outcomes.back().error();
        }
        return base::Done{};
    });
    if (!status)
        outcomes.assign(letters.size(), base::Result<SpoolReceipt>{status.error()});
    for (std::size_t i = 0; i < letters.size(); ++i)
        d->bodies->finish(letters[i].id, outcomes[i] && !outcomes[i]->isDuplicate ? SpoolBodies::Fate::Keep : SpoolBodies::Fate::Remove);
    if (status) {
        for (const auto &[digest, receipt] : fresh)
            d->duplicates.remember(digest, receipt.id, letters.front().receivedMs);
        for (const SpoolLetter &letter : letters)
            d->uncounted += letter.rest.size() + kRowOctets;
        d->sincePrune += static_cast<int>(letters.size());
        if (d->sincePrune >= kPruneEvery)
            d->prune();
    }
    return outcomes;
}

void SqliteSpool::Private::prune()
{
    sincePrune = 0;
    const qint64 oldest = duplicates.expire(base::Clock::system().now().toMSecsSinceEpoch());
    // The newest row stays whatever its age: it keeps ids from being given twice.
    (void)run(database, u"DELETE FROM recent WHERE id < ? AND id < (SELECT max(id) FROM recent)"_s, {oldest});
}

base::Result<qint64> SqliteSpool::Private::accountId(const QByteArray &address)
{
    const auto it = accountIds.constFind(address);
    if (it == accountIds.cend())
        return {ErrorCode::UserUnknown, QString::fromUtf8(address)};
    return *it;
}

/// Deletes a message that is in no mailbox any more and that the queue does not owe to anybody.
base::Status SqliteSpool::Private::removeOrphan(qint64 id)
{
    const base::Result<QSqlQuery *> row = statements->execute(u"SELECT recipients, in_file FROM message WHERE id=?"_s, {id});
    if (!row)
        return row.error();
    const bool isThere = (*row)->next();
    const QList<QByteArray> recipients = isThere ? (*row)->value(0).toByteArray().split('\n') : QList<QByteArray>{};
    const bool isInFile = isThere && (*row)->value(1).toBool();
    (*row)->finish();
    if (!isThere)
        return base::Done{};
    if (hasOrders) {
        const base::Result<bool> isOwed = spoolQueue::owes(database, id);
        if (!isOwed)
            return isOwed.error();
        if (*isOwed)
            return base::Done{};
        if (base::Status status = spoolQueue::forget(database, id); !status)
            return status;
    }
    for (const QByteArray &recipient : recipients) {
        const auto account = accountIds.constFind(recipient);
        if (account == accountIds.cend())
            continue;
        const base::Result<QVariant> isDelivered = statements->valueOf(u"SELECT 1 FROM delivery WHERE account=? AND id=?"_s, {*account, id});
        if (!isDelivered)
            return isDelivered.error();
        if (isDelivered->isValid())
            return base::Done{};
    }
    if (isInFile)
        filesToRemove.append(spoolBodyFile(directory, id));
    if (hasMarks)
        if (base::Status status = unmarkMessage(database, id); !status)
            return status;
    return statements->run(u"DELETE FROM message WHERE id=?"_s, {id});
}

base::Result<qint64> SqliteSpool::remove(const QByteArray &mailbox, const QList<qint64> &ids)
{
    qint64 octets = 0;
    const base::Status status = d->transaction([&]() -> base::Status {
        const base::Result<qint64> account = d->accountId(mailbox);
        if (!account)
            return account.error();
        for (const qint64 id : ids) {
            const base::Result<QVariant> gone = d->statements->valueOf(u"DELETE FROM delivery WHERE account=? AND id=? RETURNING octets"_s, {*account, id});
            if (!gone)
                return gone.error();
            octets += gone->toLongLong();
            if (base::Status removed = d->removeOrphan(id); !removed)
                return removed;
        }
        return base::Done{};
    });
    return status ? base::Result<qint64>{octets} : status.error();
}

base::Status SqliteSpool::removeEverywhere(qint64 id)
{
    return d->transaction([&]() -> base::Status {
        const base::Result<QVariant> isThere = d->statements->valueOf(u"SELECT 1 FROM message WHERE id=?"_s, {id});
        if (!isThere)
            return isThere.error();
        if (!isThere->isValid())
            return {ErrorCode::MessageNotFound, QString::number(id)};
        base::Status status = spoolQueue::forget(d->database, id); // "Delete it" is said of the whole message.
        if (status)
            status = d->removeFromAll(id);
        return status ? forgetIfGone(d->database, id) : status;
    });
}

base::Status SqliteSpool::Private::removeFromAll(qint64 id)
{
    for (const qint64 account : std::as_const(accountIds))
        if (base::Status status = statements->run(u"DELETE FROM delivery WHERE account=? AND id=?"_s, {account, id}); !status)
            return status;
    return removeOrphan(id);
}

base::Result<int> SqliteSpool::removeOldest(qint64 keep, qint64 beforeMs, int most)
{
    base::Result<QList<qint64>> ids = oldestBeyond(d->database, {keep, beforeMs, most});
    if (!ids || ids->isEmpty())
        return ids ? base::Result<int>{0} : ids.error();
    const base::Status status = d->transaction([&]() -> base::Status {
        for (const qint64 id : std::as_const(*ids))
            if (base::Status removed = d->removeFromAll(id); !removed)
                return removed;
        return base::Done{};
    });
    return status ? base::Result<int>{static_cast<int>(ids->size())} : status.error();
}

base::Status SqliteSpool::settleQueue(const QList<QueueKey> &done)
{
    return d->transaction([&] { return d->settle(done); });
}

base::Status SqliteSpool::retryQueue(const QList<QueueRetry> &retries)
{
    return d->transaction([&] { return spoolQueue::retry(d->database, retries); });
}

base::Status SqliteSpool::commandQueue(QueueCommand command, const QList<qint64> &ids, qint64 nowMs)
{
    return d->transaction([&]() -> base::Status {
        const base::Result<QList<qint64>> deleted = spoolQueue::command(d->database, command, ids, nowMs);
        base::Status status = deleted ? base::Status{base::Done{}} : base::Status{deleted.error()};
        for (qsizetype i = 0; status && i < deleted->size(); ++i) {
            status = d->removeOrphan((*deleted)[i]);
            if (status)
                status = forgetIfGone(d->database, (*deleted)[i]);
        }
        return status;
    });
}

base::Status SqliteSpool::setQueuePaused(Pause pause)
{
    return d->transaction([&] { return spoolQueue::setPaused(d->database, pause); });
}

base::Status SqliteSpool::addAccount(const SpoolAccount &account)
{
    const base::Status status = d->transaction([&]() -> base::Status {
        if (d->accountId(account.address))
            return {ErrorCode::UserExists, QString::fromUtf8(account.address)};
        if (base::Status free = spoolAliases::checkIsFree(d->database, account.address); !free)
            return free;
        return run(d->database, u"INSERT INTO account(address, salt, iterations, stored_key, server_key) VALUES(?, ?, ?, ?, ?)"_s,
                   {account.address, account.credential.salt, account.credential.iterations, account.credential.storedKey, account.credential.serverKey});
    });
    d->dataVersion = -1; // Our own commits do not change it.
    return status;
}

base::Status SqliteSpool::setAccount(const SpoolAccount &account)
{
    const base::Status status = d->transaction([&]() -> base::Status {
        if (base::Status free = spoolAliases::checkIsFree(d->database, account.address); !free)
            return free;
        return run(d->database, u"INSERT INTO account(address, salt, iterations, stored_key, server_key) VALUES(?, ?, ?, ?, ?) ON CONFLICT(address) DO UPDATE"
                                u" SET salt=excluded.salt, iterations=excluded.iterations, stored_key=excluded.stored_key, server_key=excluded.server_key"_s,
                   {account.address, account.credential.salt, account.credential.iterations, account.credential.storedKey, account.credential.serverKey});
    });
    d->dataVersion = -1;
    return status;
}

base::Status SqliteSpool::removeAccount(const QByteArray &address)
{
    const base::Status status = d->transaction([&]() -> base::Status {
        const base::Result<qint64> account = d->accountId(address);
        if (!account)
            return account.error();
        const base::Result<QList<qint64>> ids = listOf(d->database, u"SELECT id FROM delivery WHERE account=?"_s, {*account}, numberIn);
        if (!ids)
            return ids.error();
        if (base::Status s = run(d->database, u"DELETE FROM delivery WHERE account=?"_s, {*account}); !s)
            return s;
        for (const qint64 id : *ids) {
            if (base::Status s = d->removeOrphan(id); !s)
                return s;
            if (base::Status s = forgetIfGone(d->database, id); !s)
                return s;
        }
        if (base::Status s = spoolAliases::removeAllOf(d->database, *account); !s)
            return s;
        return run(d->database, u"DELETE FROM account WHERE id=?"_s, {*account});
    });
    d->dataVersion = -1;
    return status;
}

base::Status SqliteSpool::setAlias(const SpoolAlias &alias)
{
    return d->transaction([&] { return spoolAliases::set(d->database, alias); });
}

base::Status SqliteSpool::removeAlias(const QByteArray &name)
{
    return d->transaction([&] { return spoolAliases::remove(d->database, name); });
}

base::Result<std::unique_ptr<SpoolReader>> SqliteSpool::makeReader()
{
    return std::unique_ptr<SpoolReader>{std::make_unique<SqliteSpoolReader>(d->directory)};
}

} // namespace store
