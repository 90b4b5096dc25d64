// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/VerdictReasons.h"

#include "mime/Address.h"
#include "mime/EncodedWord.h"

#include <QCoreApplication>
#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;
using namespace smime;

namespace app {

namespace {

/// One function an axis; each says nothing where there is nothing to say.
class Reasons
{
    Q_DECLARE_TR_FUNCTIONS(app::VerdictPresenter)

public:
    Reasons(const Verdict &verdict, const VerdictContext &context) : m_verdict(verdict), m_context(context) {}

    [[nodiscard]] QList<VerdictReason> all()
    {
        const bool isSigned = m_verdict.signature.axes.integrity != Integrity::None;
        addContent();
        if (isSigned) {
            addAuthority();
            addUsage();
            addSender();
            addTime();
            addRevocation();
            addCoverage();
        }
        addReader();
        if (isSigned)
            addAlgorithms();
        addCipher();
        addMemory();
        for (const QString &code : m_verdict.warnings)
            addWarning(code);
        return m_reasons;
    }

    static QString damageSentence(SignatureDamage damage)
    {
        switch (damage) {
        case SignatureDamage::Unknown:
            return tr("What changed cannot be told; it may be the words.");
        case SignatureDamage::LineEnds:
            return tr("What changed: the line ends.");
        case SignatureDamage::FinalLineEnd:
            return tr("What changed: the last line end was lost or added.");
        case SignatureDamage::TrailingSpace:
            return tr("What changed: white space at the end of lines.");
        case SignatureDamage::FromEscaping:
            return tr("What changed: a mail system put \">\" before a line that begins with \"From\".");
        case SignatureDamage::Footer:
            return tr("What changed: lines were added at the end.");
        case SignatureDamage::Banner:
            return tr("What changed: lines were added before the text.");
        case SignatureDamage::Reencoded:
            return tr("What changed: a mail system encoded the text in another way.");
        case SignatureDamage::CharacterSet:
            return tr("What changed: the text was converted into another character set.");
        case SignatureDamage::RefoldedHeader:
            return tr("What changed: header lines were folded in another way.");
        case SignatureDamage::Rewrapped:
            return tr("What changed: lines were wrapped in another way.");
        case SignatureDamage::WhiteSpace:
            return tr("What changed: spaces or tabs inside lines.");
        case SignatureDamage::Dots:
            return tr("What changed: a mail system doubled or removed dots at the beginning of lines.");
        case SignatureDamage::ChangedHeader:
            return tr("What changed: a mail system changed the subject or another header line.");
        case SignatureDamage::SignatureStripped:
            return tr("What changed: a mail system removed the signature. Ask the sender to send it in another way, or as an attachment.");
        case SignatureDamage::TypeRenamed:
            return tr("What changed: a mail system gave the sealed part another type. Other programs may not recognise it.");
        case SignatureDamage::Truncated:
            return tr("What changed: the end is missing. Ask the sender to send it again.");
        case SignatureDamage::Swapped:
            return tr("What changed: this content was sent in another message. Do not trust the subject, the date or the recipients around it.");
        }
        Q_UNREACHABLE_RETURN({});
    }

    struct WarningText {
        QLatin1StringView code;
        const char *text;
    };
    static std::span<const WarningText> warnings();

    static QString somebody() { return tr("Somebody"); }
    static QString dateFormat(bool isThisYear) { return isThisYear ? tr("d MMMM", "date") : tr("d MMMM yyyy", "date"); }

private:
    void add(ReasonAxis axis, Severity severity, const QString &text)
    {
        if (!text.isEmpty())
            m_reasons.append({axis, severity, text});
    }

    [[nodiscard]] const SignatureAxes &axes() const { return m_verdict.signature.axes; }
    [[nodiscard]] Signer first() const { return m_verdict.signature.signers.isEmpty() ? Signer() : m_verdict.signature.signers.first(); }

    /// Whose algorithms are spoken of.
    [[nodiscard]] Signer worstInStrength() const
    {
        const QList<Signer> &signers = m_verdict.signature.signers;
        const auto found = std::find_if(signers.begin(), signers.end(), [this](const Signer &signer) { return signer.axes.strength == axes().strength; });
        return found == signers.end() ? first() : *found;
    }

    void addContent()
    {
        if (m_verdict.summary == Summary::Malformed && m_context.fault && m_context.fault->offset)
            add(ReasonAxis::Content, Severity::Notice, tr("Content: it cannot be read from byte %1 on.").arg(*m_context.fault->offset));
        switch (axes().integrity) {
        case Integrity::Valid:
            add(ReasonAxis::Content, Severity::Good, tr("Content: it is exactly as it was signed."));
            return add(ReasonAxis::Content, Severity::Notice, damage());
        case Integrity::Invalid:
            add(ReasonAxis::Content, Severity::Danger,
                isUnreadable(m_verdict.signature) ? tr("Content: the signature over it cannot be read.") : tr("Content: it is not what was signed."));
            add(ReasonAxis::Content, Severity::Notice, damage());
            return addDifference();
        case Integrity::Unsupported:
            return add(ReasonAxis::Content, Severity::Notice, m_verdict.warnings.contains(warning::ContentMismatch)
                           ? tr("Content: it was signed as something else than a mail message.")
                           : tr("Content: the signature could not be checked."));
        case Integrity::None:
            break;
        }
        if (m_verdict.encryption.protection == Protection::Authenticated)
            add(ReasonAxis::Content, Severity::Neutral, tr("Content: nobody altered it on the way, but it has no signature."));
        if (m_verdict.encryption.protection == Protection::Unauthenticated)
            add(ReasonAxis::Content, Severity::Notice, tr("Content: it could have been altered on the way without a trace."));
        add(ReasonAxis::Content, Severity::Notice, damage());
    }

    [[nodiscard]] QString damage() const
    {
        if (!m_context.diagnosis)
            return {};
        const QString text = damageSentence(m_context.diagnosis->damage);
        return m_context.diagnosis->line > 0 ? tr("%1 First difference: line %2.").arg(text).arg(m_context.diagnosis->line) : text;
    }

    // Both come from the message: quoted, in one line and short, so that they cannot pass for a line of ours.
    void addDifference()
    {
        if (!m_context.diagnosis || m_context.diagnosis->line == 0)
            return;
        const QString sent = quotable(m_context.diagnosis->sent);
        const QString received = quotable(m_context.diagnosis->received);
        if (sent == received)
            return; // They differ in what is not seen, or nothing is left to compare.
        add(ReasonAxis::Content, Severity::Neutral, sent.isEmpty() ? tr("As it was signed: no text in this line") : tr("As it was signed: \"%1\"").arg(sent));
        add(ReasonAxis::Content, Severity::Neutral, received.isEmpty() ? tr("As it arrived: no text in this line") : tr("As it arrived: \"%1\"").arg(received));
    }

    static QString quotable(const QByteArray &line)
    {
        constexpr qsizetype kMostCharacters = 80;
        QString text = QString::fromUtf8(line).simplified();
        for (QChar &c : text)
            if (!c.isPrint())
                c = QChar::ReplacementCharacter;
        return text.size() > kMostCharacters ? text.first(kMostCharacters) + u'…' : text;
    }

    void addAuthority()
    {
        const QString authority = spokenName(first().authority);
        switch (axes().chain) {
        case Chain::Trusted:
            return add(ReasonAxis::Authority, Severity::Good,
                       authority.isEmpty() ? tr("Authority: you trust this certificate itself.")
                                           : tr("Authority: \"%1\", which you trust, vouches for the signer.").arg(authority));
        case Chain::Untrusted:
            return add(ReasonAxis::Authority, Severity::Notice, tr("Authority: you do not trust the one that vouches for the signer."));
        case Chain::Incomplete:
            return add(ReasonAxis::Authority, Severity::Notice, tr("Authority: the certificate of the one that vouches is missing."));
        case Chain::Invalid:
            return add(ReasonAxis::Authority, Severity::Danger, tr("Authority: the signer's certificate was not issued properly."));
        case Chain::NotChecked:
            return add(ReasonAxis::Authority, Severity::Neutral, tr("Authority: not checked."));
        }
    }

    void addUsage()
    {
        switch (axes().usage) {
        case Usage::Forbidden:
            return add(ReasonAxis::Usage, Severity::Danger, tr("Use: the certificate is not meant for signing mail."));
        case Usage::Permitted:
            return add(ReasonAxis::Usage, Severity::Good, tr("Use: the certificate is meant for signing mail."));
        case Usage::NotChecked:
            return;
        }
    }

    void addSender()
    {
        switch (axes().identity) {
        case Identity::Match:
            return add(ReasonAxis::Sender, Severity::Good, tr("Sender: the signer's address is the one shown, %1.").arg(m_context.fromAddress));
        case Identity::Mismatch:
            return add(ReasonAxis::Sender, Severity::Danger,
                       tr("Sender: the signer is %1, not %2.").arg(addressesOfSigners(), m_context.fromAddress));
        case Identity::NoAddress:
            return add(ReasonAxis::Sender, Severity::Notice, tr("Sender: the signer's certificate names no mail address."));
        case Identity::NotChecked:
            return add(ReasonAxis::Sender, Severity::Notice, tr("Sender: it could not be compared with the signer."));
        }
    }

    [[nodiscard]] QString addressesOfSigners() const
    {
        QStringList addresses;
        for (const Signer &signer : m_verdict.signature.signers)
            if (signer.axes.identity == Identity::Mismatch)
                addresses += signer.addresses;
        return addresses.join(u", "_s);
    }

    void addTime()
    {
        const Signer signer = first();
        switch (axes().time) {
        case Time::Valid:
            return add(ReasonAxis::Time, Severity::Good, tr("Time: the certificate is valid until %1.").arg(spokenDate(signer.validUntil, m_context)));
        case Time::ExpiredSince:
            if (signer.validUntil > m_context.now)
                return add(ReasonAxis::Time, Severity::Good,
                           tr("Time: the certificate of an authority has expired since; it was valid when this mail arrived."));
            return add(ReasonAxis::Time, Severity::Good,
                       tr("Time: the certificate has expired since, on %1; it was valid when this mail arrived.")
                           .arg(spokenDate(signer.validUntil, m_context)));
        case Time::Expired:
            return add(ReasonAxis::Time, Severity::Notice, tr("Time: a certificate in the path has expired."));
        case Time::NotYetValid:
            return add(ReasonAxis::Time, Severity::Notice, tr("Time: a certificate in the path is not valid yet."));
        case Time::NotChecked:
            return add(ReasonAxis::Time, Severity::Neutral, tr("Time: not checked."));
        }
    }

    void addRevocation()
    {
        switch (axes().revocation) {
        case Revocation::Good:
            return add(ReasonAxis::Revocation, Severity::Good, tr("Revocation: not revoked."));
        case Revocation::Revoked:
            return add(ReasonAxis::Revocation, Severity::Danger, tr("Revocation: the certificate was revoked."));
        case Revocation::Unknown:
            return add(ReasonAxis::Revocation, Severity::Notice, tr("Revocation: unknown; neither a list nor a responder gave a usable answer."));
        case Revocation::NotChecked:
            return add(ReasonAxis::Revocation, Severity::Neutral, tr("Revocation: not checked; no list of revoked certificates is at hand."));
        }
    }

    void addCoverage()
    {
        if (m_verdict.signature.signers.isEmpty())
            return; // What cannot be read covers nothing that anybody knows of.
        switch (m_verdict.signature.coverage) {
        case Coverage::Whole:
            if (!m_context.unprotectedFields.isEmpty())
                return add(ReasonAxis::Coverage, Severity::Neutral,
                           tr("Coverage: the signature covers the text and what is attached, but not %1: that could have been changed.").arg(unprotected()));
            return add(ReasonAxis::Coverage, Severity::Good, tr("Coverage: the signature covers the whole message."));
        case Coverage::Part:
            return add(ReasonAxis::Coverage, Severity::Notice, tr("Coverage: only a part of the message is signed."));
        case Coverage::None:
            return;
        }
    }

    [[nodiscard]] QString unprotected() const
    {
        const QList<QByteArray> &fields = m_context.unprotectedFields;
        QStringList things;
        if (fields.contains("Subject"))
            things.append(tr("the subject"));
        if (fields.contains("Date"))
            things.append(tr("the date"));
        if (fields.contains("To") || fields.contains("Cc"))
            things.append(tr("the recipients"));
        const QString last = things.takeLast();
        return things.isEmpty() ? last : tr("%1 and %2").arg(things.join(", "_L1), last);
    }

    [[nodiscard]] bool wasSecretUsed() const
    {
        const QList<Recipient> &recipients = m_verdict.encryption.recipients;
        return std::any_of(recipients.begin(), recipients.end(), [](const Recipient &recipient) { return recipient.isSelf && isSharedSecret(recipient); });
    }

    void addReader()
    {
        switch (m_verdict.encryption.state) {
        case EncryptionState::Decrypted:
            if (wasSecretUsed())
                return add(ReasonAxis::Reader, Severity::Good, tr("Readers: it opens with the password or shared key that you gave."));
            return add(ReasonAxis::Reader, Severity::Good, tr("Readers: it was made for %n key(s), one of them yours.", nullptr,
                                                             static_cast<int>(m_verdict.encryption.recipients.size())));
        case EncryptionState::NoKey:
            return add(ReasonAxis::Reader, Severity::Neutral, m_context.areKeysLocked ? tr("Readers: your keys are locked, so nobody knows yet whether it was made for one of them.")
                                                                                      : tr("Readers: none of its keys is yours."));
        case EncryptionState::Failed:
            if (m_verdict.encryption.recipients.isEmpty())
                return; // Nobody knows whom it was made for.
            return add(ReasonAxis::Reader, Severity::Notice, m_context.isAlgorithmUnknown() ? tr("Readers: it was made for you, but this program does not know how to open it.")
                                                                                                : tr("Readers: it was made for you, but does not open."));
        case EncryptionState::None:
            if (m_verdict.summary == Summary::Malformed || m_verdict.warnings.contains(warning::OtherEncryption))
                return; // What cannot be read may have been encrypted.
            return add(ReasonAxis::Reader, Severity::Neutral, tr("Readers: it was not encrypted on the way."));
        }
    }

    void addAlgorithms()
    {
        const Signer signer = worstInStrength();
        const QString names = signer.digest.isEmpty() ? signer.algorithm : tr("%1 with %2").arg(signer.algorithm, signer.digest);
        switch (axes().strength) {
        case Strength::Strong:
            return add(ReasonAxis::Algorithms, Severity::Good, tr("Signature: %1.").arg(names));
        case Strength::Weak:
            return add(ReasonAxis::Algorithms, Severity::Notice, tr("Signature: %1 or a key on the way is too weak today.").arg(names));
        case Strength::Broken:
            return add(ReasonAxis::Algorithms, Severity::Danger, tr("Signature: %1 or a key on the way is broken.").arg(names));
        case Strength::NotChecked:
            return;
        }
    }

    void addCipher()
    {
        const EncryptionVerdict &encryption = m_verdict.encryption;
        if (encryption.state == EncryptionState::None || encryption.cipher.isEmpty())
            return;
        const bool isWeak = encryption.strength == Strength::Weak || encryption.strength == Strength::Broken;
        if (!isWeak && hasWeakReader(encryption))
            return add(ReasonAxis::Algorithms, Severity::Notice, tr("Encryption: %1, but a key that it was made for is too weak today.").arg(encryption.cipher));
        add(ReasonAxis::Algorithms, isWeak ? Severity::Notice : encryption.strength == Strength::Strong ? Severity::Good : Severity::Neutral,
            isWeak ? tr("Encryption: %1, which is too weak today.").arg(encryption.cipher) : tr("Encryption: %1.").arg(encryption.cipher));
    }

    void addMemory()
    {
        const SignatureVerdict &signature = m_verdict.signature;
        const QString since = spokenDate(signature.continuitySince, m_context);
        switch (signature.continuity) {
        case Continuity::NotChecked:
            return;
        case Continuity::First:
            return add(ReasonAxis::Memory, Severity::Neutral, tr("Memory: this is the first signed mail from this sender."));
        case Continuity::Same:
            return add(ReasonAxis::Memory, Severity::Good,
                       tr("Memory: the same certificate as in %n earlier mail(s).", nullptr, signature.continuityCount));
        case Continuity::Renewed:
            return add(ReasonAxis::Memory, Severity::Good, tr("Memory: the certificate was renewed by the same authority; the one before was known since %1.").arg(since));
        case Continuity::Changed:
            return add(ReasonAxis::Memory, Severity::Notice, tr("Memory: the sender used another certificate before, known since %1. Ask if this is a surprise.").arg(since));
        }
    }

    void addWarning(const QString &code);

    const Verdict &m_verdict;
    const VerdictContext &m_context;
    QList<VerdictReason> m_reasons;
};

std::span<const Reasons::WarningText> Reasons::warnings()
{
    static constexpr WarningText kTexts[] = {
        {warning::NotAuthenticated, QT_TR_NOOP("It was encrypted in a way that can be altered unseen, and no good signature inside would show it.")},
        {warning::WeakAlgorithm, QT_TR_NOOP("It was signed or encrypted by an algorithm or a key that is too weak today.")},
        {warning::EncryptedPart, QT_TR_NOOP("Only a part of this message was encrypted; the rest may come from anybody.")},
        {warning::OtherEncryption, QT_TR_NOOP("It was encrypted in another way than S/MIME, such as OpenPGP. Save its attachments and open them with a program for that.")},
        {warning::SignedPart, QT_TR_NOOP("Only a part of this message was signed; the rest may come from anybody.")},
        {warning::FurtherPart, QT_TR_NOOP("It holds further protected parts; each is shown by itself, with a verdict of its own.")},
        {warning::SignedOutsideEncryption, QT_TR_NOOP("The signature is around the encryption: it says who sent this, not who wrote it.")},
        {warning::RemoteContentBlocked, QT_TR_NOOP("Pictures and other things from the network were left out.")},
        {warning::HtmlCutOff, QT_TR_NOOP("The message is too long or too nested to be shown as it was written; some of it may be missing.")},
        {warning::OuterHeaderDiffers, QT_TR_NOOP("The outside of the message says something else than the protected inside; the inside is shown.")},
        {warning::FromNotBound, QT_TR_NOOP("The inside names a sender for whom no signature stands; who is named outside is shown, if anybody is.")},
        {warning::SeveralFrom, QT_TR_NOOP("The message names several senders.")},
        {warning::SenderDiffers, QT_TR_NOOP("Somebody else sent this in the name of the sender; the field Sender says who.")},
        {warning::NoFrom, QT_TR_NOOP("The message names no sender.")},
        {warning::DateDiffers, QT_TR_NOOP("The date of the message is not the time at which it was signed.")},
        {warning::ReceiptRequested, QT_TR_NOOP("The sender asks for a receipt; none is sent unless you do so.")},
        {warning::CertificatesOnly, QT_TR_NOOP("It brings certificates along, which is no signature.")},
        {warning::ContentMismatch, QT_TR_NOOP("What was signed is not a mail message, but something else.")},
        {warning::TooManyLayers, QT_TR_NOOP("It is wrapped more often than any honest message.")},
        {warning::NameLooksLikeAddress, QT_TR_NOOP("The sender's name looks like an address, but it is another one.")},
        {warning::LookAlikeDomain, QT_TR_NOOP("The sender's domain looks like another one.")},
        {warning::LookAlikeLocalPart, QT_TR_NOOP("The sender's address holds characters that nobody sees or that look like others.")},
        {warning::AddressedToOthers, QT_TR_NOOP("The signed header names others as recipients, so whoever encrypted it to you need not be the signer.")},
        {warning::SharedKey, QT_TR_NOOP("The signature names no certificate but only a key, and that was certified for several people.")},
    };
    return kTexts;
}

void Reasons::addWarning(const QString &code)
{
    if (code == warning::NotAuthenticated || code == warning::WeakAlgorithm)
        return; // The lines of content and algorithms say it.
    for (const WarningText &entry : warnings())
        if (entry.code == code)
            add(ReasonAxis::Warning, Severity::Notice, tr(entry.text));
    if (code == warning::DateDiffers && first().signingTime.isValid())
        add(ReasonAxis::Warning, Severity::Neutral, tr("It was signed on %1.").arg(spokenDate(first().signingTime, m_context)));
}

} // namespace

QList<VerdictReason> verdictReasons(const Verdict &verdict, const VerdictContext &context)
{
    return Reasons{verdict, context}.all();
}

QList<std::pair<QString, QString>> warningTexts()
{
    QList<std::pair<QString, QString>> texts;
    for (const Reasons::WarningText &entry : Reasons::warnings())
        texts.append({entry.code, Reasons::tr(entry.text)});
    return texts;
}

QString spokenDate(const QDateTime &time, const VerdictContext &context)
{
    if (!time.isValid())
        return {};
    const QDate date = time.toLocalTime().date();
    return context.locale.toString(date, Reasons::dateFormat(context.now.isValid() && date.year() == context.now.toLocalTime().date().year()));
}

QString damageText(const QString &damage)
{
    for (int i = 0; i <= int(SignatureDamage::Swapped); ++i)
        if (nameOf(SignatureDamage(i)) == damage)
            return Reasons::damageSentence(SignatureDamage(i));
    return {};
}

QString spokenName(const QString &name)
{
    constexpr qsizetype kMostCharacters = 120;
    QString text = mime::withoutControls(name).simplified();
    for (QChar &c : text)
        if (u"\"\u201C\u201D\u201E\u201F\u00AB\u00BB"_s.contains(c))
            c = u'\'';
    return text.size() > kMostCharacters ? text.first(kMostCharacters) + u'…' : text;
}

// Authorities vouch for addresses; many write whatever name they are told, also one that nobody can see.
QString holderName(const QString &name, const QStringList &addresses)
{
    if (!mime::isVisible(name))
        return addresses.value(0);
    const auto isAnother = [&name](const QString &address) { return mime::namesAnotherMailbox({name, address}); };
    const bool isMisleading = !addresses.isEmpty() && std::all_of(addresses.begin(), addresses.end(), isAnother);
    return isMisleading ? addresses.value(0) : spokenName(name);
}

QString signerName(const SignatureVerdict &signature)
{
    for (const Signer &signer : signature.signers) {
        const QString holder = holderName(signer.name, signer.addresses);
        // The certificate of an organisation may have neither.
        if (const QString name = holder.isEmpty() ? spokenName(signer.subject) : holder; !name.isEmpty())
            return name;
    }
    return Reasons::somebody();
}

} // namespace app
