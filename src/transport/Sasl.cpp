// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/Sasl.h"

#include "net/Endpoint.h"

using namespace Qt::StringLiterals;

namespace transport {

base::Result<Sasl> Sasl::choose(const QList<QByteArray> &offered, const Server &server, Channel channel)
{
    Sasl sasl{server};
    if (offered.contains(net::kScramMechanism)) {
        sasl.m_scram.emplace(sasl.m_user, server.password);
        return sasl;
    }
    // PLAIN shows the password to whoever listens. RFC 4616 section 6.
    const bool isUnheard = channel == Channel::Encrypted || net::isLoopback(server.host);
    sasl.m_isLogin = !offered.contains("PLAIN");
    if (isUnheard && (!sasl.m_isLogin || offered.contains("LOGIN")))
        return sasl;
    return {base::ErrorCode::AuthenticationUnavailable, u"the server offers %1 on this connection"_s.arg(
        offered.isEmpty() ? u"no login"_s : QString::fromLatin1(offered.join(' ')))};
}

QByteArray Sasl::mechanism() const
{
    return m_scram ? QByteArray{net::kScramMechanism} : m_isLogin ? "LOGIN"_ba : "PLAIN"_ba;
}

base::Result<QByteArray> Sasl::initialResponse()
{
    if (m_isLogin)
        return QByteArray{};
    if (!m_scram)
        return net::saslPlain(m_user, m_password).toBase64();
    base::Result<QByteArray> first = m_scram->clientFirst();
    if (!first)
        return first.error();
    return first->toBase64();
}

base::Result<QByteArray> Sasl::answer(QByteArrayView challenge)
{
    if (m_isLogin)
        return answerAsLogin();
    const auto decoded = QByteArray::fromBase64Encoding(challenge.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {base::ErrorCode::ProtocolViolation, u"a login challenge that is no base64"_s};
    if (!m_scram || m_progress == Progress::ServerProved)
        return {base::ErrorCode::ProtocolViolation, u"a login challenge too many"_s};
    if (m_progress == Progress::Begun) {
        base::Result<QByteArray> final = m_scram->clientFinal(*decoded);
        if (!final)
            return final.error();
        m_progress = Progress::ProofSent;
        return final->toBase64();
    }
    if (const base::Status proved = m_scram->verify(*decoded); !proved)
        return proved.error();
    m_progress = Progress::ServerProved;
    return QByteArray{""};
}

/// What the server asks for stands in its challenges in many wordings; the order is always the same.
base::Result<QByteArray> Sasl::answerAsLogin()
{
    switch (m_progress) {
    case Progress::Begun:
        m_progress = Progress::ProofSent;
        return m_user.toBase64();
    case Progress::ProofSent:
        m_progress = Progress::ServerProved;
        return m_password.view().toByteArray().toBase64();
    case Progress::ServerProved:
        break;
    }
    return {base::ErrorCode::ProtocolViolation, u"a login challenge too many"_s};
}

base::Status Sasl::finish() const
{
    if (m_scram && m_progress != Progress::ServerProved)
        return {base::ErrorCode::AuthenticationFailed, u"the server did not prove that it knows the password"_s};
    return base::Done{};
}

} // namespace transport
