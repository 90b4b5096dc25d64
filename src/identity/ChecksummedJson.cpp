// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/ChecksummedJson.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr int kVersion = 1;

/// Qt writes the names of an object in order, so the compact form is canonical.
QString checksumOf(const QJsonObject &object)
{
    const QByteArray bytes = QJsonDocument{object}.toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

QByteArray writeChecksummed(QLatin1StringView format, QJsonObject object)
{
    object["format"_L1] = QString{format};
    object["version"_L1] = kVersion;
    object["checksum"_L1] = checksumOf(object);
    return QJsonDocument{object}.toJson();
}

base::Result<QJsonObject> readChecksummed(QLatin1StringView format, const QByteArray &file)
{
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(file, &fault);
    if (fault.error != QJsonParseError::NoError)
        return base::Error{ErrorCode::KeystoreDamaged, fault.errorString(), fault.offset, {}};
    QJsonObject object = document.object();
    if (object["format"_L1].toString() != format)
        return {ErrorCode::KeystoreDamaged, u"this is no file of the format %1"_s.arg(format)};
    if (object["version"_L1].toInt() > kVersion)
        return {ErrorCode::DatabaseTooNew, u"format version %1"_s.arg(object["version"_L1].toInt())};
    const QString checksum = object.take("checksum"_L1).toString();
    if (checksum != checksumOf(object))
        return {ErrorCode::KeystoreDamaged, u"the content does not fit its checksum"_s};
    return object;
}

QString toText(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QJsonArray toTexts(const QList<QByteArray> &list)
{
    QJsonArray array;
    for (const QByteArray &bytes : list)
        array.append(toText(bytes));
    return array;
}

QList<QByteArray> bytesListOf(const QJsonValue &value)
{
    QList<QByteArray> list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &entry : array)
        list.append(bytesOf(entry));
    return list;
}

QString toText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString{};
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

} // namespace identity
