// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QRandomGenerator>
#include <QString>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace support {

/// The disk below one folder, played by standing between this program's libraries and the kernel (TestDisk.cpp defines open(), pwrite(),
/// fdatasync() and their like, so a program that links it must be linked with ENABLE_EXPORTS). It notes what is written and what is synced, can
/// rebuild what a power cut would have left at any moment, and can be full, read-only or broken. One at a time; any thread.
class TestDisk
{
public:
    enum class Trouble {
        None,
        Full,     ///< Nothing grows: ENOSPC.
        ReadOnly, ///< As after a remount: EROFS.
        Broken,   ///< Syncing fails: EIO.
    };
    /// What becomes of writes that were not synced when the power went.
    enum class Unsynced {
        LostButTheTornLast, ///< Only the last one reached the disk, in part.
        Scattered,          ///< Any of them did, whole or in part, in no order.
    };

    /// `folder` exists and is empty.
    explicit TestDisk(const QString &folder);
    ~TestDisk();
    Q_DISABLE_COPY_MOVE(TestDisk)

    void suffer(Trouble trouble);
    /// How many changes and syncs there were so far.
    [[nodiscard]] qsizetype moments() const;
    /// Fills `target`, an empty folder elsewhere, with what a power cut right after `moment` left. While nobody uses this disk.
    void leaveAfterPowerCut(const QString &target, qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const;

    // For the functions that stand before the kernel's.
    struct Open {
        QByteArray path;
        int flags = 0;
    };
    [[nodiscard]] static TestDisk *watching(const char *path);
    [[nodiscard]] static TestDisk *watching(int descriptor);
    int open(const Open &wanted, int (*really)(const Open &, unsigned), unsigned mode);
    ssize_t write(int descriptor, QByteArrayView bytes, qint64 offset, ssize_t (*really)(int, QByteArrayView, qint64));
    int sync(int descriptor, int (*really)(int));
    int resize(int descriptor, qint64 octets, int (*really)(int, qint64));
    int changeEntry(const char *path, const char *newPath, int (*really)(const char *, const char *));
    int makeFolder(const char *path, unsigned mode, int (*really)(const char *, unsigned));
    static void forget(int descriptor);

private:
    enum class Kind { Make, MakeFolder, Write, Resize, Remove, Rename, Sync, SyncFolder };
    struct Moment {
        Kind kind = Kind::Write;
        int file = -1;        ///< Make, Write, Resize, Sync.
        QByteArray name = {}; ///< Of an entry, or the folder that is synced; relative.
        QByteArray newName = {}; ///< Rename.
        qint64 offset = 0;    ///< Write; the size for Resize.
        QByteArray bytes = {}; ///< Write.
        qsizetype covers = 0; ///< Sync, SyncFolder: everything before this moment is safe.
    };
    struct Handle {
        int file = -1; ///< -1: a folder, or a file that is not worth noting.
        QByteArray name;
    };
    using Entries = QHash<QByteArray, int>; ///< -1 is a folder.

    [[nodiscard]] QByteArray relative(const char *path) const;
    [[nodiscard]] Handle handleOf(int descriptor) const;
    [[nodiscard]] Entries entriesAfter(qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const;
    [[nodiscard]] QByteArray contentAfter(int file, qsizetype moment, Unsynced unsynced, QRandomGenerator &random) const;

    QByteArray m_folder;
    mutable std::mutex m_mutex;
    Trouble m_trouble = Trouble::None;
    std::vector<Moment> m_moments;
    std::unordered_map<int, Handle> m_handles;
    Entries m_entries; ///< As they are now.
    int m_files = 0;
};

} // namespace support
