// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include <QCloseEvent>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace ui {

MainWindow::MainWindow(const QString &address, QWidget *parent) : QMainWindow(parent), m_address(address)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("%1 - %2 - Waxwing").arg(tr("Inbox"), m_address));
    resize(1080, 680);
    setUpMenus();
}

void MainWindow::setUpMenus()
{
    m_windowMenu = menuBar()->addMenu(tr("&Window"));
    m_windowMenu->setObjectName(u"windowMenu"_s);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace ui
