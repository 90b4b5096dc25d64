// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelaySettings.h"

#include "app/JoinCard.h"
#include "app/RelayCertificate.h"
#include "base/FileAccess.h"
#include "base/Log.h"
#include "identity/CertificateFile.h"

#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using Origin = app::GivenRelaySetting::Origin;

namespace app {

namespace {

constexpr auto kDefaultFile = "relay.json"_L1;
constexpr auto kDefaultSpool = "/relay"_L1;
constexpr qint64 kFileLimit = 4 << 20;

struct Sources {
    const RelayFlags &flags;
    QJsonObject file;
};

std::optional<QStringList> fromFlags(const Sources &sources, const QString &name)
{
    return sources.flags ? sources.flags(name) : std::nullopt;
}

/// An empty variable is none.
std::optional<QStringList> fromEnvironment(const QString &name)
{
    const QByteArray variable = "WAXWING_" + name.toUpper().replace(u'-', u'_').toLatin1();
    const QString value = qEnvironmentVariable(variable.constData());
    return value.isEmpty() ? std::nullopt : std::optional{QStringList{value}};
}

base::Error invalid(const QString &file, const QString &what)
{
    return {ErrorCode::ConfigurationInvalid, u"%1: %2"_s.arg(file, what), {}, {}};
}

/// A string, a number, true or false; or a list of those.
std::optional<QStringList> wordsOf(const QJsonValue &value)
{
    if (value.isString())
        return QStringList{value.toString()};
    if (value.isBool())
        return QStringList{value.toBool() ? u"true"_s : u"false"_s};
    if (value.isDouble())
        return QStringList{QString::fromLatin1(QJsonDocument{QJsonArray{value}}.toJson(QJsonDocument::Compact).chopped(1).sliced(1))};
    if (!value.isArray())
        return std::nullopt;
    QStringList words;
    for (const QJsonValue &element : value.toArray()) {
        const std::optional<QStringList> word = element.isArray() ? std::nullopt : wordsOf(element);
        if (!word)
            return std::nullopt;
        words += *word;
    }
    return words.isEmpty() ? QStringList{u"none"_s} : words;
}

/// What a person names may be a pipe.
base::Result<QByteArray> contentOf(const QString &name)
{
    return base::readFileOrPipe(name, kFileLimit);
}

/// A key that stands twice in the outermost object of `json`, which is valid; the parser keeps the last without a word. Empty if there is none.
QByteArray repeatedKey(const QByteArray &json)
{
    QSet<QByteArray> seen;
    int depth = 0;
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] == '{' || json[i] == '[')
            ++depth;
        else if (json[i] == '}' || json[i] == ']')
            --depth;
        if (json[i] != '"')
            continue;
        const qsizetype begin = ++i;
        while (json[i] != '"')
            i += json[i] == '\\' ? 2 : 1;
        const QByteArray text = json.sliced(begin, i - begin);
        if (depth != 1 || text.startsWith('#') || !QByteArrayView{json}.sliced(i + 1).trimmed().startsWith(':'))
            continue;
        if (seen.contains(text))
            return text;
        seen.insert(text);
    }
    return {};
}

base::Result<QJsonObject> readFile(const QString &name)
{
    const base::Result<QByteArray> content = contentOf(name);
    if (!content)
        return content.error();
    const QByteArray &text = *content;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return invalid(name, u"line %1: %2"_s.arg(text.first(qMin(qsizetype{error.offset}, text.size())).count('\n') + 1).arg(error.errorString()));
    if (!document.isObject())
        return invalid(name, u"the whole must stand in { }"_s);
    if (const QByteArray key = repeatedKey(text); !key.isEmpty())
        return invalid(name, u"\"%1\" stands there twice"_s.arg(QString::fromUtf8(key)));
    return document.object();
}

const RelayOption *optionOf(const QString &name)
{
    for (const RelayOption &option : relayOptions())
        if (name == QLatin1StringView{option.name})
            return &option;
    return nullptr;
}

/// A misspelt limit would be no limit.
base::Status checkKeys(const QString &fileName, const QJsonObject &file)
{
    for (auto it = file.begin(); it != file.end(); ++it) {
        if (it.key().startsWith(u'#'))
            continue; // A remark.
        if (!optionOf(it.key()))
            return invalid(fileName, u"there is no setting \"%1\""_s.arg(it.key()));
        if (!wordsOf(it.value()))
            return invalid(fileName, u"\"%1\" must be a text, a number, true, false, or a list of those"_s.arg(it.key()));
    }
    return base::Done{};
}

base::Result<QJsonObject> findFile(const QString &dataDirectory, const Sources &sources, RelaySettings &settings)
{
    std::optional<QStringList> named = fromFlags(sources, u"config"_s);
    if (!named)
        named = fromEnvironment(u"config"_s);
    const QString name = named ? named->last() : dataDirectory + u'/' + kDefaultFile;
    if (!named && !QFile::exists(name))
        return QJsonObject{};
    settings.file = name;
    base::Result<QJsonObject> file = readFile(name);
    if (file)
        if (const base::Status known = checkKeys(name, *file); !known)
            return known.error();
    return file;
}

std::optional<GivenRelaySetting> find(const Sources &sources, const QString &name)
{
    if (const std::optional<QStringList> values = fromFlags(sources, name))
        return GivenRelaySetting{name, *values, Origin::Flag};
    if (const std::optional<QStringList> values = fromEnvironment(name))
        return GivenRelaySetting{name, *values, Origin::Environment};
    if (const auto it = sources.file.constFind(name); it != sources.file.constEnd())
        return GivenRelaySetting{name, wordsOf(*it).value_or(QStringList{}), Origin::File};
    return std::nullopt;
}

QString placeOf(const GivenRelaySetting &given, const RelaySettings &settings)
{
    switch (given.origin) {
    case Origin::File:
        return u"%1: \"%2\""_s.arg(settings.file, given.name);
    case Origin::Environment:
        return u"WAXWING_"_s + given.name.toUpper().replace(u'-', u'_');
    case Origin::Flag:
        return u"--"_s + given.name;
    }
    Q_UNREACHABLE_RETURN({});
}

base::Status applyAll(const Sources &sources, RelaySettings &settings)
{
    for (const RelayOption &option : relayOptions()) {
        const std::optional<GivenRelaySetting> given = find(sources, QLatin1StringView{option.name});
        if (!given)
            continue;
        if (const base::Status applied = option.apply(settings, given->values); !applied)
            return invalid(placeOf(*given, settings), applied.error().detail);
        settings.given.append(*given);
    }
    return base::Done{};
}

base::Status readOwnFiles(RelaySettings &settings)
{
    base::Result<QByteArray> chain = contentOf(settings.tlsCertificateFile);
    base::Result<QByteArray> key = contentOf(settings.tlsKeyFile);
    if (!chain || !key)
        return !chain ? chain.error() : key.error();
    // An empty chain would mean that no TLS is wanted.
    if (chain->isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"%1 holds no TLS certificate"_s.arg(settings.tlsCertificateFile)};
    settings.tlsChainPem = *chain;
    settings.tlsKeyPem = base::Secret::takenFrom(std::move(key).value());
    return base::Done{};
}

/// What others call this relay by.
QStringList outerHosts(const RelaySettings &settings)
{
    QStringList hosts;
    for (const net::Endpoint &endpoint : settings.smtp + settings.submission + settings.submissionTls + settings.pop3 + settings.pop3Tls) {
        const QHostAddress address{endpoint.host};
        if (meansAllAddresses(endpoint.host))
            hosts += addressesForNeighbours();
        else if (!address.isNull() && !address.isLoopback())
            hosts.append(address.toString());
    }
    if (settings.hostName != "localhost"_L1)
        hosts.append(settings.hostName);
    hosts.removeDuplicates();
    return hosts;
}

base::Result<base::Secret> readFirstLine(const QString &name)
{
    base::Result<QByteArray> text = contentOf(name);
    if (!text)
        return text.error();
    return base::Secret::firstLineOf(std::move(text).value());
}

/// The password and the anchors lie in files of their own, which not everybody may read.
base::Status readSmarthostFiles(SmarthostSettings &smarthost)
{
    if (!smarthost.passwordFile.isEmpty()) {
        const base::Result<base::Secret> password = readFirstLine(smarthost.passwordFile);
        if (!password)
            return password.error();
        smarthost.password = *password;
    }
    if (smarthost.anchorsFile.isEmpty())
        return base::Done{};
    const base::Result<QByteArray> text = contentOf(smarthost.anchorsFile);
    const base::Result<QList<QByteArray>> anchors = text ? identity::readCertificates(*text) : base::Result<QList<QByteArray>>{text.error()};
    if (!anchors)
        return anchors.error();
    smarthost.anchors = *anchors;
    return base::Done{};
}

/// Who names an address of his own has his reasons to want no other port taken.
void offerSubmission(RelaySettings &settings, const QList<net::Endpoint> &startTls, const QList<net::Endpoint> &implicitTls)
{
    const auto isGiven = [&settings](QLatin1StringView name) {
        return std::any_of(settings.given.cbegin(), settings.given.cend(), [name](const GivenRelaySetting &g) { return g.name == name; });
    };
    if (isGiven("smtp"_L1) || !settings.passedSockets.isEmpty())
        return;
    if (!isGiven("submission"_L1))
        settings.submission = startTls;
    if (!isGiven("submission-tls"_L1))
        settings.submissionTls = implicitTls;
}

base::Result<RelayCertificateWishes> certificateWishes(const RelaySettings &settings)
{
    RelayCertificateWishes wishes;
    wishes.hosts = outerHosts(settings);
    if (!settings.authorityPassphraseFile.isEmpty()) {
        base::Result<base::Secret> passphrase = readFirstLine(settings.authorityPassphraseFile);
        if (!passphrase)
            return passphrase.error();
        wishes.authorityPassphrase = std::move(*passphrase);
    }
    return wishes;
}

} // namespace

base::Status prepareTls(RelaySettings &settings, TlsKeeping keeping)
{
    if (!settings.tlsCertificateFile.isEmpty())
        return readOwnFiles(settings);
    if (!settings.looksAfterTls)
        return base::Done{};
    const base::Result<RelayCertificateWishes> wishes = certificateWishes(settings);
    if (!wishes)
        return wishes.error();
    const identity::DataDirectory data{settings.dataDirectory};
    const base::Result<identity::ServerCredentials> tls = keeping == TlsKeeping::OnDisk ? relayCredentials(data, *wishes) : trialCredentials(data, wishes->hosts);
    settings.tlsChainPem = tls ? tls->certificateChainPem : QByteArray{};
    settings.tlsKeyPem = tls ? tls->privateKeyPem : base::Secret{};
    settings.tlsFault = tls ? std::nullopt : std::optional{tls.error()};
    if (tls)
        return base::Done{};
    // Without a certificate the relay still runs, on loopback and in the clear.
    qCWarning(logRelay, "no TLS: %s %s", base::nameOf(tls.error().code), qPrintable(tls.error().detail));
    offerSubmission(settings, {}, {});
    return base::Done{};
}

namespace {

/// The first that others reach, or the first; port 0 if there is none.
net::Endpoint outerEndpoint(const QList<net::Endpoint> &endpoints)
{
    const auto outer = std::find_if(endpoints.cbegin(), endpoints.cend(), [](const net::Endpoint &one) { return !net::isLoopback(one.host); });
    return outer != endpoints.cend() ? *outer : endpoints.value(0);
}

} // namespace

base::Result<JoinCard> joinCardOf(const RelaySettings &settings, const QString &host)
{
    const QByteArray anchor = tlsAnchorOf(settings.tlsChainPem);
    if (anchor.isEmpty())
        return {ErrorCode::CertificateNotFound, u"the relay has no TLS certificate"_s};
    net::Endpoint smtp = outerEndpoint(settings.smtp + settings.submission);
    net::Endpoint pop3 = outerEndpoint(settings.pop3);
    if (smtp.port == 0 || pop3.port == 0)
        return {ErrorCode::ConfigurationInvalid, u"the relay's smtp and pop3 need ports that others can know, not 0"_s};
    if (!host.isEmpty())
        smtp.host = pop3.host = host;
    return makeJoinCard(smtp, pop3, anchor);
}

QString relaySpoolDirectory(const QString &dataDirectory, const RelayFlags &flags)
{
    RelaySettings settings;
    Sources sources{flags, {}};
    if (base::Result<QJsonObject> file = findFile(dataDirectory, sources, settings))
        sources.file = std::move(*file);
    const std::optional<GivenRelaySetting> given = find(sources, u"spool"_s);
    return given && !given->values.isEmpty() ? given->values.first() : dataDirectory + kDefaultSpool;
}

base::Result<RelaySettings> readRelaySettings(const QString &dataDirectory, const RelayFlags &flags, const QList<relay::PassedSocket> &passed)
{
    RelaySettings settings;
    settings.spoolDirectory = dataDirectory + kDefaultSpool;
    settings.dataDirectory = dataDirectory;
    settings.passedSockets = passed;
    if (!passed.isEmpty())
        settings.smtp = settings.pop3 = {};
    Sources sources{flags, {}};
    base::Result<QJsonObject> file = findFile(dataDirectory, sources, settings);
    if (!file)
        return file.error();
    sources.file = std::move(*file);
    base::Status status = applyAll(sources, settings);
    if (status && settings.tlsCertificateFile.isEmpty() != settings.tlsKeyFile.isEmpty())
        status = {ErrorCode::ConfigurationInvalid, u"tls-certificate and tls-key belong together: give both or neither"_s};
    if (status)
        status = readSmarthostFiles(settings.smarthost);
    if (!status)
        return status.error();
    settings.looksAfterTls = settings.tlsCertificateFile.isEmpty();
    offerSubmission(settings, {{u"127.0.0.1"_s, 1587}}, {{u"127.0.0.1"_s, 1465}});
    return settings;
}

} // namespace app
