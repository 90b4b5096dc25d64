// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProfileSealer.h"

#include "smime/Open.h"

#include <functional>

namespace app {

namespace {

using smime::RecipientRole;

void addRecipients(smime::SealRequest &request, const QList<mime::Address> &addresses, RecipientRole role,
                   const std::function<RecipientCertificate(const QString &)> &find)
{
    for (const mime::Address &address : addresses) {
        smime::SealRecipient recipient;
        recipient.address = address;
        recipient.role = role;
        if (request.encryption == smime::Encryption::ForRecipients) {
            // What was found but cannot be used goes along, so that the error says why and not that nothing is there.
            const RecipientCertificate found = find(address.mailbox);
            recipient.certificate = found.certificate.isEmpty() ? found.info.certificate : found.certificate;
            recipient.remembered = smime::Capabilities::fromDer(found.capabilities);
            request.issuers += found.chain;
        }
        request.recipients += recipient;
    }
}

smime::SealRequest requestFor(const OpeningMaterial &material, const Draft &draft, const QByteArray &octets, const QDateTime &now)
{
    smime::SealRequest request;
    request.draft = octets;
    request.sender = draft.from;
    request.keys = material.keys;
    request.signature = draft.sign ? smime::SignatureForm::Detached : smime::SignatureForm::None;
    request.encryption = draft.encrypt ? smime::Encryption::ForRecipients : smime::Encryption::None;
    request.headers = draft.headers;
    request.anchors = material.trust.anchors;
    request.crls = material.trust.crls;
    request.at = now;
    return request;
}

/// Now or, where no certificate of one's own is valid now, when the newest of them was.
QDateTime timeForSelf(const identity::KeySet &keys, const QDateTime &now)
{
    if (keys.encryptionKey(now))
        return now;
    for (const identity::KeyMaterial *key : keys.decryptionKeys()) {
        if (!key->certificate.isEmpty())
            return key->notAfter;
    }
    return now;
}

/// The draft alone, readable by its writer and nobody else. He has the key, whatever became of its certificate: neither lists nor the day
/// keep him from saving what he wrote.
smime::SealRequest requestForSelf(const OpeningMaterial &material, const Draft &draft, const QByteArray &octets, const QDateTime &now)
{
    const QDateTime at = timeForSelf(*material.keys, now);
    smime::SealRequest request = requestFor(material, draft, octets, at);
    request.crls.clear();
    request.signature = smime::SignatureForm::None;
    request.encryption = smime::Encryption::ForRecipients;
    smime::SealRecipient self;
    self.address = draft.from;
    self.role = RecipientRole::Bcc; // Else a draft that is for nobody yet would name its writer as the one that it is for.
    if (const identity::KeyMaterial *key = material.keys->encryptionKey(at)) {
        self.certificate = key->certificate;
        request.issuers += key->chain;
    }
    request.recipients = {self};
    return request;
}

QList<mime::Address> addressesIn(const smime::OpenedMessage &opened, QByteArrayView field)
{
    const smime::ShownField *shown = opened.header(field);
    return shown ? mime::parseAddresses(shown->raw) : QList<mime::Address>{};
}

base::Result<Draft> draftOf(const smime::OpenedMessage &opened, const QByteArray &octets)
{
    if (opened.verdict.encryption.state == smime::EncryptionState::NoKey || opened.verdict.encryption.state == smime::EncryptionState::Failed)
        return opened.fault.value_or(base::Error{base::ErrorCode::DecryptionFailed, {}, {}, {}});
    Draft draft;
    const QList<mime::Address> from = addressesIn(opened, "From");
    draft.from = from.isEmpty() ? mime::Address{} : from.first();
    draft.to = addressesIn(opened, "To");
    draft.cc = addressesIn(opened, "Cc");
    if (const smime::ShownField *subject = opened.header("Subject"))
        draft.subject = subject->value;
    draft.text = opened.text;
    draft.inReplyTo = opened.inReplyTo;
    draft.references = opened.references;
    for (const smime::Attachment &attachment : opened.attachments)
        draft.attachments += {attachment.name, attachment.type, attachment.content()};
    applyDraftFields(draft, octets);
    return draft;
}

} // namespace

ProfileSealer::ProfileSealer(identity::DataDirectory data, identity::Profile profile, OpeningMaterial material, const base::Clock &clock)
    : m_data(std::move(data)), m_profile(std::move(profile)), m_material(std::move(material)), m_clock(clock)
{
}

base::Result<smime::SealedMail> ProfileSealer::seal(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const
{
    if (!m_material.keys && (draft.sign || draft.encrypt))
        return base::ErrorCode::KeystoreLocked;
    const QDateTime now = m_clock.now();
    smime::SealRequest request = requestFor(m_material, draft, octets, now);
    const auto find = [&](const QString &mailbox) { return findRecipient(m_data, m_profile, mailbox, now); };
    addRecipients(request, draft.to, RecipientRole::To, find);
    addRecipients(request, draft.cc, RecipientRole::Cc, find);
    addRecipients(request, draft.bcc, RecipientRole::Bcc, find);
    return smime::seal(request, cancellation);
}

base::Result<QByteArray> ProfileSealer::sealForSelf(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const
{
    if (!m_material.keys)
        return base::ErrorCode::KeystoreLocked;
    const base::Result<smime::SealedMail> sealed = smime::seal(requestForSelf(m_material, draft, octets, m_clock.now()), cancellation);
    if (!sealed)
        return sealed.error();
    return draftFields(draft) + sealed->envelopes.first().message;
}

base::Result<Draft> ProfileSealer::openDraft(const QByteArray &octets, const base::Cancellation &cancellation) const
{
    if (!m_material.keys)
        return base::ErrorCode::KeystoreLocked;
    smime::OpenRequest request;
    request.message = octets;
    request.material.keys = m_material.keys;
    request.at = m_clock.now();
    return draftOf(smime::open(request, cancellation), octets);
}

} // namespace app
