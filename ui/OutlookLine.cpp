// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/OutlookLine.h"

#include "ui/Announcement.h"
#include "ui/FlowLayout.h"
#include "ui/LongText.h"
#include "ui/Signs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kSignSize = 20;

QString wayText(app::WayOut way)
{
    switch (way) {
    case app::WayOut::Unlock: return OutlookLine::tr("Unlock the keys\u2026");
    case app::WayOut::ImportCertificate: return OutlookLine::tr("Import a certificate\u2026");
    case app::WayOut::ReplaceKeys: return OutlookLine::tr("New keys\u2026");
    case app::WayOut::SendUnsigned: return OutlookLine::tr("Do not sign");
    case app::WayOut::SendUnencrypted: return OutlookLine::tr("Do not encrypt");
    case app::WayOut::EncryptAgain: return OutlookLine::tr("Encrypt");
    case app::WayOut::Attach: return OutlookLine::tr("Attach a file\u2026");
    case app::WayOut::TakeKeysOut: return OutlookLine::tr("Take it out");
    case app::WayOut::ReleaseQuotation: return OutlookLine::tr("It may be read");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

OutlookLine::OutlookLine(QWidget *parent) : QWidget(parent)
{
    m_sign = new QLabel(this);
    m_sign->setFixedSize(kSignSize, kSignSize);
    m_text = new QLabel(this);
    m_text->setObjectName(u"outlookText"_s);
    m_text->setTextFormat(Qt::PlainText);
    takeAnyWidth(m_text);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_ways = new QWidget(this);
    new FlowLayout(m_ways);
    auto *words = new QVBoxLayout;
    words->setSpacing(kInsideGroup);
    words->addWidget(m_text);
    words->addWidget(m_ways);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addLayout(words, 1);
}

void OutlookLine::setOutlook(const app::SendOutlook &outlook)
{
    if (outlook == m_outlook)
        return;
    m_outlook = outlook;
    m_text->setText(breakable(outlook.sentence));
    clearFlow(m_ways->layout());
    for (const app::WayOut way : outlook.ways) {
        auto *button = new QToolButton(m_ways);
        button->setText(wayText(way));
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, [this, way] { Q_EMIT wayChosen(way); });
        m_ways->layout()->addWidget(button);
        button->show();
    }
    m_ways->setVisible(!outlook.ways.isEmpty());
    showSign();
    // Where there is something to decide, too.
    if (outlook.permission == app::SendOutlook::Permission::Refused || !outlook.ways.isEmpty())
        announce(this, outlook.sentence, Tone::Caution);
}

void OutlookLine::followInTabOrder(QWidget *before) { tabThrough(m_ways->layout(), before); }

void OutlookLine::showSign()
{
    const bool isWaiting = m_outlook.permission == app::SendOutlook::Permission::Wait;
    m_sign->setPixmap(isWaiting ? QPixmap() : signIcon(m_outlook.sign, m_outlook.severity).pixmap(QSize(kSignSize, kSignSize), devicePixelRatioF()));
}

void OutlookLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_sign)
        showSign();
}

} // namespace ui
