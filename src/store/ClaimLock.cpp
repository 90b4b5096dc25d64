// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ClaimLock.h"

#include "base/FileAccess.h"

#include <QFile>
#include <QRandomGenerator>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

int openLockFile(const QString &path)
{
    return ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

struct flock lockOn(qint64 byte)
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = byte;
    lock.l_len = 1;
    return lock;
}

} // namespace

ClaimLock::ClaimLock(const QString &databasePath) : m_path(databasePath + u"-claims"_s) {}

ClaimLock::~ClaimLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

base::Result<QString> ClaimLock::token()
{
    if (!m_token.isEmpty())
        return m_token;
    if (m_descriptor < 0)
        m_descriptor = openLockFile(m_path);
    // A byte of its own among so many, and of this open file: a lock of the process would end with any other descriptor of the file.
    const qint64 byte = QRandomGenerator::system()->bounded(std::numeric_limits<qint64>::max() - 1);
    struct flock lock = lockOn(byte);
    if (m_descriptor < 0 || ::fcntl(m_descriptor, F_OFD_SETLK, &lock) != 0)
        return base::systemFault(errno, m_path, base::ErrorCode::FileNotWritable);
    m_token = QString::number(byte);
    return m_token;
}

bool ClaimLock::isHeld(const QString &token) const
{
    bool isToken = false;
    struct flock lock = lockOn(token.toLongLong(&isToken));
    if (!isToken)
        return false;
    const int descriptor = openLockFile(m_path);
    // Where it cannot be found out, nobody else begins what may be under way.
    const bool isHeld = descriptor < 0 || ::fcntl(descriptor, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
    if (descriptor >= 0)
        ::close(descriptor);
    return isHeld;
}

} // namespace store
