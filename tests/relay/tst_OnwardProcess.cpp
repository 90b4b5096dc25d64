// SPDX-License-Identifier: GPL-3.0-or-later
// `wax relay` with a next hop, as a process: killed at random moments, commanded by other processes, and weighed.
#include "relay/LetterSender.h"
#include "support/Patience.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using letters::bodyOf;
using letters::portOf;
using letters::Sender;

namespace {

QByteArray hugeBody()
{
    return "X-Mark: huge\r\n\r\n" + QByteArray("0123456789 0123456789 0123456789\r\n").repeated(1'500'000);
}

/// A next hop that takes everything and notes each mark with its times; it answers a moment after the text, so that some
/// murders fall between its yes and the relay's note of it.
class NextHop : public QTcpServer
{
public:
    NextHop()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                socket->write("220 next\r\n");
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
                connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                    m_conversations.remove(socket);
                    socket->deleteLater();
                });
            }
        });
        listen(QHostAddress::LocalHost);
    }
    QHash<QByteArray, int> taken;
    QList<QByteArray> damaged;

private:
    struct Conversation {
        QByteArray said;
        qsizetype scanned = 0;
        bool isInText = false;
    };
    void answer(QTcpSocket &socket)
    {
        Conversation &now = m_conversations[&socket];
        now.said += socket.readAll();
        for (;;) {
            const QByteArrayView endMark = now.isInText ? "\r\n.\r\n" : "\r\n";
            const qsizetype end = now.said.indexOf(endMark, qMax(qsizetype{0}, now.scanned - 5));
            now.scanned = end < 0 ? now.said.size() : 0;
            if (end < 0)
                return;
            const QByteArray said = now.said.first(end);
            now.said.remove(0, end + endMark.size());
            if (std::exchange(now.isInText, !now.isInText && said == "DATA"))
                QTimer::singleShot(5, &socket, [this, &socket, said] { take(socket, said); });
            else
                socket.write(said == "DATA" ? "354 go\r\n" : said.startsWith("EHLO") ? "250-next\r\n250 PIPELINING\r\n" : "250 ok\r\n");
        }
    }
    void take(QTcpSocket &socket, const QByteArray &text)
    {
        const qsizetype at = text.indexOf("X-Mark: ");
        const QByteArray mark = at < 0 ? QByteArray{} : text.sliced(at + 8, text.indexOf('\r', at) - at - 8);
        if (!(text + "\r\n").endsWith(mark == "huge" ? hugeBody() : bodyOf(mark)))
            damaged.append(mark);
        ++taken[mark];
        socket.write("250 taken\r\n");
    }

    QHash<QTcpSocket *, Conversation> m_conversations;
};

} // namespace

class TestOnwardProcess : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    bool m_isHugeSent = false;

    static QString wax() { return QStringLiteral(WAXWING_WAX); }

    /// What it listens on, once it does.
    [[nodiscard]] QJsonObject start(QProcess &process, const QString &spool, quint16 nextHop, const QStringList &more = {}) const
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(wax(), QStringList{u"relay"_s, u"--json"_s, u"--smtp"_s, u"127.0.0.1:0"_s, u"--pop3"_s, u"127.0.0.1:0"_s, u"--spool"_s,
                                         m_directory.filePath(spool), u"--smarthost"_s, u"127.0.0.1:%1"_s.arg(nextHop), u"--smarthost-tls"_s, u"none"_s,
                                         u"--onward"_s, u"LOOPBACK-WITHOUT-LOGIN"_s} + more);
        if (!QSignalSpy{&process, &QProcess::readyReadStandardOutput}.wait(15'000))
            return {};
        return QJsonDocument::fromJson(process.readLine()).object();
    }

    struct Answer {
        int exitStatus = -1;
        QJsonDocument json;
    };
    /// `wax relay WORDS --spool SPOOL`.
    [[nodiscard]] Answer relay(const QStringList &words, const QString &spool) const
    {
        QProcess process;
        process.start(wax(), QStringList{u"relay"_s} + words + QStringList{u"--spool"_s, m_directory.filePath(spool)});
        if (!QSignalSpy{&process, &QProcess::finished}.wait(30'000))
            return {};
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput())};
    }
    [[nodiscard]] Answer queue(const QStringList &words) const { return relay(QStringList{u"queue"_s} + words, u"queue"_s); }

    /// The most memory that the process ever had.
    static qint64 peakKilobytes(const QProcess &process)
    {
        QFile status{u"/proc/%1/status"_s.arg(process.processId())};
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf("VmHWM:");
        return at < 0 ? -1 : text.sliced(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
    }

    /// From now on the peak is counted anew; proc_pid_clear_refs(5).
    static void forgetPeak(const QProcess &process)
    {
        QFile file{u"/proc/%1/clear_refs"_s.arg(process.processId())};
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write("5"), 1);
    }

    static void stop(QProcess &process)
    {
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    }

private Q_SLOTS:
    void initTestCase() { qputenv("WAXWING_DATA_DIR", m_directory.path().toLocal8Bit()); }

    void everythingAcknowledgedGetsElsewhere()
    {
        constexpr int kConnections = 4;
        constexpr int kKills = 40;
        NextHop next;
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random{seed};
        const QStringList more{u"--smarthost-connections"_s, QString::number(kConnections), u"--queue-retry-seconds"_s, u"1"_s};
        Sender senders[]{Sender{"a", "zoe@elsewhere.org"}, Sender{"b", "zoe@elsewhere.org"}};
        for (int round = 0; round < kKills; ++round) {
            QProcess process;
            const QJsonObject endpoints = start(process, u"onward"_s, next.serverPort(), more);
            QVERIFY(!endpoints.isEmpty());
            const auto taken = [&senders] { return senders[0].acknowledged.size() + senders[1].acknowledged.size(); };
            const qsizetype enough = taken() + static_cast<qsizetype>(random.bounded(4));
            for (Sender &sender : senders)
                sender.connectTo(portOf(endpoints, "smtp"_L1));
            // After enough letters, however busy the machine is; a spy waits in an event loop, which serves the senders at once.
            QSignalSpy ended{&process, &QProcess::finished};
            QTimer look;
            connect(&look, &QTimer::timeout, &process, [&, moment = random.bounded(30)] {
                if (taken() < enough)
                    return;
                look.stop();
                QTimer::singleShot(moment, &process, [&process] { ::kill(static_cast<pid_t>(process.processId()), SIGKILL); });
            });
            look.start(1);
            QVERIFY(ended.wait(15'000));
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        }
        // The last run takes what is still owed an answer, and carries what the murders left.
        QProcess process;
        const QJsonObject endpoints = start(process, u"onward"_s, next.serverPort(), more);
        for (Sender &sender : senders) {
            sender.finish();
            sender.connectTo(portOf(endpoints, "smtp"_L1));
        }
        QTRY_VERIFY_WITH_TIMEOUT(senders[0].hasNothingLeft() && senders[1].hasNothingLeft(), 15'000);
        const QSet<QByteArray> acknowledged = senders[0].acknowledged + senders[1].acknowledged;
        QTRY_COMPARE_WITH_TIMEOUT((acknowledged - QSet<QByteArray>{next.taken.keyBegin(), next.taken.keyEnd()}).size(), 0, 60'000);
        stop(process);
        QVERIFY(acknowledged.size() > kKills);
        QVERIFY2(next.damaged.isEmpty(), next.damaged.join(' ').constData());
        int doubled = 0;
        for (const int times : std::as_const(next.taken))
            doubled += times - 1;
        qInfo("%lld acknowledged, %lld taken, %d twice", static_cast<long long>(acknowledged.size()), static_cast<long long>(next.taken.size()), doubled);
        QCOMPARE(next.taken.size(), acknowledged.size());
        // Only what the next hop was saying yes to when the relay was killed can come twice.
        QVERIFY2(doubled <= kKills * kConnections, QByteArray::number(doubled).constData());
    }

    void theQueueObeysTheCommandLineWhileTheRelayRuns()
    {
        QTcpServer nobody;
        nobody.listen(QHostAddress::LocalHost);
        const quint16 port = nobody.serverPort();
        nobody.close();
        QProcess process;
        const QJsonObject endpoints = start(process, u"queue"_s, port);
        QTcpSocket client;
        QByteArray answers;
        connect(&client, &QTcpSocket::readyRead, &client, [&] { answers += client.readAll(); });
        client.connectToHost(QHostAddress::LocalHost, portOf(endpoints, "smtp"_L1));
        client.write("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<zoe@elsewhere.org>\r\nDATA\r\n");
        QTRY_VERIFY(answers.contains("354 "));
        client.write("Subject: x\r\n\r\ntext\r\n.\r\n");
        QTRY_VERIFY(answers.contains("250 2.0.0"));
        const auto recipient = [this] { return queue({u"list"_s, u"--json"_s}).json["messages"_L1][0]["recipients"_L1][0]; };
        QTRY_COMPARE(recipient()["attempts"_L1].toInt(), 1);
        QCOMPARE(recipient()["address"_L1].toString(), u"zoe@elsewhere.org"_s);
        QCOMPARE(recipient()["state"_L1].toString(), u"waiting"_s);
        QVERIFY(recipient()["lastReply"_L1].toString().startsWith(u"ConnectionRefused"_s));
        const QString id = QString::number(queue({u"list"_s, u"--json"_s}).json["messages"_L1][0]["id"_L1].toInteger());
        QCOMPARE(queue({u"pause"_s}).exitStatus, 0);
        QVERIFY(queue({u"list"_s, u"--json"_s}).json["paused"_L1].toBool());
        QCOMPARE(queue({u"resume"_s}).exitStatus, 0);
        QCOMPARE(queue({u"pause"_s, id}).exitStatus, 0);
        QCOMPARE(recipient()["state"_L1].toString(), u"held"_s);
        QCOMPARE(queue({u"resume"_s, id}).exitStatus, 0);
        QTRY_VERIFY(recipient()["attempts"_L1].toInt() > 1);
        QCOMPARE(queue({u"flush"_s}).exitStatus, 0);
        QCOMPARE(queue({u"delete"_s}).exitStatus, 2);
        QCOMPARE(queue({u"delete"_s, u"first"_s}).exitStatus, 2);
        QCOMPARE(queue({u"delete"_s, id}).exitStatus, 0);
        QVERIFY(queue({u"list"_s, u"--json"_s}).json["messages"_L1].toArray().isEmpty());
        QCOMPARE(queue({u"delete"_s, id}).exitStatus, 3);
        stop(process);
    }

    void aHugeMessageOnItsWayElsewhereIsNeverInMemory()
    {
        NextHop next;
        const quint16 port = next.serverPort();
        next.close();
        QProcess process;
        const QJsonObject endpoints = start(process, u"huge"_s, port);
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, portOf(endpoints, "smtp"_L1));
        client.write("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<zoe@elsewhere.org>\r\nDATA\r\n");
        QByteArray answers;
        connect(&client, &QTcpSocket::readyRead, &client, [&] {
            answers += client.readAll();
            if (answers.contains("354 ") && !std::exchange(m_isHugeSent, true))
                client.write(hugeBody() + ".\r\n");
        });
        QTRY_VERIFY_WITH_TIMEOUT(answers.contains("250 2.0.0"), 60'000);
        // It is too large to be assessed while the relay runs; only its head was read.
        QTRY_VERIFY_WITH_TIMEOUT(relay({u"list"_s, u"--json"_s}, u"huge"_s).json[0]["headline"_L1].toString().startsWith("Larger than 10 MB"_L1), 60'000);
        forgetPeak(process);
        const qint64 before = peakKilobytes(process);
        QVERIFY(before > 0);
        QVERIFY(next.listen(QHostAddress::LocalHost, port));
        QCOMPARE(relay({u"queue"_s, u"flush"_s}, u"huge"_s).exitStatus, 0);
        QTRY_COMPARE_WITH_TIMEOUT(next.taken.value("huge"), 1, 60'000);
        QVERIFY(next.damaged.isEmpty());
        const qint64 grown = peakKilobytes(process) - before;
        // The sanitizers keep what was freed for a while, in case somebody touches it.
        QVERIFY2(grown >= 0 && grown < 16 * 1024 * support::patience(), QByteArray::number(grown).constData()); // 51 MB went through.
        stop(process);
    }
};

QTEST_GUILESS_MAIN(TestOnwardProcess)
#include "tst_OnwardProcess.moc"
