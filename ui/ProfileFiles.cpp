// SPDX-License-Identifier: GPL-3.0-or-later
// What ProfileWindows does with files that somebody opens.
#include "app/ErrorText.h"
#include "app/MailImport.h"
#include "app/VerdictPresenter.h"
#include "mime/FileName.h"
#include "ui/AttachmentSaving.h"
#include "ui/FileProblems.h"
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessagePassword.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/ProfileWindows.h"
#include "ui/ServerNotice.h"
#include "ui/WindowKeys.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qint64 kLargestMessageFile = qint64{256} << 20;
constexpr qsizetype kLongestSavedName = 60;
}

void ProfileWindows::askForFiles()
{
    askWhichFiles(m_window.get(), tr("Open"), tr("Messages (*.eml *.p7m *.p7z);;All files (*)"), [this](const QStringList &paths) {
        for (const QString &path : paths)
            openFile(path);
    });
}

void ProfileWindows::askForMail()
{
    askWhichFiles(m_window.get(), tr("Import mail"), tr("Mail of other programs (*.mbox *.mbx *.eml);;All files (*)"), [this](const QStringList &paths) { importMail(paths); });
}

void ProfileWindows::importMail(const QStringList &paths)
{
    m_window->notice()->setText(tr("The mail is being imported."), {}, Tone::Neutral);
    const auto importing = app::importMail(m_session->mailbox().mail(), paths, store::Folder::Archive, m_session->workplace().pool());
    // Whoever quits does not wait for it; it can be begun again.
    connect(this, &QObject::destroyed, qApp, [importing] { importing.cancel(); });
    base::whenReady(this, importing, [this](const base::Result<app::MailImport> &import) {
        if (!import)
            return report(import.error());
        QStringList sentences{tr("%n messages came into the archive.", nullptr, import->added)};
        if (import->known > 0)
            sentences += tr("%n were here before.", nullptr, import->known);
        FileProblems problems;
        for (const auto &[path, error] : import->unreadable)
            problems.add(QFileInfo(path).fileName(), app::errorText(error).sentence);
        sentences += problems.lines();
        const NoticeAction look{tr("Show the archive"), [this] { showArchive(); }};
        m_window->notice()->setText(sentences.join(u' '), import->added > 0 ? look : NoticeAction(), problems.isEmpty() ? Tone::Good : Tone::Bad);
    });
}

void ProfileWindows::showArchive()
{
    m_window->notice()->setText({});
    m_window->showFolder(store::Folder::Archive);
    m_window->list()->setFocus(Qt::OtherFocusReason);
}

void ProfileWindows::openFiles(const QStringList &paths)
{
    QStringList mail;
    for (const QString &path : paths) {
        if (const QFileInfo file(path); file.isDir() || file.suffix().toLower() == "mbox"_L1)
            mail += path;
        else
            mime::isLetterFileName(path) ? openFile(path) : importFile(path);
    }
    if (!mail.isEmpty())
        importMail(mail);
}

void ProfileWindows::saveMessage()
{
    if (m_shown == store::MessageId::None)
        return;
    const QString sender = m_stored.summary.from.isEmpty() ? QString() : m_stored.summary.from.constFirst().mailbox;
    const QString name = messageFileName(m_window->messagePane()->message(), m_stored.summary.subject, sender);
    askWhereToSave(m_window.get(), tr("Save message as"), name + u".eml"_s, [this, octets = m_stored.octets](const QString &path) {
        base::whenReady(this, writeFile(m_session->workplace().pool(), path, octets), [this, path](const base::Status &status) { status ? tellSaved({path}) : report(status.error()); });
    });
}

void ProfileWindows::tellSaved(const QStringList &paths)
{
    const QFileInfo first(paths.constFirst());
    const QString sentence = paths.size() == 1 ? tr("\"%1\" was saved.").arg(shortened(first.fileName(), kLongestSavedName)) : tr("%1 files were saved.").arg(paths.size());
    const NoticeAction look{tr("Open the folder"), [folder = first.path()] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }};
    m_window->notice()->setText(sentence, look, Tone::Good);
}

void ProfileWindows::importFile(const QString &path)
{
    showIdentities();
    qobject_cast<IdentitiesWindow *>(m_identities.data())->importFile(path);
}

void ProfileWindows::tellImport(const QString &name, const app::ImportedFile &imported)
{
    showIdentities();
    qobject_cast<IdentitiesWindow *>(m_identities.data())->tellImport(name, imported);
    m_servers->offer();
}

void ProfileWindows::openFile(const QString &path)
{
    base::whenReady(this, readFile(m_session->workplace().pool(), path, kLargestMessageFile), [this, path](const base::Result<QByteArray> &octets) {
        octets ? openLetter(QFileInfo(path).fileName(), *octets) : report(octets.error());
    });
}

// What is no letter of the mailbox has a window of its own and is kept nowhere.
void ProfileWindows::openLetter(const QString &name, const QByteArray &octets)
{
    auto *pane = new MessageView;
    pane->setObjectName(u"messageFileWindow"_s);
    pane->setAttribute(Qt::WA_DeleteOnClose);
    pane->setWindowTitle(tr("%1 - %2 - Waxwing").arg(name, m_session->profile().address));
    pane->resize(720, 680);
    connectPane(pane);
    connect(pane, &MessageView::inspectorRequested, pane, [this, pane, octets] { openInspector(pane, octets, pane); });
    connect(pane, &MessageView::passwordRequested, pane, [this, pane, octets] { askForForeignPassword(pane, octets); });
    addWindowKeys(pane);
    connect(this, &QObject::destroyed, pane, &QObject::deleteLater);
    connect(m_session, &app::ProfileSession::lockChanged, pane, [this, pane, octets] { showForeign(pane, octets); });
    showForeign(pane, octets);
}

// Anew whenever the keys are opened or locked.
void ProfileWindows::showForeign(const QPointer<MessageView> &pane, const QByteArray &octets)
{
    const bool isUnlocked = m_session->isUnlocked();
    if (!isUnlocked && pane && pane->hasMessage() && pane->message().isEncrypted())
        pane->showNothing(tr("Your keys are locked, so this message cannot be opened yet."));
    base::whenReady(this, m_session->openForeign(octets), [this, pane, octets, isUnlocked](const base::Result<smime::OpenedMessage> &message) {
        if (!pane || isUnlocked != m_session->isUnlocked())
            return;
        if (!message) {
            if (pane->isHidden())
                pane->deleteLater(); // Nobody sees it, and nobody could close it.
            return report(message.error());
        }
        const app::VerdictContext context = contextOf(*message);
        pane->showMessage(*message, app::presentVerdict(message->verdict, context), octets);
        pane->setNote(context.areKeysLocked && message->needsKey() ? tr("Your keys are locked, so this message cannot be opened yet.") : QString());
        pane->show();
    });
}

void ProfileWindows::askForForeignPassword(MessageView *pane, const QByteArray &octets)
{
    const auto show = [this, pane, octets](const smime::OpenedMessage &message, const QList<base::Secret> &) {
        pane->showMessage(message, app::presentVerdict(message.verdict, contextOf(message)), octets);
    };
    QDialog *dialog = askForMessagePassword(pane, [this, octets](const QList<base::Secret> &passwords) { return m_session->openForeign(octets, passwords); }, show);
    connect(m_session, &app::ProfileSession::lockChanged, dialog, &QDialog::reject);
}

} // namespace ui
