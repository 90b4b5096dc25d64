// SPDX-License-Identifier: GPL-3.0-or-later
// `wax relay` is killed at random moments under load; whatever it acknowledged is there afterwards, whole and once.
#include "relay/RelayFixture.h"
#include "store/SqliteSpool.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTimer>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int kClients = 8;

QByteArray bodyOf(const QByteArray &mark)
{
    // Every tenth comes in pieces and lies in a file of its own.
    const bool isLarge = mark.endsWith('7');
    return "X-Mark: " + mark + "\r\n\r\n" + ("text of " + mark + "\r\n").repeated(isLarge ? 20'000 : 30) + "end " + mark + "\r\n";
}

/// Sends without end, one message after the other, and notes what was acknowledged.
class Sender : public QObject
{
    Q_OBJECT

public:
    Sender(quint16 port, QByteArray prefix) : m_prefix(std::move(prefix))
    {
        connect(&m_socket, &QTcpSocket::readyRead, this, &Sender::onReadyRead);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
    }
    QList<QByteArray> acknowledged;

private:
    void onReadyRead()
    {
        while (m_socket.canReadLine()) {
            const QByteArray line = m_socket.readLine();
            if (line.startsWith("250-"))
                continue;
            if (line.startsWith("250 2.0.0"))
                acknowledged.append(m_mark);
            if (line.startsWith("220"))
                m_socket.write("EHLO c\r\n");
            else if (line.startsWith("354"))
                m_socket.write(bodyOf(m_mark) + ".\r\n");
            else if (line.startsWith("250 2.0.0") || line.startsWith("250 AUTH"))
                next();
        }
    }
    void next()
    {
        m_mark = m_prefix + '.' + QByteArray::number(++m_count);
        m_socket.write("MAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
    }

    QTcpSocket m_socket;
    QByteArray m_prefix;
    QByteArray m_mark;
    int m_count = 0;
};

} // namespace

class TestKillMinusNine : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    static QString wax()
    {
        return QStringLiteral(WAXWING_WAX);
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
                                           u"--spool"_s, m_directory.filePath(u"spool"_s)}), 0);
    }

    void everythingAcknowledgedIsThereOnce()
    {
        // 25 here; WAXWING_KILLS=200 is the long run.
        const int kills = qEnvironmentVariableIntValue("WAXWING_KILLS") > 0 ? qEnvironmentVariableIntValue("WAXWING_KILLS") : 25;
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random{seed};
        QSet<QByteArray> acknowledged;
        for (int round = 0; round < kills; ++round) {
            QProcess process;
            process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            process.start(wax(), {u"relay"_s, u"--json"_s, u"--smtp"_s, u"127.0.0.1:0"_s, u"--pop3"_s, u"127.0.0.1:0"_s, u"--spool"_s,
                                  m_directory.filePath(u"spool"_s)});
            QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 15'000);
            const QString endpoint = QJsonDocument::fromJson(process.readLine()).object().value("smtp"_L1).toString();
            const auto port = static_cast<quint16>(endpoint.section(u':', -1).toUInt());
            std::vector<std::unique_ptr<Sender>> senders;
            for (int i = 0; i < kClients; ++i)
                senders.push_back(std::make_unique<Sender>(port, QByteArray::number(round) + '.' + QByteArray::number(i)));
            bool isKilled = false;
            QTimer::singleShot(static_cast<int>(20 + random.bounded(250)), &process, [&] {
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
                isKilled = true;
            });
            QTRY_VERIFY(isKilled);
            QTRY_COMPARE(process.state(), QProcess::NotRunning);
            for (const auto &sender : senders)
                acknowledged += QSet<QByteArray>{sender->acknowledged.cbegin(), sender->acknowledged.cend()};
        }
        QVERIFY(acknowledged.size() > kills);
        checkSpool(acknowledged);
    }

private:
    void checkSpool(const QSet<QByteArray> &acknowledged)
    {
        const auto spool = store::SqliteSpool::open(m_directory.filePath(u"spool"_s), store::SqliteSpool::Role::Relay);
        QVERIFY(spool);
        const auto reader = std::move((*spool)->makeReader()).value();
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
            const qsizetype at = octets.indexOf("X-Mark: ");
            const QByteArray mark = octets.sliced(at + 8, octets.indexOf('\r', at) - at - 8);
            QVERIFY2(octets.endsWith(bodyOf(mark)), mark.constData());
            QVERIFY2(!found.contains(mark), mark.constData());
            found.insert(mark);
        }
        const QSet<QByteArray> lost = acknowledged - found;
        QVERIFY2(lost.isEmpty(), QByteArray::number(lost.size()).constData());
        qInfo("%lld acknowledged, %lld found", static_cast<long long>(acknowledged.size()), static_cast<long long>(found.size()));
    }
};

QTEST_GUILESS_MAIN(TestKillMinusNine)
#include "tst_KillMinusNine.moc"
