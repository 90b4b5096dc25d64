// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Database.h"
#include "store/MailStore.h"

#include <QByteArray>

namespace support {

/// A small letter; `marker` makes its content and Message-ID its own.
inline QByteArray letter(const QByteArray &marker, const QByteArray &extraHeader = {})
{
    return "From: Alice Archer <alice@example.org>\r\nTo: Bob Baker <bob@example.org>\r\nSubject: Letter " + marker
        + "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + marker + "@example.org>\r\n" + extraHeader + "\r\nDear Bob, " + marker + "\r\n";
}

inline std::shared_ptr<store::Database> openMailFile(const QString &path)
{
    return std::make_shared<store::Database>(path, store::MailStore::schema());
}

} // namespace support

/// The value of an Operation, or the test fails with the error's name.
#define MUST(variable, operation) \
    const auto variable##Result = base::await(operation); \
    QVERIFY2(variable##Result, variable##Result ? "" : qPrintable(QString::fromLatin1(base::nameOf(variable##Result.error().code)) + QStringLiteral(": ") + variable##Result.error().detail)); \
    [[maybe_unused]] const auto &variable = *variable##Result

/// The operation ended with this code.
#define MUST_FAIL(operation, expected) \
    do { \
        const auto outcome_ = base::await(operation); \
        QVERIFY2(!outcome_, "it succeeded"); \
        QCOMPARE(outcome_.error().code, expected); \
    } while (false)
