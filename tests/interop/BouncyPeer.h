// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// BouncyCastle behind BouncyPeer.java.

#include "interop/ForeignProgram.h"

namespace interop {

/// What the peer said about one job.
struct BouncyAnswer {
    QString outcome;    ///< "good", "bad", "cannot"
    QByteArray reason;
};

/// Runs all jobs in one Java machine, in the folder of `workshop`. Fewer answers than jobs: Java failed; `errors` says why.
struct BouncyAnswers {
    QList<BouncyAnswer> answers;
    QByteArray errors;
};

inline BouncyAnswers runBouncyPeer(const Workshop &workshop, const QList<QStringList> &jobs)
{
    QByteArray lines;
    for (const QStringList &job : jobs)
        lines += job.join(u'\t').toUtf8() + '\n';
    BouncyAnswers result;
    if (!workshop.write(QStringLiteral("jobs"), lines))
        return result;
    const QString classes = QStringLiteral("/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar:/usr/share/java/bcpkix.jar");
    const RunResult run = workshop.run(QStringLiteral("java"), {QStringLiteral("-XX:TieredStopAtLevel=1"), QStringLiteral("-XX:+UseSerialGC"),
                                                                QStringLiteral("-cp"), classes, QStringLiteral(WAXWING_BOUNCY_PEER), QStringLiteral("jobs")});
    result.errors = run.errors;
    for (const QByteArray &line : run.output.split('\n')) {
        const QList<QByteArray> fields = line.split('\t');
        if (fields.size() >= 2)
            result.answers.append({QString::fromUtf8(fields[1]), fields.value(2)});
    }
    return result;
}

} // namespace interop
