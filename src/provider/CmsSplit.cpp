// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsSplit.h"

#include "base/LargeArray.h"
#include "provider/CmsOids.h"
#include "provider/OpenSsl.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

constexpr int kMaxDepth = 32;
constexpr int kMaxStringDepth = 5; // OpenSSL reads no deeper either
constexpr qsizetype kMaxSkeletonOctets = 32 * 1024 * 1024;
constexpr qsizetype kMaxPieces = 1'000'000;

struct Element {
    qsizetype begin = 0;
    qsizetype bodyBegin = 0;
    qsizetype bodyEnd = 0;
    qsizetype end = 0;          // after the end-of-contents octets, if there are any
    int tag = 0;
    int tagClass = 0;
    bool isConstructed = false;
    bool isIndefinite = false;

    [[nodiscard]] bool is(int universalTag) const { return tag == universalTag && tagClass == V_ASN1_UNIVERSAL; }
    [[nodiscard]] bool isContext(int number) const { return tag == number && tagClass == V_ASN1_CONTEXT_SPECIFIC; }
};

/// Walks through the elements of one message; keeps the first fault.
class Walker
{
public:
    explicit Walker(QByteArrayView der) : m_der(der) {}

    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] QByteArrayView bytes(const Element &e) const { return m_der.sliced(e.begin, e.end - e.begin); }

    std::nullopt_t fail(qsizetype at, const QString &detail, ErrorCode code = ErrorCode::CmsMalformed)
    {
        if (m_error.code == ErrorCode::Unknown)
            m_error = Error{code, detail, at, {}};
        return std::nullopt;
    }

    /// The element at `at`, which must end before `limit`.
    std::optional<Element> at(qsizetype at, qsizetype limit, int depth = 0)
    {
        if (depth > kMaxDepth)
            return fail(at, u"Nested too deeply"_s, ErrorCode::CmsTooLarge);
        const auto *base = reinterpret_cast<const unsigned char *>(m_der.data());
        const unsigned char *p = base + at;
        long length = 0;
        Element e;
        e.begin = at;
        const int flags = at < limit ? ASN1_get_object(&p, &length, &e.tag, &e.tagClass, limit - at) : 0x80;
        if (flags & 0x80)
            return fail(at, u"Truncated or not BER"_s);
        e.isConstructed = (flags & V_ASN1_CONSTRUCTED) != 0;
        e.isIndefinite = (flags & 1) != 0;
        e.bodyBegin = p - base;
        e.bodyEnd = e.end = e.bodyBegin + length;
        return e.isIndefinite ? closed(e, limit, depth) : e;
    }

    /// The elements in the body of `parent`.
    std::optional<QList<Element>> children(const Element &parent, qsizetype most)
    {
        constexpr qsizetype kUsual = 8;
        QList<Element> result;
        result.reserve(qMin(most, kUsual));
        for (qsizetype next = parent.bodyBegin; next < parent.bodyEnd;) {
            const auto child = at(next, parent.bodyEnd);
            if (!child)
                return std::nullopt;
            if (result.size() == most)
                return fail(next, u"Too many elements"_s, ErrorCode::CmsTooLarge);
            result.append(*child);
            next = child->end;
        }
        return result;
    }

    /// The runs of octets that make up an OCTET STRING, cut into pieces or not.
    bool collect(const Element &string, QList<CmsRange> &pieces, int depth = 0)
    {
        if (!string.isConstructed) {
            if (string.bodyEnd > string.bodyBegin)
                pieces.append({string.bodyBegin, string.bodyEnd - string.bodyBegin});
            return true;
        }
        if (depth == kMaxStringDepth || pieces.size() > kMaxPieces) {
            fail(string.begin, u"OCTET STRING in too many pieces"_s, ErrorCode::CmsTooLarge);
            return false;
        }
        for (qsizetype next = string.bodyBegin; next < string.bodyEnd;) {
            const auto piece = at(next, string.bodyEnd, depth + 1);
            if (!piece)
                return false;
            if (!piece->is(V_ASN1_OCTET_STRING)) {
                fail(next, u"A piece of an OCTET STRING is something else"_s);
                return false;
            }
            if (!collect(*piece, pieces, depth + 1))
                return false;
            next = piece->end;
        }
        return true;
    }

private:
    /// An element of indefinite length, with its end found.
    std::optional<Element> closed(Element e, qsizetype limit, int depth)
    {
        if (!e.isConstructed)
            return fail(e.begin, u"Primitive of indefinite length"_s);
        for (qsizetype next = e.bodyBegin;;) {
            if (limit - next < 2)
                return fail(next, u"End of contents is missing"_s);
            if (m_der[next] == 0 && m_der[next + 1] == 0) {
                e.bodyEnd = next;
                e.end = next + 2;
                return e;
            }
            const auto child = at(next, limit, depth + 1);
            if (!child)
                return std::nullopt;
            next = child->end;
        }
    }

    QByteArrayView m_der;
    Error m_error;
};

/// Collects elements under headers of indefinite length, so that no length has to be known beforehand.
class SkeletonWriter
{
public:
    void open() { m_out.append("\x30\x80", 2); }
    void close() { m_out.append("\0\0", 2); }
    void add(QByteArrayView element) { m_out.append(element); }
    [[nodiscard]] QByteArray take() { return std::move(m_out); }
    [[nodiscard]] qsizetype size() const { return m_out.size(); }

private:
    QByteArray m_out;
};

enum class ContentForm { Encapsulated, Encrypted };

struct Layout {
    CmsContentType type;
    const char *oid;
    int contentIndex;      // which SEQUENCE of the structure holds the content; -1: we do not look inside
    ContentForm form;
};

constexpr Layout kLayouts[] = {
    {CmsContentType::Data, kOidData, -1, ContentForm::Encapsulated},
    {CmsContentType::SignedData, kOidSignedData, 0, ContentForm::Encapsulated},
    {CmsContentType::EnvelopedData, kOidEnvelopedData, 0, ContentForm::Encrypted},
    {CmsContentType::DigestedData, kOidDigestedData, 1, ContentForm::Encapsulated},
    {CmsContentType::EncryptedData, kOidEncryptedData, 0, ContentForm::Encrypted},
    {CmsContentType::AuthenticatedData, kOidAuthenticatedData, -1, ContentForm::Encapsulated},
    {CmsContentType::CompressedData, kOidCompressedData, 1, ContentForm::Encapsulated},
    {CmsContentType::AuthEnvelopedData, kOidAuthEnvelopedData, 0, ContentForm::Encrypted},
};

const Layout *layoutOf(const QByteArray &oid)
{
    for (const Layout &layout : kLayouts)
        if (oid == layout.oid)
            return &layout;
    return nullptr;
}

/// The OCTET STRING in `holder`, which is [0] EXPLICIT or [0] IMPLICIT by `form`.
bool collectContent(Walker &walker, const Element &holder, ContentForm form, Parts &parts)
{
    parts.hasContent = true;
    if (form == ContentForm::Encrypted)
        return walker.collect(holder, parts.content);
    const auto inner = walker.children(holder, 1);
    if (!inner)
        return false;
    if (!holder.isConstructed || inner->size() != 1 || !inner->first().is(V_ASN1_OCTET_STRING)) {
        walker.fail(holder.begin, u"Content is no OCTET STRING"_s);
        return false;
    }
    return walker.collect(inner->first(), parts.content);
}

bool copyContentInfo(Walker &walker, const Element &info, ContentForm form, Parts &parts, SkeletonWriter &skeleton)
{
    const auto fields = walker.children(info, 4);
    if (!fields)
        return false;
    skeleton.open();
    for (const Element &field : *fields) {
        if (!field.isContext(0)) {
            skeleton.add(walker.bytes(field));
        } else if (parts.hasContent) {
            walker.fail(field.begin, u"Two contents"_s);
            return false;
        } else if (!collectContent(walker, field, form, parts)) {
            return false;
        }
    }
    skeleton.close();
    return true;
}

bool copyStructure(Walker &walker, const Element &body, const Layout &layout, Parts &parts)
{
    const auto fields = walker.children(body, 16);
    if (!fields)
        return false;
    SkeletonWriter skeleton;
    skeleton.open();
    int sequences = 0;
    for (const Element &field : *fields) {
        if (field.is(V_ASN1_SEQUENCE) && sequences++ == layout.contentIndex) {
            if (!copyContentInfo(walker, field, layout.form, parts, skeleton))
                return false;
        } else if (skeleton.size() + (field.end - field.begin) > kMaxSkeletonOctets) {
            walker.fail(field.begin, u"Structure around the content is too large"_s, ErrorCode::CmsTooLarge);
            return false;
        } else {
            skeleton.add(walker.bytes(field));
        }
    }
    skeleton.close();
    parts.skeleton = skeleton.take();
    return true;
}

QByteArray readOid(QByteArrayView der)
{
    const auto object = fromDerBy<Asn1ObjectPtr>(d2i_ASN1_OBJECT, der);
    return object ? toOid(object.get()) : QByteArray{};
}

/// Bare Data: the octets are the content, there is no structure.
bool readData(Walker &walker, const Element &holder, Parts &parts)
{
    return collectContent(walker, holder, ContentForm::Encapsulated, parts);
}

} // namespace

Result<Parts> split(QByteArrayView der)
{
    const ClearsErrorQueue clean;
    Walker walker(der);
    const auto outer = walker.at(0, der.size());
    const auto fields = outer && outer->is(V_ASN1_SEQUENCE) ? walker.children(*outer, 2) : std::nullopt;
    if (!fields || fields->isEmpty() || !fields->first().is(V_ASN1_OBJECT)) {
        walker.fail(0, u"Not a ContentInfo"_s);
        return walker.error();
    }
    Parts parts;
    parts.message = der;
    parts.typeOid = readOid(walker.bytes(fields->first()));
    parts.trailingOctets = der.size() - outer->end;
    parts.indefiniteLength = outer->isIndefinite;
    const Layout *layout = layoutOf(parts.typeOid);
    parts.type = layout ? layout->type : CmsContentType::Unknown;
    if (!layout || fields->size() < 2) {
        if (layout)
            return Error{ErrorCode::CmsMalformed, u"ContentInfo without content"_s, outer->begin, {}};
        return parts;
    }
    const Element &holder = fields->at(1);
    const auto body = walker.children(holder, 1);
    bool ok = body && body->size() == 1 && holder.isContext(0);
    if (ok && layout->type == CmsContentType::Data)
        ok = readData(walker, holder, parts);
    else if (ok && layout->contentIndex >= 0)
        ok = body->first().is(V_ASN1_SEQUENCE) && copyStructure(walker, body->first(), *layout, parts);
    if (!ok) {
        walker.fail(holder.begin, u"Content does not fit its type"_s);
        return walker.error();
    }
    for (const CmsRange &range : parts.content)
        parts.contentOctets += range.length;
    return parts;
}

QByteArray takeContent(QByteArray &&message, const QList<CmsRange> &ranges)
{
    if (ranges.isEmpty())
        return QByteArray("");
    if (ranges.size() == 1) {
        const CmsRange range = ranges.first();
        if (!message.isDetached())
            return message.sliced(range.offset, range.length);
        QByteArray content = std::move(message);
        content.truncate(range.offset + range.length);
        content.remove(0, range.offset); // moves the beginning, not the octets
        return content;
    }
    qsizetype total = 0;
    for (const CmsRange &range : ranges)
        total += range.length;
    QByteArray content;
    base::reserveLarge(content, total);
    for (const CmsRange &range : ranges)
        content.append(message.constData() + range.offset, range.length);
    return content;
}

} // namespace provider::cms
