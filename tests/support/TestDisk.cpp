// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TestDisk.h"

#include <QDir>
#include <QFile>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace support {

namespace {

std::atomic<TestDisk *> s_disk = nullptr;

constexpr qsizetype kSectorOctets = 512;

QByteArray folderOf(const QByteArray &name)
{
    const qsizetype slash = name.lastIndexOf('/');
    return slash < 0 ? QByteArray{} : name.first(slash);
}

int failWith(int number)
{
    errno = number;
    return -1;
}

void put(QByteArray &content, qint64 offset, QByteArrayView bytes)
{
    if (content.size() < offset + bytes.size())
        content.append(offset + bytes.size() - content.size(), '\0');
    std::copy(bytes.begin(), bytes.end(), content.begin() + offset);
}

/// Of a write that the power cut interrupted: some of its sectors.
QByteArrayView torn(QByteArrayView bytes, QRandomGenerator &random)
{
    const auto sectors = static_cast<quint32>(bytes.size() / kSectorOctets);
    return bytes.first(qMin<qsizetype>(bytes.size(), random.bounded(sectors + 1) * kSectorOctets));
}

} // namespace

TestDisk::TestDisk(const QString &folder) : m_folder(QFile::encodeName(QDir{folder}.canonicalPath()) + '/')
{
    s_disk = this;
}

TestDisk::~TestDisk()
{
    s_disk = nullptr;
}

TestDisk *TestDisk::watching(const char *path)
{
    TestDisk *disk = s_disk;
    return disk && path && QByteArrayView{path}.startsWith(QByteArrayView{disk->m_folder}.chopped(1)) ? disk : nullptr;
}

TestDisk *TestDisk::watching(int descriptor)
{
    TestDisk *disk = s_disk;
    if (!disk)
        return nullptr;
    const std::lock_guard lock{disk->m_mutex};
    return disk->m_handles.contains(descriptor) ? disk : nullptr;
}

void TestDisk::forget(int descriptor)
{
    if (TestDisk *disk = s_disk) {
        const std::lock_guard lock{disk->m_mutex};
        disk->m_handles.erase(descriptor);
    }
}

void TestDisk::suffer(Trouble trouble)
{
    const std::lock_guard lock{m_mutex};
    m_trouble = trouble;
}

qsizetype TestDisk::moments() const
{
    const std::lock_guard lock{m_mutex};
    return static_cast<qsizetype>(m_moments.size());
}

QByteArray TestDisk::relative(const char *path) const
{
    const QByteArrayView whole{path};
    return whole.size() < m_folder.size() ? QByteArray{} : whole.sliced(m_folder.size()).toByteArray();
}

TestDisk::Handle TestDisk::handleOf(int descriptor) const
{
    const auto it = m_handles.find(descriptor);
    return it == m_handles.cend() ? Handle{} : it->second;
}

int TestDisk::open(const Open &wanted, int (*really)(const Open &, unsigned), unsigned mode)
{
    const std::lock_guard lock{m_mutex};
    const QByteArray name = relative(wanted.path.constData());
    const bool isFolder = (wanted.flags & O_DIRECTORY) != 0;
    const bool isNew = !isFolder && (wanted.flags & O_CREAT) && !m_entries.contains(name);
    const bool wantsToWrite = (wanted.flags & O_ACCMODE) != O_RDONLY;
    if (m_trouble == Trouble::ReadOnly && (wantsToWrite || isNew))
        return failWith(EROFS);
    if (m_trouble == Trouble::Full && isNew)
        return failWith(ENOSPC);
    const int descriptor = really(wanted, mode);
    if (descriptor < 0)
        return descriptor;
    // The index of the write-ahead log is made anew from the log after a crash.
    const bool isWorthNoting = !isFolder && !name.endsWith("-shm");
    if (isNew && isWorthNoting) {
        m_entries.insert(name, m_files);
        m_moments.push_back({.kind = Kind::Make, .file = m_files, .name = name});
        ++m_files;
    }
    m_handles[descriptor] = {isWorthNoting ? m_entries.value(name, -1) : -1, name};
    return descriptor;
}

ssize_t TestDisk::write(int descriptor, QByteArrayView bytes, qint64 offset, ssize_t (*really)(int, QByteArrayView, qint64))
{
    const std::lock_guard lock{m_mutex};
    const Handle handle = handleOf(descriptor);
    if (m_trouble == Trouble::ReadOnly)
        return failWith(EROFS);
    if (m_trouble == Trouble::Full) {
        struct stat now {};
        if (::fstat(descriptor, &now) != 0 || offset >= now.st_size)
            return failWith(ENOSPC);
        bytes = bytes.first(qMin<qsizetype>(bytes.size(), now.st_size - offset));
    }
    const ssize_t written = really(descriptor, bytes, offset);
    if (written > 0 && handle.file >= 0)
        m_moments.push_back({.kind = Kind::Write, .file = handle.file, .offset = offset, .bytes = bytes.first(written).toByteArray()});
    return written;
}

int TestDisk::sync(int descriptor, int (*really)(int))
{
    Moment moment{.kind = Kind::Sync};
    {
        const std::lock_guard lock{m_mutex};
        const Handle handle = handleOf(descriptor);
        if (m_trouble == Trouble::Broken)
            return failWith(EIO);
        moment.covers = static_cast<qsizetype>(m_moments.size());
        moment.file = handle.file;
        if (handle.file < 0) {
            moment.kind = Kind::SyncFolder;
            moment.name = handle.name;
        }
    }
    const int status = really(descriptor);
    const std::lock_guard lock{m_mutex};
    if (status == 0)
        m_moments.push_back(moment);
    return status;
}

int TestDisk::resize(int descriptor, qint64 octets, int (*really)(int, qint64))
{
    const std::lock_guard lock{m_mutex};
    if (m_trouble == Trouble::ReadOnly)
        return failWith(EROFS);
    struct stat now {};
    if (m_trouble == Trouble::Full && (::fstat(descriptor, &now) != 0 || octets > now.st_size))
        return failWith(ENOSPC);
    const int status = really(descriptor, octets);
    if (const int file = handleOf(descriptor).file; status == 0 && file >= 0)
        m_moments.push_back({.kind = Kind::Resize, .file = file, .offset = octets});
    return status;
}

int TestDisk::changeEntry(const char *path, const char *newPath, int (*really)(const char *, const char *))
{
    const std::lock_guard lock{m_mutex};
    if (m_trouble == Trouble::ReadOnly)
        return failWith(EROFS);
    const int status = really(path, newPath);
    const QByteArray name = relative(path);
    if (status != 0 || !m_entries.contains(name))
        return status;
    const int file = m_entries.take(name);
    const QByteArray newName = newPath ? relative(newPath) : QByteArray{};
    if (newPath)
        m_entries.insert(newName, file);
    m_moments.push_back({.kind = newPath ? Kind::Rename : Kind::Remove, .file = file, .name = name, .newName = newName});
    return status;
}

int TestDisk::makeFolder(const char *path, unsigned mode, int (*really)(const char *, unsigned))
{
    const std::lock_guard lock{m_mutex};
    if (m_trouble != Trouble::None && m_trouble != Trouble::Broken)
        return failWith(m_trouble == Trouble::Full ? ENOSPC : EROFS);
    const int status = really(path, mode);
    if (status == 0) {
        m_entries.insert(relative(path), -1);
        m_moments.push_back({.kind = Kind::MakeFolder, .name = relative(path)});
    }
    return status;
}

TestDisk::Entries TestDisk::entriesAfter(qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const
{
    QHash<QByteArray, qsizetype> safe;
    for (qsizetype i = 0; i < moment; ++i)
        if (m_moments[i].kind == Kind::SyncFolder)
            safe[m_moments[i].name] = qMax(safe.value(m_moments[i].name), m_moments[i].covers);
    Entries entries;
    for (qsizetype i = 0; i < moment; ++i) {
        const Moment &change = m_moments[i];
        if (change.kind != Kind::Make && change.kind != Kind::MakeFolder && change.kind != Kind::Remove && change.kind != Kind::Rename)
            continue;
        const bool isSafe = i < safe.value(folderOf(change.name));
        if (!isSafe && (unsynced == Unsynced::LostButTheTornLast || random.bounded(2) == 0))
            continue;
        if (change.kind == Kind::Remove || change.kind == Kind::Rename)
            entries.remove(change.name);
        if (change.kind != Kind::Remove)
            entries.insert(change.kind == Kind::Rename ? change.newName : change.name, change.file);
    }
    return entries;
}

QByteArray TestDisk::contentAfter(int file, qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const
{
    qsizetype safe = 0;
    qsizetype last = -1;
    for (qsizetype i = 0; i < moment; ++i) {
        if (m_moments[i].kind == Kind::Sync && m_moments[i].file == file)
            safe = qMax(safe, m_moments[i].covers); // Two threads may sync one file; the one that began first may end last.
        if (m_moments[i].kind == Kind::Write)
            last = i;
    }
    QByteArray content;
    for (qsizetype i = 0; i < moment; ++i) {
        const Moment &change = m_moments[i];
        if (change.file != file || (change.kind != Kind::Write && change.kind != Kind::Resize))
            continue;
        const bool isSafe = i < safe;
        const bool isTorn = !isSafe && (unsynced == Unsynced::LostButTheTornLast ? i == last : random.bounded(3) == 0);
        if (!isSafe && !isTorn && (unsynced == Unsynced::LostButTheTornLast || random.bounded(2) == 0))
            continue;
        if (change.kind == Kind::Write)
            put(content, change.offset, isTorn ? torn(change.bytes, random) : QByteArrayView{change.bytes});
        else if (!isTorn)
            content.resize(change.offset, '\0');
    }
    return content;
}

void TestDisk::leaveAfterPowerCut(const QString &target, qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const
{
    const Entries entries = entriesAfter(moment, unsynced, random);
    const QDir folder{target};
    for (auto it = entries.cbegin(); it != entries.cend(); ++it)
        if (*it < 0 && !folder.mkpath(QFile::decodeName(it.key())))
            qFatal("the image could not be made");
    for (auto it = entries.cbegin(); it != entries.cend(); ++it) {
        const QByteArray parent = folderOf(it.key());
        if (*it < 0 || (!parent.isEmpty() && !entries.contains(parent)))
            continue;
        QFile image{folder.filePath(QFile::decodeName(it.key()))};
        if (!image.open(QIODevice::WriteOnly) || image.write(contentAfter(*it, moment, unsynced, random)) < 0)
            qFatal("the image could not be written");
    }
}

} // namespace support

// What stands before the kernel's functions, for this program and every library in it.

using support::TestDisk;

namespace {

template <typename Function>
Function *real(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

int reallyOpen(const TestDisk::Open &wanted, unsigned mode)
{
    static auto *const function = real<int(const char *, int, ...)>("open64");
    return function(wanted.path.constData(), wanted.flags, mode);
}

ssize_t reallyWriteAt(int descriptor, QByteArrayView bytes, qint64 offset)
{
    static auto *const function = real<ssize_t(int, const void *, size_t, off64_t)>("pwrite64");
    return function(descriptor, bytes.data(), static_cast<size_t>(bytes.size()), offset);
}

ssize_t reallyWrite(int descriptor, QByteArrayView bytes, qint64)
{
    static auto *const function = real<ssize_t(int, const void *, size_t)>("write");
    return function(descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
}

int reallySync(int descriptor)
{
    static auto *const function = real<int(int)>("fdatasync");
    return function(descriptor);
}

int reallyResize(int descriptor, qint64 octets)
{
    static auto *const function = real<int(int, off64_t)>("ftruncate64");
    return function(descriptor, octets);
}

int reallyUnlink(const char *path, const char *)
{
    static auto *const function = real<int(const char *)>("unlink");
    return function(path);
}

int reallyRename(const char *path, const char *newPath)
{
    static auto *const function = real<int(const char *, const char *)>("rename");
    return function(path, newPath);
}

int reallyMakeFolder(const char *path, unsigned mode)
{
    static auto *const function = real<int(const char *, mode_t)>("mkdir");
    return function(path, mode);
}

int openAny(const char *path, int flags, va_list arguments)
{
    const bool hasMode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
    const unsigned mode = hasMode ? va_arg(arguments, unsigned) : 0;
    TestDisk *disk = TestDisk::watching(path);
    return disk ? disk->open({path, flags}, &reallyOpen, mode) : reallyOpen({QByteArray::fromRawData(path, static_cast<qsizetype>(qstrlen(path))), flags}, mode);
}

ssize_t writeAt(int descriptor, const void *bytes, size_t octets, off64_t offset)
{
    const QByteArrayView view{static_cast<const char *>(bytes), static_cast<qsizetype>(octets)};
    TestDisk *disk = TestDisk::watching(descriptor);
    return disk ? disk->write(descriptor, view, offset, &reallyWriteAt) : reallyWriteAt(descriptor, view, offset);
}

int syncAny(int descriptor)
{
    TestDisk *disk = TestDisk::watching(descriptor);
    return disk ? disk->sync(descriptor, &reallySync) : reallySync(descriptor);
}

int resizeAny(int descriptor, off64_t octets)
{
    TestDisk *disk = TestDisk::watching(descriptor);
    return disk ? disk->resize(descriptor, octets, &reallyResize) : reallyResize(descriptor, octets);
}

} // namespace

extern "C" {

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const int descriptor = openAny(path, flags, arguments);
    va_end(arguments);
    return descriptor;
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const int descriptor = openAny(path, flags, arguments);
    va_end(arguments);
    return descriptor;
}

int close(int descriptor)
{
    static auto *const function = real<int(int)>("close");
    TestDisk::forget(descriptor);
    return function(descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t octets)
{
    const QByteArrayView view{static_cast<const char *>(bytes), static_cast<qsizetype>(octets)};
    TestDisk *disk = TestDisk::watching(descriptor);
    return disk ? disk->write(descriptor, view, ::lseek64(descriptor, 0, SEEK_CUR), &reallyWrite) : reallyWrite(descriptor, view, 0);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t octets, off_t offset) { return writeAt(descriptor, bytes, octets, offset); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t octets, off64_t offset) { return writeAt(descriptor, bytes, octets, offset); }
int fsync(int descriptor) { return syncAny(descriptor); }
int fdatasync(int descriptor) { return syncAny(descriptor); }
int ftruncate(int descriptor, off_t octets) noexcept { return resizeAny(descriptor, octets); }
int ftruncate64(int descriptor, off64_t octets) noexcept { return resizeAny(descriptor, octets); }

int unlink(const char *path) noexcept
{
    TestDisk *disk = TestDisk::watching(path);
    return disk ? disk->changeEntry(path, nullptr, &reallyUnlink) : reallyUnlink(path, nullptr);
}

int rename(const char *path, const char *newPath) noexcept
{
    TestDisk *disk = TestDisk::watching(path);
    return disk ? disk->changeEntry(path, newPath, &reallyRename) : reallyRename(path, newPath);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    TestDisk *disk = TestDisk::watching(path);
    return disk ? disk->makeFolder(path, mode, &reallyMakeFolder) : reallyMakeFolder(path, mode);
}

} // extern "C"
