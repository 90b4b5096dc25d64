// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "net/Scram.h"
#include "store/Spool.h"

#include <QHash>
#include <QSet>

namespace relay {

/// The form in which addresses are compared: without needless quoting (RFC 5321 section 4.1.2), ASCII in lower case, other local parts in
/// lower case and NFC, the domain as A-labels. Empty for what is no address. RFC 5321 section 2.4 allows case to matter; here it does not.
[[nodiscard]] QByteArray mailboxKey(QByteArrayView address);

/// The same for an alias, which may also be "@domain".
[[nodiscard]] QByteArray aliasKey(QByteArrayView name);

[[nodiscard]] store::SpoolCredential toCredential(const net::ScramVerifier &verifier);
[[nodiscard]] net::ScramVerifier toVerifier(const store::SpoolCredential &credential);

/// The users as of the last look into the spool; the relay's own thread answers RCPT from here without asking a disk.
class Users
{
public:
    Users();
    void set(const QList<store::SpoolAccount> &accounts, const QList<store::SpoolAlias> &aliases);

    /// True if a mailbox bears this very name.
    [[nodiscard]] bool contains(const QByteArray &key) const { return m_verifiers.contains(key); }
    /// The mailbox that gets mail for this address: its own, an alias's, that of the part before a plus (RFC 5233), the catch-all's of the
    /// domain; empty if there is none.
    [[nodiscard]] QByteArray mailboxOf(const QByteArray &key) const;
    /// True if some mailbox here has this domain: then an unknown name is unknown, elsewhere it is a matter of relaying.
    [[nodiscard]] bool hasDomain(QByteArrayView domain) const { return m_domains.contains(domain.toByteArray()); }
    /// The user's verifier, or a decoy that no password fits, so that names cannot be guessed by the answer.
    [[nodiscard]] net::ScramVerifier verifier(const QByteArray &key) const;

private:
    [[nodiscard]] QByteArray named(const QByteArray &key) const;

    QHash<QByteArray, net::ScramVerifier> m_verifiers;
    QHash<QByteArray, QByteArray> m_aliases; ///< Name to mailbox; "@domain" for what nobody else has.
    QSet<QByteArray> m_domains;
    QByteArray m_decoySecret;
};

} // namespace relay
