// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PlainTable.h"

#include "ui/Theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int kKeyRole = Qt::UserRole;
}

QTableWidget *plainTable(const QString &objectName, const QString &accessibleName, const QStringList &columns, int stretched, QWidget *parent)
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
    made->setWordWrap(false);
    made->horizontalHeader()->setHighlightSections(false);
    made->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    made->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    made->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return made;
}

void sayWhenEmpty(QAbstractItemView *view, const QString &sentence)
{
    auto *text = new QLabel(sentence, view->viewport());
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *column = new QVBoxLayout(view->viewport());
    column->setContentsMargins(12, kBetween, 12, kBetween);
    column->addWidget(text);
    column->addStretch(1);
    const auto look = [view, text] {
        const bool isEmpty = view->model()->rowCount() == 0;
        text->setVisible(isEmpty);
        view->setAccessibleDescription(isEmpty ? text->text() : QString());
    };
    QObject::connect(view->model(), &QAbstractItemModel::rowsInserted, text, look);
    QObject::connect(view->model(), &QAbstractItemModel::rowsRemoved, text, look);
    QObject::connect(view->model(), &QAbstractItemModel::modelReset, text, look);
    look();
}

MeasureColumnsAtEnd::MeasureColumnsAtEnd(const QTableWidget *table) : m_header(table->horizontalHeader())
{
    for (int column = 0; column < m_header->count(); ++column) {
        if (m_header->sectionResizeMode(column) != QHeaderView::ResizeToContents)
            continue;
        m_columns += column;
        m_header->setSectionResizeMode(column, QHeaderView::Fixed);
    }
}

MeasureColumnsAtEnd::~MeasureColumnsAtEnd()
{
    for (const int column : std::as_const(m_columns))
        m_header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
}

void fillRow(QTableWidget *table, int row, const QVariant &key, const QStringList &texts)
{
    for (int column = 0; column < texts.size(); ++column) {
        QTableWidgetItem *item = table->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            table->setItem(row, column, item);
        }
        item->setText(texts[column]);
        item->setToolTip(texts[column]);
        item->setData(kKeyRole, key);
    }
}

QVariant chosenKey(const QTableWidget *table)
{
    const QList<QTableWidgetItem *> chosen = table->selectedItems();
    return chosen.isEmpty() ? QVariant() : chosen.constFirst()->data(kKeyRole);
}

void chooseKey(QTableWidget *table, const QVariant &key)
{
    for (int row = 0; row < table->rowCount(); ++row)
        if (const QTableWidgetItem *item = table->item(row, 0); item && item->data(kKeyRole) == key)
            return table->selectRow(row);
}

QWidget *tablePage(QWidget *table, const QList<QPushButton *> &buttons, QWidget *last, QWidget *parent)
{
    auto *page = new QWidget(parent);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, kBetween, 12, kBetween);
    row->setSpacing(kBetween);
    for (QPushButton *button : buttons)
        row->addWidget(button);
    row->addStretch();
    if (last)
        row->addWidget(last);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(table, 1);
    column->addLayout(row);
    return page;
}

} // namespace ui
