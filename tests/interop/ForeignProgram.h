// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace interop {

struct RunResult {
    int exitStatus = -1;    ///< -1: not started, crashed or too slow
    QByteArray output;
    QByteArray errors;

    [[nodiscard]] bool isOk() const { return exitStatus == 0; }
    /// For QVERIFY2.
    [[nodiscard]] const char *text() const { return errors.constData(); }
};

/// A folder for the files that programs exchange, and the programs that run in it.
class Workshop
{
public:
    explicit Workshop(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
        : m_environment(environment) {}

    [[nodiscard]] QString path(const QString &name = {}) const { return m_folder.filePath(name); }

    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }

    bool write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }

    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    /// Runs `program` with this folder as its current one, `input` on its standard input.
    [[nodiscard]] RunResult run(const QString &program, const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(path());
        process.setProcessEnvironment(m_environment);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        RunResult result;
        if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit)
            result.exitStatus = process.exitCode();
        result.output = process.readAllStandardOutput();
        result.errors = process.readAllStandardError();
        if (result.errors.isEmpty())
            result.errors = result.output.isEmpty() ? QByteArray("no output") : result.output;
        return result;
    }

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

} // namespace interop
