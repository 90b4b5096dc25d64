// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "net/DotStuffing.h"
#include "net/LineChannel.h"
#include "net/Pop3Grammar.h"
#include "transport/Dialogue.h"
#include "transport/MailSink.h"
#include "transport/Sasl.h"

#include <QHash>
#include <deque>
#include <optional>

namespace transport {

/// One fetched message on its way to the sink.
struct Fetched {
    QByteArray uidl;
    QByteArray octets;
};

/// The client's side of one POP3 session, without a socket: lists, asks which messages are wanted, fetches these, and deletes
/// what was kept. RFC 1939; with PIPELINING (RFC 2449 section 6.6) several messages are under way at once.
class Pop3Client final : public Dialogue
{
public:
    Pop3Client(Server server, FetchOptions options = {}, DialogueLog log = {});

    void connected() override;
    void encrypted() override;
    void receive(QByteArrayView bytes) override;
    void fail(const base::Error &error) override;
    [[nodiscard]] Effects takeEffects() override;
    [[nodiscard]] bool isOver() const override { return m_outcome.has_value(); }
    [[nodiscard]] quint64 progress() const override { return m_progress; }
    [[nodiscard]] std::chrono::milliseconds deadline() const override;

    /// The server's UIDLs, once: answered by chosen().
    [[nodiscard]] std::optional<QList<QByteArray>> takeOffer();
    void chosen(const base::Result<QList<QByteArray>> &wanted);
    /// Messages to be kept: each is answered by kept().
    [[nodiscard]] QList<Fetched> takeFetched();
    void kept(const QByteArray &uidl, const base::Result<bool> &isNew);

    /// Once isOver(): the errors are those of fetchMail().
    [[nodiscard]] const base::Result<FetchSummary> &outcome() const { return *m_outcome; }

private:
    enum class State { Greeting, Capa, Stls, Handshake, Utf8, Auth, User, Pass, List, Uidl, Choosing, Fetching, Quit, Over };
    enum class Expected { Retr, Dele };
    struct Pending {
        Expected what = Expected::Retr;
        int number = 0;
    };

    [[nodiscard]] bool readOn();
    void onLine(QByteArrayView line);
    void onListLine(QByteArrayView line);
    void onGreeting(QByteArrayView line);
    void onCapa();
    void onStls(const net::Pop3Status &status);
    void sayUtf8();
    void login();
    void onAuth(QByteArrayView line);
    void onLoggedIn(const net::Pop3Status &status);
    void onList();
    void onUidl();
    [[nodiscard]] base::Status noteSize(QByteArrayView line);
    [[nodiscard]] base::Status noteUid(QByteArrayView line);
    void onPending(const net::Pop3Status &status);
    void takeContent();
    void onContent();
    void goOn();
    void quit();
    void sendLine(const QByteArray &line);
    void sendSecretLine(const QByteArray &line, const QByteArray &shown);
    void refuse(base::ErrorCode code, const net::Pop3Status &status);
    void finish(base::Result<FetchSummary> outcome);

    Server m_server;
    FetchOptions m_options;
    DialogueLog m_log;
    State m_state = State::Greeting;
    Channel m_channel = Channel::Clear;
    net::LineChannel m_lines;
    bool m_isInList = false;             ///< Between +OK and the closing dot of CAPA, LIST or UIDL.
    QList<QByteArray> m_listLines;
    int m_listed = 0;
    net::Pop3Capabilities m_offered;
    std::optional<Sasl> m_sasl;

    QHash<int, qint64> m_sizes;          ///< By message number.
    QHash<int, QByteArray> m_uids;
    QHash<QByteArray, int> m_numbers;    ///< By UIDL.
    QList<QByteArray> m_order;           ///< UIDLs as listed.
    std::optional<QList<QByteArray>> m_offer;

    std::deque<int> m_toFetch;
    std::deque<int> m_toDelete;
    std::deque<Pending> m_pending;       ///< Sent and not answered.
    std::optional<net::DotUnstuffer> m_content;
    QByteArray m_octets;
    QList<Fetched> m_fetched;
    int m_beingKept = 0;
    qint64 m_octetsBeingKept = 0;
    QHash<QByteArray, qint64> m_keptSizes;

    FetchSummary m_summary;
    Effects m_effects;
    quint64 m_progress = 0;
    std::optional<base::Result<FetchSummary>> m_outcome;
};

} // namespace transport
