// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/FakeBackends.h"
#include "relay/MailboxFill.h"

#include <QTest>

class TestLimits : public QObject
{
    Q_OBJECT

    static relay::SmtpSettings limited(const std::function<void(relay::Limits &)> &change)
    {
        relay::SmtpSettings settings;
        change(settings.limits);
        return settings;
    }

    /// The answer to a message with this text.
    static QByteArray send(SmtpDialogue &dialogue, const QByteArray &text, QByteArrayView parameters = {})
    {
        dialogue.beginMessage(parameters);
        dialogue.say("DATA\r\n");
        for (qsizetype at = 0; at < text.size(); at += 16384)
            dialogue.session.receive(QByteArrayView{text}.sliced(at, qMin<qsizetype>(16384, text.size() - at)));
        return dialogue.say("\r\n.\r\n").value(0);
    }

private Q_SLOTS:
    void badTextIsRefusedWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("bare LF") << QByteArray("a\nb") << QByteArray() << QByteArray("550 5.5.2");
        QTest::newRow("bare CR") << QByteArray("a\rb") << QByteArray() << QByteArray("550 5.5.2");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray() << QByteArray("554 5.6.0");
        QTest::newRow("8-bit undeclared") << QByteArray("gr\xc3\xbc\xc3\x9f") << QByteArray() << QByteArray("554 5.6.1");
        QTest::newRow("8-bit declared") << QByteArray("gr\xc3\xbc\xc3\x9f") << QByteArray(" BODY=8BITMIME") << QByteArray("250");
        QTest::newRow("8-bit by SMTPUTF8") << QByteArray("gr\xc3\xbc\xc3\x9f") << QByteArray(" SMTPUTF8") << QByteArray("250");
        QTest::newRow("line of 1 MB") << QByteArray(1 << 20, 'x') << QByteArray() << QByteArray("554 5.6.0");
        QTest::newRow("line of 998") << QByteArray(998, 'x') << QByteArray() << QByteArray("250");
        QTest::newRow("too large") << QByteArray(3 << 20, 'x').replace(100, 2, "\r\n") << QByteArray() << QByteArray("552 5.3.4");
        QTest::newRow("50 hops") << QByteArray("Received: x\r\n").repeated(50) << QByteArray() << QByteArray("250");
        QTest::newRow("51 hops") << QByteArray("rEceived: x\r\n").repeated(51) << QByteArray() << QByteArray("554 5.4.6");
        QTest::newRow("hops in the body do not count") << "Subject: x\r\n\r\n" + QByteArray("Received: x\r\n").repeated(60) << QByteArray() << QByteArray("250");
    }

    void badTextIsRefusedWithItsReason()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, parameters);
        QFETCH(QByteArray, answer);
        SmtpDialogue dialogue{limited([](relay::Limits &limits) { limits.maxMessageOctets = 2 << 20; })};
        const QByteArray got = send(dialogue, text, parameters);
        QVERIFY2(got.startsWith(answer), got.constData());
        QCOMPARE(dialogue.backend.letters.size(), answer.startsWith("250") ? 1 : 0);
        QCOMPARE(dialogue.say("NOOP\r\n"), QByteArrayList{"250 2.0.0 Ok"});
    }

    void eightBitMayBeAllowed()
    {
        relay::SmtpSettings settings;
        settings.undeclaredEightBit = relay::EightBitPolicy::Accept;
        SmtpDialogue dialogue{settings};
        QVERIFY(send(dialogue, "gr\xc3\xbc\xc3\x9f").startsWith("250"));
    }

    void repetitionsMayBeKept()
    {
        relay::SmtpSettings settings;
        SmtpDialogue once{settings};
        QVERIFY(send(once, "x").startsWith("250"));
        QVERIFY(!once.backend.letters.last().isCopy);
        settings.repetitions = relay::RepetitionPolicy::KeepEach;
        SmtpDialogue each{settings};
        QVERIFY(send(each, "x").startsWith("250"));
        QVERIFY(each.backend.letters.last().isCopy);
    }

    void aCommandLineOfAMegabyteIsAnErrorAndNoMore()
    {
        SmtpDialogue dialogue;
        QByteArrayList answers;
        for (int i = 0; i < 64; ++i)
            answers += dialogue.say(QByteArray(16384, 'x'));
        answers += dialogue.say("\r\nNOOP\r\n");
        QCOMPARE(answers, (QByteArrayList{"500 5.5.2 The line is too long", "250 2.0.0 Ok"}));
    }

    void anEndlessMessageEndsTheConnection()
    {
        SmtpDialogue dialogue{limited([](relay::Limits &limits) { limits.maxMessageOctets = 1 << 20; })};
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        const QByteArray lines = QByteArray(16382, 'x') + "\r\n";
        int sent = 0;
        for (; sent < 1000 && !dialogue.backend.isClosed; ++sent)
            dialogue.session.receive(lines);
        QVERIFY(dialogue.backend.isClosed);
        QVERIFY(sent < 250);
        QVERIFY(dialogue.backend.takeLines().last().startsWith("552"));
        QVERIFY(!dialogue.backend.abandoned.isEmpty());
        QVERIFY(dialogue.backend.pieces.isEmpty());
    }

    void theMemoryOfALargeMessageIsBounded()
    {
        SmtpDialogue dialogue;
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        const QByteArray lines = QByteArray(70, 'x') + "\r\n";
        QByteArray wanted;
        for (int i = 0; i < 40'000; ++i) {
            dialogue.session.receive(lines);
            wanted += lines;
        }
        QVERIFY(dialogue.say(".\r\n").first().startsWith("250"));
        QVERIFY(dialogue.backend.letters.first().rest.size() <= store::kSpoolPieceOctets);
        QCOMPARE(dialogue.backend.body(0), wanted);
    }

    /// Everybody's mail would wait in memory for a disk that stands still.
    void noMoreIsReadWhileTheDiskIsBehind()
    {
        const QByteArray lines = QByteArray{QByteArray(70, 'x') + "\r\n"}.repeated(900);
        for (const bool isChunked : {false, true}) {
            SmtpDialogue dialogue;
            dialogue.beginMessage();
            dialogue.say(isChunked ? "BDAT " + QByteArray::number(6 * lines.size()) + " LAST\r\n" : QByteArray{"DATA\r\n"});
            dialogue.backend.isFull = true;
            for (int i = 0; i < 5; ++i)
                dialogue.session.receive(lines);
            QVERIFY(dialogue.session.isWaiting() && !dialogue.session.isIdle());
            dialogue.session.receive(lines + (isChunked ? "" : ".\r\n") + "NOOP\r\n");
            QVERIFY(dialogue.backend.takeLines().isEmpty());
            dialogue.backend.isFull = false;
            dialogue.session.resume();
            QCOMPARE(dialogue.backend.takeLines().size(), 2);
            QCOMPARE(dialogue.backend.body(0), lines.repeated(6));
        }
    }

    /// Twelve megabytes of EHLO from a peer that read nothing made 290 of replies.
    void whoReadsNoRepliesIsNotReadEither()
    {
        SmtpDialogue dialogue;
        FakeSmtpBackend &backend = dialogue.backend;
        backend.onSend = [&backend] { backend.isFull = backend.out.size() > 100'000; };
        dialogue.session.receive(QByteArray{"EHLO x\r\n"}.repeated(8'000));
        QVERIFY(dialogue.session.isWaiting());
        QVERIFY(dialogue.session.isIdle()); // Or no limit on the length of a session would be for such a peer.
        QVERIFY(backend.out.size() < 150'000);
        backend.onSend = nullptr;
        backend.isFull = false;
        dialogue.session.resume();
        QCOMPARE(backend.out.count("250 "), 8'000);
    }

    void tooManyMistakesEndTheSession()
    {
        SmtpDialogue dialogue;
        QByteArrayList answers;
        for (int i = 0; i < 25; ++i)
            answers += dialogue.say("XYZZY\r\n");
        QCOMPARE(answers.size(), 20);
        QVERIFY(answers.last().startsWith("421"));
        QVERIFY(dialogue.backend.isClosed);
    }

    void tooManyRecipientsAreTemporary()
    {
        SmtpDialogue dialogue{limited([](relay::Limits &limits) { limits.maxRecipients = 2; })};
        dialogue.backend.mailboxes += QSet<QByteArray>{"carol@example.org"};
        dialogue.beginMessage();
        QVERIFY(dialogue.say("RCPT TO:<alice@example.org>\r\n").first().startsWith("250"));
        QVERIFY(dialogue.say("RCPT TO:<carol@example.org>\r\n").first().startsWith("452 4.5.3"));
    }

    void aDeletionMakesRoomUnlessItWasCountedAnewMeanwhile()
    {
        using Room = relay::MailboxFill::Room;
        relay::MailboxFill fill;
        fill.setQuota(100);
        fill.set({{"bob@example.org", 2, 90}});
        const quint64 looks = fill.looks();
        QCOMPARE(fill.room("bob@example.org", 50), Room::Full);
        fill.removed("bob@example.org", 60, looks);
        QCOMPARE(fill.room("bob@example.org", 70), Room::Fits);
        QCOMPARE(fill.room("bob@example.org", 71), Room::Full);
        // What was read since the deletion was asked for knows of it: taking it off again would let too much in.
        fill.set({{"bob@example.org", 1, 30}});
        fill.removed("bob@example.org", 20, looks);
        QCOMPARE(fill.room("bob@example.org", 71), Room::Full);
        fill.removed("bob@example.org", 1000, fill.looks());
        QCOMPARE(fill.room("bob@example.org", 100), Room::Fits);
        fill.removed("nobody@example.org", 20, fill.looks());
    }
};

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_Limits.moc"
