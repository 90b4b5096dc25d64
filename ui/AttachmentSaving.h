// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"

#include <QList>
#include <functional>

class QThreadPool;
class QWidget;

namespace ui {

using ReportError = std::function<void(const base::Error &)>;
/// The paths of what was written together, all of it.
using ReportSaved = std::function<void(const QStringList &paths)>;

/// Asks where to and writes on a thread of `pool`; `failed` is told what went wrong, `saved` that nothing did, unless `parent` is gone by then.
void askToSaveAttachment(QWidget *parent, QThreadPool *pool, const smime::Attachment &attachment, const ReportError &failed, const ReportSaved &saved = {});
/// All of them into one folder; none replaces another or a file that is there.
void askToSaveAttachments(QWidget *parent, QThreadPool *pool, const QList<smime::Attachment> &attachments, const ReportError &failed, const ReportSaved &saved = {});

/// What `attachment` is called as a file: what has no name is called by its subject, if it is a letter, or by its type.
[[nodiscard]] QString attachmentFileName(const smime::Attachment &attachment);

/// What a file of `message` is called, without an ending: by `subject` or, where that travelled encrypted, by `sender`, an address.
[[nodiscard]] QString messageFileName(const smime::OpenedMessage &message, const QString &subject, const QString &sender);

} // namespace ui
