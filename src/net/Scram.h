// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QByteArray>
#include <optional>

namespace net {

/// SCRAM-SHA-256 without channel binding, both ends (RFC 5802, RFC 7677). Messages are raw; SMTP and POP3 put
/// them into base64. Pure functions of their inputs except for the nonce; any thread.
inline constexpr const char *kScramMechanism = "SCRAM-SHA-256";
inline constexpr int kScramIterations = 10000;

/// What a server keeps instead of a password: it proves knowledge, but cannot log in elsewhere.
struct ScramVerifier {
    QByteArray salt;
    int iterations = 0;
    QByteArray storedKey; ///< 32 octets.
    QByteArray serverKey; ///< 32 octets.

    bool operator==(const ScramVerifier &) const = default;
};

/// SASLprep (RFC 4013) of a name or password: mapped, NFKC, prohibited characters refused. InvalidArgument.
[[nodiscard]] base::Result<QByteArray> saslPrep(QByteArrayView utf8);

/// Slow on purpose (milliseconds): call it on a worker. InvalidArgument for a password that SASLprep refuses.
[[nodiscard]] base::Result<ScramVerifier> makeScramVerifier(const base::Secret &password, int iterations = kScramIterations);
/// True if `password` belongs to `verifier`; slow on purpose. Used for PLAIN, LOGIN and PASS.
[[nodiscard]] bool isPasswordOf(const ScramVerifier &verifier, const base::Secret &password);
/// A verifier that no password fits and that is always the same for `name`, so that an unknown name answers as a known one (RFC 5802 section 9).
[[nodiscard]] ScramVerifier decoyVerifier(QByteArrayView name, QByteArrayView serverSecret);

/// The client's side: clientFirst(), then clientFinal() with the server's answer, then verify() with its last word.
class ScramClient
{
public:
    /// `nonce` is for tests; empty makes a random one.
    ScramClient(QByteArray userName, base::Secret password, QByteArray nonce = {});
    /// InvalidArgument if SASLprep refuses the name.
    [[nodiscard]] base::Result<QByteArray> clientFirst();
    /// ProtocolViolation, or AlgorithmRefused for fewer than 4096 or more than 1,000,000 iterations. Slow on purpose.
    [[nodiscard]] base::Result<QByteArray> clientFinal(QByteArrayView serverFirst);
    /// AuthenticationFailed if the server said e= or does not know the password itself.
    [[nodiscard]] base::Status verify(QByteArrayView serverFinal) const;

private:
    QByteArray m_userName;
    base::Secret m_password;
    QByteArray m_nonce;
    QByteArray m_clientFirstBare;
    QByteArray m_serverSignature;
};

/// The server's side: takeClientFirst(), look the name up, serverFirst(), takeClientFinal().
class ScramServer
{
public:
    /// `nonce` is for tests; empty makes a random one.
    explicit ScramServer(QByteArray nonce = {});
    /// The user name that asks, or ProtocolViolation (channel binding, extensions), or AuthenticationFailed for an authorization
    /// identity other than the name.
    [[nodiscard]] base::Result<QByteArray> takeClientFirst(QByteArrayView clientFirst);
    [[nodiscard]] QByteArray serverFirst(const ScramVerifier &verifier);
    /// The server's last word after a right proof, or AuthenticationFailed, or ProtocolViolation.
    [[nodiscard]] base::Result<QByteArray> takeClientFinal(QByteArrayView clientFinal);

private:
    ScramVerifier m_verifier;
    QByteArray m_nonce;
    QByteArray m_gs2Header;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
};

/// "\0name\0password" of RFC 4616, taken apart. ProtocolViolation. The buffer given is the caller's to wipe.
struct PlainCredentials {
    QByteArray authorizationId;
    QByteArray userName;
    base::Secret password;
};
[[nodiscard]] base::Result<PlainCredentials> parseSaslPlain(QByteArrayView message);
[[nodiscard]] QByteArray saslPlain(QByteArrayView userName, const base::Secret &password);

} // namespace net
