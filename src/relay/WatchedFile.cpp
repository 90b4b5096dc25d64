// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/WatchedFile.h"

#include <QFile>
#include <fcntl.h>
#include <unistd.h>

namespace relay {

bool touchWatchedFile(const QString &path)
{
    const int handle = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (handle < 0)
        return false;
    constexpr char kText[] = "changed\n";
    const bool isWritten = ::write(handle, kText, sizeof kText - 1) > 0;
    ::close(handle);
    return isWritten;
}

} // namespace relay
