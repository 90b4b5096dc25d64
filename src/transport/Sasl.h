// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/Scram.h"
#include "transport/Server.h"

#include <QByteArray>
#include <QList>
#include <optional>

namespace transport {

enum class Channel { Clear, Encrypted };

/// The client's side of a login, for SMTP and POP3 alike: SCRAM-SHA-256 where it is offered, else PLAIN where nobody can listen, else LOGIN,
/// which is no standard and all that some servers know. RFC 4422, RFC 4616, RFC 7677.
class Sasl
{
public:
    /// AuthenticationUnavailable if the server offers nothing that may be used on this channel.
    [[nodiscard]] static base::Result<Sasl> choose(const QList<QByteArray> &offered, const Server &server, Channel channel);

    /// "PLAIN"
    [[nodiscard]] QByteArray mechanism() const;
    /// Base64 of the initial response; null if there is none. InvalidArgument (SASLprep).
    [[nodiscard]] base::Result<QByteArray> initialResponse();
    /// Base64 of the answer to a challenge in base64. ProtocolViolation, AlgorithmRefused, AuthenticationFailed (the server does not know the password).
    [[nodiscard]] base::Result<QByteArray> answer(QByteArrayView challenge);
    /// After the server's yes: AuthenticationFailed if it has not proved that it knows the password. RFC 5802 section 5.
    [[nodiscard]] base::Status finish() const;

private:
    explicit Sasl(const Server &server) : m_user(server.user.toUtf8()), m_password(server.password) {}

    base::Result<QByteArray> answerAsLogin();

    enum class Progress { Begun, ProofSent, ServerProved };
    QByteArray m_user;
    base::Secret m_password;
    std::optional<net::ScramClient> m_scram;
    bool m_isLogin = false; ///< Name and password, each when asked for.
    Progress m_progress = Progress::Begun;
};

} // namespace transport
