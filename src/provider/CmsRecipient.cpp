// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsRecipient.h"

#include "provider/CmsAgreement.h"
#include "provider/CmsDer.h"
#include "provider/CmsKeyWrap.h"
#include "provider/CmsNames.h"
#include "provider/CmsOaep.h"
#include "provider/CmsOids.h"

#include <openssl/rsa.h>

namespace provider::cms {
namespace {

KemInfoPtr kemOf(const RecipientInfo &info)
{
    if (info.type != RecipientInfo::Other || dottedOid(info.d.other->type) != kOidKemRecipient
        || info.d.other->value->type != V_ASN1_SEQUENCE)
        return nullptr;
    return fromDerBy<KemInfoPtr>(d2i_KemInfo, toBytes(info.d.other->value->value.sequence));
}

/// RSAES-OAEP with SHA-256 in both places. RFC 4055 section 4.1.
AlgorithmPtr oaepAlgorithm()
{
    const AlgorithmPtr digest(X509_ALGOR_new());
    X509_ALGOR_set_md(digest.get(), EVP_sha256());
    const QByteArray digestDer = derBy(i2d_X509_ALGOR, digest.get());
    const QByteArray mask = derWrap(V_ASN1_SEQUENCE, derOid(kOidMgf1) + digestDer);
    return makeAlgorithm(kOidRsaesOaep, derWrap(V_ASN1_SEQUENCE, derContext(0, digestDer) + derContext(1, mask)));
}

bool setOaep(EVP_PKEY_CTX *context, const Digest &digest, const Digest &mask, const QByteArray &label)
{
    if (!digest || !mask || EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) != 1
        || EVP_PKEY_CTX_set_rsa_oaep_md(context, digest.md) != 1 || EVP_PKEY_CTX_set_rsa_mgf1_md(context, mask.md) != 1)
        return false;
    if (label.isEmpty())
        return true;
    auto *copy = static_cast<unsigned char *>(OPENSSL_memdup(label.constData(), size_t(label.size())));
    if (EVP_PKEY_CTX_set0_rsa_oaep_label(context, copy, int(label.size())) == 1)
        return true;
    OPENSSL_free(copy);
    return false;
}

/// One of the two ways to wrap for RSA, as it is written and described.
struct TransportForm {
    QByteArray algorithm;   ///< DER
    CmsAlgorithm name;
    QString derivation;
};

const TransportForm &formOf(RsaKeyTransport transport)
{
    const auto form = [](const AlgorithmPtr &algorithm, const QString &derivation) {
        return TransportForm{derBy(i2d_X509_ALGOR, algorithm.get()), describe(algorithm.get()), derivation};
    };
    static const TransportForm s_oaep = form(oaepAlgorithm(), nameOfNid(NID_sha256));
    static const TransportForm s_pkcs1 = form(makeAlgorithm(kOidRsaEncryption, derNull()), {});
    return transport == RsaKeyTransport::OaepSha256 ? s_oaep : s_pkcs1;
}

EvpKeyContextPtr wrappingContext(EVP_PKEY *key, RsaKeyTransport transport)
{
    EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const Digest sha256 = digestOfNid(NID_sha256);
    const bool isReady = context && EVP_PKEY_encrypt_init(context.get()) == 1
        && (transport == RsaKeyTransport::OaepSha256 ? setOaep(context.get(), sha256, sha256, {})
                                                     : EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1);
    return isReady ? std::move(context) : nullptr;
}

WrittenRecipient transportTo(X509 *certificate, const WipedBytes &contentKey, RsaKeyTransport transport, CertificateNaming naming)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    const std::shared_ptr<ContextPool> contexts = contextsOf(certificate);
    EvpKeyContextPtr context = contexts->take(KeyOperation::Wrap, int(transport), [&] { return wrappingContext(key, transport); });
    QByteArray encrypted(EVP_PKEY_get_size(key), Qt::Uninitialized);
    size_t size = size_t(encrypted.size());
    if (!context || EVP_PKEY_encrypt(context.get(), octets(encrypted), &size, contentKey.data(), contentKey.size()) != 1)
        return {};
    contexts->giveBack(KeyOperation::Wrap, int(transport), std::move(context));
    encrypted.truncate(qsizetype(size));
    const TransportForm &form = formOf(transport);
    const bool isByKeyId = namesByKeyId(certificate, naming);
    CmsRecipient facts;
    facts.kind = CmsRecipientKind::KeyTransport;
    facts.id = describeIdentifier(certificate, naming);
    facts.keyEncryption = form.name;
    facts.derivation = form.derivation;
    facts.encryptedKeyOctets = encrypted.size();
    facts.version = isByKeyId ? 2 : 0;
    return {derWrap(V_ASN1_SEQUENCE, derInteger(facts.version) + identifierDer(certificate, naming) + form.algorithm + derOctets(encrypted)), facts.version, {facts}};
}

RecipientInfoPtr agreementWith(X509 *certificate, const WipedBytes &contentKey, CertificateNaming naming)
{
    RecipientInfoPtr info(RecipientInfo_new());
    info->d.agreement = KeyAgreement_new();
    info->type = RecipientInfo::Agreement;
    KeyAgreement &agreement = *info->d.agreement;
    agreement.version = 3;
    const QByteArray wrapped = agree(agreement, X509_get0_pubkey(certificate), contentKey);
    if (wrapped.isEmpty())
        return nullptr;
    QByteArray rid = identifierDer(certificate, CertificateNaming::IssuerAndSerial);
    if (namesByKeyId(certificate, naming))
        rid = derContext(0, derOctets(toBytes(X509_get0_subject_key_id(certificate))));
    using EncryptedKeyPtr = Owned<EncryptedKey, EncryptedKey_free>;
    auto key = fromDerBy<EncryptedKeyPtr>(d2i_EncryptedKey, derWrap(V_ASN1_SEQUENCE, rid + derOctets(wrapped)));
    if (!key || sk_EncryptedKey_push(agreement.keys, key.get()) == 0)
        return nullptr;
    key.release();
    return info;
}

RecipientInfoPtr encapsulationFor(X509 *certificate, const WipedBytes &contentKey, CertificateNaming naming)
{
    const KemInfoPtr kem(KemInfo_new());
    kem->version = 0;
    Identifier_free(kem->rid);
    kem->rid = fromDerBy<IdentifierPtr>(d2i_Identifier, identifierDer(certificate, naming)).release();
    if (!kem->rid || !encapsulate(*kem, X509_get0_pubkey(certificate), contentKey))
        return nullptr;
    const QByteArray other = derOid(kOidKemRecipient) + derBy(i2d_KemInfo, kem.get());
    return fromDerBy<RecipientInfoPtr>(d2i_RecipientInfo, derContext(RecipientInfo::Other, other));
}

/// The matches of one entry that carries certificates' names.
template <typename Rid>
void matchKeys(const Rid &rid, const std::vector<OwnKey> &keys, Match match, QList<Match> &out)
{
    for (size_t k = 0; k < keys.size(); ++k) {
        if (!keys[k].certificate || !keys[k].key || !isNamedBy(rid, keys[k].certificate.get()))
            continue;
        match.key = int(k);
        out.append(match);
    }
}

ContentKey broken(size_t size)
{
    return {ContentKey::State::Broken, WipedBytes::random(size)};
}

ContentKey usableIf(WipedBytes key, size_t size)
{
    if (key.size() != size)
        return broken(size);
    return {ContentKey::State::Usable, std::move(key)};
}

EvpKeyContextPtr unwrappingContext(EVP_PKEY *key, int nid, const OaepParameters &oaep)
{
    EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool isReady = context && EVP_PKEY_decrypt_init(context.get()) == 1
        && (nid == NID_rsaesOaep ? setOaep(context.get(), oaep.digest, oaep.mask, oaep.label)
                                 : EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1);
    return isReady ? std::move(context) : nullptr;
}

ContentKey undoTransport(const KeyTransport &info, const OwnKey &own, size_t size)
{
    EVP_PKEY *key = own.key.get();
    const int nid = nidOf(info.algorithm);
    const OaepParameters oaep = nid == NID_rsaesOaep ? oaepParametersOf(info.algorithm) : OaepParameters{};
    if ((nid != NID_rsaEncryption && nid != NID_rsaesOaep) || !oaep.isReadable)
        return {};
    if (!isOfType(key, "RSA"))
        return broken(size);
    // For v1.5 made before anything is known, used or not; OAEP has but one way to fail.
    const bool isPkcs1 = nid == NID_rsaEncryption;
    WipedBytes substitute = isPkcs1 ? WipedBytes::random(size) : WipedBytes{};
    const bool isUsual = isPkcs1 || (oaep.digest == digestOfNid(NID_sha256) && oaep.mask == oaep.digest && oaep.label.isEmpty());
    EvpKeyContextPtr context = isUsual ? own.contexts->take(KeyOperation::Unwrap, nid, [&] { return unwrappingContext(key, nid, oaep); })
                                       : unwrappingContext(key, nid, oaep);
    const QByteArray encrypted = toBytes(info.encryptedKey);
    WipedBytes out(size_t(EVP_PKEY_get_size(key)));
    size_t written = out.size();
    // For v1.5 OpenSSL puts pseudo-random octets in the place of a message with bad padding (implicit rejection).
    const bool ok = context
        && EVP_PKEY_decrypt(context.get(), out.data(), &written, octets(encrypted), size_t(encrypted.size())) == 1;
    if (context && isUsual) // whatever came out, so that the next message takes as long
        own.contexts->giveBack(KeyOperation::Unwrap, nid, std::move(context));
    const bool isLengthRight = ok && written == size;
    if (isLengthRight) {
        out.shrink(size);
        return {ContentKey::State::Usable, std::move(out)};
    }
    // A v1.5 key of a wrong length must not look different from one of the right length that was made up.
    return isPkcs1 ? ContentKey{ContentKey::State::Usable, std::move(substitute)} : broken(size);
}

ContentKey undoPassword(const PasswordInfo &info, const CmsOptions &options, size_t size)
{
    // RFC 5652 section 6.2.4 leaves the choice; PKI.js wraps as for a shared key.
    const bool isPwri = nidOf(info.algorithm) == NID_id_alg_PWRI_KEK;
    const size_t kekOctets = isPwri ? pwriKekOctets(info.algorithm) : kekOctetsOf(info.algorithm);
    if (kekOctets == 0)
        return {};
    const WipedBytes kek = derivePbkdf2(info.derivation, options.password.view(), kekOctets, *options.effort);
    if (kek.isEmpty())
        return {};
    const QByteArray wrapped = toBytes(info.encryptedKey);
    return usableIf(isPwri ? unwrapPwri(info.algorithm, kek, wrapped) : unwrapKey(info.algorithm, kek, wrapped), size);
}

ContentKey undoShared(const SharedKeyInfo &info, const SharedKey &shared, size_t size)
{
    if (kekOctetsOf(info.algorithm) == 0)
        return {};
    const WipedBytes kek(shared.key.view());
    return usableIf(unwrapKey(info.algorithm, kek, toBytes(info.encryptedKey)), size);
}

} // namespace

WrittenRecipient writeRecipient(X509 *certificate, const WipedBytes &contentKey, RsaKeyTransport transport, CertificateNaming naming)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!key)
        return {};
    if (isOfType(key, "RSA"))
        return transportTo(certificate, contentKey, transport, naming);
    RecipientInfoPtr info;
    if (canAgree(key))
        info = agreementWith(certificate, contentKey, naming);
    else if (canEncapsulate(key))
        info = encapsulationFor(certificate, contentKey, naming);
    if (!info)
        return {};
    return {derBy(i2d_RecipientInfo, info.get()), info->type == RecipientInfo::Other ? 3 : 2, describe(*info)};
}

QList<Match> matchRecipients(const STACK_OF(RecipientInfo) * infos, const std::vector<OwnKey> &keys, const CmsOptions &options)
{
    QList<Match> result;
    Match match;
    match.flat = 0;
    for (match.info = 0; match.info < sk_RecipientInfo_num(infos); ++match.info) {
        const RecipientInfo &info = *sk_RecipientInfo_value(infos, match.info);
        const int entries = info.type == RecipientInfo::Agreement ? sk_EncryptedKey_num(info.d.agreement->keys) : 1;
        match.inner = 0;
        match.key = match.sharedKey = -1;
        if (info.type == RecipientInfo::Transport) {
            matchKeys(*info.d.transport->rid, keys, match, result);
        } else if (info.type == RecipientInfo::Agreement) {
            for (Match one = match; one.inner < entries; ++one.inner, ++one.flat)
                matchKeys(*sk_EncryptedKey_value(info.d.agreement->keys, one.inner)->rid, keys, one, result);
        } else if (const auto kem = kemOf(info)) {
            matchKeys(*kem->rid, keys, match, result);
        } else if (info.type == RecipientInfo::Password && !options.password.isEmpty()) {
            result.append(match);
        } else if (info.type == RecipientInfo::Shared) {
            for (Match one = match; const SharedKey &shared : options.sharedKeys) {
                ++one.sharedKey;
                if (shared.identifier == toBytes(info.d.shared->keyId->id))
                    result.append(one);
            }
        }
        match.flat += entries;
    }
    return result;
}

ContentKey unwrapContentKey(const RecipientInfo &info, const Match &match, const std::vector<OwnKey> &keys,
                            const CmsOptions &options, size_t size)
{
    EVP_PKEY *key = match.key >= 0 ? keys[size_t(match.key)].key.get() : nullptr;
    switch (info.type) {
    case RecipientInfo::Transport:
        return match.key >= 0 ? undoTransport(*info.d.transport, keys[size_t(match.key)], size) : ContentKey{};
    case RecipientInfo::Agreement: {
        const KeyAgreement &agreement = *info.d.agreement;
        if (!isAgreementSupported(agreement))
            return {};
        if (!canUndoAgreement(key))
            return broken(size);
        return usableIf(undoAgreement(agreement, key, toBytes(sk_EncryptedKey_value(agreement.keys, match.inner)->value)), size);
    }
    case RecipientInfo::Shared:
        return undoShared(*info.d.shared, options.sharedKeys.at(match.sharedKey), size);
    case RecipientInfo::Password:
        return undoPassword(*info.d.password, options, size);
    case RecipientInfo::Other: {
        const auto kem = kemOf(info);
        if (!kem || !isEncapsulationSupported(*kem))
            return {};
        return canEncapsulate(key) ? usableIf(undoEncapsulation(*kem, key), size) : broken(size);
    }
    }
    return {};
}

} // namespace provider::cms
