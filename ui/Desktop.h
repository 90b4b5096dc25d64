// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"
#include "ui/CommandLine.h"
#include "ui/QuitGrace.h"

#include <QObject>
#include <QPointer>
#include <QAction>
#include <QSystemTrayIcon>
#include <map>
#include <memory>

class QMenu;

namespace app {
struct Demonstration;
}

namespace ui {

class FirstStartAssistant;
class JoinCardWindow;
class MainWindow;
class ProfileWindows;
class RelayMonitorWindow;

/// The program as the person sees it: the windows of all users of one data directory, the tray icon, and
/// what concerns them together.
class Desktop : public QObject
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives this.
    explicit Desktop(app::Workplace *workplace, QObject *parent = nullptr);
    ~Desktop() override;

    /// Does what a start, the first or a later one, asks for.
    void perform(const CommandLine &line);

    /// The window of that user, opened if it is not there; null if there is no such profile.
    MainWindow *openWindow(const QString &address);
    [[nodiscard]] ProfileWindows *windowsOf(const QString &address) const;
    [[nodiscard]] QList<MainWindow *> windows() const;
    [[nodiscard]] QMenu *trayMenu() const { return m_trayMenu.get(); }
    /// What a click on the tray icon does.
    void showWindows();
    RelayMonitorWindow *showMonitor();
    FirstStartAssistant *showAssistant();
    JoinCardWindow *showJoinCard();

Q_SIGNALS:
    /// Everything that perform() began is there: windows shown, or the reason why not.
    void performed();
    /// Something that stderr should hear, too; the window says it itself.
    void problemArose(const QString &sentence);
    /// The desktop was told of new mail.
    void notified(const QString &title, const QString &text);

private:
    void setUpTray();
    void fillCommonMenu(QMenu *menu);
    void fillProfiles(QMenu *menu);
    void prepareDemonstration(const CommandLine &line);
    void showDemonstration(CommandLine line, const base::Result<app::Demonstration> &demonstration);
    void openWindows(const CommandLine &line);
    void unlock(const QStringList &addresses, const CommandLine &line);
    void askForChosenPassphrase(ProfileWindows *profile, const CommandLine &line);
    void openFiles(const QStringList &files, const QString &address);
    void beginWith(const QStringList &files);
    void noteUse(const QWidget *focused);
    [[nodiscard]] ProfileWindows *lastUsed() const;
    void onWindowClosed();
    [[nodiscard]] bool isSending() const;
    void onRelayStateChanged();
    void showRelayAddresses();
    void onMailArrived(ProfileWindows *windows, int count);
    void placeSideBySide();
    void raise(MainWindow *window);

    app::Workplace *m_workplace;
    std::map<QString, std::unique_ptr<app::ProfileSession>> m_sessions;
    std::map<QString, std::unique_ptr<ProfileWindows>> m_profiles;
    QPointer<RelayMonitorWindow> m_monitor;
    QPointer<FirstStartAssistant> m_assistant;
    QPointer<JoinCardWindow> m_joinCard;
    QList<QPointer<QAction>> m_startActions;
    QList<QPointer<QAction>> m_stopActions;
    std::unique_ptr<QMenu> m_trayMenu;
    QSystemTrayIcon m_tray;
    QuitGrace m_quitGrace;
    QString m_lastNotified;
    QString m_lastUsed; ///< Whose window had the keyboard last; a key of m_profiles.
    bool m_isPreparing = false;
    QList<CommandLine> m_later; ///< Asked for while the demonstration was made.
};

} // namespace ui
