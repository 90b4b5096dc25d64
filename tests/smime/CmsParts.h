// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What MailParts wraps, signed and encrypted at testTime().

#include "support/CmsMessages.h"
#include "support/Pkix.h"

#include <openssl/cms.h>

namespace smimetest {

inline provider::CmsOptions atTestTime(provider::ContentCipher cipher = provider::ContentCipher::Aes256Gcm)
{
    provider::CmsOptions options;
    options.signingTime = support::testTime();
    options.cipher = cipher;
    return options;
}

/// One signature apart from `content`, by all of `signers`.
inline QByteArray detachedBy(const QList<support::Identity> &signers, const QByteArray &content)
{
    return support::detached(content, signers, atTestTime());
}

inline QByteArray opaqueBy(const support::Identity &signer, const QByteArray &content)
{
    return support::opaque(content, {signer}, atTestTime());
}

inline QByteArray encryptedFor(const support::Identity &reader, const QByteArray &content,
                               provider::ContentCipher cipher = provider::ContentCipher::Aes256Gcm)
{
    return support::cmsEncrypt(content, {reader}, atTestTime(cipher)).output;
}

/// Names its signer by the key alone; `flags` as of CMS_sign().
inline QByteArray signatureByKeyIdentifier(const support::pkix::Entity &signer, const QList<support::pkix::Entity> &brought, const QByteArray &content,
                                           unsigned flags = 0)
{
    const provider::BioPtr data = provider::readingBio(content);
    const provider::CmsPtr cms(CMS_sign(signer.certificate.get(), signer.key.get(), nullptr, data.get(),
                                        CMS_BINARY | CMS_DETACHED | CMS_NOCERTS | CMS_USE_KEYID | flags));
    for (const support::pkix::Entity &one : brought)
        CMS_add1_cert(cms.get(), one.certificate.get());
    return provider::derBy(i2d_CMS_ContentInfo, cms.get());
}

} // namespace smimetest
