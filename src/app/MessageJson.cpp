// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MessageJson.h"

#include "mime/Address.h"
#include "mime/Domain.h"
#include "smime/ShownHeaders.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QString nameOf(smime::CryptographicStatus protection)
{
    switch (protection) {
    case smime::CryptographicStatus::None:
        return u"none"_s;
    case smime::CryptographicStatus::Signed:
        return u"signed"_s;
    case smime::CryptographicStatus::Encrypted:
        return u"encrypted"_s;
    case smime::CryptographicStatus::SignedAndEncrypted:
        return u"signed-and-encrypted"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue textOrNull(const QByteArray &text)
{
    return textOrNull(QString::fromUtf8(text));
}

QJsonObject axesToJson(const smime::SignatureAxes &axes)
{
    using smime::nameOf;
    return {{u"integrity"_s, nameOf(axes.integrity)},   {u"chain"_s, nameOf(axes.chain)},
            {u"usage"_s, nameOf(axes.usage)},           {u"time"_s, nameOf(axes.time)},
            {u"revocation"_s, nameOf(axes.revocation)}, {u"strength"_s, nameOf(axes.strength)},
            {u"identity"_s, nameOf(axes.identity)}};
}

QJsonObject signerToJson(const smime::Signer &signer)
{
    QJsonObject object = axesToJson(signer.axes);
    object[u"addresses"_s] = QJsonArray::fromStringList(signer.addresses);
    object[u"subject"_s] = signer.subject;
    object[u"issuer"_s] = signer.issuer;
    object[u"serial"_s] = QString::fromLatin1(signer.serial);
    object[u"digest"_s] = signer.digest;
    object[u"algorithm"_s] = signer.algorithm;
    object[u"signingTime"_s] = timeToJson(signer.signingTime);
    object[u"timeStamp"_s] = timeToJson(signer.stampedAt);
    object[u"detail"_s] = textOrNull(signer.detail);
    return object;
}

QJsonObject signatureToJson(const smime::SignatureVerdict &signature)
{
    QJsonObject object = axesToJson(signature.axes);
    object[u"coverage"_s] = smime::nameOf(signature.coverage);
    object[u"continuity"_s] = smime::nameOf(signature.continuity);
    object[u"continuityCount"_s] = signature.continuityCount;
    object[u"continuitySince"_s] = timeToJson(signature.continuitySince);
    QJsonArray signers;
    for (const smime::Signer &signer : signature.signers)
        signers.append(signerToJson(signer));
    object[u"signers"_s] = signers;
    object[u"detail"_s] = textOrNull(signature.detail);
    return object;
}

QJsonObject encryptionToJson(const smime::EncryptionVerdict &encryption)
{
    QJsonArray recipients;
    for (const smime::Recipient &recipient : encryption.recipients) {
        QJsonObject object{{u"kind"_s, smime::nameOf(recipient.kind)},
                           {u"issuer"_s, recipient.issuer},
                           {u"serial"_s, QString::fromLatin1(recipient.serial)},
                           {u"algorithm"_s, recipient.algorithm},
                           {u"self"_s, recipient.isSelf}};
        if (!recipient.subjectKeyIdentifier.isEmpty())
            object[u"subjectKeyIdentifier"_s] = QString::fromLatin1(recipient.subjectKeyIdentifier);
        if (!recipient.addresses.isEmpty())
            object[u"addresses"_s] = QJsonArray::fromStringList(recipient.addresses);
        recipients.append(object);
    }
    return {{u"state"_s, smime::nameOf(encryption.state)},
            {u"protection"_s, smime::nameOf(encryption.protection)},
            {u"cipher"_s, textOrNull(encryption.cipher)},
            {u"recipients"_s, recipients}};
}

QJsonObject layerToJson(const smime::Layer &layer)
{
    QJsonObject object{{u"kind"_s, smime::nameOf(layer.kind)}, {u"form"_s, smime::nameOf(layer.form)}, {u"part"_s, layer.part}};
    if (layer.kind == smime::LayerKind::Signed)
        object[u"signature"_s] = signatureToJson(layer.signature);
    else if (layer.kind != smime::LayerKind::Compressed)
        object[u"encryption"_s] = encryptionToJson(layer.encryption);
    return object;
}

// A name may hold somebody else's address, so whoever asks for people must not have to look for them in a text.
QJsonObject headersToJson(const QList<smime::ShownField> &fields)
{
    QJsonObject headers;
    for (const smime::ShownField &field : fields) {
        QJsonObject object{{u"value"_s, field.value},
                           {u"outer"_s, field.outer ? QJsonValue(*field.outer) : QJsonValue()},
                           {u"protection"_s, nameOf(field.protection)}};
        if (smime::isAddressField(field.name)) {
            QJsonArray addresses;
            for (const mime::Address &address : mime::parseAddresses(field.raw))
                addresses.append(mime::displayMailbox(address.mailbox));
            object[u"addresses"_s] = addresses;
        }
        headers[QString::fromLatin1(field.name)] = object;
    }
    return headers;
}

QJsonObject bodyToJson(const smime::OpenedMessage &message)
{
    QJsonArray attachments;
    for (const smime::Attachment &attachment : message.attachments)
        attachments.append(QJsonObject{{u"name"_s, textOrNull(attachment.name)},
                                       {u"type"_s, QString::fromLatin1(attachment.type)},
                                       {u"size"_s, attachment.sizeOctets},
                                       {u"protection"_s, nameOf(attachment.protection)},
                                       {u"part"_s, attachment.part}});
    return {{u"text"_s, message.text},
            {u"html"_s, message.html ? QJsonValue(*message.html) : QJsonValue()},
            {u"attachments"_s, attachments}};
}

QJsonArray signersToJson(const QList<app::InspectedSigner> &signers)
{
    QJsonArray array;
    for (const app::InspectedSigner &signer : signers)
        array.append(QJsonObject{{u"issuer"_s, signer.issuer},
                                 {u"serial"_s, QString::fromLatin1(signer.serial)},
                                 {u"subjectKeyIdentifier"_s, textOrNull(signer.subjectKeyIdentifier)},
                                 {u"digest"_s, signer.digest},
                                 {u"algorithm"_s, signer.algorithm},
                                 {u"signingTime"_s, timeToJson(signer.signingTime)},
                                 {u"signedAttributes"_s, QJsonArray::fromStringList(signer.signedAttributes)}});
    return array;
}

QJsonArray recipientsToJson(const QList<app::InspectedRecipient> &recipients)
{
    QJsonArray array;
    for (const app::InspectedRecipient &recipient : recipients)
        array.append(QJsonObject{{u"kind"_s, recipient.kind},
                                 {u"issuer"_s, recipient.issuer},
                                 {u"serial"_s, QString::fromLatin1(recipient.serial)},
                                 {u"subjectKeyIdentifier"_s, textOrNull(recipient.subjectKeyIdentifier)},
                                 {u"algorithm"_s, recipient.algorithm},
                                 {u"keyWrap"_s, textOrNull(recipient.keyWrap)},
                                 {u"self"_s, recipient.isSelf},
                                 {u"name"_s, textOrNull(recipient.name)}});
    return array;
}

QJsonArray fieldsToJson(const std::vector<app::InspectedField> &fields)
{
    QJsonArray array;
    for (const app::InspectedField &field : fields) {
        QJsonObject object{{u"name"_s, field.name}};
        if (!field.value.isEmpty())
            object[u"value"_s] = field.value;
        if (!field.fields.empty())
            object[u"fields"_s] = fieldsToJson(field.fields);
        array.append(object);
    }
    return array;
}

QJsonArray certificatesToJson(const QList<app::InspectedCertificate> &certificates)
{
    QJsonArray array;
    for (const app::InspectedCertificate &certificate : certificates)
        array.append(QJsonObject{{u"subject"_s, certificate.subject},
                                 {u"issuer"_s, certificate.issuer},
                                 {u"serial"_s, QString::fromLatin1(certificate.serial)},
                                 {u"addresses"_s, QJsonArray::fromStringList(certificate.addresses)},
                                 {u"notBefore"_s, timeToJson(certificate.notBefore)},
                                 {u"notAfter"_s, timeToJson(certificate.notAfter)},
                                 {u"chain"_s, smime::nameOf(certificate.chain)}});
    return array;
}

QJsonObject cmsToJson(const app::InspectedCms &cms)
{
    if (cms.fault)
        return {{u"error"_s, toJson(*cms.fault)}};
    QJsonObject object{{u"type"_s, cms.type},
                       {u"version"_s, cms.version},
                       {u"encoding"_s, cms.isIndefinite ? u"BER"_s : u"DER"_s},
                       {u"innerType"_s, textOrNull(cms.innerType)},
                       {u"detached"_s, cms.isDetached},
                       {u"contentOctets"_s, cms.contentOctets},
                       {u"signers"_s, signersToJson(cms.signers)},
                       {u"recipients"_s, recipientsToJson(cms.recipients)},
                       {u"cipher"_s, textOrNull(cms.cipher)}};
    object[u"certificates"_s] = certificatesToJson(cms.certificates);
    object[u"crls"_s] = cms.crlCount;
    object[u"fields"_s] = fieldsToJson(cms.fields);
    if (cms.content)
        object[u"content"_s] = toJson(*cms.content);
    return object;
}

} // namespace

QJsonValue timeToJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ssZ"_s)) : QJsonValue();
}

QJsonObject toJson(const base::Error &error)
{
    return {{u"code"_s, QString::fromLatin1(base::nameOf(error.code))},
            {u"detail"_s, error.detail},
            {u"offset"_s, error.offset ? QJsonValue(*error.offset) : QJsonValue()},
            {u"reply"_s, textOrNull(error.reply)}};
}

QJsonObject toJson(const smime::SignatureDiagnosis &diagnosis)
{
    return {{u"damage"_s, smime::nameOf(diagnosis.damage)},
            {u"proven"_s, diagnosis.isProven},
            {u"line"_s, diagnosis.line},
            {u"sent"_s, textOrNull(diagnosis.sent)},
            {u"received"_s, textOrNull(diagnosis.received)}};
}

QJsonObject toJson(const smime::OpenedMessage &message)
{
    QJsonArray layers;
    for (const smime::Layer &layer : message.verdict.layers)
        layers.append(layerToJson(layer));
    QJsonArray unprotected;
    for (const smime::UnprotectedPart &part : message.unprotected)
        unprotected.append(QJsonObject{{u"part"_s, part.part}, {u"text"_s, part.text}});
    QJsonObject object{{u"summary"_s, smime::nameOf(message.verdict.summary)},
                       {u"layers"_s, layers},
                       {u"signature"_s, signatureToJson(message.verdict.signature)},
                       {u"encryption"_s, encryptionToJson(message.verdict.encryption)},
                       {u"headers"_s, headersToJson(message.headers)},
                       {u"body"_s, bodyToJson(message)},
                       {u"unprotected"_s, unprotected},
                       {u"warnings"_s, QJsonArray::fromStringList(message.verdict.warnings)}};
    if (message.diagnosis)
        object[u"diagnosis"_s] = toJson(*message.diagnosis);
    if (message.fault)
        object[u"error"_s] = toJson(*message.fault);
    QJsonArray further;
    for (const smime::OpenedMessage &part : message.further) {
        QJsonObject one = toJson(part);
        one[u"part"_s] = part.part;
        further.append(one);
    }
    if (!further.isEmpty())
        object[u"further"_s] = further;
    return object;
}

QJsonObject toJson(const app::InspectedPart &part)
{
    QJsonArray headers;
    for (const auto &[name, value] : part.headers)
        headers.append(QJsonArray{QString::fromUtf8(name), QString::fromUtf8(value)});
    QJsonArray children;
    for (const app::InspectedPart &child : part.children)
        children.append(toJson(child));
    QJsonObject object{{u"type"_s, QString::fromLatin1(part.type)},
                       {u"part"_s, QString::fromLatin1(part.number)},
                       {u"begin"_s, part.begin},
                       {u"bodyBegin"_s, part.bodyBegin},
                       {u"end"_s, part.end},
                       {u"encoding"_s, QString::fromLatin1(part.encoding)},
                       {u"charset"_s, textOrNull(part.charset)},
                       {u"filename"_s, textOrNull(part.fileName)},
                       {u"headers"_s, headers},
                       {u"children"_s, children}};
    if (part.cms)
        object[u"cms"_s] = cmsToJson(*part.cms);
    return object;
}

QJsonObject toJson(const app::Asn1Element &element)
{
    QJsonArray children;
    for (const app::Asn1Element &child : element.children)
        children.append(toJson(child));
    QJsonObject object{{u"offset"_s, element.begin}, {u"header"_s, element.headerOctets}, {u"length"_s, element.contentOctets},
                       {u"indefinite"_s, element.isIndefinite}, {u"type"_s, element.type}};
    if (!element.value.isEmpty())
        object[u"value"_s] = element.value;
    if (!element.children.empty())
        object[u"children"_s] = children;
    return object;
}

} // namespace app
