// SPDX-License-Identifier: GPL-3.0-or-later
// textOf() of Structure.h: a part as text, with what others wrote below it or said of its charset.
#include "mime/Structure.h"
#include "mime/Text.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

bool isBase64Line(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), isBase64Digit);
}

// Words, or a line that is drawn; not base64 with a foreign character in it.
bool isClearLine(QByteArrayView line)
{
    const auto isLetterOrDigit = [](char c) { return isBase64Digit(c) && c != '+' && c != '/' && c != '='; };
    return !isBase64Line(line) && (line.contains(' ') || std::none_of(line.begin(), line.end(), isLetterOrDigit));
}

// What a list or a gateway wrote below base64 without undoing it stands in clear; so does what begins like a boundary, or comes after the
// padding, which tells the end (RFC 2045 section 6.8). A full line of base64 after it: then it is damage in the middle.
QByteArrayView textBelowBase64(QByteArrayView body)
{
    constexpr qsizetype kFullLine = 60;
    qsizetype begin = -1;
    bool isPadded = false;
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype feed = body.indexOf('\n', at);
        const qsizetype next = feed < 0 ? body.size() : feed + 1;
        const QByteArrayView line = body.sliced(at, next - at).trimmed();
        const bool isBase64 = isBase64Line(line);
        const bool isForeign = !isBase64 && (isPadded || line.startsWith("--"));
        if (begin < 0 && (isForeign || isClearLine(line)))
            begin = at;
        else if (begin >= 0 && line.size() >= kFullLine && isBase64)
            begin = -1;
        isPadded = isPadded || (isBase64 && line.endsWith('='));
        at = next;
    }
    return begin >= 0 ? body.sliced(begin) : QByteArrayView();
}

// Where the mail names no charset, or one that cannot be, HTML may (HTML 13.2.3.2), but not in a comment. Its own word for UTF-8 was refuted before.
QByteArray charsetInHtml(QByteArrayView html)
{
    constexpr qsizetype kExaminedOctets = 4096;
    static const QRegularExpression comment(u"<!--.*?(?:-->|\\z)"_s, QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression meta(u"<meta\\b[^>]*\\bcharset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)"_s, QRegularExpression::CaseInsensitiveOption);
    const QString begin = QString::fromLatin1(html.first(std::min(html.size(), kExaminedOctets))).remove(comment);
    const QByteArray name = meta.match(begin).captured(1).toLatin1();
    return name.toLower().contains("utf") || !keepsAscii(name) ? QByteArray() : name;
}

// What is not ASCII and was read as UTF-8. Text of an older charset that is called UTF-8 has none; text that was damaged on the way has some.
bool hasLetterOfUtf8(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 127 && c != QChar::ReplacementCharacter; });
}

} // namespace

DecodedText textOf(QByteArrayView message, const Part &part)
{
    const QByteArrayView body = part.body.of(message);
    DecodedOctets content = decode(body, part.encoding);
    const bool mayEndInClear = part.encoding == TransferEncoding::Base64 && content.isDamaged;
    QByteArrayView below = mayEndInClear ? textBelowBase64(body) : QByteArrayView();
    const bool isAllClear = !below.isEmpty() && below.size() == body.size(); // it was never base64, whatever the header says
    if (isAllClear) {
        content = decode(body, TransferEncoding::EightBit);
        below = {};
    } else if (!below.isEmpty()) {
        content = decode(body.chopped(below.size()), part.encoding);
    }
    DecodedText result = decodeCharset(content.octets, part.type.parameter("charset").toLatin1());
    if (result.confidence == DecodedText::Confidence::Damaged && result.charset == "utf-8" && !hasLetterOfUtf8(result.text))
        result = decodeCharset(content.octets, {});
    if (result.confidence == DecodedText::Confidence::Guessed && part.isType("text/html") && !isUtf8(content.octets))
        if (const QByteArray named = charsetInHtml(content.octets); !named.isEmpty())
            result = decodeCharset(content.octets, named);
    result.text = toLineFeeds(std::move(result.text));
    if (part.isType("text/plain") && part.type.parameter("format").compare("flowed"_L1, Qt::CaseInsensitive) == 0) {
        const bool delSp = part.type.parameter("delsp").compare("yes"_L1, Qt::CaseInsensitive) == 0;
        result.text = decodeFlowed(result.text, delSp ? DelSp::Yes : DelSp::No);
    } else if (part.isType("text/enriched") || part.isType("text/richtext")) {
        result.text = richToPlainText(result.text, part.isType("text/enriched") ? RichKind::Enriched : RichKind::Richtext);
    }
    if (!below.isEmpty())
        result.text += u'\n' + toLineFeeds(decodeCharset(below, {}).text);
    return result;
}

} // namespace mime
