// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace relay {

/// What became of one recipient. RFC 3464 section 2.3.
struct ReportEntry {
    enum class Action { Failed, Delayed, Delivered, Relayed };

    Action action = Action::Failed;
    QByteArray address;
    QByteArray originalRecipient; ///< ORCPT as it came; may be empty.
    QByteArray status;            ///< "5.1.1"; RFC 3463.
    QByteArray nextHop;           ///< The name of the server that said `reply`; empty if none was asked.
    QByteArray reply;             ///< "550 5.1.1 unknown", or why nobody was reached.
    qint64 triedMs = 0;           ///< 0: not known. Milliseconds since the epoch, UTC.
    qint64 retriesUntilMs = 0;    ///< Of a delay.
};

/// Everything that a report says.
struct ReportFacts {
    QByteArray hostName;   ///< Of the relay that reports.
    QByteArray sender;     ///< Who is told.
    QByteArray envelopeId; ///< ENVID as it came; may be empty.
    qint64 arrivedMs = 0;
    qint64 nowMs = 0;
    QByteArray token;      ///< Letters and digits that nobody could have put into the message: makes the boundary.
    QList<ReportEntry> entries;
    bool returnsText = false;  ///< The whole message follows rather than its head.
    bool hasEightBit = false;  ///< What follows has octets above 127.
    bool isHeadUtf8 = false;   ///< The head among them.
};

/// A report without what it returns, which stands between the two halves: a multipart/report of RFC 6522 with a
/// message/delivery-status of RFC 3464 or, with addresses beyond ASCII, the forms of RFC 6533.
struct DeliveryReport {
    QByteArray before;
    QByteArray after;
};
[[nodiscard]] DeliveryReport makeReport(const ReportFacts &facts);

/// The status code in "550 5.1.1 text", else "5.0.0" or "4.0.0" after the reply's first digit, else `otherwise`. RFC 2034, RFC 3463.
[[nodiscard]] QByteArray statusOf(QByteArrayView reply, QByteArrayView otherwise);

/// RFC 5321 section 4.5.3.1.10: the recipients that one transaction has no room for belong into the next one. 552 is what RFC 821 said of
/// them. Both codes have other meanings, too, which an enhanced code tells apart.
[[nodiscard]] bool isOneTooMany(QByteArrayView reply);

/// The message's head of what begins with it, its last CRLF included, the empty line not. `text` is all if the head has no end.
[[nodiscard]] QByteArrayView headOf(QByteArrayView text);

} // namespace relay
