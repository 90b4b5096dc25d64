// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Address.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace store {

/// A message within one profile's mail file; never used again for another.
enum class MessageId : qint64 { None = 0 };

/// Waiting: letters that wait for a recipient's certificate. The numbers lie in mail files: new ones come last.
enum class Folder { Inbox, Drafts, Sent, Outbox, Waiting, Trash, Archive };
/// In the order in which people see them.
constexpr Folder kFolders[] = {Folder::Inbox, Folder::Drafts, Folder::Sent, Folder::Outbox, Folder::Waiting, Folder::Archive, Folder::Trash};
/// Stable name for files, JSON and the command line: "inbox", "drafts", ...
[[nodiscard]] QString folderName(Folder folder);
[[nodiscard]] std::optional<Folder> folderNamed(const QString &name);

/// Where a search looks. What was thrown away is found in Trash itself.
enum class SearchScope { Folder, AllButTrash };

/// What was found when the message was last opened. Signed and Encrypted: by its Content-Type only,
/// nobody has looked inside yet. The rest are the summaries of CONTRACT.md.
enum class SealState {
    NotAssessed,        ///< There may be a seal, but its Content-Type does not say of what kind.
    Plain,
    Signed,
    Encrypted,
    Malformed,
    CannotDecrypt,
    Altered,
    Impersonated,
    Verified,
    Unverified,
    Decrypted,
    // What lists tell apart within a summary, by whose name sealName() calls them.
    VerifiedAddress,    ///< Verified, but the certificate does not bear the name that From gives.
    PartlySigned,       ///< Unverified.
    SignatureRefused,   ///< Unverified, and no mere doubt: revoked, say.
    PerhapsAltered,     ///< Decrypted.
};

/// Stable name for JSON and the command line: "not-assessed", ...
[[nodiscard]] const char *sealName(SealState seal);

enum class Flag : unsigned { None = 0, Read = 1, Answered = 2, Attachments = 8 };
Q_DECLARE_FLAGS(Flags, Flag)
Q_DECLARE_OPERATORS_FOR_FLAGS(Flags)

/// One row of a message list: the outer headers only. A subject that is protected inside an encrypted message is never here.
struct MessageSummary {
    MessageId id = MessageId::None;
    Folder folder = Folder::Inbox;
    QList<mime::Address> from;
    QList<mime::Address> to;
    QString subject;
    QDateTime date;          ///< Of the Date field, UTC, claimed by the sender. Stored: that of the arrival if there is none, or one in the future.
    QDateTime received;      ///< When this profile first had the message, UTC: a time to be trusted.
    qint64 sizeOctets = 0;
    SealState seal = SealState::NotAssessed;
    Flags flags;
    QByteArray messageId;    ///< With angle brackets; empty if there is none.

    bool operator==(const MessageSummary &) const = default;
};

struct FolderCount {
    Folder folder = Folder::Inbox;
    int total = 0;
    int unread = 0;

    bool operator==(const FolderCount &) const = default;
};

/// A summary of the header fields of `octets`: of anything, also of what is no mail. RFC 5322 section 3.6.
/// id, folder and received are left to the caller.
[[nodiscard]] MessageSummary summarise(QByteArrayView octets);

} // namespace store

Q_DECLARE_METATYPE(store::MessageSummary)
