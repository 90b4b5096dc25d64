// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

namespace identity {

/// The file form of `object`: with its format's name, version 1 and a checksum over all of it.
[[nodiscard]] QByteArray writeChecksummed(QLatin1StringView format, QJsonObject object);

/// Reads it back. KeystoreDamaged (no JSON, with offset, as an empty file is; another format; the checksum does not fit), DatabaseTooNew.
[[nodiscard]] base::Result<QJsonObject> readChecksummed(QLatin1StringView format, const QByteArray &file);

// Values in these files: octets in base64, times in ISO 8601 UTC. What is absent reads as empty.
[[nodiscard]] QString toText(const QByteArray &bytes);
[[nodiscard]] QByteArray bytesOf(const QJsonValue &value);
[[nodiscard]] QJsonArray toTexts(const QList<QByteArray> &list);
[[nodiscard]] QList<QByteArray> bytesListOf(const QJsonValue &value);
[[nodiscard]] QString toText(const QDateTime &time);
[[nodiscard]] QDateTime timeOf(const QJsonValue &value);

} // namespace identity
