// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/FileAccess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

base::Error writeFault(const QString &file, int number)
{
    const QString detail = u"%1: %2"_s.arg(file, QString::fromLocal8Bit(std::strerror(number)));
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::DiskFull, detail, {}, {}};
    case EROFS:
    case EACCES:
    case EPERM:
        return {ErrorCode::ReadOnly, detail, {}, {}};
    default:
        return {ErrorCode::FileNotWritable, detail, {}, {}};
    }
}

base::Error readFault(const QString &file, int number)
{
    if (number == ENOENT || number == ENOTDIR)
        return {ErrorCode::FileNotFound, file, {}, {}};
    return {ErrorCode::FileNotReadable, u"%1: %2"_s.arg(file, QString::fromLocal8Bit(std::strerror(number))), {}, {}};
}

/// Closes the descriptor, and removes the file unless it was renamed.
class CloseAndRemoveUnlessRenamed
{
public:
    CloseAndRemoveUnlessRenamed(int descriptor, QByteArray path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    ~CloseAndRemoveUnlessRenamed()
    {
        ::close(m_descriptor);
        if (!m_isRenamed)
            ::unlink(m_path.constData());
    }
    Q_DISABLE_COPY_MOVE(CloseAndRemoveUnlessRenamed)

    [[nodiscard]] bool renameTo(const QByteArray &target)
    {
        m_isRenamed = std::rename(m_path.constData(), target.constData()) == 0;
        return m_isRenamed;
    }

private:
    int m_descriptor;
    QByteArray m_path;
    bool m_isRenamed = false;
};

bool writeAll(int descriptor, QByteArrayView data)
{
    while (!data.isEmpty()) {
        const ssize_t written = ::write(descriptor, data.data(), static_cast<std::size_t>(data.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        data = data.sliced(written);
    }
    return true;
}

/// Without this a power cut may forget the rename.
void syncFolderOf(const QString &file)
{
    const QByteArray folder = QFile::encodeName(QFileInfo{file}.absolutePath());
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

base::Status makePrivateFolder(const QString &folder)
{
    if (QFileInfo{folder}.isDir())
        return base::Done{};
    const QString parent = QFileInfo{folder}.absolutePath();
    if (parent != folder && !QFileInfo::exists(parent)) {
        if (const base::Status made = makePrivateFolder(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST)
        return writeFault(folder, errno);
    if (!QFileInfo{folder}.isDir())
        return {ErrorCode::FileNotWritable, u"%1 is not a folder"_s.arg(folder)};
    return base::Done{};
}

base::Status writeFileAtomically(const QString &file, const QByteArray &data)
{
    const QByteArray target = QFile::encodeName(file);
    const QByteArray temporary = target + '.' + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + ".new";
    const int descriptor = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return writeFault(file, errno);
    CloseAndRemoveUnlessRenamed guard{descriptor, temporary};
    if (!writeAll(descriptor, data) || ::fsync(descriptor) != 0 || !guard.renameTo(target))
        return writeFault(file, errno);
    syncFolderOf(file);
    return base::Done{};
}

base::Result<QByteArray> readWholeFile(const QString &file, qint64 limitOctets)
{
    // Not by QFileInfo, for which a file in a folder that one may not enter does not exist.
    struct stat info = {};
    if (::stat(QFile::encodeName(file).constData(), &info) != 0)
        return readFault(file, errno);
    if (!S_ISREG(info.st_mode))
        return {ErrorCode::FileNotReadable, u"%1 is not a regular file"_s.arg(file)};
    QFile input{file};
    if (!input.open(QIODevice::ReadOnly))
        return {ErrorCode::FileNotReadable, u"%1: %2"_s.arg(file, input.errorString())};
    // QIODevice::read() takes as much memory as is asked for. The rest is for a file that grew, or that tells no size.
    QByteArray data = input.read(qMin<qint64>(info.st_size, limitOctets) + 1);
    if (data.size() > info.st_size)
        data += input.read(limitOctets + 1 - data.size());
    if (input.error() != QFileDevice::NoError)
        return {ErrorCode::FileNotReadable, u"%1: %2"_s.arg(file, input.errorString())};
    if (data.size() > limitOctets)
        return {ErrorCode::FileTooLarge, u"%1: more than %2 octets"_s.arg(file).arg(limitOctets)};
    if (data.isEmpty())
        return {ErrorCode::FileEmpty, file};
    return data;
}

} // namespace identity
