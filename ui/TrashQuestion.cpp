// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/TrashQuestion.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct TrashWords {
    Q_DECLARE_TR_FUNCTIONS(ui::TrashQuestion)
};

QMessageBox *openQuestion(QWidget *parent, const QString &objectName, const QString &title, const QString &text, const QString &button)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel, parent);
    box->setObjectName(objectName);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setDefaultButton(QMessageBox::Cancel);
    box->addButton(button, QMessageBox::AcceptRole);
    box->open();
    return box;
}

} // namespace

void askToEmptyTrash(QWidget *parent, const std::function<void()> &wanted)
{
    const QMessageBox *box = openQuestion(parent, u"emptyTrashQuestion"_s, TrashWords::tr("Empty the trash"),
                                          TrashWords::tr("Delete everything that lies in the trash? It cannot be brought back."), TrashWords::tr("Empty"));
    QObject::connect(box, &QMessageBox::accepted, parent, wanted);
}

void askToRemoveFromTrash(QWidget *parent, int count, const std::function<void()> &wanted)
{
    const QMessageBox *box = openQuestion(parent, u"removeQuestion"_s, TrashWords::tr("Delete for good"),
                                          TrashWords::tr("Delete %n messages? They cannot be brought back.", nullptr, count), TrashWords::tr("Delete"));
    QObject::connect(box, &QMessageBox::accepted, parent, wanted);
}

} // namespace ui
