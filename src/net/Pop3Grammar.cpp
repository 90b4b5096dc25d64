// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Pop3Grammar.h"

#include <array>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace net {

namespace {

struct VerbName {
    const char *name;
    Pop3Verb verb;
};
constexpr std::array kVerbs{
    VerbName{"RETR", Pop3Verb::Retr}, VerbName{"DELE", Pop3Verb::Dele}, VerbName{"USER", Pop3Verb::User}, VerbName{"PASS", Pop3Verb::Pass},
    VerbName{"AUTH", Pop3Verb::Auth}, VerbName{"CAPA", Pop3Verb::Capa}, VerbName{"STLS", Pop3Verb::Stls}, VerbName{"STAT", Pop3Verb::Stat},
    VerbName{"LIST", Pop3Verb::List}, VerbName{"UIDL", Pop3Verb::Uidl}, VerbName{"TOP", Pop3Verb::Top},   VerbName{"RSET", Pop3Verb::Rset},
    VerbName{"NOOP", Pop3Verb::Noop}, VerbName{"QUIT", Pop3Verb::Quit}, VerbName{"UTF8", Pop3Verb::Utf8}, VerbName{"LANG", Pop3Verb::Lang},
};

base::Error violation(const QString &what, QByteArrayView line)
{
    return {ErrorCode::ProtocolViolation, what, {}, line.first(qMin(line.size(), qsizetype{200})).toByteArray()};
}

/// RFC 1939 section 7 says 70 octets. Servers that name messages after their files exceed it, and all of somebody's mail would stay there.
constexpr qsizetype kUidLimit = 255;

/// Cuts `line` at its first blank.
std::pair<QByteArrayView, QByteArrayView> cut(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    return blank < 0 ? std::pair{line, QByteArrayView{}} : std::pair{line.first(blank), line.sliced(blank + 1)};
}

/// Some programs end a line with a blank. A password may end with one.
QByteArrayView argumentOf(Pop3Verb verb, QByteArrayView argument)
{
    while (verb != Pop3Verb::Pass && argument.endsWith(' '))
        argument.chop(1);
    return argument;
}

} // namespace

Pop3Command parsePop3Command(QByteArrayView line)
{
    const auto [word, argument] = cut(line);
    for (const VerbName &verb : kVerbs)
        if (word.compare(verb.name, Qt::CaseInsensitive) == 0)
            return {verb.verb, argumentOf(verb.verb, argument)};
    return {Pop3Verb::Unknown, argument};
}

std::optional<int> parsePop3Number(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 9)
        return std::nullopt;
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

base::Result<Pop3Status> parsePop3Status(QByteArrayView line)
{
    const auto [word, rest] = cut(line);
    if (word != "+OK" && word != "-ERR")
        return violation(u"neither +OK nor -ERR"_s, line);
    Pop3Status status{word == "+OK", {}, rest.toByteArray()};
    const qsizetype close = rest.indexOf(']');
    if (rest.startsWith('[') && close > 0) {
        status.responseCode = rest.sliced(1, close - 1).toByteArray().toUpper();
        status.text = rest.sliced(close + 1).trimmed().toByteArray();
    }
    return status;
}

std::optional<QByteArray> parsePop3Challenge(QByteArrayView line)
{
    if (line != "+" && !line.startsWith("+ "))
        return std::nullopt;
    return line.size() > 2 ? line.sliced(2).toByteArray() : QByteArray{""};
}

Pop3Capabilities parseCapaLines(const QList<QByteArray> &lines)
{
    Pop3Capabilities result;
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.trimmed().toUpper().split(' ');
        const QByteArray &keyword = words.first();
        result.hasStls = result.hasStls || keyword == "STLS";
        result.hasPipelining = result.hasPipelining || keyword == "PIPELINING";
        result.hasUtf8 = result.hasUtf8 || keyword == "UTF8";
        if (keyword == "SASL")
            result.saslMechanisms += words.sliced(1);
    }
    result.saslMechanisms.removeAll(QByteArray{});
    return result;
}

base::Result<Pop3ListEntry> parseListLine(QByteArrayView line)
{
    const auto [number, rest] = cut(line);
    const std::optional<int> parsed = parsePop3Number(number);
    bool isNumber = false;
    const qint64 octets = cut(rest.trimmed()).first.toLongLong(&isNumber);
    if (!parsed || *parsed < 1 || !isNumber || octets < 0)
        return violation(u"not a line of LIST"_s, line);
    return Pop3ListEntry{*parsed, octets};
}

base::Result<Pop3UidlEntry> parseUidlLine(QByteArrayView line)
{
    const auto [number, rest] = cut(line);
    const QByteArrayView uid = rest.trimmed();
    const std::optional<int> parsed = parsePop3Number(number);
    const bool isPrintable = std::all_of(uid.begin(), uid.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
    if (!parsed || *parsed < 1 || uid.isEmpty() || uid.size() > kUidLimit || !isPrintable)
        return violation(u"not a line of UIDL"_s, line);
    return Pop3UidlEntry{*parsed, uid.toByteArray()};
}

} // namespace net
