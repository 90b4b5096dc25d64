// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/IdentityImport.h"

#include "app/Enrolling.h"
#include "app/KeyFiles.h"
#include "identity/CertificateBook.h"
#include "identity/CertificateFile.h"
#include "identity/CertificateInfo.h"
#include "identity/Enrolment.h"
#include "identity/Pkcs12Import.h"
#include "identity/TrustStore.h"

#include <QFileInfo>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

QList<QByteArray> authoritiesIn(const QList<QByteArray> &certificates)
{
    QList<QByteArray> authorities;
    for (const QByteArray &der : certificates)
        if (const base::Result<identity::CertificateInfo> info = identity::certificateInfo(der);
            info && info->isAuthority && info->subject == info->issuer)
            authorities.append(der);
    return authorities;
}

/// Keys of `after` that `before` has not, or with another certificate.
int countNews(const QList<identity::KeyEntry> &before, const QList<identity::KeyEntry> &after)
{
    return static_cast<int>(std::count_if(after.cbegin(), after.cend(), [&before](const identity::KeyEntry &entry) {
        return std::none_of(before.cbegin(), before.cend(), [&entry](const identity::KeyEntry &one) { return one.publicKey == entry.publicKey && one.certificate == entry.certificate; });
    }));
}

base::Result<ImportedFile> importLists(const identity::DataDirectory &data, const QString &address, const QList<QByteArray> &lists)
{
    const base::Result<identity::Profile> profile = data.profile(address);
    if (!profile)
        return profile.error();
    identity::TrustStore trust(data, *profile);
    for (const QByteArray &list : lists)
        if (const base::Status added = trust.addCrl(list); !added)
            return added.error();
    return ImportedFile{ImportedFile::Kind::RevocationLists, address, static_cast<int>(lists.size()), {}, ErrorCode::Unknown};
}

} // namespace

base::Result<ImportedFile> importIdentityFile(const identity::DataDirectory &data, identity::Keystore &keystore, const QByteArray &file,
                                              const base::Secret &filePassphrase, const base::Clock &clock)
{
    const base::Result<identity::IdentityOffer> offer = identity::readIdentity(file, filePassphrase, clock.now());
    if (!offer)
        return offer.error();
    if (!identity::isFor(*offer, keystore.address()))
        return {ErrorCode::CertificateForAnotherAddress, offer->addresses.join(", "_L1)};
    if (!keystore.isUnlocked())
        return ErrorCode::KeystoreLocked;
    ImportedFile imported{ImportedFile::Kind::Identity, keystore.address(), 0, offer->authorities, offer->concern};
    const QList<identity::KeyEntry> before = keystore.entries();
    for (const identity::NewKey &key : offer->keys)
        if (const base::Result<QString> added = keystore.addKey(key); !added)
            return added.error();
    imported.count = countNews(before, keystore.entries());
    if (const base::Status published = publishOwn(data, keystore); !published)
        return published.error();
    return imported;
}

base::Result<ImportedFile> importAnyFile(const identity::DataDirectory &data, identity::Keystore &keystore, const QByteArray &file,
                                         const base::Secret &filePassphrase, const base::Clock &clock)
{
    if (identity::holdsPrivateKeys(file))
        return importIdentityFile(data, keystore, file, filePassphrase, clock);
    const base::Result<QList<QByteArray>> certificates = identity::readCertificates(file);
    if (!certificates) {
        if (certificates.error().code != ErrorCode::NotACertificate)
            return certificates.error();
        base::Result<ImportedFile> identity = importIdentityFile(data, keystore, file, filePassphrase, clock);
        if (identity || identity.error().code != ErrorCode::NotAPkcs12File || beginsAsPkcs12(file))
            return identity;
        if (const QList<QByteArray> lists = identity::readRevocationLists(file); !lists.isEmpty())
            return importLists(data, keystore.address(), lists);
        return {ErrorCode::NotACertificate, u"neither a certificate nor a PKCS#12 file"_s};
    }
    ImportedFile imported{ImportedFile::Kind::OwnCertificate, keystore.address(), 0, authoritiesIn(*certificates), ErrorCode::Unknown};
    const base::Result<int> accepted = identity::acceptCertificates(keystore, file);
    if (accepted) {
        imported.count = *accepted;
        if (const base::Status published = publishOwn(data, keystore); !published)
            return published.error();
        return imported;
    }
    if (accepted.error().code != ErrorCode::KeyNotFound)
        return accepted.error();
    const base::Result<identity::Profile> profile = data.profile(keystore.address());
    if (!profile)
        return profile.error();
    base::Result<identity::CertificateBook> book = identity::CertificateBook::open(profile->folder, clock);
    if (!book)
        return book.error();
    const base::Result<QList<identity::KnownCertificate>> people = book->import(file);
    // Only authorities: that is an offer, too.
    if (!people && imported.authorities.isEmpty())
        return people.error();
    imported.kind = people ? ImportedFile::Kind::PeopleCertificates : ImportedFile::Kind::Nothing;
    imported.count = people ? static_cast<int>(people->size()) : 0;
    return imported;
}

} // namespace app
