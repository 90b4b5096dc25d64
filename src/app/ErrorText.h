// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QString>

namespace app {

/// What a person reads about a fault: what happened, what it means, what to do next.
struct ErrorText {
    QString sentence; ///< Translated; one to three short sentences.
    QString detail;   ///< For the fold-out: the code's name, the exact cause, the place, the peer's words. Not translated.
};

/// The words for `error`, for the window and for `wax` alike. Any thread.
[[nodiscard]] ErrorText errorText(const base::Error &error);

/// The same for RelayService::trouble(): why a relay that runs takes no mail, and that nothing is lost. Any thread.
[[nodiscard]] ErrorText relayTroubleText(const base::Error &error);

} // namespace app
