// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/Capabilities.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace smime {

enum class ContentCipher { Aes256Cbc, Aes128Cbc, Aes256Gcm, Aes128Gcm };
/// How the content key reaches a recipient. For other keys than RSA the key's type decides.
enum class KeyTransport { RsaPkcs1, RsaOaep, KeyAgreement, Kem };
/// What the user asked for; Auto leaves it to the policy.
enum class CipherWish { Auto, Aes256Gcm, Aes128Gcm, Aes256Cbc, Aes128Cbc };
enum class KeyTransportWish { Auto, Oaep, RsaPkcs1 };
/// Why the choice fell as it did, for the line above the Send button.
enum class ChoiceReason { EveryoneCanGcm, SomebodyUnknown, SomebodyCannotGcm, Wished };

/// What is known of one recipient when the algorithms are chosen.
struct RecipientAbility {
    enum class KeyKind { Rsa, Agreement, Kem };
    QString address;
    KeyKind keyKind = KeyKind::Rsa;
    Capabilities capabilities;
};

/// The algorithms of one message.
struct AlgorithmChoice {
    ContentCipher cipher = ContentCipher::Aes256Cbc;
    QList<KeyTransport> keyTransports;  ///< One for each recipient, in their order.
    ChoiceReason reason = ChoiceReason::SomebodyUnknown;
    QStringList heldBackBy;             ///< Addresses that keep the message from GCM.

    bool operator==(const AlgorithmChoice &) const = default;
};

/// The one place where content cipher and key transport are chosen: AES-256-GCM if every recipient can,
/// else AES-256-CBC; RSA v1.5 for whoever is not known to read OAEP. A wish overrules both. Pure.
[[nodiscard]] AlgorithmChoice chooseAlgorithms(const QList<RecipientAbility> &recipients, CipherWish cipher,
                                               KeyTransportWish keyTransport);

} // namespace smime
