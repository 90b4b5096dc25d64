// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/AccountSettings.h"

#include "app/JsonFile.h"
#include "base/Log.h"
#include "identity/Keystore.h"
#include "net/Endpoint.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

const QString kLeave = u"leaveOnServer"_s;
const QString kPasswordName = u"passwordName"_s;

struct TlsName {
    const char *name;
    net::TlsMode mode;
};
constexpr TlsName kTlsNames[] = {
    {"starttls", net::TlsMode::StartTls},
    {"implicit", net::TlsMode::Implicit},
    {"none", net::TlsMode::None},
    {"starttls-if-offered", net::TlsMode::StartTlsIfOffered},
};

QString tlsNames()
{
    QStringList names;
    for (const TlsName &one : kTlsNames)
        names.append(QString::fromLatin1(one.name));
    return names.join(u", "_s);
}

base::Error fieldError(const QString &name, const QString &wanted)
{
    return {ErrorCode::ConfigurationInvalid, name + u": "_s + wanted + u" is wanted"_s, {}, {}};
}

/// Without them the system's authorities would do, so a mistake must not mean none.
base::Status readAnchors(transport::Server &server, const QJsonValue &value, const QString &name)
{
    for (const QJsonValue &anchor : value.toArray())
        server.anchors.append(QByteArray::fromBase64(anchor.toString().toLatin1()));
    const bool isRight = value.isUndefined() || (value.isArray() && !server.anchors.contains(QByteArray{}));
    return isRight ? base::Status{base::Done{}} : base::Status{fieldError(name, u"a list of certificates in base64"_s)};
}

base::Status readServer(transport::Server &server, const QJsonValue &value, const QString &name)
{
    if (value.isUndefined())
        return base::Done{};
    if (!value.isObject())
        return fieldError(name, u"an object with host, port, user and tls"_s);
    const QJsonObject object = value.toObject();
    if (const QJsonValue host = object["host"_L1]; !host.isUndefined()) {
        if (host.toString().isEmpty())
            return fieldError(name + u".host"_s, u"a text"_s);
        server.host = host.toString();
    }
    if (const QJsonValue port = object["port"_L1]; !port.isUndefined()) {
        if (port.toInt(-1) < 1 || port.toInt() > 65535)
            return fieldError(name + u".port"_s, u"a number from 1 to 65535"_s);
        server.port = static_cast<quint16>(port.toInt());
    }
    if (const QJsonValue user = object["user"_L1]; !user.isUndefined()) {
        if (!user.isString())
            return fieldError(name + u".user"_s, u"a text"_s);
        server.user = user.toString();
    }
    if (const QJsonValue tls = object["tls"_L1]; !tls.isUndefined()) {
        const auto *known = std::find_if(std::begin(kTlsNames), std::end(kTlsNames), [&](const TlsName &one) { return tls.toString() == QLatin1StringView{one.name}; });
        if (known == std::end(kTlsNames))
            return fieldError(name + u".tls"_s, u"one of "_s + tlsNames());
        server.tls = known->mode;
    }
    return readAnchors(server, object["anchors"_L1], name + u".anchors"_s);
}

QJsonObject written(const transport::Server &server)
{
    const auto *known = std::find_if(std::begin(kTlsNames), std::end(kTlsNames), [&](const TlsName &one) { return server.tls == one.mode; });
    QJsonObject object{{u"host"_s, server.host}, {u"port"_s, server.port}, {u"user"_s, server.user}, {u"tls"_s, QLatin1StringView{known->name}}};
    QJsonArray anchors;
    for (const QByteArray &anchor : server.anchors)
        anchors.append(QString::fromLatin1(anchor.toBase64()));
    if (!anchors.isEmpty())
        object.insert(u"anchors"_s, anchors);
    return object;
}

/// Where a server that listens at `at` is reached from this machine.
void pointAt(transport::Server &server, const net::Endpoint &at)
{
    if (at.port == 0)
        return;
    server.host = at.host == "0.0.0.0"_L1 ? u"127.0.0.1"_s : at.host == "::"_L1 ? u"::1"_s : at.host;
    server.port = at.port;
    server.tls = net::isLoopback(server.host) ? net::TlsMode::StartTlsIfOffered : net::TlsMode::StartTls;
}

base::Status applyEnvironment(transport::Server &server, const char *variable)
{
    const QString text = qEnvironmentVariable(variable);
    if (text.isEmpty())
        return base::Done{};
    const base::Result<net::Endpoint> endpoint = net::parseEndpoint(text);
    if (!endpoint)
        return {ErrorCode::ConfigurationInvalid, QString::fromLatin1(variable) + u": "_s + endpoint.error().detail};
    pointAt(server, *endpoint);
    return base::Done{};
}

base::Status readFile(AccountSettings &settings, const QString &path)
{
    const base::Result<QJsonObject> read = readJsonFile(path);
    if (!read)
        return read.error();
    const QJsonObject &object = *read;
    settings.isOwnRelay = !object.contains("smtp"_L1) && !object.contains("pop3"_L1);
    if (const base::Status status = readServer(settings.smtp, object["smtp"_L1], path + u": smtp"_s); !status)
        return status;
    if (const base::Status status = readServer(settings.pop3, object["pop3"_L1], path + u": pop3"_s); !status)
        return status;
    if (const QJsonValue name = object[kPasswordName]; !name.isUndefined()) {
        if (name.toString().isEmpty())
            return fieldError(path + u": "_s + kPasswordName, u"a text"_s);
        settings.passwordName = name.toString();
    }
    const base::Result<bool> leaves = readSwitch(object, kLeave, path);
    if (!leaves)
        return leaves.error();
    const base::Result<RevocationSettings> revocation = RevocationSettings::from(object, path);
    if (!revocation)
        return revocation.error();
    static_cast<RevocationSettings &>(settings) = *revocation;
    settings.afterFetch = *leaves ? transport::AfterFetch::Leave : transport::AfterFetch::Delete;
    return base::Done{};
}

} // namespace

AccountSettings AccountSettings::defaults(const QString &address)
{
    AccountSettings settings;
    settings.smtp = {u"127.0.0.1"_s, 1025, net::TlsMode::StartTlsIfOffered, {}, {}, {}};
    settings.pop3 = {u"127.0.0.1"_s, 1110, net::TlsMode::StartTlsIfOffered, address, {}, {}};
    return settings;
}

base::Result<AccountSettings> AccountSettings::kept(const QString &profileFolder, const QString &address)
{
    AccountSettings settings = defaults(address);
    if (const base::Status read = readFile(settings, accountFile(profileFolder)); !read)
        return read.error();
    return settings;
}

base::Result<AccountSettings> AccountSettings::load(const QString &profileFolder, const QString &address)
{
    base::Result<AccountSettings> settings = kept(profileFolder, address);
    if (!settings)
        return settings;
    base::Status status = applyEnvironment(settings->smtp, "WAXWING_SMTP");
    if (status)
        status = applyEnvironment(settings->pop3, "WAXWING_POP3");
    if (!status)
        return status.error();
    return settings;
}

void AccountSettings::followRelay(const net::Endpoint &smtpAt, const net::Endpoint &pop3At)
{
    if (!isOwnRelay)
        return;
    pointAt(smtp, smtpAt);
    pointAt(pop3, pop3At);
}

void AccountSettings::setPassword(const base::Secret &password)
{
    smtp.password = password;
    pop3.password = password;
}

void AccountSettings::setTrust(const std::shared_ptr<transport::ServerTrust> &trust)
{
    smtp.trust = trust;
    pop3.trust = trust;
}

base::Status AccountSettings::save(const QString &profileFolder) const
{
    QJsonObject object{{kLeave, afterFetch == transport::AfterFetch::Leave}, {kPasswordName, passwordName}};
    writeTo(object);
    if (!isOwnRelay) {
        object[u"smtp"_s] = written(smtp);
        object[u"pop3"_s] = written(pop3);
    }
    return writeJsonFile(object, accountFile(profileFolder));
}

// The settings' file names the password, so that replacing it changes both at once.
base::Status AccountSettings::keep(const QString &profileFolder, identity::Keystore &keystore, const base::Secret &password) const
{
    const base::Result<AccountSettings> before = kept(profileFolder, keystore.address());
    AccountSettings changed = *this;
    changed.passwordName = before ? before->passwordName : AccountSettings{}.passwordName;
    if (password.isEmpty())
        return changed.save(profileFolder);
    const QString nameBefore = std::exchange(changed.passwordName, u"relay-password-"_s + QUuid::createUuid().toString(QUuid::Id128));
    if (const base::Status stored = keystore.storeSecret(changed.passwordName, password); !stored)
        return stored;
    const base::Status saved = changed.save(profileFolder);
    if (const base::Status forgotten = keystore.storeSecret(saved ? nameBefore : changed.passwordName, {}); !forgotten)
        qCWarning(logApp) << "a password that is used no more was not removed:" << base::nameOf(forgotten.error().code);
    return saved;
}

} // namespace app
