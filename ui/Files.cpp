// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Files.h"

#include "base/FileAccess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct FileWords {
    Q_DECLARE_TR_FUNCTIONS(ui::Files)
};

// A dialog that begins in a folder that is not there offers its name as that of a file.
QString firstFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

// File systems take 255 octets; a number, and an ending that the caller adds, must fit as well. The name's own ending stays.
QString fitting(const QString &name)
{
    constexpr qsizetype kMostOctets = 200;
    constexpr qsizetype kLongestEnding = 16;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = dot > 0 && name.size() - dot <= kLongestEnding ? name.mid(dot) : QString();
    const qsizetype room = kMostOctets - ending.toUtf8().size();
    QString stem = name.left(qMin(name.size() - ending.size(), room));
    while (!stem.isEmpty() && (stem.toUtf8().size() > room || stem.back().isHighSurrogate()))
        stem.chop(1);
    return stem + ending;
}

QFileDialog *fileDialog(QWidget *parent, const QString &title)
{
    auto *dialog = new QFileDialog(parent, title, firstFolder());
    dialog->setObjectName(u"fileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
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

base::Operation<base::Done> writeFile(QThreadPool *pool, const QString &path, const QByteArray &content)
{
    return base::runOn(pool, [path, content](const base::Cancellation &) { return base::writeFile(path, content); });
}

base::Operation<QByteArray> readFile(QThreadPool *pool, const QString &path, qint64 limitOctets)
{
    return base::runOn(pool, [path, limitOctets](const base::Cancellation &) { return base::readFile(path, limitOctets); });
}

QString freePath(const QString &folder, const QString &name)
{
    const QFileInfo info(name);
    QString path = QDir(folder).filePath(name);
    for (int i = 2; QFileInfo::exists(path); ++i) {
        const QString suffix = info.completeSuffix().isEmpty() ? QString() : u'.' + info.completeSuffix();
        path = QDir(folder).filePath(u"%1 (%2)%3"_s.arg(info.baseName(), QString::number(i), suffix));
    }
    return path;
}

QString safeFileName(const QString &name, const QString &otherwise)
{
    QString safe;
    for (const QChar c : name.mid(name.lastIndexOf(u'/') + 1)) {
        const bool isBad = c.isNull() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || u"\\/:*?\"<>|"_s.contains(c);
        safe += isBad ? QChar(u'_') : c;
    }
    while (safe.startsWith(u'.') || safe.startsWith(u' '))
        safe.remove(0, 1);
    safe = fitting(safe.trimmed());
    return safe.isEmpty() ? otherwise : safe;
}

} // namespace ui
