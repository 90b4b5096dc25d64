// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Inspection.h"
#include "app/MessageInspection.h"
#include "base/Operation.h"

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

class InspectorParts;

/// The way of one letter as a staircase from the outside in, where no step is shown that did not happen; and on a page of its own
/// everything that the letter is made of.
class InspectorWindow : public QWidget
{
    Q_OBJECT

public:
    /// `address`: whose window this is, for the title.
    InspectorWindow(const smime::OpenedMessage &message, const QString &address, QWidget *parent);
    /// Fills the page of parts when `structure` is there.
    void setStructure(const base::Operation<app::InspectedPart> &structure);
    /// For steps without a message.
    void setSteps(const QList<app::InspectionStep> &steps);

private:
    QWidget *makeSteps();

    QVBoxLayout *m_stairs = nullptr;
    InspectorParts *m_parts = nullptr;
};

} // namespace ui
