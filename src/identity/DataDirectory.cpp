// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/DataDirectory.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "base/Mailbox.h"
#include "identity/Mailbox.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

/// Most file systems stop at 255 octets; suffixes of temporary files need some.
constexpr qsizetype kLongestFolderName = 180;

QString descriptionIn(const QString &folder)
{
    return folder + "/profile.json"_L1;
}

base::Result<Profile> readProfile(const QString &folder)
{
    const base::Result<QByteArray> bytes = base::readPrivateFile(descriptionIn(folder));
    if (!bytes)
        return {bytes.error().code == ErrorCode::FileNotReadable ? ErrorCode::FileNotReadable : ErrorCode::ProfileMissing, bytes.error().detail};
    const QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    Profile profile{object["address"_L1].toString(), object["name"_L1].toString(), folder, object["demonstration"_L1].toBool()};
    if (!isMailbox(profile.address))
        return {ErrorCode::ProfileMissing, u"%1 holds no profile"_s.arg(descriptionIn(folder))};
    return profile;
}

base::Status writeProfile(const Profile &profile)
{
    const QJsonObject object{{u"address"_s, profile.address}, {u"name"_s, profile.name},
                             {u"demonstration"_s, profile.isDemonstration}};
    return base::writePrivateFile(descriptionIn(profile.folder), QJsonDocument{object}.toJson());
}

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '@' || c == '+' || c == '-';
}

} // namespace

DataDirectory::DataDirectory(const QString &path) : m_path(QDir{path}.absolutePath()) {}

QString DataDirectory::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/waxwing"_L1;
}

QString DataDirectory::authorityFolder() const
{
    return m_path + "/authority"_L1;
}

QString DataDirectory::directoryFolder() const
{
    return m_path + "/directory"_L1;
}

QString DataDirectory::trustFolder() const
{
    return m_path + "/trust"_L1;
}

QString DataDirectory::relayFolder() const
{
    return m_path + "/relay"_L1;
}

base::Status DataDirectory::prepare() const
{
    return base::makePrivateFolder(m_path);
}

bool DataDirectory::isEmpty() const
{
    return profiles().isEmpty() && !QFileInfo::exists(authorityFolder());
}

QList<Profile> DataDirectory::profiles() const
{
    QList<Profile> found;
    const QDir folder{m_path + "/profiles"_L1};
    const QStringList names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : names) {
        base::Result<Profile> profile = readProfile(folder.filePath(name));
        if (profile)
            found.append(std::move(profile).value());
        else if (profile.error().code == ErrorCode::ProfileMissing)
            qCInfo(logIdentity) << "passed over" << folder.filePath(name);
        else
            qCWarning(logIdentity) << "passed over, since it cannot be read:" << folder.filePath(name);
    }
    return found;
}

base::Result<Profile> DataDirectory::profile(const QString &address) const
{
    if (!isMailbox(address))
        return {ErrorCode::AddressInvalid, address};
    return readProfile(m_path + "/profiles/"_L1 + folderNameOf(address));
}

base::Result<Profile> DataDirectory::createProfile(const QString &address, const QString &name) const
{
    if (!isMailbox(address))
        return {ErrorCode::AddressInvalid, address};
    const base::Result<Profile> present = profile(address);
    if (present)
        return {ErrorCode::ProfileExists, address};
    if (present.error().code != ErrorCode::ProfileMissing)
        return present.error();
    const Profile made{address, name, m_path + "/profiles/"_L1 + folderNameOf(address), false};
    if (const base::Status folder = base::makePrivateFolder(made.folder); !folder)
        return folder.error();
    if (const base::Status written = writeProfile(made); !written)
        return written.error();
    return made;
}

base::Status DataDirectory::updateProfile(const Profile &changed) const
{
    const base::Result<Profile> present = profile(changed.address);
    if (!present)
        return present.error();
    Profile stored = changed;
    stored.folder = present->folder;
    return writeProfile(stored);
}

base::Status DataDirectory::removeProfile(const QString &address) const
{
    const base::Result<Profile> present = profile(address);
    if (!present)
        return present.error();
    // The description last: what is half removed is still a profile and can be removed again.
    QDir folder{present->folder};
    const QFileInfoList entries = folder.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QFileInfo &entry : entries) {
        const bool isFolder = entry.isDir() && !entry.isSymLink();
        if (entry.filePath() != descriptionIn(present->folder)
            && !(isFolder ? QDir{entry.filePath()}.removeRecursively() : QFile::remove(entry.filePath())))
            return {ErrorCode::FileNotWritable, entry.filePath()};
    }
    if (!folder.removeRecursively())
        return {ErrorCode::FileNotWritable, present->folder};
    return base::Done{};
}

QString DataDirectory::folderNameOf(const QString &address)
{
    const QString normalised = base::normalisedMailbox(address);
    const QByteArray utf8 = (normalised.isEmpty() ? address : normalised).toUtf8();
    QByteArray name;
    for (const char c : utf8) {
        if (isPlain(c) && !(c == '.' && name.isEmpty()))
            name += c;
        else
            name += '%' + QByteArray(1, c).toHex();
    }
    if (name.size() > kLongestFolderName) {
        const QByteArray digest = QCryptographicHash::hash(utf8, QCryptographicHash::Sha256).toHex();
        name = name.first(kLongestFolderName - digest.size() - 1) + '~' + digest;
    }
    return QString::fromLatin1(name);
}

} // namespace identity
