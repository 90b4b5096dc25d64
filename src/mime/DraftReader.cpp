// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/MessageBuilder.h"

#include "mime/Body.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

QString withoutLastLineEnd(QString text)
{
    if (text.endsWith(u'\n')) // buildMessage ends every text with one
        text.chop(1);
    return text;
}

Attachment readAttachment(QByteArrayView message, const Part &part)
{
    Attachment attachment;
    attachment.fileName = part.fileName();
    attachment.mediaType = part.type.value;
    if (part.type.hasParameter("charset"))
        attachment.mediaType += formatParameter("charset", part.type.parameter("charset"));
    attachment.octets = part.children.empty() ? contentOf(message, part).octets : part.body.of(message).toByteArray();
    attachment.contentId = part.contentId;
    attachment.placement = part.disposition.value == "inline" ? Attachment::Placement::Inline : Attachment::Placement::Attached;
    return attachment;
}

void readFields(const Headers &headers, Draft &draft)
{
    draft.from = headers.addresses("From");
    draft.to = headers.addresses("To");
    draft.cc = headers.addresses("Cc");
    draft.bcc = headers.addresses("Bcc");
    draft.replyTo = headers.addresses("Reply-To");
    draft.subject = headers.text("Subject");
    draft.messageId = headers.messageId();
    draft.date = headers.date();
    draft.inReplyTo = headers.messageIds("In-Reply-To").value(0);
    draft.references = headers.messageIds("References");
    for (const HeaderField &field : headers.fields) {
        if (field.name.size() > 2 && qstrnicmp(field.name.constData(), 2, "X-", 2) == 0)
            draft.fields.append({field.name, decodeUnstructured(field.value)});
    }
}

} // namespace

base::Result<Draft> readDraft(QByteArrayView message, const Limits &limits)
{
    const base::Result<Structure> structure = parseStructure(message, limits);
    if (!structure)
        return structure.error();
    Draft draft;
    readFields(headersOf(message, structure->root), draft);
    // Of a letter that was signed already, the signature is no file.
    const Part &root = structure->root;
    const Part *const whole = root.isType("multipart/signed") && !root.children.empty() ? &root.children.front() : &root;
    const BodySelection body = selectBody(*whole);
    // What has a name is either text or file here, or each way of keeping the draft would add the one to the other.
    const auto isIn = [](const std::vector<const Part *> &parts, const Part *part) { return std::find(parts.begin(), parts.end(), part) != parts.end(); };
    const auto isFile = [&](const Part *part) { return part != whole && isIn(body.attachments, part); };
    for (const Part *part : body.texts) {
        if (isFile(part))
            continue;
        draft.text += (draft.text.isEmpty() ? QString() : u"\n"_s) + withoutLastLineEnd(textOf(message, *part).text);
    }
    if (body.html && !isFile(body.html))
        draft.html = withoutLastLineEnd(textOf(message, *body.html).text);
    for (const HtmlRest &rest : body.htmlRest) {
        if (!isFile(rest.part))
            draft.attachments.append(readAttachment(message, *rest.part));
    }
    for (const Part *part : body.related)
        draft.attachments.append(readAttachment(message, *part));
    for (const Part *part : body.attachments) {
        if (isFile(part) || (!isIn(body.texts, part) && body.html != part))
            draft.attachments.append(readAttachment(message, *part));
    }
    return draft;
}

} // namespace mime
