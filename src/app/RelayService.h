// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayAssessment.h"
#include "app/RelayFaults.h"
#include "app/RelaySettings.h"
#include "base/Operation.h"
#include "relay/MonitorEvent.h"
#include "relay/Transcript.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <chrono>
#include <functional>
#include <memory>

namespace smime {
struct InspectedPart;
struct OpeningMaterial;
}

namespace app {

struct RelayPlace;
struct RelayReading;

struct RelayMailbox {
    QString address;
    int messages = 0;
    qint64 octets = 0;
    QStringList aliases;       ///< "@example.org" among them: the catch-all of that domain.
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
    QStringList otherNames;    ///< What the sender called the recipients: aliases, plus-addresses, names of a catch-all.
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

    /// Whether the relay could run so, as far as that can be told without starting it or writing anything. ConfigurationInvalid, NotACertificate,
    /// CertificateKeyMismatch, KeyTypeUnsupported, TlsUnavailable, and those of prepareTls().
    [[nodiscard]] static base::Status check(const RelaySettings &settings);

    /// Begins to start; the outcome is stateChanged with Running or Failed. Ignored unless Stopped or Failed.
    void start(const RelaySettings &settings);
    /// There are no settings to start with, for this reason: stateChanged with Failed. Ignored unless Stopped or Failed.
    void refuse(const base::Error &error);
    /// Runs on with other settings, without dropping a session: those under way keep theirs. Then reloaded() or reloadFailed(), after which all
    /// is as it was. Ignored unless Running.
    void reload(const RelaySettings &settings);
    /// Looks after the TLS certificate, and reloads if it is another now. Happens by itself every hour while the relay runs.
    void renewTls();
    /// Closes the listening sockets, answers 421 or -ERR [SYS/TEMP] to idle sessions, lets a commit finish; then Stopped.
    void stop();

    [[nodiscard]] State state() const;
    /// Why the state is Failed: PortInUse, PortForbidden, AddressNotAvailable, ConfigurationInvalid, DatabaseDamaged,
    /// DatabaseTooNew, DatabaseBusy (another relay uses this spool), FileNotWritable, DiskFull, ReadOnly, NotACertificate, ...
    [[nodiscard]] base::Error error() const;
    /// All that are really listened on for one purpose, while Running.
    [[nodiscard]] QList<net::Endpoint> endpoints(relay::Door door) const;
    /// The first SMTP and POP3 endpoint really listened on, while Running; a port of 0 was replaced by the true one.
    [[nodiscard]] net::Endpoint smtpEndpoint() const;
    [[nodiscard]] net::Endpoint pop3Endpoint() const;
    /// "127.0.0.1:1025": what the status bar shows behind "Relay running on".
    [[nodiscard]] QString address() const;
    /// PEM of the TLS certificate that the relay shows and of those that vouch for it, leaf first; empty: it offers no TLS.
    [[nodiscard]] QByteArray tlsChain() const;
    /// False: its TLS certificate is a file that the user gave it.
    [[nodiscard]] bool looksAfterTls() const;
    /// Why the running relay takes no mail at the moment; empty while all is well. relayTroubleText() has the sentence.
    [[nodiscard]] std::optional<base::Error> trouble() const;

    /// While true, sessionEvents is emitted, in batches at most every 50 ms. Costs nothing when false (the default).
    void setWatching(bool watching);

    /// These work while the relay is stopped too, for the spool of `spoolDirectory` (set by start() or setSpoolDirectory()).
    /// `dataDirectory`: whose certificates judge the messages, as in RelaySettings.
    void setSpoolDirectory(const QString &directory, const QString &dataDirectory = {});
    [[nodiscard]] QString spoolDirectory() const;
    /// AddressInvalid, UserExists, InvalidArgument (a password SASLprep refuses), DatabaseBusy, DiskFull, ...
    [[nodiscard]] base::Operation<base::Done> addUser(const QString &address, const base::Secret &password);
    /// Makes the mailbox or sets its password anew.
    [[nodiscard]] base::Operation<base::Done> setUser(const QString &address, const base::Secret &password);
    /// UserUnknown. The mailbox's messages go with it.
    [[nodiscard]] base::Operation<base::Done> removeUser(const QString &address);
    /// Makes `alias` another name of the mailbox `address`; "@example.org" catches all of its domain that nobody else has.
    /// AddressInvalid, UserUnknown, UserExists (a mailbox bears the name).
    [[nodiscard]] base::Operation<base::Done> setAlias(const QString &alias, const QString &address);
    /// UserUnknown.
    [[nodiscard]] base::Operation<base::Done> removeAlias(const QString &alias);
    /// All mailboxes with their fill.
    [[nodiscard]] base::Operation<QList<RelayMailbox>> listUsers();

    /// The newest `limit` messages of all mailboxes, newest first.
    [[nodiscard]] base::Operation<QList<RelayMessage>> listMessages(int limit);
    /// The message's octets, byte for byte as a reader gets them. MessageNotFound.
    [[nodiscard]] base::Operation<QByteArray> getMessage(qint64 id);
    /// The message, opened with what this data directory knows and with `mine`. Errors: readRelayMessage.
    [[nodiscard]] base::Operation<RelayReading> read(qint64 id, const smime::OpeningMaterial &mine);
    /// The octets of a message for the inspector, as inspectRelayMessage.
    [[nodiscard]] base::Operation<smime::InspectedPart> inspect(const QByteArray &octets, const smime::OpeningMaterial &mine);
    /// Takes it out of every mailbox. MessageNotFound.
    [[nodiscard]] base::Operation<base::Done> deleteMessage(qint64 id);
    /// Empties every mailbox; how many messages there were.
    [[nodiscard]] base::Operation<int> deleteAllMessages();
    /// What was said in a session, secrets masked. MessageNotFound if it is not known, or not any more.
    [[nodiscard]] base::Operation<QList<relay::TranscriptLine>> transcript(const QString &session);

    /// The rules of faults of this spool. A running relay obeys a change within a moment. Errors: relayFaults.
    [[nodiscard]] base::Operation<FaultPlan> faults();
    [[nodiscard]] base::Operation<base::Done> addFault(const FaultRule &rule);
    /// The rule that is called `before` becomes this one.
    [[nodiscard]] base::Operation<base::Done> changeFault(const QString &before, const FaultRule &rule);
    [[nodiscard]] base::Operation<base::Done> setFaultState(const QString &name, relayFaults::RuleState state);
    [[nodiscard]] base::Operation<base::Done> removeFault(const QString &name);
    [[nodiscard]] base::Operation<base::Done> clearFaults();

Q_SIGNALS:
    void stateChanged(app::RelayService::State state, QPrivateSignal);
    void reloaded(QPrivateSignal);
    /// The codes of error().
    void reloadFailed(const base::Error &error, QPrivateSignal);
    /// In the order in which they happened.
    void sessionEvents(const QList<relay::MonitorEvent> &events, QPrivateSignal);
    /// Mail for these addresses was stored since the last time; at most every 20 ms.
    void messagesStored(const QStringList &mailboxes, QPrivateSignal);
    /// See trouble().
    void troubleChanged(QPrivateSignal);
    /// The assessments of these can be had now.
    void messagesAssessed(const QList<qint64> &ids, QPrivateSignal);
    /// Messages were deleted through this service.
    void messagesRemoved(QPrivateSignal);
    /// Rules of faults were changed through this service.
    void faultsChanged(QPrivateSignal);
    /// A mailbox or an alias was made or removed through this service.
    void usersChanged(QPrivateSignal);

private:
    /// The settings with all that starting needs beside them.
    [[nodiscard]] base::Operation<RelaySettings> prepared(const RelaySettings &settings);
    void startServer();
    void fail(const base::Error &error);
    [[nodiscard]] RelayPlace place() const;
    [[nodiscard]] base::Operation<base::Done> changeUsers(std::function<base::Status()> change);
    [[nodiscard]] base::Operation<base::Done> changeFaults(std::function<base::Status()> change);
    void noteTrouble(const std::optional<base::Error> &trouble);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace app
