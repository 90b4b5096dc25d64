// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "transport/Server.h"

#include <QByteArray>
#include <QList>

namespace transport {

/// Where fetched mail goes. Called on the io thread: must return at once and answer through the Operation.
class MailSink
{
public:
    virtual ~MailSink() = default;
    /// Those of the server's UIDLs that are still to be fetched, in order.
    virtual base::Operation<QList<QByteArray>> wanted(const QList<QByteArray> &uidls) = 0;
    /// Keeps one message; ok only once it is safely stored. True: it was new.
    virtual base::Operation<bool> keep(const QByteArray &uidl, const QByteArray &octets) = 0;
};

enum class AfterFetch { Delete, Leave };

struct FetchOptions {
    AfterFetch afterFetch = AfterFetch::Delete;
    qint64 maxMessageOctets = qint64{64} << 20;   ///< Larger ones stay on the server and are counted.
    int maxMessages = 1'000'000;                  ///< What a server may claim to have; each costs about 250 octets of memory.
    Deadlines deadlines;
};

struct FetchSummary {
    int newMessages = 0;
    int known = 0;           ///< Were there before, by their UIDL or their content.
    int tooLarge = 0;        ///< Left on the server.

    bool operator==(const FetchSummary &) const = default;
};

} // namespace transport
