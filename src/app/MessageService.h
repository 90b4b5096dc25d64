// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Operation.h"
#include "smime/Open.h"
#include "smime/Seal.h"

namespace app {

/// Opens and seals messages on the crypto pool. Lives on the GUI thread; the operations it returns may outlive it.
class MessageService
{
public:
    /// `pool` and `clock` are not owned and outlive the service.
    MessageService(QThreadPool *pool, const base::Clock &clock);

    /// Opens `octets` with `material` at the clock's time. `firstReceived` is when the profile first had the mail,
    /// invalid if unknown. Only error: Cancelled; everything else is in the OpenedMessage.
    [[nodiscard]] base::Operation<smime::OpenedMessage> open(QByteArray octets, smime::OpeningMaterial material,
                                                             QDateTime firstReceived = {}) const;

    /// Seals; `request.at` is set to the clock's time if it is invalid. Errors as smime::seal.
    [[nodiscard]] base::Operation<smime::SealedMail> seal(smime::SealRequest request) const;

private:
    QThreadPool *m_pool;
    const base::Clock &m_clock;
};

} // namespace app
