// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignatureUndoing.h"

#include "mime/Structure.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace smime {

namespace {

constexpr qsizetype kMostOctetsMade = 16 * 1024 * 1024;
constexpr qsizetype kMostFooterLines = 60;
constexpr qsizetype kMostPrefixWords = 5;
constexpr qsizetype kMostParameters = 16;
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

std::vector<mime::Part> textLeaves(const QByteArray &octets)
{
    std::vector<mime::Part> leaves;
    const base::Result<mime::Structure> structure = mime::parseStructure(octets);
    if (!structure)
        return leaves;
    for (const mime::Part *part : structure->flattened())
        if (part->children.empty() && part->type.value.startsWith("text/"))
            leaves.push_back(*part);
    return leaves;
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

/// Joins what was broken because it, with the word that follows, would not have fitted into `width` columns.
QByteArray unwrapped(QByteArrayView text, qsizetype width)
{
    const QList<QByteArray> lines = text.toByteArray().split('\n');
    QByteArray result;
    qsizetype length = 0; // Of the last line as it stands in the text.
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArray line = lines[i];
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

/// The lines of the first header in `octets` that begin a field, one candidate for each change that `change` proposes.
template <typename Change>
void changeFields(const QByteArray &octets, QList<QByteArray> &candidates, QByteArrayView name, Change change)
{
    const qsizetype end = octets.indexOf("\r\n\r\n");
    const QByteArray header = end < 0 ? octets : octets.first(end + 2);
    const QByteArray lower = "\r\n" + header.toLower();
    const qsizetype at = lower.indexOf(QByteArray("\r\n") + name.toByteArray() + ':');
    if (at < 0)
        return;
    qsizetype fieldEnd = header.indexOf("\r\n", at);
    while (fieldEnd >= 0 && fieldEnd + 2 < header.size() && (header[fieldEnd + 2] == ' ' || header[fieldEnd + 2] == '\t'))
        fieldEnd = header.indexOf("\r\n", fieldEnd + 2);
    if (fieldEnd < 0)
        return;
    const QByteArray field = header.sliced(at, fieldEnd - at);
    for (const QByteArray &other : change(field))
        candidates.append(octets.first(at) + other + octets.sliced(fieldEnd));
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

} // namespace

QList<QByteArray> undoneEncodings(const QByteArray &octets)
{
    const std::vector<mime::Part> leaves = textLeaves(octets);
    QList<QByteArray> candidates;
    for (const std::optional<QByteArray> &encoding : {std::optional<QByteArray>(), std::optional<QByteArray>("7bit"), std::optional<QByteArray>("8bit")}) {
        QList<Edit> edits;
        for (const mime::Part &part : leaves) {
            if (part.encoding != mime::TransferEncoding::QuotedPrintable)
                continue;
            edits.append({part.header, withEncoding(part.header.of(octets), encoding)});
            edits.append({part.body, mime::decodeQuotedPrintable(part.body.of(octets)).octets});
        }
        if (!edits.isEmpty())
            candidates.append(edited(octets, edits));
    }
    return candidates;
}

QList<QByteArray> undoneFooters(const QByteArray &octets)
{
    QList<QByteArray> candidates;
    // For all parts together: a hostile letter has thousands.
    const qsizetype mostCandidates = mostFor(octets, 4 * kMostFooterLines);
    for (const mime::Part &part : textLeaves(octets)) {
        const bool isBase64 = part.encoding == mime::TransferEncoding::Base64;
        const QByteArray body = part.body.of(octets).toByteArray();
        const QByteArray text = isBase64 ? mime::decodeBase64(body).octets : body;
        for (qsizetype lines = 1; lines <= kMostFooterLines && candidates.size() < mostCandidates; ++lines) {
            const std::optional<QByteArrayView> shorter = withoutLastLines(text, lines);
            if (!shorter)
                break;
            for (const QByteArray &end : {QByteArray(), QByteArray("\r\n")}) {
                QByteArray replacement = shorter->toByteArray() + end;
                if (isBase64) {
                    replacement = mime::encodeBase64(replacement);
                    if (!body.endsWith('\n'))
                        replacement.chop(2);
                }
                candidates.append(edited(octets, {{part.body, replacement}}));
            }
        }
    }
    return candidates;
}

QList<QByteArray> undoneWrappings(const QByteArray &octets)
{
    const std::vector<mime::Part> leaves = textLeaves(octets);
    QList<QByteArray> candidates;
    const qsizetype most = mostFor(octets, kWidest - kNarrowest);
    for (qsizetype width = kNarrowest; width < kNarrowest + most; ++width) {
        QList<Edit> edits;
        for (const mime::Part &part : leaves)
            edits.append({part.body, unwrapped(part.body.of(octets), width)});
        candidates.append(edited(octets, edits));
    }
    return candidates;
}

QList<QByteArray> undoneHeaderChanges(const QByteArray &octets)
{
    QList<QByteArray> candidates;
    const qsizetype most = mostFor(octets, kMostParameters);
    if (most < kMostPrefixWords)
        return candidates;
    changeFields(octets, candidates, "subject", withoutFirstWords);
    changeFields(octets, candidates, "content-type", [most](const QByteArray &field) { return requoted(field, most); });
    return candidates;
}

} // namespace smime
