// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/FileAccess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace base {

namespace {

Error readFault(const QString &file, int number)
{
    if (number == ENOENT || number == ENOTDIR)
        return {ErrorCode::FileNotFound, file, {}, {}};
    return systemFault(number, file, ErrorCode::FileNotReadable);
}

Error tooLarge(const QString &file, qint64 limitOctets)
{
    return {ErrorCode::FileTooLarge, u"%1: more than %2 octets"_s.arg(file, QString::number(limitOctets)), {}, {}};
}

Error writeFault(const QString &file, int number)
{
    const bool isForbidden = number == EACCES || number == EPERM;
    return systemFault(number, file, isForbidden ? ErrorCode::ReadOnly : ErrorCode::FileNotWritable);
}

/// Of a place that a person chose and can choose anew; ReadOnly is said of the place where everything is stored.
Status saved(const QString &file, int number)
{
    if (number == 0)
        return Done{};
    Error fault = writeFault(file, number);
    if (fault.code == ErrorCode::ReadOnly)
        fault.code = ErrorCode::FileNotWritable;
    return fault;
}

class CloseOnExit
{
public:
    explicit CloseOnExit(int descriptor) : m_descriptor(descriptor) {}
    ~CloseOnExit() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(CloseOnExit)

private:
    int m_descriptor;
};

/// Removes the file unless it was renamed.
class RemoveUnlessRenamed
{
public:
    explicit RemoveUnlessRenamed(QByteArray path) : m_path(std::move(path)) {}
    ~RemoveUnlessRenamed()
    {
        if (!m_isRenamed)
            ::unlink(m_path.constData());
    }
    Q_DISABLE_COPY_MOVE(RemoveUnlessRenamed)

    [[nodiscard]] bool renameTo(const QByteArray &target)
    {
        m_isRenamed = std::rename(m_path.constData(), target.constData()) == 0;
        return m_isRenamed;
    }

private:
    QByteArray m_path;
    bool m_isRenamed = false;
};

enum class Source { RegularFile, Any };

Result<QByteArray> readNamed(const QString &file, qint64 limitOctets, Source source)
{
    // Asked when it is open: what stood there before may have been another file. A FIFO is not waited for only to see that it is one.
    const int waiting = source == Source::RegularFile ? O_NONBLOCK : 0;
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | waiting);
    if (descriptor < 0)
        return readFault(file, errno);
    const CloseOnExit guard{descriptor};
    struct stat info = {};
    if (::fstat(descriptor, &info) != 0)
        return readFault(file, errno);
    if (source == Source::RegularFile && !S_ISREG(info.st_mode))
        return {ErrorCode::FileNotReadable, u"%1 is not a regular file"_s.arg(file)};
    if (S_ISREG(info.st_mode) && info.st_size > limitOctets)
        return tooLarge(file, limitOctets);
    return readToEnd(descriptor, file, limitOctets);
}

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
    const QByteArray folder = QFile::encodeName(QFileInfo{file}.path());
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    const CloseOnExit guard{descriptor};
    ::fsync(descriptor);
}

/// Makes the new file with the permissions `made`, less the umask, and gives it those that are to be kept. What failed by errno, or 0.
int replaceFile(const QString &file, QByteArrayView data, mode_t made, std::optional<mode_t> kept = {})
{
    const QByteArray target = QFile::encodeName(file);
    const QByteArray temporary = target + '.' + QByteArray::number(QRandomGenerator::system()->generate(), 36) + ".new";
    const int descriptor = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, made);
    if (descriptor < 0)
        return errno;
    const CloseOnExit guard{descriptor};
    RemoveUnlessRenamed content{temporary};
    if (kept)
        ::fchmod(descriptor, *kept); // Fails where there are no permissions, so that none are lost.
    if (!writeAll(descriptor, data) || ::fsync(descriptor) != 0 || !content.renameTo(target))
        return errno;
    syncFolderOf(file);
    return 0;
}

/// The file that a link, or a chain of them, leads to, whether it is there or not. Not by symLinkTarget(), which takes a ".." in a linked folder
/// for the folder that the link lies in.
QString endOfLinks(const QString &file)
{
    constexpr int kMostLinks = 40; // As many as the kernel follows.
    QString end = file;
    for (int i = 0; i < kMostLinks; ++i) {
        const QFileInfo info{end};
        if (!info.isSymLink())
            break;
        const QString next = info.readSymLink();
        end = QDir::isAbsolutePath(next) ? next : info.path() + u'/' + next;
    }
    return end;
}

} // namespace

Error systemFault(int number, const QString &what, ErrorCode otherwise)
{
    const QString detail = u"%1: %2"_s.arg(what, qt_error_string(number));
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {ErrorCode::DiskFull, detail, {}, {}};
    case EROFS:
        return {ErrorCode::ReadOnly, detail, {}, {}};
    case EMFILE:
    case ENFILE:
        return {ErrorCode::TooManyFilesOpen, detail, {}, {}};
    default:
        return {otherwise, detail, {}, {}};
    }
}

Result<QByteArray> readFile(const QString &file, qint64 limitOctets)
{
    return readNamed(file, limitOctets, Source::RegularFile);
}

Result<QByteArray> readFileOrPipe(const QString &file, qint64 limitOctets)
{
    return readNamed(file, limitOctets, Source::Any);
}

Result<QByteArray> readToEnd(int descriptor, const QString &name, qint64 limitOctets)
{
    constexpr qint64 kPiece = 64 * 1024;
    struct stat info = {};
    const qint64 told = ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) ? info.st_size : 0;
    // One octet more than is wanted tells the end from what goes on.
    QByteArray data(qMin(told > 0 ? told : kPiece, limitOctets) + 1, Qt::Uninitialized);
    qint64 size = 0;
    while (size <= limitOctets) {
        if (size == data.size())
            data.resize(qMin(size + kPiece, limitOctets + 1));
        const ssize_t count = ::read(descriptor, data.data() + size, static_cast<std::size_t>(data.size() - size));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return {ErrorCode::FileNotReadable, u"%1: %2"_s.arg(name, qt_error_string(errno))};
        if (count == 0)
            break;
        size += count;
    }
    if (size > limitOctets)
        return tooLarge(name, limitOctets);
    data.truncate(size);
    return data;
}

Result<QByteArray> readPrivateFile(const QString &file, qint64 limitOctets)
{
    Result<QByteArray> content = readFile(file, limitOctets);
    if (content && content->isEmpty())
        return {ErrorCode::FileEmpty, file};
    return content;
}

Status writePrivateFile(const QString &file, QByteArrayView data)
{
    if (const int number = replaceFile(file, data, 0600); number != 0)
        return writeFault(file, number);
    return Done{};
}

Status writeFile(const QString &file, QByteArrayView data, NewFile made)
{
    const QString target = endOfLinks(file);
    const QByteArray name = QFile::encodeName(target);
    struct stat present = {};
    if (::stat(name.constData(), &present) != 0)
        return saved(file, errno == ENOENT ? replaceFile(target, data, made == NewFile::OwnersAlone ? 0600 : 0666) : errno);
    if (!S_ISREG(present.st_mode))
        return {ErrorCode::FileNotWritable, u"%1 is not a regular file"_s.arg(file)};
    if (::faccessat(AT_FDCWD, name.constData(), W_OK, AT_EACCESS) != 0)
        return saved(file, errno);
    return saved(file, replaceFile(target, data, 0600, present.st_mode & 0777));
}

Status writeFileOrPipe(const QString &file, QByteArrayView data, NewFile made)
{
    const QByteArray name = QFile::encodeName(file);
    struct stat present = {};
    if (::stat(name.constData(), &present) != 0 || S_ISREG(present.st_mode) || S_ISDIR(present.st_mode))
        return writeFile(file, data, made);
    // As root, a new file in the place of /dev/null would take it from everybody.
    const int descriptor = ::open(name.constData(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return saved(file, errno);
    const CloseOnExit guard{descriptor};
    return saved(file, writeAll(descriptor, data) ? 0 : errno);
}

Status makePrivateFolder(const QString &folder)
{
    if (QFileInfo{folder}.isDir())
        return Done{};
    const QString parent = QFileInfo{folder}.absolutePath();
    if (parent != folder && !QFileInfo::exists(parent)) {
        if (const Status made = makePrivateFolder(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST)
        return writeFault(folder, errno);
    if (!QFileInfo{folder}.isDir())
        return {ErrorCode::FileNotWritable, u"%1 is not a folder"_s.arg(folder)};
    return Done{};
}

} // namespace base
