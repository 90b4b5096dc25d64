// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Desktop.h"

#include "ui/Icons.h"
#include "ui/MainWindow.h"

#include <QApplication>
#include <QMenu>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace ui {

Desktop::Desktop(QObject *parent) : QObject(parent), m_trayMenu(std::make_unique<QMenu>())
{
    setUpTray();
}

Desktop::~Desktop()
{
    for (const QPointer<MainWindow> &window : m_windows)
        delete window.data();
}

void Desktop::setUpTray()
{
    fillCommonMenu(m_trayMenu.get());
    m_tray.setIcon(applicationIcon());
    m_tray.setToolTip(tr("Waxwing"));
    m_tray.setContextMenu(m_trayMenu.get());
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger && !windows().isEmpty())
            raise(windows().constFirst());
    });
    m_tray.show();
}

void Desktop::fillCommonMenu(QMenu *menu)
{
    QMenu *profiles = menu->addMenu(tr("&Open window as"));
    profiles->menuAction()->setObjectName(u"actionOpenProfile"_s);
    connect(profiles, &QMenu::aboutToShow, this, [this, profiles] { fillProfiles(profiles); });
    menu->addSeparator();
    QAction *quit = menu->addAction(themeIcon(u"application-exit"_s), tr("&Quit"), QKeySequence{Qt::CTRL | Qt::Key_Q}, qApp, &QApplication::quit);
    quit->setObjectName(u"actionQuit"_s);
    quit->setMenuRole(QAction::QuitRole);
}

void Desktop::fillProfiles(QMenu *menu)
{
    menu->clear();
    for (const QString &address : m_addresses)
        menu->addAction(address, this, [this, address] { raise(openWindow(address)); });
}

void Desktop::perform(const CommandLine &line)
{
    QStringList wanted = line.profiles;
    if (line.isDemonstration && wanted.isEmpty())
        wanted = {u"alice@example.org"_s, u"bob@example.org"_s};
    const bool isFirst = m_windows.isEmpty();
    for (const QString &address : std::as_const(wanted))
        openWindow(address);
    if (isFirst)
        placeSideBySide();
    for (MainWindow *window : windows())
        line.isMinimised ? window->showMinimized() : window->show();
}

MainWindow *Desktop::openWindow(const QString &address)
{
    for (MainWindow *window : windows()) {
        if (window->address() == address)
            return window;
    }
    if (!m_addresses.contains(address))
        m_addresses += address;
    auto *window = new MainWindow(address);
    window->setAttribute(Qt::WA_DeleteOnClose);
    fillCommonMenu(window->windowMenu());
    connect(window, &MainWindow::closed, this, &Desktop::onWindowClosed, Qt::QueuedConnection);
    m_windows += window;
    return window;
}

QList<MainWindow *> Desktop::windows() const
{
    QList<MainWindow *> list;
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window)
            list += window.data();
    }
    return list;
}

// Without a tray nobody could bring an invisible program back: it ends with its last window.
void Desktop::onWindowClosed()
{
    if (windows().isEmpty() && !QSystemTrayIcon::isSystemTrayAvailable())
        QApplication::quit();
}

void Desktop::placeSideBySide()
{
    const QList<MainWindow *> list = windows();
    if (list.size() < 2)
        return;
    const QRect area = QGuiApplication::primaryScreen()->availableGeometry();
    const int width = area.width() / int(list.size());
    for (qsizetype i = 0; i < list.size(); ++i)
        list[i]->setGeometry(QRect(area.left() + int(i) * width, area.top() + 28, width - 8, qMin(area.height() - 60, 760)));
}

void Desktop::raise(MainWindow *window)
{
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace ui
