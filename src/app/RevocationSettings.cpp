// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RevocationSettings.h"

#include "app/JsonFile.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace app {

namespace {

const QString kFetch = u"fetchRevocation"_s;
const QString kRequire = u"requireRevocation"_s;

} // namespace

QString accountFile(const QString &profileFolder)
{
    return QDir{profileFolder}.filePath(u"account.json"_s);
}

base::Result<RevocationSettings> RevocationSettings::keptIn(const QString &profileFolder)
{
    const QString path = accountFile(profileFolder);
    const base::Result<QJsonObject> account = readJsonFile(path);
    return account ? from(*account, path) : account.error();
}

base::Result<RevocationSettings> RevocationSettings::from(const QJsonObject &account, const QString &path)
{
    const base::Result<bool> fetches = readSwitch(account, kFetch, path);
    const base::Result<bool> demands = readSwitch(account, kRequire, path);
    for (const base::Result<bool> *one : {&fetches, &demands})
        if (!*one)
            return one->error();
    return RevocationSettings{*fetches ? RevocationUse::Fetch : RevocationUse::AtHand,
                              *demands ? smime::RevocationDemand::Required : smime::RevocationDemand::WhereAtHand};
}

base::Status RevocationSettings::keepRevocation(const QString &profileFolder, RevocationUse use)
{
    return keepInJsonFile(accountFile(profileFolder), kFetch, use == RevocationUse::Fetch);
}

base::Status RevocationSettings::keepDemand(const QString &profileFolder, smime::RevocationDemand demand)
{
    return keepInJsonFile(accountFile(profileFolder), kRequire, demand == smime::RevocationDemand::Required);
}

void RevocationSettings::writeTo(QJsonObject &account) const
{
    account[kFetch] = revocation == RevocationUse::Fetch;
    account[kRequire] = demand == smime::RevocationDemand::Required;
}

} // namespace app
