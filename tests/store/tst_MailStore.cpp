// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Sql.h"
#include "support/FakeClock.h"
#include "support/Patience.h"
#include "support/StoreFiles.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace store;
using namespace Qt::StringLiterals;
using support::letter;

class TestMailStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    support::FakeClock m_clock{QDateTime({2026, 11, 23}, {12, 0}, QTimeZone::UTC)};
    std::unique_ptr<MailStore> m_mail;

    void open()
    {
        m_mail.reset();
        m_mail = std::make_unique<MailStore>(support::openMailFile(m_folder->filePath(u"mail.sqlite"_s)), m_clock);
    }
    QList<MessageSummary> rows(const PageRequest &request)
    {
        const auto page = await(m_mail->page(request));
        return page ? *page : QList<MessageSummary>{};
    }
    static PageRequest in(Folder folder)
    {
        PageRequest request;
        request.folder = folder;
        return request;
    }
    QStringList subjects(const PageRequest &request)
    {
        QStringList list;
        for (const MessageSummary &row : rows(request))
            list += row.subject;
        return list;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { m_mail.reset(); }

    void octetsComeBackAsTheyWereStored_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("letter") << letter("a");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("nul and 8-bit") << QByteArray("Subject: \xff\0\x80\r\n\r\n\0\n\r", 20);
        QTest::newRow("no header") << QByteArray("\r\n\r\nbody");
        QTest::newRow("3 MB") << QByteArray(3'000'000, 'x');
    }
    void octetsComeBackAsTheyWereStored()
    {
        QFETCH(QByteArray, octets);
        MUST(id, m_mail->add(Folder::Inbox, octets));
        MUST(back, m_mail->octets(id));
        QCOMPARE(back, octets);
        MUST(summary, m_mail->summary(id));
        QCOMPARE(summary.sizeOctets, octets.size());
        QCOMPARE(summary.received, m_clock.now());
    }

    void mailFileIsForItsOwnerOnly()
    {
        MUST(id, m_mail->add(Folder::Inbox, letter("a")));
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
            const QFile::Permissions permissions = QFileInfo{m_folder->filePath(u"mail.sqlite"_s) + suffix}.permissions();
            QVERIFY2(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)), qPrintable(suffix));
        }
    }

    void summaryHasTheOuterHeadersDecoded()
    {
        MUST(id, m_mail->add(Folder::Inbox, "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>\r\nTo: a@example.org, \"B, C\" <b@example.org>\r\n"
                                            "Cc: c@example.org\r\nSubject: =?utf-8?b?w6TDtsO8?=\r\nDate: Mon, 23 Nov 2026 11:30:00 +0100\r\n"
                                            "Message-ID: <1@x>\r\n\r\nText\r\n"_ba));
        MUST(row, m_mail->summary(id));
        QCOMPARE(row.from, (QList<mime::Address>{{u"Jörg"_s, u"joerg@example.org"_s}}));
        QCOMPARE(row.to.size(), 3);
        QCOMPARE(row.to[1].name, u"B, C"_s);
        QCOMPARE(row.subject, u"äöü"_s);
        QCOMPARE(row.date, QDateTime({2026, 11, 23}, {10, 30}, QTimeZone::UTC));
        QCOMPARE(row.messageId, "<1@x>"_ba);
        QCOMPARE(row.seal, SealState::Plain);
    }

    void sealIsGuessedFromTheContentType_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<SealState>("seal");
        QTest::newRow("none") << QByteArray() << SealState::Plain;
        QTest::newRow("detached") << QByteArray("multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b") << SealState::Signed;
        QTest::newRow("opaque") << QByteArray("application/pkcs7-mime; smime-type=signed-data") << SealState::Signed;
        QTest::newRow("enveloped") << QByteArray("application/pkcs7-mime; smime-type=enveloped-data") << SealState::Encrypted;
        QTest::newRow("auth-enveloped, old name") << QByteArray("application/X-PKCS7-MIME; smime-type=\"authEnveloped-data\"") << SealState::Encrypted;
        QTest::newRow("as Exchange keeps it") << QByteArray("application/x-pkcs7-mime; smime-type=multipart-signed; name=smime.p7m") << SealState::Signed;
        QTest::newRow("compressed") << QByteArray("application/pkcs7-mime; smime-type=compressed-data; name=smime.p7z") << SealState::NotAssessed;
        // Of these it was said that they were not signed and not encrypted, and nobody looked.
        QTest::newRow("without a name") << QByteArray("application/octet-stream") << SealState::NotAssessed;
        QTest::newRow("by its name only") << QByteArray("application/octet-stream; name=smime.p7m") << SealState::NotAssessed;
        const QByteArray mixed = "multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nA list's footer.\r\n--b\r\nContent-Type: ";
        QTest::newRow("beside a text") << mixed + "application/pkcs7-mime\r\n\r\nMIAG\r\n--b--" << SealState::NotAssessed;
        QTest::newRow("in a forwarded letter") << mixed + "message/rfc822\r\n\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIAG\r\n--b--" << SealState::Plain;
    }
    void sealIsGuessedFromTheContentType()
    {
        QFETCH(QByteArray, type);
        MUST(id, m_mail->add(Folder::Inbox, letter("s", type.isEmpty() ? QByteArray() : "Content-Type: " + type + "\r\n")));
        MUST(row, m_mail->summary(id));
        QTEST(row.seal, "seal");
    }

    void sameUidlIsDeliveredOnce()
    {
        MUST(first, m_mail->deliver({"bob@relay", "u1", letter("a")}));
        QVERIFY(first);
        MUST(second, m_mail->deliver({"bob@relay", "u1", letter("b")}));
        QVERIFY(!second);
        MUST(other, m_mail->deliver({"bob@elsewhere", "u1", letter("c")}));
        QVERIFY(other);
        QCOMPARE(rows({}).size(), 2);
    }

    void letterSentTwiceAfterALostReplyIsStoredOnce()
    {
        MUST(first, m_mail->deliver({"a", "u1", "Return-Path: <alice@example.org>\r\nReceived: from x by y; Mon, 23 Nov 2026 10:00:01 +0000\r\n" + letter("a")}));
        QVERIFY(first);
        MUST(again, m_mail->deliver({"a", "u2", "Return-Path: <alice@example.org>\r\nReceived: from x by y; Mon, 23 Nov 2026 10:00:03 +0000\r\n" + letter("a")}));
        QVERIFY(!again);
        // The same Message-ID with another text is another letter: it must not be possible to suppress mail by guessing its name.
        MUST(other, m_mail->deliver({"a", "u3", letter("a") + "And more\r\n"}));
        QVERIFY(other);
        MUST(unknown, m_mail->unknownOf("a", {"u1", "u2", "u3", "u4"}));
        QCOMPARE(unknown, QList<QByteArray>{"u4"});
    }

    void lettersToOneselfArriveThoughSentHasThem()
    {
        MUST(sent, m_mail->add(Folder::Sent, letter("a")));
        MUST(isNew, m_mail->deliver({"a", "u1", letter("a")}));
        QVERIFY(isNew);
    }

    void pagesFollowOneAnotherWithoutGapOrRepetition_data()
    {
        QTest::addColumn<SortColumn>("column");
        QTest::addColumn<Qt::SortOrder>("direction");
        for (const SortColumn column : {SortColumn::Received, SortColumn::Date, SortColumn::From, SortColumn::To, SortColumn::Subject, SortColumn::Size, SortColumn::Seal}) {
            QTest::addRow("%d ascending", int(column)) << column << Qt::AscendingOrder;
            QTest::addRow("%d descending", int(column)) << column << Qt::DescendingOrder;
        }
    }
    void pagesFollowOneAnotherWithoutGapOrRepetition()
    {
        QFETCH(SortColumn, column);
        QFETCH(Qt::SortOrder, direction);
        for (int i = 0; i < 23; ++i) {
            m_clock.advanceSeconds(i % 3);
            MUST(id, m_mail->add(Folder::Inbox, letter(QByteArray::number(i % 5))));
        }
        PageRequest request{Folder::Inbox, {column, direction}, {}, {}, 100};
        const QList<MessageSummary> all = rows(request);
        QCOMPARE(all.size(), 23);
        request.limit = 4;
        QList<MessageSummary> joined;
        for (QList<MessageSummary> page = rows(request); !page.isEmpty(); page = rows(request)) {
            joined += page;
            request.after = page.last();
        }
        QCOMPARE(joined, all);
        request.after.reset();
        request.through = all[9];
        QCOMPARE(rows(request), all.first(11)); // One more, as a sign that there is more.
        request.through = all[1];
        QCOMPARE(rows(request), all.first(4));
    }

    void searchFindsBeginningsOfWordsInTheHeaders_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("found");
        QTest::newRow("subject") << u"blue"_s << 1;
        QTest::newRow("beginning") << u"blu"_s << 1;
        QTest::newRow("middle of a word") << u"lue"_s << 0;
        QTest::newRow("all words") << u"bob blue"_s << 1;
        QTest::newRow("one word missing") << u"bob yellow"_s << 0;
        QTest::newRow("address") << u"alice@example.org"_s << 2;
        QTest::newRow("accents") << u"motorhead"_s << 1;
        QTest::newRow("quotation marks and operators") << u"\"blue\" OR NEAR( *"_s << 0;
        QTest::newRow("only punctuation") << u"!? \" *"_s << 0;
        QTest::newRow("nobody has read the text") << u"Dear"_s << 0;
    }
    void searchFindsBeginningsOfWordsInTheHeaders()
    {
        QFETCH(QString, words);
        MUST(one, m_mail->add(Folder::Inbox, letter("blue")));
        MUST(two, m_mail->add(Folder::Inbox, letter("red", "Cc: \"=?utf-8?q?Mot=C3=B6rhead?=\" <m@example.org>\r\n")));
        MUST(found, m_mail->search(words, 100));
        QTEST(int(found.size()), "found");
        QCOMPARE(rows({Folder::Inbox, {}, words, {}, 100}).size(), found.size());
    }

    void keptTextIsFoundAndGoesWithItsLetter_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("found");
        QTest::newRow("text") << u"motorh"_s << 1;
        QTest::newRow("name of a file") << u"invoice.pdf"_s << 1;
        QTest::newRow("text, subject and sender") << u"alice blue motorhead"_s << 1;
        QTest::newRow("two letters") << u"motorhead red"_s << 0;
        QTest::newRow("header alone, read and unread") << u"letter"_s << 2;
        QTest::newRow("behind the bound") << u"behind"_s << 0;
    }
    void keptTextIsFoundAndGoesWithItsLetter()
    {
        QFETCH(QString, words);
        QFETCH(int, found);
        MUST(other, m_mail->add(Folder::Archive, letter("red")));
        MUST(id, m_mail->add(Folder::Inbox, letter("blue")));
        MUST(unread, m_mail->nextUnread(MessageId::None));
        QCOMPARE(unread->id, id);
        QCOMPARE(unread->octets, letter("blue"));
        MUST(kept, m_mail->keepTexts({{id, unread->digest, LetterText::Words{u"Motörhead"_s + QString(256 * 1024, u' ') + u"behind"_s, u"invoice.pdf"_s}}}));
        MUST(next, m_mail->nextUnread(MessageId::None));
        QCOMPARE(next->id, other);
        MUST(everywhere, m_mail->search(words, 100));
        QCOMPARE(everywhere.size(), found);
        PageRequest request{Folder::Inbox, {SortColumn::Date, Qt::DescendingOrder}, words, {}, 100};
        request.scope = SearchScope::AllButTrash;
        QCOMPARE(rows(request).size(), found);
        MUST(thrown, m_mail->move({id}, Folder::Trash));
        MUST(removed, m_mail->removeFromTrash({id}));
        MUST(texts, m_mail->database()->read([](QSqlDatabase &database) { return valueOf(database, u"SELECT count(*) FROM message_text"_s); }));
        QCOMPARE(texts.toInt(), 0);
        MUST(still, m_mail->search(u"letter"_s, 100));
        QCOMPARE(still.size(), 1);
    }

    void encryptedLettersAreReadButNotSearched()
    {
        MUST(id, m_mail->add(Folder::Inbox, letter("blue")));
        MUST(unread, m_mail->nextUnread(MessageId::None));
        MUST(kept, m_mail->keepTexts({{id, unread->digest, {}}}));
        MUST(next, m_mail->nextUnread(MessageId::None));
        QVERIFY(!next);
        MUST(texts, m_mail->database()->read([](QSqlDatabase &database) { return valueOf(database, u"SELECT count(*) FROM message_text"_s); }));
        QCOMPARE(texts.toInt(), 0);
    }

    void textOfADraftThatIsAnotherByNowIsNotKept()
    {
        MUST(id, m_mail->saveDraft(MessageId::None, letter("plain")));
        MUST(unread, m_mail->nextUnread(MessageId::None));
        MUST(same, m_mail->saveDraft(id, letter("sealed")));
        QCOMPARE(same, id);
        MUST(kept, m_mail->keepTexts({{id, unread->digest, LetterText::Words{u"confidential"_s, {}}}}));
        MUST(found, m_mail->search(u"confidential"_s, 100));
        QVERIFY(found.isEmpty());
        MUST(next, m_mail->nextUnread(MessageId::None));
        QCOMPARE(next->octets, letter("sealed"));
    }

    void searchInAllFoldersLeavesOutTheTrash()
    {
        QList<MessageId> ids;
        for (const Folder folder : {Folder::Inbox, Folder::Archive, Folder::Trash, Folder::Sent}) {
            m_clock.advanceSeconds(1);
            MUST(id, m_mail->add(folder, letter(folderName(folder).toLatin1())));
            ids += id;
        }
        PageRequest request = in(Folder::Inbox);
        request.order.column = SortColumn::Date;
        request.scope = SearchScope::AllButTrash;
        QCOMPARE(subjects(request), QStringList{u"Letter inbox"_s}); // Nothing is searched.
        request.search = u"letter"_s;
        QCOMPARE(subjects(request), (QStringList{u"Letter sent"_s, u"Letter archive"_s, u"Letter inbox"_s}));
        request.search = u"archive"_s;
        request.found = {ids[2], ids[3]};
        request.order.column = SortColumn::Subject;
        QCOMPARE(subjects(request), (QStringList{u"Letter sent"_s, u"Letter archive"_s}));
    }

    void deletedMailIsInTrashAndComesBackByUndo()
    {
        MUST(inbox, m_mail->add(Folder::Inbox, letter("a")));
        MUST(sent, m_mail->add(Folder::Sent, letter("b")));
        MUST(moved, m_mail->move({inbox, sent}, Folder::Trash));
        QCOMPARE(subjects(in(Folder::Trash)).size(), 2);
        MUST(undone, m_mail->restore(moved));
        QCOMPARE(subjects(in(Folder::Inbox)), QStringList{u"Letter a"_s});
        QCOMPARE(subjects(in(Folder::Sent)), QStringList{u"Letter b"_s});
        // What has gone on from there is not called back: it may be on its way.
        MUST(further, m_mail->move({sent}, Folder::Archive));
        MUST(passedOver, m_mail->restore(moved));
        QCOMPARE(subjects(in(Folder::Archive)), QStringList{u"Letter b"_s});
    }

    void onlyWhatLiesInTrashIsRemovedForEver()
    {
        MUST(thrown, m_mail->add(Folder::Trash, letter("thrown")));
        MUST(other, m_mail->add(Folder::Trash, letter("other")));
        MUST(kept, m_mail->add(Folder::Inbox, letter("kept")));
        MUST(done, m_mail->removeFromTrash({thrown, kept}));
        MUST_FAIL(m_mail->octets(thrown), base::ErrorCode::MessageNotFound);
        MUST(still, m_mail->octets(kept));
        MUST(too, m_mail->octets(other));
    }

    void emptyTrashRemovesOctetsAndIndexToo()
    {
        MUST(id, m_mail->add(Folder::Trash, letter("secretword")));
        MUST(kept, m_mail->add(Folder::Inbox, letter("kept")));
        MUST(done, m_mail->emptyTrash());
        MUST_FAIL(m_mail->octets(id), base::ErrorCode::MessageNotFound);
        MUST(found, m_mail->search(u"secretword"_s, 10));
        QVERIFY(found.isEmpty());
        MUST(still, m_mail->octets(kept));
        m_mail.reset();
        QFile file{m_folder->filePath(u"mail.sqlite"_s)};
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Dear Bob, secretword"));
    }

    void draftKeepsItsIdUntilItIsMovedAway()
    {
        MUST(id, m_mail->saveDraft(MessageId::None, letter("1")));
        MUST(same, m_mail->saveDraft(id, letter("2")));
        QCOMPARE(same, id);
        MUST(octets, m_mail->octets(id));
        QCOMPARE(octets, letter("2"));
        MUST(moved, m_mail->move({id}, Folder::Trash));
        MUST(another, m_mail->saveDraft(id, letter("3")));
        QVERIFY(another != id);
        MUST(trashed, m_mail->octets(id));
        QCOMPARE(trashed, letter("2"));
    }

    // Somebody may have opened it twice, and have sent it from the other window.
    void draftIsDiscardedOnlyWhileItIsOne()
    {
        MUST(id, m_mail->saveDraft(MessageId::None, letter("1")));
        MUST(held, m_mail->move({id}, Folder::Waiting));
        QCOMPARE(held.messages.size(), 1);
        MUST(passedOver, m_mail->moveDraft(id, Folder::Trash));
        QVERIFY(passedOver.messages.isEmpty());
        MUST(back, m_mail->restore(held));
        MUST(discarded, m_mail->moveDraft(id, Folder::Trash));
        QCOMPARE(discarded.messages.size(), 1);
    }

    void countsTellUnreadApart()
    {
        MUST(a, m_mail->add(Folder::Inbox, letter("a")));
        MUST(b, m_mail->add(Folder::Inbox, letter("b")));
        MUST(read, m_mail->setFlags({a}, Flag::Read, true));
        MUST(counts, m_mail->counts());
        QCOMPARE(counts.first(), (FolderCount{Folder::Inbox, 2, 1}));
        MUST(unread, m_mail->setFlags({a}, Flag::Read, false));
        MUST(after, m_mail->counts());
        QCOMPARE(after.first().unread, 2);
    }

    void attachmentsAreMarkedButTheSignatureIsNone_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<bool>("isMarked");
        QTest::newRow("attachment") << "application/pdf\r\nContent-Disposition: attachment; filename=a.pdf"_ba << true;
        QTest::newRow("file in line") << "application/pdf; name=a.pdf\r\nContent-Disposition: inline"_ba << true;
        QTest::newRow("picture of HTML") << "image/png; name=a.png\r\nContent-Disposition: inline\r\nContent-ID: <a@x>"_ba << false;
        QTest::newRow("signature") << "application/pkcs7-signature\r\nContent-Disposition: attachment; filename=smime.p7s"_ba << false;
    }
    void attachmentsAreMarkedButTheSignatureIsNone()
    {
        QFETCH(QByteArray, part);
        MUST(id, m_mail->add(Folder::Inbox, "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: "
            + part + "\r\n\r\nx\r\n--b--\r\n"));
        MUST(row, m_mail->summary(id));
        QTEST(row.flags.testFlag(Flag::Attachments), "isMarked");
    }

    void changesOfAnotherProgramAreNoticedWithinTwoSeconds()
    {
        MUST(mine, m_mail->add(Folder::Inbox, letter("mine")));
        MailStore other{support::openMailFile(m_folder->filePath(u"mail.sqlite"_s)), m_clock};
        MUST(ready, other.database()->opened());
        QSignalSpy changed{m_mail->database().get(), &Database::changed};
        // The first look after opening only learns the number; a commit of our own shows nothing.
        MUST(theirs, other.add(Folder::Inbox, letter("theirs")));
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 2000);
        QCOMPARE(rows({}).size(), 2);
    }

    void manyWritersAtOnceLoseNothing()
    {
        MailStore other{support::openMailFile(m_folder->filePath(u"mail.sqlite"_s)), m_clock};
        QList<base::Operation<MessageId>> operations;
        for (int i = 0; i < 200; ++i)
            operations += (i % 2 ? other : *m_mail).add(Folder::Inbox, letter(QByteArray::number(i)));
        for (const auto &operation : std::as_const(operations))
            QVERIFY(await(operation));
        QCOMPARE(rows({Folder::Inbox, {}, {}, {}, 1000}).size(), 200);
    }

    void hundredThousandMessagesAreListedAtOnce()
    {
        const base::Status filled = await(m_mail->database()->write([](QSqlDatabase &database) -> base::Status {
            QSqlQuery query{database};
            const bool isDone = query.exec(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO message"
                " (folder, from_text, to_text, subject, date, received, size, seal, flags, message_id, from_sort, to_sort, subject_sort, digest)"
                " SELECT 0, 'Alice' || char(31) || 'alice@example.org', '', 'Letter ' || i, i, i, 1000, 1, 0, x'', 'alice', '', 'letter ' || i, x'' FROM n"_s);
            if (!isDone)
                return Database::errorOf(query.lastError());
            return base::Done{};
        }));
        QVERIFY(filled);
        QElapsedTimer timer;
        timer.start();
        const QList<MessageSummary> first = rows({Folder::Inbox, {}, {}, {}, 200});
        QCOMPARE(first.size(), 200);
        QCOMPARE(first.first().subject, u"Letter 100000"_s);
        MessageSummary middle = first.first();
        middle.received = QDateTime::fromMSecsSinceEpoch(50'000, QTimeZone::UTC);
        middle.id = MessageId{50'000};
        QCOMPARE(rows({Folder::Inbox, {}, {}, middle, 200}).first().subject, u"Letter 49999"_s);
        // A word of all of them, where the index over all folders stops after a page, and one of few.
        QCOMPARE(rows({Folder::Sent, {SortColumn::Date}, u"letter"_s, {}, 200, {}, {}, SearchScope::AllButTrash}).first().subject, u"Letter 100000"_s);
        QCOMPARE(rows({Folder::Sent, {SortColumn::Date}, u"99999"_s, {}, 200, {}, {}, SearchScope::AllButTrash}).size(), 1);
        QVERIFY2(timer.elapsed() < 500 * support::patience(), qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    }

    void everythingIsThereAfterReopening()
    {
        MUST(id, m_mail->deliver({"a", "u1", letter("a")}));
        open();
        QCOMPARE(subjects({}), QStringList{u"Letter a"_s});
        MUST(unknown, m_mail->unknownOf("a", {"u1"}));
        QVERIFY(unknown.isEmpty());
    }

    void cancelledWriteLeavesNothing()
    {
        QSemaphore gate;
        const auto blocker = m_mail->database()->write([&gate](QSqlDatabase &) -> base::Status { gate.acquire(); return base::Done{}; });
        const auto operation = m_mail->add(Folder::Inbox, letter("a"));
        operation.cancel();
        gate.release();
        MUST_FAIL(operation, base::ErrorCode::Cancelled);
        QVERIFY(rows({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMailStore)
#include "tst_MailStore.moc"
