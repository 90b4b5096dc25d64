// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayMonitorWindow.h"

#include "app/ErrorText.h"
#include "ui/Dates.h"
#include "ui/AttachmentBar.h"
#include "ui/ElidedLabel.h"
#include "ui/Icons.h"
#include "ui/ProblemLabel.h"
#include "ui/RelaySight.h"
#include "ui/StatusLine.h"

#include <QAction>
#include <QCheckBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using Kind = relay::MonitorEvent::Kind;

constexpr qsizetype kMostSessions = 300;
constexpr qsizetype kMostEventsOfOne = 5000;
constexpr int kMostMessages = 200;

QString protocolText(relay::Protocol protocol)
{
    switch (protocol) {
    case relay::Protocol::Smtp: return u"SMTP"_s;
    case relay::Protocol::Submission: return RelayMonitorWindow::tr("Submission");
    case relay::Protocol::Pop3: return u"POP3"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

// Client and server are told apart by an arrow and by weight, not by colour alone.
QString lineText(const relay::MonitorEvent &event)
{
    const QString text = QString::fromUtf8(event.text);
    switch (event.kind) {
    case Kind::SessionOpened: return RelayMonitorWindow::tr("%1 connected").arg(text);
    case Kind::LineIn: return u"\u2192 "_s + text;
    case Kind::LineOut: return u"\u2190 "_s + text;
    case Kind::BodyIn: return u"\u2192 "_s + RelayMonitorWindow::tr("[the message, %1]").arg(sizeText(event.octets));
    case Kind::BodyOut: return u"\u2190 "_s + RelayMonitorWindow::tr("[the message, %1]").arg(sizeText(event.octets));
    case Kind::TlsStarted: return RelayMonitorWindow::tr("encrypted from here on: %1").arg(text);
    case Kind::MessageStored: return RelayMonitorWindow::tr("message %1 is safe on disk").arg(event.messageId);
    case Kind::FaultApplied: return RelayMonitorWindow::tr("fault rule: %1").arg(text);
    case Kind::SessionClosed: return text.isEmpty() ? RelayMonitorWindow::tr("closed") : RelayMonitorWindow::tr("closed: %1").arg(text);
    }
    Q_UNREACHABLE_RETURN({});
}

QTableWidget *table(const QString &objectName, const QString &accessibleName, const QStringList &columns, int stretched, QWidget *parent)
{
    auto *made = new QTableWidget(0, int(columns.size()), parent);
    made->setObjectName(objectName);
    made->setAccessibleName(accessibleName);
    made->setHorizontalHeaderLabels(columns);
    made->verticalHeader()->hide();
    made->setShowGrid(false);
    made->setFrameShape(QFrame::NoFrame);
    made->setAlternatingRowColors(true);
    made->setSelectionBehavior(QAbstractItemView::SelectRows);
    made->setSelectionMode(QAbstractItemView::SingleSelection);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    made->setTabKeyNavigation(false);
    made->horizontalHeader()->setHighlightSections(false);
    made->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    made->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    made->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return made;
}

QWidget *titled(const QString &title, QWidget *content)
{
    auto *box = new QWidget;
    auto *label = new QLabel(title, box);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setContentsMargins(12, kBetween, 12, kInsideGroup);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(label);
    column->addWidget(content, 1);
    return box;
}

} // namespace

RelayMonitorWindow::RelayMonitorWindow(app::RelayService *relay, QWidget *parent) : QWidget(parent, Qt::Window), m_relay(relay)
{
    setObjectName(u"relayMonitorWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Relay monitor - Waxwing"));
    resize(1120, 720);
    auto *upper = new QSplitter(Qt::Horizontal, this);
    upper->addWidget(makeSessions());
    upper->addWidget(makeDialogue());
    upper->addWidget(makeSight());
    upper->setSizes({220, 470, 430});
    auto *whole = new QSplitter(Qt::Vertical, this);
    whole->addWidget(upper);
    whole->addWidget(makeQueue());
    whole->setSizes({460, 200});
    for (QSplitter *splitter : {upper, whole}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(whole, 1);
    auto *close = new QAction(this);
    close->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)});
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
    connect(m_relay, &app::RelayService::stateChanged, this, &RelayMonitorWindow::showRelayState);
    connect(m_relay, &app::RelayService::troubleChanged, this, &RelayMonitorWindow::showRelayState);
    connect(m_relay, &app::RelayService::sessionEvents, this, &RelayMonitorWindow::onEvents);
    connect(m_relay, &app::RelayService::messagesStored, this, &RelayMonitorWindow::refreshQueue);
    connect(m_relay, &app::RelayService::usersChanged, this, &RelayMonitorWindow::refreshQueue);
    m_relay->setWatching(true);
    showRelayState();
    refreshQueue();
}

RelayMonitorWindow::~RelayMonitorWindow() { m_relay->setWatching(false); }

QLineEdit *RelayMonitorWindow::makeAddressField(const QString &objectName, const QString &name)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(tr("%1: address and port, such as 127.0.0.1:1025").arg(name));
    field->setFixedWidth(field->fontMetrics().horizontalAdvance(u"000.000.000.000:00000"_s) + 2 * kBetween);
    connect(field, &QLineEdit::returnPressed, this, &RelayMonitorWindow::start);
    connect(field, &QLineEdit::textEdited, this, [this] { m_problem->say(QString()); });
    return field;
}

QWidget *RelayMonitorWindow::makeHead()
{
    auto *head = new QWidget(this);
    m_sign = new QLabel(head);
    m_state = new QLabel(head);
    m_state->setObjectName(u"monitorState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_problem = new ProblemLabel(u"monitorProblem"_s, head);
    m_smtp = makeAddressField(u"monitorSmtp"_s, tr("Address for SMTP"));
    m_pop3 = makeAddressField(u"monitorPop3"_s, tr("Address for POP3"));
    m_start = new QPushButton(tr("&Start"), head);
    m_start->setObjectName(u"monitorStart"_s);
    m_stop = new QPushButton(tr("S&top"), head);
    m_stop->setObjectName(u"monitorStop"_s);
    connect(m_start, &QPushButton::clicked, this, &RelayMonitorWindow::start);
    connect(m_stop, &QPushButton::clicked, m_relay, &app::RelayService::stop);
    auto *row = new QHBoxLayout;
    row->setSpacing(kBetween);
    row->addWidget(m_sign);
    row->addWidget(m_state, 1);
    for (const auto &[text, field] : {std::pair{tr("S&MTP"), m_smtp}, std::pair{tr("&POP3"), m_pop3}}) {
        auto *label = new QLabel(text, head);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
        row->addSpacing(kInsideGroup);
    }
    row->addWidget(m_start);
    row->addWidget(m_stop);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(kAround, 12, kAround, 12);
    column->setSpacing(kBetween);
    column->addLayout(row);
    column->addWidget(m_problem);
    return head;
}

void RelayMonitorWindow::setAddresses(const QString &smtp, const QString &pop3)
{
    m_smtp->setText(smtp);
    m_pop3->setText(pop3);
    showRelayState();
}

void RelayMonitorWindow::start()
{
    for (QLineEdit *field : {m_smtp, m_pop3}) {
        if (const base::Result<net::Endpoint> read = net::parseEndpoint(field->text().trimmed()); !read) {
            m_problem->say(tr("\"%1\" is not an address with a port. Write it as 127.0.0.1:1025.").arg(field->text()), Tone::Bad, read.error().detail);
            field->setFocus();
            field->selectAll();
            return;
        }
    }
    Q_EMIT startRequested(m_smtp->text().trimmed(), m_pop3->text().trimmed());
}

QWidget *RelayMonitorWindow::makeSessions()
{
    m_list = new QListWidget(this);
    m_list->setObjectName(u"sessionList"_s);
    m_list->setAccessibleName(tr("Sessions"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    connect(m_list, &QListWidget::currentRowChanged, this, &RelayMonitorWindow::showSession);
    m_list->setSpacing(2);
    m_all = new QCheckBox(tr("&Also checks that brought nothing"), this);
    m_all->setObjectName(u"showAllSessions"_s);
    auto *box = titled(tr("Sessions, newest first"), m_list);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    foot->addWidget(m_all);
    static_cast<QVBoxLayout *>(box->layout())->addLayout(foot);
    return box;
}

QWidget *RelayMonitorWindow::makeDialogue()
{
    m_dialogue = new QPlainTextEdit(this);
    m_dialogue->setObjectName(u"sessionDialogue"_s);
    m_dialogue->setAccessibleName(tr("Dialogue"));
    m_dialogue->setReadOnly(true);
    m_dialogue->setTabChangesFocus(true);
    m_dialogue->setFrameShape(QFrame::NoFrame);
    m_dialogue->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_dialogue->document()->setDocumentMargin(12);
    m_dialogue->setPlaceholderText(tr("What is said between a mail program and the relay appears here, line by line."));
    return titled(tr("Dialogue"), m_dialogue);
}

QWidget *RelayMonitorWindow::makeSight()
{
    m_sees = new QTextBrowser(this);
    m_sees->setObjectName(u"relaySees"_s);
    m_sees->setAccessibleName(tr("What the relay sees"));
    m_sees->setFrameShape(QFrame::NoFrame);
    m_sees->setTabChangesFocus(true);
    m_sees->setOpenLinks(false);
    m_sees->document()->setDocumentMargin(12);
    m_sees->setPlaceholderText(tr("Choose a message below to see what the relay knows of it, and what it cannot know."));
    return titled(tr("What the relay sees"), m_sees);
}

QWidget *RelayMonitorWindow::makeQueue()
{
    m_messages = table(u"relayMessages"_s, tr("Messages in the relay"), {tr("From"), tr("For"), tr("Received"), tr("Size")}, 1, this);
    m_mailboxes = table(u"relayMailboxes"_s, tr("Mailboxes"), {tr("Mailbox"), tr("Messages"), tr("Size")}, 0, this);
    connect(m_messages, &QTableWidget::itemSelectionChanged, this, [this] {
        if (const QTableWidgetItem *item = m_messages->item(m_messages->currentRow(), 0))
            showMessage(item->data(Qt::UserRole).toLongLong());
    });
    auto *lower = new QSplitter(Qt::Horizontal, this);
    lower->setHandleWidth(1);
    lower->addWidget(titled(tr("Messages in the relay"), m_messages));
    lower->addWidget(titled(tr("Mailboxes"), m_mailboxes));
    lower->setSizes({690, 430});
    return lower;
}

void RelayMonitorWindow::showRelayState()
{
    const RelayLine line = relayLineOf(*m_relay);
    const bool isRunning = line.state == RelayLine::State::Running;
    const bool hasFailed = line.state == RelayLine::State::Failed;
    const bool canStart = hasFailed || line.state == RelayLine::State::Stopped;
    const bool isInTrouble = isRunning && !line.sentence.isEmpty();
    m_sign->setPixmap(sign(isRunning ? u"relay-on"_s : u"relay-off"_s, isInTrouble || hasFailed ? Tone::Bad : isRunning ? Tone::Good : Tone::Neutral)
                          .pixmap(QSize(22, 22), devicePixelRatioF()));
    m_state->setText(hasFailed ? relayText({}) : relayText(line));
    m_problem->say(hasFailed ? u"%1 (%2)"_s.arg(line.sentence, m_relay->error().detail) : line.sentence, Tone::Bad,
                   hasFailed ? app::errorText(m_relay->error()).detail : QString());
    if (isRunning) {
        m_smtp->setText(net::toString(m_relay->smtpEndpoint()));
        m_pop3->setText(net::toString(m_relay->pop3Endpoint()));
    }
    for (QLineEdit *field : {m_smtp, m_pop3}) {
        field->setReadOnly(!canStart);
        // The address that is taken is the one to change.
        if (hasFailed && isVisible() && m_relay->error().detail.contains(field->text()))
            field->setFocus();
    }
    m_start->setEnabled(canStart);
    m_stop->setEnabled(isRunning || line.state == RelayLine::State::Starting);
}

void RelayMonitorWindow::onEvents(const QList<relay::MonitorEvent> &events)
{
    bool mailChanged = false;
    for (const relay::MonitorEvent &event : events) {
        addEvent(event);
        mailChanged = mailChanged || event.kind == Kind::SessionClosed || event.kind == Kind::MessageStored;
    }
    if (mailChanged)
        refreshQueue();
}

void RelayMonitorWindow::addEvent(const relay::MonitorEvent &event)
{
    const auto at = std::find_if(m_sessions.begin(), m_sessions.end(), [&](const Session &one) { return one.number == event.session && one.state != tr("closed"); });
    qsizetype row = at - m_sessions.begin();
    if (at == m_sessions.end()) {
        m_sessions.prepend({event.session, event.protocol, {}, tr("open"), {}});
        m_list->insertItem(0, new QListWidgetItem);
        row = 0;
        if (m_sessions.size() > kMostSessions) {
            m_sessions.removeLast();
            delete m_list->takeItem(m_list->count() - 1);
        }
        // Follows what happens, but leaves alone what somebody reads.
        if (!m_list->hasFocus() && event.protocol != relay::Protocol::Pop3)
            m_list->setCurrentRow(0);
    }
    Session &session = m_sessions[row];
    if (event.kind == Kind::SessionOpened)
        session.peer = QString::fromUtf8(event.text);
    if (event.kind == Kind::SessionClosed)
        session.state = tr("closed");
    if (session.events.size() < kMostEventsOfOne)
        session.events += event;
    m_list->item(int(row))->setText(u"%1   %2\n%3"_s.arg(protocolText(session.protocol), session.state, session.peer));
    if (m_list->currentRow() == row && session.events.size() > 1)
        appendLine(event);
    if (event.kind == Kind::SessionClosed)
        dropIfEmpty(row);
}

// A mail program looks every second; only what carried something is worth a line, unless asked for.
void RelayMonitorWindow::dropIfEmpty(qsizetype row)
{
    const Session &session = m_sessions[row];
    const bool carried = std::any_of(session.events.begin(), session.events.end(), [](const relay::MonitorEvent &event) {
        return event.kind == Kind::BodyOut || event.kind == Kind::BodyIn || event.text.startsWith("-ERR") || event.kind == Kind::TlsStarted;
    });
    if (carried || m_all->isChecked() || session.protocol != relay::Protocol::Pop3 || m_list->currentRow() == row)
        return;
    m_sessions.removeAt(row);
    delete m_list->takeItem(int(row));
}

void RelayMonitorWindow::showSession(int row)
{
    m_dialogue->clear();
    if (row < 0 || row >= m_sessions.size())
        return;
    for (const relay::MonitorEvent &event : std::as_const(m_sessions[row].events))
        appendLine(event);
}

void RelayMonitorWindow::appendLine(const relay::MonitorEvent &event)
{
    QTextCharFormat format;
    const bool isClient = event.kind == Kind::LineIn || event.kind == Kind::BodyIn;
    const bool isServer = event.kind == Kind::LineOut || event.kind == Kind::BodyOut;
    format.setForeground(isClient ? palette().color(QPalette::Text) : isServer ? toneColor(Tone::Accent, palette()) : mutedText(palette()));
    format.setFontItalic(!isClient && !isServer);
    QTextCursor cursor(m_dialogue->document());
    cursor.movePosition(QTextCursor::End);
    if (!m_dialogue->document()->isEmpty())
        cursor.insertBlock();
    cursor.insertText(lineText(event), format);
}

void RelayMonitorWindow::refreshQueue()
{
    base::whenReady(this, m_relay->listMessages({}, kMostMessages), [this](const base::Result<QList<app::RelayMessage>> &messages) {
        if (messages)
            fillMessages(*messages);
    });
    base::whenReady(this, m_relay->listUsers(), [this](const base::Result<QList<app::RelayMailbox>> &mailboxes) {
        if (mailboxes)
            fillMailboxes(*mailboxes);
    });
}

void RelayMonitorWindow::fillMessages(const QList<app::RelayMessage> &messages)
{
    const bool isNew = !messages.isEmpty() && !m_messagesById.contains(messages.constFirst().id);
    m_messages->setRowCount(int(messages.size()));
    for (int row = 0; row < messages.size(); ++row) {
        const app::RelayMessage &message = messages[row];
        m_messagesById.insert(message.id, message);
        const QString received = spokenDate(message.received, QDateTime::currentDateTimeUtc());
        const QStringList texts{message.sender.isEmpty() ? tr("the relay itself") : message.sender, message.recipients.join(u", "_s), received, sizeText(message.octets)};
        for (int column = 0; column < texts.size(); ++column) {
            auto *item = new QTableWidgetItem(texts[column]);
            item->setData(Qt::UserRole, message.id);
            item->setToolTip(texts[column]);
            m_messages->setItem(row, column, item);
        }
    }
    if (isNew && !m_messages->hasFocus())
        m_messages->selectRow(0);
}

void RelayMonitorWindow::fillMailboxes(const QList<app::RelayMailbox> &mailboxes)
{
    m_mailboxes->setRowCount(int(mailboxes.size()));
    for (int row = 0; row < mailboxes.size(); ++row) {
        const QStringList texts{mailboxes[row].address, QLocale().toString(mailboxes[row].messages), sizeText(mailboxes[row].octets)};
        for (int column = 0; column < texts.size(); ++column)
            m_mailboxes->setItem(row, column, new QTableWidgetItem(texts[column]));
    }
}

void RelayMonitorWindow::showMessage(qint64 id)
{
    if (m_shown == quint64(id))
        return;
    m_shown = quint64(id);
    base::whenReady(this, m_relay->getMessage(id), [this, id](const base::Result<QByteArray> &octets) {
        if (m_shown == quint64(id) && octets)
            m_sees->setHtml(relaySightHtml(m_messagesById.value(id), *octets, palette()));
    });
}

} // namespace ui
