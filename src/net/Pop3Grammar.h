// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <optional>

namespace net {

/// Longest command line without CRLF (RFC 2449 section 4 says 255; UTF-8 names and SASL need more).
inline constexpr qsizetype kPop3CommandLimit = 1024;
inline constexpr qsizetype kPop3AuthLineLimit = 12288;

enum class Pop3Verb { Unknown, User, Pass, Auth, Capa, Stls, Stat, List, Uidl, Retr, Top, Dele, Rset, Noop, Quit, Utf8, Lang };

/// A command line, cut at blanks. RFC 1939 section 3; the verb is case-insensitive.
struct Pop3Command {
    Pop3Verb verb = Pop3Verb::Unknown;
    QByteArrayView argument; ///< All behind the verb's blank, kept as it is: passwords may hold blanks. Points into the line.
};
[[nodiscard]] Pop3Command parsePop3Command(QByteArrayView line);

/// A message number or count: digits only, at most 9 of them. RFC 1939 section 5.
[[nodiscard]] std::optional<int> parsePop3Number(QByteArrayView text);

/// "+OK text" or "-ERR [CODE] text". RFC 1939 section 3, RFC 2449 section 8, RFC 3206.
struct Pop3Status {
    bool isOk = false;
    QByteArray responseCode; ///< "IN-USE", "SYS/TEMP", ...; empty if none.
    QByteArray text;
};
/// ProtocolViolation for anything else. A "+ challenge" of SASL is read by parsePop3Challenge.
[[nodiscard]] base::Result<Pop3Status> parsePop3Status(QByteArrayView line);
/// The base64 text behind "+ ", or nothing. RFC 5034 section 4.
[[nodiscard]] std::optional<QByteArray> parsePop3Challenge(QByteArrayView line);

/// From the lines of a CAPA reply. RFC 2449 section 6.
struct Pop3Capabilities {
    bool hasStls = false;
    bool hasPipelining = false;
    bool hasUtf8 = false;
    QList<QByteArray> saslMechanisms; ///< In upper case.
};
[[nodiscard]] Pop3Capabilities parseCapaLines(const QList<QByteArray> &lines);

/// One line of LIST or UIDL: a number and an octet count, or a number and an id; blanks around these are taken. ProtocolViolation.
struct Pop3ListEntry {
    int number = 0;
    qint64 sizeOctets = 0;
};
struct Pop3UidlEntry {
    int number = 0;
    QByteArray uid; ///< Printable octets; up to 255 are taken of the 70 that RFC 1939 section 7 allows.
};
[[nodiscard]] base::Result<Pop3ListEntry> parseListLine(QByteArrayView line);
[[nodiscard]] base::Result<Pop3UidlEntry> parseUidlLine(QByteArrayView line);

} // namespace net
