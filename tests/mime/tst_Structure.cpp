// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Body.h"
#include "mime/Structure.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QTest>

using namespace mime;
using namespace Qt::StringLiterals;

namespace {

QByteArray shape(const Part &part)
{
    QByteArray text = part.type.value;
    if (part.children.empty())
        return text;
    text += '(';
    for (const Part &child : part.children)
        text += (&child == &part.children.front() ? "" : " ") + shape(child);
    return text + ')';
}

QByteArray multipartHeader(const QByteArray &boundary)
{
    return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
}

} // namespace

class TestStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundariesAreFoundAmongHyphens_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("none") << QByteArray(200, 'a');
        QTest::newRow("single ones") << QByteArray("a-b -c d- ").repeated(40);
        QTest::newRow("lines that begin with one") << QByteArray("- a\r\n-b\r\n").repeated(40);
        QTest::newRow("rulers") << ("a\r\n" + QByteArray(300, '-') + "\r\n").repeated(3);
        QTest::newRow("a ruler directly before") << QByteArray(77, '-');
        QTest::newRow("empty lines") << QByteArray("\r\n").repeated(100);
    }

    void boundariesAreFoundAmongHyphens()
    {
        QFETCH(QByteArray, text);
        for (int more = 0; more < 140; ++more) { // wherever a run of octets ends
            const QByteArray body = text + QByteArray(more, 'x');
            const QByteArray mail = multipartHeader("b") + body + "\r\n--b\r\n\r\n" + body + "\r\n--b\r\n\r\ntwo\r\n--b--\r\n";
            const auto structure = parseStructure(mail);
            QVERIFY(structure.isOk());
            QCOMPARE(structure->root.children.size(), std::size_t(2));
            QCOMPARE(structure->root.children[0].whole.begin, structure->root.body.begin + body.size() + qsizetype(qstrlen("\r\n--b\r\n")));
            QCOMPARE(structure->root.children[0].body.of(mail), body);
            QCOMPARE(structure->root.children[1].body.of(mail), "two");
        }
    }

    void rangesAreExact()
    {
        const QByteArray mail = "Subject: x\r\n" + multipartHeader("b") + "preamble\r\n--b\r\nA: 1\r\n\r\none\r\n--b  \r\n\r\ntwo\r\n\r\n--b--\r\nend\r\n";
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        const Part &root = structure->root;
        QCOMPARE(root.children.size(), std::size_t(2));
        QCOMPARE(root.whole.of(mail), mail);
        QCOMPARE(root.children[0].whole.of(mail), "A: 1\r\n\r\none");
        QCOMPARE(root.children[0].header.of(mail), "A: 1\r\n");
        QCOMPARE(root.children[0].body.of(mail), "one");
        QCOMPARE(root.children[1].body.of(mail), "two\r\n");
        QCOMPARE(root.children[1].number, "1.2");
        QVERIFY(!structure->hasBareLineFeeds);
        QVERIFY(!structure->isOpenEnded);
    }

    void signedRangeExcludesTheLineEndBeforeTheBoundary()
    {
        const QByteArray entity = "Content-Type: text/plain\r\n\r\nI agree.\r\n";
        const QByteArray mail = "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=sig\r\n\r\n--sig\r\n"
            + entity + "\r\n--sig\r\nContent-Type: application/pkcs7-signature\r\n\r\nMII=\r\n--sig--\r\n";
        const auto structure = parseStructure(mail);
        QCOMPARE(structure->root.children.at(0).whole.of(mail), entity);
        QCOMPARE(structure->root.type.parameter("micalg"), u"sha-256"_s);
    }

    void lineFeedsAloneAreReadAndNoted()
    {
        QByteArray mail = multipartHeader("b") + "--b\r\n\r\none\r\n--b--\r\n";
        mail.replace("\r\n", "\n");
        const auto structure = parseStructure(mail);
        QCOMPARE(structure->root.children.at(0).body.of(mail), "one");
        QVERIFY(structure->hasBareLineFeeds);
        QVERIFY(!structure->isOpenEnded);
    }

    void shapes_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("one part") << QByteArray("A: b\r\n\r\nx") << QByteArray("text/plain");
        QTest::newRow("no body") << QByteArray("A: b") << QByteArray("text/plain");
        QTest::newRow("empty header") << QByteArray("\r\nx") << QByteArray("text/plain");
        QTest::newRow("same prefix inside")
            << QByteArray(multipartHeader("b") + "--b\r\n" + multipartHeader("b-1") + "--b-1\r\n\r\none\r\n--b-1--\r\n--b\r\n\r\ntwo\r\n--b--")
            << QByteArray("multipart/mixed(multipart/mixed(text/plain) text/plain)");
        QTest::newRow("outer boundary ends the inner part")
            << QByteArray(multipartHeader("out") + "--out\r\n" + multipartHeader("in") + "--in\r\n\r\none\r\n--out\r\n\r\ntwo\r\n--out--")
            << QByteArray("multipart/mixed(multipart/mixed(text/plain) text/plain)");
        QTest::newRow("never closed") << QByteArray(multipartHeader("b") + "--b\r\n\r\none") << QByteArray("multipart/mixed(text/plain)");
        QTest::newRow("closed twice") << QByteArray(multipartHeader("b") + "--b\r\n\r\none\r\n--b--\r\n--b\r\n\r\ntwo\r\n--b--") << QByteArray("multipart/mixed(text/plain)");
        QTest::newRow("no boundary line") << QByteArray(multipartHeader("b") + "text") << QByteArray("multipart/mixed");
        QTest::newRow("no boundary parameter") << QByteArray("Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\none") << QByteArray("multipart/mixed");
        QTest::newRow("longer line is no boundary") << QByteArray(multipartHeader("b") + "--bc\r\n--b\r\n\r\none\r\n--bc--\r\n--b--") << QByteArray("multipart/mixed(text/plain)");
        QTest::newRow("words behind the boundary") << QByteArray(multipartHeader("b") + "--b words\r\n\r\none\r\n--b-- words\r\n--b\r\n\r\ntwo\r\n--b--") << QByteArray("multipart/mixed(text/plain)");
        QTest::newRow("an end without a blank behind it is text") << QByteArray(multipartHeader("b") + "--b\r\n\r\none\r\n--b-->\r\n--b\r\n\r\ntwo\r\n--b--") << QByteArray("multipart/mixed(text/plain text/plain)");
        QTest::newRow("digest") << QByteArray("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: 1\r\n\r\nx\r\n--b--")
                                << QByteArray("multipart/digest(message/rfc822(text/plain))");
        QTest::newRow("message inside") << QByteArray("Content-Type: message/rfc822\r\n\r\n" + multipartHeader("b") + "--b\r\n\r\none\r\n--b--\r\n")
                                        << QByteArray("message/rfc822(multipart/mixed(text/plain))");
        QTest::newRow("encoded message is not looked into") << QByteArray("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQTogYg==")
                                                            << QByteArray("message/rfc822");
        QTest::newRow("unreadable type") << QByteArray("Content-Type: image\r\n\r\nx") << QByteArray("text/plain");
        QTest::newRow("unreadable text") << QByteArray("Content-Type: text\r\n\r\nx") << QByteArray("text/plain");
        QTest::newRow("parameters of RFC 2231") << QByteArray("Content-Type: multipart/mixed; boundary*0=\"a\"; boundary*1=\"b\"\r\n\r\n--ab\r\n\r\nx\r\n--ab--")
                                                << QByteArray("multipart/mixed(text/plain)");
    }

    void shapes()
    {
        QFETCH(QByteArray, mail);
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        QTEST(shape(structure->root), "expected");
    }

    void limitsAreErrorsWithAPlace_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << int(base::ErrorCode::MessageEmpty);
        QTest::newRow("no message") << QByteArray("\x7f" "ELF\x02\x01") << int(base::ErrorCode::MessageMalformed);
        QByteArray nested;
        for (int i = 0; i < 5000; ++i)
            nested += multipartHeader("b" + QByteArray::number(i)) + "--b" + QByteArray::number(i) + "\r\n";
        QTest::newRow("5000 nested multiparts") << nested << int(base::ErrorCode::MessageTooDeep);
        QTest::newRow("5000 nested messages") << QByteArray("Content-Type: message/rfc822\r\n\r\n").repeated(5000) << int(base::ErrorCode::MessageTooDeep);
        QTest::newRow("a million boundary lines") << QByteArray(multipartHeader("b") + QByteArray("--b\r\n").repeated(1'000'000)) << int(base::ErrorCode::MessageTooManyParts);
        QTest::newRow("giant header") << QByteArray("A: " + QByteArray(10'000'000, 'x')) << int(base::ErrorCode::HeaderTooLong);
        QTest::newRow("giant folded header") << QByteArray("A: x\r\n" + QByteArray(" x\r\n").repeated(2'000'000)) << int(base::ErrorCode::HeaderTooLong);
    }

    void limitsAreErrorsWithAPlace()
    {
        QFETCH(QByteArray, mail);
        QElapsedTimer timer;
        timer.start();
        const auto structure = parseStructure(mail);
        QVERIFY(!structure.isOk());
        QTEST(int(structure.error().code), "code");
        QVERIFY(structure.error().offset.has_value());
        QVERIFY2(timer.elapsed() < 2000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void adversarialInputIsReadInLinearTime_data()
    {
        QTest::addColumn<QByteArray>("mail");
        const int megabytes = 10 * 1024 * 1024;
        QByteArray deep;
        for (int i = 0; i < 48; ++i)
            deep += multipartHeader("b" + QByteArray::number(i)) + "--b" + QByteArray::number(i) + "\r\n";
        QTest::newRow("dashes below 48 levels") << QByteArray(deep + "\r\n" + QByteArray("--\n").repeated(megabytes / 3));
        QTest::newRow("near boundaries below 48 levels") << QByteArray(deep + "\r\n" + QByteArray("--b47x\n").repeated(megabytes / 7));
        QTest::newRow("line feeds") << QByteArray(multipartHeader("b") + QByteArray(megabytes, '\n'));
        QTest::newRow("carriage returns") << QByteArray(multipartHeader("b") + QByteArray(megabytes, '\r'));
        QTest::newRow("NULs") << QByteArray("A: b\r\n\r\n" + QByteArray(megabytes, '\0'));
        QTest::newRow("parameters") << QByteArray("Content-Type: a/b" + QByteArray("; x=y").repeated(200'000) + "\r\n\r\nx");
        QTest::newRow("continuations") << QByteArray("Content-Type: a/b" + QByteArray("; x*0*=y").repeated(120'000) + "\r\n\r\nx");
        QTest::newRow("comments") << QByteArray("Content-Type: " + QByteArray(1'000'000, '(') + "\r\n\r\nx");
        QTest::newRow("missing semicolons") << QByteArray("Content-Type: a/b" + QByteArray("  a").repeated(300'000) + "\r\n\r\nx");
        QTest::newRow("encoded words") << QByteArray("Content-Type: a/b; name=\"" + QByteArray("=?a?Q?x").repeated(140'000) + "\"\r\n\r\nx");
        QTest::newRow("blanks in a type") << QByteArray("Content-Type: a/b" + QByteArray(1'000'000, ' ') + "\r\n\r\nx");
        QTest::newRow("blanks within a type") << QByteArray("Content-Type: a/b" + QByteArray(1'000'000, ' ') + "x\r\n\r\nx");
        QTest::newRow("blanks within an encoding") << QByteArray("Content-Transfer-Encoding: 7bit" + QByteArray(1'000'000, ' ') + "x\r\n\r\nx");
        QTest::newRow("junk lines") << QByteArray("A: b\r\n" + QByteArray("junk\r\nA: b\r\n").repeated(80'000) + "\r\nx");
        QTest::newRow("parameters below blanks") << QByteArray(QByteArray(500'000, ' ') + "\r\nA: b\r\n" + QByteArray("a=:\r\n").repeated(100'000) + "\r\nx");
    }

    void adversarialInputIsReadInLinearTime()
    {
        QFETCH(QByteArray, mail);
        QElapsedTimer timer;
        timer.start();
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        (void)structure->root.fileName();
        (void)headersOf(mail, structure->root).text("Content-Type");
        QVERIFY2(timer.elapsed() < 3000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void lostFoldIsAFold()
    {
        const QByteArray lost = "Content-Type: multipart/mixed;\r\ncharset=x;\r\nboundary=\"a:b\"\r\n";
        const QByteArray parts = "\r\n--a:b\r\n\r\nx\r\n--a:b--\r\n";
        for (const QByteArray &mail : QByteArrayList{"Subject: s\r\n" + lost + parts, lost + "Subject: s\r\n" + parts}) {
            const auto structure = parseStructure(mail);
            QCOMPARE(structure->root.children.size(), std::size_t(1));
            QCOMPARE(headersOf(mail, structure->root).text("Subject"), u"s"_s);
        }
        QCOMPARE(parseStructure("Subject: s\r\na=b\r\n")->root.body.size(), 5);
    }

    void damagedHeadersAreReadAllTheSame()
    {
        const QByteArray mail = "A: b\r\njunk\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Type: text/plain\r\nC: x\r\n\r\n--b\r\nD: e\r\n--b\r\n\r\ntext";
        const QByteArray withNul = QByteArray(mail).replace("C: ", QByteArray("C: \0", 4));
        const auto structure = parseStructure(withNul);
        QVERIFY(structure.isOk());
        QVERIFY(structure->isOpenEnded);
        QCOMPARE(structure->root.children.at(0).header.of(withNul), "D: e");
        QCOMPARE(structure->root.children.at(1).body.of(withNul), "text");
    }

    void textWithoutTheEmptyLineIsNotLost()
    {
        const QByteArray mail = "Subject: x\r\nDear all, this came without an empty line\r\nand goes on\r\n";
        const auto structure = parseStructure(mail);
        QCOMPARE(structure->root.body.of(mail), QByteArrayView(mail).sliced(12));
        QCOMPARE(headersOf(mail, structure->root).fields.size(), 1);
    }

    void bodySelectionFindsTextHtmlAndAttachments()
    {
        const QByteArray mail = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
                                "--a\r\n\r\nplain\r\n--a\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>html\r\n"
                                "--r\r\nContent-Type: image/png\r\nContent-ID: <i@x>\r\n\r\nP\r\n--r--\r\n--a--\r\n"
                                "--m\r\nContent-Type: text/plain; name=notes.txt\r\n\r\nnotes\r\n"
                                "--m\r\nContent-Type: multipart/encrypted; boundary=s\r\n\r\n--s\r\n\r\nsealed\r\n--s--\r\n"
                                "--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx\r\n--m--\r\n";
        const auto structure = parseStructure(mail);
        const BodySelection body = selectBody(structure->root);
        QCOMPARE(body.texts.size(), std::size_t(1));
        QCOMPARE(textOf(mail, *body.texts[0]).text, u"plain"_s);
        QVERIFY(body.html);
        QCOMPARE(body.html->number, "1.1.2.1");
        QCOMPARE(body.related.size(), std::size_t(1));
        QCOMPARE(body.attachments.size(), std::size_t(3));
        QCOMPARE(body.attachments[0]->fileName(), u"notes.txt"_s);
        QCOMPARE(body.attachments[1]->type.value, "multipart/encrypted");
        QCOMPARE(structure->find("1.4.1")->type.value, "text/plain");
        QVERIFY(!structure->find("1.9"));
    }

    void htmlHasItsPlaceAmongTheTexts_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<int>("texts");
        QTest::addColumn<int>("begin");
        QTest::addColumn<int>("end");
        const auto multipart = [](const QByteArray &type, const QByteArray &boundary, const QList<QByteArray> &parts) {
            QByteArray out = "Content-Type: multipart/" + type + "; boundary=" + boundary + "\r\n\r\n";
            for (const QByteArray &part : parts)
                out += "--" + boundary + "\r\n" + part + "\r\n";
            return out + "--" + boundary + "--\r\n";
        };
        const QByteArray text = "\r\ntext\r\n";
        const QByteArray html = "Content-Type: text/html\r\n\r\n<p>html\r\n";
        QTest::newRow("alternatives") << multipart("alternative", "a", {text, html}) << 1 << 0 << 1;
        QTest::newRow("alternatives, HTML first") << multipart("alternative", "a", {html, text}) << 1 << 0 << 1;
        QTest::newRow("alternatives and footer") << multipart("mixed", "m", {multipart("alternative", "a", {text, html}), text}) << 2 << 0 << 1;
        QTest::newRow("footer") << multipart("mixed", "m", {html, text}) << 1 << 0 << 0;
        QTest::newRow("in the middle") << multipart("mixed", "m", {text, html, text}) << 2 << 1 << 1;
        QTest::newRow("text inside the alternative of HTML") << multipart("alternative", "a", {text, multipart("mixed", "m", {html, text})}) << 2 << 0 << 1;
        QTest::newRow("alternatives after the HTML") << multipart("mixed", "m", {html, multipart("alternative", "a", {text, text})}) << 2 << 0 << 0;
    }
    void htmlHasItsPlaceAmongTheTexts()
    {
        QFETCH(QByteArray, mail);
        const auto structure = parseStructure(mail);
        const BodySelection body = selectBody(structure->root);
        QVERIFY(body.html);
        QTEST(int(body.texts.size()), "texts");
        QTEST(int(body.htmlBegin), "begin");
        QTEST(int(body.htmlEnd), "end");
    }

    void htmlGoesOnBehindAPicture()
    {
        const QByteArray mixed = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>one\r\n"
                                 "--m\r\nContent-Type: image/png\r\n\r\nP\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>two\r\n--m--\r\n";
        const auto structure = parseStructure(mixed);
        BodySelection body = selectBody(structure->root);
        QCOMPARE(body.html->number, "1.1");
        QCOMPARE(body.htmlRest.size(), std::size_t(1));
        QCOMPARE(body.attachments.size(), std::size_t(1));
        QCOMPARE(body.htmlRestBegin, std::size_t(0));
        // The text is a version of both halves.
        const QByteArray alternative = "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\none two\r\n--a\r\n" + mixed + "--a--\r\n";
        const auto both = parseStructure(alternative);
        body = selectBody(both->root);
        QCOMPARE(body.htmlRest.size(), std::size_t(1));
        QCOMPARE(body.htmlRestBegin, std::size_t(1));
        // Two versions are not two halves.
        const auto versions = parseStructure(QByteArray(mixed).replace("multipart/mixed", "multipart/alternative"));
        body = selectBody(versions->root);
        QVERIFY(body.htmlRest.empty());
        QCOMPARE(body.attachments.size(), std::size_t(2));
    }

    void whatIsReadMayBeAFileAsWell_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::addColumn<QStringList>("read");
        QTest::addColumn<QStringList>("attached");
        const QByteArray mixed = multipartHeader("m") + "--m\r\n\r\nletter\r\n--m\r\n";
        const QByteArray alternative = "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n";
        const QByteArray named = "Content-Type: text/plain; name=n.txt\r\n";
        const QByteArray inlined = "Content-Disposition: inline; filename=n.txt\r\n";
        QTest::newRow("named, to be read where it stands") << QByteArray(mixed + inlined + "\r\nx\r\n--m--") << QStringList{u"1.1"_s, u"1.2"_s} << QStringList{u"1.2"_s};
        QTest::newRow("named") << QByteArray(mixed + named + "\r\nx\r\n--m--") << QStringList{u"1.1"_s} << QStringList{u"1.2"_s};
        QTest::newRow("named, all there is") << QByteArray(named + "\r\nx") << QStringList{u"1"_s} << QStringList{u"1"_s};
        QTest::newRow("attached, all there is") << QByteArray("Content-Disposition: attachment\r\n\r\nx") << QStringList() << QStringList{u"1"_s};
        QTest::newRow("named, the first of two") << QByteArray(multipartHeader("m") + "--m\r\n" + named + "\r\nx\r\n--m\r\nContent-Type: image/png\r\n\r\nP\r\n--m--")
                                                 << QStringList{u"1.1"_s} << QStringList{u"1.1"_s, u"1.2"_s};
        QTest::newRow("named alternatives") << QByteArray(alternative + named + "\r\nx\r\n--a\r\nContent-Type: text/html; name=n.html\r\n\r\nx\r\n--a--")
                                            << QStringList{u"1.1"_s, u"1.2"_s} << QStringList();
        QTest::newRow("unknown kind of text, all there is") << QByteArray("Content-Type: text/markdown\r\n\r\nx") << QStringList{u"1"_s} << QStringList{u"1"_s};
        QTest::newRow("unknown kind of text, to be read where it stands") << QByteArray(mixed + "Content-Type: text/x-patch\r\n" + inlined + "\r\nx\r\n--m--")
                                                                          << QStringList{u"1.1"_s, u"1.2"_s} << QStringList{u"1.2"_s};
        QTest::newRow("unknown kind of text beside the letter") << QByteArray(mixed + "Content-Type: text/x-patch\r\n\r\nx\r\n--m--") << QStringList{u"1.1"_s} << QStringList{u"1.2"_s};
        QTest::newRow("calendar, all there is") << QByteArray("Content-Type: text/calendar\r\n\r\nx") << QStringList{u"1"_s} << QStringList{u"1"_s};
        QTest::newRow("report without words") << QByteArray("Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--a--")
                                              << QStringList{u"1.1"_s} << QStringList{u"1.1"_s};
        QTest::newRow("calendar, another version") << QByteArray(alternative + "\r\nx\r\n--a\r\nContent-Type: text/calendar\r\n\r\nx\r\n--a--") << QStringList{u"1.1"_s} << QStringList{u"1.2"_s};
        QTest::newRow("business card, all there is") << QByteArray("Content-Type: text/vcard\r\n\r\nx") << QStringList() << QStringList{u"1"_s};
    }
    void whatIsReadMayBeAFileAsWell()
    {
        QFETCH(QByteArray, mail);
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        const BodySelection body = selectBody(structure->root);
        const auto numbers = [](const std::vector<const Part *> &parts) {
            QStringList list;
            for (const Part *part : parts)
                list.append(QString::fromLatin1(part->number));
            return list;
        };
        QStringList read = numbers(body.texts);
        if (body.html)
            read.append(QString::fromLatin1(body.html->number));
        QTEST(read, "read");
        QTEST(numbers(body.attachments), "attached");
    }

    void whatAListPutBesideItsFooterIsRead()
    {
        const QByteArray mail = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
                                "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\r\n\r\n--s\r\n\r\nthe letter\r\n"
                                "--s\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--s--\r\n--m\r\n\r\nthe footer\r\n--m--\r\n";
        const auto structure = parseStructure(mail);
        BodySelection body = selectBody(structure->root);
        QCOMPARE(body.texts.size(), std::size_t(2));
        QCOMPARE(textOf(mail, *body.texts[0]).text, u"the letter"_s);
        QCOMPARE(body.attachments.size(), std::size_t(1));
        QCOMPARE(body.attachments[0]->type.value, "application/pgp-signature");
        QByteArray attached = mail;
        attached.replace("boundary=s\r\n\r\n", "boundary=s\r\nContent-Disposition: attachment\r\n\r\n");
        const auto other = parseStructure(attached);
        body = selectBody(other->root);
        QCOMPARE(body.texts.size(), std::size_t(1));
        QCOMPARE(body.attachments[0]->type.value, "multipart/signed");
    }

    // Found by fuzz_MimeStructure: the inner multipart ended before its child.
    void emptyPartBeforeAnOuterBoundaryStaysInside()
    {
        const QByteArray mail = multipartHeader("out") + "--out\r\n" + multipartHeader("in") + "--in\r\n--out\r\n\r\nx\r\n--out--";
        const auto structure = parseStructure(mail);
        const Part &inner = structure->root.children.at(0);
        QVERIFY(inner.children.at(0).whole.end <= inner.whole.end);
        QVERIFY(inner.whole.end <= structure->root.children.at(1).whole.begin);
        QCOMPARE(structure->root.children.at(1).body.of(mail), "x");
    }

    void textBelowBase64IsReadAsItStands()
    {
        const QByteArray head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        const QByteArray letter = encodeBase64("A letter that is long enough for a full line of base64, or two.\n");
        const auto textOfMail = [&head](const QByteArray &body) {
            const QByteArray mail = head + body;
            const auto structure = parseStructure(mail);
            return textOf(mail, structure->root).text;
        };
        const QString alone = textOfMail(letter);
        QCOMPARE(textOfMail(letter + "\r\n_______\r\nThe list\r\nlist\r\n"), alone + u"\n_______\nThe list\nlist\n"_s);
        QCOMPARE(textOfMail(letter + "--another--\r\n\r\nlist\r\n"), alone + u"\n--another--\n\nlist\n"_s);
        QVERIFY(letter.endsWith("=\r\n"));
        QCOMPARE(textOfMail(letter + "http://example.org/list\r\nlist\r\n"), alone + u"\nhttp://example.org/list\nlist\n"_s);
        QCOMPARE(textOfMail(letter + letter), alone + alone);
        // It was never base64.
        QCOMPARE(textOfMail("Only an\r\nhonest \xC3\xA4\r\n"), u"Only an\nhonest ä\n"_s);
        QCOMPARE(textOfMail("In base64:\r\n" + letter), textOfMail("Inbase64" + letter));
        // A foreign character in the middle is skipped as ever.
        QCOMPARE(textOfMail("!" + letter), alone);
        QCOMPARE(textOfMail(letter.first(80) + "*" + letter.sliced(80)), alone);
    }

    void htmlNamesItsCharsetWhereTheMailDoesNot_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QString>("word");
        const QByteArray old = "<html><head><META http-equiv=Content-Type content=\"text/html; charset=koi8-r\"></head>\xF0\xD2\xC9";
        QTest::newRow("old way") << QByteArray("text/html") << old << u"При"_s;
        QTest::newRow("new way") << QByteArray("text/html") << QByteArray("<meta charset='koi8-r'/>\xF0\xD2\xC9") << u"При"_s;
        QTest::newRow("the mail names one that it cannot be") << QByteArray("text/html; charset=us-ascii") << old << u"При"_s;
        QTest::newRow("the mail names one that is unknown") << QByteArray("text/html; charset=none") << old << u"При"_s;
        QTest::newRow("the mail names one") << QByteArray("text/html; charset=windows-1251") << old << u"рТЙ"_s;
        QTest::newRow("UTF-8 all the same") << QByteArray("text/html") << QByteArray("<meta charset=koi8-r>\xC3\xA4") << u"ä"_s;
        // Somebody who reads the octets as they stand must not be shown another text.
        for (const char *name : {"unicode-1-1-utf-7", "ibm037", "ucs-2", "hz-gb-2312", "iso-2022-jp", "iso-2022-kr", "scsu"}) {
            const QByteArray html = QByteArray("<meta charset=") + name + "><p>+ADw- ~{<p>~} \x1B$B\xE4";
            QTest::newRow(name) << QByteArray("text/html") << html << u"<p>+ADw- ~{<p>~} \x1B$Bä"_s;
        }
        QTest::newRow("in a comment") << QByteArray("text/html") << QByteArray("<!-- <meta charset=koi8-r> -->\xE4") << u"ä"_s;
        QTest::newRow("UTF-16, which it is not") << QByteArray("text/html") << QByteArray("<meta charset=utf-16>\xE4") << u"ä"_s;
        QTest::newRow("called UTF-8") << QByteArray("text/plain; charset=utf-8") << QByteArray("Gr\xFC\xDF" "e") << u"Grüße"_s;
        QTest::newRow("UTF-8 that was damaged") << QByteArray("text/plain; charset=utf-8") << QByteArray("Gr\xC3\xBC\xDF" "e") << u"Grü\uFFFDe"_s;
        QTest::newRow("plain text") << QByteArray("text/plain") << QByteArray("<meta charset=koi8-r>\xE4") << u"ä"_s;
    }
    void htmlNamesItsCharsetWhereTheMailDoesNot()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, html);
        QFETCH(QString, word);
        const QByteArray mail = "Content-Type: " + type + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html;
        const auto structure = parseStructure(mail);
        QVERIFY(textOf(mail, structure->root).text.endsWith(word));
    }

    void flowedTextIsJoined()
    {
        const QByteArray mail = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n> a \r\n> b\r\n long \r\nline\r\n-- \r\nme\r\n";
        const auto structure = parseStructure(mail);
        QCOMPARE(textOf(mail, structure->root).text, u"> a b\nlong line\n-- \nme\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestStructure)
#include "tst_Structure.moc"
