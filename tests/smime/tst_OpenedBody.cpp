// SPDX-License-Identifier: GPL-3.0-or-later

// What is read of a letter: its texts, pictures and files, as other programs put them together.

#include "smime/CmsParts.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"

using namespace smime;
using namespace smimetest;

class TestOpenedBody : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;

private Q_SLOTS:
    // As Eudora, Mulberry and Emacs wrote it.
    void enrichedTextIsReadWithoutItsMarkup()
    {
        const auto wordsOf = [this](const QByteArray &type, const QByteArray &body) { return m_world.open(header() + "Content-Type: " + type + "\r\n\r\n" + body).text; };
        QCOMPARE(wordsOf("text/enriched", "<Bold>Now</Bold> is\r\nthe <color><param>red</param>time</color>\r\n\r\nif a << b"), u"Now is the time\nif a < b"_s);
        QCOMPARE(wordsOf("text/enriched", "<nofill>a\r\nb</nofill> < c > <param>d <param>e"), u"a\nb < c > d e"_s);
        QCOMPARE(wordsOf("text/richtext", "<bold>Now</bold> is<nl>the\r\ntime <lt>lt>"), u"Now is\nthe time <lt>"_s);
        const OpenedMessage opened = m_world.open(header() + multipart("alternative", {textPart("Now"), "Content-Type: text/enriched\r\n\r\n<bold>Now</bold>"}));
        QCOMPARE(opened.text.trimmed(), u"Now"_s);
        QCOMPARE(opened.attachments.size(), 1);
    }

    // As saved pages, newsletters and Apple's program have them: named by address, by Content-ID in a multipart/mixed, or by nobody.
    void everyPictureIsListedOnceAndShownWhereTheHtmlNamesIt_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("isInline");
        const QByteArray withId = "Content-ID: <a@x>\r\n";
        const QByteArray attached = "Content-Disposition: attachment\r\n";
        for (const char *type : {"related", "mixed"}) {
            QTest::addRow("%s, by its identifier", type) << QByteArray(type) << withId << true;
            QTest::addRow("%s, attached as well", type) << QByteArray(type) << QByteArray(withId + attached) << true;
            QTest::addRow("%s, by its address", type) << QByteArray(type) << QByteArray("Content-Location: http://www.example.org/a.png\r\n") << false;
            QTest::addRow("%s, another identifier", type) << QByteArray(type) << QByteArray("Content-ID: <b@x>\r\n") << false;
        }
    }

    void everyPictureIsListedOnceAndShownWhereTheHtmlNamesIt()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, fields);
        const QByteArray picture = "Content-Type: image/png; name=a.png\r\n" + fields + "\r\nx";
        const OpenedMessage opened = m_world.open(header() + multipart(type, {htmlPart("<p>Look <img src=\"cid:a@x\">"), picture}));
        QCOMPARE(opened.attachments.size(), 1);
        QTEST(opened.attachments[0].isInline, "isInline");
    }

    void filesFromBeforeMimeAreAttachments()
    {
        const OpenedMessage opened = m_world.open(header() + textPart("Here:\r\nbegin 644 ../a cat.txt\r\n#0V%T\r\n`\r\nend\r\nbegin 600 b\r\n\r\nend\r\nBye"));
        QCOMPARE(opened.attachments.size(), 2);
        QCOMPARE(opened.attachments[0].name, u"a cat.txt"_s);
        QCOMPARE(opened.attachments[0].content(), "Cat");
        QCOMPARE(opened.attachments[0].sizeOctets, qint64(3));
        QVERIFY(opened.text.contains(u"Bye"_s));
        QVERIFY(m_world.open(header() + textPart("begin 100 things\r\nand bring one to its\r\nend\r\n")).attachments.isEmpty());
    }

    void lettersThatAreEncryptedInAnotherWaySaySo()
    {
        const QByteArray version = "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1";
        const auto warnsOf = [this](const QList<QByteArray> &parts) {
            return m_world.open(header() + multipart("encrypted; protocol=\"application/pgp-encrypted\"", parts)).verdict.warnings.contains(warning::OtherEncryption);
        };
        QVERIFY(warnsOf({version, "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----"}));
        QVERIFY(!warnsOf({version, textPart("For all to read")}));
    }

    // What reads the sender again, such as an answer, reads the same name.
    void rawNameIsInTheCharsetOfTheBody()
    {
        const OpenedMessage opened = m_world.open("From: \xED\xC9\xD2 <mir@example.org>\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n\xED\xC9\xD2\r\n");
        QCOMPARE(opened.headerValue("From"), u"Мир <mir@example.org>"_s);
        QCOMPARE(mime::parseAddresses(opened.header("From")->raw), (QList<mime::Address>{{u"Мир"_s, u"mir@example.org"_s}}));
        QCOMPARE(opened.text.trimmed(), u"Мир"_s);
    }

    // A list adds its footer to a letter in HTML, and programs show text files in line.
    void textBesideHtmlIsReadWithIt()
    {
        const QByteArray letter = multipart("mixed", {htmlPart("<p>The letter</p>"), textPart("The footer")});
        OpenedMessage opened = m_world.open(header() + letter);
        QCOMPARE(opened.text.simplified(), u"The letter The footer"_s);
        QVERIFY(opened.html && opened.html->contains(u"<p>The letter</p>"_s) && opened.html->contains(u"<hr><p>The footer</p>"_s));
        // Where HTML must not be rendered its words are not lost either.
        opened = m_world.open(header() + cmsPart(encryptedFor(m_world.bob, letter, provider::ContentCipher::Aes256Cbc)));
        QVERIFY(!opened.html);
        QCOMPARE(opened.text.simplified(), u"The letter The footer"_s);
        // A letter that goes on behind a picture is read to its end.
        opened = m_world.open(header() + multipart("mixed", {htmlPart("<p>One</p>"), "Content-Type: image/png\r\n\r\nP", htmlPart("<p>Two</p>")}));
        QCOMPARE(opened.text.simplified(), u"One Two"_s);
        QVERIFY(opened.html && opened.html->contains(u"<hr><p>Two</p>"_s));
        QCOMPARE(opened.attachments.size(), 1);
        QVERIFY(!opened.verdict.warnings.contains(u"remote-content-blocked"_s));
        // In the order in which it was written.
        opened = m_world.open(header() + multipart("mixed", {htmlPart("<p>One</p>"), textPart("Two"), htmlPart("<p>Three</p>"), textPart("Four")}));
        QCOMPARE(opened.text.simplified(), u"One Two Three Four"_s);
        QVERIFY(opened.html && opened.html->indexOf(u"Two"_s) < opened.html->indexOf(u"Three"_s));
        // It loads nothing either, which is said as for the first half.
        opened = m_world.open(header() + multipart("mixed", {htmlPart("<p>One</p>"), htmlPart("<p>Two<img src=\"http://evil.example/x.png\"></p>")}));
        QCOMPARE(opened.text.simplified(), u"One Two"_s);
        QVERIFY(opened.verdict.warnings.contains(u"remote-content-blocked"_s));
        // What says the same is read once.
        const QByteArray versions = multipart("alternative", {textPart("The letter"), htmlPart("<p>The letter</p>")}).replace("out", "in");
        opened = m_world.open(header() + multipart("mixed", {versions, "Content-Type: image/png\r\n\r\nP", htmlPart("<p>Two</p>")}));
        QCOMPARE(opened.text.simplified(), u"The letter Two"_s);
        opened = m_world.open(header() + multipart("mixed", {versions, textPart("The footer")}));
        QCOMPARE(opened.text.simplified(), u"The letter The footer"_s);
        QVERIFY(opened.html && opened.html->count(u"The letter"_s) == 1 && opened.html->contains(u"<hr><p>The footer</p>"_s));
    }
};

QTEST_GUILESS_MAIN(TestOpenedBody)
#include "tst_OpenedBody.moc"
