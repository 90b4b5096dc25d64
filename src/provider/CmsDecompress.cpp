// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDecompress.h"

#include "provider/OpenSsl.h"

#include <openssl/comp.h>

using namespace Qt::StringLiterals;

namespace provider::cms {

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
    return result;
}

} // namespace provider::cms
