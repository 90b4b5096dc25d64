// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who opens the fuzzed messages: QCA with our provider, and the keys of tests/fuzz/keys, which protect nothing.

#include "fuzz/Fuzz.h"
#include "provider/KeyMaterial.h"
#include "support/TestAuthority.h"

#include <QCoreApplication>

namespace fuzz {

inline QByteArray keyFile(const char *name)
{
    const QByteArray content = support::fileContent(QStringLiteral(WAXWING_FUZZ_KEYS "/") + QString::fromLatin1(name));
    require(!content.isEmpty(), "the reader's keys are at hand");
    return content;
}

/// QCA below an application object; made once and never taken down, as libFuzzer ends by exit().
inline void startProvider()
{
    static int argc = 1;
    static char name[] = "fuzz";
    static char *argv[] = {name, nullptr};
    [[maybe_unused]] static auto *application = new QCoreApplication(argc, argv);
    [[maybe_unused]] static auto *provider = new support::WithProvider;
}

/// Bob's keys, each with its certificate, in the order of the file.
inline const provider::KeyMaterial &readerKeys()
{
    static const provider::KeyMaterial &material = *new provider::KeyMaterial([] {
        startProvider();
        const auto read = provider::readKeyMaterial(keyFile("keys.pem"));
        require(read.isOk() && !read->privateKeys.isEmpty(), "the reader's keys can be read");
        return *read;
    }());
    return material;
}

inline const QList<QByteArray> &anchors()
{
    static const QList<QByteArray> &all = *new QList<QByteArray>([] {
        startProvider();
        const auto read = provider::readCertificates(keyFile("ca.pem"));
        require(read.isOk(), "the anchors can be read");
        return *read;
    }());
    return all;
}

/// The moment for which keys and corpus were made.
inline QDateTime moment()
{
    return QDateTime(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::UTC);
}

} // namespace fuzz
