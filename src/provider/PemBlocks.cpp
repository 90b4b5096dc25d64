// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PemBlocks.h"

#include "provider/OpenSsl.h"

#include <openssl/pem.h>

namespace provider {

namespace {

/// One name for each thing that OpenSSL writes under several.
QByteArray canonicalLabel(const QByteArray &label)
{
    if (label == PEM_STRING_X509_OLD)
        return PEM_STRING_X509;
    if (label == PEM_STRING_X509_REQ_OLD)
        return PEM_STRING_X509_REQ;
    if (label == "CMS" || label == "PKCS #7 SIGNED DATA")
        return PEM_STRING_PKCS7;
    return label;
}

} // namespace

PemBlocks readPemBlocks(QByteArrayView text)
{
    const ClearsErrorQueue clears;
    PemBlocks result;
    const BioPtr in = readingBio(text);
    while (in) {
        char *name = nullptr;
        char *header = nullptr;
        unsigned char *data = nullptr;
        long size = 0;
        if (PEM_read_bio(in.get(), &name, &header, &data, &size) != 1) {
            result.isDamaged = ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
            break;
        }
        const OpenSslTextPtr nameOwner(name);
        const OpenSslTextPtr headerOwner(header);
        const OpenSslBytesPtr dataOwner(data);
        result.blocks.append({canonicalLabel(name), header, QByteArray(reinterpret_cast<char *>(data), size)});
        OPENSSL_cleanse(data, static_cast<std::size_t>(size));
    }
    return result;
}

QList<QByteArray> PemBlocks::labelled(QByteArrayView label) const
{
    QList<QByteArray> found;
    for (const PemBlock &block : blocks) {
        if (block.label == label)
            found.append(block.der);
    }
    return found;
}

QByteArray firstPemBlock(QByteArrayView text, const QByteArray &label)
{
    return readPemBlocks(text).labelled(label).value(0);
}

QByteArray toPem(QByteArrayView der, const QByteArray &label)
{
    const ClearsErrorQueue clears;
    const BioPtr out = collectingBio();
    if (der.isEmpty() || !out
        || PEM_write_bio(out.get(), label.constData(), "", reinterpret_cast<const unsigned char *>(der.data()), der.size()) <= 0)
        return {};
    return collected(out.get());
}

} // namespace provider
