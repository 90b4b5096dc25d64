// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Certificates and revocation lists with anything wrong about them that a test wants, made by OpenSSL's own functions:
// the provider under test issues only what is right.

#include "provider/OpenSsl.h"
#include "support/TestAuthority.h"

#include <openssl/conf.h>
#include <openssl/ocsp.h>

#include <QList>
#include <utility>

namespace support::pkix {

using Extensions = QList<std::pair<const char *, QByteArray>>;

struct Entity {
    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;

    [[nodiscard]] QByteArray der() const { return provider::toDer(certificate.get()); }
};

struct Spec {
    QList<std::pair<const char *, QByteArray>> name = {}; ///< {"CN", "x"}
    int stringType = MBSTRING_UTF8;
    Extensions extensions = {};      ///< As in openssl.cnf, "critical," included.
    QByteArray sections = {};        ///< For extensions that refer to "@section".
    QByteArray notBefore = "20250101000000Z"; ///< GeneralizedTime, or with a two-digit year UTCTime.
    QByteArray notAfter = "20350101000000Z";
    qint64 serial = 0;               ///< 0: the next one.
    QByteArray serialHex = {};       ///< Stronger, for long ones.
    bool isSignatureBad = false;
    std::shared_ptr<EVP_PKEY> key = {}; ///< Its own, instead of a new one.
    long version = X509_VERSION_3;
    int parameters = V_ASN1_UNDEF; ///< Of its signature, if any.
};

struct Revoked {
    const X509 *certificate = nullptr;
    int reason = -1;
    const X509 *certificateIssuer = nullptr; ///< For indirect lists.
    bool hasUnknownCriticalExtension = false;
    QByteArray at = "20260401000000Z";
};

struct CrlSpec {
    QList<Revoked> revoked;
    Extensions extensions{{"authorityKeyIdentifier", "keyid"}};
    QByteArray sections;
    QByteArray thisUpdate = "20260501000000Z";
    QByteArray nextUpdate = "20270501000000Z"; ///< Empty for none.
    QByteArray issuerName;           ///< Common name of another issuer than the signer; empty for the signer's.
    bool isSignatureBad = false;
    int number = 1; ///< 0: none but in `extensions`.
    const EVP_MD *digest = EVP_sha256();
    long version = X509_CRL_VERSION_2;
};

inline void check(bool isGood, const char *what)
{
    if (!isGood)
        qFatal("%s: %s", what, qPrintable(provider::takeErrorText()));
}

inline std::shared_ptr<EVP_PKEY> newKey()
{
    return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

inline provider::X509NamePtr makeName(const QList<std::pair<const char *, QByteArray>> &parts, int stringType)
{
    provider::X509NamePtr name(X509_NAME_new());
    for (const auto &[type, value] : parts)
        check(X509_NAME_add_entry_by_txt(name.get(), type, stringType, reinterpret_cast<const unsigned char *>(value.constData()),
                                         static_cast<int>(value.size()), -1, 0) == 1, "name");
    return name;
}

/// The sections of `text` for extensions to refer to.
class Configuration
{
public:
    explicit Configuration(const QByteArray &text) : m_conf(NCONF_new(nullptr))
    {
        const provider::BioPtr bio = provider::readingBio(text);
        long line = 0;
        check(text.isEmpty() || NCONF_load_bio(m_conf, bio.get(), &line) == 1, "configuration");
    }
    ~Configuration() { NCONF_free(m_conf); }
    Q_DISABLE_COPY_MOVE(Configuration)
    [[nodiscard]] CONF *get() const { return m_conf; }

private:
    CONF *m_conf;
};

inline provider::X509ExtensionPtr makeExtension(const Configuration &configuration, X509V3_CTX &context, const char *name, const QByteArray &value)
{
    provider::X509ExtensionPtr extension(X509V3_EXT_nconf(configuration.get(), &context, name, value.constData()));
    check(extension != nullptr, name);
    return extension;
}

inline void setTime(ASN1_TIME *time, const QByteArray &text)
{
    // Longer than YYMMDDHHMMSSZ is GeneralizedTime, whatever the year: some issuers write it so.
    check(ASN1_STRING_set(time, text.constData(), static_cast<int>(text.size())) == 1, "time");
    time->type = text.size() > 13 ? V_ASN1_GENERALIZEDTIME : V_ASN1_UTCTIME;
}

inline void setSerial(X509 *certificate, const Spec &spec)
{
    static qint64 s_next = 100;
    if (!spec.serialHex.isEmpty()) {
        const provider::Asn1IntegerPtr number = provider::integerFromHex(spec.serialHex);
        X509_set_serialNumber(certificate, number.get());
        return;
    }
    ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), spec.serial == 0 ? ++s_next : spec.serial);
}

inline void spoil(const ASN1_BIT_STRING *signature)
{
    signature->data[signature->length - 1] ^= 1;
}

inline const EVP_MD *digestFor(const EVP_PKEY *key)
{
    return EVP_PKEY_is_a(key, "ED25519") == 1 ? nullptr : EVP_sha256();
}

/// OpenSSL makes every certificate with extensions one of version 3 when it signs it.
inline void signAsVersion(X509 *certificate, EVP_PKEY *key, long version)
{
    X509_set_version(certificate, version);
    unsigned char *tbs = nullptr;
    const int size = i2d_re_X509_tbs(certificate, &tbs);
    const provider::OpenSslBytesPtr owner(tbs);
    const provider::EvpDigestContextPtr context(EVP_MD_CTX_new());
    QByteArray value(1024, '\0');
    auto octets = static_cast<std::size_t>(value.size());
    check(size > 0 && EVP_DigestSignInit(context.get(), nullptr, digestFor(key), nullptr, key) == 1
              && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(value.data()), &octets, tbs, static_cast<std::size_t>(size)) == 1, "sign");
    const ASN1_BIT_STRING *signature = nullptr;
    X509_get0_signature(&signature, nullptr, certificate);
    ASN1_BIT_STRING_set(const_cast<ASN1_BIT_STRING *>(signature), reinterpret_cast<unsigned char *>(value.data()), static_cast<int>(octets));
}

/// Beside the name of the signature's algorithm, inside and outside: NULL or an empty OCTET STRING.
inline void setParameters(X509 *certificate, int type)
{
    const X509_ALGOR *outside = nullptr;
    X509_get0_signature(nullptr, &outside, certificate);
    for (const X509_ALGOR *algorithm : {outside, X509_get0_tbs_sigalg(certificate)}) {
        ASN1_STRING *const value = type == V_ASN1_OCTET_STRING ? ASN1_OCTET_STRING_new() : nullptr;
        X509_ALGOR_set0(const_cast<X509_ALGOR *>(algorithm), OBJ_dup(algorithm->algorithm), type, value);
    }
}

/// A null issuer makes it self-signed.
inline Entity issue(const Entity *issuer, const Spec &spec)
{
    Entity made{spec.key ? spec.key : newKey(), {X509_new(), X509_free}};
    X509 *certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    setSerial(certificate, spec);
    const provider::X509NamePtr name = makeName(spec.name, spec.stringType);
    X509_set_subject_name(certificate, name.get());
    X509_set_issuer_name(certificate, issuer ? X509_get_subject_name(issuer->certificate.get()) : name.get());
    setTime(X509_getm_notBefore(certificate), spec.notBefore);
    setTime(X509_getm_notAfter(certificate), spec.notAfter);
    X509_set_pubkey(certificate, made.key.get());
    const Configuration configuration(spec.sections);
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer ? issuer->certificate.get() : certificate, certificate, nullptr, nullptr, 0);
    X509V3_set_nconf(&context, configuration.get());
    for (const auto &[extensionName, value] : spec.extensions)
        X509_add_ext(certificate, makeExtension(configuration, context, extensionName, value).get(), -1);
    EVP_PKEY *const signer = issuer ? issuer->key.get() : made.key.get();
    check(X509_sign(certificate, signer, digestFor(signer)) > 0, "sign");
    if (spec.parameters != V_ASN1_UNDEF)
        setParameters(certificate, spec.parameters);
    if (spec.version != X509_VERSION_3 || spec.parameters != V_ASN1_UNDEF)
        signAsVersion(certificate, signer, spec.version);
    if (spec.isSignatureBad) {
        const ASN1_BIT_STRING *signature = nullptr;
        X509_get0_signature(&signature, nullptr, certificate);
        spoil(signature);
    }
    // Through DER, so that nothing is remembered from making it.
    made.certificate = {provider::x509FromDer(made.der()).release(), X509_free};
    return made;
}

inline void addEntry(X509_CRL *crl, const Revoked &revoked)
{
    X509_REVOKED *entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, const_cast<ASN1_INTEGER *>(X509_get0_serialNumber(revoked.certificate)));
    const provider::Asn1TimePtr when(ASN1_TIME_new());
    setTime(when.get(), revoked.at);
    X509_REVOKED_set_revocationDate(entry, when.get());
    if (revoked.reason >= 0) {
        ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
        ASN1_ENUMERATED_set(reason, revoked.reason);
        X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0);
        ASN1_ENUMERATED_free(reason);
    }
    if (revoked.certificateIssuer) {
        GENERAL_NAME *name = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(name, GEN_DIRNAME, X509_NAME_dup(X509_get_subject_name(revoked.certificateIssuer)));
        const provider::GeneralNamesPtr names(sk_GENERAL_NAME_new_null());
        sk_GENERAL_NAME_push(names.get(), name);
        X509_REVOKED_add1_ext_i2d(entry, NID_certificate_issuer, names.get(), 1, 0);
    }
    if (revoked.hasUnknownCriticalExtension) {
        const Configuration none{QByteArray()};
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509_REVOKED_add_ext(entry, makeExtension(none, context, "1.2.3.4.5", "critical,DER:0500").get(), -1);
    }
    X509_CRL_add0_revoked(crl, entry);
}

inline QByteArray makeCrl(const Entity &issuer, const CrlSpec &spec)
{
    const provider::X509CrlPtr crl(X509_CRL_new());
    X509_CRL_set_version(crl.get(), spec.version);
    const provider::X509NamePtr other = spec.issuerName.isEmpty() ? nullptr : makeName({{"CN", spec.issuerName}}, MBSTRING_UTF8);
    X509_CRL_set_issuer_name(crl.get(), other ? other.get() : X509_get_subject_name(issuer.certificate.get()));
    const provider::Asn1TimePtr from(ASN1_TIME_new());
    const provider::Asn1TimePtr until(ASN1_TIME_new());
    setTime(from.get(), spec.thisUpdate);
    setTime(until.get(), spec.nextUpdate);
    X509_CRL_set1_lastUpdate(crl.get(), from.get());
    if (!spec.nextUpdate.isEmpty())
        X509_CRL_set1_nextUpdate(crl.get(), until.get());
    for (const Revoked &revoked : spec.revoked)
        addEntry(crl.get(), revoked);
    const Configuration configuration(spec.sections);
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer.certificate.get(), nullptr, nullptr, crl.get(), 0);
    X509V3_set_nconf(&context, configuration.get());
    for (const auto &[name, value] : spec.extensions)
        X509_CRL_add_ext(crl.get(), makeExtension(configuration, context, name, value).get(), -1);
    const provider::Asn1IntegerPtr number(ASN1_INTEGER_new());
    ASN1_INTEGER_set(number.get(), spec.number);
    if (spec.number != 0)
        X509_CRL_add1_ext_i2d(crl.get(), NID_crl_number, number.get(), 0, 0);
    X509_CRL_sort(crl.get());
    check(X509_CRL_sign(crl.get(), issuer.key.get(), spec.digest) > 0, "sign a list");
    if (spec.isSignatureBad) {
        const ASN1_BIT_STRING *signature = nullptr;
        X509_CRL_get0_signature(crl.get(), &signature, nullptr);
        spoil(signature);
    }
    return provider::toDer(crl.get());
}

/// What `signer` says by OCSP of a certificate of `issuer`'s, for a day; he sends no certificate along.
inline QByteArray ocspAnswer(const Entity &about, const Entity &issuer, const Entity &signer, int status, const QDateTime &since, int reason = CRL_REASON_NONE)
{
    const provider::Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
    const provider::Owned<OCSP_CERTID, OCSP_CERTID_free> id(OCSP_cert_to_id(EVP_sha1(), about.certificate.get(), issuer.certificate.get()));
    const provider::Asn1TimePtr when(ASN1_GENERALIZEDTIME_set(nullptr, static_cast<time_t>(since.toSecsSinceEpoch())));
    OCSP_basic_add1_status(basic.get(), id.get(), status, reason, status == V_OCSP_CERTSTATUS_REVOKED ? when.get() : nullptr, when.get(), nullptr);
    check(OCSP_basic_sign(basic.get(), signer.certificate.get(), signer.key.get(), EVP_sha256(), nullptr, OCSP_NOCERTS) == 1, "sign an answer");
    const provider::Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
    return provider::derBy(i2d_OCSP_RESPONSE, response.get());
}

/// The same person for QCA's functions and for OpenSSL's.
inline Entity entityOf(const Identity &identity)
{
    return {{provider::toEvp(identity.key).release(), EVP_PKEY_free}, {provider::toX509(identity.certificate).release(), X509_free}};
}

inline Identity identityOf(const Entity &entity)
{
    return {provider::toPrivateKey(provider::shared(entity.key.get())), provider::toCertificate(entity.certificate.get())};
}

} // namespace support::pkix
