// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Inspection.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace ui {

/// One stair: what was done, whether it went well, and, folded open, the true values with their RFC names.
class InspectorStep : public QWidget
{
    Q_OBJECT

public:
    /// `depth` counts from 0 for the outermost.
    InspectorStep(const app::InspectionStep &step, int depth, QWidget *parent = nullptr);

    void setExpanded(bool isExpanded);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeRows();

    app::InspectionStep m_step;
    int m_depth;
    QWidget *m_rows = nullptr;
    QToolButton *m_fold = nullptr;
};

/// The way of one letter as a staircase from the outside in. No step is shown that did not happen.
class InspectorWindow : public QWidget
{
    Q_OBJECT

public:
    InspectorWindow(const smime::OpenedMessage &message, const QString &address, QWidget *parent);
    /// For steps without a message.
    void setSteps(const QList<app::InspectionStep> &steps);

private:
    QVBoxLayout *m_stairs = nullptr;
};

} // namespace ui
