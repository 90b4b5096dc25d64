// SPDX-License-Identifier: GPL-3.0-or-later
// Who may send, in whose name, and to where.
#include "relay/FakeBackends.h"

#include <QTest>

class TestSmtpPermission : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usersLogIn_data()
    {
        QTest::addColumn<QByteArrayList>("said");
        const QByteArray plain = QByteArray("\0bob@example.org\0secret", 23).toBase64();
        QTest::newRow("PLAIN at once") << QByteArrayList{"AUTH PLAIN " + plain};
        QTest::newRow("PLAIN when asked") << QByteArrayList{"AUTH PLAIN", plain};
        QTest::newRow("LOGIN") << QByteArrayList{"auth login", QByteArray("bob@example.org").toBase64(), QByteArray("secret").toBase64()};
        QTest::newRow("LOGIN with the name at once") << QByteArrayList{"AUTH LOGIN " + QByteArray("Bob@Example.org").toBase64(), QByteArray("secret").toBase64()};
    }

    void usersLogIn()
    {
        QFETCH(QByteArrayList, said);
        SmtpDialogue dialogue;
        dialogue.backend.passwords["bob@example.org"] = "secret";
        dialogue.say("EHLO c\r\n");
        QByteArrayList answer;
        for (const QByteArray &line : said)
            answer = dialogue.say(line + "\r\n");
        QCOMPARE(answer, QByteArrayList{"235 2.7.0 Authentication succeeded"});
        QVERIFY(dialogue.say("AUTH PLAIN\r\n").first().startsWith("503"));
        QVERIFY(dialogue.say("MAIL FROM:<alice@example.org>\r\n").first().startsWith("553 5.7.1"));
        QCOMPARE(dialogue.say("MAIL FROM:<BOB@example.org>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n").last().first(3), QByteArray("354"));
        dialogue.say("x\r\n.\r\n");
        QVERIFY(dialogue.backend.letters.first().trace.contains("with ESMTPA id"));
    }

    void usersLogInByScram()
    {
        SmtpDialogue dialogue;
        dialogue.backend.passwords["bob@example.org"] = "secret";
        dialogue.say("EHLO c\r\n");
        net::ScramClient client{"bob@example.org", base::Secret{"secret"}};
        const QByteArray serverFirst = dialogue.say("AUTH SCRAM-SHA-256 " + client.clientFirst()->toBase64() + "\r\n").first();
        const auto proof = client.clientFinal(QByteArray::fromBase64(serverFirst.sliced(4)));
        QVERIFY(proof);
        const QByteArray serverFinal = dialogue.say(proof->toBase64() + "\r\n").first();
        QVERIFY(client.verify(QByteArray::fromBase64(serverFinal.sliced(4))));
        QCOMPARE(dialogue.say("\r\n"), QByteArrayList{"235 2.7.0 Authentication succeeded"});
    }

    void threeWrongPasswordsEndTheSession()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO c\r\n");
        const QByteArray wrong = "AUTH PLAIN " + QByteArray("\0bob@example.org\0wrong", 22).toBase64() + "\r\n";
        QVERIFY(dialogue.say(wrong).first().startsWith("535"));
        QVERIFY(dialogue.say(wrong).first().startsWith("535"));
        QVERIFY(dialogue.say(wrong).first().startsWith("421"));
        QVERIFY(dialogue.backend.isClosed);
    }

    void strangersFromElsewhereNeedTlsAndALogin()
    {
        relay::SmtpSettings settings;
        settings.offersTls = true;
        SmtpDialogue clear{settings, {"192.0.2.1", false, {}}};
        QVERIFY(!clear.say("EHLO c\r\n").join().contains("AUTH"));
        QVERIFY(clear.say("MAIL FROM:<a@b>\r\n").first().startsWith("530 5.7.0 Say STARTTLS"));
        QVERIFY(clear.say("AUTH PLAIN\r\n").first().startsWith("538 5.7.11"));
        SmtpDialogue secured{settings, {"192.0.2.1", false, "TLSv1.3 x"}};
        QVERIFY(secured.say("EHLO c\r\n").join().contains("AUTH"));
        QVERIFY(secured.say("MAIL FROM:<a@b>\r\n").first().startsWith("530 5.7.0 Auth"));
    }

    void submissionNeedsALoginEvenOnLoopback()
    {
        relay::SmtpSettings settings;
        settings.isSubmission = true;
        SmtpDialogue dialogue{settings};
        dialogue.say("EHLO c\r\n");
        QVERIFY(dialogue.say("MAIL FROM:<a@b>\r\n").first().startsWith("530"));
    }

    void whoGuessesPasswordsIsTurnedAway()
    {
        SmtpDialogue dialogue;
        dialogue.say("EHLO c\r\n");
        dialogue.say("AUTH PLAIN " + QByteArray("\0a@b\0x", 6).toBase64() + "\r\n");
        QCOMPARE(dialogue.backend.loginFailures, 1);
        dialogue.backend.isLockedOut = true;
        QVERIFY(dialogue.say("AUTH PLAIN\r\n").first().startsWith("421 4.7.0"));
        QVERIFY(dialogue.backend.isClosed);
    }

    void anAliasReachesItsMailboxAndMayBeSentFrom()
    {
        SmtpDialogue dialogue;
        dialogue.backend.aliases["sales@example.org"] = "bob@example.org";
        dialogue.backend.passwords["bob@example.org"] = "secret";
        dialogue.say("EHLO c\r\nAUTH PLAIN " + QByteArray("\0bob@example.org\0secret", 23).toBase64() + "\r\n");
        QVERIFY(dialogue.say("MAIL FROM:<Sales@example.org>\r\n").first().startsWith("250"));
        dialogue.say("RCPT TO:<Sales@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
        dialogue.say("x\r\n.\r\n");
        const store::SpoolLetter &letter = dialogue.backend.letters.first();
        QCOMPARE(letter.recipients, QList<QByteArray>{"bob@example.org"});
        QCOMPARE(letter.addressed, (QList<QByteArray>{"sales@example.org", "bob@example.org"}));
        QVERIFY(!letter.trace.contains("for <"));
    }

    void theFromLineMayHaveToBeOnesOwnToo_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("own") << QByteArray("From: Bob <BOB@example.org>\r\n") << QByteArray("250");
        QTest::newRow("own, folded") << QByteArray("Subject: x\r\nfrom:\r\n Bob\r\n\t<bob@example.org>\r\n") << QByteArray("250");
        QTest::newRow("an alias") << QByteArray("From: sales@example.org\r\n") << QByteArray("250");
        QTest::newRow("another's") << QByteArray("From: alice@example.org\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("own, and another's before a blank") << QByteArray("From: bob@example.org\r\nFrom : alice@example.org\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("own and another's") << QByteArray("From: bob@example.org, alice@example.org\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("two lines") << QByteArray("From: bob@example.org\r\nFrom: alice@example.org\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("own name, another's address") << QByteArray("From: \"bob@example.org\" <alice@example.org>\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("none") << QByteArray("Subject: x\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("only in the body") << QByteArray("Subject: x\r\n\r\nFrom: bob@example.org\r\n") << QByteArray("550 5.7.1");
        QTest::newRow("too long to be looked at") << "From: bob@example.org" + QByteArray(", bob@example.org").repeated(600) + "\r\n" << QByteArray("550 5.7.1");
    }

    void theFromLineMayHaveToBeOnesOwnToo()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, answer);
        const QByteArray wire = head + "\r\ntext\r\n.\r\n";
        for (const qsizetype cut : {wire.size(), qsizetype{1}, qsizetype{3}}) {
            relay::SmtpSettings settings;
            settings.senderOfUsers = relay::SenderPolicy::MustBeOwnAndFrom;
            SmtpDialogue dialogue{settings};
            dialogue.backend.aliases["sales@example.org"] = "bob@example.org";
            dialogue.backend.passwords["bob@example.org"] = "secret";
            dialogue.say("EHLO c\r\nAUTH PLAIN " + QByteArray("\0bob@example.org\0secret", 23).toBase64() + "\r\n");
            dialogue.say("MAIL FROM:<bob@example.org>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n");
            QByteArrayList answers;
            for (qsizetype at = 0; at < wire.size(); at += cut)
                answers += dialogue.say(QByteArrayView{wire}.sliced(at, qMin(cut, wire.size() - at)));
            QCOMPARE(answers.size(), 1);
            QVERIFY2(answers.first().startsWith(answer), answers.first().constData());
        }
    }

    void anOpenRelayTakesMailFromAnybody()
    {
        relay::SmtpSettings settings;
        settings.isOpenRelay = true;
        SmtpDialogue dialogue{settings, {"192.0.2.1", false, {}}};
        dialogue.say("EHLO c\r\n");
        QVERIFY(dialogue.say("MAIL FROM:<a@b>\r\n").first().startsWith("250"));
    }

    void onlyWhoLoggedInSendsElsewhere()
    {
        SmtpDialogue stranger;
        stranger.backend.carriesOnward = true;
        stranger.say("EHLO c\r\nMAIL FROM:<alice@example.org>\r\n");
        QVERIFY(stranger.say("RCPT TO:<zoe@elsewhere.org>\r\n").first().startsWith("550 5.7.1"));
        QVERIFY(stranger.say("DATA\r\n").first().startsWith("554"));

        SmtpDialogue user;
        user.backend.carriesOnward = true;
        user.backend.passwords["alice@example.org"] = "secret";
        user.say("EHLO c\r\nAUTH PLAIN " + QByteArray("\0alice@example.org\0secret", 25).toBase64() + "\r\n");
        user.say("MAIL FROM:<alice@example.org> RET=HDRS ENVID=Q1\r\n");
        QVERIFY(user.say("RCPT TO:<Zoe@elsewhere.org> NOTIFY=DELAY ORCPT=rfc822;z@y\r\n").first().startsWith("250 2.1.5"));
        QVERIFY(user.say("RCPT TO:<zoe@ELSEWHERE.org>\r\n").first().startsWith("250 2.1.5"));
        QVERIFY(user.say("DATA\r\ntext\r\n.\r\n").last().startsWith("250 2.0.0"));
        QCOMPARE(user.backend.letters.size(), 1);
        const store::SpoolLetter letter = user.backend.letters.first();
        QVERIFY(letter.recipients.isEmpty());
        QVERIFY(letter.trace.contains("for <Zoe@elsewhere.org>"));
        const store::QueuedRecipient zoe{"Zoe@elsewhere.org", "rfc822;z@y", "DELAY", store::QueueState::Waiting, 0, letter.receivedMs, 0, {}, false};
        QCOMPARE(letter.order->recipients, QList<store::QueuedRecipient>{zoe});
        QCOMPARE(letter.order->envelopeId, QByteArray("Q1"));
        QCOMPARE(letter.order->returns, QByteArray("HDRS"));
    }

    void loopbackSendsElsewhereOnlyIfTheSwitchSaysSo()
    {
        relay::SmtpSettings settings;
        settings.onward = relay::OnwardPolicy::AlsoFromLoopbackWithoutLogin;
        SmtpDialogue local{settings};
        local.backend.carriesOnward = true;
        local.say("EHLO c\r\nMAIL FROM:<alice@example.org>\r\n");
        QVERIFY(local.say("RCPT TO:<zoe@elsewhere.org>\r\n").first().startsWith("250 2.1.5"));
        // From another computer it changes nothing: MAIL wants a login there.
        SmtpDialogue far{settings, {"192.0.2.1", false, "TLSv1.3 X"}};
        far.backend.carriesOnward = true;
        QVERIFY(far.say("EHLO c\r\nMAIL FROM:<alice@example.org>\r\n").last().startsWith("530"));
    }
};

QTEST_GUILESS_MAIN(TestSmtpPermission)
#include "tst_SmtpPermission.moc"
