// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/World.h"

#include "provider/KeyMaterial.h"
#include "provider/PrivateKeyFile.h"

#include <QCryptographicHash>
#include <array>

using namespace Qt::StringLiterals;

namespace forge {

namespace {

constexpr int kRootDays = 3650;

/// The wish decides the key; certificates of one holder with one key type share it, since making RSA keys takes long.
QByteArray keyNameOf(const Wish &wish)
{
    const QByteArray holder = wish.id.split('-').first();
    const QByteArray type = wish.forgedKey ? "forged" + QByteArray::number(static_cast<int>(*wish.forgedKey)) : provider::toString(wish.key).toLatin1();
    return holder + ' ' + type;
}

QString bobsId(provider::KeyType type)
{
    return u"bob-"_s + provider::toString(type).toLower();
}

} // namespace

World::World(const QDateTime &now, quint32 seed) : m_now(now), m_seed(seed)
{
    m_roots = {makeRoot(u"Forge Authority"_s), makeRoot(u"Forge Authority without Revocation List"_s),
               makeRoot(u"Forge Authority with an Old Revocation List"_s), makeRoot(u"Forge Authority that Nobody Trusts"_s)};
}

World::Root World::makeRoot(const QString &name)
{
    provider::CertificateProfile profile;
    profile.kind = provider::CertificateKind::Authority;
    profile.commonName = name;
    profile.issuedAt = m_now.addDays(-kRootDays);
    profile.validUntil = m_now.addDays(kRootDays);
    profile.serial = serialOf(name.toUtf8());
    Root root;
    root.key = take(provider::generateKey(provider::KeyType::Rsa2048));
    root.certificate = take(provider::issueCertificate({}, root.key, root.key.toPublicKey(), profile));
    root.der = root.certificate.isNull() ? QByteArray{} : root.certificate.toDER();
    return root;
}

const Person &World::person(const Wish &wish)
{
    const auto known = m_people.find(wish.id);
    return known != m_people.end() ? known->second : m_people.emplace(wish.id, make(wish)).first->second;
}

const Person &World::bob(provider::KeyType type)
{
    Wish wish;
    wish.id = bobsId(type).toLatin1();
    wish.name = u"Bob"_s;
    wish.addresses = {u"bob@example.org"_s};
    wish.key = type;
    if (type != provider::KeyType::Rsa2048)
        wish.use = provider::MailUse::Receive;
    if (!m_readers.contains(wish.id))
        m_readers.append(wish.id);
    return person(wish);
}

const Person &World::mallory()
{
    Wish wish;
    wish.id = "mallory";
    wish.name = u"Mallory"_s;
    wish.addresses = {u"mallory@example.org"_s};
    return person(wish);
}

QCA::PrivateKey World::keyFor(const Wish &wish)
{
    const QByteArray name = keyNameOf(wish);
    const auto known = m_keys.constFind(name);
    if (known != m_keys.constEnd())
        return *known;
    return *m_keys.insert(name, take(wish.forgedKey ? provider::forgeKey(*wish.forgedKey) : provider::generateKey(wish.key)));
}

Person World::make(const Wish &wish)
{
    provider::CertificateProfile profile;
    profile.kind = wish.kind;
    profile.mailUse = wish.use;
    profile.commonName = wish.name;
    profile.addresses = wish.addresses;
    profile.issuedAt = m_now.addDays(wish.validFromDay);
    profile.validUntil = m_now.addDays(wish.validUntilDay);
    profile.serial = serialOf(wish.id);
    profile.digest = wish.digest;
    profile.pathLength = wish.pathLength;
    profile.extensions = wish.extensions;
    const Root &issuer = root(wish.issuer);
    QCA::Certificate issuerCertificate = issuer.certificate;
    if (wish.issuedBy)
        issuerCertificate = QCA::Certificate::fromDER(wish.issuedBy->certificate);
    Person person;
    person.key = keyFor(wish);
    const QCA::Certificate certificate = take(provider::issueCertificate(issuerCertificate, wish.issuedBy ? wish.issuedBy->key : issuer.key,
                                                                         person.key.toPublicKey(), profile));
    person.certificate = certificate.isNull() ? QByteArray{} : certificate.toDER();
    if (wish.issuedBy)
        person.issuers = QList<QByteArray>{wish.issuedBy->certificate} + wish.issuedBy->issuers;
    else if (wish.issuer == Authority::Stranger)
        person.issuers = {issuer.der};
    return person;
}

const QByteArray &World::rootOf(Authority authority) const
{
    return root(authority).der;
}

// 16 octets, the first between 0x40 and 0x7f: positive, and of one length.
QByteArray World::serialOf(const QByteArray &id) const
{
    QByteArray serial = QCryptographicHash::hash("serial " + QByteArray::number(m_seed) + ' ' + id, QCryptographicHash::Sha256).first(16);
    serial[0] = static_cast<char>((serial[0] & 0x3f) | 0x40);
    return serial.toHex();
}

QByteArray World::listOf(Authority authority, int ageDays)
{
    provider::CrlFacts list;
    list.number = "01";
    list.thisUpdate = m_now.addDays(-ageDays).addSecs(-3600);
    list.nextUpdate = list.thisUpdate.addDays(7);
    for (const char *id : {kRevokedId, kRevokedAuthorityId})
        list.revoked.append({serialOf(id), m_now.addDays(-2), provider::RevocationReason::KeyCompromise});
    return take(provider::issueCrl(root(authority).certificate, root(authority).key, list));
}

QByteArray World::mainList()
{
    return listOf(Authority::Main, 0);
}

QByteArray World::anchorsPem() const
{
    QByteArray pem;
    for (const Authority authority : {Authority::Main, Authority::Quiet, Authority::Stale})
        pem += provider::toPem(rootOf(authority), "CERTIFICATE");
    return pem;
}

QByteArray World::listsPem()
{
    return provider::toPem(mainList(), "X509 CRL") + provider::toPem(listOf(Authority::Stale, 90), "X509 CRL");
}

QByteArray World::readerPem()
{
    bob(); // a reader without any key is none
    QByteArray pem;
    for (const QByteArray &id : std::as_const(m_readers)) {
        const Person &reader = m_people.at(id);
        pem += provider::toPem(provider::toPkcs8(reader.key).view(), "PRIVATE KEY") + provider::toPem(reader.certificate, "CERTIFICATE");
    }
    return pem;
}

quint32 World::pick(const QByteArray &purpose, quint32 limit) const
{
    const QByteArray hash = QCryptographicHash::hash("pick " + QByteArray::number(m_seed) + ' ' + purpose, QCryptographicHash::Sha256);
    return hash.first(4).toHex().toUInt(nullptr, 16) % limit;
}

QByteArray World::words(const QByteArray &purpose) const
{
    static constexpr std::array kOpenings{"Shall we meet", "The train leaves", "Please call me", "Dinner is ready", "The committee sits"};
    static constexpr std::array kPlaces{"at the station", "behind the library", "in the small hall", "near the old mill", "on the top floor"};
    const quint32 hour = 8 + pick(purpose + " hour", 12);
    const quint32 number = 100 + pick(purpose + " number", 900);
    return QByteArray(kOpenings[pick(purpose + " opening", kOpenings.size())]) + ' ' + kPlaces[pick(purpose + " place", kPlaces.size())] + " at "
        + QByteArray::number(hour) + ", room " + QByteArray::number(number) + '.';
}

} // namespace forge
