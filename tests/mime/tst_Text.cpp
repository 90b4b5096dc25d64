// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Text.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QTest>

using namespace mime;
using namespace Qt::StringLiterals;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineEndsBecomeCanonical_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("mixed") << QByteArray("a\nb\rc\r\nd") << QByteArray("a\r\nb\r\nc\r\nd");
        QTest::newRow("doubled") << QByteArray("\r\r\n\n\n\r") << QByteArray("\r\n\r\n\r\n\r\n\r\n");
        QTest::newRow("at the end") << QByteArray("a\r") << QByteArray("a\r\n");
    }

    void lineEndsBecomeCanonical()
    {
        QFETCH(QByteArray, text);
        const QByteArray canonical = toCanonicalLineEnds(text);
        QTEST(canonical, "canonical");
        QVERIFY(hasCanonicalLineEnds(canonical));
        QCOMPARE(hasCanonicalLineEnds(text), text == canonical);
        QCOMPARE(toCanonicalLineEnds(canonical), canonical);
    }

    void loneReturnsEndNoLine()
    {
        QCOMPARE(withCanonicalLineFeeds("\na\nb\rc\r\nd\r\r\n\r"), QByteArray("\r\na\r\nb\rc\r\nd\r\r\n\r"));
        QVERIFY(hasBareLineFeed("\n") && hasBareLineFeed("a\n") && !hasBareLineFeed("a\r\nb\rc") && !hasBareLineFeed(""));
    }

    void flowedTextIsJoinedWithinItsQuoteDepth()
    {
        QCOMPARE(decodeFlowed(u"a \nb\n"_s, DelSp::No), u"a b\n"_s);
        QCOMPARE(decodeFlowed(u"a \nb\n"_s, DelSp::Yes), u"ab\n"_s);
        QCOMPARE(decodeFlowed(u">> a \n>> b\n> c \nd\n"_s, DelSp::No), u">> a b\n> c \nd\n"_s);
        QCOMPARE(decodeFlowed(u"  stuffed\n From\n"_s, DelSp::No), u" stuffed\nFrom\n"_s);
        QCOMPARE(decodeFlowed(u"a \n-- \nme\n"_s, DelSp::No), u"a \n-- \nme\n"_s);
    }

    void repliesQuoteWithoutTheSignature()
    {
        QCOMPARE(quoted(u"Hi\r\n> old\r\n\r\nbye\r\n-- \r\nme\r\n"_s), u"> Hi\n>> old\n>\n> bye\n"_s);
        QCOMPARE(quoted(u"Hi\n-- \nme"_s, SignatureLines::Keep), u"> Hi\n> -- \n> me\n"_s);
    }

    void everyLineOfAQuotationHasAMark()
    {
        for (const char16_t end : {u'\v', u'\f', char16_t(0x85), char16_t(0x2028), char16_t(0x2029), char16_t(0xFDD0), char16_t(0xFDD1)})
            QCOMPARE(quoted(u"Hi"_s + QChar(end) + u"I will pay."_s), u"> Hi\n> I will pay.\n"_s);
    }

    void subjectsHaveOneMark()
    {
        QCOMPARE(replySubject(u"Minutes"_s), u"Re: Minutes"_s);
        QCOMPARE(replySubject(u"RE: AW:  re[2]: Sv : Minutes"_s), u"Re: Minutes"_s);
        QCOMPARE(replySubject(u"Regards"_s), u"Re: Regards"_s);
        QCOMPARE(forwardSubject(u"WG: Fwd: x"_s), u"Fwd: x"_s);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(replySubject(u"Re: "_s.repeated(100'000) + u"x"_s), u"Re: x"_s);
        QVERIFY(timer.elapsed() < 5000 * support::patience());
    }

    void referencesGrowByTheParent()
    {
        QCOMPARE(replyReferences("<0@x>\r\n <1@x>", {}, "<2@x>"), (QList<QByteArray>{"<0@x>", "<1@x>", "<2@x>"}));
        QCOMPARE(replyReferences({}, "<1@x>", "<2@x>"), (QList<QByteArray>{"<1@x>", "<2@x>"}));
        QCOMPARE(replyReferences({}, "<0@x> <1@x>", "<2@x>"), (QList<QByteArray>{"<2@x>"}));
        QByteArray many;
        for (int i = 0; i < 50; ++i)
            many += " <" + QByteArray::number(i) + "@x>";
        const QList<QByteArray> kept = replyReferences(many, {}, "<m@x>");
        QCOMPARE(kept.size(), 20);
        QCOMPARE(kept.first(), "<0@x>");
        QCOMPARE(kept.last(), "<m@x>");
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_Text.moc"
