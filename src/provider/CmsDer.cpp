// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDer.h"

#include <QVarLengthArray>

#include <algorithm>
#include <charconv>
#include <climits>
#include <string_view>

namespace provider::cms {
namespace {

/// One arc in base 128, the most significant group first (X.690 section 8.19.2).
void appendArc(QByteArray &out, quint64 arc)
{
    int shift = 63;
    while (shift > 0 && arc >> shift == 0)
        shift -= 7;
    for (; shift > 0; shift -= 7)
        out.append(static_cast<char>(0x80 | (arc >> shift & 0x7F)));
    out.append(static_cast<char>(arc & 0x7F));
}

/// The arcs of a dotted OID; empty if it is none, or has an arc that is too long for a number.
QVarLengthArray<quint64, 16> arcsOf(std::string_view dotted)
{
    QVarLengthArray<quint64, 16> arcs;
    for (const char *at = dotted.data(), *const end = at + dotted.size();;) {
        quint64 arc = 0;
        const auto [next, fault] = std::from_chars(at, end, arc);
        if (fault != std::errc() || (next != end && *next != '.'))
            return {};
        arcs.append(arc);
        if (next == end)
            return arcs;
        at = next + 1;
    }
}

} // namespace

QByteArray derHeader(int tag, int tagClass, bool isConstructed, qsizetype size)
{
    Q_ASSERT(size <= INT_MAX);
    QByteArray out(16, Qt::Uninitialized);
    unsigned char *p = octets(out);
    ASN1_put_object(&p, isConstructed ? 1 : 0, int(size), tag, tagClass);
    out.truncate(p - octets(out));
    return out;
}

QByteArray derWrap(int tag, const QByteArray &body)
{
    return derHeader(tag, V_ASN1_UNIVERSAL, true, body.size()) + body;
}

QByteArray derContext(int number, const QByteArray &body)
{
    return derHeader(number, V_ASN1_CONTEXT_SPECIFIC, true, body.size()) + body;
}

QByteArray derSorted(QList<QByteArray> elements)
{
    std::sort(elements.begin(), elements.end());
    return elements.join();
}

QByteArray derInteger(long value)
{
    constexpr long kMostInOneOctet = 127;
    if (value >= 0 && value <= kMostInOneOctet)
        return QByteArray("\x02\x01", 2) + static_cast<char>(value);
    const Asn1IntegerPtr number(ASN1_INTEGER_new());
    return ASN1_INTEGER_set(number.get(), value) ? derBy(i2d_ASN1_INTEGER, number.get()) : QByteArray{};
}

QByteArray derOid(const char *dotted)
{
    constexpr quint64 kMostOfFirst = 2;
    constexpr quint64 kSecondArcs = 40;
    constexpr quint64 kMostOfSecond = quint64(1) << 32;
    const auto arcs = arcsOf(dotted);
    if (arcs.size() >= 2 && arcs[0] <= kMostOfFirst && arcs[1] < (arcs[0] == kMostOfFirst ? kMostOfSecond : kSecondArcs)) {
        QByteArray body;
        appendArc(body, arcs[0] * kSecondArcs + arcs[1]);
        for (qsizetype i = 2; i < arcs.size(); ++i)
            appendArc(body, arcs[i]);
        return derHeader(V_ASN1_OBJECT, V_ASN1_UNIVERSAL, false, body.size()) + body;
    }
    const Asn1ObjectPtr object(OBJ_txt2obj(dotted, 1)); // longer ones, or none
    return object ? derBy(i2d_ASN1_OBJECT, object.get()) : QByteArray{};
}

QByteArray derOctets(QByteArrayView view)
{
    QByteArray out = derHeader(V_ASN1_OCTET_STRING, V_ASN1_UNIVERSAL, false, view.size());
    out.append(view);
    return out;
}

AlgorithmPtr makeAlgorithm(const char *dotted, const QByteArray &parameters)
{
    const QByteArray oid = derOid(dotted);
    if (oid.isEmpty())
        return nullptr;
    return fromDerBy<AlgorithmPtr>(d2i_X509_ALGOR, derWrap(V_ASN1_SEQUENCE, oid + parameters));
}

} // namespace provider::cms
