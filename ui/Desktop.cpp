// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Desktop.h"

#include "app/DemonstrationSetup.h"
#include "app/ErrorText.h"
#include "base/FileAccess.h"
#include "mime/FileName.h"
#include "ui/ActionText.h"
#include "ui/FirstStartAssistant.h"
#include "ui/Icons.h"
#include "ui/JoinCardWindow.h"
#include "ui/MainWindow.h"
#include "ui/NoticeBar.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/StatusLine.h"
#include "ui/WindowMemory.h"

#include <QApplication>
#include <QMenu>
#include <QScreen>
#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

base::Result<base::Secret> readPassphrase(const QString &path)
{
    constexpr qint64 kLargestPassphraseFile = 64 * 1024;
    base::Result<QByteArray> file = base::readFileOrPipe(path, kLargestPassphraseFile);
    if (!file)
        return file.error();
    return base::Secret::firstLineOf(std::move(file).value());
}

bool isMailto(const QString &file) { return file.startsWith("mailto:"_L1, Qt::CaseInsensitive); }

} // namespace

Desktop::Desktop(app::Workplace *workplace, QObject *parent) : QObject(parent), m_workplace(workplace), m_trayMenu(std::make_unique<QMenu>()), m_quitGrace([this] { return isSending(); })
{
    setUpTray();
    connect(&m_workplace->relay(), &app::RelayService::stateChanged, this, &Desktop::onRelayStateChanged);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) { noteUse(now); });
    onRelayStateChanged();
}

Desktop::~Desktop()
{
    qApp->disconnect(this); // Windows that go take the keyboard from one another.
    delete m_monitor.data();
    delete m_assistant.data();
    delete m_joinCard.data();
}

void Desktop::setUpTray()
{
    fillCommonMenu(m_trayMenu.get());
    m_tray.setIcon(applicationIcon());
    m_tray.setContextMenu(m_trayMenu.get());
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            showWindows();
    });
    connect(&m_tray, &QSystemTrayIcon::messageClicked, this, [this] {
        if (MainWindow *window = openWindow(m_lastNotified))
            raise(window);
    });
    m_tray.show();
}

// The windows that are open; else the only one that there is. Of several closed ones the menu says which there are.
void Desktop::showWindows()
{
    QList<MainWindow *> wanted = windows();
    if (wanted.isEmpty() && m_profiles.size() == 1)
        wanted += m_profiles.begin()->second->mainWindow();
    if (wanted.isEmpty())
        m_trayMenu->popup(QCursor::pos());
    for (MainWindow *window : std::as_const(wanted))
        raise(window);
}

void Desktop::fillCommonMenu(QMenu *menu)
{
    const auto add = [menu](const QString &objectName, const QIcon &icon, const QString &text) {
        QAction *action = menu->addAction(icon, text);
        action->setObjectName(objectName);
        return action;
    };
    QAction *start = add(u"actionStartRelay"_s, sign(u"relay-on"_s, Tone::Good), tr("&Start relay"));
    QAction *stop = add(u"actionStopRelay"_s, sign(u"relay-off"_s, Tone::Neutral), tr("S&top relay"));
    connect(start, &QAction::triggered, this, [this] { m_workplace->startRelay(); });
    connect(stop, &QAction::triggered, this, [this] { m_workplace->relay().stop(); });
    m_startActions += start;
    m_stopActions += stop;
    menu->addSeparator();
    QMenu *profiles = menu->addMenu(tr("&Open window as"));
    profiles->menuAction()->setObjectName(u"actionOpenProfile"_s);
    profiles->setIcon(themeIcon(u"window-new"_s));
    connect(profiles, &QMenu::aboutToShow, this, [this, profiles] { fillProfiles(profiles); });
    fillProfiles(profiles);
    connect(add(u"actionRelayMonitor"_s, themeIcon(u"utilities-system-monitor"_s), tr("Relay &monitor")), &QAction::triggered, this, [this] { showMonitor(); });
    connect(add(u"actionJoinCard"_s, themeIcon(u"document-share"_s), tr("&Join card")), &QAction::triggered, this, [this] { showJoinCard(); });
    menu->addSeparator();
    QAction *quit = add(u"actionQuit"_s, themeIcon(u"application-exit"_s), tr("&Quit"));
    quit->setShortcut(QKeySequence{Qt::CTRL | Qt::Key_Q});
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, qApp, &QApplication::quit);
}

void Desktop::fillProfiles(QMenu *menu)
{
    menu->clear();
    for (const identity::Profile &profile : m_workplace->identities().profiles()) {
        menu->addAction(literalText(profile.name.isEmpty() ? profile.address : u"%1 <%2>"_s.arg(profile.name, profile.address)), this, [this, address = profile.address] {
            if (MainWindow *window = openWindow(address))
                raise(window);
        });
    }
    menu->addSeparator();
    menu->addAction(tr("&New identity\u2026"), this, [this] { showAssistant(); });
}

void Desktop::perform(const CommandLine &line)
{
    // Whoever starts a second time while the keys are made would find half of them.
    if (m_isPreparing)
        return m_later.append(line);
    if (!line.smtp.isEmpty() || !line.pop3.isEmpty())
        m_workplace->setRelayAddresses(line.smtp, line.pop3);
    if (line.isDemonstration)
        prepareDemonstration(line);
    else
        openWindows(line);
}

// Keys take a second to make; on every later start the job only looks whether they are there.
void Desktop::prepareDemonstration(const CommandLine &line)
{
    const base::Result<base::Secret> given = line.passphraseFile.isEmpty() ? base::Result<base::Secret>{app::demonstrationPassphrase()} : readPassphrase(line.passphraseFile);
    const QString folder = m_workplace->data().path();
    const base::Secret passphrase = given ? *given : app::demonstrationPassphrase();
    const auto made = base::runOn(m_workplace->pool(), [folder, passphrase](const base::Cancellation &) { return app::setUpDemonstration(folder, passphrase); });
    m_isPreparing = true;
    base::whenReady(this, made, [this, line](const base::Result<app::Demonstration> &demonstration) {
        m_isPreparing = false;
        showDemonstration(line, demonstration);
        const QList<CommandLine> later = std::exchange(m_later, {});
        for (const CommandLine &one : later)
            perform(one);
    });
}

void Desktop::showDemonstration(CommandLine line, const base::Result<app::Demonstration> &demonstration)
{
    if (!demonstration) {
        const app::ErrorText text = app::errorText(demonstration.error());
        Q_EMIT problemArose(text.sentence + u' ' + text.detail);
        Q_EMIT performed();
        return;
    }
    if (line.profiles.isEmpty())
        line.profiles = {demonstration->alice.address, demonstration->bob.address};
    openWindows(line);
}

void Desktop::openWindows(const CommandLine &line)
{
    QStringList wanted = line.profiles;
    const QList<identity::Profile> known = m_workplace->identities().profiles();
    if (wanted.isEmpty() && m_profiles.empty()) {
        for (const identity::Profile &profile : known)
            wanted += profile.address;
    }
    const bool isFirst = windows().isEmpty();
    QStringList opened;
    for (const QString &address : std::as_const(wanted)) {
        if (openWindow(address))
            opened += address;
        else
            Q_EMIT problemArose(tr("There is no identity %1 in %2 yet.").arg(address, m_workplace->data().path()));
    }
    if (isFirst)
        placeSideBySide();
    for (const QString &address : std::as_const(opened)) {
        MainWindow *window = windowsOf(address)->mainWindow();
        line.isMinimised ? window->showMinimized() : isFirst ? window->show() : raise(window);
    }
    unlock(opened, line);
    if (line.startsRelay)
        m_workplace->startRelay();
    if (windows().isEmpty() && !m_assistant)
        showAssistant();
    openFiles(line.files, opened.value(0));
    Q_EMIT performed();
}

// Somebody chose another passphrase for the demonstration: nothing was typed that could be wrong.
void Desktop::askForChosenPassphrase(ProfileWindows *profile, const CommandLine &line)
{
    profile->mainWindow()->statusLine()->setDemonstrationPassphrase({});
    if (!line.isMinimised)
        profile->askForPassphrase(profile->mainWindow());
}

void Desktop::unlock(const QStringList &addresses, const CommandLine &line)
{
    const base::Result<base::Secret> given = line.passphraseFile.isEmpty() ? base::Result<base::Secret>{base::ErrorCode::PassphraseMissing} : readPassphrase(line.passphraseFile);
    if (!given && !line.passphraseFile.isEmpty())
        Q_EMIT problemArose(app::errorText(given.error()).sentence);
    for (const QString &address : addresses) {
        ProfileWindows *profile = windowsOf(address);
        if (profile->session()->isUnlocked())
            continue;
        const bool isDemonstration = profile->session()->profile().isDemonstration;
        if (!given && !isDemonstration) {
            const auto ask = [profile, isMinimised = line.isMinimised] {
                if (!isMinimised)
                    profile->askForPassphrase(profile->mainWindow());
            };
            if (profile->session()->isPassphraseRemembered())
                profile->unlockByKeyring(ask);
            else
                ask();
            continue;
        }
        profile->mainWindow()->statusLine()->setKeys(KeysState::Unlocking);
        base::whenReady(profile, profile->session()->unlock(given ? *given : app::demonstrationPassphrase()), [this, profile, line, isTyped = given.isOk()](const base::Status &status) {
            if (status)
                return;
            profile->mainWindow()->statusLine()->setKeys(KeysState::Locked);
            if (!isTyped && status.error().code == base::ErrorCode::PassphraseWrong)
                return askForChosenPassphrase(profile, line);
            profile->mainWindow()->notice()->setText(app::errorText(status.error()).sentence, {}, Tone::Bad);
            Q_EMIT problemArose(app::errorText(status.error()).sentence);
        });
    }
}

void Desktop::noteUse(const QWidget *focused)
{
    for (const auto &[address, profile] : m_profiles)
        if (focused && focused->window() == profile->mainWindow())
            m_lastUsed = address;
}

ProfileWindows *Desktop::lastUsed() const
{
    ProfileWindows *last = windowsOf(m_lastUsed);
    return last ? last : m_profiles.begin()->second.get();
}

// In the window that was asked for, or else in the one that somebody worked in before turning to the file manager.
void Desktop::openFiles(const QStringList &files, const QString &address)
{
    if (m_profiles.empty())
        return beginWith(files);
    if (files.isEmpty())
        return;
    ProfileWindows *wanted = windowsOf(address);
    ProfileWindows *windows = wanted ? wanted : lastUsed();
    for (const QString &file : files) {
        if (isMailto(file))
            windows->composeFor(file);
        else
            windows->openFiles({file});
    }
}

// Whoever is new here and has keys in a file begins with them.
void Desktop::beginWith(const QStringList &files)
{
    const auto keys = std::ranges::find_if_not(files, [](const QString &file) { return isMailto(file) || mime::isLetterFileName(file); });
    if (m_assistant && keys != files.end())
        m_assistant->useKeyFile(*keys);
}

ProfileWindows *Desktop::windowsOf(const QString &address) const
{
    const auto found = m_profiles.find(address.toLower());
    return found == m_profiles.end() ? nullptr : found->second.get();
}

MainWindow *Desktop::openWindow(const QString &address)
{
    if (ProfileWindows *there = windowsOf(address))
        return there->mainWindow();
    const base::Result<identity::Profile> profile = m_workplace->identities().profile(address);
    if (!profile)
        return nullptr;
    const QString key = profile->address.toLower();
    auto &session = m_sessions[key];
    session = std::make_unique<app::ProfileSession>(m_workplace, *profile);
    connect(&session->outbox(), &app::OutboxService::stateChanged, &m_quitGrace, &QuitGrace::look);
    ProfileWindows *windows = m_profiles.insert_or_assign(key, std::make_unique<ProfileWindows>(session.get())).first->second.get();
    fillCommonMenu(windows->mainWindow()->windowMenu());
    onRelayStateChanged();
    connect(windows, &ProfileWindows::startRelayRequested, this, [this] { m_workplace->startRelay(); });
    connect(windows, &ProfileWindows::mailArrived, this, [this, windows](int count) { onMailArrived(windows, count); });
    connect(windows->mainWindow(), &MainWindow::closed, this, &Desktop::onWindowClosed, Qt::QueuedConnection);
    return windows->mainWindow();
}

QList<MainWindow *> Desktop::windows() const
{
    QList<MainWindow *> list;
    for (const auto &[address, profile] : m_profiles) {
        if (profile->mainWindow()->isVisible())
            list += profile->mainWindow();
    }
    return list;
}

// Without a tray nobody could bring an invisible program back: it ends with its last window.
void Desktop::onWindowClosed()
{
    for (const QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->isWindow() && widget->windowType() != Qt::Popup)
            return;
    }
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        QApplication::quit();
}

bool Desktop::isSending() const
{
    return std::any_of(m_sessions.begin(), m_sessions.end(), [](const auto &one) { return one.second->outbox().state() == app::OutboxService::State::Sending; });
}

void Desktop::onRelayStateChanged()
{
    using State = app::RelayService::State;
    const State state = m_workplace->relay().state();
    m_startActions.removeIf([](const QPointer<QAction> &action) { return action.isNull(); });
    m_stopActions.removeIf([](const QPointer<QAction> &action) { return action.isNull(); });
    for (const QPointer<QAction> &action : std::as_const(m_startActions))
        action->setEnabled(state == State::Stopped || state == State::Failed);
    for (const QPointer<QAction> &action : std::as_const(m_stopActions))
        action->setEnabled(state == State::Running || state == State::Starting);
    m_tray.setIcon(applicationIcon(state == State::Running ? Tone::Good : state == State::Failed ? Tone::Bad : Tone::Neutral));
    m_tray.setToolTip(u"Waxwing\n"_s + relayText(relayLineOf(m_workplace->relay())));
    if (state == State::Running)
        showRelayAddresses(); // The join card's window may have moved it.
    if (state == State::Failed)
        Q_EMIT problemArose(app::errorText(m_workplace->relay().error()).sentence);
}

void Desktop::onMailArrived(ProfileWindows *windows, int count)
{
    const QString address = windows->session()->profile().address;
    if (windows->mainWindow()->isActiveWindow())
        return;
    m_lastNotified = address;
    QApplication::alert(windows->mainWindow());
    const QString title = tr("New mail for %1").arg(address);
    const QString text = tr("%n new messages.", nullptr, count);
    if (QSystemTrayIcon::supportsMessages())
        m_tray.showMessage(title, text, applicationIcon());
    Q_EMIT notified(title, text);
}

void Desktop::showRelayAddresses()
{
    if (const base::Result<app::RelaySettings> settings = m_workplace->relaySettings(); settings && m_monitor)
        m_monitor->setAddresses(net::toString(settings->smtp.value(0)), net::toString(settings->pop3.value(0)));
}

RelayMonitorWindow *Desktop::showMonitor()
{
    if (!m_monitor) {
        m_monitor = new RelayMonitorWindow(m_workplace);
        rememberWindow(m_monitor, m_workplace->data().path(), u"monitor"_s);
        showRelayAddresses();
        connect(m_monitor, &RelayMonitorWindow::startRequested, this, [this](const QString &smtp, const QString &pop3) {
            m_workplace->setFirstRelayAddresses(smtp, pop3);
            m_workplace->startRelay();
        });
        connect(m_monitor, &QObject::destroyed, this, &Desktop::onWindowClosed, Qt::QueuedConnection);
    }
    m_monitor->show();
    m_monitor->raise();
    m_monitor->activateWindow();
    return m_monitor;
}

JoinCardWindow *Desktop::showJoinCard()
{
    if (!m_joinCard) {
        m_joinCard = new JoinCardWindow(m_workplace);
        connect(m_joinCard, &QObject::destroyed, this, &Desktop::onWindowClosed, Qt::QueuedConnection);
    }
    m_joinCard->show();
    m_joinCard->raise();
    m_joinCard->activateWindow();
    return m_joinCard;
}

FirstStartAssistant *Desktop::showAssistant()
{
    if (!m_assistant) {
        m_assistant = new FirstStartAssistant(&m_workplace->identities(), m_workplace->io());
        connect(m_assistant, &FirstStartAssistant::demonstrationRequested, this, [this] {
            CommandLine line;
            line.isDemonstration = true;
            perform(line);
        });
        connect(m_assistant, &FirstStartAssistant::identityReady, this, [this](const QString &address) {
            if (MainWindow *window = openWindow(address))
                raise(window);
        });
        connect(m_assistant, &FirstStartAssistant::keyFileTaken, this, [this](const QString &name, const app::ImportedFile &imported) {
            if (ProfileWindows *windows = windowsOf(imported.address))
                windows->tellImport(name, imported);
        });
        connect(m_assistant, &QObject::destroyed, this, &Desktop::onWindowClosed, Qt::QueuedConnection);
    }
    m_assistant->show();
    m_assistant->raise();
    return m_assistant;
}

void Desktop::placeSideBySide()
{
    const QRect area = QGuiApplication::primaryScreen()->availableGeometry();
    const int count = int(m_profiles.size());
    const int width = qMin(area.width() / qMax(count, 1), 1280);
    if (count < 2 || width < 480)
        return;
    int left = area.left();
    for (const auto &[address, profile] : m_profiles) {
        // The frame that a window manager draws is not known yet.
        profile->mainWindow()->setGeometry(QRect(left + 2, area.top() + 30, width - 6, qMin(area.height() - 70, 900)));
        left += width;
    }
}

void Desktop::raise(MainWindow *window)
{
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace ui
