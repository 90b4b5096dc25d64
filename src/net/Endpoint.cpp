// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Endpoint.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace net {

namespace {

base::Result<quint16> parsePort(QStringView text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port > 65535 || text.startsWith(u'+'))
        return {ErrorCode::ConfigurationInvalid, u"\"%1\" is not a port from 0 to 65535"_s.arg(text)};
    return static_cast<quint16>(port);
}

base::Result<Endpoint> withPort(const QString &host, QStringView portText)
{
    base::Result<quint16> port = parsePort(portText);
    if (!port)
        return port.error();
    return Endpoint{host.isEmpty() ? u"127.0.0.1"_s : host, *port};
}

} // namespace

base::Result<Endpoint> parseEndpoint(const QString &text, std::optional<quint16> defaultPort)
{
    const base::Error invalid{ErrorCode::ConfigurationInvalid, u"\"%1\" is not ADDR:PORT"_s.arg(text), {}, {}};
    if (text.startsWith(u'[')) {
        const qsizetype close = text.indexOf(u']');
        const QString host = text.mid(1, close - 1);
        if (close < 0 || QHostAddress{host}.protocol() != QAbstractSocket::IPv6Protocol)
            return invalid;
        if (close + 1 == text.size() && defaultPort)
            return Endpoint{host, *defaultPort};
        if (close + 1 >= text.size() || text[close + 1] != u':')
            return invalid;
        return withPort(host, QStringView{text}.sliced(close + 2));
    }
    const qsizetype colon = text.indexOf(u':');
    if (colon >= 0 && text.indexOf(u':', colon + 1) >= 0)
        return invalid; // IPv6 without brackets is ambiguous.
    if (colon < 0 && (!defaultPort || text.isEmpty()))
        return invalid;
    return colon < 0 ? Endpoint{text, *defaultPort} : withPort(text.first(colon), QStringView{text}.sliced(colon + 1));
}

QString toString(const Endpoint &endpoint)
{
    const QString host = endpoint.host.contains(u':') ? u'[' + endpoint.host + u']' : endpoint.host;
    return host + u':' + QString::number(endpoint.port);
}

bool isLoopback(const QHostAddress &address)
{
    return address.isLoopback();
}

bool isLoopback(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address{host};
    return !address.isNull() && isLoopback(address);
}

QByteArray countedAs(const QHostAddress &address)
{
    constexpr int kNetworkOctets = 8;
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4); // "::ffff:192.0.2.1" is one of these, too.
    if (isIpv4)
        return QHostAddress{ipv4}.toString().toLatin1();
    Q_IPV6ADDR octets = address.toIPv6Address();
    std::fill(std::begin(octets.c) + kNetworkOctets, std::end(octets.c), quint8{0});
    return QHostAddress{octets}.toString().toLatin1();
}

} // namespace net
