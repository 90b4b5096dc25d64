// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AttachmentBar.h"

#include "ui/FlowLayout.h"
#include "ui/Icons.h"

#include <QLocale>
#include <QMimeDatabase>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

QString sizeText(qint64 octets)
{
    return QLocale().formattedDataSize(octets, octets < 10 * 1024 ? 1 : 0, QLocale::DataSizeTraditionalFormat);
}

QIcon typeIcon(const QByteArray &type)
{
    const QMimeType mime = QMimeDatabase().mimeTypeForName(QString::fromLatin1(type));
    QIcon icon = mime.isValid() ? QIcon::fromTheme(mime.iconName()) : QIcon();
    if (icon.isNull() && mime.isValid())
        icon = QIcon::fromTheme(mime.genericIconName());
    return icon.isNull() ? QIcon::fromTheme(u"text-x-generic"_s) : icon;
}

AttachmentBar::AttachmentBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"attachmentBar"_s);
    setAccessibleName(tr("Attachments"));
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_buttons = new QWidget(m_area);
    m_flow = new FlowLayout(m_buttons);
    m_flow->setContentsMargins(kAround, kBetween, kAround, kBetween);
    m_area->setWidget(m_buttons);
    m_area->viewport()->setAutoFillBackground(false);
    m_buttons->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_area);
    hide();
}

void AttachmentBar::setItems(const QList<AttachmentItem> &items)
{
    while (QLayoutItem *item = m_flow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < items.size(); ++i)
        m_flow->addWidget(makeButton(items[i], i));
    if (items.size() > 1) {
        auto *all = new QToolButton(m_buttons);
        all->setText(tr("Save all"));
        all->setObjectName(u"saveAllAttachments"_s);
        all->setIcon(themeIcon(u"document-save-all"_s));
        all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        all->setFocusPolicy(Qt::StrongFocus);
        connect(all, &QToolButton::clicked, this, &AttachmentBar::saveAllRequested);
        m_flow->addWidget(all);
        all->show();
    }
    setVisible(!items.isEmpty());
    fit();
}

// Half a line more than three, so that one sees that there are others.
void AttachmentBar::fit()
{
    if (m_flow->count() == 0)
        return;
    const QMargins margins = m_flow->contentsMargins();
    const int line = m_flow->itemAt(0)->sizeHint().height() + m_flow->spacing();
    m_area->setFixedHeight(qMin(m_flow->heightForWidth(width()), margins.top() + line * 7 / 2));
}

void AttachmentBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QToolButton *AttachmentBar::makeButton(const AttachmentItem &item, int index)
{
    auto *button = new QToolButton(m_buttons);
    const QString name = item.name.isEmpty() ? tr("Attachment %1").arg(index + 1) : item.name;
    button->setIcon(typeIcon(item.type));
    button->setText(u"%1   %2"_s.arg(fontMetrics().elidedText(name, Qt::ElideMiddle, 320), sizeText(item.sizeOctets)));
    button->setAccessibleName(tr("Save %1").arg(name));
    button->setToolTip(item.note.isEmpty() ? tr("Save %1").arg(name) : tr("Save %1 (%2)").arg(name, item.note));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, index] { Q_EMIT saveRequested(index); });
    button->show(); // At once, so that it counts when the height is measured.
    return button;
}

} // namespace ui
