// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Correspondents.h"
#include "app/Draft.h"
#include "app/ReplyDraft.h"
#include "app/SendOutlook.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"
#include "support/CmsMessages.h"

#include <QTimeZone>
#include <QTranslator>

using namespace smime;
using namespace smimetest;
using app::AnswerKind;
using app::Quotation;
using app::SendOutlook;

namespace {

/// Every sentence in another language.
class OtherLanguage : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override { return u"<%1>"_s.arg(QString::fromUtf8(source)); }
    bool isEmpty() const override { return false; }
};

} // namespace

// What an answer may carry on of the mail that it answers, and what a letter is said to become when it is sent.
class TestComposing : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;

    app::Draft answerTo(const QByteArray &message, AnswerKind kind = AnswerKind::Reply) const
    {
        return app::answerDraft({m_world.open(message), store::MessageId::None, {u"Bob"_s, u"bob@example.org"_s}}, kind);
    }

    QByteArray secretLetter(HeaderPolicy headers = HeaderPolicy::Baseline) const
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.headers = headers;
        return sealed(request);
    }

    static SendOutlook outlookOf(const app::Draft &draft)
    {
        app::OutlookQuestion question;
        question.from = draft.from.mailbox;
        question.encryption = draft.encrypt ? app::Wanted::Yes : app::Wanted::No;
        question.quotation = draft.quotation;
        question.recipients = {{u"alice@example.org"_s, u"Alice"_s, app::RecipientOutlook::Found, {}}};
        return app::sendOutlook(question);
    }

private Q_SLOTS:
    void recipientsAreCompletedByWhomOneHasWrittenTo()
    {
        // Whoever has no certificate was to be typed in full each time, and a surname led nowhere.
        const QList<mime::Address> others{{u"Carol Ito"_s, u"carol@example.net"_s}, {u"Bob"_s, u"bob@example.org"_s}, {{}, u"ito@example.com"_s}, {u"Carol"_s, u"carol@EXAMPLE.net"_s}};
        QCOMPARE(app::withCorrespondents({}, others, u"ito"_s), (QStringList{u"carol@example.net"_s, u"ito@example.com"_s}));
        QCOMPARE(app::withCorrespondents({u"bob@example.org"_s}, others, u"b"_s), QStringList{u"bob@example.org"_s});
        QCOMPARE(app::withCorrespondents({}, others, u"carol"_s), QStringList{u"carol@example.net"_s});
        QVERIFY(app::withCorrespondents({}, others, {}).isEmpty());
    }

    void secretTextLeavesInClearOnlyByDecision_data()
    {
        QTest::addColumn<AnswerKind>("kind");
        QTest::newRow("reply") << AnswerKind::Reply;
        QTest::newRow("reply to all") << AnswerKind::ReplyAll;
        QTest::newRow("forward") << AnswerKind::Forward;
    }
    void secretTextLeavesInClearOnlyByDecision()
    {
        QFETCH(AnswerKind, kind);
        app::Draft draft = answerTo(secretLetter(), kind);
        draft.to = {{u"Alice"_s, u"alice@example.org"_s}};
        QVERIFY(draft.text.contains(u"Shall we meet at noon?"_s));
        QCOMPARE(draft.quotation, Quotation::Secret);
        QCOMPARE(outlookOf(draft).permission, SendOutlook::Permission::Allowed);
        draft.encrypt = false;
        const SendOutlook outlook = outlookOf(draft);
        QCOMPARE(outlook.permission, SendOutlook::Permission::Refused);
        QVERIFY(outlook.sentence.startsWith(u"This letter repeats what came to you encrypted."_s));
        QCOMPARE(outlook.ways, (QList{app::WayOut::EncryptAgain, app::WayOut::ReleaseQuotation}));
        QCOMPARE(app::buildForSending(draft, testTime()).error().code, base::ErrorCode::InvalidArgument);
        draft.quotation = Quotation::Released;
        QCOMPARE(outlookOf(draft).permission, SendOutlook::Permission::Allowed);
        QVERIFY(app::buildForSending(draft, testTime()).isOk());
    }

    void decisionIsKeptWithTheDraft_data()
    {
        QTest::addColumn<Quotation>("quotation");
        QTest::newRow("none") << Quotation::None;
        QTest::newRow("secret") << Quotation::Secret;
        QTest::newRow("released") << Quotation::Released;
    }
    void decisionIsKeptWithTheDraft()
    {
        QFETCH(Quotation, quotation);
        app::Draft draft = answerTo(secretLetter());
        draft.quotation = quotation;
        draft.headers = HeaderPolicy::Shy;
        const auto saved = app::buildForSaving(draft, testTime());
        QVERIFY(saved.isOk());
        const auto back = app::readDraft(*saved);
        QVERIFY(back.isOk());
        QCOMPARE(back->quotation, quotation);
        QVERIFY(back->headers == HeaderPolicy::Shy);
    }

    void mailThatWasNotEncryptedIsFree()
    {
        SealRequest request = m_world.sealRequest(lunchDraft());
        request.encryption = Encryption::None;
        QCOMPARE(answerTo(sealed(request)).quotation, Quotation::None);
        QCOMPARE(answerTo(lunchDraft()).quotation, Quotation::None);
    }

    void anAnswerHasOneMarkTheWholeThreadAndNoSignatureLines()
    {
        const app::Draft draft = answerTo("From: alice@example.org\r\nTo: bob@example.org\r\nSubject: AW: Re: Lunch\r\nMessage-ID: <2@x>\r\nReferences: <0@x>\r\n <1@x>\r\n"
                                          "\r\nAt noon?\r\n\r\nOr later?\r\n-- \r\nAlice\r\n");
        QCOMPARE(draft.subject, u"Re: Lunch"_s);
        QCOMPARE(draft.references, "<0@x> <1@x> <2@x>");
        QVERIFY2(draft.text.endsWith(u"\n> At noon?\n>\n> Or later?\n"_s), qPrintable(draft.text));
    }

    void ciphertextWrappedIntoAnothersMailIsNeverRepeated_data()
    {
        QTest::addColumn<AnswerKind>("kind");
        QTest::newRow("reply") << AnswerKind::Reply;
        QTest::newRow("forward") << AnswerKind::Forward;
    }
    void ciphertextWrappedIntoAnothersMailIsNeverRepeated()
    {
        QFETCH(AnswerKind, kind);
        // Mallory has caught Alice's letter and hopes that Bob sends it back in his answer.
        const QByteArray caught = support::cmsEncrypt(textPart("The secret."), {m_world.bob}).output;
        const QByteArray around = cmsPart(support::cmsEncrypt(cmsPart(caught), {m_world.bob}).output);
        for (const QByteArray &content : {multipart("mixed", {textPart("What do you think?"), cmsPart(caught)}), around}) {
            const app::Draft draft = answerTo(header("mallory@example.org") + content, kind);
            QVERIFY2(!draft.text.contains(u"The secret."_s), qPrintable(draft.text));
            QVERIFY(draft.attachments.isEmpty());
            QCOMPARE(draft.quotation, Quotation::Secret);
            QVERIFY(app::notRepeatedText(m_world.open(header("mallory@example.org") + content), kind).contains(u"may be somebody else's, put in"_s));
        }
    }

    void forwardedFieldsKeepToTheirLines()
    {
        const app::Draft draft = answerTo("From: mallory@example.org\r\nDate: Mon, 01 Jun 2026 12:00:00 +0000\xE2\x80\xA8" "From: alice@example.org\r\n\r\nHello.\r\n",
                                          AnswerKind::Forward);
        QVERIFY(draft.text.contains(u"\nFrom: mallory@example.org\n"_s));
        QVERIFY2(!draft.text.contains(QChar(0x2028)), qPrintable(draft.text));
    }

    void everyForwardedLineIsMarked()
    {
        const app::Draft draft = answerTo("From: mallory@example.org\r\nSubject: Hello\r\n\r\nSee you.\r\n-- \r\nMallory\r\n-------- End --------\r\n\r\nI will pay.\r\n", AnswerKind::Forward);
        QVERIFY2(draft.text.endsWith(u"Subject: Hello\n\n> See you.\n> -- \n> Mallory\n> -------- End --------\n>\n> I will pay.\n"_s), qPrintable(draft.text));
    }

    void textOfALinkIsNotTheWritersOwn()
    {
        const auto draftOf = [](const QString &mailto) { return app::mailtoDraft(mailto, {u"Bob"_s, u"bob@example.org"_s}); };
        const app::Draft draft = draftOf(u"mailto:mallory@example.org?body=Hello%0D%0A"_s + u"%0D%0A%C2%A0"_s.repeated(200) + u"%0D%0AI will pay."_s);
        QCOMPARE(draft.text, u"Hello\n\nI will pay."_s);
        QVERIFY(!app::mailtoRemark(draft).isEmpty());
        QVERIFY(app::mailtoRemark(draftOf(u"mailto:mallory@example.org?subject=Hello"_s)).isEmpty());
    }

    void forwardedFieldsAreNamedInTheLanguageOfWhoForwards()
    {
        // A German letter was forwarded under "From:" and "Mon, 1 Jun 26 12:00:00 GMT (CEST)".
        OtherLanguage language;
        QCoreApplication::installTranslator(&language);
        const app::Draft draft = answerTo("From: alice@example.org\r\nTo: bob@example.org\r\nCc: carol@example.org\r\nDate: Mon, 1 Jun 26 12:00:00 GMT (CEST)\r\nSubject: Lunch\r\n\r\nHello.\r\n",
                                          AnswerKind::Forward);
        const QString date = QLocale().toString(QDateTime({2026, 6, 1}, {12, 0}, QTimeZone::UTC).toLocalTime(), QLocale::LongFormat);
        const QString head = u"\n<From>: alice@example.org\n<To>: bob@example.org\n<Cc>: carol@example.org\n<Date>: %1\n<Subject>: Lunch\n\n> Hello."_s.arg(date);
        QVERIFY2(draft.text.contains(head), qPrintable(draft.text));
    }

    void signedLetterWithTheLineOfAListIsRepeated()
    {
        // It held no secret; answers in lists that write a line under each letter began empty.
        const QByteArray content = textPart("At noon.");
        const QByteArray listed = header() + multipart("mixed", {signedPart(content, support::detached(content, {m_world.alice})), textPart("To leave, write to the list.")});
        const app::Draft draft = answerTo(listed);
        QVERIFY2(draft.text.contains(u"> At noon."_s), qPrintable(draft.text));
        QVERIFY(!draft.text.contains(u"To leave"_s));
        QCOMPARE(draft.quotation, Quotation::None);
        QCOMPARE(app::notRepeatedText(m_world.open(listed), AnswerKind::Reply), QString());
    }

    void letterOfAnotherIsNeverRepeated_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("isForwarded");
        const auto encrypted = [this](const QByteArray &content) { return cmsPart(support::cmsEncrypt(content, {m_world.bob}).output); };
        const auto signedBy = [](const Person &signer, const QByteArray &content) { return signedPart(content, support::detached(content, {signer})); };
        const auto row = [](const char *name, const QByteArray &message, bool isForwarded) { QTest::newRow(name) << message << isForwarded; };
        const QByteArray secret = textPart("The secret.");
        const QByteArray hidden = "From: alice@example.org\r\nSubject: The secret\r\nContent-Type: text/plain; hp=\"cipher\"\r\n\r\nThe secret.\r\n";
        const QByteArray mallory = header("mallory@example.org");
        row("signed by another inside", mallory + encrypted(signedBy(m_world.alice, secret)), false);
        row("written by another, says the inside", mallory + encrypted(hidden), false);
        row("signed around the ciphertext", mallory + signedBy(m_world.mallory, encrypted(secret)), false);
        // Whom it is forwarded to is Bob's own choice.
        row("answers are to go to another", "Reply-To: mallory@example.org\r\n" + header() + encrypted(signedBy(m_world.alice, secret)), true);
    }
    void letterOfAnotherIsNeverRepeated()
    {
        QFETCH(QByteArray, message);
        QFETCH(bool, isForwarded);
        // Mallory cannot read what she caught, and hopes that the answer will say it.
        const app::Draft draft = answerTo(message);
        QCOMPARE(draft.to.size(), 1);
        QCOMPARE(draft.to.constFirst().mailbox, u"mallory@example.org"_s);
        QCOMPARE(draft.subject, u"Re: Test"_s);
        QVERIFY2(!draft.text.contains(u"The secret"_s), qPrintable(draft.text));
        QCOMPARE(draft.quotation, Quotation::Secret);
        QCOMPARE(answerTo(message, AnswerKind::Forward).text.contains(u"The secret."_s), isForwarded);
        // An empty answer without a word looks as if the program had lost the text.
        const smime::OpenedMessage opened = m_world.open(message);
        QVERIFY(app::notRepeatedText(opened, AnswerKind::Reply).contains(isForwarded ? u"another address than the sender's"_s : u"sent on so that"_s));
        QCOMPARE(app::notRepeatedText(opened, AnswerKind::Forward).isEmpty(), isForwarded);
    }

    void answersToTheSenderRepeatTheLetter()
    {
        const QByteArray content = textPart("At noon.");
        const QByteArray letter = cmsPart(support::cmsEncrypt(signedPart(content, support::detached(content, {m_world.alice})), {m_world.bob}).output);
        QVERIFY(answerTo("Reply-To: The writer <ALICE@example.org>\r\n" + header() + letter).text.contains(u"At noon."_s));
        const QByteArray inside = "From: alice@example.org\r\nReply-To: office@example.org\r\nSubject: Test\r\nContent-Type: text/plain; hp=\"cipher\"\r\n\r\nAt noon.\r\n";
        const QByteArray bound = cmsPart(support::cmsEncrypt(signedPart(inside, support::detached(inside, {m_world.alice})), {m_world.bob}).output);
        const app::Draft draft = answerTo(header() + bound);
        QCOMPARE(draft.to.constFirst().mailbox, u"office@example.org"_s);
        QVERIFY(draft.text.contains(u"At noon."_s));
    }

    void letterThatItsSenderCannotReadIsNotRepeated()
    {
        // Alice wrote it to Bob and herself, unsigned; Mallory caught it.
        const QByteArray letter = cmsPart(support::cmsEncrypt(textPart("The secret."), {m_world.bob, m_world.alice}).output);
        const auto answerTo = [&](const QByteArray &from) {
            OpenRequest request = m_world.openRequest(header(from) + letter, {m_world.bob});
            request.material.people = {m_world.alice.der()};
            return app::answerDraft({smime::open(request), store::MessageId::None, {u"Bob"_s, u"bob@example.org"_s}}, AnswerKind::Reply).text;
        };
        QVERIFY(answerTo("alice@example.org").contains(u"The secret."_s));
        QVERIFY2(answerTo("mallory@example.org").isEmpty(), qPrintable(answerTo("mallory@example.org")));
    }

    void readersWhoWereAddedOnTheWayAreNamed()
    {
        const QByteArray content = textPart("At noon.");
        const QByteArray letter = cmsPart(support::cmsEncrypt(signedPart(content, support::detached(content, {m_world.alice})), {m_world.bob, m_world.alice}).output);
        const OpenedMessage added = m_world.open("Cc: mallory@example.org\r\n" + header() + letter);
        QVERIFY2(app::answerRemark(added, AnswerKind::ReplyAll).contains(u"not encrypted to mallory@example.org,"_s), qPrintable(app::answerRemark(added, AnswerKind::ReplyAll)));
        QVERIFY(app::answerRemark(added, AnswerKind::Reply).isEmpty());
        QVERIFY(app::answerRemark(m_world.open(header() + letter), AnswerKind::ReplyAll).isEmpty());
    }

    void olderCipherIsExplained_data()
    {
        QTest::addColumn<Capabilities>("capabilities");
        QTest::addColumn<app::Wanted>("signing");
        QTest::addColumn<QString>("end");
        const Capabilities cbcOnly{{u"2.16.840.1.101.3.4.1.42"_s}};
        QTest::newRow("reads the newer one") << Capabilities::ours() << app::Wanted::Yes << u"The subject is encrypted too."_s;
        QTest::newRow("unknown, signed") << Capabilities() << app::Wanted::Yes
            << u"With AES-256-CBC, since nobody knows yet what the program of Alice can read; the signature inside shows any change."_s;
        QTest::newRow("unknown, not signed") << Capabilities() << app::Wanted::No
            << u"With AES-256-CBC, since nobody knows yet what the program of Alice can read; without a signature it could be changed unseen."_s;
        QTest::newRow("cannot, signed") << cbcOnly << app::Wanted::Yes
            << u"With AES-256-CBC, since the program of Alice cannot read AES-GCM; the signature inside shows any change."_s;
        QTest::newRow("cannot, not signed") << cbcOnly << app::Wanted::No
            << u"With AES-256-CBC, since the program of Alice cannot read AES-GCM; without a signature it could be changed unseen."_s;
    }
    void olderCipherIsExplained()
    {
        QFETCH(Capabilities, capabilities);
        QFETCH(app::Wanted, signing);
        QFETCH(QString, end);
        app::OutlookQuestion question;
        question.from = u"bob@example.org"_s;
        question.signing = signing;
        question.recipients = {{u"alice@example.org"_s, u"Alice"_s, app::RecipientOutlook::Found, {}, capabilities}};
        const QString sentence = app::sendOutlook(question).sentence;
        QVERIFY2(sentence.endsWith(end), qPrintable(sentence));
    }

    void whatWasHiddenIsHiddenInTheAnswer()
    {
        QVERIFY(answerTo(secretLetter(HeaderPolicy::Baseline)).headers == HeaderPolicy::Baseline);
        QVERIFY(answerTo(secretLetter(HeaderPolicy::Shy)).headers == HeaderPolicy::Shy);
        const app::Draft draft = answerTo(secretLetter());
        QCOMPARE(draft.subject, u"Re: Lunch on Friday"_s);
        const auto built = app::buildForSending(draft, testTime());
        QVERIFY(built.isOk());
        SealRequest back = m_world.sealRequest(*built);
        back.sender = {u"Bob"_s, u"bob@example.org"_s};
        back.keys = keysOf({m_world.bob});
        back.recipients = {{{u"Alice"_s, u"alice@example.org"_s}, RecipientRole::To, m_world.alice.der(), {}}};
        const QByteArray message = sealed(back);
        QVERIFY(!message.contains("Lunch"));
        QVERIFY(message.contains("Subject: [...]"));
    }
};

QTEST_GUILESS_MAIN(TestComposing)
#include "tst_Composing.moc"
