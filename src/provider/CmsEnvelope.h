// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/CmsCipher.h"
#include "provider/CmsOutcome.h"

namespace provider::cms {

/// Writes EnvelopedData (CBC) or AuthEnvelopedData (GCM) of definite length while the content comes in. Every object makes
/// its own content key and nonce. RFC 5652 section 6, RFC 5083.
class Sealing
{
public:
    /// First of all, once. `contentOctets`: of the whole content. `innerType`: dotted.
    void begin(const std::vector<X509Ptr> &recipients, const CmsOptions &options, qint64 contentOctets, const char *innerType);

    /// Everything before the content octets.
    [[nodiscard]] QByteArray takeHead() { return std::move(m_head); }
    /// Appends the ciphertext of `piece` to `out`.
    void add(QByteArrayView piece, QByteArray &out);
    /// Appends what follows the content. Faults if fewer or more octets came than were said.
    void finish(QByteArray &out);

    [[nodiscard]] const CmsFacts &facts() const { return m_facts; }
    [[nodiscard]] bool isFailed() const { return m_facts.fault != CmsFault::None; }
    /// Octets of the whole message, head and tail included.
    [[nodiscard]] qsizetype totalOctets() const { return m_totalOctets; }

private:
    void fail(const QString &detail);
    void writeHead(const QByteArray &recipientSet, const QByteArray &algorithm, const char *innerType);

    CmsFacts m_facts;
    Cipher m_cipher;
    std::optional<Encryption> m_encryption;
    QByteArray m_head;
    qint64 m_expected = 0;
    qint64 m_given = 0;
    qsizetype m_totalOctets = 0;
    int m_version = 0;
};

struct OpeningJob {
    QByteArray message;
    std::vector<OwnKey> keys;
    CmsOptions options;
};

/// Decrypts EnvelopedData and AuthEnvelopedData, and undoes CompressedData, whose "key" is none. In place where nobody else
/// holds the message. Faults: Malformed, TooLarge, WrongType, UnsupportedAlgorithm, NoKey, DecryptionFailed.
[[nodiscard]] Outcome open(OpeningJob job);

} // namespace provider::cms
