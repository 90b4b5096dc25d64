// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/KnownServers.h"

#include "app/RelayCertificate.h"
#include "base/Log.h"
#include "identity/FileAccess.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace app {

namespace {

const QString kVouched = u"vouched"_s;

QJsonObject read(const QString &file)
{
    const base::Result<QByteArray> octets = identity::readWholeFile(file);
    return octets ? QJsonDocument::fromJson(*octets).object() : QJsonObject{};
}

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
    m_vouched += where;
    if (noted(where) != kVouched)
        note(where, kVouched);
}

bool KnownServers::isKnown(const QString &where, const QByteArray &certificate)
{
    const QMutexLocker lock{&m_mutex};
    const QString shown = QString::fromLatin1(QCryptographicHash::hash(certificate, QCryptographicHash::Sha256).toHex());
    const QString before = noted(where);
    if (before.isEmpty())
        note(where, shown);
    return before.isEmpty() || before == shown;
}

QString KnownServers::noted(const QString &where) const
{
    return read(m_file).value(where).toString();
}

void KnownServers::note(const QString &where, const QString &what) const
{
    // Read anew: another program of the same profile may have added a server since.
    QJsonObject servers = read(m_file);
    servers[where] = what;
    if (const base::Status written = identity::writeFileAtomically(m_file, QJsonDocument{servers}.toJson()); !written)
        qCWarning(logApp) << "the server" << where << "was not remembered:" << base::nameOf(written.error().code) << written.error().detail;
}

} // namespace app
