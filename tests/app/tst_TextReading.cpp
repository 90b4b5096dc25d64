// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxService.h"
#include "app/TextReading.h"
#include "support/CmsMessages.h"
#include "support/FakeClock.h"
#include "support/StoreFiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using store::Folder;
using support::letter;

namespace {

/// A mail that holds this and nothing else.
QByteArray cmsMail(const QByteArray &der)
{
    return "From: alice@example.org\r\nSubject: Sealed\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\n" + der.toBase64() + "\r\n";
}

QByteArray inMultipart(const QByteArray &part)
{
    return "Subject: Two parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nbesides\r\n--b\r\n"
        + part.sliced(part.indexOf("Content-Type")) + "--b--\r\n";
}

} // namespace

class TestTextReading : public QObject
{
    Q_OBJECT

    support::WithProvider m_provider;
    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;
    support::FakeClock m_clock{support::testTime()};
    support::Identity m_alice;

    QString mailFile() const { return m_folder->filePath(u"mail.sqlite"_s); }
    static qsizetype found(store::MailStore &mail, const QString &words)
    {
        const auto rows = base::await(mail.search(words, 1000));
        return rows ? rows->size() : -1;
    }

private Q_SLOTS:
    void initTestCase() { m_alice = support::issue({}, provider::KeyType::EcP256, support::personProfile(u"alice@example.org"_s)); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyWhatLiesReadableOnTheDiskIsSearched_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("body"); // Null: nothing may be kept.
        const QByteArray text = "Content-Type: text/plain\r\n\r\nwords\r\n";
        const QByteArray enveloped = support::cmsEncrypt(text, {m_alice}).output;
        const QByteArray opaque = support::cmsSign(text, {m_alice}, QCA::SecureMessage::Message).output;
        QVERIFY(!enveloped.isEmpty() && !opaque.isEmpty());
        const QByteArray encrypted = cmsMail(enveloped);
        QTest::newRow("plain") << letter("a") << u"Dear Bob, a\n\n"_s;
        QTest::newRow("HTML") << QByteArray("Content-Type: text/html\r\n\r\n<style>x</style><p>Dear <b>Bo</b>b</p>\r\n") << u"Dear Bob\n\n"_s;
        QTest::newRow("signed") << cmsMail(opaque) << u"words\n\n"_s;
        QTest::newRow("encrypted") << encrypted << QString();
        QTest::newRow("encrypted, then signed") << cmsMail(support::cmsSign(encrypted, {m_alice}, QCA::SecureMessage::Message).output) << QString();
        QTest::newRow("text beside what is encrypted") << inMultipart(encrypted) << QString();
        QTest::newRow("damaged") << cmsMail(opaque.first(opaque.size() / 2)) << QString();
    }
    void onlyWhatLiesReadableOnTheDiskIsSearched()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, body);
        const auto words = app::searchedWordsOf(octets, m_clock.now());
        QCOMPARE(words.has_value(), !body.isNull());
        QCOMPARE(words ? words->body : QString(), body);
    }

    void namesOfFilesAreSearched()
    {
        const auto words = app::searchedWordsOf(inMultipart("Content-Type: application/pdf; name=invoice.pdf\r\n\r\n%PDF\r\n"), m_clock.now());
        QVERIFY(words);
        QCOMPARE(words->attachments, u"invoice.pdf\n"_s);
    }

    void whatIsLeftIsReadTheNextTime()
    {
        constexpr int kLetters = 250; // More than are read at once.
        {
            store::MailStore mail{support::openMailFile(mailFile())};
            QList<base::Operation<store::MessageId>> added;
            for (int i = 0; i < kLetters; ++i)
                added += mail.add(Folder::Archive, letter(QByteArray::number(i)));
            for (const auto &one : added)
                QVERIFY(base::await(one));
            const auto hasMore = app::readSomeTexts(mail, m_clock.now());
            QVERIFY(hasMore && *hasMore);
            QVERIFY(found(mail, u"dear"_s) > 0 && found(mail, u"dear"_s) < kLetters);
        }
        app::MailboxService mailbox{mailFile(), &m_pool, m_clock};
        bool isBusy = true;
        app::TextReading reading{&mailbox, [&isBusy] { return isBusy; }, m_clock};
        QVERIFY(base::await(mailbox.mail()->add(Folder::Inbox, letter("new"))));
        QVERIFY(reading.isBehind());
        isBusy = false;
        QTRY_COMPARE(found(*mailbox.mail(), u"dear"_s), kLetters + 1);
        QTRY_VERIFY(!reading.isBehind());
    }
};

QTEST_GUILESS_MAIN(TestTextReading)
#include "tst_TextReading.moc"
