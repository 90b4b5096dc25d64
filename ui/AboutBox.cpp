// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AboutBox.h"

#include "ui/Icons.h"

#include <QApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace ui {

void showAboutBox(QWidget *parent)
{
    auto *box = new QMessageBox(parent);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QApplication::translate("ui::AboutBox", "About Waxwing"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(64, 64), parent->devicePixelRatioF()));
    box->setText(QApplication::translate("ui::AboutBox", "Waxwing %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(QApplication::translate("ui::AboutBox",
        "Mail that is sealed: signed and encrypted with S/MIME, with a relay of its own.\n\nFree software under the GNU General Public License, version 3 or later."));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace ui
