// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>
#include <memory>

namespace ui {

/// While it lives, SIGTERM, SIGINT and SIGHUP quit the application in good order instead of killing it.
class QuitSignals
{
public:
    QuitSignals();
    ~QuitSignals();
    Q_DISABLE_COPY_MOVE(QuitSignals)

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ui
