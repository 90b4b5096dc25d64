// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Endpoint.h"
#include "net/Pop3Grammar.h"
#include "net/SmtpDsn.h"
#include "net/SmtpGrammar.h"
#include "net/TlsPolicy.h"
#include "support/ErrorNames.h"

#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCode;

class TestGrammar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandsAreCutAtTheVerb()
    {
        QCOMPARE(net::parseSmtpCommand("mail FROM:<a@b>").verb, net::SmtpVerb::Mail);
        QCOMPARE(net::parseSmtpCommand("StartTLS").verb, net::SmtpVerb::StartTls);
        QCOMPARE(net::parseSmtpCommand("MAILX").verb, net::SmtpVerb::Unknown);
        QCOMPARE(net::parsePop3Command("pass two words ").argument, QByteArrayView("two words "));
        QCOMPARE(net::parsePop3Command("RETR 1  ").argument, QByteArrayView("1"));
        QVERIFY(net::parsePop3Command("STAT ").argument.isEmpty());
    }

    void mailArguments_data()
    {
        QTest::addColumn<QByteArray>("argument");
        QTest::addColumn<QByteArray>("mailbox");
        QTest::addColumn<int>("error");
        const auto ok = -1;
        const auto address = int(ErrorCode::AddressInvalid);
        const auto syntax = int(ErrorCode::InvalidArgument);
        QTest::newRow("plain") << QByteArray("FROM:<a@b.org>") << QByteArray("a@b.org") << ok;
        QTest::newRow("null") << QByteArray("FROM:<>") << QByteArray("") << ok;
        QTest::newRow("lower case and blank") << QByteArray("from: <a@b>") << QByteArray("a@b") << ok;
        QTest::newRow("route") << QByteArray("FROM:<@x,@y:a@b>") << QByteArray("a@b") << ok;
        QTest::newRow("quoted with brackets") << QByteArray("FROM:<\"a>b\"@c>") << QByteArray("\"a>b\"@c") << ok;
        QTest::newRow("literal") << QByteArray("FROM:<a@[127.0.0.1]>") << QByteArray("a@[127.0.0.1]") << ok;
        QTest::newRow("IPv6 literal") << QByteArray("FROM:<a@[IPv6:::1]>") << QByteArray("a@[IPv6:::1]") << ok;
        QTest::newRow("UTF-8") << QByteArray("FROM:<j\xc3\xb6rg@b\xc3\xbcro.de>") << QByteArray("j\xc3\xb6rg@b\xc3\xbcro.de") << ok;
        QTest::newRow("route to nobody") << QByteArray("FROM:<@x:>") << QByteArray() << address;
        QTest::newRow("route without a host") << QByteArray("FROM:<@:a@b>") << QByteArray() << address;
        QTest::newRow("route with a stray comma") << QByteArray("FROM:<@x,:a@b>") << QByteArray() << address;
        QTest::newRow("route of a name") << QByteArray("FROM:<@x,y:a@b>") << QByteArray() << address;
        QTest::newRow("IPv6 literal without tag") << QByteArray("FROM:<a@[::1]>") << QByteArray() << address;
        QTest::newRow("IPv4 in an IPv6 literal") << QByteArray("FROM:<a@[IPv6:127.0.0.1]>") << QByteArray() << address;
        QTest::newRow("literal of a number") << QByteArray("FROM:<a@[1]>") << QByteArray() << address;
        QTest::newRow("no brackets") << QByteArray("FROM:a@b") << QByteArray() << address;
        QTest::newRow("no domain") << QByteArray("FROM:<a>") << QByteArray() << address;
        QTest::newRow("dot at the end") << QByteArray("FROM:<a.@b>") << QByteArray() << address;
        QTest::newRow("two dots") << QByteArray("FROM:<a..b@c>") << QByteArray() << address;
        QTest::newRow("blank inside") << QByteArray("FROM:<a b@c>") << QByteArray() << address;
        QTest::newRow("hyphen") << QByteArray("FROM:<a@-b>") << QByteArray() << address;
        QTest::newRow("long local part") << QByteArray("FROM:<" + QByteArray(65, 'a') + "@b>") << QByteArray() << address;
        QTest::newRow("long domain") << QByteArray("FROM:<a@" + QByteArray(70, 'b').replace(9, 1, ".") + QByteArray(200, 'c') + ">") << QByteArray() << address;
        QTest::newRow("bad UTF-8") << QByteArray("FROM:<\xff@b>") << QByteArray() << address;
        QTest::newRow("not FROM") << QByteArray("TO:<a@b>") << QByteArray() << syntax;
        QTest::newRow("no blank before parameter") << QByteArray("FROM:<a@b>SIZE=1") << QByteArray() << syntax;
        QTest::newRow("nameless parameter") << QByteArray("FROM:<a@b> =1") << QByteArray() << syntax;
    }

    void mailArguments()
    {
        QFETCH(QByteArray, argument);
        QFETCH(QByteArray, mailbox);
        QFETCH(int, error);
        const base::Result<net::SmtpPath> path = net::parseMailArgument(argument);
        QCOMPARE(path ? -1 : int(path.error().code), error);
        if (path)
            QCOMPARE(path->mailbox, mailbox);
    }

    void parametersAreRead()
    {
        const base::Result<net::SmtpPath> path = net::parseMailArgument("FROM:<a@b> size=12 BODY=8BITMIME  SMTPUTF8");
        QVERIFY(path);
        QCOMPARE(path->find("SIZE")->value, std::optional{QByteArray("12")});
        QVERIFY(!path->find("SMTPUTF8")->value);
        QVERIFY(!path->find("AUTH"));
    }

    void onlyPostmasterNeedsNoDomain()
    {
        QVERIFY(net::parseRcptArgument("TO:<PostMaster>"));
        QVERIFY(!net::parseRcptArgument("TO:<root>"));
        QVERIFY(!net::parseRcptArgument("TO:<>"));
    }

    void repliesOfManyLinesArePutTogether()
    {
        net::SmtpReplyReader reader;
        QVERIFY(!reader.take("250-mail.example.org"));
        QVERIFY(!reader.take("250-SIZE 1000"));
        QVERIFY(!reader.take("250-auth PLAIN SCRAM-SHA-256"));
        const auto reply = reader.take("250 starttls");
        QVERIFY(reply && *reply);
        const net::SmtpCapabilities offered = net::parseEhloReply(**reply);
        QVERIFY(offered.hasStartTls && !offered.hasPipelining);
        QCOMPARE(offered.sizeLimitOctets, std::optional<qint64>{1000});
        QCOMPARE(offered.authMechanisms, (QList<QByteArray>{"PLAIN", "SCRAM-SHA-256"}));
    }

    void enhancedCodesAreFound()
    {
        net::SmtpReplyReader reader;
        const auto reply = reader.take("550 5.1.1 unknown");
        QCOMPARE((*reply)->enhancedCode, QByteArray("5.1.1"));
        QCOMPARE((*reply)->lastLine(), QByteArray("550 5.1.1 unknown"));
    }

    void repliesAreToldInOneLine_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("one") << QByteArrayList{"550 5.1.1 unknown"} << QByteArray("550 5.1.1 unknown");
        QTest::newRow("without enhanced code") << QByteArrayList{"550-Not", "550 here"} << QByteArray("550 Not here");
        QTest::newRow("code on every line") << QByteArrayList{"550-5.1.1 There is", "550-5.1.1", "550 5.1.1 nobody"} << QByteArray("550 5.1.1 There is nobody");
        QTest::newRow("code on the last line") << QByteArrayList{"550-There is", "550 5.1.1 nobody"} << QByteArray("550 5.1.1 There is nobody");
        QTest::newRow("no text") << QByteArrayList{"550"} << QByteArray("550");
        QTest::newRow("endless") << QByteArrayList{"550-" + QByteArray(2000, 'x'), "550 y"} << QByteArray("550 " + QByteArray(896, 'x'));
    }

    void repliesAreToldInOneLine()
    {
        QFETCH(QByteArrayList, lines);
        QFETCH(QByteArray, told);
        net::SmtpReplyReader reader;
        std::optional<base::Result<net::SmtpReply>> reply;
        for (const QByteArray &line : lines)
            reply = reader.take(line);
        QVERIFY(reply && *reply);
        QCOMPARE((*reply)->inOneLine(), told);
    }

    void whatIsNoReplyIsAViolation_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::newRow("text") << QByteArrayList{"hello there"};
        QTest::newRow("code out of range") << QByteArrayList{"199 x"};
        QTest::newRow("no separator") << QByteArrayList{"250x"};
        QTest::newRow("codes differ") << QByteArrayList{"250-a", "550 b"};
        QTest::newRow("endless") << QByteArrayList(101, "250-a");
    }

    void whatIsNoReplyIsAViolation()
    {
        QFETCH(QByteArrayList, lines);
        net::SmtpReplyReader reader;
        std::optional<base::Result<net::SmtpReply>> last;
        for (const QByteArray &line : lines)
            last = reader.take(line);
        QVERIFY(last && !*last);
        QCOMPARE(last->error().code, ErrorCode::ProtocolViolation);
    }

    void commandsCannotBeInjectedThroughAnAddress()
    {
        QVERIFY(!net::smtpRcptCommand("a@b>\r\nDATA\r\n<c@d"));
        QVERIFY(!net::smtpMailCommand("a\nb@c", {}));
        const auto mail = net::smtpMailCommand("a@b", {10, true, true});
        QCOMPARE(*mail, QByteArray("MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME SMTPUTF8"));
        QCOMPARE(*net::smtpMailCommand("", {}), QByteArray("MAIL FROM:<>"));
        QCOMPARE(*net::smtpMailCommand("a@b", {{}, false, false, "HDRS", "QQ+2B1"}), QByteArray("MAIL FROM:<a@b> RET=HDRS ENVID=QQ+2B1"));
        QCOMPARE(*net::smtpRcptCommand("a@b", {"SUCCESS", "rfc822;x@y"}), QByteArray("RCPT TO:<a@b> NOTIFY=SUCCESS ORCPT=rfc822;x@y"));
    }

    void xtextIsDecoded()
    {
        QCOMPARE(*net::decodeXtext("a+2Bb+3Dc+20d+FF"), QByteArray("a+b=c d\xff"));
        QVERIFY(!net::decodeXtext("a+4"));
        QVERIFY(!net::decodeXtext("a=b"));
        for (const QByteArray wrong : {"a+", "a+4g", "a+2b", "a+ 4", "a+-4", "a b", "a\x7f", "a\xc3\xa4"})
            QVERIFY2(!net::decodeXtext(wrong), wrong.constData());
    }

    void notifyIsReadIntoOneForm_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("form"); ///< Empty: refused.
        QTest::newRow("never") << QByteArray("never") << QByteArray("NEVER");
        QTest::newRow("one") << QByteArray("Delay") << QByteArray("DELAY");
        QTest::newRow("all, in another order") << QByteArray("DELAY,FAILURE,SUCCESS") << QByteArray("SUCCESS,FAILURE,DELAY");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("");
        QTest::newRow("never with others") << QByteArray("NEVER,SUCCESS") << QByteArray("");
        QTest::newRow("twice") << QByteArray("SUCCESS,SUCCESS") << QByteArray("");
        QTest::newRow("unknown") << QByteArray("SOMETIMES") << QByteArray("");
        QTest::newRow("comma at the end") << QByteArray("SUCCESS,") << QByteArray("");
        QTest::newRow("blank") << QByteArray("SUCCESS, DELAY") << QByteArray("");
    }
    void notifyIsReadIntoOneForm()
    {
        QFETCH(QByteArray, value);
        const base::Result<QByteArray> form = net::parseDsnNotify(value);
        QTEST(form ? *form : QByteArray(""), "form");
    }

    void whoSaysNothingHearsOfFailuresAndDelays()
    {
        using net::DsnEvent;
        QVERIFY(net::wantsDsn("", DsnEvent::Failure) && net::wantsDsn("", DsnEvent::Delay) && !net::wantsDsn("", DsnEvent::Success));
        for (const DsnEvent event : {DsnEvent::Success, DsnEvent::Failure, DsnEvent::Delay})
            QVERIFY(!net::wantsDsn("NEVER", event));
        QVERIFY(net::wantsDsn("SUCCESS,DELAY", DsnEvent::Delay) && !net::wantsDsn("SUCCESS,DELAY", DsnEvent::Failure));
    }

    void dsnValuesCannotBreakOutOfTheirField_data()
    {
        QTest::addColumn<QByteArray>("envelopeId");
        QTest::addColumn<QByteArray>("original");
        QTest::newRow("line end") << QByteArray("a+0D+0ABcc:+20x") << QByteArray("rfc822;a+0D+0ABcc:+20x@y");
        QTest::newRow("NUL") << QByteArray("a+00") << QByteArray("rfc822;a+00@y");
        QTest::newRow("beyond ASCII") << QByteArray("a+FF") << QByteArray("rfc822;a+FF@y");
        QTest::newRow("raw 8-bit") << QByteArray("a\xc3\xa4") << QByteArray("rfc822;\xc3\xa4@y");
        QTest::newRow("empty") << QByteArray("") << QByteArray("rfc822;");
        QTest::newRow("too long") << QByteArray(101, 'a') << "rfc822;" + QByteArray(500, 'a');
        QTest::newRow("no type") << QByteArray("a=b") << QByteArray("bob@y");
        QTest::newRow("type is no atom") << QByteArray("a+") << QByteArray("rfc 822;bob@y");
        QTest::newRow("control in unicode") << QByteArray("a+1") << QByteArray("utf-8;a\\x{0A}@y");
        QTest::newRow("surrogate in unicode") << QByteArray("a+zz") << QByteArray("utf-8;a\\x{D800}@y");
        QTest::newRow("open brace") << QByteArray("a+0d") << QByteArray("utf-8;a\\x{F6@y");
    }
    void dsnValuesCannotBreakOutOfTheirField()
    {
        QFETCH(QByteArray, envelopeId);
        QFETCH(QByteArray, original);
        QVERIFY(!net::parseDsnEnvelopeId(envelopeId));
        QVERIFY(!net::parseDsnOriginalRecipient(original, net::DsnCharset::Ascii));
    }

    void originalRecipientsAreShownDecoded()
    {
        const QByteArray ascii = *net::parseDsnOriginalRecipient("rfc822;Bob+2Bx@example.org", net::DsnCharset::Ascii);
        QCOMPARE(ascii, "rfc822;Bob+2Bx@example.org"_ba);
        QCOMPARE(net::originalRecipientField(ascii), "rfc822;Bob+x@example.org"_ba);
        const QByteArray escaped = *net::parseDsnOriginalRecipient("utf-8;j\\x{F6}rg@example.org", net::DsnCharset::Ascii);
        QCOMPARE(net::originalRecipientField(escaped), "utf-8;j\xc3\xb6rg@example.org"_ba);
        QVERIFY(net::parseDsnOriginalRecipient("utf-8;j\xc3\xb6rg@example.org", net::DsnCharset::Utf8));
        QVERIFY(!net::parseDsnOriginalRecipient("utf-8;j\xc3\xb6rg@example.org", net::DsnCharset::Ascii));
    }

    void pop3LinesAreRead()
    {
        QCOMPARE(net::parsePop3Status("-ERR [IN-USE] busy")->responseCode, QByteArray("IN-USE"));
        QVERIFY(net::parsePop3Status("+OK")->isOk);
        QVERIFY(!net::parsePop3Status("OK"));
        QCOMPARE(net::parseListLine("3 120")->sizeOctets, 120);
        QVERIFY(!net::parseListLine("0 120"));
        QVERIFY(!net::parseListLine("1 -5"));
        QCOMPARE(net::parseUidlLine("1 abc")->uid, QByteArray("abc"));
        // qmail-pop3d's are names of files, longer than the 70 octets of RFC 1939; others pad their columns.
        QCOMPARE(net::parseUidlLine("1 " + QByteArray(255, 'x'))->uid.size(), 255);
        QVERIFY(!net::parseUidlLine("1 " + QByteArray(256, 'x')));
        QCOMPARE(net::parseUidlLine("1  abc ")->uid, QByteArray("abc"));
        QVERIFY(!net::parseUidlLine("1 a c"));
        QVERIFY(!net::parseUidlLine("1  "));
        QCOMPARE(net::parseListLine("3   120 ")->sizeOctets, 120);
        QVERIFY(!net::parsePop3Number("9999999999"));
        QCOMPARE(net::parsePop3Challenge("+ abc"), std::optional{QByteArray("abc")});
        const net::Pop3Capabilities offered = net::parseCapaLines({"TOP", "sasl PLAIN SCRAM-SHA-256", "STLS"});
        QVERIFY(offered.hasStls && !offered.hasUtf8);
        QCOMPARE(offered.saslMechanisms.size(), 2);
    }

    /// Otherwise nobody with a line of IPv6 would ever meet a limit on wrong passwords.
    void aNetworkOfIpv6CountsAsOnePeer()
    {
        const auto counted = [](const char *address) { return net::countedAs(QHostAddress{QLatin1StringView{address}}); };
        QCOMPARE(counted("2001:db8:1:2::7"), counted("2001:db8:1:2:ffff:1:2:3"));
        QVERIFY(counted("2001:db8:1:2::7") != counted("2001:db8:1:3::7"));
        QVERIFY(counted("192.0.2.1") != counted("192.0.2.2"));
        QCOMPARE(counted("::ffff:192.0.2.1"), counted("192.0.2.1"));
    }

    void endpoints_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("IPv4") << u"127.0.0.1:25"_s << u"127.0.0.1"_s << 25;
        QTest::newRow("IPv6") << u"[::1]:0"_s << u"::1"_s << 0;
        QTest::newRow("port alone") << u":1025"_s << u"127.0.0.1"_s << 1025;
        QTest::newRow("name") << u"localhost:1025"_s << u"localhost"_s << 1025;
        QTest::newRow("no port") << u"127.0.0.1"_s << QString() << -1;
        QTest::newRow("port too large") << u"127.0.0.1:65536"_s << QString() << -1;
        QTest::newRow("not a port") << u"127.0.0.1:smtp"_s << QString() << -1;
        QTest::newRow("IPv6 without brackets") << u"::1:25"_s << QString() << -1;
        QTest::newRow("brackets around IPv4") << u"[127.0.0.1]:25"_s << QString() << -1;
        QTest::newRow("empty") << QString() << QString() << -1;
    }

    void endpoints()
    {
        QFETCH(QString, text);
        const base::Result<net::Endpoint> endpoint = net::parseEndpoint(text);
        QTEST(endpoint ? int(endpoint->port) : -1, "port");
        if (endpoint)
            QTEST(endpoint->host, "host");
        else
            QCOMPARE(endpoint.error().code, ErrorCode::ConfigurationInvalid);
    }

    void theClearIsForLoopbackOnly()
    {
        QVERIFY(net::checkTlsMode(net::TlsMode::None, u"127.0.0.1"_s));
        QVERIFY(net::checkTlsMode(net::TlsMode::None, u"::1"_s));
        QVERIFY(!net::checkTlsMode(net::TlsMode::None, u"mail.example.org"_s));
        QVERIFY(!net::checkTlsMode(net::TlsMode::StartTlsIfOffered, u"192.0.2.1"_s));
        QVERIFY(net::checkTlsMode(net::TlsMode::StartTls, u"mail.example.org"_s));
    }

    void rubbishIsNoTlsCertificate()
    {
        QCOMPARE(net::serverTls("rubbish", "rubbish").error().code, ErrorCode::NotACertificate);
        QCOMPARE((net::ServerTls{"rubbish", base::Secret{"rubbish"}}.configuration().error().code), ErrorCode::NotACertificate);
        QCOMPARE(net::clientTls({QByteArray("rubbish")}, net::SystemAnchors::DoNotUse).error().code, ErrorCode::NotACertificate);
    }
};

QTEST_GUILESS_MAIN(TestGrammar)
#include "tst_Grammar.moc"
