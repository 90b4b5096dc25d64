// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityService.h"
#include "app/MailboxService.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <functional>

namespace app {

/// Letters that wait for a certificate of somebody they are for. Each lies in Waiting, encrypted to its writer, and is sealed and queued by
/// itself once everybody has one; never for a part of them, never in clear. Lives on the GUI thread.
class WaitingService : public QObject
{
    Q_OBJECT

public:
    /// The keys as they are now; null while they are locked.
    using CurrentSealer = std::function<SharedSealer()>;

    /// The services, `pool` and `clock` are not owned and outlive this one. `address`: the writer's.
    WaitingService(MailboxService *mailbox, IdentityService *identities, const QString &address, const CurrentSealer &sealer, QThreadPool *pool,
                   const base::Clock &clock, QObject *parent = nullptr);

    /// Puts the draft into Waiting. The value: those without a certificate for whom nothing waited before, so that they are to be asked.
    /// Errors of saveDraft() and MailboxService::move().
    [[nodiscard]] base::Operation<QStringList> hold(const Draft &draft);
    /// Looks whether anything can go now; also by itself when certificates or mail changed, and once a minute.
    void check();

    /// Those without a usable certificate for whom this letter waits; empty if it is not known.
    [[nodiscard]] QStringList missingFor(store::MessageId letter) const { return m_missing.value(letter); }

    /// A signed mail in clear that asks for a certificate and says nothing of what waits.
    [[nodiscard]] static Draft requestFor(const mime::Address &from, const QString &recipient);
    /// "Waits for a certificate of Carol Ito. ..."
    [[nodiscard]] static QString waitingText(const QStringList &missing);

Q_SIGNALS:
    /// The letter has left Waiting and lies in the outbox.
    void released(const QStringList &recipients);
    /// Everybody has a certificate, and yet it could not be sealed; it goes on waiting. Said once for each letter.
    void failed(store::MessageId letter, const base::Error &error);
    /// What missingFor() says is another thing now.
    void missingChanged();

private:
    struct Release;
    struct Job;
    [[nodiscard]] Job job() const;
    void onReleased(const Release &release);

    MailboxService *m_mailbox;
    IdentityService *m_identities;
    QString m_address;
    CurrentSealer m_sealer;
    QThreadPool *m_pool;
    const base::Clock &m_clock;
    QHash<store::MessageId, QStringList> m_missing;
    QList<store::MessageId> m_failed;
    QTimer m_timer;
    bool m_isChecking = false;
    bool m_checkAgain = false;
};

} // namespace app
