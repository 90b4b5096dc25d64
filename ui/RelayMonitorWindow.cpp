// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayMonitorWindow.h"

#include "app/ErrorText.h"
#include "ui/AttachmentBar.h"
#include "ui/Dates.h"
#include "ui/ElidedLabel.h"
#include "ui/FocusMark.h"
#include "ui/Icons.h"
#include "ui/ProblemLabel.h"
#include "ui/RelayFaultsPage.h"
#include "ui/RelayMailboxesPage.h"
#include "ui/RelayMessagePane.h"
#include "ui/RelayMessagesPage.h"
#include "ui/RelayQueuePage.h"
#include "ui/StatusLine.h"
#include "ui/WindowKeys.h"

#include <QCheckBox>
#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBlock>
#include <QVBoxLayout>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

using Kind = relay::MonitorEvent::Kind;

constexpr qsizetype kMostSessions = 300;
constexpr qsizetype kMostEventsOfOne = 5000;
constexpr auto kSettleTime = 200ms;

QString protocolText(relay::Protocol protocol)
{
    switch (protocol) {
    case relay::Protocol::Smtp: return u"SMTP"_s;
    case relay::Protocol::Submission: return RelayMonitorWindow::tr("Submission");
    case relay::Protocol::Pop3: return u"POP3"_s;
    case relay::Protocol::Onward: return RelayMonitorWindow::tr("Onward");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

// Client and server are told apart by an arrow and by weight, not by colour alone.
QString dialogueText(const relay::MonitorEvent &event)
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

namespace {

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

RelayMonitorWindow::RelayMonitorWindow(app::Workplace *workplace, QWidget *parent)
    : QWidget(parent, Qt::Window), m_workplace(workplace), m_relay(&workplace->relay())
{
    setObjectName(u"relayMonitorWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Relay monitor - Waxwing"));
    resize(1280, 800);
    m_message = new RelayMessagePane(workplace, this);
    auto *upper = new QSplitter(Qt::Horizontal, this);
    upper->addWidget(makeSessions());
    upper->addWidget(makeDialogue());
    upper->addWidget(m_message);
    upper->setSizes({230, 520, 530});
    auto *whole = new QSplitter(Qt::Vertical, this);
    whole->addWidget(upper);
    whole->addWidget(makePages());
    whole->setSizes({450, 270});
    for (QSplitter *splitter : {upper, whole}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(whole, 1);
    addWindowKeys(this);
    connectRelay();
    m_relay->setWatching(true);
    showRelayState();
    refresh();
    m_faults->refresh();
}

void RelayMonitorWindow::connectRelay()
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleTime);
    connect(&m_settle, &QTimer::timeout, this, &RelayMonitorWindow::refresh);
    const auto look = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    connect(m_relay, &app::RelayService::stateChanged, this, &RelayMonitorWindow::showRelayState);
    connect(m_relay, &app::RelayService::troubleChanged, this, &RelayMonitorWindow::showRelayState);
    connect(m_relay, &app::RelayService::sessionEvents, this, &RelayMonitorWindow::onEvents);
    connect(m_relay, &app::RelayService::messagesStored, this, look);
    connect(m_relay, &app::RelayService::messagesAssessed, this, look);
    connect(m_relay, &app::RelayService::messagesRemoved, this, &RelayMonitorWindow::refresh);
    connect(m_relay, &app::RelayService::usersChanged, this, &RelayMonitorWindow::refresh);
}

RelayMonitorWindow::~RelayMonitorWindow()
{
    hide(); // What a field says when it loses the focus is said to a window that is whole.
    m_relay->setWatching(false);
}

void RelayMonitorWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_pages)
        return;
    // The lines bear the colours of the palette in which they were written.
    showSession(m_list->currentRow());
    showRelayState();
}

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
    new FocusMark(m_dialogue);
    m_dialogue->setPlaceholderText(tr("What is said between a mail program and the relay appears here, line by line."));
    return titled(tr("Dialogue"), m_dialogue);
}

QWidget *RelayMonitorWindow::makePages()
{
    m_messages = new RelayMessagesPage(m_relay, this);
    m_mailboxes = new RelayMailboxesPage(m_workplace, this);
    m_faults = new RelayFaultsPage(m_relay, this);
    connect(m_messages, &RelayMessagesPage::messageChosen, m_message, &RelayMessagePane::showMessage);
    connect(m_messages, &RelayMessagesPage::nothingChosen, m_message, &RelayMessagePane::showNothing);
    connect(m_messages, &RelayMessagesPage::inspectorRequested, m_message, &RelayMessagePane::showInspector);
    m_pages = new QTabWidget(this);
    m_pages->setObjectName(u"monitorPages"_s);
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_messages, tr("Messages &in the relay"));
    m_pages->addTab(new RelayQueuePage(m_relay, this), tr("On its wa&y elsewhere"));
    m_pages->addTab(m_mailboxes, tr("Mail&boxes"));
    m_pages->addTab(m_faults, tr("Fault r&ules"));
    return m_pages;
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
    const QString where = hasFailed ? m_relay->error().detail : QString();
    m_problem->say(where.isEmpty() || line.sentence.contains(where) ? line.sentence : u"%1 (%2)"_s.arg(line.sentence, where), Tone::Bad,
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
    for (const relay::MonitorEvent &event : events) {
        addEvent(event);
        // Somebody who fetched may have deleted.
        if (event.kind == Kind::SessionClosed && !m_settle.isActive())
            m_settle.start();
    }
}

void RelayMonitorWindow::addEvent(const relay::MonitorEvent &event)
{
    const auto at = std::find_if(m_sessions.begin(), m_sessions.end(), [&](const Session &one) { return one.number == event.session && one.isOpen; });
    qsizetype row = at - m_sessions.begin();
    if (at == m_sessions.end()) {
        m_sessions.prepend({.number = event.session, .protocol = event.protocol, .peer = {}, .isOpen = true, .events = {}});
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
        session.isOpen = false;
    if (session.events.size() < kMostEventsOfOne)
        session.events += event;
    const QDateTime since = QDateTime::fromMSecsSinceEpoch(session.events.constFirst().atMs);
    m_list->item(int(row))->setText(u"%1   %2   %3\n%4"_s.arg(protocolText(session.protocol), QLocale().toString(since.time(), QLocale::ShortFormat),
                                                              session.isOpen ? tr("open") : tr("closed"), session.peer));
    m_list->item(int(row))->setToolTip(exactDate(since));
    if (m_list->currentRow() == row && session.events.size() > 1)
        appendLine(event);
    if (event.kind == Kind::SessionClosed)
        dropIfEmpty(row);
}

// A mail program looks every few seconds; only what carried something or went wrong is worth a line, unless asked for.
void RelayMonitorWindow::dropIfEmpty(qsizetype row)
{
    const Session &session = m_sessions[row];
    const bool carried = std::any_of(session.events.begin(), session.events.end(), [](const relay::MonitorEvent &event) {
        const bool isFault = event.text.startsWith("-ERR") || event.kind == Kind::FaultApplied || (event.kind == Kind::SessionClosed && event.text != "QUIT");
        return isFault || event.kind == Kind::BodyOut || event.kind == Kind::BodyIn;
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
    cursor.insertText(dialogueText(event), format);
}

void RelayMonitorWindow::refresh()
{
    m_settle.stop();
    m_messages->refresh();
    m_mailboxes->refresh();
}

} // namespace ui
