// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/LeadIn.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace smime {

namespace {

constexpr QByteArrayView kByteOrderMark{"\xef\xbb\xbf"};
constexpr qsizetype kMostOctets = 100;

// With what the header of a mail begins. Not any "word:": a text whose first words look like a field must not become a header.
constexpr std::array<QByteArrayView, 14> kFirstFields{
    "from:",    "to:",           "subject:",     "date:",          "received:", "return-path:",   "delivered-to:",
    "message-id:", "mime-version:", "content-type:", "x-", "dkim-signature:", "authentication-results:", "reply-to:",
};

bool beginsHeader(QByteArrayView text)
{
    const QByteArray begin = text.first(std::min<qsizetype>(text.size(), 40)).toByteArray().toLower();
    return begin.startsWith("from ") || std::any_of(kFirstFields.begin(), kFirstFields.end(), [&begin](QByteArrayView field) { return begin.startsWith(field); });
}

} // namespace

qsizetype leadInOctets(QByteArrayView message)
{
    qsizetype at = message.startsWith(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (at < std::min(message.size(), kMostOctets) && (message[at] == '\r' || message[at] == '\n'))
        ++at;
    return at > 0 && beginsHeader(message.sliced(at)) ? at : 0;
}

} // namespace smime
