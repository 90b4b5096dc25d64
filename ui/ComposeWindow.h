// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "app/SendOutlook.h"

#include <QMainWindow>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;

namespace ui {

class DraftAttachments;
class FlowArea;
class NoticeBar;
class OutlookLine;
class RecipientField;
class Switch;

/// Where a letter is written. It shows and asks; ProfileWindows looks for certificates, saves and sends.
class ComposeWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum class Phase { Writing, Sending };

    /// `draft.from` is whose window this is.
    explicit ComposeWindow(const app::Draft &draft, QWidget *parent = nullptr);
    ~ComposeWindow() override;

    [[nodiscard]] app::Draft draft() const;
    /// The saved draft has this id now.
    void setSaved(store::MessageId id);
    /// What the person wrote since the last save.
    [[nodiscard]] bool isModified() const { return m_isModified; }
    /// False when a save begins; true again if it failed.
    void setModified(bool modified) { m_isModified = modified; }

    void setCompletions(const std::function<QStringList(const QString &)> &completions);
    /// The answers to recipientsChanged, one for each address in any order.
    void setRecipients(const QList<app::OutlookRecipient> &recipients);
    void setSigningKey(app::SigningKey key);
    void setReceivingKey(app::ReceivingKey key);
    /// The letter as it would go out now, as an answer to previewRequested; or why there is none.
    void setPreview(const QByteArray &octets);
    void setNoPreview(const QString &sentence);
    void setPhase(Phase phase);
    [[nodiscard]] Phase phase() const { return m_phase; }
    void showProblem(const QString &sentence, const QString &detail = {});
    /// Something to know that keeps nobody from writing on; empty: nothing.
    void showRemark(const QString &sentence);
    /// An answer to closing(): the window stays, and a program that was to end goes on.
    void stay() { m_mayClose = false; }
    [[nodiscard]] const app::SendOutlook &outlook() const { return m_outlook; }

Q_SIGNALS:
    /// The addresses that need a certificate, each once.
    void recipientsChanged(const QStringList &addresses);
    /// The person looks at what the server sees, and something changed.
    void previewRequested();
    void sendRequested();
    void saveRequested();
    void discardRequested();
    void attachRequested();
    void filesDropped(const QStringList &paths);
    void unlockRequested();
    void importRequested();
    /// The person looks after the own keys.
    void keysRequested();
    /// The window is about to go, unless stay() is called; what it holds can still be read.
    void closing();

public Q_SLOTS:
    void addAttachment(const app::DraftAttachment &attachment);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUpMenus();
    void setUpEditMenu(QMenu *menu);
    void setUpHeadersMenu(QMenu *menu);
    void setUpToolBar();
    QWidget *makeHeader();
    QWidget *makeFoot();
    QWidget *makeSight();
    void fill(const app::Draft &draft);
    void onEdited();
    void onRecipientsEdited();
    void onWayChosen(app::WayOut way);
    void updateOutlook();
    [[nodiscard]] app::Quotation quotation() const;
    void showServerSight(bool isShown);
    void updateMarks();
    void setAttachments(const QList<app::DraftAttachment> &files);
    void showAttachments();
    void updateTabOrder();
    void onWordsSettled();
    void updateTitle();
    [[nodiscard]] QList<mime::Address> everyone() const;

    app::Draft m_draft;
    app::SendOutlook m_outlook;
    app::SigningKey m_key = app::SigningKey::Usable;
    app::ReceivingKey m_receivingKey = app::ReceivingKey::Usable;
    QHash<QString, app::OutlookRecipient> m_known;
    QStringList m_asked;
    QString m_secretText;
    QString m_secretSubject;
    QStringList m_keyFiles;     ///< The attachments that hold private keys.
    Phase m_phase = Phase::Writing;
    bool m_isModified = false;
    bool m_speaksOfAttachment = false;
    bool m_lacksSubject = false;
    bool m_mayClose = true;
    QTimer m_settle;
    QTimer m_autosave;
    QTimer m_preview;
    QTimer m_words;

    RecipientField *m_to = nullptr;
    RecipientField *m_cc = nullptr;
    RecipientField *m_bcc = nullptr;
    QLineEdit *m_subject = nullptr;
    QPlainTextEdit *m_body = nullptr;
    FlowArea *m_marks = nullptr;
    DraftAttachments *m_attachments = nullptr;
    OutlookLine *m_line = nullptr;
    Switch *m_sign = nullptr;
    Switch *m_encrypt = nullptr;
    Switch *m_serverSwitch = nullptr;
    QTextBrowser *m_sight = nullptr;
    QPushButton *m_sendButton = nullptr;
    NoticeBar *m_notice = nullptr;
    QAction *m_send = nullptr;
    QAction *m_save = nullptr;
    QAction *m_attach = nullptr;
    QAction *m_discard = nullptr;
};

} // namespace ui
