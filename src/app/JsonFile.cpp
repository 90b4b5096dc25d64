// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/JsonFile.h"

#include "base/FileAccess.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {
constexpr qint64 kLargestJsonFile = 4 * 1024 * 1024;
} // namespace

base::Result<QJsonObject> readJsonFile(const QString &path)
{
    const base::Result<QByteArray> octets = base::readFile(path, kLargestJsonFile);
    if (!octets && octets.error().code == ErrorCode::FileNotFound)
        return QJsonObject{};
    if (!octets)
        return octets.error();
    if (octets->isEmpty())
        return {ErrorCode::ConfigurationInvalid, path + u": it is empty"_s};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(*octets, &fault);
    if (!document.isObject())
        return {ErrorCode::ConfigurationInvalid, path + u": "_s + (fault.error == QJsonParseError::NoError ? u"the whole must stand in { }"_s : fault.errorString())};
    return document.object();
}

base::Status writeJsonFile(const QJsonObject &object, const QString &path)
{
    return base::writeFile(path, QJsonDocument{object}.toJson());
}

base::Status keepInJsonFile(const QString &path, const QString &member, const QJsonValue &value)
{
    base::Result<QJsonObject> object = readJsonFile(path);
    if (!object)
        return object.error();
    (*object)[member] = value;
    return writeJsonFile(*object, path);
}

base::Result<bool> readSwitch(const QJsonObject &object, const QString &name, const QString &path)
{
    const QJsonValue value = object[name];
    if (!value.isUndefined() && !value.isBool())
        return {ErrorCode::ConfigurationInvalid, path + u": "_s + name + u": true or false is wanted"_s};
    return value.toBool();
}

} // namespace app
