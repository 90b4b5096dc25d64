// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/OpenedBody.h"

#include "mime/Body.h"
#include "mime/FileName.h"
#include "mime/HtmlReduction.h"
#include "smime/Attachments.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

constexpr QByteArrayView kLegacyDisplay{"hp-legacy-display"};
constexpr qsizetype kLongestCopy = 16 * 1024;

/// How the header is protected, and the fields that are, which a letter may repeat for older programs. Few letters do: a field is decoded when it is
/// first looked for. The headers outlive it.
class HeaderCopies
{
public:
    HeaderCopies(const mime::Headers &headers, HeaderScheme scheme) : m_headers(headers), m_scheme(scheme) {}

    [[nodiscard]] HeaderScheme scheme() const { return m_scheme; }
    /// Only what is shown above the text: a field that nobody sees could hold the words that are to disappear.
    [[nodiscard]] bool has(QStringView name, QStringView text) const
    {
        const auto shown = std::find_if(kShownFields.begin(), kShownFields.end(), [name](QByteArrayView one) {
            return name.trimmed().compare(QLatin1StringView(one), Qt::CaseInsensitive) == 0;
        });
        const mime::HeaderField *field = shown == kShownFields.end() ? nullptr : m_headers.first(*shown);
        if (!field)
            return false;
        QString &decoded = m_decoded[std::size_t(shown - kShownFields.begin())];
        if (decoded.isNull())
            decoded = mime::decodeUnstructured(field->value).simplified();
        return decoded == text.toString().simplified();
    }

private:
    const mime::Headers &m_headers;
    HeaderScheme m_scheme;
    mutable std::array<QString, kShownFields.size()> m_decoded;
};

// What says more than the protected header is the writer's own text: nothing that was signed gets lost.
bool isRepetition(const QString &text, const HeaderCopies &copies)
{
    static const QRegularExpression fold(u"\\n[ \\t]+"_s);
    if (text.size() > kLongestCopy)
        return false;
    const QString unfolded = QString(text).replace(fold, u" "_s);
    const QList<QStringView> lines = QStringView(unfolded).split(u'\n', Qt::SkipEmptyParts);
    return std::all_of(lines.begin(), lines.end(), [&copies](QStringView line) {
        const qsizetype colon = line.indexOf(u':');
        return line.trimmed().isEmpty() || (colon > 0 && copies.has(line.first(colon), line.sliced(colon + 1)));
    });
}

bool isLegacyDisplay(const mime::Part &part, const HeaderCopies &copies)
{
    return copies.scheme() == HeaderScheme::Cipher && part.type.parameter(kLegacyDisplay) == "1"_L1;
}

// RFC 9788 section 4.5.3: what older programs see in place of the hidden subject; a program that knows the real one drops it.
QString withoutLegacyDisplay(const QString &text, const HeaderCopies &copies)
{
    static const QRegularExpression block(u"\\A(?:[!-9;-~]+:[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*)+\\n"_s);
    const QRegularExpressionMatch match = block.match(text);
    return match.hasMatch() && isRepetition(match.captured(), copies) ? text.sliced(match.capturedEnd()) : text;
}

// The same in HTML: the first element of that class. Looked for once from each end, since a stranger's letter may repeat the beginning and never end it.
QString withoutLegacyDisplayHtml(const QString &html, const HeaderCopies &copies)
{
    const qsizetype name = html.indexOf("header-protection-legacy-display"_L1, 0, Qt::CaseInsensitive);
    const qsizetype begin = name < 0 ? -1 : html.lastIndexOf(u'<', name);
    const qsizetype tagEnd = begin < 0 ? -1 : html.indexOf(u'>', begin);
    if (tagEnd < name || !QStringView(html).sliced(begin).startsWith("<div"_L1, Qt::CaseInsensitive))
        return html;
    const qsizetype end = html.indexOf("</div>"_L1, tagEnd, Qt::CaseInsensitive);
    if (end < 0 || end - begin > kLongestCopy || !isRepetition(mime::htmlToPlainText(html.sliced(begin, end + 6 - begin)), copies))
        return html;
    return html.first(begin) + html.sliced(end + 6);
}

// The draft before RFC 9788 put the copy of the headers into a part of its own.
bool isDraftDisplayPart(const Entity &payload, const mime::Part &part, const HeaderCopies &copies)
{
    const mime::Part &root = payload.part();
    const bool isFirstChild = root.isMultipart() && !root.children.empty() && &root.children.front() == &part;
    return copies.scheme() == HeaderScheme::Draft && isFirstChild && part.type.parameter("protected-headers") == "v1"_L1
        && part.body.size() <= kLongestCopy && isRepetition(plainTextOf(payload, part), copies);
}

mime::BodySelection selectedBody(const Entity &payload, const HeaderCopies &copies)
{
    mime::BodySelection selection = mime::selectBody(bodyRoot(payload.part(), copies.scheme()));
    const auto isDisplay = [&](const mime::Part *part) { return isDraftDisplayPart(payload, *part, copies); };
    std::erase_if(selection.attachments, isDisplay);
    const auto text = std::find_if(selection.texts.begin(), selection.texts.end(), isDisplay);
    if (text == selection.texts.end())
        return selection;
    const auto index = std::size_t(text - selection.texts.begin());
    selection.htmlBegin -= std::size_t(index < selection.htmlBegin);
    selection.htmlEnd -= std::size_t(index < selection.htmlEnd);
    for (mime::HtmlRest &rest : selection.htmlRest)
        rest.textsBefore -= std::size_t(index < rest.textsBefore);
    selection.texts.erase(text);
    return selection;
}

/// One after the other.
QString joinedText(const Entity &payload, std::span<const mime::Part *const> parts, const HeaderCopies &copies)
{
    QString joined;
    for (const mime::Part *part : parts) {
        QString text = plainTextOf(payload, *part);
        if (isLegacyDisplay(*part, copies))
            text = withoutLegacyDisplay(text, copies);
        if (part == parts.front())
            joined = std::move(text); // Nearly always the only one, and long.
        else
            joined += u'\n' + text;
    }
    return joined;
}

/// The same, without those that are blank.
QString joinedPieces(QStringList pieces)
{
    pieces.removeIf([](const QString &piece) { return piece.trimmed().isEmpty(); });
    return pieces.join(u"\n"_s);
}

/// They stay in the text as well: nothing is taken out of what was signed, and somebody may only have written of such files.
void addUuencodedFiles(OpenedMessage &message, const Entity &payload, const mime::Part &part, CryptographicStatus protection)
{
    constexpr qsizetype kMost = 100;
    if (!part.isType("text/plain") || !mime::isIdentity(part.encoding))
        return;
    const QList<mime::UuencodedFile> files = mime::uuencodedFilesIn(part.body.of(payload.octets));
    for (const mime::UuencodedFile &file : files.first(std::min(kMost, files.size()))) {
        Attachment attachment = attachmentOf(payload, part, protection);
        attachment.name = mime::safeFileName(file.name);
        attachment.type = "application/octet-stream";
        attachment.contentId.clear();
        attachment.begin += file.range.begin;
        attachment.length = file.range.size();
        attachment.transferEncoding = mime::nameOf(mime::TransferEncoding::Uuencode);
        attachment.sizeOctets = attachment.content().size();
        message.attachments.append(attachment);
    }
}

void fillAttachments(OpenedMessage &message, const Entity &payload, const mime::BodySelection &selection, const BodyContext &context)
{
    for (const auto *parts : {&selection.attachments, &selection.related}) {
        for (const mime::Part *part : *parts)
            message.attachments.append(attachmentOf(payload, *part, context.protection));
    }
    for (const mime::Part *part : selection.texts)
        addUuencodedFiles(message, payload, *part, context.protection);
}

mime::HtmlPolicy htmlPolicy(const QList<Attachment> &attachments, HtmlUse use)
{
    mime::HtmlPolicy policy;
    if (use == HtmlUse::RenderWithStyles)
        policy.styles = mime::HtmlPolicy::Styles::KeepHarmless;
    for (const Attachment &attachment : attachments)
        if (!attachment.contentId.isEmpty())
            policy.contentIds.insert(attachment.contentId);
    return policy;
}

mime::ReducedHtml reducedHtml(const Entity &payload, const mime::Part &part, const HeaderCopies &copies, const mime::HtmlPolicy &policy)
{
    QString html = mime::textOf(payload.octets, part).text;
    if (isLegacyDisplay(part, copies))
        html = withoutLegacyDisplayHtml(html, copies);
    return mime::reduceHtml(html, policy);
}

struct HtmlReading {
    mime::ReducedHtml first;
    QStringList rest; // the text of what goes on behind it
};

// What either would load is left out, and what is too much for the viewer; both is said.
HtmlReading readHtml(OpenedMessage &message, const Entity &payload, const mime::BodySelection &selection, HtmlUse use, const HeaderCopies &copies)
{
    const mime::HtmlPolicy policy = htmlPolicy(message.attachments, use);
    HtmlReading reading{reducedHtml(payload, *selection.html, copies, policy), {}};
    bool isBlocked = reading.first.remoteReferencesBlocked > 0;
    bool isCutOff = reading.first.wasTruncated;
    for (const mime::HtmlRest &rest : selection.htmlRest) {
        const mime::ReducedHtml reduced = reducedHtml(payload, *rest.part, copies, policy);
        isBlocked = isBlocked || reduced.remoteReferencesBlocked > 0;
        isCutOff = isCutOff || reduced.wasTruncated;
        reading.rest.append(reduced.plainText);
    }
    if (isBlocked)
        message.verdict.warnings.append(warning::RemoteContentBlocked);
    if (isCutOff)
        message.verdict.warnings.append(warning::HtmlCutOff);
    return reading;
}

// Wherever they lie: many programs put pictures beside the HTML in a multipart/mixed.
void markPictures(QList<Attachment> &attachments, const QList<QByteArray> &contentIds)
{
    const QSet<QByteArray> named(contentIds.begin(), contentIds.end());
    for (Attachment &attachment : attachments)
        attachment.isInline = named.contains(attachment.contentId);
}

/// What stands behind the HTML, in the order of the letter: texts that are no version of it, and its own rest from `restBegin` on.
QString textBehindHtml(const Entity &payload, const mime::BodySelection &selection, const HtmlReading &reading, std::size_t restBegin, const HeaderCopies &copies)
{
    const std::span<const mime::Part *const> texts(selection.texts);
    QStringList pieces;
    std::size_t at = selection.htmlEnd;
    for (std::size_t i = restBegin; i < selection.htmlRest.size(); ++i) {
        const std::size_t end = std::max(at, selection.htmlRest[i].textsBefore);
        pieces << joinedText(payload, texts.subspan(at, end - at), copies) << reading.rest[qsizetype(i)];
        at = end;
    }
    pieces << joinedText(payload, texts.subspan(at), copies);
    return joinedPieces(std::move(pieces));
}

} // namespace

// Text and HTML are two ways to read the whole: a text beside the HTML, such as a list's footer, is in both, and so is HTML that has no text for it.
void fillBody(OpenedMessage &message, const Entity &payload, const BodyContext &context)
{
    const HeaderCopies copies{context.headers, context.scheme};
    const mime::BodySelection selection = selectedBody(payload, copies);
    const std::span<const mime::Part *const> texts(selection.texts);
    message.text = joinedText(payload, texts, copies);
    fillAttachments(message, payload, selection, context);
    // RFC 1847 section 2.2, such as OpenPGP's. Where there is something to read all the same, that was no secret.
    if (texts.empty() && !selection.html && bodyRoot(payload.part(), context.scheme).isType("multipart/encrypted"))
        message.verdict.warnings.append(warning::OtherEncryption);
    if (!selection.html)
        return;
    const HtmlReading reading = readHtml(message, payload, selection, context.html, copies);
    const auto joined = [&](std::span<const mime::Part *const> parts) { return joinedText(payload, parts, copies); };
    const QString before = joined(texts.first(selection.htmlBegin));
    const QString versions = joined(texts.subspan(selection.htmlBegin, selection.htmlEnd - selection.htmlBegin));
    const auto behindFrom = [&](std::size_t restBegin) { return textBehindHtml(payload, selection, reading, restBegin, copies); };
    const QString behind = behindFrom(0);
    if (versions.trimmed().isEmpty())
        message.text = joinedPieces({before, reading.first.plainText, behind});
    else if (selection.htmlRest.size() > selection.htmlRestBegin)
        message.text = joinedPieces({before, versions, behindFrom(selection.htmlRestBegin)});
    if (context.html == HtmlUse::TextOnly)
        return;
    markPictures(message.attachments, reading.first.contentIds);
    message.html = mime::withTextAround(reading.first.html, before, behind);
}

} // namespace smime
