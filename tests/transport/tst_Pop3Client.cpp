// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ErrorNames.h"
#include "transport/Pop3Client.h"

#include <QTest>

using namespace transport;
using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

Server server()
{
    Server out;
    out.host = u"127.0.0.1"_s;
    out.tls = net::TlsMode::None;
    out.user = u"bob@example.org"_s;
    out.password = base::Secret{"geheim123"};
    return out;
}

const QByteArray kCapa = "+OK\r\nUSER\r\nUIDL\r\n.\r\n";
const QByteArray kCapaPipelining = "+OK\r\nUSER\r\nUIDL\r\nPIPELINING\r\n.\r\n";

} // namespace

/// A dialogue played against a client whose sink wants and keeps everything, unless told otherwise.
class Play
{
public:
    explicit Play(FetchOptions options = {}, Server where = server())
        : client(std::move(where), std::move(options), [this](bool, const QByteArray &line) { log += line + '\n'; })
    {
        client.connected();
    }
    QByteArray says(const QByteArray &bytes)
    {
        client.receive(bytes);
        serveSink();
        const Effects effects = client.takeEffects();
        startedTls = effects.startTls;
        return effects.send;
    }
    /// Up to the reply to LIST.
    QByteArray logIn(const QByteArray &capa = kCapa)
    {
        says("+OK ready\r\n");
        says(capa);
        says("+OK\r\n");
        return says("+OK\r\n");
    }
    QByteArray keepAll()
    {
        for (const Fetched &one : std::exchange(waiting, {}))
            client.kept(one.uidl, true);
        return client.takeEffects().send;
    }
    ErrorCode code() const { return client.isOver() && !client.outcome() ? client.outcome().error().code : ErrorCode::Unknown; }

    QList<QByteArray> unwanted;
    bool keepsAtOnce = true;
    QList<Fetched> fetched;
    QList<Fetched> waiting;
    QByteArray log;
    Pop3Client client;
    bool startedTls = false;

private:
    void serveSink()
    {
        if (std::optional<QList<QByteArray>> offer = client.takeOffer()) {
            offer->removeIf([this](const QByteArray &uid) { return unwanted.contains(uid); });
            client.chosen(*offer);
        }
        for (const Fetched &one : client.takeFetched()) {
            fetched += one;
            if (keepsAtOnce)
                client.kept(one.uidl, true);
            else
                waiting += one;
        }
    }
};

class TestPop3Client : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letterIsFetchedKeptAndDeleted()
    {
        Play play;
        QCOMPARE(play.says("+OK ready\r\n"), "CAPA\r\n");
        QCOMPARE(play.says(kCapa), "USER bob@example.org\r\n");
        QCOMPARE(play.says("+OK\r\n"), "PASS geheim123\r\n");
        QCOMPARE(play.says("+OK\r\n"), "LIST\r\n");
        QCOMPARE(play.says("+OK\r\n1 40\r\n.\r\n"), "UIDL\r\n");
        QCOMPARE(play.says("+OK\r\n1 u1\r\n.\r\n"), "RETR 1\r\n");
        QCOMPARE(play.says("+OK\r\nSubject: x\r\n\r\n..\r\n...\r\n.\r\n"), "DELE 1\r\n");
        QCOMPARE(play.says("+OK\r\n"), "QUIT\r\n");
        play.says("+OK bye\r\n");
        QVERIFY(play.client.outcome());
        QCOMPARE(*play.client.outcome(), (FetchSummary{1, 0, 0}));
        QCOMPARE(play.fetched.size(), 1);
        QCOMPARE(play.fetched.first().octets, "Subject: x\r\n\r\n.\r\n..\r\n"_ba);
        QVERIFY(!play.log.contains("geheim123"));
    }

    void bytesMayComeOneByOne()
    {
        Play play;
        QByteArray sent;
        for (const char c : "+OK ready\r\n" + kCapa + "+OK\r\n+OK\r\n+OK\r\n1 40\r\n.\r\n+OK\r\n1 u1\r\n.\r\n+OK\r\nSubject: x\r\n\r\n.\r\n+OK\r\n+OK\r\n")
            sent += play.says(QByteArray(1, c));
        QVERIFY(play.client.isOver());
        QVERIFY(play.client.outcome());
        QVERIFY(sent.endsWith("RETR 1\r\nDELE 1\r\nQUIT\r\n"));
    }

    void nothingIsDeletedBeforeItIsKept()
    {
        Play play;
        play.keepsAtOnce = false;
        play.logIn();
        play.says("+OK\r\n1 40\r\n.\r\n");
        play.says("+OK\r\n1 u1\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\nSubject: x\r\n\r\n.\r\n"), "");
        QCOMPARE(play.client.deadline(), std::chrono::milliseconds{0});
        QCOMPARE(play.keepAll(), "DELE 1\r\n");
    }

    void whatCouldNotBeKeptStaysOnTheServer()
    {
        Play play;
        play.keepsAtOnce = false;
        play.logIn();
        play.says("+OK\r\n1 40\r\n.\r\n");
        play.says("+OK\r\n1 u1\r\n.\r\n");
        play.says("+OK\r\nSubject: x\r\n\r\n.\r\n");
        play.client.kept("u1", ErrorCode::DiskFull);
        QCOMPARE(play.code(), ErrorCode::DiskFull);
        QVERIFY(!play.client.takeEffects().send.contains("DELE"));
    }

    void knownLetterIsOnlyDeleted()
    {
        Play play;
        play.unwanted = {"u1"};
        play.logIn();
        play.says("+OK\r\n1 40\r\n2 40\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n1 u1\r\n2 u2\r\n.\r\n"), "DELE 1\r\n");
        QCOMPARE(play.says("+OK\r\n"), "RETR 2\r\n");
    }

    void lettersStayOnTheServerIfThatIsWanted()
    {
        FetchOptions options;
        options.afterFetch = AfterFetch::Leave;
        Play play{options};
        play.unwanted = {"u1"};
        play.logIn();
        play.says("+OK\r\n1 40\r\n2 40\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n1 u1\r\n2 u2\r\n.\r\n"), "RETR 2\r\n");
        QCOMPARE(play.says("+OK\r\nx\r\n.\r\n"), "QUIT\r\n");
    }

    void emptyMailboxEndsAtOnce()
    {
        Play play;
        play.logIn();
        play.client.receive("+OK\r\n.\r\n");
        QVERIFY(!play.client.takeOffer());
        QCOMPARE(play.client.takeEffects().send, "QUIT\r\n");
        play.says("+OK\r\n");
        QCOMPARE(*play.client.outcome(), FetchSummary{});
    }

    void pipeliningHasManyLettersUnderWay()
    {
        Play play;
        play.logIn(kCapaPipelining);
        play.says("+OK\r\n1 9\r\n2 9\r\n3 9\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n"), "RETR 1\r\nRETR 2\r\nRETR 3\r\n");
        QCOMPARE(play.says("+OK\r\nA\r\n.\r\n+OK\r\nB\r\n.\r\n"), "DELE 1\r\nDELE 2\r\n");
        play.says("+OK\r\nC\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n+OK\r\n+OK\r\n"), "QUIT\r\n");
        QCOMPARE(play.fetched.size(), 3);
        QCOMPARE(play.fetched.last().octets, "C\r\n"_ba);
    }

    void messageThatIsGoneDoesNotKeepTheOthersBack()
    {
        Play play;
        play.logIn();
        play.says("+OK\r\n1 9\r\n2 9\r\n.\r\n");
        play.says("+OK\r\n1 a\r\n2 b\r\n.\r\n");
        QCOMPARE(play.says("-ERR no such message\r\n"), "RETR 2\r\n");
    }

    void tooLargeLetterStaysOnTheServer()
    {
        FetchOptions options;
        options.maxMessageOctets = 1000;
        Play play{options};
        play.logIn();
        play.says("+OK\r\n1 1001\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n1 a\r\n.\r\n"), "QUIT\r\n");
        play.says("+OK\r\n");
        QCOMPARE(*play.client.outcome(), (FetchSummary{0, 0, 1}));
    }

    void letterLargerThanItSaidIsCutOff()
    {
        Play play;
        play.logIn();
        play.says("+OK\r\n1 100\r\n.\r\n");
        play.says("+OK\r\n1 a\r\n.\r\n");
        play.says("+OK\r\n");
        for (int i = 0; i < 200 && !play.client.isOver(); ++i)
            play.says(QByteArray("endless\r\n").repeated(1000));
        QCOMPARE(play.code(), ErrorCode::MessageTooLarge);
        QVERIFY(play.fetched.isEmpty());
    }

    void sameUidlTwiceIsFetchedOnce()
    {
        Play play;
        play.logIn();
        play.says("+OK\r\n1 9\r\n2 9\r\n.\r\n");
        play.says("+OK\r\n1 a\r\n2 a\r\n.\r\n");
        play.says("+OK\r\nA\r\n.\r\n");
        QCOMPARE(play.says("+OK\r\n"), "QUIT\r\n");
        QCOMPARE(play.fetched.size(), 1);
    }

    void hostileServersEndInANamedFault_data()
    {
        QTest::addColumn<QByteArrayList>("script");
        QTest::addColumn<ErrorCode>("code");
        const QByteArray hello = "+OK ready\r\n";
        const QByteArrayList in{hello, kCapa, "+OK\r\n", "+OK\r\n"};
        QTest::newRow("no POP3") << QByteArrayList{"220 smtp\r\n"} << ErrorCode::ProtocolViolation;
        QTest::newRow("endless greeting") << QByteArrayList{"+OK " + QByteArray(1'000'000, 'x')} << ErrorCode::LineTooLong;
        QTest::newRow("busy") << QByteArrayList{"-ERR [SYS/TEMP] too many\r\n"} << ErrorCode::PeerBusy;
        QTest::newRow("endless capabilities") << QByteArrayList{hello, "+OK\r\n" + QByteArray("X-MORE\r\n").repeated(10'000)} << ErrorCode::ProtocolViolation;
        QTest::newRow("wrong name") << QByteArrayList{hello, kCapa, "-ERR no\r\n"} << ErrorCode::AuthenticationFailed;
        QTest::newRow("wrong password") << QByteArrayList{hello, kCapa, "+OK\r\n", "-ERR [AUTH] no\r\n"} << ErrorCode::AuthenticationFailed;
        QTest::newRow("mailbox in use") << QByteArrayList{hello, kCapa, "+OK\r\n", "-ERR [IN-USE] locked\r\n"} << ErrorCode::MailboxBusy;
        QTest::newRow("list line that is none") << (in + QByteArrayList{"+OK\r\none 40\r\n.\r\n"}) << ErrorCode::ProtocolViolation;
        QTest::newRow("listed twice") << (in + QByteArrayList{"+OK\r\n1 40\r\n1 40\r\n.\r\n"}) << ErrorCode::ProtocolViolation;
        QTest::newRow("number too large") << (in + QByteArrayList{"+OK\r\n99999999999999999999 40\r\n.\r\n"}) << ErrorCode::ProtocolViolation;
        QTest::newRow("UIDL for what is not listed") << (in + QByteArrayList{"+OK\r\n1 40\r\n.\r\n", "+OK\r\n2 u\r\n.\r\n"}) << ErrorCode::ProtocolViolation;
        QTest::newRow("UIDL missing") << (in + QByteArrayList{"+OK\r\n1 40\r\n.\r\n", "-ERR what\r\n"}) << ErrorCode::Unsupported;
        QTest::newRow("unasked reply") << (in + QByteArrayList{"+OK\r\n1 40\r\n.\r\n", "+OK\r\n1 u\r\n.\r\n", "+OK\r\nx\r\n.\r\n", "+OK\r\n", "+OK bye\r\n"}) << ErrorCode::Unknown;
        QTest::newRow("endless list") << (in + QByteArrayList{[] { QByteArray out = "+OK\r\n"; for (int i = 1; i < 1'000'100; ++i) out += QByteArray::number(i) + " 1\r\n"; return out; }()}) << ErrorCode::ProtocolViolation;
        QTest::newRow("bare LF in a list") << (in + QByteArrayList{"+OK\r\n1 40\n.\r\n"}) << ErrorCode::ProtocolViolation;
    }
    void hostileServersEndInANamedFault()
    {
        QFETCH(QByteArrayList, script);
        Play play;
        for (const QByteArray &bytes : script)
            play.says(bytes);
        QVERIFY(play.client.isOver());
        QTEST(play.code(), "code");
    }

    void stlsIsDemandedAndForgetsWhatCameBefore()
    {
        Server secure = server();
        secure.tls = net::TlsMode::StartTls;
        Play play{{}, secure};
        play.says("+OK\r\n");
        QCOMPARE(play.says("+OK\r\nSTLS\r\nUSER\r\n.\r\n"), "STLS\r\n");
        play.says("+OK begin\r\n+OK\r\nSASL PLAIN\r\n.\r\n");
        QVERIFY(play.startedTls);
        play.client.encrypted();
        QCOMPARE(play.client.takeEffects().send, "CAPA\r\n");
        QCOMPARE(play.says(kCapa), "USER bob@example.org\r\n");
    }

    void utf8IsAskedForWhereItIsOffered()
    {
        for (const QByteArray answer : {"+OK\r\n", "-ERR not today\r\n"}) {
            Play play;
            play.says("+OK ready\r\n");
            QCOMPARE(play.says("+OK\r\nUIDL\r\nUTF8 USER\r\n.\r\n"), "UTF8\r\n");
            QCOMPARE(play.says(answer), "USER bob@example.org\r\n");
        }
    }

    void strippedStlsEndsTheDialogueBeforeThePassword()
    {
        Server secure = server();
        secure.tls = net::TlsMode::StartTls;
        Play play{{}, secure};
        play.says("+OK\r\n");
        play.says(kCapa);
        QCOMPARE(play.code(), ErrorCode::TlsUnavailable);
        QVERIFY(!play.log.contains("USER"));
    }

    void passwordIsNotShownToTheNetwork()
    {
        Server far = server();
        far.host = u"mail.example.org"_s;
        Play play{{}, far};
        play.says("+OK\r\n");
        play.says("+OK\r\nUSER\r\nSASL PLAIN LOGIN\r\n.\r\n");
        QCOMPARE(play.code(), ErrorCode::AuthenticationUnavailable);
    }

    void serverWithoutCapabilitiesIsServedToo()
    {
        Play play;
        play.says("+OK\r\n");
        QCOMPARE(play.says("-ERR unknown command\r\n"), "USER bob@example.org\r\n");
    }

    void failedQuitIsNoLoss()
    {
        Play play;
        play.logIn();
        play.says("+OK\r\n1 9\r\n.\r\n");
        play.says("+OK\r\n1 a\r\n.\r\n");
        play.says("+OK\r\nA\r\n.\r\n");
        play.says("+OK\r\n");
        play.says("-ERR some deleted messages not removed\r\n");
        QVERIFY(play.client.outcome());
        QCOMPARE(play.client.outcome()->newMessages, 1);
    }
};

QTEST_GUILESS_MAIN(TestPop3Client)
#include "tst_Pop3Client.moc"
