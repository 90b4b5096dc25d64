// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayService.h"
#include "smime/Inspect.h"

namespace app {

/// Where a relay keeps its messages, and whose certificates they are judged by.
struct RelayPlace {
    QString spoolDirectory;
    QString dataDirectory;
};

/// One message of the relay as somebody reads it who holds some keys. A value; nothing of what was decrypted is kept anywhere.
struct RelayReading {
    RelayMessage message;          ///< With the assessment that the relay keeps or, with keys of one's own, one made for this look only.
    QByteArray octets;             ///< As a reader gets them.
    smime::OpenedMessage opened;
};

/// `mine`: keys and certificates beside what the data directory knows; may be empty. Opens and assesses: for a worker.
/// MessageNotFound, and the errors of opening the spool.
[[nodiscard]] base::Result<RelayReading> readRelayMessage(const RelayPlace &place, qint64 id, const smime::OpeningMaterial &mine = {});

/// The same message for the inspector. Errors: those of smime::inspect. For a worker.
[[nodiscard]] base::Result<smime::InspectedPart> inspectRelayMessage(const RelayPlace &place, const QByteArray &octets, const smime::OpeningMaterial &mine = {});

} // namespace app
