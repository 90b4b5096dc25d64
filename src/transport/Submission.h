// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace transport {

/// AllOrNothing: if the server refuses one recipient, nobody gets the message and the refusal is the error.
enum class RefusalPolicy { AllOrNothing, SendToAccepted };

struct Submission {
    QString sender;
    QStringList recipients;
    QByteArray octets;              ///< CRLF line ends; anything else is refused before connecting.
    RefusalPolicy refusal = RefusalPolicy::AllOrNothing;
};

struct RecipientRefusal {
    QString recipient;
    QByteArray reply;               ///< "550 5.1.1 unknown"

    bool operator==(const RecipientRefusal &) const = default;
};

/// The server has taken responsibility for the message towards everybody but `refused`.
struct SubmissionReceipt {
    QList<RecipientRefusal> refused;
    QByteArray reply;               ///< To the end of the data.

    bool operator==(const SubmissionReceipt &) const = default;
};

} // namespace transport
