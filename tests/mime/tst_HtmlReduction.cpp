// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlReduction.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace mime;
using namespace Qt::StringLiterals;

namespace {

QString inner(const ReducedHtml &reduced)
{
    return reduced.html.mid(12).chopped(14); // <html><body> ... </body></html>
}

int longestNesting(const QString &html)
{
    int depth = 0;
    int deepest = 0;
    static const QRegularExpression kTag(u"<(/?)(\\w+)"_s);
    for (auto it = kTag.globalMatch(html); it.hasNext();) {
        const QRegularExpressionMatch tag = it.next();
        const QString name = tag.captured(2);
        if (name == "br"_L1 || name == "hr"_L1 || name == "img"_L1)
            continue;
        depth += tag.captured(1).isEmpty() ? 1 : -1;
        deepest = qMax(deepest, depth);
    }
    return depth == 0 ? deepest : -1; // -1: not balanced
}

// Nothing but what the allow-list writes, whatever went in.
QString intruder(const QString &html)
{
    static const QRegularExpression kForbidden(
        uR"(<\s*/?\s*(script|style|iframe|frame|object|embed|form|input|button|base|meta|link|svg|math|video|audio|applet|!)|<[^>]*\s(on\w+|style|background|srcset|formaction|id|class|name)\s*=|<[^>]*(src|href)\s*=\s*"(?!cid:|data:image/|https?://|mailto:))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return kForbidden.match(html).captured();
}

} // namespace

class TestHtmlReduction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowedMarkupStays_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("reduced");
        const auto row = [](const char *name, const QString &html, const QString &reduced) { QTest::newRow(name) << html << reduced; };
        row("text", u"a &amp; b &lt;c&gt; &copy; &#65;&#x42; &nope;"_s, u"a &amp; b &lt;c&gt; © AB &amp;nope;"_s);
        row("inline", u"<B>a<i>b</B>c"_s, u"<b>a<i>b</i></b>c"_s);
        row("paragraphs", u"<p>a<p>b"_s, u"<p>a</p><p>b</p>"_s);
        row("list", u"<ul><li>a<li>b<ol><li>c</ol></ul>"_s, u"<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"_s);
        row("table", u"<table border=1><tr><td>a<td colspan=2>b<tr><th>c</table>d"_s,
            u"<table border=\"1\"><tr><td>a</td><td colspan=\"2\">b</td></tr><tr><th>c</th></tr></table>d"_s);
        row("section in a row", u"<table><tr><thead><td>x</table>"_s, u"<table><tr></tr><thead><tr><td>x</td></tr></thead></table>"_s);
        row("text in a table", u"<table>x<tr>y</table>"_s, u"<table><tr><td>x</td></tr><tr><td>y</td></tr></table>"_s);
        row("cells outside a table", u"<td>a</td><tr>b"_s, u"ab"_s);
        row("newer blocks", u"<section><article>a</article></section>"_s, u"<div><div>a</div></div>"_s);
        row("link", u"<a href='https://x.org/?a=1&amp;b=2' onclick=x target=_blank>x</a>"_s, u"<a href=\"https://x.org/?a=1&amp;b=2\">x</a>"_s);
        row("lone less-than", u"1 < 2 <3"_s, u"1 &lt; 2 &lt;3"_s);
        row("attribute quotes", u"<img src=cid:a alt='\"><script>'>"_s, u"<img src=\"cid:a\" alt=\"&quot;&gt;&lt;script&gt;\">"_s);
        row("huge spans", u"<table><tr><td colspan=99999999 rowspan=-1>a</table>"_s, u"<table><tr><td colspan=\"100\">a</td></tr></table>"_s);
    }

    void allowedMarkupStays()
    {
        QFETCH(QString, html);
        HtmlPolicy policy;
        policy.contentIds = {"a"};
        QTEST(inner(reduceHtml(html, policy)), "reduced");
    }

    void activeContentGoes_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("reduced");
        const auto row = [](const char *name, const QString &html, const QString &reduced) { QTest::newRow(name) << html << reduced; };
        row("script", u"a<script>alert('<b>')</script>b"_s, u"ab"_s);
        row("script in capitals, odd end", u"a<SCRIPT>x</script \t>b"_s, u"ab"_s);
        row("script split", u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s, u"ipt&gt;alert(1)ipt&gt;"_s);
        row("unclosed script", u"a<script>b"_s, u"a"_s);
        row("style sheet", u"a<style>b{}</style>c"_s, u"ac"_s);
        row("handlers", u"<p onclick=a onload='b' style='color:red' id=c class=d>e"_s, u"<p>e</p>"_s);
        row("javascript link", u"<a href='javascript:alert(1)'>a</a>"_s, u"<a>a</a>"_s);
        row("javascript with blanks", u"<a href=' java\tscript&#10;:alert(1)'>a</a>"_s, u"<a>a</a>"_s);
        row("data link", u"<a href='data:text/html,x'>a</a>"_s, u"<a>a</a>"_s);
        row("file link", u"<a href='file:///etc/passwd'>a</a>"_s, u"<a>a</a>"_s);
        row("tooltips", u"<p title='Signed and verified'><a title='https://bank.example' href='https://x.org'>a</a><img title=b src=cid:c alt=d>"_s,
            u"<p><a href=\"https://x.org\">a</a>[d]</p>"_s);
        row("form", u"<form action=x><input value=a><button>b</button><select><option>c</select></form>"_s, u"bc"_s);
        row("frames", u"<iframe src=x>a</iframe><frameset><frame src=y></frameset>"_s, QString());
        row("object", u"<object data=x><embed src=y>fallback</object>"_s, u"fallback"_s);
        row("svg", u"a<svg><text>b</text><script>c</script></svg>d"_s, u"ad"_s);
        row("svg that never ends", u"a<svg>b<p>c"_s, u"a<p>c</p>"_s);
        row("base, meta, link", u"<base href=x><meta http-equiv=refresh content='0;url=y'><link rel=stylesheet href=z>a"_s, u"a"_s);
        row("comment", u"a<!-- <b> -->b<!-->c<!doctype x>d<?xml e?>f"_s, u"abcdf"_s);
        row("title", u"<head><title>a</title></head>b"_s, u"b"_s);
        row("picture of a file", u"<img src='file:///dev/zero' alt=x>"_s, u"[x]"_s);
        row("picture of a device", u"<img src='\\\\.\\pipe\\x'>"_s, QString());
        row("relative picture", u"<img src='x.png'>"_s, QString());
        row("picture of another message", u"<img src='cid:other@x'>"_s, QString());
        row("svg as data", u"<img src='data:image/svg+xml;base64,AAAA'>"_s, QString());
        row("unfinished tag", u"a<img src='x"_s, u"a"_s);
        row("what is not to be seen", u"a<div style='color:red; DISPLAY : none!important'><p>b<table><tr><td>c</table></div><p style='display:block'>d"_s, u"a<p>d</p>"_s);
    }

    void activeContentGoes()
    {
        QFETCH(QString, html);
        QTEST(inner(reduceHtml(html)), "reduced");
    }

    void remoteReferencesAreCounted_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<int>("count");
        QTest::newRow("picture") << u"<img src=https://x.org/a.png>"_s << 1;
        QTest::newRow("no scheme") << u"<img src=//x.org/a.png>"_s << 1;
        QTest::newRow("srcset") << u"<img srcset='https://x.org/a.png 2x'>"_s << 1;
        QTest::newRow("background") << u"<td background=http://x.org/a>"_s << 1;
        QTest::newRow("style attribute") << u"<p style=\"background:URL(http://x.org)\">"_s << 1;
        QTest::newRow("escaped style") << u"<p style=\"background:u\\72l(http://x.org)\">"_s << 1;
        QTest::newRow("style sheet") << u"<style>@import 'http://x.org'</style>"_s << 1;
        QTest::newRow("link") << u"<link rel=stylesheet href=http://x.org>"_s << 1;
        QTest::newRow("frame, video, object") << u"<iframe src=http://x></iframe><video poster=http://y></video><object data=http://z>"_s << 3;
        QTest::newRow("inside svg") << u"<svg><image xlink:href=http://x.org></svg>"_s << 1;
        QTest::newRow("link to click") << u"<a href=https://x.org>x</a>"_s << 0;
        QTest::newRow("own picture") << u"<img src=cid:a><img src=data:image/png;base64,AAAA>"_s << 0;
    }

    void remoteReferencesAreCounted()
    {
        QFETCH(QString, html);
        const ReducedHtml reduced = reduceHtml(html);
        QTEST(reduced.remoteReferencesBlocked, "count");
        QVERIFY(!reduced.html.contains("src=\"http"_L1));
    }

    void picturesOfThisMessageStay()
    {
        HtmlPolicy policy;
        policy.contentIds = {"a@x"};
        const ReducedHtml reduced = reduceHtml(u"<img src='CID:a%40x' width=10>"_s, policy);
        QCOMPARE(inner(reduced), u"<img src=\"cid:a@x\" width=\"10\">"_s);
        QCOMPARE(reduced.contentIds, QList<QByteArray>{"a@x"});
    }

    void dataPicturesAreLimited()
    {
        HtmlPolicy policy;
        policy.dataPictureOctets = 10;
        const QString picture = u"<img src='data:image/png;base64,AAAA AAAA'>"_s;
        QCOMPARE(inner(reduceHtml(picture + picture, policy)), u"<img src=\"data:image/png;base64,AAAAAAAA\">"_s);
    }

    void harmlessStylesStayOnRequest()
    {
        HtmlPolicy policy;
        policy.styles = HtmlPolicy::Styles::KeepHarmless;
        QCOMPARE(inner(reduceHtml(u"<p style='Color:red;position:fixed;background-color:rgb(1,2,3);font-family:expression(x);text-align:url(x)'>a"_s, policy)),
                 u"<p style=\"color:red;background-color:rgb(1,2,3);\">a</p>"_s);
        QCOMPARE(inner(reduceHtml(u"<p style='text-indent:2em'>a</p><p style='text-indent:-99em'>Not yet"_s, policy)), u"<p style=\"text-indent:2em;\">a</p><p>Not yet</p>"_s);
        QCOMPARE(inner(reduceHtml(u"<font color=red>a</font>"_s, policy)), u"<font color=\"red\">a</font>"_s);
        QCOMPARE(inner(reduceHtml(u"<font color=red>a</font>"_s)), u"<font>a</font>"_s);
    }

    void plainTextReadsLikeALetter()
    {
        const QString html = u"<html><head><title>t</title><style>x</style></head><body><h1>Hello</h1><p>Dear   Bob,<br>see\n<b>this</b>:"
                             "<ul><li><div>one</div><li>two</ul><ol><li>a<li>b</ol><div style='display:none'>unseen<br></div><ol start=3><li>\n<p>c</p></li></ol><blockquote><p>old<p>words</blockquote><pre>x\n  y</pre>"
                             "<table><tr><td>a<td>b<tr><td>c</table><a href='https://x.org/'>here</a> <a href='https://y.org'>y.org</a> "
                             "<img alt=logo src=http://t> end&nbsp;&auml;"_s;
        QCOMPARE(htmlToPlainText(html), u"Hello\n\nDear Bob,\nsee this:\n\n- one\n- two\n1. a\n2. b\n3. c\n\n> old\n>\n> words\n\nx\n  y\na b\nc\n\n"
                                        "here <https://x.org/> y.org [logo] end ä\n"_s);
    }

    void textsStandAroundTheHtml()
    {
        const QString html = reduceHtml(u"<table><tr><td><b>open"_s).html;
        QCOMPARE(withTextAround(html, {}, u" \n"_s), html);
        const QString all = withTextAround(html, u"<i>one\ntwo"_s, u"</td>\n"_s);
        QCOMPARE(all, u"<html><body><p>&lt;i&gt;one<br>two</p><hr><table><tr><td><b>open</b></td></tr></table><hr><p>&lt;/td&gt;</p></body></html>"_s);
    }

    void limitsKeepTheTextUpToThere()
    {
        HtmlPolicy policy;
        policy.outputCharacters = 1000;
        const ReducedHtml reduced = reduceHtml(u"<p>word</p>"_s.repeated(1000), policy);
        QVERIFY(reduced.wasTruncated);
        QVERIFY(reduced.html.size() < 1200 && reduced.plainText.startsWith("word"_L1));
        QVERIFY(longestNesting(reduced.html) > 0);
        QVERIFY(reduceHtml(QString(100'000, u'x'), policy).html.size() < 1100);
        HtmlPolicy few;
        few.nodes = 3;
        QCOMPARE(reduceHtml(u"<p>one<p>two"_s, few).plainText.trimmed(), u"one"_s);
        QVERIFY(reduceHtml(u"<p>one<p>two"_s, few).wasTruncated);
        HtmlPolicy flat;
        flat.depth = 2;
        QCOMPARE(longestNesting(reduceHtml(u"<b><i><u><s>deep"_s, flat).html), 4); // with html and body
        QCOMPARE(reduceHtml(u"<b><i><u><s>deep"_s, flat).plainText.trimmed(), u"deep"_s);
    }

    void hostileInputIsReducedInLinearTime_data()
    {
        QTest::addColumn<QString>("html");
        const auto row = [](const char *name, const QString &piece) { QTest::newRow(name) << piece.repeated(qsizetype(2'000'000) / piece.size()); };
        QString formatting = u"<p>"_s;
        for (int i = 0; i < 20'000; ++i)
            formatting += u"<b i=%1>"_s.arg(i);
        QTest::newRow("formatting elements") << QString(formatting + u"</p>"_s + u"<p>x</p>"_s.repeated(50'000));
        QTest::newRow("100k nested tags") << QString(u"<div>"_s.repeated(100'000) + u"x"_s + u"</div>"_s.repeated(100'000));
        QTest::newRow("attributes of one tag") << QString(u"<p "_s + u"a "_s.repeated(1'000'000) + u">x"_s);
        row("nested", u"<div>"_s);
        row("nested tables", u"<table><tr><td>"_s);
        row("end tags below much", u"<div></p>"_s);
        row("less-thans", u"<"_s);
        row("comments that never end", u"<!--"_s);
        row("comment ends", u"<!-- -- -"_s);
        row("scripts that never end", u"<script></scrip"_s);
        row("quotes", u"<a b='"_s);
        row("ampersands", u"&"_s);
        row("numbers", u"&#1"_s);
        row("lists", u"<li>"_s);
        row("quotes in quotes", u"<blockquote>x"_s);
        row("breaks in quotes", u"<blockquote><br>"_s);
        row("pictures", u"<img src=http://x>"_s);
        row("NULs", QString(QChar(0)));
    }

    void hostileInputIsReducedInLinearTime()
    {
        QFETCH(QString, html);
        QElapsedTimer timer;
        timer.start();
        const ReducedHtml reduced = reduceHtml(html);
        QVERIFY2(timer.elapsed() < 6000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
        QVERIFY(reduced.html.size() <= 6 * 1024 * 1024);
        QVERIFY(reduced.plainText.size() <= 6 * 1024 * 1024);
        const int nesting = longestNesting(reduced.html);
        QVERIFY2(nesting >= 2 && nesting <= 202, qPrintable(QString::number(nesting)));
    }

    void randomSoupComesOutCleanAndStays()
    {
        const QStringList pieces{u"<"_s, u">"_s, u"</"_s, u"script"_s, u"<script>"_s, u"</script>"_s, u"<img src="_s, u"\""_s, u"'"_s, u"http://x"_s, u"<table>"_s,
                                 u"<td>"_s, u"</td>"_s, u"<tr>"_s, u"</table>"_s, u"<li>"_s, u"<p onclick="_s, u"<!--"_s, u"-->"_s, u"&lt;"_s, u"&#60;script"_s, u" style="_s,
                                 u"<svg>"_s, u"</svg>"_s, u"<b>"_s, u"</b>"_s, u"<a href=javascript:"_s, u"x"_s, u" "_s, u"="_s, u"/"_s, u"<style>"_s, u"</style>"_s, u"<textarea>"_s};
        QRandomGenerator random(4711);
        for (int round = 0; round < 2000; ++round) {
            QString html;
            for (int i = 0; i < 40; ++i)
                html += pieces[random.bounded(pieces.size())];
            const ReducedHtml reduced = reduceHtml(html);
            QVERIFY2(intruder(reduced.html).isEmpty(), qPrintable(html + u"\n -> "_s + reduced.html));
            QVERIFY2(longestNesting(reduced.html) > 0, qPrintable(html + u"\n -> "_s + reduced.html));
            QCOMPARE(inner(reduceHtml(reduced.html)), inner(reduced)); // nothing new appears when it is read once more
        }
    }
};

QTEST_GUILESS_MAIN(TestHtmlReduction)
#include "tst_HtmlReduction.moc"
