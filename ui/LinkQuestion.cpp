// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/LinkQuestion.h"

#include "mime/Domain.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace ui {

namespace {

struct LinkWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LinkQuestion)
};

} // namespace

// What a link says and where it leads differ too often, and so do a host and how it looks.
void askToOpenLink(QWidget *parent, const QUrl &link)
{
    const QString text = LinkWords::tr("This link leads to %1. Open it in the browser?").arg(mime::displayDomain(link.host()));
    auto *box = new QMessageBox(QMessageBox::Question, LinkWords::tr("Open a link"), text, QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(link.toDisplayString(QUrl::FullyEncoded));
    box->addButton(LinkWords::tr("Open"), QMessageBox::AcceptRole);
    QObject::connect(box, &QMessageBox::accepted, parent, [link] { QDesktopServices::openUrl(link); });
    box->open();
}

} // namespace ui
