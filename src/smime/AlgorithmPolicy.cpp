// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/AlgorithmPolicy.h"

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// RFC 8551 section 2.7 demands AES-256-GCM of every 4.0 reader, but nobody writes for readers of the RFC only:
// GnuPG and NSS cannot read it, so somebody of whom nothing is known gets CBC.
void chooseCipher(AlgorithmChoice &choice, const QList<RecipientAbility> &recipients)
{
    bool isSomebodyUnknown = false;
    for (const RecipientAbility &recipient : recipients) {
        if (recipient.capabilities.canAes256Gcm())
            continue;
        choice.heldBackBy.append(recipient.address);
        isSomebodyUnknown = isSomebodyUnknown || !recipient.capabilities.isKnown();
    }
    if (choice.heldBackBy.isEmpty() && !recipients.isEmpty()) {
        choice.cipher = ContentCipher::Aes256Gcm;
        choice.reason = ChoiceReason::EveryoneCanGcm;
        return;
    }
    choice.cipher = ContentCipher::Aes256Cbc;
    choice.reason = isSomebodyUnknown || recipients.isEmpty() ? ChoiceReason::SomebodyUnknown : ChoiceReason::SomebodyCannotGcm;
}

void applyWish(AlgorithmChoice &choice, ContentCipher cipher)
{
    choice.cipher = cipher;
    choice.reason = ChoiceReason::Wished;
    choice.heldBackBy.clear();
}

KeyTransport transportFor(const RecipientAbility &recipient, KeyTransportWish wish)
{
    switch (recipient.keyKind) {
    case RecipientAbility::KeyKind::Agreement:
        return KeyTransport::KeyAgreement;
    case RecipientAbility::KeyKind::Kem:
        return KeyTransport::Kem;
    case RecipientAbility::KeyKind::Rsa:
        break;
    }
    switch (wish) {
    case KeyTransportWish::Oaep:
        return KeyTransport::RsaOaep;
    case KeyTransportWish::RsaPkcs1:
        return KeyTransport::RsaPkcs1;
    case KeyTransportWish::Auto:
        return recipient.capabilities.canOaep() ? KeyTransport::RsaOaep : KeyTransport::RsaPkcs1;
    }
    Q_UNREACHABLE_RETURN(KeyTransport::RsaPkcs1);
}

} // namespace

AlgorithmChoice chooseAlgorithms(const QList<RecipientAbility> &recipients, CipherWish cipher, KeyTransportWish keyTransport)
{
    AlgorithmChoice choice;
    switch (cipher) {
    case CipherWish::Auto:
        chooseCipher(choice, recipients);
        break;
    case CipherWish::Aes256Gcm:
        applyWish(choice, ContentCipher::Aes256Gcm);
        break;
    case CipherWish::Aes128Gcm:
        applyWish(choice, ContentCipher::Aes128Gcm);
        break;
    case CipherWish::Aes256Cbc:
        applyWish(choice, ContentCipher::Aes256Cbc);
        break;
    case CipherWish::Aes128Cbc:
        applyWish(choice, ContentCipher::Aes128Cbc);
        break;
    }
    for (const RecipientAbility &recipient : recipients)
        choice.keyTransports.append(transportFor(recipient, keyTransport));
    return choice;
}

} // namespace smime
