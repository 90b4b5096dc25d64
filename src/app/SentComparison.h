// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"

namespace store {
class MailStore;
}

namespace app {

/// What was sent, beside what came back: for a letter of one's own that is still in Sent. Waits for the mail file; any thread but its own.
[[nodiscard]] std::optional<smime::SignatureDiagnosis> comparedWithSent(store::MailStore &mail, const Reader &reader, const smime::OpenedMessage &opened,
                                                                        const QDateTime &now);

} // namespace app
