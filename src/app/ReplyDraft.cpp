// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ReplyDraft.h"

#include "mime/Domain.h"
#include "mime/Text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(app::ReplyDraft)
};

QList<mime::Address> addressesOf(const smime::OpenedMessage &message, QByteArrayView field)
{
    const smime::ShownField *shown = message.header(field);
    return shown ? mime::parseAddresses(shown->raw) : QList<mime::Address>{};
}

/// Adds as copies who is not there yet, never oneself.
void addOthers(Draft &draft, const QList<mime::Address> &more)
{
    mime::MailboxSet there(QList{draft.from} + draft.to + draft.cc);
    for (const mime::Address &address : more) {
        if (there.contains(address.mailbox))
            continue;
        there.insert(address.mailbox);
        draft.cc += address;
    }
}

bool isHidden(const smime::OpenedMessage &message, QByteArrayView field)
{
    const smime::ShownField *shown = message.header(field);
    return shown && (shown->protection == smime::CryptographicStatus::Encrypted || shown->protection == smime::CryptographicStatus::SignedAndEncrypted);
}

// RFC 9788 section 6.1: what was hidden in a message is hidden in its answers.
smime::HeaderPolicy policyFor(const smime::OpenedMessage &message)
{
    const bool hidesMore = isHidden(message, "From") || isHidden(message, "To") || isHidden(message, "Cc") || isHidden(message, "Date");
    return hidesMore ? smime::HeaderPolicy::Shy : smime::HeaderPolicy::Baseline;
}

QString writerOf(const smime::OpenedMessage &message)
{
    const QList<mime::Address> from = addressesOf(message, "From");
    return from.isEmpty() ? QString() : mime::shortText(from.constFirst());
}

QString quotation(const smime::OpenedMessage &message)
{
    const QDateTime date = message.date();
    const QString writer = writerOf(message);
    const QString head = date.isValid() ? Text::tr("On %1, %2 wrote:").arg(QLocale().toString(date.toLocalTime(), QLocale::ShortFormat), writer) : Text::tr("%1 wrote:").arg(writer);
    return u"\n\n%1\n%2"_s.arg(head, mime::quoted(message.text.trimmed()));
}

QString forwarded(const smime::OpenedMessage &message)
{
    QString text = u"\n\n-------- %1 --------\n"_s.arg(Text::tr("Forwarded message"));
    const auto add = [&text](const QString &label, const QString &value) {
        if (!value.isEmpty())
            text += u"%1: %2\n"_s.arg(label, value);
    };
    add(Text::tr("From"), message.headerValue("From"));
    add(Text::tr("To"), message.headerValue("To"));
    add(Text::tr("Cc"), message.headerValue("Cc"));
    const QDateTime date = message.date();
    add(Text::tr("Date"), date.isValid() ? QLocale().toString(date.toLocalTime(), QLocale::LongFormat) : message.headerValue("Date"));
    add(Text::tr("Subject"), message.headerValue("Subject"));
    // Marked like a quotation: whoever wrote it could end it with a line like the one above it, and go on in the name of who forwards and signs it.
    return text + u'\n' + mime::quoted(message.text, mime::SignatureLines::Keep);
}

void setThread(Draft &draft, const smime::OpenedMessage &message)
{
    if (message.messageId.isEmpty())
        return;
    draft.inReplyTo = '<' + message.messageId + '>';
    draft.references = mime::replyReferences(message.references, message.inReplyTo, draft.inReplyTo).join(' ');
}

// EFAIL's direct exfiltration and its covert-content kin: what was wrapped in is not repeated, be it beside other text or, unsigned, in an encryption
// around somebody else's. A signed letter that a list wrote its line under held no secret.
bool isWrappedIn(const smime::OpenedMessage &message)
{
    if (!message.isEncrypted())
        return false;
    const QList<smime::Layer> &layers = message.verdict.layers;
    const auto encryptions = std::count_if(layers.begin(), layers.end(), [](const smime::Layer &layer) {
        return layer.kind == smime::LayerKind::Enveloped || layer.kind == smime::LayerKind::AuthEnveloped;
    });
    return !message.unprotected.isEmpty() || message.verdict.warnings.contains(smime::warning::EncryptedPart)
        || (encryptions > 1 && message.verdict.summary != smime::Summary::Verified);
}

// Nearly everybody encrypts to oneself as well. Who sends what somebody else can read, but not the sender, may have caught it.
bool isUnreadableToSender(const smime::OpenedMessage &message)
{
    const QList<smime::Recipient> &recipients = message.verdict.encryption.recipients;
    const bool hasUnknown = std::any_of(recipients.begin(), recipients.end(), [](const smime::Recipient &recipient) { return recipient.addresses.isEmpty(); });
    const bool hasOther = std::any_of(recipients.begin(), recipients.end(), [](const smime::Recipient &recipient) { return !recipient.isSelf; });
    if (message.verdict.signature.axes.integrity != smime::Integrity::None || hasUnknown || !hasOther)
        return false;
    const mime::MailboxSet senders(addressesOf(message, "From"));
    return std::none_of(recipients.begin(), recipients.end(), [&senders](const smime::Recipient &recipient) {
        return std::any_of(recipient.addresses.begin(), recipient.addresses.end(), [&senders](const QString &address) { return senders.contains(address); });
    });
}

// Somebody's ciphertext as it was caught, under another name: the inside is signed by, or names, somebody else than the sender; or all that the
// sender signed is the ciphertext; or the sender cannot even read it.
bool isOfAnother(const smime::OpenedMessage &message)
{
    const smime::Verdict &verdict = message.verdict;
    return isUnreadableToSender(message) || verdict.signature.axes.identity == smime::Identity::Mismatch || verdict.warnings.contains(smime::warning::FromNotBound)
        || verdict.warnings.contains(smime::warning::SignedOutsideEncryption);
}

// Anybody on the way can add where answers go.
bool isTurnedAway(const smime::OpenedMessage &message)
{
    const smime::ShownField *replyTo = message.header("Reply-To");
    if (!replyTo || replyTo->protection != smime::CryptographicStatus::None)
        return false;
    const mime::MailboxSet from(addressesOf(message, "From"));
    const QList<mime::Address> to = addressesOf(message, "Reply-To");
    return std::any_of(to.begin(), to.end(), [&from](const mime::Address &address) { return !from.contains(address.mailbox); });
}

// Who is named outside, where anybody can add a name, without being one of the readers. Only where all readers are known; a list or a second
// address of somebody may be meant, so it is only said.
QStringList doubtfulReaders(const smime::OpenedMessage &message)
{
    const smime::EncryptionVerdict &encryption = message.verdict.encryption;
    const auto isUnknown = [](const smime::Recipient &recipient) { return recipient.addresses.isEmpty(); };
    if (encryption.state != smime::EncryptionState::Decrypted || std::any_of(encryption.recipients.begin(), encryption.recipients.end(), isUnknown))
        return {};
    mime::MailboxSet known(addressesOf(message, "From"));
    for (const smime::Recipient &recipient : encryption.recipients)
        for (const QString &address : recipient.addresses)
            known.insert(address);
    QStringList doubtful;
    for (const QByteArrayView field : {"To", "Cc"}) {
        const smime::ShownField *shown = message.header(field);
        if (!shown || shown->protection != smime::CryptographicStatus::None)
            continue;
        for (const mime::Address &address : addressesOf(message, field))
            if (!known.contains(address.mailbox))
                doubtful.append(mime::displayMailbox(address.mailbox));
    }
    return doubtful;
}

enum class Obstacle { None, WrappedIn, OfAnother, TurnedAway };

Obstacle obstacleTo(AnswerKind kind, const smime::OpenedMessage &message)
{
    if (isWrappedIn(message))
        return Obstacle::WrappedIn;
    if (message.verdict.encryption.state != smime::EncryptionState::Decrypted)
        return Obstacle::None;
    if (isOfAnother(message))
        return Obstacle::OfAnother;
    return kind != AnswerKind::Forward && isTurnedAway(message) ? Obstacle::TurnedAway : Obstacle::None;
}

// What nothing is repeated of keeps its own subject, too: what stood outside is known anyway.
QString subjectOf(const smime::OpenedMessage &message, bool isRepeated)
{
    const smime::ShownField *subject = message.header("Subject");
    const bool isInside = subject && (subject->outer || isHidden(message, "Subject"));
    return isRepeated || !isInside ? message.headerValue("Subject") : subject->outer.value_or(QString());
}

} // namespace

Draft answerDraft(const AnsweredMessage &answered, AnswerKind kind)
{
    const smime::OpenedMessage &message = answered.message;
    const bool isRepeated = obstacleTo(kind, message) == Obstacle::None;
    const QString subject = subjectOf(message, isRepeated);
    Draft draft;
    draft.from = answered.self;
    draft.headers = policyFor(message);
    if (message.verdict.encryption.state == smime::EncryptionState::Decrypted)
        draft.quotation = Quotation::Secret;
    if (kind == AnswerKind::Forward) {
        draft.subject = mime::forwardSubject(subject);
        draft.text = isRepeated ? forwarded(message) : QString();
        for (const smime::Attachment &attachment : message.attachments) {
            if (isRepeated)
                draft.attachments += {attachment.name.isEmpty() ? Text::tr("attachment") : attachment.name, attachment.type, attachment.content()};
        }
        return draft;
    }
    draft.repliesTo = answered.id;
    draft.subject = mime::replySubject(subject);
    draft.text = isRepeated ? quotation(message) : QString();
    setThread(draft, message);
    QList<mime::Address> to = addressesOf(message, "Reply-To");
    if (to.isEmpty())
        to = addressesOf(message, "From");
    const bool isOwn = to.size() == 1 && mime::isSameMailbox(to.constFirst().mailbox, draft.from.mailbox);
    draft.to = isOwn ? addressesOf(message, "To") : to;
    if (kind == AnswerKind::ReplyAll)
        addOthers(draft, addressesOf(message, "To") + addressesOf(message, "Cc"));
    return draft;
}

QString notRepeatedText(const smime::OpenedMessage &message, AnswerKind kind)
{
    switch (obstacleTo(kind, message)) {
    case Obstacle::None: return {};
    case Obstacle::WrappedIn: return Text::tr("Nothing of the message is repeated here: the encrypted part may be somebody else's, put in so that your answer reveals it.");
    case Obstacle::OfAnother: return Text::tr("Nothing of the message is repeated here: its encrypted text may be somebody else's, sent on so that your answer reveals it.");
    case Obstacle::TurnedAway:
        return Text::tr("Nothing of the message is repeated here: answers to it go to another address than the sender's, and anybody on the way can have added that.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString answerRemark(const smime::OpenedMessage &message, AnswerKind kind)
{
    if (const QString why = notRepeatedText(message, kind); !why.isEmpty())
        return why;
    constexpr qsizetype kMostNamed = 3;
    const QStringList doubtful = kind == AnswerKind::ReplyAll ? doubtfulReaders(message) : QStringList();
    if (doubtful.isEmpty())
        return {};
    const QString names = doubtful.first(std::min(kMostNamed, doubtful.size())).join(u", "_s) + (doubtful.size() > kMostNamed ? u", \u2026"_s : QString());
    return Text::tr("The message was not encrypted to %1, and anybody on the way can add recipients. Your answer repeats its text to everybody named above.").arg(names);
}

Draft mailtoDraft(const QString &mailto, const mime::Address &self)
{
    const QUrl url(mailto);
    const QUrlQuery query(url.query(QUrl::FullyEncoded));
    Draft draft;
    draft.from = self;
    draft.to = mime::parseAddresses(url.path(QUrl::FullyDecoded));
    draft.to += mime::parseAddresses(query.queryItemValue(u"to"_s, QUrl::FullyDecoded));
    draft.cc = mime::parseAddresses(query.queryItemValue(u"cc"_s, QUrl::FullyDecoded));
    draft.subject = query.queryItemValue(u"subject"_s, QUrl::FullyDecoded).simplified();
    // Whoever made the link must not hide words of it far below the others: they would be signed.
    static const QRegularExpression gap(u"\\n\\s*\\n"_s, QRegularExpression::UseUnicodePropertiesOption);
    draft.text = mime::toLineFeeds(query.queryItemValue(u"body"_s, QUrl::FullyDecoded)).replace(gap, u"\n\n"_s);
    return draft;
}

QString mailtoRemark(const Draft &draft)
{
    return draft.text.trimmed().isEmpty() ? QString() : Text::tr("The text below came with the link and is not yours. Read it to its end before you send it.");
}

} // namespace app
