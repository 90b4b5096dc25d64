// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "smime/Open.h"

namespace app {

enum class AnswerKind { Reply, ReplyAll, Forward };

/// What an answer begins from.
struct AnsweredMessage {
    smime::OpenedMessage message;
    store::MessageId id = store::MessageId::None;
    mime::Address self;         ///< Who answers.
};

/// The draft of an answer: addresses, subject, thread, quoted text, for Forward the attachments too. It is signed and encrypted
/// unless the user decides otherwise. Nothing is repeated of what was encrypted and may be somebody else's, sent on to be brought to light by an
/// answer: a part of an unprotected message, a letter that another signed or wrote than its sender; nor where an unprotected Reply-To leads elsewhere.
[[nodiscard]] Draft answerDraft(const AnsweredMessage &answered, AnswerKind kind);

/// Why answerDraft repeats nothing of the message, as a sentence for people; empty where it does.
[[nodiscard]] QString notRepeatedText(const smime::OpenedMessage &message, AnswerKind kind);

/// What whoever answers should know before anything is written: notRepeatedText(), or that an answer to all repeats the text to people to whom it
/// was not encrypted, whom anybody on the way can have added. Empty if there is nothing to say.
[[nodiscard]] QString answerRemark(const smime::OpenedMessage &message, AnswerKind kind);

/// A draft from a mailto: address, RFC 6068; unknown fields are ignored, Bcc and attachments too.
[[nodiscard]] Draft mailtoDraft(const QString &mailto, const mime::Address &self);

/// That the text of such a draft is somebody else's, as a sentence for whoever is about to sign it; empty if it has none.
[[nodiscard]] QString mailtoRemark(const Draft &draft);

} // namespace app
