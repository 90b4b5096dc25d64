// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Keystore.h"
#include "net/Endpoint.h"
#include "net/TlsPolicy.h"
#include "relay/Doors.h"
#include "relay/Limits.h"
#include "relay/RetryPolicy.h"
#include "relay/ServiceManager.h"
#include "relay/SmtpSettings.h"

#include <QJsonObject>
#include <QStringList>
#include <chrono>
#include <functional>
#include <optional>
#include <span>

namespace app {

struct JoinCard;

/// One setting as somebody gave it, for `wax relay --check-config`.
struct GivenRelaySetting {
    enum class Origin { File, Environment, Flag };
    QString name;
    QStringList values;
    Origin origin = Origin::File;

    bool operator==(const GivenRelaySetting &) const = default;
};

/// The server that carries mail for recipients elsewhere. Without a host there is none, and they are refused.
struct SmarthostSettings {
    QString host;
    quint16 port = 0;
    net::TlsMode tls = net::TlsMode::StartTls;
    QString user;                 ///< Empty: no login.
    base::Secret password;
    QString passwordFile;
    QList<QByteArray> anchors;    ///< DER of the certificates of which one must vouch for it; none: the system's may.
    QString anchorsFile;
    relay::OnwardPolicy onward = relay::OnwardPolicy::AfterLogin;
    relay::RetryPolicy retries;
};

/// How the relay shall run. A default-constructed one has the defaults of CONTRACT.md without submission and without TLS;
/// readRelaySettings() gives what a person configured.
struct RelaySettings {
    QString spoolDirectory;                                     ///< Usually DATA/relay; made if missing, mode 0700.
    QList<net::Endpoint> smtp{{QStringLiteral("127.0.0.1"), 1025}};
    QList<net::Endpoint> submission;                            ///< STARTTLS and AUTH before MAIL.
    QList<net::Endpoint> submissionTls;                         ///< The same with TLS from the first octet.
    QList<net::Endpoint> pop3{{QStringLiteral("127.0.0.1"), 1110}};
    QList<net::Endpoint> pop3Tls;                               ///< TLS from the first octet.
    QString hostName = QStringLiteral("localhost");             ///< In greetings and Received lines.
    QByteArray tlsChainPem;                                     ///< Leaf first; empty: no TLS is offered, and only loopback is allowed.
    base::Secret tlsKeyPem;
    bool looksAfterTls = false;                                 ///< The relay has a certificate of its own, which prepareTls() makes and renews.
    std::optional<base::Error> tlsFault;                        ///< Why prepareTls() could not give it one.
    QString tlsCertificateFile;                                 ///< The user's own, from which prepareTls() reads; may be empty.
    QString tlsKeyFile;
    QString authorityPassphraseFile;                            ///< With it the authority issues the relay's certificate and renews it.
    SmarthostSettings smarthost;
    relay::Limits limits;
    relay::EightBitPolicy undeclaredEightBit = relay::EightBitPolicy::Refuse;
    relay::SenderPolicy senderOfUsers = relay::SenderPolicy::MustBeOwn;
    relay::RepetitionPolicy repetitions = relay::RepetitionPolicy::KeepOnce;
    bool isOpenRelay = false;                                   ///< The switch in capitals.
    QList<relay::PassedSocket> passedSockets;                   ///< Opened by a service manager; then nothing else is listened on by default.

    identity::SharedKeySet assessmentKeys;                      ///< What these can open is assessed inside too; may be null.
    qint64 keepMessages = 0;                                    ///< The oldest go beyond this number, fetched or not; 0: never.
    std::chrono::seconds keepAge{0};                            ///< What is older goes; 0: never.

    QString dataDirectory;                                      ///< Where the relay's own certificate and the authority lie, and whose anchors messages are
                                                                ///< assessed with; empty: they are not.
    QString file;                                               ///< The configuration file that was read; empty if there is none.
    QList<GivenRelaySetting> given;                             ///< All that is not a default, each name once.
};

/// A setting. Its name is the flag (--max-recipients), the variable (WAXWING_MAX_RECIPIENTS) and the key in the file alike.
struct RelayOption {
    const char *name;
    const char *valueName;    ///< "N"; empty for a switch, whose value is "true" or "false".
    const char *description;  ///< For --help.
    /// InvalidArgument says in its detail what would be right.
    base::Status (*apply)(RelaySettings &settings, const QStringList &values);
};
/// All of them, each once.
[[nodiscard]] std::span<const RelayOption> relayOptions();

/// The values of the flag of this name on the command line, or nothing.
using RelayFlags = std::function<std::optional<QStringList>(const QString &name)>;

/// The sockets that a service manager passed to this process, once. ConfigurationInvalid.
using relay::takePassedSockets;
/// How this process stands, for a service manager; sd_notify(3).
using relay::notifyServiceManager;

/// The settings of the relay of `dataDirectory`: the defaults, then the file (JSON; DATA/relay.json, or what --config or WAXWING_CONFIG
/// names), then the environment, then `flags`, the later the stronger. Mail submission is offered at ports 1587 and 1465
/// unless `smtp` is given. With `passed` sockets only those addresses are listened on that are given. Only reads, and no TLS key: see
/// prepareTls(). ConfigurationInvalid names file, line and key; FileNotFound, FileNotReadable, FileTooLarge.
[[nodiscard]] base::Result<RelaySettings> readRelaySettings(const QString &dataDirectory, const RelayFlags &flags = {},
                                                           const QList<relay::PassedSocket> &passed = {});

/// Whether a certificate that had to be made is kept.
enum class TlsKeeping { OnDisk, Nowhere };
/// What starting needs beside the settings: reads the user's TLS files, or looks after the relay's own certificate, which is made where it is
/// missing and renewed when its time comes. Where none can be had, submission is not offered, unless somebody asked for it. Slow: a key may have
/// to be made. With Nowhere nothing is written and the authority is not asked: for a trial. Errors as above.
[[nodiscard]] base::Status prepareTls(RelaySettings &settings, TlsKeeping keeping = TlsKeeping::OnDisk);

/// The card of a relay with these settings, prepared by prepareTls(); of its addresses one that others reach, if there is any. `host`: by what they call it; empty:
/// that address. CertificateNotFound: it offers no TLS; ConfigurationInvalid: it has no POP3 or no SMTP, or a port of its own choice.
[[nodiscard]] base::Result<JoinCard> joinCardOf(const RelaySettings &settings, const QString &host = {});

/// Where its spool lies, by the same sources; from what can be read of them, without touching anything.
[[nodiscard]] QString relaySpoolDirectory(const QString &dataDirectory, const RelayFlags &flags = {});

} // namespace app
