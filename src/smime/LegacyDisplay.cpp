// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/LegacyDisplay.h"

#include "mime/Body.h"
#include "mime/MessageBuilder.h"
#include "mime/Structure.h"

#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// The texts stand before the attachments: a letter of 25 MB is not read once more for them.
constexpr qsizetype kExaminedOctets = mime::kCopiedBodyOctets;

QString copyOf(const QList<HiddenField> &fields)
{
    QString copy;
    for (const HiddenField &field : fields)
        copy += QString::fromLatin1(field.name) + u": "_s + field.text.simplified() + u'\n';
    return copy;
}

QString withCopy(const QString &text, const QString &copy)
{
    return copy + u'\n' + text;
}

QString withCopyInHtml(const QString &html, const QString &copy)
{
    static const QRegularExpression body(u"<body\\b[^>]*>"_s, QRegularExpression::CaseInsensitiveOption);
    const QString element = u"<div class=\"header-protection-legacy-display\">\n<pre>"_s + copy.toHtmlEscaped() + u"</pre>\n</div>\n"_s;
    const QRegularExpressionMatch match = body.match(html);
    const qsizetype at = match.hasMatch() ? match.capturedEnd() : 0;
    return html.first(at) + element + html.sliced(at);
}

bool isUnicode(const mime::Part &part)
{
    const QString charset = part.type.parameter("charset").toLower();
    return charset == "utf-8"_L1 || charset == "us-ascii"_L1 || charset.isEmpty();
}

/// The part's own fields, marked, with the character set and encoding of the new body.
QByteArray markedFields(QByteArrayView entity, const mime::Part &part)
{
    QByteArray fields;
    for (const mime::HeaderField &field : mime::headersOf(entity, part).fields)
        if (!field.is("Content-Type") && !field.is("Content-Transfer-Encoding"))
            fields += field.whole.of(entity);
    QByteArray type = part.type.value;
    for (const mime::Parameter &parameter : part.type.parameters)
        if (parameter.name != "charset" && parameter.name != "hp-legacy-display")
            type += mime::formatParameter(parameter.name, parameter.value);
    type += mime::formatParameter("charset", u"utf-8"_s) + mime::formatParameter("hp-legacy-display", u"1"_s);
    return mime::foldHeader("Content-Type", type) + fields + "Content-Transfer-Encoding: quoted-printable\r\n";
}

QByteArray rewritten(QByteArrayView entity, const mime::Part &part, const QString &copy)
{
    QString text = mime::decodeCharset(mime::contentOf(entity, part).octets, "utf-8").text;
    // Quoted-printable has no line ends of its own: all of them are LF here and CRLF there.
    text.replace(u"\r\n"_s, u"\n"_s);
    text = part.isType("text/html") ? withCopyInHtml(text, copy) : withCopy(text, copy);
    return markedFields(entity, part) + "\r\n" + mime::encodeQuotedPrintable(text.toUtf8());
}

} // namespace

MarkedEntity withLegacyDisplay(const QByteArray &entity, EntityExtent extent, const QList<HiddenField> &fields)
{
    const QByteArrayView examined = QByteArrayView(entity).first(std::min(entity.size(), kExaminedOctets));
    const base::Result<mime::Structure> structure = mime::parseStructure(examined);
    if (fields.isEmpty() || !structure)
        return {};
    // What somebody signed stays as it is.
    const std::vector<const mime::Part *> all = structure->flattened();
    if (std::any_of(all.begin(), all.end(), [](const mime::Part *part) { return part->isType("multipart/signed"); }))
        return {};
    const mime::BodySelection selection = mime::selectBody(structure->root);
    std::vector<const mime::Part *> parts;
    // The first text is what readers show first; later ones of a mixed message are not the main body.
    if (!selection.texts.empty())
        parts.push_back(selection.texts.front());
    if (selection.html)
        parts.push_back(selection.html);
    const bool isAll = examined.size() == entity.size() && extent == EntityExtent::Whole;
    std::erase_if(parts, [&](const mime::Part *part) {
        const bool isText = part->isType("text/plain") || part->isType("text/html");
        return !isText || !isUnicode(*part) || (!isAll && part->whole.end == examined.size());
    });
    std::sort(parts.begin(), parts.end(), [](const mime::Part *a, const mime::Part *b) { return a->whole.begin < b->whole.begin; });
    MarkedEntity marked;
    for (const mime::Part *part : parts) {
        marked.front += examined.sliced(marked.rest, part->whole.begin - marked.rest);
        marked.front += rewritten(examined, *part, copyOf(fields));
        marked.rest = part->whole.end;
    }
    return marked;
}

} // namespace smime
