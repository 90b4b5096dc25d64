// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay makes of its configuration: TLS, another one while it runs, and those that it refuses.
#include "relay/RelayFixture.h"
#include "support/ErrorNames.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;
using base::ErrorCode;

class TestRelayConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tlsIsStartedAndUsed_data()
    {
        QTest::addColumn<bool>("isChecked");
        QTest::newRow("read at the start") << false;
        QTest::newRow("read when the first peer wants it") << true;
    }
    void tlsIsStartedAndUsed()
    {
        QFETCH(bool, isChecked);
        relay::RelayConfiguration configuration = withTls(inMemory());
        configuration.isTlsChecked = isChecked;
        configuration.submissionTls = {{u"127.0.0.1"_s, 0}};
        RunningRelay relay{configuration};
        QTRY_VERIFY2(relay.isRunning, relay.error ? qPrintable(relay.error->detail) : "");
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        QVERIFY(smtp.ask("STARTTLS").startsWith("220"));
        QVERIFY(smtp.startTls());
        QVERIFY(smtp.ask("MAIL FROM:<a@b>").startsWith("503"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        QVERIFY(smtp.deliver("bob@example.org", bigMessage(100'000).replace("\r\n.", "\r\n..")).startsWith("250"));
        LineClient pop3{relay.pop3Port()};
        QVERIFY(pop3.line().startsWith("+OK"));
        QVERIFY(pop3.ask("STLS").startsWith("+OK"));
        QVERIFY(pop3.startTls());
        QVERIFY(pop3.ask("USER bob@example.org").startsWith("+OK"));
        QVERIFY(pop3.ask("PASS secret").startsWith("+OK"));
        QVERIFY(pop3.ask("RETR 1").startsWith("+OK"));
        const QByteArray received = pop3.listing().join("\r\n");
        QVERIFY(received.contains("with ESMTPS id") && received.contains("(using TLSv1.3"));
        LineClient submission{relay.smtpPort(1)};
        QVERIFY(submission.startTls());
        QVERIFY(submission.line().startsWith("220"));
        QVERIFY(submission.ask("EHLO client").startsWith("250"));
        QVERIFY(submission.ask("STARTTLS").startsWith("503 5.5.1 TLS is in use already"));
        QVERIFY(submission.ask("MAIL FROM:<bob@example.org>").startsWith("530"));
        QVERIFY(submission.ask("AUTH PLAIN " + QByteArray("\0bob@example.org\0secret", 23).toBase64()).startsWith("235"));
        for (const char *command : {"MAIL FROM:<bob@example.org>", "RCPT TO:<bob@example.org>", "DATA", "Subject: x\r\n\r\nx\r\n."}) {
            const QByteArray answer = submission.ask(command);
            QVERIFY2(answer.startsWith('2') || answer.startsWith("354"), answer);
        }
        QVERIFY(pop3.ask("QUIT").startsWith("+OK"));
        LineClient again{relay.pop3Port()};
        QVERIFY(logIn(again));
        QVERIFY(again.ask("RETR 2").startsWith("+OK"));
        const QByteArray submitted = again.listing().join("\r\n");
        QVERIFY2(submitted.contains("with ESMTPSA id") && submitted.contains("(using TLSv1.3"), submitted);
    }

    /// Whoever said that the pair fits was wrong: that is the end of this connection, and of nothing else.
    void aCertificateThatCannotBeReadFailsTheHandshake()
    {
        relay::RelayConfiguration configuration = inMemory();
        configuration.tlsChainPem = "rubbish";
        configuration.tlsKeyPem = base::Secret{"rubbish"};
        configuration.isTlsChecked = true;
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        for (int i = 0; i < 2; ++i) {
            QTest::ignoreMessage(QtWarningMsg, "no TLS: NotACertificate the TLS certificate");
            LineClient smtp{relay.smtpPort()};
            QVERIFY(smtp.line().startsWith("220"));
            QVERIFY(smtp.ask("EHLO client").startsWith("250"));
            QVERIFY(smtp.ask("STARTTLS").startsWith("220"));
            QVERIFY(!smtp.startTls());
        }
        configuration.smtp = {{u"127.0.0.1"_s, 0}};
        configuration.isTlsChecked = false;
        QCOMPARE(relay::checkConfiguration(configuration).error().code, base::ErrorCode::NotACertificate);
    }

    void pop3WithTlsFromTheStart()
    {
        relay::RelayConfiguration configuration = withTls(inMemory());
        configuration.pop3Tls = {{u"127.0.0.1"_s, 0}};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient pop3{relay.port(relay::Door::Pop3Tls)};
        QVERIFY(pop3.startTls());
        QVERIFY(pop3.line().startsWith("+OK"));
        // Where a password needs encryption, this tells that it is there.
        QCOMPARE(pop3.ask("STLS"), QByteArray("-ERR TLS is in use already"));
        QVERIFY(pop3.ask("USER bob@example.org").startsWith("+OK"));
        QVERIFY(pop3.ask("PASS secret").startsWith("+OK"));
        QVERIFY(pop3.ask("QUIT").startsWith("+OK"));
    }

    void aReloadDropsNoSessionAndReachesTheNext()
    {
        relay::RelayConfiguration configuration = inMemory();
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient before{relay.smtpPort()};
        QVERIFY(before.line().startsWith("220 localhost "));
        const quint16 port = relay.smtpPort();
        relay::RelayConfiguration changed = withTls(inMemory());
        changed.smtp = {{u"127.0.0.1"_s, 0}};
        changed.pop3 = {{u"127.0.0.1"_s, 0}};
        changed.pop3Tls = {{u"127.0.0.1"_s, 0}};
        changed.hostName = "new.example.org";
        changed.limits.maxMessageOctets = 1000;
        relay.reload(changed);
        QTRY_COMPARE(relay.reloads, 1);
        QCOMPARE(relay.smtpPort(), port);
        before.send("EHLO client\r\n");
        QByteArrayList offered;
        for (QByteArray line = before.line(); line.startsWith("250-"); line = before.line())
            offered.append(line);
        QVERIFY(offered.contains("250-SIZE 67108864") && !offered.contains("250-STARTTLS"));
        QVERIFY(before.deliver("bob@example.org", bigMessage(2000).replace("\r\n.", "\r\n..")).startsWith("250"));
        LineClient after{port};
        QVERIFY(after.line().startsWith("220 new.example.org "));
        QVERIFY(after.ask("EHLO client").startsWith("250"));
        QVERIFY(after.ask("MAIL FROM:<a@b> SIZE=2000").startsWith("552 5.3.4"));
        QVERIFY(after.ask("STARTTLS").startsWith("220"));
        QVERIFY(after.startTls());
        LineClient secured{relay.port(relay::Door::Pop3Tls)};
        QVERIFY(secured.startTls());
        // A socket that is not wanted any more is closed.
        changed.pop3Tls = {};
        relay.reload(changed);
        QTRY_COMPARE(relay.reloads, 2);
        QCOMPARE(relay.port(relay::Door::Pop3Tls), quint16{0});
        QVERIFY(secured.line().startsWith("+OK"));
    }

    void aReloadThatCannotBeChangesNothing()
    {
        RunningRelay relay{inMemory()};
        QTRY_VERIFY(relay.isRunning);
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        relay::RelayConfiguration changed = inMemory();
        changed.hostName = "new.example.org";
        changed.smtp = {{u"127.0.0.1"_s, taken.serverPort()}};
        relay.reload(changed);
        QTRY_VERIFY(relay.reloadError);
        QCOMPARE(relay.reloadError->code, ErrorCode::PortInUse);
        QVERIFY(LineClient{relay.smtpPort()}.line().startsWith("220 localhost "));
        // While one reads the users, the next fails: each end says whose it is.
        relay::RelayConfiguration possible = inMemory();
        possible.hostName = "possible.example.org";
        possible.smtp = {{u"127.0.0.1"_s, 0}};
        relay.reload(possible, changed);
        QTRY_COMPARE(relay.reloads, 1);
        QCOMPARE(relay.reloadEnds, (QList<int>{0, 2, 1}));
        QVERIFY(LineClient{relay.smtpPort()}.line().startsWith("220 possible.example.org "));
    }

    void injectedBytesDoNotSurviveTheHandshake()
    {
        relay::RelayConfiguration configuration = withTls(inMemory());
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.ask("EHLO client").startsWith("250"));
        smtp.send("STARTTLS\r\nNOOP injected\r\n");
        QVERIFY(smtp.line().startsWith("220"));
        QVERIFY(smtp.startTls());
        // The first answer under TLS is to the first command under TLS.
        QVERIFY(smtp.ask("VRFY bob").startsWith("252"));
    }

    void aTakenPortIsNamed()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        relay::RelayConfiguration configuration = inMemory();
        configuration.smtp = {{u"127.0.0.1"_s, taken.serverPort()}};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.error);
        QCOMPARE(relay.error->code, ErrorCode::PortInUse);
        QVERIFY(relay.error->detail.contains(QString::number(taken.serverPort())));
    }

    void configurationsThatWouldBeOpenOrImpossibleAreRefused_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("code");
        QTest::newRow("beyond loopback without TLS") << u"0.0.0.0"_s << int(ErrorCode::ConfigurationInvalid);
        QTest::newRow("not an address of this computer") << u"192.0.2.1"_s << int(ErrorCode::ConfigurationInvalid);
        QTest::newRow("a name") << u"mail.example.org"_s << int(ErrorCode::ConfigurationInvalid);
    }

    void configurationsThatWouldBeOpenOrImpossibleAreRefused()
    {
        QFETCH(QString, host);
        relay::RelayConfiguration configuration = inMemory();
        configuration.smtp = {{host, 0}};
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.error);
        QTEST(int(relay.error->code), "code");
    }
};

QTEST_GUILESS_MAIN(TestRelayConfiguration)
#include "tst_RelayConfiguration.moc"
