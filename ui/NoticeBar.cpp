// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/NoticeBar.h"

#include "ui/Announcement.h"
#include "ui/Icons.h"
#include "ui/LongText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

NoticeBar::NoticeBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"noticeBar"_s);
    m_sign = new QLabel(this);
    m_text = new QLabel(this);
    m_text->setObjectName(u"noticeText"_s);
    m_text->setTextFormat(Qt::PlainText);
    takeAnyWidth(m_text);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action = new QToolButton(this);
    m_action->setObjectName(u"noticeAction"_s);
    m_action->setFocusPolicy(Qt::StrongFocus);
    // A copy: what it does may put another sentence here.
    connect(m_action, &QToolButton::clicked, this, [this] { const auto act = m_act; act(); });
    auto *close = new QToolButton(this);
    close->setIcon(themeIcon(u"window-close"_s));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kAround, kBetween, kBetween, kBetween);
    row->setSpacing(kBetween);
    row->addWidget(m_sign);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(close);
    hide();
}

QString NoticeBar::text() const { return isHidden() ? QString() : m_text->text(); }

void NoticeBar::setText(const QString &sentence, const NoticeAction &action, Tone tone, const QString &detail)
{
    m_tone = tone;
    m_act = action.act;
    m_text->setText(sentence);
    m_text->setToolTip(detail);
    m_action->setText(action.text);
    m_action->setVisible(!action.text.isEmpty());
    m_sign->setPixmap(sign(tone == Tone::Bad ? u"damaged"_s : tone == Tone::Good ? u"tick"_s : u"dot"_s, tone).pixmap(QSize(16, 16), devicePixelRatioF()));
    setVisible(!sentence.isEmpty());
    announce(this, sentence, tone);
    update();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), toneGround(m_tone, palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), lineColor(palette()));
}

} // namespace ui
