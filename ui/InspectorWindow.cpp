// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/InspectorWindow.h"

#include "app/MessageListModel.h"
#include "ui/Icons.h"
#include "ui/InspectorParts.h"
#include "ui/WindowKeys.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kStep = 22;
constexpr int kLabelWidth = 168;
constexpr int kRfcWidth = 180;

QIcon outcomeIcon(smime::StepOutcome outcome)
{
    switch (outcome) {
    case smime::StepOutcome::NotChecked: return sign(u"dot"_s, Tone::Neutral);
    case smime::StepOutcome::Done: return sign(u"tick"_s, Tone::Good);
    case smime::StepOutcome::Questionable: return sign(u"question"_s, Tone::Caution);
    case smime::StepOutcome::Failed: return sign(u"cross"_s, Tone::Bad);
    }
    Q_UNREACHABLE_RETURN({});
}

Tone toneOf(smime::StepOutcome outcome)
{
    switch (outcome) {
    case smime::StepOutcome::NotChecked: return Tone::Neutral;
    case smime::StepOutcome::Done: return Tone::Good;
    case smime::StepOutcome::Questionable: return Tone::Caution;
    case smime::StepOutcome::Failed: return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

// Digests are long and have no spaces: a line that scrolls and can be copied whole. The rest is wrapped.
QWidget *valueField(const app::InspectionRow &row, QWidget *parent)
{
    if (row.value.contains(u' ')) {
        auto *label = new QLabel(row.value, parent);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setContentsMargins(2, 1, 0, 1);
        label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        return label;
    }
    auto *field = new QLineEdit(row.value, parent);
    field->setReadOnly(true);
    field->setFrame(false);
    field->setAccessibleName(row.label);
    field->setToolTip(row.value);
    field->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QPalette flat = field->palette();
    flat.setColor(QPalette::Base, Qt::transparent);
    field->setPalette(flat);
    field->setCursorPosition(0);
    return field;
}

} // namespace

InspectorStep::InspectorStep(const app::InspectionStep &step, int depth, QWidget *parent) : QWidget(parent), m_step(step), m_depth(depth)
{
    m_fold = new QToolButton(this);
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setProperty(kOpener, true);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setAccessibleName(tr("Details of %1").arg(step.title));
    connect(m_fold, &QToolButton::toggled, this, &InspectorStep::setExpanded);
    auto *mark = new QLabel(this);
    mark->setPixmap(outcomeIcon(step.outcome).pixmap(QSize(16, 16), devicePixelRatioF()));
    mark->setToolTip(app::outcomeText(step.outcome));
    auto *title = new QLabel(step.title, this);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    auto *sentence = new QLabel(step.sentence, this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    sentence->setFocusPolicy(Qt::NoFocus);
    m_rows = makeRows();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(m_depth * kStep + 12, 10, 12, 10);
    grid->setHorizontalSpacing(kBetween);
    grid->setVerticalSpacing(kInsideGroup);
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_fold, 0, 0, Qt::AlignTop);
    grid->addWidget(mark, 0, 1, Qt::AlignVCenter);
    grid->addWidget(title, 0, 2);
    grid->addWidget(sentence, 1, 2);
    grid->addWidget(m_rows, 2, 2);
    m_rows->hide();
    m_fold->setVisible(!step.rows.isEmpty());
    setAccessibleName(step.title);
    setAccessibleDescription(app::outcomeText(step.outcome) + u". "_s + step.sentence);
}

QWidget *InspectorStep::makeRows()
{
    auto *rows = new QWidget(this);
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, kInsideGroup, 0, 0);
    grid->setHorizontalSpacing(kBetween);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (int i = 0; i < m_step.rows.size(); ++i) {
        const app::InspectionRow &row = m_step.rows[i];
        QLabel *label = mutedLabel(row.label, rows);
        label->setFixedWidth(kLabelWidth);
        QLabel *rfcName = mutedLabel(row.rfcName, rows);
        QFont italic = rfcName->font();
        italic.setItalic(true);
        rfcName->setFont(italic);
        rfcName->setFixedWidth(kRfcWidth);
        grid->addWidget(label, i, 0, Qt::AlignTop);
        grid->addWidget(valueField(row, rows), i, 1);
        grid->addWidget(rfcName, i, 2, Qt::AlignTop);
    }
    return rows;
}

void InspectorStep::setExpanded(bool isExpanded)
{
    m_rows->setVisible(isExpanded);
    m_fold->setChecked(isExpanded);
    m_fold->setArrowType(isExpanded ? Qt::DownArrow : Qt::RightArrow);
}

void InspectorStep::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int left = m_depth * kStep;
    painter.fillRect(QRect(left, 0, width() - left, height()), palette().color(m_depth % 2 == 0 ? QPalette::Base : QPalette::AlternateBase));
    painter.fillRect(QRect(left, 0, 3, height()), toneColor(toneOf(m_step.outcome), palette()));
    painter.fillRect(QRect(left, height() - 1, width() - left, 1), lineColor(palette()));
}

InspectorWindow::InspectorWindow(const smime::OpenedMessage &message, const QString &address, QWidget *parent) : QWidget(parent, Qt::Window)
{
    setObjectName(u"inspectorWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Every step of opening: %1 - %2 - Waxwing").arg(app::MessageListModel::subjectText(message.headerValue("Subject")), address));
    resize(1040, 760);
    m_parts = new InspectorParts(this);
    auto *pages = new QTabWidget(this);
    pages->setObjectName(u"inspectorViews"_s);
    pages->setDocumentMode(true);
    pages->addTab(makeSteps(), tr("S&teps"));
    pages->addTab(m_parts, tr("&Parts and fields"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(pages);
    addWindowKeys(this);
    setSteps(app::inspectionSteps(message));
}

QWidget *InspectorWindow::makeSteps()
{
    auto *page = new QWidget(this);
    auto *head = new QLabel(tr("The way of this letter from the outside in. The values are those that were really used."), page);
    head->setWordWrap(true);
    head->setContentsMargins(kAround, 12, kAround, 12);
    auto *area = new QScrollArea(page);
    area->setObjectName(u"inspectorSteps"_s);
    area->setAccessibleName(tr("Steps"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *stairs = new QWidget(area);
    m_stairs = new QVBoxLayout(stairs);
    m_stairs->setContentsMargins({});
    m_stairs->setSpacing(0);
    area->setWidget(stairs);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(area, 1);
    return page;
}

void InspectorWindow::setStructure(const base::Operation<app::InspectedPart> &structure)
{
    base::whenReady(this, structure, [this](const base::Result<app::InspectedPart> &root) {
        root ? m_parts->setRoot(*root) : m_parts->setProblem(root.error());
    });
}

void InspectorWindow::setSteps(const QList<app::InspectionStep> &steps)
{
    while (QLayoutItem *item = m_stairs->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < steps.size(); ++i) {
        auto *step = new InspectorStep(steps[i], i, this);
        m_stairs->addWidget(step);
        // What went wrong stands open.
        step->setExpanded(steps[i].outcome == smime::StepOutcome::Failed);
    }
    m_stairs->addStretch();
}

} // namespace ui
