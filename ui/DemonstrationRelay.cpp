// SPDX-License-Identifier: GPL-3.0-or-later
// The scenes of DemonstrationTour in the relay's monitor and in the inspector's page of parts.
#include "ui/DemonstrationTour.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/MessageView.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"

#include <QAction>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The pages below the dialogue, in their order.
enum MonitorPage { kMessagesPage, kQueuePage, kMailboxesPage, kFaultsPage };

} // namespace

void DemonstrationTour::addParts()
{
    const auto tree = [this](const QString &name) { return topLevel(u"inspectorWindow"_s)->findChild<QTreeWidget *>(name); };
    m_steps += {"a letter that was opened", [this] { return m_desktop->windowsOf(kBob)->mainWindow()->messagePane()->hasMessage(); },
                [this] { m_desktop->windowsOf(kBob)->mainWindow()->findChild<QAction *>(u"actionInspector"_s)->trigger(); }};
    m_steps += {"its parts", [=, this] { return topLevel(u"inspectorWindow"_s) && tree(u"inspectorParts"_s)->topLevelItemCount() > 0; }, [=, this] {
                    topLevel(u"inspectorWindow"_s)->findChild<QTabWidget *>(u"inspectorViews"_s)->setCurrentIndex(1);
                    for (QTreeWidgetItemIterator it(tree(u"inspectorParts"_s)); *it; ++it)
                        if ((*it)->text(0).startsWith("SignedData"_L1))
                            tree(u"inspectorParts"_s)->setCurrentItem(*it);
                }};
    m_steps += {"the fields of a layer", [] { return true; }, [this] {
                    picture(topLevel(u"inspectorWindow"_s), u"32-inspector-fields"_s);
                    topLevel(u"inspectorWindow"_s)->findChild<QTabWidget *>(u"inspectorPages"_s)->setCurrentIndex(1);
                }};
    m_steps += {"its elements", [=] { return tree(u"inspectorAsn1"_s)->topLevelItemCount() > 0; }, [=] { tree(u"inspectorAsn1"_s)->setCurrentItem(tree(u"inspectorAsn1"_s)->topLevelItem(0)->child(0)); }};
    m_steps += {"an element", [] { return true; }, [this] {
                    picture(topLevel(u"inspectorWindow"_s), u"33-inspector-asn1"_s);
                    closeTopLevel(u"inspectorWindow"_s);
                }};
}

/// The message on top of the monitor's list, by its three pages.
void DemonstrationTour::addRelayMessage()
{
    const auto monitor = [this] { return m_desktop->showMonitor(); };
    const auto pages = [=] { return monitor()->findChild<QTabWidget *>(u"relayMessagePages"_s); };
    m_steps += {"keys to open with", [=] { return monitor()->findChild<QTableWidget *>(u"relayMessages"_s)->rowCount() > 0; }, [=] {
                    pages()->setCurrentIndex(1);
                    auto *keys = monitor()->findChild<QComboBox *>(u"relayKeys"_s);
                    keys->setCurrentIndex(keys->findData(QString(kBob)));
                    Q_EMIT keys->activated(keys->currentIndex());
                }};
    m_steps += {"a letter opened in the monitor", [=] {
                    const auto *opened = monitor()->findChild<MessageView *>(u"relayOpened"_s);
                    return opened->hasMessage() && opened->message().verdict.summary == smime::Summary::Verified;
                }, [] {}};
    m_steps += {"its banner", [] { return true; }, [=, this] {
                    picture(monitor(), u"34-relay-opened"_s);
                    pages()->setCurrentIndex(2);
                }};
    m_steps += {"its session", [=] { return !monitor()->findChild<QPlainTextEdit *>(u"messageTranscript"_s)->toPlainText().isEmpty(); }, [=, this] {
                    picture(monitor(), u"35-relay-session"_s);
                    pages()->setCurrentIndex(0);
                    auto *keys = monitor()->findChild<QComboBox *>(u"relayKeys"_s);
                    keys->setCurrentIndex(0);
                    Q_EMIT keys->activated(0);
                }};
}

/// Rules of faults, and a letter that one of them touched.
void DemonstrationTour::addRelayFaults()
{
    const auto monitor = [this] { return m_desktop->showMonitor(); };
    const auto table = [=](const QString &name) { return monitor()->findChild<QTableWidget *>(name); };
    const auto relay = [this]() -> app::RelayService & { return m_desktop->windowsOf(kAlice)->session()->workplace().relay(); };
    const auto pages = [=] { return monitor()->findChild<QTabWidget *>(u"monitorPages"_s); };
    m_steps += {"a place for rules", [] { return true; }, [=, this] {
                    (void)relay().addFault(*app::FaultRule::fromJson({{u"name"_s, tr("The list")}, {u"fault"_s, u"footer"_s}, {u"to"_s, QString(kBob)}, {u"text"_s, u"-- "_s}}));
                    (void)relay().addFault(*app::FaultRule::fromJson({{u"name"_s, u"greylist"_s}, {u"fault"_s, u"greylist"_s}, {u"from"_s, u"*@example.net"_s}, {u"enabled"_s, false}}));
                    (void)relay().addFault(*app::FaultRule::fromJson({{u"name"_s, u"452"_s}, {u"fault"_s, u"refuse"_s}, {u"at"_s, u"rcpt"_s}, {u"recipient"_s, 3}}));
                }};
    m_steps += {"rules of faults", [=] { return table(u"relayFaults"_s)->rowCount() == 3; }, [] {}};
    m_steps += {"rules in force", [this] { return app::relayFaults::isInForce(m_desktop->windowsOf(kAlice)->session()->workplace().data().relayFolder()); }, [this] {
                    app::Draft draft;
                    draft.from = m_desktop->windowsOf(kAlice)->session()->self();
                    draft.to = {{u"Bob Baker"_s, kBob}};
                    draft.subject = tr("The list");
                    draft.text = tr("Dear all,\n\nthis is signed, and everybody may read it.\n");
                    draft.encrypt = false;
                    m_desktop->windowsOf(kAlice)->session()->send(draft);
                }};
    m_steps += {"a letter that a rule touched", [=] { return table(u"relayMessages"_s)->item(0, 4) && !table(u"relayMessages"_s)->item(0, 4)->text().isEmpty(); },
                [=] { table(u"relayMessages"_s)->selectRow(0); }};
    // The finding is shown as soon as the message is there, and again when it has been looked at.
    const auto isAssessed = [=] { return !monitor()->findChild<QTextBrowser *>(u"relaySees"_s)->toPlainText().contains(app::assessmentHeadline({})); };
    m_steps += {"what the relay found out about it", [=, this] { return monitor()->findChild<QTextBrowser *>(u"relaySees"_s)->toPlainText().contains(tr("The list")) && isAssessed(); }, [=, this] {
                    picture(monitor(), u"36-relay-findings"_s);
                    pages()->setCurrentIndex(kFaultsPage);
                }};
    m_steps += {"the rules", [] { return true; }, [=, this] { picture(monitor(), u"37-relay-faults"_s); }};
    addWindow(u"38-new-fault"_s, u"relayFaultDialog"_s, [=] { monitor()->findChild<QPushButton *>(u"addFault"_s)->click(); }, {});
    m_steps += {"no rules", [] { return true; }, [=] {
                    (void)relay().clearFaults();
                    pages()->setCurrentIndex(kMailboxesPage);
                }};
}

void DemonstrationTour::addRelayMailboxes()
{
    const auto monitor = [this] { return m_desktop->showMonitor(); };
    const auto mailboxes = [=] { return monitor()->findChild<QTableWidget *>(u"relayMailboxes"_s); };
    m_steps += {"an alias, a catch-all and a long name", [=] { return mailboxes()->rowCount() > 1; }, [this] {
                    app::RelayService &relay = m_desktop->windowsOf(kAlice)->session()->workplace().relay();
                    (void)relay.setAlias(u"sales@example.org"_s, kBob);
                    (void)relay.setAlias(u"@example.org"_s, kBob);
                    (void)relay.addUser(u"hubert.wolfeschlegelsteinhausenbergerdorff@a-rather-long-domain-name.example.org"_s, base::Secret("demonstration"));
                }};
    m_steps += {"other names", [=] { return mailboxes()->rowCount() > 2 && mailboxes()->item(1, 1) && mailboxes()->item(1, 1)->text().contains(u','); }, [=] { mailboxes()->selectRow(1); }};
    m_steps += {"the mailboxes", [] { return true; }, [=, this] { picture(monitor(), u"39-relay-mailboxes"_s); }};
    addWindow(u"40-other-names"_s, u"relayAliasesDialog"_s, [=] { monitor()->findChild<QPushButton *>(u"changeAliases"_s)->click(); }, {});
    addWindow(u"41-new-mailbox"_s, u"relayUserDialog"_s, [=] { monitor()->findChild<QPushButton *>(u"addMailbox"_s)->click(); }, {});
    addWindow(u"42-trust"_s, u"identitiesWindow"_s, [this] { m_desktop->windowsOf(kAlice)->showIdentities(); }, [](QWidget *window) { window->findChild<QTabWidget *>()->setCurrentIndex(2); });
    const auto pages = [=] { return monitor()->findChild<QTabWidget *>(u"monitorPages"_s); };
    m_steps += {"the queue", [] { return true; }, [=] { pages()->setCurrentIndex(kQueuePage); }};
    m_steps += {"what goes elsewhere", [] { return true; }, [=, this] { picture(monitor(), u"43-relay-queue"_s); }};
    m_steps += {"the monitor as it was", [] { return true; }, [=] { pages()->setCurrentIndex(kMessagesPage); }};
    addWindow(u"44-join-card"_s, u"joinCardWindow"_s, [this] { m_desktop->showJoinCard(); }, {});
}

} // namespace ui
