// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailImport.h"

#include "mime/Mbox.h"
#include "store/MailStore.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace app {

namespace {

constexpr qint64 kLargestLetter = qint64{256} << 20;

/// Adds what the file holds to `import`; false if it could not be read to its end.
base::Result<bool> importOne(store::MailStore &mail, const QString &path, store::Folder folder, MailImport &import, const base::Cancellation &cancellation)
{
    const auto unreadable = [&](base::ErrorCode code, const QString &detail) {
        import.unreadable += {path, {code, path + u": "_s + detail, {}, {}}};
        return false;
    };
    if (!QFileInfo::exists(path))
        return unreadable(base::ErrorCode::FileNotFound, {});
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return unreadable(base::ErrorCode::FileNotReadable, file.errorString());
    mime::MboxReader reader(&file, kLargestLetter);
    while (!cancellation.isRequested()) {
        const base::Result<std::optional<QByteArray>> letter = reader.next();
        if (!letter)
            return unreadable(letter.error().code, letter.error().detail);
        if (!*letter)
            return file.error() == QFileDevice::NoError || unreadable(base::ErrorCode::FileNotReadable, file.errorString());
        const base::Result<bool> isNew = base::await(mail.addOld(folder, **letter));
        if (!isNew)
            return isNew.error();
        ++(*isNew ? import.added : import.known);
    }
    return base::ErrorCode::Cancelled;
}

} // namespace

base::Operation<MailImport> importMail(std::shared_ptr<store::MailStore> mail, const QStringList &paths, store::Folder folder, QThreadPool *pool)
{
    return base::runOn(pool, [=](const base::Cancellation &cancellation) -> base::Result<MailImport> {
        MailImport import;
        for (const QString &path : paths)
            if (const base::Result<bool> read = importOne(*mail, path, folder, import, cancellation); !read)
                return read.error();
        return import;
    });
}

} // namespace app
