// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/FakeBackends.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCode;

class TestSmtpSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReplyCodeHasItsOccasion_data()
    {
        QTest::addColumn<QByteArrayList>("said");
        QTest::addColumn<QByteArray>("answer"); ///< To the last of them, up to the first letter of the text.
        const QByteArrayList mail{"EHLO c", "MAIL FROM:<alice@example.org>"};
        const QByteArrayList rcpt = mail + QByteArrayList{"RCPT TO:<bob@example.org>"};
        QTest::newRow("HELO") << QByteArrayList{"HELO c"} << QByteArray("250 localhost");
        QTest::newRow("EHLO without name") << QByteArrayList{"EHLO"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL first") << QByteArrayList{"MAIL FROM:<a@b>"} << QByteArray("503 5.5.1");
        QTest::newRow("MAIL") << mail << QByteArray("250 2.1.0");
        QTest::newRow("MAIL twice") << mail + QByteArrayList{"MAIL FROM:<a@b>"} << QByteArray("503 5.5.1");
        QTest::newRow("null sender") << QByteArrayList{"EHLO c", "MAIL FROM:<>"} << QByteArray("250 2.1.0");
        QTest::newRow("bad sender") << QByteArrayList{"EHLO c", "MAIL FROM:<a..b@c>"} << QByteArray("501 5.1.7");
        QTest::newRow("MAIL syntax") << QByteArrayList{"EHLO c", "MAIL TO:<a@b>"} << QByteArray("501 5.5.4");
        QTest::newRow("SIZE") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=100"} << QByteArray("250 2.1.0");
        QTest::newRow("SIZE too large") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=99999999999"} << QByteArray("552 5.3.4");
        QTest::newRow("SIZE is no number") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=big"} << QByteArray("501 5.5.4");
        QTest::newRow("BODY") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> BODY=8bitmime"} << QByteArray("250 2.1.0");
        QTest::newRow("BINARYMIME") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> BODY=BINARYMIME"} << QByteArray("555 5.5.4");
        QTest::newRow("unknown parameter") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> FOO=1"} << QByteArray("555 5.5.4");
        QTest::newRow("8-bit sender without SMTPUTF8") << QByteArrayList{"EHLO c", "MAIL FROM:<j\xc3\xb6@b.de>"} << QByteArray("553 5.6.7");
        QTest::newRow("8-bit sender with SMTPUTF8") << QByteArrayList{"EHLO c", "MAIL FROM:<j\xc3\xb6@b.de> SMTPUTF8"} << QByteArray("250 2.1.0");
        QTest::newRow("MAIL SIZE not a number") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=+5"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL SIZE beyond 64 bits") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=99999999999999999999"} << QByteArray("552 5.3.4");
        QTest::newRow("MAIL SIZE of 21 digits") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=100000000000000000000"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL BODY nonsense") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> BODY=9BIT"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL SMTPUTF8 with value") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SMTPUTF8=1"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL AUTH") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> AUTH=e+3Dmc2@example.com"} << QByteArray("250 2.1.0");
        QTest::newRow("MAIL AUTH not xtext") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> AUTH=+X"} << QByteArray("501 5.5.4");
        QTest::newRow("MAIL parameter twice") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> SIZE=1 SIZE=2"} << QByteArray("501 5.5.4");
        QTest::newRow("RCPT first") << QByteArrayList{"EHLO c", "RCPT TO:<bob@example.org>"} << QByteArray("503 5.5.1");
        QTest::newRow("RCPT") << rcpt << QByteArray("250 2.1.5");
        QTest::newRow("RCPT in another case") << mail + QByteArrayList{"RCPT TO:<BOB@Example.ORG>"} << QByteArray("250 2.1.5");
        QTest::newRow("RCPT unknown") << mail + QByteArrayList{"RCPT TO:<nobody@example.org>"} << QByteArray("550 5.1.1");
        QTest::newRow("RCPT elsewhere") << mail + QByteArrayList{"RCPT TO:<bob@elsewhere.org>"} << QByteArray("550 5.1.1");
        QTest::newRow("RCPT percent hack") << mail + QByteArrayList{"RCPT TO:<bob%elsewhere.org@example.org>"} << QByteArray("550 5.1.1");
        QTest::newRow("RCPT malformed") << mail + QByteArrayList{"RCPT TO:<bob@>"} << QByteArray("501 5.1.3");
        QTest::newRow("RCPT null") << mail + QByteArrayList{"RCPT TO:<>"} << QByteArray("501 5.1.3");
        QTest::newRow("RCPT syntax") << mail + QByteArrayList{"RCPT bob"} << QByteArray("501 5.5.4");
        QTest::newRow("RCPT parameter") << mail + QByteArrayList{"RCPT TO:<bob@example.org> FOO"} << QByteArray("555 5.5.4");
        QTest::newRow("RCPT 8-bit") << mail + QByteArrayList{"RCPT TO:<b\xc3\xb6@example.org>"} << QByteArray("553 5.6.7");
        QTest::newRow("DATA") << rcpt + QByteArrayList{"DATA"} << QByteArray("354");
        QTest::newRow("DATA first") << QByteArrayList{"EHLO c", "DATA"} << QByteArray("503 5.5.1");
        QTest::newRow("DATA without recipient") << mail + QByteArrayList{"DATA"} << QByteArray("554 5.5.1");
        QTest::newRow("DATA with argument") << rcpt + QByteArrayList{"DATA now"} << QByteArray("501 5.5.4");
        QTest::newRow("a message") << rcpt + QByteArrayList{"DATA", "text\r\n."} << QByteArray("250 2.0.0");
        QTest::newRow("BDAT") << rcpt + QByteArrayList{"BDAT 6 LAST\r\ntext"} << QByteArray("250 2.0.0");
        QTest::newRow("BDAT malformed") << rcpt + QByteArrayList{"BDAT x"} << QByteArray("501 5.5.4");
        QTest::newRow("BDAT first") << QByteArrayList{"EHLO c", "BDAT 3 LAST\r\nx"} << QByteArray("503 5.5.1");
        QTest::newRow("BDAT without recipient") << mail + QByteArrayList{"BDAT 3 LAST\r\nx"} << QByteArray("554 5.5.1");
        QTest::newRow("BDAT with a sign") << rcpt + QByteArrayList{"BDAT +3 LAST\r\nx"} << QByteArray("501 5.5.4");
        QTest::newRow("BDAT with a word that is not LAST") << rcpt + QByteArrayList{"BDAT 3 FIRST\r\nx"} << QByteArray("501 5.5.4");
        QTest::newRow("BDAT far too large") << rcpt + QByteArrayList{"BDAT 9223372036854775807 LAST\r\nx"} << QByteArray("552 5.3.4");
        QTest::newRow("BDAT of nothing") << rcpt + QByteArrayList{"BDAT 0 LAST"} << QByteArray("250 2.0.0");
        QTest::newRow("BDAT after LAST") << rcpt + QByteArrayList{"BDAT 6 LAST\r\ntext", "BDAT 3 LAST\r\nx"} << QByteArray("503 5.5.1");
        QTest::newRow("RCPT after BDAT") << rcpt + QByteArrayList{"BDAT 3\r\nx", "RCPT TO:<alice@example.org>"} << QByteArray("503 5.5.1");
        QTest::newRow("MAIL within BDAT") << rcpt + QByteArrayList{"BDAT 3\r\nx", "MAIL FROM:<a@b>"} << QByteArray("503 5.5.1");
        QTest::newRow("RSET within BDAT") << rcpt + QByteArrayList{"BDAT 3\r\nx", "RSET"} << QByteArray("250 2.0.0");
        QTest::newRow("DATA after BDAT") << rcpt + QByteArrayList{"BDAT 3\r\nx", "DATA"} << QByteArray("503 5.5.1");
        QTest::newRow("RET") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> ret=full ENVID=QQ+2B1"} << QByteArray("250 2.1.0");
        QTest::newRow("RET wrong") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> RET=SOME"} << QByteArray("501 5.5.4");
        QTest::newRow("RET twice") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> RET=FULL RET=HDRS"} << QByteArray("501 5.5.4");
        QTest::newRow("ENVID wrong") << QByteArrayList{"EHLO c", "MAIL FROM:<a@b> ENVID=a+0D+0Ab"} << QByteArray("501 5.5.4");
        QTest::newRow("NOTIFY") << mail + QByteArrayList{"RCPT TO:<bob@example.org> NOTIFY=SUCCESS,delay ORCPT=rfc822;x@y"} << QByteArray("250 2.1.5");
        QTest::newRow("NOTIFY wrong") << mail + QByteArrayList{"RCPT TO:<bob@example.org> NOTIFY=NEVER,DELAY"} << QByteArray("501 5.5.4");
        QTest::newRow("NOTIFY twice") << mail + QByteArrayList{"RCPT TO:<bob@example.org> NOTIFY=NEVER NOTIFY=NEVER"} << QByteArray("501 5.5.4");
        QTest::newRow("ORCPT wrong") << mail + QByteArrayList{"RCPT TO:<bob@example.org> ORCPT=bob@example.org"} << QByteArray("501 5.5.4");
        QTest::newRow("RSET") << QByteArrayList{"RSET"} << QByteArray("250 2.0.0");
        QTest::newRow("NOOP") << QByteArrayList{"noop anything"} << QByteArray("250 2.0.0");
        QTest::newRow("VRFY") << QByteArrayList{"VRFY bob"} << QByteArray("252 2.5.2");
        QTest::newRow("EXPN") << QByteArrayList{"EXPN list"} << QByteArray("502 5.5.1");
        QTest::newRow("HELP") << QByteArrayList{"HELP"} << QByteArray("214 2.0.0");
        QTest::newRow("unknown") << QByteArrayList{"XYZZY"} << QByteArray("500 5.5.2");
        QTest::newRow("QUIT") << QByteArrayList{"QUIT"} << QByteArray("221 2.0.0");
        QTest::newRow("STARTTLS not offered") << QByteArrayList{"EHLO c", "STARTTLS"} << QByteArray("502 5.5.1");
        QTest::newRow("AUTH first") << QByteArrayList{"AUTH PLAIN"} << QByteArray("503 5.5.1");
        QTest::newRow("AUTH alone") << QByteArrayList{"EHLO c", "AUTH"} << QByteArray("501 5.5.4");
        QTest::newRow("AUTH mechanism") << QByteArrayList{"EHLO c", "AUTH CRAM-MD5"} << QByteArray("504 5.5.4");
        QTest::newRow("AUTH not base64") << QByteArrayList{"EHLO c", "AUTH PLAIN ???"} << QByteArray("501 5.5.2");
        QTest::newRow("AUTH asks") << QByteArrayList{"EHLO c", "AUTH PLAIN"} << QByteArray("334 ");
        QTest::newRow("AUTH cancelled") << QByteArrayList{"EHLO c", "AUTH LOGIN", "*"} << QByteArray("501 5.5.2");
        QTest::newRow("AUTH wrong") << QByteArrayList{"EHLO c", "AUTH PLAIN " + QByteArray("\0a@b\0x", 6).toBase64()} << QByteArray("535 5.7.8");
        QTest::newRow("AUTH line too long") << QByteArrayList{"EHLO c", "AUTH LOGIN", QByteArray(12300, 'x')} << QByteArray("500 5.5.6");
        QTest::newRow("AUTH with a NUL") << QByteArrayList{"EHLO c", "AUTH LOGIN", QByteArray("a\0b", 3)} << QByteArray("501 5.5.2");
        QTest::newRow("a line too long") << QByteArrayList{"NOOP " + QByteArray(2100, 'x')} << QByteArray("500 5.5.2");
        QTest::newRow("a NUL") << QByteArrayList{QByteArray("NO\0OP", 6)} << QByteArray("500 5.5.2");
        QTest::newRow("HTTP") << QByteArrayList{"POST / HTTP/1.1"} << QByteArray("421 4.7.0");
    }

    void everyReplyCodeHasItsOccasion()
    {
        QFETCH(QByteArrayList, said);
        QFETCH(QByteArray, answer);
        SmtpDialogue dialogue;
        QByteArrayList answers;
        for (const QByteArray &line : said)
            answers = dialogue.say(line + "\r\n");
        QVERIFY2(!answers.isEmpty() && answers.last().startsWith(answer), answers.isEmpty() ? "nothing was said" : answers.last().constData());
    }

    /// A reply that is added without a dialogue that leads to it is found here.
    void everyReplyOfTheSourceIsAskedForByATest()
    {
        const auto textOf = [](const QString &folder, const QString &pattern) {
            QString text;
            const QDir directory{QStringLiteral(WAXWING_SOURCE_DIR) + folder};
            for (const QString &name : directory.entryList({pattern}, QDir::Files)) {
                QFile file{directory.filePath(name)};
                text += file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
            }
            return text;
        };
        const QString tests = textOf(u"/tests/relay"_s, u"tst_*.cpp"_s);
        const QString sources = textOf(u"/src/relay"_s, u"*.cpp"_s);
        // A statement may choose between several codes, and between several enhanced ones: each must be met with one of the others.
        static const QRegularExpression statement{u"\\b(?:reply|replyError|refuseData|refuseMessage)\\(([^;]*?)\\);|[{(](\\d{3}, \"\\d\\.\\d\\.\\d+)\""_s};
        static const QRegularExpression plain{u"(?<![\\d.\"])[2-5]\\d\\d(?!\\d)"_s};
        static const QRegularExpression enhanced{u"\"(\\d\\.\\d\\.\\d+)"_s};
        const auto all = [](const QRegularExpression &pattern, const QString &text, int group) {
            QStringList found;
            for (const QRegularExpressionMatch &match : pattern.globalMatch(text))
                found << match.captured(group);
            return found;
        };
        const auto isTested = [&tests](const QString &code) { return tests.contains(u'"' + code); };
        int count = 0;
        for (const QRegularExpressionMatch &match : statement.globalMatch(sources)) {
            const QString said = match.captured(1) + match.captured(2);
            const QStringList codes = all(plain, said, 0);
            const QStringList details = all(enhanced, said, 1);
            for (const QString &code : codes)
                QVERIFY2(details.isEmpty() ? isTested(code) : std::any_of(details.begin(), details.end(), [&](const QString &d) { return isTested(code + u' ' + d); }), qPrintable(said));
            for (const QString &detail : details)
                QVERIFY2(std::any_of(codes.begin(), codes.end(), [&](const QString &c) { return isTested(c + u' ' + detail); }), qPrintable(said));
            count += codes.isEmpty() ? 0 : 1;
        }
        QVERIFY2(count > 60, QByteArray::number(count).constData());
    }

    void ehloOffersWhatIsThere()
    {
        SmtpDialogue dialogue;
        QCOMPARE(dialogue.say("EHLO c\r\n"), (QByteArrayList{"250-localhost", "250-PIPELINING", "250-SIZE 67108864", "250-8BITMIME", "250-SMTPUTF8",
                                                             "250-ENHANCEDSTATUSCODES", "250-CHUNKING", "250-DSN", "250 AUTH SCRAM-SHA-256 PLAIN LOGIN"}));
    }

    void theLetterHoldsEnvelopeTraceAndOctets()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO client.example\r\nMAIL FROM:<Alice@example.org>\r\nRCPT TO:<Bob@example.org>\r\nRCPT TO:<bob@example.org>\r\n");
        dialogue.say("DATA\r\n");
        const QByteArrayList answer = dialogue.say("Subject: x\r\n\r\n..dot\r\nend\r\n.\r\n");
        QCOMPARE(answer, QByteArrayList{"250 2.0.0 Ok: stored as 1"});
        const store::SpoolLetter &letter = dialogue.backend.letters.first();
        QCOMPARE(letter.sender, QByteArray("Alice@example.org"));
        QCOMPARE(letter.recipients, QList<QByteArray>{"bob@example.org"});
        QCOMPARE(letter.rest, QByteArray("Subject: x\r\n\r\n.dot\r\nend\r\n"));
        QCOMPARE(letter.trace, QByteArray("Return-Path: <Alice@example.org>\r\nReceived: from client.example ([127.0.0.1])\r\n"
                                          "\tby localhost (Waxwing) with ESMTP id 1\r\n\tfor <Bob@example.org>;\r\n\tWed, 18 Nov 2026 11:06:40 +0000\r\n"));
    }

    void severalRecipientsDoNotLearnOfEachOther()
    {
        SmtpDialogue dialogue;
        dialogue.beginMessage();
        dialogue.say("RCPT TO:<alice@example.org>\r\nDATA\r\n");
        dialogue.say("x\r\n.\r\n");
        QVERIFY(!dialogue.backend.letters.first().trace.contains("for <"));
        QCOMPARE(dialogue.backend.letters.first().recipients.size(), 2);
    }

    void aHostileHeloDoesNotGetIntoTheHeader()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO a)(b\"<script>\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
        dialogue.say("x\r\n.\r\n");
        QVERIFY(dialogue.backend.letters.first().trace.contains("Received: from unknown ("));
    }

    void pipelinedCommandsAreAnsweredInOneGo()
    {
        SmtpDialogue dialogue;
        const QByteArrayList answers = dialogue.say("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<no@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
        QCOMPARE(answers.sliced(9), (QByteArrayList{"250 2.1.0 Ok", "550 5.1.1 There is no such mailbox here", "250 2.1.5 Ok", "354 End the message with <CRLF>.<CRLF>"}));
        // The text, the next message and QUIT in one packet.
        const QByteArrayList rest = dialogue.say("x\r\n.\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
        QCOMPARE(rest.size(), 4);
        QCOMPARE(rest.last(), QByteArray("354 End the message with <CRLF>.<CRLF>"));
    }

    void nothingIsReadWhileACommitIsUnderWay()
    {
        SmtpDialogue dialogue;
        dialogue.backend.holdsCommits = true;
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        QCOMPARE(dialogue.say("x\r\n.\r\nNOOP\r\nQUIT\r\n"), QByteArrayList{});
        QVERIFY(dialogue.session.isWaiting());
        dialogue.session.committed(store::SpoolReceipt{7, false});
        QCOMPARE(dialogue.backend.takeLines(), (QByteArrayList{"250 2.0.0 Ok: stored as 7", "250 2.0.0 Ok", "221 2.0.0 Goodbye"}));
    }

    void noAcknowledgementWithoutACommit_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reply");
        QTest::newRow("full") << int(ErrorCode::DiskFull) << QByteArray("452 4.3.1");
        QTest::newRow("read-only") << int(ErrorCode::ReadOnly) << QByteArray("451 4.3.0");
        QTest::newRow("busy") << int(ErrorCode::DatabaseBusy) << QByteArray("451 4.3.0");
        QTest::newRow("mailbox gone") << int(ErrorCode::UserUnknown) << QByteArray("550 5.1.1");
    }

    void noAcknowledgementWithoutACommit()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, reply);
        SmtpDialogue dialogue;
        dialogue.backend.outcome = static_cast<ErrorCode>(code);
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        const QByteArrayList answer = dialogue.say("x\r\n.\r\n");
        QVERIFY(answer.first().startsWith(reply));
        QCOMPARE(dialogue.say("MAIL FROM:<a@b>\r\n"), QByteArrayList{"250 2.1.0 Ok"});
    }

    void aDuplicateIsAcknowledged()
    {
        SmtpDialogue dialogue;
        dialogue.backend.outcome = store::SpoolReceipt{3, true};
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        QCOMPARE(dialogue.say("x\r\n.\r\n"), QByteArrayList{"250 2.0.0 Ok: stored already as 3"});
    }

    void recipientsMayBeLookedUpLater()
    {
        SmtpDialogue dialogue;
        dialogue.backend.holdsRecipients = true;
        dialogue.say("EHLO c\r\nMAIL FROM:<a@b>\r\n");
        QCOMPARE(dialogue.say("RCPT TO:<new@example.org>\r\nNOOP\r\n"), QByteArrayList{});
        dialogue.session.recipientFound({relay::SmtpBackend::Recipient::Local, "new@example.org"});
        QCOMPARE(dialogue.backend.takeLines(), (QByteArrayList{"250 2.1.5 Ok", "250 2.0.0 Ok"}));
    }

    void chunksMakeAMessage()
    {
        SmtpDialogue dialogue;
        dialogue.beginMessage();
        QCOMPARE(dialogue.say("BDAT 8\r\nSub: x\r\nBDAT 9 LAST\r\n\r\n.\r\n.y\r\nNOOP\r\n"),
                 (QByteArrayList{"250 2.0.0 Ok", "250 2.0.0 Ok: stored as 1", "250 2.0.0 Ok"}));
        QCOMPARE(dialogue.backend.body(0), QByteArray("Sub: x\r\n\r\n.\r\n.y\r\n"));
    }

    void errorsInTheMiddleOfPipelinedChunksAreAnsweredOneByOne()
    {
        relay::SmtpSettings settings;
        settings.limits.maxMessageOctets = 10;
        SmtpDialogue dialogue{settings};
        dialogue.beginMessage();
        // The second chunk is too much; the third is swallowed though it looks like commands; then all is in step again.
        const QByteArrayList answers = dialogue.say("BDAT 8\r\nSub: x\r\nBDAT 8\r\n12345\r\n\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
        QCOMPARE(answers.size(), 4);
        QCOMPARE(answers[0].first(9), QByteArray("250 2.0.0"));
        QCOMPARE(answers[1].first(9), QByteArray("552 5.3.4"));
        QCOMPARE(answers[2].first(9), QByteArray("503 5.5.1"));
        QCOMPARE(answers[3].first(9), QByteArray("250 2.0.0"));
        QVERIFY(dialogue.backend.letters.isEmpty());
    }

    void chunksMayBeCutAnywhere()
    {
        const QByteArray wire = "BDAT 8\r\nSub: x\r\nBDAT 0\r\nBDAT 9\r\n\r\n.\r\n.y\r\nBDAT 0 last\r\nNOOP\r\n";
        for (const qsizetype cut : {qsizetype{1}, qsizetype{3}, qsizetype{10}}) {
            SmtpDialogue dialogue;
            dialogue.beginMessage();
            QByteArrayList answers;
            for (qsizetype at = 0; at < wire.size(); at += cut)
                answers += dialogue.say(QByteArrayView{wire}.sliced(at, qMin(cut, wire.size() - at)));
            QCOMPARE(answers, (QByteArrayList{"250 2.0.0 Ok", "250 2.0.0 Ok", "250 2.0.0 Ok", "250 2.0.0 Ok: stored as 1", "250 2.0.0 Ok"}));
            QCOMPARE(dialogue.backend.body(0), QByteArray("Sub: x\r\n\r\n.\r\n.y\r\n"));
        }
    }

    void textBehindARefusedDataIsNeverReadAsCommands()
    {
        SmtpDialogue dialogue;
        const QByteArrayList answers = dialogue.say("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<no@example.org>\r\nDATA\r\n"
                                                    "MAIL FROM:<evil@example.org>\r\nRCPT TO:<bob@example.org>\r\n.\r\n");
        QCOMPARE(answers.sliced(10).first().first(9), QByteArray("550 5.1.1"));
        QCOMPARE(answers[11].first(9), QByteArray("554 5.5.1"));
        QCOMPARE(answers[12].first(9), QByteArray("421 4.7.0"));
        QCOMPARE(answers.size(), 13);
        QVERIFY(dialogue.backend.isClosed);
    }

    void fullMailboxesAndLargeMessagesAreTold()
    {
        SmtpDialogue dialogue;
        dialogue.backend.quota = 1000;
        dialogue.backend.roomOctets = 100;
        dialogue.say("EHLO c\r\nMAIL FROM:<a@b> SIZE=500\r\n");
        QVERIFY(dialogue.say("RCPT TO:<bob@example.org>\r\n").first().startsWith("452 4.2.2"));
        dialogue.say("RSET\r\nMAIL FROM:<a@b> SIZE=5000\r\n");
        QVERIFY(dialogue.say("RCPT TO:<bob@example.org>\r\n").first().startsWith("552 5.2.2"));
        // Who did not say how much it is hears of it afterwards.
        for (const auto &[octets, answer] : {std::pair{500, "452 4.2.2"}, std::pair{5000, "552 5.2.2"}}) {
            dialogue.say("RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
            QVERIFY(dialogue.say(QByteArray(octets, 'x') + "\r\n.\r\n").first().startsWith(answer));
        }
        QVERIFY(dialogue.backend.letters.isEmpty());
    }

    void tooManyMessagesAreDeferred()
    {
        SmtpDialogue dialogue;
        dialogue.backend.messagesLeft = 1;
        dialogue.beginMessage();
        QVERIFY(dialogue.say("RSET\r\nMAIL FROM:<a@b>\r\n").last().startsWith("450 4.7.1"));
        QVERIFY(dialogue.say("RCPT TO:<bob@example.org>\r\n").first().startsWith("503"));
    }

    void bytesThatComeToNothingAreNoProgress()
    {
        SmtpDialogue dialogue;
        const quint64 before = dialogue.session.progress();
        dialogue.say("NO");
        QCOMPARE(dialogue.session.progress(), before);
        dialogue.say("OP\r\n");
        QVERIFY(dialogue.session.progress() > before);
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        const quint64 atText = dialogue.session.progress();
        dialogue.say("slowly");
        QCOMPARE(dialogue.session.progress(), atText);
        dialogue.say(QByteArray(2000, 'x'));
        QVERIFY(dialogue.session.progress() > atText);
    }

    void aChunkThatNobodyWantsIsSwallowed()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO c\r\n");
        const QByteArrayList answers = dialogue.say("BDAT 13 LAST\r\nMAIL FROM:<x>RSET\r\n");
        QCOMPARE(answers.size(), 2);
        QVERIFY(answers[0].startsWith("503"));
    }

    void secretsAreMaskedInTheMonitor()
    {
        SmtpDialogue dialogue;
        dialogue.backend.isWatching = true;
        dialogue.backend.passwords["bob@example.org"] = "secret";
        const QByteArray plain = QByteArray("\0bob@example.org\0secret", 23).toBase64();
        dialogue.say("EHLO c\r\nAUTH PLAIN " + plain + "\r\n");
        SmtpDialogue asked;
        asked.backend.isWatching = true;
        asked.say("EHLO c\r\nAUTH PLAIN\r\n");
        asked.say(plain + "\r\n");
        SmtpDialogue mistyped;
        mistyped.backend.isWatching = true;
        mistyped.say("EHLO c\r\nAUTH " + plain + "\r\nAUTH PLAIN" + plain + "\r\n");
        for (const relay::MonitorEvent &event : dialogue.backend.events + asked.backend.events + mistyped.backend.events)
            QVERIFY2(!event.text.contains(plain) && !event.text.contains("secret"), event.text.constData());
        QVERIFY(dialogue.backend.events.size() > 5);
        QVERIFY(std::any_of(dialogue.backend.events.cbegin(), dialogue.backend.events.cend(), [](const auto &e) { return e.text == "AUTH PLAIN ****"; }));
    }

    void successIsOwedToTheSenderOfWhatStaysHere_data()
    {
        QTest::addColumn<QByteArray>("sender");
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<bool>("isOwed");
        QTest::newRow("asked") << QByteArray("alice@example.org") << QByteArray(" NOTIFY=SUCCESS,FAILURE") << true;
        QTest::newRow("not asked") << QByteArray("alice@example.org") << QByteArray("") << false;
        QTest::newRow("other events") << QByteArray("alice@example.org") << QByteArray(" NOTIFY=FAILURE,DELAY") << false;
        QTest::newRow("never") << QByteArray("alice@example.org") << QByteArray(" NOTIFY=NEVER") << false;
        QTest::newRow("no sender") << QByteArray("") << QByteArray(" NOTIFY=SUCCESS") << false;
    }
    void successIsOwedToTheSenderOfWhatStaysHere()
    {
        QFETCH(QByteArray, sender);
        QFETCH(QByteArray, parameters);
        QFETCH(bool, isOwed);
        SmtpDialogue dialogue;
        dialogue.say("EHLO c\r\nMAIL FROM:<" + sender + ">\r\nRCPT TO:<bob@example.org>" + parameters + "\r\nDATA\r\n");
        dialogue.say("text\r\n.\r\n");
        QCOMPARE(dialogue.backend.letters.size(), 1);
        QCOMPARE(dialogue.backend.letters.first().order != nullptr, isOwed);
        if (isOwed)
            QCOMPARE(dialogue.backend.letters.first().order->recipients.first().state, store::QueueState::Delivered);
    }

    void stoppingSaysSo()
    {
        SmtpDialogue dialogue;
        dialogue.session.shutDown("The relay is stopping");
        QCOMPARE(dialogue.backend.takeLines(), QByteArrayList{"421 4.3.2 The relay is stopping"});
        QVERIFY(dialogue.backend.isClosed);
        QCOMPARE(dialogue.say("NOOP\r\n"), QByteArrayList{});
    }
};

QTEST_GUILESS_MAIN(TestSmtpSession)
#include "tst_SmtpSession.moc"
