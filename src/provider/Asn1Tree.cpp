// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Asn1Tree.h"

#include "provider/OpenSsl.h"

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr int kMaxDepth = 64;
constexpr int kMaxElements = 100'000;
constexpr qsizetype kShownOctets = 64;
constexpr qsizetype kShownCharacters = 200;

struct Header {
    int tag = 0;
    int tagClass = 0;
    bool isConstructed = false;
    bool isIndefinite = false;
    qsizetype octets = 0;
    qsizetype contentOctets = 0;
};

std::optional<Header> readHeader(QByteArrayView der)
{
    const auto *begin = reinterpret_cast<const unsigned char *>(der.data());
    const unsigned char *in = begin;
    Header header;
    long length = 0;
    const int answer = ASN1_get_object(&in, &length, &header.tag, &header.tagClass, static_cast<long>(der.size()));
    if (answer & 0x80)
        return std::nullopt;
    header.isConstructed = answer & V_ASN1_CONSTRUCTED;
    header.isIndefinite = answer & 1;
    header.octets = in - begin;
    header.contentOctets = length;
    return header;
}

QString typeName(const Header &header)
{
    switch (header.tagClass) {
    case V_ASN1_UNIVERSAL:
        return QString::fromLatin1(ASN1_tag2str(header.tag));
    case V_ASN1_APPLICATION:
        return u"[APPLICATION %1]"_s.arg(header.tag);
    case V_ASN1_PRIVATE:
        return u"[PRIVATE %1]"_s.arg(header.tag);
    default:
        return u"[%1]"_s.arg(header.tag);
    }
}

QString hexText(QByteArrayView content)
{
    const QString hex = QString::fromLatin1(content.first(std::min(content.size(), kShownOctets)).toByteArray().toHex());
    return content.size() > kShownOctets ? hex + u'…' : hex;
}

QString shortened(const QString &text)
{
    return text.size() > kShownCharacters ? text.first(kShownCharacters) + u'…' : text;
}

QString objectText(QByteArrayView whole)
{
    const auto object = fromDerBy<Asn1ObjectPtr>(d2i_ASN1_OBJECT, whole);
    if (!object)
        return {};
    const QString dotted = QString::fromLatin1(toOid(object.get()));
    const int nid = OBJ_obj2nid(object.get());
    return nid == NID_undef ? dotted : u"%1 (%2)"_s.arg(QString::fromLatin1(OBJ_nid2ln(nid)), dotted);
}

QString integerText(QByteArrayView whole)
{
    const auto number = fromDerBy<Asn1IntegerPtr>(d2i_ASN1_INTEGER, whole);
    if (!number)
        return {};
    int64_t small = 0;
    if (ASN1_INTEGER_get_int64(&small, number.get()) == 1)
        return QString::number(small);
    return QString::fromLatin1(toHex(number.get()));
}

QString timeText(QByteArrayView whole)
{
    const auto time = fromDerBy<Asn1TimePtr>(d2i_ASN1_TIME, whole);
    return time ? toDateTime(time.get()).toString(Qt::ISODate) : QString{};
}

QString stringText(QByteArrayView whole)
{
    const auto string = fromDerBy<Owned<ASN1_STRING, ASN1_STRING_free>>(d2i_DISPLAYTEXT, whole);
    return string ? shortened(toText(string.get())) : QString{};
}

/// What a primitive says; empty where it cannot be told.
QString universalText(int tag, QByteArrayView whole, QByteArrayView content)
{
    switch (tag) {
    case V_ASN1_OBJECT:
        return objectText(whole);
    case V_ASN1_INTEGER:
        return integerText(whole);
    case V_ASN1_BOOLEAN:
        return content.size() == 1 && content.front() != 0 ? u"TRUE"_s : u"FALSE"_s;
    case V_ASN1_UTCTIME:
    case V_ASN1_GENERALIZEDTIME:
        return timeText(whole);
    case V_ASN1_UTF8STRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_VISIBLESTRING:
    case V_ASN1_BMPSTRING:
        return stringText(whole);
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_T61STRING:
    case V_ASN1_NUMERICSTRING:
        return shortened(QString::fromLatin1(content));
    default:
        return {};
    }
}

class TreeReader
{
public:
    explicit TreeReader(QByteArrayView der) : m_der(der) {}

    base::Result<Asn1Element> run()
    {
        std::optional<Asn1Element> root = read(0, m_der.size(), 0);
        if (root)
            return std::move(*root);
        return m_error;
    }

private:
    /// The element at `begin`, which must end at `end` or before; nothing (and an error) if there is none.
    std::optional<Asn1Element> read(qsizetype begin, qsizetype end, int depth);
    bool readChildren(Asn1Element &element, qsizetype end, int depth);
    void readWrapped(Asn1Element &element, int tag, int depth);
    std::optional<Asn1Element> fail(ErrorCode code, const QString &detail, qsizetype offset)
    {
        m_error = base::Error{code, detail, offset, {}};
        return std::nullopt;
    }

    QByteArrayView m_der;
    int m_elements = 0;
    base::Error m_error{ErrorCode::CmsMalformed, {}, {}, {}};
};

std::optional<Asn1Element> TreeReader::read(qsizetype begin, qsizetype end, int depth)
{
    if (depth > kMaxDepth || ++m_elements > kMaxElements)
        return fail(ErrorCode::CmsTooLarge, u"too deep or too many elements"_s, begin);
    const std::optional<Header> header = readHeader(m_der.sliced(begin, end - begin));
    if (!header)
        return fail(ErrorCode::CmsMalformed, u"not an ASN.1 element"_s, begin);
    Asn1Element element;
    element.begin = begin;
    element.headerOctets = header->octets;
    element.contentOctets = header->contentOctets;
    element.isIndefinite = header->isIndefinite;
    element.type = typeName(*header);
    if (header->isConstructed)
        return readChildren(element, header->isIndefinite ? end : element.contentEnd(), depth) ? std::optional(std::move(element)) : std::nullopt;
    const QByteArrayView content = m_der.sliced(begin + element.headerOctets, element.contentOctets);
    const bool isUniversal = header->tagClass == V_ASN1_UNIVERSAL;
    if (isUniversal) {
        element.value = universalText(header->tag, m_der.sliced(begin, element.contentEnd() - begin), content);
        readWrapped(element, header->tag, depth);
    }
    if (element.value.isEmpty() && element.children.empty())
        element.value = hexText(content);
    return element;
}

bool TreeReader::readChildren(Asn1Element &element, qsizetype end, int depth)
{
    qsizetype at = element.begin + element.headerOctets;
    while (at < end || element.isIndefinite) {
        if (element.isIndefinite && m_der.sliced(at, std::min<qsizetype>(2, end - at)) == QByteArrayView("\0\0", 2)) {
            element.contentOctets = at - element.begin - element.headerOctets;
            return true;
        }
        std::optional<Asn1Element> child = read(at, end, depth + 1);
        if (!child)
            return false;
        at = child->contentEnd() + (child->isIndefinite ? 2 : 0);
        element.children.push_back(std::move(*child));
    }
    return true;
}

// Extensions and keys are DER inside an OCTET STRING or BIT STRING. Only what is whole and universal is taken for such:
// nearly any text could be read as some element.
void TreeReader::readWrapped(Asn1Element &element, int tag, int depth)
{
    const qsizetype skipped = tag == V_ASN1_BIT_STRING ? 1 : 0;
    const bool mayWrap = (tag == V_ASN1_OCTET_STRING || tag == V_ASN1_BIT_STRING) && element.contentOctets > skipped + 1;
    const qsizetype begin = element.begin + element.headerOctets + skipped;
    if (!mayWrap || (skipped == 1 && m_der[begin - 1] != '\0'))
        return;
    constexpr std::array<char, 4> kPlausible{'\x30', '\x31', '\x04', '\x03'};
    if (std::find(kPlausible.begin(), kPlausible.end(), m_der[begin]) == kPlausible.end())
        return;
    const int before = m_elements;
    const base::Error error = m_error;
    std::optional<Asn1Element> inner = read(begin, element.contentEnd(), depth + 1);
    if (inner && inner->contentEnd() == element.contentEnd() && !inner->isIndefinite) {
        element.children.push_back(std::move(*inner));
        return;
    }
    m_elements = before;
    m_error = error;
}

} // namespace

base::Result<Asn1Element> readAsn1Tree(QByteArrayView der)
{
    const ClearsErrorQueue clears;
    return TreeReader(der).run();
}

} // namespace provider
