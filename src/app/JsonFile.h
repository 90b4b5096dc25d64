// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QJsonObject>

namespace app {

/// A file of settings as an object; an empty one if there is no file. FileNotReadable, FileTooLarge, ConfigurationInvalid. Any thread.
[[nodiscard]] base::Result<QJsonObject> readJsonFile(const QString &path);

/// Replaces the file; it is whole or as it was. FileNotWritable, DiskFull. Any thread.
[[nodiscard]] base::Status writeJsonFile(const QJsonObject &object, const QString &path);

/// Changes one member and leaves all others as they are. Errors of both. Any thread.
[[nodiscard]] base::Status keepInJsonFile(const QString &path, const QString &member, const QJsonValue &value);

/// A switch among the settings of the file at `path`; false without the member. ConfigurationInvalid: a text such as "true" is a mistake and no "no".
[[nodiscard]] base::Result<bool> readSwitch(const QJsonObject &object, const QString &name, const QString &path);

} // namespace app
