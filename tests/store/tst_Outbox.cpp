// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ClaimLock.h"
#include "store/Outbox.h"
#include "support/ErrorNames.h"
#include "support/FakeClock.h"
#include "support/StoreFiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace store;
using namespace Qt::StringLiterals;
using support::letter;

class TestOutbox : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    support::FakeClock m_clock{QDateTime({2026, 11, 23}, {12, 0}, QTimeZone::UTC)};
    std::shared_ptr<Database> m_database;
    std::unique_ptr<MailStore> m_mail;
    std::unique_ptr<Outbox> m_outbox;

    static Letter letterFor(const QStringList &recipients, MessageId draft = MessageId::None)
    {
        Letter out{letter("own"), {}, draft};
        for (const QString &recipient : recipients)
            out.copies += {u"alice@example.org"_s, {recipient}, letter(recipient.toUtf8())};
        return out;
    }
    int count(Folder folder)
    {
        const auto counts = await(m_mail->counts());
        if (!counts)
            return -1;
        const auto at = std::find_if(counts->begin(), counts->end(), [folder](const store::FolderCount &one) { return one.folder == folder; });
        return at == counts->end() ? -1 : at->total;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = support::openMailFile(m_folder->filePath(u"mail.sqlite"_s));
        m_mail = std::make_unique<MailStore>(m_database, m_clock);
        m_outbox = std::make_unique<Outbox>(m_database, m_clock);
    }
    void cleanup()
    {
        m_outbox.reset();
        m_mail.reset();
        m_database.reset();
    }

    void queuedLetterReplacesItsDraft()
    {
        MUST(draft, m_mail->saveDraft(MessageId::None, letter("draft")));
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s}, draft)));
        QCOMPARE(count(Folder::Drafts), 0);
        QCOMPARE(count(Folder::Outbox), 1);
        MUST(list, m_outbox->list());
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.first().state, OutboxState::Queued);
        QCOMPARE(list.first().recipients, QStringList{u"bob@example.org"_s});
    }

    void letterWithoutTransmissionsIsRefusedAndItsDraftStays()
    {
        MUST(draft, m_mail->saveDraft(MessageId::None, letter("draft")));
        MUST_FAIL(m_outbox->enqueue({letter("own"), {}, draft}), base::ErrorCode::InvalidArgument);
        QCOMPARE(count(Folder::Drafts), 1);
        QCOMPARE(count(Folder::Outbox), 0);
    }

    void letterIsInSentOnlyAfterItsLastTransmission()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s, u"carol@example.org"_s})));
        MUST(first, m_outbox->claim());
        QVERIFY(first);
        QCOMPARE(first->content.octets, letter("bob@example.org"));
        MUST(half, m_outbox->markSent(first->copy));
        QCOMPARE(half, CopyDone::MoreToSend);
        QCOMPARE(count(Folder::Outbox), 1);
        MUST(second, m_outbox->claim());
        MUST(whole, m_outbox->markSent(second->copy));
        QCOMPARE(whole, CopyDone::LetterSent);
        QCOMPARE(count(Folder::Outbox), 0);
        QCOMPARE(count(Folder::Sent), 1);
        MUST(none, m_outbox->claim());
        QVERIFY(!none);
    }

    void whoWasRefusedStaysByHisFate()
    {
        Letter letter = letterFor({u"bob@example.org"_s});
        letter.copies.first().recipients += {u"later@example.org"_s, u"nobody@example.org"_s, u"noone@example.org"_s};
        MUST(id, m_outbox->enqueue(letter));
        MUST(claimed, m_outbox->claim());
        MUST(half, m_outbox->markSent(claimed->copy, {{u"later@example.org"_s, "450 4.2.0 later"}, {u"nobody@example.org"_s, "550 5.1.1 unknown"},
                                                      {u"noone@example.org"_s, "550 5.1.1 unknown"}}));
        QCOMPARE(half, CopyDone::MoreToSend);
        QCOMPARE(count(Folder::Outbox), 1);
        MUST(list, m_outbox->list());
        QCOMPARE(list.first().state, OutboxState::Failed);
        QCOMPARE(list.first().recipients, (QStringList{u"later@example.org"_s, u"nobody@example.org"_s, u"noone@example.org"_s}));
        QCOMPARE(list.first().lastError->detail, u"nobody@example.org, noone@example.org"_s);
        // Who was refused for now is served later, with the same octets; who was refused for good is not asked for again.
        m_clock.advanceSeconds(60);
        MUST(again, m_outbox->claim());
        QVERIFY(again);
        QCOMPARE(again->content.recipients, QStringList{u"later@example.org"_s});
        QCOMPARE(again->content.octets, letter.copies.first().octets);
        MUST(served, m_outbox->markSent(again->copy));
        QCOMPARE(served, CopyDone::MoreToSend);
        MUST(none, m_outbox->claim());
        QVERIFY(!none);
        QCOMPARE(count(Folder::Sent), 0);
    }

    /// RFC 5321 section 4.5.3.1.10. The last of a thousand recipients waited for hours, and whoever 552 was said of never got the letter.
    void whoWasOneTooManyGoesInTheNextTransaction()
    {
        Letter letter = letterFor({u"bob@example.org"_s});
        letter.copies.first().recipients += {u"carol@example.org"_s, u"dave@example.org"_s};
        MUST(id, m_outbox->enqueue(letter));
        MUST(claimed, m_outbox->claim());
        MUST(half, m_outbox->markSent(claimed->copy, {{u"carol@example.org"_s, "452 too many recipients", true}, {u"dave@example.org"_s, "552 too many", true}}));
        QCOMPARE(half, CopyDone::MoreToSend);
        MUST(next, m_outbox->claim());
        QVERIFY(next);
        QCOMPARE(next->content.recipients, (QStringList{u"carol@example.org"_s, u"dave@example.org"_s}));
        QCOMPARE(next->content.octets, letter.copies.first().octets);
        QCOMPARE(next->attempts, 0);
        MUST(whole, m_outbox->markSent(next->copy));
        QCOMPARE(whole, CopyDone::LetterSent);
    }

    void claimedTransmissionIsNobodyElses()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        MUST(mine, m_outbox->claim());
        QVERIFY(mine);
        Outbox other{support::openMailFile(m_folder->filePath(u"mail.sqlite"_s)), m_clock};
        MUST(theirs, other.claim());
        QVERIFY(!theirs);
        MUST_FAIL(other.withdraw(id, Folder::Drafts), base::ErrorCode::DatabaseBusy);
    }

    /// The system takes a lock from a process that was killed as from an object that is destroyed.
    void claimIsGivenBackWhenWhoHadItIsGone()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        auto gone = std::make_unique<Outbox>(m_database, m_clock);
        MUST(claimed, gone->claim());
        QVERIFY(claimed);
        MUST(noneDue, m_outbox->nextDue());
        QVERIFY(!noneDue.isValid());
        MUST(whileHeld, m_outbox->claim());
        QVERIFY(!whileHeld);
        gone.reset();
        // Nothing else waits: the letter was "being sent" until another one was written.
        MUST(due, m_outbox->nextDue());
        QVERIFY(due.isValid() && due <= m_clock.now());
        MUST(after, m_outbox->claim());
        QVERIFY(after);
        QCOMPARE(after->copy, claimed->copy);
    }

    /// Two programs in containers of their own do not see each other's processes, and each letter went out twice.
    void nobodyNeedsToSeeTheProcessThatHasTheClaim()
    {
        const QString database = m_folder->filePath(u"mail.sqlite"_s);
        auto holder = std::make_unique<ClaimLock>(database);
        const base::Result<QString> token = holder->token();
        QVERIFY(token);
        const ClaimLock other{database};
        QVERIFY(other.isHeld(*token));
        holder.reset();
        QVERIFY(!other.isHeld(*token));
        // What earlier versions wrote: an id of a process, and when it started.
        QVERIFY(!other.isHeld(u"1 17"_s));
        QVERIFY(!other.isHeld({}));
    }

    void failureDecidesWhetherItIsTriedAgain_data()
    {
        QTest::addColumn<base::ErrorCode>("code");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<OutboxState>("state");
        QTest::addColumn<int>("seconds");
        QTest::newRow("nobody listens") << base::ErrorCode::ConnectionRefused << QByteArray() << OutboxState::Queued << 2;
        QTest::newRow("greylisted") << base::ErrorCode::RecipientRefused << QByteArray("450 4.2.0 later") << OutboxState::Queued << 10;
        QTest::newRow("timed out") << base::ErrorCode::TimedOut << QByteArray() << OutboxState::Queued << 10;
        QTest::newRow("unknown recipient") << base::ErrorCode::RecipientRefused << QByteArray("550 5.1.1 unknown") << OutboxState::Failed << 10;
        QTest::newRow("login") << base::ErrorCode::AuthenticationFailed << QByteArray("535 5.7.8 no") << OutboxState::Failed << 10;
    }
    void failureDecidesWhetherItIsTriedAgain()
    {
        QFETCH(base::ErrorCode, code);
        QFETCH(QByteArray, reply);
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        MUST(claimed, m_outbox->claim());
        MUST(noted, m_outbox->markFailed(claimed->copy, {code, u"detail"_s, {}, reply}));
        MUST(list, m_outbox->list());
        QTEST(list.first().state, "state");
        QCOMPARE(list.first().attempts, 1);
        QCOMPARE(list.first().lastError, (base::Error{code, u"detail"_s, {}, reply}));
        QFETCH(int, seconds);
        QCOMPARE(m_clock.now().secsTo(list.first().nextAttempt), seconds);
        MUST(tooEarly, m_outbox->claim());
        QVERIFY(!tooEarly);
        m_clock.advanceSeconds(seconds);
        MUST(now, m_outbox->claim());
        QCOMPARE(now.has_value(), list.first().state == OutboxState::Queued);
    }

    void waitsGrowToFifteenMinutes()
    {
        const base::Error error{base::ErrorCode::TimedOut, {}, {}, {}};
        QVERIFY(Outbox::backoff(1, error) < Outbox::backoff(2, error));
        QCOMPARE(Outbox::backoff(1000, error), std::chrono::minutes{15});
        QCOMPARE(Outbox::backoff(1000, {base::ErrorCode::ConnectionRefused, {}, {}, {}}), std::chrono::seconds{2});
    }

    void retryAllMakesWhatWaitsDueNow()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        MUST(claimed, m_outbox->claim());
        MUST(noted, m_outbox->markFailed(claimed->copy, {base::ErrorCode::TimedOut, {}, {}, {}}));
        MUST(due, m_outbox->nextDue());
        QVERIFY(due > m_clock.now());
        MUST(woken, m_outbox->retryAll());
        MUST(now, m_outbox->claim());
        QVERIFY(now);
    }

    void failedLetterGoesAgainWhenTheUserSaysSo()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        MUST(claimed, m_outbox->claim());
        MUST(noted, m_outbox->markFailed(claimed->copy, {base::ErrorCode::RecipientRefused, {}, {}, "550 no"}));
        MUST(done, m_outbox->retry(id));
        MUST(now, m_outbox->claim());
        QVERIFY(now);
        MUST_FAIL(m_outbox->retry(MessageId{999}), base::ErrorCode::MessageNotFound);
    }

    void withdrawnLetterIsADraftAgainAndNeverSent()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s, u"carol@example.org"_s})));
        MUST(done, m_outbox->withdraw(id, Folder::Drafts));
        QCOMPARE(count(Folder::Drafts), 1);
        MUST(none, m_outbox->claim());
        QVERIFY(!none);
        MUST(list, m_outbox->list());
        QVERIFY(list.isEmpty());
    }

    void trashedLetterIsNotSentAfterTheTrashIsEmptied()
    {
        MUST(id, m_outbox->enqueue(letterFor({u"bob@example.org"_s})));
        MUST(moved, m_mail->move({id}, Folder::Trash));
        MUST(none, m_outbox->claim());
        QVERIFY2(!none, "a letter in the trash was about to be sent");
        MUST(emptied, m_mail->emptyTrash());
        MUST(list, m_outbox->list());
        QVERIFY(list.isEmpty());
    }

};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_Outbox.moc"
