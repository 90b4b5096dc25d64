// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the wax program as a stranger would, with openssl as the foreign peer.
#include "support/PrivateBus.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

struct Run {
    int exitStatus = -1;
    QByteArray out;
    QByteArray talk;
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

} // namespace

class TestIdentityCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = u"data"_s;
        m_variables = {};
        write(u"pw"_s, "demonstration\n");
        write(u"wrong"_s, "another secret\n");
    }

    void aTeamIsMadeInThreeCommands()
    {
        makeTeam();
        const Run list = wax({u"identity"_s, u"list"_s, u"--json"_s});
        QCOMPARE(list.exitStatus, 0);
        QCOMPARE(list.json().array().size(), 2);
        const QJsonObject key = list.json().array().first()["keys"_L1].toArray().first().toObject();
        QCOMPARE(key["state"_L1].toString(), u"good"_s);
        QCOMPARE(key["certificate"_L1]["keyType"_L1].toString(), u"ec:p256"_s);
        QVERIFY(key["certificate"_L1]["notAfter"_L1].toString().endsWith(u'Z'));

        const Run found = wax({u"--profile"_s, u"alice@example.org"_s, u"certificate"_s, u"find"_s, u"bob@example.org"_s});
        QCOMPARE(found.exitStatus, 0);
        QVERIFY(found.out.startsWith("-----BEGIN CERTIFICATE-----"));
        QCOMPARE(wax({u"--profile"_s, u"alice@example.org"_s, u"certificate"_s, u"find"_s, u"carol@example.org"_s}).exitStatus, 1);
    }

    void theDocumentedFieldsOfShowAreThere()
    {
        makeTeam();
        write(u"alice.pem"_s, wax({u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"export"_s, u"--certificate"_s}).out);
        const QJsonObject shown = wax({u"certificate"_s, u"show"_s, u"--json"_s, path(u"alice.pem"_s)}).json().object();
        for (const char *name : {"subject", "issuer", "serial", "addresses", "notBefore", "notAfter", "keyType", "usages"})
            QVERIFY2(shown.contains(QLatin1StringView{name}), name);
        QCOMPARE(shown["addresses"_L1].toArray(), QJsonArray{u"alice@example.org"_s});
        QCOMPARE(shown["usages"_L1].toArray(), (QJsonArray{u"digitalSignature"_s, u"keyAgreement"_s, u"emailProtection"_s}));
        write(u"root.pem"_s, wax({u"authority"_s, u"export"_s}).out);
        QVERIFY(openssl({u"verify"_s, u"-purpose"_s, u"smimesign"_s, u"-CAfile"_s, u"root.pem"_s, u"alice.pem"_s}).contains("OK"));
    }

    void whatTheKeyringRemembersIsNotAskedFor()
    {
        makeTeam();
        const support::PrivateBus bus;
        const auto service = bus.secretService(u"answers"_s);
        // Empty is not given, and nobody is asked: there is no terminal.
        m_variables.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromLatin1(bus.address()));
        m_variables.insert(u"XDG_CURRENT_DESKTOP"_s, u"GNOME"_s);
        m_variables.insert(u"WAXWING_PASSPHRASE_FILE"_s, QString{});
        const QStringList alice{u"--profile"_s, u"alice@example.org"_s, u"identity"_s};
        const QStringList exported = alice + QStringList{u"export"_s, u"--out"_s, u"-"_s};
        const QStringList file{u"--passphrase-file"_s, path(u"pw"_s)};
        QFile mark{path(u"data/profiles/alice@example.org/keyring-entry"_s)};
        QCOMPARE(wax(exported + file).exitStatus, 0);
        QVERIFY(!mark.exists());
        const Run remembered = wax(alice + QStringList{u"remember"_s, u"--json"_s} + file);
        QCOMPARE(remembered.json().object()["remembered"_L1], QJsonValue{true});
        QVERIFY(!(remembered.out + remembered.talk).contains("demonstration"));
        QCOMPARE(wax(exported).exitStatus, 0);
        // One that has become wrong is tried once.
        QVERIFY(mark.open(QIODevice::ReadOnly));
        QCOMPARE(run(qEnvironmentVariable("WAX_KEYRING"), {u"write"_s, QString::fromUtf8(mark.readAll())}, "another secret").exitStatus, 0);
        const Run wrong = wax(exported);
        QCOMPARE(wrong.exitStatus, 3);
        QVERIFY(wrong.talk.contains("does not fit any more"));
        QVERIFY(!mark.exists());
        QCOMPARE(wax(alice + QStringList{u"forget"_s}).exitStatus, 0);
    }

    void whoeverGivesUpAtThePromptSeesAgainWhatIsTyped()
    {
        makeTeam();
        const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
        QVERIFY(::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
        const int line = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);
        const auto isEchoing = [line] {
            termios mode{};
            return ::tcgetattr(line, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
        };
        QVERIFY(isEchoing());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"WAXWING_PASSPHRASE_FILE"_s);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setChildProcessModifier([line] {
            ::setsid();
            ::ioctl(line, TIOCSCTTY, 0);
            ::dup2(line, STDIN_FILENO);
        });
        process.start(qEnvironmentVariable("WAX_PROGRAM"), {u"--data-dir"_s, path(u"data"_s), u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"export"_s, u"--out"_s, u"-"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!isEchoing(), 30000);
        QCOMPARE(::write(terminal, "\x03", 1), 1); // Ctrl+C
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY(isEchoing());
        ::close(line);
        ::close(terminal);
    }

    void whatIsNoCertificateExitsWith3_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("Dear Bob,\n");
        QTest::newRow("PEM around noise") << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        QTest::newRow("over 4 MiB") << QByteArray(4 * 1024 * 1024 + 1, 'A');
    }

    void whatIsNoCertificateExitsWith3()
    {
        QFETCH(QByteArray, content);
        write(u"file"_s, content);
        for (const QStringList &command : {QStringList{u"certificate"_s, u"show"_s}, {u"trust"_s, u"add"_s}}) {
            const Run run = wax(command + QStringList{path(u"file"_s)});
            QCOMPARE(run.exitStatus, 3);
            QVERIFY(run.out.isEmpty());
            QVERIFY(run.talk.startsWith("wax: "));
        }
    }

    void joiningFromAnotherDataDirectory()
    {
        makeTeam();
        // Carol has a data directory of her own without an authority.
        m_data = u"carol-data"_s;
        const Run created = wax({u"identity"_s, u"create"_s, u"--address"_s, u"carol@example.org"_s, u"--name"_s, u"Carol"_s, u"--key"_s, u"ed25519"_s});
        QCOMPARE(created.exitStatus, 0);
        QVERIFY(created.out.contains("BEGIN CERTIFICATE REQUEST") && created.out.contains("BEGIN PUBLIC KEY"));
        write(u"carol.csr"_s, created.out);
        const QByteArray waiting = wax({u"identity"_s, u"list"_s, u"--json"_s}).out;
        QVERIFY(waiting.contains("\"waiting\""));
        m_data = u"data"_s;
        const Run issued = wax({u"authority"_s, u"issue"_s, path(u"carol.csr"_s)});
        QCOMPARE(issued.exitStatus, 0);
        write(u"carol.pem"_s, issued.out);
        write(u"root.pem"_s, wax({u"authority"_s, u"export"_s}).out);
        m_data = u"carol-data"_s;
        QCOMPARE(wax({u"identity"_s, u"import"_s, path(u"carol.pem"_s)}).exitStatus, 0);
        // The authority that came along is not trusted by itself.
        QVERIFY(wax({u"identity"_s, u"list"_s, u"--json"_s}).out.contains("\"untrusted\""));
        QCOMPARE(wax({u"trust"_s, u"add"_s, path(u"root.pem"_s)}).exitStatus, 0);
        const QByteArray ready = wax({u"identity"_s, u"list"_s, u"--json"_s}).out;
        QVERIFY2(!ready.contains("untrusted") && ready.count("\"good\"") == 2, ready);
        m_data = u"data"_s;
        QCOMPARE(wax({u"--profile"_s, u"bob@example.org"_s, u"certificate"_s, u"find"_s, u"carol@example.org"_s}).exitStatus, 0);
    }

    void keysTravelByPkcs12()
    {
        makeTeam();
        write(u"out"_s, "file secret\n");
        QCOMPARE(wax({u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"export"_s, u"--out"_s, path(u"alice.p12"_s),
                      u"--out-passphrase-file"_s, path(u"out"_s)}).exitStatus, 0);
        QVERIFY(!(QFile::permissions(path(u"alice.p12"_s)) & (QFile::ReadGroup | QFile::ReadOther)));
        const QByteArray read = openssl({u"pkcs12"_s, u"-in"_s, u"alice.p12"_s, u"-passin"_s, u"pass:file secret"_s, u"-nodes"_s});
        QVERIFY(read.contains("BEGIN PRIVATE KEY") && read.count("BEGIN CERTIFICATE") == 2);
        m_data = u"new-machine"_s;
        const QStringList import{u"identity"_s, u"import"_s, path(u"alice.p12"_s), u"--file-passphrase-file"_s};
        QCOMPARE(wax(import + QStringList{path(u"wrong"_s)}).exitStatus, 3);
        QVERIFY(wax({u"identity"_s, u"list"_s}).out.isEmpty());
        QCOMPARE(wax(import + QStringList{path(u"out"_s)}).exitStatus, 0);
        QVERIFY(wax({u"identity"_s, u"list"_s}).out.contains("alice@example.org"));
        // Some programs export keys without a passphrase: it was taken for somebody's certificate, and here nothing was taken in at all.
        write(u"open.pem"_s, read);
        openssl({u"pkcs12"_s, u"-export"_s, u"-in"_s, u"open.pem"_s, u"-passout"_s, u"pass:"_s, u"-out"_s, u"open.p12"_s});
        m_data = u"from-open-file"_s;
        QCOMPARE(wax({u"identity"_s, u"import"_s, path(u"open.p12"_s)}).exitStatus, 0);
        QVERIFY(wax({u"identity"_s, u"list"_s}).out.contains("ec:p256"));
        // Of a PEM file the certificates were taken in as those "of other people", and the key not at all.
        m_data = u"from-pem"_s;
        const Run pem = wax({u"identity"_s, u"import"_s, path(u"open.pem"_s)});
        QVERIFY2(pem.exitStatus == 0 && pem.talk.contains("1 key(s) of alice@example.org"), pem.talk);
        // It is for Alice and for nobody else.
        m_data = u"data"_s;
        const Run foreign = wax(QStringList{u"--profile"_s, u"bob@example.org"_s} + import + QStringList{path(u"out"_s)});
        QCOMPARE(foreign.exitStatus, 3);
        QVERIFY2(foreign.talk.contains("alice@example.org"), foreign.talk);
    }

    void revokedIsNotFoundAnyMore()
    {
        makeTeam();
        const QJsonArray issued = wax({u"authority"_s, u"list"_s, u"--json"_s}).json().array();
        QCOMPARE(issued.size(), 2);
        const QString serial = issued.last()["serial"_L1].toString();
        QCOMPARE(wax({u"authority"_s, u"revoke"_s, serial, u"--reason"_s, u"no-such-reason"_s}).exitStatus, 2);
        QCOMPARE(wax({u"authority"_s, u"revoke"_s, serial, u"--reason"_s, u"key-compromise"_s}).exitStatus, 0);
        QCOMPARE(wax({u"authority"_s, u"revoke"_s, serial}).exitStatus, 3);
        QCOMPARE(wax({u"authority"_s, u"revoke"_s, u"00ff"_s}).exitStatus, 3);
        const Run found = wax({u"--profile"_s, u"alice@example.org"_s, u"certificate"_s, u"find"_s, u"bob@example.org"_s, u"--json"_s});
        QCOMPARE(found.exitStatus, 1);
        QCOMPARE(found.json()["state"_L1].toString(), u"revoked"_s);
        write(u"crl.pem"_s, wax({u"authority"_s, u"crl"_s}).out);
        QVERIFY(openssl({u"crl"_s, u"-in"_s, u"crl.pem"_s, u"-noout"_s, u"-text"_s}).contains(serial.toUpper().toLatin1()));
    }

    void renewalKeepsTheOldKeys()
    {
        makeTeam();
        QCOMPARE(wax({u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"renew"_s}).exitStatus, 0);
        const auto keys = [this] {
            return wax({u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"list"_s, u"--json"_s}).json().array().first()["keys"_L1].toArray();
        };
        QCOMPARE(keys().size(), 2);
        QCOMPARE(wax({u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"renew"_s, u"--same-key"_s}).exitStatus, 0);
        QCOMPARE(keys().size(), 2);
        const QStringList deleting{u"--profile"_s, u"alice@example.org"_s, u"identity"_s, u"delete"_s};
        const Run unasked = wax(deleting);
        QCOMPARE(unasked.exitStatus, 2);
        QVERIFY2(unasked.talk.contains("--yes"), unasked.talk);
        QCOMPARE(keys().size(), 2);
        QCOMPARE(wax(deleting + QStringList{u"--yes"_s}).exitStatus, 0);
        QCOMPARE(wax({u"--profile"_s, u"bob@example.org"_s, u"certificate"_s, u"find"_s, u"alice@example.org"_s}).exitStatus, 1);
    }

    void eachFaultHasItsStatus_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("status");
        QTest::newRow("no command") << QStringList{u"identity"_s} << 2;
        QTest::newRow("unknown command") << QStringList{u"identity"_s, u"steal"_s} << 2;
        QTest::newRow("unknown option") << QStringList{u"identity"_s, u"list"_s, u"--nonsense"_s} << 2;
        QTest::newRow("no address") << QStringList{u"identity"_s, u"create"_s} << 2;
        QTest::newRow("no name") << QStringList{u"authority"_s, u"init"_s} << 2;
        QTest::newRow("no file") << QStringList{u"trust"_s, u"add"_s} << 2;
        QTest::newRow("absent file") << QStringList{u"trust"_s, u"add"_s, u"/no/such/file"_s} << 3;
        QTest::newRow("a folder") << QStringList{u"trust"_s, u"add"_s, u"/tmp"_s} << 3;
        QTest::newRow("a second authority") << QStringList{u"authority"_s, u"init"_s, u"--name"_s, u"X"_s} << 3;
        QTest::newRow("a second profile") << QStringList{u"identity"_s, u"create"_s, u"--address"_s, u"ALICE@example.org"_s} << 3;
        QTest::newRow("no mailbox") << QStringList{u"identity"_s, u"create"_s, u"--address"_s, u"alice"_s} << 3;
        QTest::newRow("unknown key type") << QStringList{u"identity"_s, u"create"_s, u"--address"_s, u"x@example.org"_s, u"--key"_s, u"rsa:512"_s} << 3;
        QTest::newRow("unknown profile") << QStringList{u"--profile"_s, u"x@example.org"_s, u"certificate"_s, u"list"_s} << 3;
        QTest::newRow("which profile") << QStringList{u"certificate"_s, u"list"_s} << 3;
        QTest::newRow("unknown anchor") << QStringList{u"trust"_s, u"remove"_s, u"0123456789abcdef"_s} << 3;
        QTest::newRow("help") << QStringList{u"identity"_s, u"create"_s, u"--help"_s} << 0;
    }

    void eachFaultHasItsStatus()
    {
        QFETCH(QStringList, words);
        makeTeam();
        const Run run = wax(words);
        QTEST(run.exitStatus, "status");
        QVERIFY(run.exitStatus == 0 || run.talk.startsWith("wax: "));
    }

    void aWrongPassphraseChangesNothing()
    {
        makeTeam();
        const QStringList create{u"identity"_s, u"create"_s, u"--address"_s, u"eve@example.org"_s, u"--passphrase-file"_s, path(u"wrong"_s)};
        QCOMPARE(wax(create).exitStatus, 3);
        QVERIFY(!wax({u"identity"_s, u"list"_s}).out.contains("eve"));
        QCOMPARE(wax(create + QStringList{u"--authority-passphrase-file"_s, path(u"pw"_s)}).exitStatus, 0);
        write(u"short"_s, "abc\n");
        QCOMPARE(wax({u"identity"_s, u"create"_s, u"--address"_s, u"m@example.org"_s, u"--passphrase-file"_s, path(u"short"_s)}).exitStatus, 3);
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file{path(name)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    /// Made once, since every passphrase costs a slow KDF; each test works on a copy.
    void makeTeam()
    {
        if (!m_team) {
            m_team = std::make_unique<QTemporaryDir>();
            makeTeamAnew();
            QCOMPARE(QProcess::execute(u"cp"_s, {u"-a"_s, path(u"data"_s), m_team->path()}), 0);
        } else {
            QCOMPARE(QProcess::execute(u"cp"_s, {u"-a"_s, m_team->filePath(u"data"_s), m_folder->path()}), 0);
        }
    }

    void makeTeamAnew() const
    {
        const QStringList key{u"--key"_s, u"ec:p256"_s};
        QCOMPARE(wax(QStringList{u"authority"_s, u"init"_s, u"--name"_s, u"Team"_s} + key).exitStatus, 0);
        for (const QString &name : {u"alice"_s, u"bob"_s})
            QCOMPARE(wax(QStringList{u"identity"_s, u"create"_s, u"--address"_s, name + u"@example.org"_s, u"--name"_s, name} + key).exitStatus, 0);
    }

    Run wax(const QStringList &words) const { return run(qEnvironmentVariable("WAX_PROGRAM"), words); }

    Run run(const QString &program, const QStringList &words, const QByteArray &input = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"WAXWING_PASSPHRASE_FILE"_s, path(u"pw"_s));
        environment.insert(u"WAXWING_DATA_DIR"_s, path(m_data));
        environment.remove(u"WAXWING_PROFILE"_s);
        environment.insert(m_variables);
        process.setProcessEnvironment(environment);
        process.start(program, words);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(30000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    QByteArray openssl(const QStringList &words) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(u"openssl"_s, words);
        process.waitForFinished(30000);
        return process.readAllStandardOutput();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_team;
    QString m_data = u"data"_s;
    QProcessEnvironment m_variables; ///< Stronger than those that every run has.
};

QTEST_GUILESS_MAIN(TestIdentityCommands)
#include "tst_IdentityCommands.moc"
