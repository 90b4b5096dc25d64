// SPDX-License-Identifier: GPL-3.0-or-later
// A second message hidden in the first, for a server that sees an end where we see none (CVE-2023-51764 and its kin).
#include "relay/FakeBackends.h"

#include <QTest>

class TestSmuggling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noFalseEndLetsASecondMessageIn_data()
    {
        QTest::addColumn<QByteArray>("end");
        for (const QByteArray end : {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r\n.\r\r\n", "\r\r\n.\r\r\n", "\n\n.\r\n"})
            QTest::newRow(end.toPercentEncoding(" .").constData()) << end;
        QTest::newRow("NUL dot") << QByteArray("\r\n\0.\r\n", 6);
        QTest::newRow("dot NUL") << QByteArray("\r\n.\0\r\n", 6);
    }

    void noFalseEndLetsASecondMessageIn()
    {
        QFETCH(QByteArray, end);
        const QByteArray hidden = "MAIL FROM:<admin@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nevil\r\n";
        const QByteArray wire = "Subject: x\r\n\r\ntext" + end + hidden + ".\r\n";
        for (const qsizetype cut : {wire.size(), qsizetype{1}, qsizetype{7}}) {
            SmtpDialogue dialogue;
            dialogue.beginMessage();
            dialogue.say("DATA\r\n");
            QByteArrayList answers;
            for (qsizetype at = 0; at < wire.size(); at += cut)
                answers += dialogue.say(QByteArrayView{wire}.sliced(at, qMin(cut, wire.size() - at)));
            QCOMPARE(answers.size(), 1);
            QVERIFY2(answers.first().startsWith("55"), answers.first().constData());
            QVERIFY(dialogue.backend.letters.isEmpty());
            // In step: the session goes on with what really follows.
            QCOMPARE(dialogue.say("NOOP\r\n"), QByteArrayList{"250 2.0.0 Ok"});
        }
    }

    void aPeerThatEndsWithABareLfIsNotKeptWaitingLong()
    {
        SmtpDialogue dialogue;
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        dialogue.say("text\r\n");
        QVERIFY(!dialogue.session.isSuspectingBareLineEnd());
        dialogue.say("more\n.\n");
        QVERIFY(dialogue.session.isSuspectingBareLineEnd());
    }

    void chunksAreWatchedToo()
    {
        // The last two end where a LF might have followed.
        for (const QByteArray chunk : {"text\n.\nmore\r\n", "text\r", "text\r\n.\r"}) {
            SmtpDialogue dialogue;
            dialogue.beginMessage();
            QVERIFY(dialogue.say("BDAT " + QByteArray::number(chunk.size()) + " LAST\r\n" + chunk).first().startsWith("550 5.5.2"));
            QVERIFY(dialogue.backend.letters.isEmpty());
        }
    }

    void aCommandWithBareLineEndIsNoCommand()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO c\r\n");
        QVERIFY(dialogue.say("MAIL FROM:<a@b>\n").first().startsWith("500"));
        QVERIFY(dialogue.say("MAIL FROM:<a@b>\rRCPT TO:<c@d>\r\n").first().startsWith("500"));
        QVERIFY(dialogue.say("RCPT TO:<bob@example.org>\r\n").first().startsWith("503"));
    }
};

QTEST_GUILESS_MAIN(TestSmuggling)
#include "tst_Smuggling.moc"
