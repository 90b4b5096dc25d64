// SPDX-License-Identifier: GPL-3.0-or-later
// Thirty profiles in three processes at one relay, each of them let in by the teacher's join card.
#include "app/Enrolling.h"
#include "app/FetchService.h"
#include "app/JoinCard.h"
#include "app/MailboxService.h"
#include "app/OutboxService.h"
#include "app/RelayCertificate.h"
#include "app/RelayService.h"
#include "app/RelaySpool.h"
#include "provider/Registration.h"
#include "store/Database.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QtCrypto>

using namespace Qt::StringLiterals;

namespace {

constexpr int kProcesses = 3;
constexpr int kProfilesEach = 10;
constexpr int kProfiles = kProcesses * kProfilesEach;
const base::Secret kPassword{"secret"};

QString addressOf(int number)
{
    return u"pupil%1@class.example"_s.arg(number % kProfiles);
}

/// One profile's mail: sends to its neighbour and waits for the other neighbour's letter.
class Pupil
{
public:
    Pupil(int number, const app::JoinCard &card, const QString &folder, QThreadPool *pool, transport::IoThread *io)
        : m_number(number), m_mailbox(folder + u"/%1.sqlite"_s.arg(number), pool), m_outbox(m_mailbox.outbox(), io), m_fetch(m_mailbox.mail(), io)
    {
        app::AccountSettings account = app::accountOf(card, addressOf(number));
        account.setPassword(kPassword);
        m_outbox.setServer(account.smtp);
        m_fetch.setServer(account.pop3);
        QObject::connect(&m_fetch, &app::FetchService::newMessages, &m_fetch, [this](int count) { m_received += count; });
        m_outbox.start();
        m_fetch.start();
        const QByteArray octets = "From: " + addressOf(number).toLatin1() + "\r\nTo: " + addressOf(number + 1).toLatin1() + "\r\nSubject: from "
            + QByteArray::number(number) + "\r\n\r\nHello.\r\n";
        base::whenReady(&m_outbox, m_mailbox.outbox()->enqueue({octets, {{addressOf(number), {addressOf(number + 1)}, octets}}, store::MessageId::None}),
                        [this](const auto &) { m_outbox.wake(); });
        QObject::connect(&m_outbox, &app::OutboxService::sent, &m_outbox, [this] { m_isSent = true; });
    }
    [[nodiscard]] bool isDone() const { return m_isSent && m_received == 1; }
    [[nodiscard]] QString state() const
    {
        const auto error = m_fetch.lastError();
        return u"%1: sent %2, received %3, %4 %5"_s.arg(m_number).arg(m_isSent).arg(m_received).arg(m_outbox.statusText(), error ? error->detail : QString{});
    }

private:
    int m_number;
    app::MailboxService m_mailbox;
    app::OutboxService m_outbox;
    app::FetchService m_fetch;
    int m_received = 0;
    bool m_isSent = false;
};

/// The program of one of the three computers: ends with 0 when all of its pupils have their mail.
int runPupils(const QString &cardFile, int first, const QString &folder)
{
    QFile file{cardFile};
    if (!file.open(QIODevice::ReadOnly))
        return 2;
    const base::Result<app::JoinCard> given = app::readJoinCard(file.readAll());
    if (!given)
        return 2;
    QThreadPool pool;
    transport::IoThread io;
    const base::Result<app::JoinCard> card = base::await(app::completeJoinCard(io, *given));
    if (!card)
        return 3;
    std::vector<std::unique_ptr<Pupil>> pupils;
    for (int i = 0; i < kProfilesEach; ++i)
        pupils.push_back(std::make_unique<Pupil>(first + i, *card, folder, &pool, &io));
    const auto areAllDone = [&pupils] { return std::all_of(pupils.cbegin(), pupils.cend(), [](const auto &one) { return one->isDone(); }); };
    if (QTest::qWaitFor(areAllDone, 60'000))
        return 0;
    for (const auto &one : pupils)
        if (!one->isDone())
            qWarning("%s", qPrintable(one->state()));
    return 1;
}

} // namespace

class TestClassroom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thirtyProfilesInThreeProcessesReachTheirNeighbours()
    {
        QTemporaryDir directory;
        const identity::DataDirectory data{directory.path()};
        const auto authority = app::makeAuthority(data, u"Class"_s, u"ec:p256"_s, kPassword);
        QVERIFY(authority);
        base::Result<app::RelaySettings> settings = app::readRelaySettings(directory.path());
        QVERIFY(settings);
        settings->smtp = {{u"127.0.0.1"_s, 0}};
        settings->pop3 = {{u"127.0.0.1"_s, 0}};
        settings->submission = {};
        settings->submissionTls = {};
        for (int i = 0; i < kProfiles; ++i)
            QVERIFY(app::relaySpool::addUser(settings->spoolDirectory, addressOf(i), kPassword, app::relaySpool::IfUserExists::Refuse));
        app::RelayService relay;
        QList<relay::MonitorEvent> events;
        connect(&relay, &app::RelayService::sessionEvents, this, [&events](const QList<relay::MonitorEvent> &some) { events += some; });
        relay.setWatching(true);
        relay.start(*settings);
        QTRY_COMPARE(relay.state(), app::RelayService::State::Running);
        QVERIFY(app::isCertifiedFor(relay.tlsChain(), u"127.0.0.1"_s));
        QVERIFY(app::isCertifiedFor(relay.tlsChain(), u"LOCALHOST"_s));
        QVERIFY(!app::isCertifiedFor(relay.tlsChain(), u"relay.example.net"_s));
        QCOMPARE(app::tlsAnchorOf(relay.tlsChain()), authority->certificate());

        const auto card = app::makeJoinCard(relay.smtpEndpoint(), relay.pop3Endpoint(), authority->certificate());
        QVERIFY(card);
        // Two computers get the file, one has only what the teacher read aloud.
        const QByteArray cards[kProcesses] = {app::toJoinFile(*card), app::toJoinFile(*card), app::toJoinLine(*card).toUtf8()};

        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < kProcesses; ++i) {
            QFile file{directory.filePath(u"class%1.waxwing-join"_s.arg(i))};
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(cards[i]);
            file.close();
            processes.push_back(std::make_unique<QProcess>());
            processes.back()->setProcessChannelMode(QProcess::ForwardedChannels);
            processes.back()->start(QCoreApplication::applicationFilePath(), {u"--pupils"_s, file.fileName(), QString::number(i * kProfilesEach), directory.path()});
        }
        for (const auto &process : processes) {
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 90'000);
            QCOMPARE(process->exitCode(), 0);
        }

        // Every mailbox was emptied, and the teacher saw who sent and who fetched.
        const auto mailboxes = app::relaySpool::listUsers(settings->spoolDirectory);
        QVERIFY(mailboxes);
        QCOMPARE(mailboxes->size(), kProfiles);
        for (const app::RelayMailbox &mailbox : *mailboxes)
            QCOMPARE(mailbox.messages, 0);
        const auto seen = [&events] {
            QSet<QByteArray> senders;
            QSet<quint64> encrypted;
            QSet<quint64> pop3;
            for (const relay::MonitorEvent &event : std::as_const(events)) {
                if (event.kind == relay::MonitorEvent::Kind::MessageStored)
                    senders.insert(event.text);
                if (event.kind == relay::MonitorEvent::Kind::TlsStarted)
                    encrypted.insert(event.session);
                if (event.kind == relay::MonitorEvent::Kind::BodyOut)
                    pop3.insert(event.session);
            }
            return senders.size() == kProfiles && encrypted.size() >= 2 * kProfiles && pop3.size() == kProfiles;
        };
        QTRY_VERIFY(seen());
        for (const relay::MonitorEvent &event : std::as_const(events))
            QVERIFY(!event.text.contains(kPassword.view().toByteArray()));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application{argc, argv};
    QCA::Initializer initializer;
    if (!provider::registerProvider())
        return 1;
    const QStringList words = application.arguments();
    if (words.value(1) == "--pupils"_L1)
        return runPupils(words.value(2), words.value(3).toInt(), words.value(4));
    TestClassroom test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Classroom.moc"
