// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessagePassword.h"

#include "ui/UnlockDialog.h"

#include <QCoreApplication>
#include <QPointer>
#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct MessagePassword {
    Q_DECLARE_TR_FUNCTIONS(ui::MessagePassword)
};

/// How many envelopes opened by a password, those of further parts included.
qsizetype openedByPasswords(const smime::OpenedMessage &message)
{
    const auto isByPassword = [](const smime::Recipient &recipient) { return recipient.isSelf && recipient.kind == smime::RecipientKind::Password; };
    qsizetype count = 0;
    for (const smime::Layer &layer : message.verdict.layers)
        count += std::ranges::any_of(layer.encryption.recipients, isByPassword) ? 1 : 0;
    for (const smime::OpenedMessage &part : message.further)
        count += openedByPasswords(part);
    return count;
}

/// What was found out so far.
struct Asking {
    QPointer<UnlockDialog> dialog;
    QList<base::Secret> passwords; ///< Each opened something.
    qsizetype opened = 0;
};

/// Whether `password` is one, which is what the dialog says next.
base::Status learn(Asking &asking, const base::Secret &password, const base::Result<smime::OpenedMessage> &message)
{
    if (!message)
        return message.error().code;
    const qsizetype opened = openedByPasswords(*message);
    const bool isOpen = !message->needsPassword();
    if (!isOpen && opened <= asking.opened)
        return base::ErrorCode::MessagePasswordWrong;
    asking.passwords += password;
    asking.opened = opened;
    return isOpen ? base::Status{base::Done{}} : base::Status{base::ErrorCode::MessagePasswordMissing};
}

} // namespace

QDialog *askForMessagePassword(QWidget *parent, const OpenWithPasswords &open, const ShowOpened &show)
{
    auto self = std::make_shared<Asking>();
    auto *dialog = new UnlockDialog(MessagePassword::tr("Password of the message"), MessagePassword::tr("Give the password that the sender encrypted this message with. It is not kept."), [=](const base::Secret &password) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(self->dialog.data(), open(self->passwords + QList{password}), [=](const base::Result<smime::OpenedMessage> &message) {
            const base::Status status = learn(*self, password, message);
            const bool isNews = status || status.error().code == base::ErrorCode::MessagePasswordMissing;
            // Who has given up meanwhile is shown nothing.
            if (isNews && self->dialog->isVisible())
                show(*message, self->passwords);
            promise->addResult(status);
            promise->finish();
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, parent);
    self->dialog = dialog;
    dialog->setObjectName(u"messagePasswordDialog"_s);
    dialog->setFieldName(MessagePassword::tr("Password"));
    dialog->setButtonText(MessagePassword::tr("Open"));
    dialog->open();
    return dialog;
}

} // namespace ui
