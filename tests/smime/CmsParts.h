// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What MailParts wraps, signed and encrypted at testTime().

#include "support/CmsMessages.h"

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

} // namespace smimetest
