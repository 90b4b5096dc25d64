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

/// Puts letters into a folder, several at a time: those that wait together are on the disk with one sync.
class Intake
{
public:
    Intake(store::MailStore &mail, store::Folder folder, MailImport &import) : m_mail(mail), m_folder(folder), m_import(import) {}

    [[nodiscard]] base::Status add(QByteArray letter)
    {
        m_octets += letter.size();
        m_waiting += m_mail.addOld(m_folder, std::move(letter));
        return m_waiting.size() < kMostWaiting && m_octets < kMostOctetsWaiting ? base::Done{} : finish();
    }

    [[nodiscard]] base::Status finish()
    {
        m_octets = 0;
        for (const base::Operation<bool> &operation : std::exchange(m_waiting, {})) {
            const base::Result<bool> isNew = base::await(operation);
            if (!isNew)
                return isNew.error();
            ++(*isNew ? m_import.added : m_import.known);
        }
        return base::Done{};
    }

private:
    static constexpr qsizetype kMostWaiting = 100;
    static constexpr qint64 kMostOctetsWaiting = qint64{16} << 20;

    store::MailStore &m_mail;
    store::Folder m_folder;
    MailImport &m_import;
    QList<base::Operation<bool>> m_waiting;
    qint64 m_octets = 0;
};

/// Gives the letters of the file to `intake`; what cannot be read to its end is noted in `import`.
base::Status readLetters(const QString &path, Intake &intake, MailImport &import, const base::Cancellation &cancellation)
{
    const auto unreadable = [&](base::ErrorCode code, const QString &detail) {
        import.unreadable += {path, {code, detail.isEmpty() ? path : path + u": "_s + detail, {}, {}}};
        return base::Done{};
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
        if (file.error() != QFileDevice::NoError) // and what came last is but the beginning of a letter
            return unreadable(base::ErrorCode::FileNotReadable, file.errorString());
        if (!*letter)
            return base::Done{};
        if (const base::Status added = intake.add(**letter); !added)
            return added;
    }
    return base::ErrorCode::Cancelled;
}

} // namespace

base::Operation<MailImport> importMail(std::shared_ptr<store::MailStore> mail, const QStringList &paths, store::Folder folder, QThreadPool *pool)
{
    return base::runOn(pool, [=](const base::Cancellation &cancellation) -> base::Result<MailImport> {
        MailImport import;
        Intake intake{*mail, folder, import};
        for (const QString &path : paths)
            if (const base::Status read = readLetters(path, intake, import, cancellation); !read)
                return read.error();
        if (const base::Status added = intake.finish(); !added)
            return added.error();
        return import;
    });
}

} // namespace app
