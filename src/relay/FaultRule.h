// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace relay {

/// What a rule does when it applies. The names in rule files are those of nameOf().
enum class FaultKind {
    // Of transport
    Refuse,      ///< Answers with `code` and `text` instead of doing it; 421 closes.
    RateLimit,   ///< 421 for everything beyond `perMinute`; recovers by itself.
    Greylist,    ///< 451 for each new sender and recipient until `seconds` have gone.
    LoseReply,   ///< Does it, durably, and drops the connection before the reply.
    Disconnect,  ///< Drops the connection without a word; at "body" and "retr" after `octets`.
    Delay,       ///< Waits `milliseconds` first.
    Drip,        ///< From here on at most `octetsPerSecond` go out.
    ChangeUids,  ///< POP3: the mailbox shows other UIDs than before.
    // Of TLS
    TlsHide,        ///< STARTTLS and STLS are not offered.
    TlsDisconnect,  ///< Drops the connection in the middle of the handshake.
    TlsGarbage,     ///< Answers the handshake with something that is not TLS.
    TlsCertificate, ///< Shows the certificate of the PEM files `certificate` and `key` instead of the right one.
    // Of content
    Footer,          ///< Appends `text`, as mailing lists do.
    Rewrap,          ///< Wraps text at `columns`.
    QuotedPrintable, ///< Encodes 7-bit and 8-bit text as quoted-printable.
    FromEscape,      ///< Puts ">" before lines that begin with "From ".
    MungeHeader,     ///< Puts `text` before the subject, inside and outside, and drops a parameter of the content type.
    RefoldHeader,    ///< Folds header lines in another way.
    StripSignature,  ///< Removes smime.p7s.
    RenameType,      ///< The S/MIME types become application/octet-stream.
    Truncate,        ///< Cuts the message off after `octets`, or somewhere in its last half.
    Swap,            ///< Exchanges the contents of two messages that match.
    Replay,          ///< Delivers the message once more, `copies` times.
};
[[nodiscard]] bool isContentFault(FaultKind kind);
[[nodiscard]] QString nameOf(FaultKind kind);
[[nodiscard]] QList<FaultKind> allFaultKinds();

/// Where in a dialogue a rule of transport applies.
enum class FaultPoint {
    Connect, Ehlo, Auth, StartTls, Mail, Rcpt, Data, Body, Message, Rset, Quit,
    Pop3Connect, Capa, Stls, Login, Stat, List, Uidl, Retr, Top, Dele, Pop3Quit,
    Handshake, ///< Of TLS, of either protocol; for the faults of TLS only.
};
[[nodiscard]] QString nameOf(FaultPoint point);

/// One rule: a kind, the conditions under which it applies, and what the kind needs. A value.
struct FaultRule {
    QString name;
    FaultKind kind = FaultKind::Refuse;
    FaultPoint point = FaultPoint::Message;
    bool isEnabled = true;       ///< False: it stands in the list and does nothing.

    // Conditions; empty or 0: any.
    QByteArray from;             ///< Envelope sender: an address, "*@domain" or "<>"; ASCII case does not matter.
    QByteArray to;               ///< One of the envelope's recipients, or the mailbox that is read; the same forms.
    int nth = 0;                 ///< Only the n-th time that all else applies, from 1.
    int every = 0;               ///< Each n-th time.
    int recipient = 0;           ///< At "rcpt": from the n-th recipient of a message on.
    quint64 session = 0;
    double chance = 1;           ///< Drawn from the seed, the rule's name and how often it was asked: the same in each run.
    qint64 afterSeconds = 0;     ///< Since the rules came into force.
    qint64 forSeconds = 0;

    // What the kind needs
    QByteArray code;             ///< "452"; "-ERR" for POP3.
    QByteArray text;
    int perMinute = 0;
    qint64 seconds = 0;
    qint64 milliseconds = 0;
    qint64 octets = 0;
    int octetsPerSecond = 0;
    int columns = 0;
    int copies = 1;
    QString certificate;
    QString key;

    bool operator==(const FaultRule &) const = default;

    /// ConfigurationInvalid names the rule and what is wrong with it: an unknown member, a wrong kind of value, a missing one.
    [[nodiscard]] static base::Result<FaultRule> fromJson(const QJsonObject &object);
    /// The shortest object that reads the same.
    [[nodiscard]] QJsonObject toJson() const;
};

/// Rules in their order, and what chance is drawn from.
struct FaultPlan {
    quint64 seed = 1;
    QList<FaultRule> rules;

    bool operator==(const FaultPlan &) const = default;

    /// `{"seed": 1, "rules": [...]}`. ConfigurationInvalid; also for two rules of one name and for too many.
    [[nodiscard]] static base::Result<FaultPlan> fromJson(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;
    /// The file's plan; an empty one if there is no file. FileNotReadable, FileTooLarge, FaultRulesDamaged.
    [[nodiscard]] static base::Result<FaultPlan> read(const QString &file);
    /// Replaces the file atomically. ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status write(const QString &file) const;
    /// Beside the plan's file the relay says which plan is in force, for those who wait for it. ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status confirm(const QString &file) const;
    [[nodiscard]] bool isConfirmed(const QString &file) const;
    [[nodiscard]] static QString confirmationFile(const QString &file);
};

/// What a rule did to one message; stays with it in the spool.
struct FaultMark {
    QString rule;
    QString fault;          ///< nameOf(kind).
    bool isAltered = false; ///< The octets are not those that came in.
    QString note;           ///< In English, if there is something to say: "message 12", "too large, left as it was".

    bool operator==(const FaultMark &) const = default;
};
/// The form in which the spool keeps them; empty for none.
[[nodiscard]] QByteArray marksToJson(const QList<FaultMark> &marks);
[[nodiscard]] QList<FaultMark> marksFromJson(const QByteArray &json);

} // namespace relay
