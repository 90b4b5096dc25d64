// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign mail programs against the relay: curl and swaks send, curl fetches; in the clear, under TLS (curl; swaks would need Net::SSLeay),
// with every mechanism they know.
#include "interop/ForeignProgram.h"
#include "relay/RelayFixture.h"
#include "store/SqliteSpool.h"

using namespace Qt::StringLiterals;

class TestMailClients : public QObject
{
    Q_OBJECT

    QTemporaryDir m_spool;
    std::unique_ptr<RunningRelay> m_relay;
    interop::Workshop m_workshop;

    [[nodiscard]] QString smtp() const { return u"smtp://127.0.0.1:%1"_s.arg(m_relay->smtpPort()); }
    [[nodiscard]] QString pop3(int message) const { return u"pop3://127.0.0.1:%1/%2"_s.arg(m_relay->pop3Port()).arg(message); }
    [[nodiscard]] interop::RunResult curl(const QStringList &arguments) const
    {
        return m_workshop.run(u"curl"_s, QStringList{u"--silent"_s, u"--show-error"_s, u"--verbose"_s, u"--insecure"_s, u"--max-time"_s, u"20"_s} + arguments);
    }
    [[nodiscard]] interop::RunResult fetchLast() const
    {
        const interop::RunResult list = curl({u"pop3://127.0.0.1:%1/"_s.arg(m_relay->pop3Port()), u"--user"_s, u"bob@example.org:secret"_s});
        return curl({pop3(static_cast<int>(list.output.count('\n'))), u"--user"_s, u"bob@example.org:secret"_s});
    }

private Q_SLOTS:
    void initTestCase()
    {
        const TestTls tls = TestTls::make();
        relay::RelayConfiguration configuration;
        configuration.tlsChainPem = tls.chainPem;
        configuration.tlsKeyPem = base::Secret{tls.keyPem};
        configuration.spool = [directory = m_spool.path()]() -> base::Result<std::unique_ptr<store::Spool>> {
            auto spool = store::SqliteSpool::open(directory, store::SqliteSpool::Role::Relay);
            const store::SpoolAccount bob{"bob@example.org", relay::toCredential(*net::makeScramVerifier(base::Secret{"secret"}))};
            if (!spool || !(*spool)->setAccount(bob))
                return base::ErrorCode::Unknown;
            return std::unique_ptr<store::Spool>{std::move(*spool)};
        };
        m_relay = std::make_unique<RunningRelay>(configuration);
        QTRY_VERIFY(m_relay->isRunning);
    }

    void curlSendsAndFetches_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("trace");
        const QStringList login{u"--user"_s, u"bob@example.org:secret"_s};
        QTest::newRow("in the clear") << QStringList{} << QByteArray("with ESMTP id");
        QTest::newRow("STARTTLS") << QStringList{u"--ssl-reqd"_s} << QByteArray("with ESMTPS id");
        QTest::newRow("PLAIN") << login + QStringList{u"--login-options"_s, u"AUTH=PLAIN"_s} << QByteArray("with ESMTPA id");
        QTest::newRow("LOGIN under TLS") << login + QStringList{u"--ssl-reqd"_s, u"--login-options"_s, u"AUTH=LOGIN"_s} << QByteArray("with ESMTPSA id");
    }

    void curlSendsAndFetches()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, trace);
        const QByteArray text = QByteArray("Subject: ") + QTest::currentDataTag() + "\r\n\r\n.dot\r\n..two\r\n.\r\nend\r\n";
        QVERIFY(m_workshop.write(u"mail.eml"_s, text));
        const interop::RunResult sent = curl(options + QStringList{smtp(), u"--mail-from"_s, u"bob@example.org"_s, u"--mail-rcpt"_s, u"bob@example.org"_s,
                                                                   u"--upload-file"_s, u"mail.eml"_s});
        QVERIFY2(sent.isOk(), sent.text());
        const interop::RunResult got = fetchLast();
        QVERIFY2(got.isOk(), got.text());
        QVERIFY2(got.output.endsWith(text), got.output.constData());
        QVERIFY2(got.output.contains(trace), got.output.constData());
    }

    void curlFetchesUnderTlsAndBySasl()
    {
        for (const QString &options : {u"AUTH=PLAIN"_s, u"AUTH=*"_s}) {
            const interop::RunResult list = curl({u"--ssl-reqd"_s, u"--login-options"_s, options, u"--user"_s, u"bob@example.org:secret"_s,
                                                  u"pop3://127.0.0.1:%1/"_s.arg(m_relay->pop3Port())});
            QVERIFY2(list.isOk(), list.text());
        }
        QVERIFY(!curl({u"--user"_s, u"bob@example.org:wrong"_s, pop3(1)}).isOk());
    }

    void swaksSends_data()
    {
        QTest::addColumn<QStringList>("options");
        const QStringList login{u"--auth-user"_s, u"bob@example.org"_s, u"--auth-password"_s, u"secret"_s};
        QTest::newRow("in the clear") << QStringList{};
        QTest::newRow("pipelined") << QStringList{u"--pipeline"_s};
        QTest::newRow("PLAIN") << QStringList{u"--auth"_s, u"PLAIN"_s} + login;
        QTest::newRow("LOGIN") << QStringList{u"--auth"_s, u"LOGIN"_s} + login;
    }

    void swaksSends()
    {
        QFETCH(QStringList, options);
        const QString mark = u"swaks "_s + QString::fromLatin1(QTest::currentDataTag());
        const interop::RunResult sent = m_workshop.run(u"swaks"_s, options + QStringList{u"--server"_s, u"127.0.0.1:%1"_s.arg(m_relay->smtpPort()),
                                                       u"--from"_s, u"bob@example.org"_s, u"--to"_s, u"bob@example.org"_s, u"--header"_s, u"Subject: "_s + mark,
                                                       u"--body"_s, u"one\n.\n..three"_s});
        QVERIFY2(sent.isOk(), sent.output.constData());
        const interop::RunResult got = fetchLast();
        QVERIFY2(got.output.contains("Subject: " + mark.toLatin1()), got.output.constData());
        QVERIFY2(got.output.contains("\r\none\r\n.\r\n..three\r\n"), got.output.constData());
    }

    void anUnknownRecipientIsRefusedToAnybody()
    {
        const interop::RunResult sent = m_workshop.run(u"swaks"_s, {u"--server"_s, u"127.0.0.1:%1"_s.arg(m_relay->smtpPort()), u"--to"_s, u"nobody@example.org"_s});
        QVERIFY(!sent.isOk());
        QVERIFY2(sent.output.contains("550 5.1.1"), sent.output.constData());
    }
};

QTEST_GUILESS_MAIN(TestMailClients)
#include "tst_MailClients.moc"
