// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "net/Scram.h"

#include <QByteArray>
#include <optional>
#include <variant>

namespace relay {

/// How a login ended. Malformed is a protocol error; Refused counts as a wrong password.
enum class LoginOutcome { Malformed, Refused, Accepted };

/// The server's side of one SASL login, whose text SMTP and POP3 carry: PLAIN, LOGIN, SCRAM-SHA-256.
/// RFC 4422, RFC 4616, RFC 7677; LOGIN as in draft-murchison-sasl-login.
class SaslExchange
{
public:
    enum class Mechanism { Plain, Login, ScramSha256 };
    [[nodiscard]] static std::optional<Mechanism> mechanismOf(QByteArrayView name);

    struct Challenge { QByteArray text; };                                 ///< Send it, in base64, and wait for take().
    struct CheckPassword { QByteArray name; base::Secret password; };      ///< Check it; the login stands or falls with it.
    struct FindVerifier { QByteArray name; };                              ///< Look it up; then verifierFound().
    struct Accepted { QByteArray name; };
    struct Refused { bool isMalformed = false; };                          ///< Malformed is a protocol error, else a wrong login.
    using Step = std::variant<Challenge, CheckPassword, FindVerifier, Accepted, Refused>;

    explicit SaslExchange(Mechanism mechanism) : m_mechanism(mechanism) {}

    /// `initial` is the client's initial response, decoded, if there was one.
    [[nodiscard]] Step begin(const std::optional<QByteArray> &initial);
    /// The client's next response, decoded.
    [[nodiscard]] Step take(const QByteArray &response);
    [[nodiscard]] Step verifierFound(const net::ScramVerifier &verifier);

private:
    enum class At { First, LoginPassword, ScramFinal, ScramEnd };
    [[nodiscard]] Step takeFirst(const QByteArray &response);
    [[nodiscard]] Step takePlain(const QByteArray &response);
    [[nodiscard]] Step takeScramFinal(const QByteArray &response);

    Mechanism m_mechanism;
    At m_at = At::First;
    QByteArray m_name;
    net::ScramServer m_scram;
};

/// Base64 as it goes over the wire; "=" is an empty text. Nothing for what is not base64 (RFC 4954 section 4).
[[nodiscard]] std::optional<QByteArray> decodeSasl(QByteArrayView text);

} // namespace relay
