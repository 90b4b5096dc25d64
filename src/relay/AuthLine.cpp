// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/AuthLine.h"

#include <algorithm>
#include <array>

namespace relay {

namespace {

/// What clients ask for, of IANA's registry and beyond it.
constexpr std::array<QByteArrayView, 16> kMechanisms{"PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS",
                                                     "SCRAM-SHA-512", "SCRAM-SHA-512-PLUS", "CRAM-MD5", "DIGEST-MD5", "GSSAPI", "NTLM", "EXTERNAL",
                                                     "ANONYMOUS", "XOAUTH2", "OAUTHBEARER"};

} // namespace

QByteArray maskedAuth(QByteArrayView argument)
{
    if (argument.isEmpty())
        return "AUTH";
    const qsizetype blank = argument.indexOf(' ');
    const QByteArrayView mechanism = blank < 0 ? argument : argument.first(blank);
    const bool isKnown = std::any_of(kMechanisms.begin(), kMechanisms.end(), [mechanism](QByteArrayView one) { return one.compare(mechanism, Qt::CaseInsensitive) == 0; });
    if (!isKnown)
        return "AUTH ****";
    return QByteArray{"AUTH "}.append(mechanism).append(blank < 0 ? "" : " ****");
}

} // namespace relay
