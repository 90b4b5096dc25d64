// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Keyring.h"

#include "base/FileAccess.h"
#include "base/ProgramRun.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

// Exit statuses of cli/KeyringProgram.cpp.
constexpr int kDone = 0;
constexpr int kNotThere = 1;

/// Says that the passphrase is kept, and under which name.
QString markOf(const identity::Profile &profile)
{
    return profile.folder + u"/keyring-entry"_s;
}

/// The name in the keyring: that of the mark, so that what is kept is found when the folder has moved.
QString entryOf(const identity::Profile &profile)
{
    const base::Result<QByteArray> mark = base::readPrivateFile(markOf(profile));
    return mark ? QString::fromUtf8(*mark).trimmed() : u"%1 (%2)"_s.arg(profile.address, profile.folder);
}

/// Beside wax-offline and wax-online, or where waxwing finds these.
QString installedProgram()
{
    const QString folder = QCoreApplication::applicationDirPath();
    const QString beside = folder + u"/wax-keyring"_s;
    return QFile::exists(beside) ? beside : folder + QStringLiteral("/" WAXWING_PROGRAMS "/wax-keyring");
}

base::Error keyringFault(const QString &detail)
{
    return {ErrorCode::KeyringFailed, detail, {}, {}};
}

} // namespace

Keyring::Keyring(const QString &program, std::chrono::milliseconds patience) : m_program(program.isEmpty() ? installedProgram() : program), m_patience(patience)
{
}

bool Keyring::isUsedBy(const identity::Profile &profile)
{
    return !profile.isDemonstration && QFile::exists(markOf(profile));
}

// Without a bus, whoever asks would start one.
bool Keyring::isWithinReach() const
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s);
}

base::Status Keyring::probe(const base::Cancellation &cancellation) const
{
    const base::Result<base::Secret> there = ask({u"probe"_s}, {}, cancellation);
    return there ? base::Status{base::Done{}} : base::Status{there.error()};
}

base::Result<base::Secret> Keyring::passphrase(const identity::Profile &profile, const base::Cancellation &cancellation) const
{
    if (!isUsedBy(profile))
        return {ErrorCode::PassphraseMissing, u"none was given to a keyring"_s};
    return ask({u"read"_s, entryOf(profile)}, {}, cancellation);
}

base::Status Keyring::remember(const identity::Profile &profile, const base::Secret &passphrase, const base::Cancellation &cancellation) const
{
    if (profile.isDemonstration || passphrase.isEmpty())
        return {ErrorCode::InvalidArgument, u"there is nothing to be kept secret"_s};
    const QString entry = entryOf(profile);
    if (const base::Result<base::Secret> written = ask({u"write"_s, entry}, passphrase, cancellation); !written)
        return written.error();
    const base::Status marked = base::writePrivateFile(markOf(profile), entry.toUtf8());
    // What is not known to be there would stay for ever.
    if (!marked)
        (void)ask({u"forget"_s, entry}, {}, {});
    return marked;
}

base::Status Keyring::forget(const identity::Profile &profile, const base::Cancellation &cancellation) const
{
    const QString entry = entryOf(profile);
    if (QFile mark{markOf(profile)}; mark.exists() && !mark.remove())
        return {ErrorCode::FileNotWritable, mark.fileName()};
    const base::Result<base::Secret> forgotten = ask({u"forget"_s, entry}, {}, cancellation);
    return forgotten ? base::Status{base::Done{}} : base::Status{forgotten.error()};
}

/// What the program answers on its standard output, and usually nothing. PassphraseMissing, KeyringFailed, Cancelled.
base::Result<base::Secret> Keyring::ask(const QStringList &words, const base::Secret &given, const base::Cancellation &cancellation) const
{
    if (!isWithinReach())
        return keyringFault(u"there is no session bus"_s);
    base::Result<base::ProgramAnswer> answer = base::runProgram(m_program, words, given.view(), m_patience, cancellation);
    if (!answer && answer.error().code == ErrorCode::Cancelled)
        return answer.error();
    if (!answer)
        return keyringFault(answer.error().code == ErrorCode::TimedOut ? u"it does not answer"_s : answer.error().detail);
    if (answer->exitStatus == kNotThere)
        return {ErrorCode::PassphraseMissing, u"the keyring has none"_s};
    if (answer->exitStatus != kDone)
        return keyringFault(QString::fromLocal8Bit(answer->talk).simplified());
    return base::Secret::takenFrom(std::move(answer->output));
}

} // namespace app
