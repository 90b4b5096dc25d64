// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageInspection.h"
#include "app/MessageService.h"

#include <QJsonObject>

namespace app {

/// `wax open --json` of CONTRACT.md.
[[nodiscard]] QJsonObject toJson(const smime::OpenedMessage &message);

/// `error` of both, and of a command that could not do it.
[[nodiscard]] QJsonObject toJson(const base::Error &error);

/// `diagnosis` of `wax open --json` and of `wax inspect --json`.
[[nodiscard]] QJsonObject toJson(const smime::SignatureDiagnosis &diagnosis);

/// `wax inspect --json` of CONTRACT.md: the tree with octet offsets, and `cms` where a part holds one.
[[nodiscard]] QJsonObject toJson(const app::InspectedPart &part);

/// `wax inspect --asn1 --json`: an element with its offset in the CMS object, and what is in it.
[[nodiscard]] QJsonObject toJson(const app::Asn1Element &element);

/// UTC in ISO 8601 with Z, or null for an invalid time.
[[nodiscard]] QJsonValue timeToJson(const QDateTime &time);

} // namespace app
