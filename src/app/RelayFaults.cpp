// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayFaults.h"

#include "base/FileAccess.h"
#include "identity/FileLock.h"
#include "store/SqliteSpool.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace relayFaults {

namespace {

/// Replaces the file by the plan that `make` makes, alone with it.
template <typename Make>
base::Status written(const QString &directory, Make make)
{
    if (const base::Status made = base::makePrivateFolder(directory); !made)
        return made;
    identity::FileLock lock{file(directory)};
    if (base::Status status = lock.take(); !status)
        return status;
    const base::Result<FaultPlan> plan = make();
    if (!plan)
        return plan.error();
    // The limits that a reader will apply, before it has to.
    if (const base::Result<FaultPlan> read = FaultPlan::fromJson(plan->toJson()); !read)
        return read.error();
    return plan->write(file(directory));
}

/// Reads, changes and replaces the plan.
template <typename Change>
base::Status changed(const QString &directory, Change change)
{
    return written(directory, [&]() -> base::Result<FaultPlan> {
        base::Result<FaultPlan> old = plan(directory);
        if (!old)
            return old;
        const base::Status status = change(*old);
        return status ? old : status.error();
    });
}

} // namespace

QString file(const QString &directory)
{
    return directory + u"/faults.json"_s;
}

base::Result<FaultPlan> plan(const QString &directory)
{
    return FaultPlan::read(file(directory));
}

base::Status replace(const QString &directory, const FaultPlan &plan)
{
    return written(directory, [&plan] { return base::Result<FaultPlan>{plan}; });
}

base::Status add(const QString &directory, const FaultRule &rule)
{
    return change(directory, rule.name, rule);
}

base::Status change(const QString &directory, const QString &before, const FaultRule &rule)
{
    return changed(directory, [&](FaultPlan &plan) -> base::Status {
        const auto ruleOf = [&plan](const QString &name) { return std::find_if(plan.rules.begin(), plan.rules.end(), [&name](const FaultRule &one) { return one.name == name; }); };
        if (before != rule.name && ruleOf(rule.name) != plan.rules.end())
            return {ErrorCode::InvalidArgument, u"there is a rule \"%1\" already"_s.arg(rule.name)};
        const auto old = ruleOf(before);
        if (old == plan.rules.end())
            plan.rules.append(rule);
        else
            *old = rule;
        return base::Done{};
    });
}

base::Status setState(const QString &directory, const QString &name, RuleState state)
{
    return changed(directory, [&name, state](FaultPlan &plan) -> base::Status {
        const auto rule = std::find_if(plan.rules.begin(), plan.rules.end(), [&name](const FaultRule &one) { return one.name == name; });
        if (rule == plan.rules.end())
            return {ErrorCode::InvalidArgument, u"there is no rule \"%1\""_s.arg(name)};
        rule->isEnabled = state == RuleState::On;
        return base::Done{};
    });
}

base::Status remove(const QString &directory, const QString &name)
{
    return changed(directory, [&name](FaultPlan &plan) -> base::Status {
        if (plan.rules.removeIf([&name](const FaultRule &rule) { return rule.name == name; }) == 0)
            return {ErrorCode::InvalidArgument, u"there is no rule \"%1\""_s.arg(name)};
        return base::Done{};
    });
}

base::Status clear(const QString &directory)
{
    return written(directory, [&directory] {
        const base::Result<FaultPlan> old = plan(directory);
        return base::Result<FaultPlan>{FaultPlan{old ? old->seed : FaultPlan{}.seed, {}}};
    });
}

bool isInForce(const QString &directory)
{
    const base::Result<FaultPlan> wanted = plan(directory);
    return !store::SqliteSpool::isRelayRunning(directory) || (wanted && wanted->isConfirmed(file(directory)));
}

} // namespace relayFaults

namespace {

class FaultWords
{
    Q_DECLARE_TR_FUNCTIONS(app::RelayFaults)

public:
    static QString kind(FaultKind kind)
    {
        switch (kind) {
        case FaultKind::Refuse:
            return tr("refuses with an error");
        case FaultKind::RateLimit:
            return tr("refuses what is too much within a minute");
        case FaultKind::Greylist:
            return tr("refuses the first attempt of each sender");
        case FaultKind::LoseReply:
            return tr("takes it, and drops the connection before the reply");
        case FaultKind::Disconnect:
            return tr("drops the connection");
        case FaultKind::Delay:
            return tr("waits first");
        case FaultKind::Drip:
            return tr("answers slowly");
        case FaultKind::ChangeUids:
            return tr("shows the mailbox with other identifiers");
        case FaultKind::TlsHide:
            return tr("does not offer encryption");
        case FaultKind::TlsDisconnect:
            return tr("drops the connection when encryption begins");
        case FaultKind::TlsGarbage:
            return tr("answers the begin of encryption with garbage");
        case FaultKind::TlsCertificate:
            return tr("shows another certificate");
        case FaultKind::Footer:
            return tr("appends lines");
        case FaultKind::Rewrap:
            return tr("wraps long lines");
        case FaultKind::QuotedPrintable:
            return tr("encodes the text in another way");
        case FaultKind::FromEscape:
            return tr("puts \">\" before lines that begin with \"From\"");
        case FaultKind::MungeHeader:
            return tr("changes the subject");
        case FaultKind::RefoldHeader:
            return tr("folds header lines in another way");
        case FaultKind::StripSignature:
            return tr("removes the signature");
        case FaultKind::RenameType:
            return tr("gives sealed parts another type");
        case FaultKind::Truncate:
            return tr("cuts the end off");
        case FaultKind::Swap:
            return tr("exchanges the contents of two messages");
        case FaultKind::Replay:
            return tr("delivers the message again");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString point(FaultPoint point)
    {
        switch (point) {
        case FaultPoint::Connect:
            return tr("when somebody connects");
        case FaultPoint::Ehlo:
            return tr("at the greeting (EHLO)");
        case FaultPoint::Auth:
            return tr("at the login (AUTH)");
        case FaultPoint::StartTls:
            return tr("when encryption is asked for (STARTTLS)");
        case FaultPoint::Mail:
            return tr("when the sender is named (MAIL)");
        case FaultPoint::Rcpt:
            return tr("when a recipient is named (RCPT)");
        case FaultPoint::Data:
            return tr("before the text (DATA)");
        case FaultPoint::Body:
            return tr("within the text");
        case FaultPoint::Message:
            return tr("when the text is complete");
        case FaultPoint::Rset:
            return tr("when it begins anew (RSET)");
        case FaultPoint::Quit:
            return tr("at the end (QUIT)");
        case FaultPoint::Pop3Connect:
            return tr("POP3: when somebody connects");
        case FaultPoint::Capa:
            return tr("POP3: when asked for its abilities (CAPA)");
        case FaultPoint::Stls:
            return tr("POP3: when encryption is asked for (STLS)");
        case FaultPoint::Login:
            return tr("POP3: at the login");
        case FaultPoint::Stat:
            return tr("POP3: when messages are counted (STAT)");
        case FaultPoint::List:
            return tr("POP3: when messages are listed (LIST)");
        case FaultPoint::Uidl:
            return tr("POP3: when identifiers are listed (UIDL)");
        case FaultPoint::Retr:
            return tr("POP3: when a message is fetched (RETR)");
        case FaultPoint::Top:
            return tr("POP3: when a beginning is fetched (TOP)");
        case FaultPoint::Dele:
            return tr("POP3: when a message is deleted (DELE)");
        case FaultPoint::Pop3Quit:
            return tr("POP3: at the end (QUIT)");
        case FaultPoint::Handshake:
            return tr("when encryption begins");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString rule(const FaultRule &rule)
    {
        QStringList parts{tr("%1: %2", "rule name: what it does").arg(rule.name, kind(rule.kind))};
        if (!rule.from.isEmpty())
            parts << tr("from %1").arg(QString::fromUtf8(rule.from));
        if (!rule.to.isEmpty())
            parts << tr("to %1").arg(QString::fromUtf8(rule.to));
        if (rule.nth > 0)
            parts << tr("only number %1").arg(rule.nth);
        if (rule.every > 0)
            parts << tr("each time number %1, %2, ... comes").arg(rule.every).arg(2 * rule.every);
        if (rule.recipient > 0)
            parts << tr("from recipient %1 on").arg(rule.recipient);
        if (rule.session > 0)
            parts << tr("in session %1").arg(rule.session);
        if (rule.chance < 1)
            parts << tr("in %1 of 100 cases").arg(qRound(rule.chance * 100));
        if (rule.afterSeconds > 0)
            parts << tr("after %1 seconds").arg(rule.afterSeconds);
        if (rule.forSeconds > 0)
            parts << tr("for %1 seconds").arg(rule.forSeconds);
        if (!rule.isEnabled)
            parts << tr("switched off");
        return parts.join(u", "_s);
    }

    static QString mark(const FaultMark &mark, const QString &did)
    {
        return mark.isAltered ? tr("Altered by the fault rule %1: %2.").arg(mark.rule, did) : tr("Touched by the fault rule %1: %2.").arg(mark.rule, did);
    }
};

} // namespace

QString faultText(const FaultRule &rule)
{
    return FaultWords::rule(rule);
}

QString faultKindText(FaultKind kind)
{
    return FaultWords::kind(kind);
}

QString faultPointText(FaultPoint point)
{
    return FaultWords::point(point);
}

QList<FaultPoint> faultPoints(FaultKind kind)
{
    // What a rule of this kind cannot do without, whatever its worth.
    const QJsonObject least{{u"name"_s, u"-"_s}, {u"fault"_s, relay::nameOf(kind)}, {u"perMinute"_s, 1}, {u"milliseconds"_s, 1}, {u"octetsPerSecond"_s, 1},
                            {u"certificate"_s, u"-"_s}, {u"key"_s, u"-"_s}};
    const base::Result<FaultRule> usual = FaultRule::fromJson(least);
    QList<FaultPoint> points{usual ? usual->point : FaultPoint::Message};
    if (kind == FaultKind::Greylist || kind == FaultKind::ChangeUids)
        return points;
    for (int i = 0; i <= int(FaultPoint::Handshake); ++i) {
        QJsonObject rule = least;
        rule[u"at"_s] = relay::nameOf(FaultPoint(i));
        if (!points.contains(FaultPoint(i)) && FaultRule::fromJson(rule))
            points.append(FaultPoint(i));
    }
    return points;
}

QString faultMarkText(const FaultMark &mark)
{
    for (const FaultKind kind : relay::allFaultKinds())
        if (relay::nameOf(kind) == mark.fault)
            return FaultWords::mark(mark, FaultWords::kind(kind));
    return FaultWords::mark(mark, mark.fault);
}

} // namespace app
