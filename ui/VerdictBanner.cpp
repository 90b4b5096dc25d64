// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/VerdictBanner.h"

#include "ui/FlowLayout.h"
#include "ui/LongText.h"
#include "ui/Signs.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kStripe = 4;
constexpr int kSignSize = 28;

QLabel *wrappedLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    takeAnyWidth(label);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QToolButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

VerdictBanner::VerdictBanner(QWidget *parent) : QFrame(parent)
{
    setObjectName(u"verdictBanner"_s);
    setAccessibleName(tr("Security verdict"));
    m_sign = new QLabel(this);
    m_sign->setFixedSize(kSignSize, kSignSize);
    QLayout *sentences = makeSentences();
    m_why = makeOpener();
    m_area = makeArea();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kStripe + 12, kBetween + 2, kBetween, kBetween + 2);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(kBetween);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_sign, 0, 0, Qt::AlignTop);
    grid->addLayout(sentences, 0, 1);
    grid->addWidget(m_why, 0, 2, Qt::AlignTop);
    grid->addWidget(m_area, 1, 1, 1, 2);
    setFocusProxy(m_why);
}

QLayout *VerdictBanner::makeSentences()
{
    m_headline = wrappedLabel(this);
    QFont bold = m_headline->font();
    bold.setWeight(QFont::DemiBold);
    m_headline->setFont(bold);
    m_readers = wrappedLabel(this);
    m_password = linkButton(tr("Enter the password\u2026"), this);
    m_password->setObjectName(u"verdictPassword"_s);
    m_password->setAccessibleName(m_password->text());
    m_password->setAutoRaise(false);
    m_password->hide();
    connect(m_password, &QToolButton::clicked, this, &VerdictBanner::passwordRequested);
    auto *sentences = new QVBoxLayout;
    sentences->setSpacing(2);
    sentences->addWidget(m_headline);
    sentences->addWidget(m_readers);
    sentences->addWidget(m_password, 0, Qt::AlignLeft);
    return sentences;
}

QToolButton *VerdictBanner::makeOpener()
{
    QToolButton *why = linkButton(tr("Why?"), this);
    why->setObjectName(u"verdictWhy"_s);
    why->setAccessibleName(tr("Why?"));
    why->setCheckable(true);
    why->setProperty(kOpener, true);
    why->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    why->setArrowType(Qt::DownArrow);
    connect(why, &QToolButton::toggled, this, &VerdictBanner::setExpanded);
    return why;
}

QScrollArea *VerdictBanner::makeArea()
{
    m_details = makeDetails();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_details);
    // The banner's own ground shows through.
    area->viewport()->setAutoFillBackground(false);
    m_details->setAutoFillBackground(false);
    area->hide();
    m_details->hide();
    return area;
}

QWidget *VerdictBanner::makeDetails()
{
    auto *details = new QWidget(this);
    details->setObjectName(u"verdictDetails"_s);
    details->setAccessibleName(tr("Security details"));
    m_reasons = new QGridLayout;
    m_reasons->setHorizontalSpacing(kBetween);
    m_reasons->setVerticalSpacing(6);
    m_reasons->setColumnStretch(1, 1);
    m_advice = wrappedLabel(details);
    m_certificate = linkButton(tr("Certificate of the signer"), details);
    m_certificate->setObjectName(u"verdictCertificate"_s);
    connect(m_certificate, &QToolButton::clicked, this, &VerdictBanner::certificateRequested);
    auto *inspector = linkButton(tr("Every step of opening it"), details);
    inspector->setObjectName(u"verdictInspector"_s);
    connect(inspector, &QToolButton::clicked, this, &VerdictBanner::inspectorRequested);

    auto *links = new FlowLayout;
    links->addWidget(m_certificate);
    links->addWidget(inspector);
    auto *column = new QVBoxLayout(details);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addLayout(m_reasons);
    column->addWidget(m_advice);
    column->addLayout(links);
    return details;
}

void VerdictBanner::setPresentation(const app::VerdictPresentation &presentation)
{
    m_presentation = presentation;
    m_headline->setText(breakable(presentation.headline));
    // Where nothing can be read, what to do next stands in that place at once.
    const QString second = presentation.readers.isEmpty() ? presentation.advice : presentation.readers;
    m_readers->setText(breakable(second));
    m_readers->setVisible(!second.isEmpty());
    m_why->setVisible(!presentation.reasons.isEmpty());
    m_advice->setText(presentation.advice);
    m_advice->setVisible(!presentation.advice.isEmpty() && second != presentation.advice);
    setAccessibleDescription(second.isEmpty() ? presentation.headline : presentation.headline + u' ' + second);
    fillReasons();
    // A warning opens its reasons by itself: nobody should have to ask for them.
    setExpanded((presentation.severity == app::Severity::Danger || presentation.isDeceptive) && !presentation.reasons.isEmpty());
    updateColours();
}

void VerdictBanner::setHasCertificate(bool hasCertificate) { m_certificate->setVisible(hasCertificate); }

void VerdictBanner::setOffersPassword(bool isOffered) { m_password->setVisible(isOffered); }

void VerdictBanner::fillReasons()
{
    while (QLayoutItem *item = m_reasons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList texts;
    for (int row = 0; const app::VerdictReason &reason : m_presentation.reasons) {
        auto *mark = new QLabel(m_details);
        mark->setPixmap(severityIcon(reason.severity).pixmap(QSize(16, 16), devicePixelRatioF()));
        QLabel *text = wrappedLabel(m_details);
        text->setText(breakable(reason.text));
        m_reasons->addWidget(mark, row, 0, Qt::AlignTop);
        m_reasons->addWidget(text, row, 1);
        // At once, so that they count when the height is measured.
        mark->show();
        text->show();
        texts += reason.text;
        ++row;
    }
    if (!m_presentation.advice.isEmpty())
        texts += m_presentation.advice;
    m_details->setAccessibleDescription(texts.join(u'\n'));
}

void VerdictBanner::setExpanded(bool isExpanded)
{
    m_details->setVisible(isExpanded);
    m_area->setVisible(isExpanded);
    fitReasons();
    Q_EMIT expandedChanged();
    m_why->setChecked(isExpanded);
    m_why->setArrowType(isExpanded ? Qt::UpArrow : Qt::DownArrow);
}

int VerdictBanner::headlinesHeight(int width) const
{
    const int words = width - kStripe - 12 - kSignSize - 12 - kBetween - (m_why->isHidden() ? 0 : 12 + m_why->sizeHint().width());
    const int readers = m_readers->isHidden() ? 0 : 2 + m_readers->heightForWidth(words);
    const int password = m_password->isHidden() ? 0 : 2 + m_password->sizeHint().height();
    return qMax(m_headline->heightForWidth(words) + readers + password, kSignSize) + 2 * (kBetween + 2);
}

int VerdictBanner::reasonsHeight() const { return m_area->isHidden() ? 0 : kBetween + m_area->maximumHeight(); }

void VerdictBanner::setRoomForReasons(int height)
{
    m_room = height;
    fitReasons();
}

void VerdictBanner::fitReasons()
{
    constexpr int kLeast = 48;
    // The width that the reasons have: that of the area, which the layout gives it only later.
    const int width = this->width() - kStripe - 12 - kSignSize - 12 - kBetween;
    const int byWidth = m_details->layout()->totalHeightForWidth(qMax(width, 120));
    const int wanted = byWidth >= 0 ? byWidth : m_details->sizeHint().height();
    const int height = qMin(wanted, qMax(m_room, kLeast));
    const int bar = wanted > height ? m_area->verticalScrollBar()->sizeHint().width() : 0;
    m_area->setVerticalScrollBarPolicy(bar > 0 ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_area->setFixedHeight(height);
}

void VerdictBanner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitReasons();
}

void VerdictBanner::updateColours()
{
    m_sign->setPixmap(signIcon(m_presentation.sign, m_presentation.severity).pixmap(QSize(kSignSize, kSignSize), devicePixelRatioF()));
    update();
}

void VerdictBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_reasons) {
        fillReasons();
        updateColours();
    }
}

void VerdictBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tone tone = toneOf(m_presentation.severity);
    const QColor colour = tone == Tone::Neutral ? lineColor(palette()) : toneColor(tone, palette());
    QColor edge = colour;
    edge.setAlphaF(tone == Tone::Neutral ? 1.0f : 0.35f);
    painter.fillRect(rect(), toneGround(tone, palette()));
    painter.fillRect(QRect(0, 0, width(), 1), edge);
    painter.fillRect(QRect(0, height() - 1, width(), 1), edge);
    painter.fillRect(QRect(0, 0, kStripe, height()), colour);
}

} // namespace ui
