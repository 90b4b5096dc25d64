// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Files.h"

#include "mime/FileName.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct FileWords {
    Q_DECLARE_TR_FUNCTIONS(ui::Files)
};

/// Where the last file was chosen or saved: the next one lies there more often than not.
QString &lastFolder()
{
    static QString folder;
    return folder;
}

// A dialog that begins in a folder that is not there offers its name as that of a file.
QString firstFolder()
{
    if (!lastFolder().isEmpty() && QFileInfo(lastFolder()).isDir())
        return lastFolder();
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

QFileDialog *fileDialog(QWidget *parent, const QString &title)
{
    auto *dialog = new QFileDialog(parent, title, firstFolder());
    dialog->setObjectName(u"fileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, [](const QStringList &paths) {
        const QFileInfo chosen(paths.value(0));
        lastFolder() = chosen.isDir() ? chosen.filePath() : chosen.path();
    });
    return dialog;
}

void askWhetherToReplace(QWidget *parent, const QString &title, const QString &path, const std::function<void(const QString &)> &chosen)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, FileWords::tr("%1 exists already. Replace it?").arg(QFileInfo(path).fileName()), QMessageBox::Cancel, parent);
    box->setObjectName(u"replaceQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setDefaultButton(QMessageBox::Cancel);
    box->addButton(FileWords::tr("&Replace"), QMessageBox::AcceptRole)->setObjectName(u"replaceConfirmed"_s);
    QObject::connect(box, &QMessageBox::accepted, parent, [path, chosen] { chosen(path); });
    QObject::connect(box, &QMessageBox::rejected, parent, [parent, title, path, chosen] { askWhereToSave(parent, title, path, chosen); });
    box->open();
}

} // namespace

QStringList draggedFiles(const QMimeData *data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            paths += url.toLocalFile();
    return paths;
}

void askWhereToSave(QWidget *parent, const QString &title, const QString &suggestedName, const std::function<void(const QString &)> &chosen)
{
    QFileDialog *dialog = fileDialog(parent, title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName);
    // Its own question runs an event loop inside the dialog; when `parent` goes meanwhile, the loop returns into what is deleted.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent, title, chosen](const QString &path) {
        if (!QFileInfo::exists(path))
            return chosen(path);
        QMetaObject::invokeMethod(parent, [parent, title, path, chosen] { askWhetherToReplace(parent, title, path, chosen); }, Qt::QueuedConnection);
    });
    dialog->open();
}

void askWhichFolder(QWidget *parent, const QString &title, const std::function<void(const QString &)> &chosen)
{
    QFileDialog *dialog = fileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

void askWhichFiles(QWidget *parent, const QString &title, const QString &filter, const std::function<void(const QStringList &)> &chosen)
{
    QFileDialog *dialog = fileDialog(parent, title);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    if (!filter.isEmpty()) // Else "All files" stands there by itself.
        dialog->setNameFilter(filter);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, chosen);
    dialog->open();
}

base::Operation<base::Done> writeFile(QThreadPool *pool, const QString &path, const QByteArray &content, base::NewFile made)
{
    return base::runOn(pool, [path, content, made](const base::Cancellation &) { return base::writeFile(path, content, made); });
}

base::Operation<QByteArray> readFile(QThreadPool *pool, const QString &path, qint64 limitOctets)
{
    return base::runOn(pool, [path, limitOctets](const base::Cancellation &) { return base::readFile(path, limitOctets); });
}

QString freePath(const QString &folder, const QString &name)
{
    const QFileInfo info(name);
    const QString suffix = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
    QString path = QDir(folder).filePath(name);
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = QDir(folder).filePath(u"%1 (%2)%3"_s.arg(info.completeBaseName(), QString::number(i), suffix));
    return path;
}

QString safeFileName(const QString &name, const QString &otherwise)
{
    const QString safe = mime::safeFileName(name);
    return safe.isEmpty() ? otherwise : safe;
}

} // namespace ui
