// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessagePassword.h"

#include "ui/UnlockDialog.h"

#include <QCoreApplication>
#include <QPointer>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct MessagePassword {
    Q_DECLARE_TR_FUNCTIONS(ui::MessagePassword)
};

} // namespace

QDialog *askForMessagePassword(QWidget *parent, const OpenWithPassword &open, const ShowOpened &show)
{
    auto self = std::make_shared<QPointer<UnlockDialog>>();
    auto *dialog = new UnlockDialog(MessagePassword::tr("Password of the message"), MessagePassword::tr("Give the password that the sender encrypted this message with. It is not kept."), [=](const base::Secret &password) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(self->data(), open(password), [=](const base::Result<smime::OpenedMessage> &message) {
            const bool isOpen = message && !message->needsPassword();
            // Who has given up meanwhile is shown nothing.
            if (isOpen && self->data()->isVisible())
                show(*message, password);
            promise->addResult(isOpen ? base::Status{base::Done{}} : base::Status{message ? base::ErrorCode::MessagePasswordWrong : message.error().code});
            promise->finish();
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, parent);
    *self = dialog;
    dialog->setObjectName(u"messagePasswordDialog"_s);
    dialog->setFieldName(MessagePassword::tr("Password"));
    dialog->setButtonText(MessagePassword::tr("Open"));
    dialog->open();
    return dialog;
}

} // namespace ui
