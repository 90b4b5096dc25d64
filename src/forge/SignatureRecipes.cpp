// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"

#include <array>

using namespace Qt::StringLiterals;
using provider::ForgedAttributes;
using provider::KeyType;
using smime::Integrity;
using smime::Strength;
using smime::Summary;

namespace forge {

namespace {

/// How one signer of one mail differs from the usual.
struct Manner {
    const Person &person;
    QByteArray digest = "SHA256";
    provider::ForgedScheme scheme = provider::ForgedScheme::Usual;
    ForgedAttributes attributes = ForgedAttributes::Usual;
    provider::CertificateNaming naming = provider::CertificateNaming::IssuerAndSerial;
};

provider::ForgedSignedData dataBy(const World &world, const Manner &manner, const QByteArray &entity)
{
    provider::ForgedSignedData data = signedBy(world, {manner.person}, entity);
    provider::ForgedSigner &signer = data.signers.first();
    signer.digest = manner.digest;
    signer.scheme = manner.scheme;
    signer.attributes = manner.attributes;
    signer.naming = manner.naming;
    return data;
}

Forgery letter(World &world, const QByteArray &subject, const Manner &manner, Expectation expected)
{
    const QByteArray words = world.words(subject);
    const QByteArray entity = textPart(words);
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, subject) + signedParts(entity, world.take(provider::forgeSignedData(dataBy(world, manner, entity)))), expected};
}

Expectation verifiedWith(const QString &algorithm, const QString &digest)
{
    Expectation expectation = verified();
    expectation.signers.first().algorithm = algorithm;
    expectation.signers.first().digest = digest;
    return expectation;
}

const Person &aliceWith(World &world, KeyType type)
{
    Wish wish;
    wish.id = "alice-" + provider::toString(type).toLower().toLatin1();
    wish.key = type;
    wish.use = provider::MailUse::Sign;
    return world.person(wish);
}

template <KeyType Type>
Forgery byKeyOf(World &world, const QByteArray &digest, const QString &algorithm, const QString &digestName)
{
    return letter(world, "Signed with " + provider::toString(Type).toLatin1(), {aliceWith(world, Type), digest}, verifiedWith(algorithm, digestName));
}

Forgery rsaSha256(World &world)
{
    return letter(world, "RSA with SHA-256", {world.alice()}, verifiedWith(u"RSA-PKCS1-v1_5"_s, u"SHA-256"_s));
}

Forgery rsaSha384(World &world)
{
    return letter(world, "RSA with SHA-384", {world.alice(), "SHA384"}, verifiedWith(u"RSA-PKCS1-v1_5"_s, u"SHA-384"_s));
}

Forgery rsaSha512(World &world)
{
    return letter(world, "RSA with SHA-512", {world.alice(), "SHA512"}, verifiedWith(u"RSA-PKCS1-v1_5"_s, u"SHA-512"_s));
}

Forgery pssSha256(World &world)
{
    return letter(world, "RSA-PSS with SHA-256", {world.alice(), "SHA256", provider::ForgedScheme::Pss}, verifiedWith(u"RSA-PSS"_s, u"SHA-256"_s));
}

Forgery pssSha512(World &world)
{
    return letter(world, "RSA-PSS with SHA-512", {world.alice(), "SHA512", provider::ForgedScheme::Pss}, verifiedWith(u"RSA-PSS"_s, u"SHA-512"_s));
}

Forgery pssKey(World &world)
{
    Wish wish;
    wish.id = "alice-psskey";
    wish.forgedKey = provider::ForgedKey::RsaPss2048;
    wish.use = provider::MailUse::Sign;
    return letter(world, "A key for RSA-PSS only", {world.person(wish), "SHA256", provider::ForgedScheme::Pss},
                  verifiedWith(u"RSA-PSS"_s, u"SHA-256"_s));
}

Forgery p256(World &world)
{
    return byKeyOf<KeyType::EcP256>(world, "SHA256", u"ECDSA"_s, u"SHA-256"_s);
}

Forgery p384(World &world)
{
    return byKeyOf<KeyType::EcP384>(world, "SHA384", u"ECDSA"_s, u"SHA-384"_s);
}

Forgery p521(World &world)
{
    return byKeyOf<KeyType::EcP521>(world, "SHA512", u"ECDSA"_s, u"SHA-512"_s);
}

Forgery ed25519(World &world)
{
    return byKeyOf<KeyType::Ed25519>(world, {}, u"Ed25519"_s, u"SHA-512"_s);
}

Forgery ed448(World &world)
{
    return byKeyOf<KeyType::Ed448>(world, {}, u"Ed448"_s, u"SHAKE256"_s);
}

Forgery mlDsa44(World &world)
{
    return byKeyOf<KeyType::MlDsa44>(world, {}, u"ML-DSA-44"_s, u"SHA-512"_s);
}

Forgery mlDsa65(World &world)
{
    return byKeyOf<KeyType::MlDsa65>(world, {}, u"ML-DSA-65"_s, u"SHA-512"_s);
}

Forgery mlDsa87(World &world)
{
    return byKeyOf<KeyType::MlDsa87>(world, {}, u"ML-DSA-87"_s, u"SHA-512"_s);
}

Forgery byKeyId(World &world)
{
    return letter(world, "Named by key identifier",
                  {world.alice(), "SHA256", provider::ForgedScheme::Usual, ForgedAttributes::Usual, provider::CertificateNaming::SubjectKeyIdentifier},
                  verified());
}

Forgery withoutAttributes(World &world)
{
    return letter(world, "No signed attributes", {world.alice(), "SHA256", provider::ForgedScheme::Usual, ForgedAttributes::None}, verified());
}

Forgery sha1(World &world)
{
    Expectation expected = verifiedWith(u"RSA-PKCS1-v1_5"_s, u"SHA-1"_s);
    expected.summary = Summary::Unverified;
    expected.warnings = {u"weak-algorithm"_s};
    smime::SignatureAxes axes = soundAxes();
    axes.strength = Strength::Weak;
    setAxes(expected, axes);
    return letter(world, "Signed with SHA-1", {world.alice(), "SHA1"}, expected);
}

Forgery md5(World &world)
{
    Expectation expected = verifiedWith(u"RSA-PKCS1-v1_5"_s, u"MD5"_s);
    expected.summary = Summary::Unverified;
    expected.warnings = {u"weak-algorithm"_s};
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Unsupported;
    axes.strength = Strength::Broken;
    setAxes(expected, axes);
    return letter(world, "Signed with MD5", {world.alice(), "MD5"}, expected);
}

Forgery opaque(World &world)
{
    const QByteArray words = world.words("opaque");
    Expectation expected = verified(smime::LayerForm::Opaque);
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Opaque") + opaqueEntity(world, world.alice(), textPart(words)), expected};
}

Forgery opaqueBer(World &world)
{
    const QByteArray words = world.words("indefinite");
    QByteArray text = words;
    for (int i = 0; i < 60; ++i)
        text += "\r\nLine " + QByteArray::number(i) + " makes the content long enough to be cut into pieces.";
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(text));
    data.embedded = data.content;
    data.encoding = provider::ForgedEncoding::Ber;
    Expectation expected = verified(smime::LayerForm::Opaque);
    expected.text = QString::fromLatin1(text).replace(u"\r\n"_s, u"\n"_s);
    return {letterhead(world, "Opaque in BER") + cmsPart(world.take(provider::forgeSignedData(data)), "signed-data"), expected};
}

// Section 5.3 of RFC 5652 leaves no choice: such a signature is not valid, whatever its arithmetic says.
Forgery defective(World &world, const QByteArray &subject, ForgedAttributes attributes)
{
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Invalid;
    setAxes(expected, axes);
    return letter(world, subject, {world.alice(), "SHA256", provider::ForgedScheme::Usual, attributes}, expected);
}

Forgery noContentType(World &world)
{
    return defective(world, "No contentType", ForgedAttributes::WithoutContentType);
}

Forgery noMessageDigest(World &world)
{
    return defective(world, "No messageDigest", ForgedAttributes::WithoutMessageDigest);
}

Forgery twoContentTypes(World &world)
{
    return defective(world, "Two contentTypes", ForgedAttributes::TwoContentTypes);
}

Forgery twoMessageDigests(World &world)
{
    return defective(world, "Two messageDigests", ForgedAttributes::TwoMessageDigests);
}

Forgery otherContentType(World &world)
{
    return defective(world, "Another contentType", ForgedAttributes::OtherContentType);
}

Forgery wrongValue(World &world)
{
    const QByteArray words = world.words("value");
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, entity);
    data.signers.first().signature = provider::ForgedSignature::Wrong;
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Invalid;
    setAxes(expected, axes);
    return {letterhead(world, "Signature value altered") + signedParts(entity, world.take(provider::forgeSignedData(data))), expected};
}

// The field is not signed, and an RSA key makes no such signature.
Forgery renamedAlgorithm(World &world)
{
    const QByteArray entity = textPart(world.words("renamed"));
    QByteArray cms = world.take(provider::forgeSignedData(signedBy(world, {world.alice()}, entity)));
    const QByteArray rsa = QByteArray::fromHex("06092a864886f70d01010b0500");   // sha256WithRSAEncryption
    const QByteArray mlDsa = QByteArray::fromHex("06096086480165030403120500"); // id-ml-dsa-65
    if (const qsizetype last = cms.lastIndexOf(rsa); last >= 0)
        cms.replace(last, rsa.size(), mlDsa);
    Expectation expected = verifiedWith(u"ML-DSA-65"_s, u"SHA-256"_s);
    expected.summary = Summary::Unverified;
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Unsupported;
    setAxes(expected, axes);
    return {letterhead(world, "Signature algorithm renamed") + signedParts(entity, cms), expected};
}

Forgery receiptRequest(World &world)
{
    Expectation expected = verified();
    expected.warnings = {u"receipt-requested"_s};
    return letter(world, "Asks for a signed receipt", {world.alice(), "SHA256", provider::ForgedScheme::Usual, ForgedAttributes::WithReceiptRequest},
                  expected);
}

Forgery otherDate(World &world)
{
    const QByteArray words = world.words("date");
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, entity);
    data.signers.first().signingTime = world.now().addDays(-3);
    Expectation expected = verified();
    expected.warnings = {u"date-differs-from-signing-time"_s};
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Signed three days ago") + signedParts(entity, world.take(provider::forgeSignedData(data))), expected};
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"rsa-sha256", "RSA PKCS #1 v1.5 with SHA-256, named sha256WithRSAEncryption (RFC 5754 section 3.2): verified.", &rsaSha256},
    {"rsa-sha384", "RSA PKCS #1 v1.5 with SHA-384: verified.", &rsaSha384},
    {"rsa-sha512", "RSA PKCS #1 v1.5 with SHA-512: verified.", &rsaSha512},
    {"rsa-pss-sha256", "RSA-PSS with SHA-256 by an ordinary RSA key (RFC 4056): verified.", &pssSha256},
    {"rsa-pss-sha512", "RSA-PSS with SHA-512: verified.", &pssSha512},
    {"rsa-pss-key", "The certificate's key is for RSA-PSS only, with parameters (RFC 4055): verified.", &pssKey},
    {"ecdsa-p256", "ECDSA on P-256: verified.", &p256},
    {"ecdsa-p384", "ECDSA on P-384: verified.", &p384},
    {"ecdsa-p521", "ECDSA on P-521: verified.", &p521},
    {"ed25519", "Ed25519 (RFC 8419): verified.", &ed25519},
    {"ed448", "Ed448 with SHAKE256 of 512 bits (RFC 8419): verified.", &ed448},
    {"ml-dsa-44", "ML-DSA-44 (RFC 9882): verified.", &mlDsa44},
    {"ml-dsa-65", "ML-DSA-65 (RFC 9882): verified.", &mlDsa65},
    {"ml-dsa-87", "ML-DSA-87 (RFC 9882): verified.", &mlDsa87},
    {"signer-by-key-id", "The signer is named by subjectKeyIdentifier: verified.", &byKeyId},
    {"without-attributes", "The signature is over the content itself (RFC 5652 section 5.4): verified.", &withoutAttributes},
    {"signed-sha1", "The signature uses SHA-1: weak.", &sha1},
    {"signed-md5", "The signature uses MD5, so anybody could have made it: refused, broken.", &md5},
    {"opaque", "application/pkcs7-mime with the text inside the CMS: verified.", &opaque},
    {"opaque-ber", "The same with indefinite lengths and the content cut into pieces: verified.", &opaqueBer},
    {"attribute-content-type-missing", "Signed attributes without contentType (RFC 5652 section 11.1): altered.", &noContentType},
    {"attribute-digest-missing", "Signed attributes without messageDigest (RFC 5652 section 11.2): altered.", &noMessageDigest},
    {"attribute-content-type-twice", "contentType stands there twice (RFC 5652 section 11.1): altered.", &twoContentTypes},
    {"attribute-digest-twice", "messageDigest has two values (RFC 5652 section 11.2): altered.", &twoMessageDigests},
    {"attribute-content-type-differs", "contentType is not the type of the content: altered.", &otherContentType},
    {"signature-value-altered", "One bit of the signature value is wrong: altered.", &wrongValue},
    {"signature-algorithm-renamed", "The algorithm of an RSA signature was renamed to ML-DSA-65 on the way: unverified.", &renamedAlgorithm},
    {"signed-receipt-request", "The signer asks for a signed receipt (RFC 2634), which is shown and not answered: verified.", &receiptRequest},
    {"signing-time-differs", "Signed three days before its Date: verified, with a warning.", &otherDate},
});

} // namespace

std::span<const Recipe> signatureRecipes()
{
    return kRecipes;
}

} // namespace forge
