// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "mime/MessageBuilder.h"
#include "smime/Seal.h"
#include "store/Outbox.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <memory>

namespace app {

struct DraftAttachment {
    QString name;
    QByteArray type;               ///< "application/pdf"; empty: application/octet-stream.
    QByteArray content;

    bool operator==(const DraftAttachment &) const = default;
};

/// Whether a draft repeats what came out of somebody's encrypted message: text, subject or attachments. Such a letter leaves unencrypted
/// only by a decision of the user (Released).
enum class Quotation { None, Secret, Released };

/// What a compose window holds. A value.
struct Draft {
    mime::Address from;
    QList<mime::Address> to;
    QList<mime::Address> cc;
    QList<mime::Address> bcc;
    QString subject;
    QString text;
    QList<DraftAttachment> attachments;
    QByteArray inReplyTo;          ///< With angle brackets, empty if it is no reply.
    QByteArray references;
    bool sign = true;
    bool encrypt = true;
    Quotation quotation = Quotation::None;
    smime::HeaderPolicy headers = smime::HeaderPolicy::Baseline; ///< Of an answer: hides at least what the answered message hid.
    store::MessageId id = store::MessageId::None;      ///< The saved draft that this came from, if any.
    store::MessageId repliesTo = store::MessageId::None; ///< Marked as answered when the letter is queued.

    bool operator==(const Draft &) const = default;
};

/// The message as it is to be sealed, CRLF, with its Bcc field. RecipientMissing, AddressInvalid (detail: which), InvalidArgument (also
/// if it repeats an encrypted message, is not to be encrypted, and nobody decided that).
[[nodiscard]] base::Result<QByteArray> buildForSending(const Draft &draft, const QDateTime &now);
/// The message as it is kept in Drafts, with the switches; recipients may be missing. InvalidArgument.
[[nodiscard]] base::Result<QByteArray> buildForSaving(const Draft &draft, const QDateTime &now);
/// A sealed message as the outbox takes it; `draft` is removed with it.
[[nodiscard]] store::Letter letterOf(const smime::SealedMail &sealed, const QString &sender, store::MessageId draft = store::MessageId::None);
/// Whether the draft is kept encrypted to its writer.
[[nodiscard]] inline bool isKeptSealed(const Draft &draft) { return draft.encrypt || draft.quotation == Quotation::Secret; }
/// What stands in clear before a sealed draft: the switches, and Bcc, which sealing takes out.
[[nodiscard]] QByteArray draftFields(const Draft &draft);
/// Puts what draftFields() said into a draft whose rest was read from the sealed part.
void applyDraftFields(Draft &draft, const QByteArray &octets);
/// Whom a saved draft is for, To, Cc and Bcc together, each once; without any key, for sealed ones too.
[[nodiscard]] QList<mime::Address> recipientsOfDraft(const QByteArray &octets);
/// Who gets or got an own letter, a draft or one that was sent, without the others' knowledge; without any key.
[[nodiscard]] QList<mime::Address> blindCopiesOf(const QByteArray &octets);
/// Reads what buildForSaving() made, or any message; id and repliesTo are left to the caller. Errors of mime::parseStructure.
[[nodiscard]] base::Result<Draft> readDraft(const QByteArray &octets);

/// How a draft's octets become a sealed letter, with the keys and certificates of one profile as they were when this was made. A port;
/// ProfileSealer is it. Synchronous and slow: for workers. Thread-safe, since it never changes.
class MessageSealer
{
public:
    virtual ~MessageSealer() = default;
    /// `octets`: the built message, CRLF, with its Bcc field. Errors as smime::seal, and KeystoreLocked.
    [[nodiscard]] virtual base::Result<smime::SealedMail> seal(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const = 0;
    /// Encrypted to oneself alone, unsigned, with draftFields() outside. Errors as smime::seal, and KeystoreLocked.
    [[nodiscard]] virtual base::Result<QByteArray> sealForSelf(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const = 0;
    /// Undoes sealForSelf, or what seal() made for the sender's own folder. KeystoreLocked, NoDecryptionKey, DecryptionFailed.
    [[nodiscard]] virtual base::Result<Draft> openDraft(const QByteArray &octets, const base::Cancellation &cancellation) const = 0;
};
using SharedSealer = std::shared_ptr<const MessageSealer>;

} // namespace app
