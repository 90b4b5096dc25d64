// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign mail programs against the relay: curl, swaks and s-nail send, curl, fetchmail, mpop and s-nail fetch; in the clear, under TLS
// (but for swaks, which would need Net::SSLeay), with every mechanism they know.
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

    [[nodiscard]] interop::RunResult sNail(const QStringList &arguments, const QByteArray &input) const
    {
        return m_workshop.run(u"s-nail"_s, QStringList{u"-:/"_s, u"-Sv15-compat=yes"_s} + arguments, input);
    }
    /// Files that hold passwords must be their owner's alone, or the programs refuse them.
    [[nodiscard]] bool writePrivate(const QString &name, const QByteArray &text) const
    {
        return m_workshop.write(name, text) && QFile::setPermissions(m_workshop.path(name), QFile::ReadOwner | QFile::WriteOwner);
    }
    /// Sends Bob a letter; what it contains and no other does.
    [[nodiscard]] QByteArray deliverMarked() const
    {
        static int count = 0;
        const QByteArray mark = "mark-" + QByteArray::number(++count) + "-" + QTest::currentTestFunction();
        LineClient smtp{m_relay->smtpPort()};
        (void)smtp.line();
        (void)smtp.ask("EHLO client");
        return smtp.deliver("bob@example.org", "Subject: " + mark + "\r\n\r\n..dot\r\nend").startsWith("250") ? mark : QByteArray("not delivered");
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
        m_workshop.setEnvironment(u"HOME"_s, m_workshop.path()); // None of them reads or leaves anything elsewhere.
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

    void sNailSends_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("trace");
        const QString server = u"127.0.0.1:%1"_s.arg(m_relay->smtpPort());
        const QString login = u"-Smta=smtp://bob%40example.org:secret@"_s + server;
        QTest::newRow("in the clear") << QStringList{u"-Smta=smtp://"_s + server, u"-Ssmtp-auth=none"_s} << QByteArray("with SMTP id");
        QTest::newRow("PLAIN") << QStringList{login, u"-Ssmtp-auth=plain"_s} << QByteArray("with ESMTPA id");
        QTest::newRow("LOGIN under TLS") << QStringList{login, u"-Ssmtp-auth=login"_s, u"-Ssmtp-use-starttls"_s, u"-Stls-verify=ignore"_s} << QByteArray("with ESMTPSA id");
    }

    void sNailSends()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, trace);
        const QString mark = u"s-nail "_s + QString::fromLatin1(QTest::currentDataTag());
        const interop::RunResult sent = sNail(options + QStringList{u"-Sfrom=bob@example.org"_s, u"-s"_s, mark, u"bob@example.org"_s}, "one\n.two\n");
        QVERIFY2(sent.isOk(), sent.text());
        const interop::RunResult got = fetchLast();
        QVERIFY2(got.output.contains("Subject: " + mark.toLatin1() + "\r\n"), got.output.constData());
        QVERIFY2(got.output.contains("\r\none\r\n.two\r\n") && got.output.contains(trace), got.output.constData());
    }

    void sNailReads_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("in the clear") << QStringList{};
        QTest::newRow("under TLS") << QStringList{u"-Spop3-use-starttls"_s, u"-Stls-verify=ignore"_s};
    }

    void sNailReads()
    {
        QFETCH(QStringList, options);
        const QByteArray mark = deliverMarked();
        const interop::RunResult got = sNail(options + QStringList{u"-Spop3-auth=plain"_s, u"-Spop3-no-apop"_s, u"-f"_s,
                                                                   u"pop3://bob%40example.org:secret@127.0.0.1:%1"_s.arg(m_relay->pop3Port())}, "type $\nexit\n");
        QVERIFY2(got.output.contains(mark), (got.output + got.errors).constData());
    }

    void fetchmailFetchesWhatIsNew_data()
    {
        QTest::addColumn<QByteArray>("tls");
        QTest::newRow("in the clear") << QByteArray("sslproto ''");
        QTest::newRow("STLS") << QByteArray("sslproto 'TLS1.2+' no sslcertck");
    }

    void fetchmailFetchesWhatIsNew()
    {
        QFETCH(QByteArray, tls);
        QFile::remove(m_workshop.path(u"ids"_s));
        const QByteArray mark = deliverMarked();
        QVERIFY(writePrivate(u"fetchmailrc"_s, "poll 127.0.0.1 protocol POP3 port " + QByteArray::number(m_relay->pop3Port())
                                                   + " uidl user 'bob@example.org' password 'secret' mda 'cat >> fetched' keep " + tls + "\n"));
        const QStringList arguments{u"-f"_s, u"fetchmailrc"_s, u"-v"_s, u"--nosyslog"_s, u"--idfile"_s, m_workshop.path(u"ids"_s), u"--pidfile"_s, m_workshop.path(u"pid"_s)};
        const interop::RunResult got = m_workshop.run(u"fetchmail"_s, arguments);
        QVERIFY2(got.isOk(), (got.output + got.errors).constData());
        QVERIFY2(m_workshop.read(u"fetched"_s).contains(mark), got.output.constData());
        QCOMPARE((got.output + got.errors).contains("POP3> STLS"), tls.contains("TLS1.2"));
        // It knows by the UIDs that it has them all.
        QCOMPARE(m_workshop.run(u"fetchmail"_s, arguments).exitStatus, 1);
    }

    void mpopFetchesWhatIsNew_data()
    {
        QTest::addColumn<QByteArray>("how");
        QTest::newRow("SCRAM, pipelined") << QByteArray("auth scram-sha-256\ntls off\npipelining on\n");
        QTest::newRow("PLAIN") << QByteArray("auth plain\ntls off\npipelining off\n");
        QTest::newRow("USER under TLS") << QByteArray("auth user\ntls on\ntls_starttls on\ntls_certcheck off\n");
    }

    void mpopFetchesWhatIsNew()
    {
        QFETCH(QByteArray, how);
        QFile::remove(m_workshop.path(u"uidls"_s));
        QFile::remove(m_workshop.path(u"mpopped"_s));
        const QByteArray mark = deliverMarked();
        QVERIFY(writePrivate(u"mpoprc"_s, "account default\nhost 127.0.0.1\nport " + QByteArray::number(m_relay->pop3Port())
                                              + "\nuser bob@example.org\npassword secret\nkeep on\ndelivery mda \"cat >> mpopped\"\nuidls_file uidls\n" + how));
        const interop::RunResult got = m_workshop.run(u"mpop"_s, {u"-C"_s, u"mpoprc"_s, u"-d"_s});
        QVERIFY2(got.isOk(), (got.output + got.errors).constData());
        QVERIFY2(m_workshop.read(u"mpopped"_s).contains(mark), got.output.constData());
        QVERIFY(QFile::remove(m_workshop.path(u"mpopped"_s)));
        QVERIFY(m_workshop.run(u"mpop"_s, {u"-C"_s, u"mpoprc"_s}).isOk());
        QVERIFY2(!m_workshop.read(u"mpopped"_s).contains(mark), "a message that was fetched before came again");
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
