// SPDX-License-Identifier: GPL-3.0-or-later
// Throughput of the loops that every large mail goes through, in MB/s of their input. Not a test: run it by hand.
#include "mime/HtmlReduction.h"
#include "mime/MessageBuilder.h"
#include "mime/Structure.h"
#include "mime/Text.h"

#include <QElapsedTimer>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

template <typename Work>
void measure(const QString &name, qsizetype octets, Work work)
{
    qint64 best = std::numeric_limits<qint64>::max();
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = qMin(best, timer.nsecsElapsed());
    }
    QTextStream(stdout) << name.leftJustified(40) << QString::number(double(octets) * 1000 / double(best), 'f', 0).rightJustified(8) << " MB/s\n";
}

QByteArray mailbox(int mails)
{
    QByteArray text = "Content-Type: multipart/digest; boundary=d\r\n\r\n";
    const QByteArray mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nDate: Mon, 23 Nov 2026 15:30:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
                            "Content-Type: text/plain; charset=utf-8\r\n\r\n" + QByteArray("A line of text of the usual length, as people write them in mail.\r\n").repeated(300);
    for (int i = 0; i < mails; ++i)
        text += "--d\r\n\r\n" + mail + "\r\n";
    return text + "--d--\r\n";
}

} // namespace

int main()
{
    const QByteArray octets = QByteArray("\x00\x01\xfe\xff octets of a file ", 22).repeated(1'100'000);
    const QByteArray base64 = mime::encodeBase64(octets);
    measure(u"base64 encode"_s, octets.size(), [&] { (void)mime::encodeBase64(octets); });
    measure(u"base64 decode"_s, base64.size(), [&] { (void)mime::decodeBase64(base64); });
    const QByteArray text = u"Grüße aus Köln, eine Zeile wie viele andere auch.\r\n"_s.repeated(200'000).toUtf8();
    const QByteArray quotedPrintable = mime::encodeQuotedPrintable(text);
    measure(u"quoted-printable encode"_s, text.size(), [&] { (void)mime::encodeQuotedPrintable(text); });
    measure(u"quoted-printable decode"_s, quotedPrintable.size(), [&] { (void)mime::decodeQuotedPrintable(quotedPrintable); });
    const QByteArray many = mailbox(4000);
    measure(u"structure of 4000 mails"_s, many.size(), [&] { (void)mime::parseStructure(many); });
    mime::Draft draft;
    draft.from = {{QString(), u"a@example.org"_s}};
    draft.attachments = {{u"a.bin"_s, {}, octets, mime::Attachment::Placement::Attached, {}}};
    const mime::BuildContext context{QDateTime::currentDateTimeUtc()};
    const QByteArray message = mime::buildMessage(draft, context).value();
    measure(u"build a message of 25 MB"_s, octets.size(), [&] { (void)mime::buildMessage(draft, context); });
    measure(u"structure of 33 MB"_s, message.size(), [&] { (void)mime::parseStructure(message); });
    measure(u"ready for signing, nothing to do"_s, message.size(), [&] { (void)mime::splitForSigning(message); });
    const QByteArray lineFeeds = QByteArray(message).replace("\r\n", "\n");
    measure(u"ready for signing, LF to CRLF"_s, lineFeeds.size(), [&] { (void)mime::splitForSigning(lineFeeds); });
    const QString html = u"<div><p style='color:red'>Some <b>text</b> with a <a href='https://example.org/'>link</a></p></div>"_s.repeated(20'000);
    measure(u"HTML reduction"_s, html.size(), [&] { (void)mime::reduceHtml(html); });
    return 0;
}
