// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "base/Clock.h"
#include "base/Operation.h"
#include "store/MailStore.h"
#include "store/Outbox.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace smime {
struct OpenedMessage;
}

namespace app {

/// What is known of a message since it was opened in this session; kept in memory only, never on disk.
struct OpenedSummary {
    QString subject;               ///< The protected one.
    QList<mime::Address> from;
    store::SealState seal = store::SealState::Plain;
    bool wasEncrypted = false;     ///< Or anything in it.

    bool operator==(const OpenedSummary &) const = default;
};

/// What lists show of an opened message.
[[nodiscard]] OpenedSummary summaryOf(const smime::OpenedMessage &message);

/// The mail of one profile for its windows: folders, lists, marks, drafts, undo. Lives on the GUI thread and
/// never blocks it; the work happens on the mail file's own threads. Errors of every operation: those of store::Database::opened()
/// beside those of the store::MailStore function of the same name.
class MailboxService : public QObject
{
    Q_OBJECT

public:
    /// Begins to open `mailFile` ("mail.sqlite" of the profile's folder, which must exist). `pool` builds and seals drafts.
    MailboxService(const QString &mailFile, QThreadPool *pool, const base::Clock &clock = base::Clock::system(), QObject *parent = nullptr);
    ~MailboxService() override;

    /// Over when the mail can be used, or with the reason why not.
    [[nodiscard]] base::Operation<base::Done> opened() const;
    [[nodiscard]] const std::shared_ptr<store::MailStore> &mail() const { return m_mail; }
    [[nodiscard]] const std::shared_ptr<store::Outbox> &outbox() const { return m_outbox; }

    [[nodiscard]] base::Operation<QList<store::FolderCount>> counts();
    /// A search looks at what is known of opened messages, too.
    [[nodiscard]] base::Operation<QList<store::MessageSummary>> page(store::PageRequest request);
    [[nodiscard]] base::Operation<store::MessageSummary> summary(store::MessageId id);
    /// The octets as received.
    [[nodiscard]] base::Operation<QByteArray> octets(store::MessageId id);

    base::Operation<base::Done> setRead(QList<store::MessageId> ids, bool isRead);
    base::Operation<base::Done> setAnswered(store::MessageId id);
    /// Moves to Trash. What was moved can be undone; out of Trash for ever is removeFromTrash() and emptyTrash().
    base::Operation<store::Moved> remove(QList<store::MessageId> ids);
    base::Operation<store::Moved> move(QList<store::MessageId> ids, store::Folder to);
    /// Moves a draft to Trash, unless it is one no more.
    base::Operation<store::Moved> discardDraft(store::MessageId id);
    /// Undoes the last remove(), move() or discardDraft() that stands, one after the other; nothing happens if there is none.
    base::Operation<base::Done> undo();
    [[nodiscard]] bool canUndo() const { return !m_moves.isEmpty(); }
    base::Operation<base::Done> removeFromTrash(QList<store::MessageId> ids);
    base::Operation<base::Done> emptyTrash();

    /// Saves a draft: encrypted to oneself through `sealer` if it is to be encrypted or quotes what was, as it is otherwise. Returns the draft's id
    /// for the next save. The errors of MessageSealer::sealForSelf, InvalidArgument.
    base::Operation<store::MessageId> saveDraft(const Draft &draft, const SharedSealer &sealer);
    /// Reads a draft back for the compose window. The errors of MessageSealer::openDraft, MessageNotFound, MessageMalformed.
    base::Operation<Draft> loadDraft(store::MessageId id, const SharedSealer &sealer);

    /// Keeps what opening brought to light: keptSeal() on disk, unless `row` has it already, the rest in memory.
    void rememberOpened(const store::MessageSummary &row, const OpenedSummary &opened);
    /// What was remembered; nothing if the message was not opened since the keys were unlocked.
    [[nodiscard]] std::optional<OpenedSummary> openedSummary(store::MessageId id) const;
    /// Forgets everything that came out of encrypted messages: the keys are locked.
    void forgetOpened();

    /// What may stand beside the outer header, which is all that a list has while the message is not open: Verified only for the sender and the
    /// subject that were verified, else that nobody has looked inside.
    [[nodiscard]] static store::SealState keptSeal(const store::MessageSummary &row, const OpenedSummary &opened);

Q_SIGNALS:
    /// Something in the mail file changed, by this program or another one (noticed within 2 s).
    void changed();
    /// A message was opened or forgotten; None: all.
    void openedSummaryChanged(store::MessageId id);
    /// What undo() would do is another thing now.
    void undoChanged(bool canUndo);

private:
    void onDatabaseChanged();
    [[nodiscard]] QList<store::MessageId> openedWith(const QString &words) const;
    base::Operation<store::Moved> undoable(const base::Operation<store::Moved> &operation);
    void setMoves(const QList<store::Moved> &moves);

    QThreadPool *m_pool;
    const base::Clock &m_clock;
    std::shared_ptr<store::Database> m_database;
    std::shared_ptr<store::MailStore> m_mail;
    std::shared_ptr<store::Outbox> m_outbox;
    QList<store::Moved> m_moves; ///< The last one last.
    QHash<store::MessageId, OpenedSummary> m_opened;
    QTimer m_coalesce;
};

/// Builds, seals if it is to be encrypted, and stores a draft; what MailboxService::saveDraft does, for SendMessageOperation too.
[[nodiscard]] base::Operation<store::MessageId> saveDraft(const std::shared_ptr<store::MailStore> &mail, const Draft &draft,
                                                          const SharedSealer &sealer, QThreadPool *pool, const base::Clock &clock);

} // namespace app
