// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsForge.h"

#include "provider/CmsForgeEncoding.h"
#include "provider/CmsKeyWrap.h"
#include "provider/CmsOids.h"
#include "provider/CmsRecipient.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {
namespace {

using namespace cms;

constexpr char kOidZlib[] = "1.2.840.113549.1.9.16.3.8";
constexpr char kOidAes256Cbc[] = "2.16.840.1.101.3.4.1.42";
constexpr char kOidAes256Wrap[] = "2.16.840.1.101.3.4.1.45";
constexpr qsizetype kBlock = 16; // of AES
constexpr int kTagOctets = 16;

enum class Mode { Cbc, Aead, Ccm };
/// How the AlgorithmIdentifier's parameters are written.
enum class Parameters { Iv, Aead, Rc2 };

struct CipherForm {
    const char *name;       // OpenSSL's
    const char *oid;
    Mode mode;
    Parameters parameters;
    int rc2Version;         // RFC 3370 section 5.2
};

CipherForm formOf(ForgedCipher cipher)
{
    switch (cipher) {
    case ForgedCipher::Aes128Cbc:
        return {"AES-128-CBC", "2.16.840.1.101.3.4.1.2", Mode::Cbc, Parameters::Iv, 0};
    case ForgedCipher::Aes192Cbc:
        return {"AES-192-CBC", "2.16.840.1.101.3.4.1.22", Mode::Cbc, Parameters::Iv, 0};
    case ForgedCipher::Aes256Cbc:
        return {"AES-256-CBC", kOidAes256Cbc, Mode::Cbc, Parameters::Iv, 0};
    case ForgedCipher::Aes128Gcm:
        return {"AES-128-GCM", "2.16.840.1.101.3.4.1.6", Mode::Aead, Parameters::Aead, 0};
    case ForgedCipher::Aes192Gcm:
        return {"AES-192-GCM", "2.16.840.1.101.3.4.1.26", Mode::Aead, Parameters::Aead, 0};
    case ForgedCipher::Aes256Gcm:
        return {"AES-256-GCM", "2.16.840.1.101.3.4.1.46", Mode::Aead, Parameters::Aead, 0};
    case ForgedCipher::Aes128Ccm:
        return {"AES-128-CCM", "2.16.840.1.101.3.4.1.7", Mode::Ccm, Parameters::Aead, 0};
    case ForgedCipher::Aes256Ccm:
        return {"AES-256-CCM", "2.16.840.1.101.3.4.1.47", Mode::Ccm, Parameters::Aead, 0};
    case ForgedCipher::ChaCha20Poly1305:
        return {"ChaCha20-Poly1305", kOidChaCha20Poly1305, Mode::Aead, Parameters::Iv, 0};
    case ForgedCipher::TripleDes:
        return {"DES-EDE3-CBC", "1.2.840.113549.3.7", Mode::Cbc, Parameters::Iv, 0};
    case ForgedCipher::Rc2_128:
        return {"RC2-CBC", "1.2.840.113549.3.2", Mode::Cbc, Parameters::Rc2, 58};
    case ForgedCipher::Rc2_40:
        return {"RC2-40-CBC", "1.2.840.113549.3.2", Mode::Cbc, Parameters::Rc2, 160};
    }
    Q_UNREACHABLE();
}

EvpCipherPtr fetch(const CipherForm &form)
{
    OSSL_LIB_CTX *library = form.parameters == Parameters::Rc2 ? libraryWithOldAlgorithms() : nullptr;
    return EvpCipherPtr(EVP_CIPHER_fetch(library, form.name, nullptr));
}

QByteArray randomOctets(qsizetype size)
{
    QByteArray octetsOut(size, Qt::Uninitialized);
    return RAND_bytes(octets(octetsOut), int(size)) == 1 ? octetsOut : QByteArray{};
}

struct Ciphertext {
    WipedBytes key;
    QByteArray iv;
    QByteArray octets;  // empty: OpenSSL refused
    QByteArray tag;
};

Ciphertext encrypt(const CipherForm &form, const QByteArray &content)
{
    const EvpCipherPtr cipher = fetch(form);
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    if (!cipher)
        return {};
    Ciphertext out;
    out.key = WipedBytes::random(size_t(EVP_CIPHER_get_key_length(cipher.get())));
    out.iv = randomOctets(form.mode == Mode::Cbc ? EVP_CIPHER_get_iv_length(cipher.get()) : 12);
    QByteArray result(content.size() + EVP_MAX_BLOCK_LENGTH, Qt::Uninitialized);
    int written = 0;
    int finished = 0;
    bool ok = EVP_EncryptInit_ex2(context.get(), cipher.get(), nullptr, nullptr, nullptr) == 1;
    if (form.mode != Mode::Cbc)
        ok = ok && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_IVLEN, int(out.iv.size()), nullptr) == 1;
    if (form.mode == Mode::Ccm) // wants the length of everything first
        ok = ok && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagOctets, nullptr) == 1;
    ok = ok && EVP_EncryptInit_ex2(context.get(), nullptr, out.key.data(), octets(out.iv), nullptr) == 1;
    if (form.mode == Mode::Ccm)
        ok = ok && EVP_EncryptUpdate(context.get(), nullptr, &written, nullptr, int(content.size())) == 1;
    ok = ok && EVP_EncryptUpdate(context.get(), octets(result), &written, octets(content), int(content.size())) == 1
        && EVP_EncryptFinal_ex(context.get(), octets(result) + written, &finished) == 1;
    out.tag.resize(form.mode == Mode::Cbc ? 0 : kTagOctets);
    if (!out.tag.isEmpty())
        ok = ok && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagOctets, out.tag.data()) == 1;
    if (!ok)
        return {};
    result.truncate(written + finished);
    out.octets = result;
    return out;
}

QByteArray algorithmDer(const CipherForm &form, const QByteArray &iv)
{
    QByteArray parameters = derOctets(iv);
    if (form.parameters == Parameters::Aead)
        parameters = sequence(parameters + derInteger(kTagOctets));
    if (form.parameters == Parameters::Rc2)
        parameters = sequence(derInteger(form.rc2Version) + parameters);
    return sequence(derOid(form.oid) + parameters);
}

QByteArray xored(QByteArray a, const QByteArray &b)
{
    for (qsizetype i = 0; i < a.size() && i < b.size(); ++i)
        a[i] = char(a[i] ^ b[i]);
    return a;
}

// CBC: block i decrypts to D(c[i]) ^ c[i-1]. From the known first block D(c[0]) = p[0] ^ IV, so c[0] behind D(c[0]) ^ wanted
// gives what is wanted; the chosen block before it decrypts to garbage, except where it is the IV.
void putGadgets(Ciphertext &ciphertext, const QList<QByteArray> &gadgets, const QByteArray &content)
{
    const QByteArray first = ciphertext.octets.first(kBlock);
    const QByteArray decrypted = xored(content.first(kBlock), ciphertext.iv);
    QByteArray out;
    for (const QByteArray &wanted : gadgets)
        out += xored(decrypted, wanted.leftJustified(kBlock, ' ', true)) + first;
    const QByteArray whole = out + ciphertext.iv + ciphertext.octets;
    ciphertext.iv = whole.first(kBlock);
    ciphertext.octets = whole.sliced(kBlock);
}

/// One pass of AES-256-CBC without padding.
QByteArray cbcPass(const WipedBytes &key, const QByteArray &iv, const QByteArray &in)
{
    const EvpCipherPtr cipher(EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr));
    const EvpCipherContextPtr context(EVP_CIPHER_CTX_new());
    QByteArray out(in.size() + EVP_MAX_BLOCK_LENGTH, Qt::Uninitialized);
    int written = 0;
    EVP_EncryptInit_ex2(context.get(), cipher.get(), key.data(), octets(iv), nullptr);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    return EVP_EncryptUpdate(context.get(), octets(out), &written, octets(in), int(in.size())) == 1 ? out.first(written) : QByteArray{};
}

/// PasswordRecipientInfo with PWRI-KEK, RFC 3211 section 2.3.1: length, check octets, key, padding; encrypted twice.
QByteArray passwordRecipient(const QByteArray &password, const WipedBytes &contentKey)
{
    constexpr long kRounds = 20'000;
    const QByteArray salt = randomOctets(16);
    WipedBytes kek(32);
    PKCS5_PBKDF2_HMAC(password.constData(), int(password.size()), octets(salt), int(salt.size()), int(kRounds), EVP_sha256(), 32, kek.data());
    const QByteArray key = contentKey.view().toByteArray();
    QByteArray block(1, char(key.size()));
    for (qsizetype i = 0; i < 3; ++i)
        block += char(~key[i]);
    block += key;
    const qsizetype padded = qMax(2 * kBlock, (block.size() + kBlock - 1) / kBlock * kBlock);
    block += randomOctets(padded - block.size());
    const QByteArray iv = randomOctets(kBlock);
    const QByteArray once = cbcPass(kek, iv, block);
    const QByteArray twice = cbcPass(kek, once.last(kBlock), once);
    const QByteArray prf = sequence(derOid("1.2.840.113549.2.9") + derNull()); // HMAC-SHA-256
    const QByteArray derivation = derOid("1.2.840.113549.1.5.12") + sequence(derOctets(salt) + derInteger(kRounds) + prf);
    const QByteArray pwriKek = sequence(derOid("1.2.840.113549.1.9.16.3.9") + sequence(derOid(kOidAes256Cbc) + derOctets(iv)));
    return derContext(3, derInteger(0) + derContext(0, derivation) + pwriKek + derOctets(twice));
}

QByteArray sharedKeyRecipient(const SharedKey &shared, const WipedBytes &contentKey)
{
    const AlgorithmPtr wrap = makeAlgorithm(kOidAes256Wrap);
    const QByteArray wrapped = wrapKey(wrap.get(), WipedBytes(shared.key.view()), contentKey);
    return derContext(2, derInteger(4) + sequence(derOctets(shared.identifier)) + derBy(i2d_X509_ALGOR, wrap.get()) + derOctets(wrapped));
}

QByteArray recipientDer(const ForgedRecipient &recipient, const WipedBytes &contentKey)
{
    WipedBytes other = WipedBytes::random(contentKey.size());
    const WipedBytes &delivered = recipient.delivery == ForgedKeyDelivery::Right ? contentKey : other;
    if (!recipient.password.isEmpty())
        return passwordRecipient(recipient.password, delivered);
    if (!recipient.sharedKey.key.isEmpty())
        return sharedKeyRecipient(recipient.sharedKey, delivered);
    const X509Ptr certificate = x509FromDer(recipient.certificate);
    return certificate ? writeRecipient(certificate.get(), delivered, recipient.transport, recipient.naming).der : QByteArray{};
}

/// CMSVersion of EnvelopedData, RFC 5652 section 6.1. The identifier octet tells the kind of each recipient.
int versionOf(const ForgedEnvelope &what, const QList<QByteArray> &recipients)
{
    int version = 0;
    for (qsizetype i = 0; i < recipients.size(); ++i) {
        const auto kind = static_cast<unsigned char>(recipients[i].front());
        if (kind == 0xa3 || kind == 0xa4)
            return 3;
        if (kind != 0x30 || what.recipients[i].naming == CertificateNaming::SubjectKeyIdentifier)
            version = 2;
    }
    return version;
}

QByteArray encryptedContent(const CipherForm &form, const Ciphertext &ciphertext, ForgedEncoding encoding)
{
    return wrapAs(encoding, 0x30, derOid(kOidData) + algorithmDer(form, ciphertext.iv) + contentAs(encoding, 0x80, ciphertext.octets));
}

} // namespace

base::Result<QByteArray> forgeEnvelope(const ForgedEnvelope &what)
{
    const ClearsErrorQueue clears;
    const CipherForm form = formOf(what.cipher);
    Ciphertext ciphertext = encrypt(form, what.content);
    if (ciphertext.octets.isEmpty())
        return {ErrorCode::EncryptionFailed, takeErrorText()};
    if (!what.gadgets.isEmpty())
        putGadgets(ciphertext, what.gadgets, what.content);
    QList<QByteArray> recipients;
    for (const ForgedRecipient &recipient : what.recipients) {
        recipients.append(recipientDer(recipient, ciphertext.key));
        if (recipients.last().isEmpty())
            return {ErrorCode::EncryptionFailed, u"a recipient cannot receive: "_s + takeErrorText()};
    }
    const bool isAead = form.mode != Mode::Cbc;
    QByteArray body = derInteger(isAead ? 0 : versionOf(what, recipients)) + derWrap(V_ASN1_SET, derSorted(recipients))
        + encryptedContent(form, ciphertext, what.encoding);
    if (isAead)
        body += derOctets(ciphertext.tag);
    return contentInfo(what.encoding, isAead ? kOidAuthEnvelopedData : kOidEnvelopedData, body);
}

base::Result<QByteArray> forgeEncryptedData(const QByteArray &content)
{
    const ClearsErrorQueue clears;
    const CipherForm form = formOf(ForgedCipher::Aes256Cbc);
    const Ciphertext ciphertext = encrypt(form, content);
    if (ciphertext.octets.isEmpty())
        return {ErrorCode::EncryptionFailed, takeErrorText()};
    const QByteArray body = derInteger(0) + encryptedContent(form, ciphertext, ForgedEncoding::Der);
    return contentInfo(ForgedEncoding::Der, kOidEncryptedData, body);
}

QByteArray forgeCompressed(const QByteArray &content)
{
    const QByteArray zlib = qCompress(content).sliced(4); // Qt puts the length in front
    const QByteArray inner = sequence(derOid(kOidData) + wrapAs(ForgedEncoding::Der, 0xa0, derOctets(zlib)));
    return contentInfo(ForgedEncoding::Der, kOidCompressedData, derInteger(0) + sequence(derOid(kOidZlib)) + inner);
}

} // namespace provider
