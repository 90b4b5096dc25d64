// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DraftAttachments.h"

#include "ui/ActionText.h"
#include "ui/AttachmentBar.h"
#include "ui/FlowLayout.h"

#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

DraftAttachments::DraftAttachments(QWidget *parent) : FlowArea(parent)
{
    setObjectName(u"draftAttachments"_s);
    setAccessibleName(tr("Attachments"));
}

void DraftAttachments::setFiles(const QList<app::DraftAttachment> &files)
{
    clearFlow(items()->layout());
    for (qsizetype i = 0; i < files.size(); ++i) {
        const app::DraftAttachment &file = files[i];
        auto *button = new QToolButton(items());
        button->setIcon(typeIcon(attachmentType(file.name, file.type)));
        // The cross, because the click takes it out, and does not open it.
        button->setText(u"%1   %2   \u00d7"_s.arg(literalText(fontMetrics().elidedText(file.name, Qt::ElideMiddle, 260)), sizeText(file.content.size())));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setToolTip(tr("Take %1 out").arg(file.name));
        button->setAccessibleName(tr("Take %1 out").arg(file.name));
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this, [this, i] { Q_EMIT removeRequested(i); });
        items()->layout()->addWidget(button);
        button->show();
    }
    setVisible(!files.isEmpty());
    fit();
}

} // namespace ui
