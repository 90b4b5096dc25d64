// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <optional>

namespace net {

/// Longest command line, without CRLF: RFC 5321 section 4.5.3.1.4 (512) plus what MAIL gains by SIZE, BODY, AUTH,
/// SMTPUTF8 and DSN; AUTH's own exchange may be longer (RFC 4954 section 4).
inline constexpr qsizetype kSmtpCommandLimit = 2048;
inline constexpr qsizetype kSmtpAuthLineLimit = 12288;

enum class SmtpVerb { Unknown, Helo, Ehlo, Mail, Rcpt, Data, Bdat, Rset, Noop, Quit, Vrfy, Expn, Help, StartTls, Auth };

/// A command line, cut at its verb. RFC 5321 section 4.1.1; case-insensitive.
struct SmtpCommand {
    SmtpVerb verb = SmtpVerb::Unknown;
    QByteArrayView argument; ///< Behind the verb, without surrounding blanks; points into the line.
};
[[nodiscard]] SmtpCommand parseSmtpCommand(QByteArrayView line);

struct SmtpParameter {
    QByteArray name; ///< In upper case.
    std::optional<QByteArray> value;
    bool operator==(const SmtpParameter &) const = default;
};

/// The argument of MAIL or RCPT.
struct SmtpPath {
    QByteArray mailbox; ///< "local@domain" without brackets or source route; empty for <>. Quoted local parts stay quoted.
    QList<SmtpParameter> parameters;

    [[nodiscard]] const SmtpParameter *find(QByteArrayView name) const;
};

/// Reads "FROM:<path> PARAMETERS" or "TO:<path> PARAMETERS". AddressInvalid (a path that is none) or
/// InvalidArgument (anything else). Source routes are read and ignored (RFC 5321 appendix C).
[[nodiscard]] base::Result<SmtpPath> parseMailArgument(QByteArrayView argument);
[[nodiscard]] base::Result<SmtpPath> parseRcptArgument(QByteArrayView argument);

/// True if `mailbox` is "local@domain" within the length limits of RFC 5321 section 4.5.3.1, with UTF-8 allowed or not (RFC 6531).
enum class SmtpCharset { Ascii, Utf8 };
[[nodiscard]] bool isSmtpMailbox(QByteArrayView mailbox, SmtpCharset charset);

/// What xtext stands for, RFC 3461 section 4. InvalidArgument.
[[nodiscard]] base::Result<QByteArray> decodeXtext(QByteArrayView text);

/// A whole reply. RFC 5321 section 4.2, RFC 2034.
struct SmtpReply {
    int code = 0;
    QByteArray enhancedCode;  ///< "5.1.1", or empty.
    QList<QByteArray> lines;  ///< Texts behind code and separator, the enhanced code included as received.

    [[nodiscard]] bool isPositive() const { return code >= 200 && code < 300; }
    [[nodiscard]] bool isTemporaryFailure() const { return code >= 400 && code < 500; }
    /// "250 2.0.0 text" of the last line.
    [[nodiscard]] QByteArray lastLine() const;
    /// "550 5.1.1 text" with the texts of all lines, for Error::reply; at most about 900 octets.
    [[nodiscard]] QByteArray inOneLine() const;
};

/// Puts the lines of one reply together; bounded to 100 lines.
class SmtpReplyReader
{
public:
    /// Takes one line without CRLF; the reply when it was its last. ProtocolViolation for what is no reply.
    [[nodiscard]] std::optional<base::Result<SmtpReply>> take(QByteArrayView line);

private:
    SmtpReply m_reply;
};

/// Appends "CODE-text" lines and the closing "CODE text" with CRLF; `enhanced` stands in front of each text unless empty.
void appendSmtpReply(QByteArray &out, int code, QByteArrayView enhanced, const QList<QByteArray> &texts);

/// What an EHLO reply offers; keywords are case-insensitive. RFC 5321 section 4.1.1.1.
struct SmtpCapabilities {
    bool hasStartTls = false;
    bool hasPipelining = false;
    bool hasEightBitMime = false;
    bool hasSmtpUtf8 = false;
    bool hasDsn = false;
    std::optional<qint64> sizeLimitOctets; ///< From SIZE; 0 was "no limit" and is absent here.
    QList<QByteArray> authMechanisms;      ///< In upper case.
};
[[nodiscard]] SmtpCapabilities parseEhloReply(const SmtpReply &reply);

/// What MAIL FROM shall say besides the path.
struct SmtpMailOptions {
    std::optional<qint64> sizeOctets;
    bool isEightBit = false;
    bool isUtf8 = false;
    QByteArray dsnReturn = {}; ///< As parseDsnReturn() and the others of net/SmtpDsn.h give them; empty: not said.
    QByteArray dsnEnvelopeId = {};
};
/// What RCPT TO shall say besides the path.
struct SmtpRcptOptions {
    QByteArray dsnNotify;
    QByteArray dsnOriginalRecipient;
};
/// "MAIL FROM:<mailbox> SIZE=... BODY=8BITMIME SMTPUTF8 RET=... ENVID=..." and "RCPT TO:<mailbox> NOTIFY=... ORCPT=...", without CRLF.
/// `mailbox` must hold no control character: InvalidArgument.
[[nodiscard]] base::Result<QByteArray> smtpMailCommand(QByteArrayView mailbox, const SmtpMailOptions &options);
[[nodiscard]] base::Result<QByteArray> smtpRcptCommand(QByteArrayView mailbox, const SmtpRcptOptions &options = {});

} // namespace net
