// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Draft.h"

using namespace Qt::StringLiterals;

namespace app {

namespace {

// The switches of the compose window, for the next time the draft is opened; never sent.
constexpr const char *kSwitchesField = "X-Waxwing-Draft";

mime::Draft mimeDraft(const Draft &draft)
{
    mime::Draft out;
    out.from = {draft.from};
    out.to = draft.to;
    out.cc = draft.cc;
    out.bcc = draft.bcc;
    out.subject = draft.subject;
    out.text = draft.text;
    out.inReplyTo = draft.inReplyTo;
    out.references = mime::parseMessageIds(draft.references);
    for (const DraftAttachment &attachment : draft.attachments) {
        mime::Attachment part;
        part.fileName = attachment.name;
        part.mediaType = attachment.type;
        part.octets = attachment.content;
        out.attachments += part;
    }
    return out;
}

QString switchesOf(const Draft &draft)
{
    QStringList words{draft.sign ? u"sign"_s : u"no-sign"_s, draft.encrypt ? u"encrypt"_s : u"no-encrypt"_s};
    if (draft.quotation != Quotation::None)
        words += draft.quotation == Quotation::Secret ? u"secret-quotation"_s : u"released-quotation"_s;
    if (draft.headers != smime::HeaderPolicy::Baseline)
        words += draft.headers == smime::HeaderPolicy::Shy ? u"headers-shy"_s : u"headers-none"_s;
    return words.join(u' ');
}

} // namespace

store::Letter letterOf(const smime::SealedMail &sealed, const QString &sender, store::MessageId draft)
{
    store::Letter letter{sealed.sentCopy, {}, draft};
    for (const smime::Envelope &envelope : sealed.envelopes) {
        if (!envelope.recipients.isEmpty())
            letter.copies += {sender, envelope.recipients, envelope.message};
    }
    return letter;
}

QByteArray draftFields(const Draft &draft)
{
    QByteArray fields = mime::unstructuredField(kSwitchesField, switchesOf(draft));
    if (!draft.bcc.isEmpty())
        fields += mime::addressField("Bcc", draft.bcc);
    return fields;
}

void applyDraftFields(Draft &draft, const QByteArray &octets)
{
    const mime::Headers headers = mime::parseHeaders(octets);
    const QStringList switches = headers.text(kSwitchesField).split(u' ');
    draft.sign = !switches.contains("no-sign"_L1);
    draft.encrypt = !switches.contains("no-encrypt"_L1);
    draft.quotation = switches.contains("secret-quotation"_L1) ? Quotation::Secret
        : switches.contains("released-quotation"_L1)           ? Quotation::Released
                                                               : Quotation::None;
    draft.headers = switches.contains("headers-shy"_L1) ? smime::HeaderPolicy::Shy
        : switches.contains("headers-none"_L1)          ? smime::HeaderPolicy::None
                                                        : smime::HeaderPolicy::Baseline;
    draft.bcc = headers.addresses("Bcc");
}

base::Result<QByteArray> buildForSending(const Draft &draft, const QDateTime &now)
{
    if (draft.to.isEmpty() && draft.cc.isEmpty() && draft.bcc.isEmpty())
        return base::ErrorCode::RecipientMissing;
    if (draft.quotation == Quotation::Secret && !draft.encrypt)
        return {base::ErrorCode::InvalidArgument, u"the draft repeats an encrypted message and is not to be encrypted"_s};
    for (const mime::Address &address : draft.to + draft.cc + draft.bcc) {
        if (!mime::isValidMailbox(address.mailbox))
            return {base::ErrorCode::AddressInvalid, address.mailbox};
    }
    return mime::buildMessage(mimeDraft(draft), {now, mime::BuildContext::BccField::Write});
}

base::Result<QByteArray> buildForSaving(const Draft &draft, const QDateTime &now)
{
    mime::Draft out = mimeDraft(draft);
    // Half an address is worth keeping, too; but it is no mailbox, so it would not survive in a header field.
    for (QList<mime::Address> *list : {&out.to, &out.cc, &out.bcc})
        list->removeIf([](const mime::Address &address) { return !mime::isValidMailbox(address.mailbox); });
    out.fields += mime::Parameter{kSwitchesField, switchesOf(draft)};
    return mime::buildMessage(out, {now, mime::BuildContext::BccField::Write});
}

QList<mime::Address> recipientsOfDraft(const QByteArray &octets)
{
    const mime::Headers headers = mime::parseHeaders(octets);
    QList<mime::Address> all;
    for (const mime::Address &address : headers.addresses("To") + headers.addresses("Cc") + headers.addresses("Bcc")) {
        const bool isThere = std::any_of(all.cbegin(), all.cend(), [&](const mime::Address &one) { return mime::isSameMailbox(one.mailbox, address.mailbox); });
        if (!isThere)
            all += address;
    }
    return all;
}

QList<mime::Address> blindCopiesOf(const QByteArray &octets) { return mime::parseHeaders(octets).addresses("Bcc"); }

base::Result<Draft> readDraft(const QByteArray &octets)
{
    const base::Result<mime::Draft> read = mime::readDraft(octets);
    if (!read)
        return read.error();
    Draft draft;
    draft.from = read->from.isEmpty() ? mime::Address{} : read->from.first();
    draft.to = read->to;
    draft.cc = read->cc;
    draft.subject = read->subject;
    draft.text = read->text;
    draft.inReplyTo = read->inReplyTo;
    draft.references = read->references.join(' ');
    for (const mime::Attachment &attachment : read->attachments)
        draft.attachments += {attachment.fileName, attachment.mediaType, attachment.octets};
    applyDraftFields(draft, octets);
    return draft;
}

} // namespace app
