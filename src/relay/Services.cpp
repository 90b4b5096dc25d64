// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Services.h"

#include "base/Log.h"

namespace relay {

bool Services::isElsewhere(QByteArrayView key) const
{
    const QByteArrayView domain = key.sliced(key.lastIndexOf('@') + 1);
    return !domain.isEmpty() && carriesOnward && !users.hasDomain(domain) && domain.compare(hostName, Qt::CaseInsensitive) != 0;
}

void Services::noteHealth(const base::Status &status)
{
    const bool isKnown = status ? !m_trouble : m_trouble && m_trouble->code == status.error().code;
    if (isKnown)
        return;
    m_trouble = status ? std::nullopt : std::optional{status.error()};
    if (m_trouble)
        qCWarning(logRelay) << "no mail can be taken:" << base::nameOf(m_trouble->code) << m_trouble->detail;
    else
        qCInfo(logRelay) << "mail is taken again";
    if (troubleChanged)
        troubleChanged(m_trouble);
}

void Services::reloadUsers(std::function<void()> done)
{
    m_waitingForUsers.push_back(std::move(done));
    if (m_waitingForUsers.size() > 1)
        return;
    spool.read([this](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolAccount>> accounts = reader.accounts();
        base::Result<QList<store::SpoolAlias>> aliases = reader.aliases();
        return [this, accounts = std::move(accounts), aliases = std::move(aliases)] {
            if (accounts && aliases)
                users.set(*accounts, *aliases);
            else
                qCWarning(logRelay) << "the accounts could not be read:" << (accounts ? aliases.error() : accounts.error()).detail;
            for (const auto &waiting : std::exchange(m_waitingForUsers, {}))
                waiting();
        };
    });
}

void Services::reloadFill(std::function<void()> done)
{
    m_waitingForFill.push_back(std::move(done));
    if (m_waitingForFill.size() > 1)
        return;
    spool.read([this](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolMailbox>> mailboxes = reader.mailboxes();
        return [this, mailboxes = std::move(mailboxes)] {
            if (mailboxes)
                fill.set(*mailboxes);
            else
                qCWarning(logRelay) << "the mailboxes could not be counted:" << mailboxes.error().detail;
            for (const auto &waiting : std::exchange(m_waitingForFill, {}))
                waiting();
        };
    });
}

} // namespace relay
