// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityService.h"
#include "app/Keyring.h"
#include "app/MessageService.h"
#include "app/RelayService.h"
#include "transport/IoThread.h"

#include <QThreadPool>

namespace app {

/// What all windows of one data directory share: threads, identities, the relay. Lives on the GUI thread, longer than any session.
class Workplace
{
public:
    explicit Workplace(const QString &dataDirectory, const base::Clock &clock = base::Clock::system());
    /// Ends what is under way; letters that are queued stay queued.
    ~Workplace();
    Q_DISABLE_COPY_MOVE(Workplace)

    [[nodiscard]] const identity::DataDirectory &data() const { return m_identities.data(); }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }
    /// The pool of two for cryptography (DESIGN decision 10).
    [[nodiscard]] QThreadPool *pool() { return &m_pool; }
    /// One thread for jobs that wait for the network.
    [[nodiscard]] QThreadPool *inquiries() { return &m_inquiries; }
    [[nodiscard]] transport::IoThread *io() { return &m_io; }
    [[nodiscard]] IdentityService &identities() { return m_identities; }
    [[nodiscard]] RelayService &relay() { return m_relay; }
    [[nodiscard]] const MessageService &messages() const { return m_messages; }

    /// Another program than this installation's wax-keyring.
    void setKeyring(const Keyring &keyring) { m_keyring = keyring; }
    /// Runs `work(keyring, cancellation)`, which may wait for a person, one after another.
    template <typename Work>
    auto askKeyring(Work work)
    {
        return base::runOn(&m_keyringJobs, [keyring = m_keyring, end = m_keyringEnd, work](const base::Cancellation &) { return work(keyring, end); });
    }

    /// How the relay of this data directory would run: readRelaySettings(), the addresses given here being strongest.
    [[nodiscard]] base::Result<RelaySettings> relaySettings() const;
    /// ADDR:PORT each, empty leaves the default.
    void setRelayAddresses(const QString &smtp, const QString &pop3);
    /// ADDR:PORT each: becomes the first address of its kind, and the further ones stay. The first that is there already changes nothing.
    void setFirstRelayAddresses(const QString &smtp, const QString &pop3);
    /// From the next start on the relay, which runs, listens at all addresses of this computer wherever it listens at one for itself now.
    void openRelayToNetwork();
    /// The most that each mailbox may hold, kept in the relay's file of settings; a relay that runs obeys it at once. 0: any amount. Errors of
    /// readRelaySettings() and keepInJsonFile().
    [[nodiscard]] base::Status keepMailboxQuota(qint64 octets);
    /// Starts the relay; the outcome is RelayService's state.
    void startRelay();

private:
    const base::Clock &m_clock;
    QThreadPool m_pool;
    transport::IoThread m_io;
    Keyring m_keyring;
    base::Cancellation m_keyringEnd; ///< Whoever quits waits for no keyring.
    QThreadPool m_keyringJobs;
    QThreadPool m_inquiries;      ///< Ends before the io thread that its jobs wait for.
    IdentityService m_identities;
    RelayService m_relay;
    MessageService m_messages;
    QHash<QString, QStringList> m_relayFlags;
};

} // namespace app
