// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDecompress.h"

#include "provider/OpenSsl.h"

#include <QtEndian>
#include <openssl/comp.h>

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

/// RFC 1950 section 8.2. BIO_f_zlib takes a stream that stops early for a whole one, so its last word is looked at here.
quint32 adler32(const QByteArray &octets)
{
    constexpr quint32 kModulus = 65521;
    constexpr qsizetype kRun = 5552; // the longest run after which the sums still fit
    quint32 a = 1;
    quint32 b = 0;
    for (qsizetype at = 0; at < octets.size();) {
        for (const qsizetype end = qMin(octets.size(), at + kRun); at < end; ++at) {
            a += uchar(octets[at]);
            b += a;
        }
        a %= kModulus;
        b %= kModulus;
    }
    return (b << 16) | a;
}

bool endsWithItsChecksum(const QByteArray &compressed, const QByteArray &octets)
{
    return compressed.size() >= 6 && qFromBigEndian<quint32>(compressed.constData() + compressed.size() - 4) == adler32(octets);
}

} // namespace

Decompressed decompress(const QByteArray &compressed, qint64 limit)
{
#ifdef OPENSSL_NO_COMP
    const BIO_METHOD *method = nullptr;
#else
    const BIO_METHOD *method = BIO_f_zlib();
#endif
    BioPtr chain(method ? BIO_new(method) : nullptr);
    if (!chain)
        return {CmsFault::UnsupportedAlgorithm, u"OpenSSL has no zlib here"_s, {}};
    BIO_push(chain.get(), readingBio(compressed).release());
    Decompressed result;
    QByteArray block(64 * 1024, Qt::Uninitialized);
    for (;;) {
        const int got = BIO_read(chain.get(), block.data(), int(block.size()));
        if (got <= 0)
            break;
        if (result.octets.size() + got > limit)
            return {CmsFault::TooLarge, u"Decompressed content is larger than %1 octets"_s.arg(limit), {}};
        result.octets.append(block.constData(), got);
    }
    const QString errors = takeErrorText();
    if (!errors.isEmpty())
        return {CmsFault::Malformed, u"zlib: "_s + errors, {}};
    if (!endsWithItsChecksum(compressed, result.octets))
        return {CmsFault::Malformed, u"zlib: the stream ends early"_s, {}};
    return result;
}

} // namespace provider::cms
