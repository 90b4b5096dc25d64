// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets that a service manager opened before it started this process. sd_listen_fds(3).
#include "relay/Doors.h"

#include <array>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace relay {

namespace {

constexpr int kFirstDescriptor = 3;

std::optional<Door> doorOf(const QString &name)
{
    static constexpr std::array<std::pair<QLatin1StringView, Door>, 5> kNames{{{"smtp"_L1, Door::Smtp},
                                                                              {"submission"_L1, Door::Submission},
                                                                              {"submission-tls"_L1, Door::SubmissionTls},
                                                                              {"pop3"_L1, Door::Pop3},
                                                                              {"pop3-tls"_L1, Door::Pop3Tls}}};
    for (const auto &[known, door] : kNames)
        if (name == known)
            return door;
    return std::nullopt;
}

} // namespace

base::Result<QList<PassedSocket>> takePassedSockets()
{
    const bool isForUs = qEnvironmentVariable("LISTEN_PID") == QString::number(::getpid());
    const int count = isForUs ? qEnvironmentVariableIntValue("LISTEN_FDS") : 0;
    const QStringList names = qEnvironmentVariable("LISTEN_FDNAMES").split(u':');
    for (const char *variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        qunsetenv(variable);
    QList<PassedSocket> sockets;
    for (int i = 0; i < count; ++i) {
        const int descriptor = kFirstDescriptor + i;
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        const std::optional<Door> door = doorOf(names.value(i));
        if (!door)
            return {ErrorCode::ConfigurationInvalid,
                    u"a passed socket is named \"%1\"; smtp, submission, submission-tls, pop3 or pop3-tls is wanted (FileDescriptorName=)"_s.arg(names.value(i))};
        sockets.append({descriptor, *door});
    }
    return sockets;
}

bool isLoopbackSocket(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return false;
    return net::isLoopback(QHostAddress{reinterpret_cast<const sockaddr *>(&address)});
}

} // namespace relay
