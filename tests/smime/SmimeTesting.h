// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small world of people with certificates, and mail between them.

#include "provider/PrivateKeyFile.h"
#include "smime/LayerWalk.h"
#include "smime/Open.h"
#include "smime/Seal.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"

#include <QTest>

namespace QTest {
template <>
inline char *toString(const smime::Summary &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Integrity &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Chain &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Time &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Identity &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Coverage &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::EncryptionState &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
template <>
inline char *toString(const smime::Protection &value) { return qstrdup(qPrintable(smime::nameOf(value))); }
} // namespace QTest

namespace smimetest {

using namespace Qt::StringLiterals;
using Person = support::Identity;
using support::testTime;

inline identity::KeyMaterial materialOf(const Person &person)
{
    const provider::CertificateFacts facts = support::factsOf(person.certificate);
    identity::KeyMaterial material;
    material.id = facts.commonName;
    material.use = !facts.maySign() ? identity::KeyUse::Encryption
        : !facts.mayReceive()       ? identity::KeyUse::Signing
                                    : identity::KeyUse::SigningAndEncryption;
    material.certificate = person.der();
    material.pkcs8 = provider::toPkcs8(person.key);
    material.notBefore = facts.notBefore;
    material.notAfter = facts.notAfter;
    return material;
}

inline identity::SharedKeySet keysOf(const QList<Person> &identities)
{
    auto set = std::make_shared<identity::KeySet>();
    for (const Person &person : identities)
        set->keys.append(materialOf(person));
    return set;
}

/// The octets inside every layer: what was sealed. What is not sealed comes back as it is.
inline base::Result<QByteArray> octetsInside(const QByteArray &message, const identity::SharedKeySet &keys)
{
    base::Result<mime::Structure> structure = mime::parseStructure(message);
    if (!structure)
        return structure.error();
    smime::OpenRequest request;
    request.material.keys = keys;
    request.at = testTime();
    smime::Entity entity;
    entity.octets = message;
    entity.structure = std::move(structure).value();
    const smime::WalkedMessage walked = smime::walkLayers(std::move(entity), request, {});
    if (walked.fault)
        return *walked.fault;
    return walked.payload ? walked.payload->octets : walked.rawPayload;
}

/// One authority and three people; Mallory's certificate is of the same authority, for Mallory's own address.
struct World {
    Person authority = support::makeAuthority(provider::KeyType::Rsa2048);
    Person alice = issue(u"alice@example.org"_s);
    Person bob = issue(u"bob@example.org"_s);
    Person mallory = issue(u"mallory@example.org"_s);

    [[nodiscard]] Person issue(const QString &address, provider::KeyType type = provider::KeyType::Rsa2048) const
    {
        return support::issue(authority, type, support::personProfile(address));
    }

    [[nodiscard]] Person issue(const provider::CertificateProfile &profile, provider::KeyType type = provider::KeyType::Rsa2048) const
    {
        return support::issue(authority, type, profile);
    }

    /// As Bob opens mail.
    [[nodiscard]] smime::OpenRequest openRequest(const QByteArray &message, const QList<Person> &readers) const
    {
        smime::OpenRequest request;
        request.message = message;
        request.material.keys = keysOf(readers);
        request.material.anchors = {authority.der()};
        request.at = testTime();
        request.tellsSteps = true;
        return request;
    }

    [[nodiscard]] smime::OpenedMessage open(const QByteArray &message) const { return smime::open(openRequest(message, {bob})); }

    /// From Alice to Bob, signed and encrypted.
    [[nodiscard]] smime::SealRequest sealRequest(const QByteArray &draft) const
    {
        smime::SealRequest request;
        request.draft = draft;
        request.sender = {u"Alice"_s, u"alice@example.org"_s};
        request.recipients = {{{u"Bob"_s, u"bob@example.org"_s}, smime::RecipientRole::To, bob.der(), {}}};
        request.keys = keysOf({alice});
        request.anchors = {authority.der()};
        request.at = testTime();
        return request;
    }
};

inline QByteArray lunchDraft()
{
    return "From: Alice <alice@example.org>\r\n"
           "To: Bob <bob@example.org>\r\n"
           "Subject: Lunch on Friday\r\n"
           "Date: Mon, 01 Jun 2026 12:00:00 +0000\r\n"
           "Message-ID: <lunch@example.org>\r\n"
           "MIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "\r\n"
           "Shall we meet at noon?\r\n";
}

/// The message that To and Cc get, or an empty array with a message of what went wrong.
inline QByteArray sealed(const smime::SealRequest &request)
{
    const base::Result<smime::SealedMail> mail = smime::seal(request);
    if (!mail) {
        qWarning("seal: %s %s", base::nameOf(mail.error().code), qPrintable(mail.error().detail));
        return {};
    }
    return mail->envelopes.first().message;
}

inline QString text(const smime::OpenedMessage &opened)
{
    return opened.text.trimmed();
}

inline QString shown(const smime::OpenedMessage &opened, QByteArrayView name)
{
    const smime::ShownField *field = opened.header(name);
    return field ? field->value : QString();
}

/// The bytes of the first base64 part, decoded, changed by `change`, encoded again.
template <typename Change>
QByteArray withChangedCms(const QByteArray &message, Change change)
{
    const qsizetype begin = message.indexOf("\r\n\r\n") + 4;
    QByteArray der = QByteArray::fromBase64(message.sliced(begin));
    change(der);
    return message.first(begin) + der.toBase64() + "\r\n";
}

} // namespace smimetest
