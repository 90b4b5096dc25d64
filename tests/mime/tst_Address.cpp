// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Address.h"
#include "mime/Domain.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QTest>

using namespace mime;
using namespace Qt::StringLiterals;

namespace {

QString listed(const QList<Address> &addresses)
{
    QStringList texts;
    for (const Address &address : addresses)
        texts.append(address.name + u'|' + address.mailbox);
    return texts.join(u"; "_s);
}

} // namespace

class TestAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAreRead_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &raw, const QString &expected) { QTest::newRow(name) << raw << expected; };
        row("two", "Alice <alice@example.org>, bob@example.org", u"Alice|alice@example.org; |bob@example.org"_s);
        row("quoted name", "\"Doe, John \\\"JD\\\"\" <j@example.org>", u"Doe, John \"JD\"|j@example.org"_s);
        row("comment as name", "bob@example.org (Bob B.)", u"Bob B.|bob@example.org"_s);
        row("comments everywhere", "(a) Al (b) <(c) al(d)@(e) example.org(f)> (g)", u"Al|al@example.org"_s);
        row("group", "Friends: a@x.org, B <b@x.org>;, c@x.org", u"|a@x.org; B|b@x.org; |c@x.org"_s);
        row("empty group", "undisclosed-recipients:;", QString());
        row("route", "<@a.org,@b.org:j@x.org>", u"|j@x.org"_s);
        row("encoded name", "=?utf-8?Q?J=C3=BCrgen?= <j@x.org>", u"Jürgen|j@x.org"_s);
        row("comma inside an encoded word", "=?utf-8?Q?Doe=2C_eve=40evil.org?= <j@x.org>", u"Doe, eve@evil.org|j@x.org"_s);
        row("comma, not encoded in one", "=?utf-8?Q?Doe,_J=C3=BCrgen_(x)?= <j@x.org>, k@x.org", u"Doe, Jürgen (x)|j@x.org; |k@x.org"_s);
        row("utf-8", "J\xC3\xBCrgen <j\xC3\xBCrgen@x.org>", u"Jürgen|jürgen@x.org"_s);
        row("blanks round dots", "a . b @ x . org", u"|a.b@x.org"_s);
        row("quoted local part", "\"a b\"@x.org", u"|\"a b\"@x.org"_s);
        row("needless quotes", "\"ab\"@x.org", u"|ab@x.org"_s);
        row("literal", "a@[192.0.2.1]", u"|a@[192.0.2.1]"_s);
        row("semicolons", "a@x.org; b@x.org", u"|a@x.org; |b@x.org"_s);
        row("folded", "a@x.org,\r\n b@x.org", u"|a@x.org; |b@x.org"_s);
        row("unquoted dots and commas in names", "John Q. Public <j@x.org>, Foo, Inc. <f@x.org>, alice, b@x.org, bob, <c@x.org>",
            u"John Q. Public|j@x.org; Foo, Inc.|f@x.org; |b@x.org; bob|c@x.org"_s);
        row("word before a bare address", "Alice alice@x.org", u"Alice|alice@x.org"_s);
        row("no address", "alice, <bob>, @x.org, a@", QString());
        // Tricks: the address in the name never counts, and a second address is never hidden.
        row("address as name", "alice@example.org <mallory@evil.org>", u"alice@example.org|mallory@evil.org"_s);
        row("address as quoted name", "\"alice@example.org\" <mallory@evil.org>", u"alice@example.org|mallory@evil.org"_s);
        row("two angle addresses", "<alice@example.org> <mallory@evil.org>", u"|alice@example.org; |mallory@evil.org"_s);
        row("comma in angles", "<alice@example.org, mallory@evil.org>", u"|alice@example.org; |mallory@evil.org"_s);
        row("two at signs", "alice@example.org@evil.org", QString());
        row("two at signs, one quoted", "alice@\"example.org@evil.org\", <c@\"ad@", QString());
        row("NUL", QByteArray("alice@example.org\0.evil.org", 27), u"|alice@example.org.evil.org"_s);
        row("open comment", "mallory@evil.org (<alice@example.org>", u"<alice@example.org>|mallory@evil.org"_s);
        row("open quote", "\"alice@example.org <mallory@evil.org>", QString());
        row("open angle", "Alice <alice@example.org", u"Alice|alice@example.org"_s);
        row("encoded address does not count", "=?utf-8?Q?alice=40example.org?=", QString());
        row("direction override in the name", "\xE2\x80\xAE" "Alice <a@x.org>", u"Alice|a@x.org"_s);
    }

    void listsAreRead()
    {
        QFETCH(QByteArray, raw);
        QTEST(listed(parseAddresses(raw)), "expected");
    }

    void listsRoundTrip()
    {
        const QList<Address> addresses{{u"Doe, \"John\" \\"_s, u"j@x.org"_s}, {u"Jürgen Ä."_s, u"ju@x.org"_s}, {QString(), u"\"a b\"@x.org"_s},
                                       {u"=?utf-8?q?x?="_s, u"q@x.org"_s}, {u"会议记录"_s.repeated(30), u"k@x.org"_s}};
        const QByteArray text = formatAddresses(addresses);
        QCOMPARE(parseAddresses(text), addresses);
        for (const char c : text)
            QVERIFY(c > 0);
    }

    void internationalDomainsAreSentAsAscii()
    {
        QCOMPARE(formatAddresses({{QString(), u"a@bücher.example"_s}}), "a@xn--bcher-kva.example");
        QCOMPARE(formatAddresses({{QString(), u"ü@bücher.example"_s}}), u"ü@bücher.example"_s.toUtf8());
    }

    void sameMailboxes()
    {
        QVERIFY(isSameMailbox(u"Alice@Example.ORG"_s, u"alice@example.org"_s));
        QVERIFY(isSameMailbox(u"a@bücher.example"_s, u"a@XN--BCHER-KVA.example"_s));
        QVERIFY(!isSameMailbox(u"alice@example.org"_s, u"alice@example.org.evil.org"_s));
        QVERIFY(!isSameMailbox(u"alice@example.org"_s, u"alice@exаmple.org"_s)); // a Cyrillic а
        QVERIFY(!isSameMailbox(u"Ü@x.org"_s, u"ü@x.org"_s));
        QVERIFY(!isSameMailbox(u"kim@example.org"_s, u"kım@example.org"_s)); // a dotless ı
        QVERIFY(!isSameMailbox(QString(), QString()));
        QVERIFY(!isSameMailbox(u"bob"_s, u"bob"_s));
        QVERIFY(!isSameMailbox(u"@x.org"_s, u"@x.org"_s));
        QVERIFY(isSameMailbox(u"a@[IPv6:2001:DB8::1]"_s, u"A@[ipv6:2001:db8::1]"_s));
    }

    void mailboxesAreFoundAmongMany()
    {
        QElapsedTimer timer;
        timer.start();
        QList<Address> many;
        for (int i = 0; i < 50'000; ++i)
            many.append({QString(), u"a%1@x.org"_s.arg(i)});
        const MailboxSet set(many);
        for (const Address &address : std::as_const(many))
            QVERIFY(set.contains(address.mailbox.toUpper()));
        QVERIFY(timer.elapsed() < 5000 * support::patience());
        QVERIFY(!set.contains(u"a1@x.org.evil.org"_s));
        QVERIFY(!set.contains(QString()));
        QVERIFY(!MailboxSet(QStringList{u"no mailbox"_s, u"@x.org"_s}).contains(u"@x.org"_s));
    }

    void mailboxesAreValid_data()
    {
        QTest::addColumn<QString>("mailbox");
        QTest::addColumn<bool>("valid");
        const auto row = [](const QString &mailbox, bool valid) { QTest::addRow("%s", qPrintable(mailbox.left(40).simplified())) << mailbox << valid; };
        row(u"alice@example.org"_s, true);
        row(u"a+b.c@localhost"_s, true);
        row(u"\"a b\"@example.org"_s, true);
        row(u"jürgen@bücher.example"_s, true);
        row(u"a@[192.0.2.1]"_s, true);
        row(u"a@[IPv6:::1]"_s, true);
        row(u"alice"_s, false);
        row(u"@example.org"_s, false);
        row(u"a..b@example.org"_s, false);
        row(u"a@b@example.org"_s, false);
        row(u"a b@example.org"_s, false);
        row(u"a@exam ple.org"_s, false);
        row(u"a@-x.org"_s, false);
        row(u"a@x..org"_s, false);
        row(u"a\r\nb@x.org"_s, false);
        row(u"a@x.org\r\nBcc: b@x.org"_s, false);
        row(u"<a@x.org>"_s, false);
        row(u"x"_s.repeated(65) + u"@example.org"_s, false);
        row(u"a@"_s + u"x"_s.repeated(64) + u".org"_s, false);
        row(u"a@"_s + u"xx."_s.repeated(100) + u"org"_s, false);
    }

    void mailboxesAreValid()
    {
        QFETCH(QString, mailbox);
        QTEST(isValidMailbox(mailbox), "valid");
    }

    void domainsAreShownHonestly_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("shown");
        QTest::newRow("ascii") << u"Example.ORG"_s << u"example.org"_s;
        QTest::newRow("german") << u"xn--bcher-kva.example"_s << u"bücher.example"_s;
        QTest::newRow("russian") << u"пример.рф"_s << u"пример.рф"_s;
        QTest::newRow("chinese") << u"例子.中国"_s << u"例子.中国"_s;
        QTest::newRow("japanese mixture") << u"トヨタ自動車.jp"_s << u"トヨタ自動車.jp"_s;
        QTest::newRow("cyrillic a in latin") << u"exаmple.org"_s << u"xn--exmple-4nf.org"_s;
        QTest::newRow("all cyrillic look-alike") << u"аррӏе.com"_s << u"xn--80ak6aa92e.com"_s;
        QTest::newRow("greek o") << u"gοοgle.com"_s << u"xn--ggle-0nda.com"_s;
        QTest::newRow("dotless i") << u"mıcrosoft.com"_s << toAsciiDomain(u"mıcrosoft.com"_s);
        QTest::newRow("slash look-alike") << u"example.org\u2044x.evil.org"_s << toAsciiDomain(u"example.org\u2044x.evil.org"_s);
    }

    void domainsAreShownHonestly()
    {
        QFETCH(QString, domain);
        QFETCH(QString, shown);
        if (shown.isEmpty()) // no valid name at all: nothing of another script is shown
            QVERIFY(!displayDomain(domain).contains(QChar(0x2044)));
        else
            QCOMPARE(displayDomain(domain), shown);
    }

    void localPartsThatLookLikeOthersAreKnown_data()
    {
        QTest::addColumn<QString>("local");
        QTest::addColumn<bool>("isConfusable");
        const auto row = [](const char *name, const QString &local, bool isOne) { QTest::newRow(name) << local << isOne; };
        row("Cyrillic a", u"\u0430lice"_s, true);
        row("Greek omicron", u"b\u03BFb"_s, true);
        row("zero width", u"ali\u200Bce"_s, true);
        row("joiner in Latin", u"ali\u200Dce"_s, true);
        row("variation selector", u"alice\uFE0F"_s, true);
        row("soft hyphen", u"ali\u00ADce"_s, true);
        row("filler", u"alice\u3164"_s, true);
        row("full width", u"\uFF41lice"_s, true);
        row("mathematical", u"\U0001D41Alice"_s, true);
        row("phonetic", u"\u0251lice"_s, true);
        row("Japanese zero width", u"\u5c71\u200B\u7530"_s, true);
        row("ASCII", u"o'brien+news_1"_s, false);
        row("German", u"j\u00FCrgen.m\u00FC\u00DFig"_s, false);
        row("Turkish", u"y\u0131ld\u0131z"_s, false);
        row("Vietnamese, decomposed", u"nguye\u0302\u0303n"_s, false);
        row("Hausa", u"\u0253ala"_s, false);
        row("Spanish ordinal", u"m\u00AAjos\u00E9"_s, false);
        row("Russian", u"\u0430\u043D\u0442\u043E\u043D"_s, false);
        row("Russian and Latin words", u"\u0430\u043D\u0442\u043E\u043D.work"_s, false);
        row("Greek", u"\u03BD\u03AF\u03BA\u03BF\u03C2"_s, false);
        row("Japanese", u"yamada\u5c71\u7530\u3055\u3093"_s, false);
        row("Hindi", u"\u0915\u094D\u200D\u0937"_s, false);
        row("Persian", u"\u0645\u06CC\u200C\u062E"_s, false);
        row("picture", u"\u2764\uFE0F"_s, false);
    }

    void localPartsThatLookLikeOthersAreKnown()
    {
        QFETCH(QString, local);
        QTEST(isConfusableLocalPart(local), "isConfusable");
    }

    void displayTextHidesNothing()
    {
        QCOMPARE(displayText({u"Alice"_s, u"a@exаmple.org"_s}), u"Alice <a@xn--exmple-4nf.org>"_s);
        QCOMPARE(displayText({QString(), u"a@x.org"_s}), u"a@x.org"_s);
    }

    void namesThatAreAddressesOfOthersStandForNobody()
    {
        QCOMPARE(shortText({u"Alice"_s, u"a@x.org"_s}), u"Alice"_s);
        QCOMPARE(shortText({QString(), u"a@x.org"_s}), u"a@x.org"_s);
        QCOMPARE(shortText({u"\u200B \u3164"_s, u"a@x.org"_s}), u"a@x.org"_s);
        QCOMPARE(shortText({u"李"_s, u"a@x.org"_s}), u"李"_s);
        QCOMPARE(shortText({u"'A@X.org'"_s, u"a@x.org"_s}), u"'A@X.org'"_s);
        for (const QString &name : {u"a@x.org"_s, u"Alice <a@x.org>"_s, u"a\uFF20x.org"_s})
            QCOMPARE(shortText({name, u"m@y.org"_s}), u"m@y.org"_s);
    }

    void editableTextIsReadAsTheSameAddress_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << QString() << u"a@x.org"_s;
        QTest::newRow("words") << u"Alice B."_s << u"Alice B. <a@x.org>"_s;
        QTest::newRow("comma") << u"B, Alice"_s << u"\"B, Alice\" <a@x.org>"_s;
        QTest::newRow("parentheses") << u"Alice (Sales)"_s << u"\"Alice (Sales)\" <a@x.org>"_s;
        QTest::newRow("address") << u"m@y.org"_s << u"\"m@y.org\" <a@x.org>"_s;
        QTest::newRow("another mailbox") << u"Alice <m@y.org>"_s << u"\"Alice <m@y.org>\" <a@x.org>"_s;
        QTest::newRow("end of quotes") << u"Alice\\\" <m@y.org>, \"B"_s << u"\"Alice' <m@y.org>, 'B\" <a@x.org>"_s;
    }
    void editableTextIsReadAsTheSameAddress()
    {
        QFETCH(QString, name);
        const QString text = editableText({name, u"a@x.org"_s});
        QTEST(text, "text");
        const QList<Address> read = parseAddresses(text);
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0].mailbox, u"a@x.org"_s);
        QVERIFY(name.contains(u'"') || read[0].name == name);
    }
};

QTEST_GUILESS_MAIN(TestAddress)
#include "tst_Address.moc"
