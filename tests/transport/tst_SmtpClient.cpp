// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Scram.h"
#include "support/ErrorNames.h"
#include "transport/SmtpClient.h"

#include <QTest>

using namespace transport;
using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

Submission submission()
{
    return {u"alice@example.org"_s, {u"bob@example.org"_s}, "Subject: x\r\n\r\nHello\r\n.dot\r\n"};
}

Server server()
{
    Server out;
    out.host = u"127.0.0.1"_s;
    out.port = 25;
    out.tls = net::TlsMode::None;
    return out;
}

const QByteArray kPlainEhlo = "250-relay\r\n250 8BITMIME\r\n";

} // namespace

/// A dialogue played against a client: what the server says, and what the client must have said since.
class Play
{
public:
    explicit Play(Submission what = submission(), Server where = server()) : client(std::move(where), std::move(what), {}, [this](bool, const QByteArray &line) { log += line + '\n'; })
    {
        client.connected();
    }
    QByteArray says(const QByteArray &bytes)
    {
        client.receive(bytes);
        const Effects effects = client.takeEffects();
        startedTls = effects.startTls;
        return effects.send;
    }
    ErrorCode code() const { return client.isOver() && !client.outcome() ? client.outcome().error().code : ErrorCode::Unknown; }

    QByteArray log;
    SmtpClient client;
    bool startedTls = false;
};

class TestSmtpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letterGoesOutDotStuffed()
    {
        Play play;
        QCOMPARE(play.says("220 relay ESMTP\r\n"), "EHLO [127.0.0.1]\r\n");
        QCOMPARE(play.says(kPlainEhlo), "MAIL FROM:<alice@example.org>\r\n");
        QCOMPARE(play.says("250 ok\r\n"), "RCPT TO:<bob@example.org>\r\n");
        QCOMPARE(play.says("250 ok\r\n"), "DATA\r\n");
        QCOMPARE(play.says("354 go\r\n"), "Subject: x\r\n\r\nHello\r\n..dot\r\n.\r\n");
        QVERIFY(!play.client.isOver());
        QCOMPARE(play.says("250 2.0.0 queued as 7\r\n"), "QUIT\r\n");
        QVERIFY(play.client.outcome());
        QCOMPARE(play.client.outcome()->reply, "250 2.0.0 queued as 7"_ba);
    }

    /// RFC 5321 section 4.5.3.2. A smarthost that took its time after the last dot got the letter twice.
    void aRelayWaitsAsLongAsTheStandardAsks()
    {
        SmtpClient client{server(), submission(), patientDeadlines()};
        client.connected();
        for (const QByteArray &reply : {"220 relay ESMTP\r\n"_ba, kPlainEhlo, "250 ok\r\n"_ba, "250 ok\r\n"_ba, "354 go\r\n"_ba}) {
            QVERIFY(client.deadline() >= std::chrono::minutes{5});
            client.receive(reply);
        }
        QVERIFY(client.deadline() >= std::chrono::minutes{10});
    }

    void aStreamedLetterIsReadPieceByPiece()
    {
        struct Nothing final : ContentSource {
            void read(qint64, std::function<void(const base::Result<QByteArray> &)>) override {}
        };
        Submission streamed = submission();
        streamed.octets.clear();
        streamed.streamed = {std::make_shared<Nothing>(), 21, true, false};
        Play play{streamed};
        play.says("220 relay ESMTP\r\n");
        QCOMPARE(play.says("250-relay\r\n250-SIZE 1000\r\n250 8BITMIME\r\n"), "MAIL FROM:<alice@example.org> SIZE=21 BODY=8BITMIME\r\n");
        play.says("250 ok\r\n");
        QVERIFY(!play.client.takeContentWish());
        play.says("250 ok\r\n");
        QCOMPARE(play.says("354 go\r\n"), ""_ba);
        QCOMPARE(play.client.takeContentWish(), std::optional<qint64>{0});
        QVERIFY(!play.client.takeContentWish()); // One at a time.
        QCOMPARE(play.client.deadline().count(), 0);
        play.client.takeContent("Subject: x\r\n\r"_ba);
        QCOMPARE(play.client.takeEffects().send, "Subject: x\r\n\r"_ba);
        QCOMPARE(play.client.takeContentWish(), std::optional<qint64>{13});
        play.client.takeContent("\n.dot.\r\nand what nobody announced"_ba);
        QCOMPARE(play.client.takeEffects().send, "\n..dot.\r\n.\r\n"_ba);
        QVERIFY(!play.client.takeContentWish());
        play.says("250 done\r\n");
        QVERIFY(play.client.outcome());
    }

    void aLetterThatCannotBeReadOnIsNeverEnded()
    {
        struct Nothing final : ContentSource {
            void read(qint64, std::function<void(const base::Result<QByteArray> &)>) override {}
        };
        Submission streamed = submission();
        streamed.streamed = {std::make_shared<Nothing>(), 100, false, false};
        Play play{streamed};
        for (const QByteArray &line : {"220 relay\r\n"_ba, kPlainEhlo, "250 ok\r\n"_ba, "250 ok\r\n"_ba, "354 go\r\n"_ba})
            play.says(line);
        QVERIFY(play.client.takeContentWish());
        play.client.takeContent(base::Error{ErrorCode::FileNotReadable, {}, {}, {}});
        QCOMPARE(play.code(), ErrorCode::FileNotReadable);
        QCOMPARE(play.client.takeEffects().send, ""_ba); // Not even QUIT: it would be text.
    }

    void dsnIsAskedForOnlyWhereItIsOffered_data()
    {
        QTest::addColumn<bool>("isOffered");
        QTest::newRow("offered") << true;
        QTest::newRow("not offered") << false;
    }
    void dsnIsAskedForOnlyWhereItIsOffered()
    {
        QFETCH(bool, isOffered);
        Submission asking = submission();
        asking.dsnReturn = "HDRS";
        asking.dsnEnvelopeId = "Q1";
        asking.dsnOfRecipients = {{"SUCCESS", "rfc822;b@x"}};
        asking.helloName = "relay.example.org";
        Play play{asking};
        QCOMPARE(play.says("220 relay\r\n"), "EHLO relay.example.org\r\n"_ba);
        QCOMPARE(play.says(isOffered ? "250-relay\r\n250 DSN\r\n"_ba : kPlainEhlo),
                 isOffered ? "MAIL FROM:<alice@example.org> RET=HDRS ENVID=Q1\r\n"_ba : "MAIL FROM:<alice@example.org>\r\n"_ba);
        QCOMPARE(play.says("250 ok\r\n"), isOffered ? "RCPT TO:<bob@example.org> NOTIFY=SUCCESS ORCPT=rfc822;b@x\r\n"_ba : "RCPT TO:<bob@example.org>\r\n"_ba);
        play.says("250 ok\r\n");
        play.says("354 go\r\n");
        play.says("250 done\r\n");
        QCOMPARE(play.client.outcome()->isDsnPassedOn, isOffered);
    }

    void bytesMayComeOneByOne()
    {
        Play play;
        QByteArray sent;
        for (const char c : QByteArray("220 relay\r\n") + kPlainEhlo + "250 ok\r\n250 ok\r\n354 go\r\n250 done\r\n")
            sent += play.says(QByteArray(1, c));
        QVERIFY(play.client.isOver());
        QVERIFY(play.client.outcome());
        QVERIFY(sent.endsWith(".\r\nQUIT\r\n"));
    }

    void pipeliningSendsTheEnvelopeAtOnceButNotData()
    {
        Submission two = submission();
        two.recipients += u"carol@example.org"_s;
        Play play{two};
        play.says("220 relay\r\n");
        QCOMPARE(play.says("250-relay\r\n250-SIZE 1000\r\n250 PIPELINING\r\n"),
                 "MAIL FROM:<alice@example.org> SIZE=27\r\nRCPT TO:<bob@example.org>\r\nRCPT TO:<carol@example.org>\r\n");
        QCOMPARE(play.says("250 ok\r\n250 ok\r\n"), "");
        QCOMPARE(play.says("250 ok\r\n"), "DATA\r\n");
    }

    void refusedRecipientsDoNotKeepTheLetterFromTheOthers()
    {
        Submission three = submission();
        three.recipients = {u"nobody@example.org"_s, u"bob@example.org"_s, u"later@example.org"_s};
        for (const QByteArray &offer : {kPlainEhlo, "250-relay\r\n250 PIPELINING\r\n"_ba}) {
            Play play{three};
            play.says("220 relay\r\n");
            play.says(offer);
            play.says("250 ok\r\n");
            play.says("550 5.1.1 unknown\r\n");
            play.says("250 ok\r\n");
            QCOMPARE(play.says("450 4.2.0 later\r\n"), "DATA\r\n");
            play.says("354 go\r\n");
            play.says("250 ok\r\n");
            QVERIFY(play.client.outcome());
            QCOMPARE(play.client.outcome()->refused, (QList<RecipientRefusal>{{u"nobody@example.org"_s, "550 5.1.1 unknown"}, {u"later@example.org"_s, "450 4.2.0 later"}}));
        }
    }

    void aRecipientWhomTheServerCannotNameDoesNotKeepTheLetterFromTheOthers()
    {
        Submission two = submission();
        two.recipients = {u"jörg@example.org"_s, u"bob@example.org"_s};
        two.dsnOfRecipients = QList<net::SmtpRcptOptions>{{"NEVER"_ba, {}}, {"FAILURE"_ba, {}}};
        for (const bool isBobKnown : {true, false}) {
            Play play{two};
            play.says("220 relay\r\n");
            QCOMPARE(play.says("250-relay\r\n250 DSN\r\n"), "MAIL FROM:<alice@example.org>\r\n");
            QCOMPARE(play.says("250 ok\r\n"), "RCPT TO:<bob@example.org> NOTIFY=FAILURE\r\n");
            QCOMPARE(play.says(isBobKnown ? "250 ok\r\n" : "550 5.1.1 unknown\r\n"), isBobKnown ? "DATA\r\n" : "QUIT\r\n");
            if (isBobKnown) {
                play.says("354 go\r\n");
                play.says("250 ok\r\n");
            }
            QVERIFY(play.client.outcome());
            const QList<RecipientRefusal> refused = play.client.outcome()->refused;
            QCOMPARE(refused.size(), isBobKnown ? 1 : 2);
            QCOMPARE(refused.first().recipient, u"jörg@example.org"_s);
            QVERIFY(refused.first().reply.startsWith("5.6.7 "));
        }
    }

    void withEverybodyRefusedNoContentIsSent()
    {
        Play play;
        play.says("220 relay\r\n");
        play.says("250-relay\r\n250 PIPELINING\r\n");
        QCOMPARE(play.says("250 ok\r\n550 5.1.1 no such mailbox\r\n"), "QUIT\r\n");
        QVERIFY(play.client.outcome());
        QCOMPARE(play.client.outcome()->refused, (QList<RecipientRefusal>{{u"bob@example.org"_s, "550 5.1.1 no such mailbox"}}));
    }

    void refusalsHaveNames_data()
    {
        QTest::addColumn<QByteArrayList>("script");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("temporary");
        const QByteArray hello = "220 relay\r\n";
        QTest::newRow("not ready") << QByteArrayList{"554 5.3.2 go away\r\n"} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("busy") << QByteArrayList{"421 4.3.2 closing\r\n"} << ErrorCode::PeerBusy << true;
        QTest::newRow("neither EHLO nor HELO") << QByteArrayList{hello, "502 what\r\n", "502 what\r\n"} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("sender") << QByteArrayList{hello, kPlainEhlo, "550 5.7.1 not you\r\n"} << ErrorCode::SenderRefused << false;
        QTest::newRow("sender later") << QByteArrayList{hello, kPlainEhlo, "451 4.3.0 later\r\n"} << ErrorCode::SenderRefused << true;
        QTest::newRow("login needed") << QByteArrayList{hello, kPlainEhlo, "530 5.7.0 login first\r\n"} << ErrorCode::AuthenticationUnavailable << false;
        QTest::newRow("too large at MAIL") << QByteArrayList{hello, kPlainEhlo, "552 5.3.4 too large\r\n"} << ErrorCode::MessageTooLarge << false;
        QTest::newRow("too large after the data") << QByteArrayList{hello, kPlainEhlo, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "552 5.3.4 too large\r\n"} << ErrorCode::MessageTooLarge << false;
        QTest::newRow("content refused") << QByteArrayList{hello, kPlainEhlo, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "554 5.6.0 no\r\n"} << ErrorCode::MessageRefused << false;
        QTest::newRow("closing in the middle") << QByteArrayList{hello, kPlainEhlo, "250 ok\r\n", "421 4.3.2 closing\r\n"} << ErrorCode::PeerBusy << true;
        QTest::newRow("announced limit") << QByteArrayList{hello, "250-relay\r\n250 SIZE 5\r\n"} << ErrorCode::MessageTooLarge << false;
        QTest::newRow("no reply code") << QByteArrayList{"SSH-2.0-OpenSSH\r\n"} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("bare LF") << QByteArrayList{"220 relay\n"} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("NUL") << QByteArrayList{QByteArray("220 re\0lay\r\n", 12)} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("endless greeting line") << QByteArrayList{"220 " + QByteArray(1'000'000, 'x')} << ErrorCode::LineTooLong << false;
        QTest::newRow("endless greeting") << QByteArrayList{QByteArray("220-still greeting\r\n").repeated(10'000)} << ErrorCode::ProtocolViolation << false;
        QTest::newRow("codes change within a reply") << QByteArrayList{hello, "250-relay\r\n251 SIZE\r\n"} << ErrorCode::ProtocolViolation << false;
    }
    void refusalsHaveNames()
    {
        QFETCH(QByteArrayList, script);
        Play play;
        for (const QByteArray &bytes : script)
            play.says(bytes);
        QVERIFY(play.client.isOver());
        QTEST(play.code(), "code");
        QTEST(play.client.outcome().error().isTemporary(), "temporary");
    }

    void aServerWithoutEhloIsGreetedWithHelo()
    {
        Play play;
        play.says("220 relay\r\n");
        QCOMPARE(play.says("500 5.5.1 unknown command\r\n"), "HELO [127.0.0.1]\r\n"_ba);
        // What stands behind the name is no offer.
        QCOMPARE(play.says("250-relay\r\n250 SIZE 5\r\n"), "MAIL FROM:<alice@example.org>\r\n"_ba);

        Server secure = server();
        secure.tls = net::TlsMode::StartTls;
        Play tls{submission(), secure};
        tls.says("220 relay\r\n");
        tls.says("502 what\r\n");
        tls.says("250 relay\r\n");
        QCOMPARE(tls.code(), ErrorCode::TlsUnavailable);
        QVERIFY(!tls.log.contains("MAIL"));

        Server user = server();
        user.user = u"alice@example.org"_s;
        Play login{submission(), user};
        login.says("220 relay\r\n");
        login.says("502 what\r\n");
        login.says("250 relay\r\n");
        QCOMPARE(login.code(), ErrorCode::AuthenticationUnavailable);
        QVERIFY(!login.log.contains("MAIL"));
    }

    void startTlsIsDemandedAndForgetsWhatCameBefore()
    {
        Server secure = server();
        secure.tls = net::TlsMode::StartTls;
        Play play{submission(), secure};
        play.says("220 relay\r\n");
        QCOMPARE(play.says("250-relay\r\n250-SIZE 5\r\n250 STARTTLS\r\n"), "STARTTLS\r\n");
        // The attack of CVE-2011-0411: replies that were sent in clear shall count as the ones after TLS.
        play.says("220 go\r\n250-injected\r\n250 ok\r\n");
        QVERIFY(play.startedTls);
        QVERIFY(!play.client.isOver());
        play.client.encrypted();
        QCOMPARE(play.client.takeEffects().send, "EHLO [127.0.0.1]\r\n");
        QCOMPARE(play.says("250 relay\r\n"), "MAIL FROM:<alice@example.org>\r\n");
    }

    void strippedStartTlsEndsTheDialogue()
    {
        Server secure = server();
        secure.tls = net::TlsMode::StartTls;
        Play play{submission(), secure};
        play.says("220 relay\r\n");
        play.says(kPlainEhlo);
        QCOMPARE(play.code(), ErrorCode::TlsUnavailable);
    }

    void refusedStartTlsEndsTheDialogue()
    {
        Server secure = server();
        secure.tls = net::TlsMode::StartTlsIfOffered;
        Play play{submission(), secure};
        play.says("220 relay\r\n");
        play.says("250-relay\r\n250 STARTTLS\r\n");
        play.says("454 4.7.0 not now\r\n");
        QCOMPARE(play.code(), ErrorCode::TlsUnavailable);
    }

    void plainLoginIsMaskedInTheLog()
    {
        Server known = server();
        known.user = u"alice@example.org"_s;
        known.password = base::Secret{"geheim123"};
        Play play{submission(), known};
        play.says("220 relay\r\n");
        const QByteArray expected = "AUTH PLAIN " + QByteArray("\0alice@example.org\0geheim123", 28).toBase64() + "\r\n";
        QCOMPARE(play.says("250-relay\r\n250 AUTH PLAIN LOGIN\r\n"), expected);
        QCOMPARE(play.says("235 ok\r\n"), "MAIL FROM:<alice@example.org>\r\n");
        QVERIFY(play.log.contains("AUTH PLAIN ***"));
        QVERIFY(!play.log.contains("geheim123"));
        QVERIFY(!play.log.contains(QByteArray("\0alice@example.org\0geheim123", 28).toBase64()));
    }

    void plainLoginIsNotShownToTheNetwork()
    {
        Server far = server();
        far.host = u"mail.example.org"_s;
        far.user = u"alice"_s;
        far.password = base::Secret{"geheim"};
        for (const char *offered : {"PLAIN", "LOGIN"}) {
            Play play{submission(), far};
            play.says("220 relay\r\n");
            play.says(QByteArray{"250-relay\r\n250 AUTH "} + offered + "\r\n");
            QCOMPARE(play.code(), ErrorCode::AuthenticationUnavailable);
        }
    }

    /// Nothing could be sent by the mail server of many a firm.
    void aServerThatKnowsLoginOnlyIsServed()
    {
        Server known = server();
        known.user = u"alice@example.org"_s;
        known.password = base::Secret{"geheim123"};
        Play play{submission(), known};
        play.says("220 mail\r\n");
        QCOMPARE(play.says("250-mail\r\n250 AUTH GSSAPI NTLM LOGIN\r\n"), "AUTH LOGIN\r\n");
        QCOMPARE(play.says("334 VXNlcm5hbWU6\r\n"), QByteArray{"alice@example.org"}.toBase64() + "\r\n");
        QCOMPARE(play.says("334 UGFzc3dvcmQ6\r\n"), QByteArray{"geheim123"}.toBase64() + "\r\n");
        QCOMPARE(play.says("235 ok\r\n"), "MAIL FROM:<alice@example.org>\r\n");
        QVERIFY(!play.log.contains(QByteArray{"geheim123"}.toBase64()));
        Play endless{submission(), known};
        endless.says("220 mail\r\n250-mail\r\n250 AUTH LOGIN\r\n334 a\r\n334 b\r\n334 c\r\n");
        QCOMPARE(endless.code(), ErrorCode::ProtocolViolation);
    }

    void scramProvesBothSides()
    {
        Server known = server();
        known.user = u"alice"_s;
        known.password = base::Secret{"pencil"};
        Play play{submission(), known};
        net::ScramServer scram;
        const auto verifier = net::makeScramVerifier(known.password, 4096);
        QVERIFY(verifier);
        play.says("220 relay\r\n");
        const QByteArray first = play.says("250-relay\r\n250 AUTH PLAIN SCRAM-SHA-256\r\n");
        QVERIFY(first.startsWith("AUTH SCRAM-SHA-256 "));
        QVERIFY(scram.takeClientFirst(QByteArray::fromBase64(first.trimmed().mid(19))));
        const QByteArray final = play.says("334 " + scram.serverFirst(*verifier).toBase64() + "\r\n");
        const auto last = scram.takeClientFinal(QByteArray::fromBase64(final.trimmed()));
        QVERIFY(last);
        QCOMPARE(play.says("334 " + last->toBase64() + "\r\n"), "\r\n");
        QCOMPARE(play.says("235 ok\r\n"), "MAIL FROM:<alice@example.org>\r\n");
    }

    void serverThatCannotProveThePasswordIsNotBelieved()
    {
        Server known = server();
        known.user = u"alice"_s;
        known.password = base::Secret{"pencil"};
        Play play{submission(), known};
        play.says("220 relay\r\n");
        play.says("250-relay\r\n250 AUTH SCRAM-SHA-256\r\n");
        play.says("235 welcome, whoever you are\r\n");
        QCOMPARE(play.code(), ErrorCode::AuthenticationFailed);
    }

    void wrongPasswordIsSaid()
    {
        Server known = server();
        known.user = u"alice"_s;
        known.password = base::Secret{"wrong"};
        Play play{submission(), known};
        play.says("220 relay\r\n");
        play.says("250-relay\r\n250 AUTH PLAIN\r\n");
        play.says("535 5.7.8 no\r\n");
        QCOMPARE(play.code(), ErrorCode::AuthenticationFailed);
    }

    void internationalMailNeedsAServerThatTakesIt_data()
    {
        QTest::addColumn<QString>("recipient");
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("ehlo");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray ascii = "Subject: x\r\n\r\nx\r\n";
        QTest::newRow("local part, offered") << u"jörg@example.org"_s << ascii << QByteArray("250-r\r\n250 SMTPUTF8\r\n") << QByteArray("MAIL FROM:<alice@example.org> SMTPUTF8\r\n");
        QTest::newRow("local part, not offered") << u"jörg@example.org"_s << ascii << QByteArray("250 r\r\n") << QByteArray();
        QTest::newRow("domain only") << u"joerg@bücher.example"_s << ascii << QByteArray("250 r\r\n") << QByteArray("MAIL FROM:<alice@example.org>\r\n");
        QTest::newRow("8-bit body, offered") << u"bob@example.org"_s << QByteArray("Subject: x\r\n\r\n\xc3\xa4\r\n") << QByteArray("250-r\r\n250 8BITMIME\r\n") << QByteArray("MAIL FROM:<alice@example.org> BODY=8BITMIME\r\n");
        QTest::newRow("8-bit body, not offered") << u"bob@example.org"_s << QByteArray("Subject: x\r\n\r\n\xc3\xa4\r\n") << QByteArray("250 r\r\n") << QByteArray();
    }
    void internationalMailNeedsAServerThatTakesIt()
    {
        QFETCH(QString, recipient);
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, ehlo);
        QFETCH(QByteArray, expected);
        Play play{{u"alice@example.org"_s, {recipient}, octets}};
        play.says("220 r\r\n");
        const QByteArray sent = play.says(ehlo);
        if (expected.isEmpty())
            QCOMPARE(play.code(), ErrorCode::Unsupported);
        else
            QCOMPARE(sent, expected);
    }

    void addressesCannotSmuggleCommands()
    {
        Play play{{u"alice@example.org>\r\nRCPT TO:<eve@example.org"_s, {u"bob@example.org"_s}, "x\r\n"}};
        play.says("220 r\r\n");
        play.says("250 r\r\n");
        QCOMPARE(play.code(), ErrorCode::InvalidArgument);
    }

    void whatMustNotBeSentIsRefusedBeforehand_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("bare LF") << QByteArray("Subject: x\n\ny\n");
        QTest::newRow("smuggled end") << QByteArray("Subject: x\r\n\r\ny\n.\r\nMAIL FROM:<>\r\n");
        QTest::newRow("bare CR") << QByteArray("Subject: x\r\n\r\ny\rz\r\n");
    }
    void whatMustNotBeSentIsRefusedBeforehand()
    {
        QFETCH(QByteArray, octets);
        Submission bad = submission();
        bad.octets = octets;
        QCOMPARE(SmtpClient::check(bad).error().code, ErrorCode::InvalidArgument);
    }

    void lostConnectionBeforeTheLastReplyIsAFault()
    {
        Play play;
        play.says("220 r\r\n250 r\r\n250 ok\r\n250 ok\r\n354 go\r\n");
        play.client.fail({ErrorCode::ConnectionLost, {}, {}, {}});
        QCOMPARE(play.code(), ErrorCode::ConnectionLost);
        play.says("250 too late\r\n");
        QCOMPARE(play.code(), ErrorCode::ConnectionLost);
    }
};

QTEST_GUILESS_MAIN(TestSmtpClient)
#include "tst_SmtpClient.moc"
