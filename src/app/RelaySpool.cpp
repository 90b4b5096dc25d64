// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelaySpool.h"

#include "relay/Users.h"
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

void touchAccounts(const QString &directory)
{
    // A relay that misses it still looks again when somebody unknown is named.
    QFile file{accountsFile(directory)};
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write("changed\n");
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
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    const store::SpoolAccount account{*key, relay::toCredential(*verifier)};
    base::Status status = policy == IfUserExists::Replace ? (*spool)->setAccount(account) : (*spool)->addAccount(account);
    if (status)
        touchAccounts(directory);
    return status;
}

base::Status removeUser(const QString &directory, const QString &address)
{
    const base::Result<QByteArray> key = keyOf(address);
    if (!key)
        return key.error();
    const base::Result<SpoolPointer> spool = open(directory);
    if (!spool)
        return spool.error();
    base::Status status = (*spool)->removeAccount(*key);
    if (status)
        touchAccounts(directory);
    return status;
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
        if (!mailboxes)
            return mailboxes.error();
        QList<RelayMailbox> list;
        for (const store::SpoolMailbox &mailbox : *mailboxes)
            list.append({QString::fromUtf8(mailbox.address), mailbox.messages, mailbox.octets});
        return list;
    });
}

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
        QList<RelayMessage> list;
        for (const store::SpoolSummary &summary : *summaries)
            list.append({summary.id, QDateTime::fromMSecsSinceEpoch(summary.receivedMs, QTimeZone::UTC), QString::fromUtf8(summary.sender),
                         toStrings(summary.recipients), summary.octets});
        return list;
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
    return (*spool)->removeEverywhere(id);
}

} // namespace app::relaySpool
