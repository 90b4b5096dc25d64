// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Pkcs12.h"

#include "provider/EncryptedKey.h"
#include "provider/PemBlocks.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr qsizetype kMaxOctets = 16 << 20;
constexpr qint64 kMaxTotalRounds = 20'000'000;
constexpr int kMaxNesting = 4;

bool isUnsupportedAlgorithm()
{
    for (;;) {
        const unsigned long code = ERR_get_error();
        if (code == 0)
            return false;
        const int reason = ERR_GET_REASON(code);
        if (reason == ERR_R_UNSUPPORTED || (ERR_GET_LIB(code) == ERR_LIB_PKCS12 && reason == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM))
            return true;
    }
}

struct FoundKey {
    EvpKeyPtr key;
    QString name;
};

class Pkcs12Reader
{
public:
    explicit Pkcs12Reader(const base::Secret &passphrase) : m_passphrase(passphrase) {}
    ~Pkcs12Reader() { wipe(m_working); }
    Q_DISABLE_COPY_MOVE(Pkcs12Reader)

    base::Result<Pkcs12Content> read(QByteArrayView file);

private:
    static void wipe(QByteArray &passphrase) { OPENSSL_cleanse(passphrase.data(), static_cast<std::size_t>(passphrase.size())); }
    base::Status parse(QByteArrayView der);
    base::Status checkMac();
    base::Status checkMacRounds();
    bool macMatches(const char *passphrase, int size);
    base::Status spend(const X509_ALGOR *protection);
    base::Status readSafe(PKCS7 *safe);
    base::Status readBags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth);
    base::Status readBag(const PKCS12_SAFEBAG *bag, int depth);
    base::Status readShroudedKey(const PKCS12_SAFEBAG *bag);
    void addKey(EvpKeyPtr key, const PKCS12_SAFEBAG *bag);
    base::Result<Pkcs12Content> content();

    base::Secret m_passphrase;
    /// The form in which the passphrase worked; nullptr is "no password", which is not an empty one.
    QByteArray m_working;
    bool m_usesNone = false;
    Pkcs12Ptr m_file;
    qint64 m_rounds = 0;
    bool m_hasUnreadableKey = false;
    std::vector<FoundKey> m_keys;
    std::vector<X509Ptr> m_certificates;
};

base::Status Pkcs12Reader::parse(QByteArrayView der)
{
    if (der.isEmpty())
        return {ErrorCode::NotAPkcs12File, u"the file is empty"_s};
    // In the context that knows the old ciphers; d2i keeps it for everything inside.
    PKCS12 *file = PKCS12_init_ex(NID_pkcs7_data, libraryWithOldAlgorithms(), nullptr);
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    PKCS12 *parsed = d2i_PKCS12(&file, &in, static_cast<long>(der.size()));
    m_file.reset(parsed);
    if (!parsed)
        return {ErrorCode::NotAPkcs12File, takeErrorText()};
    return base::Done{};
}

base::Status Pkcs12Reader::spend(const X509_ALGOR *protection)
{
    const base::Result<ProtectionFacts> facts = judgeProtection(protection);
    if (!facts)
        return {facts.error().code == ErrorCode::AlgorithmUnsupported ? ErrorCode::Pkcs12AlgorithmUnsupported
                                                                      : facts.error().code, facts.error().detail};
    m_rounds += facts->rounds;
    if (m_rounds > kMaxTotalRounds)
        return {ErrorCode::AlgorithmRefused, u"the file asks for an absurd number of rounds"_s};
    return base::Done{};
}

base::Status Pkcs12Reader::checkMacRounds()
{
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_INTEGER *iterations = nullptr;
    PKCS12_get0_mac(nullptr, &algorithm, nullptr, &iterations, m_file.get());
    int64_t rounds = 1;
    if (iterations && ASN1_INTEGER_get_int64(&rounds, iterations) != 1)
        rounds = kMaxTotalRounds + 1;
    if (algorithm && OBJ_obj2nid(algorithm->algorithm) == NID_pbmac1) {
        const Pbkdf2Ptr parameters(PBMAC1_get1_pbkdf2_param(algorithm));
        if (!parameters || ASN1_INTEGER_get_int64(&rounds, parameters->iter) != 1)
            rounds = kMaxTotalRounds + 1;
    }
    m_rounds += rounds;
    if (rounds < 1 || rounds > kMaxTotalRounds)
        return {ErrorCode::AlgorithmRefused, u"the MAC asks for an absurd number of rounds"_s};
    return base::Done{};
}

bool Pkcs12Reader::macMatches(const char *passphrase, int size)
{
    ERR_clear_error();
    return PKCS12_verify_mac(m_file.get(), passphrase, size) == 1;
}

base::Status Pkcs12Reader::checkMac()
{
    m_working = m_passphrase.view().toByteArray();
    if (PKCS12_mac_present(m_file.get()) != 1)
        return base::Done{};
    if (const base::Status rounds = checkMacRounds(); !rounds)
        return rounds;
    if (m_working.isEmpty()) {
        m_usesNone = macMatches(nullptr, 0);
        if (m_usesNone || macMatches("", 0))
            return base::Done{};
        return isUnsupportedAlgorithm() ? ErrorCode::Pkcs12AlgorithmUnsupported : ErrorCode::PassphraseMissing;
    }
    if (macMatches(m_working.constData(), static_cast<int>(m_working.size())))
        return base::Done{};
    if (isUnsupportedAlgorithm())
        return {ErrorCode::Pkcs12AlgorithmUnsupported, u"unknown MAC algorithm"_s};
    // OpenSSL before 1.1 took each octet of UTF-8 for a character.
    QByteArray octetwise = QString::fromLatin1(m_working).toUtf8();
    const bool isMatch = octetwise != m_working && macMatches(octetwise.constData(), static_cast<int>(octetwise.size()));
    if (isMatch)
        m_working.swap(octetwise);
    wipe(octetwise);
    return isMatch ? base::Status{base::Done{}} : base::Status{ErrorCode::PassphraseWrong};
}

base::Status Pkcs12Reader::readShroudedKey(const PKCS12_SAFEBAG *bag)
{
    const X509_SIG *encrypted = PKCS12_SAFEBAG_get0_pkcs8(bag);
    const X509_ALGOR *protection = nullptr;
    X509_SIG_get0(encrypted, &protection, nullptr);
    if (const base::Status status = spend(protection); !status)
        return status;
    const Pkcs8Ptr plain(PKCS8_decrypt_ex(encrypted, m_usesNone ? nullptr : m_working.constData(),
                                          static_cast<int>(m_working.size()), libraryWithOldAlgorithms(), nullptr));
    if (!plain)
        return {isUnsupportedAlgorithm() ? ErrorCode::Pkcs12AlgorithmUnsupported : ErrorCode::PassphraseWrong};
    addKey(EvpKeyPtr(EVP_PKCS82PKEY(plain.get())), bag);
    return base::Done{};
}

void Pkcs12Reader::addKey(EvpKeyPtr key, const PKCS12_SAFEBAG *bag)
{
    const OpenSslTextPtr name(PKCS12_get_friendlyname(const_cast<PKCS12_SAFEBAG *>(bag)));
    if (key)
        m_keys.push_back({std::move(key), QString::fromUtf8(name.get())});
    else
        m_hasUnreadableKey = true;
}

base::Status Pkcs12Reader::readBag(const PKCS12_SAFEBAG *bag, int depth)
{
    switch (PKCS12_SAFEBAG_get_nid(bag)) {
    case NID_keyBag:
        addKey(EvpKeyPtr(EVP_PKCS82PKEY(PKCS12_SAFEBAG_get0_p8inf(bag))), bag);
        break;
    case NID_pkcs8ShroudedKeyBag:
        return readShroudedKey(bag);
    case NID_certBag:
        if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
            break;
        if (X509Ptr certificate{PKCS12_SAFEBAG_get1_cert(bag)})
            m_certificates.push_back(std::move(certificate));
        break;
    case NID_safeContentsBag:
        return readBags(PKCS12_SAFEBAG_get0_safes(bag), depth + 1);
    default:
        break; // CRLs and secrets are nothing to import
    }
    return base::Done{};
}

base::Status Pkcs12Reader::readBags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth)
{
    if (depth > kMaxNesting)
        return {ErrorCode::NotAPkcs12File, u"bags nested too deeply"_s};
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
        if (const base::Status status = readBag(sk_PKCS12_SAFEBAG_value(bags, i), depth); !status)
            return status;
    }
    return base::Done{};
}

base::Status Pkcs12Reader::readSafe(PKCS7 *safe)
{
    BagStackPtr bags;
    if (PKCS7_type_is_data(safe)) {
        bags.reset(PKCS12_unpack_p7data(safe));
    } else if (PKCS7_type_is_encrypted(safe)) {
        if (const base::Status status = spend(safe->d.encrypted->enc_data->algorithm); !status)
            return status;
        bags.reset(PKCS12_unpack_p7encdata(safe, m_usesNone ? nullptr : m_working.constData(),
                                           static_cast<int>(m_working.size())));
        if (!bags)
            return {isUnsupportedAlgorithm() ? ErrorCode::Pkcs12AlgorithmUnsupported : ErrorCode::PassphraseWrong};
    } else {
        return {ErrorCode::Pkcs12AlgorithmUnsupported, u"protected by a certificate instead of a passphrase"_s};
    }
    if (!bags)
        return {ErrorCode::NotAPkcs12File, takeErrorText()};
    return readBags(bags.get(), 0);
}

base::Result<Pkcs12Content> Pkcs12Reader::content()
{
    if (m_keys.empty() && m_hasUnreadableKey)
        return {ErrorCode::KeyTypeUnsupported, takeErrorText()};
    if (m_keys.empty())
        return ErrorCode::Pkcs12WithoutKey;
    Pkcs12Content content;
    std::vector<bool> isUsed(m_certificates.size(), false);
    for (FoundKey &found : m_keys) {
        Pkcs12Identity identity;
        identity.friendlyName = found.name;
        for (std::size_t i = 0; i < m_certificates.size(); ++i) {
            const QByteArray der = toDer(m_certificates[i].get());
            if (X509_check_private_key(m_certificates[i].get(), found.key.get()) != 1)
                continue;
            isUsed[i] = true;
            if (!identity.certificates.contains(der))
                identity.certificates.append(der);
        }
        identity.key = toPrivateKey(std::move(found.key));
        content.identities.append(identity);
    }
    for (std::size_t i = 0; i < m_certificates.size(); ++i) {
        const QByteArray der = toDer(m_certificates[i].get());
        if (!isUsed[i] && !content.otherCertificates.contains(der))
            content.otherCertificates.append(der);
    }
    return content;
}

base::Result<Pkcs12Content> Pkcs12Reader::read(QByteArrayView file)
{
    if (const base::Status status = parse(file); !status)
        return status.error();
    if (const base::Status status = checkMac(); !status)
        return status.error();
    const SafeStackPtr safes(PKCS12_unpack_authsafes(m_file.get()));
    if (!safes)
        return {ErrorCode::NotAPkcs12File, takeErrorText()};
    base::Status status = base::Done{};
    for (int i = 0; status && i < sk_PKCS7_num(safes.get()); ++i)
        status = readSafe(sk_PKCS7_value(safes.get(), i));
    if (!status) {
        const bool isUntried = status.error().code == ErrorCode::PassphraseWrong && m_passphrase.isEmpty();
        return isUntried ? base::Error{ErrorCode::PassphraseMissing, {}, {}, {}} : status.error();
    }
    return content();
}

} // namespace

base::Result<Pkcs12Content> readPkcs12(QByteArrayView file, const base::Secret &passphrase)
{
    const ClearsErrorQueue clears;
    if (file.size() > kMaxOctets)
        return ErrorCode::FileTooLarge;
    if (!file.trimmed().startsWith("-----BEGIN"))
        return Pkcs12Reader(passphrase).read(file);
    const PemBlocks pem = readPemBlocks(file);
    return pem.blocks.isEmpty() ? base::Result<Pkcs12Content>{ErrorCode::NotAPkcs12File}
                                : Pkcs12Reader(passphrase).read(pem.blocks.first().der);
}

} // namespace provider
