// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AttachmentSaving.h"

#include "ui/Files.h"

#include <QCoreApplication>
#include <QMimeDatabase>
#include <QWidget>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct SavingWords {
    Q_DECLARE_TR_FUNCTIONS(ui::AttachmentSaving)
};

void writeAttachments(QWidget *parent, QThreadPool *pool, const QList<std::pair<QString, smime::Attachment>> &files, const ReportError &failed, const ReportSaved &saved)
{
    const auto written = std::make_shared<QStringList>();
    for (const auto &[path, attachment] : files) {
        base::whenReady(parent, writeFile(pool, path, attachment.content()), [=, path = path, count = files.size()](const base::Status &status) {
            if (!status)
                return failed(status.error());
            *written += path;
            if (saved && written->size() == count)
                saved(*written);
        });
    }
}

// A subject is no path: "Minutes 11/12" is no file "12".
QString fileNameOf(const QString &subject, const QString &otherwise)
{
    return safeFileName(QString(subject).simplified().replace(u'/', u'_').replace(u'\\', u'_'), otherwise);
}

} // namespace

QString attachmentFileName(const smime::Attachment &attachment)
{
    const QString otherwise = SavingWords::tr("attachment");
    if (attachment.name.isEmpty() && attachment.isMessage())
        return fileNameOf(attachment.subject(), otherwise) + u".eml"_s;
    const QString suffix = QMimeDatabase().mimeTypeForName(QString::fromLatin1(attachment.type)).preferredSuffix();
    return safeFileName(attachment.name, suffix.isEmpty() ? otherwise : otherwise + u'.' + suffix);
}

void askToSaveAttachment(QWidget *parent, QThreadPool *pool, const smime::Attachment &attachment, const ReportError &failed, const ReportSaved &saved)
{
    askWhereToSave(parent, SavingWords::tr("Save attachment"), attachmentFileName(attachment),
                   [=](const QString &path) { writeAttachments(parent, pool, {{path, attachment}}, failed, saved); });
}

void askToSaveAttachments(QWidget *parent, QThreadPool *pool, const QList<smime::Attachment> &attachments, const ReportError &failed, const ReportSaved &saved)
{
    askWhichFolder(parent, SavingWords::tr("Save all attachments in"), [=](const QString &folder) {
        QList<std::pair<QString, smime::Attachment>> files;
        QStringList taken; // None of them is written yet.
        for (const smime::Attachment &attachment : attachments) {
            QString name = attachmentFileName(attachment);
            QString path = freePath(folder, name);
            while (taken.contains(path))
                path = freePath(folder, name.prepend(u'_'));
            taken += path;
            files.append({path, attachment});
        }
        writeAttachments(parent, pool, files, failed, saved);
    });
}

QString messageFileName(const smime::OpenedMessage &message, const QString &subject, const QString &sender)
{
    // The stand-in for a subject that was encrypted names nothing, and the subject itself is no name for a file that everybody sees.
    const smime::ShownField *field = message.header("Subject");
    const bool isHidden = field && field->outer && *field->outer != field->value;
    const QString hidden = sender.isEmpty() ? QString() : SavingWords::tr("message from %1").arg(sender);
    return fileNameOf(isHidden ? hidden : subject, SavingWords::tr("message"));
}

} // namespace ui
