// SPDX-License-Identifier: GPL-3.0-or-later

// Who a letter says that it is from, which of its fields are believed, and what repeats them in its text.

#include "smime/CmsParts.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"

using namespace smime;
using namespace smimetest;

class TestShownHeaders : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;

private Q_SLOTS:
    void sendersThatDeceiveAreNotVerified_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<Summary>("summary");
        QTest::addColumn<QString>("warning");
        // Mallory signs each of these with her own certificate.
        QTest::newRow("two addresses") << QByteArray("alice@example.org, mallory@example.org") << Summary::Impersonated << u"several-from"_s;
        QTest::newRow("two fields") << QByteArray("mallory@example.org\r\nFrom: alice@example.org") << Summary::Impersonated << u"several-from"_s;
        QTest::newRow("name of Alice") << QByteArray("\"alice@example.org\" <mallory@example.org>") << Summary::Verified << u"name-looks-like-address"_s;
        QTest::newRow("name of Alice, full width") << QByteArray("alice\xef\xbc\xa0" "example.org <mallory@example.org>") << Summary::Verified << u"name-looks-like-address"_s;
        QTest::newRow("Alice sends for Mallory") << QByteArray("mallory@example.org\r\nSender: alice@example.org") << Summary::Verified << u"sender-differs"_s;
        QTest::newRow("Mallory sends for Alice") << QByteArray("alice@example.org\r\nSender: mallory@example.org") << Summary::Impersonated << u"sender-differs"_s;
        QTest::newRow("field with a space") << QByteArray("mallory@example.org\r\nFrom : alice@example.org") << Summary::Impersonated << u"several-from"_s;
        QTest::newRow("group") << QByteArray("Us: alice@example.org, mallory@example.org;") << Summary::Impersonated << u"several-from"_s;
        QTest::newRow("route") << QByteArray("<@alice@example.org:mallory@example.org>") << Summary::Verified << u"several-from"_s;
        QTest::newRow("address that cannot be read") << QByteArray("Alice <alice@example.org x>, mallory@example.org") << Summary::Verified << u"several-from"_s;
        QTest::newRow("name of a group") << QByteArray("\"alice@example.org\": mallory@example.org;") << Summary::Verified << u"several-from"_s;
        QTest::newRow("behind the brackets") << QByteArray("<mallory@example.org> alice@example.org") << Summary::Verified << u"several-from"_s;
        QTest::newRow("comment beside a name") << QByteArray("Alice (alice@example.org) <mallory@example.org>") << Summary::Verified << u"several-from"_s;
        QTest::newRow("encoded word that stands alone") << QByteArray("=?utf-8?q?alice=40example=2Eorg?=, mallory@example.org") << Summary::Verified << u"several-from"_s;
        QTest::newRow("two pairs of brackets") << QByteArray("Mallory <mallory@example.org> <alice@example.org>") << Summary::Impersonated << u"several-from"_s;
        QTest::newRow("local part that is an address") << QByteArray("\"mallory@example.org\"@example.net") << Summary::Impersonated << u"name-looks-like-address"_s;
        QTest::newRow("comment") << QByteArray("alice@example.org (mallory@example.org)") << Summary::Impersonated << QString();
        QTest::newRow("encoded word") << QByteArray("=?utf-8?q?mallory=40example=2Eorg?= <alice@example.org>") << Summary::Impersonated << u"name-looks-like-address"_s;
        QTest::newRow("look-alike domain") << QByteArray("mallory@ex\xd0\xb0mple.org") << Summary::Impersonated << u"look-alike-domain"_s;
        QTest::newRow("look-alike letter before the @") << QByteArray("m\xd0\xb0llory@example.org") << Summary::Impersonated << u"look-alike-local-part"_s;
        QTest::newRow("invisible letter before the @") << QByteArray("mall\xe2\x80\x8bory@example.org") << Summary::Impersonated << u"look-alike-local-part"_s;
        QTest::newRow("none") << QByteArray("") << Summary::Unverified << u"no-from"_s;
    }

    void sendersThatDeceiveAreNotVerified()
    {
        QFETCH(QByteArray, from);
        QFETCH(Summary, summary);
        QFETCH(QString, warning);
        const QByteArray entity = textPart("Hello.");
        const OpenedMessage opened = m_world.open(header(from) + signedPart(entity, detachedBy({m_world.mallory}, entity)));
        QCOMPARE(opened.verdict.summary, summary);
        if (!warning.isEmpty())
            QVERIFY2(opened.verdict.warnings.contains(warning), qPrintable(opened.verdict.warnings.join(u' ')));
        if (warning == "look-alike-domain"_L1)
            QVERIFY2(shown(opened, "From").contains(u"xn--"_s), qPrintable(shown(opened, "From")));
        QCOMPARE(opened.header("Sender") != nullptr, from.contains("Sender:"));
        if (warning == "several-from"_L1 && summary == Summary::Impersonated)
            QCOMPARE(mime::parseAddresses(opened.header("From")->raw).size(), 2);
    }

    void senderThatIsTheAuthorIsNotWorthAWord()
    {
        const QByteArray entity = textPart("Hello.");
        const OpenedMessage opened = m_world.open(header("Alice <alice@example.org>\r\nSender: ALICE@example.org") + signedPart(entity, detachedBy({m_world.alice}, entity)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QVERIFY(opened.verdict.warnings.isEmpty() && !opened.header("Sender"));
    }

    void namesThatReadLikeAnAddressAreWarnedOf_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isWarned");
        for (const char *name : {"Bob @ Work", "@handle", "Jane (@jane)", "Team R&D @Acme Corp.", "bob@example.org (Bob)", "'BOB@example.org'", "bob@example.org via list"})
            QTest::newRow(name) << QByteArray(name) << false;
        for (const char *name : {"alice@example.org", "alice @ example.org", "Boss (alice@example.org)", "alice@example.org via list", "bob@example.org alice@example.org",
                                 "bob@example.org.example.net", "alice@example\xc2\xb7org", "alice@example\xe3\x80\x82org", "Support @example.net", "alice@example.org@",
                                 "Alice <alice@example.org>, Bob"})
            QTest::newRow(name) << QByteArray(name) << true;
    }

    void namesThatReadLikeAnAddressAreWarnedOf()
    {
        QFETCH(QByteArray, name);
        const OpenedMessage opened = m_world.open(header("\"" + name + "\" <bob@example.org>") + textPart("Hello."));
        const QList<mime::Address> read = mime::parseAddresses(shown(opened, "From")); // As a script does.
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0].mailbox, u"bob@example.org"_s);
        QTEST(opened.verdict.warnings.contains(u"name-looks-like-address"_s), "isWarned");
    }

    void listThatSendsIsShownWithoutAWarning_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("RFC 2919") << QByteArray("List-Id: Talk <list.example.org>");
        QTest::newRow("RFC 2369") << QByteArray("List-Post: <mailto:list@example.org>");
        QTest::newRow("Majordomo") << QByteArray("X-Mailing-List: list@example.org");
    }
    void listThatSendsIsShownWithoutAWarning()
    {
        QFETCH(QByteArray, field);
        const QByteArray entity = textPart("Hello.");
        const auto from = [&](const QByteArray &author) {
            return m_world.open(header(author + "\r\nSender: list-bounces@example.org\r\n" + field) + signedPart(entity, detachedBy({m_world.alice}, entity)));
        };
        const OpenedMessage opened = from("alice@example.org");
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QVERIFY2(opened.verdict.warnings.isEmpty(), qPrintable(opened.verdict.warnings.join(u' ')));
        QCOMPARE(shown(opened, "Sender"), u"list-bounces@example.org"_s);
        QCOMPARE(from("mallory@example.org").verdict.summary, Summary::Impersonated);
    }

    void innerSenderWithoutSignatureDoesNotCount()
    {
        const QByteArray inner = "From: alice@example.org\r\nSubject: Inner\r\nContent-Type: text/plain; hp=\"cipher\"\r\n\r\nHello.\r\n";
        OpenedMessage opened = m_world.open(header("mallory@example.org") + cmsPart(encryptedFor(m_world.bob, inner)));
        QCOMPARE(shown(opened, "From"), u"mallory@example.org"_s);
        QVERIFY(opened.verdict.warnings.contains(u"from-not-bound"_s));
        QCOMPARE(shown(opened, "Subject"), u"Inner"_s);
        for (const char *nobody : {"", "From: \"Mallory\" <>\r\n"}) { // Then the inner one is shown, and still not believed.
            opened = m_world.open(nobody + QByteArray("To: bob@example.org\r\nMIME-Version: 1.0\r\n") + cmsPart(encryptedFor(m_world.bob, inner)));
            QCOMPARE(shown(opened, "From"), u"alice@example.org"_s);
            QVERIFY(opened.verdict.warnings.contains(u"from-not-bound"_s));
        }
        const QByteArray bound = "From: alice@example.org\r\nSubject: Inner\r\nContent-Type: text/plain; hp=\"clear\"\r\n\r\nHello.\r\n";
        opened = m_world.open(header("mallory@example.org") + signedPart(bound, detachedBy({m_world.alice}, bound)));
        QCOMPARE(shown(opened, "From"), u"alice@example.org"_s);
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QVERIFY(opened.verdict.warnings.contains(u"outer-header-differs"_s));
        QByteArray recorded = bound; // Alice says that she put Mallory's name there.
        recorded.replace("hp=\"clear\"", "hp=\"cipher\"").prepend("HP-Outer: " + header("mallory@example.org").trimmed().replace("\r\n", "\r\nHP-Outer: ") + "\r\n");
        opened = m_world.open(header("mallory@example.org") + cmsPart(encryptedFor(m_world.bob, signedPart(recorded, detachedBy({m_world.alice}, recorded)))));
        QCOMPARE(shown(opened, "From"), u"alice@example.org"_s);
        QVERIFY(opened.verdict.warnings.contains(u"outer-header-differs"_s));
        opened = m_world.open(header("mallory@example.org") + signedPart(bound, detachedBy({m_world.mallory}, bound)));
        QCOMPARE(shown(opened, "From"), u"mallory@example.org"_s);
        QVERIFY(opened.verdict.warnings.contains(u"from-not-bound"_s));
    }

    void fieldsThatWereAddedOutsideAreNotShown_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<bool>("isShown");
        const QByteArray people = "From: alice@example.org\r\nTo: bob@example.org\r\nSubject: Test\r\n";
        QTest::newRow("RFC 9788") << people + "Content-Type: text/plain; hp=\"clear\"\r\n\r\nHello.\r\n" << false;
        QTest::newRow("draft") << people + "Content-Type: text/plain; protected-headers=\"v1\"\r\n\r\nHello.\r\n" << false;
        QTest::newRow("RFC 8551") << "Content-Type: message/rfc822; forwarded=no\r\n\r\n" + people + "\r\nHello.\r\n" << false;
        QTest::newRow("draft, of the subject only") << QByteArray("Subject: Test\r\nContent-Type: text/plain; protected-headers=\"v1\"\r\n\r\nHello.\r\n") << true;
    }
    void fieldsThatWereAddedOutsideAreNotShown()
    {
        QFETCH(QByteArray, inside);
        QFETCH(bool, isShown);
        // Where answers go is as good as the letter itself.
        const QByteArray added = "Reply-To: mallory@example.org\r\nCc: mallory@example.org\r\nSender: mallory@example.org\r\n";
        const OpenedMessage opened = m_world.open(added + header() + signedPart(inside, detachedBy({m_world.alice}, inside)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        for (const char *name : {"Reply-To", "Cc", "Sender"})
            QVERIFY2((opened.header(name) != nullptr) == isShown, name);
        QCOMPARE(opened.verdict.warnings.contains(u"outer-header-differs"_s), !isShown);
    }

    void letterThatIsWrappedWholeIsTheLetter_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("isWrapped");
        const QByteArray id = "Message-ID: <outer@example.org>\r\n";
        const QByteArray date = "Date: Mon, 01 Jun 2026 12:00:00 +0000\r\n";
        const QByteArray people = "From: Alice Archer <alice@example.org>\r\nTo: bob@example.org\r\n";
        const QByteArray later = "Date: Mon, 01 Jun 2026 12:00:01 +0000\r\n";
        QTest::newRow("same identity") << id + later + people << true;
        QTest::newRow("same time, the outside has a new identity") << QByteArray("Message-ID: <inner@example.org>\r\n") + date + people << true;
        QTest::newRow("same time, no identity") << "Date: Mon, 1 Jun 2026 14:00 +0200 (CEST)\r\n" + people << true;
        QTest::newRow("another identity and time") << QByteArray("Message-ID: <inner@example.org>\r\n") + later + people << false;
        QTest::newRow("another sender") << id + date + "From: carol@example.org\r\n" << false;
        QTest::newRow("says nothing but the sender") << people << false;
    }
    void letterThatIsWrappedWholeIsTheLetter()
    {
        QFETCH(QByteArray, fields);
        QFETCH(bool, isWrapped);
        const QByteArray outside = "Message-ID: <outer@example.org>\r\nDate: Mon, 01 Jun 2026 12:00:00 +0000\r\n" + header();
        const QByteArray inside = "Content-Type: message/rfc822\r\n\r\n" + fields + "Subject: Inner\r\n\r\nHello.\r\n";
        const OpenedMessage opened = m_world.open(outside + signedPart(inside, detachedBy({m_world.alice}, inside)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(text(opened), isWrapped ? u"Hello."_s : QString());
        QCOMPARE(shown(opened, "Subject"), isWrapped ? u"Inner"_s : u"Test"_s);
        QCOMPARE(opened.attachments.size(), isWrapped ? 0 : 1);
    }

    void letterThatIsWrappedWholeMayBeEncoded_data()
    {
        QTest::addColumn<QByteArray>("letter");
        const QByteArray letter = "From: alice@example.org\r\nSubject: Inner\r\n\r\nHello.\r\n";
        QTest::newRow("base64") << letter.toBase64();
        QTest::newRow("quoted-printable") << QByteArray(letter).replace("\r\n", "=0D=0A=\r\n");
    }
    void letterThatIsWrappedWholeMayBeEncoded()
    {
        QFETCH(QByteArray, letter);
        const QByteArray inside = "Content-Type: message/rfc822; forwarded=no\r\nContent-Transfer-Encoding: " + QByteArray(QTest::currentDataTag()) + "\r\n\r\n" + letter;
        const OpenedMessage opened = m_world.open(header() + signedPart(inside, detachedBy({m_world.alice}, inside)));
        QCOMPARE(opened.verdict.summary, Summary::Verified);
        QCOMPARE(text(opened), u"Hello."_s);
        QCOMPARE(shown(opened, "Subject"), u"Inner"_s);
        QVERIFY(opened.attachments.isEmpty());
    }

    void outerSubjectThatSaysNothingIsNoLie_data()
    {
        QTest::addColumn<QByteArray>("outer");
        QTest::addColumn<bool>("isWarned");
        for (const char *subject : {"", "...", "[...]", "KOM-LE-Nachricht"})
            QTest::newRow(*subject ? subject : "none") << QByteArray(subject) << false;
        QTest::newRow("another") << QByteArray("Pay this") << true;
    }
    void outerSubjectThatSaysNothingIsNoLie()
    {
        QFETCH(QByteArray, outer);
        const QByteArray inside = "Content-Type: message/rfc822; forwarded=no\r\n\r\nFrom: Alice <alice@example.org>\r\nTo: bob@example.org\r\nSubject: Inner\r\n\r\nHello.\r\n";
        const OpenedMessage opened = m_world.open(header().replace("Subject: Test", "Subject: " + outer) + cmsPart(encryptedFor(m_world.bob, inside)));
        QCOMPARE(shown(opened, "Subject"), u"Inner"_s);
        QTEST(opened.verdict.warnings.contains(u"outer-header-differs"_s), "isWarned");
    }

    void legacyDisplayThatNeverEndsIsText()
    {
        const QByteArray type = "Content-Type: text/html; charset=utf-8; hp=\"cipher\"; hp-legacy-display=\"1\"\r\n\r\n";
        const QByteArray tag = "<div class=\"header-protection-legacy-display\">";
        const auto opened = [&](const QByteArray &html) {
            const QByteArray inner = "From: alice@example.org\r\nSubject: Inner\r\n" + type + html;
            return m_world.open(header() + cmsPart(encryptedFor(m_world.bob, signedPart(inner, detachedBy({m_world.alice}, inner)))));
        };
        QCOMPARE(text(opened(tag + "<pre>Subject: Inner</pre></div><p>Hello.</p>")), u"Hello."_s);
        QCOMPARE(text(opened("<p>Hello.</p>" + tag + "Subject: Inner")), u"Hello.\n\nSubject: Inner"_s);
        // A search from each beginning would read 20,000 times to the end.
        QCOMPARE(text(opened("<p>Hello.</p>" + tag.repeated(20000))), u"Hello."_s);
    }

    void onlyARepetitionOfTheHeaderIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("letter");
        QTest::addColumn<QString>("shown");
        const QByteArray text = "Content-Type: text/plain; hp=\"cipher\"; hp-legacy-display=\"1\"\r\n\r\n";
        const QByteArray html = "Content-Type: text/html; hp=\"cipher\"; hp-legacy-display=\"1\"\r\n\r\n<div class=\"header-protection-legacy-display\"><pre>";
        const QByteArray draft = "Content-Type: multipart/mixed; boundary=k; protected-headers=\"v1\"\r\n\r\n--k\r\nContent-Type: text/plain; protected-headers=\"v1\"\r\n\r\n";
        const QByteArray rest = "\r\n--k\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--k--\r\n";
        QTest::newRow("text") << text + "subject:  Inner\r\nFrom: alice@example.org\r\n\r\nHello.\r\n" << u"Hello."_s;
        QTest::newRow("text that says more") << text + "Subject: Inner\r\nAmount: 5000\r\n\r\nHello.\r\n" << u"Subject: Inner Amount: 5000 Hello."_s;
        QTest::newRow("text that says otherwise") << text + "Subject: 5000\r\n\r\nHello.\r\n" << u"Subject: 5000 Hello."_s;
        QTest::newRow("text that repeats what nobody sees") << "X-Amount: 5000\r\n" + text + "Subject: Inner\r\nX-Amount: 5000\r\n\r\nHello.\r\n" << u"Subject: Inner X-Amount: 5000 Hello."_s;
        QTest::newRow("text that repeats a second subject") << "Subject: 5000\r\n" + text + "Subject: 5000\r\n\r\nHello.\r\n" << u"Subject: 5000 Hello."_s;
        QTest::newRow("HTML") << html + "Subject: Inner</pre></div><p>Hello.</p>" << u"Hello."_s;
        QTest::newRow("HTML that says more") << html + "Subject: Inner</pre><b>5000</b></div><p>Hello.</p>" << u"Subject: Inner 5000 Hello."_s;
        QTest::newRow("part") << draft + "Subject: Inner\r\n" + rest << u"Hello."_s;
        QTest::newRow("part that says more") << draft + "Subject: Inner\r\n\r\n5000\r\n" + rest << u"Subject: Inner 5000 Hello."_s;
    }
    void onlyARepetitionOfTheHeaderIsLeftOut()
    {
        QFETCH(QByteArray, letter);
        const QByteArray inner = "From: alice@example.org\r\nSubject: Inner\r\n" + letter;
        QTEST(m_world.open(header() + cmsPart(encryptedFor(m_world.bob, inner))).text.simplified(), "shown");
    }

    void legacyDisplayIsAnElementBehindAPictureToo()
    {
        // What only begins like headers is the writer's.
        QByteArray second = htmlPart("<p>Amount: 5</p><p>Two</p>");
        second.replace("utf-8", "utf-8; hp-legacy-display=\"1\"");
        QByteArray letter = multipart("mixed", {htmlPart("<p>One</p>"), "Content-Type: image/png\r\n\r\nP", second});
        letter.replace("boundary=", "hp=\"cipher\"; boundary=");
        const QByteArray inner = "From: alice@example.org\r\nSubject: Inner\r\n" + letter;
        QCOMPARE(m_world.open(header() + cmsPart(encryptedFor(m_world.bob, inner))).text.simplified(), u"One Amount: 5 Two"_s);
    }

    void unsignedReceiptRequestIsShown()
    {
        const OpenedMessage opened = m_world.open("Disposition-Notification-To: mallory@example.org\r\n" + header() + textPart("Read me."));
        QVERIFY(opened.verdict.warnings.contains(u"receipt-requested"_s));
    }
};

QTEST_GUILESS_MAIN(TestShownHeaders)
#include "tst_ShownHeaders.moc"
