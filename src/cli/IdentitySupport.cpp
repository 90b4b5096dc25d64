// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/IdentitySupport.h"

#include "app/IdentityService.h"
#include "app/MessageJson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

Exit dispatch(const char *name, std::span<const Command> commands, const Context &context, const QStringList &words)
{
    if (words.isEmpty() || words.first() == "--help"_L1 || words.first() == "-h"_L1) {
        QByteArray text = Talk::tr("Usage: %1").arg("wax [--data-dir DIR] [--profile ADDRESS] "_L1).toUtf8() + name + " COMMAND [OPTION...]\n\n" + Talk::tr("Commands:").toUtf8() + '\n';
        for (const Command &command : commands)
            text += "  " + QByteArray(command.name).leftJustified(10) + Talk::tr(command.summary).toUtf8() + '\n';
        if (!words.isEmpty()) {
            print(text);
            return Exit::Done;
        }
        return wrongUsage(Talk::tr("wax %1: which command? One of those that wax %1 --help lists.").arg(QLatin1StringView{name}));
    }
    for (const Command &command : commands)
        if (words.first() == QLatin1StringView{command.name})
            return command.run(context, words.mid(1));
    return wrongUsage(Talk::tr("There is no command %1 %2.").arg(QLatin1StringView{name}, words.first()));
}

base::Result<identity::Profile> chosenProfile(const Context &context)
{
    const identity::DataDirectory data{context.dataDirectory};
    if (!context.profile.isEmpty())
        return data.profile(context.profile);
    const QList<identity::Profile> profiles = data.profiles();
    if (profiles.isEmpty())
        return {ErrorCode::ProfileMissing, u"there is no profile in %1"_s.arg(context.dataDirectory)};
    if (profiles.size() > 1)
        return {ErrorCode::InvalidArgument, u"there are several profiles; name one with --profile ADDRESS"_s};
    return profiles.first();
}

base::Result<base::Secret> readNewPassphrase(const QString &file, const QString &prompt)
{
    const bool isTyped = file.isEmpty() && !qEnvironmentVariableIsSet("WAXWING_PASSPHRASE_FILE");
    if (isTyped)
        say(app::forgottenPassphraseText());
    base::Result<base::Secret> passphrase = readPassphrase(file, prompt);
    if (!passphrase)
        return passphrase;
    if (const base::Status fit = identity::checkNewPassphrase(*passphrase); !fit)
        return fit.error();
    if (!isTyped)
        return passphrase;
    const base::Result<base::Secret> again = readPassphrase(file, Talk::tr("%1, once more").arg(prompt));
    if (!again)
        return again;
    if (!(*again == *passphrase))
        return {ErrorCode::PassphraseWrong, u"the two are not the same"_s};
    return passphrase;
}

base::Result<base::Secret> passphraseOr(const QString &file, const base::Secret &other)
{
    return file.isEmpty() ? base::Result<base::Secret>{other} : readPassphrase(file, {});
}

QJsonObject certificateJson(const app::CertificateInfo &info)
{
    return {{u"subject"_s, info.subject},
            {u"name"_s, info.name},
            {u"issuer"_s, info.issuer},
            {u"serial"_s, QString::fromLatin1(info.serial)},
            {u"addresses"_s, QJsonArray::fromStringList(info.addresses)},
            {u"notBefore"_s, app::timeToJson(info.notBefore)},
            {u"notAfter"_s, app::timeToJson(info.notAfter)},
            {u"keyType"_s, info.keyType},
            {u"usages"_s, QJsonArray::fromStringList(info.usages)},
            {u"authority"_s, info.isAuthority},
            {u"fingerprint"_s, QString::fromLatin1(info.fingerprint)}};
}

QByteArray certificateLines(const app::CertificateInfo &info)
{
    const QString validity = u"%1 to %2"_s.arg(info.notBefore.toString(Qt::ISODate), info.notAfter.toString(Qt::ISODate));
    const std::pair<QLatin1StringView, QString> lines[] = {
        {"Subject:    "_L1, info.subject},
        {"Addresses:  "_L1, info.addresses.join(", "_L1)},
        {"Issuer:     "_L1, info.issuer},
        {"Serial:     "_L1, QString::fromLatin1(info.serial)},
        {"Valid:      "_L1, validity},
        {"Key:        "_L1, info.keyType},
        {"Usages:     "_L1, info.usages.join(", "_L1)},
        {"SHA-256:    "_L1, QString::fromLatin1(info.fingerprint)},
    };
    QByteArray text;
    for (const auto &[label, value] : lines)
        text += (label + value).toUtf8() + '\n';
    return text;
}

} // namespace cli
