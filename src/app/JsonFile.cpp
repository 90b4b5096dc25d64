// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/JsonFile.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

base::Result<QJsonObject> readJsonFile(const QString &path)
{
    QFile file{path};
    if (!file.exists())
        return QJsonObject{};
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::FileNotReadable, path + u": "_s + file.errorString()};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &fault);
    if (!document.isObject())
        return {ErrorCode::ConfigurationInvalid, path + u": "_s + fault.errorString()};
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
