// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Letters.h"

#include "mime/Header.h"
#include "mime/TransferEncoding.h"

using namespace Qt::StringLiterals;

namespace forge {

QByteArray letterhead(const World &world, const QByteArray &subject, const QByteArray &from)
{
    const QByteArray id = QByteArray::number(world.pick("message " + subject, 1'000'000'000));
    return "From: " + from + "\r\nTo: Bob <bob@example.org>\r\nSubject: " + subject + "\r\nDate: " + mime::formatDate(world.now())
        + "\r\nMessage-ID: <forged." + id + "@example.org>\r\nMIME-Version: 1.0\r\n";
}

QByteArray textPart(const QByteArray &text)
{
    return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n";
}

QByteArray htmlPart(const QByteArray &html)
{
    return "Content-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n";
}

QByteArray multipart(const QByteArray &type, const QList<QByteArray> &parts, const QByteArray &boundary)
{
    QByteArray out = "Content-Type: multipart/" + type + "; boundary=\"" + boundary + "\"\r\n\r\n";
    for (const QByteArray &part : parts)
        out += "--" + boundary + "\r\n" + part + "\r\n";
    return out + "--" + boundary + "--\r\n";
}

QByteArray base64Part(const QByteArray &contentType, const QByteArray &octets)
{
    return "Content-Type: " + contentType + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + mime::encodeBase64(octets);
}

QByteArray cmsPart(const QByteArray &der, const QByteArray &smimeType)
{
    return base64Part("application/pkcs7-mime; smime-type=" + smimeType + "; name=smime.p7m", der);
}

QByteArray signedParts(const QByteArray &entity, const QByteArray &signature, const QByteArray &boundary)
{
    return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"" + boundary + "\"\r\n\r\n--"
        + boundary + "\r\n" + entity + "\r\n--" + boundary + "\r\n"
        + base64Part("application/pkcs7-signature; name=smime.p7s", signature) + "--" + boundary + "--\r\n";
}

provider::ForgedSigner signerFor(const World &world, const Person &person)
{
    provider::ForgedSigner signer;
    signer.certificate = person.certificate;
    signer.key = person.key;
    signer.signingTime = world.now();
    return signer;
}

provider::ForgedSignedData signedBy(const World &world, const QList<Person> &people, const QByteArray &entity)
{
    provider::ForgedSignedData data;
    data.content = entity;
    for (const Person &person : people) {
        data.signers.append(signerFor(world, person));
        for (const QByteArray &certificate : QList<QByteArray>{person.certificate} + person.issuers)
            if (!data.certificates.contains(certificate))
                data.certificates.append(certificate);
    }
    return data;
}

QByteArray signatureOf(World &world, const Person &person, const QByteArray &entity)
{
    return world.take(provider::forgeSignedData(signedBy(world, {person}, entity)));
}

QByteArray signedEntity(World &world, const Person &person, const QByteArray &entity, const QByteArray &boundary)
{
    return signedParts(entity, signatureOf(world, person, entity), boundary);
}

QByteArray opaqueEntity(World &world, const Person &person, const QByteArray &entity)
{
    provider::ForgedSignedData data = signedBy(world, {person}, entity);
    data.embedded = entity;
    return cmsPart(world.take(provider::forgeSignedData(data)), "signed-data");
}

QByteArray encryptedForBob(World &world, const QByteArray &entity, provider::ForgedCipher cipher)
{
    provider::ForgedRecipient bob;
    bob.certificate = world.bob().certificate;
    if (cipher == provider::ForgedCipher::Aes256Cbc)
        bob.transport = provider::RsaKeyTransport::Pkcs1;
    provider::ForgedEnvelope envelope;
    envelope.content = entity;
    envelope.cipher = cipher;
    envelope.recipients = {bob};
    return world.take(provider::forgeEnvelope(envelope));
}

smime::SignatureAxes soundAxes()
{
    return {smime::Integrity::Valid,  smime::Chain::Trusted,   smime::Usage::Permitted, smime::Time::Valid,
            smime::Revocation::Good,  smime::Strength::Strong, smime::Identity::Match};
}

Expectation withText(Expectation expected, const QByteArray &text)
{
    expected.text = QString::fromUtf8(text);
    return expected;
}

Expectation inside(const Expectation &outer, Expectation inner)
{
    inner.layers = outer.layers + inner.layers;
    inner.state = outer.state;
    inner.protection = outer.protection;
    inner.cipher = outer.cipher;
    inner.recipients = outer.recipients;
    return inner;
}

void setAxes(Expectation &expectation, const smime::SignatureAxes &axes)
{
    expectation.axes = axes;
    for (ExpectedSigner &signer : expectation.signers)
        signer.axes = axes;
}

Expectation verified(smime::LayerForm form)
{
    Expectation expectation;
    expectation.summary = smime::Summary::Verified;
    expectation.layers = {{smime::LayerKind::Signed, form}};
    expectation.coverage = smime::Coverage::Whole;
    expectation.signers = {{}};
    setAxes(expectation, soundAxes());
    return expectation;
}

Expectation decrypted()
{
    Expectation expectation;
    expectation.summary = smime::Summary::Decrypted;
    expectation.layers = {{smime::LayerKind::AuthEnveloped, smime::LayerForm::Opaque}};
    expectation.state = smime::EncryptionState::Decrypted;
    expectation.protection = smime::Protection::Authenticated;
    expectation.cipher = u"AES-256-GCM"_s;
    expectation.recipients = {{smime::RecipientKind::KeyTransport, u"RSA-OAEP"_s, true}};
    return expectation;
}

Expectation decryptedCbc()
{
    Expectation expectation = decrypted();
    expectation.layers = {{smime::LayerKind::Enveloped, smime::LayerForm::Opaque}};
    expectation.protection = smime::Protection::Unauthenticated;
    expectation.cipher = u"AES-256-CBC"_s;
    expectation.recipients = {{smime::RecipientKind::KeyTransport, u"RSA-PKCS1-v1_5"_s, true}};
    expectation.warnings = {u"not-authenticated"_s};
    return expectation;
}

} // namespace forge
