// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/DotStuffing.h"

#include <QRandomGenerator>
#include <QTest>

using net::DotStuffer;
using net::DotUnstuffer;

class TestDotStuffing : public QObject
{
    Q_OBJECT

    struct Read {
        QByteArray text;
        qsizetype taken = 0;
        bool isAtEnd = false;
        DotUnstuffer::Findings findings;
    };

    static Read read(const QByteArray &wire, qsizetype cut, qsizetype lineLimit = 0)
    {
        Read result;
        DotUnstuffer unstuffer{lineLimit};
        for (qsizetype at = 0; at < wire.size() && !unstuffer.isAtEnd(); at += cut)
            result.taken += unstuffer.feed(QByteArrayView{wire}.sliced(at, qMin(cut, wire.size() - at)), result.text);
        result.isAtEnd = unstuffer.isAtEnd();
        result.findings = unstuffer.findings();
        return result;
    }

private Q_SLOTS:
    void messagesSurviveTheWire_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("plain") << QByteArray("a\r\nb\r\n") << QByteArray("a\r\nb\r\n.\r\n");
        QTest::newRow("empty") << QByteArray("") << QByteArray(".\r\n");
        QTest::newRow("a dot") << QByteArray(".\r\n") << QByteArray("..\r\n.\r\n");
        QTest::newRow("dots") << QByteArray("..\r\n.x\r\na.\r\n") << QByteArray("...\r\n..x\r\na.\r\n.\r\n");
        QTest::newRow("blank lines") << QByteArray("\r\n\r\n.\r\n\r\n") << QByteArray("\r\n\r\n..\r\n\r\n.\r\n");
    }

    void messagesSurviveTheWire()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, wire);
        QCOMPARE(net::dotStuffed(message), wire);
        for (qsizetype cut = 1; cut <= wire.size(); ++cut) {
            const Read result = read(wire, cut);
            QVERIFY(result.isAtEnd);
            QCOMPARE(result.text, message);
            QCOMPARE(result.taken, wire.size());
        }
    }

    void piecesAreStuffedAsTheWhole()
    {
        QRandomGenerator random{20261123};
        const QByteArrayView alphabet = "a.\r\n";
        for (int round = 0; round < 500; ++round) {
            QByteArray message;
            for (int i = 0; i < 40; ++i) {
                const char c = alphabet[random.bounded(3)];
                message += c == '\r' ? QByteArray("\r\n") : QByteArray(1, c);
            }
            message += "\r\n";
            DotStuffer stuffer;
            QByteArray wire;
            for (qsizetype at = 0; at < message.size();) {
                const qsizetype octets = qMin<qsizetype>(1 + random.bounded(7), message.size() - at);
                stuffer.feed(QByteArrayView{message}.sliced(at, octets), wire);
                at += octets;
            }
            stuffer.finish(wire);
            QCOMPARE(wire, net::dotStuffed(message));
            QCOMPARE(read(wire, 1 + round % 9).text, message);
        }
    }

    void aMissingLastLineEndIsAdded()
    {
        QCOMPARE(net::dotStuffed("no end"), QByteArray("no end\r\n.\r\n"));
    }

    void whatFollowsTheEndIsNotTaken()
    {
        const Read result = read("text\r\n.\r\nQUIT\r\n", 100);
        QVERIFY(result.isAtEnd);
        QCOMPARE(result.taken, 9);
    }

    void onlyCrlfDotCrlfEnds_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("LF . LF") << QByteArray("a\n.\nMAIL FROM:<x@y>\r\n");
        QTest::newRow("LF . CRLF") << QByteArray("a\n.\r\nMAIL FROM:<x@y>\r\n");
        QTest::newRow("CRLF . LF") << QByteArray("a\r\n.\nMAIL FROM:<x@y>\r\n");
        QTest::newRow("CR . CR") << QByteArray("a\r.\rMAIL FROM:<x@y>\r\n");
        QTest::newRow("CR . CRLF") << QByteArray("a\r.\r\nMAIL FROM:<x@y>\r\n");
        QTest::newRow("CRLF . CR") << QByteArray("a\r\n.\rMAIL FROM:<x@y>\r\n");
        QTest::newRow("CRLF . CR CRLF") << QByteArray("a\r\n.\r\r\nMAIL FROM:<x@y>\r\n");
        QTest::newRow("CR CRLF . LF") << QByteArray("a\r\r\n.\nMAIL FROM:<x@y>\r\n");
    }

    void onlyCrlfDotCrlfEnds()
    {
        QFETCH(QByteArray, wire);
        for (qsizetype cut = 1; cut <= wire.size(); ++cut) {
            const Read result = read(wire, cut);
            QVERIFY(!result.isAtEnd);
            QVERIFY(result.findings.hasBareCr || result.findings.hasBareLf);
        }
    }

    void oddOctetsAreFound()
    {
        QVERIFY(read(QByteArray("a\0b\r\n.\r\n", 8), 3).findings.hasNul);
        QVERIFY(read("gr\xc3\xbc\xc3\x9f" "e\r\n.\r\n", 2).findings.hasEightBit);
        const Read clean = read("clean text\r\n.\r\n", 4);
        QVERIFY(!clean.findings.hasNul && !clean.findings.hasEightBit && !clean.findings.hasBareCr && !clean.findings.hasBareLf);
    }

    void longLinesAreFoundWhileReading()
    {
        QVERIFY(!read(QByteArray(998, 'x') + "\r\n.\r\n", 7, 998).findings.hasLongLine);
        QVERIFY(read(QByteArray(999, 'x') + "\r\n.\r\n", 7, 998).findings.hasLongLine);
        QVERIFY(read(QByteArray(1 << 20, 'x'), 4096, 998).findings.hasLongLine);
    }
};

QTEST_GUILESS_MAIN(TestDotStuffing)
#include "tst_DotStuffing.moc"
