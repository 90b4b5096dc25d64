// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ComposeWindow.h"

#include "app/KeyFiles.h"
#include "ui/ActionText.h"
#include "ui/DraftAttachments.h"
#include "ui/Files.h"
#include "ui/FlowArea.h"
#include "ui/FlowLayout.h"
#include "ui/Icons.h"
#include "ui/NoticeBar.h"
#include "ui/OutlookLine.h"
#include "ui/RecipientField.h"
#include "ui/RelaySight.h"
#include "ui/SideText.h"
#include "ui/Switch.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QToolBar>
#include <QToolButton>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto kSettle = 200ms;
constexpr auto kAutosave = 10s;
constexpr auto kPreview = 300ms;

QIcon markOf(app::RecipientOutlook state)
{
    switch (state) {
    case app::RecipientOutlook::Looking: return sign(u"looking"_s, Tone::Neutral);
    case app::RecipientOutlook::None: return sign(u"question"_s, Tone::Caution);
    case app::RecipientOutlook::Unusable: return sign(u"cross"_s, Tone::Caution);
    case app::RecipientOutlook::Found: return sign(u"tick"_s, Tone::Good);
    }
    Q_UNREACHABLE_RETURN({});
}

QString keyOf(const QString &mailbox) { return mailbox.toCaseFolded(); }

/// By the certificate, where there is one: the name beside an answered sender's address is anybody's. Neither counts that is the address of another.
QString recipientName(const mime::Address &address, const app::OutlookRecipient &recipient)
{
    return mime::shortText({recipient.name.isEmpty() ? address.name : recipient.name, address.mailbox});
}

} // namespace

ComposeWindow::ComposeWindow(const app::Draft &draft, QWidget *parent) : QMainWindow(parent), m_draft(draft)
{
    setObjectName(u"composeWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    resize(720, 620);
    m_notice = new NoticeBar(this);
    m_body = new QPlainTextEdit(this);
    m_body->setObjectName(u"bodyEdit"_s);
    m_body->setAccessibleName(tr("Message body"));
    m_body->setTabChangesFocus(true);
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->document()->setDocumentMargin(kAround);
    m_body->setAcceptDrops(false);
    setUpMenus();
    setUpToolBar();
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(makeHeader());
    column->addWidget(m_body, 1);
    column->addWidget(makeSight(), 1);
    column->addWidget(makeFoot());
    setCentralWidget(centre);
    setTabOrder({m_to, m_cc, m_bcc, m_subject, m_body, m_sight, m_sign, m_encrypt, m_serverSwitch, m_sendButton});
    m_settle.setSingleShot(true);
    m_autosave.setSingleShot(true);
    m_preview.setSingleShot(true);
    m_words.setSingleShot(true);
    connect(&m_preview, &QTimer::timeout, this, &ComposeWindow::previewRequested);
    connect(&m_words, &QTimer::timeout, this, &ComposeWindow::onWordsSettled);
    connect(&m_settle, &QTimer::timeout, this, &ComposeWindow::onRecipientsEdited);
    connect(&m_autosave, &QTimer::timeout, this, &ComposeWindow::saveRequested);
    fill(draft);
}

void ComposeWindow::setUpMenus()
{
    const auto action = [this](const QString &name, const QString &text, const QString &icon, const QKeySequence &keys, void (ComposeWindow::*wish)()) {
        auto *made = new QAction(themeIcon(icon), {}, this);
        made->setObjectName(name);
        made->setShortcut(keys);
        nameAction(made, text);
        connect(made, &QAction::triggered, this, wish);
        return made;
    };
    m_send = action(u"actionSend"_s, tr("&Send"), u"mail-send"_s, QKeySequence{Qt::CTRL | Qt::Key_Return}, &ComposeWindow::sendRequested);
    m_attach = action(u"actionAttach"_s, tr("&Attach a file\u2026"), u"mail-attachment"_s, QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_A}, &ComposeWindow::attachRequested);
    m_save = action(u"actionSaveDraft"_s, tr("Save as &draft"), u"document-save"_s, QKeySequence{Qt::CTRL | Qt::Key_S}, &ComposeWindow::saveRequested);
    m_discard = action(u"actionDiscard"_s, tr("Disca&rd"), u"edit-delete"_s, {}, &ComposeWindow::discardRequested);
    QMenu *message = menuBar()->addMenu(tr("&Message"));
    message->addActions({m_send, m_attach, m_save, m_discard});
    message->addSeparator();
    setUpHeadersMenu(message->addMenu(tr("&Hide from the server")));
    message->addSeparator();
    QAction *close = message->addAction(themeIcon(u"window-close"_s), tr("&Close window"), QKeySequence{Qt::CTRL | Qt::Key_W}, this, &QWidget::close);
    close->setObjectName(u"actionClose"_s);
    message->addAction(themeIcon(u"application-exit"_s), tr("&Quit"), QKeySequence{Qt::CTRL | Qt::Key_Q}, qApp, &QApplication::quit)->setObjectName(u"actionQuit"_s);
    setUpEditMenu(menuBar()->addMenu(tr("&Edit")));
}

void ComposeWindow::setUpEditMenu(QMenu *menu)
{
    // In whatever field the focus is.
    const auto add = [this, menu](const QString &icon, const QString &text, const QKeySequence &keys, const auto &change) {
        menu->addAction(themeIcon(icon), text, keys, this, [this, change] {
            if (auto *line = qobject_cast<QLineEdit *>(focusWidget()))
                change(line);
            else if (auto *body = qobject_cast<QPlainTextEdit *>(focusWidget()))
                change(body);
            else if (auto *sight = qobject_cast<QTextBrowser *>(focusWidget()))
                change(sight);
        });
    };
    add(u"edit-undo"_s, tr("&Undo"), QKeySequence::Undo, [](auto *field) { field->undo(); });
    add(u"edit-redo"_s, tr("&Redo"), QKeySequence::Redo, [](auto *field) { field->redo(); });
    menu->addSeparator();
    add(u"edit-cut"_s, tr("Cu&t"), QKeySequence::Cut, [](auto *field) { field->cut(); });
    add(u"edit-copy"_s, tr("&Copy"), QKeySequence::Copy, [](auto *field) { field->copy(); });
    add(u"edit-paste"_s, tr("&Paste"), QKeySequence::Paste, [](auto *field) { field->paste(); });
    menu->addSeparator();
    add(u"edit-select-all"_s, tr("Select &all"), QKeySequence::SelectAll, [](auto *field) { field->selectAll(); });
}

void ComposeWindow::setUpHeadersMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const std::tuple<QString, QString, smime::HeaderPolicy> policies[] = {
        {u"actionHideSubject"_s, tr("The &subject"), smime::HeaderPolicy::Baseline},
        {u"actionHideNames"_s, tr("The subject and all &names"), smime::HeaderPolicy::Shy},
        {u"actionHideNothing"_s, tr("N&othing of the header"), smime::HeaderPolicy::None},
    };
    for (const auto &[name, text, policy] : policies) {
        QAction *action = group->addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setChecked(m_draft.headers == policy);
        connect(action, &QAction::triggered, this, [this, policy] {
            m_draft.headers = policy;
            onEdited();
            updateOutlook();
        });
        menu->addAction(action);
    }
}

void ComposeWindow::setUpToolBar()
{
    QToolBar *bar = addToolBar(tr("Tool bar"));
    bar->setMovable(false);
    bar->setIconSize({16, 16});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addActions({m_send, m_attach, m_save});
    auto *gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    bar->addAction(m_discard);
}

QWidget *ComposeWindow::makeHeader()
{
    auto *header = new QWidget(this);
    m_to = new RecipientField(u"toField"_s, tr("To"), header);
    m_cc = new RecipientField(u"ccField"_s, tr("Cc"), header);
    m_bcc = new RecipientField(u"bccField"_s, tr("Bcc"), header);
    m_subject = new QLineEdit(header);
    m_subject->setObjectName(u"subjectField"_s);
    m_subject->setAccessibleName(tr("Subject"));
    m_subject->setMaxLength(900);
    m_marks = new FlowArea(header);
    m_marks->setObjectName(u"recipientMarks"_s);
    auto *from = new QLabel(mime::displayText(m_draft.from), header);
    from->setTextFormat(Qt::PlainText);
    auto *form = new QFormLayout(header);
    form->setContentsMargins(kAround, kBetween, kAround, 12);
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(6);
    form->setLabelAlignment(Qt::AlignRight);
    form->addRow(tr("From"), from);
    form->addRow(tr("&To"), m_to);
    form->addRow(tr("&Cc"), m_cc);
    form->addRow(tr("&Bcc"), m_bcc);
    form->addRow(QString(), m_marks);
    form->addRow(tr("S&ubject"), m_subject);
    for (int row = 0; row < form->rowCount(); ++row) {
        if (QLayoutItem *label = form->itemAt(row, QFormLayout::LabelRole))
            label->widget()->setForegroundRole(QPalette::PlaceholderText);
    }
    for (RecipientField *field : {m_to, m_cc, m_bcc}) {
        connect(field, &QLineEdit::textChanged, this, [this] { m_settle.start(kSettle); onEdited(); });
        connect(field, &QLineEdit::editingFinished, this, &ComposeWindow::onRecipientsEdited);
    }
    connect(m_subject, &QLineEdit::textChanged, this, [this] { m_words.start(kSettle); onEdited(); });
    connect(m_body, &QPlainTextEdit::textChanged, this, [this] { m_words.start(kSettle); onEdited(); });
    return header;
}

// A field that loses the focus while the window goes would tell it when half of it is gone, and its session may be gone, too.
ComposeWindow::~ComposeWindow()
{
    for (RecipientField *field : {m_to, m_cc, m_bcc})
        field->disconnect(this);
}

QWidget *ComposeWindow::makeFoot()
{
    auto *foot = new QWidget(this);
    m_attachments = new DraftAttachments(foot);
    connect(m_attachments, &DraftAttachments::removeRequested, this, [this](qsizetype index) {
        QList<app::DraftAttachment> files = m_draft.attachments;
        files.removeAt(index);
        setAttachments(files);
    });
    m_line = new OutlookLine(foot);
    connect(m_line, &OutlookLine::wayChosen, this, &ComposeWindow::onWayChosen);
    m_sign = new Switch(tr("Si&gn"), foot);
    m_sign->setObjectName(u"signSwitch"_s);
    m_sign->setAccessibleName(tr("Sign"));
    m_encrypt = new Switch(tr("E&ncrypt"), foot);
    m_encrypt->setObjectName(u"encryptSwitch"_s);
    m_encrypt->setAccessibleName(tr("Encrypt"));
    for (Switch *toggle : {m_sign, m_encrypt})
        connect(toggle, &Switch::toggled, this, [this] { onEdited(); updateOutlook(); });
    m_serverSwitch = new Switch(tr("&What the server sees"), foot);
    m_serverSwitch->setObjectName(u"serverSightSwitch"_s);
    m_serverSwitch->setAccessibleName(tr("What the server sees"));
    connect(m_serverSwitch, &Switch::toggled, this, &ComposeWindow::showServerSight);
    m_sendButton = new QPushButton(m_send->icon(), tr("Send"), foot);
    m_sendButton->setObjectName(u"sendButton"_s);
    m_sendButton->setAccessibleName(tr("Send"));
    m_sendButton->setToolTip(m_send->shortcut().toString(QKeySequence::NativeText));
    connect(m_sendButton, &QPushButton::clicked, m_send, &QAction::trigger);
    auto *row = new QHBoxLayout;
    row->setSpacing(kAround);
    row->addWidget(m_sign);
    row->addWidget(m_encrypt);
    row->addWidget(m_serverSwitch);
    row->addStretch();
    row->addWidget(m_sendButton);
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(kAround, 12, kAround, 12);
    column->setSpacing(12);
    column->addWidget(m_attachments);
    column->addWidget(m_line);
    column->addLayout(row);
    return foot;
}

QWidget *ComposeWindow::makeSight()
{
    m_sight = makeSideText(u"serverSight"_s, tr("What the server sees"), QPalette::AlternateBase, this);
    m_sight->hide();
    return m_sight;
}

void ComposeWindow::showServerSight(bool isShown)
{
    m_sight->setVisible(isShown);
    m_body->setVisible(!isShown);
    m_sight->clear();
    if (isShown)
        Q_EMIT previewRequested();
}

void ComposeWindow::setPreview(const QByteArray &octets) { m_sight->setHtml(serverSightHtml(octets, declaredInside(octets), palette())); }

void ComposeWindow::setNoPreview(const QString &sentence) { m_sight->setPlainText(sentence); }

void ComposeWindow::fill(const app::Draft &draft)
{
    m_to->setAddresses(draft.to);
    m_cc->setAddresses(draft.cc);
    m_bcc->setAddresses(draft.bcc);
    m_subject->setText(draft.subject);
    m_subject->setCursorPosition(0);
    m_body->setPlainText(draft.text);
    m_secretText = m_body->toPlainText(); // As it is compared with: without no-break spaces and the like.
    m_secretSubject = draft.subject;
    m_speaksOfAttachment = app::speaksOfAttachment(m_secretText);
    m_sign->setChecked(draft.sign);
    m_encrypt->setChecked(draft.encrypt);
    showAttachments();
    m_isModified = false;
    m_autosave.stop();
    onRecipientsEdited();
    updateTitle();
    (draft.to.isEmpty() ? static_cast<QWidget *>(m_to) : m_body)->setFocus();
}

app::Draft ComposeWindow::draft() const
{
    app::Draft draft = m_draft;
    draft.to = m_to->addresses();
    draft.cc = m_cc->addresses();
    draft.bcc = m_bcc->addresses();
    draft.subject = m_subject->text();
    draft.text = m_body->toPlainText();
    draft.sign = m_sign->isChecked();
    draft.encrypt = m_encrypt->isChecked();
    draft.quotation = quotation();
    return draft;
}

void ComposeWindow::setSaved(store::MessageId id)
{
    m_draft.id = id;
}

void ComposeWindow::setCompletions(const std::function<QStringList(const QString &)> &completions)
{
    for (RecipientField *field : {m_to, m_cc, m_bcc})
        field->setCompletions(completions);
}

QList<mime::Address> ComposeWindow::everyone() const
{
    QList<mime::Address> all;
    QStringList seen;
    for (const mime::Address &address : m_to->addresses() + m_cc->addresses() + m_bcc->addresses()) {
        if (!seen.contains(keyOf(address.mailbox)))
            all += address;
        seen += keyOf(address.mailbox);
    }
    return all;
}

void ComposeWindow::onEdited()
{
    m_isModified = true;
    if (!m_autosave.isActive())
        m_autosave.start(kAutosave);
    if (m_serverSwitch->isChecked())
        m_preview.start(kPreview);
    if (m_draft.quotation == app::Quotation::Secret && !m_encrypt->isChecked())
        m_settle.start(kSettle);
    updateTitle();
}

void ComposeWindow::onWordsSettled()
{
    const bool speaks = app::speaksOfAttachment(m_body->toPlainText());
    const bool lacks = m_subject->text().trimmed().isEmpty() && !m_body->document()->isEmpty();
    const bool isNews = speaks != m_speaksOfAttachment || lacks != m_lacksSubject;
    m_speaksOfAttachment = speaks;
    m_lacksSubject = lacks;
    if (isNews)
        updateOutlook();
}

void ComposeWindow::onRecipientsEdited()
{
    m_settle.stop();
    QStringList addresses;
    for (const mime::Address &address : everyone())
        addresses += address.mailbox;
    if (addresses != m_asked) {
        m_asked = addresses;
        if (!addresses.isEmpty())
            Q_EMIT recipientsChanged(addresses);
    }
    updateOutlook();
}

void ComposeWindow::setRecipients(const QList<app::OutlookRecipient> &recipients)
{
    for (const app::OutlookRecipient &recipient : recipients)
        m_known.insert(keyOf(recipient.address), recipient);
    updateOutlook();
}

void ComposeWindow::setSigningKey(app::SigningKey key)
{
    m_key = key;
    updateOutlook();
}

void ComposeWindow::setReceivingKey(app::ReceivingKey key)
{
    m_receivingKey = key;
    updateOutlook();
}

void ComposeWindow::updateOutlook()
{
    app::OutlookQuestion question;
    question.from = m_draft.from.mailbox;
    question.signing = m_sign->isChecked() ? app::Wanted::Yes : app::Wanted::No;
    question.encryption = m_encrypt->isChecked() ? app::Wanted::Yes : app::Wanted::No;
    question.key = m_key;
    question.receivingKey = m_receivingKey;
    for (const mime::Address &address : everyone()) {
        app::OutlookRecipient recipient = m_known.value(keyOf(address.mailbox), {address.mailbox, {}, app::RecipientOutlook::Looking, {}, {}});
        recipient.address = address.mailbox;
        recipient.name = recipientName(address, recipient);
        question.recipients += recipient;
    }
    for (const RecipientField *field : {m_to, m_cc, m_bcc}) {
        QStringList wrong = field->notAddresses();
        // The word under the cursor is still being typed.
        if (field->hasFocus() && !wrong.isEmpty() && field->text().trimmed().endsWith(wrong.constLast()))
            wrong.removeLast();
        question.notAddresses += wrong;
    }
    question.headers = m_draft.headers;
    question.quotation = quotation();
    question.keyFiles = m_keyFiles;
    question.lacksAttachment = m_speaksOfAttachment && m_draft.attachments.isEmpty();
    question.lacksSubject = m_lacksSubject;
    m_outlook = app::sendOutlook(question);
    m_line->setOutlook(m_outlook);
    m_sendButton->setAccessibleDescription(m_outlook.sentence);
    updateTabOrder();
    using Permission = app::SendOutlook::Permission;
    const bool isHeld = m_outlook.permission == Permission::Held;
    const bool canSend = m_phase == Phase::Writing && (isHeld || m_outlook.permission == Permission::Allowed);
    m_send->setEnabled(canSend);
    if (const QString text = isHeld ? tr("&Send later") : tr("&Send"); m_send->text() != text) {
        nameAction(m_send, text);
        findChild<QToolBar *>()->layout()->activate(); // At once: the longer word would be cut off until the next turn.
    }
    m_sendButton->setEnabled(canSend);
    m_sendButton->setText(m_phase == Phase::Sending ? tr("Sending") : isHeld ? tr("Send later") : tr("Send"));
    updateMarks();
}

// Secret only while a line of what was quoted, the subject, or a file that came along is still there. Lines of a few signs are anybody's.
app::Quotation ComposeWindow::quotation() const
{
    if (m_draft.quotation != app::Quotation::Secret)
        return m_draft.quotation;
    constexpr qsizetype kShortLine = 8;
    const QStringList now = m_body->toPlainText().split(u'\n');
    const QSet<QString> lines(now.cbegin(), now.cend());
    const QStringList before = m_secretText.split(u'\n');
    const bool hasLine = std::any_of(before.cbegin(), before.cend(), [&](const QString &line) { return line.trimmed().size() > kShortLine && lines.contains(line); });
    const bool hasSubject = !m_secretSubject.isEmpty() && m_subject->text().contains(m_secretSubject);
    return hasLine || hasSubject || !m_draft.attachments.isEmpty() ? app::Quotation::Secret : app::Quotation::None;
}

void ComposeWindow::updateMarks()
{
    clearFlow(m_marks->items()->layout());
    const QList<mime::Address> all = everyone();
    for (const mime::Address &address : all) {
        app::OutlookRecipient recipient = m_known.value(keyOf(address.mailbox), {address.mailbox, {}, app::RecipientOutlook::Looking, {}, {}});
        auto *mark = new QToolButton(m_marks->items());
        const QString name = recipientName(address, recipient);
        mark->setIcon(markOf(recipient.state));
        mark->setText(fontMetrics().elidedText(name, Qt::ElideMiddle, 240));
        mark->setToolTip(u"%1\n%2"_s.arg(address.mailbox, app::recipientText(recipient)));
        mark->setAccessibleName(u"%1: %2"_s.arg(name, app::recipientText(recipient)));
        mark->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        mark->setAutoRaise(true);
        mark->setFocusPolicy(Qt::NoFocus);
        m_marks->items()->layout()->addWidget(mark);
        mark->show();
    }
    m_marks->setVisible(!all.isEmpty());
    m_marks->fit();
}

void ComposeWindow::addAttachment(const app::DraftAttachment &attachment) { setAttachments(m_draft.attachments + QList{attachment}); }

void ComposeWindow::setAttachments(const QList<app::DraftAttachment> &files)
{
    m_draft.attachments = files;
    showAttachments();
    onEdited();
    updateOutlook();
}

void ComposeWindow::showAttachments()
{
    m_keyFiles.clear();
    for (const app::DraftAttachment &file : std::as_const(m_draft.attachments)) {
        if (app::holdsPrivateKeys(file.content))
            m_keyFiles += file.name;
    }
    m_attachments->setFiles(m_draft.attachments);
    updateTabOrder();
}

// As the eye goes: behind the letter its files, then the ways out.
void ComposeWindow::updateTabOrder()
{
    m_line->followInTabOrder(tabThrough(m_attachments->items()->layout(), m_sight));
}

void ComposeWindow::onWayChosen(app::WayOut way)
{
    switch (way) {
    case app::WayOut::Unlock: Q_EMIT unlockRequested(); break;
    case app::WayOut::ImportCertificate: Q_EMIT importRequested(); break;
    case app::WayOut::ReplaceKeys: Q_EMIT keysRequested(); break;
    case app::WayOut::SendUnsigned: m_sign->setChecked(false); break;
    case app::WayOut::SendUnencrypted: m_encrypt->setChecked(false); break;
    case app::WayOut::EncryptAgain: m_encrypt->setChecked(true); break;
    case app::WayOut::Attach: Q_EMIT attachRequested(); break;
    case app::WayOut::TakeKeysOut: {
        QList<app::DraftAttachment> others = m_draft.attachments;
        others.removeIf([](const app::DraftAttachment &file) { return app::holdsPrivateKeys(file.content); });
        setAttachments(others);
        break;
    }
    case app::WayOut::ReleaseQuotation:
        m_draft.quotation = app::Quotation::Released;
        onEdited();
        updateOutlook();
        break;
    }
}

void ComposeWindow::setPhase(Phase phase)
{
    m_phase = phase;
    const bool isWriting = phase == Phase::Writing;
    for (QWidget *widget : {static_cast<QWidget *>(m_to), static_cast<QWidget *>(m_cc), static_cast<QWidget *>(m_bcc), static_cast<QWidget *>(m_subject),
                            static_cast<QWidget *>(m_sign), static_cast<QWidget *>(m_encrypt), static_cast<QWidget *>(m_attachments)})
        widget->setEnabled(isWriting);
    m_body->setReadOnly(!isWriting);
    for (QAction *action : {m_save, m_attach, m_discard})
        action->setEnabled(isWriting);
    m_notice->setText({});
    updateOutlook();
}

void ComposeWindow::showProblem(const QString &sentence, const QString &detail) { m_notice->setText(sentence, {}, Tone::Bad, detail); }

void ComposeWindow::showRemark(const QString &sentence) { m_notice->setText(sentence); }

void ComposeWindow::updateTitle()
{
    const QString subject = m_subject->text().simplified();
    setWindowTitle(tr("%1 - %2 - Waxwing").arg(subject.isEmpty() ? tr("New message") : subject, m_draft.from.mailbox));
}

void ComposeWindow::closeEvent(QCloseEvent *event)
{
    m_mayClose = true;
    Q_EMIT closing();
    event->setAccepted(m_mayClose);
}

void ComposeWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_phase == Phase::Writing && !draggedFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ComposeWindow::dropEvent(QDropEvent *event)
{
    Q_EMIT filesDropped(draggedFiles(event->mimeData()));
}

} // namespace ui
