// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

namespace uitest {

using namespace Qt::StringLiterals;

inline const QString kAlice = u"alice@example.org"_s;
inline const QString kBob = u"bob@example.org"_s;

template <typename T = QWidget>
T *topLevel(const QString &objectName)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == objectName && widget->isVisible())
            return qobject_cast<T *>(widget);
    }
    return nullptr;
}

/// Answers the file dialog that is open as somebody would who chose `path`.
inline bool chooseFile(const QString &path)
{
    auto *dialog = topLevel<QFileDialog>(u"fileDialog"_s);
    if (!dialog)
        return false;
    Q_EMIT dialog->fileSelected(path);
    Q_EMIT dialog->filesSelected({path});
    dialog->close();
    return true;
}

/// Alice's and Bob's windows with their keys unlocked and a running relay, as `waxwing --demo --start-relay` shows them; without a screen.
class Demonstration
{
public:
    Demonstration() : m_workplace(std::make_unique<app::Workplace>(m_folder.path()))
    {
        qputenv("WAXWING_SMTP", freeAddress());
        qputenv("WAXWING_POP3", freeAddress());
        m_desktop = std::make_unique<ui::Desktop>(m_workplace.get());
        ui::CommandLine line;
        line.isDemonstration = true;
        line.startsRelay = true;
        m_desktop->perform(line);
    }
    ~Demonstration()
    {
        m_desktop.reset();
        m_workplace.reset();
    }

    [[nodiscard]] bool isReady() const
    {
        return m_desktop->windows().size() == 2 && profile(kAlice)->session()->isUnlocked() && profile(kBob)->session()->isUnlocked()
            && relay().state() == app::RelayService::State::Running;
    }
    [[nodiscard]] app::Workplace &workplace() const { return *m_workplace; }
    [[nodiscard]] app::RelayService &relay() const { return m_workplace->relay(); }
    [[nodiscard]] ui::Desktop &desktop() const { return *m_desktop; }
    [[nodiscard]] ui::ProfileWindows *profile(const QString &address) const { return m_desktop->windowsOf(address); }
    [[nodiscard]] ui::MainWindow *window(const QString &address) const { return profile(address)->mainWindow(); }
    [[nodiscard]] ui::MessageView *pane(const QString &address) const { return window(address)->messagePane(); }
    [[nodiscard]] int count(const QString &address) const { return window(address)->list()->model()->rowCount(); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// A letter of Alice to Bob.
    [[nodiscard]] app::Draft letter(const QString &subject, const QString &text) const
    {
        app::Draft draft;
        draft.from = profile(kAlice)->session()->self();
        draft.to = {{u"Bob Baker"_s, kBob}};
        draft.subject = subject;
        draft.text = text;
        return draft;
    }

private:
    static QByteArray freeAddress()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        return "127.0.0.1:" + QByteArray::number(probe.serverPort());
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Workplace> m_workplace;
    std::unique_ptr<ui::Desktop> m_desktop;
};

} // namespace uitest
