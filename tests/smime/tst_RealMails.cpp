// SPDX-License-Identifier: GPL-3.0-or-later

// Sealed mail as other programs write it, and as files and gateways leave it: none of this is a reason to doubt a signature, or to believe one.

#include "smime/CmsParts.h"
#include "smime/Inspect.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"
#include "support/Pkix.h"

#include <openssl/cms.h>

#include <functional>

using namespace smime;
using namespace smimetest;
namespace pkix = support::pkix;

namespace {

using Change = std::function<QByteArray(const QByteArray &)>;

Change replacing(const QByteArray &what, const QByteArray &with)
{
    return [=](QByteArray mail) {
        Q_ASSERT(mail.contains(what));
        return mail.replace(what, with);
    };
}

/// The base64 between the last empty line and what follows it, in lines of other lengths.
QByteArray rewrapped(QByteArray mail, const QList<qsizetype> &lengths)
{
    const qsizetype begin = mail.lastIndexOf("\r\n\r\n") + 4;
    qsizetype end = mail.indexOf("\r\n--", begin);
    end = end < 0 ? mail.size() : end;
    const QByteArray base64 = mail.sliced(begin, end - begin).simplified().replace(' ', "");
    QByteArray lines;
    for (qsizetype at = 0, n = 0; at < base64.size(); ++n) {
        const qsizetype length = lengths[n % lengths.size()];
        lines += base64.sliced(at, std::min(length, base64.size() - at)) + "\r\n";
        at += length;
    }
    return mail.first(begin) + lines + mail.sliced(end);
}

} // namespace

class TestRealMails : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;
    const QByteArray m_entity = textPart("A letter.\r\n\r\nFrom here on it is longer.");

    QByteArray signatureOf(const Person &signer, const QByteArray &content) const { return detachedBy({signer}, content); }
    QByteArray detachedMail(const Person &signer) const { return header() + signedPart(m_entity, signatureOf(signer, m_entity)); }
    QByteArray opaqueMail() const
    {
        return header() + cmsPart(opaqueBy(m_world.alice, m_entity), "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m");
    }

    /// Somebody issued by `issuer` with a certificate made by OpenSSL.
    static Person strange(const Person &issuer, const pkix::Spec &spec)
    {
        const pkix::Entity by = pkix::entityOf(issuer);
        return pkix::identityOf(pkix::issue(&by, spec));
    }

private Q_SLOTS:
    void detachedSignatureSurvives_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("nothing") << Change([](const QByteArray &mail) { return mail; });
        QTest::newRow("byte order mark") << Change([](const QByteArray &mail) { return "\xef\xbb\xbf" + mail; });
        QTest::newRow("leading empty lines") << Change([](const QByteArray &mail) { return "\r\n\r\n" + mail; });
        QTest::newRow("leading empty lines, LF") << Change([](QByteArray mail) { return "\n" + mail.replace("\r\n", "\n"); });
        QTest::newRow("mbox line") << Change([](const QByteArray &mail) { return "From alice@example.org Mon Jun  1 12:00:00 2026\r\n" + mail; });
        QTest::newRow("LF line ends") << Change([](QByteArray mail) { return mail.replace("\r\n", "\n"); });
        QTest::newRow("one line of base64") << Change([](const QByteArray &mail) { return rewrapped(mail, {1 << 20}); });
        QTest::newRow("odd lines of base64") << Change([](const QByteArray &mail) { return rewrapped(mail, {1, 3, 61, 2, 7}); });
        QTest::newRow("old type of the signature") << replacing("Type: application/pkcs7-signature", "Type: application/x-pkcs7-signature");
        QTest::newRow("old protocol") << replacing("protocol=\"application/pkcs7-signature\"", "protocol=\"application/x-pkcs7-signature\"");
        QTest::newRow("no micalg") << replacing(" micalg=sha-256;", "");
        QTest::newRow("wrong micalg") << replacing("micalg=sha-256", "micalg=\"unknown\"");
        QTest::newRow("no protocol") << replacing(" protocol=\"application/pkcs7-signature\";", "");
        QTest::newRow("misspelt protocol") << replacing("protocol=\"application/pkcs7-signature\"", "protocol='application/pkcs7-mime'");
        QTest::newRow("capitals") << replacing("multipart/signed; protocol=\"application/pkcs7-signature\"",
                                               "MULTIPART/SIGNED; PROTOCOL=\"APPLICATION/PKCS7-SIGNATURE\"");
        QTest::newRow("octet-stream signature") << replacing("Type: application/pkcs7-signature", "Type: application/octet-stream");
        QTest::newRow("no MIME-Version") << replacing("MIME-Version: 1.0\r\n", "");
        QTest::newRow("no closing boundary") << replacing("--sig--\r\n", "");
        QTest::newRow("dashed lines around the signature") << Change([](QByteArray mail) {
            mail.replace("base64\r\n\r\n", "base64\r\n\r\n-----BEGIN PKCS7-----\r\n");
            return mail.replace("\r\n--sig--", "\r\n-----END PKCS7-----\r\n--sig--");
        });
        QTest::newRow("closing boundary with something behind it") << replacing("--sig--\r\n", "--sig--></BODY>\r\n");
        QTest::newRow("preamble and epilogue") << Change([](QByteArray mail) {
            mail.replace("\r\n\r\n--sig\r\nContent-Type: text", "\r\n\r\nThis is a signed message.\r\n--sig\r\nContent-Type: text");
            return mail + "Sent through a gateway.\r\n";
        });
        QTest::newRow("white space behind the boundary") << replacing("--sig\r\nContent-Type: text", "--sig \t\r\nContent-Type: text");
        // As Exchange keeps it, with its header.
        for (const char *type : {"application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "application/octet-stream; name=smime.p7m", "multipart/signed; name=smime.p7m"}) {
            QTest::addRow("a file, %s", type) << Change([type](const QByteArray &mail) {
                const qsizetype entity = mail.indexOf("Content-Type: multipart/signed");
                return mail.first(entity) + cmsPart(mail.sliced(entity), type);
            });
        }
        QTest::newRow("trace fields") << Change([](const QByteArray &mail) {
            return "Received: from a by b; Mon, 1 Jun 2026 12:00:00 +0000\r\nDKIM-Signature: v=1;\r\n b=abc\r\nX-Spam: no\r\n" + mail;
        });
    }
    void detachedSignatureSurvives()
    {
        QFETCH(Change, change);
        const OpenedMessage opened = m_world.open(change(detachedMail(m_world.alice)));
        QVERIFY2(opened.verdict.summary == Summary::Verified,
                 qPrintable(nameOf(opened.verdict.summary) + u": "_s + opened.verdict.warnings.join(u' ')));
        QCOMPARE(shown(opened, "From"), u"Alice <alice@example.org>"_s);
        QCOMPARE(shown(opened, "Subject"), u"Test"_s);
    }

    void binaryPartIsSignedAsItStands()
    {
        const QByteArray entity = "Content-Type: application/octet-stream; name=x\r\nContent-Transfer-Encoding: binary\r\n\r\nA\nB\rC\r\nD\xff";
        QByteArray mail = header() + signedPart(entity, signatureOf(m_world.alice, entity));
        QCOMPARE(m_world.open(mail).verdict.summary, Summary::Verified);
        QCOMPARE(m_world.open(mail.replace("A\nB", "A\r\nB")).verdict.summary, Summary::Altered);
        // Stored with LF, the file is still the one that was signed.
        const QByteArray file = "Content-Type: application/octet-stream; name=x\r\nContent-Transfer-Encoding: binary\r\n\r\nA\r\nB";
        const OpenedMessage stored = m_world.open(header() + signedPart(file, signatureOf(m_world.alice, file)).replace("A\r\nB", "A\nB"));
        QCOMPARE(stored.verdict.summary, Summary::Verified);
        QCOMPARE(stored.attachments.value(0).content(), QByteArray("A\r\nB"));
        QCOMPARE(stored.attachments.value(0).part, u"1.1"_s);
        const QByteArray unannounced = QByteArray(entity).replace("Content-Transfer-Encoding: binary\r\n", "").replace("D", QByteArray(1, '\0'));
        QCOMPARE(m_world.open(header() + signedPart(unannounced, signatureOf(m_world.alice, unannounced))).verdict.summary, Summary::Verified);
        // A text has lines, whatever they end with; who signed it with others than the canonical ones has signed another.
        const QByteArray lines = textPart("A\nB");
        QCOMPARE(m_world.open(header() + signedPart(lines, signatureOf(m_world.alice, lines))).verdict.summary, Summary::Altered);
    }

    void opaqueSignatureSurvives_data()
    {
        QTest::addColumn<Change>("change");
        const QByteArray type = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m";
        QTest::newRow("no smime-type") << replacing(type, "application/pkcs7-mime; name=smime.p7m");
        QTest::newRow("old type") << replacing(type, "application/x-pkcs7-mime; name=smime.p7m");
        QTest::newRow("no parameters") << replacing(type, "application/pkcs7-mime");
        QTest::newRow("octet-stream") << replacing(type, "application/octet-stream; name=\"smime.p7m\"");
        QTest::newRow("octet-stream by its disposition") << replacing(type, "application/octet-stream\r\nContent-Disposition: attachment; filename=SMIME.P7M");
        QTest::newRow("octet-stream without a name") << replacing(type, "application/octet-stream");
        QTest::newRow("octet-stream by its smime-type") << replacing(type, "application/octet-stream; smime-type=signed-data; name=letter.bin");
        QTest::newRow("text by its type") << replacing(type, "text/plain; name=smime.p7m");
        QTest::newRow("called a signature") << replacing(type, "application/pkcs7-signature; name=smime.p7s");
        QTest::newRow("another application type") << replacing(type, "application/pkcs7; name=smime.p7m");
        QTest::newRow("base64 that nobody announced") << replacing("Content-Transfer-Encoding: base64\r\n", "");
        QTest::newRow("base64 called 7bit") << replacing("Encoding: base64", "Encoding: 7bit");
        QTest::newRow("dashed lines") << Change([](QByteArray mail) {
            return mail.replace("Content-Transfer-Encoding: base64\r\n\r\n", "\r\n-----BEGIN PKCS7-----\r\n") + "-----END PKCS7-----\r\n";
        });
        QTest::newRow("dashed lines called base64") << Change([](QByteArray mail) {
            return mail.replace("base64\r\n\r\n", "base64\r\n\r\n-----BEGIN PKCS7-----\r\n") + "-----END PKCS7-----\r\n";
        });
        QTest::newRow("LF line ends") << Change([](QByteArray mail) { return mail.replace("\r\n", "\n"); });
        QTest::newRow("odd lines of base64") << Change([](const QByteArray &mail) { return rewrapped(mail, {5, 63, 64, 65, 1000}); });
        QTest::newRow("no padding, no line end") << Change([](const QByteArray &mail) {
            QByteArray cut = mail;
            while (cut.endsWith('\n') || cut.endsWith('\r') || cut.endsWith('='))
                cut.chop(1);
            return cut;
        });
        QTest::newRow("binary") << Change([](const QByteArray &mail) {
            const qsizetype begin = mail.indexOf("\r\n\r\n") + 4;
            return mail.first(begin).replace("base64", "binary") + QByteArray::fromBase64(mail.sliced(begin));
        });
    }
    void opaqueSignatureSurvives()
    {
        QFETCH(Change, change);
        const OpenedMessage opened = m_world.open(change(opaqueMail()));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QVERIFY(opened.text.contains(u"A letter."_s));
    }

    void lettersKeptInOneAnotherAreTooMany()
    {
        QByteArray kept = signedPart(m_entity, signatureOf(m_world.alice, m_entity));
        for (int i = 0; i < 12; ++i)
            kept = cmsPart(kept, "multipart/signed; name=smime.p7m");
        QCOMPARE(m_world.open(header() + kept).verdict.summary, Summary::Malformed);
    }

    void signatureAloneIsAFile()
    {
        // Some programs name its smime-type.
        for (const char *type : {"application/pkcs7-signature; name=smime.p7s", "application/pkcs7-signature; name=smime.p7s; smime-type=signed-data"}) {
            const QByteArray signature = cmsPart(signatureOf(m_world.alice, m_entity), type);
            OpenedMessage opened = m_world.open(header() + signature);
            QCOMPARE(opened.verdict.summary, Summary::Plain);
            QCOMPARE(opened.attachments.size(), 1);
            // As a gateway leaves it that makes a multipart/mixed of a multipart/signed.
            opened = m_world.open(header() + multipart("mixed", {m_entity, signature}));
            QCOMPARE(opened.verdict.summary, Summary::Plain);
            QVERIFY(opened.text.contains(u"A letter."_s));
            QCOMPARE(opened.attachments.size(), 1);
        }
    }

    void whatServersAndListsAddIsJudged_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<Summary>("summary");
        const QByteArray letter = signedPart(m_entity, signatureOf(m_world.alice, m_entity));
        const QByteArray tnef = "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEA\r\n";
        const QByteArray both = multipart("mixed", {m_entity, tnef});
        QTest::newRow("winmail.dat inside") << header() + signedPart(both, signatureOf(m_world.alice, both)) << Summary::Verified;
        QTest::newRow("winmail.dat beside") << header() + multipart("mixed", {letter, tnef}) << Summary::Unverified;
        const QByteArray list = "Alice via Talk <talk@lists.example.org>\r\nReply-To: alice@example.org\r\nList-Id: <talk.lists.example.org>";
        QTest::newRow("From of a list") << header(list) + letter << Summary::Impersonated;
        const QByteArray inner = QByteArray(letter).replace("\"sig\"", "\"in\"").replace("--sig", "--in");
        QTest::newRow("signed again by the sender") << header() + signedPart(inner, signatureOf(m_world.alice, inner)) << Summary::Verified;
        QTest::newRow("signed again by another") << header() + signedPart(inner, signatureOf(m_world.bob, inner)) << Summary::Impersonated;
    }
    void whatServersAndListsAddIsJudged()
    {
        QFETCH(QByteArray, mail);
        const OpenedMessage opened = m_world.open(mail);
        QTEST(opened.verdict.summary, "summary");
        QVERIFY(opened.text.contains(u"A letter."_s));
    }

    void objectWithoutMailIsOpened_data()
    {
        QTest::addColumn<QByteArray>("file");
        const QByteArray der = opaqueBy(m_world.alice, m_entity);
        QTest::newRow("DER") << der;
        QTest::newRow("base64") << der.toBase64();
        QTest::newRow("PEM") << "-----BEGIN CMS-----\n" + rewrapped("\r\n\r\n" + der.toBase64(), {64}).trimmed() + "\n-----END CMS-----\n";
    }
    void objectWithoutMailIsOpened()
    {
        QFETCH(QByteArray, file);
        const OpenedMessage opened = m_world.open(file);
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Valid);
        QVERIFY(opened.text.contains(u"A letter."_s));
        QCOMPARE(opened.verdict.summary, Summary::Unverified); // by nobody that it names
        const base::Result<InspectedPart> inspected = inspect(file, {});
        QVERIFY(inspected && inspected->cms && inspected->cms->signers.size() == 1);
    }

    void objectDirectlyInsideAnotherIsUndone()
    {
        const QByteArray inner = opaqueBy(m_world.alice, m_entity);
        for (const QByteArray &content : {inner, inner.toBase64()}) {
            const QByteArray outer = encryptedFor(m_world.bob, content);
            const OpenedMessage opened = m_world.open(header() + cmsPart(outer));
            QCOMPARE(opened.verdict.summary, Summary::Verified);
            QCOMPARE(opened.verdict.layers.size(), 2);
            QVERIFY(opened.text.contains(u"A letter."_s));
        }
    }

    void signatureWithoutCertificatesIsVerifiedWithWhatIsAtHand()
    {
        OpenRequest request = m_world.openRequest(header() + signedPart(m_entity, signatureWithoutCertificates(m_world.alice, m_entity)), {});
        QCOMPARE(open(request).verdict.signature.axes.integrity, Integrity::Unsupported);
        OpenRequest trusting = request;
        trusting.material.anchors.append(m_world.alice.der());
        QCOMPARE(open(trusting).verdict.summary, Summary::Verified);
        request.material.keys = keysOf({m_world.alice});
        QCOMPARE(open(request).verdict.summary, Summary::Verified);
    }

    void renewedCertificateOfTheSameKeyCounts()
    {
        // The signer is named by the key alone, and the mail brings the expired certificate as well as the one that followed it.
        const pkix::Entity by = pkix::entityOf(m_world.authority);
        pkix::Spec spec;
        spec.name = {{"CN", "Alice"}};
        spec.extensions = {{"subjectKeyIdentifier", "hash"}, {"subjectAltName", "email:alice@example.org"}};
        spec.serial = 1;
        spec.notBefore = "20240101000000Z";
        spec.notAfter = "20250101000000Z";
        const pkix::Entity expired = pkix::issue(&by, spec);
        spec.key = expired.key;
        spec.serial = 2;
        spec.notBefore = "20250101000000Z";
        spec.notAfter = "20350101000000Z";
        const pkix::Entity renewed = pkix::issue(&by, spec);
        const QByteArray signature = signatureByKeyIdentifier(renewed, {expired, renewed}, m_entity);
        QCOMPARE(m_world.open(header() + signedPart(m_entity, signature)).verdict.summary, Summary::Verified);
        const QByteArray late = signatureByKeyIdentifier(renewed, {expired}, m_entity);
        QCOMPARE(m_world.open(header() + signedPart(m_entity, late)).verdict.signature.axes.time, Time::Expired);
    }

    void certificatesOfOtherIssuers_data()
    {
        QTest::addColumn<pkix::Spec>("spec");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<Summary>("summary");
        const auto person = [](const pkix::Extensions &extensions, const QByteArray &legacyAddress = {}) {
            pkix::Spec spec;
            spec.name = {{"C", "DE"}, {"CN", "Alice"}};
            if (!legacyAddress.isEmpty())
                spec.name.emplaceBack("emailAddress", legacyAddress);
            spec.stringType = MBSTRING_ASC;
            spec.extensions = extensions;
            return spec;
        };
        const auto international = [&person](const QByteArray &mailbox) {
            pkix::Spec spec = person({{"subjectAltName", "@alt"}});
            spec.sections = "[alt]\notherName=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:" + mailbox + "\n";
            return spec;
        };
        const QByteArray alice = "alice@example.org";
        const auto verified = Summary::Verified;
        QTest::newRow("address in the subject only") << person({}, alice) << alice << verified;
        QTest::newRow("domain in capitals") << person({{"subjectAltName", "email:alice@EXAMPLE.ORG"}}) << alice << verified;
        QTest::newRow("sender in capitals") << person({{"subjectAltName", "email:alice@example.org"}}) << QByteArray("Alice@Example.ORG") << verified;
        QTest::newRow("no key usage, no extended one") << person({{"subjectAltName", "email:alice@example.org"}}) << alice << verified;
        QTest::newRow("nonRepudiation only") << person({{"keyUsage", "nonRepudiation"}, {"subjectAltName", "email:alice@example.org"}}) << alice << verified;
        QTest::newRow("any extended key usage")
            << person({{"extendedKeyUsage", "anyExtendedKeyUsage"}, {"subjectAltName", "email:alice@example.org"}}) << alice << verified;
        QTest::newRow("extended key usage of a server")
            << person({{"extendedKeyUsage", "serverAuth"}, {"subjectAltName", "email:alice@example.org"}}) << alice << Summary::Unverified;
        QTest::newRow("keyEncipherment only")
            << person({{"keyUsage", "keyEncipherment"}, {"subjectAltName", "email:alice@example.org"}}) << alice << Summary::Unverified;
        QTest::newRow("several addresses")
            << person({{"subjectAltName", "email:old@example.net,email:alice@example.org,DNS:example.org,URI:http://example.org/"}}) << alice << verified;
        QTest::newRow("no address at all") << person({{"subjectAltName", "DNS:example.org"}}) << alice << Summary::Unverified;
        QTest::newRow("a gateway's domain for an address") << person({{"subjectAltName", "email:example.org"}}, "example.org") << alice << Summary::Unverified;
        QTest::newRow("address of a sub-domain") << person({{"subjectAltName", "email:alice@mail.example.org"}}) << alice << Summary::Impersonated;
        QTest::newRow("domain by its A-label, sender by its U-label")
            << person({{"subjectAltName", "email:alice@xn--bcher-kva.example"}}) << QByteArray("alice@b\xc3\xbc" "cher.example") << verified;
        QTest::newRow("international mailbox, sender by the A-label") << international("j\xc3\xb6rg@b\xc3\xbc" "cher.example")
            << QByteArray("j\xc3\xb6rg@xn--bcher-kva.example") << verified;
        QTest::newRow("international mailbox of another") << international("j\xc3\xb6rg@example.org")
                                                          << QByteArray("jorg@example.org") << Summary::Impersonated;
        QTest::newRow("international mailbox behind a byte order mark") << international("\xef\xbb\xbfj\xc3\xb6rg@example.org")
                                                                        << QByteArray("j\xc3\xb6rg@example.org") << Summary::Unverified;
        QTest::newRow("common mailbox in the form for international ones") << international("alice@example.org") << alice << Summary::Unverified;
        QTest::newRow("look-alike domain") << person({{"subjectAltName", "email:alice@example.org"}}) << QByteArray("alice@ex\xd0\xb0mple.org") << Summary::Impersonated;
    }
    void certificatesOfOtherIssuers()
    {
        QFETCH(pkix::Spec, spec);
        QFETCH(QByteArray, from);
        const Person signer = strange(m_world.authority, spec);
        const OpenedMessage opened = m_world.open(header(from) + signedPart(m_entity, signatureOf(signer, m_entity)));
        QTEST(opened.verdict.summary, "summary");
    }

    void missingIntermediateIsIncompleteAndTheBookCompletesIt()
    {
        const Person middle = support::issue(m_world.authority, provider::KeyType::EcP256, support::authorityProfile(u"Middle"_s));
        const Person person = support::issue(middle, provider::KeyType::EcP256, support::personProfile(u"alice@example.org"_s));
        OpenRequest request = m_world.openRequest(detachedMail(person), {});
        QCOMPARE(open(request).verdict.signature.axes.chain, Chain::Incomplete);
        QCOMPARE(open(request).verdict.summary, Summary::Unverified);
        request.material.certificates = {m_world.bob.der(), middle.der(), m_world.mallory.der()};
        QCOMPARE(open(request).verdict.summary, Summary::Verified);
    }

    // CONTRACT.md: that is what `wax open` says of every mail without a profile and without --trust, whatever certificates it brings.
    void whoTrustsNobodyCallsEverybodyUntrusted()
    {
        OpenRequest request = m_world.openRequest(detachedMail(m_world.alice), {});
        request.material.anchors.clear();
        QCOMPARE(open(request).verdict.signature.axes.chain, Chain::Untrusted);
        QCOMPARE(open(request).verdict.summary, Summary::Unverified);
    }

    void revocationComesWithTheMessage()
    {
        // A CRL inside the SignedData, as RFC 5652 section 5.1 has it.
        provider::CrlFacts revocation;
        revocation.number = "01";
        revocation.thisUpdate = testTime().addDays(-1);
        revocation.nextUpdate = testTime().addDays(30);
        const auto withList = [&](const QList<provider::RevokedCertificate> &revoked) {
            revocation.revoked = revoked;
            const QByteArray list = *provider::issueCrl(m_world.authority.certificate, m_world.authority.key, revocation);
            return m_world.open(header() + signedPart(m_entity, withAddedCrl(signatureOf(m_world.alice, m_entity), list)));
        };
        QCOMPARE(withList({}).verdict.signature.axes.revocation, Revocation::Good);
        QCOMPARE(withList({}).verdict.summary, Summary::Verified);
        QCOMPARE(withList({}).crls.size(), 1);
        const OpenedMessage revoked = withList({{support::factsOf(m_world.alice.certificate).serial, testTime().addDays(-1), {}}});
        QCOMPARE(revoked.verdict.signature.axes.revocation, Revocation::Revoked);
        QCOMPARE(revoked.verdict.summary, Summary::Unverified);
    }

    void unreadableSignatureSaysWhy()
    {
        const OpenedMessage opened = m_world.open(header() + signedPart(m_entity, "no CMS"));
        QCOMPARE(opened.verdict.summary, Summary::Altered);
        QVERIFY(opened.verdict.signature.signers.isEmpty());
        QVERIFY(!opened.verdict.signature.detail.isEmpty());
        QVERIFY(m_world.open(detachedMail(m_world.alice)).verdict.signature.detail.isEmpty());
    }

    void signatureOverSomethingElseThanMailIsNoSignature()
    {
        // Alice signed a time stamp, a receipt or a program that reads like a mail.
        const QByteArray der = signedWithType(m_world.alice, m_entity, NID_id_smime_ct_TSTInfo);
        const OpenedMessage opened = m_world.open(header() + cmsPart(der, "application/pkcs7-mime; smime-type=signed-data"));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Unsupported);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        QVERIFY(opened.verdict.warnings.contains(u"content-mismatch"_s));
        QVERIFY(!opened.text.isEmpty());
        // A structure, as receipts are, is a file and no text.
        const QByteArray structure = QByteArray::fromHex("30060201010401ff");
        const QByteArray receipt = signedWithType(m_world.alice, structure, NID_id_smime_ct_receipt);
        const OpenedMessage file = m_world.open(header() + cmsPart(receipt, "application/pkcs7-mime; smime-type=signed-receipt; name=smime.p7m"));
        QCOMPARE(file.verdict.summary, Summary::Unverified);
        QVERIFY(file.text.isEmpty());
        QCOMPARE(file.attachments.size(), 1);
        QCOMPARE(file.attachments.first().content(), structure);
    }

    void signedAttributesAreNoContent()
    {
        // The attributes of a true signature, given out as the content of one without attributes: the value fits.
        const QByteArray signature = signatureOf(m_world.alice, m_entity);
        const QByteArray forged = withAttributesAsContent(signature);
        QVERIFY(!forged.isEmpty());
        const OpenedMessage opened = m_world.open(header() + cmsPart(forged, "application/pkcs7-mime; smime-type=signed-data"));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Invalid);
        QCOMPARE(opened.verdict.summary, Summary::Altered);
    }

    void weakDigestOfTheAttributesIsWeak()
    {
        // SHA-256 over the letter, but SHA-1 over the attributes that carry its digest.
        const QByteArray signature = withSha1OverAttributes(m_world.alice, signatureOf(m_world.alice, m_entity));
        QVERIFY(!signature.isEmpty());
        const OpenedMessage opened = m_world.open(header() + signedPart(m_entity, signature));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Valid);
        QCOMPARE(opened.verdict.signature.axes.strength, Strength::Weak);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        QVERIFY(opened.verdict.warnings.contains(u"weak-algorithm"_s));
    }

    void signedNamesOfAlgorithmsAreObeyed()
    {
        const QByteArray right = signatureNaming(m_world.alice, m_entity, NID_sha256);
        QCOMPARE(m_world.open(header() + signedPart(m_entity, right)).verdict.summary, Summary::Verified);
        const QByteArray wrong = signatureNaming(m_world.alice, m_entity, NID_sha512);
        const OpenedMessage opened = m_world.open(header() + signedPart(m_entity, wrong));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Invalid);
        QCOMPARE(opened.verdict.summary, Summary::Altered);
    }

private:
    static provider::CmsPtr read(const QByteArray &der) { return provider::fromDerBy<provider::CmsPtr>(d2i_CMS_ContentInfo, der); }

    static QByteArray withAddedCrl(const QByteArray &signature, const QByteArray &list)
    {
        const provider::CmsPtr cms = read(signature);
        const provider::X509CrlPtr crl = provider::crlFromDer(list);
        return cms && CMS_add1_crl(cms.get(), crl.get()) == 1 ? provider::derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

    static QByteArray signatureWithoutCertificates(const Person &signer, const QByteArray &content)
    {
        const pkix::Entity entity = pkix::entityOf(signer);
        const provider::BioPtr data = provider::readingBio(content);
        const provider::CmsPtr cms(CMS_sign(entity.certificate.get(), entity.key.get(), nullptr, data.get(), CMS_BINARY | CMS_DETACHED | CMS_NOCERTS));
        return provider::derBy(i2d_CMS_ContentInfo, cms.get());
    }

    static QByteArray signedWithType(const Person &signer, const QByteArray &content, int type)
    {
        const pkix::Entity entity = pkix::entityOf(signer);
        const provider::BioPtr data = provider::readingBio(content);
        const provider::CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_BINARY | CMS_PARTIAL));
        CMS_set1_eContentType(cms.get(), OBJ_nid2obj(type));
        CMS_add1_signer(cms.get(), entity.certificate.get(), entity.key.get(), EVP_sha256(), CMS_BINARY);
        return CMS_final(cms.get(), data.get(), nullptr, CMS_BINARY) == 1 ? provider::derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

    /// With CMSAlgorithmProtection (RFC 6211), which says that `digest` was used where SHA-256 was, and names no parameters.
    static QByteArray signatureNaming(const Person &signer, const QByteArray &content, int digest)
    {
        const pkix::Entity entity = pkix::entityOf(signer);
        const provider::BioPtr data = provider::readingBio(content);
        const provider::CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_BINARY | CMS_DETACHED | CMS_PARTIAL));
        CMS_SignerInfo *one = CMS_add1_signer(cms.get(), entity.certificate.get(), entity.key.get(), EVP_sha256(), CMS_BINARY);
        X509_ALGOR *signature = nullptr;
        CMS_SignerInfo_get0_algs(one, nullptr, nullptr, nullptr, &signature);
        const provider::Owned<X509_ALGOR, X509_ALGOR_free> named(X509_ALGOR_new());
        X509_ALGOR_set0(named.get(), OBJ_nid2obj(digest), V_ASN1_UNDEF, nullptr);
        QByteArray value = provider::derBy(i2d_X509_ALGOR, named.get());
        const qsizetype tag = value.size();
        value += provider::derBy(i2d_X509_ALGOR, signature);
        value[tag] = '\xa1';
        value.prepend(static_cast<char>(value.size())).prepend('\x30');
        CMS_signed_add1_attr_by_txt(one, "1.2.840.113549.1.9.52", V_ASN1_SEQUENCE, value.constData(), static_cast<int>(value.size()));
        return CMS_final(cms.get(), data.get(), nullptr, CMS_BINARY) == 1 ? provider::derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

    /// What the signature value is over: the attributes as a SET in DER's order.
    static QByteArray signedAttributesOf(const CMS_SignerInfo *signer)
    {
        QList<QByteArray> attributes;
        for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i)
            attributes.append(provider::derBy(i2d_X509_ATTRIBUTE, CMS_signed_get_attr(signer, i)));
        std::sort(attributes.begin(), attributes.end());
        const QByteArray joined = attributes.join();
        unsigned char head[8];
        unsigned char *end = head;
        ASN1_put_object(&end, 1, static_cast<int>(joined.size()), V_ASN1_SET, V_ASN1_UNIVERSAL);
        return QByteArray(reinterpret_cast<char *>(head), end - head) + joined;
    }

    /// `signature` with its value made anew, by sha1WithRSAEncryption.
    static QByteArray withSha1OverAttributes(const Person &person, const QByteArray &signature)
    {
        const provider::CmsPtr cms = read(signature);
        CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
        X509_ALGOR *algorithm = nullptr;
        CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, nullptr, &algorithm);
        X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha1WithRSAEncryption), V_ASN1_NULL, nullptr);
        const pkix::Entity entity = pkix::entityOf(person);
        const QByteArray attributes = signedAttributesOf(signer);
        QByteArray value(EVP_PKEY_get_size(entity.key.get()), Qt::Uninitialized);
        auto size = static_cast<size_t>(value.size());
        const provider::EvpDigestContextPtr context(EVP_MD_CTX_new());
        const bool isSigned = EVP_DigestSignInit(context.get(), nullptr, EVP_sha1(), nullptr, entity.key.get()) == 1
            && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(value.data()), &size,
                              reinterpret_cast<const unsigned char *>(attributes.constData()), static_cast<size_t>(attributes.size())) == 1
            && ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), value.constData(), static_cast<int>(size)) == 1;
        return isSigned ? provider::derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

    /// A SignedData whose content is the signed attributes of `signature`, and whose signer has its value and no attributes.
    static QByteArray withAttributesAsContent(const QByteArray &signature)
    {
        const provider::CmsPtr cms = read(signature);
        CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
        const QByteArray content = signedAttributesOf(signer);
        while (CMS_signed_get_attr_count(signer) > 0)
            X509_ATTRIBUTE_free(CMS_signed_delete_attr(signer, 0));
        CMS_set_detached(cms.get(), 0);
        ASN1_OCTET_STRING **place = CMS_get0_content(cms.get());
        if (!*place)
            *place = ASN1_OCTET_STRING_new();
        ASN1_STRING_set(*place, content.constData(), static_cast<int>(content.size()));
        return provider::derBy(i2d_CMS_ContentInfo, cms.get());
    }
};

QTEST_GUILESS_MAIN(TestRealMails)
#include "tst_RealMails.moc"
