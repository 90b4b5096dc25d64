// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DemonstrationTour.h"

#include "app/IdentityService.h"
#include "app/MessageListModel.h"
#include "app/ProfileSession.h"
#include "app/Workplace.h"
#include "ui/ComposeWindow.h"
#include "ui/Desktop.h"
#include "ui/FirstStartAssistant.h"
#include "ui/MainWindow.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageListView.h"
#include "ui/MessagePrinting.h"
#include "ui/MessageView.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/VerdictBanner.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QToolButton>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto kTick = 60ms;
constexpr auto kLongest = 180s;
constexpr QSize kPrinted{640, 400};

bool isFilled(const ProfileWindows *profile) { return profile->mainWindow()->list()->model()->rowCount() > 0; }

} // namespace

DemonstrationTour::DemonstrationTour(Desktop *desktop, const QString &folder, QObject *parent) : QObject(parent), m_desktop(desktop), m_folder(folder), m_isDarkAtFirst(isDark(QApplication::palette()))
{
    addJourney();
    addReading();
    addViews();
    addDark();
    addParts();
    addRelayMessage();
    addRelayFaults();
    addRelayMailboxes();
    addComposing();
    addVerdicts();
    addFolders();
    addDialogs();
    m_tick.setInterval(kTick);
    m_deadline.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &DemonstrationTour::look);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_tick.stop();
        Q_EMIT finished(false, u"it did not come to: %1"_s.arg(QLatin1StringView(m_steps.value(m_next).name)));
    });
}

void DemonstrationTour::start()
{
    m_tick.start();
    m_deadline.start(kLongest);
}

void DemonstrationTour::look()
{
    const Step &step = m_steps[m_next];
    if (!step.isReady())
        return;
    step.act();
    if (++m_next < m_steps.size())
        return;
    m_tick.stop();
    m_deadline.stop();
    Q_EMIT finished(m_isVerified && m_problem.isEmpty(), m_problem);
}

void DemonstrationTour::addJourney()
{
    const auto alice = [this] { return m_desktop->windowsOf(kAlice); };
    const auto bob = [this] { return m_desktop->windowsOf(kBob); };
    const auto relayRuns = [alice] { return alice()->session()->workplace().relay().state() == app::RelayService::State::Running; };
    m_steps += {"both windows with their keys unlocked", [=] { return alice() && bob() && alice()->session()->isUnlocked() && bob()->session()->isUnlocked(); },
                [=, this] {
                    pictureOfBoth(u"01-start"_s);
                    m_desktop->showMonitor();
                    if (!relayRuns())
                        Q_EMIT alice()->startRelayRequested();
                }};
    m_steps += {"a running relay", relayRuns, [=, this] {
                    alice()->mainWindow()->findChild<QAction *>(u"actionNew"_s)->trigger();
                    m_compose = qobject_cast<ComposeWindow *>(topLevel(u"composeWindow"_s));
                    typeLetter();
                }};
    m_steps += {"a certificate for every recipient", [this] { return m_compose && m_compose->outlook().permission == app::SendOutlook::Permission::Allowed; },
                [this] {
                    picture(m_compose, u"02-compose"_s);
                    m_compose->findChild<QAction *>(u"actionSend"_s)->trigger();
                }};
    m_steps += {"a letter that left the compose window", [this] { return m_compose.isNull(); }, [] {}};
    m_steps += {"mail for Bob", [=] { return isFilled(bob()); }, [=, this] { openInbox(bob()); }};
}

void DemonstrationTour::typeLetter()
{
    m_compose->findChild<QLineEdit *>(u"toField"_s)->setText(u"Bob Baker <%1>"_s.arg(kBob));
    m_compose->findChild<QLineEdit *>(u"subjectField"_s)->setText(tr("Lunch on Friday"));
    m_compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(
        tr("Dear Bob,\n\nwould you like to have lunch with us on Friday? The table is for half past twelve; Carol comes too.\n\nYours\nAlice\n"));
}

void DemonstrationTour::addReading()
{
    const auto pane = [this] { return m_desktop->windowsOf(kBob)->mainWindow()->messagePane(); };
    m_steps += {"the opened letter", [=] { return pane()->hasMessage(); }, [=, this] {
                    m_isVerified = pane()->message().verdict.summary == smime::Summary::Verified;
                    if (!m_isVerified)
                        m_problem = u"Bob's window says: "_s + pane()->banner()->presentation().headline;
                }};
    m_steps += {"a row with its seal", [] { return true; }, [=, this] {
                    picture(m_desktop->windowsOf(kBob)->mainWindow(), u"03-read"_s);
                    pane()->banner()->findChild<QToolButton *>(u"verdictWhy"_s)->click();
                }};
    m_steps += {"the reasons", [] { return true; }, [=, this] {
                    picture(m_desktop->windowsOf(kBob)->mainWindow(), u"04-why"_s);
                    pictureOfBoth(u"05-both"_s);
                    pane()->readingActions().find->trigger();
                    pane()->findChild<QLineEdit *>(u"findField"_s)->setText(tr("Friday"));
                }};
    m_steps += {"a word that is found", [] { return true; }, [=, this] {
                    picture(m_desktop->windowsOf(kBob)->mainWindow(), u"46-find"_s);
                    pane()->findChild<QToolButton *>(u"findClose"_s)->click();
                    const std::unique_ptr<MessageBrowser> page = printedPage(*pane());
                    page->resize(kPrinted);
                    picture(page.get(), u"47-printed"_s);
                    m_desktop->windowsOf(kBob)->mainWindow()->findChild<QAction *>(u"actionInspector"_s)->trigger();
                }};
}

void DemonstrationTour::addViews()
{
    m_steps += {"the inspector", [this] { return topLevel(u"inspectorWindow"_s) != nullptr; }, [this] {
                    for (QToolButton *fold : topLevel(u"inspectorWindow"_s)->findChildren<QToolButton *>())
                        fold->setChecked(true);
                }};
    m_steps += {"its steps", [] { return true; }, [this] {
                    picture(topLevel(u"inspectorWindow"_s), u"06-inspector"_s);
                    closeTopLevel(u"inspectorWindow"_s);
                    m_desktop->windowsOf(kAlice)->mainWindow()->findChild<QAction *>(u"actionNew"_s)->trigger();
                    closeTopLevel(u"composeWindow"_s);
                }};
    const auto sessions = [this] { return m_desktop->showMonitor()->findChild<QListWidget *>(u"sessionList"_s); };
    m_steps += {"sessions in the relay monitor", [=] { return sessions()->count() > 0; }, [=] {
                    // The letter came in the session that was the last but the fetches; the longest one is worth a look.
                    for (int row = sessions()->count() - 1; row >= 0; --row) {
                        if (sessions()->item(row)->text().startsWith("SMTP"_L1))
                            sessions()->setCurrentRow(row);
                    }
                }};
    m_steps += {"the relay monitor", [] { return true; }, [this] {
                    picture(m_desktop->showMonitor(), u"07-relay-monitor"_s);
                    m_desktop->windowsOf(kAlice)->showIdentities();
                }};
    m_steps += {"the identities", [this] { return topLevel(u"identitiesWindow"_s) != nullptr; }, [] {}};
    m_steps += {"the list of keys", [] { return true; }, [this] {
                    picture(topLevel(u"identitiesWindow"_s), u"08-identities"_s);
                    closeTopLevel(u"identitiesWindow"_s);
                }};
    m_steps += {"the first start", [] { return true; }, [this] {
                    pictureOfFirstStart();
                    applyTheme(Appearance::Dark);
                }};
}

void DemonstrationTour::addDark()
{
    m_steps += {"the dark palette", [] { return isDark(QApplication::palette()); }, [] {}};
    m_steps += {"dark windows", [] { return true; }, [this] {
                    picture(m_desktop->windowsOf(kBob)->mainWindow(), u"10-read-dark"_s);
                    picture(m_desktop->showMonitor(), u"11-relay-monitor-dark"_s);
                    applyTheme(m_isDarkAtFirst ? Appearance::Dark : Appearance::Light);
                }};
}

void DemonstrationTour::openInbox(ProfileWindows *profile)
{
    profile->mainWindow()->selectFolder(store::Folder::Inbox);
    MessageListView *list = profile->mainWindow()->list();
    list->setCurrentIndex(list->model()->index(0, 0));
}

QWidget *DemonstrationTour::topLevel(const QString &objectName) const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == objectName && widget->isVisible())
            return widget;
    }
    return nullptr;
}

void DemonstrationTour::closeTopLevel(const QString &objectName)
{
    if (QWidget *widget = topLevel(objectName))
        widget->close();
}

void DemonstrationTour::picture(const QWidget *widget, const QString &name)
{
    const QString path = QDir{m_folder}.filePath(name + u".png"_s);
    if (!widget || !const_cast<QWidget *>(widget)->grab().save(path))
        m_problem = u"the picture %1 could not be saved"_s.arg(path);
}

/// Of a data directory in which nobody is yet.
void DemonstrationTour::pictureOfFirstStart()
{
    const QTemporaryDir nobody;
    app::Workplace &workplace = m_desktop->windowsOf(kAlice)->session()->workplace();
    app::IdentityService identities{nobody.path(), workplace.pool()};
    const FirstStartAssistant assistant{&identities, workplace.io()};
    picture(&assistant, u"09-first-start"_s);
}

void DemonstrationTour::pictureOfBoth(const QString &name)
{
    const QPixmap left = m_desktop->windowsOf(kAlice)->mainWindow()->grab();
    const QPixmap right = m_desktop->windowsOf(kBob)->mainWindow()->grab();
    QImage both(left.width() + right.width() + 16, qMax(left.height(), right.height()), QImage::Format_RGB32);
    both.fill(QApplication::palette().color(QPalette::Mid));
    QPainter painter(&both);
    // In device pixels, whatever the scale.
    painter.drawImage(QPoint(0, 0), [&] { QImage image = left.toImage(); image.setDevicePixelRatio(1); return image; }());
    painter.drawImage(QPoint(left.width() + 16, 0), [&] { QImage image = right.toImage(); image.setDevicePixelRatio(1); return image; }());
    painter.end();
    const QString path = QDir{m_folder}.filePath(name + u".png"_s);
    if (!both.save(path))
        m_problem = u"the picture %1 could not be saved"_s.arg(path);
}

} // namespace ui
