// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Workplace.h"

#include "app/JsonFile.h"

namespace app {

using namespace Qt::StringLiterals;

Workplace::Workplace(const QString &dataDirectory, const base::Clock &clock)
    : m_clock(clock), m_identities(dataDirectory, &m_pool, clock), m_messages(&m_pool, clock)
{
    m_pool.setMaxThreadCount(2);
    // A thread that ends and begins anew would set up OpenSSL's and QCA's state again.
    m_pool.setExpiryTimeout(-1);
    m_relay.setSpoolDirectory(relaySpoolDirectory(data().path()), data().path());
}

// The pool waits for its jobs; none of them takes longer than making a key.
Workplace::~Workplace()
{
    m_pool.clear();
}

void Workplace::setRelayAddresses(const QString &smtp, const QString &pop3)
{
    m_smtp = smtp;
    m_pop3 = pop3;
}

base::Result<RelaySettings> Workplace::relaySettings() const
{
    return readRelaySettings(data().path(), [this](const QString &name) -> std::optional<QStringList> {
        const QString given = name == "smtp"_L1 ? m_smtp : name == "pop3"_L1 ? m_pop3 : QString{};
        return given.isEmpty() ? std::nullopt : std::optional{QStringList{given}};
    });
}

base::Status Workplace::keepMailboxQuota(qint64 octets)
{
    const base::Result<RelaySettings> before = relaySettings();
    if (!before)
        return before.error();
    const QString file = before->file.isEmpty() ? data().path() + u"/relay.json"_s : before->file;
    if (const base::Status kept = keepInJsonFile(file, u"mailbox-quota-octets"_s, octets); !kept)
        return kept;
    const base::Result<RelaySettings> now = relaySettings();
    if (!now)
        return now.error();
    m_relay.reload(*now);
    return base::Done{};
}

void Workplace::startRelay()
{
    const base::Result<RelaySettings> settings = relaySettings();
    if (!settings)
        return m_relay.refuse(settings.error());
    m_relay.start(*settings);
}

} // namespace app
