// SPDX-License-Identifier: GPL-3.0-or-later
// What an intruder put in front of the handshake must not be done after it (CVE-2011-0411 and its kin).
#include "relay/FakeBackends.h"

#include <QTest>

class TestStartTlsInjection : public QObject
{
    Q_OBJECT

    static relay::SmtpSettings withTls()
    {
        relay::SmtpSettings settings;
        settings.offersTls = true;
        return settings;
    }

private Q_SLOTS:
    void commandsBehindStartTlsAreThrownAway()
    {
        SmtpDialogue dialogue{withTls()};
        QVERIFY(dialogue.say("EHLO c\r\n").contains("250-STARTTLS"));
        QCOMPARE(dialogue.say("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<bob"), QByteArrayList{"220 2.0.0 Ready to start TLS"});
        QVERIFY(dialogue.backend.wantsTls);
        dialogue.session.tlsStarted("TLSv1.3 x");
        QCOMPARE(dialogue.backend.takeLines(), QByteArrayList{});
        QVERIFY(dialogue.say("RCPT TO:<bob@example.org>\r\n").first().startsWith("503"));
        QVERIFY(dialogue.say("MAIL FROM:<a@b>\r\n").first().startsWith("503 5.5.1 Say EHLO"));
    }

    void bytesDuringTheHandshakeAreNotRead()
    {
        SmtpDialogue dialogue{withTls()};
        dialogue.say("EHLO c\r\nSTARTTLS\r\n");
        QVERIFY(dialogue.session.isWaiting());
        QCOMPARE(dialogue.say("RSET\r\n"), QByteArrayList{});
        dialogue.session.tlsStarted("TLSv1.3 x");
        QCOMPARE(dialogue.backend.takeLines(), QByteArrayList{});
    }

    void envelopeAndLoginAreForgotten()
    {
        SmtpDialogue dialogue{withTls()};
        dialogue.backend.passwords["bob@example.org"] = "secret";
        dialogue.say("EHLO c\r\nAUTH PLAIN " + QByteArray("\0bob@example.org\0secret", 23).toBase64() + "\r\nMAIL FROM:<bob@example.org>\r\nRCPT TO:<bob@example.org>\r\n");
        dialogue.say("STARTTLS\r\n");
        dialogue.session.tlsStarted("TLSv1.3 x");
        const QByteArrayList offered = dialogue.say("EHLO c\r\n");
        QVERIFY(!offered.join().contains("STARTTLS"));
        QVERIFY(offered.last().contains("AUTH"));
        QVERIFY(dialogue.say("DATA\r\n").first().startsWith("503"));
    }

    void startTlsTwiceOrWithArgumentIsRefused()
    {
        SmtpDialogue dialogue{withTls()};
        dialogue.say("EHLO c\r\n");
        QVERIFY(dialogue.say("STARTTLS now\r\n").first().startsWith("501"));
        dialogue.say("STARTTLS\r\n");
        dialogue.session.tlsStarted("TLSv1.3 x");
        QVERIFY(dialogue.say("STARTTLS\r\n").first().startsWith("503"));
    }

    void theTraceNamesTheCipher()
    {
        SmtpDialogue dialogue{withTls()};
        dialogue.say("EHLO c\r\nSTARTTLS\r\n");
        dialogue.session.tlsStarted("TLSv1.3 TLS_AES_256_GCM_SHA384");
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        dialogue.say("x\r\n.\r\n");
        QVERIFY(dialogue.backend.letters.first().trace.contains("\r\n\t(using TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n\tby localhost (Waxwing) with ESMTPS id"));
    }
};

QTEST_GUILESS_MAIN(TestStartTlsInjection)
#include "tst_StartTlsInjection.moc"
