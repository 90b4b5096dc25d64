// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsEnvelope.h"
#include "provider/CmsOutcome.h"
#include "provider/CmsSign.h"

#include <QtCrypto>
#include <qcaprovider.h>

namespace provider {

/// What QCA::CMS was given, shared by its messages: it may be set after they were made.
struct CmsKeyring {
    QList<QCA::SecureMessageKey> privateKeys;
    QCA::CertificateCollection trusted;
    QCA::CertificateCollection untrusted;
};

/// One operation after the other on a CMS message. All work is done in end(), on the calling thread; encrypting content of
/// announced length also in update(). QCA calls reset() as soon as it sees finished(): facts and options survive it.
class CmsMessage final : public QCA::MessageContext
{
    Q_OBJECT
public:
    CmsMessage(QCA::Provider *provider, std::shared_ptr<const CmsKeyring> keyring);

    void setOptions(const CmsOptions &options) { m_options = options; }
    [[nodiscard]] const CmsFacts &facts() const { return m_outcome.facts; }

    Context *clone() const override;
    bool canSignMultiple() const override { return true; }
    QCA::SecureMessage::Type type() const override { return QCA::SecureMessage::CMS; }
    void reset() override;
    void setupEncrypt(const QCA::SecureMessageKeyList &keys) override;
    void setupSign(const QCA::SecureMessageKeyList &keys, QCA::SecureMessage::SignMode mode, bool bundleSigner, bool smime) override;
    void setupVerify(const QByteArray &detachedSignature) override;
    void start(QCA::SecureMessage::Format format, Operation operation) override;
    void update(const QByteArray &in) override;
    QByteArray read() override;
    int written() override;
    void end() override;
    bool finished() const override { return m_isFinished; }
    bool waitForFinished(int msecs) override;
    bool success() const override;
    QCA::SecureMessage::Error errorCode() const override;
    QByteArray signature() const override { return m_outcome.signature; }
    QString hashName() const override { return m_outcome.hashName; }
    QCA::SecureMessageSignatureList signers() const override;
    QString diagnosticText() const override { return m_outcome.facts.detail; }

private:
    void run();
    cms::Outcome runSign(cms::SignatureForm form);
    cms::Outcome runVerify();
    cms::Outcome runDecrypt();
    cms::Outcome runSignAndEncrypt();
    cms::Outcome runEncrypt(const cms::Pieces &content, const char *innerType);
    void beginStream();
    void endStream();
    [[nodiscard]] QByteArray takeMessage();
    [[nodiscard]] std::vector<cms::OwnKey> privateKeys() const;

    std::shared_ptr<const CmsKeyring> m_keyring;
    CmsOptions m_options;
    QCA::SecureMessageKeyList m_recipients;
    QCA::SecureMessageKeyList m_signers;
    QCA::SecureMessage::SignMode m_signMode = QCA::SecureMessage::Message;
    bool m_bundlesSigner = true;
    bool m_hasMailAttributes = true;
    QByteArray m_detachedSignature;
    QCA::SecureMessage::Format m_format = QCA::SecureMessage::Binary;
    Operation m_operation = Encrypt;
    cms::Pieces m_pieces;
    cms::Outcome m_outcome;
    std::unique_ptr<cms::Sealing> m_stream;
    qsizetype m_written = 0;
    bool m_isFinished = false;
};

/// The feature "cms".
class CmsSystem final : public QCA::SMSContext
{
    Q_OBJECT
public:
    explicit CmsSystem(QCA::Provider *provider);

    Context *clone() const override;
    void setTrustedCertificates(const QCA::CertificateCollection &trusted) override { m_keyring->trusted = trusted; }
    void setUntrustedCertificates(const QCA::CertificateCollection &untrusted) override { m_keyring->untrusted = untrusted; }
    void setPrivateKeys(const QList<QCA::SecureMessageKey> &keys) override { m_keyring->privateKeys = keys; }
    QCA::MessageContext *createMessage() override;

private:
    std::shared_ptr<CmsKeyring> m_keyring = std::make_shared<CmsKeyring>();
};

} // namespace provider
