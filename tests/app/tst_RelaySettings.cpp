// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelaySettings.h"

#include "app/Enrolling.h"
#include "app/RelayCertificate.h"
#include "app/RelayService.h"
#include "identity/IdentityTesting.h"
#include "support/FakeClock.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCode;

class TestRelaySettings : public QObject
{
    Q_OBJECT

    std::unique_ptr<IdentityTesting> m_testing;
    std::unique_ptr<QTemporaryDir> m_data;

    void write(const QByteArray &text, const QString &name = u"relay.json"_s)
    {
        QFile file{m_data->filePath(name)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] base::Result<app::RelaySettings> read(const QHash<QString, QStringList> &flags = {}) const
    {
        return app::readRelaySettings(m_data->path(), [&flags](const QString &name) {
            return flags.contains(name) ? std::optional{flags[name]} : std::nullopt;
        });
    }

    static QStringList textsOf(const QList<net::Endpoint> &endpoints)
    {
        QStringList texts;
        for (const net::Endpoint &endpoint : endpoints)
            texts.append(net::toString(endpoint));
        return texts;
    }
    static bool vouchesForItself(const QSslCertificate &certificate) { return certificate.issuerDisplayName() == certificate.subjectDisplayName(); }
    static QSslCertificate leafOf(const QByteArray &chainPem) { return QSslCertificate{chainPem}; }

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }
    void init() { m_data = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        for (const char *name : {"WAXWING_MAX_RECIPIENTS", "WAXWING_SMTP", "WAXWING_CONFIG"})
            qunsetenv(name);
    }

    void withoutAFileTheDefaultsOfTheContractHold()
    {
        const auto settings = read();
        QVERIFY(settings);
        QCOMPARE(textsOf(settings->smtp), (QStringList{u"127.0.0.1:1025"_s}));
        QCOMPARE(textsOf(settings->submission), (QStringList{u"127.0.0.1:1587"_s}));
        QCOMPARE(textsOf(settings->submissionTls), (QStringList{u"127.0.0.1:1465"_s}));
        QCOMPARE(textsOf(settings->pop3), (QStringList{u"127.0.0.1:1110"_s}));
        QVERIFY(settings->pop3Tls.isEmpty() && settings->file.isEmpty() && settings->given.isEmpty());
        QCOMPARE(settings->spoolDirectory, m_data->path() + u"/relay"_s);
        QVERIFY(settings->looksAfterTls);
    }

    void readingAndCheckingWriteNothing()
    {
        const auto isEmpty = [this] { return QDir{m_data->path()}.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot); };
        auto settings = read();
        QVERIFY(settings && settings->tlsChainPem.isEmpty() && isEmpty());
        // What only a certificate makes possible is in order, since starting makes one.
        settings->pop3Tls = {{u"0.0.0.0"_s, 1995}};
        QVERIFY(app::RelayService::check(*settings));
        QVERIFY(isEmpty());
        QVERIFY(app::prepareTls(*settings));
        QVERIFY(!settings->tlsChainPem.isEmpty() && !isEmpty());
        QCOMPARE(settings->submission.size(), 1);
    }

    void aNameToListenOnIsFoundByTheCheck()
    {
        const auto settings = read({{u"smtp"_s, {u"mail.example.org:25"_s}}});
        QVERIFY(settings);
        const base::Status status = app::RelayService::check(*settings);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::ConfigurationInvalid);
        QVERIFY2(status.error().detail.contains(u"not a name"_s), qPrintable(status.error().detail));
    }

    void whereNoCertificateCanBeMadeSubmissionIsNotOffered()
    {
        write("not a folder", u"relay"_s);
        auto settings = read();
        QVERIFY(settings && !settings->submission.isEmpty());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression{u"no TLS"_s});
        QVERIFY(app::prepareTls(*settings));
        QVERIFY(settings->tlsChainPem.isEmpty() && settings->submission.isEmpty() && settings->submissionTls.isEmpty());
        QCOMPARE(textsOf(settings->smtp), (QStringList{u"127.0.0.1:1025"_s}));
    }

    void aStartThatIsStoppedAtOnceStartsNothing()
    {
        auto settings = read({{u"smtp"_s, {u"127.0.0.1:0"_s}}, {u"pop3"_s, {u"127.0.0.1:0"_s}}});
        QVERIFY(settings);
        app::RelayService service;
        QList<app::RelayService::State> states;
        connect(&service, &app::RelayService::stateChanged, this, [&states](app::RelayService::State state) { states += state; });
        service.start(*settings);
        service.stop();
        service.start(*settings);
        QTRY_COMPARE(service.state(), app::RelayService::State::Running);
        using State = app::RelayService::State;
        QCOMPARE(states, (QList<State>{State::Starting, State::Stopped, State::Starting, State::Running}));
        service.stop();
        QTRY_COMPARE(service.state(), State::Stopped);
        QCOMPARE(states.size(), 6);
    }

    void whoNamesAnAddressGetsNoOtherPorts()
    {
        const auto settings = read({{u"smtp"_s, {u"127.0.0.1:0"_s}}});
        QVERIFY(settings);
        QVERIFY(settings->submission.isEmpty() && settings->submissionTls.isEmpty());
    }

    void flagIsStrongerThanEnvironmentIsStrongerThanFile()
    {
        write("{\"max-recipients\": 5, \"max-hops\": 6, \"host-name\": \"mail.example.org\", \"idle-seconds\": 7}");
        qputenv("WAXWING_MAX_RECIPIENTS", "50");
        const auto settings = read({{u"host-name"_s, {u"flag.example.org"_s}}});
        QVERIFY(settings);
        QCOMPARE(settings->limits.maxRecipients, 50);
        QCOMPARE(settings->limits.maxReceivedLines, 6);
        QCOMPARE(settings->limits.idle, std::chrono::seconds{7});
        QCOMPARE(settings->hostName, u"flag.example.org"_s);
        QVERIFY(read({{u"max-recipients"_s, {u"500"_s}}})->limits.maxRecipients == 500);
        using Origin = app::GivenRelaySetting::Origin;
        QCOMPARE(settings->given.size(), 4);
        QVERIFY(settings->given.contains(app::GivenRelaySetting{u"max-recipients"_s, {u"50"_s}, Origin::Environment}));
        QVERIFY(settings->given.contains(app::GivenRelaySetting{u"max-hops"_s, {u"6"_s}, Origin::File}));
        QVERIFY(settings->given.contains(app::GivenRelaySetting{u"host-name"_s, {u"flag.example.org"_s}, Origin::Flag}));
    }

    void listsAndNoneAreRead()
    {
        write("{\"smtp\": [\"127.0.0.1:2025\", \"[::1]:2025\"], \"pop3\": [], \"pop3-tls\": \"127.0.0.1:1995\"}");
        const auto settings = read();
        QVERIFY(settings);
        QCOMPARE(textsOf(settings->smtp), (QStringList{u"127.0.0.1:2025"_s, u"[::1]:2025"_s}));
        QVERIFY(settings->pop3.isEmpty());
        QCOMPARE(textsOf(settings->pop3Tls), (QStringList{u"127.0.0.1:1995"_s}));
        qputenv("WAXWING_SMTP", "127.0.0.1:1, 127.0.0.1:2");
        QCOMPARE(read()->smtp.size(), 2);
        QVERIFY(read({{u"smtp"_s, {u"none"_s}}})->smtp.isEmpty());
    }

    void remarksAreLeftAlone()
    {
        write("{\"#\": \"a remark\", \"max-hops\": 3}");
        const auto settings = read();
        QVERIFY(settings);
        QCOMPARE(settings->limits.maxReceivedLines, 3);
    }

    void anotherFileMayBeNamed()
    {
        write("{\"max-hops\": 3}", u"other.json"_s);
        QCOMPARE(read({{u"config"_s, {m_data->filePath(u"other.json"_s)}}})->limits.maxReceivedLines, 3);
        qputenv("WAXWING_CONFIG", m_data->filePath(u"other.json"_s).toLocal8Bit());
        QCOMPARE(read()->limits.maxReceivedLines, 3);
        QCOMPARE(read({{u"config"_s, {m_data->filePath(u"missing.json"_s)}}}).error().code, ErrorCode::FileNotFound);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("what");
        QTest::newRow("not JSON") << QByteArray("{\n\"max-hops\": 3\n\"x\": 1}") << u"line 3"_s;
        QTest::newRow("no object") << QByteArray("[]") << u"{ }"_s;
        QTest::newRow("unknown key") << QByteArray("{\"max-recipiens\": 3}") << u"max-recipiens"_s;
        QTest::newRow("not a number") << QByteArray("{\"max-recipients\": \"many\"}") << u"\"max-recipients\": a whole number"_s;
        QTest::newRow("a fraction") << QByteArray("{\"max-recipients\": 1.5}") << u"whole number"_s;
        QTest::newRow("below the least") << QByteArray("{\"max-recipients\": 0}") << u"from 1 on"_s;
        QTest::newRow("too large") << QByteArray("{\"max-recipients\": 9999999999}") << u"whole number"_s;
        QTest::newRow("not an address") << QByteArray("{\"smtp\": \"here\"}") << u"\"smtp\""_s;
        QTest::newRow("not one of the words") << QByteArray("{\"sender\": \"all\"}") << u"own, own-from, any"_s;
        QTest::newRow("an object") << QByteArray("{\"smtp\": {}}") << u"\"smtp\""_s;
        QTest::newRow("a certificate without its key") << QByteArray("{\"tls-certificate\": \"x.pem\"}") << u"belong together"_s;
    }

    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, what);
        write(file);
        const auto settings = read();
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::ConfigurationInvalid);
        QVERIFY2(settings.error().detail.contains(what), qPrintable(settings.error().detail));
    }

    void theRelaysOwnCertificateIsMadeAnewInTime()
    {
        const identity::DataDirectory data{m_data->path()};
        support::FakeClock clock;
        const auto first = app::relayCredentials(data, {}, clock);
        QVERIFY(first);
        const QSslCertificate certificate = leafOf(first->certificateChainPem);
        QVERIFY(vouchesForItself(certificate));
        const int days = static_cast<int>(certificate.effectiveDate().daysTo(certificate.expiryDate()));
        clock.advanceDays(days / 2);
        QCOMPARE(app::relayCredentials(data, {}, clock)->certificateChainPem, first->certificateChainPem);
        clock.advanceDays(days / 4);
        const auto second = app::relayCredentials(data, {}, clock);
        QVERIFY(second && second->certificateChainPem != first->certificateChainPem);
        QVERIFY(leafOf(second->certificateChainPem).expiryDate() > certificate.expiryDate());
        // Another name to answer to is a reason as well.
        const auto third = app::relayCredentials(data, {{u"mail.example.org"_s, u"192.0.2.1"_s}, {}}, clock);
        QVERIFY(third && third->certificateChainPem != second->certificateChainPem);
        const auto names = leafOf(third->certificateChainPem).subjectAlternativeNames();
        QVERIFY(names.values().contains(u"mail.example.org"_s) && names.values().contains(u"192.0.2.1"_s) && names.values().contains(u"localhost"_s));
    }

    void aCertificateThatCannotBeReadIsNotReplaced()
    {
        const identity::DataDirectory data{m_data->path()};
        const auto first = app::relayCredentials(data);
        QVERIFY(first);
        // No permission stops root, but a link to itself stops everybody.
        const QString key = data.relayFolder() + u"/tls-key.pem"_s;
        QVERIFY(QFile::rename(key, key + u".away"_s) && QFile::link(key, key));
        QCOMPARE(app::relayCredentials(data).error().code, ErrorCode::FileNotReadable);
        QVERIFY(QFile::remove(key) && QFile::rename(key + u".away"_s, key));
        const auto again = app::relayCredentials(data);
        QVERIFY(again);
        QCOMPARE(again->certificateChainPem, first->certificateChainPem);
    }

    void theAuthorityIssuesTheRelaysCertificateAndRenewsIt()
    {
        const identity::DataDirectory data{m_data->path()};
        QVERIFY(data.prepare());
        support::FakeClock clock;
        const base::Secret passphrase = identity::wellKnownPassphrase();
        QVERIFY(app::makeAuthority(data, u"Team"_s, u"ec:p256"_s, passphrase, clock));
        const auto first = app::relayCredentials(data, {}, clock);
        QVERIFY(first && !vouchesForItself(leafOf(first->certificateChainPem)));
        const QSslCertificate leaf = leafOf(first->certificateChainPem);
        clock.advanceDays(static_cast<int>(leaf.effectiveDate().daysTo(leaf.expiryDate()) * 3 / 4));
        // Locked, it is kept for as long as it is valid.
        QCOMPARE(app::relayCredentials(data, {}, clock)->certificateChainPem, first->certificateChainPem);
        QCOMPARE(app::relayCredentials(data, {{}, base::Secret{"wrong"}}, clock)->certificateChainPem, first->certificateChainPem);
        const auto second = app::relayCredentials(data, {{}, passphrase}, clock);
        QVERIFY(second && second->certificateChainPem != first->certificateChainPem);
        QVERIFY(!vouchesForItself(leafOf(second->certificateChainPem)));
        QCOMPARE(QSslCertificate::fromData(second->certificateChainPem).last(), QSslCertificate::fromData(first->certificateChainPem).last());
    }

    void aRunningRelayTakesRenewedFilesWithoutDroppingAnybody()
    {
        const auto put = [this] {
            const auto made = identity::selfSignedServer({u"localhost"_s}, QDateTime::currentDateTimeUtc());
            QVERIFY(made);
            write(made->certificateChainPem, u"own.pem"_s);
            write(made->privateKeyPem.view().toByteArray(), u"own.key"_s);
        };
        put();
        auto settings = read({{u"tls-certificate"_s, {m_data->filePath(u"own.pem"_s)}}, {u"tls-key"_s, {m_data->filePath(u"own.key"_s)}},
                              {u"smtp"_s, {u"127.0.0.1:0"_s}}, {u"pop3"_s, {u"none"_s}}});
        QVERIFY(settings);
        app::RelayService service;
        int reloads = 0;
        connect(&service, &app::RelayService::reloaded, this, [&reloads] { ++reloads; });
        service.start(*settings);
        QTRY_COMPARE(service.state(), app::RelayService::State::Running);
        const net::Endpoint endpoint = service.smtpEndpoint();
        put();
        service.renewTls();
        QTRY_COMPARE(reloads, 1);
        QVERIFY(service.smtpEndpoint() == endpoint);
    }

    void aRunningRelayKeepsTheCertificateThatCannotBeReadAgain()
    {
        const auto settings = read({{u"smtp"_s, {u"127.0.0.1:0"_s}}, {u"pop3"_s, {u"none"_s}}});
        QVERIFY(settings);
        app::RelayService service;
        std::optional<base::Error> fault;
        connect(&service, &app::RelayService::reloadFailed, this, [&fault](const base::Error &error) { fault = error; });
        service.start(*settings);
        QTRY_COMPARE(service.state(), app::RelayService::State::Running);
        const QByteArray chain = service.tlsChain();
        QVERIFY(!chain.isEmpty());
        const QString key = m_data->filePath(u"relay/tls-key.pem"_s);
        QVERIFY(QFile::remove(key) && QFile::link(key, key));
        service.renewTls();
        QTRY_VERIFY(fault);
        QCOMPARE(fault->code, ErrorCode::FileNotReadable);
        QCOMPARE(service.tlsChain(), chain);
    }

    void noNameStandsForTwoSettings()
    {
        QSet<QString> names{u"config"_s, u"check-config"_s};
        for (const app::RelayOption &option : app::relayOptions()) {
            QVERIFY2(!names.contains(QLatin1StringView{option.name}), option.name);
            names.insert(QLatin1StringView{option.name});
        }
    }
};

QTEST_GUILESS_MAIN(TestRelaySettings)
#include "tst_RelaySettings.moc"
