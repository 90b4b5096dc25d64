// SPDX-License-Identifier: GPL-3.0-or-later
// wax send, fetch, list, read and search against wax relay, as processes; killed at any moment.
#include "cli/WaxProgram.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

/// A computer with nothing on it yet.
struct Elsewhere {
    WaxProgram wax;

    Elsewhere()
    {
        wax.unsetVariable("WAXWING_SMTP");
        wax.unsetVariable("WAXWING_POP3");
        wax.write(u"pw"_s, "pupil's secret\n");
        wax.write(u"mailbox-pw"_s, "mailbox secret\n");
        wax.setVariable("WAXWING_PASSPHRASE_FILE", wax.path(u"pw"_s));
    }
    [[nodiscard]] WaxProgram::Run join(const QStringList &card, const QString &address) const
    {
        return wax(QStringList{u"identity"_s, u"join"_s} + card
                   + QStringList{u"--address"_s, address, u"--key"_s, u"ec:p256"_s, u"--password-file"_s, wax.path(u"mailbox-pw"_s), u"--json"_s});
    }
};

} // namespace

class TestMailCommands : public QObject
{
    Q_OBJECT

    using Run = WaxProgram::Run;

    WaxProgram m_wax;
    std::unique_ptr<QProcess> m_relay;

    QString path(const QString &name) const { return m_wax.path(name); }
    void write(const QString &name, const QByteArray &content) const { m_wax.write(name, content); }
    std::unique_ptr<QProcess> begin(const QStringList &words, const QByteArray &input = {}) const { return m_wax.beginWax(words, input); }
    Run wax(const QStringList &words, const QByteArray &input = {}) const { return m_wax(words, input); }
    Run as(const QString &name, QStringList words, const QByteArray &input = {})
    {
        return wax(QStringList{u"--profile"_s, name + u"@example.org"_s} + words, input);
    }
    int count(const QString &name, const QString &folder)
    {
        return int(as(name, {u"list"_s, u"--json"_s, u"--folder"_s, folder}).json().array().size());
    }
    void startRelay()
    {
        m_relay = begin({u"relay"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_wax.isListening("WAXWING_SMTP"), 20000);
    }
    void stopRelay()
    {
        m_relay->terminate();
        QVERIFY(m_relay->waitForFinished(10000));
        m_relay.reset();
    }

private Q_SLOTS:
    void initTestCase()
    {
        write(u"pw"_s, "demonstration\n");
        write(u"mailbox-pw"_s, "mailbox secret\n");
        m_wax.setVariable("WAXWING_PASSPHRASE_FILE", path(u"pw"_s));
        QCOMPARE(wax({u"authority"_s, u"init"_s, u"--name"_s, u"Team"_s, u"--key"_s, u"ec:p256"_s}).exitStatus, 0);
        for (const QString &name : {u"alice"_s, u"bob"_s}) {
            const QString address = name + u"@example.org"_s;
            QCOMPARE(wax({u"identity"_s, u"create"_s, u"--address"_s, address, u"--name"_s, name, u"--key"_s, u"ec:p256"_s}).exitStatus, 0);
            QCOMPARE(wax({u"relay"_s, u"user"_s, u"add"_s, address, u"--password-file"_s, path(u"mailbox-pw"_s)}).exitStatus, 0);
        }
    }
    void cleanup()
    {
        if (m_relay)
            stopRelay();
    }

    void letterWaitsWithASentenceAndGoesWithTheNextSend()
    {
        const Run waiting = as(u"alice"_s, {u"send"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"First"_s}, "Dear Bob\n");
        QCOMPARE(waiting.exitStatus, 3);
        QVERIFY2(waiting.talk.contains("waits in the outbox"), waiting.talk.constData());
        QCOMPARE(count(u"alice"_s, u"outbox"_s), 1);
        startRelay();
        const Run sent = as(u"alice"_s, {u"send"_s, u"--json"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"Second"_s}, "Dear Bob again\n");
        QCOMPARE(sent.exitStatus, 0);
        QCOMPARE(sent.json()["state"_L1].toString(), u"sent"_s);
        QCOMPARE(count(u"alice"_s, u"outbox"_s), 0);
        QCOMPARE(count(u"alice"_s, u"sent"_s), 2);
        const Run fetched = as(u"bob"_s, {u"fetch"_s, u"--json"_s, u"--password-file"_s, path(u"mailbox-pw"_s), u"--passphrase-file"_s, path(u"pw"_s)});
        QCOMPARE(fetched.exitStatus, 0);
        QCOMPARE(fetched.json()["new"_L1].toInt(), 2);
        // The password is known from now on.
        QCOMPARE(as(u"bob"_s, {u"fetch"_s, u"--json"_s}).json()["new"_L1].toInt(-1), 0);
    }

    void fetchedLetterIsVerifiedAndMarkedAsRead()
    {
        const QJsonArray rows = as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array();
        QCOMPARE(rows.size(), 2);
        const QJsonObject row = rows.last().toObject();
        QCOMPARE(row["seal"_L1].toString(), u"encrypted"_s);
        QVERIFY(!row["read"_L1].toBool());
        const Run read = as(u"bob"_s, {u"read"_s, u"--json"_s, QString::number(row["id"_L1].toInt())});
        QCOMPARE(read.exitStatus, 0);
        QCOMPARE(read.json()["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(read.json()["headers"_L1]["Subject"_L1]["value"_L1].toString(), u"First"_s);
        const QJsonObject after = as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array().last().toObject();
        QCOMPARE(after["seal"_L1].toString(), u"verified"_s);
        QVERIFY(after["read"_L1].toBool());
        QVERIFY(as(u"bob"_s, {u"search"_s, u"--json"_s, u"alice"_s}).json().array().size() == 2);
        // Encrypted, so no word of the text lies on the disk, also after it was read.
        QVERIFY(as(u"bob"_s, {u"search"_s, u"--json"_s, u"again"_s}).json().array().isEmpty());
        // The seal stands before what others wrote.
        const QByteArray line = as(u"bob"_s, {u"list"_s}).out.trimmed().split('\n').last();
        const qsizetype seal = line.indexOf("[Verified: from the sender, unchanged]");
        QVERIFY2(seal > 0 && line.indexOf("alice@example.org") > seal, line.constData());
        QCOMPARE(as(u"bob"_s, {u"read"_s, u"999"_s}).exitStatus, 3);
        QCOMPARE(as(u"bob"_s, {u"read"_s, u"first"_s}).exitStatus, 2);
    }

    void memorySaysWhetherTheSignerIsTheSame()
    {
        const auto continuityOf = [this](const QString &subject) {
            for (const QJsonValue &row : as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array()) {
                const QJsonDocument read = as(u"bob"_s, {u"read"_s, u"--json"_s, QString::number(row["id"_L1].toInt())}).json();
                if (read["headers"_L1]["Subject"_L1]["value"_L1].toString() == subject)
                    return read["signature"_L1]["continuity"_L1].toString();
            }
            return QString();
        };
        QCOMPARE(continuityOf(u"First"_s), u"first"_s); // also when it is read once more
        QCOMPARE(continuityOf(u"Second"_s), u"same"_s);
        startRelay();
        const Run renewed = as(u"alice"_s, {u"identity"_s, u"renew"_s});
        QVERIFY2(renewed.exitStatus == 0, renewed.talk.constData());
        QCOMPARE(as(u"alice"_s, {u"send"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"Third"_s}, "With new keys\n").exitStatus, 0);
        QCOMPARE(as(u"bob"_s, {u"fetch"_s}).exitStatus, 0);
        QCOMPARE(continuityOf(u"Third"_s), u"renewed"_s);
    }

    void mailOfAnotherProgramIsTakenIn()
    {
        write(u"Sent.mbox"_s, "From alice Thu Nov 26 10:00:00 2026\nFrom: alice@example.org\nTo: bob@example.org\nMessage-ID: <old.1@example.org>\n\n>From here.\n\n"
                              "From alice Fri Nov 27 10:00:00 2026\nFrom: alice@example.org\nMessage-ID: <old.2@example.org>\n\nTwo.\n");
        const QStringList command{u"import"_s, u"--json"_s, path(u"Sent.mbox"_s)};
        write(u"Sent.msf"_s, "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n< <(a=c)> // (f=iso-8859-1)\n"); // As it lies beside the mail of some programs.
        const Run taken = as(u"bob"_s, command + QStringList{path(u"Sent.msf"_s), path(u"missing.mbox"_s)});
        QCOMPARE(taken.exitStatus, 3);
        QVERIFY2(taken.talk.contains("Sent.msf") && taken.talk.trimmed().endsWith("missing.mbox"), taken.talk.constData());
        QCOMPARE(taken.json().object(), (QJsonObject{{u"added"_s, 2}, {u"known"_s, 0}, {u"unreadable"_s, 2}}));
        QCOMPARE(as(u"bob"_s, command).json().object(), (QJsonObject{{u"added"_s, 0}, {u"known"_s, 2}, {u"unreadable"_s, 0}}));
        const QJsonArray rows = as(u"bob"_s, {u"list"_s, u"--json"_s, u"--folder"_s, u"archive"_s}).json().array();
        QCOMPARE(rows.size(), 2);
        QVERIFY(rows[0]["read"_L1].toBool());
        QCOMPARE(as(u"bob"_s, {u"read"_s, u"--raw"_s, QString::number(rows[1]["id"_L1].toInteger())}).out,
                 "From: alice@example.org\r\nTo: bob@example.org\r\nMessage-ID: <old.1@example.org>\r\n\r\nFrom here.\r\n");
        QByteArray many;
        for (int i = 0; i < 250; ++i)
            many += "From alice Thu Nov 26 10:00:00 2026\nMessage-ID: <" + QByteArray::number(i) + "@example.org>\n\nOne of many.\n\n";
        write(u"Many.mbox"_s, many);
        QCOMPARE(as(u"bob"_s, {u"import"_s, u"--json"_s, path(u"Many.mbox"_s), path(u"Many.mbox"_s)}).json().object(),
                 (QJsonObject{{u"added"_s, 250}, {u"known"_s, 250}, {u"unreadable"_s, 0}}));
        // More than are read at once for the search, and found by their text.
        QCOMPARE(as(u"bob"_s, {u"search"_s, u"--json"_s, u"many"_s}).json().array().size(), 250);
    }

    void mailInFoldersIsTakenIn()
    {
        const QDir folder{path(u"Mail"_s)};
        const auto put = [&](const QString &name, const QByteArray &octets) {
            QVERIFY(folder.mkpath(QFileInfo(folder.filePath(name)).path()));
            write(u"Mail/"_s + name, octets);
        };
        put(u"cur/1764151200.1.host:2,S"_s, "Message-ID: <seen@example.org>\n\nSeen.\n");
        put(u"new/1764151201.2.host"_s, "Message-ID: <new@example.org>\n\nNew.\n");
        put(u"tmp/1764151202.3.host"_s, "Message-ID: <half@example.org>\n\nHal");
        put(u".Sent/cur/1764151203.4.host:2,S"_s, "Message-ID: <sent@example.org>\n\nSent.\n");
        put(u"Local Folders/Work"_s, "From - Thu Nov 26 10:00:00 2026\nMessage-ID: <work@example.org>\n\nWork.\n");
        put(u"Local Folders/Work.msf"_s, "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n");
        put(u"Saved/letter.EML"_s, "Message-ID: <saved@example.org>\n\nSaved.\n");
        QVERIFY(QFile::link(folder.filePath(u"Saved"_s), folder.filePath(u"Linked"_s)));
        QCOMPARE(as(u"bob"_s, {u"import"_s, u"--json"_s, folder.path()}).json().object(), (QJsonObject{{u"added"_s, 5}, {u"known"_s, 0}, {u"unreadable"_s, 0}}));
        const Run none = as(u"bob"_s, {u"import"_s, u"--json"_s, folder.filePath(u"tmp"_s)});
        QCOMPARE(none.exitStatus, 3);
        QVERIFY2(none.talk.contains("no mail in this folder"), none.talk.constData());
    }

    // The reader, `wax read`, `wax open` and `wax inspect` look for the letter in Sent by themselves.
    void aLetterThatCameBackAlteredIsComparedWithTheSentOne()
    {
        const QByteArray sent = as(u"alice"_s, {u"seal"_s, u"--no-encrypt"_s, u"--from"_s, u"alice@example.org"_s, u"--to"_s, u"list@example.org"_s},
                                   "Subject: Lunch\n\nSee you at noon.\n").out;
        write(u"sent.eml"_s, sent);
        write(u"back.eml"_s, QByteArray(sent).replace("noon", "nine"));
        QCOMPARE(as(u"alice"_s, {u"import"_s, u"--folder"_s, u"sent"_s, path(u"sent.eml"_s)}).exitStatus, 0);
        QCOMPARE(as(u"alice"_s, {u"import"_s, u"--folder"_s, u"inbox"_s, path(u"back.eml"_s)}).exitStatus, 0);
        const QJsonDocument rows = as(u"alice"_s, {u"list"_s, u"--json"_s}).json();
        const QJsonDocument read = as(u"alice"_s, {u"read"_s, u"--json"_s, QString::number(rows[0]["id"_L1].toInt())}).json();
        QCOMPARE(read["summary"_L1].toString(), u"altered"_s);
        QCOMPARE(read["diagnosis"_L1]["sent"_L1].toString().trimmed(), u"See you at noon."_s);
        QCOMPARE(read["diagnosis"_L1]["received"_L1].toString().trimmed(), u"See you at nine."_s);
        const QByteArray back = m_wax.read(u"back.eml"_s);
        QCOMPARE(as(u"alice"_s, {u"open"_s, u"--json"_s}, back).json()["diagnosis"_L1], read["diagnosis"_L1]);
        QCOMPARE(as(u"alice"_s, {u"inspect"_s, u"--json"_s}, back).json()["diagnosis"_L1], read["diagnosis"_L1]);
        QVERIFY(as(u"bob"_s, {u"open"_s, u"--json"_s}, back).json()["diagnosis"_L1]["sent"_L1].toString().isEmpty());
    }

    void badInputIsSaid_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("exitStatus");
        QTest::addColumn<QByteArray>("talk");
        QTest::newRow("no recipient") << QStringList{u"send"_s} << QByteArray("Subject: x\n\ntext\n") << 3 << QByteArray();
        QTest::newRow("no address") << QStringList{u"send"_s, u"--to"_s, u"Bob"_s} << QByteArray("text\n") << 3 << QByteArray("Bob");
        QTest::newRow("no certificate") << QStringList{u"send"_s, u"--to"_s, u"carol@example.org"_s} << QByteArray("text\n") << 3 << QByteArray("carol@example.org");
        QTest::newRow("somebody else's From") << QStringList{u"send"_s, u"--to"_s, u"bob@example.org"_s} << QByteArray("From: bob@example.org\nSubject: x\n\ntext\n") << 3 << QByteArray("bob@example.org");
        QTest::newRow("unknown folder") << QStringList{u"list"_s, u"--folder"_s, u"attic"_s} << QByteArray() << 2 << QByteArray("inbox");
        QTest::newRow("no words") << QStringList{u"search"_s} << QByteArray() << 2 << QByteArray();
    }
    void badInputIsSaid()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, talk);
        const int before = count(u"alice"_s, u"outbox"_s);
        const Run run = as(u"alice"_s, words, input);
        QTEST(run.exitStatus, "exitStatus");
        QVERIFY2(run.talk.contains(talk), run.talk.constData());
        QCOMPARE(count(u"alice"_s, u"outbox"_s), before);
    }

    void killedSendersLoseNothingThatWasQueued()
    {
        startRelay();
        QRandomGenerator random{4711};
        const int before = count(u"alice"_s, u"sent"_s);
        int finished = 0;
        for (int i = 0; i < 12; ++i) {
            const auto process = begin({u"--profile"_s, u"alice@example.org"_s, u"send"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"Kill %1"_s.arg(i)}, "text\n");
            QVERIFY(process->waitForStarted());
            if (!process->waitForFinished(random.bounded(20, 500))) {
                process->kill();
                QVERIFY(process->waitForFinished());
            }
            finished += process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0;
        }
        // What lies in the outbox after the last murder goes with this one: nothing is stuck in a dead process's hands.
        QCOMPARE(as(u"alice"_s, {u"send"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"Last"_s}, "text\n").exitStatus, 0);
        QCOMPARE(count(u"alice"_s, u"outbox"_s), 0);
        const int sent = count(u"alice"_s, u"sent"_s) - before;
        QVERIFY2(sent >= finished + 1, qPrintable(u"%1 sent, %2 finished"_s.arg(sent).arg(finished)));

        // The same for the fetching side: killed at any moment, at the end everything is there, and once.
        const int inbox = count(u"bob"_s, u"inbox"_s);
        for (int i = 0; i < 6; ++i) {
            const auto process = begin({u"--profile"_s, u"bob@example.org"_s, u"fetch"_s});
            QVERIFY(process->waitForStarted());
            if (!process->waitForFinished(random.bounded(20, 300))) {
                process->kill();
                QVERIFY(process->waitForFinished());
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(as(u"bob"_s, {u"fetch"_s}).exitStatus, 0, 20000);
        QCOMPARE(count(u"bob"_s, u"inbox"_s) - inbox, sent);
    }

    void anotherComputerJoinsByTheFileOrTheLine_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isTyped");
        QTest::newRow("file") << u"carol@example.org"_s << false;
        QTest::newRow("typed line") << u"dave@example.org"_s << true;
    }
    void anotherComputerJoinsByTheFileOrTheLine()
    {
        QFETCH(QString, address);
        QFETCH(bool, isTyped);
        QCOMPARE(wax({u"relay"_s, u"user"_s, u"add"_s, address, u"--password-file"_s, path(u"mailbox-pw"_s)}).exitStatus, 0);
        startRelay();
        const Run shown = wax({u"relay"_s, u"join-card"_s});
        QCOMPARE(shown.exitStatus, 0);
        QVERIFY2(shown.talk.contains("Only programs on this computer"), shown.talk.constData());
        QCOMPARE(wax({u"relay"_s, u"join-card"_s, u"--out"_s, path(u"card"_s)}).exitStatus, 0);
        const Run card = wax({u"relay"_s, u"join-card"_s, u"--json"_s});
        QCOMPARE(card.out, m_wax.read(u"card"_s));
        const QString inWords = card.json()["words"_L1].toString();
        QCOMPARE(inWords.split(u' ').size(), 12);
        QCOMPARE(card.json()["smtpPort"_L1].toInt(), m_wax.variable("WAXWING_SMTP").section(u':', 1).toInt());
        const QString line = u"127.0.0.1 %1 %2 %3"_s.arg(card.json()["smtpPort"_L1].toInt()).arg(card.json()["pop3Port"_L1].toInt()).arg(inWords);
        QVERIFY2(shown.out.contains("wax identity join " + line.toUtf8() + '\n'), shown.out.constData());

        const Elsewhere there;
        const Run joined = there.join(isTyped ? line.split(u' ') : QStringList{path(u"card"_s)}, address);
        QVERIFY2(joined.exitStatus == 0, joined.talk.constData());
        QCOMPARE(joined.json()["relay"_L1]["words"_L1].toString(), inWords);
        QVERIFY(joined.json()["request"_L1].toString().contains("BEGIN CERTIFICATE REQUEST"_L1)); // No authority there.
        const int before = count(u"bob"_s, u"inbox"_s);
        const Run sent = there.wax({u"--profile"_s, address, u"send"_s, u"--no-sign"_s, u"--no-encrypt"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"Hello"_s}, "text\n");
        QVERIFY2(sent.exitStatus == 0, sent.talk.constData());
        QCOMPARE(as(u"bob"_s, {u"fetch"_s}).exitStatus, 0);
        QCOMPARE(count(u"bob"_s, u"inbox"_s), before + 1);
        QCOMPARE(there.wax({u"--profile"_s, address, u"fetch"_s}).exitStatus, 0);
        // Once more, for a profile that is there: nothing new is made.
        const Run again = there.join({path(u"card"_s)}, address);
        QVERIFY2(again.exitStatus == 0, again.talk.constData());
        QVERIFY(again.json()["request"_L1].isNull());
    }

    void aCardOfAnotherRelayIsRefusedBeforeAnythingIsMade()
    {
        startRelay();
        const Elsewhere there;
        // Its own authority's words, and this relay's address.
        const QJsonDocument own = there.wax({u"relay"_s, u"join-card"_s, u"--json"_s, u"--smtp"_s, m_wax.variable("WAXWING_SMTP"), u"--pop3"_s, m_wax.variable("WAXWING_POP3")}).json();
        const QString line = u"127.0.0.1 %1 %2 %3"_s.arg(own["smtpPort"_L1].toInt()).arg(own["pop3Port"_L1].toInt()).arg(own["words"_L1].toString());
        QCOMPARE(there.join(line.split(u' '), u"erin@example.org"_s).exitStatus, 3);
        QCOMPARE(there.join((line + u" acorn"_s).split(u' '), u"erin@example.org"_s).exitStatus, 3);
        QCOMPARE(there.join({u"/dev/null"_s}, u"erin@example.org"_s).exitStatus, 3);
        QCOMPARE(there.join({}, u"erin@example.org"_s).exitStatus, 2);
        QVERIFY(there.wax({u"identity"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
        QCOMPARE(wax({u"relay"_s, u"join-card"_s, u"--smtp"_s, u"127.0.0.1:0"_s}).exitStatus, 3);
    }
};

QTEST_GUILESS_MAIN(TestMailCommands)
#include "tst_MailCommands.moc"
