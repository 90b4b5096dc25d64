// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/SevenBit.h"

#include "mime/MessageBuilder.h"
#include "mime/NeighbourSearch.h"
#include "mime/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

bool isSevenBit(QByteArrayView octets)
{
    return isAscii(octets) && !octets.contains('\0');
}

// More octets between line ends than `longest`; from each line end within reach to the last one within reach.
bool hasLongerLine(QByteArrayView octets, qsizetype longest)
{
    for (qsizetype at = 0; octets.size() - at > longest;) {
        const qsizetype feed = octets.sliced(at).first(qMin(longest + 2, octets.size() - at)).lastIndexOf('\n');
        if (feed < 0)
            return true;
        at += feed + 1;
    }
    return false;
}

// Blanks before a line end, which get lost, and a "From " after one, which grows a ">" on the way.
bool hasEndangeredLine(QByteArrayView octets)
{
    constexpr QByteArrayView kFrom = "From ";
    if (octets.endsWith(' ') || octets.endsWith('\t') || octets.startsWith(kFrom))
        return true;
    const auto isEdge = [](char a, char b) { return (((a == ' ') | (a == '\t')) & (b == '\r')) | ((a == '\n') & (b == 'F')); };
    for (qsizetype at = firstNeighbours(octets, 0, isEdge); at >= 0; at = firstNeighbours(octets, at + 1, isEdge)) {
        if (octets[at] != '\n' || octets.sliced(at + 1).startsWith(kFrom))
            return true;
    }
    return false;
}

// What a leaf becomes: its content and how that is encoded.
struct EncodedLeaf {
    QByteArray body;
    TransferEncoding encoding = TransferEncoding::SevenBit;
    QByteArray charset; // if one must be named
};

EncodedLeaf encodeLeaf(QByteArrayView message, const Part &part)
{
    const QByteArrayView raw = part.body.of(message);
    const QByteArray canonical = toCanonicalLineEnds(raw);
    const bool isEncoded = !isIdentity(part.encoding);
    const bool isBinary = part.encoding == TransferEncoding::Binary;
    const bool hasBareReturn = isBinary && !hasCanonicalLineEnds(raw);
    if (!hasBareReturn && isSafeForTransport(canonical))
        return {canonical, isEncoded ? part.encoding : TransferEncoding::SevenBit, {}};
    const DecodedOctets content = isEncoded ? contentOf(message, part) : DecodedOctets{isBinary ? raw.toByteArray() : canonical, {}};
    const bool isText = part.type.mainType() == "text" && !content.octets.contains('\0');
    if (!isText || hasBareReturn)
        return {encodeBase64(content.octets), TransferEncoding::Base64, {}};
    const bool mustName = !isAscii(content.octets) && !part.type.hasParameter("charset");
    return {encodeQuotedPrintable(content.octets), TransferEncoding::QuotedPrintable,
            mustName ? decodeCharset(content.octets, {}).charset : QByteArray()};
}

QByteArray parameterisedField(QByteArrayView name, const ParameterisedValue &value)
{
    QByteArray text = value.value;
    for (const Parameter &parameter : value.parameters)
        text += formatParameter(parameter.name, parameter.value);
    return foldHeader(name, text);
}

QByteArray addressOrTextField(const HeaderField &field)
{
    constexpr const char *kAddressFields[] = {"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Resent-From", "Resent-To", "Resent-Cc"};
    const bool isAddress = std::any_of(std::begin(kAddressFields), std::end(kAddressFields), [&field](const char *name) { return field.is(name); });
    return isAddress ? addressField(field.name, parseAddresses(field.value)) : unstructuredField(field.name, decodeUnstructured(field.value));
}

QByteArray fieldOctets(const HeaderField &field)
{
    if (isSevenBit(field.value))
        return field.name + ':' + toCanonicalLineEnds(field.value) + "\r\n";
    if (field.is("Content-Type"))
        return parameterisedField(field.name, parseContentType(field.value));
    if (field.is("Content-Disposition"))
        return parameterisedField(field.name, parseContentDisposition(field.value));
    return addressOrTextField(field);
}

// Names and subjects as encoded words, for what is signed has seven bits (RFC 8551 section 3.1.2). Addresses beyond ASCII and identifiers have no
// other form.
QByteArray messageField(const HeaderField &field)
{
    const bool isIdentifier = field.is("Message-ID") || field.is("In-Reply-To") || field.is("References");
    QByteArray raw = field.name + ':' + toCanonicalLineEnds(field.value) + "\r\n";
    if (isIdentifier || isSevenBit(field.value))
        return raw;
    QByteArray encoded = addressOrTextField(field);
    const bool hasText = encoded.size() > field.name.size() + 4; // a group without members is no address
    return hasText && isAscii(encoded) ? encoded : raw;
}

// A preamble or epilogue is no text of the message; octets that may not be there are lost without loss.
QByteArray betweenParts(QByteArrayView raw)
{
    QByteArray text = toCanonicalLineEnds(raw);
    for (char &c : text) {
        if (static_cast<unsigned char>(c) > 127 || c == '\0')
            c = '?';
    }
    return text;
}

QByteArray compositeBody(QByteArrayView message, const Part &part)
{
    QByteArray result;
    qsizetype at = part.body.begin;
    for (const Part &child : part.children) {
        result += betweenParts(message.sliced(at, child.whole.begin - at));
        result += toSevenBit(message, child);
        at = child.whole.end;
    }
    return result + betweenParts(message.sliced(at, part.body.end - at));
}

QByteArray header(const QList<HeaderField> &fields, TransferEncoding encoding, const Part &part, const QByteArray &charset)
{
    QByteArray result;
    bool hasType = false;
    bool hasEncoding = false;
    for (const HeaderField &field : fields) {
        if (field.is("Content-Transfer-Encoding")) {
            if (!hasEncoding)
                result += transferEncodingOf(unfold(field.value)) == encoding ? fieldOctets(field) : foldHeader("Content-Transfer-Encoding", nameOf(encoding));
            hasEncoding = true;
        } else if (field.is("Content-Type") && !charset.isEmpty()) {
            ParameterisedValue type = part.type;
            type.parameters.append({"charset", QString::fromLatin1(charset)});
            result += parameterisedField(field.name, type);
            hasType = true;
        } else {
            hasType = hasType || field.is("Content-Type");
            result += fieldOctets(field);
        }
    }
    if (!hasType && !charset.isEmpty())
        result += "Content-Type: " + part.type.value + "; charset=" + charset + "\r\n";
    if (!hasEncoding && encoding != TransferEncoding::SevenBit)
        result += foldHeader("Content-Transfer-Encoding", nameOf(encoding));
    return result;
}

// The body needs nothing.
void takeBody(SplitMessage &result, QByteArrayView message, const Part &part, const QList<HeaderField> &fields)
{
    const bool isPlain = part.encoding == TransferEncoding::EightBit || part.encoding == TransferEncoding::Binary || part.encoding == TransferEncoding::Unknown;
    const bool isSealed = part.isType("multipart/signed"); // whose own encoding is not ours to change
    const QByteArrayView body = part.body.of(message);
    const qsizetype copied = std::min(body.size(), kCopiedBodyOctets);
    result.entity = header(fields, isPlain && !isSealed ? TransferEncoding::SevenBit : part.encoding, part, {});
    result.entity.reserve(result.entity.size() + 2 + copied);
    result.entity.append("\r\n", 2).append(body.first(copied));
    result.rest = body.sliced(copied);
}

} // namespace

bool isSafeForTransport(QByteArrayView octets, qsizetype longestLine)
{
    return isSevenBit(octets) && hasCanonicalLineEnds(octets) && !hasLongerLine(octets, longestLine) && !hasEndangeredLine(octets);
}

QByteArray toSevenBit(QByteArrayView message, const Part &part)
{
    if (part.isType("multipart/signed") || isSafeForTransport(part.whole.of(message)))
        return toCanonicalLineEnds(part.whole.of(message));
    return toSevenBit(message, part, headersOf(message, part).fields);
}

QByteArray toSevenBit(QByteArrayView message, const Part &part, const QList<HeaderField> &fields)
{
    if (part.isType("multipart/signed"))
        return header(fields, part.encoding, part, {}) + "\r\n" + toCanonicalLineEnds(part.body.of(message));
    const bool isEmptyPart = fields.isEmpty() && part.whole.isEmpty();
    if (isEmptyPart)
        return {};
    if (!part.children.empty())
        return header(fields, TransferEncoding::SevenBit, part, {}) + "\r\n" + compositeBody(message, part);
    const EncodedLeaf leaf = encodeLeaf(message, part);
    return header(fields, leaf.encoding, part, leaf.charset) + "\r\n" + leaf.body;
}

base::Result<SplitMessage> splitForSigning(QByteArrayView message, const Limits &limits)
{
    const base::Result<Structure> structure = parseStructure(message, limits);
    if (!structure)
        return structure.error();
    SplitMessage result;
    QList<HeaderField> content;
    const Headers headers = headersOf(message, structure->root);
    for (const HeaderField &field : headers.fields) {
        if (field.name.size() > 8 && qstrnicmp(field.name.constData(), 8, "content-", 8) == 0)
            content.append(field);
        else if (!field.is("MIME-Version"))
            result.messageFields += messageField(field);
    }
    Part root = structure->root;
    if (!headers.first("Content-Type")) {
        const DecodedText text = decodeCharset(contentOf(message, root).octets, {});
        const QByteArray type = root.type.value + "; charset=" + text.charset;
        content.prepend({"Content-Type", ' ' + type, {}, {}});
        root.type = parseContentType(type);
    }
    if (isSafeForTransport(root.body.of(message)))
        takeBody(result, message, root, content);
    else
        result.entity = toSevenBit(message, root, content);
    return result;
}

} // namespace mime
