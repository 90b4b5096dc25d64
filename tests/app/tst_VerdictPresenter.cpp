// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/VerdictPresenter.h"
#include "smime/Open.h"

#include <QTest>
#include <QTimeZone>

using namespace app;
using namespace smime;
using namespace Qt::StringLiterals;

namespace {

QDateTime time(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(12, 0), QTimeZone::UTC);
}

/// Signed by Bob Baker, with nothing to object.
Verdict verified()
{
    Signer bob;
    bob.axes = {Integrity::Valid, Chain::Trusted, Usage::Permitted, Time::Valid, Revocation::Good, Strength::Strong, smime::Identity::Match};
    bob.name = u"Bob Baker"_s;
    bob.addresses = {u"bob@example.org"_s};
    bob.authority = u"Team Authority"_s;
    bob.algorithm = u"RSA-PSS"_s;
    bob.digest = u"SHA-256"_s;
    bob.validFrom = time(2026, 1, 1);
    bob.validUntil = time(2027, 12, 24);
    bob.revokedAt = time(2026, 3, 3);
    Verdict verdict;
    verdict.signature.signers = {bob};
    verdict.signature.axes = bob.axes;
    verdict.signature.coverage = Coverage::Whole;
    verdict.summary = Summary::Verified;
    return verdict;
}

EncryptionVerdict encrypted(EncryptionState state, Protection protection, const QStringList &others, int unnamed = 0)
{
    EncryptionVerdict encryption;
    encryption.state = state;
    encryption.protection = protection;
    encryption.strength = Strength::Strong;
    encryption.cipher = protection == Protection::Authenticated ? u"AES-256-GCM"_s : u"AES-256-CBC"_s;
    Recipient self;
    self.isSelf = true;
    if (state == EncryptionState::Decrypted)
        encryption.recipients.append(self);
    for (const QString &name : others) {
        Recipient recipient;
        recipient.name = name;
        encryption.recipients.append(recipient);
    }
    for (int i = 0; i < unnamed; ++i) {
        Recipient recipient;
        recipient.issuer = u"CN=Team Authority"_s;
        recipient.serial = "0a1b";
        encryption.recipients.append(recipient);
    }
    return encryption;
}

/// A signature with one thing changed, on every axis place where it counts, and its summary by the table.
template <typename Change>
Verdict changed(Change change)
{
    Verdict verdict = verified();
    Signer &signer = verdict.signature.signers.first();
    change(verdict, signer);
    verdict.signature.axes = signer.axes;
    verdict.summary = summarise(verdict.signature, verdict.encryption, false);
    return verdict;
}

Verdict only(const EncryptionVerdict &encryption)
{
    Verdict verdict;
    verdict.encryption = encryption;
    verdict.summary = summarise({}, encryption, false);
    return verdict;
}

VerdictContext context()
{
    VerdictContext context;
    context.fromAddress = u"bob@example.org"_s;
    context.now = time(2026, 6, 1);
    context.locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    return context;
}

QString reason(const VerdictPresentation &presentation, ReasonAxis axis)
{
    for (const VerdictReason &line : presentation.reasons)
        if (line.axis == axis)
            return line.text;
    return {};
}

} // namespace

class TestVerdictPresenter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasItsSentence_data()
    {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<SealSign>("sign");
        QTest::addColumn<QString>("headline");
        const auto row = [](const char *name, const Verdict &verdict, Severity severity, SealSign sign, const QString &headline) {
            QTest::newRow(name) << verdict << severity << sign << headline;
        };
        using S = Severity;
        using G = SealSign;
        using E = EncryptionState;
        row("verified", verified(), S::Good, G::SealVerified, u"Bob Baker wrote this; nobody changed it."_s);
        row("expired since", changed([](auto &, auto &s) { s.axes.time = Time::ExpiredSince; }), S::Good, G::SealVerified, u"Bob Baker wrote this; nobody changed it."_s);
        row("part", changed([](auto &v, auto &) { v.signature.coverage = Coverage::Part; }), S::Notice, G::SealPart, u"Bob Baker signed only a part of this message; the rest is shown apart."_s);
        row("untrusted", changed([](auto &, auto &s) { s.axes.chain = Chain::Untrusted; }), S::Notice, G::SealQuestion, u"Signed, but nobody you trust vouches for \"Bob Baker\"."_s);
        row("incomplete", changed([](auto &, auto &s) { s.axes.chain = Chain::Incomplete; }), S::Notice, G::SealQuestion, u"Signed, but nobody you trust vouches for \"Bob Baker\"."_s);
        row("path broken", changed([](auto &, auto &s) { s.axes.chain = Chain::Invalid; }), S::Danger, G::SealBroken, u"Signed, but the certificate of \"Bob Baker\" was not issued as it should have been."_s);
        row("revoked", changed([](auto &, auto &s) { s.axes.revocation = Revocation::Revoked; }), S::Danger, G::SealBroken, u"Signed with a certificate that was revoked on 3 March."_s);
        row("expired", changed([](auto &, auto &s) { s.axes.time = Time::Expired; s.validUntil = time(2025, 5, 4); }), S::Notice, G::SealQuestion, u"Signed by Bob Baker with a certificate that expired on 4 May 2025."_s);
        row("not yet valid", changed([](auto &, auto &s) { s.axes.time = Time::NotYetValid; s.validFrom = time(2026, 8, 9); }), S::Notice, G::SealQuestion, u"Signed by Bob Baker with a certificate that is not valid before 9 August."_s);
        row("authority expired", changed([](auto &, auto &s) { s.axes.time = Time::Expired; s.validUntil = time(2027, 5, 4); }), S::Notice, G::SealQuestion, u"Signed by Bob Baker, but the certificate of an authority behind it has expired."_s);
        row("authority not yet valid", changed([](auto &, auto &s) { s.axes.time = Time::NotYetValid; s.validFrom = time(2025, 8, 9); }), S::Notice, G::SealQuestion, u"Signed by Bob Baker, but the certificate of an authority behind it is not valid yet."_s);
        row("wrong use", changed([](auto &, auto &s) { s.axes.usage = Usage::Forbidden; }), S::Danger, G::SealBroken, u"Signed by Bob Baker with a certificate that is not meant for signing mail."_s);
        row("weak", changed([](auto &, auto &s) { s.axes.strength = Strength::Weak; }), S::Notice, G::SealQuestion, u"Signed by Bob Baker in an old way that no longer protects well."_s);
        row("broken", changed([](auto &, auto &s) { s.axes.strength = Strength::Broken; }), S::Danger, G::SealBroken, u"Signed by Bob Baker in a way that anybody can forge."_s);
        const auto isOrganisation = [](auto &, auto &s) {
            s.axes.identity = smime::Identity::NoAddress;
            s.name.clear();
            s.addresses.clear();
            s.subject = u"O=City Works,C=DE"_s;
        };
        row("no address, no name", changed(isOrganisation), S::Notice, G::SealQuestion, u"Signed by O=City Works,C=DE, but the certificate names no mail address."_s);
        row("no address", changed([](auto &, auto &s) { s.axes.identity = smime::Identity::NoAddress; }), S::Notice, G::SealQuestion, u"Signed by Bob Baker, but the certificate names no mail address."_s);
        row("no sender", changed([](auto &, auto &s) { s.axes.identity = smime::Identity::NotChecked; }), S::Notice, G::SealQuestion, u"Signed by Bob Baker, but the message names no sender."_s);
        row("either of two", changed([](auto &, auto &s) { s.axes.identity = smime::Identity::NotChecked; s.others = {{u"mallory@example.org"_s}}; }), S::Notice, G::SealQuestion, u"Signed by Bob Baker or by mallory@example.org: both were certified for the same key."_s);
        row("unsupported", changed([](auto &, auto &s) { s.axes.integrity = Integrity::Unsupported; }), S::Notice, G::SealQuestion, u"Signed in a way that this program cannot check."_s);
        row("not a message", changed([](auto &v, auto &s) { s.axes.integrity = Integrity::Unsupported; v.warnings = {u"content-mismatch"_s}; }), S::Notice, G::SealQuestion, u"Signed, but what was signed is not a mail message."_s);
        row("unknown signer", changed([](auto &, auto &s) { s.axes.integrity = Integrity::Unsupported; s.axes.chain = Chain::Incomplete; }), S::Notice, G::SealQuestion, u"Signed, but the signer's certificate is missing: the signature cannot be checked."_s);
        row("altered", changed([](auto &, auto &s) { s.axes.integrity = Integrity::Invalid; }), S::Danger, G::SealBroken, u"This message was changed after Bob Baker signed it. Do not rely on its content."_s);
        row("signature unreadable", changed([](auto &v, auto &s) { s.axes.integrity = Integrity::Invalid; s.name.clear(); s.addresses.clear(); Q_UNUSED(v) }), S::Danger, G::SealBroken, u"This message was changed after it was signed. Do not rely on its content."_s);
        row("impersonated", changed([](auto &, auto &s) { s.axes.identity = smime::Identity::Mismatch; s.addresses = {u"mallory@example.org"_s}; }), S::Danger, G::SealBroken, u"Careful: mallory@example.org signed this, not bob@example.org as shown."_s);
        row("encrypted, not signed", only(encrypted(E::Decrypted, Protection::Authenticated, {})), S::Neutral, G::Lock, u"Encrypted to you, but not signed: anyone could have written it."_s);
        row("could be altered", only(encrypted(E::Decrypted, Protection::Unauthenticated, {})), S::Notice, G::LockWarning, u"Encrypted in an old way that can be altered unseen, and not signed."_s);
        row("no key", only(encrypted(E::NoKey, Protection::None, {}, 1)), S::Neutral, G::LockClosed, u"Encrypted to a key that you do not have. It was made for: CN=Team Authority, serial 0a1b."_s);
        row("no key, known", only(encrypted(E::NoKey, Protection::None, {u"Carol Ito"_s, u"Bob Baker"_s})), S::Neutral, G::LockClosed, u"Encrypted to a key that you do not have. It was made for: Carol Ito; Bob Baker."_s);
        row("failed", only(encrypted(E::Failed, Protection::None, {})), S::Neutral, G::LockClosed, u"Encrypted to you, but it cannot be opened: it was damaged or altered on the way."_s);
        row("failed, no key of ours", only(encrypted(E::Failed, Protection::None, {}, 1)), S::Neutral, G::LockClosed, u"It does not open with the password or shared key that you gave: that is another one, or it was damaged on the way."_s);
        row("plain", only({}), S::Neutral, G::None, u"Not signed, not encrypted."_s);
        row("malformed", {}, S::Notice, G::Damaged, u"This message is damaged and cannot be read."_s);
    }

    void everyStateHasItsSentence()
    {
        QFETCH(Verdict, verdict);
        const VerdictPresentation presentation = presentVerdict(verdict, context());
        QTEST(presentation.headline, "headline");
        QTEST(presentation.severity, "severity");
        QTEST(presentation.sign, "sign");
        QCOMPARE(signFor(verdict), presentation.sign);
        QVERIFY(!signText(presentation.sign).isEmpty());
        QVERIFY(presentation.accessibleText().startsWith(presentation.headline));
        if (presentation.sign == SealSign::SealPart)
            QCOMPARE(presentation.advice, u"What is shown apart may come from anybody."_s); // No line is drawn anywhere.
    }

    void readersAreNamed_data()
    {
        QTest::addColumn<EncryptionVerdict>("encryption");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QStringList &others, int unnamed, const QString &sentence) {
            QTest::newRow(name) << encrypted(EncryptionState::Decrypted, Protection::Authenticated, others, unnamed) << sentence;
        };
        row("alone", {}, 0, u"Only you can read it."_s);
        row("two", {u"Bob"_s}, 0, u"Only you and Bob can read it."_s);
        row("twice the same", {u"Bob"_s, u"Bob"_s}, 0, u"Only you and Bob can read it."_s);
        row("three", {u"Bob"_s, u"Carol"_s}, 0, u"Only you, Bob and Carol can read it."_s);
        EncryptionVerdict byPassword = encrypted(EncryptionState::Decrypted, Protection::Authenticated, {});
        byPassword.recipients.first().kind = RecipientKind::Password;
        QTest::newRow("password") << byPassword << u"Only you and whoever knows the password can read it."_s;
        QTest::newRow("nobody encrypted") << EncryptionVerdict{} << u"It was not encrypted: anyone on the way could read it."_s;
    }

    void readersAreNamed()
    {
        QFETCH(EncryptionVerdict, encryption);
        Verdict verdict = verified();
        verdict.encryption = encryption;
        QTEST(presentVerdict(verdict, context()).readers, "sentence");
    }

    void aPasswordIsNobodysKey()
    {
        Verdict verdict = only(encrypted(EncryptionState::Decrypted, Protection::Authenticated, {}));
        verdict.encryption.recipients.first().kind = RecipientKind::Password;
        QCOMPARE(reason(presentVerdict(verdict, context()), ReasonAxis::Reader), u"Readers: it opens with the password or shared key that you gave."_s);
    }

    void aWeakKeyIsNotBlamedOnTheCipher()
    {
        Verdict verdict = only(encrypted(EncryptionState::Decrypted, Protection::Authenticated, {}));
        verdict.encryption.recipients.first().strength = Strength::Weak;
        QCOMPARE(reason(presentVerdict(verdict, context()), ReasonAxis::Algorithms),
                 u"Encryption: AES-256-GCM, but a key that it was made for is too weak today."_s);
    }

    void whatCannotBeReadIsNotSaidToHaveBeenOpen()
    {
        QCOMPARE(reason(presentVerdict({}, context()), ReasonAxis::Reader), QString());
        Verdict verdict = verified();
        verdict.summary = Summary::Malformed;
        verdict.encryption = {};
        QCOMPARE(presentVerdict(verdict, context()).readers, QString());
        QCOMPARE(reason(presentVerdict(verdict, context()), ReasonAxis::Reader), QString());
    }

    void whatIsEncryptedOtherwiseIsNotSaidToHaveBeenOpen()
    {
        Verdict verdict = only({});
        verdict.warnings = {u"other-encryption"_s};
        QCOMPARE(presentVerdict(verdict, context()).headline, u"Encrypted in another way than S/MIME, which this program does not open."_s);
        QCOMPARE(reason(presentVerdict(verdict, context()), ReasonAxis::Reader), QString());
    }

    void whatStoodBesideACiphertextWasReadByAnybody()
    {
        Verdict verdict = only(encrypted(EncryptionState::Decrypted, Protection::Authenticated, {}));
        verdict.warnings = {u"encrypted-part"_s};
        verdict.layers = {Layer{LayerKind::AuthEnveloped, LayerForm::Opaque, u"1.2"_s, {}, {}}};
        QCOMPARE(presentVerdict(verdict, context()).readers, u"Only a part of the message was encrypted: anyone on the way could read the rest."_s);
        verdict.layers.first().part = u"1"_s; // The whole was encrypted, and a part of it once more.
        QCOMPARE(presentVerdict(verdict, context()).readers, u"Only you can read it."_s);
    }

    void whoIsNotAddressedIsNotToldWhoCanRead()
    {
        Verdict verdict = verified();
        verdict.encryption = encrypted(EncryptionState::Decrypted, Protection::Authenticated, {});
        verdict.warnings = {u"addressed-to-others"_s};
        QCOMPARE(presentVerdict(verdict, context()).readers, u"It is addressed to others: you got a blind copy, or somebody passed it on."_s);
    }

    void lockedKeysAreNotSaidToBeMissing()
    {
        VerdictContext locked = context();
        locked.areKeysLocked = true;
        Verdict verdict;
        verdict.summary = smime::Summary::CannotDecrypt;
        verdict.encryption = encrypted(EncryptionState::NoKey, Protection::None, {u"Bob Baker"_s});
        const VerdictPresentation presentation = presentVerdict(verdict, locked);
        QCOMPARE(presentation.headline, u"Encrypted, and your keys are locked. Unlock them to read it."_s);
        QVERIFY(reason(presentation, ReasonAxis::Reader).startsWith(u"Readers: your keys are locked"_s));
        QVERIFY(presentation.advice.isEmpty());
    }

    void whatOnlyASecretOpensIsNotAdvisedToImportAKey()
    {
        Verdict verdict = only(encrypted(EncryptionState::NoKey, Protection::None, {}, 1));
        Recipient &recipient = verdict.encryption.recipients.first();
        recipient.kind = RecipientKind::Password;
        QCOMPARE(presentVerdict(verdict, context()).headline, u"Encrypted. Whoever knows the password can open it."_s);
        QCOMPARE(presentVerdict(verdict, context()).advice, u"Give the password if you know it, or ask the sender for it by another way."_s);
        recipient.kind = RecipientKind::Kek;
        QCOMPARE(presentVerdict(verdict, context()).headline, u"Encrypted. Whoever shares the key can open it."_s);
        QVERIFY(presentVerdict(verdict, context()).advice.startsWith(u"Open it with \"wax open --shared-key\""_s));
    }

    void aLineWithoutTextIsNotShownAsTwoQuotationMarks()
    {
        Verdict verdict = verified();
        verdict.signature.axes.integrity = Integrity::Invalid;
        VerdictContext compared = context();
        compared.diagnosis = smime::SignatureDiagnosis{smime::SignatureDamage::Footer, true, 4, {}, "--"};
        QStringList lines;
        for (const VerdictReason &one : presentVerdict(verdict, compared).reasons)
            lines += one.text;
        QVERIFY2(lines.contains(u"As it was signed: no text in this line"_s), qPrintable(lines.join(u'\n')));
        QVERIFY2(lines.contains(u"As it arrived: \"--\""_s), qPrintable(lines.join(u'\n')));
        compared.diagnosis->received = " ";
        for (const VerdictReason &one : presentVerdict(verdict, compared).reasons)
            QVERIFY2(!one.text.startsWith(u"As it "_s), qPrintable(one.text)); // Two lines that read the same show nothing.
    }

    void unreadableSignatureIsNotSaidToBeAChange()
    {
        Verdict verdict = verified();
        verdict.signature.signers.clear();
        verdict.signature.axes = {};
        verdict.signature.axes.integrity = Integrity::Invalid;
        verdict.summary = summarise(verdict.signature, verdict.encryption, false);
        const VerdictPresentation presentation = presentVerdict(verdict, context());
        QCOMPARE(presentation.severity, Severity::Danger);
        QCOMPARE(presentation.headline, u"The signature of this message cannot be read. Do not rely on its content."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Content), u"Content: the signature over it cannot be read."_s);
        verdict.signature.signers = verified().signature.signers; // An intact one around it.
        verdict.signature.detail = u"no CMS"_s;
        QCOMPARE(presentVerdict(verdict, context()).headline, presentation.headline);
        verdict.signature.signers.first().axes.integrity = Integrity::Invalid;
        QVERIFY(presentVerdict(verdict, context()).headline.contains(u"was changed after"_s));
        QCOMPARE(reason(presentation, ReasonAxis::Coverage), QString());
    }

    void unknownAlgorithmIsNotSaidToBeDamage()
    {
        VerdictContext unknown = context();
        unknown.fault = base::Error{base::ErrorCode::AlgorithmUnsupported, {}, {}, {}};
        Verdict verdict = only(encrypted(EncryptionState::Failed, Protection::None, {}));
        QCOMPARE(presentVerdict(verdict, unknown).headline, u"Sealed in a way that this program does not know."_s);
        QCOMPARE(reason(presentVerdict(verdict, unknown), ReasonAxis::Reader), QString());
        verdict.encryption.recipients.resize(1);
        const VerdictPresentation presentation = presentVerdict(verdict, unknown);
        QCOMPARE(presentation.headline, u"Encrypted to you, but in a way that this program does not know."_s);
        QCOMPARE(presentation.advice, u"Ask the sender to encrypt it in a common way."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Reader), u"Readers: it was made for you, but this program does not know how to open it."_s);
    }

    void malformedMailSaysWhere()
    {
        VerdictContext where = context();
        where.fault = base::Error{base::ErrorCode::MessageMalformed, {}, 512, {}};
        const VerdictPresentation presentation = presentVerdict({}, where);
        QCOMPARE(presentation.headline, u"This message is damaged and cannot be read."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Content), u"Content: it cannot be read from byte 512 on."_s);
    }

    void everyAxisHasItsLine()
    {
        Verdict verdict = verified();
        verdict.encryption = encrypted(EncryptionState::Decrypted, Protection::Authenticated, {u"Alice"_s});
        verdict.signature.axes.revocation = Revocation::NotChecked;
        verdict.signature.continuity = Continuity::Changed;
        verdict.signature.continuitySince = time(2026, 3, 5);
        verdict.warnings = {u"date-differs-from-signing-time"_s};
        const VerdictPresentation presentation = presentVerdict(verdict, context());
        QCOMPARE(reason(presentation, ReasonAxis::Content), u"Content: it is exactly as it was signed."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Authority), u"Authority: \"Team Authority\", which you trust, vouches for the signer."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Sender), u"Sender: the signer's address is the one shown, bob@example.org."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Time), u"Time: the certificate is valid until 24 December 2027."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Revocation), u"Revocation: not checked; no list of revoked certificates is at hand."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Coverage), u"Coverage: the signature covers the whole message."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Algorithms), u"Signature: RSA-PSS with SHA-256."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Memory), u"Memory: the sender used another certificate before, known since 5 March. Ask if this is a surprise."_s);
        QCOMPARE(reason(presentation, ReasonAxis::Warning), u"The date of the message is not the time at which it was signed."_s);
        QVERIFY(!reason(presentation, ReasonAxis::Reader).isEmpty());
    }

    void namesInCertificatesWriteNoSentence()
    {
        Verdict verdict = verified();
        verdict.summary = Summary::Unverified;
        verdict.signature.axes.chain = Chain::Untrusted;
        verdict.signature.signers.first().name = u"M\".\nBob wrote this; nobody changed it. \u201Cx"_s + QChar(0x202E);
        QCOMPARE(presentVerdict(verdict, context()).headline, u"Signed, but nobody you trust vouches for \"M'. Bob wrote this; nobody changed it. 'x\"."_s);
        verdict.signature.signers.first().name = u"Bob "_s.repeated(1000);
        QVERIFY(presentVerdict(verdict, context()).headline.size() < 200);
    }

    void namesThatAreAddressesOfOthersAreNobodys()
    {
        Verdict verdict = verified();
        verdict.encryption = encrypted(EncryptionState::Decrypted, Protection::Authenticated, {u"carol@example.org"_s});
        verdict.encryption.recipients.last().addresses = {u"mallory@example.net"_s};
        verdict.signature.signers.first().name = u"alice@example.org"_s;
        const VerdictPresentation presentation = presentVerdict(verdict, context());
        QCOMPARE(presentation.headline, u"bob@example.org wrote this; nobody changed it."_s);
        verdict.signature.signers.first().name = u"\u200B \u3164"_s;
        QCOMPARE(presentVerdict(verdict, context()).headline, presentation.headline);
        QCOMPARE(presentation.readers, u"Only you and mallory@example.net can read it."_s);
    }

    void amongSeveralSignersTheOneInQuestionIsNamed()
    {
        Verdict verdict = verified();
        Signer other = verdict.signature.signers.first();
        other.name = u"Mallory Moor"_s;
        other.axes.chain = Chain::Untrusted;
        other.axes.strength = Strength::Weak;
        other.digest = u"SHA-1"_s;
        verdict.signature.signers.append(other);
        verdict.signature.axes = worst(verdict.signature.signers);
        verdict.summary = summarise(verdict.signature, verdict.encryption, false);
        const VerdictPresentation presentation = presentVerdict(verdict, context());
        QCOMPARE(presentation.headline, u"Signed, but nobody you trust vouches for \"Mallory Moor\"."_s);
        QVERIFY(reason(presentation, ReasonAxis::Algorithms).contains(u"SHA-1"_s));
    }

    void amongSeveralSendersTheStrangerIsNamed()
    {
        OpenedMessage message;
        message.verdict = changed([](Verdict &, Signer &signer) { signer.axes.identity = smime::Identity::Mismatch; });
        message.headers.append(ShownField{"From", {}, "bob@example.org, mallory@example.net", std::nullopt, CryptographicStatus::None});
        QCOMPARE(presentVerdict(message.verdict, app::verdictContextOf(message, time(2026, 6, 1))).headline,
                 u"Careful: bob@example.org signed this, not mallory@example.net as shown."_s);
    }

    void lookAlikesAreNamedInTheirCodedForm()
    {
        OpenedMessage message;
        message.verdict = changed([](Verdict &, Signer &signer) { signer.axes.identity = smime::Identity::Mismatch; });
        message.headers.append(ShownField{"From", {}, "bob@ex\xD0\xB0mple.org", std::nullopt, CryptographicStatus::None});
        QCOMPARE(presentVerdict(message.verdict, app::verdictContextOf(message, time(2026, 6, 1))).headline,
                 u"Careful: bob@example.org signed this, not bob@xn--exmple-4nf.org as shown."_s);
    }

    void sendersThatDeceiveAreSpokenOfUnasked()
    {
        Verdict verdict = verified();
        verdict.warnings = {u"receipt-requested"_s, u"outer-header-differs"_s};
        QVERIFY(!presentVerdict(verdict, context()).isDeceptive);
        for (const QString &code : {u"from-not-bound"_s, u"several-from"_s, u"name-looks-like-address"_s, u"look-alike-domain"_s, u"look-alike-local-part"_s}) {
            verdict.warnings = {code};
            QVERIFY2(presentVerdict(verdict, context()).isDeceptive, qPrintable(code));
        }
    }

    void whatCouldBeChangedOutsideTheSignatureIsSaid()
    {
        OpenedMessage message;
        message.verdict = verified();
        message.verdict.signature.signers.first().signingTime = time(2024, 3, 5);
        message.verdict.warnings = {u"date-differs-from-signing-time"_s};
        message.headers.append(ShownField{"Date", {}, "Mon, 1 Jun 2026 12:00:00 +0000", std::nullopt, CryptographicStatus::None});
        const VerdictPresentation bare = presentVerdict(message.verdict, app::verdictContextOf(message, time(2026, 6, 1)));
        QCOMPARE(reason(bare, ReasonAxis::Coverage), u"Coverage: the signature covers the text and what is attached, but not the date: that could have been changed."_s);
        QVERIFY(bare.isDeceptive);
        QCOMPARE(bare.reasons.last().text, u"It was signed on 5 March 2024."_s);
        message.headers.first().protection = CryptographicStatus::Signed;
        const VerdictPresentation sealed = presentVerdict(message.verdict, app::verdictContextOf(message, time(2026, 6, 1)));
        QCOMPARE(reason(sealed, ReasonAxis::Coverage), u"Coverage: the signature covers the whole message."_s);
        QVERIFY(!sealed.isDeceptive);
    }

    void fieldsThatAreNotSignedAreNamed()
    {
        // As some programs seal them, the recipients of a letter with a signed subject and date may be anybody's.
        OpenedMessage message;
        message.verdict = verified();
        const auto coverage = [&message] { return reason(presentVerdict(message.verdict, app::verdictContextOf(message, time(2026, 6, 1))), ReasonAxis::Coverage); };
        for (const char *name : {"Cc", "Date", "Subject"})
            message.headers.append(ShownField{name, {}, {}, std::nullopt, CryptographicStatus::None});
        QVERIFY2(coverage().contains(u"not the subject, the date and the recipients: "_s), qPrintable(coverage()));
        message.headers[1].protection = CryptographicStatus::Signed;
        QVERIFY2(coverage().contains(u"not the subject and the recipients: "_s), qPrintable(coverage()));
        message.headers[2].protection = CryptographicStatus::SignedAndEncrypted;
        QVERIFY2(coverage().contains(u"not the recipients: "_s), qPrintable(coverage()));
    }

    void memoryIsInWords_data()
    {
        QTest::addColumn<Continuity>("continuity");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("not checked") << Continuity::NotChecked << QString();
        QTest::newRow("first") << Continuity::First << u"Memory: this is the first signed mail from this sender."_s;
        QTest::newRow("renewed") << Continuity::Renewed << u"Memory: the certificate was renewed by the same authority; the one before was known since 5 March."_s;
    }

    void memoryIsInWords()
    {
        QFETCH(Continuity, continuity);
        Verdict verdict = verified();
        verdict.signature.continuity = continuity;
        verdict.signature.continuitySince = time(2026, 3, 5);
        QTEST(reason(presentVerdict(verdict, context()), ReasonAxis::Memory), "sentence");
    }
};

QTEST_GUILESS_MAIN(TestVerdictPresenter)
#include "tst_VerdictPresenter.moc"
