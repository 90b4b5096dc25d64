// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Seal.h"

#include "base/LargeArray.h"
#include "mime/Header.h"
#include "mime/MessageBuilder.h"
#include "mime/TransferEncoding.h"
#include "smime/CmsWriting.h"
#include "smime/LegacyDisplay.h"
#include "smime/SealRecipients.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace smime {

namespace {

/// What sealing one message goes through: prepare, sign once, then encrypt for each group of recipients.
class SealJob
{
public:
    SealJob(const SealRequest &request, const base::Cancellation &cancellation) : m_request(request), m_cancellation(cancellation) {}

    base::Result<SealedMail> run();

private:
    [[nodiscard]] base::Status assess();
    [[nodiscard]] base::Status splitDraft();
    [[nodiscard]] base::Status takeEntity(const QByteArray &inner);
    [[nodiscard]] base::Status signPayload();
    [[nodiscard]] base::Status makeEnvelopes(SealedMail &mail);
    [[nodiscard]] base::Result<QByteArray> messageFor(const QList<AssessedRecipient> &group);
    [[nodiscard]] QByteArray protectedContent(QByteArrayView entityHeader) const;
    [[nodiscard]] QByteArray completedFields(const QByteArray &fields) const;
    [[nodiscard]] QByteArray bccField() const;
    /// A draft to be stored: everything stays inside.
    [[nodiscard]] bool isForSelf() const { return m_request.recipients.isEmpty() && isEncrypted() && !isSigned(); }
    [[nodiscard]] bool isSigned() const { return m_request.signature != SignatureForm::None; }
    [[nodiscard]] bool isEncrypted() const { return m_request.encryption == Encryption::ForRecipients; }

    const SealRequest &m_request;
    const base::Cancellation &m_cancellation;
    QList<AssessedRecipient> m_recipients;
    AssessedRecipient m_self;
    CmsSession m_session;
    SplitHeader m_header;
    QByteArray m_entity; ///< The draft's content, and what of it still lies in the draft; the payload refers into both.
    QByteArrayView m_rest;
    Pieces m_payload;  ///< What is protected; after signPayload() with its signature around it.
};

// Nothing is copied: what the view refers to lives as long as the job.
void appendView(Pieces &pieces, QByteArrayView view)
{
    if (!view.isEmpty())
        pieces.append(QByteArray::fromRawData(view.data(), view.size()));
}

QByteArray flattened(const Pieces &pieces)
{
    QByteArray whole;
    base::reserveLarge(whole, sizeOf(pieces));
    for (const QByteArray &piece : pieces)
        whole += piece;
    return whole;
}

QByteArray cmsFields(const char *smimeType)
{
    return "Content-Type: application/pkcs7-mime; smime-type=" + QByteArray(smimeType)
        + ";\r\n name=\"smime.p7m\"\r\nContent-Transfer-Encoding: base64\r\n"
          "Content-Disposition: attachment; filename=\"smime.p7m\"\r\n\r\n";
}

Pieces multipartSigned(const Pieces &payload, const MadeSignature &signature)
{
    const QByteArray boundary = mime::makeBoundary();
    Pieces pieces;
    pieces.append("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n micalg=\"" + signature.micalg
                  + "\"; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n");
    pieces += payload;
    pieces.append("\r\n--" + boundary + "\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
                  "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n"
                  + mime::encodeBase64(signature.der) + "\r\n--" + boundary + "--\r\n");
    return pieces;
}

base::Status SealJob::assess()
{
    if (m_request.recipients.isEmpty() && !isForSelf())
        return {ErrorCode::RecipientMissing, u"nobody to send it to"_s};
    if (!isEncrypted())
        return base::Done{};
    m_recipients = assessRecipients(m_request);
    if (base::Status status = checkObstacles(m_recipients); !status)
        return status;
    m_self = assessSelf(m_request);
    if (m_self.obstacle != RecipientObstacle::None)
        return {ErrorCode::KeyNotFound, u"no key of %1 to encrypt the own copy to"_s.arg(m_request.sender.mailbox)};
    return base::Done{};
}

// Kept if given, else made: what is protected cannot be added by a server later.
QByteArray SealJob::completedFields(const QByteArray &fields) const
{
    const mime::Headers headers = mime::parseHeaders(fields);
    const auto addresses = [this](RecipientRole role) {
        QList<mime::Address> found;
        for (const SealRecipient &recipient : m_request.recipients)
            if (recipient.role == role)
                found.append(recipient.address);
        return found;
    };
    QByteArray completed = fields;
    if (!headers.first("From"))
        completed += mime::addressField("From", {m_request.sender});
    if (!headers.first("To") && !headers.first("Cc")) {
        if (const QList<mime::Address> to = addresses(RecipientRole::To); !to.isEmpty())
            completed += mime::addressField("To", to);
        if (const QList<mime::Address> cc = addresses(RecipientRole::Cc); !cc.isEmpty())
            completed += mime::addressField("Cc", cc);
    }
    if (!headers.first("Date"))
        completed += "Date: " + mime::formatDate(m_request.at) + "\r\n";
    if (!headers.first("Message-ID"))
        completed += "Message-ID: " + mime::makeMessageId(m_request.sender.mailbox) + "\r\n";
    return completed;
}

// The payload's content fields, its Content-Type marked by RFC 9788 section 2.1.1.
QByteArray SealJob::protectedContent(QByteArrayView entityHeader) const
{
    const QByteArray mark = isEncrypted() ? "; hp=\"cipher\"" : "; hp=\"clear\"";
    const mime::Headers headers = mime::parseHeaders(entityHeader);
    const mime::HeaderField *type = headers.first("Content-Type");
    if (!type)
        return "Content-Type: text/plain; charset=\"us-ascii\"" + mark + "\r\n" + entityHeader.toByteArray();
    if (mime::parseContentType(type->value).hasParameter("hp"))
        return entityHeader.toByteArray();
    const QByteArrayView before = entityHeader.first(type->valueRange.end);
    const QByteArrayView after = entityHeader.sliced(type->valueRange.end);
    const bool endsWithSemicolon = before.trimmed().endsWith(';');
    return before.toByteArray() + (endsWithSemicolon ? "" : ";") + "\r\n" + mark.sliced(1) + after.toByteArray();
}

base::Status SealJob::splitDraft()
{
    base::Result<mime::SplitMessage> split = mime::splitForSigning(m_request.draft);
    if (!split)
        return split.error();
    const QByteArray fields = completedFields(split->messageFields);
    const bool isProtected = isSigned() || isEncrypted();
    m_header = splitHeader(fields, isEncrypted() ? PayloadProtection::Encrypted : PayloadProtection::SignedOnly,
                           isEncrypted() ? m_request.headers : HeaderPolicy::None);
    if (!isProtected) {
        m_payload = {split->entity};
        appendView(m_payload, split->rest);
        return base::Done{};
    }
    m_entity = std::move(split->entity);
    m_rest = split->rest;
    return takeEntity(isForSelf() ? split->messageFields : m_header.inner);
}

// The body is never copied, only the beginning in which the hidden fields are repeated.
base::Status SealJob::takeEntity(const QByteArray &inner)
{
    const bool isRepeating = isEncrypted() && !isForSelf();
    const EntityExtent extent = m_rest.isEmpty() ? EntityExtent::Whole : EntityExtent::Beginning;
    const MarkedEntity marked = isRepeating ? withLegacyDisplay(m_entity, extent, m_header.hidden) : MarkedEntity{};
    const QByteArrayView front = marked.rest > 0 ? QByteArrayView(marked.front) : QByteArrayView(m_entity);
    // An entity without any field begins with its empty line.
    const qsizetype end = front.startsWith("\r\n") ? 0 : front.indexOf("\r\n\r\n") + 2;
    if (end == 1)
        return {ErrorCode::MessageMalformed, u"the draft's content has no empty line"_s};
    const QByteArray header = inner + protectedContent(front.first(end));
    const qsizetype begin = marked.rest > 0 ? marked.rest : end;
    const QByteArrayView body = QByteArrayView(m_entity).sliced(begin);
    m_payload = {header};
    if (marked.rest > 0)
        m_payload.append(front.sliced(end).toByteArray());
    appendView(m_payload, body);
    appendView(m_payload, m_rest);
    return base::Done{};
}

base::Status SealJob::signPayload()
{
    if (!isSigned())
        return base::Done{};
    SigningInput input;
    input.key = m_request.keys ? m_request.keys->signingKey(m_request.at) : nullptr;
    input.at = m_request.at;
    input.form = m_request.signature;
    if (!input.key)
        return {ErrorCode::KeyNotFound, u"no key of %1 that can sign now"_s.arg(m_request.sender.mailbox)};
    input.prepared = m_request.keys->prepared.get();
    const identity::KeyMaterial *receiving = m_request.keys->encryptionKey(m_request.at);
    if (receiving && receiving->certificate != input.key->certificate)
        input.encryptionCertificate = receiving->certificate;
    base::Result<MadeSignature> signature = signPieces(m_session, m_payload, input);
    if (!signature)
        return signature.error();
    if (input.form == SignatureForm::Opaque)
        m_payload = {cmsFields("signed-data"), mime::encodeBase64(signature->der)};
    else
        m_payload = multipartSigned(m_payload, *signature);
    return base::Done{};
}

base::Result<QByteArray> SealJob::messageFor(const QList<AssessedRecipient> &group)
{
    const QByteArray fields = m_header.outer + "MIME-Version: 1.0\r\n";
    if (!isEncrypted())
        return flattened(Pieces{fields} + m_payload);
    QList<AssessedRecipient> readers = group;
    readers.append(m_self);
    const AlgorithmChoice algorithms = chooseAlgorithms(abilitiesOf(readers), m_request.cipher, m_request.keyTransport);
    QList<provider::CertificateFacts> certificates;
    for (const AssessedRecipient &reader : readers)
        certificates.append(reader.facts);
    const bool isGcm = algorithms.cipher == ContentCipher::Aes256Gcm || algorithms.cipher == ContentCipher::Aes128Gcm;
    const QByteArray head = fields + cmsFields(isGcm ? "authEnveloped-data" : "enveloped-data");
    constexpr qsizetype kOctetsOfReader = 2048;
    QByteArray message;
    base::reserveLarge(message, head.size() + mime::encodedSize(sizeOf(m_payload) + readers.size() * kOctetsOfReader));
    message += head;
    mime::Base64Writer writer(message);
    const base::Status status = encryptPieces(m_session, m_payload, certificates, algorithms, [&writer](QByteArrayView der) { writer.add(der); });
    if (!status)
        return status.error();
    writer.finish();
    return message;
}

QByteArray SealJob::bccField() const
{
    QList<mime::Address> hidden;
    for (const SealRecipient &recipient : m_request.recipients)
        if (recipient.role == RecipientRole::Bcc)
            hidden.append(recipient.address);
    return hidden.isEmpty() ? QByteArray() : mime::addressField("Bcc", hidden);
}

// Without encryption one message serves everybody: it names no reader.
base::Status SealJob::makeEnvelopes(SealedMail &mail)
{
    QList<QList<qsizetype>> groups(1);
    for (qsizetype i = 0; i < m_request.recipients.size(); ++i) {
        if (m_request.recipients[i].role == RecipientRole::Bcc && isEncrypted())
            groups.append(QList<qsizetype>{i});
        else
            groups.first().append(i);
    }
    for (const QList<qsizetype> &group : groups) {
        if (group.isEmpty() && !isForSelf())
            continue;
        if (m_cancellation.isRequested())
            return ErrorCode::Cancelled;
        Envelope envelope;
        QList<AssessedRecipient> readers;
        for (qsizetype i : group) {
            envelope.recipients.append(m_request.recipients[i].address.mailbox);
            if (isEncrypted())
                readers.append(m_recipients[i]);
        }
        base::Result<QByteArray> message = messageFor(readers);
        if (!message)
            return message.error();
        envelope.message = std::move(message).value();
        mail.envelopes.append(envelope);
    }
    return base::Done{};
}

base::Result<SealedMail> SealJob::run()
{
    for (const auto step : {&SealJob::assess, &SealJob::splitDraft, &SealJob::signPayload}) {
        if (m_cancellation.isRequested())
            return ErrorCode::Cancelled;
        if (base::Status status = (this->*step)(); !status)
            return status.error();
    }
    SealedMail mail;
    if (base::Status status = makeEnvelopes(mail); !status)
        return status.error();
    const QByteArray &first = mail.envelopes.first().message;
    const QByteArray hidden = bccField();
    mail.sentCopy = hidden.isEmpty() ? first : hidden + first;
    return mail;
}

} // namespace

base::Result<SealedMail> seal(const SealRequest &request, const base::Cancellation &cancellation)
{
    return SealJob{request, cancellation}.run();
}

} // namespace smime
