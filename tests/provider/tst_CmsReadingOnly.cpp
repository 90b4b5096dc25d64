// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CmsMessages.h"

#include "provider/CmsDer.h"
#include "provider/CmsOids.h"

#include <QTest>

using namespace provider;
using namespace support;
using namespace Qt::StringLiterals;

// What we read and do not write: messages are put together here, octet by octet, with EVP for the cipher.

namespace {

const QByteArray kText = "Sixteen octets..and some more of them";
const QByteArray kKek(32, '\x11');
const QByteArray kContentKey = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

struct Sealed {
    QByteArray ciphertext;
    QByteArray tag;
};

Sealed encrypt(const char *cipherName, const QByteArray &nonce, int tagOctets, const QByteArray &associated = {})
{
    const EvpCipherPtr cipher(EVP_CIPHER_fetch(nullptr, cipherName, nullptr));
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    const bool isCcm = QByteArray(cipherName).endsWith("CCM");
    Sealed result{QByteArray(kText.size(), '\0'), QByteArray(tagOctets, '\0')};
    int written = 0;
    EVP_EncryptInit_ex2(context.get(), cipher.get(), nullptr, nullptr, nullptr);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, int(nonce.size()), nullptr);
    if (isCcm)
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tagOctets, nullptr);
    EVP_EncryptInit_ex2(context.get(), nullptr, cms::octets(kContentKey), cms::octets(nonce), nullptr);
    if (isCcm)
        EVP_EncryptUpdate(context.get(), nullptr, &written, nullptr, int(kText.size()));
    if (!associated.isEmpty())
        EVP_EncryptUpdate(context.get(), nullptr, &written, cms::octets(associated), int(associated.size()));
    EVP_EncryptUpdate(context.get(), cms::octets(result.ciphertext), &written, cms::octets(kText), int(kText.size()));
    EVP_EncryptFinal_ex(context.get(), cms::octets(result.ciphertext) + written, &written);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tagOctets, result.tag.data());
    return result;
}

QByteArray sequence(const QByteArray &body)
{
    return cms::derWrap(V_ASN1_SEQUENCE, body);
}

/// AES-256-WRAP and kContentKey in it.
QByteArray wrappedWith(const QByteArray &kek)
{
    const EvpCipherPtr cipher(EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr));
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    QByteArray wrapped(40, '\0');
    int written = 0;
    EVP_EncryptInit_ex2(context.get(), cipher.get(), cms::octets(kek), nullptr, nullptr);
    EVP_EncryptUpdate(context.get(), cms::octets(wrapped), &written, cms::octets(kContentKey), int(kContentKey.size()));
    return sequence(cms::derOid("2.16.840.1.101.3.4.1.45")) + cms::derOctets(wrapped);
}

/// A KEKRecipientInfo for kKek.
QByteArray kekRecipient()
{
    return cms::derContext(2, cms::derInteger(4) + sequence(cms::derOctets("team")) + wrappedWith(kKek));
}

/// A PasswordRecipientInfo with PBKDF2 and HMAC-SHA-1, the default.
QByteArray passwordRecipient(const QByteArray &password)
{
    const QByteArray salt = "saltsalt";
    QByteArray kek(32, '\0');
    PKCS5_PBKDF2_HMAC(password.constData(), int(password.size()), cms::octets(salt), int(salt.size()), 1000, EVP_sha1(), int(kek.size()), cms::octets(kek));
    const QByteArray derivation = cms::derOid("1.2.840.113549.1.5.12") + sequence(cms::derOctets(salt) + cms::derInteger(1000));
    return cms::derContext(3, cms::derInteger(0) + cms::derContext(0, derivation) + wrappedWith(kek));
}

QByteArray encryptedContent(const QByteArray &cipherOid, const QByteArray &parameters, const QByteArray &ciphertext)
{
    QByteArray implicitContent = cms::derOctets(ciphertext);
    implicitContent[0] = char(0x80);
    return sequence(cms::derOid(cms::kOidData) + sequence(cms::derOid(cipherOid.constData()) + parameters) + implicitContent);
}

QByteArray authEnveloped(const QByteArray &cipherOid, const QByteArray &parameters, const Sealed &sealed, const QByteArray &attributes = {},
                         const QByteArray &recipient = kekRecipient())
{
    const QByteArray content = encryptedContent(cipherOid, parameters, sealed.ciphertext);
    const QByteArray body = cms::derInteger(0) + cms::derWrap(V_ASN1_SET, recipient) + content + attributes + cms::derOctets(sealed.tag);
    return sequence(cms::derOid(cms::kOidAuthEnvelopedData) + cms::derContext(0, sequence(body)));
}

CmsResult openWithKek(const QByteArray &message)
{
    CmsOptions options;
    options.sharedKeys = {{"team", base::Secret(kKek)}};
    return cmsDecrypt(message, {}, options);
}

} // namespace

class TestCmsReadingOnly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authenticatedCiphersAreRead_data()
    {
        QTest::addColumn<QByteArray>("cipher");
        QTest::addColumn<QByteArray>("oid");
        QTest::addColumn<QByteArray>("nonce");
        QTest::addColumn<int>("tagOctets");
        QTest::addColumn<QString>("name");
        QTest::newRow("GCM, 16") << QByteArray("AES-256-GCM") << QByteArray("2.16.840.1.101.3.4.1.46") << QByteArray(12, '\1') << 16 << u"AES-256-GCM"_s;
        QTest::newRow("GCM, 12") << QByteArray("AES-256-GCM") << QByteArray("2.16.840.1.101.3.4.1.46") << QByteArray(12, '\1') << 12 << u"AES-256-GCM"_s;
        QTest::newRow("GCM, 13, long nonce") << QByteArray("AES-256-GCM") << QByteArray("2.16.840.1.101.3.4.1.46") << QByteArray(16, '\1') << 13 << u"AES-256-GCM"_s;
        QTest::newRow("CCM, 16") << QByteArray("AES-256-CCM") << QByteArray("2.16.840.1.101.3.4.1.47") << QByteArray(12, '\1') << 16 << u"AES-256-CCM"_s;
        QTest::newRow("CCM, 12") << QByteArray("AES-256-CCM") << QByteArray("2.16.840.1.101.3.4.1.47") << QByteArray(7, '\1') << 12 << u"AES-256-CCM"_s;
        QTest::newRow("ChaCha20") << QByteArray("ChaCha20-Poly1305") << QByteArray(cms::kOidChaCha20Poly1305) << QByteArray(12, '\1') << 16 << u"ChaCha20-Poly1305"_s;
    }

    void authenticatedCiphersAreRead()
    {
        QFETCH(QByteArray, cipher);
        QFETCH(QByteArray, oid);
        QFETCH(QByteArray, nonce);
        QFETCH(int, tagOctets);
        QByteArray parameters = cms::derOctets(nonce);
        if (!cipher.startsWith("ChaCha"))
            parameters = sequence(parameters + (tagOctets == 12 ? QByteArray() : cms::derInteger(tagOctets)));
        const Sealed sealed = encrypt(cipher.constData(), nonce, tagOctets);
        const CmsResult result = openWithKek(authEnveloped(oid, parameters, sealed));
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kText);
        QTEST(result.facts.cipher.name, "name");
        QCOMPARE(result.facts.protection, CmsProtection::Authenticated);
        Sealed altered = sealed;
        altered.ciphertext[5] ^= 1;
        QCOMPARE(openWithKek(authEnveloped(oid, parameters, altered)).facts.fault, CmsFault::DecryptionFailed);
        altered = sealed;
        altered.tag[tagOctets - 1] ^= 1;
        QCOMPARE(openWithKek(authEnveloped(oid, parameters, altered)).facts.fault, CmsFault::DecryptionFailed);
        altered = sealed;
        altered.tag.chop(8); // a tag shorter than its parameters say must not be enough
        QCOMPARE(openWithKek(authEnveloped(oid, parameters, altered)).facts.fault, CmsFault::DecryptionFailed);
    }

    void passwordMayWrapAsSharedKeysDo()
    {
        const QByteArray nonce(12, '\1');
        const QByteArray message = authEnveloped("2.16.840.1.101.3.4.1.46", sequence(cms::derOctets(nonce) + cms::derInteger(16)),
                                                 encrypt("AES-256-GCM", nonce, 16), {}, passwordRecipient("open sesame"));
        CmsOptions options;
        options.password = base::Secret("open sesame");
        const CmsResult result = cmsDecrypt(message, {}, options);
        QVERIFY2(result.success, qPrintable(result.facts.detail));
        QCOMPARE(result.output, kText);
        options.password = base::Secret("open barley");
        QCOMPARE(cmsDecrypt(message, {}, options).facts.fault, CmsFault::DecryptionFailed);
    }

    void shortTagsAreNotAccepted()
    {
        const QByteArray nonce(12, '\1');
        const Sealed sealed = encrypt("AES-256-GCM", nonce, 4);
        const QByteArray parameters = sequence(cms::derOctets(nonce) + cms::derInteger(4));
        const CmsResult result = openWithKek(authEnveloped("2.16.840.1.101.3.4.1.46", parameters, sealed));
        QCOMPARE(result.facts.fault, CmsFault::UnsupportedAlgorithm);
        QVERIFY(result.output.isEmpty());
    }

    void authenticatedAttributesAreCoveredByTheTag()
    {
        const QByteArray nonce(12, '\1');
        const QByteArray attribute = sequence(cms::derOid(cms::kOidContentTypeAttribute) + cms::derWrap(V_ASN1_SET, cms::derOid(cms::kOidData)));
        const Sealed sealed = encrypt("AES-256-GCM", nonce, 16, cms::derWrap(V_ASN1_SET, attribute));
        const QByteArray parameters = sequence(cms::derOctets(nonce) + cms::derInteger(16));
        const QByteArray oid = "2.16.840.1.101.3.4.1.46";
        QCOMPARE(openWithKek(authEnveloped(oid, parameters, sealed, cms::derContext(1, attribute))).output, kText);
        QCOMPARE(openWithKek(authEnveloped(oid, parameters, sealed)).facts.fault, CmsFault::DecryptionFailed);
    }

    void authenticatedCipherInEnvelopedDataIsUnsupported()
    {
        // So that nobody strips the tag of a message (RFC 9709's downgrade). Programs that write this have not damaged anything.
        const QByteArray nonce(12, '\1');
        const Sealed sealed = encrypt("AES-256-GCM", nonce, 16);
        const QByteArray content = encryptedContent("2.16.840.1.101.3.4.1.46", sequence(cms::derOctets(nonce) + cms::derInteger(16)), sealed.ciphertext + sealed.tag);
        const QByteArray body = cms::derInteger(2) + cms::derWrap(V_ASN1_SET, kekRecipient()) + content;
        const CmsResult opened = openWithKek(sequence(cms::derOid(cms::kOidEnvelopedData) + cms::derContext(0, sequence(body))));
        QVERIFY(!opened.success);
        QCOMPARE(opened.facts.fault, CmsFault::UnsupportedAlgorithm);
    }

private:
    WithProvider m_provider;
};

QTEST_GUILESS_MAIN(TestCmsReadingOnly)
#include "tst_CmsReadingOnly.moc"
