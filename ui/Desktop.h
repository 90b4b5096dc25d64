// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/CommandLine.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSystemTrayIcon>
#include <memory>

class QMenu;

namespace ui {

class MainWindow;

/// The program as the person sees it: the windows of all users of one data directory, the tray icon, and
/// what concerns them together.
class Desktop : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(QObject *parent = nullptr);
    ~Desktop() override;

    /// Does what a start, the first or a later one, asks for.
    void perform(const CommandLine &line);

    /// The window of that user, opened if it is not there.
    MainWindow *openWindow(const QString &address);
    [[nodiscard]] QList<MainWindow *> windows() const;
    [[nodiscard]] QMenu *trayMenu() const { return m_trayMenu.get(); }

private:
    void setUpTray();
    void fillCommonMenu(QMenu *menu);
    void fillProfiles(QMenu *menu);
    void onWindowClosed();
    void placeSideBySide();
    void raise(MainWindow *window);

    QStringList m_addresses;
    QList<QPointer<MainWindow>> m_windows;
    std::unique_ptr<QMenu> m_trayMenu;
    QSystemTrayIcon m_tray;
};

} // namespace ui
