// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateFacts.h"
#include "provider/CmsStructure.h"
#include "provider/SmimeCapabilities.h"
#include "smime/Capabilities.h"
#include "smime/CmsReading.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"
#include "support/CmsMessages.h"

#include <algorithm>

using namespace smime;
using namespace smimetest;

namespace {

QList<StepKind> failedSteps(const OpenedMessage &opened)
{
    QList<StepKind> failed;
    for (const Step &step : opened.steps)
        if (step.outcome == StepOutcome::Failed)
            failed.append(step.kind);
    return failed;
}

QList<StepKind> kinds(const OpenedMessage &opened)
{
    QList<StepKind> all;
    for (const Step &step : opened.steps)
        all.append(step.kind);
    return all;
}

} // namespace

class TestSealOpen : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;

    /// What Bob's RSA key unwraps: the content key, by QCA's own decrypt().
    QByteArray contentKey(const QByteArray &der, const provider::CmsStructure &structure) const
    {
        const QByteArray serial = support::factsOf(m_world.bob.certificate).serial;
        qsizetype at = -1;
        for (const provider::CmsRecipient &recipient : structure.recipients) {
            // An OCTET STRING of the 256 octets of RSA-2048; both readers have such keys.
            at = der.indexOf(QByteArray::fromHex("04820100"), at + 1);
            if (at < 0 || recipient.id.serialHex != serial)
                continue;
            QCA::SecureArray key;
            QCA::PrivateKey reader = m_world.bob.key;
            return reader.decrypt(QCA::SecureArray{der.sliced(at + 4, 256)}, &key, QCA::EME_PKCS1v15) ? key.toByteArray() : QByteArray{};
        }
        return {};
    }

private Q_SLOTS:
    void whatAliceSealsBobOpensVerified_data()
    {
        QTest::addColumn<SignatureForm>("form");
        QTest::addColumn<CipherWish>("cipher");
        QTest::addColumn<KeyTransportWish>("transport");
        QTest::addColumn<Protection>("protection");
        QTest::addColumn<QString>("cipherName");
        QTest::newRow("detached, unknown peer") << SignatureForm::Detached << CipherWish::Auto << KeyTransportWish::Auto << Protection::Unauthenticated << u"AES-256-CBC"_s;
        QTest::newRow("detached, GCM and OAEP") << SignatureForm::Detached << CipherWish::Aes256Gcm << KeyTransportWish::Oaep << Protection::Authenticated << u"AES-256-GCM"_s;
        QTest::newRow("opaque, AES-128-CBC") << SignatureForm::Opaque << CipherWish::Aes128Cbc << KeyTransportWish::RsaPkcs1 << Protection::Unauthenticated << u"AES-128-CBC"_s;
        QTest::newRow("opaque, AES-128-GCM") << SignatureForm::Opaque << CipherWish::Aes128Gcm << KeyTransportWish::Auto << Protection::Authenticated << u"AES-128-GCM"_s;
    }

    void whatAliceSealsBobOpensVerified()
    {
        QFETCH(SignatureForm, form);
        QFETCH(CipherWish, cipher);
        QFETCH(KeyTransportWish, transport);
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.signature = form;
        request.cipher = cipher;
        request.keyTransport = transport;
        const QByteArray message = sealed(request);
        QVERIFY(!message.contains("noon") && !message.contains("Lunch"));
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(opened.verdict.signature.coverage, Coverage::Whole);
        QCOMPARE(opened.verdict.encryption.state, EncryptionState::Decrypted);
        QTEST(opened.verdict.encryption.protection, "protection");
        QTEST(opened.verdict.encryption.cipher, "cipherName");
        QCOMPARE(text(opened), u"Shall we meet at noon?"_s);
        QCOMPARE(shown(opened, "Subject"), u"Lunch on Friday"_s);
        QCOMPARE(opened.verdict.warnings, QStringList{});
    }

    void aLetterThatWasPassedOnSaysSo()
    {
        // Bob takes Alice's letter out of its encryption and encrypts it for Carol: her signature is as good as before.
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.encryption = Encryption::None;
        const QByteArray letter = sealed(request);
        const Person carol = m_world.issue(u"carol@example.org"_s);
        const auto openedBy = [&](const Person &reader) {
            return open(m_world.openRequest(header() + cmsPart(support::cmsEncrypt(letter, {reader}).output), {reader}));
        };
        QCOMPARE(openedBy(carol).verdict.summary, Summary::Verified);
        QVERIFY(openedBy(carol).verdict.warnings.contains(u"addressed-to-others"_s));
        QVERIFY(!openedBy(m_world.bob).verdict.warnings.contains(u"addressed-to-others"_s));
        QVERIFY(!openedBy(m_world.alice).verdict.warnings.contains(u"addressed-to-others"_s));
    }

    void realSubjectIsHiddenOutsideAndShownInside()
    {
        const OpenedMessage opened = m_world.open(sealed(m_world.sealRequest(lunchDraft())));
        const ShownField *subject = opened.header("Subject");
        QVERIFY(subject);
        QCOMPARE(subject->outer, std::optional<QString>(u"[...]"_s));
        QCOMPARE(subject->protection, CryptographicStatus::SignedAndEncrypted);
        QCOMPARE(opened.header("From")->protection, CryptographicStatus::Signed);
        QCOMPARE(opened.header("Date")->value, u"Mon, 01 Jun 2026 12:00:00 +0000"_s);
    }

    void hiddenFieldsAreRepeatedForProgramsThatDoNotKnowBetter_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<HeaderPolicy>("policy");
        QTest::addColumn<QByteArrayList>("repeated");
        const QByteArray text = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nShall we meet at noon?\r\n";
        const QByteArray html = "Content-Type: text/html; charset=utf-8\r\n\r\n<html><body class=\"x\"><p>Shall we meet at noon?</p></body></html>\r\n";
        const QByteArray both = "Content-Type: multipart/alternative; boundary=\"alt\"\r\n\r\n--alt\r\n" + text + "\r\n--alt\r\n" + html + "\r\n--alt--\r\n";
        const QByteArray mixed = "Content-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\n" + both
            + "\r\n--mix\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\nPDF\r\n--mix--\r\n";
        const QByteArrayList subject{"Subject: Lunch on Friday"};
        QTest::newRow("text") << text << HeaderPolicy::Baseline << subject;
        QTest::newRow("HTML") << html << HeaderPolicy::Baseline << QByteArrayList{"<pre>Subject: Lunch on Friday"};
        QTest::newRow("both") << both << HeaderPolicy::Baseline << QByteArrayList{"Subject: Lunch on Friday", "<pre>Subject: Lunch on Friday"};
        QTest::newRow("with an attachment") << mixed << HeaderPolicy::Baseline << QByteArrayList{"Subject: Lunch on Friday", "<pre>Subject: Lunch on Friday"};
        QTest::newRow("shy") << text << HeaderPolicy::Shy << QByteArrayList{"Subject: Lunch on Friday", "From: Alice <alice@example.org>", "To: Bob <bob@example.org>"};
        QTest::newRow("another character set stays") << QByteArray("Content-Type: text/plain; charset=iso-8859-1\r\n\r\nShall we meet at noon?\r\n")
                                                     << HeaderPolicy::Baseline << QByteArrayList{};
        QTest::newRow("nothing hidden") << text << HeaderPolicy::None << QByteArrayList{};
    }

    void hiddenFieldsAreRepeatedForProgramsThatDoNotKnowBetter()
    {
        QFETCH(QByteArray, content);
        QFETCH(HeaderPolicy, policy);
        QFETCH(QByteArrayList, repeated);
        const QByteArray draft = lunchDraft();
        SealRequest request = m_world.sealRequest(draft.first(draft.indexOf("Content-Type")) + content);
        request.headers = policy;
        request.signature = SignatureForm::None;
        const QByteArray message = sealed(request);
        const QByteArray inside = *octetsInside(message, keysOf({m_world.bob}));
        QCOMPARE(inside.contains("hp-legacy-display"), !repeated.isEmpty());
        const QByteArray text = inside.sliced(inside.indexOf("\r\n\r\n"));
        for (const QByteArray &line : std::as_const(repeated))
            QVERIFY2(text.contains(line), inside);
        // Whoever knows better drops the copies again, also in answers.
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(smimetest::text(opened), u"Shall we meet at noon?"_s);
        QVERIFY(!opened.html || !opened.html->contains(u"Lunch"_s));
        QCOMPARE(shown(opened, "Subject"), u"Lunch on Friday"_s);
    }

    void stepsAreThoseThatHappened()
    {
        const OpenedMessage opened = m_world.open(sealed(m_world.sealRequest(lunchDraft())));
        const QList<StepKind> expected{StepKind::Received, StepKind::Envelope, StepKind::KeyUnwrapped, StepKind::ContentDecrypted,
                                       StepKind::Signature, StepKind::Path, StepKind::ProtectedHeaders};
        QCOMPARE(kinds(opened), expected);
        QVERIFY(failedSteps(opened).isEmpty());
        const Signer &signer = opened.verdict.signature.signers.first();
        QCOMPARE(signer.digestComputed, signer.digestSigned);
        QCOMPARE(signer.digestComputed.size(), 32);
    }

    void signedOnlyMailIsReadableByAnybodyAndVerified_data()
    {
        QTest::addColumn<SignatureForm>("form");
        QTest::newRow("detached") << SignatureForm::Detached;
        QTest::newRow("opaque") << SignatureForm::Opaque;
    }

    void signedOnlyMailIsReadableByAnybodyAndVerified()
    {
        QFETCH(SignatureForm, form);
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.signature = form;
        request.encryption = Encryption::None;
        const QByteArray message = sealed(request);
        const OpenedMessage opened = open(m_world.openRequest(message, {}));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(opened.verdict.encryption.state, EncryptionState::None);
        QCOMPARE(text(opened), u"Shall we meet at noon?"_s);
        QCOMPARE(opened.header("Subject")->protection, CryptographicStatus::Signed);
    }

    void whatStandsOutsideIsNotCalledEncrypted()
    {
        // The sender records no outer subject.
        const auto protectionBeside = [this](const QByteArray &subject) {
            const QByteArray inner = "From: alice@example.org\r\nSubject: " + subject + "\r\nContent-Type: text/plain; hp=\"cipher\"\r\n\r\nHello.\r\n";
            return m_world.open(header() + cmsPart(support::cmsEncrypt(inner, {m_world.bob}).output)).header("Subject")->protection;
        };
        QCOMPARE(protectionBeside("Another"), CryptographicStatus::Encrypted);
        QCOMPARE(protectionBeside("Test"), CryptographicStatus::None);
    }

    void mailStoredWithLineFeedsVerifiesAllTheSame()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.encryption = Encryption::None;
        QByteArray message = sealed(request);
        message.replace("\r\n", "\n");
        QCOMPARE(m_world.open(message).verdict.summary, Summary::Verified);
    }

    void encryptedOnlyMailIsDecrypted()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.signature = SignatureForm::None;
        const OpenedMessage opened = m_world.open(sealed(request));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY(opened.verdict.warnings.contains(u"not-authenticated"_s));
        QCOMPARE(text(opened), u"Shall we meet at noon?"_s);
    }

    void unprotectedMailIsPlain()
    {
        const OpenedMessage opened = m_world.open(lunchDraft());
        QCOMPARE(opened.verdict.summary, Summary::Plain);
        QCOMPARE(text(opened), u"Shall we meet at noon?"_s);
        QCOMPARE(kinds(opened), QList<StepKind>{StepKind::Received});
    }

    void mailForSomebodyElseSaysForWhom()
    {
        const OpenedMessage opened = open(m_world.openRequest(sealed(m_world.sealRequest(lunchDraft())), {m_world.mallory}));
        QCOMPARE(opened.verdict.summary, Summary::CannotDecrypt);
        QCOMPARE(opened.verdict.encryption.state, EncryptionState::NoKey);
        QCOMPARE(opened.verdict.encryption.recipients.size(), 2);
        QVERIFY(opened.text.isEmpty());
        QCOMPARE(opened.fault->code, base::ErrorCode::NoDecryptionKey);
    }

    void recipientIsFoundHoweverHisIssuerIsWritten()
    {
        provider::CertificateFacts facts;
        facts.serial = "07";
        facts.issuerDer = "as the certificate has it";
        facts.issuer = u"CN=Good CA,O=Example"_s;
        provider::CmsIdentifier id{u"CN=GOOD  CA,O=Example"_s, "as the message has it", facts.serial, {}};
        QVERIFY(smime::isNamedBy(facts, id)); // of two blanks nobody was found
        id.issuer = u"CN=GoodCA,O=Example"_s;
        QVERIFY(!smime::isNamedBy(facts, id));
    }

    void senderReadsTheSentCopy()
    {
        const base::Result<SealedMail> mail = seal(m_world.sealRequest(lunchDraft()));
        QVERIFY(mail.isOk());
        const OpenedMessage opened = open(m_world.openRequest(mail->sentCopy, {m_world.alice}));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
    }

    void twoMailsOfTheSameTextShareNoKeyNoNonceAndNoCiphertext()
    {
        const QByteArray draft = lunchDraft() + QByteArray("We meet at the same place as always.\r\n").repeated(54);
        QVERIFY(draft.size() > 2048);
        struct Parts { QByteArray key, parameters, ciphertext; };
        const auto seal = [&](CipherWish cipher) {
            SealRequest request = m_world.sealRequest(draft);
            request.signature = SignatureForm::None;
            request.cipher = cipher;
            request.keyTransport = KeyTransportWish::RsaPkcs1;
            const QByteArray message = sealed(request);
            const QByteArray der = QByteArray::fromBase64(message.sliced(message.indexOf("\r\n\r\n")));
            const base::Result<provider::CmsStructure> structure = provider::readCmsStructure(der);
            Parts parts{contentKey(der, *structure), structure->contentEncryption.parameters, {}};
            for (const provider::CmsRange &range : structure->content)
                parts.ciphertext += QByteArrayView(der).sliced(range.offset, range.length);
            return parts;
        };
        for (CipherWish cipher : {CipherWish::Aes256Gcm, CipherWish::Aes256Cbc}) {
            const Parts first = seal(cipher);
            const Parts second = seal(cipher);
            QVERIFY(first.ciphertext.size() > 2048);
            QCOMPARE(first.key.size(), 32);
            QCOMPARE(second.key.size(), 32);
            QVERIFY(first.key != second.key);
            QVERIFY(first.parameters != second.parameters);
            // Sixteen octets in common at the same place would betray the same key stream.
            for (qsizetype i = 0; i + 16 <= std::min(first.ciphertext.size(), second.ciphertext.size()); ++i)
                QVERIFY(first.ciphertext.sliced(i, 16) != second.ciphertext.sliced(i, 16));
        }
    }

    void hiddenRecipientIsInNobodyElsesEnvelope()
    {
        SealRequest request = m_world.sealRequest("Bcc: mallory@example.org\r\n" + lunchDraft());
        request.recipients.append({{u"Mallory"_s, u"mallory@example.org"_s}, RecipientRole::Bcc, m_world.mallory.der(), {}});
        const base::Result<SealedMail> mail = seal(request);
        QVERIFY(mail.isOk());
        QCOMPARE(mail->envelopes.size(), 2);
        QCOMPARE(mail->envelopes[0].recipients, QStringList{u"bob@example.org"_s});
        QCOMPARE(mail->envelopes[1].recipients, QStringList{u"mallory@example.org"_s});
        const OpenedMessage atBob = m_world.open(mail->envelopes[0].message);
        QCOMPARE(atBob.verdict.encryption.recipients.size(), 2);
        QVERIFY(!mail->envelopes[0].message.contains("mallory"));
        QCOMPARE(open(m_world.openRequest(mail->envelopes[0].message, {m_world.mallory})).verdict.summary, Summary::CannotDecrypt);
        const OpenedMessage atMallory = open(m_world.openRequest(mail->envelopes[1].message, {m_world.mallory}));
        QCOMPARE(atMallory.verdict.summary, Summary::Verified);
        QVERIFY(!atMallory.header("Bcc"));
        QVERIFY(mail->sentCopy.startsWith("Bcc: "));
    }

    void recipientsWhoCannotBeWrittenToAreNamed_data()
    {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<base::ErrorCode>("code");
        QTest::newRow("no certificate") << u"none"_s << base::ErrorCode::RecipientWithoutCertificate;
        QTest::newRow("unreadable") << u"garbage"_s << base::ErrorCode::NotACertificate;
        QTest::newRow("expired") << u"expired"_s << base::ErrorCode::CertificateExpired;
        QTest::newRow("not yet valid") << u"future"_s << base::ErrorCode::CertificateNotYetValid;
        QTest::newRow("for signing only") << u"signing"_s << base::ErrorCode::CertificateWrongUsage;
        QTest::newRow("key of 1024 bits") << u"short"_s << base::ErrorCode::CertificateTooWeak;
        QTest::newRow("another address") << u"address"_s << base::ErrorCode::RecipientWithoutCertificate;
    }

    void recipientsWhoCannotBeWrittenToAreNamed()
    {
        QFETCH(QString, case_);
        provider::CertificateProfile profile = support::personProfile(u"carol@example.org"_s);
        if (case_ == "expired"_L1) {
            profile.issuedAt = testTime().addYears(-2);
            profile.validUntil = testTime().addDays(-1);
        }
        if (case_ == "future"_L1)
            profile.issuedAt = testTime().addDays(2);
        if (case_ == "signing"_L1)
            profile.mailUse = provider::MailUse::Sign;
        if (case_ == "address"_L1)
            profile.addresses = {u"dora@example.org"_s};
        QByteArray certificate = m_world.issue(profile).der();
        if (case_ == "short"_L1) {
            const QCA::PublicKey key = QCA::KeyGenerator().createRSA(1024).toPublicKey();
            certificate = provider::issueCertificate(m_world.authority.certificate, m_world.authority.key, key, profile)->toDER();
        }
        if (case_ == "none"_L1)
            certificate.clear();
        if (case_ == "garbage"_L1)
            certificate = "no certificate";
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.recipients.append({{u"Carol"_s, u"carol@example.org"_s}, RecipientRole::Cc, certificate, {}});
        const base::Result<SealedMail> mail = seal(request);
        QVERIFY(!mail.isOk());
        QTEST(mail.error().code, "code");
        QCOMPARE(mail.error().detail, u"carol@example.org"_s);
    }

    void oneAlteredByteOfTheCiphertextFailsExactlyThatStep()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.cipher = CipherWish::Aes256Gcm;
        const QByteArray altered = withChangedCms(sealed(request), [](QByteArray &der) {
            der[der.size() - 200] = static_cast<char>(der[der.size() - 200] ^ 1);
        });
        const OpenedMessage opened = m_world.open(altered);
        QCOMPARE(opened.verdict.summary, Summary::CannotDecrypt);
        QCOMPARE(failedSteps(opened), QList<StepKind>{StepKind::ContentDecrypted});
        QVERIFY(opened.text.isEmpty());
    }

    void nothingOfAMailStaysForTheNextOfTheThread()
    {
        const QByteArray message = sealed(m_world.sealRequest(lunchDraft()));
        base::Result<mime::Structure> structure = mime::parseStructure(message);
        QVERIFY(structure);
        const WalkBegin begin;
        const WalkedMessage walked = walkLayers({message, std::move(structure).value()}, m_world.openRequest(message, {m_world.bob}), {}, begin);
        QVERIFY(!walked.fault && walked.layers.size() == 2);
        QCOMPARE(begin.effort.use_count(), 1); // It is among the options, as passwords are.
    }

    void unknownCipherIsNoFailure()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.cipher = CipherWish::Aes256Gcm;
        const OpenedMessage opened = m_world.open(withChangedCms(sealed(request), [](QByteArray &der) {
            der.replace(QByteArray::fromHex("060960864801650304012e"), QByteArray::fromHex("060960864801650304017e"));
        }));
        QCOMPARE(opened.verdict.summary, Summary::CannotDecrypt);
        QCOMPARE(opened.fault->code, base::ErrorCode::AlgorithmUnsupported);
        QVERIFY(failedSteps(opened).isEmpty());
        QCOMPARE(opened.steps.last().kind, StepKind::KeyUnwrapped);
        QCOMPARE(opened.steps.last().outcome, StepOutcome::NotChecked);
    }

    void oneAlteredByteOfTheSignedTextFailsExactlyThatStep()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.encryption = Encryption::None;
        QByteArray message = sealed(request);
        message.replace("at noon", "at nine");
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Altered);
        QCOMPARE(failedSteps(opened), QList<StepKind>{StepKind::Signature});
        QVERIFY(opened.verdict.signature.signers.first().digestComputed != opened.verdict.signature.signers.first().digestSigned);
    }

    void mallorysLetterWithAlicesAddressIsImpersonated()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.keys = keysOf({m_world.mallory});
        const OpenedMessage opened = m_world.open(sealed(request));
        QCOMPARE(opened.verdict.summary, Summary::Impersonated);
        QCOMPARE(opened.verdict.signature.signers.first().addresses, QStringList{u"mallory@example.org"_s});
    }

    void strangersCertificateWithAlicesAddressIsUnverified()
    {
        const Person stranger = support::issue({}, provider::KeyType::Rsa2048, support::personProfile(u"alice@example.org"_s));
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.keys = keysOf({stranger});
        const OpenedMessage opened = m_world.open(sealed(request));
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        QCOMPARE(opened.verdict.signature.axes.chain, Chain::Untrusted);
    }

    void everyKeyTypeSealsAndOpens_data()
    {
        QTest::addColumn<provider::KeyType>("signing");
        QTest::addColumn<provider::KeyType>("receiving");
        using K = provider::KeyType;
        QTest::newRow("P-256") << K::EcP256 << K::EcP256;
        QTest::newRow("P-384") << K::EcP384 << K::EcP384;
        QTest::newRow("Ed25519 and X25519") << K::Ed25519 << K::X25519;
        QTest::newRow("ML-DSA-65 and ML-KEM-768") << K::MlDsa65 << K::MlKem768;
    }

    void everyKeyTypeSealsAndOpens()
    {
        QFETCH(provider::KeyType, signing);
        QFETCH(provider::KeyType, receiving);
        const Person signer = m_world.issue(u"alice@example.org"_s, signing);
        const Person own = m_world.issue(u"alice@example.org"_s, receiving);
        const Person reader = m_world.issue(u"bob@example.org"_s, receiving);
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.keys = keysOf({signer, own});
        request.recipients[0].certificate = reader.der();
        const OpenedMessage opened = open(m_world.openRequest(sealed(request), {reader}));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(text(opened), u"Shall we meet at noon?"_s);
        // RSA's padding was announced for keys of any kind, and their own way of agreement for none.
        const QList<provider::SmimeCapability> announced = provider::ownCapabilities(provider::describeKey(own.key));
        QCOMPARE(opened.signerCapabilitiesDer, provider::encodeSmimeCapabilities(announced));
        QVERIFY(!Capabilities::fromDer(opened.signerCapabilitiesDer).canOaep());
    }

    void storedDraftKeepsEveryFieldAndOpensOnlyForItsAuthor()
    {
        SealRequest request = m_world.sealRequest("Bcc: mallory@example.org\r\n" + lunchDraft());
        request.recipients.clear();
        request.signature = SignatureForm::None;
        const QByteArray stored = sealed(request);
        QVERIFY(!stored.contains("noon") && !stored.contains("mallory"));
        const base::Result<QByteArray> octets = octetsInside(stored, keysOf({m_world.alice}));
        QVERIFY(octets.isOk());
        QVERIFY(octets->contains("Bcc: mallory@example.org\r\n"));
        QVERIFY(octets->contains("Subject: Lunch on Friday\r\n"));
        QCOMPARE(octetsInside(stored, keysOf({m_world.bob})).error().code, base::ErrorCode::NoDecryptionKey);
    }

    void sealingWithoutKeysOrRecipientsIsRefused()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.keys = nullptr;
        QCOMPARE(seal(request).error().code, base::ErrorCode::KeyNotFound);
        request = m_world.sealRequest(lunchDraft());
        request.recipients.clear();
        QCOMPARE(seal(request).error().code, base::ErrorCode::RecipientMissing);
        base::Cancellation cancelled;
        cancelled.request();
        QCOMPARE(seal(m_world.sealRequest(lunchDraft()), cancelled).error().code, base::ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSealOpen)
#include "tst_SealOpen.moc"
