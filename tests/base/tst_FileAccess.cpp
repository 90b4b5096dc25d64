// SPDX-License-Identifier: GPL-3.0-or-later
// Files as a stranger, another program or a sick disk would have them.
#include "base/FileAccess.h"
#include "support/ErrorNames.h"
#include "support/TestDisk.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using support::TestDisk;
using Trouble = TestDisk::Trouble;

namespace {

constexpr qint64 kLimit = 100;

struct stat statusOf(const QString &file)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(file).constData(), &status) != 0)
        qFatal("%s is not there", qPrintable(file));
    return status;
}

mode_t permissionsOf(const QString &file)
{
    return statusOf(file).st_mode & 07777;
}

} // namespace

class TestFileAccess : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_place;

    [[nodiscard]] QString path(const QString &name) const { return m_place->filePath(name); }

    void put(const QString &name, const QByteArray &content, mode_t permissions = 0600) const
    {
        QFile file{path(name)};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        QCOMPARE(::chmod(QFile::encodeName(path(name)).constData(), permissions), 0);
    }

    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file{path(name)};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
    }

    /// A link in the folder; `target` as it stands in the link.
    void link(const QString &target, const QString &name) const
    {
        QCOMPARE(::symlink(QFile::encodeName(target).constData(), QFile::encodeName(path(name)).constData()), 0);
    }

    void makeFifo(const QString &name) const { QCOMPARE(::mkfifo(QFile::encodeName(path(name)).constData(), 0600), 0); }

    /// What is left of a write that failed.
    [[nodiscard]] QStringList temporaryFiles(const QString &folder = {}) const
    {
        return QDir{path(folder)}.entryList({u"*.new"_s}, QDir::Files | QDir::Hidden);
    }

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir{m_place->path()}.mkdir(u"folder"_s));
    }

    void whatCannotBeReadSaysWhy_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nothing") << u"absent"_s << ErrorCode::FileNotFound;
        QTest::newRow("nothing below a file") << u"just-right/absent"_s << ErrorCode::FileNotFound;
        QTest::newRow("a link to nothing") << u"dangling"_s << ErrorCode::FileNotFound;
        QTest::newRow("a link to itself") << u"loop"_s << ErrorCode::FileNotReadable;
        QTest::newRow("a folder") << u"folder"_s << ErrorCode::FileNotReadable;
        QTest::newRow("a FIFO that nobody writes to") << u"fifo"_s << ErrorCode::FileNotReadable;
        QTest::newRow("a link to it") << u"link-to-fifo"_s << ErrorCode::FileNotReadable;
        QTest::newRow("a device without an end") << u"/dev/zero"_s << ErrorCode::FileNotReadable;
        QTest::newRow("one octet too many") << u"too-large"_s << ErrorCode::FileTooLarge;
        // It says that it is empty and holds more, as a file does that grows meanwhile.
        QTest::newRow("a file that grows") << u"/proc/self/status"_s << ErrorCode::FileTooLarge;
        QTest::newRow("no permission") << u"locked"_s << (::geteuid() == 0 ? ErrorCode::Unknown : ErrorCode::FileNotReadable);
        QTest::newRow("no permission above it") << u"closed/file"_s << (::geteuid() == 0 ? ErrorCode::FileNotFound : ErrorCode::FileNotReadable);
    }
    void whatCannotBeReadSaysWhy()
    {
        put(u"just-right"_s, QByteArray(kLimit, 'x'));
        put(u"too-large"_s, QByteArray(kLimit + 1, 'x'));
        put(u"locked"_s, "x", 0);
        link(u"absent"_s, u"dangling"_s);
        link(u"loop"_s, u"loop"_s);
        makeFifo(u"fifo"_s);
        link(u"fifo"_s, u"link-to-fifo"_s);
        QCOMPARE(::mkdir(QFile::encodeName(path(u"closed"_s)).constData(), 0), 0);
        QFETCH(QString, name);
        const base::Result<QByteArray> read = base::readFile(name.startsWith(u'/') ? name : path(name), kLimit);
        QTEST(read ? ErrorCode::Unknown : read.error().code, "code");
    }

    void aFileIsReadWhole()
    {
        put(u"just-right"_s, QByteArray(kLimit, 'x'));
        link(u"just-right"_s, u"link"_s);
        put(u"empty"_s, {});
        const QByteArray large = QByteArray("0123456789").repeated(30'000);
        put(u"large"_s, large);
        QCOMPARE(base::readFile(path(u"link"_s), kLimit)->size(), kLimit);
        QCOMPARE(base::readFile(path(u"empty"_s), kLimit)->size(), 0);
        QCOMPARE(*base::readFile(path(u"large"_s), 1 << 20), large);
        QVERIFY(base::readFile(u"/proc/self/status"_s, 1 << 20)->contains("\nThreads:"));
    }

    void onlyOurOwnFilesAreNeverEmpty()
    {
        put(u"empty"_s, {});
        put(u"full"_s, "x");
        QCOMPARE(base::readPrivateFile(path(u"empty"_s)).error().code, ErrorCode::FileEmpty);
        QCOMPARE(base::readPrivateFile(path(u"absent"_s)).error().code, ErrorCode::FileNotFound);
        QCOMPARE(*base::readPrivateFile(path(u"full"_s)), QByteArray("x"));
    }

    void aPipeIsReadToItsEndWhereItIsWelcome()
    {
        const QByteArray words = QByteArray("words ").repeated(5'000);
        int ends[2] = {};
        QCOMPARE(::pipe(ends), 0);
        QCOMPARE(::write(ends[1], words.constData(), static_cast<std::size_t>(words.size())), ssize_t{words.size()});
        ::close(ends[1]);
        const QString name = u"/proc/self/fd/%1"_s.arg(ends[0]);
        QCOMPARE(base::readFile(name, 1 << 20).error().code, ErrorCode::FileNotReadable);
        QCOMPARE(*base::readFileOrPipe(name, 1 << 20), words);
        ::close(ends[0]);
        QCOMPARE(base::readFileOrPipe(u"/dev/null"_s, kLimit)->size(), 0);
        QCOMPARE(base::readFileOrPipe(u"/dev/zero"_s, 1 << 20).error().code, ErrorCode::FileTooLarge);
        QCOMPARE(base::readFileOrPipe(path(u"folder"_s), kLimit).error().code, ErrorCode::FileNotReadable);
        QCOMPARE(base::readFileOrPipe(path(u"absent"_s), kLimit).error().code, ErrorCode::FileNotFound);
    }

    void theRestOfWhatIsOpenIsRead()
    {
        put(u"large"_s, QByteArray(300'000, 'x'));
        const int descriptor = ::open(QFile::encodeName(path(u"large"_s)).constData(), O_RDONLY | O_CLOEXEC);
        QCOMPARE(::lseek(descriptor, 299'990, SEEK_SET), off_t{299'990});
        QCOMPARE(base::readToEnd(descriptor, u"it"_s, kLimit)->size(), 10);
        QCOMPARE(::lseek(descriptor, 0, SEEK_SET), off_t{0});
        QCOMPARE(base::readToEnd(descriptor, u"it"_s, kLimit).error().code, ErrorCode::FileTooLarge);
        ::close(descriptor);
        QCOMPARE(base::readToEnd(descriptor, u"it"_s, kLimit).error().code, ErrorCode::FileNotReadable);
    }

    void aPrivateFileIsItsOwnersWhateverWasThere()
    {
        put(u"open"_s, "before", 0644);
        put(u"foreign"_s, "foreign", 0644);
        link(u"foreign"_s, u"link"_s);
        for (const QString &name : {u"open"_s, u"link"_s, u"fresh"_s}) {
            QVERIFY(base::writePrivateFile(path(name), "after"));
            QCOMPARE(content(name), QByteArray("after"));
            QVERIFY(S_ISREG(statusOf(path(name)).st_mode));
            QCOMPARE(permissionsOf(path(name)), mode_t{0600});
        }
        QCOMPARE(content(u"foreign"_s), QByteArray("foreign"));
        QCOMPARE(base::writePrivateFile(path(u"folder"_s), "x").error().code, ErrorCode::FileNotWritable);
        QCOMPARE(base::writePrivateFile(path(u"no/such/folder"_s), "x").error().code, ErrorCode::FileNotWritable);
        QCOMPARE(temporaryFiles(), QStringList{});
    }

    void aSavedFileKeepsItsPermissions()
    {
        const mode_t before = ::umask(027);
        put(u"old"_s, "before", 0604);
        const base::Status replaced = base::writeFile(path(u"old"_s), "after");
        const base::Status made = base::writeFile(path(u"new"_s), "after");
        const base::Status keys = base::writeFileOrPipe(path(u"keys"_s), "after", base::NewFile::OwnersAlone);
        const base::Status again = base::writeFile(path(u"new"_s), "again", base::NewFile::OwnersAlone);
        ::umask(before);
        QVERIFY(replaced && made && keys && again);
        QCOMPARE(content(u"old"_s), QByteArray("after"));
        QCOMPARE(permissionsOf(path(u"old"_s)), mode_t{0604});
        QCOMPARE(permissionsOf(path(u"new"_s)), mode_t{0640});
        QCOMPARE(permissionsOf(path(u"keys"_s)), mode_t{0600});
        put(u"locked"_s, "before", 0400);
        if (::geteuid() != 0)
            QCOMPARE(base::writeFile(path(u"locked"_s), "after").error().code, ErrorCode::FileNotWritable);
    }

    void aLinkThatIsSavedToStaysALink_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("target");
        QTest::newRow("to a file") << u"link"_s << u"file"_s;
        QTest::newRow("to a link") << u"chain"_s << u"file"_s;
        QTest::newRow("to what is not there yet") << u"dangling"_s << u"folder/fresh"_s;
        QTest::newRow("out of a linked folder") << u"elsewhere/up"_s << u"folder/file"_s;
    }
    void aLinkThatIsSavedToStaysALink()
    {
        QFETCH(QString, name);
        QFETCH(QString, target);
        put(u"file"_s, "before");
        put(u"folder/file"_s, "before");
        link(path(u"file"_s), u"link"_s);
        link(u"link"_s, u"chain"_s);
        link(u"folder/fresh"_s, u"dangling"_s);
        QVERIFY(QDir{path(u"folder"_s)}.mkdir(u"below"_s));
        link(u"folder/below"_s, u"elsewhere"_s);
        link(u"../file"_s, u"folder/below/up"_s);
        QVERIFY(base::writeFile(path(name), "after"));
        QVERIFY(S_ISLNK(statusOf(path(name)).st_mode));
        QCOMPARE(content(target), QByteArray("after"));
        QCOMPARE(content(u"file"_s), QByteArray(target == u"file"_s ? "after" : "before"));
    }

    void whatIsNoFileIsNotReplaced()
    {
        makeFifo(u"fifo"_s);
        link(u"fifo"_s, u"link-to-fifo"_s);
        link(u"loop"_s, u"loop"_s);
        for (const QString &name : {u"fifo"_s, u"link-to-fifo"_s, u"loop"_s, u"folder"_s, u"no/such/folder"_s, u"fifo/below"_s})
            QCOMPARE(base::writeFile(path(name), "x").error().code, ErrorCode::FileNotWritable);
        QVERIFY(S_ISFIFO(statusOf(path(u"fifo"_s)).st_mode));
        QVERIFY(S_ISLNK(statusOf(path(u"loop"_s)).st_mode));
        QCOMPARE(temporaryFiles(), QStringList{});
    }

    void aPipeIsWrittenIntoWhereItIsWelcome()
    {
        makeFifo(u"fifo"_s);
        const int reader = ::open(QFile::encodeName(path(u"fifo"_s)).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        QVERIFY(base::writeFileOrPipe(path(u"fifo"_s), "words"));
        char words[10] = {};
        QCOMPARE(::read(reader, words, sizeof words), ssize_t{5});
        ::close(reader);
        QCOMPARE(QByteArray(words), QByteArray("words"));
        QVERIFY(S_ISFIFO(statusOf(path(u"fifo"_s)).st_mode));
        QVERIFY(base::writeFileOrPipe(path(u"file"_s), "words"));
        QCOMPARE(content(u"file"_s), QByteArray("words"));
        QCOMPARE(base::writeFileOrPipe(path(u"folder"_s), "words").error().code, ErrorCode::FileNotWritable);
        QCOMPARE(base::writeFileOrPipe(u"/dev/full"_s, "words").error().code, ErrorCode::DiskFull);
    }

    void longNamesLeaveRoomForTheTemporaryFile()
    {
        const QString name(240, u'n');
        QVERIFY(base::writeFile(path(name), "x"));
        QCOMPARE(content(name), QByteArray("x"));
    }

    void aDiskInTroubleSaysSoAndKeepsWhatWasThere_data()
    {
        QTest::addColumn<Trouble>("trouble");
        QTest::addColumn<ErrorCode>("ours");
        QTest::addColumn<ErrorCode>("saved");
        QTest::newRow("full") << Trouble::Full << ErrorCode::DiskFull << ErrorCode::DiskFull;
        QTest::newRow("read-only") << Trouble::ReadOnly << ErrorCode::ReadOnly << ErrorCode::FileNotWritable;
        QTest::newRow("syncing fails") << Trouble::Broken << ErrorCode::FileNotWritable << ErrorCode::FileNotWritable;
    }
    void aDiskInTroubleSaysSoAndKeepsWhatWasThere()
    {
        QFETCH(Trouble, trouble);
        TestDisk disk{path(u"folder"_s)};
        const QString file = path(u"folder/file"_s);
        QVERIFY(base::writePrivateFile(file, "before"));
        disk.suffer(trouble);
        QTEST(base::writePrivateFile(file, "after").error().code, "ours");
        QTEST(base::writeFile(file, "after").error().code, "saved");
        if (trouble != Trouble::Broken)
            QTEST(base::makePrivateFolder(path(u"folder/deep"_s)).error().code, "ours");
        QCOMPARE(content(u"folder/file"_s), QByteArray("before"));
        QCOMPARE(temporaryFiles(u"folder"_s), QStringList{});
        disk.suffer(Trouble::None);
        QVERIFY(base::writeFile(file, "after"));
        QCOMPARE(content(u"folder/file"_s), QByteArray("after"));
    }

    void aPrivateFolderIsMadeWithItsParents()
    {
        QVERIFY(base::makePrivateFolder(path(u"a/b/c"_s)));
        for (const QString &name : {u"a"_s, u"a/b"_s, u"a/b/c"_s})
            QCOMPARE(permissionsOf(path(name)), mode_t{0700});
        QVERIFY(base::makePrivateFolder(path(u"a/b"_s)));
        put(u"file"_s, "x");
        QCOMPARE(base::makePrivateFolder(path(u"file"_s)).error().code, ErrorCode::FileNotWritable);
        QCOMPARE(base::makePrivateFolder(path(u"file/below"_s)).error().code, ErrorCode::FileNotWritable);
    }
};

QTEST_GUILESS_MAIN(TestFileAccess)
#include "tst_FileAccess.moc"
