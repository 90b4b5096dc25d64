// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace app {

/// A mailbox that a line of a list asks for.
struct ListedMailbox {
    enum class State { NoAddress, Twice, Present, New };

    State state = State::NoAddress;
    QString name;     ///< Of the person; may be empty.
    QString address;
    QString password; ///< Empty: the line gives none.

    bool operator==(const ListedMailbox &) const = default;
};

/// Reads a list of people as somebody pastes it from a letter or a spreadsheet: one on each line, as a name, an address or both, and behind
/// the address a password, apart by tabs, semicolons or commas. A name alone becomes an address in `domain`, if there is one.
/// `present`: the addresses that have mailboxes already.
[[nodiscard]] QList<ListedMailbox> readMailboxList(const QString &text, const QString &domain, const QStringList &present);

/// Random, 60 bits, of letters and digits that nobody confuses when typing them from paper.
[[nodiscard]] QString makePassword();

} // namespace app
