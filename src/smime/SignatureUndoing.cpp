// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignatureUndoing.h"

#include "mime/Structure.h"

#include <algorithm>
#include <optional>

namespace smime {

namespace {

constexpr qsizetype kMostOctetsMade = 8 * 1024 * 1024;
constexpr qsizetype kMostFooterLines = 60;
constexpr qsizetype kMostPrefixWords = 5;
constexpr qsizetype kMostParameters = 16;
constexpr qsizetype kMostEncodings = 32;
constexpr qsizetype kMostHeaderChanges = 400;
constexpr int kNarrowest = 20;
constexpr int kWidest = 132;
constexpr QByteArrayView kEncodingField = "content-transfer-encoding:";

/// Replaces runs of octets that do not overlap, given in order.
struct Edit {
    mime::Range range;
    QByteArray replacement;
};

QByteArray edited(const QByteArray &octets, const QList<Edit> &edits)
{
    QByteArray result;
    qsizetype at = 0;
    for (const Edit &edit : edits) {
        result += QByteArrayView(octets).sliced(at, edit.range.begin - at);
        result += edit.replacement;
        at = edit.range.end;
    }
    return result.append(QByteArrayView(octets).sliced(at));
}

/// An entity and its parts. To find them costs as much as to read it.
struct ReadEntity {
    explicit ReadEntity(const QByteArray &entity) : octets(entity), structure(mime::parseStructure(entity))
    {
        if (structure)
            parts = structure->flattened();
    }
    Q_DISABLE_COPY_MOVE(ReadEntity)

    const QByteArray &octets;
    const base::Result<mime::Structure> structure;
    std::vector<const mime::Part *> parts;
};

bool isText(const mime::Part &part)
{
    return part.children.empty() && part.type.value.startsWith("text/");
}

/// How many candidates of this size may be made.
qsizetype mostFor(const QByteArray &octets, qsizetype wanted)
{
    return std::min(wanted, kMostOctetsMade / (octets.size() + 1));
}

/// The header without its encoding field, or with another value in it.
QByteArray withEncoding(QByteArrayView header, const std::optional<QByteArray> &encoding)
{
    QByteArray result;
    for (QByteArrayView rest = header; !rest.isEmpty();) {
        const qsizetype lineFeed = rest.indexOf('\n');
        const QByteArrayView line = lineFeed < 0 ? rest : rest.first(lineFeed + 1);
        const bool isField = line.size() >= kEncodingField.size() && line.first(kEncodingField.size()).compare(kEncodingField, Qt::CaseInsensitive) == 0;
        if (!isField)
            result += line;
        else if (encoding)
            result += line.first(kEncodingField.size()).toByteArray() + ' ' + *encoding + "\r\n";
        rest = rest.sliced(line.size());
    }
    return result;
}

/// `text` without its last `lines` lines; nothing if it has fewer.
std::optional<QByteArrayView> withoutLastLines(QByteArrayView text, qsizetype lines)
{
    qsizetype end = text.endsWith("\r\n") ? text.size() - 2 : text.size();
    for (qsizetype i = 0; i < lines; ++i) {
        const qsizetype at = text.first(end).lastIndexOf("\r\n");
        if (at < 0)
            return std::nullopt;
        end = at;
    }
    return text.first(end);
}

/// `text` without its first `lines` lines; nothing if it has no more.
std::optional<QByteArrayView> withoutFirstLines(QByteArrayView text, qsizetype lines)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i < lines; ++i) {
        const qsizetype at = text.indexOf("\r\n", begin);
        if (at < 0)
            return std::nullopt;
        begin = at + 2;
    }
    return text.sliced(begin);
}

/// Joins what was broken because it, with the word that follows, would not have fitted into `width` columns.
QByteArray unwrapped(QByteArrayView text, qsizetype width)
{
    const QList<QByteArrayView> lines = linesOf(text);
    QByteArray result;
    result.reserve(text.size());
    qsizetype length = 0; // Of the last line as it stands in the text.
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArrayView line = lines[i];
        const bool isLast = i + 1 == lines.size();
        const bool hasCr = line.endsWith('\r');
        if (hasCr)
            line.chop(1);
        const qsizetype blank = line.indexOf(' ');
        const qsizetype firstWord = blank < 0 ? line.size() : blank;
        const bool isBroken = i > 0 && length > 0 && length <= width && firstWord > 0 && length + 1 + firstWord > width;
        if (isBroken)
            result += ' ';
        else if (i > 0)
            result += "\r\n";
        result += line;
        length = line.size();
        if (isLast && hasCr)
            result += '\r';
    }
    return result;
}

/// SMTP servers break lines that are too long for them, at 990 octets or a little later (RFC 5321 section 4.5.3.1.6); `mark` is what they put in.
QByteArray withoutForcedBreaks(const QByteArray &octets, QByteArrayView mark)
{
    constexpr qsizetype kShortestBroken = 980;
    QByteArray result;
    qsizetype lineBegin = 0;
    qsizetype copied = 0;
    for (qsizetype at = octets.indexOf("\r\n"); at >= 0; at = octets.indexOf("\r\n", at + 2)) {
        const qsizetype begin = at - mark.indexOf('\r');
        if (at - lineBegin >= kShortestBroken && QByteArrayView(octets).sliced(begin).startsWith(mark)) {
            result += QByteArrayView(octets).sliced(copied, begin - copied);
            copied = begin + mark.size();
        }
        lineBegin = at + 2;
    }
    return result.append(QByteArrayView(octets).sliced(copied));
}

/// The whole fields of a header, with their line ends.
QList<mime::Range> headerFieldsOf(const QByteArray &octets, mime::Range header)
{
    QList<mime::Range> fields;
    for (qsizetype at = header.begin; at < header.end;) {
        const qsizetype lineFeed = octets.indexOf('\n', at);
        const qsizetype end = lineFeed < 0 ? header.end : std::min(header.end, lineFeed + 1);
        if (!fields.isEmpty() && (octets[at] == ' ' || octets[at] == '\t'))
            fields.last().end = end;
        else
            fields.append(mime::Range{at, end});
        at = end;
    }
    return fields;
}

bool hasFieldName(QByteArrayView field, QByteArrayView name)
{
    return field.size() > name.size() && field[name.size()] == ':' && field.first(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

QList<QByteArray> withoutFirstWords(const QByteArray &field)
{
    QList<QByteArray> changed;
    const qsizetype colon = field.indexOf(':');
    QByteArray rest = field.sliced(colon + 1);
    for (qsizetype i = 0; i < kMostPrefixWords; ++i) {
        const qsizetype begin = rest.startsWith(' ') ? 1 : 0;
        const qsizetype blank = rest.indexOf(' ', begin);
        if (blank < 0)
            break;
        rest = rest.sliced(blank);
        changed.append(field.first(colon + 1) + rest);
    }
    return changed;
}

// Each is a copy of the whole field, and a hostile one has as many parameters as fit.
QList<QByteArray> requoted(const QByteArray &field, qsizetype most)
{
    QList<QByteArray> changed{QByteArray(field).replace('"', "")};
    for (qsizetype equals = field.indexOf('='); equals >= 0 && changed.size() < most; equals = field.indexOf('=', equals + 1)) {
        const qsizetype begin = equals + 1;
        if (begin < field.size() && field[begin] == '"') {
            const qsizetype close = field.indexOf('"', begin + 1);
            if (close > 0)
                changed.append(field.first(begin) + field.sliced(begin + 1, close - begin - 1) + field.sliced(close + 1));
            continue;
        }
        qsizetype end = begin;
        while (end < field.size() && field[end] != ';' && field[end] > ' ')
            ++end;
        changed.append(field.first(begin) + '"' + field.sliced(begin, end - begin) + '"' + field.sliced(end));
    }
    return changed;
}

/// The parameters of a field in every other order, with what stands between them.
QList<QByteArray> reordered(const QByteArray &field)
{
    constexpr qsizetype kMostOrdered = 4; // 24 orders
    QList<QByteArray> parameters = field.split(';'); // a quoted semicolon only makes orders that fit nothing
    const QByteArray type = parameters.takeFirst();
    QList<QByteArray> changed;
    if (parameters.size() < 2 || parameters.size() > kMostOrdered)
        return changed;
    std::sort(parameters.begin(), parameters.end());
    do {
        changed.append(type + ';' + parameters.join(';'));
    } while (std::next_permutation(parameters.begin(), parameters.end()));
    return changed;
}

/// What may have been made of `field`, without its line end; `most` candidates at most.
QList<QByteArray> fieldsBefore(const QByteArray &field, qsizetype most)
{
    if (hasFieldName(field, "subject"))
        return withoutFirstWords(field);
    if (!hasFieldName(field, "content-type"))
        return {};
    return requoted(field, most) + reordered(field);
}

QByteArray inBase64(QByteArrayView text, qsizetype width)
{
    const QByteArray digits = text.toByteArray().toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < digits.size(); at += width) {
        lines += QByteArrayView(digits).sliced(at, std::min(width, digits.size() - at));
        lines += "\r\n";
    }
    return lines;
}

/// Every part that `isChanged` chooses, as `body` makes it, with `encoding` in its header. What is 8bit is so around it as well, where that is said
/// (RFC 2045 section 6.4).
template <typename IsChanged, typename Body>
void encodeParts(const ReadEntity &entity, QList<QByteArray> &candidates, const std::optional<QByteArray> &encoding, IsChanged isChanged, Body body)
{
    if (candidates.size() >= mostFor(entity.octets, kMostEncodings))
        return;
    const bool isEightBit = encoding == QByteArray("8bit");
    QList<Edit> edits;
    const auto replace = [&](mime::Range range, const QByteArray &replacement) {
        if (range.of(entity.octets) != replacement)
            edits.append({range, replacement});
    };
    for (const mime::Part *part : entity.parts) {
        const QByteArrayView header = part->header.of(entity.octets);
        if (part->isMultipart() && isEightBit) {
            replace(part->header, withEncoding(header, encoding));
        } else if (part->children.empty() && isChanged(*part)) {
            replace(part->header, withEncoding(header, encoding));
            replace(part->body, body(*part));
        }
    }
    if (!edits.isEmpty())
        candidates.append(edited(entity.octets, edits));
}

// A text without some of its lines, for all parts together: a hostile letter has thousands. `cut` answers nothing where there are too few.
template <typename Cut>
QList<QByteArray> withoutLines(const QByteArray &octets, const QList<QByteArray> &ends, Cut cut)
{
    QList<QByteArray> candidates;
    const qsizetype mostCandidates = mostFor(octets, 4 * kMostFooterLines);
    const ReadEntity entity{octets};
    for (const mime::Part *part : entity.parts) {
        if (!isText(*part))
            continue;
        const bool isBase64 = part->encoding == mime::TransferEncoding::Base64;
        const QByteArray body = part->body.of(octets).toByteArray();
        const QByteArray text = isBase64 ? mime::decodeBase64(body).octets : body;
        for (qsizetype lines = 1; lines <= kMostFooterLines && candidates.size() < mostCandidates; ++lines) {
            const std::optional<QByteArrayView> shorter = cut(text, lines);
            if (!shorter)
                break;
            for (const QByteArray &end : ends) {
                QByteArray replacement = shorter->toByteArray() + end;
                if (isBase64) {
                    replacement = mime::encodeBase64(replacement);
                    if (!body.endsWith('\n'))
                        replacement.chop(2);
                }
                candidates.append(edited(octets, {{part->body, replacement}}));
            }
        }
    }
    return candidates;
}

} // namespace

QList<QByteArrayView> linesOf(QByteArrayView text)
{
    QList<QByteArrayView> lines;
    qsizetype begin = 0;
    for (qsizetype end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
        lines.append(text.sliced(begin, end - begin));
        begin = end + 1;
    }
    lines.append(text.sliced(begin));
    return lines;
}

QByteArray withoutAnySpace(QByteArrayView octets)
{
    QByteArray words;
    for (const char c : octets)
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            words += c;
    return words;
}

QList<QByteArray> undoneEncodings(const QByteArray &octets)
{
    using Encoding = mime::TransferEncoding;
    const ReadEntity entity{octets};
    QList<QByteArray> candidates;
    const auto decoded = [&octets](const mime::Part &part) { return mime::contentOf(octets, part).octets; };
    const auto isTextIn = [](Encoding encoding) { return [encoding](const mime::Part &part) { return isText(part) && part.encoding == encoding; }; };
    const auto isClearText = [](const mime::Part &part) { return isText(part) && mime::isIdentity(part.encoding); };
    // Base64 can be written in few ways only, so that what it was before can be told.
    const auto tryBase64 = [&](const auto &isChanged) {
        for (const qsizetype width : {76, 72, 64}) {
            for (const qsizetype lineEnd : {0, 2}) {
                encodeParts(entity, candidates, QByteArray("base64"), isChanged, [&decoded, width, lineEnd](const mime::Part &part) {
                    QByteArray lines = inBase64(decoded(part), width);
                    lines.chop(lineEnd);
                    return lines;
                });
            }
        }
    };
    for (const Encoding from : {Encoding::QuotedPrintable, Encoding::Base64})
        for (const std::optional<QByteArray> &encoding : {std::optional<QByteArray>(), std::optional<QByteArray>("7bit"), std::optional<QByteArray>("8bit")})
            encodeParts(entity, candidates, encoding, isTextIn(from), decoded);
    // 8bit around what needs seven bits only: some servers correct no more than that.
    encodeParts(entity, candidates, QByteArray("8bit"), [](const mime::Part &) { return false; }, decoded);
    tryBase64([](const mime::Part &part) { return part.encoding == Encoding::Base64; }); // in lines of another length, files as well
    encodeParts(entity, candidates, QByteArray("quoted-printable"), isClearText, [&octets](const mime::Part &part) { return mime::encodeQuotedPrintable(part.body.of(octets)); });
    tryBase64(isClearText);
    tryBase64(isTextIn(Encoding::QuotedPrintable));
    return candidates;
}

QList<QByteArray> undoneFooters(const QByteArray &octets)
{
    return withoutLines(octets, {QByteArray(), QByteArray("\r\n")}, withoutLastLines);
}

QList<QByteArray> undoneBanners(const QByteArray &octets)
{
    return withoutLines(octets, {QByteArray()}, withoutFirstLines);
}

QList<QByteArray> undoneWrappings(const QByteArray &octets)
{
    const ReadEntity entity{octets};
    QList<QByteArray> candidates;
    const qsizetype most = mostFor(octets, kWidest - kNarrowest);
    for (qsizetype width = kNarrowest; width < kNarrowest + most; ++width) {
        QList<Edit> edits;
        for (const mime::Part *part : entity.parts)
            if (isText(*part))
                edits.append({part->body, unwrapped(part->body.of(octets), width)});
        candidates.append(edited(octets, edits));
    }
    for (const QByteArrayView mark : {"\r\n ", "!\r\n ", "\r\n"})
        candidates.append(withoutForcedBreaks(octets, mark));
    return candidates;
}

QList<QByteArray> undoneHeaderChanges(const QByteArray &octets)
{
    QList<QByteArray> candidates;
    const qsizetype most = mostFor(octets, kMostHeaderChanges);
    const ReadEntity entity{octets};
    for (const mime::Part *part : entity.parts) {
        for (const mime::Range &field : headerFieldsOf(octets, part->header)) {
            if (candidates.size() >= most)
                return candidates;
            candidates.append(edited(octets, {Edit{field, {}}})); // it was not there
            const QByteArray whole = field.of(octets).toByteArray();
            const qsizetype lineEnd = whole.endsWith("\r\n") ? 2 : 0;
            const QList<QByteArray> before = fieldsBefore(whole.chopped(lineEnd), std::min(kMostParameters, most));
            for (const QByteArray &one : before.first(std::min(before.size(), most - candidates.size())))
                candidates.append(edited(octets, {Edit{{field.begin, field.end - lineEnd}, one}}));
        }
    }
    return candidates;
}

} // namespace smime
