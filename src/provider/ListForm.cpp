// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/ListForm.h"

#include "provider/OcspCheck.h"

#include <QCache>
#include <QMutex>

#include <chrono>

namespace provider {

namespace {

using ListScopePtr = Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;

ListScopePtr readableScope(const X509_CRL *list)
{
    return extensionOf<ListScopePtr>(list, NID_issuing_distribution_point);
}

Asn1IntegerPtr listNumber(const X509_CRL *list, int nid)
{
    return extensionOf<Asn1IntegerPtr>(list, nid);
}

bool has(const X509_CRL *list, int nid)
{
    return X509_CRL_get_ext_by_NID(list, nid, -1) >= 0;
}

} // namespace

bool isListInOrder(const X509_CRL *list)
{
    const long version = X509_CRL_get_version(list);
    const int count = X509_CRL_get_ext_count(list);
    if (version < X509_CRL_VERSION_1 || version > X509_CRL_VERSION_2 || (count > 0 && version != X509_CRL_VERSION_2))
        return false;
    return areDistinct(X509_CRL_get0_extensions(list)) && (!has(list, NID_issuing_distribution_point) || readableScope(list))
        && (!isDeltaList(list) || listNumber(list, NID_delta_crl)) && (!has(list, NID_crl_number) || listNumber(list, NID_crl_number))
        && (!has(list, NID_authority_key_identifier) || extensionOf<KeyIdentifierPtr>(list, NID_authority_key_identifier));
}

bool isIndirectList(const X509_CRL *list)
{
    const ListScopePtr scope = readableScope(list);
    return scope && scope->indirectCRL != 0;
}

bool isListOfAttributes(const X509_CRL *list)
{
    const ListScopePtr scope = readableScope(list);
    return scope && scope->onlyattr != 0;
}

bool isDeltaList(const X509_CRL *list)
{
    return has(list, NID_delta_crl);
}

QByteArray scopeOfList(const X509_CRL *list)
{
    const int index = X509_CRL_get_ext_by_NID(list, NID_issuing_distribution_point, -1);
    return index < 0 ? QByteArray() : toBytes(X509_EXTENSION_get_data(X509_CRL_get_ext(list, index)));
}

bool isLaterList(const X509_CRL *one, const X509_CRL *other)
{
    const Asn1IntegerPtr first = listNumber(one, NID_crl_number);
    const Asn1IntegerPtr second = listNumber(other, NID_crl_number);
    const int difference = first && second ? ASN1_INTEGER_cmp(first.get(), second.get()) : 0;
    const QDateTime made = toDateTime(X509_CRL_get0_lastUpdate(one));
    const QDateTime otherMade = toDateTime(X509_CRL_get0_lastUpdate(other));
    return difference == 0 ? made > otherMade : difference > 0 && made >= otherMade;
}

bool isSupersededBy(const X509_CRL *delta, const X509_CRL *other)
{
    if (!isDeltaList(delta) || !isDeltaList(other) || X509_NAME_cmp(X509_CRL_get_issuer(delta), X509_CRL_get_issuer(other)) != 0)
        return false;
    const Asn1IntegerPtr base = listNumber(delta, NID_delta_crl);
    const Asn1IntegerPtr otherBase = listNumber(other, NID_delta_crl);
    const bool isToNoLaterBase = base && otherBase && ASN1_INTEGER_cmp(otherBase.get(), base.get()) <= 0;
    return isToNoLaterBase && scopeOfList(delta) == scopeOfList(other) && isLaterList(other, delta);
}

QDateTime expiredKeptSince(const X509_CRL *list)
{
    const Asn1ObjectPtr name(OBJ_txt2obj("2.5.29.60", 1));
    const int index = X509_CRL_get_ext_by_OBJ(list, name.get(), -1);
    const QByteArray der = index < 0 ? QByteArray() : toBytes(X509_EXTENSION_get_data(X509_CRL_get_ext(list, index)));
    const auto since = fromDerBy<Asn1TimePtr>(d2i_ASN1_GENERALIZEDTIME, der);
    return toDateTime(since.get());
}

bool hasListRunOut(const X509_CRL *list, const QDateTime &at)
{
    constexpr auto kLifeWithoutNext = std::chrono::days(1); // as that of an OCSP response
    const QDateTime next = toDateTime(X509_CRL_get0_nextUpdate(list));
    const QDateTime until = next.isValid() ? next : toDateTime(X509_CRL_get0_lastUpdate(list)).addDuration(kLifeWithoutNext);
    return at.isValid() && until < at && (isDeltaList(list) || !next.isValid());
}

QDateTime retirementOf(const X509_REVOKED *entry)
{
    const auto reason = extensionOf<Asn1EnumeratedPtr>(entry, NID_crl_reason);
    const bool isNamed = reason && isRetirement(ASN1_ENUMERATED_get(reason.get()));
    const bool isInvalidSince = X509_REVOKED_get_ext_by_NID(entry, NID_invalidity_date, -1) >= 0;
    return isNamed && !isInvalidSince ? toDateTime(X509_REVOKED_get0_revocationDate(entry)) : QDateTime();
}

bool isListSignedBy(X509_CRL *crl, X509 *issuer)
{
    struct Memory {
        QMutex mutex;
        QCache<QByteArray, bool> answers{1000};
    };
    static auto *const s_memory = new Memory; // never destroyed, like the threads that may still use it
    EVP_PKEY *key = X509_get0_pubkey(issuer);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    // The digest of a parsed list is taken over all of its octets, the signature included.
    if (!key || X509_CRL_digest(crl, EVP_sha256(), digest, &size) != 1)
        return false;
    const QByteArray name = QByteArray(reinterpret_cast<char *>(digest), size) + derBy(i2d_PUBKEY, key);
    {
        const QMutexLocker locker(&s_memory->mutex);
        if (const bool *known = s_memory->answers.object(name))
            return *known;
    }
    const bool isSigned = X509_CRL_verify(crl, key) == 1;
    const QMutexLocker locker(&s_memory->mutex);
    s_memory->answers.insert(name, new bool(isSigned));
    return isSigned;
}

} // namespace provider
