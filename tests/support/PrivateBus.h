// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QtEnvironmentVariables>
#include <memory>

namespace support {

/// A session bus of the test's own, which knows none of the desktop's services, and what lives on it. Ends with its object.
class PrivateBus
{
public:
    PrivateBus() : m_address(begun(m_bus, QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")})) {}
    ~PrivateBus() { end(m_bus); }
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// What DBUS_SESSION_BUS_ADDRESS is to be; empty if there is no bus.
    [[nodiscard]] const QByteArray &address() const { return m_address; }

    struct Ending {
        void operator()(QProcess *process) const
        {
            end(*process);
            delete process;
        }
    };
    using Service = std::unique_ptr<QProcess, Ending>;

    /// FakeSecretService.cpp says which moods there are.
    [[nodiscard]] Service secretService(const QString &mood) const
    {
        Service service{new QProcess};
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString::fromLatin1(m_address));
        service->setProcessEnvironment(environment);
        if (begun(*service, qEnvironmentVariable("FAKE_SECRET_SERVICE"), {mood}) != "ready")
            qWarning("the fake service does not run");
        return service;
    }

private:
    /// The first line that the program says once it runs; empty if it does not.
    static QByteArray begun(QProcess &process, const QString &program, const QStringList &words)
    {
        process.start(program, words);
        while (!process.canReadLine() && process.waitForReadyRead(10000)) { }
        return process.readLine().trimmed();
    }

    static void end(QProcess &process)
    {
        process.kill();
        process.waitForFinished();
    }

    QProcess m_bus;
    QByteArray m_address;
};

} // namespace support
