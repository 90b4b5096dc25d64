// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/FakeBackends.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <functional>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// A dialogue and the refusal in which it ends.
struct Refusal {
    QByteArray text; ///< Behind "-ERR ".
    QByteArray said;
    std::function<void(Pop3Dialogue &)> prepare = [](Pop3Dialogue &) {};
    bool isFromElsewhere = false;
    bool offersTls = false;
};

void logIn(Pop3Dialogue &dialogue)
{
    dialogue.logIn();
}

std::function<void(Pop3Dialogue &)> opening(ErrorCode code)
{
    return [code](Pop3Dialogue &dialogue) { dialogue.backend.opening = code; };
}

std::function<void(Pop3Dialogue &)> reading(ErrorCode code)
{
    return [code](Pop3Dialogue &dialogue) {
        dialogue.logIn();
        dialogue.backend.holdsPieces = true;
        dialogue.session.receive("RETR 1\r\n");
        dialogue.session.pieceRead(1, code);
    };
}

const QByteArray kLogin = "USER bob@example.org\r\nPASS secret\r\n";
const QByteArray kUtf8Mail = "Return-Path: <j\xc3\xb6@b.de>\r\nReceived: from c ([127.0.0.1])\r\n\tby localhost (Waxwing) with UTF8SMTP id 1;\r\n\tx\r\nSubject: x\r\n\r\nx\r\n";

QList<Refusal> refusals()
{
    return {
        {"The line is too long", QByteArray(5000, 'x') + "\r\n"},
        {"Bare CR or LF and NUL are refused: every line must end with CRLF", "NOOP\n"},
        {"Command not known", "XYZZY\r\n"},
        {"Log in first", "STAT\r\n"},
        {"Not in this state", "USER x\r\n", logIn},
        {"UTF8 takes no argument", "UTF8 USER\r\n"},
        {"This language is not known", "LANG tlh\r\n"},
        {"There is no such message", "RETR 3\r\n", logIn},
        {"The message is marked as deleted", "DELE 1\r\nTOP 1 0\r\n", logIn},
        {"Syntax: TOP number lines", "TOP 1\r\n", logIn},
        {"[SYS/TEMP] Some messages were not deleted", "DELE 1\r\nQUIT\r\n", [](Pop3Dialogue &dialogue) {
             dialogue.backend.removal = ErrorCode::DiskFull;
             dialogue.logIn();
         }},
        {"[SYS/PERM] The message is not there any more", "", reading(ErrorCode::MessageNotFound)},
        {"[SYS/TEMP] The message could not be read; try again later", "", reading(ErrorCode::FileNotReadable)},
        {"[UTF8] The head of this message is in UTF-8: say UTF8 before you log in", "RETR 1\r\n", [](Pop3Dialogue &dialogue) {
             dialogue.backend.messages = {kUtf8Mail};
             dialogue.logIn();
         }},
        {"[SYS/TEMP] The relay is stopping", "", [](Pop3Dialogue &dialogue) { dialogue.session.shutDown("The relay is stopping"); }},
        {"TLS is not offered here", "STLS\r\n"},
        {"TLS is in use already", "STLS\r\n", [](Pop3Dialogue &dialogue) {
             dialogue.session.receive("STLS\r\n");
             dialogue.session.tlsStarted("TLSv1.3");
         }, false, true},
        {"STLS comes before UTF8", "UTF8\r\nSTLS\r\n", [](Pop3Dialogue &) {}, false, true},
        {"[SYS/TEMP] Too many wrong passwords came from your address; try again later", "USER bob@example.org\r\n", [](Pop3Dialogue &dialogue) {
             dialogue.backend.isLockedOut = true;
         }},
        {"[AUTH] A password needs encryption: say STLS first", "USER bob@example.org\r\n", [](Pop3Dialogue &) {}, true},
        {"A name is missing", "USER\r\n"},
        {"Say USER first", "PASS secret\r\n"},
        {"This mechanism is not offered", "AUTH CRAM-MD5\r\n"},
        {"Not base64", "AUTH PLAIN ???\r\n"},
        {"Authentication was broken off", "AUTH PLAIN\r\n*\r\n"},
        {"[AUTH] Name or password is wrong", "USER bob@example.org\r\nPASS x\r\n"},
        {"[IN-USE] Another session has this mailbox open", kLogin, opening(ErrorCode::MailboxBusy)},
        {"[SYS/TEMP] The mailbox could not be opened; try again later", kLogin, opening(ErrorCode::DatabaseBusy)},
        {"[SYS/TEMP] Refused by a rule", "STAT\r\n", [](Pop3Dialogue &dialogue) {
             dialogue.logIn();
             dialogue.backend.setFaults("{\"name\":\"no\",\"fault\":\"refuse\",\"at\":\"stat\"}");
         }},
    };
}

} // namespace

class TestPop3Session : public QObject
{
    Q_OBJECT

    static QList<QByteArray> two() { return {"Subject: a\r\n\r\none\r\n.two\r\nthree\r\n", "Subject: b\r\n\r\n"}; }

private Q_SLOTS:
    void everyCommandHasItsAnswer_data()
    {
        QTest::addColumn<bool>("loggedIn");
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("answer"); ///< All of it, or its beginning.
        QTest::newRow("CAPA before login") << false << QByteArray("CAPA") << QByteArray("+OK Capabilities\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n");
        QTest::newRow("USER") << false << QByteArray("USER bob@example.org") << QByteArray("+OK");
        QTest::newRow("USER without name") << false << QByteArray("USER") << QByteArray("-ERR");
        QTest::newRow("PASS first") << false << QByteArray("PASS secret") << QByteArray("-ERR");
        QTest::newRow("RETR before login") << false << QByteArray("RETR 1") << QByteArray("-ERR");
        QTest::newRow("UTF8") << false << QByteArray("UTF8") << QByteArray("+OK");
        QTest::newRow("UTF8 with argument") << false << QByteArray("UTF8 USER") << QByteArray("-ERR");
        QTest::newRow("UTF8 after login") << true << QByteArray("UTF8") << QByteArray("-ERR");
        QTest::newRow("LANG") << false << QByteArray("LANG") << QByteArray("+OK Languages\r\nen English\r\ni-default Default language\r\n.\r\n");
        QTest::newRow("LANG en") << false << QByteArray("LANG EN") << QByteArray("+OK en ");
        QTest::newRow("LANG i-default") << true << QByteArray("LANG i-default") << QByteArray("+OK i-default ");
        QTest::newRow("LANG *") << true << QByteArray("LANG *") << QByteArray("+OK en ");
        QTest::newRow("LANG unknown") << true << QByteArray("LANG tlh") << QByteArray("-ERR");
        QTest::newRow("STLS not offered") << false << QByteArray("STLS") << QByteArray("-ERR");
        QTest::newRow("AUTH list") << false << QByteArray("AUTH") << QByteArray("+OK Mechanisms\r\nSCRAM-SHA-256\r\nPLAIN\r\n.\r\n");
        QTest::newRow("AUTH unknown") << false << QByteArray("AUTH CRAM-MD5") << QByteArray("-ERR");
        QTest::newRow("QUIT before login") << false << QByteArray("QUIT") << QByteArray("+OK");
        QTest::newRow("unknown") << false << QByteArray("XYZZY") << QByteArray("-ERR");
        QTest::newRow("STAT") << true << QByteArray("STAT") << QByteArray("+OK 2 46\r\n");
        QTest::newRow("LIST") << true << QByteArray("LIST") << QByteArray("+OK List follows\r\n1 32\r\n2 14\r\n.\r\n");
        QTest::newRow("LIST 2") << true << QByteArray("LIST 2") << QByteArray("+OK 2 14\r\n");
        QTest::newRow("LIST 0") << true << QByteArray("LIST 0") << QByteArray("-ERR");
        QTest::newRow("LIST 3") << true << QByteArray("LIST 3") << QByteArray("-ERR");
        QTest::newRow("LIST -1") << true << QByteArray("LIST -1") << QByteArray("-ERR");
        QTest::newRow("LIST huge") << true << QByteArray("LIST 99999999999999999999") << QByteArray("-ERR");
        QTest::newRow("UIDL") << true << QByteArray("UIDL") << QByteArray("+OK List follows\r\n1 spool.1\r\n2 spool.2\r\n.\r\n");
        QTest::newRow("UIDL 1") << true << QByteArray("UIDL 1") << QByteArray("+OK 1 spool.1\r\n");
        QTest::newRow("RETR") << true << QByteArray("RETR 1") << QByteArray("+OK 32 octets\r\nSubject: a\r\n\r\none\r\n..two\r\nthree\r\n.\r\n");
        QTest::newRow("RETR empty body") << true << QByteArray("RETR 2") << QByteArray("+OK 14 octets\r\nSubject: b\r\n\r\n.\r\n");
        QTest::newRow("RETR nothing") << true << QByteArray("RETR") << QByteArray("-ERR");
        QTest::newRow("TOP 0") << true << QByteArray("TOP 1 0") << QByteArray("+OK 32 octets\r\nSubject: a\r\n\r\n.\r\n");
        QTest::newRow("TOP 2") << true << QByteArray("TOP 1 2") << QByteArray("+OK 32 octets\r\nSubject: a\r\n\r\none\r\n..two\r\n.\r\n");
        QTest::newRow("TOP more than there is") << true << QByteArray("TOP 1 99") << QByteArray("+OK 32 octets\r\nSubject: a\r\n\r\none\r\n..two\r\nthree\r\n.\r\n");
        QTest::newRow("TOP without lines") << true << QByteArray("TOP 1") << QByteArray("-ERR");
        QTest::newRow("DELE") << true << QByteArray("DELE 1") << QByteArray("+OK");
        QTest::newRow("TOP with a word too many") << true << QByteArray("TOP 1 2 3") << QByteArray("-ERR");
        QTest::newRow("TOP of a negative count") << true << QByteArray("TOP 1 -1") << QByteArray("-ERR");
        QTest::newRow("DELE 9") << true << QByteArray("DELE 9") << QByteArray("-ERR");
        QTest::newRow("NOOP") << true << QByteArray("noop") << QByteArray("+OK");
        QTest::newRow("RSET") << true << QByteArray("RSET") << QByteArray("+OK");
        QTest::newRow("USER after login") << true << QByteArray("USER x") << QByteArray("-ERR");
        QTest::newRow("STLS after login") << true << QByteArray("STLS") << QByteArray("-ERR");
    }

    void everyCommandHasItsAnswer()
    {
        QFETCH(bool, loggedIn);
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, answer);
        Pop3Dialogue dialogue{two()};
        if (loggedIn)
            dialogue.logIn();
        dialogue.backend.out.clear();
        dialogue.session.receive(said + "\r\n");
        QVERIFY2(dialogue.backend.out.startsWith(answer), dialogue.backend.out.constData());
    }

    void everyRefusalHasItsOccasion_data()
    {
        QTest::addColumn<qsizetype>("index");
        const QList<Refusal> all = refusals();
        for (qsizetype i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].text.constData()) << i;
    }
    void everyRefusalHasItsOccasion()
    {
        QFETCH(qsizetype, index);
        const Refusal refusal = refusals()[index];
        Pop3Dialogue dialogue{two(), {"localhost", {}, refusal.offersTls, "spool"}, {refusal.isFromElsewhere ? "192.0.2.1" : "127.0.0.1", !refusal.isFromElsewhere, {}}};
        refusal.prepare(dialogue);
        dialogue.session.receive(refusal.said);
        const QByteArrayList lines = dialogue.backend.takeLines();
        QVERIFY(!lines.isEmpty());
        QCOMPARE(lines.last(), "-ERR " + refusal.text);
    }

    /// A refusal that is added without a dialogue that leads to it is found here.
    void everyRefusalOfTheSourceIsProvoked()
    {
        static const QRegularExpression call{u"(?<![.:\\w])(?:error|protocolError)\\((.*?)\\);"_s};
        static const QRegularExpression literal{u"\"([^\"]+)\""_s};
        const QDir directory{QStringLiteral(WAXWING_SOURCE_DIR) + u"/src/relay"_s};
        const QList<Refusal> all = refusals();
        int count = 0;
        for (const QString &name : directory.entryList({u"Pop3Session*.cpp"_s}, QDir::Files)) {
            QFile file{directory.filePath(name)};
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString source = QString::fromUtf8(file.readAll());
            for (const QRegularExpressionMatch &said : call.globalMatch(source))
                for (const QRegularExpressionMatch &text : literal.globalMatch(said.captured(1))) {
                    const QByteArray wanted = text.captured(1).toUtf8();
                    QVERIFY2(std::any_of(all.cbegin(), all.cend(), [&](const Refusal &one) { return one.text.startsWith(wanted); }), wanted.constData());
                    ++count;
                }
        }
        QVERIFY(count >= 28);
    }

    void deletedMessagesAreGoneFromTheListsAndOnlyQuitDeletes()
    {
        Pop3Dialogue dialogue{two()};
        dialogue.logIn();
        dialogue.say("DELE 1\r\n");
        QVERIFY(dialogue.say("RETR 1\r\n").first().startsWith("-ERR"));
        QVERIFY(dialogue.say("DELE 1\r\n").first().startsWith("-ERR"));
        QCOMPARE(dialogue.say("STAT\r\n"), QByteArrayList{"+OK 1 14"});
        QCOMPARE(dialogue.say("UIDL\r\n"), (QByteArrayList{"+OK List follows", "2 spool.2", "."}));
        QVERIFY(dialogue.backend.removed.isEmpty());
        dialogue.say("RSET\r\nDELE 2\r\nQUIT\r\n");
        QCOMPARE(dialogue.backend.removed, QList<qint64>{2});
        QVERIFY(dialogue.backend.isClosed);
    }

    void aLostConnectionDeletesNothing()
    {
        FakePop3Backend *backend = nullptr;
        {
            Pop3Dialogue dialogue{two()};
            backend = &dialogue.backend;
            dialogue.logIn();
            dialogue.say("DELE 1\r\n");
            dialogue.session.shutDown("The relay is stopping");
            QVERIFY(dialogue.backend.takeLines().last().startsWith("-ERR [SYS/TEMP]"));
            QVERIFY(backend->removed.isEmpty());
        }
    }

    void quitSaysWhetherDeletingFailed()
    {
        Pop3Dialogue dialogue{two()};
        dialogue.backend.removal = ErrorCode::DiskFull;
        dialogue.logIn();
        QVERIFY(dialogue.say("DELE 1\r\nQUIT\r\n").last().startsWith("-ERR [SYS/TEMP]"));
    }

    void wrongNamesAndPasswordsSoundTheSame()
    {
        Pop3Dialogue dialogue;
        const QByteArray wrong = dialogue.say("USER bob@example.org\r\nPASS x\r\n").last();
        QCOMPARE(wrong, QByteArray("-ERR [AUTH] Name or password is wrong"));
        QCOMPARE(dialogue.say("USER nobody@example.org\r\nPASS x\r\n").last(), wrong);
        dialogue.say("USER not an address\r\nPASS x\r\n");
        QVERIFY(dialogue.backend.isClosed);
    }

    void passwordsMayHoldBlanks()
    {
        Pop3Dialogue dialogue;
        dialogue.backend.passwords["bob@example.org"] = " two words ";
        QVERIFY(dialogue.say("USER Bob@example.org\r\nPASS  two words \r\n").last().startsWith("+OK"));
    }

    void usersLogInBySasl()
    {
        Pop3Dialogue plain;
        const QByteArray text = QByteArray("\0bob@example.org\0secret", 23).toBase64();
        QCOMPARE(plain.say("AUTH PLAIN\r\n"), QByteArrayList{"+ "});
        QVERIFY(plain.say(text + "\r\n").first().startsWith("+OK"));
        Pop3Dialogue cancelled;
        cancelled.say("AUTH PLAIN\r\n");
        QVERIFY(cancelled.say("*\r\n").first().startsWith("-ERR"));
        Pop3Dialogue scram;
        net::ScramClient client{"bob@example.org", base::Secret{"secret"}};
        const QByteArray first = scram.say("AUTH SCRAM-SHA-256 " + client.clientFirst()->toBase64() + "\r\n").first();
        const auto proof = client.clientFinal(QByteArray::fromBase64(first.sliced(2)));
        const QByteArray last = scram.say(proof->toBase64() + "\r\n").first();
        QVERIFY(client.verify(QByteArray::fromBase64(last.sliced(2))));
        QVERIFY(scram.say("\r\n").first().startsWith("+OK"));
    }

    void aMailboxInUseIsSaidToBe()
    {
        Pop3Dialogue dialogue;
        dialogue.backend.opening = ErrorCode::MailboxBusy;
        QVERIFY(dialogue.say("USER bob@example.org\r\nPASS secret\r\n").last().startsWith("-ERR [IN-USE]"));
    }

    void passwordsNeedEncryptionFromElsewhere()
    {
        Pop3Dialogue dialogue{{}, {"localhost", {}, true, "spool"}, {"192.0.2.1", false, {}}};
        QVERIFY(dialogue.say("USER bob@example.org\r\n").first().startsWith("-ERR [AUTH]"));
        QVERIFY(dialogue.say("AUTH PLAIN\r\n").first().startsWith("-ERR [AUTH]"));
        const QByteArrayList offered = dialogue.say("CAPA\r\n");
        QVERIFY(offered.contains("STLS") && !offered.contains("USER"));
        QVERIFY(dialogue.say("STLS\r\nUSER bob@example.org\r\n").first().startsWith("+OK"));
        QVERIFY(dialogue.backend.wantsTls);
        dialogue.session.tlsStarted("TLSv1.3 x");
        // What came with STLS is forgotten.
        QVERIFY(dialogue.say("PASS secret\r\n").first().startsWith("-ERR"));
        QVERIFY(!dialogue.say("CAPA\r\n").contains("STLS"));
    }

    void pipelinedRetrievalsAreServedInOrderAndReadAhead()
    {
        QList<QByteArray> messages;
        QByteArray wanted;
        QByteArray commands;
        for (int i = 1; i <= 20; ++i) {
            messages.append("Subject: " + QByteArray::number(i) + "\r\n\r\nx\r\n");
            wanted += "+OK " + QByteArray::number(messages.last().size()) + " octets\r\n" + messages.last() + ".\r\n";
            commands += "RETR " + QByteArray::number(i) + "\r\n";
        }
        Pop3Dialogue dialogue{messages};
        dialogue.logIn();
        dialogue.backend.out.clear();
        dialogue.session.receive(commands);
        QCOMPARE(dialogue.backend.out, wanted);
        QCOMPARE(dialogue.backend.reads, 1);
    }

    void largeMessagesComeInPiecesAndWaitForRoom()
    {
        QByteArray message = "Subject: big\r\n\r\n";
        for (int i = 0; i < 2000; ++i)
            message += ".line " + QByteArray::number(i) + "\r\n";
        Pop3Dialogue dialogue{{message}};
        dialogue.backend.pieceOctets = 1000;
        dialogue.logIn();
        dialogue.backend.out.clear();
        dialogue.backend.isFull = true;
        dialogue.session.receive("RETR 1\r\n");
        QVERIFY(dialogue.session.isWaiting());
        QCOMPARE(dialogue.backend.out, QByteArray{});
        dialogue.backend.isFull = false;
        dialogue.session.resume();
        QByteArray stuffed = message;
        QCOMPARE(dialogue.backend.out, "+OK " + QByteArray::number(message.size()) + " octets\r\n" + stuffed.replace("\r\n.", "\r\n..") + ".\r\n");
    }

    // A socket that takes what it is given says so at once, and the session goes on within its own send().
    void goingOnWithinSendSaysNothingTwice()
    {
        Pop3Dialogue dialogue{two()};
        dialogue.logIn();
        QByteArrayList more{"RETR 2\r\n", "NOOP\r\n"};
        dialogue.backend.onSend = [&] {
            if (!more.isEmpty())
                dialogue.session.receive(more.takeFirst());
        };
        dialogue.backend.out.clear();
        dialogue.session.receive("RETR 1\r\n");
        QCOMPARE(dialogue.backend.out, QByteArray("+OK 32 octets\r\nSubject: a\r\n\r\none\r\n..two\r\nthree\r\n.\r\n+OK 14 octets\r\nSubject: b\r\n\r\n.\r\n+OK \r\n"));
    }

    void aMessageThatCannotBeReadIsSaidToBe_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("for now") << int(ErrorCode::FileNotReadable) << QByteArray("-ERR [SYS/TEMP]");
        QTest::newRow("for good") << int(ErrorCode::MessageNotFound) << QByteArray("-ERR [SYS/PERM]");
    }

    void aMessageThatCannotBeReadIsSaidToBe()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, answer);
        Pop3Dialogue dialogue{two()};
        dialogue.backend.holdsPieces = true;
        dialogue.logIn();
        QCOMPARE(dialogue.say("RETR 1\r\nNOOP\r\n"), QByteArrayList{});
        dialogue.session.pieceRead(1, static_cast<ErrorCode>(code));
        const QByteArrayList answers = dialogue.backend.takeLines();
        QCOMPARE(answers.size(), 2);
        QVERIFY2(answers.first().startsWith(answer), answers.first().constData());
        QCOMPARE(answers.last(), QByteArray("+OK "));
    }

    void aMessageThatBreaksOffEndsTheConnection()
    {
        Pop3Dialogue dialogue{two()};
        dialogue.backend.holdsPieces = true;
        dialogue.logIn();
        dialogue.say("RETR 1\r\n");
        dialogue.session.pieceRead(1, store::SpoolPiece{"Subject: a\r\n", 32});
        QVERIFY(dialogue.backend.takeLines().first().startsWith("+OK 32"));
        dialogue.session.pieceRead(1, ErrorCode::FileNotReadable);
        QVERIFY(dialogue.backend.isClosed);
        QVERIFY(!dialogue.backend.out.contains("\r\n.\r\n"));
    }

    // RFC 6856 section 6: who does not read UTF-8 in headers gets none; what only happens to be 8-bit was always given.
    void utf8MailWaitsForAReaderThatSaidUtf8()
    {
        const QByteArray utf8 = "Return-Path: <j\xc3\xb6@b.de>\r\nReceived: from c ([127.0.0.1])\r\n\tby localhost (Waxwing) with UTF8SMTP id 1;\r\n\tx\r\nSubject: x\r\n\r\nx\r\n";
        const QByteArray utf8InBody = "Return-Path: <j@b.de>\r\nReceived: from c ([127.0.0.1])\r\n\tby localhost (Waxwing) with UTF8SMTP id 2;\r\n\tx\r\nSubject: x\r\n\r\n\xc3\xb6\r\n";
        const QByteArray raw = "Return-Path: <j@b.de>\r\nReceived: from c ([127.0.0.1])\r\n\tby localhost (Waxwing) with ESMTP id 3;\r\n\tx\r\nSubject: \xf6 with UTF8SMTP\r\n\r\nx\r\n";
        Pop3Dialogue plain{{utf8, utf8InBody, raw}};
        plain.logIn();
        for (const QByteArray command : {"RETR 1\r\n", "TOP 1 0\r\n"}) {
            const QByteArrayList answer = plain.say(command);
            QCOMPARE(answer.size(), 1);
            QVERIFY2(answer.first().startsWith("-ERR [UTF8]"), answer.first().constData());
        }
        QVERIFY(plain.say("RETR 2\r\n").first().startsWith("+OK"));
        QVERIFY(plain.say("RETR 3\r\n").first().startsWith("+OK"));
        Pop3Dialogue aware{{utf8}};
        aware.say("UTF8\r\n");
        aware.logIn();
        aware.backend.out.clear();
        aware.session.receive("RETR 1\r\n");
        QCOMPARE(aware.backend.out, "+OK " + QByteArray::number(utf8.size()) + " octets\r\n" + utf8 + ".\r\n");
    }

    void stlsComesBeforeUtf8()
    {
        Pop3Dialogue dialogue{{}, {"localhost", {}, true, "spool"}};
        QVERIFY(dialogue.say("UTF8\r\n").first().startsWith("+OK"));
        QVERIFY(dialogue.say("STLS\r\n").first().startsWith("-ERR"));
        QVERIFY(!dialogue.backend.wantsTls);
    }

    void whoGuessesPasswordsIsTurnedAway()
    {
        for (const QByteArray command : {"USER bob@example.org\r\n", "AUTH PLAIN\r\n"}) {
            Pop3Dialogue dialogue;
            dialogue.say("USER bob@example.org\r\nPASS x\r\n");
            QCOMPARE(dialogue.backend.loginFailures, 1);
            dialogue.backend.isLockedOut = true;
            QVERIFY(dialogue.say(command).first().startsWith("-ERR [SYS/TEMP]"));
            QVERIFY(dialogue.backend.isClosed);
        }
    }

    void aSaslLineThatIsNoneEndsTheExchange()
    {
        for (const QByteArray &line : {QByteArray("a\0b", 3), QByteArray(12300, 'x'), QByteArray("???")}) {
            Pop3Dialogue dialogue;
            dialogue.say("AUTH PLAIN\r\n");
            QVERIFY(dialogue.say(line + "\r\n").first().startsWith("-ERR"));
            QVERIFY(dialogue.say("USER bob@example.org\r\n").first().startsWith("+OK"));
        }
    }

    void badLinesAreRefused()
    {
        Pop3Dialogue dialogue{two()};
        dialogue.logIn();
        QVERIFY(dialogue.say("NOOP\n").first().startsWith("-ERR"));
        QVERIFY(dialogue.say(QByteArray(5000, 'x') + "\r\n").first().startsWith("-ERR"));
        QCOMPARE(dialogue.say("NOOP\r\n"), QByteArrayList{"+OK "});
        for (int i = 0; i < 20; ++i)
            dialogue.say("XYZZY\r\n");
        QVERIFY(dialogue.backend.isClosed);
    }

    void secretsAreMaskedInTheMonitor()
    {
        Pop3Dialogue dialogue;
        dialogue.backend.isWatching = true;
        dialogue.say("USER bob@example.org\r\nPASS wrong-secret\r\nAUTH PLAIN d3Jvbmctc2VjcmV0\r\nAUTH d3Jvbmctc2VjcmV0\r\nAUTH PLAIN\r\nd3Jvbmctc2VjcmV0\r\n");
        for (const relay::MonitorEvent &event : std::as_const(dialogue.backend.events))
            QVERIFY2(!event.text.contains("wrong-secret") && !event.text.contains("d3Jvb"), event.text.constData());
        QVERIFY(dialogue.backend.events.size() >= 8);
    }
};

QTEST_GUILESS_MAIN(TestPop3Session)
#include "tst_Pop3Session.moc"
