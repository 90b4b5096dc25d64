// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ProgramRun.h"

#include <QDeadlineTimer>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace base {

Result<ProgramAnswer> runProgram(const QString &program, const QStringList &words, QByteArrayView input, std::chrono::milliseconds patience, const Cancellation &cancellation)
{
    constexpr int kTurnMilliseconds = 50; // How often one looks whether it was cancelled; an answer ends the wait at once.
    QProcess process;
    process.start(program, words);
    process.write(input.data(), input.size());
    process.closeWriteChannel();
    const QDeadlineTimer deadline{patience};
    while (!process.waitForFinished(kTurnMilliseconds) && process.state() != QProcess::NotRunning) {
        const bool isCancelled = cancellation.isRequested();
        if (!isCancelled && !deadline.hasExpired())
            continue;
        process.kill();
        process.waitForFinished();
        return {isCancelled ? ErrorCode::Cancelled : ErrorCode::TimedOut, program};
    }
    if (process.error() == QProcess::FailedToStart)
        return {ErrorCode::FileNotFound, u"%1: %2"_s.arg(program, process.errorString())};
    return ProgramAnswer{process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace base
