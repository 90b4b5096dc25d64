// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "net/Endpoint.h"
#include "relay/Carrier.h"
#include "relay/Doors.h"
#include "relay/MonitorEvent.h"
#include "relay/RetryPolicy.h"
#include "relay/Services.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace relay {

class Connection;
class OnwardQueue;

/// All that a relay needs to know to run.
struct RelayConfiguration {
    SpoolAccess::Factory spool;
    QString watchedFile;                ///< Touched by other processes that changed the accounts; may be empty.
    QString faultsFile;                 ///< Rules of faults; looked at again whenever it changes. May be empty.
    FaultPlan faults;                   ///< In its place, without a file.
    std::shared_ptr<MessageAssessor> assessor; ///< Null: messages are not assessed.
    QString journalDirectory;           ///< Where assessments and transcripts are kept; empty: nowhere.
    qint64 keepMessages = 0;            ///< The oldest go beyond this number; 0: never.
    std::chrono::seconds keepAge{0};    ///< What is older goes; 0: never.
    QList<net::Endpoint> smtp;
    QList<net::Endpoint> submission;    ///< STARTTLS and AUTH before MAIL.
    QList<net::Endpoint> submissionTls; ///< The same, TLS from the first octet.
    QList<net::Endpoint> pop3;
    QList<net::Endpoint> pop3Tls;       ///< TLS from the first octet.
    QList<PassedSocket> passedSockets;  ///< Listen already; beside the endpoints above.
    QByteArray hostName = "localhost";
    QByteArray tlsChainPem;             ///< Empty: TLS is not offered.
    base::Secret tlsKeyPem;
    bool isTlsChecked = false;          ///< They are known to belong together: they are read when the first peer wants TLS.
    Limits limits;
    OnwardPolicy onward = OnwardPolicy::AfterLogin;
    RetryPolicy retries;
    std::function<std::unique_ptr<Carrier>()> makeCarrier; ///< Called on the relay's thread. Null: nothing goes to recipients elsewhere.
    QString queueFile;                  ///< Touched by other processes that changed the queue; may be empty.
    EightBitPolicy undeclaredEightBit = EightBitPolicy::Refuse;
    SenderPolicy senderOfUsers = SenderPolicy::MustBeOwn;
    RepetitionPolicy repetitions = RepetitionPolicy::KeepOnce;
    bool isOpenRelay = false;           ///< The switch in capitals: no login and no TLS for taking mail at `smtp`, from anywhere.
};

/// ConfigurationInvalid (nowhere to listen; beyond loopback without TLS; TLS without a certificate), and those of net::serverTls.
[[nodiscard]] base::Status checkConfiguration(const RelayConfiguration &configuration);

/// The relay: listens, gives each peer its session, and owns everything that they share. Lives on a thread of its own;
/// only values cross.
class RelayServer : public QObject
{
    Q_OBJECT

public:
    explicit RelayServer(RelayConfiguration configuration);
    /// Stops at once; what was acknowledged is safe.
    ~RelayServer() override;

    /// Begins to start: started() or failed() follows.
    void start();
    /// Takes no more connections, says goodbye to idle sessions, lets commits finish; stopped() follows within two seconds.
    void stop();
    void setWatching(bool watching);
    /// Runs on with other settings: sessions under way keep theirs, new ones get the new ones; listening sockets that stay are not
    /// touched. reloaded() or reloadFailed() follows with this `number`, and after the latter all is as it was. A reload that fails may overtake
    /// an earlier one, which still reads the users. Spool and watched file do not change.
    void reload(const relay::RelayConfiguration &configuration, int number = 0);
    /// The accounts were changed through services().
    void reloadUsers();
    /// The queue was changed by a person.
    void reloadQueue();

Q_SIGNALS:
    /// The endpoints really listened on.
    void started(const QList<relay::DoorEndpoint> &endpoints);
    /// PortInUse, PortForbidden, AddressNotAvailable, ConfigurationInvalid, those of net::serverTls and of SqliteSpool::open.
    void failed(const base::Error &error);
    void stopped();
    void reloaded(const QList<relay::DoorEndpoint> &endpoints, int number);
    /// The codes of failed().
    void reloadFailed(const base::Error &error, int number);
    void sessionEvents(const QList<relay::MonitorEvent> &events);
    void messagesStored(const QStringList &mailboxes);
    /// Their assessments are in the journal.
    void messagesAssessed(const QList<qint64> &ids);
    /// Mail cannot be taken because of `error` (DiskFull, ReadOnly, DatabaseBusy, TooManyFilesOpen, ...); peers are told to come again.
    void troubled(const base::Error &error);
    /// It can be taken again.
    void recovered();

private:
    [[nodiscard]] base::Status useTls(const RelayConfiguration &configuration);
    void useSettings();
    void onSpoolOpened(const base::Status &status);
    void begin();
    [[nodiscard]] base::Status openDoors();
    void take(qintptr descriptor, Door door);
    [[nodiscard]] Connection *makeConnection(qintptr descriptor, Door door);
    [[nodiscard]] bool isTooMany(qintptr descriptor, Door door);
    void makeRoom();
    void watchTime();
    void watchAccounts();
    void openOffice();
    void removeOldest();
    void watchFaults();
    void reloadFaults();
    void startQueue();
    void useNextHop();
    void finishStop();
    void note(MonitorEvent event);
    void stored(const QList<QByteArray> &mailboxes);

    RelayConfiguration m_configuration;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<OnwardQueue> m_queue; ///< Uses the services.
    std::shared_ptr<const SmtpSettings> m_smtpSettings;
    std::shared_ptr<const SmtpSettings> m_submissionSettings;
    std::shared_ptr<const Pop3Settings> m_pop3Settings;
    std::unique_ptr<Doors> m_doors;
    qsizetype m_mostConnections = 0;
    QSet<Connection *> m_connections;
    QHash<QByteArray, int> m_perAddress;
    quint64 m_sessions = 0;
    bool m_isStopping = false;
    QTimer m_clock;
    QTimer m_eventTimer;
    QTimer m_storedTimer;
    QTimer m_stopTimer;
    int m_stopTurns = 0; ///< Of that timer.
    QTimer m_retentionTimer;
    QList<MonitorEvent> m_events;
    QSet<QByteArray> m_storedMailboxes;
};

} // namespace relay
