// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Body.h"
#include "mime/MessageBuilder.h"
#include "mime/Text.h"
#include "support/ErrorNames.h"

#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace mime;
using namespace Qt::StringLiterals;

namespace {

BuildContext context()
{
    BuildContext result;
    result.now = QDateTime(QDate(2026, 11, 23), QTime(15, 30), QTimeZone(QTimeZone::UTC));
    return result;
}

Draft letter(const QString &text)
{
    Draft draft;
    draft.from = {{u"Alice"_s, u"alice@example.org"_s}};
    draft.to = {{u"Bob"_s, u"bob@example.org"_s}};
    draft.subject = u"Minutes"_s;
    draft.text = text;
    return draft;
}

QByteArray built(const Draft &draft, const BuildContext &how = context())
{
    const base::Result<QByteArray> message = buildMessage(draft, how);
    return message ? *message : QByteArray();
}

// What every gateway lets through unaltered: RFC 8551 section 3.1.2.
QString transportFault(const QByteArray &octets)
{
    if (!hasCanonicalLineEnds(octets))
        return u"a bare CR or LF"_s;
    for (const QByteArray &raw : octets.split('\n')) {
        const QByteArray line = raw.endsWith('\r') ? raw.chopped(1) : raw;
        if (line.size() > 998)
            return u"a long line"_s;
        if (line.endsWith(' ') || line.startsWith("From "))
            return u"a line that is altered on the way: "_s + QString::fromLatin1(line);
        for (const char c : line) {
            if (c <= 0)
                return u"an octet above 127 or NUL"_s;
        }
    }
    return {};
}

} // namespace

class TestMessageBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainLetterIsWhatOneWouldWriteByHand()
    {
        Draft draft = letter(u"Hello Bob,\n\nsee you."_s);
        draft.messageId = "<1@example.org>";
        QCOMPARE(built(draft), "Date: Mon, 23 Nov 2026 15:30:00 +0000\r\nFrom: Alice <alice@example.org>\r\nTo: Bob <bob@example.org>\r\n"
                               "Subject: Minutes\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
                               "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello Bob,\r\n\r\nsee you.\r\n");
    }

    void textsSurviveTransport_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("german") << u"Grüße\naus Köln"_s;
        QTest::newRow("chinese") << u"会议记录\n"_s.repeated(20).trimmed();
        QTest::newRow("emoji") << u"😀 ok"_s;
        QTest::newRow("line of a megabyte") << QString(1'000'000, u'x');
        QTest::newRow("trailing blanks") << u"a  \nb\t\n-- \nme"_s;
        QTest::newRow("from and dots") << u"From here\n.\n..\nFrom there"_s;
        QTest::newRow("looks like a boundary") << u"--=_x\n--=_x--"_s;
        QTest::newRow("equals") << u"a=3D=\n="_s;
    }

    void textsSurviveTransport()
    {
        QFETCH(QString, text);
        Draft draft = letter(text);
        draft.attachments = {{u"a.txt"_s, "text/plain", "x\ny", Attachment::Placement::Attached, {}}};
        const QByteArray message = built(draft);
        QCOMPARE(transportFault(message), QString());
        const base::Result<Draft> back = readDraft(message);
        QVERIFY(back.isOk());
        QCOMPARE(back->text, text);
    }

    void textFilesOfADraftStayFiles()
    {
        Draft draft = letter(u"Text"_s);
        draft.attachments = {{u"a.txt"_s, "text/plain", "words of the file", Attachment::Placement::Inline, {}}};
        const base::Result<Draft> back = readDraft(built(draft));
        QCOMPARE(back->text, u"Text"_s);
        QCOMPARE(back->attachments.size(), 1);
        QCOMPARE(readDraft("Content-Type: text/plain; name=a.txt\r\n\r\nText\r\n")->text, u"Text"_s);
    }

    void theSignatureOfALetterIsNoFileOfItsDraft()
    {
        const base::Result<Draft> back = readDraft("Subject: Again\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nText\r\n"
                                                   "--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nAAAA\r\n--b--\r\n");
        QCOMPARE(back->subject, u"Again"_s);
        QCOMPARE(back->text, u"Text"_s);
        QVERIFY(back->attachments.isEmpty());
    }

    void draftsRoundTrip()
    {
        Draft draft = letter(u"Text"_s);
        draft.html = u"<p>Größe <img src=\"cid:p@x\"></p>"_s;
        draft.cc = {{u"Jürgen, Ä"_s, u"j@example.org"_s}};
        draft.bcc = {{QString(), u"secret@example.org"_s}};
        draft.replyTo = {{QString(), u"answers@example.org"_s}};
        draft.subject = u"Länge und Breite einer Überschrift, die gefaltet werden muss, weil sie so lang ist"_s;
        draft.messageId = "<1@example.org>";
        draft.date = context().now;
        draft.inReplyTo = "<0@example.org>";
        draft.references = {"<-1@example.org>", "<0@example.org>"};
        draft.fields = {{"X-Waxwing-Draft", u"sign encrypt"_s}};
        draft.attachments = {{u"p.png"_s, "image/png", "\x89PNG", Attachment::Placement::Inline, "<p@x>"},
                             {u"Übersicht über vieles und noch viel mehr, ausführlich und lang.pdf"_s, "application/pdf", QByteArray("\0\1\2\xff\r\n", 6).repeated(100), Attachment::Placement::Attached, {}}};
        BuildContext how = context();
        how.bcc = BuildContext::BccField::Write;
        const QByteArray message = built(draft, how);
        QCOMPARE(transportFault(message), QString());
        const base::Result<Draft> back = readDraft(message);
        QVERIFY(back.isOk());
        QCOMPARE(back->from, draft.from);
        QCOMPARE(back->cc, draft.cc);
        QCOMPARE(back->bcc, draft.bcc);
        QCOMPARE(back->replyTo, draft.replyTo);
        QCOMPARE(back->subject, draft.subject);
        QCOMPARE(back->text, draft.text);
        QCOMPARE(back->html, draft.html);
        QCOMPARE(back->messageId, draft.messageId);
        QCOMPARE(back->date, draft.date);
        QCOMPARE(back->inReplyTo, draft.inReplyTo);
        QCOMPARE(back->references, draft.references);
        QCOMPARE(back->fields, draft.fields);
        QCOMPARE(back->attachments.size(), 2);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(back->attachments[i].fileName, draft.attachments[i].fileName);
            QCOMPARE(back->attachments[i].octets, draft.attachments[i].octets);
            QCOMPARE(back->attachments[i].contentId, draft.attachments[i].contentId);
        }
    }

    void blindCopiesAreNotWritten()
    {
        Draft draft = letter(u"x"_s);
        draft.bcc = {{QString(), u"secret@example.org"_s}};
        QVERIFY(!built(draft).contains("secret"));
    }

    void nothingCanBeInjected()
    {
        Draft draft = letter(u"x"_s);
        const QString attack = u"a\r\nBcc: eve@example.org\r\n\r\nbody"_s;
        draft.subject = attack;
        draft.from[0].name = attack;
        draft.messageId = "<a@b>\r\nBcc: eve@example.org";
        draft.references = {"<a@b\r\nBcc: e>"};
        draft.fields = {{"X-Test", attack}};
        draft.attachments = {{attack, "text/plain\r\nBcc: x", "x", Attachment::Placement::Attached, "<i@x>\r\nBcc: y"}};
        const QByteArray message = built(draft);
        QVERIFY(!message.isEmpty());
        QVERIFY(!message.contains("\nBcc"));
        draft.to = {{QString(), u"b@example.org\r\nBcc: eve@example.org"_s}};
        QCOMPARE(buildMessage(draft, context()).error().code, base::ErrorCode::InvalidArgument);
        draft.to.clear();
        draft.fields = {{"X: y\r\nBcc", u"eve@example.org"_s}};
        QCOMPARE(buildMessage(draft, context()).error().code, base::ErrorCode::InvalidArgument);
    }

    void nobodyAsAuthorIsRefused()
    {
        Draft draft = letter(u"x"_s);
        draft.from.clear();
        QCOMPARE(buildMessage(draft, context()).error().code, base::ErrorCode::InvalidArgument);
    }

    void identifiersAndBoundariesAreNeverTheSame()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i)
            seen << makeMessageId(u"a@bücher.example"_s) << makeBoundary();
        QCOMPARE(seen.size(), 2000);
        QVERIFY(makeMessageId(u"a@bücher.example"_s).endsWith("@xn--bcher-kva.example>"));
        QVERIFY(makeMessageId(u"nobody"_s).endsWith("@localhost>") || makeMessageId(u"nobody"_s).endsWith("@nobody>"));
    }

    void forwardedMessagesStayMessages()
    {
        Draft draft = letter(u"see below"_s);
        draft.attachments = {{u"old.eml"_s, "message/rfc822", "Subject: old\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGr\xC3\xBC\xC3\x9F" "e\n", Attachment::Placement::Attached, {}}};
        const QByteArray message = built(draft);
        QCOMPARE(transportFault(message), QString());
        const auto structure = parseStructure(message);
        const Part *inner = structure->find("1.2.1");
        QVERIFY(inner);
        QCOMPARE(textOf(message, *inner).text, u"Grüße\n"_s);
    }

    void whatIsReadyToBeSignedStaysOctetForOctet()
    {
        Draft draft = letter(u"Hello"_s);
        draft.attachments = {{u"a.bin"_s, {}, QByteArray(10'000, '\xff'), Attachment::Placement::Attached, {}}};
        const QByteArray message = built(draft);
        const auto split = splitForSigning(message);
        QVERIFY(split.isOk());
        QCOMPARE(split->whole(), message.sliced(message.indexOf("Content-Type:")));
        QVERIFY(split->messageFields.startsWith("Date: ") && split->messageFields.endsWith("\r\n"));
        QVERIFY(!split->messageFields.contains("MIME-Version"));
    }

    void longBodiesAreNotCopied()
    {
        const QByteArray message = "Subject: x\r\nContent-Type: text/plain\r\n\r\n" + QByteArray("some line\r\n").repeated(40'000);
        const auto split = splitForSigning(message);
        QVERIFY(split->entity.size() < 2 * kCopiedBodyOctets && split->rest.size() > kCopiedBodyOctets / 2);
        QVERIFY(split->rest.data() > message.constData() && split->rest.data() + split->rest.size() == message.constData() + message.size());
        QCOMPARE(split->whole(), message.sliced(message.indexOf("Content-Type:")));
    }

    void anyMessageCanBeMadeReadyForSigning_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("text");
        QTest::newRow("lf") << QByteArray("Subject: x\nFrom: a@b.org\n\nHello\nBob\n") << u"Hello\nBob\n"_s;
        QTest::newRow("unlabelled utf-8") << QByteArray("Subject: x\n\nGr\xC3\xBC\xC3\x9F" "e\n") << u"Grüße\n"_s;
        QTest::newRow("unlabelled latin 1") << QByteArray("Subject: x\n\nGr\xFC\xDF" "e\n") << u"Grüße\n"_s;
        QTest::newRow("8bit") << QByteArray("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\xFC\xDF" "e\n") << u"Grüße\n"_s;
        QTest::newRow("long line") << QByteArray("Content-Type: text/plain\n\n" + QByteArray(2000, 'x')) << QString(2000, u'x');
        QTest::newRow("from and blanks") << QByteArray("Content-Type: text/plain\n\nFrom x \n") << u"From x \n"_s;
        QTest::newRow("empty body") << QByteArray("Subject: x\n\n") << QString();
        QTest::newRow("no body") << QByteArray("Subject: x") << QString();
        QTest::newRow("nested") << QByteArray("Content-Type: multipart/mixed; boundary=b\n\npr\xC3\xA4\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\xC3\xA4\n--b--\n")
                                << u"ä"_s;
        QTest::newRow("binary picture") << QByteArray("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\nContent-Type: image/png; name=\"\xC3\xA4.png\"\nContent-Transfer-Encoding: binary\n\n\x89PNG\r\n\n\x01\n--b--\n")
                                        << u"hi"_s;
    }

    void anyMessageCanBeMadeReadyForSigning()
    {
        QFETCH(QByteArray, message);
        const auto split = splitForSigning(message);
        QVERIFY(split.isOk());
        const QByteArray entity = split->whole();
        QCOMPARE(transportFault(entity), QString());
        const auto structure = parseStructure(entity);
        QVERIFY(structure.isOk());
        const BodySelection body = selectBody(structure->root);
        QTEST(body.texts.empty() ? QString() : textOf(entity, *body.texts[0]).text, "text");
        for (const Part *part : body.attachments) {
            QCOMPARE(contentOf(entity, *part).octets, "\x89PNG\r\n\n\x01");
            QCOMPARE(part->fileName(), u"ä.png"_s);
        }
        const auto again = splitForSigning(entity);
        QCOMPARE(again->whole(), entity);
    }

    void namesAndSubjectsBecomeSevenBit_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("subject") << QByteArray("Subject: Gr\xC3\xBC\xC3\x9F" "e\n") << QByteArray("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n");
        QTest::newRow("name") << QByteArray("From: J\xC3\xB6rg <j@example.org>\n") << QByteArray("From: =?UTF-8?Q?J=C3=B6rg?= <j@example.org>\r\n");
        QTest::newRow("address") << QByteArray("To: j\xC3\xB6rg@example.org\n") << QByteArray("To: j\xC3\xB6rg@example.org\r\n");
        QTest::newRow("group without members") << QByteArray("To: Empf\xC3\xA4nger:;\n") << QByteArray("To: Empf\xC3\xA4nger:;\r\n");
        QTest::newRow("identifier") << QByteArray("In-Reply-To: <\xC3\xA4@x>\n") << QByteArray("In-Reply-To: <\xC3\xA4@x>\r\n");
        QTest::newRow("seven bits") << QByteArray("subject:  a \n b\n") << QByteArray("subject:  a \r\n b\r\n");
    }
    void namesAndSubjectsBecomeSevenBit()
    {
        QFETCH(QByteArray, field);
        QTEST(splitForSigning(field + "\nText\n")->messageFields, "sent");
    }

    void signedPartsInsideKeepTheirOctets()
    {
        const QByteArray inner = "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\r\n\r\n--s\r\n\r\nFrom me \r\n\r\n--s\r\n"
                                 "Content-Type: application/pkcs7-signature\r\n\r\nMII=\r\n--s--\r\n";
        const QByteArray message = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + inner + "\r\n--b\r\n\r\nmore \r\n--b--\r\n";
        const auto split = splitForSigning(message);
        QVERIFY(split->whole().contains("--b\r\n" + inner + "\r\n--b"));
        QVERIFY(split->whole().contains("more=20"));
    }
};

QTEST_GUILESS_MAIN(TestMessageBuilder)
#include "tst_MessageBuilder.moc"
