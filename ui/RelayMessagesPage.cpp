// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayMessagesPage.h"

#include "ui/AttachmentBar.h"
#include "ui/Dates.h"
#include "ui/Files.h"
#include "ui/Icons.h"
#include "ui/PlainTable.h"
#include "ui/ProblemLabel.h"
#include "ui/Signs.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kMostMessages = 200;
constexpr int kAddressWidth = 180;
constexpr int kSubjectWidth = 200;
constexpr int kFindingWidth = 200;
constexpr int kOthersWidth = 250;
constexpr double kLeastShare = 0.5;
enum Column { kFrom, kFor, kSubject, kFinding, kRules, kReceived, kSize };

QIcon findingIcon(const app::RelayMessage &message)
{
    const app::RelayAssessment &found = message.assessment;
    if (!found.isLookedInto())
        return sign(u"looking"_s, Tone::Neutral);
    const app::Severity severity = app::assessmentSeverity(found);
    switch (severity) {
    case app::Severity::Danger: return sign(u"cross"_s, Tone::Bad);
    case app::Severity::Good: return sign(u"seal-good"_s, Tone::Good);
    case app::Severity::Notice:
    case app::Severity::Neutral: break;
    }
    if (found.isSigned())
        return sign(u"seal-question"_s, Tone::Caution);
    return found.isEncrypted() ? sign(u"lock"_s, toneOf(severity)) : sign(u"plain"_s, Tone::Neutral);
}

QString rulesText(const app::RelayMessage &message)
{
    QStringList names;
    for (const app::FaultMark &mark : message.faults)
        if (!names.contains(mark.rule))
            names += mark.rule;
    return names.join(u", "_s);
}

QString marksText(const app::RelayMessage &message)
{
    QStringList sentences;
    for (const app::FaultMark &mark : message.faults)
        sentences += app::faultMarkText(mark);
    return sentences.join(u'\n');
}

} // namespace

RelayMessagesPage::RelayMessagesPage(app::RelayService *relay, QWidget *parent) : QWidget(parent), m_relay(relay)
{
    m_table = plainTable(u"relayMessages"_s, tr("Messages in the relay"), {tr("From"), tr("For"), tr("Subject"), tr("What was found"), tr("Fault rules"), tr("Received"), tr("Size")}, kFinding, this);
    m_table->horizontalHeader()->setMaximumSectionSize(1600);
    for (const int column : {kFrom, kFor, kSubject})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    shareWidth();
    sayWhenEmpty(m_table, tr("Mail that comes through the relay appears here, and what can be found out about it without any key."));
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        m_problem->say(QString());
        announce();
    });
    m_inspect = makeButton(u"inspectMessage"_s, tr("I&nspect\u2026"));
    m_save = makeButton(u"saveMessage"_s, tr("Sa&ve as\u2026"));
    m_delete = makeButton(u"deleteMessage"_s, tr("&Delete"));
    m_deleteAll = makeButton(u"deleteAllMessages"_s, tr("Delete a&ll\u2026"));
    connect(m_inspect, &QPushButton::clicked, this, [this] { Q_EMIT inspectorRequested(chosenId()); });
    connect(m_save, &QPushButton::clicked, this, &RelayMessagesPage::save);
    connect(m_delete, &QPushButton::clicked, this, &RelayMessagesPage::remove);
    connect(m_deleteAll, &QPushButton::clicked, this, &RelayMessagesPage::askToRemoveAll);
    m_problem = new ProblemLabel(u"messagesProblem"_s, this);
    m_problem->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"messageFilter"_s);
    m_filter->setAccessibleName(tr("Filter the messages"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(260);
    connect(m_filter, &QLineEdit::textChanged, this, &RelayMessagesPage::filter);
    QWidget *page = tablePage(m_table, {m_inspect, m_save, m_delete, m_deleteAll}, m_filter, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(page, 1);
    column->addWidget(m_problem);
}

QPushButton *RelayMessagesPage::makeButton(const QString &objectName, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setEnabled(false);
    return button;
}

// What was found is the point of the table: in a narrow window it is not what gives way.
void RelayMessagesPage::shareWidth()
{
    const double room = width() - kFindingWidth - kOthersWidth;
    const double share = std::clamp(room / (2 * kAddressWidth + kSubjectWidth), kLeastShare, 1.0);
    if (qFuzzyCompare(share, m_share))
        return; // Whoever drew a column wider in a wide window keeps it so.
    m_share = share;
    for (const auto &[column, width] : {std::pair{kFrom, kAddressWidth}, std::pair{kFor, kAddressWidth}, std::pair{kSubject, kSubjectWidth}})
        m_table->setColumnWidth(column, qRound(width * share));
}

void RelayMessagesPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareWidth();
}

void RelayMessagesPage::refresh()
{
    base::whenReady(this, m_relay->listMessages(kMostMessages), [this](const base::Result<QList<app::RelayMessage>> &messages) {
        if (messages)
            fill(*messages);
    });
}

void RelayMessagesPage::fill(const QList<app::RelayMessage> &messages)
{
    const QVariant chosen = chosenKey(m_table);
    // Whoever looks at the newest sees the next one, too; whoever reads another is left alone.
    const bool isFollowing = !m_table->hasFocus() && (!chosen.isValid() || chosen.toLongLong() == m_newest);
    const bool isNew = !messages.isEmpty() && messages.constFirst().id > m_newest;
    m_newest = messages.isEmpty() ? 0 : messages.constFirst().id;
    const app::RelayMessage before = m_messagesById.value(chosenId());
    m_messagesById.clear();
    {
        // The rows move under the choice; it is put back below.
        const QSignalBlocker quiet(m_table);
        const MeasureColumnsAtEnd measure(m_table);
        m_table->setRowCount(int(messages.size()));
        for (int row = 0; row < messages.size(); ++row)
            fillMessage(row, messages[row]);
        m_table->clearSelection();
    }
    filter();
    m_deleteAll->setEnabled(!messages.isEmpty());
    if (isNew && isFollowing)
        return m_table->selectRow(0);
    {
        const QSignalBlocker quiet(m_table);
        chooseKey(m_table, chosen);
    }
    if (m_table->selectedItems().isEmpty() || before.assessment != m_messagesById.value(before.id).assessment)
        announce();
}

void RelayMessagesPage::fillMessage(int row, const app::RelayMessage &message)
{
    m_messagesById.insert(message.id, message);
    fillRow(m_table, row, message.id,
            {message.sender.isEmpty() ? tr("the relay itself") : message.sender, message.recipients.join(u", "_s), message.assessment.subject, app::assessmentGlance(message.assessment), rulesText(message),
             spokenDate(message.received, QDateTime::currentDateTimeUtc()), sizeText(message.octets)});
    m_table->item(row, kFinding)->setIcon(findingIcon(message));
    m_table->item(row, kFinding)->setToolTip(app::assessmentSentences(message.assessment).join(u'\n'));
    m_table->item(row, kRules)->setIcon(message.faults.isEmpty() ? QIcon() : sign(u"damaged"_s, Tone::Caution));
    m_table->item(row, kRules)->setToolTip(marksText(message));
    m_table->item(row, kReceived)->setToolTip(exactDate(message.received));
}

// Hides the rows that have the words nowhere.
void RelayMessagesPage::filter()
{
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        QString text;
        for (int column = 0; column < m_table->columnCount(); ++column)
            text += m_table->item(row, column)->text() + u'\n';
        const bool isWanted = std::all_of(words.begin(), words.end(), [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
        m_table->setRowHidden(row, !isWanted);
    }
}

qint64 RelayMessagesPage::chosenId() const { return chosenKey(m_table).toLongLong(); }

void RelayMessagesPage::announce()
{
    const auto chosen = m_messagesById.constFind(chosenId());
    const bool isChosen = chosen != m_messagesById.constEnd();
    for (QPushButton *button : {m_inspect, m_save, m_delete})
        button->setEnabled(isChosen);
    if (isChosen)
        Q_EMIT messageChosen(*chosen);
    else
        Q_EMIT nothingChosen();
}

void RelayMessagesPage::save()
{
    base::whenReady(this, m_relay->getMessage(chosenId()), [this, id = chosenId()](const base::Result<QByteArray> &octets) {
        if (!octets)
            return m_problem->say(octets.error());
        askWhereToSave(this, tr("Save the message"), tr("message %1").arg(id) + u".eml"_s, [this, octets = *octets](const QString &path) {
            base::whenReady(this, writeFile(QThreadPool::globalInstance(), path, octets), [this](const base::Status &status) {
                status ? m_problem->say(tr("The message was saved as it lies in the relay."), Tone::Good) : m_problem->say(status.error());
            });
        });
    });
}

void RelayMessagesPage::remove()
{
    base::whenReady(this, m_relay->deleteMessage(chosenId()), [this](const base::Status &status) {
        if (!status)
            m_problem->say(status.error());
    });
}

void RelayMessagesPage::askToRemoveAll()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete all messages"), tr("Delete every message of every mailbox? Whoever has not fetched one yet will never get it."),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"deleteAllQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    box->addButton(tr("Delete all"), QMessageBox::AcceptRole)->setObjectName(u"deleteAllConfirmed"_s);
    connect(box, &QMessageBox::accepted, this, [this] {
        base::whenReady(this, m_relay->deleteAllMessages(), [this](const base::Result<int> &removed) {
            removed ? m_problem->say(tr("%n messages were deleted.", nullptr, *removed), Tone::Good) : m_problem->say(removed.error());
        });
    });
    box->open();
}

} // namespace ui
