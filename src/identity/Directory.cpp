// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Directory.h"

#include "base/FileAccess.h"
#include "base/Log.h"
#include "base/Mailbox.h"
#include "identity/CertificateFile.h"
#include "identity/RecentByFile.h"
#include "provider/CertificateFacts.h"

#include <QDir>
#include <QFile>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

MemberDirectory::MemberDirectory(const QString &folder) : m_folder(folder) {}

namespace {

QList<CertificateWithChain> readAll(const QDir &folder)
{
    struct Dated {
        QDateTime notBefore;
        CertificateWithChain entry;
    };
    QList<Dated> found;
    const QStringList names = folder.entryList({u"*.pem"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const base::Result<QByteArray> bytes = base::readPrivateFile(folder.filePath(name));
        const base::Result<QList<QByteArray>> certificates = bytes ? readCertificates(*bytes) : bytes.error();
        const base::Result<provider::CertificateFacts> facts =
            certificates ? provider::readCertificateFacts(certificates->first()) : certificates.error();
        if (facts)
            found.append({facts->notBefore, {certificates->first(), certificates->mid(1)}});
        else
            qCWarning(logIdentity) << "passed over" << folder.filePath(name) << nameOf(facts.error().code);
    }
    std::ranges::stable_sort(found, [](const Dated &a, const Dated &b) { return a.notBefore > b.notBefore; });
    QList<CertificateWithChain> entries;
    for (const Dated &dated : std::as_const(found))
        entries.append(dated.entry);
    return entries;
}

} // namespace

// The folder's time changes with each certificate that is published or withdrawn.
QList<CertificateWithChain> MemberDirectory::all() const
{
    static RecentByFile<QList<CertificateWithChain>> recent;
    const auto read = [this]() -> base::Result<QList<CertificateWithChain>> { return readAll(QDir{m_folder}); };
    return **recent.get(m_folder, read);
}

base::Result<QList<CertificateWithChain>> MemberDirectory::find(const QString &address) const
{
    if (QFileInfo::exists(m_folder) && !QFileInfo{m_folder}.isReadable())
        return {ErrorCode::FileNotReadable, m_folder};
    QList<CertificateWithChain> entries = all();
    entries.removeIf([&address](const CertificateWithChain &entry) {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(entry.certificate);
        return !facts || !base::namesMailbox(facts->addresses, address);
    });
    return entries;
}

base::Status MemberDirectory::publish(const CertificateWithChain &entry) const
{
    if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(entry.certificate); !facts)
        return facts.error();
    if (const base::Status made = base::makePrivateFolder(m_folder); !made)
        return made;
    QByteArray pem = toPem(entry.certificate, "CERTIFICATE");
    for (const QByteArray &issuer : entry.chain)
        pem += toPem(issuer, "CERTIFICATE");
    return base::writePrivateFile(m_folder + u'/' + QString::fromLatin1(fingerprintOf(entry.certificate)) + ".pem"_L1, pem);
}

base::Status MemberDirectory::withdraw(const QByteArray &certificate) const
{
    const QString file = m_folder + u'/' + QString::fromLatin1(fingerprintOf(certificate)) + ".pem"_L1;
    if (QFileInfo::exists(file) && !QFile::remove(file))
        return {ErrorCode::FileNotWritable, file};
    return base::Done{};
}

} // namespace identity
