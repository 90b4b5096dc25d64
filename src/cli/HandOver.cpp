// SPDX-License-Identifier: GPL-3.0-or-later
// What wax-offline leaves to wax-online: all that needs a mailbox, a server or the network.
#include "base/ProgramRun.h"
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

/// Lies beside this program.
QString onlineProgram()
{
    return QCoreApplication::applicationDirPath() + u"/wax-online"_s;
}

/// Becomes wax-online, which gets the same words; returns if it cannot be started.
base::Error handOver()
{
    const QString program = onlineProgram();
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

base::Result<QByteArray> sentOctets(const Context &context, const QByteArray &messageId)
{
    constexpr std::chrono::minutes kPatience{1};
    base::Result<base::ProgramAnswer> answer = base::runProgram(
        onlineProgram(), {u"--data-dir"_s, context.dataDirectory, u"--profile"_s, context.profile, u"read"_s, u"--sent-as="_s + QString::fromUtf8(messageId)}, {}, kPatience);
    return answer && answer->exitStatus == 0 ? base::Result<QByteArray>{std::move(answer->output)} : base::ErrorCode::MessageNotFound;
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
