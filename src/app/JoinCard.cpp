// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/JoinCard.h"

#include "app/FingerprintWords.h"
#include "identity/CertificateFile.h"
#include "identity/CertificateInfo.h"
#include "identity/TrustStore.h"
#include "transport/ServerChain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>
#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

constexpr QLatin1StringView kFormat{"waxwing-join-1"};
/// A certificate and a few words.
constexpr qsizetype kLargestCard = 64 * 1024;

QByteArray beginOfFingerprint(const QByteArray &der)
{
    return QByteArray::fromHex(identity::fingerprintOf(der)).first(kFingerprintWords - 1);
}

base::Result<quint16> portOf(const QString &text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port < 1 || port > 65535)
        return {ErrorCode::ConfigurationInvalid, u"\"%1\" is not a port"_s.arg(text)};
    return static_cast<quint16>(port);
}

bool isHost(const QString &host)
{
    return !host.isEmpty() && host.size() <= 253 && std::none_of(host.cbegin(), host.cend(), [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
}

base::Result<JoinCard> readFile(const QByteArray &file)
{
    const QJsonObject object = QJsonDocument::fromJson(file).object();
    if (object["format"_L1].toString() != kFormat)
        return {ErrorCode::ConfigurationInvalid, u"not a join card of this version"_s};
    JoinCard card;
    card.host = object["host"_L1].toString();
    const base::Result<quint16> smtp = portOf(QString::number(object["smtpPort"_L1].toInt()));
    const base::Result<quint16> pop3 = portOf(QString::number(object["pop3Port"_L1].toInt()));
    if (!isHost(card.host) || !smtp || !pop3)
        return {ErrorCode::ConfigurationInvalid, u"the address or a port is missing"_s};
    card.smtpPort = *smtp;
    card.pop3Port = *pop3;
    const base::Result<QList<QByteArray>> certificates = identity::readCertificates(object["authority"_L1].toString().toLatin1());
    if (!certificates || certificates->size() != 1)
        return {ErrorCode::NotACertificate, u"a join card holds one certificate, the authority's"_s};
    card.fingerprint = beginOfFingerprint(certificates->first());
    if (const base::Status status = card.complete(certificates->first()); !status)
        return status.error();
    return card;
}

base::Result<JoinCard> readLine(const QString &line)
{
    const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
    if (words.size() < 3 || !isHost(words[0]))
        return {ErrorCode::ConfigurationInvalid, u"address, two ports and %1 words are wanted"_s.arg(kFingerprintWords)};
    const base::Result<quint16> smtp = portOf(words[1]);
    const base::Result<quint16> pop3 = portOf(words[2]);
    if (!smtp || !pop3)
        return !smtp ? smtp.error() : pop3.error();
    const base::Result<QByteArray> fingerprint = fingerprintOfWords(words.sliced(3).join(u' '));
    if (!fingerprint)
        return fingerprint.error();
    return JoinCard{words[0], *smtp, *pop3, {}, {}, *fingerprint};
}

} // namespace

QStringList addressesForNeighbours()
{
    QStringList fourth;
    QStringList sixth;
    for (const QHostAddress &address : QNetworkInterface::allAddresses())
        if (!address.isLoopback() && !address.isLinkLocal() && address.scopeId().isEmpty())
            (address.protocol() == QAbstractSocket::IPv4Protocol ? fourth : sixth).append(address.toString());
    return fourth + sixth;
}

bool meansAllAddresses(const QString &host)
{
    return host == "*"_L1 || host == "0.0.0.0"_L1 || host == "::"_L1;
}

QList<net::Endpoint> openedToNetwork(const QList<net::Endpoint> &endpoints)
{
    QList<net::Endpoint> opened;
    for (const net::Endpoint &endpoint : endpoints)
        if (const net::Endpoint everywhere{u"0.0.0.0"_s, endpoint.port}; net::isLoopback(endpoint.host) && !opened.contains(everywhere))
            opened.append(everywhere);
    for (const net::Endpoint &endpoint : endpoints) {
        const auto hasPort = [&endpoint](const net::Endpoint &other) { return other.port == endpoint.port; };
        if (!net::isLoopback(endpoint.host) && std::none_of(opened.cbegin(), opened.cend(), hasPort))
            opened.append(endpoint);
    }
    return opened;
}

QStringList JoinCard::words() const
{
    return fingerprint.isEmpty() ? QStringList{} : wordsOfFingerprint(fingerprint);
}

base::Status JoinCard::complete(const QByteArray &authorityDer)
{
    const base::Result<identity::CertificateInfo> info = identity::certificateInfo(authorityDer);
    if (!info)
        return info.error();
    if (beginOfFingerprint(authorityDer) != fingerprint)
        return {ErrorCode::InvalidArgument, u"the certificate has another fingerprint than the card"_s};
    authority = authorityDer;
    name = info->name;
    return base::Done{};
}

base::Result<JoinCard> makeJoinCard(const net::Endpoint &smtp, const net::Endpoint &pop3, const QByteArray &authorityDer)
{
    const QString host = meansAllAddresses(smtp.host) ? addressesForNeighbours().value(0, u"127.0.0.1"_s) : smtp.host;
    JoinCard card{host, smtp.port, pop3.port, {}, {}, beginOfFingerprint(authorityDer)};
    if (const base::Status status = card.complete(authorityDer); !status)
        return status.error();
    return card;
}

bool isForOtherComputers(const JoinCard &card)
{
    return !net::isLoopback(card.host);
}

QByteArray toJoinFile(const JoinCard &card)
{
    return QJsonDocument{QJsonObject{{u"format"_s, kFormat},
                                     {u"host"_s, card.host},
                                     {u"smtpPort"_s, card.smtpPort},
                                     {u"pop3Port"_s, card.pop3Port},
                                     {u"words"_s, card.words().join(u' ')},
                                     {u"authority"_s, QString::fromLatin1(identity::toPem(card.authority, "CERTIFICATE"))}}}.toJson();
}

QString toJoinLine(const JoinCard &card)
{
    return u"%1 %2 %3 %4"_s.arg(card.host, QString::number(card.smtpPort), QString::number(card.pop3Port), card.words().join(u' '));
}

base::Result<JoinCard> readJoinCard(const QByteArray &fileOrLine)
{
    if (fileOrLine.size() > kLargestCard)
        return {ErrorCode::FileTooLarge, u"a join card is a small file"_s};
    const QByteArray text = fileOrLine.trimmed();
    return text.startsWith('{') ? readFile(text) : readLine(QString::fromUtf8(text).simplified());
}

namespace {

base::Result<JoinCard> completedBy(const QList<QByteArray> &certificates, JoinCard card)
{
    for (const QByteArray &certificate : certificates)
        if (card.complete(certificate))
            return card;
    return {ErrorCode::InvalidArgument, u"no certificate of this relay has these words"_s};
}

} // namespace

base::Operation<JoinCard> completeJoinCard(transport::IoThread &thread, const JoinCard &card)
{
    if (card.isComplete())
        return base::Operation<JoinCard>::finished(card);
    const base::Cancellation cancellation;
    const base::Operation<QList<QByteArray>> chain = transport::askServerChain(thread, card.host, card.smtpPort, {}, cancellation);
    // On the socket's thread: taking a few certificates apart is quick.
    QFuture<base::Result<QList<QByteArray>>> future = chain.future();
    QFuture<base::Result<JoinCard>> completed = future.then(
        [card](const base::Result<QList<QByteArray>> &certificates) {
            return certificates ? completedBy(*certificates, card) : base::Result<JoinCard>{certificates.error()};
        });
    return {completed, cancellation};
}

base::Result<JoinCard> completedJoinCard(const JoinCard &card)
{
    transport::IoThread thread;
    return base::await(completeJoinCard(thread, card));
}

AccountSettings accountOf(const JoinCard &card, const QString &address)
{
    AccountSettings settings = AccountSettings::defaults(address);
    settings.isOwnRelay = false;
    settings.smtp = {card.host, card.smtpPort, net::TlsMode::StartTls, address, {}, {card.authority}};
    settings.pop3 = {card.host, card.pop3Port, net::TlsMode::StartTls, address, {}, {card.authority}};
    return settings;
}

namespace {

/// A relay that only vouches for itself says nothing about mail.
base::Status takeTrust(const JoinCard &card, const std::function<base::Status(const QByteArray &)> &trust)
{
    const base::Result<identity::CertificateInfo> authority = identity::certificateInfo(card.authority);
    if (!authority || !authority->isAuthority)
        return base::Done{};
    const base::Status trusted = trust(card.authority);
    return trusted || trusted.error().code == ErrorCode::CertificateAlreadyPresent ? base::Status{base::Done{}} : trusted;
}

} // namespace

base::Operation<base::Done> takeJoinCard(IdentityService &identities, const identity::Profile &profile, const JoinCard &card, const base::Secret &password)
{
    const base::Status trusted = takeTrust(card, [&](const QByteArray &authority) { return identities.addAnchor(profile.address, authority); });
    if (!trusted)
        return base::Operation<base::Done>::finished(trusted);
    return identities.withKeystore(profile.address, [=](identity::Keystore &keystore) { return accountOf(card, profile.address).keep(profile.folder, keystore, password); });
}

base::Status takeJoinCard(const identity::DataDirectory &data, const identity::Profile &profile, identity::Keystore &keystore, const JoinCard &card,
                          const base::Secret &password)
{
    const base::Status trusted = takeTrust(card, [&](const QByteArray &authority) -> base::Status {
        const base::Result<identity::Anchor> added = identity::TrustStore{data, profile}.addAnchor(authority);
        return added ? base::Status{base::Done{}} : base::Status{added.error()};
    });
    return trusted ? accountOf(card, profile.address).keep(profile.folder, keystore, password) : trusted;
}

} // namespace app
