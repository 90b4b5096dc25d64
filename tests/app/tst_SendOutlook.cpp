// SPDX-License-Identifier: GPL-3.0-or-later
// The line above the Send button: every state with its exact sentence.
#include "app/KeyTypes.h"
#include "app/SendOutlook.h"
#include "identity/KeyTypeName.h"

#include <QTest>
#include <QTimeZone>
#include <memory>

using namespace Qt::StringLiterals;
using app::OutlookQuestion;
using app::OutlookRecipient;
using app::RecipientOutlook;
using app::Quotation;
using app::SendOutlook;
using app::SigningKey;
using app::Wanted;
using app::WayOut;
using Permission = app::SendOutlook::Permission;

Q_DECLARE_METATYPE(app::OutlookQuestion)
Q_DECLARE_METATYPE(app::SendOutlook::Permission)
Q_DECLARE_METATYPE(QList<app::WayOut>)

namespace {

smime::Capabilities modern() { return smime::Capabilities::ours(); }

OutlookRecipient bob(RecipientOutlook state, const QString &reason = {}) { return {u"bob@example.org"_s, u"Bob Baker"_s, state, reason, modern()}; }
OutlookRecipient carol(RecipientOutlook state) { return {u"carol@example.net"_s, {}, state, {}, modern()}; }

OutlookQuestion question(const QList<OutlookRecipient> &recipients)
{
    OutlookQuestion question;
    question.from = u"alice@example.org"_s;
    question.recipients = recipients;
    return question;
}

} // namespace

class TestSendOutlook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineSaysWhatWillHappen_data()
    {
        QTest::addColumn<OutlookQuestion>("asked");
        QTest::addColumn<Permission>("permission");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QList<WayOut>>("ways");
        const auto row = [](const char *name, const OutlookQuestion &asked, Permission permission, const QString &sentence, const QList<WayOut> &ways = {}) {
            QTest::newRow(name) << asked << permission << sentence << ways;
        };
        row("nobody", question({}), Permission::Wait, u"Nobody is addressed yet."_s);
        OutlookQuestion asked = question({});
        asked.notAddresses = {u"bob"_s};
        row("no address", asked, Permission::Refused, u"\"bob\" is no mail address. Correct it or take it out."_s);
        row("looking", question({bob(RecipientOutlook::Looking)}), Permission::Wait, u"Looking for certificates."_s);
        asked = question({bob(RecipientOutlook::Found)});
        row("both", asked, Permission::Allowed, u"Signed as alice@example.org. Encrypted for Bob Baker and you. The subject is encrypted too."_s);
        asked.lacksAttachment = true;
        row("attachment forgotten", asked, Permission::Allowed, u"The message speaks of an attachment, but has none. Signed as alice@example.org. Encrypted for Bob Baker and you. "
                                                                "The subject is encrypted too."_s, {WayOut::Attach});
        asked.lacksAttachment = false;
        asked.lacksSubject = true;
        row("subject forgotten", asked, Permission::Allowed, u"The message has no subject. Signed as alice@example.org. Encrypted for Bob Baker and you. The subject is encrypted too."_s);
        asked.lacksSubject = false;
        asked.keyFiles = {u"alice.p12"_s};
        row("private key attached", asked, Permission::Allowed,
            u"\"alice.p12\" holds a private key: whoever gets it, and its passphrase if it has one, can read what is encrypted to its owner and sign in the owner's name. "
            "Others need no more than the certificate, which every signed message brings along. Signed as alice@example.org. Encrypted for Bob Baker and you. The subject is encrypted too."_s,
            {WayOut::TakeKeysOut});
        asked.keyFiles.clear();
        asked.headers = smime::HeaderPolicy::None;
        row("readable subject", asked, Permission::Allowed, u"Signed as alice@example.org. Encrypted for Bob Baker and you. The subject stays readable for everybody on the way."_s);
        asked.headers = smime::HeaderPolicy::Baseline;
        asked.signing = Wanted::No;
        row("encrypted only", asked, Permission::Allowed, u"Encrypted for Bob Baker and you. Not signed: nobody can tell that you wrote it. The subject is encrypted too."_s);
        asked.encryption = Wanted::No;
        row("neither", asked, Permission::Allowed, u"Neither signed nor encrypted: everybody on the way can read and change it."_s);
        asked.signing = Wanted::Yes;
        row("signed only", asked, Permission::Allowed, u"Signed as alice@example.org. Not encrypted: everybody on the way can read it."_s);
        asked.quotation = Quotation::Secret;
        row("secret in clear", asked, Permission::Refused,
            u"This letter repeats what came to you encrypted. Sent without encryption, everybody on the way can read it. Encrypt it, or decide that it may be read."_s,
            {WayOut::EncryptAgain, WayOut::ReleaseQuotation});
        asked.encryption = Wanted::Yes;
        row("secret encrypted", asked, Permission::Allowed, u"Signed as alice@example.org. Encrypted for Bob Baker and you. The subject is encrypted too."_s);
        asked = question({bob(RecipientOutlook::Found)});
        asked.key = SigningKey::Revoked;
        row("revoked", asked, Permission::Allowed,
            u"Your certificate was revoked: whoever knows that will not believe the signature. Signed as alice@example.org. Encrypted for Bob Baker and you. The subject is encrypted too."_s,
            {WayOut::ReplaceKeys, WayOut::SendUnsigned});
        asked.recipients = {carol(RecipientOutlook::None)};
        row("revoked, no certificate", asked, Permission::Held,
            u"Your certificate was revoked: whoever knows that will not believe the signature. There is no certificate for carol@example.net yet. The message is kept, encrypted to you, and goes by itself when there is one. A signed mail asks for it."_s,
            {WayOut::ImportCertificate, WayOut::SendUnencrypted, WayOut::ReplaceKeys, WayOut::SendUnsigned});
        asked = question({bob(RecipientOutlook::Found)});
        asked.key = SigningKey::Revoked;
        asked.signing = Wanted::No;
        row("revoked, encrypted only", asked, Permission::Allowed, u"Encrypted for Bob Baker and you. Not signed: nobody can tell that you wrote it. The subject is encrypted too."_s);
        asked = question({bob(RecipientOutlook::Found)});
        asked.key = SigningKey::Missing;
        row("no key", asked, Permission::Refused, u"You have no certificate to sign with. Make or import one, or send the message unsigned."_s, {WayOut::ReplaceKeys, WayOut::SendUnsigned});
        asked.key = SigningKey::Expired;
        row("own certificate expired", asked, Permission::Refused, u"Your certificate has expired, so this message cannot be signed. Get a new one, or send the message unsigned."_s,
            {WayOut::ReplaceKeys, WayOut::SendUnsigned});
        // The line promised "and you", and Send failed for want of a key.
        asked.signing = Wanted::No;
        asked.receivingKey = app::ReceivingKey::Expired;
        row("own certificate expired, encrypted only", asked, Permission::Refused,
            u"Your certificate has expired, so this message cannot be encrypted to you, too. Get a new one, or send the message unencrypted."_s, {WayOut::ReplaceKeys, WayOut::SendUnencrypted});
        asked.receivingKey = app::ReceivingKey::Missing;
        row("no key, encrypted only", asked, Permission::Refused,
            u"You have no certificate, so this message cannot be encrypted to you, too. Make or import one, or send the message unencrypted."_s, {WayOut::ReplaceKeys, WayOut::SendUnencrypted});
        asked.encryption = Wanted::No;
        row("no key, neither", asked, Permission::Allowed, u"Neither signed nor encrypted: everybody on the way can read and change it."_s);
        asked = question({bob(RecipientOutlook::Found)});
        asked.key = SigningKey::Locked;
        row("locked", asked, Permission::Refused, u"Your keys are locked, so this message cannot be signed. Unlock them, or send it unsigned."_s, {WayOut::Unlock, WayOut::SendUnsigned});
        asked.signing = Wanted::No;
        row("locked, encrypted only", asked, Permission::Refused, u"Your keys are locked, so this message cannot be encrypted to you, too. Unlock them."_s, {WayOut::Unlock});
        row("no certificate", question({bob(RecipientOutlook::Found), carol(RecipientOutlook::None)}), Permission::Held,
            u"There is no certificate for carol@example.net yet. The message is kept, encrypted to you, and goes by itself when there is one. A signed mail asks for it."_s,
            {WayOut::ImportCertificate, WayOut::SendUnencrypted});
        row("expired certificate", question({bob(RecipientOutlook::Unusable, u"It expired on 3 March 2026."_s)}), Permission::Held,
            u"The certificate of Bob Baker cannot be used: It expired on 3 March 2026. The message is kept, encrypted to you, and goes by itself when there is one. A signed mail asks for it."_s,
            {WayOut::ImportCertificate, WayOut::SendUnencrypted});
    }

    void ownKeysAreMissingExpiredOrUsable()
    {
        const QDateTime now({2026, 11, 26}, {8, 0}, QTimeZone::UTC);
        QVERIFY(app::signingKeyOf(nullptr, now) == SigningKey::Locked);
        QVERIFY(app::receivingKeyOf(nullptr, now) == app::ReceivingKey::Usable);
        auto keys = std::make_shared<identity::KeySet>();
        QVERIFY(app::signingKeyOf(keys, now) == SigningKey::Missing);
        QVERIFY(app::receivingKeyOf(keys, now) == app::ReceivingKey::Missing);
        identity::KeyMaterial key;
        key.use = identity::KeyUse::Signing;
        key.certificate = "certificate";
        key.notBefore = now.addYears(-1);
        key.notAfter = now.addDays(-1);
        keys->keys = {key};
        QVERIFY(app::signingKeyOf(keys, now) == SigningKey::Expired);
        QVERIFY(app::receivingKeyOf(keys, now) == app::ReceivingKey::Missing);
        key.use = identity::KeyUse::Encryption;
        key.notAfter = now.addDays(1);
        keys->keys += key;
        QVERIFY(app::signingKeyOf(keys, now) == SigningKey::Expired);
        QVERIFY(app::receivingKeyOf(keys, now) == app::ReceivingKey::Usable);
        QVERIFY(app::receivingKeyOf(keys, now.addDays(2)) == app::ReceivingKey::Expired);
    }

    void lineSaysWhatWillHappen()
    {
        QFETCH(OutlookQuestion, asked);
        const SendOutlook outlook = app::sendOutlook(asked);
        QTEST(outlook.sentence, "sentence");
        QTEST(outlook.permission, "permission");
        QTEST(outlook.ways, "ways");
    }

    void onlyOnesOwnWordsSpeakOfAnAttachment()
    {
        for (const QString &text : {u"Dear Bob,\nthe plan is attached."_s, u"See the attachment"_s, u"Anbei der Plan."_s, u"Der Plan im Anhang"_s, u"Beigefügt ist er"_s, u"Die angehängten Seiten"_s})
            QVERIFY2(app::speaksOfAttachment(text), qPrintable(text));
        for (const QString &text : {u"Thanks\n\nAlice wrote:\n> it is attached"_s, u"FYI\n\n-------- Forwarded message --------\nSubject: x\n\nis attached"_s, u"The dogs are unattached"_s, QString()})
            QVERIFY2(!app::speaksOfAttachment(text), qPrintable(text));
    }

    void anOlderCipherIsExplained()
    {
        OutlookQuestion asked = question({bob(RecipientOutlook::Found), {u"dora@example.org"_s, u"Dora Ek"_s, RecipientOutlook::Found, {}, {}}});
        QString sentence = app::sendOutlook(asked).sentence;
        QVERIFY2(sentence.endsWith(u"With AES-256-CBC, since nobody knows yet what the program of Dora Ek can read; the signature inside shows any change."_s), qPrintable(sentence));
        asked.signing = Wanted::No;
        sentence = app::sendOutlook(asked).sentence;
        QVERIFY2(sentence.endsWith(u"without a signature it could be changed unseen."_s), qPrintable(sentence));
    }

    void everyKindOfKeyHasASentence()
    {
        const QList<app::KeyTypeChoice> choices = app::keyTypeChoices();
        const base::Result<identity::KeyPlan> unknown = identity::keyPlanOf(u"?"_s);
        const QStringList known = unknown.error().detail.section(u"there are "_s, 1).split(u", "_s);
        QCOMPARE(choices.size(), known.size());
        for (const app::KeyTypeChoice &choice : choices) {
            QVERIFY2(known.contains(choice.name), qPrintable(choice.name));
            QVERIFY(!choice.title.isEmpty());
            QVERIFY2(choice.sentence.endsWith(u'.'), qPrintable(choice.name));
        }
    }
};

QTEST_GUILESS_MAIN(TestSendOutlook)
#include "tst_SendOutlook.moc"
