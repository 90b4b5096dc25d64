// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailImport.h"

#include "mime/Mbox.h"
#include "mime/Structure.h"
#include "smime/Armour.h"
#include "smime/LeadIn.h"
#include "store/MailStore.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <utility>

using namespace Qt::StringLiterals;

namespace app {

namespace {

constexpr qint64 kLargestLetter = qint64{256} << 20;

/// In a maildir each letter is a file of its own, in "cur" or, if nobody has seen it, in "new"; other programs keep mbox files without a suffix, beside files that
/// are no mail at all.
bool holdsMail(const QFileInfo &file)
{
    const QString folder = file.dir().dirName();
    const QString suffix = file.suffix().toLower();
    if (folder == "cur"_L1 || folder == "new"_L1 || suffix == "eml"_L1 || suffix == "mbox"_L1 || suffix == "mbx"_L1)
        return true;
    QFile opened(file.filePath());
    return opened.open(QIODevice::ReadOnly) && opened.peek(5) == "From ";
}

/// What lies in the folder and all below it; links are not followed.
QStringList mailFilesIn(const QString &folder)
{
    QStringList files;
    QDirIterator entries(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories); // ".Sent" is a folder of a maildir
    while (entries.hasNext())
        if (const QFileInfo file = entries.nextFileInfo(); holdsMail(file))
            files += file.filePath();
    files.sort();
    return files;
}

/// Whether opening would find one.
bool isLetter(const QByteArray &octets)
{
    const qsizetype leadIn = smime::leadInOctets(octets);
    const QByteArray letter = leadIn == 0 ? octets : octets.sliced(leadIn);
    const base::Result<mime::Structure> structure = mime::parseStructure(letter);
    return structure || structure.error().code != base::ErrorCode::MessageMalformed || smime::mailAroundBareCms(letter);
}

/// One import. Letters are written many at a time, for each commit waits for the disk.
class Importing
{
public:
    Importing(store::MailStore &mail, store::Folder folder, const base::Cancellation &cancellation) : m_mail(mail), m_folder(folder), m_cancellation(cancellation) {}

    base::Status read(const QString &path);
    base::Result<MailImport> finish();

private:
    base::Status readFolder(const QString &path);
    base::Status readFile(const QString &path);
    base::Status add(const QByteArray &letter);
    base::Status settle();
    base::Status noteUnreadable(const QString &path, base::ErrorCode code, const QString &detail);

    store::MailStore &m_mail;
    const store::Folder m_folder;
    const base::Cancellation &m_cancellation;
    MailImport m_import;
    QList<base::Operation<bool>> m_waiting;
    qsizetype m_waitingOctets = 0;
};

base::Status Importing::read(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return noteUnreadable(path, base::ErrorCode::FileNotFound, {});
    return info.isDir() ? readFolder(path) : readFile(path);
}

base::Status Importing::readFolder(const QString &path)
{
    const QStringList files = mailFilesIn(path);
    if (files.isEmpty())
        return noteUnreadable(path, base::ErrorCode::FolderWithoutMail, {});
    for (const QString &file : files)
        if (const base::Status status = readFile(file); !status)
            return status;
    return base::Done{};
}

base::Status Importing::readFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return noteUnreadable(path, base::ErrorCode::FileNotReadable, file.errorString());
    mime::MboxReader reader(&file, kLargestLetter);
    bool isFirst = true;
    while (!m_cancellation.isRequested()) {
        const base::Result<std::optional<QByteArray>> letter = reader.next();
        if (!letter)
            return noteUnreadable(path, letter.error().code, letter.error().detail);
        if (file.error() != QFileDevice::NoError) // and what came last is but the beginning of a letter
            return noteUnreadable(path, base::ErrorCode::FileNotReadable, file.errorString());
        if (!*letter)
            return base::Done{};
        // A damaged letter among others is kept as it is, but a file that begins with none is of another kind.
        if (std::exchange(isFirst, false) && !isLetter(**letter))
            return noteUnreadable(path, base::ErrorCode::MessageMalformed, {});
        if (const base::Status status = add(**letter); !status)
            return status;
    }
    return base::ErrorCode::Cancelled;
}

base::Status Importing::add(const QByteArray &letter)
{
    constexpr qsizetype kMostWaiting = 100;
    constexpr qsizetype kMostWaitingOctets = 16 << 20;
    m_waiting.append(m_mail.addOld(m_folder, letter));
    m_waitingOctets += letter.size();
    return m_waiting.size() < kMostWaiting && m_waitingOctets < kMostWaitingOctets ? base::Status{base::Done{}} : settle();
}

base::Status Importing::settle()
{
    for (const base::Operation<bool> &one : std::exchange(m_waiting, {})) {
        const base::Result<bool> isNew = base::await(one);
        if (!isNew)
            return isNew.error();
        ++(*isNew ? m_import.added : m_import.known);
    }
    m_waitingOctets = 0;
    return base::Done{};
}

base::Status Importing::noteUnreadable(const QString &path, base::ErrorCode code, const QString &detail)
{
    m_import.unreadable += {path, {code, detail.isEmpty() ? path : path + u": "_s + detail, {}, {}}};
    return base::Done{};
}

base::Result<MailImport> Importing::finish()
{
    if (const base::Status status = settle(); !status)
        return status.error();
    return m_import;
}

} // namespace

base::Operation<MailImport> importMail(std::shared_ptr<store::MailStore> mail, const QStringList &paths, store::Folder folder, QThreadPool *pool)
{
    return base::runOn(pool, [=](const base::Cancellation &cancellation) -> base::Result<MailImport> {
        Importing importing{*mail, folder, cancellation};
        for (const QString &path : paths)
            if (const base::Status status = importing.read(path); !status)
                return status.error();
        return importing.finish();
    });
}

} // namespace app
