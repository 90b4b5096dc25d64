// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Expectation.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using smime::nameOf;

namespace forge {

namespace {

QJsonObject axesToJson(const smime::SignatureAxes &axes)
{
    return {{u"integrity"_s, nameOf(axes.integrity)},   {u"chain"_s, nameOf(axes.chain)},       {u"usage"_s, nameOf(axes.usage)},
            {u"time"_s, nameOf(axes.time)},             {u"revocation"_s, nameOf(axes.revocation)}, {u"strength"_s, nameOf(axes.strength)},
            {u"identity"_s, nameOf(axes.identity)}};
}

QJsonObject signatureToJson(const Expectation &expectation)
{
    QJsonObject object = axesToJson(expectation.axes);
    object[u"coverage"_s] = nameOf(expectation.coverage);
    QJsonArray signers;
    for (const ExpectedSigner &signer : expectation.signers) {
        QJsonObject entry = axesToJson(signer.axes);
        if (!signer.digest.isEmpty())
            entry[u"digest"_s] = signer.digest;
        if (!signer.algorithm.isEmpty())
            entry[u"algorithm"_s] = signer.algorithm;
        signers.append(entry);
    }
    object[u"signers"_s] = signers;
    return object;
}

QJsonObject encryptionToJson(const Expectation &expectation)
{
    QJsonObject object{{u"state"_s, nameOf(expectation.state)}, {u"protection"_s, nameOf(expectation.protection)}};
    if (!expectation.cipher.isEmpty())
        object[u"cipher"_s] = expectation.cipher;
    if (expectation.recipients.isEmpty())
        return object;
    QJsonArray recipients;
    for (const ExpectedRecipient &recipient : expectation.recipients)
        recipients.append(QJsonObject{{u"kind"_s, nameOf(recipient.kind)}, {u"algorithm"_s, recipient.algorithm}, {u"self"_s, recipient.isSelf}});
    object[u"recipients"_s] = recipients;
    return object;
}

QJsonObject headersToJson(const Expectation &expectation)
{
    QJsonObject object;
    if (expectation.subject)
        object[u"Subject"_s] = QJsonObject{{u"value"_s, *expectation.subject}};
    if (!expectation.from.isEmpty())
        object[u"From"_s] = QJsonObject{{u"value"_s, expectation.from}};
    return object;
}

} // namespace

QJsonObject toJson(const Expectation &expectation)
{
    QJsonArray layers;
    for (const ExpectedLayer &layer : expectation.layers)
        layers.append(QJsonObject{{u"kind"_s, nameOf(layer.kind)}, {u"form"_s, nameOf(layer.form)}});
    QJsonObject object{{u"summary"_s, nameOf(expectation.summary)},
                       {u"layers"_s, layers},
                       {u"signature"_s, signatureToJson(expectation)},
                       {u"encryption"_s, encryptionToJson(expectation)},
                       {u"headers"_s, headersToJson(expectation)},
                       {u"warnings"_s, QJsonArray::fromStringList(expectation.warnings)}};
    QJsonObject body;
    if (expectation.text)
        body[u"text"_s] = *expectation.text;
    if (expectation.isTextOnly)
        body[u"html"_s] = QJsonValue();
    object[u"body"_s] = body;
    if (expectation.unprotectedParts) {
        QJsonArray parts;
        for (int i = 0; i < *expectation.unprotectedParts; ++i)
            parts.append(QJsonObject{});
        object[u"unprotected"_s] = parts;
    }
    if (!expectation.damage.isEmpty())
        object[u"diagnosis"_s] = QJsonObject{{u"damage"_s, expectation.damage}};
    return object;
}

} // namespace forge
