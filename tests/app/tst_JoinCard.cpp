// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FingerprintWords.h"
#include "app/JoinCard.h"
#include "identity/CertificateFile.h"
#include "provider/Registration.h"
#include "relay/RelayFixture.h"
#include "support/ErrorNames.h"
#include "support/FakeSpool.h"

#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using app::JoinCard;
using base::ErrorCode;

namespace {

/// How many letters must change to make one word of the other, up to 2.
bool isAlikeButForOneLetter(const QString &a, const QString &b)
{
    if (qAbs(a.size() - b.size()) > 1)
        return false;
    const QString &longer = a.size() >= b.size() ? a : b;
    const QString &shorter = a.size() >= b.size() ? b : a;
    for (qsizetype i = 0; i < longer.size(); ++i) {
        const QString without = longer.left(i) + longer.mid(i + 1);
        if (without == shorter || (longer.size() == shorter.size() && without == shorter.left(i) + shorter.mid(i + 1)))
            return true;
    }
    return false;
}

} // namespace

class TestJoinCard : public QObject
{
    Q_OBJECT

    QByteArray m_authority;
    QByteArray m_other;
    JoinCard m_card;

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = QSslCertificate{TestTls::make().chainPem}.toDer();
        m_other = QSslCertificate{TestTls::make().chainPem}.toDer();
        const auto card = app::makeJoinCard({u"192.0.2.5"_s, 1025}, {u"192.0.2.5"_s, 1110}, m_authority);
        QVERIFY(card);
        m_card = *card;
        QCOMPARE(m_card.name, u"localhost"_s);
        QVERIFY(app::isForOtherComputers(m_card));
    }

    void theWordsCannotBeTakenForEachOther()
    {
        QStringList words;
        for (int octet = 0; octet < 256; ++octet)
            words += app::wordsOfFingerprint(QByteArray(11, char(octet))).first();
        QCOMPARE(QSet<QString>(words.cbegin(), words.cend()).size(), 256);
        QVERIFY(std::is_sorted(words.cbegin(), words.cend()));
        for (qsizetype i = 0; i < words.size(); ++i) {
            QVERIFY2(words[i].size() >= 3 && words[i].size() <= 8, qPrintable(words[i]));
            for (qsizetype j = i + 1; j < words.size(); ++j) {
                QVERIFY2(!isAlikeButForOneLetter(words[i], words[j]), qPrintable(words[i] + u' ' + words[j]));
                QVERIFY2(words[i].left(4) != words[j].left(4), qPrintable(words[i] + u' ' + words[j]));
            }
        }
    }

    void wordsSayTheFingerprintAndNothingElse()
    {
        const QStringList words = m_card.words();
        QCOMPARE(words.size(), app::kFingerprintWords);
        QCOMPARE(*app::fingerprintOfWords(words.join(u' ')), QByteArray::fromHex(identity::fingerprintOf(m_authority)).first(11));
        QCOMPARE(*app::fingerprintOfWords(words.join(u", "_s).toUpper()), *app::fingerprintOfWords(words.join(u'-')));
    }

    void everySlipOfTheTongueIsNoticed()
    {
        const QStringList words = m_card.words();
        int swapped = 0;
        for (qsizetype i = 0; i + 1 < words.size(); ++i) {
            QStringList wrong = words;
            wrong.swapItemsAt(i, i + 1);
            swapped += app::fingerprintOfWords(wrong.join(u' ')) ? 1 : 0;
            wrong = words;
            wrong.removeAt(i);
            QCOMPARE(app::fingerprintOfWords(wrong.join(u' ')).error().code, ErrorCode::InvalidArgument);
            wrong = words;
            wrong[i] = u"hipopotamus"_s;
            QCOMPARE(app::fingerprintOfWords(wrong.join(u' ')).error().offset, std::optional<qint64>{i});
        }
        // One check word lets one mistake in 256 pass here; the certificate's comparison lets none.
        QVERIFY2(swapped <= 1, QByteArray::number(swapped).constData());
    }

    void aCardGoesThereAndBackAsAFile()
    {
        const auto read = app::readJoinCard(app::toJoinFile(m_card));
        QVERIFY(read);
        QCOMPARE(*read, m_card);
        QVERIFY(read->isComplete());
        // Mail programs and editors change line ends and surround it with blanks.
        QByteArray mangled = app::toJoinFile(m_card);
        mangled.replace("\n", "\r\n");
        QCOMPARE(*app::readJoinCard("\r\n  " + mangled + "  \r\n"), m_card);
    }

    void aTypedCardWantsTheCertificateThatItNames()
    {
        auto typed = app::readJoinCard(app::toJoinLine(m_card).toUtf8());
        QVERIFY(typed);
        QVERIFY(!typed->isComplete());
        QCOMPARE(typed->host, m_card.host);
        QCOMPARE(typed->words(), m_card.words());
        QCOMPARE(typed->complete(m_other).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!typed->isComplete());
        QVERIFY(typed->complete(m_authority));
        QCOMPARE(*typed, m_card);
    }

    void aTypedCardIsCompletedByTheRelayThatBearsItsWords()
    {
        const TestTls tls = TestTls::make();
        QTemporaryDir directory;
        relay::RelayConfiguration configuration;
        configuration.spool = []() -> base::Result<std::unique_ptr<store::Spool>> { return std::unique_ptr<store::Spool>{std::make_unique<FakeSpool>()}; };
        configuration.tlsChainPem = tls.chainPem;
        configuration.tlsKeyPem = base::Secret{tls.keyPem};
        RunningRelay relay{std::move(configuration)};
        QTRY_VERIFY(relay.isRunning);
        const QByteArray itsOwn = QSslCertificate{tls.chainPem}.toDer();
        transport::IoThread io;
        const auto typedFor = [&relay](const QByteArray &authority) {
            return *app::readJoinCard(app::toJoinLine(*app::makeJoinCard({u"127.0.0.1"_s, relay.smtpPort()}, {u"127.0.0.1"_s, relay.pop3Port()}, authority)).toUtf8());
        };
        const auto right = app::completeJoinCard(io, typedFor(itsOwn));
        QTRY_VERIFY(!right.isRunning());
        QVERIFY(right.future().result());
        QCOMPARE(right.future().result()->authority, itsOwn);
        const auto wrong = app::completeJoinCard(io, typedFor(m_other));
        QTRY_VERIFY(!wrong.isRunning());
        QCOMPARE(wrong.future().result().error().code, ErrorCode::InvalidArgument);
        relay.stop();
        QTRY_VERIFY(relay.isStopped);
        const auto nobody = app::completeJoinCard(io, typedFor(itsOwn));
        QTRY_VERIFY(!nobody.isRunning());
        QCOMPARE(nobody.future().result().error().code, ErrorCode::ConnectionRefused);
    }

    void whatIsNoCardIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        const QByteArray file = app::toJoinFile(m_card);
        QTest::newRow("nothing") << QByteArray() << ErrorCode::ConfigurationInvalid;
        QTest::newRow("prose") << QByteArray("Dear pupils, come in") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("other JSON") << QByteArray("{\"format\": \"x\"}") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("half a file") << file.first(file.size() / 2) << ErrorCode::ConfigurationInvalid;
        QTest::newRow("no certificate") << QByteArray(file).replace("MII", "!!!") << ErrorCode::NotACertificate;
        QTest::newRow("port 0") << QByteArray(file).replace("1025", "0") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("port too high") << QByteArray(file).replace("1025", "70000") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("host with blanks") << QByteArray(file).replace("192.0.2.5", "a b") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("port is a word") << QByteArray("host smtp pop3 acorn") << ErrorCode::ConfigurationInvalid;
        QTest::newRow("too few words") << QByteArray("host 1025 1110 acorn") << ErrorCode::InvalidArgument;
        QTest::newRow("huge") << QByteArray(100'000, ' ') + file << ErrorCode::FileTooLarge;
    }
    void whatIsNoCardIsRefused()
    {
        QFETCH(QByteArray, text);
        const auto read = app::readJoinCard(text);
        QVERIFY(!read);
        QTEST(read.error().code, "code");
    }

    void theAccountTrustsTheAuthorityAlone()
    {
        const app::AccountSettings account = app::accountOf(m_card, u"bob@example.org"_s);
        for (const transport::Server &server : {account.smtp, account.pop3}) {
            QCOMPARE(server.tls, net::TlsMode::StartTls);
            QCOMPARE(server.user, u"bob@example.org"_s);
            QCOMPARE(server.anchors, QList<QByteArray>{m_authority});
        }
        QTemporaryDir folder;
        QVERIFY(account.save(folder.path()));
        const auto loaded = app::AccountSettings::load(folder.path(), u"bob@example.org"_s);
        QVERIFY(loaded);
        QCOMPARE(loaded->smtp.anchors, account.smtp.anchors);
        QCOMPARE(loaded->pop3.anchors, account.pop3.anchors);
        QCOMPARE(loaded->smtp.port, quint16{1025});
    }

    void anAddressOfAllMeansOneThatANeighbourReaches()
    {
        const auto card = app::makeJoinCard({u"0.0.0.0"_s, 1025}, {u"0.0.0.0"_s, 1110}, m_authority);
        QVERIFY(card);
        QVERIFY(card->host != "0.0.0.0"_L1);
        QVERIFY(!QHostAddress{card->host}.isNull());
        QVERIFY(!app::isForOtherComputers(*app::makeJoinCard({u"127.0.0.1"_s, 1025}, {u"127.0.0.1"_s, 1110}, m_authority)));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application{argc, argv};
    QCA::Initializer initializer;
    TestJoinCard test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_JoinCard.moc"
