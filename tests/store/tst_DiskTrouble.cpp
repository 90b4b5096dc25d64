// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full, read-only or broken: what is asked for fails with its reason, what was stored stays, and all goes on by itself afterwards.
#include "store/Outbox.h"
#include "store/SqliteSpool.h"
#include "support/StoreFiles.h"
#include "support/TestDisk.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using store::Folder;
using store::MessageId;
using store::SqliteSpool;
using support::TestDisk;
using Trouble = TestDisk::Trouble;

Q_DECLARE_METATYPE(support::TestDisk::Trouble)

namespace {

const QByteArray kBob = "bob@example.org";

store::SpoolLetter letterFor(store::Spool &spool, const QByteArray &text)
{
    return {spool.nextId(), "a@example.org", {kBob}, "Received: x\r\n", 1'795'000'000'000, text};
}

} // namespace

class TestDiskTrouble : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestDisk> m_disk;

    static void eachTrouble()
    {
        QTest::addColumn<Trouble>("trouble");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("full") << Trouble::Full << ErrorCode::DiskFull;
        QTest::newRow("read-only") << Trouble::ReadOnly << ErrorCode::ReadOnly;
        QTest::newRow("syncing fails") << Trouble::Broken << ErrorCode::DatabaseFailed;
    }
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"disk"_s); }
    [[nodiscard]] QString mailFile() const { return folder() + u"/mail.sqlite"_s; }

    /// Large enough that it cannot fit into what the files have by now.
    static QByteArray largeLetter(const QByteArray &marker)
    {
        return support::letter(marker) + QByteArray("0123456789\r\n").repeated(20'000);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir{m_folder->path()}.mkdir(u"disk"_s));
        m_disk = std::make_unique<TestDisk>(folder());
    }
    void cleanup()
    {
        m_disk.reset();
        m_folder.reset();
    }

    void aMailboxSaysWhyAndLosesNothing_data() { eachTrouble(); }
    void aMailboxSaysWhyAndLosesNothing()
    {
        QFETCH(Trouble, trouble);
        QFETCH(ErrorCode, code);
        store::MailStore mail{support::openMailFile(mailFile())};
        MUST(first, mail.add(Folder::Inbox, support::letter("first")));
        m_disk->suffer(trouble);
        MUST_FAIL(mail.deliver({"account", "uidl", largeLetter("second")}), code);
        MUST_FAIL(mail.saveDraft(MessageId::None, largeLetter("draft")), code);
        MUST(octets, mail.octets(first));
        QCOMPARE(octets, support::letter("first"));
        // Not delivered is not known: it is fetched again.
        MUST(unknown, mail.unknownOf("account", {"uidl"}));
        QCOMPARE(unknown, QList<QByteArray>{"uidl"});
        m_disk->suffer(Trouble::None);
        MUST(isNew, mail.deliver({"account", "uidl", largeLetter("second")}));
        QVERIFY(isNew);
        MUST(counts, mail.counts());
        QCOMPARE(counts[int(Folder::Inbox)].total, 2);
        QCOMPARE(counts[int(Folder::Drafts)].total, 0);
    }

    void aLetterThatCannotBeQueuedStaysADraft_data() { eachTrouble(); }
    void aLetterThatCannotBeQueuedStaysADraft()
    {
        QFETCH(Trouble, trouble);
        QFETCH(ErrorCode, code);
        const auto database = support::openMailFile(mailFile());
        store::MailStore mail{database};
        store::Outbox outbox{database};
        MUST(draft, mail.saveDraft(MessageId::None, support::letter("draft")));
        const store::Letter letter{largeLetter("own"), {{u"alice@example.org"_s, {u"bob@example.org"_s}, largeLetter("copy")}}, draft};
        m_disk->suffer(trouble);
        MUST_FAIL(outbox.enqueue(letter), code);
        MUST(octets, mail.octets(draft));
        QCOMPARE(octets, support::letter("draft"));
        MUST(before, outbox.list());
        QCOMPARE(before.size(), 0);
        m_disk->suffer(Trouble::None);
        MUST(queued, outbox.enqueue(letter));
        MUST(after, outbox.list());
        QCOMPARE(after.size(), 1);
    }

    void aMailboxOpenedOnAFullDiskWorksOnceThereIsRoom()
    {
        m_disk->suffer(Trouble::Full);
        store::MailStore mail{support::openMailFile(mailFile())};
        MUST_FAIL(mail.database()->opened(), ErrorCode::DiskFull);
        MUST_FAIL(mail.add(Folder::Inbox, support::letter("one")), ErrorCode::DiskFull);
        MUST_FAIL(mail.counts(), ErrorCode::DiskFull);
        m_disk->suffer(Trouble::None);
        MUST(added, mail.add(Folder::Inbox, support::letter("two")));
        for (int reader = 0; reader < 2; ++reader) {
            MUST(counts, mail.counts());
            QCOMPARE(counts[int(Folder::Inbox)].total, 1);
        }
    }

    void aSpoolSaysWhyAndLosesNothing_data() { eachTrouble(); }
    void aSpoolSaysWhyAndLosesNothing()
    {
        QFETCH(Trouble, trouble);
        QFETCH(ErrorCode, code);
        const auto spool = std::move(SqliteSpool::open(folder(), SqliteSpool::Role::Relay)).value();
        QVERIFY(spool->setAccount({kBob, {"salt", 4096, "stored", "server"}}));
        const auto first = spool->commit({letterFor(*spool, "first")}).front();
        QVERIFY(first);
        const auto reader = std::move(spool->makeReader()).value();
        QCOMPARE(reader->entries(kBob)->size(), 1);
        m_disk->suffer(trouble);
        const QByteArray text = QByteArray("0123456789\r\n").repeated(10'000);
        const auto outcomes = spool->commit({letterFor(*spool, text + "one"), letterFor(*spool, text + "two")});
        for (const auto &outcome : outcomes) {
            QVERIFY(!outcome);
            QCOMPARE(outcome.error().code, code);
        }
        const auto removed = spool->remove(kBob, {first->id});
        QVERIFY(trouble == Trouble::Full || !removed); // Deleting a little may still fit.
        QVERIFY(reader->entries(kBob));
        m_disk->suffer(Trouble::None);
        for (const auto &outcome : spool->commit({letterFor(*spool, text + "one"), letterFor(*spool, text + "two")}))
            QVERIFY(outcome && !outcome->isDuplicate);
        QCOMPARE(reader->entries(kBob)->size(), removed ? 2 : 3);
        if (!removed)
            QCOMPARE(reader->read(first->id, 0)->octets, QByteArray("Received: x\r\nfirst"));
    }

    void aLargeBodyThatDoesNotFitConcernsNobodyElse_data() { eachTrouble(); }
    void aLargeBodyThatDoesNotFitConcernsNobodyElse()
    {
        QFETCH(Trouble, trouble);
        const auto spool = std::move(SqliteSpool::open(folder(), SqliteSpool::Role::Relay)).value();
        QVERIFY(spool->setAccount({kBob, {"salt", 4096, "stored", "server"}}));
        const store::SpoolLetter large = letterFor(*spool, "end");
        const store::SpoolLetter refused = letterFor(*spool, "end of the other");
        QVERIFY(spool->append(large.id, "begin"));
        m_disk->suffer(trouble);
        (void)spool->append(refused.id, QByteArray(store::kSpoolPieceOctets, 'x'));
        m_disk->suffer(Trouble::None);
        const auto outcomes = spool->commit({large, refused, letterFor(*spool, "small")});
        QVERIFY(outcomes[0] && outcomes[2]);
        QCOMPARE(bool(outcomes[1]), trouble == Trouble::Broken);
        const qsizetype kept = trouble == Trouble::Broken ? 2 : 1;
        QCOMPARE(QDir{folder() + u"/bodies"_s}.entryList(QDir::Files).size(), kept);
    }
};

QTEST_GUILESS_MAIN(TestDiskTrouble)
#include "tst_DiskTrouble.moc"
