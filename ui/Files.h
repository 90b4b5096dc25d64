// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/FileAccess.h"
#include "base/Operation.h"

#include <QStringList>
#include <functional>

class QMimeData;
class QWidget;

namespace ui {

/// Asks where to save and calls `chosen` with the path; never if the person gives up or `parent` goes.
void askWhereToSave(QWidget *parent, const QString &title, const QString &suggestedName, const std::function<void(const QString &)> &chosen);
void askWhichFolder(QWidget *parent, const QString &title, const std::function<void(const QString &)> &chosen);
/// `filter` as for QFileDialog.
void askWhichFiles(QWidget *parent, const QString &title, const QString &filter, const std::function<void(const QStringList &)> &chosen);

/// The paths of files that are dragged; nothing else that may be.
[[nodiscard]] QStringList draggedFiles(const QMimeData *data);

/// Writes on a thread of `pool`; the file is whole or as it was. FileNotWritable, DiskFull.
[[nodiscard]] base::Operation<base::Done> writeFile(QThreadPool *pool, const QString &path, const QByteArray &content, base::NewFile made = base::NewFile::AsUsual);
/// Reads a plain file on a thread of `pool`. FileNotFound, FileNotReadable (also for what is no plain file), FileTooLarge.
[[nodiscard]] base::Operation<QByteArray> readFile(QThreadPool *pool, const QString &path, qint64 limitOctets);

/// A path in `folder` that does not exist yet, for a file that should be called `name`.
[[nodiscard]] QString freePath(const QString &folder, const QString &name);
/// mime::safeFileName of what a stranger wrote; `otherwise` if nothing is left of it.
[[nodiscard]] QString safeFileName(const QString &name, const QString &otherwise);

} // namespace ui
