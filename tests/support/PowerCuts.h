// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SqliteSpool.h"
#include "support/TestDisk.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>

namespace support {

/// Its log is so small that it is carried over many times within one test.
inline std::unique_ptr<store::SqliteSpool> openBusySpool(const QString &directory)
{
    auto spool = store::SqliteSpool::open(directory, store::SqliteSpool::Role::Relay, 256 * 1024);
    if (!spool)
        qFatal("the spool was not opened: %s", qPrintable(spool.error().detail));
    return std::move(spool).value();
}

/// As a reader gets it; what cannot be read ends the test.
inline QByteArray wholeOf(store::SpoolReader &reader, qint64 id, qint64 octets)
{
    QByteArray whole;
    while (whole.size() < octets) {
        const auto piece = reader.read(id, whole.size());
        if (!piece || piece->octets.isEmpty())
            qFatal("message %lld cannot be read: %s", static_cast<long long>(id), piece ? "short" : qPrintable(piece.error().detail));
        whole += piece->octets;
    }
    return whole;
}

/// The name that a letter bears in its line "X-Mark".
inline QByteArray markIn(QByteArrayView letter)
{
    const qsizetype at = letter.indexOf("X-Mark: ") + 8;
    return letter.sliced(at, letter.indexOf('\r', at) - at).toByteArray();
}

inline int cutsWanted()
{
    bool isNumber = false;
    const int wanted = qEnvironmentVariableIntValue("WAXWING_POWER_CUTS", &isNumber);
    return isNumber ? wanted : 200;
}

using LookAtCut = std::function<void(const QString &image, qsizetype moment, int cut)>;

/// Cuts the power at random moments of `disk` and shows what it left, until a check fails.
inline void cutThePower(const TestDisk &disk, QRandomGenerator &random, int cuts, const LookAtCut &look)
{
    for (int cut = 0; cut < cuts && !QTest::currentTestFailed(); ++cut) {
        QTemporaryDir image;
        const qsizetype moment = random.bounded(disk.moments() + 1);
        disk.leaveAfterPowerCut(image.path(), moment, cut % 2 == 0 ? TestDisk::Unsynced::LostButTheTornLast : TestDisk::Unsynced::Scattered, random);
        look(image.path(), moment, cut);
        if (QTest::currentTestFailed())
            qWarning("cut %d after moment %lld", cut, static_cast<long long>(moment));
    }
}

} // namespace support
