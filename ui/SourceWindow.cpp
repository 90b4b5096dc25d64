// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SourceWindow.h"

#include "app/MessageListModel.h"
#include "ui/FocusMark.h"
#include "ui/Theme.h"
#include "ui/WindowKeys.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qsizetype kMostOctets = qsizetype{2} << 20;
}

SourceWindow::SourceWindow(const smime::OpenedMessage &message, const QByteArray &octets, const QString &address, Origin origin, QWidget *parent) : QWidget(parent, Qt::Window)
{
    setObjectName(u"sourceWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle((origin == Origin::Own ? tr("Your copy: %1 - %2 - Waxwing") : tr("What arrived: %1 - %2 - Waxwing")).arg(app::MessageListModel::subjectText(message.headerValue("Subject")), address));
    resize(760, 620);
    auto *note = new QLabel(origin == Origin::Own ? tr("This is your own copy, as it is kept on this computer.")
                                                  : tr("These octets came over the network. Whoever carried the message could see all of this, and nothing of what it hides."), this);
    note->setWordWrap(true);
    note->setContentsMargins(kAround, 12, kAround, 12);
    auto *text = new QPlainTextEdit(this);
    text->setObjectName(u"sourceText"_s);
    text->setAccessibleName(origin == Origin::Own ? tr("Your copy") : tr("What arrived"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->document()->setDocumentMargin(kAround);
    new FocusMark(text);
    QString source = QString::fromLatin1(octets.left(kMostOctets));
    if (octets.size() > kMostOctets)
        source += u"\n\n"_s + tr("[%n more octets]", nullptr, int(octets.size() - kMostOctets));
    text->setPlainText(source);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(note);
    column->addWidget(text, 1);
    addWindowKeys(this);
}

} // namespace ui
