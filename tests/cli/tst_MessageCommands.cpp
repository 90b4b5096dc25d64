// SPDX-License-Identifier: GPL-3.0-or-later
// wax seal, open and inspect as scripts use them: exit statuses, the JSON of the contract, openssl as the foreign peer.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

struct Run {
    int exitStatus = -1;
    QByteArray out;
    QByteArray talk;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

const QByteArray kDraft = "Subject: Lunch on Friday\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAt noon?\r\n";

} // namespace

class TestMessageCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        write(u"pw"_s, "demonstration\n");
        write(u"draft.eml"_s, kDraft);
        QCOMPARE(wax({u"authority"_s, u"init"_s, u"--name"_s, u"Team"_s}).exitStatus, 0);
        for (const QString &name : {u"alice"_s, u"bob"_s, u"carol"_s})
            QCOMPARE(wax({u"identity"_s, u"create"_s, u"--address"_s, name + u"@example.org"_s, u"--name"_s, name, u"--key"_s, u"rsa:2048"_s}).exitStatus, 0);
        write(u"ca.pem"_s, wax({u"authority"_s, u"export"_s}).out);
        for (const QString &name : {u"alice"_s, u"bob"_s})
            QCOMPARE(wax({u"--profile"_s, name + u"@example.org"_s, u"identity"_s, u"export"_s, u"--out"_s, path(name + u".p12"_s)}).exitStatus, 0);
        write(u"bob.pem"_s, wax({u"--profile"_s, u"bob@example.org"_s, u"identity"_s, u"export"_s, u"--certificate"_s}).out);
        write(u"carol.pem"_s, wax({u"--profile"_s, u"carol@example.org"_s, u"identity"_s, u"export"_s, u"--certificate"_s}).out);
    }

    void sealedMailIsOpenedByItsReader()
    {
        const Run sealed = seal({u"--to"_s, u"bob@example.org"_s});
        QCOMPARE(sealed.exitStatus, 0);
        QVERIFY(sealed.out.contains("Subject: [...]\r\n") && !sealed.out.contains("noon"));
        write(u"sealed.eml"_s, sealed.out);
        const Run opened = wax({u"--profile"_s, u"bob@example.org"_s, u"open"_s, u"--json"_s, path(u"sealed.eml"_s)});
        QCOMPARE(opened.exitStatus, 0);
        const QJsonObject json = opened.json();
        QCOMPARE(json["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(json["headers"_L1]["Subject"_L1]["value"_L1].toString(), u"Lunch on Friday"_s);
        QCOMPARE(json["headers"_L1]["Subject"_L1]["outer"_L1].toString(), u"[...]"_s);
        QCOMPARE(json["headers"_L1]["Subject"_L1]["protection"_L1].toString(), u"signed-and-encrypted"_s);
        QCOMPARE(json["body"_L1]["text"_L1].toString().trimmed(), u"At noon?"_s);
        QVERIFY(json["body"_L1]["html"_L1].isNull());
        QCOMPARE(json["layers"_L1].toArray().size(), 2);
        QCOMPARE(json["layers"_L1].toArray().last()["signature"_L1]["integrity"_L1].toString(), u"valid"_s);
        QCOMPARE(json["encryption"_L1]["state"_L1].toString(), u"decrypted"_s);
        QCOMPARE(json["warnings"_L1].toArray(), QJsonArray{});
    }

    void everyFieldOfTheContractIsThere()
    {
        write(u"sealed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s}).out);
        const QJsonObject json = wax({u"--profile"_s, u"bob@example.org"_s, u"open"_s, u"--json"_s, path(u"sealed.eml"_s)}).json();
        for (const char *name : {"summary", "layers", "signature", "encryption", "headers", "body", "unprotected", "warnings"})
            QVERIFY2(json.contains(QLatin1StringView(name)), name);
        const QJsonObject signature = json["signature"_L1].toObject();
        for (const char *name : {"integrity", "chain", "usage", "time", "revocation", "strength", "identity", "coverage", "continuity", "signers"})
            QVERIFY2(signature.contains(QLatin1StringView(name)), name);
        const QJsonObject signer = signature["signers"_L1].toArray().first().toObject();
        for (const char *name : {"integrity", "chain", "usage", "time", "revocation", "strength", "identity", "addresses", "subject", "issuer",
                                 "serial", "digest", "algorithm", "signingTime", "detail"})
            QVERIFY2(signer.contains(QLatin1StringView(name)), name);
        QVERIFY(signer["signingTime"_L1].toString().endsWith(u'Z'));
        const QJsonObject recipient = json["encryption"_L1]["recipients"_L1].toArray().first().toObject();
        for (const char *name : {"kind", "issuer", "serial", "algorithm", "self"})
            QVERIFY2(recipient.contains(QLatin1StringView(name)), name);
    }

    void peopleAreGivenByTheirAddresses()
    {
        // Whoever looked for the first address in the text found Alice.
        write(u"named.eml"_s, "From: \"Alice <alice@example.org>,\" <mallory@example.net>\r\nTo: Bob <bob@example.org>, carol@example.org\r\nSubject: a@example.org\r\n\r\nHello.\r\n");
        const QJsonValue headers = wax({u"open"_s, u"--json"_s, path(u"named.eml"_s)}).json()["headers"_L1];
        QCOMPARE(headers["From"_L1]["addresses"_L1].toArray(), QJsonArray{u"mallory@example.net"_s});
        QCOMPARE(headers["To"_L1]["addresses"_L1].toArray(), (QJsonArray{u"bob@example.org"_s, u"carol@example.org"_s}));
        QVERIFY(headers["Subject"_L1]["addresses"_L1].isUndefined());
    }

    void filesAloneAreEnough()
    {
        write(u"sealed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s}).out);
        const QStringList open{u"open"_s, u"--json"_s, path(u"sealed.eml"_s)};
        Run run = wax(open + QStringList{u"--trust"_s, path(u"ca.pem"_s), u"--key"_s, path(u"bob.p12"_s)}, u"nowhere"_s);
        QCOMPARE(run.exitStatus, 0);
        QCOMPARE(run.json()["summary"_L1].toString(), u"verified"_s);
        run = wax(open + QStringList{u"--key"_s, path(u"bob.p12"_s)}, u"nowhere"_s);
        QCOMPARE(run.exitStatus, 1);
        QCOMPARE(run.json()["signature"_L1]["chain"_L1].toString(), u"untrusted"_s);
        QCOMPARE(openssl({u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s, u"-out"_s, path(u"lone.key"_s)}).exitStatus, 0);
        run = wax(open + QStringList{u"--key"_s, path(u"lone.key"_s)}, u"nowhere"_s);
        QCOMPARE(run.exitStatus, 1);
        QVERIFY2(run.talk.contains("without its certificate"), run.talk);
        run = wax(open, u"nowhere"_s);
        QCOMPARE(run.exitStatus, 1);
        QCOMPARE(run.json()["summary"_L1].toString(), u"cannot-decrypt"_s);
        run = wax(open + QStringList{u"--trust"_s, path(u"ca.pem"_s), u"--key"_s, path(u"bob.p12"_s), u"--at"_s, u"2099-01-01T00:00:00Z"_s}, u"nowhere"_s);
        QCOMPARE(run.json()["signature"_L1]["time"_L1].toString(), u"expired"_s);
    }

    void filesAloneAreEnoughToSeal()
    {
        const QStringList own{u"--key"_s, path(u"alice.p12"_s), u"--trust"_s, path(u"ca.pem"_s)};
        const auto sealBy = [&](const QStringList &words) {
            return wax(QStringList{u"seal"_s, u"--from"_s, u"Alice <alice@example.org>"_s} + own + words + QStringList{path(u"draft.eml"_s)}, u"nowhere"_s);
        };
        const QStringList toBoth{u"--to"_s, u"bob@example.org"_s, u"--cc"_s, u"carol@example.org"_s, u"--certificate"_s, path(u"bob.pem"_s)};
        const Run sealed = sealBy(toBoth + QStringList{u"--certificate"_s, path(u"carol.pem"_s)});
        QVERIFY2(sealed.exitStatus == 0, sealed.talk);
        write(u"sealed.eml"_s, sealed.out);
        for (const QString &reader : {u"alice@example.org"_s, u"bob@example.org"_s, u"carol@example.org"_s}) {
            const QJsonObject json = wax({u"--profile"_s, reader, u"open"_s, u"--json"_s, path(u"sealed.eml"_s)}).json();
            QCOMPARE(json["summary"_L1].toString(), u"verified"_s);
            QCOMPARE(json["headers"_L1]["From"_L1]["value"_L1].toString(), u"Alice <alice@example.org>"_s);
        }
        const Run lacking = sealBy(toBoth);
        QCOMPARE(lacking.exitStatus, 3);
        QVERIFY2(lacking.talk.contains("carol@example.org"), lacking.talk);
        QVERIFY(lacking.out.isEmpty());
        QCOMPARE(wax({u"seal"_s, u"--from"_s, u"nobody"_s, u"--to"_s, u"bob@example.org"_s, u"--key"_s, path(u"alice.p12"_s), path(u"draft.eml"_s)}).exitStatus, 3);
    }

    void aSignatureWithARevokedCertificateIsMadeWithAWarning()
    {
        QCOMPARE(wax({u"identity"_s, u"create"_s, u"--address"_s, u"dora@example.org"_s, u"--name"_s, u"Dora"_s, u"--key"_s, u"rsa:2048"_s}).exitStatus, 0);
        const QStringList sealing{u"seal"_s, u"--json"_s, u"--from"_s, u"dora@example.org"_s, u"--to"_s, u"bob@example.org"_s, u"--out"_s, path(u"sealed"_s), path(u"draft.eml"_s)};
        QCOMPARE(wax(sealing).json()["warnings"_L1].toArray(), QJsonArray{});
        const QJsonArray issued = QJsonDocument::fromJson(wax({u"authority"_s, u"list"_s, u"--json"_s}).out).array();
        QCOMPARE(wax({u"authority"_s, u"revoke"_s, issued.last()["serial"_L1].toString()}).exitStatus, 0);
        const Run revoked = wax(sealing);
        QCOMPARE(revoked.exitStatus, 0);
        QCOMPARE(revoked.json()["warnings"_L1].toArray(), (QJsonArray{u"signer-revoked"_s}));
        QVERIFY2(revoked.talk.contains("Your certificate was revoked"), revoked.talk);
        QCOMPARE(wax(sealing + QStringList{u"--no-sign"_s}).json()["warnings"_L1].toArray(), QJsonArray{});
    }

    void manyAreOpenedInOneCall()
    {
        // Alice's own copies are for her keystore, Bob's for the file: neither puts the other out.
        const auto sealTo = [&](const QString &reader) {
            return wax({u"--profile"_s, u"carol@example.org"_s, u"seal"_s, u"--from"_s, u"carol@example.org"_s, u"--to"_s, reader, path(u"draft.eml"_s)}).out;
        };
        write(u"to-bob.eml"_s, sealTo(u"bob@example.org"_s));
        write(u"to-alice.eml"_s, sealTo(u"alice@example.org"_s));
        const QStringList open{u"--profile"_s, u"alice@example.org"_s, u"open"_s, u"--trust"_s, path(u"ca.pem"_s), u"--key"_s, path(u"bob.p12"_s)};
        const QStringList files{path(u"to-alice.eml"_s), path(u"to-bob.eml"_s)};
        const Run both = wax(open + QStringList{u"--json"_s} + files);
        QCOMPARE(both.exitStatus, 0);
        const QByteArrayList lines = both.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        for (qsizetype i = 0; i < 2; ++i) {
            const QJsonObject one = QJsonDocument::fromJson(lines[i]).object();
            QCOMPARE(one["file"_L1].toString(), files[i]);
            QCOMPARE(one["summary"_L1].toString(), u"verified"_s);
        }
        // What cannot be read is said, and the rest is opened.
        const Run partly = wax(open + QStringList{u"--json"_s, path(u"no-such.eml"_s), files[1]});
        QCOMPARE(partly.exitStatus, 3);
        QCOMPARE(QJsonDocument::fromJson(partly.out.split('\n').value(0)).object()["error"_L1]["code"_L1].toString(), u"FileNotFound"_s);
        QCOMPARE(QJsonDocument::fromJson(partly.out.split('\n').value(1)).object()["summary"_L1].toString(), u"verified"_s);
        // For people: file and verdict, no text.
        const Run words = wax(open + files);
        QCOMPARE(words.exitStatus, 0);
        QVERIFY(words.talk.contains("to-alice.eml") && words.talk.contains("to-bob.eml") && words.out.isEmpty());
        // Who has no key is asked once, not for each.
        write(u"wrong"_s, "wrong\n");
        const Run wrong = wax(QStringList{u"--profile"_s, u"alice@example.org"_s, u"open"_s, u"--passphrase-file"_s, path(u"wrong"_s), files[0], files[0]});
        QCOMPARE(wrong.exitStatus, 3);
        QCOMPARE(wrong.talk.count("The passphrase is wrong"), 1);
    }

    void opensslReadsWhatWeSealAndWeReadWhatItSeals()
    {
        QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"signed.eml"_s, message);
        QVERIFY(openssl({u"cms"_s, u"-verify"_s, u"-in"_s, u"signed.eml"_s, u"-CAfile"_s, u"ca.pem"_s, u"-purpose"_s, u"smimesign"_s}).out.contains("At noon?"));
        QCOMPARE(openssl({u"pkcs12"_s, u"-in"_s, u"bob.p12"_s, u"-nodes"_s, u"-passin"_s, u"file:pw"_s, u"-out"_s, u"bob-key.pem"_s}).exitStatus, 0);
        write(u"sealed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s}).out);
        QVERIFY(openssl({u"cms"_s, u"-decrypt"_s, u"-in"_s, u"sealed.eml"_s, u"-inkey"_s, u"bob-key.pem"_s, u"-recip"_s, u"bob-key.pem"_s}).out.contains("At noon?"));
        QCOMPARE(openssl({u"cms"_s, u"-sign"_s, u"-in"_s, u"draft.eml"_s, u"-signer"_s, u"bob-key.pem"_s, u"-from"_s, u"bob@example.org"_s,
                          u"-text"_s, u"-out"_s, u"foreign.eml"_s}).exitStatus, 0);
        const Run run = wax({u"open"_s, u"--json"_s, u"--trust"_s, path(u"ca.pem"_s), path(u"foreign.eml"_s)});
        QCOMPARE(run.json()["summary"_L1].toString(), u"verified"_s);
    }

    void aSignerIsNamedByKeyAndByTheAlgorithmThatVerified()
    {
        const QStringList request{u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa-pss"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:1024"_s, u"-nodes"_s,
                                  u"-subj"_s, u"/CN=Pia"_s, u"-keyout"_s, u"pss.key"_s, u"-out"_s, u"pss.pem"_s};
        QCOMPARE(openssl(request).exitStatus, 0);
        QCOMPARE(openssl({u"cms"_s, u"-sign"_s, u"-in"_s, u"draft.eml"_s, u"-signer"_s, u"pss.pem"_s, u"-inkey"_s, u"pss.key"_s, u"-keyid"_s,
                          u"-text"_s, u"-out"_s, u"pss.eml"_s}).exitStatus, 0);
        // It writes rsaEncryption beside what only RSA-PSS verifies.
        const QJsonObject signer = wax({u"open"_s, u"--json"_s, path(u"pss.eml"_s)}).json()["signature"_L1]["signers"_L1][0].toObject();
        QCOMPARE(signer["integrity"_L1].toString(), u"valid"_s);
        QCOMPARE(signer["algorithm"_L1].toString(), u"RSA-PSS"_s);
        const QByteArray tree = wax({u"inspect"_s, path(u"pss.eml"_s)}).out;
        QVERIFY2(tree.contains("signer: key identifier ") && tree.contains(", RSA with SHA-256\n"), tree.constData());
    }

    void whatStandsOutsideCannotPassForProtected()
    {
        const QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"partly.eml"_s, "From: alice@example.org\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n" + message
                  + "\r\n--out\r\nContent-Type: text/plain\r\n\r\n--- protected part 1.9 ---\r\nI agree.\r\n--out--\r\n");
        const Run run = wax({u"open"_s, u"--trust"_s, path(u"ca.pem"_s), path(u"partly.eml"_s)});
        QCOMPARE(run.exitStatus, 1);
        QVERIFY2(run.out.contains("\n--- outside the protection, part 1.2 ---\n| --- protected part 1.9 ---\n| I agree.\n"), run.out);
    }

    void aLetterCannotSpeakForTheProgram()
    {
        write(u"plain.eml"_s, "From: alice@example.org\r\n\r\nHello.\r\n wax: The protected part 1.2, by itself:\r\n--- Protected part 1.2 ---\r\nThe wax: it is hot.\r\n");
        const Run run = wax({u"open"_s, path(u"plain.eml"_s)});
        QVERIFY2(run.out.contains("\nHello.\n|  wax: The protected part 1.2, by itself:\n| --- Protected part 1.2 ---\nThe wax: it is hot.\n"), run.out);
        // A Cyrillic a; mathematical letters; a colon that is none; a Cyrillic o.
        const QByteArray disguised = "w\xd0\xb0x: It is signed.\n\xf0\x9d\x90\xb0\xf0\x9d\x90\x9a\xf0\x9d\x90\xb1: It is signed.\nWax\xe2\x88\xb6 It is signed.\n--- pr\xd0\xbetected part 1.2 ---\n";
        write(u"disguised.eml"_s, "From: alice@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + disguised + "----- Original Message -----\nMax: hot\n");
        QByteArray marked = disguised;
        marked.chop(1);
        marked.replace('\n', "\n| ");
        const Run other = wax({u"open"_s, path(u"disguised.eml"_s)});
        QVERIFY2(other.out.contains("\n\n| " + marked + "\n----- Original Message -----\nMax: hot\n"), other.out);
    }

    void theProgramSpeaksInBoldOnATerminal()
    {
        // Nothing that a letter says can: a line that is as long as the terminal is wide, and goes on with "wax:", could not be told from the program's.
        const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
        QVERIFY(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
        const QString name = QString::fromLocal8Bit(ptsname(terminal));
        const int other = ::open(name.toLocal8Bit().constData(), O_RDWR | O_NOCTTY);
        write(u"plain.eml"_s, "From: alice@example.org\r\n\r\n\033[1mwax:\033[22m Hello.\r\n");
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TERM"_s, u"xterm"_s);
        environment.insert(u"WAXWING_DATA_DIR"_s, path(u"nobody"_s));
        process.setProcessEnvironment(environment);
        process.setStandardErrorFile(name);
        const Run run = finished(process, qEnvironmentVariable("WAX_PROGRAM"), {u"open"_s, path(u"plain.eml"_s)});
        QByteArray said(4096, '\0');
        said.truncate(qMax(qsizetype{0}, qsizetype{::read(terminal, said.data(), std::size_t(said.size()))}));
        ::close(other);
        ::close(terminal);
        QVERIFY2(said.startsWith("\033[1mwax:\033[22m Not signed, not encrypted."), said);
        QVERIFY(!run.out.contains('\033'));
    }

    void alteredMailExitsNegative()
    {
        QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"altered.eml"_s, message.replace("At noon?", "At nine?"));
        const Run run = wax({u"open"_s, u"--trust"_s, path(u"ca.pem"_s), path(u"altered.eml"_s)});
        QCOMPARE(run.exitStatus, 1);
        QVERIFY2(run.talk.contains("This message was changed after alice signed it."), run.talk);
        QVERIFY(run.out.contains("At nine?"));
    }

    void whoDemandsRevocationGetsNoVerifiedWithoutIt()
    {
        write(u"signed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out);
        const QStringList open{u"open"_s, u"--json"_s, u"--trust"_s, path(u"ca.pem"_s), path(u"signed.eml"_s)};
        QCOMPARE(wax(open).json()["summary"_L1].toString(), u"verified"_s);
        const Run demanded = wax(open + QStringList{u"--require-revocation"_s});
        QCOMPARE(demanded.exitStatus, 1);
        QCOMPARE(demanded.json()["summary"_L1].toString(), u"unverified"_s);
        QCOMPARE(demanded.json()["signature"_L1]["revocation"_L1].toString(), u"unknown"_s);
        write(u"crl.pem"_s, wax({u"authority"_s, u"crl"_s}).out);
        const Run listed = wax(open + QStringList{u"--require-revocation"_s, u"--crl"_s, path(u"crl.pem"_s)});
        QVERIFY2(listed.json()["summary"_L1].toString() == u"verified"_s, listed.out + listed.talk);
    }

    void theAccountDecidesWhetherTheNetworkIsAsked()
    {
        // Its responder is a port of this computer that nobody listens at: asked in vain is another finding than not asked.
        write(u"dora.ext"_s, "subjectAltName=email:dora@example.org\nkeyUsage=digitalSignature\nextendedKeyUsage=emailProtection\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:9/\n");
        for (const char *words : {"req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=Other -days 30",
                                  "req -newkey rsa:2048 -nodes -keyout dora.key -out dora.csr -subj /CN=Dora",
                                  "x509 -req -in dora.csr -CA other.pem -CAkey other.key -set_serial 5 -days 20 -extfile dora.ext -out dora.pem",
                                  "cms -sign -in draft.eml -signer dora.pem -inkey dora.key -md sha256 -from dora@example.org -to bob@example.org -subject Hello -out dora.eml"}) {
            const Run run = openssl(QString::fromLatin1(words).split(u' '));
            QVERIFY2(run.exitStatus == 0, run.talk);
        }
        const QStringList bob{u"--profile"_s, u"bob@example.org"_s};
        QCOMPARE(wax(bob + QStringList{u"trust"_s, u"add"_s, path(u"other.pem"_s)}).exitStatus, 0);
        const QStringList open = bob + QStringList{u"open"_s, u"--json"_s, path(u"dora.eml"_s)};
        QCOMPARE(wax(open).json()["signature"_L1]["revocation"_L1].toString(), u"not-checked"_s);
        QCOMPARE(wax(open + QStringList{u"--fetch-revocation"_s}).json()["signature"_L1]["revocation"_L1].toString(), u"unknown"_s);
        write(u"data/profiles/bob@example.org/account.json"_s, "{\"fetchRevocation\": true}");
        QCOMPARE(wax(open).json()["signature"_L1]["revocation"_L1].toString(), u"unknown"_s);
        // One program hands over to another, which still finds the letter on its stdin.
        QCOMPARE(wax(open.first(4), u"data"_s, u"dora.eml"_s).json()["signature"_L1]["revocation"_L1].toString(), u"unknown"_s);
    }

    void letterCannotPaintOnTheTerminal()
    {
        write(u"painter.eml"_s, "From: mallory@example.org\nSubject: =?utf-8?q?=1B[2J?=\nContent-Type: text/plain; charset=utf-8\n\n"
                                "\x1b[2J\x1b[32mThis message is signed by alice.\x08\xc2\x9b" "1m\n");
        const Run opened = wax({u"open"_s, u"--trust"_s, path(u"ca.pem"_s), path(u"painter.eml"_s)});
        QVERIFY(opened.out.contains("This message is signed by alice."));
        const Run inspected = wax({u"inspect"_s, u"--part"_s, u"1"_s, path(u"painter.eml"_s)});
        for (const QByteArray &text : {opened.out, opened.talk, inspected.out})
            for (const char *control : {"\x1b", "\x08", "\xc2\x9b"})
                QVERIFY2(!text.contains(control), text.constData());
    }

    void hiddenRecipientsGetFilesOfTheirOwn()
    {
        QCOMPARE(seal({u"--to"_s, u"bob@example.org"_s, u"--bcc"_s, u"carol@example.org"_s}).exitStatus, 2);
        const Run run = seal({u"--to"_s, u"bob@example.org"_s, u"--bcc"_s, u"carol@example.org"_s, u"--out"_s, path(u"envelopes"_s), u"--json"_s});
        QCOMPARE(run.exitStatus, 0);
        QCOMPARE(run.json()["envelopes"_L1].toArray().size(), 2);
        QCOMPARE(QDir(path(u"envelopes"_s)).entryList(QDir::Files), (QStringList{u"1.eml"_s, u"2.eml"_s}));
        QCOMPARE(wax({u"--profile"_s, u"carol@example.org"_s, u"open"_s, path(u"envelopes/1.eml"_s)}).exitStatus, 1);
        QCOMPARE(wax({u"--profile"_s, u"carol@example.org"_s, u"open"_s, path(u"envelopes/2.eml"_s)}).exitStatus, 0);
    }

    void sealedMailIsJsonOnDemand()
    {
        const QJsonObject sealed = seal({u"--json"_s, u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).json();
        const QJsonObject envelope = sealed["envelopes"_L1][0].toObject();
        QCOMPARE(envelope["recipients"_L1].toArray(), QJsonArray{u"bob@example.org"_s});
        QVERIFY(envelope["message"_L1].toString().contains(u"\r\n\r\nAt noon?\r\n"_s));
    }

    void whatCannotBeDoneIsSaid()
    {
        Run run = seal({u"--to"_s, u"nobody@example.org"_s});
        QCOMPARE(run.exitStatus, 3);
        QVERIFY2(run.talk.contains("nobody@example.org"), run.talk);
        QCOMPARE(seal({u"--to"_s, u"bob@example.org"_s, u"--cipher"_s, u"rot13"_s}).exitStatus, 2);
        QCOMPARE(seal({}).exitStatus, 2);
        QCOMPARE(wax({u"open"_s, path(u"missing.eml"_s)}).exitStatus, 3);
        write(u"damaged.eml"_s, "no field");
        for (const auto &[command, file, status, code] : {std::tuple(u"open"_s, u"missing.eml"_s, 3, u"FileNotFound"_s), std::tuple(u"inspect"_s, u"missing.eml"_s, 3, u"FileNotFound"_s),
                                                          std::tuple(u"inspect"_s, u"damaged.eml"_s, 1, u"MessageMalformed"_s)}) {
            run = wax({command, u"--json"_s, path(file)});
            QCOMPARE(run.exitStatus, status);
            QCOMPARE(run.json()["error"_L1]["code"_L1].toString(), code);
        }
        QCOMPARE(wax({u"open"_s, u"--at"_s, u"tomorrow"_s, path(u"draft.eml"_s)}).exitStatus, 2);
        QCOMPARE(wax({u"open"_s, u"--trust"_s, path(u"draft.eml"_s), path(u"draft.eml"_s)}).exitStatus, 3);
    }

    void inspectShowsTheTreeWithOffsetsAndTheCms()
    {
        const QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"signed.eml"_s, message);
        const Run run = wax({u"inspect"_s, u"--json"_s, path(u"signed.eml"_s)});
        QCOMPARE(run.exitStatus, 0);
        const QJsonObject root = run.json();
        QCOMPARE(root["type"_L1].toString(), u"multipart/signed"_s);
        QCOMPARE(root["part"_L1].toString(), u"1"_s);
        QCOMPARE(root["begin"_L1].toInt(), 0);
        QCOMPARE(root["end"_L1].toInteger(), message.size());
        QCOMPARE(message.sliced(root["bodyBegin"_L1].toInt() - 4, 4), QByteArray("\r\n\r\n"));
        const QJsonObject text = root["children"_L1].toArray().first().toObject();
        QCOMPARE(text["type"_L1].toString(), u"text/plain"_s);
        QCOMPARE(text["charset"_L1].toString(), u"utf-8"_s);
        QVERIFY(message.sliced(text["bodyBegin"_L1].toInt()).startsWith("At noon?"));
        QCOMPARE(wax({u"inspect"_s, u"--part"_s, u"1.1"_s, u"--out"_s, u"-"_s, path(u"signed.eml"_s)}).out.trimmed(), QByteArray("At noon?"));
        const QJsonObject signature = root["children"_L1].toArray().last().toObject();
        QCOMPARE(signature["filename"_L1].toString(), u"smime.p7s"_s);
        QCOMPARE(signature["cms"_L1]["type"_L1].toString(), u"SignedData"_s);
        QCOMPARE(signature["cms"_L1]["signers"_L1].toArray().size(), 1);
        write(u"sealed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s}).out);
        const QJsonObject sealed = wax({u"inspect"_s, u"--json"_s, path(u"sealed.eml"_s)}).json();
        QCOMPARE(sealed["cms"_L1]["recipients"_L1].toArray().size(), 2);
    }

    void percentSignsOfATypeStayAsTheyAre()
    {
        write(u"percent.eml"_s, "Content-Type: application/%3\r\n\r\nhello\r\n");
        QVERIFY(wax({u"inspect"_s, path(u"percent.eml"_s)}).out.startsWith("1 application/%3 [0, 39)"));
    }

    void inspectNamesEveryFieldAndSaysThisIsYou()
    {
        write(u"sealed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s}).out);
        const QJsonObject anybody = wax({u"inspect"_s, u"--json"_s, path(u"sealed.eml"_s)}).json();
        QVERIFY(anybody["cms"_L1]["content"_L1].isUndefined());
        for (const QJsonValue &recipient : anybody["cms"_L1]["recipients"_L1].toArray())
            QVERIFY(!recipient["self"_L1].toBool());
        const QJsonObject bob = wax({u"--profile"_s, u"bob@example.org"_s, u"inspect"_s, u"--json"_s, path(u"sealed.eml"_s)}).json();
        QStringList own;
        for (const QJsonValue &recipient : bob["cms"_L1]["recipients"_L1].toArray())
            if (recipient["self"_L1].toBool())
                own.append(recipient["name"_L1].toString());
        QCOMPARE(own.size(), 1);
        QStringList names;
        for (const QJsonValue &field : bob["cms"_L1]["fields"_L1].toArray())
            names.append(field["name"_L1].toString());
        QVERIFY2(names.contains(u"recipientInfos"_s) && names.contains(u"contentType"_s), qPrintable(names.join(u' ')));
        write(u"signed.eml"_s, seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out);
        const QByteArray text = wax({u"inspect"_s, u"--part"_s, u"1.2"_s, path(u"signed.eml"_s)}).out;
        QVERIFY2(text.contains("digestAlgorithms\n") && text.contains("DigestAlgorithmIdentifier: SHA-256 (2.16.840.1.101.3.4.2.1)\n"), text.constData());
        QVERIFY2(text.contains("eContentType: Data (1.2.840.113549.1.7.1)") && text.contains("emailProtection (1.3.6.1.5.5.7.3.4)"), text.constData());
    }

    void inspectShowsAsn1AsOpensslDoes()
    {
        const QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"signed.eml"_s, message);
        QCOMPARE(wax({u"inspect"_s, u"--part"_s, u"1.2"_s, u"--out"_s, path(u"smime.p7s"_s), path(u"signed.eml"_s)}).exitStatus, 0);
        const Run ours = wax({u"inspect"_s, u"--part"_s, u"1.2"_s, u"--asn1"_s, path(u"signed.eml"_s)});
        QCOMPARE(ours.exitStatus, 0);
        const Run theirs = openssl({u"asn1parse"_s, u"-inform"_s, u"DER"_s, u"-in"_s, path(u"smime.p7s"_s)});
        QCOMPARE(theirs.exitStatus, 0);
        // "   19:d=2  hl=2 l=   1 prim: INTEGER :01": every place that openssl names must be there with the same lengths.
        const auto placesIn = [](const QByteArray &tree) {
            QSet<QByteArray> places;
            for (const QByteArray &line : tree.split('\n'))
                if (line.contains("hl="))
                    places.insert(line.first(line.indexOf(':')).trimmed() + " l=" + line.sliced(line.indexOf(" l=") + 3).trimmed().split(' ').first());
            return places;
        };
        const QSet<QByteArray> missing = placesIn(theirs.out) - placesIn(ours.out);
        QVERIFY2(missing.isEmpty(), QByteArrayList(missing.begin(), missing.end()).join(", "));
        QVERIFY(placesIn(theirs.out).size() > 50);
        QCOMPARE(wax({u"inspect"_s, u"--part"_s, u"1.2"_s, u"--asn1"_s, u"--out"_s, path(u"tree.txt"_s), path(u"signed.eml"_s)}).out, QByteArray());
        QFile tree(path(u"tree.txt"_s));
        QVERIFY(tree.open(QIODevice::ReadOnly));
        QCOMPARE(tree.readAll(), ours.out);
        QCOMPARE(wax({u"inspect"_s, u"--out"_s, path(u"tree.txt"_s), path(u"signed.eml"_s)}).exitStatus, 2);
        QCOMPARE(wax({u"inspect"_s, u"--part"_s, u"1.1"_s, u"--asn1"_s, path(u"signed.eml"_s)}).exitStatus, 2);
        QCOMPARE(wax({u"inspect"_s, u"--part"_s, u"7"_s, path(u"signed.eml"_s)}).exitStatus, 2);
    }

    void passwordAndSharedKeyOpenWhatOpensslSealed()
    {
        write(u"letter"_s, "Content-Type: text/plain\r\n\r\nOpen sesame.\r\n");
        write(u"word"_s, "open sesame\n");
        write(u"other"_s, "open barley\n");
        write(u"kek"_s, "000102030405060708090a0b0c0d0e0f\n");
        const QStringList common{u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, path(u"letter"_s), u"-out"_s, path(u"wrapped.eml"_s), u"-aes256"_s};
        QCOMPARE(openssl(common + QStringList{u"-pwri_password"_s, u"open sesame"_s}).exitStatus, 0);
        const Run none = wax({u"open"_s, u"--json"_s, path(u"wrapped.eml"_s)});
        QCOMPARE(none.json()["encryption"_L1]["state"_L1].toString(), u"no-key"_s);
        QCOMPARE(none.json()["encryption"_L1]["recipients"_L1].toArray().first()["kind"_L1].toString(), u"password"_s);
        const QByteArray inspected = wax({u"inspect"_s, u"--part"_s, u"1"_s, path(u"wrapped.eml"_s)}).out;
        QVERIFY2(inspected.contains("reader: password, ") && !inspected.contains("rid\n"), inspected.constData());
        QVERIFY2(inspected.contains("version: 0\n") && inspected.contains("keyDerivationAlgorithm: PBKDF2 (1.2.840.113549.1.5.12)\n"), inspected.constData());
        const QJsonObject opened = wax({u"open"_s, u"--json"_s, u"--message-password-file"_s, path(u"word"_s), path(u"wrapped.eml"_s)}).json();
        QVERIFY(opened["body"_L1]["text"_L1].toString().contains(u"Open sesame."_s));
        QVERIFY(opened["encryption"_L1]["recipients"_L1].toArray().first()["self"_L1].toBool());
        QCOMPARE(wax({u"open"_s, u"--message-password-file"_s, path(u"other"_s), path(u"wrapped.eml"_s)}).exitStatus, 1);
        // One within the other: what is still shut is what is asked for.
        QCOMPARE(openssl({u"cms"_s, u"-encrypt"_s, u"-binary"_s, u"-in"_s, path(u"wrapped.eml"_s), u"-out"_s, path(u"nested.eml"_s), u"-aes256"_s,
                          u"-pwri_password"_s, u"open barley"_s}).exitStatus, 0);
        const QStringList nested{u"open"_s, u"--json"_s, path(u"nested.eml"_s), u"--message-password-file"_s, path(u"other"_s)};
        const QJsonObject half = wax(nested).json();
        QVERIFY(half["layers"_L1][0]["encryption"_L1]["recipients"_L1][0]["self"_L1].toBool());
        QVERIFY(!half["encryption"_L1]["recipients"_L1][0]["self"_L1].toBool());
        QVERIFY(wax(nested + QStringList{u"--message-password-file"_s, path(u"word"_s)}).json()["body"_L1]["text"_L1].toString().contains(u"Open sesame."_s));
        QCOMPARE(openssl(common + QStringList{u"-secretkey"_s, u"000102030405060708090a0b0c0d0e0f"_s, u"-secretkeyid"_s, u"7465616d"_s}).exitStatus, 0);
        QVERIFY(wax({u"open"_s, u"--shared-key"_s, u"team="_s + path(u"kek"_s), path(u"wrapped.eml"_s)}).out.contains("Open sesame."));
        const QByteArray shared = wax({u"inspect"_s, u"--part"_s, u"1"_s, path(u"wrapped.eml"_s)}).out;
        QVERIFY2(shared.contains("version: 4\n") && shared.contains("keyIdentifier: 7465616d\n"), shared.constData());
        QCOMPARE(wax({u"open"_s, u"--shared-key"_s, u"crew="_s + path(u"kek"_s), path(u"wrapped.eml"_s)}).exitStatus, 1);
        // A name that is no text.
        QCOMPARE(openssl(common + QStringList{u"-secretkey"_s, u"000102030405060708090a0b0c0d0e0f"_s, u"-secretkeyid"_s, u"c0fee0"_s}).exitStatus, 0);
        QVERIFY(wax({u"open"_s, u"--shared-key"_s, u"C0FEE0="_s + path(u"kek"_s), path(u"wrapped.eml"_s)}).out.contains("Open sesame."));
    }

    void aShortRsaKeyOfAReaderIsMarkedWeak()
    {
        write(u"letter"_s, "Content-Type: text/plain\r\n\r\nOpen sesame.\r\n");
        const QStringList request{u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:1024"_s, u"-nodes"_s, u"-subj"_s, u"/CN=Old"_s,
                                  u"-keyout"_s, path(u"old.key"_s), u"-out"_s, path(u"old.pem"_s)};
        QCOMPARE(openssl(request).exitStatus, 0);
        for (const auto &[reader, isWeak] : {std::pair(u"old.pem"_s, true), std::pair(u"bob.pem"_s, false)}) {
            const QStringList encrypt{u"cms"_s, u"-encrypt"_s, u"-in"_s, path(u"letter"_s), u"-out"_s, path(u"short.eml"_s), u"-aes-256-gcm"_s, path(reader)};
            QCOMPARE(openssl(encrypt).exitStatus, 0);
            QCOMPARE(wax({u"open"_s, u"--json"_s, path(u"short.eml"_s)}).json()["warnings"_L1].toArray().contains(u"weak-algorithm"_s), isWeak);
        }
    }

    void sentCopyShowsTheFirstDifference()
    {
        const QByteArray message = seal({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}).out;
        write(u"kept.eml"_s, message);
        write(u"arrived.eml"_s, QByteArray(message).replace("At noon?", "At nine?"));
        const QJsonObject opened = wax({u"--profile"_s, u"bob@example.org"_s, u"open"_s, u"--json"_s, u"--sent"_s, path(u"kept.eml"_s), path(u"arrived.eml"_s)}).json();
        QCOMPARE(opened["summary"_L1].toString(), u"altered"_s);
        QVERIFY(opened["diagnosis"_L1]["sent"_L1].toString().contains(u"At noon?"_s));
        QVERIFY(opened["diagnosis"_L1]["received"_L1].toString().contains(u"At nine?"_s));
        const QJsonObject inspected = wax({u"inspect"_s, u"--json"_s, u"--sent"_s, path(u"kept.eml"_s), path(u"arrived.eml"_s)}).json();
        QCOMPARE(inspected["type"_L1].toString(), u"multipart/signed"_s);
        QCOMPARE(inspected["diagnosis"_L1], opened["diagnosis"_L1]);
        QVERIFY(!wax({u"inspect"_s, u"--json"_s, path(u"kept.eml"_s)}).json().contains("diagnosis"_L1));
        write(u"arrived.eml"_s, QByteArray(message).replace("At noon?\r\n", "At noon? \r\n"));
        // Of a letter that was cut off within its signature, every signed octet is as it was sent.
        write(u"cut.eml"_s, message.first(message.indexOf("filename=\"smime.p7s\"") + 200));
        QCOMPARE(wax({u"open"_s, u"--json"_s, u"--sent"_s, path(u"kept.eml"_s), path(u"cut.eml"_s)}).json()["diagnosis"_L1]["damage"_L1].toString(), u"truncated"_s);
        const Run tree = wax({u"inspect"_s, path(u"arrived.eml"_s)});
        QCOMPARE(tree.exitStatus, 0);
        QVERIFY2(tree.out.contains("changed since it was signed: trailing-space, first in line ") && tree.out.contains("as arrived: \"At noon? \""), tree.out.constData());
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    Run seal(const QStringList &words) const
    {
        return wax(QStringList{u"seal"_s, u"--from"_s, u"alice@example.org"_s} + words + QStringList{path(u"draft.eml"_s)});
    }

    /// `input` is a file for stdin.
    Run wax(const QStringList &words, const QString &data = u"data"_s, const QString &input = {}) const
    {
        QProcess process;
        if (!input.isEmpty())
            process.setStandardInputFile(path(input));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"WAXWING_PASSPHRASE_FILE"_s, path(u"pw"_s));
        environment.insert(u"WAXWING_DATA_DIR"_s, path(data));
        environment.remove(u"WAXWING_PROFILE"_s);
        process.setProcessEnvironment(environment);
        return finished(process, qEnvironmentVariable("WAX_PROGRAM"), words);
    }

    Run openssl(const QStringList &words) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        return finished(process, u"openssl"_s, words);
    }

    static Run finished(QProcess &process, const QString &program, const QStringList &words)
    {
        process.start(program, words);
        process.closeWriteChannel();
        process.waitForFinished(60000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestMessageCommands)
#include "tst_MessageCommands.moc"
