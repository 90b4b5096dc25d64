// SPDX-License-Identifier: GPL-3.0-or-later

// What every relay carries unchanged, and what must be encoded before it is signed.

#include "mime/SevenBit.h"

#include <QRandomGenerator>
#include <QTest>

namespace {

/// The rules one after the other, line by line: RFC 5321 section 4.5.3.1.6, RFC 8551 section 3.1.2.
bool isSafeLineByLine(const QByteArray &octets, qsizetype longest)
{
    for (qsizetype at = 0; at < octets.size();) {
        const qsizetype end = octets.indexOf("\r\n", at);
        const QByteArray line = octets.mid(at, end < 0 ? -1 : end - at);
        for (const char c : line) {
            if (c == '\r' || c == '\n' || c == '\0' || static_cast<unsigned char>(c) > 127)
                return false;
        }
        if (line.size() > longest || line.endsWith(' ') || line.endsWith('\t') || line.startsWith("From "))
            return false;
        at = end < 0 ? octets.size() : end + 2;
    }
    return true;
}

} // namespace

class TestSevenBit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSafe_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<bool>("isSafe");
        const auto row = [](const char *name, const QByteArray &octets, bool isSafe) { QTest::newRow(name) << octets << isSafe; };
        const QByteArray line = QByteArray(76, 'a') + "\r\n";
        row("nothing", {}, true);
        row("lines", line.repeated(100), true);
        row("no line end at the end", line + "b", true);
        row("a line of 998", QByteArray(998, 'a') + "\r\n" + line, true);
        row("a line of 999", QByteArray(999, 'a') + "\r\n" + line, false);
        row("998 at the end", line + QByteArray(998, 'a'), true);
        row("999 at the end", line + QByteArray(999, 'a'), false);
        row("999 after short lines", line.repeated(13) + QByteArray(999, 'a') + "\r\n" + line, false);
        row("998 after short lines", line.repeated(13) + QByteArray(998, 'a') + "\r\n" + line, true);
        row("a bare LF", line.repeated(3) + "\n", false);
        row("LF first", "\n" + line, false);
        row("a bare CR", line.repeated(3) + "\ra\r\n", false);
        row("CR last", line + "a\r", false);
        row("CR CR LF", line + "a\r\r\n", false);
        row("a blank before the end of a line", line.repeated(5) + "a \r\n", false);
        row("a tab at the very end", line + "a\t", false);
        row("a blank line of one blank", line + " \r\n" + line, false);
        row("From at the very beginning", "From me\r\n", false);
        row("From after a line", line.repeated(5) + "From me\r\n", false);
        row("From: is no From", line + "From: me\r\nF\r\nFrom\r\n", true);
        row("From within a line", line + "a From me\r\n", true);
        row("NUL", line + QByteArray("a\0b", 3), false);
        row("an octet above 127", line + "gr\xfcn\r\n", false);
        row("other control characters", line + "\x01\x1b\x0c\r\n", true);
    }

    void whatIsSafe()
    {
        QFETCH(QByteArray, octets);
        QFETCH(bool, isSafe);
        QCOMPARE(isSafeLineByLine(octets, 998), isSafe);
        QCOMPARE(mime::isSafeForTransport(octets), isSafe);
    }

    /// Whole runs are looked at together: nothing may slip through where one ends.
    void whereverItStands()
    {
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random{seed};
        const QByteArrayList pieces{"a", "bb", "-", "\r\n", "\r\n", "\r\n", "F", "From ", "From", " ", "\t", "\r", "\n", QByteArray(1, '\0'), "\x80"};
        int safe = 0;
        for (int round = 0; round < 3000; ++round) {
            QByteArray octets(random.bounded(300), 'x');
            const int kinds = random.bounded(2) == 0 ? 9 : static_cast<int>(pieces.size());
            for (int i = random.bounded(6); i >= 0; --i)
                octets.insert(random.bounded(static_cast<int>(octets.size()) + 1), pieces.at(random.bounded(kinds)));
            const int longest = random.bounded(40, 300);
            const bool isSafe = isSafeLineByLine(octets, longest);
            QVERIFY2(mime::isSafeForTransport(octets, longest) == isSafe, octets.toPercentEncoding().constData());
            safe += isSafe;
        }
        QVERIFY(safe > 100 && safe < 2900);
    }
};

QTEST_GUILESS_MAIN(TestSevenBit)
#include "tst_SevenBit.moc"
