// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/SmtpDsn.h"

#include "net/SmtpGrammar.h"

#include <QList>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace net {

namespace {

constexpr qsizetype kEnvelopeIdLimit = 100;
constexpr qsizetype kOriginalRecipientLimit = 500;
constexpr const char *kEvents[] = {"SUCCESS", "FAILURE", "DELAY"};

bool isPrintable(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c <= 126; });
}

/// RFC 5321 section 4.1.2.
bool isAtom(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || QByteArrayView{"!#$%&'*+-/=?^_`{|}~"}.contains(c);
    });
}

/// utf-8-addr-xtext or utf-8-addr-unitext of RFC 6533 section 3, in UTF-8. Null for what is neither.
QByteArray decodeUtf8Address(QByteArrayView text, DsnCharset charset)
{
    QByteArray result{""};
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPlain = (text[i] >= 33 && text[i] <= 126 && text[i] != '+' && text[i] != '=' && text[i] != '\\')
            || (charset == DsnCharset::Utf8 && static_cast<unsigned char>(text[i]) >= 0x80);
        if (isPlain) {
            result.append(text[i]);
            continue;
        }
        const qsizetype end = text.sliced(i).startsWith("\\x{") ? text.indexOf('}', i) : -1;
        const QByteArrayView digits = end < 0 ? QByteArrayView{} : text.sliced(i + 3, end - i - 3);
        const bool isHex = digits.size() >= 2 && digits.size() <= 6
            && std::all_of(digits.begin(), digits.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
        const auto code = isHex ? static_cast<char32_t>(digits.toUInt(nullptr, 16)) : U'\0';
        if (code < 0x20 || code == 0x7F || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return {};
        result.append(QString::fromUcs4(&code, 1).toUtf8());
        i = end;
    }
    return result.isValidUtf8() ? result : QByteArray{};
}

} // namespace

bool wantsDsn(QByteArrayView wire, DsnEvent event)
{
    // Who says nothing hears of failures, and we also tell of delays. RFC 3461 section 4.1.
    if (wire.isEmpty())
        return event != DsnEvent::Success;
    return wire.contains(QByteArrayView{kEvents[static_cast<int>(event)]});
}

base::Result<QByteArray> parseDsnNotify(QByteArrayView value)
{
    const QByteArray upper = value.toByteArray().toUpper();
    if (upper == "NEVER")
        return upper;
    bool isWanted[std::size(kEvents)] = {};
    for (const QByteArray &word : upper.split(',')) {
        const auto it = std::find(std::begin(kEvents), std::end(kEvents), QByteArrayView{word});
        if (it == std::end(kEvents) || std::exchange(isWanted[it - std::begin(kEvents)], true))
            return {ErrorCode::InvalidArgument, u"not a NOTIFY value"_s};
    }
    QByteArray canonical;
    for (std::size_t i = 0; i < std::size(kEvents); ++i)
        if (isWanted[i])
            canonical.append(canonical.isEmpty() ? "" : ",").append(kEvents[i]);
    return canonical;
}

base::Result<QByteArray> parseDsnReturn(QByteArrayView value)
{
    const QByteArray upper = value.toByteArray().toUpper();
    if (upper != "FULL" && upper != "HDRS")
        return {ErrorCode::InvalidArgument, u"RET is FULL or HDRS"_s};
    return upper;
}

base::Result<QByteArray> parseDsnEnvelopeId(QByteArrayView value)
{
    const base::Result<QByteArray> text = decodeXtext(value);
    if (!text || text->isEmpty() || value.size() > kEnvelopeIdLimit || !isPrintable(*text))
        return {ErrorCode::InvalidArgument, u"not an envelope identifier"_s};
    return value.toByteArray();
}

base::Result<QByteArray> parseDsnOriginalRecipient(QByteArrayView value, DsnCharset charset)
{
    const qsizetype semicolon = value.indexOf(';');
    const QByteArrayView type = semicolon < 0 ? QByteArrayView{} : value.first(semicolon);
    const QByteArrayView address = semicolon < 0 ? QByteArrayView{} : value.sliced(semicolon + 1);
    if (value.size() > kOriginalRecipientLimit || !isAtom(type) || address.isEmpty())
        return {ErrorCode::InvalidArgument, u"not an original recipient"_s};
    if (type.compare("utf-8", Qt::CaseInsensitive) == 0) {
        if (decodeUtf8Address(address, charset).isEmpty())
            return {ErrorCode::InvalidArgument, u"not an original recipient in UTF-8"_s};
        return value.toByteArray();
    }
    const base::Result<QByteArray> text = decodeXtext(address);
    if (!text || !isPrintable(*text))
        return {ErrorCode::InvalidArgument, u"not an original recipient"_s};
    return value.toByteArray();
}

QByteArray originalRecipientField(QByteArrayView orcpt)
{
    const qsizetype semicolon = orcpt.indexOf(';');
    const QByteArrayView type = orcpt.first(qMax(semicolon, qsizetype{0}));
    const QByteArrayView address = orcpt.sliced(semicolon + 1);
    if (type.compare("utf-8", Qt::CaseInsensitive) == 0)
        return type.toByteArray() + ';' + decodeUtf8Address(address, DsnCharset::Utf8);
    return type.toByteArray() + ';' + decodeXtext(address).value();
}

} // namespace net
