// SPDX-License-Identifier: GPL-3.0-or-later
// What ProfileWindows does with letters that are to be written on.
#include "app/Draft.h"
#include "app/SendOutlook.h"
#include "mime/Address.h"
#include "ui/ComposeWindow.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/ProfileWindows.h"

namespace ui {

namespace {

/// Who is in `draft` and not among `left`: the letter has reached them.
QStringList reached(const app::Draft &draft, const QStringList &left)
{
    const mime::MailboxSet others(left);
    QStringList names;
    for (const mime::Address &address : draft.to + draft.cc + draft.bcc)
        if (!others.contains(address.mailbox))
            names += mime::shortText(address);
    return names;
}

} // namespace

// What waits or is on its way becomes a draft again first, so that it cannot go while it is being written.
void ProfileWindows::editSelected()
{
    const QList<store::MessageId> ids = m_window->list()->selectedIds();
    if (ids.size() != 1)
        return;
    const store::MessageId id = ids.constFirst();
    const store::Folder folder = m_window->list()->selectedFolders().value(0);
    if (folder == store::Folder::Waiting)
        base::whenReady(this, m_session->mailbox().move(ids, store::Folder::Drafts), [this, id](const auto &done) { done ? editDraft(id) : report(done.error()); });
    else if (folder == store::Folder::Outbox)
        withdraw(id);
    else
        editDraft(id);
}

// Of several recipients the server may have refused one; the others have the letter.
void ProfileWindows::withdraw(store::MessageId id)
{
    base::whenReady(this, m_session->outbox().list(), [this, id](const base::Result<QList<store::OutboxStatus>> &letters) {
        if (!letters)
            return report(letters.error());
        std::optional<QStringList> left;
        for (const store::OutboxStatus &letter : *letters)
            if (letter.letter == id)
                left = letter.recipients;
        base::whenReady(this, m_session->outbox().withdraw(id, store::Folder::Drafts), [this, id, left](const base::Status &done) { done ? editDraft(id, left) : report(done.error()); });
    });
}

void ProfileWindows::editDraft(store::MessageId id, const std::optional<QStringList> &left)
{
    base::whenReady(this, m_session->mailbox().loadDraft(id, m_session->sealer()), [this, id, left](const base::Result<app::Draft> &loaded) {
        if (!loaded)
            return report(loaded.error());
        app::Draft draft = *loaded;
        draft.id = id;
        draft.from = m_session->self();
        ComposeWindow *window = compose(draft);
        if (const QStringList names = left ? reached(draft, *left) : QStringList(); !names.isEmpty())
            window->showRemark(tr("This message has already reached %1. Whoever stays among the recipients gets it again.").arg(app::namesText(names)));
    });
}

} // namespace ui
