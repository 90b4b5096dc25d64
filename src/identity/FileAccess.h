// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>

namespace identity {

/// The largest file that may hold certificates, keys or a revocation list (CONTRACT.md).
inline constexpr qint64 kLargestCertificateFile = 4 * 1024 * 1024;

/// The largest revocation list that is kept: as much as is fetched from the network. Those of large authorities are no small files.
inline constexpr qint64 kLargestRevocationList = 32 * 1024 * 1024;

/// Makes a folder and its parents, 0700. ReadOnly, DiskFull, FileNotWritable.
[[nodiscard]] base::Status makePrivateFolder(const QString &folder);

/// Writes a temporary file beside it, syncs, renames and syncs the folder: after a crash at any moment
/// the old or the new content is there whole. Mode 0600. ReadOnly, DiskFull, FileNotWritable.
[[nodiscard]] base::Status writeFileAtomically(const QString &file, const QByteArray &data);

/// The whole file. FileNotFound, FileNotReadable (a folder, a device, no permission for it or for a folder above it), FileTooLarge, FileEmpty.
[[nodiscard]] base::Result<QByteArray> readWholeFile(const QString &file, qint64 limitOctets = kLargestCertificateFile);

} // namespace identity
