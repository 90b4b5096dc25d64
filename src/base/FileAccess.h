// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>

namespace base {

// The one place where whole files are read and replaced. Any thread, but no waiting one: each call takes as long as the disk does.
// Each may also fail with TooManyFilesOpen.

/// What an error number of the system says about `what`: DiskFull, ReadOnly, TooManyFilesOpen; `otherwise` if it is about none of these.
[[nodiscard]] Error systemFault(int number, const QString &what, ErrorCode otherwise);

/// The whole of a regular file; a link is followed. What a file grows by meanwhile is read as well, so that no part passes for the whole.
/// FileNotFound, FileNotReadable (a folder, a FIFO, a device, no permission for it or for a folder above it), FileTooLarge.
[[nodiscard]] Result<QByteArray> readFile(const QString &file, qint64 limitOctets);

/// The same of whatever has this name, as on a command line: a FIFO or a device is waited for and read to its end.
[[nodiscard]] Result<QByteArray> readFileOrPipe(const QString &file, qint64 limitOctets);

/// The rest of what is open already, such as standard input; `name` is for the detail. In one piece of memory if it tells its size or has
/// up to 64 KiB, so that a passphrase can be wiped. FileNotReadable, FileTooLarge.
[[nodiscard]] Result<QByteArray> readToEnd(int descriptor, const QString &name, qint64 limitOctets);

/// The largest file of our own, unless its reader says otherwise.
inline constexpr qint64 kLargestPrivateFile = 4 * 1024 * 1024;

/// A file of our own, which is never left empty. Errors of readFile(), FileEmpty.
[[nodiscard]] Result<QByteArray> readPrivateFile(const QString &file, qint64 limitOctets = kLargestPrivateFile);

/// Replaces a file of our own, 0600 whatever was there; of a link, the link itself. A temporary file beside it is written, synced and
/// renamed, and the folder synced: after a crash at any moment the old or the new content is there whole. ReadOnly, DiskFull, FileNotWritable.
[[nodiscard]] Status writePrivateFile(const QString &file, QByteArrayView data);

/// Who may read a file that is new.
enum class NewFile {
    AsUsual,    ///< Whom the umask lets.
    OwnersAlone ///< As for private keys.
};

/// Saves as a person does, whole or not at all: a link is followed, and what is there keeps its permissions.
/// FileNotWritable (also for what may not be written, and for what is no regular file), DiskFull.
[[nodiscard]] Status writeFile(const QString &file, QByteArrayView data, NewFile made = NewFile::AsUsual);

/// The same to whatever has this name, as on a command line: a FIFO or a device is written into. FileNotWritable, DiskFull.
[[nodiscard]] Status writeFileOrPipe(const QString &file, QByteArrayView data, NewFile made = NewFile::AsUsual);

/// Makes a folder and its parents, 0700. ReadOnly, DiskFull, FileNotWritable.
[[nodiscard]] Status makePrivateFolder(const QString &folder);

} // namespace base
