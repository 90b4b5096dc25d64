// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/DataDirectory.h"
#include "transport/ServerTrust.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMutex>

namespace app {

/// The servers that a profile has talked to under TLS, in `servers.json` of its folder: "vouched" or the SHA-256 of the certificate by
/// "HOST:PORT". The anchor is the one of the data directory's own relay. Removing a line lets the next certificate be a first one.
class KnownServers final : public transport::ServerTrust
{
public:
    KnownServers(identity::DataDirectory data, QString profileFolder);

    [[nodiscard]] QList<QByteArray> anchors() override;
    void noteVouched(const QString &where) override;
    [[nodiscard]] bool isKnown(const QString &where, const QByteArray &certificate) override;

private:
    [[nodiscard]] base::Result<QJsonObject> known() const;
    void note(QJsonObject servers, const QString &where, const QString &what) const;

    const identity::DataDirectory m_data;
    const QString m_file;
    QMutex m_mutex;
    QDateTime m_anchorsAt;          ///< Of the file that m_anchors were read from.
    QList<QByteArray> m_anchors;
    QStringList m_vouched;          ///< Noted by this object, so that a poll a second writes no file.
};

} // namespace app
