// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Mailbox.h"

#include <QList>
#include <QSet>
#include <QStringList>

namespace mime {

/// A mailbox of RFC 5322 section 3.4: a name that proves nothing, and an address.
struct Address {
    QString name;    ///< Decoded display name, may be empty.
    QString mailbox; ///< "local@domain"; the domain in Unicode as received, without angle brackets.

    bool operator==(const Address &) const = default;
};

/// Reads an address list as people and headers write it, groups flattened. Never fails: what cannot be
/// read yields no address. RFC 5322 section 3.4, RFC 2047, RFC 6532. Names in raw octets that are no UTF-8 are in `rawCharset` if they can be;
/// mailboxes never are.
[[nodiscard]] QList<Address> parseAddresses(const QByteArray &headerValue, QByteArrayView rawCharset = {});
[[nodiscard]] QList<Address> parseAddresses(const QString &text);
/// What is in neither a name nor an address of parseAddresses(): the name of a group, a comment beside a name, what cannot be read. Decoded.
[[nodiscard]] QString textLeftOut(const QByteArray &headerValue);

/// The header form, encoded words and quotes where needed, pure ASCII unless the mailbox itself is not.
[[nodiscard]] QByteArray formatAddresses(const QList<Address> &addresses);

/// For display: `Name <mailbox>`, or the mailbox alone.
[[nodiscard]] QString displayText(const Address &address);

/// For a field in which people write, for lists of addresses, and for scripts: as displayText(), but whoever reads it finds this address and nothing else,
/// whatever the name says.
[[nodiscard]] QString editableText(const Address &address);
/// That of each, with commas between.
[[nodiscard]] QString editableListText(const QList<Address> &addresses);

/// True if an address can be read in the name, but not the one that it belongs to: "alice@example.org" <mallory@example.net>. "Bob @ Work" is none.
[[nodiscard]] bool namesAnotherMailbox(const Address &address);

/// False for a name in which there is nothing to be seen: blanks, zero-width characters, fillers.
[[nodiscard]] bool isVisible(const QString &name);

/// The name alone, as lists and sentences say it; the mailbox if there is no name to be seen, or if it names another mailbox.
[[nodiscard]] QString shortText(const Address &address);

using base::isSameMailbox;

/// Mailboxes to look one up in, by isSameMailbox(), at the same cost however many there are: a header has room for a hundred thousand, and whoever
/// compares each of one field with each of another is busy for minutes.
class MailboxSet
{
public:
    MailboxSet() = default;
    explicit MailboxSet(const QStringList &mailboxes);
    explicit MailboxSet(const QList<Address> &addresses);

    void insert(const QString &mailbox);
    /// Never true for what is no mailbox.
    [[nodiscard]] bool contains(const QString &mailbox) const;

private:
    QSet<QString> m_comparable;
};

/// True if `mailbox` has the form of RFC 5321 section 4.1.2 or RFC 6531, with its length limits.
[[nodiscard]] bool isValidMailbox(const QString &mailbox);

} // namespace mime
