// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/VectorTesting.h"

#include "mime/Text.h"
#include "provider/KeyMaterial.h"
#include "provider/PathPolicy.h"
#include "smime/Capabilities.h"

#include <QDirIterator>
#include <QRegularExpression>

using namespace smime;
using namespace smimetest;

namespace {

const Family kRfc9216{{u"rfc9216/ca-rsa.cert.pem"_s},
                      {u"rfc9216/alice-encrypt.key.pem"_s, u"rfc9216/alice-encrypt.cert.pem"_s}, {}};
const Family kThunderbird{{u"thunderbird/TestCA.pem"_s}, {u"thunderbird/Bob.p12"_s}, "nss"};
const Family kRfc4134{{u"rfc4134/CarlDSSSelf.cer"_s, u"rfc4134/CarlRSASelf.cer"_s},
                      {u"rfc4134/BobPrivRSAEncrypt.pri"_s, u"rfc4134/BobRSASignByCarl.cer"_s, u"rfc4134/AliceRSASignByCarl.cer"_s,
                       u"rfc4134/AliceDSSSignByCarlNoInherit.cer"_s, u"rfc4134/DianeDSSSignByCarlInherit.cer"_s}, {}};
const Family kRfc9216Bob{{u"rfc9216/ca-rsa.cert.pem"_s}, {u"rfc9216/bob-encrypt.key.pem"_s, u"rfc9216/bob-encrypt.cert.pem"_s}, {}};
const Family kDraft{{u"protected-headers-draft/sample-ca.pem"_s}, {u"protected-headers-draft/bob.p12"_s}, "bob"};

/// One row of deviations.md's second table.
struct Place {
    QStringList patterns;
    QString test;       ///< "smime.Vectors"; "-" for what is no test
};

QList<Place> places()
{
    QList<Place> all;
    const QString table = QString::fromUtf8(support::fileContent(QStringLiteral(WAXWING_TESTS "/smime/deviations.md"))).section(u"## Where"_s, 1);
    static const QRegularExpression quoted(u"`([^`]+)`"_s);
    for (const QString &line : table.split(u'\n')) {
        const QStringList cells = line.split(u'|');
        Place place;
        for (const QRegularExpressionMatch &match : quoted.globalMatch(cells.value(1)))
            place.patterns.append(match.captured(1));
        place.test = cells.value(2).trimmed().remove(u'`');
        if (!place.patterns.isEmpty())
            all.append(place);
    }
    return all;
}

bool fits(const QString &file, const QString &pattern)
{
    const auto option = pattern.contains(u'/') ? QRegularExpression::DefaultWildcardConversion : QRegularExpression::NonPathWildcardConversion;
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern, option)).match(file).hasMatch();
}

QByteArray canonical(const QByteArray &octets)
{
    return mime::toCanonicalLineEnds(octets);
}

} // namespace

class TestVectors : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;

private Q_SLOTS:
    void headerProtectionOfRfc9788_data()
    {
        QTest::addColumn<QString>("stem");
        QTest::addColumn<CryptographicStatus>("ofSubject");
        if (support::vectorsFolder().isEmpty())
            return;
        for (const auto *stem : {"smime-one-part-hp", "smime-multipart-hp", "smime-one-part-complex-hp", "smime-multipart-complex-hp",
                                 "smime-one-part-complex-rfc8551hp", "smime-multipart-complex-rfc8551hp"})
            QTest::newRow(stem) << QString::fromLatin1(stem) << CryptographicStatus::Signed;
        for (const auto *stem : {"smime-signed-enc-hp-baseline", "smime-signed-enc-hp-baseline-legacy", "smime-signed-enc-hp-shy",
                                 "smime-signed-enc-hp-baseline-reply"})
            QTest::newRow(stem) << QString::fromLatin1(stem) << CryptographicStatus::SignedAndEncrypted;
    }

    void headerProtectionOfRfc9788()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(QString, stem);
        QFETCH(CryptographicStatus, ofSubject);
        const bool isEncrypted = ofSubject == CryptographicStatus::SignedAndEncrypted;
        const QByteArray message = vector(u"rfc9788/"_s + stem + (isEncrypted ? u".reencrypted.eml"_s : u".eml"_s));
        const OpenedMessage opened = openVector(message, materialOf(kRfc9216));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(opened.verdict.signature.signers.value(0).addresses, QStringList{u"alice@smime.example"_s});
        // The reply of C.3.5 has a subject of its own; its file says which.
        QVERIFY2(shown(opened, "Subject").contains(stem) && !shown(opened, "Subject").contains(u"[...]"_s), qPrintable(shown(opened, "Subject")));
        QCOMPARE(opened.header("Subject")->protection, ofSubject);
        QCOMPARE(shown(opened, "From"), u"Alice <alice@smime.example>"_s);
        const bool isShy = stem.endsWith("shy"_L1);
        QCOMPARE(opened.header("From")->protection, isShy ? CryptographicStatus::SignedAndEncrypted : CryptographicStatus::Signed);
        if (isShy) {
            QCOMPARE(opened.header("From")->outer, std::optional<QString>(u"alice@smime.example"_s));
            QCOMPARE(shown(opened, "Date"), u"Sat, 20 Feb 2021 10:12:02 -0500"_s);
        }
        QVERIFY(text(opened).startsWith(u"This is the"_s));
        QVERIFY(!opened.verdict.warnings.contains(u"outer-header-differs"_s));
    }

    void changedOuterFieldChangesNothingThatIsShown()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        QByteArray message = vector(u"rfc9788/smime-multipart-hp.eml"_s);
        if (message.isEmpty())
            return;
        const qsizetype subject = message.indexOf("Subject: ");
        message.replace(subject, message.indexOf('\n', subject) - subject, "Subject: Send money to Mallory");
        const OpenedMessage opened = openVector(message, materialOf(kRfc9216));
        QCOMPARE(shown(opened, "Subject"), u"smime-multipart-hp"_s);
        QVERIFY(opened.verdict.warnings.contains(u"outer-header-differs"_s));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
    }

    void lostLastLineEndOfTheSignedTextIsAltered()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        QByteArray message = vector(u"rfc9788/smime-multipart-hp.eml"_s);
        if (message.isEmpty())
            return;
        const QByteArray eol = message.contains("\r\n") ? "\r\n" : "\n";
        QVERIFY(message.contains(eol + eol + "--54f" + eol + "Content-T"));
        message.replace(eol + eol + "--54f" + eol, eol + "--54f" + eol);
        QCOMPARE(openVector(message, materialOf(kRfc9216)).verdict.summary, Summary::Altered);
    }

    void mailsOfThunderbird_data()
    {
        QTest::addColumn<Summary>("summary");
        QTest::addColumn<EncryptionState>("state");
        if (support::vectorsFolder().isEmpty())
            return;
        const auto row = [](const QByteArray &name, Summary summary, EncryptionState state) { QTest::newRow(name) << summary << state; };
        using E = EncryptionState;
        row("alice.env", Summary::Decrypted, E::Decrypted);
        for (const QByteArray digest : {"SHA1", "SHA256", "SHA384", "SHA512"}) {
            const Summary good = digest == "SHA1" ? Summary::Unverified : Summary::Verified;
            row("alice.dsig." + digest + ".multipart", good, E::None);
            row("alice.dsig." + digest + ".multipart.env", good, E::Decrypted);
            row("alice.dsig." + digest + ".multipart.bad", Summary::Altered, E::None);
            row("alice.sig." + digest + ".opaque", good, E::None);
            row("alice.sig." + digest + ".opaque.env", good, E::Decrypted);
            row("alice.html.sig." + digest + ".opaque", good, E::None);
            row("alice.html.sig." + digest + ".opaque.env", good, E::Decrypted);
        }
        row("alice.dsig.SHA256.multipart.mismatch-econtent", Summary::Altered, E::None);
        row("alice.plain.sig.SHA256.opaque.dave.sig.SHA256.opaque", Summary::Verified, E::None);
        row("alice.plain.dsig.SHA256.multipart.dave.dsig.SHA256.multipart", Summary::Verified, E::None);
        row("alice.env.sig.SHA256.opaque", Summary::Decrypted, E::Decrypted);
    }

    void mailsOfThunderbird()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(Summary, summary);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const OpenedMessage opened = openVector(vector(u"thunderbird/%1.eml"_s.arg(name)), materialOf(kThunderbird));
        QCOMPARE(opened.verdict.summary, summary);
        QTEST(opened.verdict.encryption.state, "state");
        QVERIFY2(opened.text.contains(u"This is a test message from Alice to Bob."_s) || name.contains("bad"_L1) || name.contains("mismatch"_L1),
                 qPrintable(opened.text));
        if (name.contains("SHA1."_L1) && !name.contains("bad"_L1)) {
            QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Valid);
            QCOMPARE(opened.verdict.signature.axes.strength, Strength::Weak);
        }
        if (name == "alice.env.sig.SHA256.opaque"_L1)
            QVERIFY(opened.verdict.warnings.contains(u"signed-outside-encryption"_s));
        if (name.contains("dave"_L1)) {
            QCOMPARE(opened.verdict.signature.signers.value(0).name, u"Dave"_s);
            QCOMPARE(opened.verdict.signature.signers.value(1).name, u"Alice"_s);
        }
    }

    void olderHeaderProtection_data()
    {
        QTest::addColumn<Summary>("summary");
        QTest::addColumn<CryptographicStatus>("ofSubject");
        if (support::vectorsFolder().isEmpty())
            return;
        QTest::newRow("smime-multipart-signed") << Summary::Verified << CryptographicStatus::Signed;
        QTest::newRow("smime-onepart-signed") << Summary::Verified << CryptographicStatus::Signed;
        QTest::newRow("smime-sign+enc") << Summary::Verified << CryptographicStatus::SignedAndEncrypted;
        QTest::newRow("smime-sign+enc+legacy-disp") << Summary::Verified << CryptographicStatus::SignedAndEncrypted;
        QTest::newRow("smime-enc+legacy-disp") << Summary::Decrypted << CryptographicStatus::Encrypted;
        QTest::newRow("unfortunately-complex") << Summary::Plain << CryptographicStatus::None;
    }

    void olderHeaderProtection()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(Summary, summary);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const OpenedMessage opened = openVector(vector(u"protected-headers-draft/%1.eml"_s.arg(name)), materialOf(kDraft));
        QCOMPARE(opened.verdict.summary, summary);
        QTEST(opened.header("Subject")->protection, "ofSubject");
        if (summary == Summary::Plain)
            return;
        const bool isEncrypted = opened.verdict.encryption.state == EncryptionState::Decrypted;
        QCOMPARE(shown(opened, "Subject"), isEncrypted ? u"BarCorp contract signed, let's go!"_s : u"The FooCorp contract"_s);
        QVERIFY2(text(opened).startsWith(isEncrypted ? u"Hi Bob!"_s : u"Bob, we need to cancel this contract."_s), qPrintable(opened.text));
    }

    void cmsOfNss_data()
    {
        QTest::addColumn<QString>("key");
        if (support::vectorsFolder().isEmpty())
            return;
        QTest::newRow("fran-oaep-sha384hash_ossl") << u"Fran"_s;
        QTest::newRow("fran-oaep-sha512mgf_ossl") << u"Fran"_s;
        QTest::newRow("fran-ec_ossl-aes128-sha224") << u"Fran-ec"_s;
        QTest::newRow("fran-ec_ossl-aes192-sha384") << u"Fran-ec"_s;
    }

    void cmsOfNss()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(QString, key);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const Family family{{}, {u"nss-interop/%1.p12"_s.arg(key)}, "nss"};
        const OpenedMessage opened = openVector(vector(u"nss-interop/%1.env"_s.arg(name)), materialOf(family));
        QCOMPARE(opened.verdict.summary, Summary::Decrypted);
        QVERIFY2(opened.text.contains(u"This is a test message to Fran."_s), qPrintable(opened.text));
    }

    void everyOtherMailIsReadWithoutSignatureAndWithoutCrash_data()
    {
        QTest::addColumn<QString>("file");
        const QString folder = support::vectorsFolder();
        if (folder.isEmpty())
            return;
        const QStringList folders{u"mime4j/testmsgs"_s, u"mime4j/mimetools-testmsgs"_s, u"mimekit/messages"_s, u"mimekit/partial"_s, u"mime-torture"_s};
        for (const QString &name : folders) {
            QDirIterator files(folder + name, {u"*.msg"_s, u"*.txt"_s, u"*.eml"_s, u"mime-torture"_s}, QDir::Files);
            while (files.hasNext()) {
                const QString file = files.next();
                if (!file.contains("_decoded"_L1))
                    QTest::newRow(qPrintable(file.sliced(folder.size()))) << file;
            }
        }
    }

    void everyOtherMailIsReadWithoutSignatureAndWithoutCrash()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(QString, file);
        const OpenedMessage opened = openVector(support::fileContent(file), {});
        QVERIFY(opened.verdict.signature.signers.isEmpty());
        QVERIFY(opened.verdict.encryption.state == EncryptionState::None);
        const Summary summary = opened.verdict.summary;
        QVERIFY2(summary == Summary::Plain || summary == Summary::Malformed, qPrintable(nameOf(summary)));
        if (summary == Summary::Malformed)
            qInfo("malformed: %s", opened.fault ? qPrintable(opened.fault->detail) : "?");
    }

    void examplesOfRfc4134_data()
    {
        QTest::addColumn<Integrity>("integrity");
        QTest::addColumn<EncryptionState>("state");
        QTest::addColumn<int>("signers");
        if (support::vectorsFolder().isEmpty())
            return;
        const auto row = [](const char *file, Integrity integrity, EncryptionState state, int signers) {
            QTest::newRow(file) << integrity << state << signers;
        };
        using E = EncryptionState;
        row("3.1.bin", Integrity::None, E::None, 0);
        row("3.2.bin", Integrity::None, E::None, 0);
        row("4.1.bin", Integrity::Valid, E::None, 1);
        row("4.2.bin", Integrity::Valid, E::None, 1);
        row("4.4.bin", Integrity::Valid, E::None, 1);
        row("4.5.bin", Integrity::Valid, E::None, 1);
        row("4.7.bin", Integrity::Valid, E::None, 1);
        row("4.8.eml", Integrity::Valid, E::None, 1);
        row("4.9.eml", Integrity::Valid, E::None, 1);
        row("4.10.bin", Integrity::Valid, E::None, 1);
        row("4.11.bin", Integrity::None, E::None, 0);
        row("5.1.bin", Integrity::None, E::Decrypted, 0);
        row("5.2.bin", Integrity::None, E::Decrypted, 0);
        row("5.3.eml", Integrity::None, E::Decrypted, 0);
        row("6.0.bin", Integrity::None, E::None, 0);
        row("7.1.bin", Integrity::None, E::NoKey, 0);
        row("7.2.bin", Integrity::None, E::NoKey, 0);
    }

    void examplesOfRfc4134()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(Integrity, integrity);
        QFETCH(EncryptionState, state);
        QFETCH(int, signers);
        const OpenedMessage opened = openVector(vector(u"rfc4134/"_s + QString::fromLatin1(QTest::currentDataTag())), materialOf(kRfc4134));
        QCOMPARE(opened.verdict.signature.axes.integrity, integrity);
        QCOMPARE(opened.verdict.encryption.state, state);
        QCOMPARE(opened.verdict.signature.signers.size(), signers);
        QVERIFY(opened.verdict.summary != Summary::Verified);
        if (integrity == Integrity::Valid || state == EncryptionState::Decrypted)
            QVERIFY2(opened.text.contains(u"This is some sample content."_s), qPrintable(opened.text));
        if (integrity == Integrity::Valid)
            QVERIFY(opened.verdict.warnings.contains(u"weak-algorithm"_s));
    }

    void twoSignersOneOfThemUncheckableAreNotGood()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        const QByteArray der = vector(u"rfc4134/4.6.bin"_s);
        if (der.isEmpty())
            return;
        const OpenedMessage opened = openVector(der, materialOf(kRfc4134));
        QCOMPARE(opened.verdict.signature.signers.size(), 2);
        QCOMPARE(opened.verdict.signature.signers[0].axes.integrity, Integrity::Valid);
        QVERIFY(opened.verdict.signature.axes.integrity != Integrity::Valid);
    }

    void oldMailOfThunderbirdIsExpiredEvenIfItsRootIsTrusted()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        const QByteArray message = vector(u"mimekit/smime/thunderbird-signed.txt"_s);
        if (message.isEmpty())
            return;
        Family family{{u"mimekit/smime/StartComCertificationAuthority.crt"_s}, {u"mimekit/smime/StartComClass1PrimaryIntermediateClientCA.crt"_s}, {}};
        OpenedMessage opened = openVector(message, materialOf(family));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Valid);
        QCOMPARE(opened.verdict.signature.axes.time, Time::Expired);
        QCOMPARE(opened.verdict.signature.axes.identity, smime::Identity::Match);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        QVERIFY(Capabilities::fromDer(opened.signerCapabilitiesDer).oids.contains(u"2.16.840.1.101.3.4.1.42"_s)); // AES-256-CBC
        opened = openVector(message, {});
        QVERIFY(opened.verdict.signature.axes.chain != Chain::Trusted);
    }

    void signersOfMlDsaAreKnownOnlyByTheirCertificates_data()
    {
        QTest::addColumn<int>("bits");
        if (support::vectorsFolder().isEmpty())
            return;
        for (int bits : {44, 65, 87})
            QTest::addRow("ML-DSA-%d", bits) << bits;
    }

    void signersOfMlDsaAreKnownOnlyByTheirCertificates()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(int, bits);
        const QByteArray pem = vector(u"lamps-pqc/cms-ml-dsa/mldsa%1-signed-attrs.pem"_s.arg(bits));
        const QByteArray der = QByteArray::fromBase64(pem.mid(pem.indexOf('\n'), pem.indexOf("-----END") - pem.indexOf('\n')));
        OpenedMessage opened = openVector(der, {});
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Unsupported);
        QCOMPARE(opened.verdict.summary, Summary::Unverified);
        opened = openVector(der, materialOf({{}, {u"lamps-pqc/cms-ml-dsa/ML-DSA-%1.crt"_s.arg(bits)}, {}}));
        QCOMPARE(opened.verdict.signature.axes.integrity, Integrity::Valid);
        QVERIFY(opened.text.contains(u"signed-data example with signed attributes"_s));
    }

    void everyFileHasItsPlace()
    {
        const QString folder = support::vectorsFolder();
        if (folder.isEmpty())
            return;
        const QList<Place> all = places();
        QVERIFY(all.size() > 10);
        QSet<QString> used;
        QStringList homeless;
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next().sliced(folder.size());
            bool isPlaced = false;
            for (const Place &place : all)
                for (const QString &pattern : place.patterns)
                    if (fits(file, pattern)) {
                        used.insert(pattern);
                        isPlaced = true;
                    }
            if (!isPlaced)
                homeless.append(file);
        }
        QVERIFY2(homeless.isEmpty(), qPrintable(homeless.join(u'\n')));
        for (const Place &place : all) {
            for (const QString &pattern : place.patterns)
                QVERIFY2(used.contains(pattern), qPrintable(pattern + u" fits no file"_s));
            const QString source = QStringLiteral(WAXWING_TESTS "/%1/tst_%2.cpp").arg(place.test.section(u'.', 0, 0), place.test.section(u'.', 1));
            QVERIFY2(place.test == u"-"_s || QFile::exists(source), qPrintable(source));
        }
    }

    void whatRfc9788EncryptedComesOutOctetForOctet_data()
    {
        QTest::addColumn<bool>("isBob");
        if (support::vectorsFolder().isEmpty())
            return;
        for (const auto *stem : {"smime-signed-enc-hp-baseline", "smime-signed-enc-hp-baseline-legacy", "smime-signed-enc-hp-shy",
                                 "smime-signed-enc-hp-baseline-reply"})
            for (const bool isBob : {false, true})
                QTest::addRow("%s %s", stem, isBob ? "Bob" : "Alice") << isBob;
    }

    void whatRfc9788EncryptedComesOutOctetForOctet()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(bool, isBob);
        const QString stem = u"rfc9788/"_s + QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
        const OpenedMessage opened = openVector(vector(stem + u".reencrypted.eml"_s), materialOf(isBob ? kRfc9216Bob : kRfc9216));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(canonical(opened.signedOctets.view().toByteArray()), canonical(vector(stem + u".payload.eml"_s)));
        // The layer that was inside opens by itself, too.
        const OpenedMessage inner = openVector(vector(stem + u".inner.eml"_s), materialOf(kRfc9216));
        QCOMPARE(inner.verdict.signature.axes.integrity, Integrity::Valid);
        QCOMPARE(inner.signedOctets.view().toByteArray(), opened.signedOctets.view().toByteArray());
    }

    void whatTheDraftEncryptedComesOutOctetForOctet_data()
    {
        QTest::addColumn<QString>("inner");
        if (support::vectorsFolder().isEmpty())
            return;
        for (const auto *stem : {"smime-onepart-signed", "smime-sign+enc", "smime-sign+enc+legacy-disp", "smime-enc+legacy-disp"})
            QTest::newRow(stem) << (QByteArray(stem).startsWith("smime-sign+") ? u".inner.inner"_s : u".inner"_s);
    }

    void whatTheDraftEncryptedComesOutOctetForOctet()
    {
        if (support::vectorsFolder().isEmpty())
            return; // a clone without the folder has no rows
        QFETCH(QString, inner);
        const QString stem = u"protected-headers-draft/"_s + QString::fromLatin1(QTest::currentDataTag());
        const OpeningMaterial material = materialOf(kDraft);
        const QByteArray message = vector(stem + u".eml"_s);
        const base::Result<QByteArray> innermost = octetsInside(message, material.keys);
        QVERIFY(innermost.isOk());
        QCOMPARE(canonical(*innermost), canonical(vector(stem + inner)));
    }

    void authoritiesOfMimeKitOpen()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        for (const auto *name : {"intermediate1", "intermediate2"}) {
            const auto material = provider::readKeyMaterial(vector(u"mimekit/smime/%1.pfx"_s.arg(QString::fromLatin1(name))), base::Secret("no.secret"));
            QVERIFY2(material.isOk(), name);
            QCOMPARE(material->privateKeys.size(), 1);
        }
    }

    void expiredMlKemCertificateIsExpired()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        const auto leaf = provider::readCertificates(vector(u"lamps-pqc/cms-ml-kem/ML-KEM-512.pem"_s));
        const auto root = provider::readCertificates(vector(u"lamps-pqc/cms-ml-kem/mldsa65RootCA.pem"_s));
        QVERIFY(leaf.isOk() && root.isOk());
        provider::PathPolicy policy;
        policy.purpose = provider::PathPurpose::SmimeEncrypt;
        policy.at = testTime();
        const provider::PathFindings found = provider::validatePath(leaf->first(), {}, *root, {}, policy);
        QCOMPARE(found.time, provider::PathTime::Expired);
        QVERIFY2(found.chain == provider::PathChain::Trusted, qPrintable(found.detail));
    }

    void mlKemMessageOpensWithItsKey()
    {
        if (support::vectorsFolder().isEmpty())
            return;
        const QByteArray pem = vector(u"lamps-pqc/cms-ml-kem/ML-KEM-512.cms"_s);
        if (pem.isEmpty())
            return;
        const QByteArray der = QByteArray::fromBase64(pem.mid(pem.indexOf('\n'), pem.indexOf("-----END") - pem.indexOf('\n')));
        for (const QString &form : {u"seed"_s, u"both"_s, u"expanded"_s}) {
            const Family family{{}, {u"lamps-pqc/cms-ml-kem/ML-KEM-512-%1.priv"_s.arg(form), u"lamps-pqc/cms-ml-kem/ML-KEM-512.pem"_s}, {}};
            const OpenedMessage opened = openVector(der, materialOf(family));
            QCOMPARE(opened.verdict.summary, Summary::Decrypted);
            QCOMPARE(text(opened), u"Hello, world!"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_Vectors.moc"
