// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/SaslExchange.h"

namespace relay {

std::optional<SaslExchange::Mechanism> SaslExchange::mechanismOf(QByteArrayView name)
{
    if (name.compare("PLAIN", Qt::CaseInsensitive) == 0)
        return Mechanism::Plain;
    if (name.compare("LOGIN", Qt::CaseInsensitive) == 0)
        return Mechanism::Login;
    if (name.compare(net::kScramMechanism, Qt::CaseInsensitive) == 0)
        return Mechanism::ScramSha256;
    return std::nullopt;
}

SaslExchange::Step SaslExchange::begin(const std::optional<QByteArray> &initial)
{
    if (initial)
        return take(*initial);
    return Challenge{m_mechanism == Mechanism::Login ? QByteArray{"Username:"} : QByteArray{""}};
}

SaslExchange::Step SaslExchange::take(const QByteArray &response)
{
    switch (m_at) {
    case At::First:
        return takeFirst(response);
    case At::LoginPassword:
        return CheckPassword{m_name, base::Secret{response}};
    case At::ScramFinal:
        return takeScramFinal(response);
    case At::ScramEnd:
        // The client's empty answer to the server's signature.
        return response.isEmpty() ? Step{Accepted{m_name}} : Step{Refused{true}};
    }
    Q_UNREACHABLE_RETURN(Refused{true});
}

SaslExchange::Step SaslExchange::takeFirst(const QByteArray &response)
{
    switch (m_mechanism) {
    case Mechanism::Plain:
        return takePlain(response);
    case Mechanism::Login:
        if (response.isEmpty())
            return Refused{true};
        m_name = response;
        m_at = At::LoginPassword;
        return Challenge{"Password:"};
    case Mechanism::ScramSha256:
        break;
    }
    const base::Result<QByteArray> name = m_scram.takeClientFirst(response);
    if (!name)
        return Refused{name.error().code == base::ErrorCode::ProtocolViolation};
    m_name = *name;
    return FindVerifier{m_name};
}

SaslExchange::Step SaslExchange::takePlain(const QByteArray &response)
{
    base::Result<net::PlainCredentials> credentials = net::parseSaslPlain(response);
    if (!credentials)
        return Refused{true};
    // Nobody may act for another here.
    if (!credentials->authorizationId.isEmpty() && credentials->authorizationId != credentials->userName)
        return Refused{false};
    return CheckPassword{credentials->userName, credentials->password};
}

SaslExchange::Step SaslExchange::verifierFound(const net::ScramVerifier &verifier)
{
    m_at = At::ScramFinal;
    return Challenge{m_scram.serverFirst(verifier)};
}

SaslExchange::Step SaslExchange::takeScramFinal(const QByteArray &response)
{
    const base::Result<QByteArray> last = m_scram.takeClientFinal(response);
    if (!last)
        return Refused{last.error().code == base::ErrorCode::ProtocolViolation};
    m_at = At::ScramEnd;
    return Challenge{*last};
}

std::optional<QByteArray> decodeSasl(QByteArrayView text)
{
    if (text == "=")
        return QByteArray{""};
    auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional{*decoded} : std::nullopt;
}

} // namespace relay
