// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "app/IdentityService.h"
#include "base/Operation.h"
#include "net/Endpoint.h"
#include "transport/IoThread.h"

#include <QByteArray>
#include <QStringList>

namespace app {

/// What another computer needs to take part at this relay: where it is, and the authority that vouches for it. Goes over as a
/// file (`*.waxwing-join`), as the same text pasted, or, read aloud, as one line to type, which has the authority's fingerprint
/// as words instead of the certificate.
struct JoinCard {
    QString host;           ///< A name or an address that the other computer can reach.
    quint16 smtpPort = 0;   ///< STARTTLS and login.
    quint16 pop3Port = 0;   ///< STLS and login.
    QString name;           ///< The authority's, for people; empty on a typed card.
    QByteArray authority;   ///< DER of its certificate; empty on a typed card.
    QByteArray fingerprint; ///< The first 11 octets of its SHA-256.

    /// To be compared aloud; empty for a default-constructed card.
    [[nodiscard]] QStringList words() const;
    /// A typed card becomes whole when the relay shows the certificate of which it has the fingerprint. InvalidArgument: it is another's.
    [[nodiscard]] base::Status complete(const QByteArray &authorityDer);
    [[nodiscard]] bool isComplete() const { return !authority.isEmpty(); }

    bool operator==(const JoinCard &) const = default;
};

/// Under which neighbours may reach this computer, the most probable first; empty if it is in no network.
[[nodiscard]] QStringList addressesForNeighbours();
/// Whether a server that listens at `host` listens at all of the computer's addresses.
[[nodiscard]] bool meansAllAddresses(const QString &host);

/// The same ports at all addresses of this computer where a server listened at one for itself; each port once.
[[nodiscard]] QList<net::Endpoint> openedToNetwork(const QList<net::Endpoint> &endpoints);

/// `smtp` and `pop3` are what the relay listens on; their host is replaced by an address of this computer if it means all of them.
/// NotACertificate.
[[nodiscard]] base::Result<JoinCard> makeJoinCard(const net::Endpoint &smtp, const net::Endpoint &pop3, const QByteArray &authorityDer);
/// False: only programs on this very computer reach it, so that the card is of no use elsewhere.
[[nodiscard]] bool isForOtherComputers(const JoinCard &card);

/// The file, JSON.
[[nodiscard]] QByteArray toJoinFile(const JoinCard &card);
/// "192.168.1.5 1025 1110 acorn album ..."
[[nodiscard]] QString toJoinLine(const JoinCard &card);
/// Either of them. ConfigurationInvalid says what is missing or wrong; InvalidArgument is about the words, as fingerprintOfWords();
/// NotACertificate, FileTooLarge.
[[nodiscard]] base::Result<JoinCard> readJoinCard(const QByteArray &fileOrLine);

/// What a typed card lacks, from the relay itself: of the certificates that it shows, the one whose words were typed. The card is returned
/// as it is if it is complete. InvalidArgument: none of them has these words, so that it is another relay or a wrong word; the codes of
/// transport::askServerChain.
[[nodiscard]] base::Operation<JoinCard> completeJoinCard(transport::IoThread &thread, const JoinCard &card);

/// The same for a worker or a command: waits.
[[nodiscard]] base::Result<JoinCard> completedJoinCard(const JoinCard &card);

/// The account of `address` at that relay: TLS with the authority alone as its anchor, logging in by the full address.
[[nodiscard]] AccountSettings accountOf(const JoinCard &card, const QString &address);

/// Makes `profile`, which is unlocked, a member of that relay: its account, the password of its mailbox there, and trust in the authority's
/// certificates for mail, unless the relay only vouches for itself. FileNotWritable, DiskFull, and those of IdentityService::storeSecret.
[[nodiscard]] base::Operation<base::Done> takeJoinCard(IdentityService &identities, const identity::Profile &profile, const JoinCard &card,
                                                       const base::Secret &password);
/// The same for a worker or a command. `keystore` is the profile's, unlocked. The codes of writing files, and those of Keystore::storeSecret.
[[nodiscard]] base::Status takeJoinCard(const identity::DataDirectory &data, const identity::Profile &profile, identity::Keystore &keystore, const JoinCard &card,
                                        const base::Secret &password);

} // namespace app
