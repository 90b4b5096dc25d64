// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "app/VerdictPresenter.h"
#include "identity/Keystore.h"
#include "smime/Capabilities.h"

#include <QList>
#include <QString>

namespace app {

/// How far the search for one recipient's certificate has come.
enum class RecipientOutlook { Looking, None, Unusable, Found };

struct OutlookRecipient {
    QString address;
    QString name;               ///< May be empty.
    RecipientOutlook state = RecipientOutlook::Looking;
    QString reason;             ///< For Unusable: why, as a sentence.
    smime::Capabilities capabilities = {}; ///< For Found: what the recipient's program is known to read.

    bool operator==(const OutlookRecipient &) const = default;
};

enum class Wanted { No, Yes };
enum class SigningKey { Missing, Locked, Expired, Revoked, Usable };
/// The own key that the sent copy is encrypted to.
enum class ReceivingKey { Missing, Expired, Usable };

/// What a compose window knows while one types.
struct OutlookQuestion {
    QString from;               ///< The own address.
    Wanted signing = Wanted::Yes;
    Wanted encryption = Wanted::Yes;
    SigningKey key = SigningKey::Usable;
    ReceivingKey receivingKey = ReceivingKey::Usable;
    QList<OutlookRecipient> recipients;
    smime::HeaderPolicy headers = smime::HeaderPolicy::Baseline;
    Quotation quotation = Quotation::None; ///< Of the draft.
    QStringList notAddresses;   ///< What stands in a recipient field and is no mailbox.
    QStringList keyFiles = {};  ///< The attachments that hold private keys.
    bool lacksAttachment = false; ///< The letter speaks of an attachment, and has none.
    bool lacksSubject = false;    ///< It has a text, but nothing stands above it.
};

/// A way out of what prevents sending, or of what the letter would suffer from.
enum class WayOut { Unlock, ImportCertificate, ReplaceKeys, SendUnsigned, SendUnencrypted, EncryptAgain, ReleaseQuotation, Attach, TakeKeysOut };

/// The line above the Send button.
struct SendOutlook {
    /// Held: Send keeps the letter until everybody has a certificate (WaitingService).
    enum class Permission { Wait, Refused, Held, Allowed } permission = Permission::Wait;
    Severity severity = Severity::Neutral;
    SealSign sign = SealSign::None;
    QString sentence;           ///< Exactly what will happen, or what prevents it.
    QList<WayOut> ways;

    bool operator==(const SendOutlook &) const = default;
};

/// What will happen when Send is pressed now. Pure; translated in the context "app::SendOutlook".
[[nodiscard]] SendOutlook sendOutlook(const OutlookQuestion &question);

/// Whether the letter's own words, in English or German, speak of an attachment; what is quoted or forwarded does not count. Pure.
[[nodiscard]] bool speaksOfAttachment(const QString &text);

/// What the keys of a profile can do at `at`; null stands for locked ones. Whether a certificate was revoked takes longer to find out.
[[nodiscard]] SigningKey signingKeyOf(const identity::SharedKeySet &keys, const QDateTime &at);
/// The same for the sent copy. Of locked keys nothing is known: Usable.
[[nodiscard]] ReceivingKey receivingKeyOf(const identity::SharedKeySet &keys, const QDateTime &at);

/// "Certificate found.", "No certificate.", ...: the tooltip of a recipient's mark.
[[nodiscard]] QString recipientText(const OutlookRecipient &recipient);

/// "Bob Baker", "Bob Baker and Carol Ito", "Bob Baker, Carol Ito and 3 others".
[[nodiscard]] QString namesText(const QStringList &names);

} // namespace app
