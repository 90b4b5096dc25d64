// SPDX-License-Identifier: GPL-3.0-or-later
// What wax-offline leaves to wax-online: all that needs a mailbox, a server or the network.
#include "cli/JoinCommands.h"
#include "cli/MailCommands.h"
#include "cli/Online.h"
#include "cli/RelayCommands.h"

#include <QFile>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// Becomes wax-online, which lies beside this program and gets the same words; returns if it cannot be started.
base::Error handOver()
{
    const QString program = QCoreApplication::applicationDirPath() + u"/wax-online"_s;
    QList<QByteArray> words;
    for (const QString &word : QCoreApplication::arguments())
        words.append(word.toLocal8Bit());
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(QFile::encodeName(program).constData(), pointers.data());
    return {base::ErrorCode::FileNotFound, program + u": "_s + QString::fromLocal8Bit(std::strerror(errno)), {}, {}};
}

} // namespace

base::Result<std::unique_ptr<identity::RevocationSource>> reachNetwork()
{
    return handOver();
}

Exit runFetch(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runIdentityJoin(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runImport(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runList(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runRead(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runRelay(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runSearch(const Context &, const QStringList &)
{
    return fail(handOver());
}

Exit runSend(const Context &, const QStringList &)
{
    return fail(handOver());
}

} // namespace cli
