// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Attachments.h"

#include "mime/FileName.h"
#include "mime/Header.h"
#include "mime/HtmlReduction.h"
#include "mime/TransferEncoding.h"

#include <algorithm>

namespace smime {

namespace {

// Size of base64 after decoding without decoding it: a mail of 25 MB should not be decoded to be listed.
qint64 decodedBase64Size(QByteArrayView encoded)
{
    // In runs short enough to count in one octet each, which the compiler turns into vector instructions.
    constexpr qsizetype kRun = 255;
    const auto *octets = reinterpret_cast<const unsigned char *>(encoded.data());
    qint64 digits = 0;
    for (qsizetype at = 0; at < encoded.size(); at += kRun) {
        const qsizetype stop = std::min(at + kRun, encoded.size());
        unsigned char inRun = 0;
        for (qsizetype i = at; i < stop; ++i)
            inRun = static_cast<unsigned char>(inRun + (octets[i] > ' ' && octets[i] != '='));
        digits += inRun;
    }
    return digits * 3 / 4;
}

qint64 decodedSize(QByteArrayView body, mime::TransferEncoding encoding)
{
    switch (encoding) {
    case mime::TransferEncoding::Base64:
        return decodedBase64Size(body);
    case mime::TransferEncoding::QuotedPrintable:
    case mime::TransferEncoding::Uuencode:
        return mime::decode(body, encoding).octets.size();
    case mime::TransferEncoding::SevenBit:
    case mime::TransferEncoding::EightBit:
    case mime::TransferEncoding::Binary:
    case mime::TransferEncoding::Unknown:
        return body.size();
    }
    Q_UNREACHABLE_RETURN(body.size());
}

} // namespace

Attachment attachmentOf(const Entity &entity, const mime::Part &part, CryptographicStatus protection)
{
    // A multipart means nothing without its header, which holds the boundary.
    const mime::Range range = part.isMultipart() ? part.whole : part.body;
    Attachment attachment;
    attachment.part = entity.globalNumber(part);
    attachment.name = part.fileName();
    attachment.type = part.type.value;
    attachment.contentId = part.contentId;
    if (attachment.contentId.startsWith('<') && attachment.contentId.endsWith('>'))
        attachment.contentId = attachment.contentId.sliced(1, attachment.contentId.size() - 2);
    attachment.protection = protection;
    attachment.source = entity.octets;
    attachment.begin = range.begin;
    attachment.length = range.size();
    const mime::TransferEncoding encoding = part.children.empty() ? part.encoding : mime::TransferEncoding::Binary;
    attachment.transferEncoding = mime::nameOf(encoding);
    attachment.sizeOctets = decodedSize(range.of(entity.octets), encoding);
    return attachment;
}

QString plainTextOf(const Entity &entity, const mime::Part &part)
{
    const QString text = mime::textOf(entity.octets, part).text;
    return part.isType("text/html") ? mime::htmlToPlainText(text) : text;
}

QByteArray Attachment::content() const
{
    const QByteArrayView body = QByteArrayView(source).sliced(begin, length);
    return mime::decode(body, mime::transferEncodingOf(transferEncoding)).octets;
}

bool Attachment::isLetter() const { return isMessage() || mime::isLetterFileName(name); }

QString Attachment::subject() const
{
    constexpr qint64 kMostHeaderOctets = 64 * 1024;
    if (!isMessage())
        return {};
    const QByteArrayView begins = QByteArrayView(source).sliced(begin, std::min(length, kMostHeaderOctets));
    return mime::parseHeaders(mime::decode(begins, mime::transferEncodingOf(transferEncoding)).octets).text("Subject");
}

} // namespace smime
