// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayFaults.h"

#include "identity/FileLock.h"
#include "store/SqliteSpool.h"

#include <QCoreApplication>
#include <QDir>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace relayFaults {

namespace {

/// Reads, changes and replaces the plan.
template <typename Change>
base::Status changed(const QString &directory, Change change)
{
    if (!QDir{}.mkpath(directory))
        return {ErrorCode::FileNotWritable, directory};
    identity::FileLock lock{file(directory)};
    if (base::Status status = lock.take(); !status)
        return status;
    base::Result<FaultPlan> plan = FaultPlan::read(file(directory));
    if (!plan)
        return plan.error();
    if (base::Status status = change(*plan); !status)
        return status;
    // The limits that a reader will apply, before it has to.
    if (const base::Result<FaultPlan> read = FaultPlan::fromJson(plan->toJson()); !read)
        return read.error();
    return plan->write(file(directory));
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
    return changed(directory, [&plan](FaultPlan &old) -> base::Status {
        old = plan;
        return base::Done{};
    });
}

base::Status add(const QString &directory, const FaultRule &rule)
{
    return changed(directory, [&rule](FaultPlan &plan) -> base::Status {
        const auto same = std::find_if(plan.rules.begin(), plan.rules.end(), [&rule](const FaultRule &old) { return old.name == rule.name; });
        if (same == plan.rules.end())
            plan.rules.append(rule);
        else
            *same = rule;
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
    return changed(directory, [](FaultPlan &plan) -> base::Status {
        plan.rules.clear();
        return base::Done{};
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

QString faultMarkText(const FaultMark &mark)
{
    for (const FaultKind kind : relay::allFaultKinds())
        if (relay::nameOf(kind) == mark.fault)
            return FaultWords::mark(mark, FaultWords::kind(kind));
    return FaultWords::mark(mark, mark.fault);
}

} // namespace app
