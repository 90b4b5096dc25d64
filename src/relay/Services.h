// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "net/TlsPolicy.h"
#include "relay/BackOffice.h"
#include "relay/FaultEngine.h"
#include "relay/MailboxFill.h"
#include "relay/MonitorEvent.h"
#include "relay/PasswordGate.h"
#include "relay/Poller.h"
#include "relay/Pop3Session.h"
#include "relay/RateMeter.h"
#include "relay/SharedLook.h"
#include "relay/SmtpSettings.h"
#include "relay/SpoolAccess.h"
#include "relay/Users.h"

#include <QSet>
#include <QStringList>
#include <functional>
#include <optional>

namespace relay {

/// What all connections of one relay share; lives on the relay's thread and outlives them.
class Services
{
public:
    Services(QObject *context, SpoolAccess::Factory factory) : spool(context, std::move(factory)), passwords(context) {}

    Poller poller;
    SpoolAccess spool;
    PasswordGate passwords;
    Users users;
    MailboxFill fill;
    RateMeter messagesOfAddresses;
    RateMeter messagesOfUsers;
    RateMeter loginFailures;
    std::optional<net::ServerTls> tls;
    QSet<QByteArray> openMailboxes; ///< POP3 gives each to one session at a time. RFC 1939 section 4.

    /// Null while there are no rules.
    [[nodiscard]] FaultEngine *faults() { return faultEngine.isIdle() ? nullptr : &faultEngine; }
    FaultEngine faultEngine;

    /// Null: nobody wants assessments or transcripts. Ends before the spool, which it reads.
    std::unique_ptr<BackOffice> office;
    /// "k3x9f.17": the session's name beyond this run of the relay.
    [[nodiscard]] QByteArray sessionName(quint64 number) const { return runName + '.' + QByteArray::number(number); }
    QByteArray runName;

    const base::Clock *clock = &base::Clock::system();
    /// Milliseconds since the epoch, UTC.
    [[nodiscard]] qint64 nowMs() const { return clock->now().toMSecsSinceEpoch(); }

    bool isWatched = false;
    QByteArray hostName = "localhost"; ///< Ours.
    bool carriesOnward = false; ///< There is a next hop for recipients elsewhere.
    /// Whether the next hop would carry mail for `key` (as mailboxKey()), which has no mailbox here: it must be of no domain that is ours.
    [[nodiscard]] bool isElsewhere(QByteArrayView key) const;
    std::function<void(MonitorEvent)> note;
    std::function<quint64()> nextSession; ///< A number for a session in the monitor.
    std::function<void(const QList<QByteArray> &mailboxes)> stored;
    std::function<void()> queued;  ///< A letter with an order was committed. Null: not begun yet.

    /// Looks at the accounts again, by a look that begins not before this call, then calls `done`; several wishes at once cause one look.
    void reloadUsers(std::function<void()> done);

    /// Reads anew how full the mailboxes are, in the same way.
    void reloadFill(std::function<void()> done);

    /// Why mail cannot be taken, or an empty answer once it can be again; told when it changes.
    std::function<void(const std::optional<base::Error> &)> troubleChanged;
    /// Whether the last thing that needed the disk (or a descriptor) went well.
    void noteHealth(const base::Status &status);
    [[nodiscard]] const std::optional<base::Error> &trouble() const { return m_trouble; }

private:
    void readUsers();
    void readFill();

    SharedLook m_usersLook;
    SharedLook m_fillLook;
    std::optional<base::Error> m_trouble;
};

} // namespace relay
