// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "net/SmtpGrammar.h"

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <functional>
#include <memory>

namespace transport {

/// A message that is read while it is sent, so that no memory holds the whole of it. A port.
class ContentSource
{
public:
    virtual ~ContentSource() = default;
    /// Answers once, on the calling thread, at once or later: some of the octets from `offset` on, at least one.
    virtual void read(qint64 offset, std::function<void(const base::Result<QByteArray> &)> answer) = 0;
};

/// What is known of a message that comes from a source.
struct StreamedContent {
    std::shared_ptr<ContentSource> source; ///< CRLF line ends, which whoever wrote it has seen to.
    qint64 octets = 0;
    bool hasEightBit = false;
    bool isHeaderUtf8 = false;
};

struct Submission {
    QString sender;
    QStringList recipients;
    QByteArray octets;              ///< CRLF line ends; anything else is refused before connecting.
    StreamedContent streamed = {};  ///< With a source: instead of `octets`.
    QByteArray helloName = {};      ///< For EHLO; empty: an address literal, which tells nobody the machine's name.
    /// Said only to a server with DSN. RFC 3461. `dsnOfRecipients` is empty or has an entry for each recipient.
    QByteArray dsnReturn = {};
    QByteArray dsnEnvelopeId = {};
    QList<net::SmtpRcptOptions> dsnOfRecipients = {};
};

struct RecipientRefusal {
    QString recipient;
    QByteArray reply;               ///< "550 5.1.1 unknown"; without a code in front, "5.6.7 why", what the client knew beforehand.

    bool operator==(const RecipientRefusal &) const = default;
};

/// The server has taken responsibility for the message towards everybody but `refused`, who may be all of them.
struct SubmissionReceipt {
    QList<RecipientRefusal> refused;
    QByteArray reply;               ///< To the end of the data; empty if nobody was left to send it to.
    bool isDsnPassedOn = false;     ///< The server has DSN: from now on it reports.

    bool operator==(const SubmissionReceipt &) const = default;
};

} // namespace transport
