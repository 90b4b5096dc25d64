// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace transport {

struct Submission {
    QString sender;
    QStringList recipients;
    QByteArray octets;              ///< CRLF line ends; anything else is refused before connecting.
};

struct RecipientRefusal {
    QString recipient;
    QByteArray reply;               ///< "550 5.1.1 unknown"

    bool operator==(const RecipientRefusal &) const = default;
};

/// The server has taken responsibility for the message towards everybody but `refused`, who may be all of them.
struct SubmissionReceipt {
    QList<RecipientRefusal> refused;
    QByteArray reply;               ///< To the end of the data; empty if everybody was refused.

    bool operator==(const SubmissionReceipt &) const = default;
};

} // namespace transport
