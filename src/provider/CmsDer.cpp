// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDer.h"

#include <algorithm>
#include <climits>

namespace provider::cms {

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
    const Asn1IntegerPtr number(ASN1_INTEGER_new());
    return ASN1_INTEGER_set(number.get(), value) ? derBy(i2d_ASN1_INTEGER, number.get()) : QByteArray{};
}

QByteArray derOid(const char *dotted)
{
    const Asn1ObjectPtr object(OBJ_txt2obj(dotted, 1));
    return object ? derBy(i2d_ASN1_OBJECT, object.get()) : QByteArray{};
}

QByteArray derOctets(QByteArrayView view)
{
    QByteArray out = derHeader(V_ASN1_OCTET_STRING, V_ASN1_UNIVERSAL, false, view.size());
    out.append(view);
    return out;
}

Owned<X509_ALGOR, X509_ALGOR_free> makeAlgorithm(const char *dotted, const QByteArray &parameters)
{
    const QByteArray oid = derOid(dotted);
    if (oid.isEmpty())
        return nullptr;
    return fromDerBy<Owned<X509_ALGOR, X509_ALGOR_free>>(d2i_X509_ALGOR, derWrap(V_ASN1_SEQUENCE, oid + parameters));
}

} // namespace provider::cms
