// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"
#include "mime/TransferEncoding.h"

#include <array>

using namespace Qt::StringLiterals;
using smime::Coverage;
using smime::Identity;
using smime::Integrity;
using smime::LayerForm;
using smime::LayerKind;
using smime::Summary;

namespace forge {

namespace {

Forgery lineFeeds(World &world)
{
    const QByteArray words = world.words("line feeds");
    QByteArray message = letterhead(world, "Line feeds only") + signedEntity(world, world.alice(), textPart(words));
    return {message.replace("\r\n", "\n"), withText(verified(), words)};
}

Forgery named(World &world, const QByteArray &subject, const QByteArray &contentType)
{
    const QByteArray words = world.words(subject);
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(words));
    data.embedded = data.content;
    return {letterhead(world, subject) + base64Part(contentType, world.take(provider::forgeSignedData(data))),
            withText(verified(LayerForm::Opaque), words)};
}

Forgery octetStream(World &world)
{
    return named(world, "Octet stream", "application/octet-stream; name=smime.p7m");
}

Forgery oldName(World &world)
{
    return named(world, "Name of before 1999", "application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m");
}

Forgery withoutParameters(World &world)
{
    return named(world, "No parameters", "application/pkcs7-mime");
}

Forgery wrongParameter(World &world)
{
    return named(world, "Wrong smime-type", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m");
}

Forgery binaryCms(World &world)
{
    const QByteArray words = world.words("binary");
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(words));
    data.embedded = data.content;
    return {letterhead(world, "Binary") + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + world.take(provider::forgeSignedData(data)),
            withText(verified(LayerForm::Opaque), words)};
}

Forgery messyBase64(World &world)
{
    const QByteArray words = world.words("base64");
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(words));
    data.embedded = data.content;
    QByteArray encoded = mime::encodeBase64(world.take(provider::forgeSignedData(data)));
    encoded.replace("\r\n", " \t\r\n\r\n");
    return {letterhead(world, "Untidy base64")
                + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: BASE64\r\n\r\n" + encoded,
            withText(verified(LayerForm::Opaque), words)};
}

Forgery truncated(World &world)
{
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(world.words("truncated")));
    data.embedded = data.content;
    const QByteArray der = world.take(provider::forgeSignedData(data));
    Expectation expected;
    expected.summary = Summary::Malformed;
    expected.text = QString();
    return {letterhead(world, "Cut off") + cmsPart(der.first(der.size() / 2), "signed-data"), expected};
}

Forgery garbage(World &world)
{
    Expectation expected;
    expected.summary = Summary::Malformed;
    expected.text = QString();
    return {letterhead(world, "No CMS at all") + cmsPart("This is no ASN.1.", "enveloped-data"), expected};
}

Forgery twice(World &world)
{
    const QByteArray words = world.words("twice");
    const QByteArray inner = signedEntity(world, world.alice(), textPart(words), "forged-inner");
    Expectation expected = verified();
    expected.layers.append({LayerKind::Signed, LayerForm::Detached});
    expected.signers = {{soundAxes(), {}, {}}, {soundAxes(), {}, {}}};
    return {letterhead(world, "Signed twice") + signedEntity(world, world.alice(), inner), withText(expected, words)};
}

Forgery nested(World &world, const QByteArray &subject, const Person &outer, Summary summary, Identity identity)
{
    const QByteArray words = world.words(subject);
    const QByteArray secret = cmsPart(encryptedForBob(world, signedEntity(world, world.alice(), textPart(words), "forged-inner")), "authEnveloped-data");
    Expectation expected = inside(decrypted(), verified());
    expected.layers.prepend({LayerKind::Signed, LayerForm::Detached});
    smime::SignatureAxes other = soundAxes();
    other.identity = identity;
    expected.summary = summary;
    expected.axes = other;
    expected.signers = {{other, {}, {}}, {soundAxes(), {}, {}}};
    return {letterhead(world, subject) + signedEntity(world, outer, secret), withText(expected, words)};
}

Forgery tripleWrapped(World &world)
{
    return nested(world, "Triple wrapped", world.alice(), Summary::Verified, Identity::Match);
}

Forgery tripleWrappedByOther(World &world)
{
    return nested(world, "Triple wrapped by two", world.mallory(), Summary::Impersonated, Identity::Mismatch);
}

// CONTRACT.md: a signature directly around ciphertext says only who sent it.
Forgery encryptedThenSigned(World &world)
{
    const QByteArray words = world.words("outside");
    const QByteArray secret = cmsPart(encryptedForBob(world, textPart(words)), "authEnveloped-data");
    Expectation expected = decrypted();
    expected.layers.prepend({LayerKind::Signed, LayerForm::Detached});
    expected.warnings = {u"signed-outside-encryption"_s};
    return {letterhead(world, "Encrypted, then signed") + signedEntity(world, world.alice(), secret), withText(expected, words)};
}

Expectation partly()
{
    Expectation expected = verified();
    expected.summary = Summary::Unverified;
    expected.coverage = Coverage::Part;
    expected.warnings = {u"signed-part"_s};
    expected.unprotectedParts = 1;
    return expected;
}

Forgery listFooter(World &world)
{
    const QByteArray words = world.words("list");
    const QByteArray entity = signedEntity(world, world.alice(), textPart(words));
    return {letterhead(world, "With a list's footer") + multipart("mixed", {entity, textPart("-- \r\nThe committee's list")}), withText(partly(), words)};
}

Forgery textBefore(World &world)
{
    const QByteArray words = world.words("before");
    const QByteArray entity = signedEntity(world, world.alice(), textPart(words));
    return {letterhead(world, "With text before") + multipart("mixed", {textPart("Pay Mallory at once."), entity}), withText(partly(), words)};
}

Forgery thirdPart(World &world)
{
    const QByteArray words = world.words("third");
    QByteArray entity = signedEntity(world, world.alice(), textPart(words));
    entity.replace("--forged-signed--", "--forged-signed\r\n" + textPart("Appended.") + "--forged-signed--");
    Expectation expected = partly();
    expected.warnings.clear();
    return {letterhead(world, "Third part in multipart/signed") + entity, withText(expected, words)};
}

Forgery bySeveral(World &world, const QByteArray &subject, const Person &second, provider::ForgedSignature signature, Expectation expected)
{
    const QByteArray words = world.words(subject);
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.alice(), second}, entity);
    data.signers.last().signature = signature;
    return {letterhead(world, subject) + signedParts(entity, world.take(provider::forgeSignedData(data))), withText(expected, words)};
}

const Person &aliceWithEc(World &world)
{
    Wish wish;
    wish.id = "alice-secondkey";
    wish.key = provider::KeyType::EcP256;
    return world.person(wish);
}

Forgery twoSigners(World &world)
{
    Expectation expected = verified();
    expected.signers = {{soundAxes(), {}, {}}, {soundAxes(), {}, {}}};
    const Person &second = aliceWithEc(world);
    return bySeveral(world, "Two signers", second, provider::ForgedSignature::Right, expected);
}

Forgery oneBadSigner(World &world)
{
    smime::SignatureAxes bad = soundAxes();
    bad.integrity = Integrity::Invalid;
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    expected.axes = bad;
    expected.signers = {{soundAxes(), {}, {}}, {bad, {}, {}}};
    const Person &second = aliceWithEc(world);
    return bySeveral(world, "Two signers, one bad", second, provider::ForgedSignature::Wrong, expected);
}

Forgery oneOtherSigner(World &world)
{
    smime::SignatureAxes other = soundAxes();
    other.identity = Identity::Mismatch;
    Expectation expected = verified();
    expected.summary = Summary::Impersonated;
    expected.axes = other;
    expected.signers = {{soundAxes(), {}, {}}, {other, {}, {}}};
    const Person &second = world.mallory();
    return bySeveral(world, "Two signers, one a stranger", second, provider::ForgedSignature::Right, expected);
}

Forgery certificatesOnly(World &world)
{
    provider::ForgedSignedData data;
    data.certificates = {world.alice().certificate};
    Expectation expected;
    expected.warnings = {u"certificates-only"_s};
    return {letterhead(world, "Certificates only") + cmsPart(world.take(provider::forgeSignedData(data)), "certs-only"), expected};
}

Forgery signersRemoved(World &world)
{
    const QByteArray words = world.words("nobody");
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, entity);
    data.signers.clear();
    Expectation expected;
    expected.warnings = {u"certificates-only"_s};
    return {letterhead(world, "No signer in multipart/signed") + signedParts(entity, world.take(provider::forgeSignedData(data))),
            withText(expected, words)};
}

Expectation unreadableSignature()
{
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    expected.axes = {};
    expected.axes.integrity = Integrity::Invalid;
    expected.signers.clear();
    return expected;
}

Forgery signatureMissing(World &world)
{
    QByteArray entity = signedEntity(world, world.alice(), textPart(world.words("gone")));
    const qsizetype begin = entity.indexOf("--forged-signed\r\nContent-Type: application/pkcs7-signature");
    entity.remove(begin, entity.indexOf("--forged-signed--") - begin);
    return {letterhead(world, "Signature removed") + entity, unreadableSignature()};
}

Forgery signatureGarbage(World &world)
{
    return {letterhead(world, "Signature is no CMS") + signedParts(textPart(world.words("noise")), "no CMS"), unreadableSignature()};
}

Forgery otherContentInside(World &world)
{
    const QByteArray entity = textPart(world.words("shown"));
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, textPart(world.words("signed")));
    data.embedded = data.content;
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Invalid;
    setAxes(expected, axes);
    return {letterhead(world, "The signature carries other content") + signedParts(entity, world.take(provider::forgeSignedData(data))), expected};
}

Forgery emptyBody(World &world)
{
    const QByteArray entity = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    return {letterhead(world, "Empty body") + signedEntity(world, world.alice(), entity), withText(verified(), {})};
}

Forgery emptySecret(World &world)
{
    Expectation expected = decrypted();
    return {letterhead(world, "Empty body, encrypted") + cmsPart(encryptedForBob(world, "Content-Type: text/plain\r\n\r\n"), "authEnveloped-data"),
            withText(expected, {})};
}

// Ten thousand multiparts, one in the other: what exceeds the limits is an error that says where, and time stays linear.
Forgery deepParts(World &world)
{
    QByteArray body;
    for (int level = 0; level < 10'000; ++level) {
        const QByteArray boundary = "d" + QByteArray::number(level);
        body += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
    }
    Expectation expected;
    expected.summary = Summary::Malformed;
    return {letterhead(world, "Ten thousand levels") + body + textPart("The bottom."), expected};
}

// Fifteen signatures, one around the other: more layers than anybody needs. Ten are undone.
Forgery deepLayers(World &world)
{
    QByteArray entity = textPart(world.words("deep"));
    for (int level = 0; level < 15; ++level)
        entity = signedEntity(world, world.alice(), entity, "layer-" + QByteArray::number(level) + '-');
    Expectation expected = verified();
    expected.summary = Summary::Malformed;
    expected.layers = QList<ExpectedLayer>(10, {LayerKind::Signed, LayerForm::Detached});
    expected.signers = QList<ExpectedSigner>(10, {soundAxes(), {}, {}});
    expected.warnings = {u"too-many-layers"_s};
    return {letterhead(world, "Fifteen signatures") + entity, expected};
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"line-feeds", "The whole message was stored with LF; what is signed is its canonical form (RFC 8551 section 3.1.1): verified.", &lineFeeds},
    {"octet-stream", "An opaque signature named application/octet-stream, smime.p7m (RFC 8551 section 3.3): verified.", &octetStream},
    {"x-pkcs7-mime", "The type's name of before 1999: verified.", &oldName},
    {"without-smime-type", "application/pkcs7-mime and no parameter: the CMS itself says what it is: verified.", &withoutParameters},
    {"wrong-smime-type", "smime-type says enveloped-data, the CMS is SignedData: verified.", &wrongParameter},
    {"binary-cms", "The CMS in binary: verified.", &binaryCms},
    {"untidy-base64", "White space and empty lines in the base64: verified.", &messyBase64},
    {"truncated", "Half of the CMS is missing: malformed.", &truncated},
    {"not-a-cms", "The part is no CMS: malformed.", &garbage},
    {"signed-twice", "Alice signed her signed mail again: verified, with both layers.", &twice},
    {"triple-wrapped", "Signed, encrypted, signed by one person (RFC 2634 section 1.1): verified.", &tripleWrapped},
    {"triple-wrapped-by-two", "Mallory signed around Alice's signed and encrypted mail; the sender is Alice: impersonated.", &tripleWrappedByOther},
    {"encrypted-signed", "The only signature is around the ciphertext: decrypted, not signed.", &encryptedThenSigned},
    {"list-footer", "A mailing list put its footer beside the signed part: unverified, covers a part.", &listFooter},
    {"text-before", "A stranger's text stands before the signed part: unverified, never joined.", &textBefore},
    {"third-part", "A part after the signature in multipart/signed is outside it: unverified.", &thirdPart},
    {"two-signers", "Two keys of Alice signed: verified.", &twoSigners},
    {"two-signers-one-bad", "One of two signature values is wrong: altered.", &oneBadSigner},
    {"two-signers-one-stranger", "One of two signers is not the sender: impersonated.", &oneOtherSigner},
    {"certificates-only", "SignedData without signer (RFC 8551 section 3.8) is a bundle, never a signature: plain.", &certificatesOnly},
    {"signers-removed", "multipart/signed whose SignedData has no signer: plain.", &signersRemoved},
    {"signature-missing", "multipart/signed without its second part: altered, not silently unsigned.", &signatureMissing},
    {"signature-garbage", "multipart/signed whose second part is no CMS: altered, not silently unsigned.", &signatureGarbage},
    {"other-content-inside", "The detached signature carries content of its own, which is what was signed: altered.", &otherContentInside},
    {"empty-body", "A signed letter without text: verified.", &emptyBody},
    {"empty-secret", "An encrypted letter without text: decrypted.", &emptySecret},
    {"deep-parts", "Ten thousand multiparts, one in the other: malformed, and soon.", &deepParts},
    {"deep-layers", "Fifteen signatures, one around the other: malformed.", &deepLayers},
});

} // namespace

std::span<const Recipe> structureRecipes()
{
    return kRecipes;
}

} // namespace forge
