// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/MessageBuilder.h"

#include "mime/Charset.h"
#include "mime/Domain.h"
#include "mime/EncodedWord.h"
#include "mime/FileName.h"
#include "mime/HeaderLine.h"
#include "mime/SevenBit.h"
#include "mime/Text.h"
#include "mime/TransferEncoding.h"

#include <QRandomGenerator>

#include <array>
#include <functional>
#include <vector>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

// Longer lines are legal up to 998 but some gateways wrap them, and then a signature breaks.
constexpr qsizetype kSafeLine = 78;

QByteArray randomOctets(qsizetype count)
{
    QByteArray octets;
    while (octets.size() < count) {
        const quint32 word = QRandomGenerator::system()->generate();
        octets.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    return octets.first(count);
}

// Entities are written one after the other into one buffer: attachments are large, and every copy of them counts.
using Writer = std::function<void(QByteArray &)>;

void writeText(QByteArray &out, const QByteArray &mediaType, const QString &text)
{
    QByteArray body = toCanonicalLineEnds(text.toUtf8());
    if (!body.isEmpty() && !body.endsWith("\r\n"))
        body += "\r\n";
    const bool isPlainAscii = isAscii(body);
    const QByteArray type = "Content-Type: " + mediaType + "; charset=" + (isPlainAscii ? "us-ascii" : "utf-8") + "\r\n";
    // Quoted-printable triples each foreign octet; beyond a third base64 is shorter, and as unreadable.
    const auto foreign = std::count_if(body.begin(), body.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
    if (isSafeForTransport(body, kSafeLine))
        out += type + "Content-Transfer-Encoding: 7bit\r\n\r\n" + body;
    else if (foreign * 3 > body.size())
        appendBase64(out += type + "Content-Transfer-Encoding: base64\r\n\r\n", body);
    else
        out += type + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + encodeQuotedPrintable(body);
}

void writeMultipart(QByteArray &out, const QByteArray &subtype, const std::vector<Writer> &parts, const QByteArray &parameters = {})
{
    const QByteArray boundary = makeBoundary();
    out += foldHeader("Content-Type", "multipart/" + subtype + parameters + "; boundary=\"" + boundary + '"') + "\r\n";
    for (const Writer &part : parts) {
        out += "--" + boundary + "\r\n";
        part(out);
        out += "\r\n";
    }
    out += "--" + boundary + "--\r\n";
}

// The type that may stand on an attachment: no composite other than a whole message.
QByteArray attachmentType(const Attachment &attachment, bool isMessage)
{
    const ParameterisedValue type = parseContentType(attachment.mediaType);
    if (isMessage)
        return "message/rfc822";
    const QByteArray main = type.mainType();
    const bool isOpaque = type.value.isEmpty() || main == "multipart" || main == "message";
    QByteArray result = isOpaque ? QByteArray("application/octet-stream") : type.value;
    if (main == "text" && type.hasParameter("charset"))
        result += formatParameter("charset", type.parameter("charset"));
    return result;
}

void writeAttachment(QByteArray &out, const Attachment &attachment)
{
    // A message inside may not be encoded as a whole (RFC 2046 section 5.2.1); what cannot be read as one goes as octets.
    QByteArray message;
    if (parseContentType(attachment.mediaType).value == "message/rfc822") {
        const base::Result<Structure> structure = parseStructure(attachment.octets);
        if (structure)
            message = toSevenBit(attachment.octets, structure->root);
    }
    const bool isMessage = !message.isEmpty();
    const QString name = safeFileName(attachment.fileName);
    QByteArray type = attachmentType(attachment, isMessage);
    const bool isInline = attachment.placement == Attachment::Placement::Inline;
    QByteArray disposition = isInline ? "inline" : "attachment";
    if (!name.isEmpty()) {
        type += formatParameter("name", name);
        disposition += formatParameter("filename", name);
    }
    out += foldHeader("Content-Type", type) + foldHeader("Content-Disposition", disposition);
    if (const QList<QByteArray> id = parseMessageIds(attachment.contentId); !id.isEmpty())
        out += foldHeader("Content-ID", id.constFirst());
    if (isMessage)
        out += "\r\n" + message;
    else
        appendBase64(out += "Content-Transfer-Encoding: base64\r\n\r\n", attachment.octets);
}

bool belongsToHtml(const Draft &draft, const Attachment &attachment)
{
    return !draft.html.isEmpty() && attachment.placement == Attachment::Placement::Inline && !attachment.contentId.isEmpty();
}

void writeHtml(QByteArray &out, const Draft &draft)
{
    std::vector<Writer> parts{[&draft](QByteArray &to) { writeText(to, "text/html", draft.html); }};
    for (const Attachment &attachment : draft.attachments) {
        if (belongsToHtml(draft, attachment))
            parts.emplace_back([&attachment](QByteArray &to) { writeAttachment(to, attachment); });
    }
    if (parts.size() == 1)
        parts.front()(out);
    else
        writeMultipart(out, "related", parts, "; type=\"text/html\"");
}

void writeContent(QByteArray &out, const Draft &draft)
{
    const Writer plain = [&draft](QByteArray &to) { writeText(to, "text/plain", draft.text); };
    if (draft.html.isEmpty())
        plain(out);
    else
        writeMultipart(out, "alternative", {plain, [&draft](QByteArray &to) { writeHtml(to, draft); }});
}

void writeEntity(QByteArray &out, const Draft &draft)
{
    std::vector<Writer> parts{[&draft](QByteArray &to) { writeContent(to, draft); }};
    qsizetype size = out.size() + 2 * (draft.text.size() + draft.html.size()) + 1000;
    for (const Attachment &attachment : draft.attachments) {
        size += attachment.octets.size() / 57 * 78 + 1000;
        if (!belongsToHtml(draft, attachment))
            parts.emplace_back([&attachment](QByteArray &to) { writeAttachment(to, attachment); });
    }
    out.reserve(size);
    if (parts.size() == 1)
        parts.front()(out);
    else
        writeMultipart(out, "mixed", parts);
}

base::Error invalid(QLatin1StringView field, const QString &why)
{
    return {base::ErrorCode::InvalidArgument, field + u": "_s + why, {}, {}};
}

std::optional<base::Error> faultIn(QLatin1StringView field, const QList<Address> &addresses)
{
    for (const Address &address : addresses) {
        if (!isValidMailbox(address.mailbox))
            return invalid(field, u"%1 is no address"_s.arg(withoutControls(address.mailbox).left(100)));
    }
    return {};
}

std::optional<base::Error> faultIn(const Draft &draft)
{
    if (draft.from.isEmpty())
        return invalid("From"_L1, u"nobody"_s);
    const std::array lists{std::pair{"From"_L1, &draft.from}, std::pair{"To"_L1, &draft.to}, std::pair{"Cc"_L1, &draft.cc},
                           std::pair{"Bcc"_L1, &draft.bcc}, std::pair{"Reply-To"_L1, &draft.replyTo}};
    for (const auto &[name, addresses] : lists) {
        if (const std::optional<base::Error> fault = faultIn(name, *addresses))
            return fault;
    }
    for (const Parameter &field : draft.fields) {
        if (field.name.isEmpty() || fieldNameLength(field.name + ':') != field.name.size())
            return invalid("fields"_L1, u"not a field name"_s);
    }
    return {};
}

QByteArray joined(const QList<QByteArray> &ids)
{
    return parseMessageIds(ids.join(' ')).join(' ');
}

QByteArray messageFields(const Draft &draft, const BuildContext &context)
{
    const auto addresses = [](QByteArrayView name, const QList<Address> &list) { return list.isEmpty() ? QByteArray() : addressField(name, list); };
    QByteArray fields = foldHeader("Date", formatDate(draft.date.value_or(context.now)));
    fields += addresses("From", draft.from);
    if (draft.from.size() > 1) // RFC 5322 section 3.6.2
        fields += addresses("Sender", draft.from.first(1));
    fields += addresses("Reply-To", draft.replyTo) + addresses("To", draft.to) + addresses("Cc", draft.cc);
    if (context.bcc == BuildContext::BccField::Write)
        fields += addresses("Bcc", draft.bcc);
    fields += unstructuredField("Subject", draft.subject);
    const QByteArray id = parseMessageIds(draft.messageId).value(0);
    fields += foldHeader("Message-ID", id.isEmpty() ? makeMessageId(draft.from.constFirst().mailbox) : id);
    if (const QByteArray parent = parseMessageIds(draft.inReplyTo).value(0); !parent.isEmpty())
        fields += foldHeader("In-Reply-To", parent);
    if (const QByteArray references = joined(draft.references); !references.isEmpty())
        fields += foldHeader("References", references);
    for (const Parameter &field : draft.fields)
        fields += unstructuredField(field.name, field.value);
    return fields;
}

} // namespace

base::Result<QByteArray> buildMessage(const Draft &draft, const BuildContext &context)
{
    if (const std::optional<base::Error> fault = faultIn(draft))
        return *fault;
    QByteArray message = messageFields(draft, context) + "MIME-Version: 1.0\r\n";
    writeEntity(message, draft);
    return message;
}

QByteArray makeMessageId(const QString &authorMailbox)
{
    const QString domain = toAsciiDomain(authorMailbox.mid(authorMailbox.lastIndexOf(u'@') + 1));
    return '<' + randomOctets(16).toHex() + '@' + (domain.isEmpty() ? QByteArray("localhost") : domain.toLatin1()) + '>';
}

QByteArray makeBoundary()
{
    return "=_" + randomOctets(18).toBase64(QByteArray::Base64UrlEncoding);
}

} // namespace mime
