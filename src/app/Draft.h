// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "mime/Address.h"
#include "smime/Seal.h"
#include "store/Message.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace app {

struct DraftAttachment {
    QString name;
    QByteArray type;               ///< "application/pdf"; empty: application/octet-stream.
    QByteArray content;

    bool operator==(const DraftAttachment &) const = default;
};

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
    store::MessageId id = store::MessageId::None;      ///< The saved draft that this came from, if any.
    store::MessageId repliesTo = store::MessageId::None; ///< Marked as answered when the letter is queued.

    bool operator==(const Draft &) const = default;
};

/// How a draft's octets become a sealed letter: gathers keys and certificates of one profile. A port; MessageService stands behind it.
class MessageSealer
{
public:
    virtual ~MessageSealer() = default;
    /// `octets`: the built message, CRLF, with its Bcc field. Errors as smime::seal, and KeystoreLocked.
    virtual base::Operation<smime::SealedMail> seal(const Draft &draft, QByteArray octets) = 0;
    /// Encrypted to oneself alone, unsigned: for drafts. Errors as smime::seal.
    virtual base::Operation<QByteArray> sealForSelf(const Draft &draft, QByteArray octets) = 0;
    /// Undoes sealForSelf. KeystoreLocked, NoDecryptionKey, DecryptionFailed.
    virtual base::Operation<QByteArray> openOwn(QByteArray octets) = 0;
};

} // namespace app
