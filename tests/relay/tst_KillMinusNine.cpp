// SPDX-License-Identifier: GPL-3.0-or-later
// `wax relay` is killed at random moments, at work and while it starts; whatever it acknowledged is there afterwards, whole and once, though
// clients that got no answer sent their letter again; what a mail program was told is deleted stays deleted.
#include "relay/LetterSender.h"
#include "store/SqliteSpool.h"

#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <csignal>

using namespace Qt::StringLiterals;
using letters::bodyOf;
using letters::markOf;
using letters::portOf;
using letters::Sender;

namespace {

/// The suite runs this program twice.
constexpr int kKills = 60;
constexpr int kClients = 8;
constexpr int kFetchedAtOnce = 5;
constexpr int kPatience = 15'000;

/// Fetches and deletes some letters, again and again.
class Fetcher : public QObject
{
    Q_OBJECT

public:
    void connectTo(quint16 port)
    {
        if (m_socket) { // Whose signal this may be.
            m_socket->disconnect(this);
            m_socket.release()->deleteLater();
        }
        m_socket = std::make_unique<QTcpSocket>();
        m_step = Step::LogIn;
        m_received.clear();
        m_marks.clear();
        connect(m_socket.get(), &QTcpSocket::readyRead, this, &Fetcher::onReadyRead);
        m_socket->connectToHost(QHostAddress::LocalHost, port);
        m_socket->write("USER bob@example.org\r\nPASS secret\r\n");
        m_port = port;
    }
    QSet<QByteArray> deleted;    ///< The relay said so.
    QSet<QByteArray> mayBeGone;  ///< It did not come to an answer.
    QList<QByteArray> damaged;

private:
    enum class Step { LogIn, Fetch, Delete };

    void onReadyRead()
    {
        m_received += m_socket->readAll();
        if (m_step == Step::LogIn && m_received.count("\r\n") == 3) {
            const qsizetype at = m_received.lastIndexOf("+OK ") + 4;
            const int count = m_received.sliced(at, m_received.indexOf(' ', at) - at).toInt();
            m_received.clear();
            if (count >= kFetchedAtOnce)
                fetch();
        } else if (m_step == Step::Fetch && m_received.count("\r\n.\r\n") == kFetchedAtOnce) {
            takeLetters();
        } else if (m_step == Step::Delete && m_received.count("\r\n") == kFetchedAtOnce + 1) {
            for (const QByteArray &mark : std::as_const(m_marks))
                mayBeGone.remove(mark);
            deleted.unite({m_marks.cbegin(), m_marks.cend()});
            connectTo(m_port);
        }
    }
    void fetch()
    {
        m_step = Step::Fetch;
        for (int i = 1; i <= kFetchedAtOnce; ++i)
            m_socket->write("RETR " + QByteArray::number(i) + "\r\n");
    }
    void takeLetters()
    {
        m_step = Step::Delete;
        qsizetype from = 0;
        for (int i = 1; i <= kFetchedAtOnce; ++i) {
            const qsizetype end = m_received.indexOf("\r\n.\r\n", from);
            const QByteArray letter = m_received.sliced(from, end + 2 - from);
            from = end + 5;
            m_marks.append(markOf(letter));
            if (!letter.endsWith(bodyOf(m_marks.last())))
                damaged.append(m_marks.last());
            m_socket->write("DELE " + QByteArray::number(i) + "\r\n");
        }
        m_received.clear();
        mayBeGone.unite({m_marks.cbegin(), m_marks.cend()});
        m_socket->write("QUIT\r\n");
    }

    std::unique_ptr<QTcpSocket> m_socket;
    quint16 m_port = 0;
    Step m_step = Step::LogIn;
    QByteArray m_received;
    QByteArrayList m_marks;
};

} // namespace

class TestKillMinusNine : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::vector<std::unique_ptr<Sender>> m_senders;
    Fetcher m_fetcher;

    static QString wax() { return QStringLiteral(WAXWING_WAX); }
    [[nodiscard]] QString spool() const { return m_directory.filePath(u"spool"_s); }

    void start(QProcess &process) const
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(wax(), {u"relay"_s, u"--json"_s, u"--smtp"_s, u"127.0.0.1:0"_s, u"--pop3"_s, u"127.0.0.1:0"_s, u"--spool"_s, spool()});
    }

    void connectClients(QProcess &process)
    {
        const QJsonObject endpoints = QJsonDocument::fromJson(process.readLine()).object();
        for (const auto &sender : m_senders)
            sender->connectTo(portOf(endpoints, "smtp"_L1));
        m_fetcher.connectTo(portOf(endpoints, "pop3"_L1));
    }

    /// Most at work, some while it starts and looks through what its predecessor left. A spy waits in an event loop, which serves the clients at
    /// once; QTRY and qWaitFor sleep 10 ms between two looks, and a dialogue of six lines would not end before the relay dies.
    void liveAndDie(QRandomGenerator &random)
    {
        QProcess process;
        QSignalSpy ended{&process, &QProcess::finished};
        QSignalSpy said{&process, &QProcess::readyReadStandardOutput};
        start(process);
        const bool isKilledEarly = random.bounded(10) == 0;
        if (!isKilledEarly) {
            QVERIFY(said.wait(kPatience));
            connectClients(process);
        }
        QTimer::singleShot(static_cast<int>(random.bounded(60)), &process, [&process] { ::kill(static_cast<pid_t>(process.processId()), SIGKILL); });
        QVERIFY(ended.wait(kPatience));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    }

    /// Everybody gets the answer that is still owed.
    void liveAndStop()
    {
        QProcess process;
        start(process);
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), kPatience);
        for (const auto &sender : m_senders)
            sender->finish();
        connectClients(process);
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(m_senders.cbegin(), m_senders.cend(), [](const auto &sender) { return sender->hasNothingLeft(); }), kPatience);
        process.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, kPatience);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("WAXWING_DATA_DIR", m_directory.path().toLocal8Bit());
        QFile password{m_directory.filePath(u"password"_s)};
        QVERIFY(password.open(QIODevice::WriteOnly));
        password.write("secret\n");
        password.close();
        QCOMPARE(QProcess::execute(wax(), {u"relay"_s, u"user"_s, u"add"_s, u"bob@example.org"_s, u"--password-file"_s, password.fileName(),
                                           u"--spool"_s, spool()}), 0);
    }

    void everythingAcknowledgedIsThereOnce()
    {
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random{seed};
        for (int i = 0; i < kClients; ++i)
            m_senders.push_back(std::make_unique<Sender>(QByteArray::number(i)));
        for (int round = 0; round < kKills && !QTest::currentTestFailed(); ++round)
            liveAndDie(random);
        liveAndStop();
        QVERIFY(!QTest::currentTestFailed());
        QCOMPARE(m_fetcher.damaged, QList<QByteArray>{});
        checkSpool();
    }

private:
    void checkSpool()
    {
        QSet<QByteArray> acknowledged;
        for (const auto &sender : m_senders)
            acknowledged.unite(sender->acknowledged);
        const auto opened = store::SqliteSpool::open(spool(), store::SqliteSpool::Role::Relay);
        QVERIFY(opened);
        const auto reader = std::move((*opened)->makeReader()).value();
        const auto entries = reader->entries("bob@example.org");
        QVERIFY(entries);
        QSet<QByteArray> found;
        for (const store::SpoolEntry &entry : *entries) {
            QByteArray octets;
            while (octets.size() < entry.octets) {
                const auto piece = reader->read(entry.id, octets.size());
                QVERIFY(piece && !piece->octets.isEmpty());
                octets += piece->octets;
            }
            const QByteArray mark = markOf(octets);
            QVERIFY2(octets.endsWith(bodyOf(mark)), mark.constData());
            QVERIFY2(!found.contains(mark), mark.constData());
            found.insert(mark);
        }
        const QSet<QByteArray> lost = acknowledged - found - m_fetcher.deleted - m_fetcher.mayBeGone;
        QVERIFY2(lost.isEmpty(), QByteArray::number(lost.size()).constData());
        const QSet<QByteArray> risen = found & m_fetcher.deleted;
        QVERIFY2(risen.isEmpty(), QByteArray::number(risen.size()).constData());
        qInfo("%lld acknowledged, %lld found, %lld fetched and deleted", static_cast<long long>(acknowledged.size()), static_cast<long long>(found.size()),
              static_cast<long long>(m_fetcher.deleted.size()));
        QVERIFY(acknowledged.size() > kClients && !m_fetcher.deleted.isEmpty()); // The last life alone acknowledges one to each client.
        QVERIFY(found.size() + m_fetcher.deleted.size() <= acknowledged.size());
    }
};

QTEST_GUILESS_MAIN(TestKillMinusNine)
#include "tst_KillMinusNine.moc"
