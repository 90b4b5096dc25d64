// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"
#include "mime/TransferEncoding.h"

#include <array>

using namespace Qt::StringLiterals;
using smime::Integrity;
using smime::Summary;

namespace forge {

namespace {

// Signs `sent` and delivers `received` in its place. Only integrity suffers: who signed and with what is known all the same.
Forgery altered(World &world, const QByteArray &subject, const QByteArray &sent, const QByteArray &received, const QString &damage)
{
    Expectation expected = verified();
    expected.summary = Summary::Altered;
    smime::SignatureAxes axes = soundAxes();
    axes.integrity = Integrity::Invalid;
    setAxes(expected, axes);
    expected.damage = damage;
    return {letterhead(world, subject) + signedParts(received, signatureOf(world, world.alice(), sent)), expected};
}

Forgery wordsChanged(World &world)
{
    const QByteArray words = world.words("original");
    QByteArray other = words;
    other.replace("room ", "room 1");
    return altered(world, "Words changed", textPart(words), textPart(other), u"unknown"_s);
}

Forgery lineEnds(World &world)
{
    const QByteArray sent = textPart(world.words("line ends") + "\r\nSecond line.");
    QByteArray asSigned = sent;
    return altered(world, "Line ends changed", asSigned.replace("\r\n", "\n"), sent, u"line-ends"_s);
}

Forgery finalLineEnd(World &world)
{
    const QByteArray sent = textPart(world.words("final"));
    return altered(world, "Last line end lost", sent, sent.chopped(2), u"final-line-end"_s);
}

Forgery trailingSpace(World &world)
{
    const QByteArray sent = textPart(world.words("space") + "\r\nSecond line.");
    QByteArray received = sent;
    received.replace("line.\r\n", "line.  \r\n");
    return altered(world, "Space added at a line's end", sent, received, u"trailing-space"_s);
}

Forgery fromEscaped(World &world)
{
    const QByteArray sent = textPart("Hello Bob,\r\nFrom now on: " + world.words("from"));
    QByteArray received = sent;
    received.replace("\r\nFrom ", "\r\n>From ");
    return altered(world, "From escaped", sent, received, u"from-escaping"_s);
}

Forgery footer(World &world)
{
    const QByteArray sent = textPart(world.words("footer"));
    return altered(world, "Footer inside the signed part", sent,
                   sent + "-- \r\nThe committee's list\r\nTo leave it, write to list-leave@example.org\r\n", u"footer"_s);
}

Forgery reencoded(World &world)
{
    const QByteArray text = "Gr\xc3\xbc\xc3\x9f" "e! " + world.words("encoding") + "\r\n";
    const QByteArray sent = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text;
    const QByteArray received =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + mime::encodeQuotedPrintable(text);
    return altered(world, "Encoded anew", sent, received, u"re-encoded"_s);
}

Forgery otherCharset(World &world)
{
    const QByteArray words = world.words("charset") + "\r\n";
    const QByteArray sent = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xc3\xbc\xc3\x9f" "e! " + words;
    const QByteArray received = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdf" "e! " + words;
    return altered(world, "Another character set", sent, received, u"character-set"_s);
}

Forgery refolded(World &world)
{
    const QByteArray text = world.words("folding") + "\r\n";
    const QByteArray sent = "Content-Type: text/plain; charset=utf-8;\r\n format=flowed\r\n\r\n" + text;
    const QByteArray received = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + text;
    return altered(world, "Header folded anew", sent, received, u"refolded-header"_s);
}

Forgery rewrapped(World &world)
{
    const QByteArray words = world.words("first") + ' ' + world.words("second") + ' ' + world.words("third");
    QByteArray wrapped = words;
    for (qsizetype at = wrapped.indexOf(' ', 60); at > 0; at = wrapped.indexOf(' ', at + 60))
        wrapped.replace(at, 1, "\r\n");
    // What was undone cannot be proven without the sent copy, so nothing is claimed about its name.
    return altered(world, "Wrapped anew", textPart(words), textPart(wrapped), {});
}

Forgery attachmentSwapped(World &world)
{
    const QByteArray text = textPart(world.words("attachment"));
    const auto with = [&text](const QByteArray &file) {
        return multipart("mixed", {text, base64Part("application/pdf; name=contract.pdf", file)}, "forged-inner");
    };
    return altered(world, "Attachment exchanged", with("%PDF-1.4 ten thousand"), with("%PDF-1.4 ten million"), {});
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"altered-words", "One number of the text was changed: altered.", &wordsChanged},
    {"altered-line-ends", "LF was signed, CRLF arrived: altered.", &lineEnds},
    {"altered-final-line-end", "The last line end was lost: altered.", &finalLineEnd},
    {"altered-trailing-space", "A gateway put spaces at a line's end: altered.", &trailingSpace},
    {"altered-from-escaping", "A mailbox file turned \"From \" into \">From \": altered.", &fromEscaped},
    {"altered-footer", "A mailing list put its footer into the signed part: altered.", &footer},
    {"altered-encoding", "A gateway turned 8bit into quoted-printable: altered.", &reencoded},
    {"altered-charset", "A gateway turned UTF-8 into ISO 8859-1: altered.", &otherCharset},
    {"altered-folding", "A gateway folded the signed header anew: altered.", &refolded},
    {"altered-wrapping", "A gateway wrapped the lines of the text anew: altered.", &rewrapped},
    {"altered-attachment", "An attachment was exchanged: altered.", &attachmentSwapped},
});

} // namespace

std::span<const Recipe> alterationRecipes()
{
    return kRecipes;
}

} // namespace forge
