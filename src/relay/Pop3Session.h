// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/DotStuffing.h"
#include "net/LineChannel.h"
#include "net/Pop3Grammar.h"
#include "relay/SaslExchange.h"
#include "relay/SmtpBackend.h"
#include "relay/SmtpSettings.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>
#include <memory>
#include <optional>

namespace relay {

/// What a POP3 session asks of the connection that carries it.
class Pop3Backend : public SessionBackend
{
public:
    /// Takes the mailbox for this session alone and lists it: mailboxOpened() of the session, with MailboxBusy if another has it.
    virtual void openMailbox(const QByteArray &mailboxKey) = 0;
    /// Reads the message `ids.first()` from `offset` on and the others from their beginning: pieceRead() of the session for each, that one last.
    virtual void readMessages(const QList<qint64> &ids, qint64 offset) = 0;
    /// Deletes, durably: deleted() of the session. Releases the mailbox.
    virtual void deleteMessages(const QByteArray &mailboxKey, const QList<qint64> &ids) = 0;
    /// True while so much waits to be sent that nothing more should be read; resume() of the session comes when it has gone.
    [[nodiscard]] virtual bool isCongested() const = 0;
};

/// The same for all POP3 sessions of one listening socket; outlives them.
struct Pop3Settings {
    QByteArray hostName = "localhost";
    Limits limits;
    bool offersTls = false;
    QByteArray generation; ///< Of the spool; part of every UID.
    QByteArray expiry = "NEVER"; ///< What CAPA says of EXPIRE: after how many days mail goes by itself. Empty: no time is promised.
};

/// The server's side of one POP3 dialogue, without a socket. RFC 1939, RFC 2449 (CAPA, PIPELINING, RESP-CODES), RFC 2595 (STLS),
/// RFC 3206 (AUTH-RESP-CODE), RFC 5034 (AUTH), RFC 6856 (UTF8, LANG). All members on one thread.
class Pop3Session
{
public:
    /// `settings` and `backend` must outlive the session.
    Pop3Session(const Pop3Settings &settings, Peer peer, Pop3Backend &backend);
    Q_DISABLE_COPY_MOVE(Pop3Session)

    void start();
    void receive(QByteArrayView bytes);
    void tlsStarted(const QByteArray &description);
    /// Closes without deleting anything: the relay stops, or the peer said nothing for too long (RFC 1939 section 3).
    void shutDown(QByteArrayView text);
    /// What waited to be sent has gone.
    void resume();

    void verifierFound(const net::ScramVerifier &verifier);
    void passwordChecked(bool isRight);
    void mailboxOpened(const base::Result<QList<store::SpoolEntry>> &entries);
    void pieceRead(qint64 id, const base::Result<store::SpoolPiece> &piece);
    void deleted(const base::Status &outcome);
    /// The time that a rule of faults wanted to wait has gone.
    void delayOver();

    [[nodiscard]] bool isWaiting() const { return m_wait != Wait::Nothing; }
    [[nodiscard]] bool isIdle() const { return !isWaiting(); }
    /// Grows with every line: a peer whose bytes come to nothing is as good as silent.
    [[nodiscard]] quint64 progress() const { return m_lines; }

private:
    enum class State { Authorization, Sasl, Transaction };
    enum class Wait { Nothing, Verifier, Password, Mailbox, Piece, Deletion, Tls, Room, Delay };
    /// What the rules of faults make this session remember.
    struct Faults {
        QByteArray heldLine;
        std::optional<FaultRule> heldAction;
        std::optional<FaultRule> cut;         ///< Ends the connection within the message being sent ...
        std::optional<FaultRule> replyLoser;  ///< ... or after the deletion, before its reply.
        QByteArray uidSalt;
        bool isGreetingHeld = false;
        bool isPast = false;
    };
    /// A message being sent: RETR has no line limit, TOP has.
    struct Sending {
        qint64 id = 0;
        qint64 sent = 0;
        int linesLeft = -1;      ///< Of the body, for TOP; -1 is all.
        bool isInBody = false;
        bool isLineBlank = true; ///< The header line under way is empty so far.
        net::DotStuffer stuffer;
    };

    void greet();
    void process();
    void flush();
    void ok(QByteArrayView text);
    void error(QByteArrayView text);
    void protocolError(QByteArrayView text);
    void closeAfterReply(QByteArrayView why);
    void handleLine(QByteArrayView line);
    void handleCommand(const net::Pop3Command &command, QByteArrayView line);
    [[nodiscard]] bool handleAnywhere(const net::Pop3Command &command);
    void handleAuthorization(const net::Pop3Command &command);
    void handleTransaction(const net::Pop3Command &command);

    void onCapa();
    void onUtf8(QByteArrayView argument);
    void onLang(QByteArrayView argument);
    void onStls();
    [[nodiscard]] bool isLockedOut();
    void onUser(QByteArrayView argument);
    void onPass(QByteArrayView argument);
    void onAuth(QByteArrayView argument);
    void onSaslLine(QByteArrayView line);
    void follow(const SaslExchange::Step &step);
    void finishLogin(LoginOutcome outcome);
    void onStat();
    void onList(QByteArrayView argument);
    void onUidl(QByteArrayView argument);
    void onRetr(QByteArrayView argument);
    void onTop(QByteArrayView argument);
    void onDele(QByteArrayView argument);
    void onRset();
    void onQuit();
    void beginSending(int index, int linesLeft);
    void requestPiece();
    void readAhead(QList<qint64> ids);
    void sendPiece(const store::SpoolPiece &piece);
    [[nodiscard]] bool beginReply(const store::SpoolPiece &first);
    // Pop3SessionFaults.cpp; nothing of it is called while there are no rules.
    [[nodiscard]] FaultFacts factsAt(FaultPoint point) const;
    [[nodiscard]] bool meetsFault(const net::Pop3Command &command, QByteArrayView line);
    [[nodiscard]] bool meetsFaultAtGreeting();
    [[nodiscard]] bool obey(const FaultDecision &decision, QByteArrayView line);
    [[nodiscard]] bool act(const FaultRule &rule);
    void drop(const FaultRule &rule);
    [[nodiscard]] bool hidesTls();
    [[nodiscard]] bool isCutOff(const store::SpoolPiece &piece);

    [[nodiscard]] QByteArrayView cutForTop(QByteArrayView bytes);
    [[nodiscard]] QByteArray uidOf(int index) const;
    /// The message's place in m_entries; says -ERR and returns nothing if there is none, or if it is marked as deleted.
    [[nodiscard]] std::optional<int> find(QByteArrayView argument);

    const Pop3Settings &m_settings;
    Peer m_peer;
    Pop3Backend &m_backend;
    net::LineChannel m_channel{net::kPop3CommandLimit};
    QByteArray m_out;
    State m_state = State::Authorization;
    Wait m_wait = Wait::Nothing;
    bool m_isProcessing = false;
    bool m_isClosed = false;
    bool m_isUtf8 = false; ///< The client reads UTF-8 in headers. RFC 6856 section 2.
    quint64 m_lines = 0;
    int m_errors = 0;
    int m_loginFailures = 0;
    QByteArray m_userName;
    QByteArray m_key; ///< Of the mailbox.
    std::optional<SaslExchange> m_sasl;
    QList<store::SpoolEntry> m_entries;
    QList<bool> m_isDeleted;
    int m_deletedCount = 0;
    std::optional<Sending> m_sending;
    std::unique_ptr<Faults> m_faults; ///< Null until a rule applies.
    QHash<qint64, QByteArray> m_readAhead; ///< Whole messages that came along; at most two pieces' worth with those on their way.
    qint64 m_aheadOctets = 0;
    QSet<qint64> m_onTheirWay;             ///< Asked for and not yet here.
    qint64 m_aheadOf = 0;                  ///< The last that was asked for.
};

} // namespace relay
