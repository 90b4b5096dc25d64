// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

class QHeaderView;
class QPushButton;

namespace ui {

/// A table of texts, chosen by whole rows and not edited; the column `stretched` takes the room that is left.
[[nodiscard]] QTableWidget *plainTable(const QString &objectName, const QString &accessibleName, const QStringList &columns, int stretched, QWidget *parent);

/// A sentence in the place of rows, as long as there are none.
void sayWhenEmpty(QAbstractItemView *view, const QString &sentence);

/// Measures the columns of a plainTable() once, when it goes. Without it each cell that is written measures every row: a monitor that showed
/// 200 messages stood still for seconds whenever one more came.
class MeasureColumnsAtEnd
{
public:
    /// `table` is not owned and lives longer.
    explicit MeasureColumnsAtEnd(const QTableWidget *table);
    ~MeasureColumnsAtEnd();
    Q_DISABLE_COPY_MOVE(MeasureColumnsAtEnd)

private:
    QHeaderView *m_header;
    QList<int> m_columns;
};

/// Fills one row; `key` is found again by chosenKey(). What does not fit stands in the tooltip.
void fillRow(QTableWidget *table, int row, const QVariant &key, const QStringList &texts);
/// The key of the chosen row; invalid if none is.
[[nodiscard]] QVariant chosenKey(const QTableWidget *table);
/// Chooses the row with this key, if there is one.
void chooseKey(QTableWidget *table, const QVariant &key);

/// A table with its buttons below, as a page of a window; `last` stands at the end of their line and may be null.
[[nodiscard]] QWidget *tablePage(QWidget *table, const QList<QPushButton *> &buttons, QWidget *last, QWidget *parent);

} // namespace ui
