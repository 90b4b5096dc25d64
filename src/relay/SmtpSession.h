// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/LineChannel.h"
#include "net/SmtpGrammar.h"
#include "relay/MessageIntake.h"
#include "relay/SaslExchange.h"
#include "relay/SmtpBackend.h"
#include "relay/SmtpFaults.h"
#include "relay/SmtpSettings.h"

#include <QByteArray>
#include <QList>
#include <memory>
#include <optional>

namespace relay {

/// The server's side of one SMTP dialogue, without a socket: bytes in, replies and wishes out through the backend.
/// RFC 5321 with 1870 (SIZE), 2034, 2920 (PIPELINING), 3030 (CHUNKING), 3207 (STARTTLS), 3461 (DSN), 4954 (AUTH), 6152 (8BITMIME), 6531 (SMTPUTF8).
/// All members on one thread.
class SmtpSession
{
public:
    /// `settings` and `backend` must outlive the session.
    SmtpSession(const SmtpSettings &settings, Peer peer, SmtpBackend &backend);
    ~SmtpSession();
    Q_DISABLE_COPY_MOVE(SmtpSession)

    /// Sends the greeting.
    void start();
    /// Takes what the peer sent; in pieces of at most 64 KiB, since it is held while the session waits.
    void receive(QByteArrayView bytes);
    /// The handshake succeeded: everything that was said before is forgotten. RFC 3207 section 4.2.
    void tlsStarted(const QByteArray &description);
    /// Says 421 and closes: the relay stops, or the peer said nothing for too long.
    void shutDown(QByteArrayView text);

    /// Anything but Pending.
    void recipientFound(const SmtpBackend::Found &found);
    void verifierFound(const net::ScramVerifier &verifier);
    void passwordChecked(bool isRight);
    void committed(const base::Result<store::SpoolReceipt> &outcome);
    /// What was handed on has been written, or what was said has been sent.
    void resume();
    /// The time that a rule of faults wanted to wait has gone.
    void delayOver();

    /// True while an answer of the backend is awaited: the connection reads no more until then.
    [[nodiscard]] bool isWaiting() const { return m_wait != Wait::Nothing; }
    /// True if the peer may believe to have ended a message that has not ended: then it is not given long.
    [[nodiscard]] bool isSuspectingBareLineEnd() const { return m_intake && m_intake->hasBareLineEnd(); }
    /// Grows with every line and every KiB of text: a peer whose bytes come to nothing is as good as silent.
    [[nodiscard]] quint64 progress() const { return m_lines + m_bodyOctets / 1024; }
    /// True between messages: stopping the relay here interrupts nothing.
    [[nodiscard]] bool isIdle() const { return !m_intake && (!isWaiting() || m_wait == Wait::Room); }

private:
    enum class Mode { Commands, Sasl, Data, Chunk };
    enum class Wait { Nothing, Recipient, Verifier, Password, Room, Commit, Tls, Delay };
    enum class Parameter { Taken, Wrong, Unknown, TooLarge };
    struct Transaction {
        QByteArray sender;
        QList<QByteArray> recipients; ///< Mailboxes, each once.
        QList<QByteArray> addressed;  ///< What was asked for, in the form in which addresses are compared.
        QByteArray firstRecipient;    ///< As it was given.
        store::SpoolOrder order;      ///< Recipients elsewhere, and what the sender wants to hear of.
        MessageIntake::Text text = MessageIntake::Text::SevenBit;
        bool isUtf8 = false;
        qint64 declaredOctets = 0;    ///< SIZE; 0 if nothing was said.
    };

    void greet();
    void process();
    void flush();
    void handleLine(QByteArrayView line);
    void handleCommand(const net::SmtpCommand &command, QByteArrayView line);
    void reply(int code, QByteArrayView enhanced, QByteArrayView text);
    void replyError(int code, QByteArrayView enhanced, QByteArrayView text);
    void closeAfterReply(QByteArrayView why);
    [[nodiscard]] static QByteArray maskedLine(const net::SmtpCommand &command, QByteArrayView line);
    void forgetTransaction();
    [[nodiscard]] bool mayAuthenticate() const;

    void onHello(net::SmtpVerb verb, QByteArrayView argument);
    void onMail(QByteArrayView argument);
    [[nodiscard]] bool takeMailParameters(const net::SmtpPath &path, Transaction &transaction);
    [[nodiscard]] Parameter takeMailParameter(const net::SmtpParameter &parameter, Transaction &transaction) const;
    [[nodiscard]] bool takeRcptParameters(const net::SmtpPath &path);
    void addRecipientElsewhere();
    [[nodiscard]] bool mayBeCarriedOnward() const;
    [[nodiscard]] bool isSenderAllowed(const Transaction &transaction);
    void onRcpt(QByteArrayView argument);
    void addRecipient(const QByteArray &mailbox);
    void onData(QByteArrayView argument);
    void refuseData(int code, QByteArrayView text);
    void closeIfTextFollows();
    void onBdat(QByteArrayView argument);
    void onStartTls(QByteArrayView argument);
    void onAuth(QByteArrayView argument);
    void onSaslLine(QByteArrayView line);
    void follow(const SaslExchange::Step &step);
    void breakOffSasl(bool isLineTooLong);
    void finishSasl(LoginOutcome outcome);

    [[nodiscard]] qsizetype takeBody(QByteArrayView bytes);
    [[nodiscard]] qsizetype takeChunk(QByteArrayView bytes);
    void endChunk();
    void handOnFullPiece();
    void endMessage();
    [[nodiscard]] bool isFromOwn() const;
    void refuseMessage(const MessageIntake::Refusal &refusal);
    [[nodiscard]] store::SpoolLetter makeLetter();

    // SmtpSessionFaults.cpp; nothing of it is called while there are no rules.
    [[nodiscard]] FaultFacts factsAt(FaultPoint point, const net::SmtpCommand &command) const;
    [[nodiscard]] bool meetsFault(const net::SmtpCommand &command, QByteArrayView line);
    [[nodiscard]] bool meetsFaultAtGreeting();
    [[nodiscard]] bool meetsFaultAfterMessage();
    [[nodiscard]] bool obey(const FaultDecision &decision, FaultPoint point, QByteArrayView line);
    void act(const FaultRule &rule);
    void drop(const FaultRule &rule);
    [[nodiscard]] bool hidesTls();
    void prepareFaults();
    [[nodiscard]] bool isCutOff();
    [[nodiscard]] bool holdsWholeMessage() const;
    enum class Held { InPart, Whole };
    void alterLetter(store::SpoolLetter &letter, Held held);
    [[nodiscard]] FaultMark swapLetter(store::SpoolLetter &letter, const FaultRule &rule);
    [[nodiscard]] int planReplay(const store::SpoolLetter &letter, const FaultRule &rule);
    [[nodiscard]] bool holdsReply(const base::Result<store::SpoolReceipt> &outcome);
    [[nodiscard]] QByteArray traceFor(qint64 id, qint64 receivedMs) const;
    [[nodiscard]] QByteArray protocolName() const;

    const SmtpSettings &m_settings;
    Peer m_peer;
    SmtpBackend &m_backend;
    net::LineChannel m_channel{net::kSmtpCommandLimit};
    QByteArray m_out;
    Mode m_mode = Mode::Commands;
    Wait m_wait = Wait::Nothing;
    bool m_isProcessing = false;
    bool m_isClosed = false;
    bool m_isExtended = false; ///< EHLO rather than HELO.
    quint64 m_lines = 0;
    quint64 m_bodyOctets = 0;
    int m_errors = 0;
    int m_loginFailures = 0;
    QByteArray m_helo;
    QByteArray m_user; ///< The mailbox key of who logged in.
    std::optional<Transaction> m_transaction;
    std::optional<MessageIntake> m_intake;
    std::optional<SaslExchange> m_sasl;
    QByteArray m_saslName;
    store::QueuedRecipient m_pendingRecipient; ///< As it was given, with its DSN parameters.
    QByteArray m_pendingKey;
    std::unique_ptr<SmtpFaults> m_faults; ///< Null until a rule applies.
    qint64 m_chunkLeft = 0;
    bool m_isLastChunk = false;
};

} // namespace relay
