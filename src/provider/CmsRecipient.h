// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: how a content key reaches one recipient, and comes back.

#include "provider/CmsAsn1.h"
#include "provider/CmsOutcome.h"

namespace provider::cms {

/// A RecipientInfo as it stands in a message.
struct WrittenRecipient {
    QByteArray der;
    int envelopeVersion = 0;    ///< that it demands of the EnvelopedData around it, RFC 5652 section 6.1
    QList<CmsRecipient> facts;  ///< one for each key it carries
};

/// For the key in `certificate`; the key's type decides how, `transport` only between the two RSA ways.
/// Empty if such a key cannot receive. RFC 3370, RFC 3560, RFC 5753, RFC 8418, RFC 9629.
[[nodiscard]] WrittenRecipient writeRecipient(X509 *certificate, const WipedBytes &contentKey, RsaKeyTransport transport,
                                              CertificateNaming naming);

/// A recipient's entry that one of the given keys belongs to.
struct Match {
    int info = -1;          ///< in the SET OF RecipientInfo
    int inner = 0;          ///< in its RecipientEncryptedKeys
    int flat = -1;          ///< as CmsFacts::recipients counts
    int key = -1;           ///< in the list of keys; -1 for a password or shared key
    int sharedKey = -1;     ///< in CmsOptions::sharedKeys
};

/// Every entry that can be tried, in the order of the message.
[[nodiscard]] QList<Match> matchRecipients(const STACK_OF(RecipientInfo) * infos, const std::vector<OwnKey> &keys,
                                           const CmsOptions &options);

/// What came out of one entry.
struct ContentKey {
    enum class State {
        Unsupported,    ///< an algorithm that we do not have, said by the message in clear
        Broken,         ///< `key` is random: the content must be decrypted with it all the same, and fail
        Usable,         ///< right, or made up by RSA's implicit rejection: nobody can tell
    };
    State state = State::Unsupported;
    WipedBytes key;
};

/// `octets`: what the content cipher wants. `options` has an effort. RFC 8551 section 6, RFC 3218.
[[nodiscard]] ContentKey unwrapContentKey(const RecipientInfo &info, const Match &match, const std::vector<OwnKey> &keys,
                                          const CmsOptions &options, size_t octets);

} // namespace provider::cms
