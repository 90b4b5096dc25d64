// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "app/VerdictPresenter.h"
#include "ui/ReadingActions.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTabBar;
class QTextBrowser;

namespace ui {

class AttachmentBar;
class FindBar;
class MessageBrowser;
class Switch;
class TextZoom;
class VerdictBanner;

/// What is to be said beside an attachment of a message with that summary: that no seal covers it, though one covers other parts; else empty.
[[nodiscard]] QString attachmentNote(const smime::Attachment &attachment, smime::Summary summary);

/// One message as it is read: who, what and when; the verdict; the text; the attachments.
class MessageView : public QWidget
{
    Q_OBJECT

public:
    explicit MessageView(QWidget *parent = nullptr);

    /// What an empty place says; `hint` may be empty.
    void showNothing(const QString &text, const QString &hint = {});
    /// `octets`: as they arrived, for what the server sees.
    void showMessage(const smime::OpenedMessage &message, const app::VerdictPresentation &presentation, const QByteArray &octets = {});
    /// From now on a message that a password may open offers to ask for it, and an attached letter to be read: see passwordRequested() and
    /// openAttachmentRequested().
    void offerOpening() { m_offersOpening = true; }
    /// A sentence below the header about where the letter is, such as in the outbox; empty hides it.
    void setNote(const QString &sentence);
    /// Who else gets an own letter, for its header: for the writer's eyes alone.
    void setBlindCopies(const QList<mime::Address> &readers);

    [[nodiscard]] const smime::OpenedMessage &message() const { return m_message; }
    /// The message, or the one of its further protected parts that is being read.
    [[nodiscard]] const smime::OpenedMessage &shownPart() const;
    [[nodiscard]] bool hasMessage() const;
    [[nodiscard]] VerdictBanner *banner() const { return m_banner; }
    [[nodiscard]] MessageBrowser *browser() const { return m_browser; }
    /// What stands outside the protected part, with the sentence that says so; empty if nothing does.
    [[nodiscard]] QString outsideText() const;
    /// How large the text is.
    [[nodiscard]] TextZoom *zoom() const { return m_zoom; }
    /// What one does with the text that is read, for the menus; enabled while there is one.
    [[nodiscard]] const ReadingActions &readingActions() const { return m_actions; }

Q_SIGNALS:
    void certificateRequested();
    void inspectorRequested();
    void passwordRequested();
    void linkRequested(const QUrl &link);
    void openAttachmentRequested(int index);
    void saveAttachmentRequested(int index);
    void saveAllAttachmentsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeEmptyPage();
    QWidget *makeMessagePage();
    QWidget *makeHeader();
    void connectActions();
    void fillHeader(const smime::OpenedMessage &message);
    void fillParts();
    void showPart(int index);
    void fillText(const smime::OpenedMessage &message);
    void fillOutside(const smime::OpenedMessage &message);
    void fillAttachments(const smime::OpenedMessage &message);
    void shareHeight();
    void showServerSight(bool isShown);
    [[nodiscard]] QString fieldTable() const;

    smime::OpenedMessage m_message;
    app::VerdictPresentation m_presentation; ///< Of the message.
    QByteArray m_octets;
    bool m_offersOpening = false;
    QStackedLayout *m_pages = nullptr;
    QLabel *m_emptyText = nullptr;
    QLabel *m_emptyHint = nullptr;
    QWidget *m_header = nullptr;
    QLabel *m_subject = nullptr;
    QLabel *m_from = nullptr;
    QLabel *m_date = nullptr;
    QLabel *m_to = nullptr;
    QLabel *m_headerNote = nullptr;
    QLabel *m_note = nullptr;
    Switch *m_serverSwitch = nullptr;
    QTextBrowser *m_serverSight = nullptr;
    QTabBar *m_parts = nullptr;
    VerdictBanner *m_banner = nullptr;
    MessageBrowser *m_browser = nullptr;
    QTextBrowser *m_outside = nullptr;
    AttachmentBar *m_attachments = nullptr;
    FindBar *m_find = nullptr;
    TextZoom *m_zoom = nullptr;
    ReadingActions m_actions;
};

} // namespace ui
