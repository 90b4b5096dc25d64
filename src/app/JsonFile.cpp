// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/JsonFile.h"

#include "base/FileAccess.h"

#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

base::Result<QJsonObject> readJsonFile(const QString &path)
{
    const base::Result<QByteArray> octets = base::readPrivateFile(path);
    if (!octets && octets.error().code == ErrorCode::FileNotFound)
        return QJsonObject{};
    if (!octets && octets.error().code == ErrorCode::FileEmpty)
        return {ErrorCode::ConfigurationInvalid, path + u": it is empty"_s};
    if (!octets)
        return octets.error();
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(*octets, &fault);
    if (!document.isObject())
        return {ErrorCode::ConfigurationInvalid, path + u": "_s + (fault.error == QJsonParseError::NoError ? u"the whole must stand in { }"_s : fault.errorString())};
    return document.object();
}

base::Status writeJsonFile(const QJsonObject &object, const QString &path)
{
    QSaveFile file{path};
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument{object}.toJson()) < 0 || !file.commit())
        return {file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::FileNotWritable, file.errorString()};
    return base::Done{};
}

base::Status keepInJsonFile(const QString &path, const QString &member, const QJsonValue &value)
{
    base::Result<QJsonObject> object = readJsonFile(path);
    if (!object)
        return object.error();
    (*object)[member] = value;
    return writeJsonFile(*object, path);
}

} // namespace app
