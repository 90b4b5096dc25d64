// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"
#include "app/ReplyDraft.h"
#include "ui/StatusLine.h"

#include <QDialog>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace app {
struct VerdictContext;
struct VerdictPresentation;
class FolderModel;
class MessageListModel;
}

namespace ui {

class ComposeWindow;
class MainWindow;
class MessageView;
class ServerNotice;
enum class ReplyKind;

/// The windows of one user and what they do with the user's session.
class ProfileWindows : public QObject
{
    Q_OBJECT

public:
    /// `session` is not owned and outlives this.
    explicit ProfileWindows(app::ProfileSession *session, QObject *parent = nullptr);
    ~ProfileWindows() override;

    [[nodiscard]] app::ProfileSession *session() const { return m_session; }
    [[nodiscard]] MainWindow *mainWindow() const { return m_window.get(); }
    ComposeWindow *compose(const app::Draft &draft);
    /// The same for a mailto: address, RFC 6068.
    void composeFor(const QString &mailto);
    /// Opens a letter again that could not be saved as its window closed, and says why.
    ComposeWindow *bringBack(const app::Draft &draft, const base::Error &error);
    /// An empty draft of this user.
    [[nodiscard]] app::Draft newDraft() const;
    void askForPassphrase(QWidget *parent);
    /// Unlocks by what this desktop's keyring remembers; does `otherwise` if it does not help.
    void unlockByKeyring(const std::function<void()> &otherwise);
    QWidget *showIdentities();
    /// Asks where mail is sent and fetched.
    void showAccount();
    /// Takes in a file that came by the command line or by Import.
    void importFile(const QString &path);
    /// Shows among the identities what came of a file that was imported elsewhere.
    void tellImport(const QString &name, const app::ImportedFile &imported);
    /// Takes letters that another program kept into the archive.
    void importMail(const QStringList &paths);
    /// Shows a message from a file.
    void openFile(const QString &path);
    /// Shows or takes in each, by its name: what is no mail is keys or certificates.
    void openFiles(const QStringList &paths);

Q_SIGNALS:
    void startRelayRequested();
    /// New mail came; `count` letters.
    void mailArrived(int count);

private:
    void connectWindow();
    void connectSession();
    void connectWaiting();
    void connectPane(MessageView *pane);
    void onFolderChosen(store::Folder folder);
    void onRowsChanged();
    void onSelectionMoved();
    void openSelected();
    void onOpened(const app::ProfileSession::Stored &stored, const base::Result<smime::OpenedMessage> &message);
    void askForStoredPassword();
    void onMessageActivated();
    void answer(ReplyKind kind);
    void removeSelected();
    void moveSelected(store::Folder to);
    void emptyTrash();
    void updateNote();
    void show(const smime::OpenedMessage &message);
    void sendAgain();
    [[nodiscard]] app::VerdictPresentation presentationOf(const smime::OpenedMessage &message, const store::MessageSummary &summary) const;
    [[nodiscard]] app::VerdictContext contextOf(const smime::OpenedMessage &message) const;
    void markUnread();
    void askForFiles();
    void askForMail();
    void showArchive();
    void saveMessage();
    void tellSaved(const QStringList &paths);
    void showSource();
    void showInspector();
    void openInspector(MessageView *pane, const QByteArray &octets, QWidget *parent);
    void openLetter(const QString &name, const QByteArray &octets);
    void showForeign(const QPointer<MessageView> &pane, const QByteArray &octets);
    void askForForeignPassword(MessageView *pane, const QByteArray &octets);
    void showSignerCertificate(MessageView *pane);
    void openLink(MessageView *pane, const QUrl &link);
    void editSelected();
    void withdraw(store::MessageId id);
    void editDraft(store::MessageId id, const std::optional<QStringList> &left = {});
    void toggleLock();
    void updateKeys();
    void updateRelay();
    void updateEmptyTexts();
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] QString nothingChosenText() const;
    void report(const base::Error &error);
    template <typename T> void reportFailure(const base::Operation<T> &operation);

    app::ProfileSession *m_session;
    std::unique_ptr<app::FolderModel> m_folders;
    std::unique_ptr<app::MessageListModel> m_messages;
    std::unique_ptr<MainWindow> m_window;
    QTimer m_settle;
    store::MessageId m_shown = store::MessageId::None;
    store::MessageId m_wanted = store::MessageId::None;
    app::ProfileSession::Stored m_stored;
    QPointer<QWidget> m_identities;
    QPointer<QDialog> m_unlock;
    ServerNotice *m_servers = nullptr;
};

} // namespace ui
