// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"

#include <QStringList>
#include <chrono>

namespace base {

/// How a program that was started for its answer ended.
struct ProgramAnswer {
    int exitStatus = 0; ///< -1 if it crashed.
    QByteArray output;  ///< What it printed.
    QByteArray talk;    ///< What it said beside that, on standard error.
};

/// Runs another program to its end, `input` being all that it reads. It is ended after `patience`, and soon after `cancellation` is requested. Waits: for
/// worker threads and `wax`, never on the GUI or an io thread. FileNotFound: it could not be started; TimedOut, Cancelled.
[[nodiscard]] Result<ProgramAnswer> runProgram(const QString &program, const QStringList &words, QByteArrayView input, std::chrono::milliseconds patience,
                                               const Cancellation &cancellation = {});

} // namespace base
