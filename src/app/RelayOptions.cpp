// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the relay's settings.
#include "app/RelaySettings.h"

#include <QCoreApplication>
#include <algorithm>
#include <chrono>
#include <limits>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

base::Status refuse(const QString &what)
{
    return {ErrorCode::InvalidArgument, what};
}

/// "none" is an empty list; several addresses may stand in one value, with commas between.
base::Status takeEndpoints(const QStringList &values, QList<net::Endpoint> &endpoints)
{
    QList<net::Endpoint> read;
    for (const QString &value : values) {
        if (value == "none"_L1)
            continue;
        for (const QString &word : value.split(u',')) {
            const base::Result<net::Endpoint> endpoint = net::parseEndpoint(word.trimmed());
            if (!endpoint)
                return refuse(endpoint.error().detail);
            read.append(*endpoint);
        }
    }
    endpoints = read;
    return base::Done{};
}

base::Status takeText(const QStringList &values, QString &text)
{
    if (values.size() != 1 || values.first().isEmpty())
        return refuse(u"one value is wanted"_s);
    text = values.first();
    return base::Done{};
}

/// It stands in replies and in Received lines: no blank, no line end.
base::Status takeHostName(const QStringList &values, QString &name)
{
    const auto isFit = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || u"-._[]:"_s.contains(c); };
    const QString given = values.value(0);
    if (values.size() != 1 || given.isEmpty() || given.size() > 255 || !std::all_of(given.cbegin(), given.cend(), isFit))
        return refuse(u"one name such as mail.example.org is wanted"_s);
    name = given;
    return base::Done{};
}

template <typename Number>
base::Status takeNumber(const QStringList &values, Number least, Number &number)
{
    bool isNumber = false;
    const qint64 read = values.size() == 1 ? values.first().toLongLong(&isNumber) : 0;
    if (!isNumber || read < least || read > std::numeric_limits<Number>::max())
        return refuse(u"a whole number from %1 on is wanted"_s.arg(least));
    number = static_cast<Number>(read);
    return base::Done{};
}

template <typename Unit = std::chrono::seconds, typename Duration>
base::Status takeTime(const QStringList &values, Duration &duration)
{
    int count = 0;
    base::Status status = takeNumber(values, 1, count);
    if (status)
        duration = Unit{count};
    return status;
}

/// Days may have a fraction.
base::Status takeDays(const QStringList &values, std::chrono::seconds &duration)
{
    bool isNumber = false;
    const double days = values.size() == 1 ? values.first().toDouble(&isNumber) : 0;
    if (!isNumber || !(days > 0) || days > 36500)
        return refuse(u"a number of days above 0 is wanted"_s);
    duration = std::chrono::seconds{std::max<qint64>(1, static_cast<qint64>(days * 86400))};
    return base::Done{};
}

base::Status takeSwitch(const QStringList &values, bool &isOn)
{
    const QString value = values.size() == 1 ? values.first() : QString{};
    if (value != "true"_L1 && value != "false"_L1)
        return refuse(u"true or false is wanted"_s);
    isOn = value == "true"_L1;
    return base::Done{};
}

base::Status takeSmarthost(const QStringList &values, SmarthostSettings &smarthost)
{
    const base::Result<net::Endpoint> endpoint = net::parseEndpoint(values.value(0));
    if (values.size() != 1 || !endpoint || endpoint->port == 0)
        return refuse(u"one HOST:PORT is wanted"_s);
    smarthost.host = endpoint->host;
    smarthost.port = endpoint->port;
    return base::Done{};
}

/// One of some words, each standing for a value.
template <typename Value>
base::Status takeChoice(const QStringList &values, std::initializer_list<std::pair<QLatin1StringView, Value>> choices, Value &value)
{
    QStringList names;
    for (const auto &[name, choice] : choices) {
        if (values.size() == 1 && values.first() == name) {
            value = choice;
            return base::Done{};
        }
        names.append(name);
    }
    return refuse(u"one of these is wanted: %1"_s.arg(names.join(u", "_s)));
}

constexpr RelayOption kOptions[] = {
    {"smtp", "ADDR:PORT", QT_TRANSLATE_NOOP("cli::Talk", "Take mail at ADDR:PORT, by default 127.0.0.1:1025; may be repeated; none: nowhere."),
     [](RelaySettings &s, const QStringList &v) { return takeEndpoints(v, s.smtp); }},
    {"submission", "ADDR:PORT", QT_TRANSLATE_NOOP("cli::Talk", "Take mail of users who log in, with STARTTLS, by default 127.0.0.1:1587 unless --smtp is given."),
     [](RelaySettings &s, const QStringList &v) { return takeEndpoints(v, s.submission); }},
    {"submission-tls", "ADDR:PORT", QT_TRANSLATE_NOOP("cli::Talk", "The same with TLS from the start, by default 127.0.0.1:1465 unless --smtp is given."),
     [](RelaySettings &s, const QStringList &v) { return takeEndpoints(v, s.submissionTls); }},
    {"pop3", "ADDR:PORT", QT_TRANSLATE_NOOP("cli::Talk", "Give mail out at ADDR:PORT, by default 127.0.0.1:1110; may be repeated; none: nowhere."),
     [](RelaySettings &s, const QStringList &v) { return takeEndpoints(v, s.pop3); }},
    {"pop3-tls", "ADDR:PORT", QT_TRANSLATE_NOOP("cli::Talk", "The same with TLS from the start; none by default."),
     [](RelaySettings &s, const QStringList &v) { return takeEndpoints(v, s.pop3Tls); }},
    {"spool", "DIR", QT_TRANSLATE_NOOP("cli::Talk", "Keep the mail in DIR, by default \"relay\" in the data directory."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.spoolDirectory); }},
    {"host-name", "NAME", QT_TRANSLATE_NOOP("cli::Talk", "The name in greetings and Received lines, by default localhost."),
     [](RelaySettings &s, const QStringList &v) { return takeHostName(v, s.hostName); }},
    {"tls-certificate", "FILE", QT_TRANSLATE_NOOP("cli::Talk", "PEM file with a certificate chain of your own, leaf first."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.tlsCertificateFile); }},
    {"tls-key", "FILE", QT_TRANSLATE_NOOP("cli::Talk", "PEM file with its key, RSA or EC, without passphrase."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.tlsKeyFile); }},
    {"authority-passphrase-file", "FILE", QT_TRANSLATE_NOOP("cli::Talk", "The authority's passphrase: with it the authority issues the relay's certificate and renews it in time."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.authorityPassphraseFile); }},
    {"sender", "own|own-from|any", QT_TRANSLATE_NOOP("cli::Talk", "Users may send under addresses of their own (by default: the envelope; own-from: the From line too), or under any."),
     [](RelaySettings &s, const QStringList &v) {
         return takeChoice(v, {{"own"_L1, relay::SenderPolicy::MustBeOwn}, {"own-from"_L1, relay::SenderPolicy::MustBeOwnAndFrom},
                               {"any"_L1, relay::SenderPolicy::Any}}, s.senderOfUsers);
     }},
    {"undeclared-8bit", "refuse|accept", QT_TRANSLATE_NOOP("cli::Talk", "Whether 8-bit text that was not announced with BODY=8BITMIME is refused, as by default, or taken."),
     [](RelaySettings &s, const QStringList &v) {
         return takeChoice(v, {{"refuse"_L1, relay::EightBitPolicy::Refuse}, {"accept"_L1, relay::EightBitPolicy::Accept}}, s.undeclaredEightBit);
     }},
    {"repetitions", "once|each", QT_TRANSLATE_NOOP("cli::Talk", "Whether a message that comes again within 24 hours, octet for octet, is kept once, as by default, or each time."),
     [](RelaySettings &s, const QStringList &v) {
         return takeChoice(v, {{"once"_L1, relay::RepetitionPolicy::KeepOnce}, {"each"_L1, relay::RepetitionPolicy::KeepEach}}, s.repetitions);
     }},
    {"max-message-octets", "N", QT_TRANSLATE_NOOP("cli::Talk", "The largest message that is taken, by default 67108864."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, qint64{1}, s.limits.maxMessageOctets); }},
    {"max-recipients", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most recipients of one message, by default 1000."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxRecipients); }},
    {"max-hops", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most Received lines a message may bear before it counts as going in circles, by default 50."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxReceivedLines); }},
    {"max-errors", "N", QT_TRANSLATE_NOOP("cli::Talk", "So many wrong commands end a session, by default 20."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxCommandErrors); }},
    {"max-login-failures", "N", QT_TRANSLATE_NOOP("cli::Talk", "So many wrong passwords end a session, by default 3."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxLoginFailures); }},
    {"max-connections", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most connections at a time, by default 15000 or what the system grants."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxConnections); }},
    {"max-connections-per-address", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most connections at a time from one address other than loopback, by default 100."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.limits.maxConnectionsPerAddress); }},
    {"max-login-failures-per-minute", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most wrong passwords from one address other than loopback, by default 30; 0: any number."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 0, s.limits.maxLoginFailuresPerMinute); }},
    {"max-messages-per-minute-per-address", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most messages from one address other than loopback, by default 600; 0: any number."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 0, s.limits.maxMessagesPerMinutePerAddress); }},
    {"max-messages-per-minute-per-user", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most messages of one user who logged in, by default 0: any number."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 0, s.limits.maxMessagesPerMinutePerUser); }},
    {"mailbox-quota-octets", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most that a mailbox may hold, by default 0: any amount."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, qint64{0}, s.limits.mailboxQuotaOctets); }},
    {"keep-messages", "N", QT_TRANSLATE_NOOP("cli::Talk", "Delete the oldest beyond the newest N, fetched or not; by default none."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, qint64{1}, s.keepMessages); }},
    {"keep-days", "N", QT_TRANSLATE_NOOP("cli::Talk", "Delete what is older than N days, fetched or not; by default nothing."),
     [](RelaySettings &s, const QStringList &v) { return takeDays(v, s.keepAge); }},
    {"idle-seconds", "N", QT_TRANSLATE_NOOP("cli::Talk", "An SMTP session that says nothing for so long is ended, by default 300."),
     [](RelaySettings &s, const QStringList &v) { return takeTime(v, s.limits.idle); }},
    {"pop3-idle-seconds", "N", QT_TRANSLATE_NOOP("cli::Talk", "The same for POP3, by default 600."),
     [](RelaySettings &s, const QStringList &v) { return takeTime(v, s.limits.pop3Idle); }},
    {"total-seconds", "N", QT_TRANSLATE_NOOP("cli::Talk", "However busy, a session is ended after so long, by default 86400."),
     [](RelaySettings &s, const QStringList &v) { return takeTime(v, s.limits.total); }},
    {"OPEN-RELAY", "", QT_TRANSLATE_NOOP("cli::Talk", "DANGEROUS: whoever reaches the relay may send to anybody, without login and without TLS."),
     [](RelaySettings &s, const QStringList &v) { return takeSwitch(v, s.isOpenRelay); }},
    {"smarthost", "HOST:PORT", QT_TRANSLATE_NOOP("cli::Talk", "Carry mail for recipients elsewhere to this server; without one they are refused."),
     [](RelaySettings &s, const QStringList &v) { return takeSmarthost(v, s.smarthost); }},
    {"smarthost-tls", "starttls|tls|none", QT_TRANSLATE_NOOP("cli::Talk", "How to be private with it: starttls by default, tls from the start, or none, which only loopback allows."),
     [](RelaySettings &s, const QStringList &v) {
         return takeChoice(v, {{"starttls"_L1, net::TlsMode::StartTls}, {"tls"_L1, net::TlsMode::Implicit}, {"none"_L1, net::TlsMode::None}}, s.smarthost.tls);
     }},
    {"smarthost-user", "NAME", QT_TRANSLATE_NOOP("cli::Talk", "Log in there under this name."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.smarthost.user); }},
    {"smarthost-password-file", "FILE", QT_TRANSLATE_NOOP("cli::Talk", "The password is the first line of FILE."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.smarthost.passwordFile); }},
    {"smarthost-ca", "FILE", QT_TRANSLATE_NOOP("cli::Talk", "PEM file with the certificates of which one must vouch for it, instead of the system's."),
     [](RelaySettings &s, const QStringList &v) { return takeText(v, s.smarthost.anchorsFile); }},
    {"smarthost-connections", "N", QT_TRANSLATE_NOOP("cli::Talk", "The most connections to it at a time, by default 4."),
     [](RelaySettings &s, const QStringList &v) { return takeNumber(v, 1, s.smarthost.retries.maxConnections); }},
    {"onward", "AFTER-LOGIN|LOOPBACK-WITHOUT-LOGIN", QT_TRANSLATE_NOOP("cli::Talk", "Who may send to recipients elsewhere: users who log in, as by default, or every program of this computer."),
     [](RelaySettings &s, const QStringList &v) {
         return takeChoice(v, {{"AFTER-LOGIN"_L1, relay::OnwardPolicy::AfterLogin},
                               {"LOOPBACK-WITHOUT-LOGIN"_L1, relay::OnwardPolicy::AlsoFromLoopbackWithoutLogin}}, s.smarthost.onward);
     }},
    {"queue-retry-seconds", "N", QT_TRANSLATE_NOOP("cli::Talk", "The pause after the first failure to carry a message onward, by default 60; it doubles up to an hour."),
     [](RelaySettings &s, const QStringList &v) { return takeTime(v, s.smarthost.retries.first); }},
    {"queue-delay-minutes", "N", QT_TRANSLATE_NOOP("cli::Talk", "Senders are told of a delay after so long, by default 240."),
     [](RelaySettings &s, const QStringList &v) { return takeTime<std::chrono::minutes>(v, s.smarthost.retries.tellDelayAfter); }},
    {"queue-expiry-minutes", "N", QT_TRANSLATE_NOOP("cli::Talk", "What could not be delivered for so long is returned, by default 7200."),
     [](RelaySettings &s, const QStringList &v) { return takeTime<std::chrono::minutes>(v, s.smarthost.retries.expiry); }},
};

} // namespace

std::span<const RelayOption> relayOptions()
{
    return kOptions;
}

} // namespace app
