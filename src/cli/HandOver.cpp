// SPDX-License-Identifier: GPL-3.0-or-later
// What wax-offline leaves to wax-online: all that needs a mailbox, a server or the network.
#include "base/FileAccess.h"
#include "cli/JoinCommands.h"
#include "cli/MailCommands.h"
#include "cli/Online.h"
#include "cli/RelayCommands.h"

#include <QFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// Lies beside this program.
QByteArray onlineProgram()
{
    return QFile::encodeName(QCoreApplication::applicationDirPath() + u"/wax-online"_s);
}

/// As the system takes them, a null behind the last.
std::vector<char *> pointersTo(QList<QByteArray> &words)
{
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

base::Error notStarted(const QByteArray &program, int fault)
{
    return {base::ErrorCode::FileNotFound, QFile::decodeName(program) + u": "_s + QString::fromLocal8Bit(std::strerror(fault)), {}, {}};
}

/// Becomes wax-online, which gets the same words; returns if it cannot be started.
base::Error handOver()
{
    const QByteArray program = onlineProgram();
    QList<QByteArray> words;
    for (const QString &word : QCoreApplication::arguments())
        words.append(word.toLocal8Bit());
    ::execv(program.constData(), pointersTo(words).data());
    return notStarted(program, errno);
}

/// Starts wax-online with `words`, its standard output going to `output` and its talk nowhere.
base::Result<pid_t> startOnline(QList<QByteArray> words, int output)
{
    words.prepend(onlineProgram());
    posix_spawn_file_actions_t streams;
    ::posix_spawn_file_actions_init(&streams);
    ::posix_spawn_file_actions_adddup2(&streams, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int fault = ::posix_spawn(&child, words.first().constData(), &streams, nullptr, pointersTo(words).data(), environ);
    ::posix_spawn_file_actions_destroy(&streams);
    if (fault != 0)
        return notStarted(words.first(), fault);
    return child;
}

} // namespace

base::Result<std::unique_ptr<identity::RevocationSource>> reachNetwork()
{
    return handOver();
}

base::Result<QByteArray> sentOctets(const Context &context, const QByteArray &messageId)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return base::ErrorCode::MessageNotFound;
    const base::Result<pid_t> child = startOnline({"--data-dir", context.dataDirectory.toLocal8Bit(), "--profile", context.profile.toLocal8Bit(), "read",
                                                   "--sent-as=" + messageId}, ends[1]);
    ::close(ends[1]);
    constexpr qint64 kLargestLetter = qint64(1) << 30; // What comes from our own store, and has an end.
    const base::Result<QByteArray> octets = base::readToEnd(ends[0], u"wax-online"_s, kLargestLetter);
    ::close(ends[0]);
    int status = -1;
    const bool isFound = child && ::waitpid(*child, &status, 0) == *child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return isFound ? octets : base::ErrorCode::MessageNotFound;
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
