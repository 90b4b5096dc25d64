// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/KnownServers.h"

#include "app/JsonFile.h"
#include "app/RelayCertificate.h"
#include "base/FileAccess.h"
#include "base/Log.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace app {

namespace {
const QString kVouched = u"vouched"_s;
} // namespace

KnownServers::KnownServers(identity::DataDirectory data, QString profileFolder)
    : m_data(std::move(data)), m_file(std::move(profileFolder) + u"/servers.json"_s)
{
}

QList<QByteArray> KnownServers::anchors()
{
    const QMutexLocker lock{&m_mutex};
    const QDateTime changed = QFileInfo{relayCertificateFile(m_data)}.lastModified();
    if (changed != m_anchorsAt)
        m_anchors = relayTlsAnchors(m_data);
    m_anchorsAt = changed;
    return m_anchors;
}

void KnownServers::noteVouched(const QString &where)
{
    const QMutexLocker lock{&m_mutex};
    if (m_vouched.contains(where))
        return;
    const base::Result<QJsonObject> servers = known();
    if (!servers)
        return;
    m_vouched += where;
    if (servers->value(where).toString() != kVouched)
        note(*servers, where, kVouched);
}

bool KnownServers::isKnown(const QString &where, const QByteArray &certificate)
{
    const QMutexLocker lock{&m_mutex};
    const base::Result<QJsonObject> servers = known();
    if (!servers)
        return false;
    const QString shown = QString::fromLatin1(QCryptographicHash::hash(certificate, QCryptographicHash::Sha256).toHex());
    const QJsonValue before = servers->value(where);
    if (!before.isUndefined())
        return before.toString() == shown;
    note(*servers, where, shown);
    return true;
}

/// Read each time: another program of the same profile may have added a server since. What cannot be read is no empty memory, for then whoever
/// listens would be believed, and take the place of all others.
base::Result<QJsonObject> KnownServers::known() const
{
    base::Result<QJsonObject> servers = readJsonFile(m_file);
    if (!servers)
        qCWarning(logApp) << "no server is known while this cannot be read:" << servers.error().detail;
    return servers;
}

void KnownServers::note(QJsonObject servers, const QString &where, const QString &what) const
{
    servers[where] = what;
    if (const base::Status written = base::writePrivateFile(m_file, QJsonDocument{servers}.toJson()); !written)
        qCWarning(logApp) << "the server" << where << "was not remembered:" << base::nameOf(written.error().code) << written.error().detail;
}

} // namespace app
