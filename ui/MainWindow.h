// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

namespace ui {

/// The window of one user.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const QString &address, QWidget *parent = nullptr);

    [[nodiscard]] QString address() const { return m_address; }

    /// The menu of what concerns all windows: the relay, other users, Quit.
    [[nodiscard]] QMenu *windowMenu() const { return m_windowMenu; }

Q_SIGNALS:
    /// The person closed the window.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void setUpMenus();

    QString m_address;
    QMenu *m_windowMenu = nullptr;
};

} // namespace ui
