// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Workplace.h"

#include <chrono>

namespace app {

using namespace std::chrono_literals;

Workplace::Workplace(const QString &dataDirectory, const base::Clock &clock)
    : m_clock(clock), m_identities(dataDirectory, &m_pool, clock), m_messages(&m_pool, clock)
{
    m_pool.setMaxThreadCount(2);
    // A thread that ends and begins anew would set up OpenSSL's and QCA's state again.
    m_pool.setExpiryTimeout(-1);
    m_relay.setSpoolDirectory(m_identities.data().relayFolder());
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
    base::Result<RelaySettings> settings = RelaySettings::fromEnvironment(data().path());
    if (!settings)
        return settings;
    const auto replace = [](const QString &text, QList<net::Endpoint> &endpoints) -> base::Status {
        if (text.isEmpty())
            return base::Done{};
        const base::Result<net::Endpoint> endpoint = net::parseEndpoint(text);
        if (!endpoint)
            return endpoint.error();
        endpoints = {*endpoint};
        return base::Done{};
    };
    if (const base::Status smtp = replace(m_smtp, settings->smtp); !smtp)
        return smtp.error();
    if (const base::Status pop3 = replace(m_pop3, settings->pop3); !pop3)
        return pop3.error();
    return settings;
}

void Workplace::startRelay()
{
    const base::Result<RelaySettings> settings = relaySettings();
    RelaySettings nowhere;
    nowhere.spoolDirectory = data().relayFolder();
    // An address that cannot be read: the service fails on it and says so.
    nowhere.smtp = {net::Endpoint{m_smtp, 0}};
    nowhere.pop3 = {};
    m_relay.start(settings ? *settings : nowhere);
}

} // namespace app
