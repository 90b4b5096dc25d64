// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/Fuzz.h"
#include "mime/Domain.h"
#include "mime/FileName.h"
#include "mime/Header.h"
#include "mime/TransferEncoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::octets(data, size);
    const mime::Headers headers = mime::parseHeaders(text);
    for (const mime::HeaderField &field : headers.fields)
        fuzz::require(field.valueRange.of(text) == field.value, "ranges are exact");
    const QString decoded = mime::decodeUnstructured(text);
    fuzz::require(!decoded.contains(u'\n') && !decoded.contains(u'\r'), "a decoded text is one line");
    fuzz::require(mime::parseHeaders(mime::unstructuredField("Subject", decoded) + "X: y\r\n").fields.size() == 2, "no field is injected");
    for (const mime::Address &address : mime::parseAddresses(text)) {
        fuzz::require(address.mailbox.indexOf(u'@') > 0, "an address has both sides");
        fuzz::require(mime::isSameMailbox(address.mailbox, address.mailbox), "an address equals itself");
        fuzz::require(mime::parseHeaders(mime::addressField("To", {address}) + "X: y\r\n").fields.size() == 2, "no field is injected");
        (void)mime::displayText(address);
        (void)mime::isValidMailbox(address.mailbox);
    }
    (void)mime::parseDate(text);
    (void)mime::parseMessageIds(text);
    const mime::ParameterisedValue type = mime::parseContentType(text);
    for (const mime::Parameter &parameter : type.parameters) {
        const QString name = mime::safeFileName(parameter.value);
        fuzz::require(!name.contains(u'/') && !name.startsWith(u'.') && name.toUtf8().size() <= 200, "a file name is safe");
    }
    (void)mime::decodeBase64(text);
    (void)mime::decodeQuotedPrintable(text);
    fuzz::require(mime::decodeBase64(mime::encodeBase64(text)).octets == text, "base64 comes back");
    return 0;
}
