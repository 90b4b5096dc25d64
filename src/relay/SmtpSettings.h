// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Limits.h"

#include <QByteArray>

namespace relay {

enum class EightBitPolicy { Refuse, Accept };
/// What becomes of a message that came before, octet for octet, within 24 hours.
enum class RepetitionPolicy {
    KeepOnce, ///< Its sender lost our reply, and gets another.
    KeepEach, ///< For tests that send the same again and again and count it.
};
enum class SenderPolicy {
    MustBeOwn,        ///< The envelope's sender.
    MustBeOwnAndFrom, ///< And every address of the From line.
    Any,
};
/// Who may send to recipients elsewhere. Nobody may without a next hop.
enum class OnwardPolicy { AfterLogin, AlsoFromLoopbackWithoutLogin };

/// The same for all SMTP sessions of one listening socket; outlives them.
struct SmtpSettings {
    QByteArray hostName = "localhost";
    Limits limits;
    bool offersTls = false;
    bool isSubmission = false;                               ///< AUTH before MAIL, whoever asks.
    EightBitPolicy undeclaredEightBit = EightBitPolicy::Refuse; ///< 8-bit text without BODY=8BITMIME; RFC 6152 section 3.
    SenderPolicy senderOfUsers = SenderPolicy::MustBeOwn;    ///< Whether who logged in may send under another address.
    OnwardPolicy onward = OnwardPolicy::AfterLogin;
    RepetitionPolicy repetitions = RepetitionPolicy::KeepOnce;
    bool isOpenRelay = false;                                ///< Anybody, from anywhere, to anybody, without login and TLS.
};

/// What is known of the peer.
struct Peer {
    QByteArray address;        ///< "127.0.0.1" or "::1"
    bool isLoopback = false;
    QByteArray tls;            ///< "TLSv1.3 TLS_AES_256_GCM_SHA384", empty in the clear.
    QByteArray countedAs = {}; ///< By limits per address: net::countedAs().

    [[nodiscard]] bool isPrivate() const { return isLoopback || !tls.isEmpty(); }
};

} // namespace relay
