// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "net/Scram.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <functional>

namespace relay {

/// Checks passwords away from the thread that asks, since that takes milliseconds on purpose. A password that was right is
/// recognised again at once for as long as its verifier stays the same: a window asks for its mail every two seconds.
/// Lives on the thread of `context`, on which it answers.
class PasswordGate
{
public:
    explicit PasswordGate(QObject *context);
    ~PasswordGate();
    Q_DISABLE_COPY_MOVE(PasswordGate)

    /// `answer` is called later, never at once.
    void check(const QByteArray &name, const net::ScramVerifier &verifier, const base::Secret &password, std::function<void(bool)> answer);

private:
    [[nodiscard]] QByteArray fingerprint(const net::ScramVerifier &verifier, const base::Secret &password) const;

    QObject *m_context;
    QThreadPool m_pool;
    QByteArray m_secret;                      ///< Of this process: a fingerprint means nothing elsewhere.
    QHash<QByteArray, QByteArray> m_known;    ///< Name to fingerprint of verifier and password.
};

} // namespace relay
