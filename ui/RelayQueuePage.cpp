// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayQueuePage.h"

#include "ui/PlainTable.h"
#include "ui/ProblemLabel.h"

#include <QHeaderView>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;
using app::RelayQueueRecipient;
using app::relayQueue::Command;

namespace ui {

namespace {

enum QueueColumn { kQueueTo, kQueueFrom, kQueueReceived, kQueueState };

/// Room for an address of usual length.
constexpr int kColumnCharacters = 28;

bool isHeld(const app::RelayQueueEntry &entry)
{
    return std::any_of(entry.recipients.cbegin(), entry.recipients.cend(), [](const RelayQueueRecipient &one) { return one.state == RelayQueueRecipient::State::Held; });
}

} // namespace

RelayQueuePage::RelayQueuePage(app::RelayService *relay, QWidget *parent) : QWidget(parent), m_queue(relay)
{
    m_problem = new ProblemLabel(u"queueProblem"_s, this);
    m_problem->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeTable(), 1);
    column->addWidget(m_problem);
    column->addWidget(makeButtons());
    connect(&m_queue, &app::RelayQueueService::contentsChanged, this, &RelayQueuePage::fill);
    fill();
}

QWidget *RelayQueuePage::makeTable()
{
    m_table = new QTreeWidget(this);
    m_table->setObjectName(u"relayQueue"_s);
    m_table->setAccessibleName(tr("Mail on its way elsewhere"));
    m_table->setHeaderLabels({tr("For"), tr("From"), tr("Received"), tr("State")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAllColumnsShowFocus(true);
    for (const QueueColumn column : {kQueueTo, kQueueFrom, kQueueReceived})
        m_table->header()->resizeSection(column, m_table->fontMetrics().averageCharWidth() * kColumnCharacters);
    m_table->header()->setStretchLastSection(true);
    sayWhenEmpty(m_table, tr("Mail for addresses elsewhere waits here until another server has taken it."));
    connect(m_table, &QTreeWidget::itemSelectionChanged, this, &RelayQueuePage::showChoice);
    return m_table;
}

QPushButton *RelayQueuePage::makeButton(const QString &objectName, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setToolTip(tip);
    return button;
}

QWidget *RelayQueuePage::makeButtons()
{
    auto *box = new QWidget(this);
    m_summary = new QLabel(box);
    m_summary->setObjectName(u"queueSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_pause = makeButton(u"queuePause"_s, tr("Pause the &queue"), tr("While it is paused nothing is carried onward; what comes waits with the rest."));
    m_pause->setCheckable(true);
    m_flush = makeButton(u"queueFlush"_s, tr("Try &now"), tr("Tries the chosen messages at once, or all if none is chosen."));
    m_hold = makeButton(u"queueHold"_s, tr("&Hold"), tr("Keeps the chosen messages here until you let them go."));
    m_delete = makeButton(u"queueDelete"_s, tr("&Delete\u2026"), tr("Nobody gets the chosen messages, and their senders are not told."));
    connect(m_pause, &QPushButton::clicked, this, [this](bool isPaused) { obey(isPaused ? Command::Pause : Command::Resume, {}); });
    connect(m_flush, &QPushButton::clicked, this, [this] { obey(Command::Flush, chosen()); });
    connect(m_hold, &QPushButton::clicked, this, [this] { obey(m_hold->property("letsGo").toBool() ? Command::Resume : Command::Pause, chosen()); });
    connect(m_delete, &QPushButton::clicked, this, &RelayQueuePage::askToDelete);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(12, kInsideGroup, 12, kInsideGroup);
    row->setSpacing(kBetween);
    for (QPushButton *button : {m_flush, m_hold, m_delete})
        row->addWidget(button);
    row->addStretch();
    row->addWidget(m_summary);
    row->addWidget(m_pause);
    return box;
}

void RelayQueuePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_queue.setWatching(true);
}

void RelayQueuePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_queue.setWatching(false);
}

QString RelayQueuePage::summary() const
{
    const app::RelayQueueContents &contents = m_queue.contents();
    if (contents.entries.isEmpty())
        return contents.isPaused ? tr("Paused. Nothing waits.") : tr("Nothing waits.");
    const int count = int(contents.entries.size());
    return contents.isPaused ? tr("Paused. %n message(s) wait.", nullptr, count) : tr("%n message(s) wait.", nullptr, count);
}

/// A row for each recipient; what was chosen stays chosen.
void RelayQueuePage::fill()
{
    const QList<qint64> kept = chosen();
    const QSignalBlocker blocker{m_table};
    m_table->clear();
    for (const app::RelayQueueEntry &entry : m_queue.contents().entries) {
        for (const RelayQueueRecipient &one : entry.recipients) {
            const QString sender = entry.sender.isEmpty() ? tr("the relay, a report") : entry.sender;
            auto *row = new QTreeWidgetItem(m_table, {one.address, sender, QLocale().toString(entry.received.toLocalTime(), QLocale::ShortFormat), app::queueSentence(one)});
            row->setData(kQueueTo, Qt::UserRole, entry.id);
            row->setToolTip(kQueueState, row->text(kQueueState));
            row->setSelected(kept.contains(entry.id));
        }
    }
    m_summary->setText(summary());
    m_pause->setChecked(m_queue.contents().isPaused);
    showChoice();
}

QList<qint64> RelayQueuePage::chosen() const
{
    QList<qint64> ids;
    for (const QTreeWidgetItem *row : m_table->selectedItems())
        if (const qint64 id = row->data(kQueueTo, Qt::UserRole).toLongLong(); !ids.contains(id))
            ids += id;
    return ids;
}

void RelayQueuePage::showChoice()
{
    const QList<qint64> ids = chosen();
    const QList<app::RelayQueueEntry> &entries = m_queue.contents().entries;
    const bool areHeld = !ids.isEmpty() && std::all_of(entries.cbegin(), entries.cend(), [&ids](const app::RelayQueueEntry &one) { return !ids.contains(one.id) || isHeld(one); });
    m_flush->setEnabled(!entries.isEmpty());
    m_hold->setEnabled(!ids.isEmpty());
    m_hold->setText(areHeld ? tr("Let &go") : tr("&Hold"));
    m_hold->setProperty("letsGo", areHeld);
    m_delete->setEnabled(!ids.isEmpty());
}

void RelayQueuePage::obey(Command command, const QList<qint64> &ids)
{
    m_problem->say(QString());
    base::whenReady(this, m_queue.command(command, ids), [this](const base::Status &status) {
        if (status)
            return;
        m_problem->say(status.error());
        m_pause->setChecked(m_queue.contents().isPaused);
    });
}

void RelayQueuePage::askToDelete()
{
    const QList<qint64> ids = chosen();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete from the queue"), tr("Delete %n message(s) from the queue?", nullptr, int(ids.size())), QMessageBox::Cancel, this);
    box->setObjectName(u"queueDeleteQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("The recipients elsewhere do not get them, and the senders are not told."));
    box->setDefaultButton(QMessageBox::Cancel);
    box->addButton(tr("Delete"), QMessageBox::AcceptRole)->setObjectName(u"queueDeleteConfirmed"_s);
    connect(box, &QMessageBox::accepted, this, [this, ids] { obey(Command::Delete, ids); });
    box->open();
}

} // namespace ui
