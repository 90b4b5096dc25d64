// SPDX-License-Identifier: GPL-3.0-or-later
// Every forged mail that a foreign program can read is judged by it, too, layer by layer: BouncyCastle, NSS and gpgsm. openssl takes the outer layers off
// and opens what is for a password or a shared key.
#include "interop/BouncyPeer.h"
#include "interop/ForgedLetters.h"
#include "provider/CertificateFacts.h"
#include "provider/KeyMaterial.h"
#include "provider/PrivateKeyFile.h"
#include "support/TestAuthority.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTest>

#include <memory>

using namespace interop;
using namespace Qt::StringLiterals;

namespace {

/// Mails that a peer cannot be asked about, each with the reason.
using Incapable = QHash<QString, QString>;

struct Said {
    bool isGood = false;
    QByteArray reason;
};

QString outcomeName(ForgedLetter::Outcome outcome)
{
    return outcome == ForgedLetter::Outcome::Good ? u"good"_s : u"bad"_s;
}

/// What a peer said against what was expected; a mail that it cannot be asked about must be one that it fails on.
class Disagreements
{
public:
    explicit Disagreements(const Incapable &incapable) : m_incapable(incapable) {}

    void add(const QString &name, const QString &what)
    {
        m_failed.insert(name);
        if (!m_incapable.contains(name))
            m_lines.append(name + u": "_s + what);
    }

    [[nodiscard]] bool isEmpty()
    {
        for (auto it = m_incapable.begin(); it != m_incapable.end(); ++it)
            if (!m_failed.contains(it.key()))
                m_lines.append(u"%1: it can by now, so this is out of date: %2"_s.arg(it.key(), it.value()));
        m_text = '\n' + m_lines.join(u'\n').toUtf8();
        return m_lines.isEmpty();
    }
    [[nodiscard]] const char *text() const { return m_text.constData(); }

private:
    const Incapable &m_incapable;
    QSet<QString> m_failed;
    QStringList m_lines;
    QByteArray m_text;
};

/// NSS and GnuPG 2.4 read neither AuthEnvelopedData nor CompressedData, and are told no password of a mail.
bool isForBouncyCastleAlone(const ForgedLetter &letter)
{
    if (letter.isForSecret())
        return true;
    const auto cms = provider::readCmsStructure(letter.cms);
    return letter.task == ForgedLetter::Task::Decompress || (cms && cms->type == provider::CmsContentType::AuthEnvelopedData);
}

} // namespace

class TestForged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<support::ForgedFolder>(qEnvironmentVariable("WAX_PROGRAM"));
        QVERIFY2(m_folder->minted.isOk(), m_folder->minted.text());
        QVERIFY(m_workshop.write(u"keys.pem"_s, m_folder->read(u"keys.pem"_s)));
        m_letters = questions(*m_folder, [this](const ForgedLetter &letter) {
            return m_workshop.run(u"openssl"_s, {u"cms"_s, u"-decrypt"_s, u"-inform"_s, u"DER"_s, u"-inkey"_s, u"keys.pem"_s}, letter.cms).output;
        });
        QVERIFY(m_letters.size() > 100);
        QVERIFY(std::ranges::count_if(m_letters, [](const ForgedLetter &letter) { return letter.name.contains("-layer-"_L1); }) > 10);
        for (const ForgedLetter &letter : m_letters) {
            QVERIFY(m_workshop.write(letter.cmsFile(), letter.cms));
            if (letter.detachedContent)
                QVERIFY(m_workshop.write(letter.contentFile(), *letter.detachedContent));
        }
        QVERIFY(m_workshop.write(u"ca.pem"_s, m_folder->read(u"ca.pem"_s)));
        importIntoGpgsm();
        importIntoNss();
    }

    void cleanupTestCase() { (void)m_workshop.run(u"gpgconf"_s, {u"--kill"_s, u"all"_s}); }

    void bouncyCastleAgrees()
    {
        static const QString noKem = u"BouncyCastle 1.80 has no AuthEnvelopedData for KEM recipients"_s;
        static const QString noX = u"BouncyCastle 1.80 reads originator keys of EC alone"_s;
        static const Incapable incapable{{u"to-ml-kem-512"_s, noKem}, {u"to-ml-kem-768"_s, noKem}, {u"to-ml-kem-1024"_s, noKem},
                                         {u"to-x25519"_s, noX}, {u"to-x448"_s, noX},
                                         {u"to-password"_s, u"BouncyCastle 1.80 has no password recipients in AuthEnvelopedData"_s},
                                         {u"signed-md5"_s, u"BouncyCastle verifies MD5; here it is refused"_s}};
        QVERIFY(writeKeysForBouncyCastle());
        QList<QStringList> jobs;
        for (const ForgedLetter &letter : std::as_const(m_letters)) {
            if (letter.task == ForgedLetter::Task::Verify)
                jobs.append({u"verify"_s, letter.cmsFile(), letter.detachedContent ? letter.contentFile() : u"-"_s});
            else if (letter.isForSecret())
                jobs.append({u"unlock"_s, letter.cmsFile(), letter.outFile(), letter.password.isEmpty() ? u"shared-key="_s + letter.sharedKey[u"key"].toString()
                                                                                                        : u"password="_s + letter.password});
            else if (letter.task == ForgedLetter::Task::Decrypt)
                jobs.append({u"decrypt"_s, letter.cmsFile(), letter.outFile(), u"expanded.pem"_s});
            else
                jobs.append({u"decompress"_s, letter.cmsFile(), letter.outFile()});
        }
        const BouncyAnswers said = runBouncyPeer(m_workshop, jobs);
        QVERIFY2(said.answers.size() == m_letters.size(), said.errors.constData());
        Disagreements wrong(incapable);
        for (qsizetype i = 0; i < m_letters.size(); ++i)
            compare(m_letters[i], m_letters[i].expected, {said.answers[i].outcome == "good"_L1, said.answers[i].reason}, wrong);
        QVERIFY2(wrong.isEmpty(), wrong.text());
    }

    // What the manifest tells opens it.
    void opensslOpensWhatIsForASecret()
    {
        static const Incapable none;
        Disagreements wrong(none);
        int asked = 0;
        for (const ForgedLetter &letter : std::as_const(m_letters)) {
            if (!letter.isForSecret())
                continue;
            ++asked;
            const QString id = QString::fromLatin1(letter.sharedKey[u"id"].toString().toUtf8().toHex());
            const QStringList secret = letter.password.isEmpty()
                ? QStringList{u"-secretkey"_s, letter.sharedKey[u"key"].toString(), u"-secretkeyid"_s, id}
                : QStringList{u"-pwri_password"_s, letter.password};
            const RunResult result = m_workshop.run(
                u"openssl"_s, QStringList{u"cms"_s, u"-decrypt"_s, u"-inform"_s, u"DER"_s, u"-in"_s, letter.cmsFile(), u"-out"_s, letter.outFile()} + secret);
            compare(letter, letter.expected, {result.isOk(), result.errors}, wrong);
        }
        QVERIFY2(wrong.isEmpty(), wrong.text());
        QCOMPARE(asked, 3);
    }

    // cmsutil says yes only if the path is in order, too.
    void nssAgrees()
    {
        static const QString noAlgorithm = u"NSS 3.110 has no such signature in CMS"_s;
        static const Incapable incapable{{u"ed25519"_s, noAlgorithm}, {u"ed448"_s, noAlgorithm}, {u"ml-dsa-44"_s, noAlgorithm},
                                         {u"ml-dsa-65"_s, noAlgorithm}, {u"ml-dsa-87"_s, noAlgorithm},
                                         {u"rsa-pss-key"_s, u"NSS verifies RSA-PSS by ordinary RSA keys only"_s},
                                         {u"any-purpose"_s, u"NSS wants emailProtection itself; RFC 8550 section 4.4.4 permits anyExtendedKeyUsage"_s},
                                         {u"other-content-inside"_s, u"NSS looks at the content that it is given, not at the one inside"_s},
                                         {u"to-ml-kem-768-cbc"_s, u"NSS has no KEM recipients"_s}};
        Disagreements wrong(incapable);
        int asked = 0;
        for (const ForgedLetter &letter : std::as_const(m_letters)) {
            if (isForBouncyCastleAlone(letter))
                continue;
            ++asked;
            QStringList arguments{u"-D"_s, u"-d"_s, u"sql:"_s + m_workshop.path(u"nss"_s), u"-i"_s, letter.cmsFile()};
            if (letter.detachedContent)
                arguments += {u"-c"_s, letter.contentFile()};
            const RunResult result = m_workshop.run(u"cmsutil"_s, arguments);
            if (letter.task == ForgedLetter::Task::Decrypt)
                m_workshop.write(letter.outFile(), result.output);
            compare(letter, letter.isCertificateSound ? letter.expected : ForgedLetter::Outcome::Bad, {result.isOk(), result.errors}, wrong);
        }
        QVERIFY2(wrong.isEmpty(), wrong.text());
        QVERIFY(asked > 80);
    }

    void gpgsmAgrees()
    {
        static const QString noAlgorithm = u"GnuPG 2.4 has no such signature in CMS"_s;
        static const QString noRc2 = u"GnuPG has no RC2"_s;
        static const QString noKeyId = u"libksba reads no CMS that names its signer or recipient by key identifier"_s;
        static const Incapable incapable{{u"ed25519"_s, noAlgorithm}, {u"ed448"_s, noAlgorithm}, {u"ml-dsa-44"_s, noAlgorithm},
                                         {u"ml-dsa-65"_s, noAlgorithm}, {u"ml-dsa-87"_s, noAlgorithm}, {u"rc2-128"_s, noRc2}, {u"rc2-40"_s, noRc2},
                                         {u"signer-by-key-id"_s, noKeyId}, {u"recipient-by-key-id"_s, noKeyId},
                                         {u"certificate-missing"_s, u"GnuPG keeps the certificates that other mails brought"_s},
                                         {u"signed-md5"_s, u"GnuPG verifies MD5; here it is refused"_s},
                                         {u"attribute-content-type-missing"_s, u"GnuPG does not ask for contentType; RFC 5652 section 11.1 does"_s},
                                         {u"to-ml-kem-768-cbc"_s, u"GnuPG 2.4 has no KEM recipients"_s}};
        Disagreements wrong(incapable);
        int asked = 0;
        for (const ForgedLetter &letter : std::as_const(m_letters)) {
            if (isForBouncyCastleAlone(letter))
                continue;
            ++asked;
            compare(letter, letter.expected, gpgsmOn(letter), wrong);
        }
        QVERIFY2(wrong.isEmpty(), wrong.text());
        QVERIFY(asked > 80);
    }

private:
    void compare(const ForgedLetter &letter, ForgedLetter::Outcome expected, const Said &said, Disagreements &wrong) const
    {
        const bool isAsExpected = said.isGood == (expected == ForgedLetter::Outcome::Good);
        if (!isAsExpected)
            wrong.add(letter.name, u"%1 expected; %2"_s.arg(outcomeName(expected), QString::fromUtf8(said.reason.simplified())));
        const bool isReadable = said.isGood && letter.task != ForgedLetter::Task::Verify;
        if (isReadable && !m_workshop.read(letter.outFile()).contains(letter.text))
            wrong.add(letter.name, u"another text comes out"_s);
    }

    RunResult gpgsm(const QStringList &arguments)
    {
        const QStringList common{u"--batch"_s, u"--yes"_s, u"--status-fd"_s, u"2"_s, u"--pinentry-mode"_s, u"loopback"_s, u"--passphrase-fd"_s, u"0"_s};
        return m_workshop.run(u"gpgsm"_s, common + arguments, "secret\n");
    }

    // What it thinks of the certificate is another axis: expired or revoked, the signature itself is good.
    Said gpgsmOn(const ForgedLetter &letter)
    {
        if (letter.task == ForgedLetter::Task::Decrypt) {
            const RunResult result = gpgsm({u"--output"_s, letter.outFile(), u"--decrypt"_s, letter.cmsFile()});
            return {result.isOk(), result.errors};
        }
        const RunResult result = letter.detachedContent ? gpgsm({u"--verify"_s, letter.cmsFile(), letter.contentFile()})
                                                        : gpgsm({u"--verify"_s, letter.cmsFile()});
        const bool hasBad = result.errors.contains("[GNUPG:] BADSIG") || result.errors.contains("[GNUPG:] ERRSIG");
        const bool hasGood = result.errors.contains("[GNUPG:] GOODSIG") || result.errors.contains("[GNUPG:] EXPKEYSIG");
        return {hasGood && !hasBad, result.errors};
    }

    /// BouncyCastle 1.80 is older than the forms of RFC 9935 that hold a seed: the expanded key is in both.
    bool writeKeysForBouncyCastle()
    {
        const auto material = provider::readKeyMaterial(m_folder->read(u"keys.pem"_s));
        QByteArray pem;
        for (qsizetype i = 0; material && i < material->privateKeys.size(); ++i) {
            const QByteArray key = provider::toPem(provider::toPkcs8(material->privateKeys[i]).view(), "PRIVATE KEY");
            const RunResult expanded = m_workshop.run(u"openssl"_s, {u"pkcs8"_s, u"-topk8"_s, u"-nocrypt"_s, u"-provparam"_s,
                                                                     u"ml-kem.output_formats=priv-only"_s}, key);
            if (!expanded.isOk())
                return false;
            pem += expanded.output + provider::toPem(material->certificates[i], "CERTIFICATE");
        }
        return m_workshop.write(u"expanded.pem"_s, pem);
    }

    void importIntoGpgsm()
    {
        m_workshop.setEnvironment(u"GNUPGHOME"_s, m_workshop.path());
        QVERIFY(QFile::setPermissions(m_workshop.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(m_workshop.write(u"gpgsm.conf"_s, "disable-crl-checks\ndisable-policy-checks\nno-common-certs-import\n"));
        QVERIFY(m_workshop.write(u"gpg-agent.conf"_s, "allow-loopback-pinentry\ns2k-count 1024\n"));
        const auto anchors = provider::readCertificates(m_folder->read(u"ca.pem"_s));
        QVERIFY(anchors.isOk());
        QByteArray trusted;
        for (const QByteArray &der : *anchors)
            trusted += QCryptographicHash::hash(der, QCryptographicHash::Sha1).toHex(':').toUpper() + " S relax\n";
        QVERIFY(m_workshop.write(u"trustlist.txt"_s, trusted));
        const RunResult imported = gpgsm({u"--import"_s, u"ca.pem"_s});
        QVERIFY2(imported.isOk(), imported.text());
        for (const QString &file : pkcs12Files()) {
            const RunResult key = gpgsm({u"--import"_s, file});
            QVERIFY2(key.isOk(), key.text());
        }
    }

    void importIntoNss()
    {
        const QString database = u"sql:"_s + m_workshop.path(u"nss"_s);
        QVERIFY(QDir(m_workshop.path()).mkpath(u"nss"_s));
        RunResult result = m_workshop.run(u"certutil"_s, {u"-N"_s, u"--empty-password"_s, u"-d"_s, database});
        QVERIFY2(result.isOk(), result.text());
        const auto anchors = provider::readCertificates(m_folder->read(u"ca.pem"_s));
        for (qsizetype i = 0; i < anchors->size(); ++i) {
            QVERIFY(m_workshop.write(u"anchor.der"_s, anchors->at(i)));
            result = m_workshop.run(u"certutil"_s, {u"-A"_s, u"-n"_s, u"anchor%1"_s.arg(i), u"-t"_s, u"CT,C,C"_s, u"-i"_s, u"anchor.der"_s, u"-d"_s, database});
            QVERIFY2(result.isOk(), result.text());
        }
        for (const QString &file : pkcs12Files()) {
            result = m_workshop.run(u"pk12util"_s, {u"-i"_s, file, u"-W"_s, u"secret"_s, u"-d"_s, database});
            QVERIFY2(result.isOk(), result.text());
        }
    }

    /// One file for each of Bob's RSA and EC keys.
    QStringList pkcs12Files()
    {
        QStringList files;
        const auto material = provider::readKeyMaterial(m_folder->read(u"keys.pem"_s));
        for (qsizetype i = 0; material && i < material->privateKeys.size(); ++i) {
            const auto facts = provider::readCertificateFacts(material->certificates[i]);
            if (!facts || !(facts->keyType.startsWith("RSA"_L1) || facts->keyType.startsWith("EC"_L1)))
                continue;
            const QByteArray pem = material->privateKeys[i].toPEM().toLatin1() + provider::toPem(material->certificates[i], "CERTIFICATE");
            const QString name = u"bob%1.p12"_s.arg(i);
            const bool isMade = m_workshop.write(u"person.pem"_s, pem)
                && m_workshop.run(u"openssl"_s, {u"pkcs12"_s, u"-export"_s, u"-in"_s, u"person.pem"_s, u"-name"_s, facts->keyType, u"-passout"_s,
                                                 u"pass:secret"_s, u"-out"_s, name}).isOk();
            if (isMade)
                files.append(name);
        }
        return files;
    }

    support::WithProvider m_provider;
    std::unique_ptr<support::ForgedFolder> m_folder;
    Workshop m_workshop;
    QList<ForgedLetter> m_letters;
};

QTEST_GUILESS_MAIN(TestForged)
#include "tst_Forged.moc"
