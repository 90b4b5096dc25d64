// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AttachmentSaving.h"

#include "ui/Files.h"

#include <QCoreApplication>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct SavingWords {
    Q_DECLARE_TR_FUNCTIONS(ui::AttachmentSaving)
};

void writeAttachment(QWidget *parent, QThreadPool *pool, const QString &path, const smime::Attachment &attachment, const ReportError &failed)
{
    base::whenReady(parent, writeFile(pool, path, attachment.content()), [failed](const base::Status &status) {
        if (!status)
            failed(status.error());
    });
}

} // namespace

void askToSaveAttachment(QWidget *parent, QThreadPool *pool, const smime::Attachment &attachment, const ReportError &failed)
{
    askWhereToSave(parent, SavingWords::tr("Save attachment"), safeFileName(attachment.name, SavingWords::tr("attachment")),
                   [parent, pool, attachment, failed](const QString &path) { writeAttachment(parent, pool, path, attachment, failed); });
}

void askToSaveAttachments(QWidget *parent, QThreadPool *pool, const QList<smime::Attachment> &attachments, const ReportError &failed)
{
    askWhichFolder(parent, SavingWords::tr("Save all attachments in"), [parent, pool, attachments, failed](const QString &folder) {
        QStringList taken;
        for (const smime::Attachment &attachment : attachments) {
            QString name = safeFileName(attachment.name, SavingWords::tr("attachment"));
            while (taken.contains(name))
                name.prepend(u'_');
            taken += name;
            writeAttachment(parent, pool, freePath(folder, name), attachment, failed);
        }
    });
}

} // namespace ui
