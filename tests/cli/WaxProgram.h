// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

/// Runs wax as a stranger would: a process, its words, its streams, its exit status. Everything lies in one folder, which is also where it runs.
class WaxProgram
{
public:
    struct Run {
        int exitStatus = -1;
        QByteArray out;
        QByteArray talk;
        [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(out); }
        /// The first sentence of its talk.
        [[nodiscard]] QString sentence() const
        {
            const QString line = QString::fromUtf8(talk.left(talk.indexOf('\n')));
            return line.startsWith(QLatin1StringView{"wax: "}) ? line.mid(5) : line;
        }
    };

    WaxProgram()
    {
        setVariable("WAXWING_DATA_DIR", path(QStringLiteral("data")));
        setVariable("WAXWING_SMTP", QStringLiteral("127.0.0.1:%1").arg(freePort()));
        setVariable("WAXWING_POP3", QStringLiteral("127.0.0.1:%1").arg(freePort()));
    }

    [[nodiscard]] static quint16 freePort()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return server.serverPort();
    }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString variable(const char *name) const { return m_environment.value(QLatin1StringView{name}); }
    void setVariable(const char *name, const QString &value) { m_environment.insert(QLatin1StringView{name}, value); }
    void unsetVariable(const char *name) { m_environment.remove(QLatin1StringView{name}); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file{path(name)};
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(name));
        file.write(content);
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file{path(name)};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    /// Starts `program`, gives it `input` and returns at once.
    std::unique_ptr<QProcess> begin(const QString &program, const QStringList &words, const QByteArray &input = {}) const
    {
        auto process = std::make_unique<QProcess>();
        process->setWorkingDirectory(m_folder.path());
        process->setProcessEnvironment(m_environment);
        process->start(program, words);
        process->write(input);
        process->closeWriteChannel();
        return process;
    }
    [[nodiscard]] static Run finish(QProcess &process)
    {
        process.waitForFinished(60000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Run run(const QString &program, const QStringList &words, const QByteArray &input = {}) const { return finish(*begin(program, words, input)); }
    std::unique_ptr<QProcess> beginWax(const QStringList &words, const QByteArray &input = {}) const { return begin(program(), words, input); }
    Run operator()(const QStringList &words, const QByteArray &input = {}) const { return run(program(), words, input); }
    /// Words as one types them in a shell, without quotes.
    Run operator()(const QString &words, const QByteArray &input = {}) const { return run(program(), words.split(u' ', Qt::SkipEmptyParts), input); }
    /// Whether somebody listens where `name` says, such as WAXWING_SMTP.
    [[nodiscard]] bool isListening(const char *name) const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, variable(name).section(u':', 1).toUShort());
        return socket.waitForConnected(500);
    }
    /// A foreign program that must succeed; its standard output.
    QByteArray foreign(const QString &program, const QStringList &words, const QByteArray &input = {}) const
    {
        const Run made = run(program, words, input);
        if (made.exitStatus != 0)
            qWarning() << program << words << made.talk;
        return made.out;
    }

private:
    [[nodiscard]] static QString program() { return qEnvironmentVariable("WAX_PROGRAM"); }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};
