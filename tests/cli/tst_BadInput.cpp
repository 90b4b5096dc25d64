// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be used, and the sentence that people read about it. Windows show the same sentences: both take them from app/ErrorText.
#include "cli/WaxProgram.h"
#include "support/Patience.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class TestBadInput : public QObject
{
    Q_OBJECT

    WaxProgram wax;

    QByteArray openssl(const QString &words) const { return wax.foreign(u"openssl"_s, words.split(u' ', Qt::SkipEmptyParts)); }

    /// A certificate of a foreign authority for `address` (none if empty), with its key in NAME.key and both in NAME.p12.
    void makeCertificate(const QString &name, const QString &address, const QString &notBefore, const QString &notAfter, const QString &purpose) const
    {
        QStringList words = u"req -x509 -CA ca.pem -CAkey ca.key -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout"_s.split(u' ');
        words << name + u".key"_s << u"-out"_s << name + u".pem"_s << u"-subj"_s << u"/CN="_s + name << u"-not_before"_s << notBefore
              << u"-not_after"_s << notAfter << u"-addext"_s << u"extendedKeyUsage="_s + purpose << u"-addext"_s << u"basicConstraints=critical,CA:FALSE"_s;
        if (!address.isEmpty())
            words << u"-addext"_s << u"subjectAltName=email:"_s + address;
        wax.foreign(u"openssl"_s, words);
        openssl(u"pkcs12 -export -in %1.pem -inkey %1.key -certfile ca.pem -passout file:file-secret -out %1.p12"_s.arg(name));
        QVERIFY(QFileInfo{wax.path(name + u".p12"_s)}.size() > 0);
    }

    void makeTeam()
    {
        QCOMPARE(wax(u"authority init --name Team --key ec:p256"_s).exitStatus, 0);
        for (const QString &name : {u"alice"_s, u"bob"_s})
            QCOMPARE(wax(u"identity create --address %1@example.org --name %1 --key ec:p256"_s.arg(name)).exitStatus, 0);
        wax.setVariable("WAXWING_PROFILE", u"alice@example.org"_s);
    }

    void makeCertificates()
    {
        openssl(u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=Elsewhere -days 4000"_s);
        const QString past = u"20200101000000Z"_s;
        const QString now = u"20260101000000Z"_s;
        const QString future = u"20990101000000Z"_s;
        const QString mail = u"emailProtection"_s;
        makeCertificate(u"expired"_s, u"expired@example.org"_s, past, now, mail);
        makeCertificate(u"early"_s, u"early@example.org"_s, future, u"21000101000000Z"_s, mail);
        makeCertificate(u"server"_s, u"server@example.org"_s, past, future, u"serverAuth"_s);
        makeCertificate(u"nobody"_s, {}, past, future, mail);
        makeCertificate(u"carol"_s, u"carol@example.org"_s, past, future, mail);
        QVERIFY(wax.read(u"carol.p12"_s).size() > 500);
    }

    void makeRubbish()
    {
        wax.write(u"empty"_s, {});
        wax.write(u"text"_s, "Dear Bob,\nhere is my certificate.\n");
        wax.write(u"picture"_s, QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"));
        wax.write(u"half.p12"_s, wax.read(u"carol.p12"_s).first(300));
        QByteArray flipped = wax.read(u"carol.p12"_s);
        flipped[flipped.size() / 2] ^= 1;
        wax.write(u"flipped.p12"_s, flipped);
        wax.write(u"half.pem"_s, wax.read(u"carol.pem"_s).first(200));
        wax.write(u"armour.pem"_s, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        wax.write(u"large"_s, QByteArray(4 * 1024 * 1024 + 1, 'A'));
        openssl(u"pkcs12 -export -nokeys -in carol.pem -passout file:file-secret -out nokey.p12"_s);
        openssl(u"req -new -key carol.key -subj /CN=carol -out carol.csr"_s);
        QByteArray request = wax.read(u"carol.csr"_s);
        // In the signature.
        const qsizetype at = request.size() - 60;
        request[at] = request[at] == 'A' ? 'B' : 'A';
        wax.write(u"altered.csr"_s, request);
        QVERIFY(QDir{wax.path({})}.mkdir(u"folder"_s));
        wax.write(u"draft.eml"_s, "Subject: x\r\n\r\ntext\r\n");
    }

private Q_SLOTS:
    void initTestCase()
    {
        wax.write(u"passphrase"_s, "demonstration\n");
        wax.write(u"file-secret"_s, "file secret\n");
        wax.write(u"wrong"_s, "another secret\n");
        wax.write(u"short"_s, "abc\n");
        wax.setVariable("WAXWING_PASSPHRASE_FILE", wax.path(u"passphrase"_s));
        makeTeam();
        makeCertificates();
        makeRubbish();
        for (const QString &name : {u"expired"_s, u"early"_s})
            QCOMPARE(wax(u"certificate import %1.pem"_s.arg(name)).exitStatus, 0);
        QCOMPARE(wax(u"relay user add bob@example.org --password-file passphrase"_s).exitStatus, 0);
    }

    void everyBadInputHasItsSentence_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("exitStatus");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const QByteArray &tag, const QString &words, int status, const QString &sentence) { QTest::newRow(tag.constData()) << words << status << sentence; };
        const QString notPkcs12 = u"This is not a PKCS#12 file, or it is damaged. Choose a file that ends in .p12 or .pfx."_s;
        const QString noCertificate = u"This is not a certificate, or it is damaged. Choose a file that holds one, such as .pem, .crt or .cer."_s;
        const QString empty = u"The file is empty. Choose another file."_s;
        const QString tooLarge = u"The file is too large to be what was expected here. Choose another file."_s;
        const QString missing = u"The file was not found. Check its name and try again."_s;
        const QString unreadable = u"The file could not be read. Check that you may open it and that it is not a folder."_s;
        const QString wrong = u"The passphrase is wrong. Nothing was unlocked; try it again."_s;
        const QString expired = u"The certificate has expired. Ask for a new one."_s;
        const QString early = u"The certificate is not valid yet. Check the date of this computer, or wait until it begins."_s;
        const QString notForMail = u"The certificate is not meant for e-mail. Ask for one that is."_s;
        const QString noAddress = u"The certificate does not name the e-mail address that it is wanted for, so it cannot be used. Ask for one that does."_s;

        // An identity.
        const QString identity = u"identity import --file-passphrase-file file-secret "_s;
        row("identity: wrong passphrase of the file", u"identity import --file-passphrase-file wrong carol.p12"_s, 3, wrong);
        row("identity: wrong passphrase of the keys", u"identity export --passphrase-file wrong --out x.p12"_s, 3, wrong);
        row("identity: empty file", identity + u"empty"_s, 3, empty);
        row("identity: half a file", identity + u"half.p12"_s, 3, notPkcs12);
        row("identity: a damaged file", identity + u"flipped.p12"_s, 3, wrong);
        row("identity: a text", identity + u"text"_s, 3, notPkcs12);
        row("identity: a picture", identity + u"picture"_s, 3, notPkcs12);
        row("identity: too large", identity + u"large"_s, 3, tooLarge);
        row("identity: a folder", identity + u"folder"_s, 3, unreadable);
        row("identity: nothing there", identity + u"absent"_s, 3, missing);
        row("identity: no key", identity + u"nokey.p12"_s, 3, u"The file has no private key in it, so it is not an identity. Export it again together with the key."_s);
        row("identity: another address", identity + u"carol.p12"_s, 3,
            u"The certificate is for carol@example.org, so it cannot be used here. To use it for its own address, make a new identity with it."_s);
        row("identity: no address", identity + u"nobody.p12"_s, 3, noAddress);
        row("identity: not for mail", identity + u"server.p12"_s, 3, notForMail);
        row("identity: no card", u"identity join absent --address dave@example.org --password-file passphrase"_s, 3, missing);
        for (const QString &command : {u"identity list"_s, u"identity renew"_s, u"identity delete --yes"_s, u"certificate list"_s, u"certificate find bob@example.org"_s,
                                       u"trust list"_s, u"search lunch"_s})
            row("no profile: " + command.toUtf8(), u"--profile nobody@example.org "_s + command, 3, u"There is no profile for this address. Create an identity for it first."_s);
        row("identity: passphrase too short", u"identity create --address dave@example.org --passphrase-file short"_s, 3,
            u"The passphrase is too short to protect a key. Choose one of at least 4 characters."_s);

        // Other people's certificates, and whom they vouch for.
        for (const QString &command : {u"certificate import "_s, u"certificate show "_s, u"trust add "_s}) {
            const QByteArray name = command.trimmed().toUtf8();
            row(name + ": empty", command + u"empty"_s, 3, empty);
            row(name + ": half a file", command + u"half.pem"_s, 3, noCertificate);
            row(name + ": armour around nothing", command + u"armour.pem"_s, 3, noCertificate);
            row(name + ": a text", command + u"text"_s, 3, noCertificate);
            row(name + ": a picture", command + u"picture"_s, 3, noCertificate);
            row(name + ": too large", command + u"large"_s, 3, tooLarge);
            row(name + ": a folder", command + u"folder"_s, 3, unreadable);
            row(name + ": nothing there", command + u"absent"_s, 3, missing);
        }
        row("certificate import: not for mail", u"certificate import server.pem"_s, 3, notForMail);
        row("certificate import: no address", u"certificate import nobody.pem"_s, 3, noAddress);
        row("trust remove: nobody trusted", u"trust remove 12345678"_s, 3, u"Nobody whose fingerprint begins with 12345678 is trusted; wax trust list shows who is."_s);
        row("trust add: a person", u"trust add carol.pem"_s, 3, u"A value that was given cannot be used here. Correct it and try again."_s);

        // Requests to the authority.
        row("issue: empty", u"authority issue empty"_s, 3, empty);
        row("issue: a certificate", u"authority issue carol.pem"_s, 3, u"This is not a certificate request. Ask for a file that ends in .csr or .p10."_s);
        row("issue: altered", u"authority issue altered.csr"_s, 3, u"The certificate request was altered or does not fit its key. Ask for a new request."_s);
        row("revoke: unknown serial", u"authority revoke 0123456789"_s, 3, u"This authority has issued no certificate with that serial number. Look at its list."_s);
        row("revoke: wrong passphrase", u"authority revoke --passphrase-file wrong 0123456789"_s, 3, wrong);
        const QString noAuthority = u"There is no authority here that could issue certificates. Make one first."_s;
        for (const QString &command : {u"crl"_s, u"list"_s, u"export"_s})
            row("no authority: " + command.toUtf8(), u"--data-dir elsewhere authority "_s + command, 3, noAuthority);
        row("second authority", u"authority init --name Again"_s, 3, u"There is an authority here already. It was left as it is."_s);

        // Recipients.
        const QString seal = u"seal --from alice@example.org draft.eml --to "_s;
        row("seal: nobody's address", seal + u"carla@example.org"_s, 3,
            u"There is no certificate for a recipient, so the message cannot be encrypted for everybody. Import the certificate, ask for a signed message, or leave the recipient out."_s);
        row("seal: no address", seal + u"Bob"_s, 3, u"This is not an e-mail address. Write it as name@example.org."_s);
        row("seal: expired", seal + u"expired@example.org"_s, 3, expired);
        row("seal: not yet valid", seal + u"early@example.org"_s, 3, early);
        row("seal: somebody else's profile", u"seal --from carol@example.org --to bob@example.org draft.eml"_s, 3,
            u"There is no profile for this address. Create an identity for it first."_s);
        row("seal: wrong passphrase", u"seal --passphrase-file wrong --from alice@example.org --to bob@example.org draft.eml"_s, 3, wrong);
        row("seal: no file", u"seal --from alice@example.org --to bob@example.org absent"_s, 3, missing);
        row("send: the relay is stopped", u"send --to bob@example.org draft.eml"_s, 3,
            u"The server cannot be reached. If it is the relay of this program, start it; otherwise check the address."_s);
        row("fetch: the relay is stopped", u"fetch --password-file passphrase"_s, 3,
            u"The server cannot be reached. If it is the relay of this program, start it; otherwise check the address."_s);

        // What is opened.
        row("open: key that is none", u"open --key text draft.eml"_s, 3, noCertificate);
        row("open: list that is none", u"open --crl text draft.eml"_s, 3, u"This is not a list of revoked certificates. Choose a file that ends in .crl."_s);
        row("open: nothing there", u"open absent"_s, 3, missing);
        row("open: a folder", u"open folder"_s, 3, unreadable);
        row("inspect: nothing there", u"inspect absent"_s, 3, missing);
        const QString gone = u"The message is not there any more. It may have been deleted elsewhere."_s;
        for (const QString &command : {u"read 999"_s, u"relay show 999"_s, u"relay get 999"_s, u"relay delete 999"_s, u"relay transcript 999"_s, u"relay queue flush 999"_s})
            row("not there: " + command.toUtf8(), command, 3, gone);

        // The relay.
        row("relay: a certificate without its key", u"relay --tls-certificate carol.pem --tls-key early.key"_s, 3,
            u"The certificate does not belong to the key. Import the two that were made together."_s);
        row("relay: a key that is none", u"relay --tls-certificate carol.pem --tls-key text"_s, 3, u"This kind of key is not supported. Choose another kind."_s);
        row("relay: another computer's address", u"relay --smtp 192.0.2.1:2525 --tls-certificate carol.pem --tls-key carol.key"_s, 3,
            u"This computer does not have that address, so the relay cannot listen there. Choose another one."_s);
        row("relay: mailbox exists", u"relay user add bob@example.org --password-file passphrase"_s, 3, u"There is a mailbox with this address already. It was left as it is."_s);
        row("relay: mailbox does not exist", u"relay user remove carol@example.org"_s, 3, u"There is no mailbox with this address. Look at the list of mailboxes."_s);
        row("relay: no address", u"relay user add bob --password-file passphrase"_s, 3, u"This is not an e-mail address. Write it as name@example.org."_s);

        row("relay: no port of a card", u"relay join-card --smtp here"_s, 2, u"--smtp: \"here\" is not ADDR:PORT"_s);
        row("relay: no fault", u"relay fault add list sneeze"_s, 2, u"rule \"list\": the fault \"sneeze\" is not known"_s);
        row("relay: no alias", u"relay user alias remove dave@example.org"_s, 3, u"There is no mailbox with this address. Look at the list of mailboxes."_s);

        // Wrong words.
        row("words: none", {}, 2, u"Which command?"_s);
        row("words: no such command", u"seel"_s, 2, u"There is no command seel."_s);
        row("words: no such subcommand", u"identity make"_s, 2, u"There is no command identity make."_s);
        row("words: no subcommand", u"identity"_s, 2, u"wax identity: which command? One of those that wax identity --help lists."_s);
        row("words: no such option", u"list --all"_s, 2, u"Unknown option 'all'."_s);
        row("words: an empty data directory", u"--data-dir= list"_s, 2, u"The option --data-dir needs a value."_s);
        row("words: stdin twice", u"open --trust - --crl - draft.eml"_s, 2, u"stdin was read already: it can be one file only"_s);
        row("words: no such mail to forge", u"forge dragons"_s, 2, u"There is no \"dragons\"; wax forge list says what there is."_s);
        row("words: a value is missing", u"list --folder"_s, 2, u"Missing value after '--folder'."_s);
        row("words: global option too early", u"--json list"_s, 2, u"There is no option --json before a command."_s);
        row("words: one too many", u"read 1 2"_s, 2, u"There is one word too many: 2"_s);
        row("words: no recipient", u"seal --from alice@example.org draft.eml"_s, 2, u"wax seal needs --from and at least one --to, --cc or --bcc."_s);
        row("words: a cipher of the past", seal + u"bob@example.org --cipher des"_s, 2, u"--cipher is one of auto, aes256-gcm, aes128-gcm, aes256-cbc, aes128-cbc."_s);
        row("words: no time", u"open --at yesterday draft.eml"_s, 2, u"--at needs a time such as 2026-11-23T10:00:00Z."_s);
        row("words: no folder", u"list --folder attic"_s, 2, u"--folder is one of inbox, drafts, sent, outbox, waiting, archive, trash."_s);
        row("words: no number", u"list --limit many"_s, 2, u"--limit needs a number above 0."_s);
        row("words: no number for the relay", u"relay list --limit many"_s, 2, u"--limit needs a number above 0."_s);
        row("words: no number of a message", u"relay expect --since last"_s, 2, u"--since needs a number."_s);
        const QString noSpool = u"There is no spool of a relay in absent. Name the folder that the relay was given: --spool DIR"_s;
        row("words: no spool to list", u"relay list --spool absent"_s, 3, noSpool); // It made one there, and the next would have found it.
        row("words: no spool", u"relay expect --none --spool absent"_s, 3, noSpool);
        row("words: no time at all", u"relay expect --within nan"_s, 2, u"--within needs a time such as 10s or 500ms."_s);
        row("words: no key type", u"identity create --address dave@example.org --key rsa:512"_s, 3, u"This kind of key is not supported. Choose another kind."_s);
        row("words: a protocol of the future", u"relay --gopher 127.0.0.1:70"_s, 2, u"Unknown option 'gopher'."_s);
    }
    void everyBadInputHasItsSentence()
    {
        QFETCH(QString, words);
        QFETCH(QString, sentence);
        // A script that asked for JSON has some to read, whatever went wrong.
        wax.setVariable("WAXWING_JSON", u"1"_s);
        const auto run = wax(words);
        wax.unsetVariable("WAXWING_JSON");
        QCOMPARE(run.sentence(), sentence);
        QTEST(run.exitStatus, "exitStatus");
        const QJsonObject error = run.json()["error"_L1].toObject();
        QVERIFY2(!error["code"_L1].toString().isEmpty() && error.contains("detail"_L1) && error.contains("offset"_L1), run.out);
    }

    void onlyWhoeverWantsJsonGetsIt()
    {
        QCOMPARE(wax(u"open absent"_s).out, QByteArray{});
        QCOMPARE(wax(u"open --json absent"_s).json()["error"_L1]["code"_L1].toString(), u"FileNotFound"_s);
        QCOMPARE(wax(u"relay user add erin@example.org --password-file passphrase --json"_s).out, "{\n}\n"_ba);
    }

    void whatCannotBePrintedIsAFault_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("sentence");
        const QString full = u"The disk is full. Nothing was lost; free some space and try again."_s;
        const QString closed = u"The file could not be written. Choose another place or check that you may write there."_s;
        QTest::newRow("text") << u"authority list > /dev/full"_s << full;
        QTest::newRow("JSON") << u"identity list --json > /dev/full"_s << full;
        QTest::newRow("help") << u"--help > /dev/full"_s << full;
        QTest::newRow("a sealed message") << u"seal --from alice@example.org --to bob@example.org draft.eml > /dev/full"_s << full;
        QTest::newRow("into a file") << u"identity export --out /dev/full"_s << full;
        QTest::newRow("closed") << u"authority export >&-"_s << closed;
    }
    void whatCannotBePrintedIsAFault()
    {
        QFETCH(QString, command);
        const auto run = wax.run(u"sh"_s, {u"-c"_s, u"\"$WAX_PROGRAM\" "_s + command});
        QTEST(run.sentence(), "sentence");
        QCOMPARE(run.exitStatus, 3);
    }

    void whoeverCannotAskNamesTheOption()
    {
        const auto run = wax(u"relay user add dave@example.org"_s);
        QCOMPARE(run.exitStatus, 3);
        QVERIFY2(run.talk.contains("give --password-file"), run.talk);
    }

    void aSmallFileNeedsLittleMemory()
    {
        const QString limit = support::patience() > 1 ? u"unlimited"_s : u"1000000"_s; // The sanitizers' own addresses are far beyond this.
        QCOMPARE(wax.run(u"sh"_s, {u"-c"_s, u"ulimit -v %1 && \"$WAX_PROGRAM\" inspect draft.eml"_s.arg(limit)}).exitStatus, 0);
    }

    void aPipeIsWrittenIntoAndStaysAPipe()
    {
        const QString words = u"mkfifo pipe; cat pipe > piped.p12 & \"$WAX_PROGRAM\" identity export --out pipe && wait && test -p pipe"_s;
        QCOMPARE(wax.run(u"sh"_s, {u"-c"_s, words}).exitStatus, 0);
        QVERIFY(wax.read(u"piped.p12"_s).size() > 500);
    }

    void anOldIdentityIsTakenWithAWord_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("expired") << u"expired"_s << u"The certificate has expired. Ask for a new one."_s;
        QTest::newRow("not yet valid") << u"early"_s << u"The certificate is not valid yet. Check the date of this computer, or wait until it begins."_s;
    }
    void anOldIdentityIsTakenWithAWord()
    {
        QFETCH(QString, name);
        QFETCH(QString, sentence);
        const auto run = wax(u"--profile %1@example.org identity import --file-passphrase-file file-secret %1.p12"_s.arg(name));
        QCOMPARE(run.exitStatus, 0);
        QVERIFY2(QString::fromUtf8(run.talk).contains(sentence), run.talk);
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_BadInput.moc"
