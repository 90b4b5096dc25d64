// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"

#include <QMainWindow>

class QActionGroup;
class QLineEdit;
class QSplitter;

namespace app {
class FolderModel;
class MessageListModel;
}

namespace ui {

class FolderView;
class MessageListView;
class MessageView;
class NoticeBar;
class SearchScopeBar;
class StatusLine;

enum class ReplyKind { Sender, Everyone, Forward };
enum class SortBy { Date, Correspondent, Subject, Seal };

/// The window of one user: folders, messages, the message. It shows and asks; what is asked for is done by
/// ProfileWindows, which connects it with the user's session.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const QString &address, QWidget *parent = nullptr);

    [[nodiscard]] QString address() const { return m_address; }
    /// The models are not owned and outlive the window.
    void setModels(app::FolderModel *folders, app::MessageListModel *messages);
    void selectFolder(store::Folder folder);
    /// The same for all that is in it: what was being searched is forgotten.
    void showFolder(store::Folder folder);
    /// Takes up the order in which the list was sorted last, as kept in this settings file, and keeps it there from now on.
    void rememberOrderIn(const QString &settingsFile);
    /// Which actions make sense for what is selected; of each message the folder.
    void setSelection(const QList<store::Folder> &folders);
    void setCanUndo(bool canUndo);
    void setKeysLocked(bool isLocked);
    /// As SearchScopeBar::setBehind().
    void setSearchBehind(bool isBehind);
    [[nodiscard]] MessageView *messagePane() const { return m_message; }
    [[nodiscard]] MessageListView *list() const { return m_list; }
    [[nodiscard]] StatusLine *statusLine() const { return m_status; }
    [[nodiscard]] NoticeBar *notice() const { return m_notice; }
    /// The menu of what concerns all windows: the relay, other users, Quit.
    [[nodiscard]] QMenu *windowMenu() const { return m_windowMenu; }

Q_SIGNALS:
    void closed();
    void newMessageRequested();
    void getMailRequested();
    void replyRequested(ui::ReplyKind kind);
    void archiveRequested();
    void moveRequested(store::Folder to);
    void deleteRequested();
    void undoRequested();
    void emptyTrashRequested();
    void markReadRequested();
    void markUnreadRequested();
    void openRequested();
    void importMailRequested();
    void filesDropped(const QStringList &paths);
    void saveMessageRequested();
    void sourceRequested();
    void inspectorRequested();
    void identitiesRequested();
    void accountRequested();
    void lockToggled();
    void searchChanged(const QString &words, store::SearchScope scope);
    void folderChosen(store::Folder folder);
    void messageActivated();
    void editDraftRequested();
    void sendAgainRequested();
    void sortRequested(ui::SortBy by, Qt::SortOrder order);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QAction *makeAction(const QString &objectName, const QString &text, const QString &icon, const QKeySequence &shortcut);
    void setUpActions();
    void setUpMoveMenu();
    void connectActions();
    void setUpMenus();
    void setUpSortMenu(QMenu *menu);
    void setUpToolBar();
    void setUpSearch();
    void setUpPanes();
    void setUpNotice();
    QWidget *makeFolderPane();
    void onFolderChanged(const QModelIndex &index);
    void onFolderSelected();
    void onSearchTyped(const QString &words);
    void searchIn(store::SearchScope scope);
    void searchInFolder();
    void updateTitle();
    [[nodiscard]] bool canMoveTo(store::Folder folder) const;
    void updateActions();
    void arrange();

    QString m_address;
    app::FolderModel *m_folderModel = nullptr;
    FolderView *m_folders = nullptr;
    MessageListView *m_list = nullptr;
    MessageView *m_message = nullptr;
    QSplitter *m_outer = nullptr;
    QSplitter *m_inner = nullptr;
    NoticeBar *m_notice = nullptr;
    QToolBar *m_toolBar = nullptr;
    QLineEdit *m_search = nullptr;
    SearchScopeBar *m_scope = nullptr;
    StatusLine *m_status = nullptr;
    QMenu *m_windowMenu = nullptr;
    QMenu *m_moveMenu = nullptr;
    QActionGroup *m_orders = nullptr;
    int m_widthForButtonTexts = 0;
    bool m_isArranged = false;
    store::Folder m_folder = store::Folder::Inbox;
    QList<store::Folder> m_selected;
    struct Actions {
        QAction *newMessage, *getMail, *reply, *replyAll, *forward, *editDraft, *sendAgain, *archive, *remove, *undo, *nextUnread, *emptyTrash, *markRead, *markUnread, *open, *importMail, *save, *source, *inspector,
            *identities, *account, *lock, *search, *close, *about;
    } m_actions{};
};

} // namespace ui
