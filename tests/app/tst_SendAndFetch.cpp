// SPDX-License-Identifier: GPL-3.0-or-later
// A letter's whole way over real sockets, without its seal: draft, outbox, relay, inbox.
#include "app/ErrorText.h"
#include "app/FetchService.h"
#include "app/MailboxService.h"
#include "app/OutboxService.h"
#include "app/RelayService.h"
#include "app/SendMessageOperation.h"
#include "store/Database.h"
#include "store/Sql.h"
#include "support/ErrorNames.h"
#include "support/StoreFiles.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using app::Draft;
using app::SendMessageOperation;
using store::Folder;
using Step = app::SendMessageOperation::Step;

Q_DECLARE_METATYPE(app::SendMessageOperation::Step)

namespace {

/// Seals nothing: what goes out is what was built. Fails on demand.
class FakeSealer final : public app::MessageSealer
{
public:
    base::Result<smime::SealedMail> seal(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const override
    {
        if (fault)
            return *fault;
        if (cancellation.isRequested())
            return base::ErrorCode::Cancelled;
        smime::SealedMail mail;
        QStringList open;
        for (const mime::Address &address : draft.to + draft.cc)
            open += address.mailbox;
        if (!open.isEmpty())
            mail.envelopes += {open, octets};
        for (const mime::Address &address : draft.bcc)
            mail.envelopes += {{address.mailbox}, octets};
        mail.sentCopy = octets;
        return mail;
    }
    base::Result<QByteArray> sealForSelf(const Draft &, const QByteArray &octets, const base::Cancellation &) const override { return octets; }
    base::Result<Draft> openDraft(const QByteArray &octets, const base::Cancellation &) const override { return app::readDraft(octets); }

    std::optional<base::Error> fault;
};

Draft draftTo(const QString &recipient, const QString &subject = u"Lunch"_s)
{
    Draft draft;
    draft.from = {u"Alice"_s, u"alice@example.org"_s};
    draft.to = {{{}, recipient}};
    draft.subject = subject;
    draft.text = u"Dear Bob,\n.\nsee you.\n"_s;
    return draft;
}

} // namespace

class TestSendAndFetch : public QObject
{
    Q_OBJECT

    struct User {
        explicit User(const QString &file, QThreadPool *pool, transport::IoThread *io)
            : mailbox(file, pool), outbox(mailbox.outbox(), io), fetch(mailbox.mail(), io) {}
        app::MailboxService mailbox;
        app::OutboxService outbox;
        app::FetchService fetch;
    };

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;
    std::unique_ptr<transport::IoThread> m_io;
    std::unique_ptr<app::RelayService> m_relay;
    std::unique_ptr<User> m_alice;
    std::unique_ptr<User> m_bob;
    app::RelaySettings m_settings;
    std::shared_ptr<FakeSealer> m_sealer;

    void startRelay()
    {
        m_relay->start(m_settings);
        QTRY_COMPARE(m_relay->state(), app::RelayService::State::Running);
        // The same ports the next time, as a person's settings would have it.
        m_settings.smtp = {m_relay->smtpEndpoint()};
        m_settings.pop3 = {m_relay->pop3Endpoint()};
        m_alice->outbox.setServer(server(m_settings.smtp.first(), {}));
        m_bob->fetch.setServer(server(m_settings.pop3.first(), u"bob@example.org"_s));
    }
    void stopRelay()
    {
        m_relay->stop();
        QTRY_COMPARE(m_relay->state(), app::RelayService::State::Stopped);
    }
    static transport::Server server(const net::Endpoint &endpoint, const QString &user)
    {
        return {endpoint.host, endpoint.port, net::TlsMode::None, user, base::Secret{"password"}, {}};
    }
    std::unique_ptr<SendMessageOperation> send(const Draft &draft)
    {
        return std::make_unique<SendMessageOperation>(draft, m_alice->mailbox.mail(), m_alice->mailbox.outbox(), m_sealer, &m_pool);
    }
    int count(User &user, Folder folder)
    {
        const auto counts = base::await(user.mailbox.counts());
        if (!counts)
            return -1;
        const auto at = std::find_if(counts->begin(), counts->end(), [folder](const store::FolderCount &one) { return one.folder == folder; });
        return at == counts->end() ? -1 : at->total;
    }
    QList<store::MessageSummary> rows(User &user, Folder folder)
    {
        store::PageRequest request;
        request.folder = folder;
        const auto page = base::await(user.mailbox.page(request));
        return page ? *page : QList<store::MessageSummary>{};
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_io = std::make_unique<transport::IoThread>();
        m_alice = std::make_unique<User>(m_folder->filePath(u"alice.sqlite"_s), &m_pool, m_io.get());
        m_bob = std::make_unique<User>(m_folder->filePath(u"bob.sqlite"_s), &m_pool, m_io.get());
        m_sealer = std::make_shared<FakeSealer>();
        m_relay = std::make_unique<app::RelayService>();
        m_settings = {};
        m_settings.spoolDirectory = m_folder->filePath(u"relay"_s);
        m_settings.smtp = {{u"127.0.0.1"_s, 0}};
        m_settings.pop3 = {{u"127.0.0.1"_s, 0}};
        m_relay->setSpoolDirectory(m_settings.spoolDirectory);
        bool isReady = false;
        base::whenReady(this, m_relay->setUser(u"bob@example.org"_s, base::Secret{"password"}), [&](const base::Status &done) { isReady = bool{done}; });
        QTRY_VERIFY(isReady);
        startRelay();
    }
    void cleanup()
    {
        m_alice.reset();
        m_bob.reset();
        m_relay.reset();
        m_io.reset();
    }

    void letterArrivesWithinTwoSecondsOfItsDelivery()
    {
        m_bob->fetch.start();
        m_alice->outbox.start();
        QSignalSpy arrived{&m_bob->fetch, &app::FetchService::newMessages};
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        const auto operation = send(draftTo(u"bob@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(sent.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, 2000);
        QCOMPARE(count(*m_alice, Folder::Sent), 1);
        QCOMPARE(count(*m_alice, Folder::Drafts) + count(*m_alice, Folder::Outbox), 0);
        const QList<store::MessageSummary> inbox = rows(*m_bob, Folder::Inbox);
        QCOMPARE(inbox.size(), 1);
        QCOMPARE(inbox.first().subject, u"Lunch"_s);
        const auto octets = base::await(m_bob->mailbox.octets(inbox.first().id));
        QVERIFY(octets);
        QVERIFY(octets->contains("\r\n.\r\nsee you."));
    }

    void letterWaitsForTheRelayAndGoesByItself()
    {
        stopRelay();
        m_alice->outbox.start();
        const auto operation = send(draftTo(u"bob@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(m_alice->outbox.state(), app::OutboxService::State::Waiting);
        QTRY_VERIFY2(m_alice->outbox.statusText().contains(u"go by themselves"_s), qPrintable(m_alice->outbox.statusText()));
        QCOMPARE(count(*m_alice, Folder::Outbox), 1);
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        startRelay();
        QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, 5000);
        QTRY_COMPARE(m_alice->outbox.statusText(), QString{});
        QCOMPARE(count(*m_alice, Folder::Sent), 1);
    }

    void whoStoppedWhileALetterWasTakenUpSendsItLater()
    {
        const auto operation = send(draftTo(u"bob@example.org"_s));
        QSignalSpy queued{operation.get(), &SendMessageOperation::queued};
        operation->start();
        QTRY_COMPARE(queued.size(), 1);
        // The file is busy until the outbox, which has asked for the letter, was told to stop.
        const auto go = std::make_shared<QSemaphore>();
        const std::shared_ptr<store::Database> database = m_alice->mailbox.mail()->database();
        const auto busy = database->write([go](auto &) -> base::Status {
            go->tryAcquire(1, 10'000);
            return base::Done{};
        });
        m_alice->outbox.start();
        int reached = 0;
        base::whenReady(this, m_alice->mailbox.outbox()->nextDue(), [&reached](const base::Result<QDateTime> &) { ++reached; });
        QTRY_COMPARE(reached, 1);
        m_alice->outbox.stop();
        go->release();
        base::whenReady(this, database->write([](auto &) -> base::Status { return base::Done{}; }), [&reached](const base::Status &) { ++reached; });
        QTRY_COMPARE(reached, 2);
        // It took itself for busy from then on, and sent nothing until the program was started anew.
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        m_alice->outbox.start();
        m_alice->outbox.wake();
        QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, 5000);
        QVERIFY(busy.future().isFinished());
    }

    void whoStopsWhileALetterIsSentGivesItBackOnce()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        m_alice->outbox.setServer(server({u"127.0.0.1"_s, silent.serverPort()}, {}));
        m_alice->outbox.start();
        const auto operation = send(draftTo(u"bob@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_VERIFY(silent.hasPendingConnections());
        m_alice->outbox.stop();
        QTRY_COMPARE(m_alice->outbox.state(), app::OutboxService::State::Waiting);
        // Said again when the connection had ended, it took the letter from whoever had it by then, and counted as a second failure.
        const auto letters = base::await(m_alice->mailbox.outbox()->list());
        QVERIFY(letters && letters->size() == 1);
        QCOMPARE(letters->first().attempts, 1);
    }

    void whatWasSentIsNotedWhenTheDiskTakesIt()
    {
        const std::shared_ptr<store::Database> database = m_alice->mailbox.mail()->database();
        const auto run = [&database](const QString &statement) {
            return base::await(database->write([statement](QSqlDatabase &at) { return store::run(at, statement); })).isOk();
        };
        QVERIFY(run(u"CREATE TRIGGER full BEFORE DELETE ON outbox BEGIN SELECT RAISE(FAIL, 'full'); END"_s));
        m_alice->outbox.start();
        QSignalSpy arrived{m_relay.get(), &app::RelayService::messagesStored};
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        const auto operation = send(draftTo(u"bob@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(arrived.size(), 1);
        QVERIFY(run(u"DROP TRIGGER full"_s));
        // It was "being sent" until the program ended, and went once more after the next start.
        m_alice->outbox.wake();
        QTRY_COMPARE(sent.size(), 1);
        QCOMPARE(count(*m_alice, Folder::Sent), 1);
        QCOMPARE(arrived.size(), 1);
    }

    void unknownRecipientNeedsTheUser()
    {
        m_alice->outbox.start();
        QSignalSpy failed{&m_alice->outbox, &app::OutboxService::failed};
        const auto operation = send(draftTo(u"nobody@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(1).value<base::Error>().code, base::ErrorCode::RecipientRefused);
        QTRY_COMPARE(m_alice->outbox.state(), app::OutboxService::State::NeedsAttention);
        const auto letters = base::await(m_alice->outbox.list());
        QVERIFY(letters);
        const auto withdrawn = base::await(m_alice->outbox.withdraw(letters->first().letter, Folder::Drafts));
        QVERIFY(withdrawn);
        QCOMPARE(count(*m_alice, Folder::Drafts), 1);
    }

    void whatAWrongPasswordKeptBackGoesOnceItIsMended()
    {
        // It lay in the outbox, "could not be sent and needs you", though the password had been what it needed.
        const net::Endpoint relay = m_settings.smtp.first();
        m_alice->outbox.setServer({relay.host, relay.port, net::TlsMode::None, u"bob@example.org"_s, base::Secret{"mistyped"}, {}});
        m_alice->outbox.start();
        QSignalSpy failed{&m_alice->outbox, &app::OutboxService::failed};
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        const auto operation = send(draftTo(u"bob@example.org"_s));
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(1).value<base::Error>().code, base::ErrorCode::AuthenticationFailed);
        m_alice->outbox.setServer(server(relay, {}));
        m_alice->outbox.retryAfterNewSettings();
        QTRY_COMPARE(sent.size(), 1);
        QVERIFY(!app::OutboxService::isOfSettings(base::ErrorCode::RecipientRefused));
    }

    void aRefusedRecipientDoesNotKeepTheLetterFromTheOthers()
    {
        m_alice->outbox.start();
        m_bob->fetch.start();
        QSignalSpy failed{&m_alice->outbox, &app::OutboxService::failed};
        QSignalSpy arrived{&m_bob->fetch, &app::FetchService::newMessages};
        Draft draft = draftTo(u"nobody@example.org"_s);
        draft.cc = {{{}, u"bob@example.org"_s}};
        const auto operation = send(draft);
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(app::errorText(failed.first().at(1).value<base::Error>()).sentence,
                 u"The server takes no mail for nobody@example.org. Check the address; any other recipient gets the message."_s);
        const auto letters = base::await(m_alice->outbox.list());
        QVERIFY(letters);
        QCOMPARE(letters->first().recipients, QStringList{u"nobody@example.org"_s});
        QCOMPARE(letters->first().state, store::OutboxState::Failed);
        // Sent again, it goes to nobody who has it already.
        QVERIFY(base::await(m_alice->outbox.retry(letters->first().letter)));
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(count(*m_bob, Folder::Inbox), 1);
    }

    void whoWasOneTooManyIsForTheNextTransactionIfAnybodyWasServed()
    {
        const store::OutboxClaim claim{1, store::MessageId::None, 0, {{}, {u"bob@example.org"_s, u"carol@example.org"_s}, {}}};
        const auto isForNext = [&claim](const QByteArray &reply) {
            return app::OutboxService::refusedBy({{{u"carol@example.org"_s, reply}}, {}, false}, claim).constFirst().isForNextTransaction;
        };
        QVERIFY(isForNext("452 4.5.3 Too many recipients") && isForNext("452 Too many") && isForNext("552 Too many"));
        QVERIFY(!isForNext("452 4.2.2 Mailbox full") && !isForNext("550 5.1.1 Unknown"));
        const transport::RecipientRefusal bob{u"bob@example.org"_s, "452 4.5.3 Too many recipients"};
        QVERIFY(!app::OutboxService::refusedBy({{bob, {u"carol@example.org"_s, bob.reply}}, {}, false}, claim).constFirst().isForNextTransaction);
    }

    void hiddenRecipientGetsACopyOfHisOwn()
    {
        m_alice->outbox.start();
        Draft draft = draftTo(u"bob@example.org"_s);
        draft.bcc = {{{}, u"bob@example.org"_s}};
        QSignalSpy sent{&m_alice->outbox, &app::OutboxService::sent};
        const auto operation = send(draft);
        connect(operation.get(), &SendMessageOperation::queued, &m_alice->outbox, &app::OutboxService::wake);
        operation->start();
        QTRY_COMPARE(sent.size(), 1);
        QCOMPARE(count(*m_alice, Folder::Sent), 1);
    }

    void draftIsKeptWhenSealingFails()
    {
        m_sealer->fault = base::Error{base::ErrorCode::RecipientWithoutCertificate, u"bob@example.org"_s, {}, {}};
        const auto operation = send(draftTo(u"bob@example.org"_s));
        QSignalSpy failed{operation.get(), &SendMessageOperation::failed};
        operation->start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(operation->step(), Step::Failed);
        QCOMPARE(count(*m_alice, Folder::Drafts), 1);
        QCOMPARE(count(*m_alice, Folder::Outbox), 0);
        const auto draft = base::await(m_alice->mailbox.loadDraft(operation->draft().id, m_sealer));
        QVERIFY(draft);
        QCOMPARE(draft->subject, u"Lunch"_s);
        QCOMPARE(draft->to.first().mailbox, u"bob@example.org"_s);
        QVERIFY(draft->encrypt && draft->sign);
    }

    void wrongRecipientsAreSaid_data()
    {
        QTest::addColumn<QString>("recipient");
        QTest::addColumn<base::ErrorCode>("code");
        QTest::newRow("none") << QString() << base::ErrorCode::RecipientMissing;
        QTest::newRow("no address") << u"Bob Baker"_s << base::ErrorCode::AddressInvalid;
    }
    void wrongRecipientsAreSaid()
    {
        QFETCH(QString, recipient);
        Draft draft = draftTo(recipient);
        if (recipient.isEmpty())
            draft.to.clear();
        const auto operation = send(draft);
        QSignalSpy failed{operation.get(), &SendMessageOperation::failed};
        operation->start();
        QTRY_COMPARE(failed.size(), 1);
        QTEST(failed.first().first().value<base::Error>().code, "code");
        QCOMPARE(count(*m_alice, Folder::Drafts), 1);
    }

    void closingTheWindowAtAnyStepLosesNothing_data()
    {
        QTest::addColumn<Step>("step");
        QTest::newRow("saving the draft") << Step::SavingDraft;
        QTest::newRow("building") << Step::Building;
        QTest::newRow("sealing") << Step::Sealing;
        QTest::newRow("queueing") << Step::Queueing;
        QTest::newRow("queued") << Step::Queued;
    }
    void closingTheWindowAtAnyStepLosesNothing()
    {
        QFETCH(Step, step);
        auto operation = send(draftTo(u"bob@example.org"_s));
        bool isReached = false;
        connect(operation.get(), &SendMessageOperation::stepChanged, this, [&](Step now) {
            isReached = isReached || now == step;
            if (now == step)
                operation.release()->deleteLater();
        });
        operation->start();
        QTRY_VERIFY(isReached);
        // The letter is in exactly one place, whether the last write went through or not.
        QTRY_COMPARE(count(*m_alice, Folder::Drafts) + count(*m_alice, Folder::Outbox), 1);
    }

    void cancelledLetterIsADraft()
    {
        const auto operation = send(draftTo(u"bob@example.org"_s));
        QSignalSpy cancelled{operation.get(), &SendMessageOperation::cancelled};
        operation->start();
        operation->cancel();
        QTRY_COMPARE(cancelled.size(), 1);
        QCOMPARE(count(*m_alice, Folder::Drafts), 1);
        QCOMPARE(count(*m_alice, Folder::Outbox), 0);
    }

    void deletingCanBeUndone()
    {
        MUST(id, m_bob->mailbox.mail()->add(Folder::Inbox, support::letter("a")));
        QSignalSpy undoChanged{&m_bob->mailbox, &app::MailboxService::undoChanged};
        QVERIFY(base::await(m_bob->mailbox.remove({id})));
        QTRY_COMPARE(undoChanged.size(), 1);
        QCOMPARE(count(*m_bob, Folder::Trash), 1);
        QVERIFY(base::await(m_bob->mailbox.undo()));
        QCOMPARE(count(*m_bob, Folder::Inbox), 1);
        QVERIFY(!m_bob->mailbox.canUndo());
        // One after the other: whoever had deleted two in haste got only the second back.
        MUST(other, m_bob->mailbox.mail()->add(Folder::Inbox, support::letter("b")));
        for (const store::MessageId one : {id, other})
            QVERIFY(base::await(m_bob->mailbox.remove({one})));
        QTRY_COMPARE(undoChanged.size(), 4);
        for (const int left : {1, 2}) {
            QVERIFY(m_bob->mailbox.canUndo());
            QVERIFY(base::await(m_bob->mailbox.undo()));
            QCOMPARE(count(*m_bob, Folder::Inbox), left);
        }
        QVERIFY(!m_bob->mailbox.canUndo());
    }

    void wrongPasswordIsAFaultOfTheFetch()
    {
        transport::Server wrong = server(m_settings.pop3.first(), u"bob@example.org"_s);
        wrong.password = base::Secret{"wrong"};
        const auto summary = base::await(app::FetchService::fetchOnce(m_bob->mailbox.mail(), *m_io, wrong, transport::AfterFetch::Delete));
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, base::ErrorCode::AuthenticationFailed);
        // Sixty of these an hour, and a server elsewhere would lock its user out.
        for (const QString &host : {u"mail.example.net"_s, u"127.0.0.1"_s})
            QVERIFY(app::FetchService::pauseAfter(summary.error(), host) >= std::chrono::minutes{15});
        QCOMPARE(app::FetchService::pauseAfter(base::Error{base::ErrorCode::ConnectionLost, {}, {}, {}}, u"mail.example.net"_s), std::chrono::minutes{1});
    }

    void cancelledFetchSaysSo()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const auto operation = app::FetchService::fetchOnce(m_bob->mailbox.mail(), *m_io, server({u"127.0.0.1"_s, silent.serverPort()}, u"b"_s), transport::AfterFetch::Delete);
        operation.cancel();
        const auto summary = base::await(operation);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, base::ErrorCode::Cancelled);
    }

    void silentServerTimesOut()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        transport::Deadlines deadlines;
        deadlines.reply = std::chrono::milliseconds{200};
        const auto receipt = base::await(transport::submitMessage(*m_io, server({u"127.0.0.1"_s, silent.serverPort()}, {}),
            {u"a@example.org"_s, {u"b@example.org"_s}, "x: y\r\n\r\n"}, deadlines));
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().code, base::ErrorCode::TimedOut);
    }

    void endOfTheIoThreadEndsItsOperations()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        auto io = std::make_unique<transport::IoThread>();
        const auto operation = transport::submitMessage(*io, server({u"127.0.0.1"_s, silent.serverPort()}, {}),
            {u"a@example.org"_s, {u"b@example.org"_s}, "x: y\r\n\r\n"});
        QTRY_VERIFY(silent.hasPendingConnections());
        io.reset();
        QCOMPARE(base::await(operation).error().code, base::ErrorCode::Cancelled);
    }

    void manyLettersAreFetchedOnceEach()
    {
        constexpr int kLetters = 60;
        for (int i = 0; i < kLetters; ++i) {
            const store::Letter letter{support::letter(QByteArray::number(i)), {{u"alice@example.org"_s, {u"bob@example.org"_s}, support::letter(QByteArray::number(i))}}, {}};
            QVERIFY(base::await(m_alice->mailbox.outbox()->enqueue(letter)));
        }
        m_alice->outbox.start();
        m_bob->fetch.start();
        QTRY_COMPARE_WITH_TIMEOUT(count(*m_alice, Folder::Sent), kLetters, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(count(*m_bob, Folder::Inbox), kLetters, 20000);
        QTRY_COMPARE(m_alice->outbox.state(), app::OutboxService::State::Idle);
    }
};

QTEST_GUILESS_MAIN(TestSendAndFetch)
#include "tst_SendAndFetch.moc"
