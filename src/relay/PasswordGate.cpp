// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/PasswordGate.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace relay {

namespace {

constexpr qsizetype kMostKnown = 10000;
constexpr int kThreads = 2;

} // namespace

PasswordGate::PasswordGate(QObject *context) : m_context(context)
{
    m_pool.setMaxThreadCount(kThreads);
    quint32 random[8];
    QRandomGenerator::system()->fillRange(random);
    m_secret = QByteArray{reinterpret_cast<const char *>(random), sizeof random};
}

PasswordGate::~PasswordGate()
{
    m_pool.clear();
    m_pool.waitForDone();
}

QByteArray PasswordGate::fingerprint(const net::ScramVerifier &verifier, const base::Secret &password) const
{
    QMessageAuthenticationCode code{QCryptographicHash::Sha256, m_secret};
    code.addData(verifier.storedKey);
    code.addData(verifier.salt);
    code.addData(password.view());
    return code.result();
}

void PasswordGate::check(const QByteArray &name, const net::ScramVerifier &verifier, const base::Secret &password, std::function<void(bool)> answer)
{
    const QByteArray print = fingerprint(verifier, password);
    if (m_known.value(name) == print) {
        QMetaObject::invokeMethod(m_context, [answer = std::move(answer)] { answer(true); }, Qt::QueuedConnection);
        return;
    }
    m_pool.start([this, name, verifier, password, print, answer = std::move(answer)] {
        const bool isRight = net::isPasswordOf(verifier, password);
        QMetaObject::invokeMethod(m_context, [this, name, print, isRight, answer] {
            if (isRight) {
                if (m_known.size() >= kMostKnown)
                    m_known.clear();
                m_known.insert(name, print);
            }
            answer(isRight);
        }, Qt::QueuedConnection);
    });
}

} // namespace relay
