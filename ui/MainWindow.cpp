// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "ui/ActionText.h"
#include "ui/AboutBox.h"
#include "ui/ElidedLabel.h"
#include "ui/Files.h"
#include "ui/FolderView.h"
#include "ui/Icons.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/SearchScopeBar.h"
#include "ui/StatusLine.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// Below this the letter goes under the list, so that two windows fit side by side on a small screen.
constexpr int kWidthForThreePanes = 940;
constexpr int kHeightForLongList = 640;

} // namespace

MainWindow::MainWindow(const QString &address, QWidget *parent) : QMainWindow(parent), m_address(address)
{
    setObjectName(u"mainWindow"_s);
    setUnifiedTitleAndToolBarOnMac(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setAcceptDrops(true);
    resize(1120, 720);
    setUpActions();
    setUpMoveMenu();
    setUpPanes();
    connectActions();
    setUpMenus();
    // In the order in which Tab goes on from the letter: to the line below it, and from there to the top.
    m_status = new StatusLine(this);
    setStatusBar(m_status);
    setSelection({}); // The tool bar measures what it offers.
    setUpToolBar();
    setUpNotice();
    setCanUndo(false);
    selectFolder(store::Folder::Inbox);
}

QAction *MainWindow::makeAction(const QString &objectName, const QString &text, const QString &icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    action->setObjectName(objectName);
    if (!icon.isEmpty())
        action->setIcon(themeIcon(icon));
    action->setShortcut(shortcut);
    nameAction(action, text);
    return action;
}

void MainWindow::setUpActions()
{
    m_actions.newMessage = makeAction(u"actionNew"_s, tr("&New message"), u"mail-message-new"_s, QKeySequence{Qt::CTRL | Qt::Key_N});
    m_actions.getMail = makeAction(u"actionGetMail"_s, tr("&Get mail"), u"mail-receive"_s, QKeySequence{Qt::Key_F5});
    m_actions.reply = makeAction(u"actionReply"_s, tr("&Reply"), u"mail-reply-sender"_s, QKeySequence{Qt::CTRL | Qt::Key_R});
    m_actions.replyAll = makeAction(u"actionReplyAll"_s, tr("Reply &all"), u"mail-reply-all"_s, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_R});
    m_actions.forward = makeAction(u"actionForward"_s, tr("&Forward"), u"mail-forward"_s, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_F});
    m_actions.editDraft = makeAction(u"actionEditDraft"_s, tr("&Edit"), u"document-edit"_s, {});
    m_actions.sendAgain = makeAction(u"actionSendAgain"_s, tr("&Send again"), u"mail-send"_s, {});
    m_actions.archive = makeAction(u"actionArchive"_s, tr("Arc&hive"), u"archive-insert"_s, QKeySequence{Qt::Key_A});
    m_actions.remove = makeAction(u"actionDelete"_s, tr("&Delete"), u"edit-delete"_s, QKeySequence{Qt::Key_Delete});
    m_actions.undo = makeAction(u"actionUndo"_s, tr("&Undo"), u"edit-undo"_s, QKeySequence::Undo);
    m_actions.emptyTrash = makeAction(u"actionEmptyTrash"_s, tr("&Empty the trash\u2026"), u"trash-empty"_s, {});
    m_actions.markRead = makeAction(u"actionMarkRead"_s, tr("Mark as rea&d"), u"mail-mark-read"_s, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_M});
    m_actions.markUnread = makeAction(u"actionMarkUnread"_s, tr("Mark as &unread"), u"mail-mark-unread"_s, QKeySequence{Qt::CTRL | Qt::Key_M});
    m_actions.nextUnread = makeAction(u"actionNextUnread"_s, tr("&Next unread message"), {}, QKeySequence{Qt::Key_N});
    m_actions.open = makeAction(u"actionOpen"_s, tr("&Open a message\u2026"), u"document-open"_s, QKeySequence{Qt::CTRL | Qt::Key_O});
    m_actions.importMail = makeAction(u"actionImportMail"_s, tr("&Import mail\u2026"), u"archive-insert"_s, {});
    m_actions.save = makeAction(u"actionSaveMessage"_s, tr("&Save message as\u2026"), u"document-save-as"_s, QKeySequence{Qt::CTRL | Qt::Key_S});
    m_actions.source = makeAction(u"actionSource"_s, tr("&What arrived, octet by octet"), u"text-x-generic"_s, QKeySequence{Qt::CTRL | Qt::Key_U});
    m_actions.inspector = makeAction(u"actionInspector"_s, tr("&Every step of opening it"), u"document-preview"_s, QKeySequence{Qt::CTRL | Qt::Key_I});
    m_actions.identities = makeAction(u"actionIdentities"_s, tr("&Identities and certificates"), u"view-certificate"_s, QKeySequence{Qt::CTRL | Qt::Key_E});
    m_actions.account = makeAction(u"actionAccount"_s, tr("Mail se&rvers\u2026"), u"network-server"_s, {});
    m_actions.lock = makeAction(u"actionLock"_s, tr("&Lock the keys"), u"object-locked"_s, QKeySequence{Qt::CTRL | Qt::Key_L});
    m_actions.search = makeAction(u"actionSearch"_s, tr("&Search"), u"edit-find"_s, QKeySequence{Qt::CTRL | Qt::Key_K});
    m_actions.close = makeAction(u"actionClose"_s, tr("&Close window"), u"window-close"_s, QKeySequence{Qt::CTRL | Qt::Key_W});
    m_actions.about = makeAction(u"actionAbout"_s, tr("&About Waxwing"), u"help-about"_s, {});
}

// Where a person may put a message: not where it would be sent from. What was thrown away may have been a draft.
void MainWindow::setUpMoveMenu()
{
    m_moveMenu = new QMenu(tr("&Move to"), this);
    m_moveMenu->setObjectName(u"moveMenu"_s);
    for (const store::Folder folder : {store::Folder::Inbox, store::Folder::Drafts, store::Folder::Sent, store::Folder::Archive}) {
        QAction *action = m_moveMenu->addAction(app::FolderModel::displayName(folder));
        action->setData(QVariant::fromValue(folder));
        connect(action, &QAction::triggered, this, [this, folder] { Q_EMIT moveRequested(folder); });
    }
}

void MainWindow::connectActions()
{
    const auto emits = [this](QAction *action, void (MainWindow::*wish)()) { connect(action, &QAction::triggered, this, wish); };
    emits(m_actions.newMessage, &MainWindow::newMessageRequested);
    emits(m_actions.getMail, &MainWindow::getMailRequested);
    emits(m_actions.editDraft, &MainWindow::editDraftRequested);
    emits(m_actions.sendAgain, &MainWindow::sendAgainRequested);
    emits(m_actions.archive, &MainWindow::archiveRequested);
    emits(m_actions.remove, &MainWindow::deleteRequested);
    emits(m_actions.undo, &MainWindow::undoRequested);
    emits(m_actions.emptyTrash, &MainWindow::emptyTrashRequested);
    emits(m_actions.markRead, &MainWindow::markReadRequested);
    emits(m_actions.markUnread, &MainWindow::markUnreadRequested);
    emits(m_actions.open, &MainWindow::openRequested);
    emits(m_actions.importMail, &MainWindow::importMailRequested);
    emits(m_actions.save, &MainWindow::saveMessageRequested);
    emits(m_actions.source, &MainWindow::sourceRequested);
    emits(m_actions.inspector, &MainWindow::inspectorRequested);
    emits(m_actions.identities, &MainWindow::identitiesRequested);
    emits(m_actions.account, &MainWindow::accountRequested);
    emits(m_actions.lock, &MainWindow::lockToggled);
    connect(m_actions.reply, &QAction::triggered, this, [this] { Q_EMIT replyRequested(ReplyKind::Sender); });
    connect(m_actions.replyAll, &QAction::triggered, this, [this] { Q_EMIT replyRequested(ReplyKind::Everyone); });
    connect(m_actions.forward, &QAction::triggered, this, [this] { Q_EMIT replyRequested(ReplyKind::Forward); });
    connect(m_actions.nextUnread, &QAction::triggered, m_list, &MessageListView::selectNextUnread);
    connect(m_actions.close, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.about, &QAction::triggered, this, [this] { showAboutBox(this); });
    connect(m_message, &MessageView::inspectorRequested, this, &MainWindow::inspectorRequested);
    connect(m_list, &QAbstractItemView::activated, this, &MainWindow::messageActivated);
    // Return goes from the list to the letter, and this back.
    auto *back = new QAction(m_message->browser());
    back->setShortcut(QKeySequence{Qt::Key_Escape});
    back->setShortcutContext(Qt::WidgetShortcut);
    connect(back, &QAction::triggered, this, [this] { m_list->setFocus(Qt::ShortcutFocusReason); });
    m_message->browser()->addAction(back);
    m_list->addActions({m_actions.reply, m_actions.replyAll, m_actions.forward, m_actions.editDraft, m_actions.sendAgain, m_actions.archive, m_moveMenu->menuAction(), m_actions.remove, m_actions.markRead, m_actions.markUnread, m_actions.save});
}

void MainWindow::setUpMenus()
{
    const ReadingActions &reading = m_message->readingActions();
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions.newMessage, m_actions.getMail});
    file->addSeparator();
    file->addActions({m_actions.open, m_actions.importMail, m_actions.save, reading.print, m_actions.emptyTrash});
    file->addSeparator();
    file->addAction(m_actions.account);
    file->addSeparator();
    file->addAction(m_actions.close);
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_actions.undo, m_actions.archive, m_actions.remove});
    edit->addSeparator();
    edit->addActions({reading.find, reading.findNext, reading.findPrevious});
    edit->addSeparator();
    edit->addAction(m_actions.search);
    QMenu *view = menuBar()->addMenu(tr("&View"));
    setUpSortMenu(view->addMenu(tr("&Sort by")));
    view->addSeparator();
    view->addActions({reading.enlarge, reading.reduce, reading.normalSize});
    view->addSeparator();
    view->addActions({m_actions.inspector, m_actions.source});
    QMenu *message = menuBar()->addMenu(tr("&Message"));
    message->addActions({m_actions.reply, m_actions.replyAll, m_actions.forward});
    message->addSeparator();
    message->addActions({m_actions.editDraft, m_actions.sendAgain, m_actions.markRead, m_actions.markUnread});
    message->addMenu(m_moveMenu);
    message->addSeparator();
    message->addAction(m_actions.nextUnread);
    QMenu *keys = menuBar()->addMenu(tr("&Keys"));
    keys->addActions({m_actions.identities, m_actions.lock});
    m_windowMenu = menuBar()->addMenu(tr("&Window"));
    m_windowMenu->setObjectName(u"windowMenu"_s);
    menuBar()->addMenu(tr("&Help"))->addAction(m_actions.about);
}

void MainWindow::setUpSortMenu(QMenu *menu)
{
    m_orders = new QActionGroup(this);
    const std::tuple<QString, SortBy, Qt::SortOrder> orders[] = {
        {tr("&Newest first"), SortBy::Date, Qt::DescendingOrder},
        {tr("&Oldest first"), SortBy::Date, Qt::AscendingOrder},
        {tr("S&ender"), SortBy::Correspondent, Qt::AscendingOrder},
        {tr("&Subject"), SortBy::Subject, Qt::AscendingOrder},
        {tr("Sea&l"), SortBy::Seal, Qt::AscendingOrder},
    };
    for (const auto &[text, by, order] : orders) {
        QAction *action = m_orders->addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, by, order] { Q_EMIT sortRequested(by, order); });
        menu->addAction(action);
    }
    m_orders->actions().constFirst()->setChecked(true);
}

void MainWindow::rememberOrderIn(const QString &settingsFile)
{
    const QString key = u"list/order"_s;
    const QList<QAction *> orders = m_orders->actions();
    QAction *kept = orders.value(QSettings{settingsFile, QSettings::IniFormat}.value(key).toInt());
    connect(m_orders, &QActionGroup::triggered, this, [=](QAction *chosen) { QSettings{settingsFile, QSettings::IniFormat}.setValue(key, orders.indexOf(chosen)); });
    if (kept && !kept->isChecked())
        kept->trigger();
}

void MainWindow::setUpToolBar()
{
    m_toolBar = addToolBar(tr("Tool bar"));
    m_toolBar->setObjectName(u"toolBar"_s);
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize({16, 16});
    m_toolBar->addActions({m_actions.newMessage, m_actions.getMail});
    m_toolBar->addSeparator();
    m_toolBar->addActions({m_actions.reply, m_actions.replyAll, m_actions.forward, m_actions.editDraft, m_actions.sendAgain});
    m_toolBar->addSeparator();
    m_toolBar->addActions({m_actions.archive, m_actions.remove});
    auto *gap = new QWidget(m_toolBar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(gap);
    setUpSearch();
    // Texts beside the icons where they fit, in whatever language they are.
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_widthForButtonTexts = m_toolBar->sizeHint().width() + 2 * kBetween;
}

void MainWindow::setUpSearch()
{
    m_search = new QLineEdit(m_toolBar);
    m_search->setObjectName(u"searchField"_s);
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search mail"));
    m_search->setToolTip(withShortcut(tr("Search people, subjects and texts"), m_actions.search));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(120);
    m_search->setMaximumWidth(280);
    m_toolBar->addWidget(m_search);
    m_scope->followInTabOrder(m_search);
    connect(m_search, &QLineEdit::textChanged, this, &MainWindow::onSearchTyped);
    connect(m_scope, &SearchScopeBar::scopeChosen, this, &MainWindow::searchIn);
    connect(m_search, &QLineEdit::returnPressed, m_list, &MessageListView::enter);
    for (QWidget *place : {static_cast<QWidget *>(m_search), static_cast<QWidget *>(m_list)}) {
        const auto leave = [this] {
            m_search->clear();
            m_list->setFocus(Qt::ShortcutFocusReason);
        };
        new QShortcut(QKeySequence{Qt::Key_Escape}, place, this, leave, Qt::WidgetShortcut);
    }
    connect(m_actions.search, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
}

void MainWindow::setUpPanes()
{
    m_folders = new FolderView(this);
    auto *listPane = new QWidget(this);
    m_scope = new SearchScopeBar(listPane);
    m_list = new MessageListView(listPane);
    auto *list = new QVBoxLayout(listPane);
    list->setContentsMargins({});
    list->setSpacing(0);
    list->addWidget(m_scope);
    list->addWidget(m_list, 1);
    m_message = new MessageView(this);
    m_message->showNothing(tr("Choose a message to read it."));
    m_inner = new QSplitter(Qt::Vertical, this); // As it is least wide: arrange() turns it where there is room.
    m_inner->setChildrenCollapsible(false);
    m_inner->addWidget(listPane);
    m_inner->addWidget(m_message);
    m_inner->setStretchFactor(0, 2);
    m_inner->setStretchFactor(1, 3);
    m_outer = new QSplitter(Qt::Horizontal, this);
    m_outer->setChildrenCollapsible(false);
    m_outer->addWidget(makeFolderPane());
    m_outer->addWidget(m_inner);
    m_outer->setStretchFactor(0, 0);
    m_outer->setStretchFactor(1, 1);
    for (QSplitter *splitter : {m_inner, m_outer})
        splitter->setHandleWidth(1);
}

void MainWindow::setUpNotice()
{
    m_notice = new NoticeBar(this);
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_outer, 1);
    setCentralWidget(centre);
}

QWidget *MainWindow::makeFolderPane()
{
    auto *pane = new QWidget(this);
    pane->setAutoFillBackground(true);
    pane->setBackgroundRole(QPalette::AlternateBase);
    auto *name = new ElidedLabel(pane, Qt::ElideMiddle);
    name->setText(m_address);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    name->setContentsMargins(12, 10, 12, kBetween);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(name);
    column->addWidget(m_folders, 1);
    pane->setMinimumWidth(120);
    return pane;
}

void MainWindow::setModels(app::FolderModel *folders, app::MessageListModel *messages)
{
    m_folderModel = folders;
    m_folders->setModel(folders);
    m_list->setModel(messages);
    connect(m_folders->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::onFolderChanged);
    // Who drives the window from outside selects a row and leaves the current one where it was. Queued: a click does both, one after the other.
    connect(m_folders->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MainWindow::onFolderSelected, Qt::QueuedConnection);
    // The rows come later, and with them the first selection.
    connect(folders, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_folders->currentIndex().isValid())
            selectFolder(store::Folder::Inbox);
    });
    connect(folders, &QAbstractItemModel::modelReset, this, [this] { selectFolder(m_folder); });
    connect(folders, &QAbstractItemModel::dataChanged, this, &MainWindow::updateActions);
    m_folders->setTakes([this](store::Folder folder) { return canMoveTo(folder); });
    connect(m_folders, &FolderView::messagesDropped, this, [this](store::Folder folder) { folder == store::Folder::Trash ? Q_EMIT deleteRequested() : Q_EMIT moveRequested(folder); });
    // The one that is chosen already, too.
    connect(m_folders, &QAbstractItemView::clicked, this, &MainWindow::searchInFolder);
    connect(m_folders, &QAbstractItemView::activated, this, &MainWindow::searchInFolder);
    connect(messages, &app::MessageListModel::loaded, this, [this, messages] { m_scope->setFound(messages->rowCount(), messages->canFetchMore({})); });
    selectFolder(store::Folder::Inbox);
}

void MainWindow::selectFolder(store::Folder folder)
{
    // Waiting is not listed while nothing waits.
    const bool isListed = m_folderModel && m_folderModel->indexOf(folder).isValid();
    const store::Folder shown = isListed ? folder : store::Folder::Inbox;
    if (m_folderModel && m_folderModel->indexOf(shown).isValid())
        m_folders->setCurrentIndex(m_folderModel->indexOf(shown));
    updateTitle();
}

void MainWindow::showFolder(store::Folder folder)
{
    m_search->clear();
    selectFolder(folder);
}

void MainWindow::updateTitle()
{
    const bool isOverall = !m_scope->isHidden() && m_scope->scope() == store::SearchScope::AllButTrash;
    setWindowTitle(tr("%1 - %2 - Waxwing").arg(isOverall ? tr("Search") : app::FolderModel::displayName(m_folder), m_address));
}

// Begun anew, it is in all folders; whoever stands in the trash, looks there.
void MainWindow::onSearchTyped(const QString &words)
{
    const bool isSearching = !words.trimmed().isEmpty();
    if (!isSearching || m_scope->isHidden())
        m_scope->setScope(m_folder == store::Folder::Trash ? store::SearchScope::Folder : store::SearchScope::AllButTrash);
    m_scope->setVisible(isSearching);
    searchIn(m_scope->scope());
}

void MainWindow::searchIn(store::SearchScope scope)
{
    m_scope->setScope(scope);
    updateTitle();
    Q_EMIT searchChanged(m_search->text(), scope);
}

// Whoever chooses a folder wants to see that one.
void MainWindow::searchInFolder()
{
    if (!m_scope->isHidden() && m_scope->scope() == store::SearchScope::AllButTrash)
        searchIn(store::SearchScope::Folder);
}

void MainWindow::onFolderChanged(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const bool isAnother = m_folderModel->folder(index) != m_folder; // Else the list of folders began anew.
    m_folder = m_folderModel->folder(index);
    if (isAnother)
        searchInFolder();
    updateTitle();
    updateActions();
    Q_EMIT folderChosen(m_folder);
}

void MainWindow::onFolderSelected()
{
    const QModelIndexList rows = m_folders->selectionModel()->selectedIndexes();
    if (!rows.isEmpty())
        m_folders->selectionModel()->setCurrentIndex(rows.constFirst(), QItemSelectionModel::NoUpdate);
}

void MainWindow::setSelection(const QList<store::Folder> &folders)
{
    m_selected = folders;
    updateActions();
}

void MainWindow::updateActions()
{
    using store::Folder;
    // Among hits they may be of several; without any, it is the folder that counts.
    const QList<Folder> places = m_selected.isEmpty() ? QList{m_folder} : m_selected;
    const auto areAllIn = [&places](Folder folder) { return std::ranges::all_of(places, [folder](Folder place) { return place == folder; }); };
    const auto isUnsent = [](Folder folder) { return folder == Folder::Drafts || folder == Folder::Waiting || folder == Folder::Outbox; };
    const bool areUnsent = std::ranges::all_of(places, isUnsent);
    const bool areSent = std::ranges::none_of(places, isUnsent); // Or came.
    const bool isAny = !m_selected.isEmpty();
    const bool isOne = m_selected.size() == 1;
    for (QAction *action : {m_actions.save, m_actions.source, m_actions.inspector})
        action->setEnabled(isOne);
    // The ones make room for the others: in the tool bar, too.
    for (QAction *action : {m_actions.reply, m_actions.replyAll, m_actions.forward}) {
        action->setEnabled(isOne && areSent);
        action->setVisible(!areUnsent);
    }
    m_actions.editDraft->setEnabled(isOne && areUnsent);
    m_actions.editDraft->setVisible(areUnsent);
    m_actions.sendAgain->setEnabled(isAny);
    m_actions.sendAgain->setVisible(areAllIn(Folder::Outbox));
    m_actions.archive->setEnabled(isAny && areSent && !areAllIn(Folder::Archive));
    for (QAction *action : {m_actions.remove, m_actions.markRead, m_actions.markUnread})
        action->setEnabled(isAny);
    m_moveMenu->menuAction()->setEnabled(isAny && areSent);
    for (QAction *action : m_moveMenu->actions()) {
        const auto to = action->data().value<Folder>();
        action->setVisible(!areAllIn(to) && (to != Folder::Drafts || areAllIn(Folder::Trash)));
    }
    const auto count = [this](Folder folder, app::FolderModel::Role what) { return m_folderModel ? m_folderModel->indexOf(folder).data(int(what)).toInt() : 0; };
    m_actions.emptyTrash->setEnabled(m_folder == Folder::Trash && count(Folder::Trash, app::FolderModel::Role::Total) > 0);
    m_actions.nextUnread->setEnabled(!m_scope->isHidden() || count(m_folder, app::FolderModel::Role::Unread) > 0);
}

// What the menus offer, by the mouse.
bool MainWindow::canMoveTo(store::Folder folder) const
{
    if (folder == store::Folder::Trash)
        return m_actions.remove->isEnabled() && m_selected.count(folder) < m_selected.size();
    const QList<QAction *> places = m_moveMenu->actions();
    return m_moveMenu->menuAction()->isEnabled()
        && std::ranges::any_of(places, [folder](const QAction *place) { return place->isVisible() && place->data().value<store::Folder>() == folder; });
}

void MainWindow::setCanUndo(bool canUndo) { m_actions.undo->setEnabled(canUndo); }

void MainWindow::setSearchBehind(bool isBehind) { m_scope->setBehind(isBehind); }

void MainWindow::setKeysLocked(bool isLocked)
{
    m_actions.lock->setText(isLocked ? tr("Un&lock the keys\u2026") : tr("&Lock the keys"));
    m_actions.lock->setIcon(themeIcon(isLocked ? u"object-unlocked"_s : u"object-locked"_s));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) { Q_EMIT filesDropped(draggedFiles(event->mimeData())); }

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    arrange();
}

void MainWindow::arrange()
{
    const Qt::Orientation wanted = width() >= kWidthForThreePanes ? Qt::Horizontal : Qt::Vertical;
    const bool isFirst = !std::exchange(m_isArranged, true);
    if (isFirst || m_inner->orientation() != wanted) {
        m_inner->setOrientation(wanted);
        // Shares, each more than its pane needs at least: a smaller one would be raised to that, and be a share no more.
        const QList<int> below = height() < kHeightForLongList ? QList<int>{500, 1500} : QList<int>{500, 1000};
        m_inner->setSizes(wanted == Qt::Vertical ? below : QList<int>{320, 480});
    }
    if (m_toolBar)
        m_toolBar->setToolButtonStyle(width() >= m_widthForButtonTexts ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

} // namespace ui
