// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/FileWait.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileSystemWatcher>
#include <QTimer>

namespace cli {

using namespace std::chrono_literals;

namespace {

/// Changes come in bursts; and where a file system tells of none, one look in this time has to do.
constexpr auto kQuiet = 20ms;
constexpr auto kAtLeastEvery = 1s;

} // namespace

bool waitForFiles(const QStringList &paths, std::chrono::milliseconds within, const std::function<bool()> &isDone)
{
    QFileSystemWatcher watcher;
    bool isOver = false;
    const auto look = [&] {
        // A file that was replaced, or is new, is not watched yet.
        for (const QString &path : paths)
            if (QFile::exists(path) && !watcher.files().contains(path) && !watcher.directories().contains(path))
                watcher.addPath(path);
        isOver = isOver || isDone();
        if (isOver)
            QCoreApplication::quit();
        return isOver;
    };
    if (look() || within <= 0ms)
        return isOver;
    QTimer burst;
    burst.setSingleShot(true);
    burst.setInterval(kQuiet);
    QTimer rare;
    rare.setInterval(kAtLeastEvery);
    QTimer end;
    end.setSingleShot(true);
    end.setInterval(within);
    const auto begin = [&burst] {
        if (!burst.isActive())
            burst.start();
    };
    QObject::connect(&watcher, &QFileSystemWatcher::fileChanged, &burst, begin);
    QObject::connect(&watcher, &QFileSystemWatcher::directoryChanged, &burst, begin);
    QObject::connect(&burst, &QTimer::timeout, &burst, look);
    QObject::connect(&rare, &QTimer::timeout, &rare, look);
    QObject::connect(&end, &QTimer::timeout, &end, &QCoreApplication::quit);
    rare.start();
    end.start();
    QCoreApplication::exec();
    return isOver || look();
}

} // namespace cli
