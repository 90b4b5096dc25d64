// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// CMS operations as an application does them, through QCA's classes, in one line each.

#include "provider/CmsOptions.h"
#include "support/ProviderNames.h"
#include "support/TestAuthority.h"

namespace support {

struct CmsResult {
    bool success = false;
    QByteArray output;      ///< message or content
    QByteArray signature;   ///< detached
    QString hashName;
    QCA::SecureMessageSignatureList signers;
    provider::CmsFacts facts;
};

inline QCA::SecureMessageKey messageKey(const Identity &identity)
{
    QCA::SecureMessageKey key;
    QCA::CertificateChain chain;
    chain.append(identity.certificate);
    key.setX509CertificateChain(chain);
    if (!identity.key.isNull())
        key.setX509PrivateKey(identity.key);
    return key;
}

inline QCA::SecureMessageKeyList messageKeys(const QList<Identity> &identities)
{
    QCA::SecureMessageKeyList keys;
    for (const Identity &identity : identities)
        keys.append(messageKey(identity));
    return keys;
}

inline CmsResult finished(QCA::SecureMessage &message)
{
    message.end();
    CmsResult result;
    result.success = message.waitForFinished(-1);
    result.output = message.read();
    result.signature = message.signature();
    result.hashName = message.hashName();
    result.signers = message.signers();
    if (const provider::CmsFacts *facts = provider::factsOf(message))
        result.facts = *facts;
    return result;
}

inline CmsResult cmsSign(const QByteArray &content, const QList<Identity> &signers, QCA::SecureMessage::SignMode mode,
                         const provider::CmsOptions &options = {})
{
    QCA::CMS cms;
    QCA::SecureMessage message(&cms);
    provider::setOptions(message, options);
    message.setBundleSignerEnabled(true);
    message.setSMIMEAttributesEnabled(true);
    message.setSigners(messageKeys(signers));
    message.startSign(mode);
    message.update(content);
    return finished(message);
}

inline QByteArray opaque(const QByteArray &content, const QList<Identity> &signers, const provider::CmsOptions &options = {})
{
    return cmsSign(content, signers, QCA::SecureMessage::Message, options).output;
}

inline QByteArray detached(const QByteArray &content, const QList<Identity> &signers, const provider::CmsOptions &options = {})
{
    return cmsSign(content, signers, QCA::SecureMessage::Detached, options).signature;
}

/// `signature` empty: `content` is an opaque message. `known`: certificates that are not in the message.
inline CmsResult cmsVerify(const QByteArray &content, const QByteArray &signature = {}, const QList<QCA::Certificate> &known = {})
{
    QCA::CMS cms;
    QCA::CertificateCollection collection;
    for (const QCA::Certificate &certificate : known)
        collection.addCertificate(certificate);
    cms.setUntrustedCertificates(collection);
    QCA::SecureMessage message(&cms);
    message.startVerify(signature);
    message.update(content);
    return finished(message);
}

inline CmsResult cmsEncrypt(const QByteArray &content, const QList<Identity> &recipients, const provider::CmsOptions &options = {})
{
    QCA::CMS cms;
    QCA::SecureMessage message(&cms);
    provider::setOptions(message, options);
    message.setRecipients(messageKeys(recipients));
    message.startEncrypt();
    message.update(content);
    return finished(message);
}

inline CmsResult cmsDecrypt(const QByteArray &der, const QList<Identity> &keys, const provider::CmsOptions &options = {})
{
    QCA::CMS cms;
    cms.setPrivateKeys(messageKeys(keys));
    QCA::SecureMessage message(&cms);
    provider::setOptions(message, options);
    message.startDecrypt();
    message.update(der);
    return finished(message);
}

} // namespace support
