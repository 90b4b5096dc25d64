// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/FaultEngine.h"
#include "store/Spool.h"

namespace relay {

/// What the rules of faults make one SMTP session remember.
struct SmtpFaults {
    QList<FaultMark> sessionMarks;      ///< Of rules that applied before MAIL: they bear on every message of the session.
    QList<FaultMark> marks;             ///< Of the message under way.
    QList<FaultRule> content;           ///< What is to be done to it.
    std::optional<FaultRule> cut;       ///< Ends the connection within its text ...
    qint64 cutAfter = -1;               ///< ... after so many octets.
    std::optional<FaultRule> replyLoser; ///< Its connection ends before the reply.
    std::chrono::milliseconds replyDelay{0};
    std::vector<store::SpoolLetter> copies; ///< Of a replay, ready to be stored.

    // What happens when a delay is over
    QByteArray heldLine;
    std::optional<FaultRule> heldAction;
    std::optional<base::Result<store::SpoolReceipt>> heldOutcome;
    bool isGreetingHeld = false;
    bool isPast = false;                ///< The line held is being carried out: no rule is asked again.

    void forgetMessage()
    {
        marks.clear();
        content.clear();
        cut.reset();
        cutAfter = -1;
        replyLoser.reset();
        replyDelay = {};
        copies.clear();
    }
};

} // namespace relay
