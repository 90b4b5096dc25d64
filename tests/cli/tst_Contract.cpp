// SPDX-License-Identifier: GPL-3.0-or-later
// Each command of CONTRACT.md as a stranger would use it: its exit status, its JSON, its variables; beside open windows, too.
#include "cli/WaxProgram.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class TestContract : public QObject
{
    Q_OBJECT

    std::unique_ptr<WaxProgram> m_wax;
    std::vector<std::unique_ptr<QProcess>> m_running;

    WaxProgram::Run wax(const QString &words, const QByteArray &input = {}) const { return (*m_wax)(words, input); }
    /// The answer of a command that must succeed, with --json behind its words.
    QJsonDocument answer(const QString &words, const QByteArray &input = {}) const
    {
        const WaxProgram::Run run = wax(words + u" --json"_s, input);
        if (run.exitStatus != 0 || run.json().isNull())
            qWarning() << words << run.exitStatus << run.talk << run.out;
        return run.exitStatus == 0 ? run.json() : QJsonDocument{};
    }
    void start(const QString &program, const QString &words)
    {
        m_running.push_back(m_wax->begin(program, words.split(u' ')));
        QVERIFY(m_running.back()->waitForStarted());
    }
    void makeTeam()
    {
        QVERIFY(answer(u"authority init --name Team --key ec:p256"_s).object().contains("subject"_L1));
        for (const QString &name : {u"alice"_s, u"bob"_s})
            QCOMPARE(answer(u"identity create --address %1@example.org --name %1 --key ec:p256"_s.arg(name))["address"_L1].toString(), name + u"@example.org"_s);
    }

private Q_SLOTS:
    void init()
    {
        m_wax = std::make_unique<WaxProgram>();
        m_wax->write(u"passphrase"_s, "demonstration\n");
        m_wax->write(u"password"_s, "mailbox secret\n");
        m_wax->write(u"draft.eml"_s, "Subject: Lunch\n\nAt noon?\n");
        m_wax->setVariable("WAXWING_PASSPHRASE_FILE", m_wax->path(u"passphrase"_s));
    }
    void cleanup()
    {
        for (const auto &process : m_running) {
            process->terminate();
            QVERIFY(process->waitForFinished(5000));
            QCOMPARE(process->exitCode(), 0);
        }
        m_running.clear();
    }

    void everyCommandExplainsItself()
    {
        const QByteArray all = wax(u"--help"_s).out;
        QVERIFY(wax(u"--version"_s).out.startsWith("wax "));
        for (const char *name : {"authority", "identity", "certificate", "trust", "seal", "open", "inspect", "send", "fetch", "list", "read", "search", "relay",
                                 "relay user", "relay user alias", "relay fault", "relay queue"}) {
            QVERIFY2(QByteArrayView{name}.contains(' ') || all.contains("\n  " + QByteArray{name}), name);
            const WaxProgram::Run help = wax(QLatin1StringView{name} + u" --help"_s);
            QCOMPARE(help.exitStatus, 0);
            QVERIFY2(help.out.startsWith("Usage: wax [--data-dir DIR] [--profile ADDRESS] " + QByteArray{name}), help.out);
            QVERIFY(help.talk.isEmpty());
        }
        QVERIFY(wax(u"help"_s).out.startsWith("Usage: wax [--data-dir DIR]"));
        QVERIFY(wax(u"help relay user add"_s).out.startsWith("Usage: wax [--data-dir DIR] [--profile ADDRESS] relay user add"));
        QVERIFY(wax(u"relay user add"_s).talk.trimmed().endsWith("wax: See: wax relay user add --help"));
    }

    // Codes of warnings are interface, and each kind of key has a sentence of its own.
    void theHelpExplainsEveryWarningAndEveryKindOfKey()
    {
        const QByteArray open = wax(u"open --help"_s).out;
        for (const char *code : {"not-authenticated", "encrypted-part", "signed-part", "signed-outside-encryption", "remote-content-blocked", "outer-header-differs",
                                 "from-not-bound", "several-from", "weak-algorithm", "date-differs-from-signing-time", "receipt-requested"})
            QVERIFY2(open.contains("\n  " + QByteArray{code} + "\n      "), code);
        const QByteArray create = wax(u"identity create --help"_s).out;
        for (const char *type : {"rsa:2048", "rsa:3072", "rsa:4096", "ec:p256", "ec:p384", "ec:p521", "ed25519", "ml-dsa:44", "ml-dsa:65", "ml-dsa:87"})
            QVERIFY2(create.contains("\n  " + QByteArray{type} + "\n      "), type);
    }

    void onlyWhatNeedsTheNetworkLoadsIt_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("loads");
        QTest::newRow("open") << u"open --help"_s << false;
        QTest::newRow("a profile named as a command") << u"--profile fetch --data-dir=data seal --help"_s << false;
        QTest::newRow("fetch") << u"--profile seal fetch --help"_s << true;
        QTest::newRow("identity join") << u"identity join --help"_s << true;
    }
    void onlyWhatNeedsTheNetworkLoadsIt()
    {
        QFETCH(QString, words);
        QFETCH(bool, loads);
        m_wax->setVariable("LD_DEBUG", u"files"_s);
        const WaxProgram::Run run = wax(words);
        QCOMPARE(run.exitStatus, 0);
        QVERIFY(run.talk.contains("libQt6Core"));
        QCOMPARE(run.talk.contains("libQt6Network"), loads);
        QVERIFY(!run.talk.contains("libQt6DBus") && !run.talk.contains("keychain"));
    }

    void keysAndCertificates()
    {
        makeTeam();
        m_wax->setVariable("WAXWING_PROFILE", u"alice@example.org"_s);
        m_wax->write(u"carol.key"_s, m_wax->foreign(u"openssl"_s, u"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"_s.split(u' ')));
        m_wax->foreign(u"openssl"_s, u"req -new -key carol.key -subj /CN=Carol -addext subjectAltName=email:carol@example.org -out carol.csr"_s.split(u' '));
        const QJsonObject issued = answer(u"authority issue carol.csr"_s).object();
        QVERIFY(issued["pem"_L1].toString().startsWith("-----BEGIN CERTIFICATE"_L1));
        m_wax->write(u"carol.pem"_s, issued["pem"_L1].toString().toLatin1());
        QCOMPARE(answer(u"authority list"_s).array().size(), 3);
        m_wax->write(u"root.pem"_s, answer(u"authority export"_s)["pem"_L1].toString().toLatin1());
        QVERIFY(answer(u"authority crl"_s)["pem"_L1].toString().startsWith("-----BEGIN X509 CRL"_L1));
        const QString serial = issued["certificates"_L1][0]["serial"_L1].toString();
        QCOMPARE(answer(u"authority revoke %1 --reason superseded"_s.arg(serial))["serial"_L1].toString(), serial);
        QCOMPARE(answer(u"certificate import carol.pem"_s)[0]["state"_L1].toString(), u"revoked"_s);
        QCOMPARE(answer(u"certificate list"_s).array().size(), 1);
        QCOMPARE(answer(u"certificate show carol.pem"_s)["addresses"_L1].toArray(), QJsonArray{u"carol@example.org"_s});
        QCOMPARE(answer(u"certificate find bob@example.org"_s)["result"_L1].toString(), u"found"_s);
        QCOMPARE(wax(u"certificate find carol@example.org --json"_s).exitStatus, 1);
        QCOMPARE(answer(u"trust list"_s).array().size(), 1);
        m_wax->foreign(u"openssl"_s, u"req -x509 -newkey rsa:2048 -nodes -keyout other.key -subj /CN=Other -out other.pem"_s.split(u' '));
        const QString fingerprint = answer(u"trust add other.pem"_s)[0]["fingerprint"_L1].toString();
        QCOMPARE(answer(u"trust list"_s).array().size(), 2);
        QCOMPARE(wax(u"trust remove "_s + fingerprint.first(8)).exitStatus, 0);
        QVERIFY(answer(u"identity export --certificate"_s)["pem"_L1].toString().startsWith("-----BEGIN CERTIFICATE"_L1));
        QVERIFY(wax(u"identity export --out -"_s).out.startsWith('\x30'));
        QVERIFY(answer(u"identity renew"_s)["request"_L1].isNull());
        QCOMPARE(answer(u"identity list"_s)[0]["keys"_L1].toArray().size(), 2);
        QCOMPARE(wax(u"identity delete --yes"_s).exitStatus, 0);
        m_wax->unsetVariable("WAXWING_PROFILE");
        QCOMPARE(answer(u"identity list"_s).array().size(), 1);
    }

    void messages()
    {
        makeTeam();
        m_wax->setVariable("WAXWING_PROFILE", u"bob@example.org"_s);
        const WaxProgram::Run sealed = wax(u"seal --from alice@example.org --to bob@example.org draft.eml"_s);
        QCOMPARE(sealed.exitStatus, 0);
        QVERIFY(!QByteArray{sealed.out}.replace("\r\n", "").contains('\n'));
        QCOMPARE(answer(u"open"_s, sealed.out)["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(answer(u"open -"_s, sealed.out)["headers"_L1]["Subject"_L1]["value"_L1].toString(), u"Lunch"_s);
        const QJsonObject tree = answer(u"inspect"_s, sealed.out).object();
        QCOMPARE(tree["type"_L1].toString(), u"application/pkcs7-mime"_s);
        QCOMPARE(tree["end"_L1].toInt(), sealed.out.size());
        const QJsonObject several = answer(u"seal --from alice@example.org --to bob@example.org --bcc alice@example.org --out envelopes draft.eml"_s).object();
        QCOMPARE(several["envelopes"_L1].toArray().size(), 2);
        QByteArray altered = sealed.out;
        altered[altered.size() - 200] = altered[altered.size() - 200] == 'A' ? 'B' : 'A';
        QCOMPARE(wax(u"open --json"_s, altered).exitStatus, 1);
        QCOMPARE(wax(u"open"_s, "no mail at all").exitStatus, 1);
        QCOMPARE(answer(u"open draft.eml"_s)["summary"_L1].toString(), u"plain"_s);
    }

    void attachedLettersAreOpenedByThemselves()
    {
        makeTeam();
        m_wax->setVariable("WAXWING_PROFILE", u"bob@example.org"_s);
        const auto around = [](const QByteArray &subject, const QByteArray &letter) -> QByteArray {
            return "From: mallory@example.net\r\nSubject: " + subject + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=" + subject + "\r\n\r\n--"
                + subject + "\r\n\r\nLook.\r\n--" + subject + "\r\nContent-Type: message/rfc822\r\n\r\n" + letter + "\r\n--" + subject + "--\r\n";
        };
        const QByteArray sealed = wax(u"seal --from alice@example.org --to bob@example.org draft.eml"_s).out;
        m_wax->write(u"outer.eml"_s, around("outer", around("inner", sealed)));
        // Neither colours the other.
        QCOMPARE(answer(u"open outer.eml"_s)["summary"_L1].toString(), u"plain"_s);
        QVERIFY(wax(u"open outer.eml"_s).out.contains("; a letter: wax open --part 1.2]"));
        const QJsonDocument inner = answer(u"open --part 1.2 outer.eml"_s);
        QCOMPARE(inner["summary"_L1].toString(), u"plain"_s);
        QCOMPARE(inner["headers"_L1]["Subject"_L1]["value"_L1].toString(), u"inner"_s);
        QCOMPARE(inner["body"_L1]["attachments"_L1][0]["part"_L1].toString(), u"1.2.1.2"_s);
        // As inspect calls the part, and what is in it.
        for (const QString &part : {u"1.2.1.2"_s, u"1.2.1.2.1"_s}) {
            const QJsonDocument innermost = answer(u"open outer.eml --part "_s + part);
            QCOMPARE(innermost["summary"_L1].toString(), u"verified"_s);
            QCOMPARE(innermost["headers"_L1]["Subject"_L1]["value"_L1].toString(), u"Lunch"_s);
        }
        const WaxProgram::Run none = wax(u"open --part 1.2.1.1 outer.eml"_s);
        QCOMPARE(none.exitStatus, 2);
        QCOMPARE(none.sentence(), u"There is no attached letter 1.2.1.1; there are: 1.2.1.2"_s);
        QCOMPARE(wax(u"open --part 1.2 draft.eml"_s).sentence(), u"No letter is attached to the message."_s);
    }

    void mailbox()
    {
        makeTeam();
        for (const QString &name : {u"alice"_s, u"bob"_s})
            QCOMPARE(wax(u"relay user add %1@example.org --password-file password"_s.arg(name)).exitStatus, 0);
        start(qEnvironmentVariable("WAX_PROGRAM"), u"relay --json"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_wax->isListening("WAXWING_POP3"), 20000);
        QTRY_VERIFY(m_running.back()->bytesAvailable() > 0);
        QCOMPARE(QJsonDocument::fromJson(m_running.back()->readLine())["smtp"_L1].toString(), m_wax->variable("WAXWING_SMTP"));
        QCOMPARE(answer(u"--profile alice@example.org send --to bob@example.org draft.eml"_s)["state"_L1].toString(), u"sent"_s);
        QCOMPARE(answer(u"relay user list"_s).array().size(), 2);
        m_wax->setVariable("WAXWING_PROFILE", u"bob@example.org"_s);
        QCOMPARE(answer(u"fetch --leave --password-file password"_s)["new"_L1].toInt(), 1);
        const QJsonObject row = answer(u"list"_s)[0].toObject();
        QCOMPARE(answer(u"read %1"_s.arg(row["id"_L1].toInt()))["summary"_L1].toString(), u"verified"_s);
        QVERIFY(wax(u"read --raw %1"_s.arg(row["id"_L1].toInt())).out.contains("application/pkcs7-mime"));
        QCOMPARE(answer(u"search alice"_s).array().size(), 1);
        QCOMPARE(answer(u"search nothing-of-it"_s).array().size(), 0);
        QCOMPARE(wax(u"relay user remove alice@example.org"_s).exitStatus, 0);
        // Who is refused is named; the others have the letter.
        const WaxProgram::Run partly = wax(u"--profile alice@example.org send --json --no-encrypt --to bob@example.org --cc nobody@example.org draft.eml"_s);
        QCOMPARE(partly.exitStatus, 3);
        QCOMPARE(partly.sentence(), u"The server takes no mail for nobody@example.org. Check the address; any other recipient gets the message."_s);
        QCOMPARE(partly.json()["state"_L1].toString(), u"failed"_s);
        QCOMPARE(answer(u"fetch --password-file password"_s)["new"_L1].toInt(), 1);
    }

    void everyLongOptionHasAVariable()
    {
        makeTeam();
        QVERIFY(wax(u"identity list"_s).json().isNull());
        m_wax->setVariable("WAXWING_JSON", u"1"_s);
        QCOMPARE(wax(u"identity list"_s).json().array().size(), 2);
        m_wax->setVariable("WAXWING_JSON", u"0"_s);
        QVERIFY(wax(u"identity list"_s).json().isNull());
        m_wax->unsetVariable("WAXWING_JSON");

        m_wax->setVariable("WAXWING_FROM", u"alice@example.org"_s);
        m_wax->setVariable("WAXWING_TO", u"bob@example.org"_s);
        m_wax->setVariable("WAXWING_CIPHER", u"aes128-cbc"_s);
        m_wax->setVariable("WAXWING_NO_SIGN", u"yes"_s);
        m_wax->setVariable("WAXWING_PROFILE", u"bob@example.org"_s);
        const QJsonObject opened = answer(u"open"_s, wax(u"seal draft.eml"_s).out).object();
        QCOMPARE(opened["summary"_L1].toString(), u"decrypted"_s);
        QCOMPARE(opened["encryption"_L1]["cipher"_L1].toString(), u"AES-128-CBC"_s);
        // A flag is stronger.
        QCOMPARE(answer(u"open"_s, wax(u"seal --cipher aes256-gcm draft.eml"_s).out)["encryption"_L1]["cipher"_L1].toString(), u"AES-256-GCM"_s);
        m_wax->setVariable("WAXWING_AT", u"yesterday"_s);
        QCOMPARE(wax(u"open draft.eml"_s).exitStatus, 2);
        m_wax->unsetVariable("WAXWING_AT");
        m_wax->setVariable("WAXWING_FOLDER", u"attic"_s);
        QCOMPARE(wax(u"list"_s).exitStatus, 2);
        QCOMPARE(wax(u"list --folder inbox"_s).exitStatus, 0);
        m_wax->setVariable("WAXWING_DATA_DIR", m_wax->path(u"elsewhere"_s));
        QCOMPARE(wax(u"identity list"_s).exitStatus, 3);
        m_wax->unsetVariable("WAXWING_PROFILE");
        QVERIFY(answer(u"identity list"_s).array().isEmpty());
    }

    void worksWhileTheWindowsAreOpen()
    {
        m_wax->setVariable("QT_QPA_PLATFORM", u"offscreen"_s);
        m_wax->write(u"passphrase"_s, "demonstration\n");
        start(qEnvironmentVariable("WAXWING_PROGRAM"), u"--demo --start-relay"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_wax->isListening("WAXWING_POP3"), 60000);
        QTRY_COMPARE_WITH_TIMEOUT(answer(u"relay user list"_s).array().size(), 2, 20000);
        QCOMPARE(answer(u"--profile bob@example.org send --to alice@example.org draft.eml"_s)["state"_L1].toString(), u"sent"_s);
        // Alice's window fetches it; wax reads from the same mail file.
        QTRY_COMPARE_WITH_TIMEOUT(answer(u"--profile alice@example.org list"_s).array().size(), 1, 20000);
        const int id = answer(u"--profile alice@example.org list"_s)[0]["id"_L1].toInt();
        QCOMPARE(answer(u"--profile alice@example.org read %1"_s.arg(id))["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(wax(u"identity create --address carol@example.org --name Carol --key ec:p256"_s).exitStatus, 0);
        QCOMPARE(m_running.back()->state(), QProcess::Running);
    }
};

QTEST_GUILESS_MAIN(TestContract)
#include "tst_Contract.moc"
