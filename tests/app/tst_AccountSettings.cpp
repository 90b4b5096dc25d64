// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/AccountSettings.h"
#include "support/ErrorNames.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using app::AccountSettings;

class TestAccountSettings : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qunsetenv("WAXWING_SMTP");
        qunsetenv("WAXWING_POP3");
    }

    void missingFileMeansTheRelayOfThisMachine()
    {
        const auto settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(settings);
        QCOMPARE(settings->smtp.host, u"127.0.0.1"_s);
        QCOMPARE(settings->smtp.port, 1025);
        QCOMPARE(settings->pop3.port, 1110);
        QCOMPARE(settings->pop3.user, u"bob@example.org"_s);
    }

    void whatIsSavedComesBackWithoutThePassword()
    {
        AccountSettings settings = AccountSettings::defaults(u"bob@example.org"_s);
        settings.isOwnRelay = false;
        settings.smtp = {u"mail.example.org"_s, 465, net::TlsMode::Implicit, u"bob"_s, base::Secret{"geheim123"}, {}};
        settings.afterFetch = transport::AfterFetch::Leave;
        settings.demand = smime::RevocationDemand::Required;
        QVERIFY(settings.save(m_folder->path()));
        QFile file{m_folder->filePath(u"account.json"_s)};
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("geheim123"));
        const auto back = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(back);
        QCOMPARE(back->smtp.host, u"mail.example.org"_s);
        QCOMPARE(back->smtp.port, 465);
        QVERIFY(back->smtp.tls == net::TlsMode::Implicit);
        QVERIFY(back->smtp.password.isEmpty());
        QVERIFY(back->afterFetch == transport::AfterFetch::Leave);
        QVERIFY(back->demand == smime::RevocationDemand::Required);
    }

    void whetherToAskAboutRevocationIsKeptAlone()
    {
        QVERIFY(AccountSettings::keepRevocation(m_folder->path(), AccountSettings::RevocationUse::Fetch));
        auto settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(settings);
        QVERIFY(settings->revocation == AccountSettings::RevocationUse::Fetch);
        // Nothing of the servers was fixed by it.
        QVERIFY(settings->isOwnRelay);
        AccountSettings other = AccountSettings::defaults(u"bob@example.org"_s);
        other.isOwnRelay = false;
        other.smtp.host = u"mail.example.org"_s;
        other.revocation = AccountSettings::RevocationUse::Fetch;
        QVERIFY(other.save(m_folder->path()));
        QVERIFY(AccountSettings::keepRevocation(m_folder->path(), AccountSettings::RevocationUse::AtHand));
        settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(settings);
        QVERIFY(settings->revocation == AccountSettings::RevocationUse::AtHand);
        QCOMPARE(settings->smtp.host, u"mail.example.org"_s);
        // Back at the own relay, no server is fixed any more.
        other.isOwnRelay = true;
        QVERIFY(other.save(m_folder->path()));
        settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(settings && settings->isOwnRelay && settings->smtp.host == u"127.0.0.1"_s);
    }

    void aDamagedFileIsNotReplacedByASwitch()
    {
        QFile file{m_folder->filePath(u"account.json"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("smtp = mine") > 0);
        file.close();
        const base::Status kept = AccountSettings::keepRevocation(m_folder->path(), AccountSettings::RevocationUse::Fetch);
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, base::ErrorCode::ConfigurationInvalid);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("smtp = mine"));
    }

    void environmentIsStronger()
    {
        qputenv("WAXWING_SMTP", "127.0.0.1:2525");
        qputenv("WAXWING_POP3", "mail.example.org:110");
        const auto settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(settings);
        QCOMPARE(settings->smtp.port, 2525);
        QCOMPARE(settings->pop3.host, u"mail.example.org"_s);
        // A password never goes to another machine in clear.
        QVERIFY(settings->pop3.tls == net::TlsMode::StartTls);
    }

    void wrongSettingsNameTheField_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("environment");
        QTest::addColumn<QString>("detail");
        QTest::newRow("no JSON") << QByteArray("port = 25") << QByteArray() << u"account.json"_s;
        QTest::newRow("nothing") << QByteArray("") << QByteArray() << u"account.json: it is empty"_s;
        QTest::newRow("port") << QByteArray(R"({"smtp": {"port": 70000}})") << QByteArray() << u"smtp.port"_s;
        QTest::newRow("tls") << QByteArray(R"({"pop3": {"tls": "maybe"}})") << QByteArray() << u"account.json: pop3.tls: one of starttls, implicit, none"_s;
        QTest::newRow("a server") << QByteArray(R"({"smtp": "smtp.example.net"})") << QByteArray() << u"account.json: smtp: an object"_s;
        QTest::newRow("host") << QByteArray(R"({"smtp": {"host": 25}})") << QByteArray() << u"smtp.host: a text"_s;
        QTest::newRow("user") << QByteArray(R"({"pop3": {"user": true}})") << QByteArray() << u"pop3.user: a text"_s;
        QTest::newRow("anchors, no list") << QByteArray(R"({"pop3": {"anchors": "MIIB"}})") << QByteArray() << u"pop3.anchors: a list"_s;
        QTest::newRow("anchors, a number") << QByteArray(R"({"pop3": {"anchors": ["MIIB", 5]}})") << QByteArray() << u"pop3.anchors: a list"_s;
        QTest::newRow("leave") << QByteArray(R"({"leaveOnServer": "true"})") << QByteArray() << u"account.json: leaveOnServer: true or false"_s;
        QTest::newRow("demand") << QByteArray(R"({"requireRevocation": 1})") << QByteArray() << u"requireRevocation: true or false"_s;
        QTest::newRow("environment") << QByteArray() << QByteArray("nonsense:port") << u"WAXWING_SMTP"_s;
    }
    void wrongSettingsNameTheField()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, environment);
        QFETCH(QString, detail);
        if (!file.isNull()) {
            QFile out{m_folder->filePath(u"account.json"_s)};
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(file);
        }
        if (!environment.isEmpty())
            qputenv("WAXWING_SMTP", environment);
        const auto settings = AccountSettings::load(m_folder->path(), u"bob@example.org"_s);
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, base::ErrorCode::ConfigurationInvalid);
        QVERIFY2(settings.error().detail.contains(detail), qPrintable(settings.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestAccountSettings)
#include "tst_AccountSettings.moc"
