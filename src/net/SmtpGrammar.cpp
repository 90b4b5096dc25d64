// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/SmtpGrammar.h"

#include <QHostAddress>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;

namespace net {

namespace {

constexpr qsizetype kLocalPartLimit = 64;
constexpr qsizetype kDomainLimit = 255;
constexpr qsizetype kPathLimit = 254;
constexpr qsizetype kReplyLines = 100;
/// What is worth telling of a reply: with "Diagnostic-Code: smtp; " before it, it fits in one line of a report.
constexpr qsizetype kToldOctets = 900;

struct VerbName {
    const char *name;
    SmtpVerb verb;
};
constexpr std::array kVerbs{
    VerbName{"MAIL", SmtpVerb::Mail}, VerbName{"RCPT", SmtpVerb::Rcpt}, VerbName{"DATA", SmtpVerb::Data},
    VerbName{"BDAT", SmtpVerb::Bdat}, VerbName{"EHLO", SmtpVerb::Ehlo}, VerbName{"HELO", SmtpVerb::Helo},
    VerbName{"RSET", SmtpVerb::Rset}, VerbName{"NOOP", SmtpVerb::Noop}, VerbName{"QUIT", SmtpVerb::Quit},
    VerbName{"VRFY", SmtpVerb::Vrfy}, VerbName{"EXPN", SmtpVerb::Expn}, VerbName{"HELP", SmtpVerb::Help},
    VerbName{"STARTTLS", SmtpVerb::StartTls}, VerbName{"AUTH", SmtpVerb::Auth},
};

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isEightBit(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

bool isAtomChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || QByteArrayView{"!#$%&'*+-/=?^_`{|}~"}.contains(c) || isEightBit(c);
}

bool isDotAtom(QByteArrayView text)
{
    if (text.isEmpty() || text.front() == '.' || text.back() == '.' || text.indexOf("..") >= 0)
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || isAtomChar(c); });
}

bool isQuotedString(QByteArrayView text)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return false;
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        if (isControl(text[i]) || text[i] == '"')
            return false;
        if (text[i] == '\\' && (++i == text.size() - 1 || isControl(text[i])))
            return false;
    }
    return true;
}

bool isAddressLiteral(QByteArrayView text)
{
    if (!text.startsWith('[') || !text.endsWith(']'))
        return false;
    const QByteArrayView inner = text.sliced(1, text.size() - 2);
    if (inner.size() > 5 && inner.first(5).compare("IPv6:", Qt::CaseInsensitive) == 0)
        return !inner.contains('%') && QHostAddress{QString::fromLatin1(inner.sliced(5))}.protocol() == QAbstractSocket::IPv6Protocol;
    // QHostAddress would read "1" and "127.1" as well.
    return std::count(inner.begin(), inner.end(), '.') == 3 && QHostAddress{QString::fromLatin1(inner)}.protocol() == QAbstractSocket::IPv4Protocol;
}

bool isDomain(QByteArrayView text)
{
    if (text.startsWith('['))
        return isAddressLiteral(text);
    qsizetype labelOctets = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.') {
            if (labelOctets == 0 || text[i - 1] == '-')
                return false;
            labelOctets = 0;
            continue;
        }
        const bool isLetterDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || isEightBit(c);
        if (!isLetterDigit && (c != '-' || labelOctets == 0))
            return false;
        if (++labelOctets > 63)
            return false;
    }
    return labelOctets > 0 && text.back() != '-';
}

/// Where the '>' of a path that begins at 0 stands, quoted strings skipped; -1 if nowhere.
qsizetype endOfPath(QByteArrayView text)
{
    bool isQuoted = false;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (isQuoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && text[i] == '>')
            return i;
    }
    return -1;
}

/// What follows a source route, which is skipped as RFC 5321 appendix F.2 allows; nothing if the route is malformed or leads nowhere.
std::optional<QByteArrayView> withoutSourceRoute(QByteArrayView path)
{
    if (!path.startsWith('@'))
        return path;
    const qsizetype colon = path.indexOf(':');
    if (colon < 0 || colon + 1 == path.size())
        return std::nullopt;
    for (QByteArrayView route = path.first(colon); !route.isEmpty();) {
        const qsizetype comma = route.indexOf(',');
        const QByteArrayView hop = comma < 0 ? route : route.first(comma);
        if (!hop.startsWith('@') || !isDomain(hop.sliced(1)) || comma + 1 == route.size())
            return std::nullopt;
        route = comma < 0 ? QByteArrayView{} : route.sliced(comma + 1);
    }
    return path.sliced(colon + 1);
}

base::Result<QList<SmtpParameter>> parseParameters(QByteArrayView text)
{
    QList<SmtpParameter> parameters;
    while (!text.isEmpty()) {
        const qsizetype blank = text.indexOf(' ');
        const QByteArrayView word = blank < 0 ? text : text.first(blank);
        text = blank < 0 ? QByteArrayView{} : text.sliced(blank + 1);
        if (word.isEmpty())
            continue;
        const qsizetype equals = word.indexOf('=');
        SmtpParameter parameter{(equals < 0 ? word : word.first(equals)).toByteArray().toUpper(), {}};
        if (parameter.name.isEmpty())
            return Error{ErrorCode::InvalidArgument, u"a parameter without a name"_s, {}, {}};
        if (equals >= 0)
            parameter.value = word.sliced(equals + 1).toByteArray();
        parameters.append(std::move(parameter));
    }
    return parameters;
}

enum class PathKind { Sender, Recipient };

base::Result<SmtpPath> parsePathArgument(QByteArrayView argument, QByteArrayView keyword, PathKind kind)
{
    if (argument.size() < keyword.size() || argument.first(keyword.size()).compare(keyword, Qt::CaseInsensitive) != 0)
        return {ErrorCode::InvalidArgument, u"expected %1<address>"_s.arg(QLatin1StringView{keyword})};
    // A blank behind the colon is wrong and common; taken.
    const QByteArrayView text = argument.sliced(keyword.size()).trimmed();
    const qsizetype end = text.startsWith('<') ? endOfPath(text) : -1;
    if (end < 0)
        return {ErrorCode::AddressInvalid, u"the address must stand in angle brackets"_s};
    const std::optional<QByteArrayView> mailbox = withoutSourceRoute(text.sliced(1, end - 1));
    const bool isWithoutDomain = mailbox && (kind == PathKind::Sender ? mailbox->isEmpty() : mailbox->compare("postmaster", Qt::CaseInsensitive) == 0);
    if (!mailbox || (!isWithoutDomain && !isSmtpMailbox(*mailbox, SmtpCharset::Utf8)))
        return {ErrorCode::AddressInvalid, u"not a mailbox"_s};
    const QByteArrayView rest = text.sliced(end + 1);
    if (!rest.isEmpty() && rest.front() != ' ')
        return {ErrorCode::InvalidArgument, u"a blank is missing behind the address"_s};
    base::Result<QList<SmtpParameter>> parameters = parseParameters(rest);
    if (!parameters)
        return parameters.error();
    return SmtpPath{mailbox->toByteArray(), std::move(parameters).value()};
}

bool isEnhancedCode(QByteArrayView text)
{
    // class "." subject "." detail, RFC 2034.
    if (text.size() < 5 || text[1] != '.' || !QByteArrayView{"245"}.contains(text[0]))
        return false;
    const qsizetype second = text.indexOf('.', 2);
    const auto isNumber = [](QByteArrayView t) {
        return !t.isEmpty() && t.size() <= 3 && std::all_of(t.begin(), t.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return second > 2 && isNumber(text.sliced(2, second - 2)) && isNumber(text.sliced(second + 1));
}

base::Result<QByteArray> pathCommand(QByteArrayView prefix, QByteArrayView mailbox)
{
    if (std::any_of(mailbox.begin(), mailbox.end(), isControl) || (!mailbox.isEmpty() && !isSmtpMailbox(mailbox, SmtpCharset::Utf8)))
        return {ErrorCode::InvalidArgument, u"not a mailbox"_s};
    return QByteArray{prefix.toByteArray().append('<').append(mailbox).append('>')};
}

} // namespace

SmtpCommand parseSmtpCommand(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    const QByteArrayView word = blank < 0 ? line : line.first(blank);
    const QByteArrayView argument = blank < 0 ? QByteArrayView{} : line.sliced(blank + 1).trimmed();
    for (const VerbName &verb : kVerbs)
        if (word.compare(verb.name, Qt::CaseInsensitive) == 0)
            return {verb.verb, argument};
    return {SmtpVerb::Unknown, argument};
}

const SmtpParameter *SmtpPath::find(QByteArrayView name) const
{
    const auto it = std::find_if(parameters.begin(), parameters.end(), [name](const SmtpParameter &p) { return p.name == name; });
    return it == parameters.end() ? nullptr : &*it;
}

base::Result<SmtpPath> parseMailArgument(QByteArrayView argument)
{
    return parsePathArgument(argument, "FROM:", PathKind::Sender);
}

base::Result<SmtpPath> parseRcptArgument(QByteArrayView argument)
{
    return parsePathArgument(argument, "TO:", PathKind::Recipient);
}

bool isSmtpMailbox(QByteArrayView mailbox, SmtpCharset charset)
{
    const qsizetype at = mailbox.lastIndexOf('@');
    if (at < 1 || at > kLocalPartLimit || mailbox.size() - at - 1 > kDomainLimit || mailbox.size() > kPathLimit)
        return false;
    const QByteArrayView local = mailbox.first(at);
    const bool hasEightBit = std::any_of(mailbox.begin(), mailbox.end(), isEightBit);
    if (hasEightBit && (charset == SmtpCharset::Ascii || !mailbox.isValidUtf8()))
        return false;
    return (isDotAtom(local) || isQuotedString(local)) && isDomain(mailbox.sliced(at + 1));
}

base::Result<QByteArray> decodeXtext(QByteArrayView text)
{
    const auto isHexDigit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '+') {
            if (text[i] < 33 || text[i] > 126 || text[i] == '=')
                return {ErrorCode::InvalidArgument, u"not xtext"_s};
            result.append(text[i]);
            continue;
        }
        // Two digits in upper case: RFC 3461 section 4.
        if (i + 2 >= text.size() || !isHexDigit(text[i + 1]) || !isHexDigit(text[i + 2]))
            return {ErrorCode::InvalidArgument, u"not xtext"_s};
        result.append(static_cast<char>(text.sliced(i + 1, 2).toInt(nullptr, 16)));
        i += 2;
    }
    return result;
}

QByteArray SmtpReply::lastLine() const
{
    return QByteArray::number(code) + ' ' + (lines.isEmpty() ? QByteArray{} : lines.last());
}

QByteArray SmtpReply::inOneLine() const
{
    QByteArray all = QByteArray::number(code);
    if (!enhancedCode.isEmpty())
        all.append(' ').append(enhancedCode);
    for (const QByteArray &line : lines) {
        const bool isCodeFirst = !enhancedCode.isEmpty() && (line == enhancedCode || line.startsWith(enhancedCode + ' '));
        const QByteArray text = (isCodeFirst ? line.sliced(enhancedCode.size()) : line).trimmed();
        if (!text.isEmpty())
            all.append(' ').append(text);
    }
    return all.first(qMin(all.size(), kToldOctets));
}

std::optional<base::Result<SmtpReply>> SmtpReplyReader::take(QByteArrayView line)
{
    bool isNumber = false;
    const int code = line.size() >= 3 ? line.first(3).toInt(&isNumber) : 0;
    const bool isLast = line.size() == 3 || (line.size() > 3 && line[3] == ' ');
    const bool isInner = line.size() > 3 && line[3] == '-';
    const bool belongs = m_reply.lines.isEmpty() || m_reply.code == code;
    if (!isNumber || code < 200 || code > 599 || !(isLast || isInner) || !belongs || m_reply.lines.size() >= kReplyLines) {
        m_reply = {};
        return base::Result<SmtpReply>{Error{ErrorCode::ProtocolViolation, u"not an SMTP reply"_s, {}, line.first(qMin(line.size(), qsizetype{200})).toByteArray()}};
    }
    m_reply.code = code;
    m_reply.lines.append(line.size() > 4 ? line.sliced(4).toByteArray() : QByteArray{});
    if (!isLast)
        return std::nullopt;
    const QByteArrayView text = m_reply.lines.last();
    const qsizetype blank = text.indexOf(' ');
    if (const QByteArrayView word = blank < 0 ? text : text.first(blank); isEnhancedCode(word))
        m_reply.enhancedCode = word.toByteArray();
    return base::Result<SmtpReply>{std::exchange(m_reply, {})};
}

void appendSmtpReply(QByteArray &out, int code, QByteArrayView enhanced, const QList<QByteArray> &texts)
{
    const QByteArray number = QByteArray::number(code);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        out.append(number).append(i + 1 < texts.size() ? '-' : ' ');
        if (!enhanced.isEmpty())
            out.append(enhanced).append(' ');
        out.append(texts[i]).append("\r\n");
    }
}

SmtpCapabilities parseEhloReply(const SmtpReply &reply)
{
    SmtpCapabilities result;
    for (qsizetype i = 1; i < reply.lines.size(); ++i) {
        const QList<QByteArray> words = reply.lines[i].trimmed().toUpper().split(' ');
        const QByteArray &keyword = words.first();
        if (keyword == "STARTTLS")
            result.hasStartTls = true;
        else if (keyword == "PIPELINING")
            result.hasPipelining = true;
        else if (keyword == "8BITMIME")
            result.hasEightBitMime = true;
        else if (keyword == "SMTPUTF8")
            result.hasSmtpUtf8 = true;
        else if (keyword == "DSN")
            result.hasDsn = true;
        else if (keyword == "SIZE" && words.value(1).toLongLong() > 0)
            result.sizeLimitOctets = words[1].toLongLong();
        else if (keyword == "AUTH")
            result.authMechanisms += words.sliced(1);
    }
    result.authMechanisms.removeAll(QByteArray{});
    return result;
}

base::Result<QByteArray> smtpMailCommand(QByteArrayView mailbox, const SmtpMailOptions &options)
{
    base::Result<QByteArray> command = pathCommand("MAIL FROM:", mailbox);
    if (!command)
        return command;
    if (options.sizeOctets)
        *command += " SIZE=" + QByteArray::number(*options.sizeOctets);
    if (options.isEightBit)
        *command += " BODY=8BITMIME";
    if (options.isUtf8)
        *command += " SMTPUTF8";
    if (!options.dsnReturn.isEmpty())
        *command += " RET=" + options.dsnReturn;
    if (!options.dsnEnvelopeId.isEmpty())
        *command += " ENVID=" + options.dsnEnvelopeId;
    return command;
}

base::Result<QByteArray> smtpRcptCommand(QByteArrayView mailbox, const SmtpRcptOptions &options)
{
    base::Result<QByteArray> command = pathCommand("RCPT TO:", mailbox);
    if (command && !options.dsnNotify.isEmpty())
        *command += " NOTIFY=" + options.dsnNotify;
    if (command && !options.dsnOriginalRecipient.isEmpty())
        *command += " ORCPT=" + options.dsnOriginalRecipient;
    return command;
}

} // namespace net
