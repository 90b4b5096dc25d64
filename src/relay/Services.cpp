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
    if (m_usersLook.wish(std::move(done)))
        readUsers();
}

void Services::readUsers()
{
    spool.read([this](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolAccount>> accounts = reader.accounts();
        base::Result<QList<store::SpoolAlias>> aliases = reader.aliases();
        return [this, accounts = std::move(accounts), aliases = std::move(aliases)] {
            if (accounts && aliases)
                users.set(*accounts, *aliases);
            else
                qCWarning(logRelay) << "the accounts could not be read:" << (accounts ? aliases.error() : accounts.error()).detail;
            if (m_usersLook.finish())
                readUsers();
        };
    });
}

void Services::reloadFill(std::function<void()> done)
{
    if (m_fillLook.wish(std::move(done)))
        readFill();
}

void Services::readFill()
{
    spool.read([this](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        base::Result<QList<store::SpoolMailbox>> mailboxes = reader.mailboxes();
        return [this, mailboxes = std::move(mailboxes)] {
            if (mailboxes)
                fill.set(*mailboxes);
            else
                qCWarning(logRelay) << "the mailboxes could not be counted:" << mailboxes.error().detail;
            if (m_fillLook.finish())
                readFill();
        };
    });
}

} // namespace relay
