// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolDuplicates.h"

#include "store/Sql.h"

#include <QtEndian>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

SpoolDigest SpoolDigest::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() < 16)
        return {};
    return {qFromBigEndian<quint64>(bytes.data()), qFromBigEndian<quint64>(bytes.data() + 8)};
}

QByteArray SpoolDigest::toBytes() const
{
    QByteArray bytes(16, Qt::Uninitialized);
    qToBigEndian(high, bytes.data());
    qToBigEndian(low, bytes.data() + 8);
    return bytes;
}

SpoolDigest digestOf(QCryptographicHash &bodyHash, const SpoolLetter &letter)
{
    bodyHash.addData(QByteArrayView{"\0", 1});
    bodyHash.addData(letter.sender);
    QList<QByteArray> recipients = letter.addressed.isEmpty() ? letter.recipients : letter.addressed;
    if (letter.order && letter.addressed.isEmpty())
        for (const QueuedRecipient &one : letter.order->recipients)
            recipients.append(one.address);
    std::sort(recipients.begin(), recipients.end());
    for (const QByteArray &recipient : recipients) {
        bodyHash.addData(QByteArrayView{"\0", 1});
        bodyHash.addData(recipient);
    }
    return SpoolDigest::fromBytes(bodyHash.resultView());
}

base::Result<bool> isForgotten(QSqlDatabase &database, qint64 id)
{
    const base::Result<QVariant> row = valueOf(database, u"SELECT 1 FROM recent WHERE id=? AND digest=x''"_s, {id});
    return row ? base::Result<bool>{row->isValid()} : row.error();
}

base::Status forgetIfGone(QSqlDatabase &database, qint64 id)
{
    return run(database, u"UPDATE recent SET digest=x'' WHERE id=? AND NOT EXISTS (SELECT 1 FROM message WHERE id=?)"_s, {id, id});
}

std::optional<qint64> SpoolDuplicates::find(const SpoolDigest &digest, qint64 nowMs) const
{
    const auto it = m_byDigest.constFind(digest);
    if (it == m_byDigest.cend() || nowMs - it->receivedMs > kMemoryMs)
        return std::nullopt;
    return it->id;
}

void SpoolDuplicates::remember(const SpoolDigest &digest, qint64 id, qint64 receivedMs)
{
    m_byDigest.insert(digest, {id, receivedMs});
    m_inOrder.emplace_back(digest, Entry{id, receivedMs});
}

qint64 SpoolDuplicates::expire(qint64 nowMs)
{
    while (!m_inOrder.empty() && (m_inOrder.size() > kMost || nowMs - m_inOrder.front().second.receivedMs > kMemoryMs)) {
        const auto &[digest, entry] = m_inOrder.front();
        const auto it = m_byDigest.constFind(digest);
        if (it != m_byDigest.cend() && it->id == entry.id)
            m_byDigest.erase(it);
        m_inOrder.pop_front();
    }
    return m_inOrder.empty() ? 0 : m_inOrder.front().second.id;
}

} // namespace store
