// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Services.h"

#include "base/Log.h"

namespace relay {

void Services::reloadUsers(std::function<void()> done)
{
    m_waitingForUsers.push_back(std::move(done));
    if (m_waitingForUsers.size() > 1)
        return;
    spool.read([this](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolAccount>> accounts = reader.accounts();
        return [this, accounts = std::move(accounts)] {
            if (accounts)
                users.set(*accounts);
            else
                qCWarning(logRelay) << "the accounts could not be read:" << accounts.error().detail;
            for (const auto &waiting : std::exchange(m_waitingForUsers, {}))
                waiting();
        };
    });
}

} // namespace relay
