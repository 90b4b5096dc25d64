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

    void theTraceNamesTheCipher_data()
    {
        QTest::addColumn<QByteArray>("used");
        QTest::addColumn<QByteArray>("suite");
        const auto row = [](const char *used, const char *suite) { QTest::newRow(used) << QByteArray(used) << QByteArray(suite); };
        row("TLSv1.3 TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384");
        row("TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        row("TLSv1.2 ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
        row("TLSv1.2 DHE-RSA-AES256-GCM-SHA384", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");
    }

    // RFC 8314 section 4.3: the registered name in a clause of its own.
    void theTraceNamesTheCipher()
    {
        QFETCH(QByteArray, used);
        QFETCH(QByteArray, suite);
        SmtpDialogue dialogue{withTls()};
        dialogue.say("EHLO c\r\nSTARTTLS\r\n");
        dialogue.session.tlsStarted(used);
        dialogue.beginMessage();
        dialogue.say("DATA\r\n");
        dialogue.say("x\r\n.\r\n");
        const QByteArray trace = dialogue.backend.letters.first().trace;
        QVERIFY2(trace.contains("\r\n\t(using " + used + ")\r\n\tby localhost (Waxwing) with ESMTPS id"), trace.constData());
        QVERIFY2(trace.contains("\r\n\ttls " + suite + ";\r\n"), trace.constData());
    }
};

QTEST_GUILESS_MAIN(TestStartTlsInjection)
#include "tst_StartTlsInjection.moc"
