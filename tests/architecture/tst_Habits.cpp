// SPDX-License-Identifier: GPL-3.0-or-later
// Habits of the house that a machine can watch: no nested event loops, no sleeping tests, no sentence without tr.
#include "architecture/SourceTree.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Habit {
    const char *name;
    QRegularExpression forbidden;
    QRegularExpression except; ///< Of the line or of the path.
};

QStringList findings(const QList<SourceFile> &files, const Habit &habit)
{
    QStringList wrong;
    for (const SourceFile &file : files)
        for (qsizetype i = 0; i < file.code.size(); ++i) {
            const QString &line = file.code[i];
            const bool isExcepted = !habit.except.pattern().isEmpty()
                                    && (habit.except.match(line).hasMatch() || habit.except.match(file.path).hasMatch());
            if (habit.forbidden.match(line).hasMatch() && !isExcepted)
                wrong << u"%1:%2 %3 (%4)"_s.arg(file.path).arg(i + 1).arg(line.trimmed(), QLatin1StringView{habit.name});
        }
    return wrong;
}

} // namespace

class TestHabits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Excepted: SQL statements, and QCA operations inside one job of the crypto pool, neither of which is an event loop; and where base waits for those
    // that may, and for the end of another program.
    void productCodeNeverWaitsInANestedLoop()
    {
        const Habit habit{"nested loop or blocking wait",
                          QRegularExpression{uR"(\bQEventLoop\b|processEvents|(\.|->)exec\(\)|waitFor(Finished|ReadyRead|Connected|BytesWritten|Disconnected|Encrypted)\b|\bQThread::m?sleep|sleep_for)"_s},
                          QRegularExpression{uR"(QCoreApplication::exec|QApplication::exec|application\.exec|drag->exec|[qQ]uery|statement|^src/store/|^src/base/Operation\.h|^src/base/ProgramRun\.cpp|^src/(provider|smime)/Cms)"_s}};
        const QStringList wrong = findings(readSourceTree({u"src"_s, u"ui"_s}), habit);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void signalsAreConnectedByPointer()
    {
        const Habit habit{"string connection", QRegularExpression{uR"(\b(SIGNAL|SLOT)\()"_s}, {}};
        const QStringList wrong = findings(readSourceTree({u"src"_s, u"ui"_s, u"tests"_s}), habit);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void testsNeitherSleepNorSkip()
    {
        const Habit habit{"sleeping or skipping test", QRegularExpression{uR"(\bQSKIP\b|\bqSleep\b|QTest::qWait\(|QThread::m?sleep|sleep_for)"_s},
                          QRegularExpression{u"^tests/architecture/"_s}};
        const QStringList wrong = findings(readSourceTree({u"tests"_s}), habit);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void filesAreReplacedInOnePlace()
    {
        const Habit habit{"file replaced outside base/FileAccess", QRegularExpression{uR"(\bQSaveFile\b|\bstd::rename\b)"_s},
                          QRegularExpression{u"^src/base/FileAccess"_s}};
        const QStringList wrong = findings(readSourceTree({u"src"_s, u"ui"_s}), habit);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void nothingIsPrintedOutsideTheCommandLine()
    {
        const Habit habit{"debug output", QRegularExpression{uR"(\bqDebug\(|\bstd::c(out|err)\b|\bf?printf\()"_s},
                          QRegularExpression{u"^src/cli/|^ui/main|snprintf"_s}};
        const QStringList wrong = findings(readSourceTree({u"src"_s, u"ui"_s}), habit);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void noFileIsLongerThanItsCeiling()
    {
        constexpr qsizetype kCeilingLines = 600;
        QStringList wrong;
        for (const SourceFile &file : readSourceTree({u"src"_s, u"ui"_s}))
            if (file.code.size() > kCeilingLines + 1)
                wrong << u"%1 has %2 lines"_s.arg(file.path).arg(file.code.size() - 1);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void everyFileNamesItsLicence()
    {
        QStringList wrong;
        for (const SourceFile &file : readSourceTree({u"src"_s, u"ui"_s, u"tests"_s})) {
            QFile onDisk{QStringLiteral(WAXWING_SOURCE_DIR "/") + file.path};
            if (!onDisk.open(QIODevice::ReadOnly) || !onDisk.readLine().contains("SPDX-License-Identifier: GPL-3.0-or-later"))
                wrong << file.path;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestHabits)
#include "tst_Habits.moc"
