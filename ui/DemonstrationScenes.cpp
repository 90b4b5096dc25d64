// SPDX-License-Identifier: GPL-3.0-or-later
// The scenes of DemonstrationTour beside the journey: what people see when something is amiss, dialogs, the other folders.
#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "ui/ComposeWindow.h"
#include "ui/DemonstrationTour.h"
#include "ui/Desktop.h"
#include "ui/FirstStartAssistant.h"
#include "ui/IdentitiesWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QToolButton>
#include <QTextEdit>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

app::Draft letterToBob(const mime::Address &from, const QString &subject, const QString &text)
{
    app::Draft draft;
    draft.from = from;
    draft.to = {{u"Bob Baker"_s, u"bob@example.org"_s}};
    draft.subject = subject;
    draft.text = text;
    return draft;
}

QByteArray rawLetter(const QByteArray &from, const QByteArray &subject, const QByteArray &type, const QByteArray &body)
{
    return "From: " + from + "\r\nTo: Bob Baker <bob@example.org>\r\nSubject: " + subject + "\r\nDate: Mon, 23 Nov 2026 09:30:00 +0000\r\nMessage-ID: <"
        + QByteArray::number(qHash(subject)) + "@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: " + type + "; charset=utf-8\r\n\r\n" + body;
}

} // namespace

/// Puts a letter into Bob's Inbox as the relay would have brought it.
void DemonstrationTour::bring(const QByteArray &octets)
{
    base::whenReady(this, m_desktop->windowsOf(kBob)->session()->mailbox().mail()->add(store::Folder::Inbox, octets), [this](const base::Result<store::MessageId> &id) {
        if (id)
            m_brought = *id;
        else
            m_problem = u"a letter of the demonstration could not be stored"_s;
    });
}

/// Seals as Alice would, has `change` done to the octets, and brings them to Bob.
void DemonstrationTour::bringSealed(const app::Draft &draft, const std::function<QByteArray(QByteArray)> &change)
{
    base::whenReady(this, m_desktop->windowsOf(kAlice)->session()->preview(draft), [this, change](const base::Result<smime::SealedMail> &sealed) {
        if (sealed)
            bring(change(sealed->envelopes.constFirst().message));
        else
            m_problem = u"a letter of the demonstration could not be sealed: "_s + sealed.error().detail;
    });
}

/// One letter: brought by `begin`, opened, pictured.
void DemonstrationTour::addLetter(const QString &name, const std::function<void()> &begin)
{
    const auto bob = [this] { return m_desktop->windowsOf(kBob)->mainWindow(); };
    const auto row = [this, bob] { return qobject_cast<app::MessageListModel *>(bob()->list()->model())->indexOf(m_brought); };
    m_steps += {"a quiet window", [] { return true; }, [this, begin] {
                    m_brought = store::MessageId::None;
                    begin();
                }};
    m_steps += {"a letter in the list", [=, this] { return m_brought != store::MessageId::None && row().isValid(); }, [=] {
                    bob()->messagePane()->showNothing({});
                    bob()->list()->setCurrentIndex(row());
                }};
    m_steps += {"the letter opened", [=] { return bob()->messagePane()->hasMessage(); }, [] {}};
    m_steps += {"its row", [] { return true; }, [=, this] { picture(bob(), name); }};
}

void DemonstrationTour::addVerdicts()
{
    const mime::Address alice{u"Alice Archer"_s, kAlice};
    const QString words = tr("Dear Bob,\n\nplease pay the 120 euros to the same account as always.\n\nYours\nAlice\n");
    addLetter(u"15-altered"_s, [=, this] {
        app::Draft draft = letterToBob(alice, tr("The bill"), words);
        draft.encrypt = false;
        bringSealed(draft, [](QByteArray octets) { return octets.replace(" 120 ", " 920 "); });
    });
    m_steps += {"the altered letter", [] { return true; }, [this] { m_desktop->windowsOf(kBob)->mainWindow()->findChild<QAction *>(u"actionInspector"_s)->trigger(); }};
    m_steps += {"its inspector", [this] { return topLevel(u"inspectorWindow"_s) != nullptr; }, [] {}};
    m_steps += {"the step that failed", [] { return true; }, [this] {
                    picture(topLevel(u"inspectorWindow"_s), u"16-inspector-altered"_s);
                    closeTopLevel(u"inspectorWindow"_s);
                }};
    addLetter(u"17-impersonated"_s, [=, this] {
        app::Draft draft = letterToBob({u"Carol Ito"_s, u"carol@example.org"_s}, tr("New account"), words);
        draft.encrypt = false;
        bringSealed(draft, [](const QByteArray &octets) { return octets; });
    });
    addLetter(u"18-cannot-decrypt"_s, [=, this] {
        app::Draft draft = letterToBob(alice, tr("Not for Bob"), words);
        draft.to = {alice};
        bringSealed(draft, [](const QByteArray &octets) { return octets; });
    });
    addLetter(u"19-plain"_s, [this] { bring(rawLetter("Dora Ek <dora@example.net>", "Minutes of Monday", "text/plain", "Dear all,\r\n\r\nplease find the minutes at https://example.net/minutes.\r\n\r\nDora\r\n")); });
    addLetter(u"20-remote-content"_s, [this] {
        bring(rawLetter("\"Shop of the week\" <news@example.net>", "Three days only", "text/html",
                        "<html><body><h2>Three days only</h2><p>Everything at half its price, <b>until Friday</b>.</p><img src=\"https://example.net/p.gif\" width=\"1\" height=\"1\">"
                        "<p><a href=\"https://example.net/shop\">To the shop</a></p></body></html>\r\n"));
    });
    addLetter(u"21-long-names"_s, [this] {
        bring(rawLetter("\"Wolfeschlegelsteinhausenbergerdorff-Achterbusch, Hubert Blaine the Elder\" <hubert.wolfeschlegelsteinhausenbergerdorff@a-rather-long-domain-name.example.org>",
                        "A subject that was thought of by somebody with much time and no wish to come to an end before the line does, nor the one after it",
                        "text/plain", QByteArray("Short.\r\n")));
    });
}

void DemonstrationTour::addFolders()
{
    const auto alice = [this] { return m_desktop->windowsOf(kAlice); };
    const auto list = [=] { return alice()->mainWindow()->list(); };
    m_steps += {"a stopped relay", [=, this] { return alice()->session()->workplace().relay().state() == app::RelayService::State::Running; },
                [=] { alice()->session()->workplace().relay().stop(); }};
    m_steps += {"no relay", [=] { return alice()->session()->workplace().relay().state() == app::RelayService::State::Stopped; }, [=, this] {
                    app::Draft waiting = letterToBob(alice()->session()->self(), tr("The contract"), tr("Dear Carol,\n\nthe contract is ready.\n"));
                    waiting.to = {{u"Carol Ito"_s, u"carol@example.net"_s}};
                    (void)alice()->session()->hold(waiting);
                    alice()->session()->send(letterToBob(alice()->session()->self(), tr("On its way"), tr("Dear Bob,\n\nthis one waits for the relay.\n")));
                    alice()->mainWindow()->selectFolder(store::Folder::Outbox);
                }};
    m_steps += {"letters in the outbox", [=] { return list()->model()->rowCount() == 2; }, [=] { list()->setCurrentIndex(list()->model()->index(1, 0)); }};
    m_steps += {"a letter in the outbox", [=] { return alice()->mainWindow()->messagePane()->hasMessage(); }, [] {}};
    const auto isListed = [=](store::Folder folder) {
        const auto *folders = qobject_cast<app::FolderModel *>(alice()->mainWindow()->findChild<QAbstractItemView *>(u"folderView"_s)->model());
        return folders->indexOf(folder).isValid();
    };
    m_steps += {"its status", [=] { return isListed(store::Folder::Waiting); }, [=, this] {
                    picture(alice()->mainWindow(), u"22-outbox"_s);
                    alice()->mainWindow()->selectFolder(store::Folder::Waiting);
                }};
    m_steps += {"a letter that waits", [=] { return list()->model()->rowCount() == 1; }, [=] { list()->setCurrentIndex(list()->model()->index(0, 0)); }};
    m_steps += {"the letter that waits", [=] { return alice()->mainWindow()->messagePane()->hasMessage(); }, [] {}};
    m_steps += {"for whom it waits", [] { return true; }, [=, this] {
                    picture(alice()->mainWindow(), u"23-waiting"_s);
                    alice()->mainWindow()->selectFolder(store::Folder::Archive);
                }};
    m_steps += {"an empty folder", [=] { return list()->model()->rowCount() == 0; }, [] {}};
    m_steps += {"what it says", [] { return true; }, [=, this] {
                    picture(alice()->mainWindow(), u"24-empty"_s);
                    alice()->mainWindow()->selectFolder(store::Folder::Inbox);
                }};
}

/// One window or dialog that `open` brings up and that is closed when it is pictured.
void DemonstrationTour::addWindow(const QString &name, const QString &objectName, const std::function<void()> &open, const std::function<void(QWidget *)> &prepare)
{
    m_steps += {"a place for a window", [] { return true; }, open};
    m_steps += {"a window", [=, this] { return topLevel(objectName) != nullptr; }, [=, this] {
                    if (prepare)
                        prepare(topLevel(objectName));
                }};
    m_steps += {"a window that is filled", [] { return true; }, [=, this] {
                    picture(topLevel(objectName), name);
                    closeTopLevel(objectName);
                }};
}

void DemonstrationTour::addDialogs()
{
    const auto alice = [this] { return m_desktop->windowsOf(kAlice); };
    const auto press = [](QWidget *window, const QString &objectName) { window->findChild<QPushButton *>(objectName)->click(); };
    addWindow(u"25-unlock"_s, u"unlockDialog"_s, [=] { alice()->askForPassphrase(alice()->mainWindow()); }, {});
    addWindow(u"26-new-keys"_s, u"newKeysDialog"_s, [=, this] { alice()->showIdentities(); press(topLevel(u"identitiesWindow"_s), u"newKeysButton"_s); }, {});
    addWindow(u"27-change-passphrase"_s, u"passphraseDialog"_s, [=, this] { press(topLevel(u"identitiesWindow"_s), u"changePassphraseButton"_s); }, {});
    addWindow(u"28-certificate"_s, u"certificateDialog"_s, [this] {
        auto *own = topLevel(u"identitiesWindow"_s)->findChild<QTreeWidget *>(u"ownKeys"_s);
        Q_EMIT own->itemActivated(own->topLevelItem(0), 0);
    }, {});
    addWindow(u"29-authority"_s, u"identitiesWindow"_s, [] {}, [](QWidget *window) { auto *tabs = window->findChild<QTabWidget *>(); tabs->setCurrentIndex(tabs->count() - 1); });
    addWindow(u"30-new-member"_s, u"firstStartAssistant"_s, [this] { m_desktop->showAssistant(); }, {});
    addWindow(u"48-empty-trash"_s, u"emptyTrashQuestion"_s, [=] { Q_EMIT alice()->mainWindow()->emptyTrashRequested(); }, {});
    addWindow(u"45-servers"_s, u"accountDialog"_s, [=] { alice()->showAccount(); }, [](QWidget *dialog) { dialog->findChild<QRadioButton *>(u"accountElsewhere"_s)->click(); });
    m_steps += {"a place for the monitor", [] { return true; }, [=, this] {
                    m_desktop->showMonitor()->findChild<QLineEdit *>(u"monitorSmtp"_s)->setText(u"192.0.2.1:1025"_s);
                    press(m_desktop->showMonitor(), u"monitorStart"_s);
                }};
    m_steps += {"a relay that cannot listen", [=] { return alice()->session()->workplace().relay().state() == app::RelayService::State::Failed; }, [] {}};
    m_steps += {"what the monitor says of it", [] { return true; }, [this] { picture(m_desktop->showMonitor(), u"31-relay-failed"_s); }};
}

void DemonstrationTour::addComposing()
{
    const auto compose = [this] { return qobject_cast<ComposeWindow *>(topLevel(u"composeWindow"_s)); };
    const auto isFound = [=] {
        const auto marks = compose()->findChild<QWidget *>(u"recipientMarks"_s)->findChildren<QToolButton *>();
        return !marks.isEmpty() && marks.constLast()->toolTip().contains(app::recipientText({{}, {}, app::RecipientOutlook::Found, {}, {}}));
    };
    m_steps += {"a main window", [] { return true; }, [=, this] {
                    m_desktop->windowsOf(kAlice)->mainWindow()->findChild<QAction *>(u"actionNew"_s)->trigger();
                    compose()->findChild<QLineEdit *>(u"toField"_s)->setText(u"Carol Ito <carol@example.net>"_s);
                    compose()->findChild<QLineEdit *>(u"subjectField"_s)->setText(tr("The contract"));
                    compose()->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(tr("Dear Carol,\n\nthe contract is ready.\n"));
                }};
    m_steps += {"a recipient without certificate", [=] { return compose() && compose()->outlook().permission == app::SendOutlook::Permission::Held; }, [=, this] {
                    picture(compose(), u"12-compose-held"_s);
                    compose()->findChild<QLineEdit *>(u"toField"_s)->setText(u"Bob Baker <%1>"_s.arg(kBob));
                    compose()->findChild<QCheckBox *>(u"encryptSwitch"_s)->setChecked(false);
                }};
    m_steps += {"a recipient with certificate", [=] { return isFound(); }, [] {}};
    m_steps += {"a letter in clear", [=] { return compose()->outlook().permission == app::SendOutlook::Permission::Allowed; }, [=, this] {
                    picture(compose(), u"13-compose-in-clear"_s);
                    compose()->findChild<QCheckBox *>(u"encryptSwitch"_s)->setChecked(true);
                    compose()->findChild<QCheckBox *>(u"serverSightSwitch"_s)->setChecked(true);
                }};
    m_steps += {"what the server will see", [=] { return !compose()->findChild<QTextEdit *>(u"serverSight"_s)->toPlainText().isEmpty(); }, [=, this] {
                    picture(compose(), u"14-compose-server-sight"_s);
                    compose()->findChild<QAction *>(u"actionDiscard"_s)->trigger();
                }};
}

} // namespace ui
