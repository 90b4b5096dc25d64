// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Pkcs12Import.h"

#include "base/Mailbox.h"
#include "identity/CertificateChain.h"
#include "identity/Limits.h"
#include "provider/KeyMaterial.h"
#include "provider/Pkcs12.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

/// All certificates of one key, oldest first.
QList<provider::CertificateFacts> certificatesOf(const provider::Pkcs12Identity &key)
{
    QList<provider::CertificateFacts> list;
    for (const QByteArray &der : key.certificates)
        if (base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der))
            list.append(std::move(facts).value());
    std::ranges::stable_sort(list, [](const auto &a, const auto &b) { return a.notBefore < b.notBefore; });
    return list;
}

/// All that the key ever had, newest first: old mail names it by their issuers and serial numbers.
QList<QByteArray> certificatesOf(const KeySet &keys, const QString &id)
{
    QList<QByteArray> certificates;
    for (const KeyMaterial &key : keys.keys)
        if (key.id == id && !key.certificate.isEmpty())
            certificates.append(key.certificate);
    return certificates;
}

ErrorCode concernOf(const provider::CertificateFacts &facts, const QDateTime &now)
{
    if (facts.notAfter < now)
        return ErrorCode::CertificateExpired;
    return facts.notBefore > now ? ErrorCode::CertificateNotYetValid : ErrorCode::Unknown;
}

/// Why nothing can be signed, or nothing be received, with any of these. Beside a key that is good now, an old one concerns nobody.
ErrorCode concernOf(const QList<NewKey> &keys, const QDateTime &now)
{
    for (const KeyUse lacking : {KeyUse::Encryption, KeyUse::Signing}) { // Whoever only signs with a key does not receive with it.
        ErrorCode concern = ErrorCode::Unknown;
        bool isOneGood = false;
        for (const NewKey &key : keys) {
            const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(key.certificate);
            if (!facts || key.use == lacking)
                continue;
            const ErrorCode one = concernOf(*facts, now);
            isOneGood = isOneGood || one == ErrorCode::Unknown;
            concern = concern == ErrorCode::CertificateNotYetValid ? concern : one; // It will be good by itself.
        }
        if (!isOneGood && concern != ErrorCode::Unknown)
            return concern;
    }
    return ErrorCode::Unknown;
}

/// What the file holds beside keys: possible issuers, and those that are offered as authorities.
QList<QByteArray> selfIssuedOf(const QList<QByteArray> &certificates)
{
    QList<QByteArray> found;
    for (const QByteArray &der : certificates)
        if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
            facts && facts->isCa && facts->isSelfIssued)
            found.append(der);
    return found;
}

/// Keys and certificates between PEM lines, as `openssl pkcs12 -nodes` and many authorities give them out.
base::Result<provider::Pkcs12Content> readPem(const QByteArray &file, const base::Secret &passphrase)
{
    constexpr qsizetype kMostKeys = 100;
    base::Result<provider::KeyMaterial> material = provider::readKeyMaterial(file, passphrase);
    if (!material)
        return material.error();
    if (material->privateKeys.size() > kMostKeys)
        return {ErrorCode::FileTooLarge, u"%1 keys"_s.arg(material->privateKeys.size())};
    provider::Pkcs12Content content;
    content.otherCertificates = std::move(material->certificates);
    for (const QCA::PrivateKey &key : std::as_const(material->privateKeys)) {
        provider::Pkcs12Identity identity{key, {}, {}};
        content.otherCertificates.removeIf([&](const QByteArray &certificate) {
            const bool isOwn = provider::isPair(key, certificate);
            if (isOwn)
                identity.certificates.append(certificate);
            return isOwn;
        });
        content.identities.append(std::move(identity));
    }
    return content;
}

} // namespace

bool holdsPrivateKeys(const QByteArray &file)
{
    return provider::hasPrivateKeyBlocks(file);
}

base::Result<IdentityOffer> readIdentity(const QByteArray &file, const base::Secret &passphrase, const QDateTime &now)
{
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    if (file.size() > kLargestCertificateFile)
        return {ErrorCode::FileTooLarge, u"%1 octets"_s.arg(file.size())};
    base::Result<provider::Pkcs12Content> content = provider::readPkcs12(file, passphrase);
    if (!content && content.error().code == ErrorCode::NotAPkcs12File && holdsPrivateKeys(file))
        content = readPem(file, passphrase);
    if (!content)
        return content.error();
    IdentityOffer offer;
    offer.authorities = selfIssuedOf(content->otherCertificates);
    base::Error refusal{ErrorCode::CertificateNotFound, u"the file holds a key, but no certificate that fits it"_s, {}, {}};
    for (const provider::Pkcs12Identity &key : content->identities) {
        const QList<provider::CertificateFacts> certificates = certificatesOf(key);
        for (const provider::CertificateFacts &facts : certificates) {
            const std::optional<KeyUse> use = keyUseOf(facts);
            if (!use) {
                refusal = {ErrorCode::CertificateWrongUsage, facts.subject, {}, {}};
                continue;
            }
            if (facts.addresses.isEmpty()) {
                refusal = {ErrorCode::CertificateWithoutAddress, facts.subject, {}, {}};
                continue;
            }
            offer.keys.append({*use, provider::toPkcs8(key.key), facts.der, chainOf(facts.der, content->otherCertificates), {}});
            if (offer.name.isEmpty())
                offer.name = facts.commonName;
            for (const QString &address : facts.addresses)
                if (!offer.addresses.contains(address))
                    offer.addresses.append(address);
        }
    }
    if (offer.keys.isEmpty())
        return refusal;
    offer.concern = concernOf(offer.keys, now);
    return offer;
}

bool isFor(const IdentityOffer &offer, const QString &address)
{
    return base::namesMailbox(offer.addresses, address);
}

base::Result<QByteArray> writeIdentity(const KeySet &keys, const base::Secret &passphrase, const QDateTime &now, ExportScope scope)
{
    QList<const KeyMaterial *> chosen;
    const auto choose = [&chosen](const KeyMaterial *key) {
        const auto isSame = [key](const KeyMaterial *other) { return other->id == key->id; };
        if (key && !key->certificate.isEmpty() && std::ranges::none_of(chosen, isSame))
            chosen.append(key);
    };
    if (scope == ExportScope::Current) {
        choose(keys.signingKey(now));
        choose(keys.encryptionKey(now));
    }
    // All are wanted; or nothing is valid now, and what there is must still be movable to another machine.
    if (chosen.isEmpty())
        for (const KeyMaterial &key : keys.keys)
            choose(&key);
    if (chosen.isEmpty())
        return {ErrorCode::KeyNotFound, u"no key of %1 has a certificate"_s.arg(keys.address)};
    provider::Pkcs12Content content;
    for (const KeyMaterial *key : std::as_const(chosen)) {
        const base::Result<QCA::PrivateKey> privateKey = provider::fromPkcs8(key->pkcs8.view());
        if (!privateKey)
            return privateKey.error();
        const QList<QByteArray> certificates = scope == ExportScope::All ? certificatesOf(keys, key->id) : QList<QByteArray>{key->certificate};
        content.identities.append({*privateKey, certificates, keys.address});
        for (const QByteArray &issuer : key->chain)
            if (!content.otherCertificates.contains(issuer))
                content.otherCertificates.append(issuer);
    }
    return provider::writePkcs12(content, passphrase);
}

} // namespace identity
