// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "smime/Open.h"
#include "support/FakeClock.h"
#include "support/StoreFiles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using app::FolderModel;
using app::MessageListModel;
using store::Folder;
using support::letter;
using Column = app::MessageListModel::Column;
using Role = app::MessageListModel::Role;

class TestMessageListModel : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;
    support::FakeClock m_clock{QDateTime({2026, 11, 23}, {12, 0}, QTimeZone::UTC)};
    std::unique_ptr<app::MailboxService> m_mailbox;
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    void add(const QByteArray &marker, Folder folder = Folder::Inbox)
    {
        m_clock.advanceSeconds(1);
        QVERIFY(base::await(m_mailbox->mail()->add(folder, letter(marker))));
    }
    QStringList subjects() const
    {
        QStringList list;
        for (int row = 0; row < m_model->rowCount(); ++row)
            list += m_model->index(row, 0).data(int(Role::Subject)).toString();
        return list;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedKingdom}); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_mailbox = std::make_unique<app::MailboxService>(m_folder->filePath(u"mail.sqlite"_s), &m_pool, m_clock);
        m_model = std::make_unique<MessageListModel>(m_mailbox.get(), m_clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_mailbox.reset();
    }

    void newMailIsInsertedAboveAndTheSelectionStays()
    {
        add("a");
        QTRY_COMPARE(m_model->rowCount(), 1);
        const QPersistentModelIndex selected = m_model->index(0, 0);
        QSignalSpy reset{m_model.get(), &QAbstractItemModel::modelReset};
        add("b");
        QTRY_COMPARE(subjects(), (QStringList{u"Letter b"_s, u"Letter a"_s}));
        QCOMPARE(selected.row(), 1);
        QVERIFY(reset.isEmpty());
    }

    void newestFirstIsByTheDatesThatAreShown()
    {
        // By arrival, a letter of Saturday stood above those of today.
        add("a");
        for (const char *field : {"Date: Sat, 21 Nov 2026 09:30:00 +0000\r\n", "", "Date: Sat, 21 Nov 2037 09:30:00 +0000\r\n"}) {
            const QByteArray date{field};
            m_clock.advanceSeconds(1);
            QVERIFY(base::await(m_mailbox->mail()->add(Folder::Inbox, "From: a@example.org\r\nSubject: " + date.mid(6, 16) + "\r\n" + date + "\r\nx\r\n")));
        }
        QTRY_COMPARE(subjects(), (QStringList{u"Sat, 21 Nov 2037"_s, u"(no subject)"_s, u"Letter a"_s, u"Sat, 21 Nov 2026"_s}));
    }

    void deletedMailDisappears()
    {
        for (const char *marker : {"a", "b", "c", "d"})
            add(marker);
        QTRY_COMPARE(m_model->rowCount(), 4);
        QVERIFY(base::await(m_mailbox->remove({m_model->id(m_model->index(1, 0)), m_model->id(m_model->index(2, 0))})));
        QTRY_COMPARE(subjects(), (QStringList{u"Letter d"_s, u"Letter a"_s}));
    }

    void rowsSpeakInSentences()
    {
        add("a");
        QTRY_COMPARE(m_model->rowCount(), 1);
        const QModelIndex index = m_model->index(0, 0);
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"Alice Archer, Letter a, Not signed, not encrypted, 10:00, unread"_s);
        QCOMPARE(index.data(Qt::ToolTipRole).toString(), u"Not signed, not encrypted"_s);
        QCOMPARE(index.siblingAtColumn(int(Column::Correspondent)).data(Qt::ToolTipRole).toString(), u"Alice Archer <alice@example.org>"_s);
        QVERIFY(index.data(int(Role::IsUnread)).toBool());
    }

    // Whoever bears Alice's name may sign it honestly, with an address of their own.
    void aNameOfSeveralAddressesIsShownWithEach()
    {
        const auto who = [this](int row) { return m_model->index(row, 0).data(int(Role::Correspondent)).toString(); };
        add("a");
        QTRY_COMPARE(m_model->rowCount(), 1);
        QCOMPARE(who(0), u"Alice Archer"_s);
        m_clock.advanceSeconds(1);
        const base::Result<store::MessageId> other = base::await(m_mailbox->mail()->add(Folder::Inbox, "From: alice archer <mallory@example.net>\r\nSubject: Money\r\n\r\nx\r\n"));
        QVERIFY(other);
        QTRY_COMPARE(m_model->rowCount(), 2);
        QCOMPARE(who(0), u"alice archer <mallory@example.net>"_s);
        QCOMPARE(who(1), u"Alice Archer <alice@example.org>"_s);
        QVERIFY(base::await(m_mailbox->remove({*other})));
        QTRY_COMPARE(m_model->rowCount(), 1);
        QCOMPARE(who(0), u"Alice Archer"_s);
    }

    void readMarkShowsAtOnce()
    {
        add("a");
        QTRY_COMPARE(m_model->rowCount(), 1);
        QVERIFY(base::await(m_mailbox->setRead({m_model->id(m_model->index(0, 0))}, true)));
        QTRY_VERIFY(!m_model->index(0, 0).data(int(Role::IsUnread)).toBool());
    }

    void protectedSubjectIsShownOnlyWhileItIsKnown()
    {
        QVERIFY(base::await(m_mailbox->mail()->add(Folder::Inbox, "From: a@example.org\r\nSubject: [...]\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx\r\n")));
        QTRY_COMPARE(subjects(), QStringList{u"Encrypted subject"_s});
        m_mailbox->rememberOpened(m_model->index(0, 0).data(int(Role::Summary)).value<store::MessageSummary>(), {u"Contract"_s, {{u"Alice"_s, u"alice@example.org"_s}}, store::SealState::Verified});
        QCOMPARE(subjects(), QStringList{u"Contract"_s});
        QTRY_COMPARE(m_model->index(0, 0).data(int(Role::Seal)).value<store::SealState>(), store::SealState::Verified);
        m_mailbox->forgetOpened();
        QCOMPARE(subjects(), QStringList{u"Encrypted subject"_s});
        // Opened, it has none; that it has one was still said.
        m_mailbox->rememberOpened(m_model->index(0, 0).data(int(Role::Summary)).value<store::MessageSummary>(), {QString(), {{u"Alice"_s, u"alice@example.org"_s}}, store::SealState::Verified});
        QCOMPARE(subjects(), QStringList{u"(no subject)"_s});
        QFile file{m_folder->filePath(u"mail.sqlite"_s)};
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Contract"));
    }

    void onlyWhatWasVerifiedBearsASealWhileItIsClosed_data()
    {
        QTest::addColumn<QByteArray>("outer");
        QTest::addColumn<store::SealState>("kept");
        const QByteArray alice = "From: Alice <alice@example.org>\r\n";
        QTest::newRow("same") << alice + "Subject: Contract\r\n" << store::SealState::Verified;
        QTest::newRow("hidden") << QByteArray("From: alice@example.org\r\nSubject: [...]\r\n") << store::SealState::Verified;
        QTest::newRow("another sender") << QByteArray("From: Alice <boss@example.org>\r\nSubject: Contract\r\n") << store::SealState::Signed;
        QTest::newRow("another name") << QByteArray("From: The boss <alice@example.org>\r\nSubject: Contract\r\n") << store::SealState::Signed;
        QTest::newRow("another subject") << alice + "Subject: Dismissal\r\n" << store::SealState::Signed;
    }
    void onlyWhatWasVerifiedBearsASealWhileItIsClosed()
    {
        QFETCH(QByteArray, outer);
        const QByteArray octets = outer + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx\r\n";
        QVERIFY(base::await(m_mailbox->mail()->add(Folder::Inbox, octets)));
        QTRY_COMPARE(m_model->rowCount(), 1);
        const QModelIndex index = m_model->index(0, 0);
        const auto row = index.data(int(Role::Summary)).value<store::MessageSummary>();
        m_mailbox->rememberOpened(row, {u"Contract"_s, {{u"Alice"_s, u"alice@example.org"_s}}, store::SealState::Verified});
        QCOMPARE(index.data(int(Role::Correspondent)).toString(), u"Alice"_s);
        QCOMPARE(index.data(int(Role::Subject)).toString(), u"Contract"_s);
        QCOMPARE(index.data(int(Role::Seal)).value<store::SealState>(), store::SealState::Verified);
        QCOMPARE(index.siblingAtColumn(int(Column::Correspondent)).data(Qt::ToolTipRole).toString(), u"Alice <alice@example.org>"_s);
        // Closed, or at the next start, the outer header is all that is shown.
        m_mailbox->forgetOpened();
        QFETCH(store::SealState, kept);
        QTRY_COMPARE(m_model->index(0, 0).data(int(Role::Seal)).value<store::SealState>(), kept);
    }

    void theListSaysOfASealWhatTheBannerSays_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<smime::Verdict>("verdict");
        QTest::addColumn<store::SealState>("seal");
        QTest::addColumn<QString>("correspondent");
        smime::Verdict good;
        good.summary = smime::Summary::Verified;
        good.signature.axes = {smime::Integrity::Valid, smime::Chain::Trusted, smime::Usage::Permitted, smime::Time::Valid, smime::Revocation::Good,
                               smime::Strength::Strong, smime::Identity::Match};
        good.signature.coverage = smime::Coverage::Whole;
        good.signature.signers.resize(1);
        good.signature.signers.first().name = u"Bob Bäker"_s;
        smime::Verdict part = good;
        part.summary = smime::Summary::Unverified;
        part.signature.coverage = smime::Coverage::Part;
        smime::Verdict revoked = good;
        revoked.summary = smime::Summary::Unverified;
        revoked.signature.axes.revocation = smime::Revocation::Revoked;
        smime::Verdict old;
        old.summary = smime::Summary::Decrypted;
        old.encryption.protection = smime::Protection::Unauthenticated;
        const QByteArray bob = "BOB Baker <bob@example.org>";
        QTest::newRow("verified") << bob << good << store::SealState::Verified << u"BOB Baker"_s;
        QTest::newRow("without a name") << QByteArray("bob@example.org") << good << store::SealState::Verified << u"bob@example.org"_s;
        // The row named her beside a green seal; the banner named him.
        QTest::newRow("under somebody else's name") << QByteArray("Alice Archer <bob@example.org>") << good << store::SealState::VerifiedAddress << u"Alice Archer <bob@example.org>"_s;
        QTest::newRow("in part") << bob << part << store::SealState::PartlySigned << u"BOB Baker"_s;
        QTest::newRow("revoked") << bob << revoked << store::SealState::SignatureRefused << u"BOB Baker"_s;
        QTest::newRow("old cipher") << bob << old << store::SealState::PerhapsAltered << u"BOB Baker"_s;
    }
    void theListSaysOfASealWhatTheBannerSays()
    {
        QFETCH(QByteArray, from);
        QFETCH(smime::Verdict, verdict);
        QFETCH(store::SealState, seal);
        QVERIFY(base::await(m_mailbox->mail()->add(Folder::Inbox, "From: " + from + "\r\nSubject: Lunch\r\n\r\nx\r\n")));
        QTRY_COMPARE(m_model->rowCount(), 1);
        smime::OpenedMessage message;
        message.verdict = verdict;
        message.headers = {{"From", QString::fromLatin1(from), from, {}, {}}, {"Subject", u"Lunch"_s, "Lunch", {}, {}}};
        m_mailbox->rememberOpened(m_model->index(0, 0).data(int(Role::Summary)).value<store::MessageSummary>(), app::summaryOf(message));
        QTEST(m_model->index(0, 0).data(int(Role::Correspondent)).toString(), "correspondent");
        m_mailbox->forgetOpened();
        QTRY_COMPARE(m_model->index(0, 0).data(int(Role::Seal)).value<store::SealState>(), seal);
        QTEST(m_model->index(0, 0).data(int(Role::Correspondent)).toString(), "correspondent");
    }

    void sortingTurnsTheList()
    {
        add("a");
        add("b");
        QTRY_COMPARE(m_model->rowCount(), 2);
        m_model->sort(int(Column::Subject), Qt::AscendingOrder);
        QTRY_COMPARE(subjects(), (QStringList{u"Letter a"_s, u"Letter b"_s}));
        m_model->sort(int(Column::Date), Qt::DescendingOrder);
        QTRY_COMPARE(subjects(), (QStringList{u"Letter b"_s, u"Letter a"_s}));
    }

    void whatIsSelectedStaysHoweverMuchArrives()
    {
        add("read");
        QTRY_COMPARE(m_model->rowCount(), 1);
        const QPersistentModelIndex selected = m_model->index(0, 0);
        for (int i = 0; i < 350; ++i)
            add(QByteArray::number(i));
        QTRY_COMPARE(m_model->index(0, 0).data(int(Role::Subject)).toString(), u"Letter 349"_s);
        // The list shows 300 at first; the letter that somebody was reading went from it, and from the window.
        QVERIFY(selected.isValid());
        QCOMPARE(selected.data(int(Role::Subject)).toString(), u"Letter read"_s);
        QCOMPARE(selected.row(), 350);
        QTRY_VERIFY(!m_model->canFetchMore({}));
    }

    void longListIsReadAsItIsScrolled()
    {
        for (int i = 0; i < 350; ++i)
            std::ignore = m_mailbox->mail()->add(Folder::Inbox, letter(QByteArray::number(i)));
        QTRY_COMPARE(m_model->rowCount(), 300);
        QTRY_VERIFY(m_model->canFetchMore({}));
        // A view asks whenever it comes to the end, also in the middle of an insertion; nothing may come twice.
        m_model->fetchMore({});
        m_model->fetchMore({});
        QTRY_COMPARE(m_model->rowCount(), 350);
        QTRY_VERIFY(!m_model->canFetchMore({}));
        QSignalSpy loaded{m_model.get(), &MessageListModel::loaded};
        m_model->refresh(); // Reads as many as there are: no sign of more.
        QVERIFY(loaded.wait());
        QVERIFY(!m_model->canFetchMore({}));
        const QStringList all = subjects();
        QCOMPARE(QSet<QString>(all.cbegin(), all.cend()).size(), 350);
    }

    void searchNarrowsTheFolder()
    {
        add("apple");
        add("pear");
        m_model->setSearch(u"app"_s);
        QTRY_COMPARE(subjects(), QStringList{u"Letter apple"_s});
        m_model->setSearch({});
        QTRY_COMPARE(m_model->rowCount(), 2);
    }

    void searchInAllFoldersSaysWhereEachIs()
    {
        add("apple");
        add("appendix", Folder::Sent);
        add("application", Folder::Trash);
        add("pear");
        QTRY_COMPARE(m_model->rowCount(), 2);
        const QPersistentModelIndex chosen = m_model->index(1, 0);
        QSignalSpy reset{m_model.get(), &QAbstractItemModel::modelReset};
        m_model->setSearch(u"app"_s, store::SearchScope::AllButTrash);
        QTRY_COMPARE(subjects(), (QStringList{u"Letter appendix"_s, u"Letter apple"_s}));
        QCOMPARE(m_model->index(0, 0).data(int(Role::FolderName)).toString(), u"Sent"_s);
        QCOMPARE(m_model->index(0, 0).data(int(Role::Correspondent)).toString(), u"Bob Baker"_s); // To whom it went.
        QCOMPARE(m_model->index(1, 0).data(int(Role::Correspondent)).toString(), u"Alice Archer"_s);
        QVERIFY(m_model->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(u"in \"Inbox\""_s));
        // What is found still stays chosen, and nothing flickers.
        QCOMPARE(chosen.row(), 1);
        QVERIFY(reset.isEmpty());
        m_model->setSearch(u"app"_s);
        QTRY_COMPARE(subjects(), QStringList{u"Letter apple"_s});
        QCOMPARE(m_model->index(0, 0).data(int(Role::FolderName)).toString(), QString());
    }

    void sentIsSortedByThoseItIsFor()
    {
        // After the Inbox had been sorted by its senders, Sent was sorted by its only one.
        m_model->sort(int(Column::Correspondent));
        for (const QByteArray to : {"zoe", "adam"})
            QVERIFY(base::await(m_mailbox->mail()->add(Folder::Sent, "From: a@example.org\r\nTo: " + to + "@example.org\r\nSubject: " + to + "\r\n\r\nx\r\n")));
        m_model->setFolder(Folder::Sent);
        QTRY_COMPARE(subjects(), (QStringList{u"adam"_s, u"zoe"_s}));
    }

    void sentShowsTheRecipients()
    {
        add("a", Folder::Sent);
        m_model->setFolder(Folder::Sent);
        QTRY_COMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->index(0, int(Column::Correspondent)).data().toString(), u"Bob Baker"_s);
        QCOMPARE(m_model->headerData(int(Column::Correspondent), Qt::Horizontal).toString(), u"To"_s);
    }

    void outboxSaysHowFarALetterIs()
    {
        QVERIFY(base::await(m_mailbox->outbox()->enqueue({letter("a"), {{u"a@example.org"_s, {u"b@example.org"_s}, letter("a")}}, {}})));
        m_model->setFolder(Folder::Outbox);
        QTRY_COMPARE(m_model->index(0, 0).data(int(Role::SendState)).toString(), u"Waits to be sent."_s);
        QVERIFY(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString().endsWith(u"Waits to be sent."_s));
        // Which of several letters the server had refused could not be seen.
        QVERIFY(!m_model->index(0, 0).data(int(Role::NeedsHelp)).toBool());
        const auto claimed = base::await(m_mailbox->outbox()->claim());
        QVERIFY(base::await(m_mailbox->outbox()->markFailed((*claimed)->copy, {base::ErrorCode::MessageRefused, {}, {}, {}})));
        m_model->refresh();
        QTRY_VERIFY(m_model->index(0, 0).data(int(Role::NeedsHelp)).toBool());
        QVERIFY(m_model->index(0, 0).data(int(Role::SendState)).toString().startsWith(u"Not sent."_s));
    }

    void datesAreSaidAsPeopleDo_data()
    {
        QTest::addColumn<QDateTime>("date");
        QTest::addColumn<QString>("text");
        const auto at = [](int year, int month, int day) { return QDateTime({year, month, day}, {14, 2}, QTimeZone::UTC); };
        QTest::newRow("today") << at(2026, 11, 23) << u"14:02"_s;
        QTest::newRow("this week") << at(2026, 11, 21) << u"Saturday"_s;
        QTest::newRow("this year") << at(2026, 3, 3) << u"3 March"_s;
        QTest::newRow("earlier") << at(2025, 3, 3) << u"3 March 2025"_s;
        QTest::newRow("none") << QDateTime() << QString();
    }
    void datesAreSaidAsPeopleDo()
    {
        QFETCH(QDateTime, date);
        QTEST(MessageListModel::dateText(date, m_clock.now()), "text");
    }

    void foldersCountAndSpeak()
    {
        FolderModel folders{m_mailbox.get()};
        QAbstractItemModelTester tester{&folders, QAbstractItemModelTester::FailureReportingMode::Fatal};
        QVERIFY(!folders.indexOf(Folder::Waiting).isValid());
        add("a");
        add("b");
        const auto sentence = [&] { return folders.indexOf(Folder::Inbox).data(Qt::AccessibleTextRole).toString(); };
        QTRY_COMPARE(folders.indexOf(Folder::Inbox).data(int(FolderModel::Role::Unread)).toInt(), 2);
        QVERIFY2(sentence().startsWith(u"Inbox, "_s), qPrintable(sentence()));
        add("c", Folder::Waiting);
        QTRY_VERIFY(folders.indexOf(Folder::Waiting).isValid());
    }
};

QTEST_GUILESS_MAIN(TestMessageListModel)
#include "tst_MessageListModel.moc"
