// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Workplace.h"

#include "app/JoinCard.h"
#include "app/JsonFile.h"

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QStringList textsOf(const QList<net::Endpoint> &endpoints)
{
    QStringList texts;
    for (const net::Endpoint &endpoint : endpoints)
        texts.append(net::toString(endpoint));
    return texts;
}

} // namespace

Workplace::Workplace(const QString &dataDirectory, const base::Clock &clock)
    : m_clock(clock), m_identities(dataDirectory, &m_pool, clock), m_messages(&m_pool, clock)
{
    m_pool.setMaxThreadCount(2);
    m_keyringJobs.setMaxThreadCount(1);
    // A thread that ends and begins anew would set up OpenSSL's and QCA's state again.
    m_pool.setExpiryTimeout(-1);
    m_relay.setSpoolDirectory(relaySpoolDirectory(data().path()), data().path());
}

// Those of its jobs that have not begun are waited for as well: a letter whose window was closed may be among them. There are few, and none takes
// longer than making a key.
Workplace::~Workplace()
{
    m_keyringEnd.request();
    m_pool.waitForDone();
}

void Workplace::setRelayAddresses(const QString &smtp, const QString &pop3)
{
    for (const auto &[name, address] : {std::pair{u"smtp"_s, smtp}, std::pair{u"pop3"_s, pop3}}) {
        if (address.isEmpty())
            m_relayFlags.remove(name);
        else
            m_relayFlags[name] = {address};
    }
}

void Workplace::setFirstRelayAddresses(const QString &smtp, const QString &pop3)
{
    const base::Result<RelaySettings> settings = relaySettings();
    const auto set = [this](const QString &name, const QString &first, const QStringList &present) {
        if (first != present.value(0))
            m_relayFlags[name] = QStringList{first} + present.mid(1);
    };
    set(u"smtp"_s, smtp, settings ? textsOf(settings->smtp) : QStringList{});
    set(u"pop3"_s, pop3, settings ? textsOf(settings->pop3) : QStringList{});
}

void Workplace::openRelayToNetwork()
{
    for (const auto &[name, door] : {std::pair{u"smtp"_s, relay::Door::Smtp}, std::pair{u"submission"_s, relay::Door::Submission},
                                     std::pair{u"submission-tls"_s, relay::Door::SubmissionTls}, std::pair{u"pop3"_s, relay::Door::Pop3},
                                     std::pair{u"pop3-tls"_s, relay::Door::Pop3Tls}})
        if (const QList<net::Endpoint> present = m_relay.endpoints(door); !present.isEmpty())
            m_relayFlags[name] = textsOf(openedToNetwork(present));
}

base::Result<RelaySettings> Workplace::relaySettings() const
{
    return readRelaySettings(data().path(), [this](const QString &name) -> std::optional<QStringList> {
        const auto given = m_relayFlags.constFind(name);
        return given == m_relayFlags.cend() ? std::nullopt : std::optional{*given};
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
