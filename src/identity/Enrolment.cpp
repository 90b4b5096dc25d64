// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Enrolment.h"

#include "base/Mailbox.h"
#include "identity/CertificateChain.h"
#include "identity/CertificateFile.h"
#include "identity/KeyTypeName.h"
#include "identity/RequestFile.h"
#include "provider/CertificateIssuance.h"
#include "provider/PrivateKeyFile.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

base::Status store(Keystore &keystore, const QCA::PrivateKey &key, KeyUse use, const QByteArray &request)
{
    const base::Result<QString> added = keystore.addKey({use, provider::toPkcs8(key), {}, {}, request});
    if (!added)
        return added.error();
    return base::Done{};
}

} // namespace

base::Result<QByteArray> requestCertificates(Keystore &keystore, const QString &name, const QString &keyType)
{
    if (!keystore.isUnlocked())
        return ErrorCode::KeystoreLocked;
    const base::Result<KeyPlan> plan = keyPlanOf(keyType);
    if (!plan)
        return plan.error();
    const base::Result<QCA::PrivateKey> signer = provider::generateKey(plan->signing);
    if (!signer)
        return signer.error();
    const base::Result<QByteArray> request = provider::makeRequest(*signer, name, {keystore.address()});
    if (!request)
        return request.error();
    if (!plan->encryption) {
        if (const base::Status stored = store(keystore, *signer, KeyUse::SigningAndEncryption, *request); !stored)
            return stored.error();
        return writeRequestFile(*request, *signer, {});
    }
    const base::Result<QCA::PrivateKey> receiver = provider::generateKey(*plan->encryption);
    if (!receiver)
        return receiver.error();
    if (const base::Status stored = store(keystore, *signer, KeyUse::Signing, *request); !stored)
        return stored.error();
    if (const base::Status stored = store(keystore, *receiver, KeyUse::Encryption, {}); !stored)
        return stored.error();
    return writeRequestFile(*request, *signer, *receiver);
}

base::Result<QByteArray> requestRenewal(const Keystore &keystore, const QString &name, const QDateTime &now)
{
    const SharedKeySet keys = keystore.keys();
    if (!keys)
        return ErrorCode::KeystoreLocked;
    // An expired key may be renewed as well: the newest one of either use counts.
    const auto newest = [&keys](KeyUse unfit) -> const KeyMaterial * {
        for (const KeyMaterial &key : keys->keys)
            if (key.use != unfit && !key.certificate.isEmpty())
                return &key;
        return nullptr;
    };
    const KeyMaterial *signer = keys->signingKey(now) ? keys->signingKey(now) : newest(KeyUse::Encryption);
    const KeyMaterial *receiver = keys->encryptionKey(now) ? keys->encryptionKey(now) : newest(KeyUse::Signing);
    if (!signer)
        return {ErrorCode::KeyNotFound, u"there is no signing key that could be renewed"_s};
    const base::Result<QCA::PrivateKey> signingKey = provider::fromPkcs8(signer->pkcs8.view());
    if (!signingKey)
        return signingKey.error();
    const base::Result<QByteArray> request = provider::makeRequest(*signingKey, name, {keys->address});
    if (!request)
        return request.error();
    if (!receiver || receiver->id == signer->id)
        return writeRequestFile(*request, *signingKey, {});
    const base::Result<QCA::PrivateKey> receivingKey = provider::fromPkcs8(receiver->pkcs8.view());
    if (!receivingKey)
        return receivingKey.error();
    return writeRequestFile(*request, *signingKey, *receivingKey);
}

base::Result<QByteArray> requestFreshKeys(Keystore &keystore, const QString &name)
{
    const SharedKeySet keys = keystore.keys();
    if (!keys)
        return ErrorCode::KeystoreLocked;
    for (const KeyMaterial &key : keys->keys) {
        if (key.use == KeyUse::Encryption)
            continue;
        const base::Result<QCA::PrivateKey> present = provider::fromPkcs8(key.pkcs8.view());
        if (!present)
            return present.error();
        const QString type = keyTypeName(provider::describeKey(*present));
        // An imported key of an odd size or kind is followed by the default.
        return requestCertificates(keystore, name, keyPlanOf(type) ? type : QString{});
    }
    return {ErrorCode::KeyNotFound, u"there is no signing key that could be renewed"_s};
}

base::Result<int> acceptCertificates(Keystore &keystore, const QByteArray &file)
{
    const base::Result<QList<QByteArray>> certificates = readCertificates(file);
    if (!certificates)
        return certificates.error();
    QList<provider::CertificateFacts> all;
    for (const QByteArray &der : *certificates)
        if (base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der))
            all.append(std::move(facts).value());
    QList<QByteArray> ownKeys;
    const QList<KeyEntry> entries = keystore.entries();
    for (const KeyEntry &entry : entries)
        ownKeys.append(entry.publicKey);
    int accepted = 0;
    for (const provider::CertificateFacts &facts : std::as_const(all)) {
        if (facts.isCa || !ownKeys.contains(facts.publicKeyDer))
            continue;
        if (facts.addresses.isEmpty())
            return {ErrorCode::CertificateWithoutAddress, facts.subject};
        if (!base::namesMailbox(facts.addresses, keystore.address()))
            return {ErrorCode::CertificateForAnotherAddress, facts.addresses.join(", "_L1)};
        const base::Result<QString> set = keystore.setCertificate(facts.der, chainOf(facts.der, *certificates));
        if (!set)
            return set.error();
        ++accepted;
    }
    if (accepted == 0)
        return {ErrorCode::KeyNotFound, u"none of these certificates is for a key of %1"_s.arg(keystore.address())};
    return accepted;
}

} // namespace identity
