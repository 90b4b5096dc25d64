// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AttachmentBar.h"

#include "ui/ActionText.h"
#include "ui/FlowArea.h"
#include "ui/FlowLayout.h"
#include "ui/Icons.h"

#include <QLocale>
#include <QMimeDatabase>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

QString sizeText(qint64 octets)
{
    // Qt writes "1 bytes".
    if (octets == 1)
        return AttachmentBar::tr("1 byte");
    return QLocale().formattedDataSize(octets, octets < 10 * 1024 ? 1 : 0, QLocale::DataSizeTraditionalFormat);
}

QByteArray attachmentType(const QString &name, const QByteArray &type)
{
    if (!name.contains(u'.'))
        return type;
    const QMimeDatabase database;
    const QMimeType declared = database.mimeTypeForName(QString::fromLatin1(type));
    const QList<QMimeType> named = database.mimeTypesForFileName(name);
    if (named.contains(declared))
        return type;
    return named.isEmpty() ? QByteArray() : named.first().name().toLatin1();
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
    m_area = new FlowArea(this);
    m_area->items()->layout()->setContentsMargins(kAround, kBetween, kAround, kBetween);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_area);
    hide();
}

void AttachmentBar::setItems(const QList<AttachmentItem> &items)
{
    QLayout *flow = m_area->items()->layout();
    while (QLayoutItem *item = flow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < items.size(); ++i) {
        flow->addWidget(makeButton(items[i], i));
        if (items[i].opens)
            flow->addWidget(makeOpener(items[i].name, i));
    }
    if (items.size() > 1) {
        auto *all = new QToolButton(m_area->items());
        all->setText(tr("Save all"));
        all->setObjectName(u"saveAllAttachments"_s);
        all->setIcon(themeIcon(u"document-save-all"_s));
        all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        all->setFocusPolicy(Qt::StrongFocus);
        connect(all, &QToolButton::clicked, this, &AttachmentBar::saveAllRequested);
        flow->addWidget(all);
        all->show();
    }
    setVisible(!items.isEmpty());
    m_area->fit();
}

void AttachmentBar::followInTabOrder(QWidget *before) { tabThrough(m_area->items()->layout(), before); }

QToolButton *AttachmentBar::makeButton(const AttachmentItem &item, int index)
{
    auto *button = new QToolButton(m_area->items());
    const QString name = item.name.isEmpty() ? tr("Attachment %1").arg(index + 1) : item.name;
    button->setIcon(typeIcon(attachmentType(item.name, item.type)));
    QStringList words{sizeText(item.sizeOctets), item.note};
    words.removeAll(QString());
    button->setText(u"%1   %2"_s.arg(literalText(fontMetrics().elidedText(name, Qt::ElideMiddle, 320)), words.join(u", "_s)));
    button->setAccessibleName(tr("Save %1").arg(name));
    button->setAccessibleDescription(item.note);
    button->setToolTip(item.note.isEmpty() ? tr("Save %1").arg(name) : tr("Save %1 (%2)").arg(name, item.note));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, index] { Q_EMIT saveRequested(index); });
    button->show(); // At once, so that it counts when the height is measured.
    return button;
}

QToolButton *AttachmentBar::makeOpener(const QString &name, int index)
{
    auto *button = new QToolButton(m_area->items());
    button->setText(tr("Open"));
    button->setAccessibleName(tr("Open %1").arg(name));
    button->setToolTip(tr("Read it in a window of its own, with a verdict of its own"));
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, index] { Q_EMIT openRequested(index); });
    button->show();
    return button;
}

} // namespace ui
