// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A folder of forged mail as `wax forge --all` leaves it, and how what it expects is compared.

#include "interop/ForeignProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace support {

/// The seed of this run: printed, so that a failure comes back; WAXWING_FORGE_SEED sets it.
inline QString forgeSeed()
{
    const QString asked = qEnvironmentVariable("WAXWING_FORGE_SEED");
    return asked.isEmpty() ? QString::number(QDateTime::currentSecsSinceEpoch() / 86400) : asked;
}

inline QJsonObject jsonObject(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

/// Why `actual` does not hold what `expected` claims; empty if it does. Objects may hold more. Arrays of "layers" keep their
/// order, other arrays have none; all have their size.
inline QString contradiction(const QJsonValue &expected, const QJsonValue &actual, const QString &where);

inline QString contradictionInArray(const QJsonArray &expected, const QJsonArray &actual, const QString &where)
{
    if (expected.size() != actual.size())
        return QStringLiteral("%1: %2 entries expected, %3 found").arg(where).arg(expected.size()).arg(actual.size());
    QJsonArray rest = actual;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const qsizetype last = where.endsWith(QStringLiteral("layers")) ? 1 : rest.size();
        QString first;
        qsizetype found = 0;
        for (; found < last; ++found) {
            const QString reason = contradiction(expected[i], rest[found], QStringLiteral("%1[%2]").arg(where).arg(i));
            if (reason.isEmpty())
                break;
            if (first.isEmpty())
                first = reason;
        }
        if (found == last)
            return first;
        rest.removeAt(found);
    }
    return {};
}

inline QString contradiction(const QJsonValue &expected, const QJsonValue &actual, const QString &where)
{
    if (expected.isArray() && actual.isArray())
        return contradictionInArray(expected.toArray(), actual.toArray(), where);
    if (expected.isObject() && actual.isObject()) {
        const QJsonObject wanted = expected.toObject();
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            const QString reason = contradiction(it.value(), actual.toObject().value(it.key()), where + u'.' + it.key());
            if (!reason.isEmpty())
                return reason;
        }
        return {};
    }
    const bool isSame = expected.isString() && actual.isString() ? expected.toString().trimmed() == actual.toString().trimmed() : expected == actual;
    if (isSame)
        return {};
    const auto text = [](const QJsonValue &value) {
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    };
    return QStringLiteral("%1: %2 expected, %3 found").arg(where, text(expected), text(actual));
}

/// Mints everything once, by the program, and opens it with the program.
class ForgedFolder
{
public:
    explicit ForgedFolder(const QString &wax) : m_wax(wax)
    {
        m_workshop.setEnvironment(QStringLiteral("WAXWING_DATA_DIR"), m_workshop.path(QStringLiteral("data")));
        minted = m_workshop.run(m_wax, {QStringLiteral("forge"), QStringLiteral("--all"), QStringLiteral("mail"), QStringLiteral("--seed"), forgeSeed()});
        qInfo("%s", minted.errors.trimmed().constData());
    }

    [[nodiscard]] QJsonArray mails() const { return jsonObject(read(QStringLiteral("manifest.json"))).value(QStringLiteral("mails")).toArray(); }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const QJsonValue &mail : mails())
            names.append(mail.toObject().value(QStringLiteral("name")).toString());
        return names;
    }

    [[nodiscard]] QByteArray read(const QString &file) const { return m_workshop.read(QStringLiteral("mail/") + file); }
    [[nodiscard]] QJsonObject expected(const QString &name) const { return jsonObject(read(name + QStringLiteral(".json"))); }
    [[nodiscard]] const interop::Workshop &workshop() const { return m_workshop; }

    /// Opens them in one process: a line of JSON for each if they are several.
    [[nodiscard]] interop::RunResult open(const QStringList &names) const
    {
        QStringList words{QStringLiteral("open"), QStringLiteral("--json"), QStringLiteral("--trust"), QStringLiteral("mail/ca.pem"),
                          QStringLiteral("--crl"), QStringLiteral("mail/crl.pem"), QStringLiteral("--key"), QStringLiteral("mail/keys.pem")};
        for (const QString &name : names)
            words.append(fileOf(name));
        return m_workshop.run(m_wax, words);
    }
    [[nodiscard]] static QString fileOf(const QString &name) { return QStringLiteral("mail/") + name + QStringLiteral(".eml"); }

    interop::RunResult minted;

private:
    QString m_wax;
    interop::Workshop m_workshop;
};

} // namespace support
