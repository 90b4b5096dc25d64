// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayAssessment.h"
#include "app/RelayFaults.h"
#include "base/Operation.h"
#include "base/Secret.h"
#include "identity/Keystore.h"
#include "net/Endpoint.h"
#include "relay/MonitorEvent.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <chrono>
#include <functional>
#include <memory>

namespace app {

/// How the relay shall run. The defaults of CONTRACT.md; WAXWING_SMTP and WAXWING_POP3 are read by fromEnvironment().
struct RelaySettings {
    QString spoolDirectory;                                     ///< Usually DATA/relay; made if missing, mode 0700.
    QList<net::Endpoint> smtp{{QStringLiteral("127.0.0.1"), 1025}};
    QList<net::Endpoint> submission;                            ///< STARTTLS and AUTH before MAIL; none by default.
    QList<net::Endpoint> submissionTls;                         ///< The same with TLS from the first octet.
    QList<net::Endpoint> pop3{{QStringLiteral("127.0.0.1"), 1110}};
    QString hostName = QStringLiteral("localhost");             ///< In greetings and Received lines.
    QByteArray tlsChainPem;                                     ///< Leaf first; empty: no TLS is offered, and only loopback is allowed.
    base::Secret tlsKeyPem;
    qint64 maxMessageOctets = qint64{64} << 20;
    QString dataDirectory;                                      ///< Whose certificates and anchors messages are assessed with; empty: they are not.
    identity::SharedKeySet assessmentKeys;                      ///< What these can open is assessed inside too; may be null.
    qint64 keepMessages = 0;                                    ///< The oldest go beyond this number, fetched or not; 0: never.
    std::chrono::seconds keepAge{0};                            ///< What is older goes; 0: never.

    /// Defaults, ports from the environment, and DATA/relay below `dataDirectory`. ConfigurationInvalid names the variable.
    [[nodiscard]] static base::Result<RelaySettings> fromEnvironment(const QString &dataDirectory);
};

struct RelayMailbox {
    QString address;
    int messages = 0;
    qint64 octets = 0;
};

/// A message as the relay knows it.
struct RelayMessage {
    qint64 id = 0;             ///< Never given twice; grows.
    QDateTime received;        ///< UTC.
    QString sender;            ///< Empty for a bounce.
    QStringList recipients;
    qint64 octets = 0;         ///< As a reader gets it, trace lines included.
    QString session;           ///< In which it came: for transcript(). Empty until it is assessed.
    QList<FaultMark> faults;   ///< Rules of faults that touched it.
    RelayAssessment assessment;
};

/// The relay as the window, the tray and `wax relay` use it: starts and stops it on threads of its own, and says
/// what happens. Lives on the GUI thread; every signal is emitted there; no member waits.
class RelayService : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Stopping, Failed };
    Q_ENUM(State)

    explicit RelayService(QObject *parent = nullptr);
    /// Stops the relay and waits until what was acknowledged is closed properly (at most about a second).
    ~RelayService() override;

    /// Begins to start; the outcome is stateChanged with Running or Failed. Ignored unless Stopped or Failed.
    void start(const RelaySettings &settings);
    /// Closes the listening sockets, answers 421 or -ERR [SYS/TEMP] to idle sessions, lets a commit finish; then Stopped.
    void stop();

    [[nodiscard]] State state() const;
    /// Why the state is Failed: PortInUse, PortForbidden, AddressNotAvailable, ConfigurationInvalid, DatabaseDamaged,
    /// DatabaseTooNew, DatabaseBusy (another relay uses this spool), FileNotWritable, DiskFull, ReadOnly, NotACertificate, ...
    [[nodiscard]] base::Error error() const;
    /// The first SMTP and POP3 endpoint really listened on, while Running; a port of 0 was replaced by the true one.
    [[nodiscard]] net::Endpoint smtpEndpoint() const;
    [[nodiscard]] net::Endpoint pop3Endpoint() const;
    /// "127.0.0.1:1025": what the status bar shows behind "Relay running on".
    [[nodiscard]] QString address() const;
    [[nodiscard]] bool offersTls() const;

    /// While true, sessionEvents is emitted, in batches at most every 50 ms. Costs nothing when false (the default).
    void setWatching(bool watching);

    /// These work while the relay is stopped too, for the spool of `spoolDirectory` (set by start() or setSpoolDirectory()).
    void setSpoolDirectory(const QString &directory);
    /// AddressInvalid, UserExists, InvalidArgument (a password SASLprep refuses), DatabaseBusy, DiskFull, ...
    [[nodiscard]] base::Operation<base::Done> addUser(const QString &address, const base::Secret &password);
    /// Makes the mailbox or sets its password anew.
    [[nodiscard]] base::Operation<base::Done> setUser(const QString &address, const base::Secret &password);
    /// UserUnknown. The mailbox's messages go with it.
    [[nodiscard]] base::Operation<base::Done> removeUser(const QString &address);
    /// All mailboxes with their fill.
    [[nodiscard]] base::Operation<QList<RelayMailbox>> listUsers();

    /// The newest `limit` messages in the spool, newest first; of one mailbox, or of all if `mailbox` is empty.
    [[nodiscard]] base::Operation<QList<RelayMessage>> listMessages(const QString &mailbox = {}, int limit = 1000);
    /// The message's octets, byte for byte as a reader gets them. MessageNotFound.
    [[nodiscard]] base::Operation<QByteArray> getMessage(qint64 id);
    /// One message with its assessment. MessageNotFound.
    [[nodiscard]] base::Operation<RelayMessage> message(qint64 id);
    /// Takes it out of every mailbox. MessageNotFound.
    [[nodiscard]] base::Operation<base::Done> deleteMessage(qint64 id);
    /// Empties every mailbox; how many messages there were.
    [[nodiscard]] base::Operation<int> deleteAllMessages();
    /// What was said in a session, secrets masked. MessageNotFound if it is not known, or not any more.
    [[nodiscard]] base::Operation<QByteArray> transcript(const QString &session);

    /// The rules of faults of this spool. A running relay obeys a change within a moment. Errors: relayFaults.
    [[nodiscard]] base::Operation<FaultPlan> faults();
    [[nodiscard]] base::Operation<base::Done> addFault(const FaultRule &rule);
    [[nodiscard]] base::Operation<base::Done> removeFault(const QString &name);
    [[nodiscard]] base::Operation<base::Done> clearFaults();

Q_SIGNALS:
    void stateChanged(app::RelayService::State state, QPrivateSignal);
    /// In the order in which they happened.
    void sessionEvents(const QList<relay::MonitorEvent> &events, QPrivateSignal);
    /// Mail for these addresses was stored since the last time; at most every 20 ms.
    void messagesStored(const QStringList &mailboxes, QPrivateSignal);
    /// The assessments of these can be had now.
    void messagesAssessed(const QList<qint64> &ids, QPrivateSignal);
    /// Rules of faults were changed through this service.
    void faultsChanged(QPrivateSignal);
    /// A mailbox was made or removed through this service.
    void usersChanged(QPrivateSignal);

private:
    [[nodiscard]] base::Operation<base::Done> changeUsers(std::function<base::Status()> change);
    [[nodiscard]] base::Operation<base::Done> changeFaults(std::function<base::Status()> change);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace app
