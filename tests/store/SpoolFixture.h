// SPDX-License-Identifier: GPL-3.0-or-later
// Spools and letters for the tests of every spool and of the one on disk.
#pragma once

#include "store/SqliteSpool.h"
#include "support/FakeSpool.h"

#include <QTemporaryDir>
#include <memory>

inline constexpr qint64 kNow = 1'795'000'000'000;
inline constexpr qint64 kDay = 24LL * 3600 * 1000;

struct Given {
    std::unique_ptr<QTemporaryDir> directory;
    std::unique_ptr<store::Spool> spool;

    store::Spool *operator->() const { return spool.get(); }
    [[nodiscard]] std::unique_ptr<store::SpoolReader> reader() const { return std::move(spool->makeReader()).value(); }
};

inline Given memorySpool()
{
    return {nullptr, std::make_unique<FakeSpool>()};
}

inline std::unique_ptr<store::Spool> openAt(const QString &path, store::SqliteSpool::Role role = store::SqliteSpool::Role::Relay)
{
    auto spool = store::SqliteSpool::open(path, role);
    if (!spool)
        qFatal("the spool was not opened: %s", qPrintable(spool.error().detail));
    return std::move(spool).value();
}

inline Given sqliteSpool()
{
    auto directory = std::make_unique<QTemporaryDir>();
    std::unique_ptr<store::Spool> spool = openAt(directory->path());
    return {std::move(directory), std::move(spool)};
}

inline store::SpoolAccount account(const QByteArray &address)
{
    return {address, {"salt", 4096, "stored", "server"}};
}

inline store::SpoolLetter letterTo(store::Spool &spool, const QList<QByteArray> &recipients, const QByteArray &body, qint64 when = kNow)
{
    store::SpoolLetter letter;
    letter.id = spool.nextId();
    letter.sender = "sender@example.org";
    letter.recipients = recipients;
    letter.trace = "Received: x\r\n";
    letter.receivedMs = when;
    letter.rest = body;
    return letter;
}

inline base::Result<store::SpoolReceipt> keep(store::Spool &spool, const store::SpoolLetter &letter)
{
    return spool.commit({letter}).front();
}

/// Nobody here, two elsewhere.
inline store::SpoolLetter letterOnward(store::Spool &spool, const QByteArray &body, const QList<QByteArray> &here = {})
{
    store::SpoolLetter letter = letterTo(spool, here, body);
    store::SpoolOrder order;
    store::QueuedRecipient one;
    one.address = "one@elsewhere.org";
    one.originalRecipient = "rfc822;one@else+2Bwhere.org";
    one.notify = "SUCCESS,DELAY";
    store::QueuedRecipient two;
    two.address = "two@elsewhere.org";
    order.recipients = {one, two};
    order.envelopeId = "QQ314159";
    order.returns = "HDRS";
    order.hasEightBit = true;
    letter.order = std::make_shared<const store::SpoolOrder>(order);
    return letter;
}

inline QByteArray wholeOf(store::SpoolReader &reader, qint64 id)
{
    QByteArray octets;
    for (;;) {
        const auto piece = reader.read(id, octets.size());
        if (!piece)
            return "error";
        octets += piece->octets;
        if (octets.size() >= piece->totalOctets || piece->octets.isEmpty())
            return octets;
    }
}
