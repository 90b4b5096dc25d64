// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"

#include <array>

using namespace Qt::StringLiterals;
using provider::ForgedCipher;
using provider::KeyType;
using smime::EncryptionState;
using smime::LayerForm;
using smime::LayerKind;
using smime::Protection;
using smime::RecipientKind;
using smime::Summary;

namespace forge {

namespace {

Forgery letter(World &world, const QByteArray &subject, provider::ForgedEnvelope envelope, Expectation expected)
{
    const QByteArray words = world.words(subject);
    envelope.content = textPart(words);
    if (expected.summary == Summary::Decrypted)
        expected.text = QString::fromLatin1(words);
    const bool isAuthenticated = expected.layers.first().kind == LayerKind::AuthEnveloped;
    return {letterhead(world, subject)
                + cmsPart(world.take(provider::forgeEnvelope(envelope)), isAuthenticated ? "authEnveloped-data" : "enveloped-data"),
            expected};
}

provider::ForgedRecipient bobWith(World &world, KeyType type = KeyType::Rsa2048)
{
    provider::ForgedRecipient recipient;
    recipient.certificate = world.bob(type).certificate;
    return recipient;
}

Expectation decryptedCbc(const QString &cipher)
{
    Expectation expectation = forge::decryptedCbc();
    expectation.cipher = cipher;
    return expectation;
}

Expectation decryptedAead(const QString &cipher)
{
    Expectation expectation = decrypted();
    expectation.cipher = cipher;
    return expectation;
}

// Programs that write CBC mostly write RSA PKCS #1 v1.5, too.
Forgery withCipher(World &world, ForgedCipher cipher, const QByteArray &subject, const Expectation &expected)
{
    provider::ForgedEnvelope envelope;
    envelope.cipher = cipher;
    envelope.recipients = {bobWith(world)};
    if (expected.protection == Protection::Unauthenticated)
        envelope.recipients.first().transport = provider::RsaKeyTransport::Pkcs1;
    return letter(world, subject, envelope, expected);
}

Expectation weak(Expectation expectation)
{
    expectation.warnings.append(u"weak-algorithm"_s);
    return expectation;
}

Forgery aes128Cbc(World &world) { return withCipher(world, ForgedCipher::Aes128Cbc, "AES-128-CBC", decryptedCbc(u"AES-128-CBC"_s)); }
Forgery aes192Cbc(World &world) { return withCipher(world, ForgedCipher::Aes192Cbc, "AES-192-CBC", decryptedCbc(u"AES-192-CBC"_s)); }
Forgery aes256Cbc(World &world) { return withCipher(world, ForgedCipher::Aes256Cbc, "AES-256-CBC", decryptedCbc(u"AES-256-CBC"_s)); }
Forgery aes128Gcm(World &world) { return withCipher(world, ForgedCipher::Aes128Gcm, "AES-128-GCM", decryptedAead(u"AES-128-GCM"_s)); }
Forgery aes192Gcm(World &world) { return withCipher(world, ForgedCipher::Aes192Gcm, "AES-192-GCM", decryptedAead(u"AES-192-GCM"_s)); }
Forgery aes256Gcm(World &world) { return withCipher(world, ForgedCipher::Aes256Gcm, "AES-256-GCM", decryptedAead(u"AES-256-GCM"_s)); }
Forgery aes128Ccm(World &world) { return withCipher(world, ForgedCipher::Aes128Ccm, "AES-128-CCM", decryptedAead(u"AES-128-CCM"_s)); }
Forgery aes256Ccm(World &world) { return withCipher(world, ForgedCipher::Aes256Ccm, "AES-256-CCM", decryptedAead(u"AES-256-CCM"_s)); }
Forgery chaCha(World &world) { return withCipher(world, ForgedCipher::ChaCha20Poly1305, "ChaCha20-Poly1305", decryptedAead(u"ChaCha20-Poly1305"_s)); }
Forgery tripleDes(World &world) { return withCipher(world, ForgedCipher::TripleDes, "3DES", weak(decryptedCbc(u"3DES-CBC"_s))); }
Forgery rc2(World &world) { return withCipher(world, ForgedCipher::Rc2_128, "RC2", weak(decryptedCbc(u"RC2-CBC"_s))); }
Forgery rc2Short(World &world) { return withCipher(world, ForgedCipher::Rc2_40, "RC2 of 40 bits", weak(decryptedCbc(u"RC2-CBC"_s))); }

Forgery forKey(World &world, KeyType type, RecipientKind kind, const QString &algorithm, ForgedCipher cipher = ForgedCipher::Aes256Gcm)
{
    provider::ForgedEnvelope envelope;
    envelope.cipher = cipher;
    envelope.recipients = {bobWith(world, type)};
    const bool isGcm = cipher == ForgedCipher::Aes256Gcm;
    Expectation expected = isGcm ? decrypted() : decryptedCbc(u"AES-256-CBC"_s);
    expected.recipients = {{kind, algorithm, true}};
    return letter(world, "Encrypted to " + provider::toString(type).toLatin1() + (isGcm ? "" : " with CBC"), envelope, expected);
}

Forgery toP256(World &world) { return forKey(world, KeyType::EcP256, RecipientKind::KeyAgreement, u"ECDH-ES"_s); }
Forgery toP384(World &world) { return forKey(world, KeyType::EcP384, RecipientKind::KeyAgreement, u"ECDH-ES"_s); }
Forgery toP521(World &world) { return forKey(world, KeyType::EcP521, RecipientKind::KeyAgreement, u"ECDH-ES"_s); }
Forgery toX25519(World &world) { return forKey(world, KeyType::X25519, RecipientKind::KeyAgreement, u"X25519"_s); }
Forgery toX448(World &world) { return forKey(world, KeyType::X448, RecipientKind::KeyAgreement, u"X448"_s); }
Forgery toMlKem512(World &world) { return forKey(world, KeyType::MlKem512, RecipientKind::Kem, u"ML-KEM-512"_s); }
Forgery toMlKem768(World &world) { return forKey(world, KeyType::MlKem768, RecipientKind::Kem, u"ML-KEM-768"_s); }
Forgery toMlKem1024(World &world) { return forKey(world, KeyType::MlKem1024, RecipientKind::Kem, u"ML-KEM-1024"_s); }

Forgery toP256Cbc(World &world) { return forKey(world, KeyType::EcP256, RecipientKind::KeyAgreement, u"ECDH-ES"_s, ForgedCipher::Aes256Cbc); }
Forgery toMlKem768Cbc(World &world) { return forKey(world, KeyType::MlKem768, RecipientKind::Kem, u"ML-KEM-768"_s, ForgedCipher::Aes256Cbc); }

Forgery pkcs1(World &world)
{
    provider::ForgedEnvelope envelope;
    envelope.recipients = {bobWith(world)};
    envelope.recipients.first().transport = provider::RsaKeyTransport::Pkcs1;
    Expectation expected = decrypted();
    expected.recipients = {{RecipientKind::KeyTransport, u"RSA-PKCS1-v1_5"_s, true}};
    return letter(world, "RSA v1.5", envelope, expected);
}

Forgery byKeyId(World &world)
{
    provider::ForgedEnvelope envelope;
    envelope.cipher = ForgedCipher::Aes256Cbc;
    envelope.recipients = {bobWith(world)};
    envelope.recipients.first().transport = provider::RsaKeyTransport::Pkcs1;
    envelope.recipients.first().naming = provider::CertificateNaming::SubjectKeyIdentifier;
    return letter(world, "Recipient by key identifier", envelope, decryptedCbc(u"AES-256-CBC"_s));
}

Forgery severalRecipients(World &world)
{
    provider::ForgedRecipient other;
    other.certificate = world.mallory().certificate;
    provider::ForgedEnvelope envelope;
    envelope.recipients = {other, bobWith(world, KeyType::EcP256), bobWith(world)};
    Expectation expected = decrypted();
    expected.recipients = {{RecipientKind::KeyTransport, u"RSA-OAEP"_s, false},
                           {RecipientKind::KeyAgreement, u"ECDH-ES"_s, true},
                           {RecipientKind::KeyTransport, u"RSA-OAEP"_s, true}};
    return letter(world, "Several recipients", envelope, expected);
}

Forgery forSomebodyElse(World &world)
{
    provider::ForgedRecipient other;
    other.certificate = world.mallory().certificate;
    provider::ForgedEnvelope envelope;
    envelope.recipients = {other};
    Expectation expected = decrypted();
    expected.summary = Summary::CannotDecrypt;
    expected.state = EncryptionState::NoKey;
    expected.protection = Protection::None;
    expected.recipients = {{RecipientKind::KeyTransport, u"RSA-OAEP"_s, false}};
    expected.text = QString();
    return letter(world, "For somebody else", envelope, expected);
}

Expectation failed()
{
    Expectation expectation = decrypted();
    expectation.summary = Summary::CannotDecrypt;
    expectation.state = EncryptionState::Failed;
    expectation.protection = Protection::None;
    expectation.text = QString();
    return expectation;
}

// The reader has neither: what is asked of it is to say so, and to say what would open the mail.
Forgery withoutKey(World &world, const QByteArray &subject, const provider::ForgedRecipient &recipient, const ExpectedRecipient &named,
                   ForgedCipher cipher = ForgedCipher::Aes256Gcm)
{
    provider::ForgedEnvelope envelope;
    envelope.recipients = {recipient};
    envelope.cipher = cipher;
    Expectation expected = cipher == ForgedCipher::Aes256Cbc ? forge::decryptedCbc() : decrypted();
    expected.summary = Summary::CannotDecrypt;
    expected.state = EncryptionState::NoKey;
    expected.protection = Protection::None;
    expected.recipients = {named};
    expected.warnings = {}; // It is not known what is inside.
    expected.text = QString();
    Forgery forgery = letter(world, subject, envelope, expected);
    forgery.password = recipient.password;
    forgery.sharedKey = recipient.sharedKey;
    return forgery;
}

Forgery forPasswordIn(World &world, ForgedCipher cipher)
{
    provider::ForgedRecipient recipient;
    recipient.password = "forged password";
    return withoutKey(world, "For a password", recipient, {RecipientKind::Password, u"PWRI-KEK"_s, false}, cipher);
}

Forgery forPassword(World &world) { return forPasswordIn(world, ForgedCipher::Aes256Gcm); }
Forgery forPasswordCbc(World &world) { return forPasswordIn(world, ForgedCipher::Aes256Cbc); }

Forgery forSharedKey(World &world)
{
    provider::ForgedRecipient recipient;
    recipient.sharedKey = {"team", base::Secret(QByteArray(32, '\x11'))};
    return withoutKey(world, "For a shared key", recipient, {RecipientKind::Kek, u"AES-256-WRAP"_s, false});
}

Forgery wrongKey(World &world)
{
    provider::ForgedEnvelope envelope;
    envelope.recipients = {bobWith(world)};
    envelope.recipients.first().delivery = provider::ForgedKeyDelivery::Wrong;
    return letter(world, "Another content key", envelope, failed());
}

// The last octets of an AuthEnvelopedData are those of its tag.
Forgery brokenTag(World &world)
{
    QByteArray der = encryptedForBob(world, textPart(world.words("tag")));
    if (!der.isEmpty())
        der.back() ^= '\x01';
    return {letterhead(world, "Tag altered") + cmsPart(der, "authEnveloped-data"), failed()};
}

Forgery brokenCiphertext(World &world)
{
    QByteArray der = encryptedForBob(world, textPart(world.words("ciphertext")));
    const qsizetype at = der.size() - 18 - 1 - world.pick("octet", 40); // before the tag and its header
    if (at > 0)
        der[at] ^= '\x10';
    return {letterhead(world, "Ciphertext altered") + cmsPart(der, "authEnveloped-data"), failed()};
}

Forgery indefinite(World &world)
{
    provider::ForgedEnvelope envelope;
    envelope.cipher = ForgedCipher::Aes256Cbc;
    envelope.recipients = {bobWith(world)};
    envelope.recipients.first().transport = provider::RsaKeyTransport::Pkcs1;
    envelope.encoding = provider::ForgedEncoding::Ber;
    return letter(world, "Encrypted in BER", envelope, decryptedCbc(u"AES-256-CBC"_s));
}

Forgery indefiniteGcm(World &world)
{
    provider::ForgedEnvelope envelope;
    envelope.recipients = {bobWith(world)};
    envelope.encoding = provider::ForgedEncoding::Ber;
    return letter(world, "AES-GCM in BER", envelope, decrypted());
}

Forgery encryptedData(World &world)
{
    Expectation expected = failed();
    expected.state = EncryptionState::NoKey;
    expected.layers = {{LayerKind::Enveloped, LayerForm::Opaque}};
    expected.recipients.clear();
    expected.cipher = u"AES-256-CBC"_s;
    return {letterhead(world, "EncryptedData") + cmsPart(world.take(provider::forgeEncryptedData(textPart("No way in."))), "enveloped-data"), expected};
}

Forgery compressed(World &world)
{
    const QByteArray words = world.words("compressed");
    Expectation expected;
    expected.layers = {{LayerKind::Compressed, LayerForm::Opaque}};
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Compressed") + cmsPart(provider::forgeCompressed(textPart(words)), "compressed-data"), expected};
}

Forgery compressedSigned(World &world)
{
    const QByteArray words = world.words("compressed and signed");
    const QByteArray inner = cmsPart(provider::forgeCompressed(textPart(words)), "compressed-data");
    Expectation expected = verified();
    expected.layers.append({LayerKind::Compressed, LayerForm::Opaque});
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Compressed, then signed") + signedEntity(world, world.alice(), inner), expected};
}

// 257 MiB of spaces in 250 KB.
Forgery bomb(World &world)
{
    Expectation expected;
    expected.summary = Summary::Malformed;
    expected.layers = {{LayerKind::Compressed, LayerForm::Opaque}};
    expected.text = QString();
    return {letterhead(world, "Compressed bomb") + cmsPart(provider::forgeCompressed(textPart(QByteArray(257 << 20, ' '))), "compressed-data"), expected};
}

Forgery signedThenEncrypted(World &world)
{
    const QByteArray words = world.words("both");
    const QByteArray inner = signedEntity(world, world.alice(), textPart(words));
    return {letterhead(world, "Signed, then encrypted") + cmsPart(encryptedForBob(world, inner), "authEnveloped-data"),
            withText(inside(decrypted(), verified()), words)};
}

// The signature inside makes up for the cipher that does not authenticate.
Forgery signedThenEncryptedCbc(World &world)
{
    const QByteArray words = world.words("both, CBC");
    const QByteArray inner = signedEntity(world, world.alice(), textPart(words));
    return {letterhead(world, "Signed, then encrypted with CBC") + cmsPart(encryptedForBob(world, inner, ForgedCipher::Aes256Cbc), "enveloped-data"),
            withText(inside(forge::decryptedCbc(), verified()), words)};
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"aes128-cbc", "AES-128-CBC: decrypted, and could have been altered unseen.", &aes128Cbc},
    {"aes192-cbc", "AES-192-CBC: decrypted, and could have been altered unseen.", &aes192Cbc},
    {"aes256-cbc", "AES-256-CBC: decrypted, and could have been altered unseen.", &aes256Cbc},
    {"aes128-gcm", "AES-128-GCM (RFC 5084): decrypted.", &aes128Gcm},
    {"aes192-gcm", "AES-192-GCM: decrypted.", &aes192Gcm},
    {"aes256-gcm", "AES-256-GCM, RSA-OAEP: decrypted.", &aes256Gcm},
    {"aes128-ccm", "AES-128-CCM (RFC 5084): decrypted.", &aes128Ccm},
    {"aes256-ccm", "AES-256-CCM: decrypted.", &aes256Ccm},
    {"chacha20-poly1305", "ChaCha20-Poly1305 (RFC 8103): decrypted.", &chaCha},
    {"3des", "3DES: decrypted, marked weak.", &tripleDes},
    {"rc2-128", "RC2 with 128 bits: decrypted, marked weak.", &rc2},
    {"rc2-40", "RC2 with 40 bits: decrypted, marked weak.", &rc2Short},
    {"to-rsa-v15", "The content key by RSA PKCS #1 v1.5: decrypted.", &pkcs1},
    {"to-p256", "Key agreement on P-256 (RFC 5753): decrypted.", &toP256},
    {"to-p256-cbc", "The same with AES-CBC, as most programs write it: decrypted, could have been altered.", &toP256Cbc},
    {"to-p384", "Key agreement on P-384: decrypted.", &toP384},
    {"to-p521", "Key agreement on P-521: decrypted.", &toP521},
    {"to-x25519", "X25519 (RFC 8418): decrypted.", &toX25519},
    {"to-x448", "X448 (RFC 8418): decrypted.", &toX448},
    {"to-ml-kem-512", "ML-KEM-512 (RFC 9629, RFC 9936): decrypted.", &toMlKem512},
    {"to-ml-kem-768", "ML-KEM-768: decrypted.", &toMlKem768},
    {"to-ml-kem-768-cbc", "ML-KEM-768 with AES-CBC: decrypted, could have been altered.", &toMlKem768Cbc},
    {"to-ml-kem-1024", "ML-KEM-1024: decrypted.", &toMlKem1024},
    {"recipient-by-key-id", "The recipient is named by subjectKeyIdentifier: decrypted.", &byKeyId},
    {"several-recipients", "Three recipients, two of them this reader's keys: decrypted.", &severalRecipients},
    {"for-somebody-else", "No key of this reader's: cannot be decrypted.", &forSomebodyElse},
    {"to-password", "PasswordRecipientInfo (RFC 3211) and no password at hand: no key.", &forPassword},
    {"to-password-cbc", "The same in EnvelopedData, as most programs write it: no key.", &forPasswordCbc},
    {"to-shared-key", "KEKRecipientInfo and no shared key at hand: no key.", &forSharedKey},
    {"content-key-wrong", "The recipient's entry holds another key than the content's: decryption fails without a hint why.", &wrongKey},
    {"tag-altered", "One bit of the tag is wrong: nothing of the text comes out.", &brokenTag},
    {"ciphertext-altered", "One bit of the ciphertext is wrong: nothing of the text comes out.", &brokenCiphertext},
    {"enveloped-ber", "EnvelopedData with indefinite lengths, the ciphertext in pieces: decrypted.", &indefinite},
    {"auth-enveloped-ber", "AuthEnvelopedData with indefinite lengths: decrypted.", &indefiniteGcm},
    {"encrypted-data", "EncryptedData, whose key was agreed on elsewhere: no key.", &encryptedData},
    {"compressed", "CompressedData (RFC 3274) protects nothing: plain.", &compressed},
    {"compressed-signed", "Compressed, then signed: verified.", &compressedSigned},
    {"compressed-bomb", "A quarter of a megabyte that inflates to 257 MiB: malformed, and soon.", &bomb},
    {"signed-encrypted", "Signed, then encrypted with AES-GCM: verified.", &signedThenEncrypted},
    {"signed-encrypted-cbc", "Signed, then encrypted with AES-CBC: the signature inside notices changes: verified.", &signedThenEncryptedCbc},
});

} // namespace

std::span<const Recipe> encryptionRecipes()
{
    return kRecipes;
}

} // namespace forge
