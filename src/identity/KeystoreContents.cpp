// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a keystore: JSON with a checksum over everything else, so that a damaged file is told apart from a
// wrong passphrase before anybody types one. The checksum guards against accidents; what the passphrase protects
// is authenticated by its own decryption.
#include "identity/KeystoreContents.h"

#include "identity/ChecksummedJson.h"
#include "provider/CertificateFacts.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr auto kFormat = "waxwing-keystore"_L1;

QString useName(KeyUse use)
{
    switch (use) {
    case KeyUse::SigningAndEncryption: return u"signing-and-encryption"_s;
    case KeyUse::Signing: return u"signing"_s;
    case KeyUse::Encryption: return u"encryption"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

KeyUse useOf(const QString &name)
{
    if (name == "signing"_L1)
        return KeyUse::Signing;
    return name == "encryption"_L1 ? KeyUse::Encryption : KeyUse::SigningAndEncryption;
}

QJsonObject toJson(const KeyEntry &entry)
{
    return {{u"id"_s, entry.id},
            {u"use"_s, useName(entry.use)},
            {u"certificate"_s, toText(entry.certificate)},
            {u"chain"_s, toTexts(entry.chain)},
            {u"earlierCertificates"_s, toTexts(entry.earlierCertificates)},
            {u"publicKey"_s, toText(entry.publicKey)},
            {u"request"_s, toText(entry.request)},
            {u"addedAt"_s, toText(entry.addedAt)}};
}

base::Result<KeyEntry> entryFrom(const QJsonObject &object)
{
    KeyEntry entry;
    entry.id = object["id"_L1].toString();
    entry.use = useOf(object["use"_L1].toString());
    entry.certificate = bytesOf(object["certificate"_L1]);
    entry.chain = bytesListOf(object["chain"_L1]);
    entry.earlierCertificates = bytesListOf(object["earlierCertificates"_L1]);
    entry.publicKey = bytesOf(object["publicKey"_L1]);
    entry.request = bytesOf(object["request"_L1]);
    entry.addedAt = timeOf(object["addedAt"_L1]);
    if (entry.id.isEmpty() || entry.publicKey.isEmpty())
        return {ErrorCode::KeystoreDamaged, u"a key without name or public half"_s};
    if (entry.certificate.isEmpty())
        return entry;
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(entry.certificate);
    if (!facts)
        return {ErrorCode::KeystoreDamaged, u"the certificate of key %1 cannot be read"_s.arg(entry.id)};
    entry.notBefore = facts->notBefore;
    entry.notAfter = facts->notAfter;
    return entry;
}

} // namespace

QByteArray Keystore::serialise(const Contents &contents)
{
    QJsonArray keys;
    for (const Item &item : contents.items) {
        QJsonObject key = toJson(item.entry);
        key["privateKey"_L1] = toText(item.encryptedKey);
        keys.append(key);
    }
    QJsonObject secrets;
    for (const auto &[name, sealedSecret] : contents.secrets.asKeyValueRange())
        secrets[name] = toText(sealedSecret);
    return writeChecksummed(kFormat, {{u"address"_s, contents.address},
                                      {u"master"_s, toText(contents.encryptedMaster)},
                                      {u"keys"_s, keys},
                                      {u"secrets"_s, secrets}});
}

base::Result<Keystore::Contents> Keystore::parse(const QByteArray &file)
{
    const base::Result<QJsonObject> object = readChecksummed(kFormat, file);
    if (!object)
        return object.error();
    Contents contents;
    contents.address = (*object)["address"_L1].toString();
    contents.encryptedMaster = bytesOf((*object)["master"_L1]);
    const QJsonArray keys = (*object)["keys"_L1].toArray();
    for (const QJsonValue &value : keys) {
        base::Result<KeyEntry> entry = entryFrom(value.toObject());
        if (!entry)
            return entry.error();
        contents.items.append({std::move(entry).value(), bytesOf(value["privateKey"_L1])});
    }
    const QJsonObject secrets = (*object)["secrets"_L1].toObject();
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret)
        contents.secrets.insert(secret.key(), bytesOf(secret.value()));
    if (contents.address.isEmpty() || contents.encryptedMaster.isEmpty())
        return {ErrorCode::KeystoreDamaged, u"no address or no master secret"_s};
    return contents;
}

} // namespace identity
