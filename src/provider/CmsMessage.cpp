// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsMessage.h"

#include "base/LargeArray.h"
#include "provider/CmsContext.h"
#include "provider/CmsOids.h"
#include "provider/CmsValidity.h"
#include "provider/CmsVerify.h"
#include "provider/KeyMaterial.h"

#include <openssl/pem.h>

using namespace Qt::StringLiterals;

namespace provider {

using namespace cms;

namespace {

OwnKey toOwnKey(const QCA::SecureMessageKey &key)
{
    OwnKey own;
    const QCA::CertificateChain chain = key.x509CertificateChain();
    if (!chain.isEmpty())
        own.certificate = toX509(chain.primary());
    const QCA::PrivateKey privateKey = key.x509PrivateKey();
    if (privateKey.isNull())
        return own;
    own.key = toEvp(privateKey);
    own.contexts = contextsOf(privateKey);
    return own;
}

/// The same with the chain's DER, which only signing needs.
OwnKey toSigner(const QCA::SecureMessageKey &key)
{
    OwnKey own = toOwnKey(key);
    for (const QCA::Certificate &certificate : key.x509CertificateChain())
        own.chain.append(certificate.toDER());
    return own;
}

/// DER of the first PEM block, whatever its label says (CMS, PKCS7).
QByteArray fromPem(const QByteArray &text)
{
    const BioPtr bio = readingBio(text);
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    QByteArray der;
    if (PEM_read_bio(bio.get(), &name, &header, &data, &size) == 1)
        der = QByteArray(reinterpret_cast<const char *>(data), size);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    return der;
}

} // namespace

CmsMessage::CmsMessage(QCA::Provider *provider, std::shared_ptr<const CmsKeyring> keyring)
    : QCA::MessageContext(provider, u"cmsmsg"_s), m_keyring(std::move(keyring))
{
    m_options.qcaSigners = QcaSigners::WithCertificates; // for programs that know only QCA
    m_options.endSignal = EndSignal::Queued;
}

QCA::Provider::Context *CmsMessage::clone() const
{
    return nullptr; // SecureMessage cannot be copied
}

void CmsMessage::reset()
{
    m_recipients.clear();
    m_signers.clear();
    m_detachedSignature.clear();
    m_pieces.clear();
    m_outcome.output.clear();
    m_outcome.signature.clear();
    m_stream.reset();
    m_written = 0;
    m_isFinished = false;
}

void CmsMessage::setupEncrypt(const QCA::SecureMessageKeyList &keys)
{
    m_recipients = keys;
}

void CmsMessage::setupSign(const QCA::SecureMessageKeyList &keys, QCA::SecureMessage::SignMode mode, bool bundleSigner, bool smime)
{
    m_signers = keys;
    m_signMode = mode;
    m_bundlesSigner = bundleSigner;
    m_hasMailAttributes = smime;
}

void CmsMessage::setupVerify(const QByteArray &detachedSignature)
{
    m_detachedSignature = detachedSignature;
}

void CmsMessage::start(QCA::SecureMessage::Format format, Operation operation)
{
    m_format = format;
    m_operation = operation;
    m_outcome = {};
    if (operation == Encrypt && m_options.contentOctets && format == QCA::SecureMessage::Binary)
        beginStream();
}

void CmsMessage::beginStream()
{
    const ClearsErrorQueue clean;
    std::vector<X509Ptr> recipients;
    for (const QCA::SecureMessageKey &key : std::as_const(m_recipients))
        recipients.push_back(toOwnKey(key).certificate);
    m_stream = std::make_unique<Sealing>();
    m_stream->begin(recipients, m_options, *m_options.contentOctets, kOidData);
    m_outcome.output = m_stream->takeHead();
}

void CmsMessage::update(const QByteArray &in)
{
    m_written += in.size();
    if (!m_stream) {
        m_pieces.append(in);
        return;
    }
    m_outcome.output.reserve(m_outcome.output.size() + in.size() + EVP_MAX_BLOCK_LENGTH);
    m_stream->add(in, m_outcome.output);
    Q_EMIT updated();
}

QByteArray CmsMessage::read()
{
    return std::exchange(m_outcome.output, {});
}

int CmsMessage::written()
{
    return int(qMin<qsizetype>(std::exchange(m_written, 0), INT_MAX));
}

void CmsMessage::end()
{
    const ClearsErrorQueue clean;
    if (m_stream)
        endStream();
    else
        run();
    m_pieces.clear();
    m_isFinished = true;
    // For those who wait for finished() in an event loop; after waitForFinished() there is nothing left to tell.
    if (m_options.endSignal == EndSignal::Queued)
        QMetaObject::invokeMethod(this, &CmsMessage::updated, Qt::QueuedConnection);
}

void CmsMessage::endStream()
{
    m_stream->finish(m_outcome.output);
    m_outcome.facts = m_stream->facts();
    if (m_stream->isFailed())
        m_outcome.output.clear();
    m_stream.reset();
}

void CmsMessage::run()
{
    switch (m_operation) {
    case Encrypt:
        m_outcome = runEncrypt(m_pieces, kOidData);
        break;
    case Sign:
        m_outcome = runSign(m_signMode == QCA::SecureMessage::Message ? SignatureForm::Opaque : SignatureForm::Detached);
        break;
    case SignAndEncrypt:
        m_outcome = runSignAndEncrypt();
        break;
    case Verify:
        m_outcome = runVerify();
        break;
    case Decrypt:
        m_outcome = runDecrypt();
        break;
    }
    if (m_outcome.facts.fault != CmsFault::None) {
        m_outcome.output.clear();
        return;
    }
    const bool makesMessage = m_operation != Verify && m_operation != Decrypt;
    if (makesMessage && m_format == QCA::SecureMessage::Ascii) {
        for (QByteArray *der : {&m_outcome.output, &m_outcome.signature})
            if (!der->isEmpty())
                *der = toPem(*der, "CMS");
    }
}

Outcome CmsMessage::runEncrypt(const Pieces &content, const char *innerType)
{
    std::vector<X509Ptr> recipients;
    for (const QCA::SecureMessageKey &key : std::as_const(m_recipients))
        recipients.push_back(toOwnKey(key).certificate);
    Sealing sealing;
    sealing.begin(recipients, m_options, octetsIn(content), innerType);
    Outcome outcome;
    base::reserveLarge(outcome.output, sealing.totalOctets() + 2 * EVP_MAX_BLOCK_LENGTH);
    outcome.output += sealing.takeHead();
    for (const QByteArray &piece : content)
        sealing.add(piece, outcome.output);
    sealing.finish(outcome.output);
    outcome.facts = sealing.facts();
    return outcome;
}

Outcome CmsMessage::runSign(SignatureForm form)
{
    SigningJob job;
    job.content = m_pieces;
    for (const QCA::SecureMessageKey &key : std::as_const(m_signers))
        job.signers.push_back(toSigner(key));
    job.form = form;
    job.bundle = m_bundlesSigner ? Bundle::Chain : Bundle::Nothing;
    job.attributes = m_hasMailAttributes ? MailAttributes::Include : MailAttributes::Leave;
    job.options = m_options;
    return sign(job);
}

Outcome CmsMessage::runSignAndEncrypt()
{
    Outcome signedOutcome = runSign(SignatureForm::Opaque);
    if (signedOutcome.facts.fault != CmsFault::None)
        return signedOutcome;
    Outcome outcome = runEncrypt({signedOutcome.output}, kOidSignedData);
    outcome.hashName = signedOutcome.hashName;
    return outcome;
}

Outcome CmsMessage::runVerify()
{
    VerifyingJob job;
    job.effort = m_options.effort;
    job.isDetached = !m_detachedSignature.isEmpty();
    if (job.isDetached) {
        job.detachedContent = std::exchange(m_pieces, {});
        job.message = m_format == QCA::SecureMessage::Ascii ? fromPem(m_detachedSignature) : m_detachedSignature;
    } else {
        job.message = takeMessage();
    }
    for (const QCA::SecureMessageKey &key : std::as_const(m_signers))
        if (auto certificate = toOwnKey(key).certificate)
            job.certificates.push_back(std::move(certificate));
    for (const QCA::CertificateCollection *collection : {&m_keyring->untrusted, &m_keyring->trusted})
        for (const QCA::Certificate &certificate : collection->certificates())
            if (auto x509 = toX509(certificate))
                job.certificates.push_back(std::move(x509));
    return verify(std::move(job));
}

Outcome CmsMessage::runDecrypt()
{
    OpeningJob job;
    job.message = takeMessage();
    job.keys = privateKeys();
    job.options = m_options;
    return cms::open(std::move(job));
}

QByteArray CmsMessage::takeMessage()
{
    QByteArray message = m_pieces.size() == 1 ? std::move(m_pieces.first()) : m_pieces.join();
    m_pieces.clear();
    return m_format == QCA::SecureMessage::Ascii ? fromPem(message) : message;
}

std::vector<OwnKey> CmsMessage::privateKeys() const
{
    std::vector<OwnKey> result;
    for (const QCA::SecureMessageKey &key : m_keyring->privateKeys)
        result.push_back(toOwnKey(key));
    return result;
}

bool CmsMessage::waitForFinished(int)
{
    return true; // end() has done everything
}

bool CmsMessage::success() const
{
    return m_isFinished && m_outcome.facts.fault == CmsFault::None;
}

QCA::SecureMessage::Error CmsMessage::errorCode() const
{
    switch (m_outcome.facts.fault) {
    case CmsFault::Malformed:
    case CmsFault::TooLarge:
    case CmsFault::WrongType:
        return QCA::SecureMessage::ErrorFormat;
    case CmsFault::SigningFailed:
        return QCA::SecureMessage::ErrorSignerInvalid;
    case CmsFault::EncryptionFailed:
        return QCA::SecureMessage::ErrorEncryptInvalid;
    case CmsFault::None:
    case CmsFault::UnsupportedAlgorithm:
    case CmsFault::NoKey:
    case CmsFault::DecryptionFailed:
        break;
    }
    return QCA::SecureMessage::ErrorUnknown;
}

QCA::SecureMessageSignatureList CmsMessage::signers() const
{
    QCA::SecureMessageSignatureList result;
    for (const CmsSignerFacts &signer : m_outcome.facts.signers)
        result.append(m_options.qcaSigners == QcaSigners::WithCertificates
                          ? toQcaSignature(signer, m_outcome.facts, m_keyring->trusted)
                          : toBareSignature(signer));
    return result;
}

CmsSystem::CmsSystem(QCA::Provider *provider) : QCA::SMSContext(provider, u"cms"_s)
{
}

QCA::Provider::Context *CmsSystem::clone() const
{
    return nullptr; // SecureMessageSystem cannot be copied
}

QCA::MessageContext *CmsSystem::createMessage()
{
    return new CmsMessage(provider(), m_keyring);
}

QCA::Provider::Context *createCmsContext(QCA::Provider *provider)
{
    return new CmsSystem(provider);
}

const CmsFacts *factsOf(const QCA::SecureMessage &message)
{
    const auto *ours = dynamic_cast<const CmsMessage *>(message.context());
    return ours ? &ours->facts() : nullptr;
}

bool setOptions(QCA::SecureMessage &message, const CmsOptions &options)
{
    auto *ours = dynamic_cast<CmsMessage *>(message.context());
    if (ours)
        ours->setOptions(options);
    return ours != nullptr;
}

} // namespace provider
