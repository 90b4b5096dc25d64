// SPDX-License-Identifier: GPL-3.0-or-later
// The disk is full, read-only, broken or in use, descriptors run out: peers are told to come again, what was taken
// stays, the window is told why, and all goes on by itself afterwards.
#include "relay/RelayFixture.h"
#include "support/TestDisk.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using support::TestDisk;
using Trouble = TestDisk::Trouble;

Q_DECLARE_METATYPE(support::TestDisk::Trouble)

namespace {

/// More than the files have room for already; beyond a piece it lies in a file of its own.
QByteArray text(const QByteArray &mark, int lines)
{
    return "Subject: " + mark + "\r\n\r\n" + QByteArray("0123456789\r\n").repeated(lines);
}

constexpr int kSmall = 9'000;
constexpr int kInPieces = 40'000;

/// Takes every descriptor that is left.
class UsedUpDescriptors
{
public:
    UsedUpDescriptors()
    {
        getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit limit{512, m_before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &limit);
        for (int descriptor = ::open("/dev/null", O_RDONLY); descriptor >= 0; descriptor = ::open("/dev/null", O_RDONLY))
            m_taken.push_back(descriptor);
    }
    ~UsedUpDescriptors()
    {
        for (const int descriptor : m_taken)
            ::close(descriptor);
        setrlimit(RLIMIT_NOFILE, &m_before);
    }
    Q_DISABLE_COPY_MOVE(UsedUpDescriptors)

private:
    rlimit m_before{};
    std::vector<int> m_taken;
};

/// So that a lost answer is a failure, not a hanging test.
bool connectTo(int descriptor, quint16 port)
{
    const timeval deadline{10, 0};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline) == 0
        && ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

} // namespace

class TestTrouble : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestDisk> m_disk;

    [[nodiscard]] QString folder() const { return m_folder->filePath(u"disk"_s); }

    static bool greet(LineClient &client) { return client.line().startsWith("220") && client.ask("EHLO client").startsWith("250"); }

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

    void aDiskInTroubleIsATemporaryErrorAndASentence_data()
    {
        QTest::addColumn<Trouble>("trouble");
        QTest::addColumn<int>("lines");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("full") << Trouble::Full << kSmall << QByteArray("452 4.3.1 ") << ErrorCode::DiskFull;
        QTest::newRow("full, in pieces") << Trouble::Full << kInPieces << QByteArray("452 4.3.1 ") << ErrorCode::DiskFull;
        QTest::newRow("read-only") << Trouble::ReadOnly << kSmall << QByteArray("451 4.3.0 ") << ErrorCode::ReadOnly;
        QTest::newRow("read-only, in pieces") << Trouble::ReadOnly << kInPieces << QByteArray("451 4.3.0 ") << ErrorCode::ReadOnly;
        QTest::newRow("broken") << Trouble::Broken << kSmall << QByteArray("451 4.3.0 ") << ErrorCode::DatabaseFailed;
        QTest::newRow("broken, in pieces") << Trouble::Broken << kInPieces << QByteArray("451 4.3.0 ") << ErrorCode::FileNotWritable;
    }

    void aDiskInTroubleIsATemporaryErrorAndASentence()
    {
        QFETCH(Trouble, trouble);
        QFETCH(int, lines);
        QFETCH(QByteArray, reply);
        QFETCH(ErrorCode, code);
        RunningRelay relay{onDisk(folder())};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(greet(smtp));
        QVERIFY(smtp.deliver("bob@example.org", text("before", lines)).startsWith("250"));
        m_disk->suffer(trouble);
        for (int attempt = 0; attempt < 2; ++attempt) {
            const QByteArray answer = smtp.deliver("bob@example.org", text("during", lines));
            QVERIFY2(answer.startsWith(reply), answer.constData());
        }
        QTRY_VERIFY(relay.trouble);
        QCOMPARE(relay.trouble->code, code);
        // What is there can still be read.
        LineClient pop3{relay.pop3Port()};
        QVERIFY(logIn(pop3));
        QVERIFY(pop3.ask("RETR 1").startsWith("+OK"));
        QVERIFY(pop3.listing().join("\r\n").contains(text("before", lines).chopped(2)));
        QVERIFY(pop3.ask("DELE 1").startsWith("+OK"));
        const QByteArray deleted = pop3.ask("QUIT");
        QVERIFY2(trouble == Trouble::Full || deleted.startsWith("-ERR [SYS/TEMP] "), deleted.constData());
        m_disk->suffer(Trouble::None);
        QVERIFY(smtp.deliver("bob@example.org", text("during", lines)).startsWith("250"));
        QTRY_VERIFY(!relay.trouble);
        LineClient again{relay.pop3Port()};
        QVERIFY(logIn(again));
        QVERIFY(again.ask("STAT").startsWith(deleted.startsWith("+OK") ? "+OK 1 " : "+OK 2 "));
    }

    void aLockedDatabaseIsATemporaryError()
    {
        RunningRelay relay{onDisk(folder())};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(greet(smtp));
        {
            QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            other.setDatabaseName(folder() + u"/spool.sqlite"_s);
            QVERIFY(other.open());
            QSqlQuery query{other};
            QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
            const QByteArray answer = smtp.deliver("bob@example.org", text("locked", 1));
            QVERIFY2(answer.startsWith("451 4.3.0"), answer.constData());
            QTRY_VERIFY(relay.trouble);
            QCOMPARE(relay.trouble->code, ErrorCode::DatabaseBusy);
            LineClient pop3{relay.pop3Port()};
            QVERIFY(logIn(pop3));
            QVERIFY(query.exec(u"ROLLBACK"_s));
            other.close();
        }
        QSqlDatabase::removeDatabase(u"other"_s);
        QVERIFY(smtp.deliver("bob@example.org", text("locked", 1)).startsWith("250"));
        QTRY_VERIFY(!relay.trouble);
    }

    void usedUpDescriptorsDelayNewcomersAndLargeMessages()
    {
        RunningRelay relay{onDisk(folder())};
        QTRY_VERIFY(relay.isRunning);
        LineClient smtp{relay.smtpPort()};
        QVERIFY(greet(smtp));
        QVERIFY(smtp.deliver("bob@example.org", text("large", kInPieces)).startsWith("250"));
        LineClient pop3{relay.pop3Port()};
        QVERIFY(logIn(pop3));
        const int late = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        {
            const UsedUpDescriptors descriptors;
            QVERIFY(smtp.deliver("bob@example.org", text("small", 10)).startsWith("250"));
            const QByteArray answer = smtp.deliver("bob@example.org", text("another", kInPieces));
            QVERIFY2(answer.startsWith("451 4.3.0"), answer.constData());
            QTRY_VERIFY(relay.trouble);
            QCOMPARE(relay.trouble->code, ErrorCode::TooManyFilesOpen);
            const QByteArray unread = pop3.ask("RETR 1");
            QVERIFY2(unread.startsWith("-ERR [SYS/TEMP]"), unread.constData());
            QVERIFY(smtp.deliver("bob@example.org", text("small again", 10)).startsWith("250"));
            QTRY_VERIFY(!relay.trouble);
            QVERIFY(connectTo(late, relay.smtpPort()));
            QTRY_VERIFY(relay.trouble);
            QCOMPARE(relay.trouble->code, ErrorCode::TooManyFilesOpen);
        }
        char greeting[3] = {};
        QCOMPARE(::recv(late, greeting, sizeof greeting, MSG_WAITALL), ssize_t(sizeof greeting));
        QCOMPARE(QByteArray(greeting, sizeof greeting), QByteArray("220"));
        ::close(late);
        QTRY_VERIFY(!relay.trouble);
        QVERIFY(smtp.deliver("bob@example.org", text("another", kInPieces)).startsWith("250"));
        QVERIFY(pop3.ask("RETR 1").startsWith("+OK"));
        QVERIFY(pop3.listing().join("\r\n").contains(text("large", kInPieces).chopped(2)));
    }
};

QTEST_GUILESS_MAIN(TestTrouble)
#include "tst_Trouble.moc"
