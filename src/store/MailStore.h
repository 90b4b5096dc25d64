// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Operation.h"
#include "store/Message.h"

#include <QObject>
#include <memory>
#include <optional>

namespace store {

class Database;
struct Schema;

enum class SortColumn { Received, Date, From, To, Subject, Size, Seal };
struct SortOrder {
    SortColumn column = SortColumn::Received;
    Qt::SortOrder direction = Qt::DescendingOrder;

    bool operator==(const SortOrder &) const = default;
};

/// One stretch of a list. `after`: the last row of the stretch before, none for the first.
struct PageRequest {
    Folder folder = Folder::Inbox;
    SortOrder order;
    QString search;                       ///< As MailStore::search().
    std::optional<MessageSummary> after;
    int limit = 200;
    QList<MessageId> found = {};          ///< Found by the search in any case: what is known of them stands in no index.
    std::optional<MessageSummary> through = {}; ///< The stretch reaches to the row behind this one, whatever the limit.
    SearchScope scope = SearchScope::Folder;

    /// Whether the rows are those of all folders but Trash.
    [[nodiscard]] bool isOverall() const { return scope == SearchScope::AllButTrash && !search.trimmed().isEmpty(); }
};

/// What POP3 brought: the octets as received and how the server calls them.
struct Delivery {
    QByteArray account;    ///< Stable name of server and user, so that two accounts do not mix their UIDLs.
    QByteArray uidl;       ///< RFC 1939 section 7.
    QByteArray octets;
};

/// What was there before a change, so that it can be undone.
struct Moved {
    struct One {
        MessageId id = MessageId::None;
        Folder from = Folder::Inbox;

        bool operator==(const One &) const = default;
    };
    QList<One> messages;
    Folder to = Folder::Trash;
};

/// A letter into whose text nobody has looked, as it is just now.
struct UnreadLetter {
    MessageId id = MessageId::None;
    QByteArray digest; ///< Tells whether it is still the same when its text is kept.
    QByteArray octets;
};

/// What somebody read in it.
struct LetterText {
    struct Words {
        QString body;        ///< What is too long is cut off.
        QString attachments; ///< Their names.
    };
    MessageId id = MessageId::None;
    QByteArray digest;
    std::optional<Words> words; ///< Nothing: it is encrypted, and no word of it may lie on the disk (DESIGN decision 13).
};

/// The mail of one profile. Octets are kept as they came and never rewritten. All functions return at once
/// and are thread-safe; every Operation may end with the errors of Database::opened() beside those named.
class MailStore
{
public:
    explicit MailStore(std::shared_ptr<Database> database, const base::Clock &clock = base::Clock::system());
    ~MailStore();

    /// The schema of a profile's mail file (mailbox and outbox).
    [[nodiscard]] static Schema schema();
    [[nodiscard]] const std::shared_ptr<Database> &database() const { return m_database; }

    /// Adds a message; its summary is computed from its octets. `flags` and `seal` as given, a seal of NotAssessed
    /// is replaced by what the Content-Type says.
    base::Operation<MessageId> add(Folder folder, QByteArray octets, Flags flags = {}, SealState seal = SealState::NotAssessed);
    /// Adds a letter that another program kept, as read, unless `folder`, Inbox or Archive has it already: then false. When it came, nobody knows;
    /// it counts as received now.
    base::Operation<bool> addOld(Folder folder, QByteArray octets);
    /// Adds to the Inbox unless this UIDL was delivered before or Inbox, Archive or Trash has the same letter (Message-ID and
    /// content) already: then false, and the UIDL is remembered all the same.
    base::Operation<bool> deliver(Delivery delivery);
    /// Those of `uidls` that were never delivered, in their order. RFC 1939 section 7.
    base::Operation<QList<QByteArray>> unknownOf(QByteArray account, QList<QByteArray> uidls);

    base::Operation<QList<FolderCount>> counts();
    base::Operation<QList<MessageSummary>> page(PageRequest request);
    /// Over all folders except Trash; newest first. Each of `words` must begin a word in From, To or Subject, or, once it was kept, in the text.
    base::Operation<QList<MessageSummary>> search(QString words, int limit);
    /// MessageNotFound.
    base::Operation<MessageSummary> summary(MessageId id);
    /// The octets as they came. MessageNotFound.
    base::Operation<QByteArray> octets(MessageId id);

    /// The newest letter below `before` into whose text nobody has looked, None being above all; nothing if there is none.
    base::Operation<std::optional<UnreadLetter>> nextUnread(MessageId before);
    /// Keeps texts for the search, and that they were read. Letters that are gone, or others by now, are passed over. When a letter is removed, its text
    /// is; what the index made of it is overwritten when SQLite next merges those pages.
    base::Operation<base::Done> keepTexts(QList<LetterText> texts);

    /// The newest letter in Sent of that Message-ID (without angle brackets), as it is kept for oneself. MessageNotFound.
    base::Operation<QByteArray> sentOctets(QByteArray messageId);

    /// Sets or clears flags; messages that are gone are passed over.
    base::Operation<base::Done> setFlags(QList<MessageId> ids, Flags flags, bool isSet);
    base::Operation<base::Done> setSeal(MessageId id, SealState seal);
    /// Moves and says where each was. Messages that are gone are passed over.
    base::Operation<Moved> move(QList<MessageId> ids, Folder to);
    /// The same for a draft; one that has left Drafts meanwhile is passed over, too: it may be waiting to be sent.
    base::Operation<Moved> moveDraft(MessageId id, Folder to);
    /// Undoes a move. What lies elsewhere by now, as a draft that was sent, stays there.
    base::Operation<base::Done> restore(Moved moved);
    /// Removes messages of Trash for ever (secure_delete); others are left.
    base::Operation<base::Done> emptyTrash();
    /// The same for some of them; what does not lie in Trash is passed over.
    base::Operation<base::Done> removeFromTrash(QList<MessageId> ids);
    /// Replaces a draft's octets, or adds it if `id` is None or gone; returns its id.
    base::Operation<MessageId> saveDraft(MessageId id, QByteArray octets);

private:
    std::shared_ptr<Database> m_database;
    const base::Clock &m_clock;
};

} // namespace store
