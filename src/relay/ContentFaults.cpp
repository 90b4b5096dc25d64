// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/ContentFaults.h"

#include "mime/Structure.h"

#include <algorithm>
#include <functional>

namespace relay {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView kUsualFooter = "_______________________________________________\r\nThis message was passed on by a mailing list.\r\n";
constexpr QByteArrayView kUsualPrefix = "[list] ";

/// Replaces a run of octets; edits of one message never overlap.
struct Edit {
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArray replacement;
};

QByteArray edited(const QByteArray &message, QList<Edit> edits)
{
    std::sort(edits.begin(), edits.end(), [](const Edit &a, const Edit &b) { return a.begin < b.begin; });
    QByteArray result;
    qsizetype at = 0;
    for (const Edit &edit : std::as_const(edits)) {
        result += QByteArrayView{message}.sliced(at, edit.begin - at);
        result += edit.replacement;
        at = edit.end;
    }
    return result.append(QByteArrayView{message}.sliced(at));
}

std::vector<const mime::Part *> textLeaves(const mime::Structure &structure)
{
    std::vector<const mime::Part *> leaves = structure.flattened();
    std::erase_if(leaves, [](const mime::Part *part) { return !part->children.empty() || !part->type.value.startsWith("text/"); });
    return leaves;
}

/// Every line of `text` changed by `change`; the last line end stays as it was.
QByteArray mapLines(QByteArrayView text, const std::function<QByteArray(const QByteArray &)> &change)
{
    QList<QByteArray> lines = text.toByteArray().split('\n');
    for (QByteArray &line : lines) {
        const bool hasCr = line.endsWith('\r');
        if (hasCr)
            line.chop(1);
        line = change(line);
        if (hasCr)
            line += '\r';
    }
    return lines.join('\n');
}

/// The lines of a header with their continuation, each with its line end.
QList<QByteArray> fieldsOf(QByteArrayView header)
{
    QList<QByteArray> fields;
    for (QByteArrayView rest = header; !rest.isEmpty();) {
        const qsizetype lineFeed = rest.indexOf('\n');
        const QByteArrayView line = lineFeed < 0 ? rest : rest.first(lineFeed + 1);
        if (!fields.isEmpty() && (line.startsWith(' ') || line.startsWith('\t')))
            fields.last().append(line);
        else
            fields.append(line.toByteArray());
        rest = rest.sliced(line.size());
    }
    return fields;
}

bool isField(const QByteArray &field, QByteArrayView name)
{
    return field.size() > name.size() && field[name.size()] == ':' && QByteArrayView{field}.first(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

/// The parts in front of whose octets a signature stands: what is inside a multipart/signed.
std::vector<const mime::Part *> signedEntities(const mime::Structure &structure)
{
    std::vector<const mime::Part *> entities;
    for (const mime::Part *part : structure.flattened())
        if (part->isType("multipart/signed") && !part->children.empty())
            entities.push_back(&part->children.front());
    return entities;
}

AlteredMessage resultOf(const QByteArray &message, const QList<Edit> &edits, const QString &otherwise)
{
    if (edits.isEmpty())
        return {message, false, otherwise};
    AlteredMessage altered{edited(message, edits), true, {}};
    altered.isAltered = altered.octets != message;
    if (!altered.isAltered)
        altered.note = otherwise;
    return altered;
}

AlteredMessage withFooter(const QByteArray &message, const mime::Structure &structure, const FaultRule &rule)
{
    QByteArray footer = rule.text.isEmpty() ? kUsualFooter.toByteArray() : rule.text;
    footer.replace("\r\n", "\n").replace('\n', "\r\n");
    if (!footer.endsWith("\r\n"))
        footer += "\r\n";
    const std::vector<const mime::Part *> leaves = textLeaves(structure);
    const auto plain = std::find_if(leaves.begin(), leaves.end(), [](const mime::Part *part) { return part->disposition.value != "attachment"; });
    // Where there is no text, a list's software appends its lines all the same.
    if (plain == leaves.end())
        return resultOf(message, {{message.size(), message.size(), footer}}, {});
    const mime::Part &part = **plain;
    const QByteArrayView body = part.body.of(message);
    QByteArray longer;
    if (part.encoding == mime::TransferEncoding::Base64) {
        longer = mime::encodeBase64(mime::decodeBase64(body).octets + footer);
        if (!body.endsWith('\n'))
            longer.chop(2);
    } else {
        longer = body.toByteArray();
        if (!longer.endsWith('\n'))
            longer += "\r\n";
        longer += footer;
        // Inside a multipart the line end before the boundary is not part of the text.
        if (!body.endsWith('\n') && part.number != "1")
            longer.chop(2);
    }
    return resultOf(message, {{part.body.begin, part.body.end, longer}}, {});
}

QByteArray wrapped(const QByteArray &line, int columns)
{
    QByteArray result;
    QByteArrayView rest{line};
    while (rest.size() > columns) {
        qsizetype blank = rest.first(columns + 1).lastIndexOf(' ');
        if (blank <= 0)
            blank = rest.indexOf(' ', columns);
        if (blank <= 0)
            break;
        result.append(rest.first(blank)).append("\r\n");
        rest = rest.sliced(blank + 1);
    }
    return result.append(rest);
}

AlteredMessage rewrapped(const QByteArray &message, const mime::Structure &structure, const FaultRule &rule)
{
    QList<Edit> edits;
    for (const mime::Part *part : textLeaves(structure))
        if (mime::isIdentity(part->encoding))
            edits.append({part->body.begin, part->body.end,
                          mapLines(part->body.of(message), [&rule](const QByteArray &line) { return wrapped(line, rule.columns); })});
    return resultOf(message, edits, u"no line is longer than %1"_s.arg(rule.columns));
}

AlteredMessage reencoded(const QByteArray &message, const mime::Structure &structure)
{
    const QByteArray kField = "Content-Transfer-Encoding";
    QList<Edit> edits;
    for (const mime::Part *part : textLeaves(structure)) {
        if (!mime::isIdentity(part->encoding))
            continue;
        QList<QByteArray> fields = fieldsOf(part->header.of(message));
        const auto field = std::find_if(fields.begin(), fields.end(), [&kField](const QByteArray &line) { return isField(line, kField); });
        if (field == fields.end())
            fields.append(kField + ": quoted-printable\r\n");
        else
            *field = kField + ": quoted-printable\r\n";
        edits.append({part->header.begin, part->header.end, fields.join()});
        edits.append({part->body.begin, part->body.end, mime::encodeQuotedPrintable(part->body.of(message))});
    }
    return resultOf(message, edits, u"no text in 7bit or 8bit"_s);
}

AlteredMessage fromEscaped(const QByteArray &message, const mime::Structure &structure)
{
    QList<Edit> edits;
    for (const mime::Part *part : textLeaves(structure))
        edits.append({part->body.begin, part->body.end,
                      mapLines(part->body.of(message), [](const QByteArray &line) { return line.startsWith("From ") ? '>' + line : line; })});
    return resultOf(message, edits, u"no line begins with \"From \""_s);
}

/// A subject with the prefix; a content type whose charset changed its quotes; or what it was.
QByteArray munged(const QByteArray &field, const QByteArray &prefix, bool touchesType)
{
    if (isField(field, "Subject")) {
        const QByteArrayView value = QByteArrayView{field}.sliced(sizeof "Subject:" - 1).trimmed();
        return field.first(sizeof "Subject:" - 1) + ' ' + prefix + value.toByteArray() + "\r\n";
    }
    if (!touchesType || !isField(field, "Content-Type"))
        return field;
    const qsizetype at = field.toLower().indexOf("charset=");
    if (at < 0)
        return field;
    const qsizetype begin = at + qsizetype{sizeof "charset=" - 1};
    QByteArray result = field;
    if (field[begin] == '"')
        return result.remove(field.indexOf('"', begin + 1), 1).remove(begin, 1);
    qsizetype end = begin;
    while (end < field.size() && field[end] != ';' && field[end] > ' ')
        ++end;
    return result.insert(end, '"').insert(begin, '"');
}

/// A prefix for the subject wherever it stands; where the signature covers none, the content type loses or gains quotes.
AlteredMessage withMungedHeader(const QByteArray &message, const mime::Structure &structure, const FaultRule &rule)
{
    const QByteArray prefix = rule.text.isEmpty() ? kUsualPrefix.toByteArray() : QByteArray{rule.text.simplified() + ' '};
    QList<Edit> edits;
    const auto munge = [&](const mime::Part &part, bool isSigned) {
        QList<QByteArray> fields = fieldsOf(part.header.of(message));
        const bool hasSubject = std::any_of(fields.begin(), fields.end(), [](const QByteArray &field) { return isField(field, "Subject"); });
        for (QByteArray &field : fields)
            field = munged(field, prefix, isSigned && !hasSubject);
        edits.append({part.header.begin, part.header.end, fields.join()});
    };
    munge(structure.root, false);
    for (const mime::Part *part : signedEntities(structure))
        munge(*part, true);
    return resultOf(message, edits, u"there is no subject"_s);
}

QByteArray refolded(const QByteArray &header)
{
    QByteArray result = header;
    if (result.contains("\r\n "))
        return result.replace("\r\n ", "\r\n\t");
    if (result.contains("\r\n\t"))
        return result.replace("\r\n\t", "\r\n ");
    return result.replace("; ", ";\r\n\t");
}

AlteredMessage withRefoldedHeader(const QByteArray &message, const mime::Structure &structure)
{
    QList<Edit> edits;
    const auto refold = [&](const mime::Part &part) {
        edits.append({part.header.begin, part.header.end, refolded(part.header.of(message).toByteArray())});
    };
    refold(structure.root);
    for (const mime::Part *part : signedEntities(structure))
        refold(*part);
    return resultOf(message, edits, u"no header line can be folded"_s);
}

AlteredMessage withoutSignature(const QByteArray &message, const mime::Structure &structure)
{
    QList<Edit> edits;
    for (const mime::Part *part : structure.flattened())
        if (part->isType("multipart/signed") && part->children.size() >= 2)
            edits.append({part->children[0].whole.end, part->children[1].whole.end, {}});
    return resultOf(message, edits.isEmpty() ? edits : edits.first(1), u"there is no smime.p7s"_s);
}

AlteredMessage withRenamedType(const QByteArray &message, const mime::Structure &structure)
{
    QList<Edit> edits;
    for (const mime::Part *part : structure.flattened()) {
        if (part->isMultipart() || !part->type.value.contains("pkcs7"))
            continue;
        QList<QByteArray> fields = fieldsOf(part->header.of(message));
        for (QByteArray &field : fields)
            if (const qsizetype at = field.toLower().indexOf(part->type.value); isField(field, "Content-Type") && at >= 0)
                field.replace(at, part->type.value.size(), "application/octet-stream");
        edits.append({part->header.begin, part->header.end, fields.join()});
    }
    return resultOf(message, edits, u"there is no S/MIME type"_s);
}

AlteredMessage truncated(const QByteArray &message, const mime::Structure &structure, const FaultRule &rule, quint64 random)
{
    const qsizetype header = structure.root.header.end;
    const qsizetype half = std::max(header, message.size() / 2);
    qsizetype at = rule.octets > 0 ? static_cast<qsizetype>(rule.octets) : half + static_cast<qsizetype>(random % static_cast<quint64>(message.size() - half + 1));
    at = std::min(at, message.size());
    // At the end of a line, as a server that ran out of room would leave it.
    const qsizetype lineFeed = message.lastIndexOf('\n', std::max<qsizetype>(at - 1, 0));
    at = lineFeed + 1;
    if (at >= message.size())
        at = message.lastIndexOf('\n', message.size() - 2) + 1;
    if (at <= 0)
        return {message, false, u"the message is one line"_s};
    return {message.first(at), true, u"%1 of %2 octets left"_s.arg(at).arg(message.size())};
}

} // namespace

AlteredMessage alterContent(const QByteArray &message, const FaultRule &rule, quint64 random)
{
    const base::Result<mime::Structure> structure = mime::parseStructure(message);
    if (!structure)
        return {message, false, u"the message has no readable structure"_s};
    switch (rule.kind) {
    case FaultKind::Footer:
        return withFooter(message, *structure, rule);
    case FaultKind::Rewrap:
        return rewrapped(message, *structure, rule);
    case FaultKind::QuotedPrintable:
        return reencoded(message, *structure);
    case FaultKind::FromEscape:
        return fromEscaped(message, *structure);
    case FaultKind::MungeHeader:
        return withMungedHeader(message, *structure, rule);
    case FaultKind::RefoldHeader:
        return withRefoldedHeader(message, *structure);
    case FaultKind::StripSignature:
        return withoutSignature(message, *structure);
    case FaultKind::RenameType:
        return withRenamedType(message, *structure);
    case FaultKind::Truncate:
        return truncated(message, *structure, rule, random);
    case FaultKind::Swap:
    case FaultKind::Replay:
    case FaultKind::Refuse:
    case FaultKind::RateLimit:
    case FaultKind::Greylist:
    case FaultKind::LoseReply:
    case FaultKind::Disconnect:
    case FaultKind::Delay:
    case FaultKind::Drip:
    case FaultKind::ChangeUids:
    case FaultKind::TlsHide:
    case FaultKind::TlsDisconnect:
    case FaultKind::TlsGarbage:
    case FaultKind::TlsCertificate:
        break;
    }
    return {message, false, {}};
}

namespace {

struct DividedMessage {
    QByteArray ownFields;     ///< Of the header, but for those of MIME.
    QByteArray contentFields;
    QByteArray rest;          ///< From the empty line on.
};

DividedMessage divided(const QByteArray &message)
{
    const qsizetype blank = message.indexOf("\r\n\r\n");
    const qsizetype end = blank < 0 ? message.size() : blank + 2;
    DividedMessage result;
    for (const QByteArray &field : fieldsOf(QByteArrayView{message}.first(end))) {
        const QByteArray lower = field.left(13).toLower();
        (lower.startsWith("content-") || lower.startsWith("mime-version:") ? result.contentFields : result.ownFields).append(field);
    }
    result.rest = message.sliced(end);
    return result;
}

} // namespace

std::pair<QByteArray, QByteArray> withSwappedContents(const QByteArray &first, const QByteArray &second)
{
    const DividedMessage one = divided(first);
    const DividedMessage two = divided(second);
    return {one.ownFields + two.contentFields + two.rest, two.ownFields + one.contentFields + one.rest};
}

} // namespace relay
