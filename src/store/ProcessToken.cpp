// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProcessToken.h"

#include <QCoreApplication>
#include <QFile>

namespace store {

namespace {

/// "pid start-time" of a running process; empty if there is none. proc(5): field 22 of stat; the second one may hold blanks and brackets.
QString tokenOf(qint64 pid)
{
    QFile file{QStringLiteral("/proc/%1/stat").arg(pid)};
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype kState = 0, kStartTime = 22 - 3;
    if (fields.size() <= kStartTime || fields[kState] == "Z")
        return {};
    return QString::number(pid) + u' ' + QString::fromLatin1(fields[kStartTime]);
}

} // namespace

QString ownProcessToken()
{
    static const QString token = tokenOf(QCoreApplication::applicationPid());
    return token;
}

bool isProcessAlive(const QString &token)
{
    const qint64 pid = token.section(u' ', 0, 0).toLongLong();
    return pid > 0 && tokenOf(pid) == token;
}

} // namespace store
