// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "store/Spool.h"

#include <QByteArray>
#include <QList>
#include <functional>
#include <optional>

namespace relay {

/// A message for the next hop.
struct OnwardParcel {
    store::QueuedMessage message; ///< With the recipients that it is for.
    qint64 octets = 0;            ///< Of the text that goes out.
    QByteArray hostName;          ///< Ours, for EHLO.
    /// Takes each line of the dialogue, secrets masked, on the relay's thread; null if nobody watches.
    std::function<void(bool isFromServer, const QByteArray &line)> log = {};
};

/// What the next hop made of it.
struct OnwardOutcome {
    /// Whom a fault concerns: this message, which is refused for good or tried later by the code of the reply, or the
    /// next hop, which is then left alone for a while with every message.
    enum class Blame { Message, NextHop };
    std::optional<base::Error> fault; ///< Nobody is served.
    Blame blame = Blame::NextHop;
    struct Refusal {
        QByteArray address;
        QByteArray reply; ///< "550 5.1.1 unknown", or "5.6.7 why" if the next hop was not asked.
    };
    QList<Refusal> refused;           ///< Without a fault: all the others are served.
    bool isDsnPassedOn = false;       ///< The next hop reports from now on; RFC 3461 section 5.2.1.
};

/// Brings messages to the next hop, each on a connection of its own. A port: app implements it with the SMTP client.
/// Called on the relay's thread, and answers there.
class Carrier
{
public:
    virtual ~Carrier() = default;
    /// Some of the text's octets from an offset on; answers once, on the relay's thread, at once or later.
    using Piece = std::function<void(const base::Result<QByteArray> &)>;
    using Text = std::function<void(qint64 offset, Piece answer)>;

    /// `done` is called once, unless the carrier is destroyed before.
    virtual void carry(OnwardParcel parcel, Text text, std::function<void(const OnwardOutcome &)> done) = 0;
    /// The next hop's name, for reports.
    [[nodiscard]] virtual QByteArray nextHop() const = 0;
};

} // namespace relay
