// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ProfileWindows.h"

#include "app/DraftPresentation.h"
#include "app/ErrorText.h"
#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "app/VerdictPresenter.h"
#include "ui/AccountDialog.h"
#include "ui/AttachmentSaving.h"
#include "ui/CertificateDialog.h"
#include "ui/ComposeDesk.h"
#include "ui/ComposeWindow.h"
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/InspectorWindow.h"
#include "ui/LinkQuestion.h"
#include "ui/MainWindow.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageListView.h"
#include "ui/MessagePassword.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/ServerNotice.h"
#include "ui/SourceWindow.h"
#include "ui/TextZoom.h"
#include "ui/TrashQuestion.h"
#include "ui/UnlockDialog.h"
#include "ui/WindowMemory.h"

#include <QGuiApplication>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

// Moving through the list by keyboard opens only where one stops.
constexpr auto kSettle = 80ms;

app::MessageListModel::Column columnOf(SortBy by)
{
    switch (by) {
    case SortBy::Date: return app::MessageListModel::Column::Date;
    case SortBy::Correspondent: return app::MessageListModel::Column::Correspondent;
    case SortBy::Subject: return app::MessageListModel::Column::Subject;
    case SortBy::Seal: return app::MessageListModel::Column::Seal;
    }
    Q_UNREACHABLE_RETURN(app::MessageListModel::Column::Date);
}

// No server has seen it yet.
bool isUnsent(store::Folder folder) { return folder == store::Folder::Drafts || folder == store::Folder::Waiting; }
bool isOwn(store::Folder folder) { return isUnsent(folder) || folder == store::Folder::Outbox || folder == store::Folder::Sent; }

app::AnswerKind answerOf(ReplyKind kind)
{
    switch (kind) {
    case ReplyKind::Sender: return app::AnswerKind::Reply;
    case ReplyKind::Everyone: return app::AnswerKind::ReplyAll;
    case ReplyKind::Forward: return app::AnswerKind::Forward;
    }
    Q_UNREACHABLE_RETURN(app::AnswerKind::Reply);
}

} // namespace

ProfileWindows::ProfileWindows(app::ProfileSession *session, QObject *parent)
    : QObject(parent), m_session(session), m_folders(std::make_unique<app::FolderModel>(&session->mailbox())),
      m_messages(std::make_unique<app::MessageListModel>(&session->mailbox(), session->workplace().clock())),
      m_window(std::make_unique<MainWindow>(session->profile().address))
{
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &ProfileWindows::openSelected);
    connectWindow();
    connectPane(m_window->messagePane());
    connectSession();
    rememberWindow(m_window.get(), session->profile().folder, u"main"_s);
    m_window->setModels(m_folders.get(), m_messages.get());
    m_window->rememberOrderIn(session->profile().folder + "/windows.ini"_L1);
    m_window->statusLine()->setDemonstrationPassphrase(session->profile().isDemonstration ? u"demonstration"_s : QString());
    onFolderChosen(store::Folder::Inbox);
    updateKeys();
    updateRelay();
}

ProfileWindows::~ProfileWindows() = default;

void ProfileWindows::connectWindow()
{
    MainWindow *window = m_window.get();
    connect(window, &MainWindow::newMessageRequested, this, [this] { compose(newDraft()); });
    connect(window, &MainWindow::getMailRequested, m_session, &app::ProfileSession::checkMail);
    connect(window, &MainWindow::folderChosen, this, &ProfileWindows::onFolderChosen);
    connect(window, &MainWindow::replyRequested, this, &ProfileWindows::answer);
    connect(window, &MainWindow::messageActivated, this, &ProfileWindows::onMessageActivated);
    connect(window, &MainWindow::editDraftRequested, this, &ProfileWindows::editSelected);
    connect(window, &MainWindow::sendAgainRequested, this, &ProfileWindows::sendAgain);
    connect(window, &MainWindow::archiveRequested, this, [this] { moveSelected(store::Folder::Archive); });
    connect(window, &MainWindow::moveRequested, this, &ProfileWindows::moveSelected);
    connect(window, &MainWindow::deleteRequested, this, &ProfileWindows::removeSelected);
    connect(window, &MainWindow::undoRequested, this, [this] { reportFailure(m_session->mailbox().undo()); });
    connect(window, &MainWindow::emptyTrashRequested, this, &ProfileWindows::emptyTrash);
    connect(window, &MainWindow::markReadRequested, this, [this] { reportFailure(m_session->mailbox().setRead(m_window->list()->selectedIds(), true)); });
    connect(window, &MainWindow::markUnreadRequested, this, &ProfileWindows::markUnread);
    connect(window, &MainWindow::filesDropped, this, &ProfileWindows::openFiles);
    connect(window, &MainWindow::openRequested, this, &ProfileWindows::askForFiles);
    connect(window, &MainWindow::importMailRequested, this, &ProfileWindows::askForMail);
    connect(window, &MainWindow::saveMessageRequested, this, &ProfileWindows::saveMessage);
    connect(window, &MainWindow::sourceRequested, this, &ProfileWindows::showSource);
    connect(window, &MainWindow::inspectorRequested, this, &ProfileWindows::showInspector);
    connect(window, &MainWindow::identitiesRequested, this, &ProfileWindows::showIdentities);
    connect(window, &MainWindow::accountRequested, this, &ProfileWindows::showAccount);
    connect(window, &MainWindow::lockToggled, this, &ProfileWindows::toggleLock);
    connect(window, &MainWindow::sortRequested, this, [this](SortBy by, Qt::SortOrder order) { m_messages->sort(int(columnOf(by)), order); });
    connect(window, &MainWindow::searchChanged, m_messages.get(), &app::MessageListModel::setSearch);
    connect(window->messagePane(), &MessageView::passwordRequested, this, &ProfileWindows::askForStoredPassword);
    connect(window->list(), &MessageListView::selectionMoved, this, &ProfileWindows::onSelectionMoved);
    m_servers = new ServerNotice(m_session, window->notice(), this);
    connect(m_servers, &ServerNotice::accountRequested, this, &ProfileWindows::showAccount);
    connect(window->statusLine(), &StatusLine::keysClicked, this, &ProfileWindows::toggleLock);
    connect(window->statusLine(), &StatusLine::startRelayRequested, this, &ProfileWindows::startRelayRequested);
}

void ProfileWindows::connectPane(MessageView *pane)
{
    pane->offerOpening();
    pane->zoom()->rememberIn(m_session->profile().folder + "/windows.ini"_L1);
    connect(pane, &MessageView::certificateRequested, this, [this, pane] { showSignerCertificate(pane); });
    connect(pane, &MessageView::linkRequested, this, [this, pane](const QUrl &link) { openLink(pane, link); });
    const auto failed = [this](const base::Error &error) { report(error); };
    const auto saved = [this](const QStringList &paths) { tellSaved(paths); };
    QThreadPool *pool = m_session->workplace().pool();
    connect(pane, &MessageView::openAttachmentRequested, this, [this, pane](int index) {
        const smime::Attachment attachment = pane->shownPart().attachments.value(index);
        openLetter(attachmentFileName(attachment), attachment.content());
    });
    connect(pane, &MessageView::saveAttachmentRequested, pane, [=](int index) { askToSaveAttachment(pane, pool, pane->shownPart().attachments.value(index), failed, saved); });
    connect(pane, &MessageView::saveAllAttachmentsRequested, pane, [=] { askToSaveAttachments(pane, pool, pane->shownPart().attachments, failed, saved); });
}

void ProfileWindows::connectSession()
{
    connect(m_messages.get(), &app::MessageListModel::loaded, this, &ProfileWindows::updateEmptyTexts);
    connect(m_messages.get(), &QAbstractItemModel::dataChanged, this, &ProfileWindows::onRowsChanged);
    connect(m_messages.get(), &app::MessageListModel::failed, this, &ProfileWindows::report);
    connect(m_session, &app::ProfileSession::lockChanged, this, [this](bool isUnlocked) {
        if (!isUnlocked)
            m_stored.passwords.clear(); // Who locks the keys shuts what they do not open as well.
        updateKeys();
        openSelected();
    });
    // Whoever comes back may have added keys by another program.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            m_session->workplace().identities().lookAgain(m_session->profile().address);
    });
    // Whoever imports the key that a letter asks for, or trusts its authority, looks at that letter next.
    connect(&m_session->workplace().identities(), &app::IdentityService::certificatesChanged, this, [this](const QString &address) {
        if (address.isEmpty() || address == m_session->profile().address)
            openSelected();
    });
    connect(m_session, &app::ProfileSession::accountUnusable, this, &ProfileWindows::report);
    connect(m_session, &app::ProfileSession::sendingFailed, this, [this](const app::Draft &, const base::Error &error) { report(error); });
    connect(m_session, &app::ProfileSession::savingFailed, this, &ProfileWindows::bringBack);
    connect(&m_session->mailbox(), &app::MailboxService::undoChanged, m_window.get(), &MainWindow::setCanUndo);
    connect(&m_session->texts(), &app::TextReading::behindChanged, m_window.get(), &MainWindow::setSearchBehind);
    m_window->setSearchBehind(m_session->texts().isBehind());
    app::FetchService &fetching = m_session->fetching();
    connect(&fetching, &app::FetchService::newMessages, this, &ProfileWindows::mailArrived);
    connect(&fetching, &app::FetchService::finished, this, [this, &fetching](const std::optional<base::Error> &error) {
        // That nothing answers, the relay's line says already.
        const bool isSaid = error && error->code == base::ErrorCode::ConnectionRefused && m_session->serversElsewhere().isEmpty();
        const bool isNews = error && !isSaid && error->code != base::ErrorCode::Cancelled;
        m_window->statusLine()->setChecked(fetching.lastChecked(), isNews ? app::errorText(*error).sentence : QString());
        updateRelay();
    });
    connect(&m_session->outbox(), &app::OutboxService::statusTextChanged, m_window->statusLine(), &StatusLine::setOutbox);
    m_window->statusLine()->setOutbox(m_session->outbox().statusText());
    connect(&m_session->outbox(), &app::OutboxService::failed, this, [this](store::MessageId, const base::Error &error) {
        if (m_servers->tell(error))
            return;
        const app::ErrorText text = app::errorText(error);
        m_window->notice()->setText(text.sentence, {tr("Open the outbox"), [this] { m_window->showFolder(store::Folder::Outbox); }}, Tone::Bad, text.detail);
    });
    connect(&m_session->workplace().relay(), &app::RelayService::stateChanged, this, [this, &fetching] {
        // Who answered the last time may have been this relay.
        fetching.forgetServer();
        updateRelay();
    });
    connect(&m_session->workplace().relay(), &app::RelayService::troubleChanged, this, &ProfileWindows::updateRelay);
    connectWaiting();
}

void ProfileWindows::connectWaiting()
{
    app::WaitingService &waiting = m_session->waiting();
    m_messages->setWaitingText([&waiting](store::MessageId id) { return app::WaitingService::waitingText(waiting.missingFor(id)); });
    connect(&waiting, &app::WaitingService::missingChanged, m_messages.get(), &app::MessageListModel::renewTexts);
    connect(&waiting, &app::WaitingService::failed, this, [this](store::MessageId, const base::Error &error) { report(error); });
    connect(&waiting, &app::WaitingService::released, this, [this](const QStringList &recipients) {
        m_window->notice()->setText(tr("The message for %1 has waited for a certificate. It is sealed now and on its way.").arg(app::namesText(recipients)), {}, Tone::Good);
    });
}

app::Draft ProfileWindows::newDraft() const
{
    app::Draft draft;
    draft.from = m_session->self();
    return draft;
}

void ProfileWindows::composeFor(const QString &mailto)
{
    const app::Draft draft = app::mailtoDraft(mailto, m_session->self());
    compose(draft)->showRemark(app::mailtoRemark(draft));
}

ComposeWindow *ProfileWindows::compose(const app::Draft &draft)
{
    auto *window = new ComposeWindow(draft);
    rememberWindow(window, m_session->profile().folder, u"compose"_s);
    auto *desk = new ComposeDesk(m_session, window);
    connect(desk, &ComposeDesk::unlockRequested, this, [this, window] { askForPassphrase(window); });
    connect(desk, &ComposeDesk::importRequested, this, &ProfileWindows::showIdentities);
    connect(desk, &ComposeDesk::keysRequested, this, [this] {
        showIdentities();
        qobject_cast<IdentitiesWindow *>(m_identities.data())->showOwnKeys();
    });
    connect(desk, &ComposeDesk::held, this, [this] {
        m_window->notice()->setText(tr("Your message lies in \"%1\" and goes by itself when one arrives.").arg(app::FolderModel::displayName(store::Folder::Waiting)), {}, Tone::Good);
    });
    // The writer's window must not outlive the session that it writes with.
    connect(this, &QObject::destroyed, window, &QObject::deleteLater);
    window->show();
    window->activateWindow();
    return window;
}

ComposeWindow *ProfileWindows::bringBack(const app::Draft &draft, const base::Error &error)
{
    ComposeWindow *window = compose(draft);
    window->setModified(true);
    const app::ErrorText text = app::errorText(error);
    window->showProblem(ComposeDesk::tr("The draft was not saved. %1").arg(text.sentence), text.detail);
    return window;
}

void ProfileWindows::onFolderChosen(store::Folder folder)
{
    m_messages->setFolder(folder);
    updateEmptyTexts();
}

// One that was moved is still listed among hits, and its folder decides what can be done with it.
void ProfileWindows::onRowsChanged()
{
    m_window->setSelection(m_window->list()->selectedFolders());
    updateNote();
}

void ProfileWindows::updateEmptyTexts()
{
    // A list that begins anew has dropped its selection without a word.
    m_window->setSelection(m_window->list()->selectedFolders());
    m_window->list()->setEmptyText(emptyText());
    if (m_messages->rowCount() == 0 || m_window->list()->selectedIds().isEmpty()) {
        m_shown = m_wanted = store::MessageId::None;
        m_window->messagePane()->showNothing(nothingChosenText());
    }
}

QString ProfileWindows::emptyText() const
{
    if (m_messages->isLoading())
        return {}; // Nobody knows yet.
    if (m_messages->isOverall())
        return tr("No message in any folder has these words in names, subject or text. The trash and the text of encrypted messages are not searched.");
    if (!m_messages->search().isEmpty())
        return tr("No message in this folder has these words in names, subject or text. The text of encrypted messages is not searched.");
    return app::FolderModel::emptyText(m_messages->folder());
}

// An empty folder speaks for itself.
QString ProfileWindows::nothingChosenText() const { return m_messages->rowCount() == 0 ? QString() : tr("Choose a message to read it."); }

void ProfileWindows::onSelectionMoved()
{
    m_window->setSelection(m_window->list()->selectedFolders());
    // What is still being opened is no longer what the list points at.
    m_wanted = store::MessageId::None;
    m_settle.start(kSettle);
}

void ProfileWindows::openSelected()
{
    const QList<store::MessageId> ids = m_window->list()->selectedIds();
    if (ids.size() != 1) {
        m_wanted = m_shown = store::MessageId::None;
        m_window->messagePane()->showNothing(ids.isEmpty() ? nothingChosenText() : tr("%n messages are selected.", nullptr, int(ids.size())));
        return;
    }
    m_wanted = ids.constFirst();
    base::whenReady(this, m_session->stored(m_wanted), [this, id = m_wanted](const base::Result<app::ProfileSession::Stored> &stored) {
        if (id != m_wanted)
            return;
        if (!stored)
            return report(stored.error());
        app::ProfileSession::Stored letter = *stored;
        if (id == m_shown)
            letter.passwords = m_stored.passwords; // Trust or keys have changed, and not what the reader gave.
        base::whenReady(this, m_session->open(letter), [this, letter, isUnlocked = m_session->isUnlocked()](const base::Result<smime::OpenedMessage> &message) {
            // Locked or unlocked meanwhile: it is being opened anew, and whichever of the two comes last would stay.
            if (isUnlocked == m_session->isUnlocked())
                onOpened(letter, message);
        });
    });
}

void ProfileWindows::onOpened(const app::ProfileSession::Stored &stored, const base::Result<smime::OpenedMessage> &message)
{
    if (stored.summary.id != m_wanted || !message)
        return;
    m_stored = stored;
    m_shown = stored.summary.id;
    show(*message);
    const bool isLocked = contextOf(*message).areKeysLocked && message->needsKey();
    if (isLocked)
        m_window->notice()->setText(tr("Your keys are locked, so this message cannot be opened yet."), {tr("Unlock the keys\u2026"), [this] { askForPassphrase(m_window.get()); }});
    else if (!stored.summary.flags.testFlag(store::Flag::Read))
        reportFailure(m_session->mailbox().setRead({m_shown}, true));
    if (m_session->needsCloserLook(*message))
        base::whenReady(this, m_session->lookCloser(stored, *message), [this, stored](const base::Result<smime::OpenedMessage> &closer) {
            // Locked meanwhile: what came out is not shown any more.
            const bool mayShow = closer && (m_session->isUnlocked() || !closer->isEncrypted());
            if (mayShow && stored.summary.id == m_shown)
                show(*closer);
        });
}

void ProfileWindows::show(const smime::OpenedMessage &message)
{
    const store::Folder folder = m_stored.summary.folder;
    m_window->messagePane()->showMessage(message, presentationOf(message, m_stored.summary), isUnsent(folder) ? QByteArray() : m_stored.octets);
    if (isOwn(folder))
        m_window->messagePane()->setBlindCopies(app::blindCopiesOf(m_stored.octets));
    updateNote();
}

void ProfileWindows::askForStoredPassword()
{
    using Passwords = QList<base::Secret>;
    const auto with = [stored = m_stored](const Passwords &passwords) { return app::ProfileSession::Stored{stored.summary, stored.octets, passwords}; };
    const auto show = [this, with](const smime::OpenedMessage &message, const Passwords &passwords) { onOpened(with(passwords), message); };
    QDialog *dialog = askForMessagePassword(m_window.get(), [this, with](const Passwords &passwords) { return m_session->open(with(passwords)); }, show);
    connect(m_session, &app::ProfileSession::lockChanged, dialog, &QDialog::reject);
}

// What the list says of a letter on its way stands over the letter, too.
void ProfileWindows::updateNote()
{
    const QModelIndex row = m_messages->indexOf(m_shown);
    const bool isOnItsWay = row.isValid() && row.data(int(app::MessageListModel::Role::Folder)).value<store::Folder>() == store::Folder::Outbox;
    m_window->messagePane()->setNote(isOnItsWay ? row.data(int(app::MessageListModel::Role::SendState)).toString() : QString());
}

app::VerdictPresentation ProfileWindows::presentationOf(const smime::OpenedMessage &message, const store::MessageSummary &summary) const
{
    if (isUnsent(summary.folder))
        return app::presentDraft(message.verdict, m_session->waiting().missingFor(summary.id));
    return app::presentVerdict(message.verdict, contextOf(message));
}

app::VerdictContext ProfileWindows::contextOf(const smime::OpenedMessage &message) const
{
    app::VerdictContext context = app::verdictContextOf(message, m_session->workplace().clock().now());
    context.areKeysLocked = !m_session->isUnlocked() && !smime::isForSecretsOnly(message.verdict.encryption);
    return context;
}

void ProfileWindows::sendAgain()
{
    for (const store::MessageId id : m_window->list()->selectedIds())
        reportFailure(m_session->outbox().retry(id));
}

void ProfileWindows::onMessageActivated()
{
    const QList<store::Folder> folders = m_window->list()->selectedFolders();
    if (folders.size() == 1 && isUnsent(folders.constFirst()))
        editSelected();
    else if (m_window->messagePane()->hasMessage())
        m_window->messagePane()->browser()->setFocus(QGuiApplication::mouseButtons() ? Qt::MouseFocusReason : Qt::ShortcutFocusReason); // Return goes on to reading.
}

void ProfileWindows::answer(ReplyKind kind)
{
    if (m_shown == store::MessageId::None)
        return;
    const smime::OpenedMessage &message = m_window->messagePane()->message();
    compose(app::answerDraft({message, m_shown, m_session->self()}, answerOf(kind)))->showRemark(app::answerRemark(message, answerOf(kind)));
}

// The next message is chosen, so that one key deletes or archives one after another.
void ProfileWindows::removeSelected()
{
    const QList<store::MessageId> ids = m_window->list()->selectedIds();
    const QList<store::Folder> folders = m_window->list()->selectedFolders();
    if (!ids.isEmpty() && folders.count(store::Folder::Trash) == folders.size())
        return askToRemoveFromTrash(m_window.get(), int(ids.size()), [this, ids] {
            m_window->list()->selectNeighbour();
            reportFailure(m_session->mailbox().removeFromTrash(ids));
        });
    m_window->list()->selectNeighbour();
    if (!ids.isEmpty())
        reportFailure(m_session->mailbox().remove(ids));
}

void ProfileWindows::moveSelected(store::Folder to)
{
    const QList<store::MessageId> ids = m_window->list()->selectedIds();
    m_window->list()->selectNeighbour();
    if (!ids.isEmpty())
        reportFailure(m_session->mailbox().move(ids, to));
}

void ProfileWindows::emptyTrash()
{
    askToEmptyTrash(m_window.get(), [this] { reportFailure(m_session->mailbox().emptyTrash()); });
}

void ProfileWindows::markUnread()
{
    m_wanted = store::MessageId::None;
    reportFailure(m_session->mailbox().setRead(m_window->list()->selectedIds(), false));
}

void ProfileWindows::showSource()
{
    if (m_shown == store::MessageId::None)
        return;
    const auto origin = isOwn(m_stored.summary.folder) ? SourceWindow::Origin::Own : SourceWindow::Origin::Arrived;
    (new SourceWindow(m_window->messagePane()->message(), m_stored.octets, m_session->profile().address, origin, m_window.get()))->show();
}

void ProfileWindows::showInspector()
{
    if (m_shown != store::MessageId::None)
        openInspector(m_window->messagePane(), m_stored.octets, m_window.get());
}

void ProfileWindows::openInspector(MessageView *pane, const QByteArray &octets, QWidget *parent)
{
    auto *inspector = new InspectorWindow(pane->shownPart(), m_session->profile().address, parent);
    rememberWindow(inspector, m_session->profile().folder, u"inspector"_s);
    inspector->setStructure(m_session->inspect(octets));
    inspector->show();
}

void ProfileWindows::showSignerCertificate(MessageView *pane)
{
    const QList<smime::Signer> signers = pane->shownPart().verdict.signature.signers;
    if (!signers.isEmpty())
        (new CertificateDialog({signers.constFirst().certificate, {}}, pane))->open();
}

QWidget *ProfileWindows::showIdentities()
{
    if (!m_identities) {
        m_identities = new IdentitiesWindow(m_session);
        rememberWindow(m_identities, m_session->profile().folder, u"identities"_s);
        connect(this, &QObject::destroyed, m_identities.data(), &QObject::deleteLater);
    }
    m_identities->show();
    m_identities->raise();
    m_identities->activateWindow();
    return m_identities;
}

// A password can be kept among the keys only while they are open.
void ProfileWindows::showAccount()
{
    if (!m_session->isUnlocked()) {
        askForPassphrase(m_window.get());
        connect(m_unlock, &QDialog::accepted, this, &ProfileWindows::showAccount, Qt::UniqueConnection);
        return;
    }
    const base::Result<app::AccountSettings> account = m_session->account();
    if (!account)
        return report(account.error());
    auto *dialog = new AccountDialog(*account, m_session->profile().address,
                                     [this](const app::AccountSettings &changed, const base::Secret &password) { return m_session->changeAccount(changed, password); }, m_window.get());
    connect(dialog, &QDialog::accepted, this, &ProfileWindows::updateRelay);
    dialog->open();
}

void ProfileWindows::openLink(MessageView *pane, const QUrl &link)
{
    if (link.scheme() == "mailto"_L1)
        return composeFor(link.toString(QUrl::FullyEncoded));
    if (link.scheme() == "https"_L1 || link.scheme() == "http"_L1)
        askToOpenLink(pane, link);
}

void ProfileWindows::toggleLock()
{
    if (m_session->isUnlocked())
        m_session->lock();
    else
        askForPassphrase(m_window.get());
}

void ProfileWindows::askForPassphrase(QWidget *parent)
{
    if (m_unlock && m_unlock->isVisible()) {
        m_unlock->raise();
        return m_unlock->activateWindow();
    }
    const QString address = m_session->profile().address;
    auto *dialog = new UnlockDialog(tr("Unlock the keys of %1").arg(address), tr("Give the passphrase of %1, so that mail can be opened and signed.").arg(address),
                                    [session = m_session](const base::Secret &passphrase) { return session->unlock(passphrase); }, parent);
    dialog->offerToRemember(m_session);
    m_unlock = dialog;
    dialog->open();
}

// The window waits for no keyring: whoever is quicker may unlock by hand meanwhile.
void ProfileWindows::unlockByKeyring(const std::function<void()> &otherwise)
{
    base::whenReady(this, m_session->unlockByKeyring(), [this, otherwise](const base::Status &status) {
        if (status && m_unlock)
            m_unlock->reject();
        if (!status && !m_session->isUnlocked())
            otherwise();
    });
}

void ProfileWindows::updateKeys()
{
    const bool isUnlocked = m_session->isUnlocked();
    m_window->statusLine()->setKeys(isUnlocked ? KeysState::Unlocked : KeysState::Locked);
    m_window->setKeysLocked(!isUnlocked);
    if (isUnlocked && !m_servers->isShown())
        m_window->notice()->setText({});
}

void ProfileWindows::updateRelay() { m_window->statusLine()->setRelay(relayLineFor(*m_session)); }

void ProfileWindows::report(const base::Error &error)
{
    if (error.code == base::ErrorCode::Cancelled)
        return;
    const app::ErrorText text = app::errorText(error);
    m_window->notice()->setText(text.sentence, {}, Tone::Bad, text.detail);
}

template <typename T>
void ProfileWindows::reportFailure(const base::Operation<T> &operation)
{
    base::whenReady(this, operation, [this](const base::Result<T> &result) {
        if (!result)
            report(result.error());
    });
}

} // namespace ui
