// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"

#include <QList>
#include <functional>

class QThreadPool;
class QWidget;

namespace ui {

using ReportError = std::function<void(const base::Error &)>;

/// Asks where to and writes on a thread of `pool`; `failed` is told what went wrong, unless `parent` is gone by then.
void askToSaveAttachment(QWidget *parent, QThreadPool *pool, const smime::Attachment &attachment, const ReportError &failed);
/// All of them into one folder; none replaces another or a file that is there.
void askToSaveAttachments(QWidget *parent, QThreadPool *pool, const QList<smime::Attachment> &attachments, const ReportError &failed);

} // namespace ui
