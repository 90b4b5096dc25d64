// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/LineChannel.h"

#include <QTest>

using net::LineChannel;
using Status = net::LineChannel::Status;

class TestLineChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesComeOutWhateverTheCuts()
    {
        const QByteArray wire = "EHLO a\r\nMAIL FROM:<x@y>\r\n\r\nQUIT\r\n";
        for (qsizetype cut = 1; cut <= wire.size(); ++cut) {
            LineChannel channel{100};
            QList<QByteArray> lines;
            for (qsizetype at = 0; at < wire.size(); at += cut) {
                channel.append(QByteArrayView{wire}.sliced(at, qMin(cut, wire.size() - at)));
                for (auto next = channel.next(); next.status != Status::NeedMore; next = channel.next()) {
                    QCOMPARE(next.status, Status::Line);
                    lines.append(next.line.toByteArray());
                }
            }
            QCOMPARE(lines, (QList<QByteArray>{"EHLO a", "MAIL FROM:<x@y>", "", "QUIT"}));
        }
    }

    void badLinesAreNamedAndWhatFollowsIsRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::newRow("bare LF") << QByteArray("NOOP\n") << int(Status::BareLf);
        QTest::newRow("bare CR inside") << QByteArray("NO\rOP\r\n") << int(Status::BareCr);
        QTest::newRow("two CR") << QByteArray("NOOP\r\r\n") << int(Status::BareCr);
        QTest::newRow("NUL") << QByteArray("NO\0OP\r\n", 7) << int(Status::Nul);
        QTest::newRow("over the limit") << QByteArray(21, 'x') + "\r\n" << int(Status::TooLong);
    }

    void badLinesAreNamedAndWhatFollowsIsRead()
    {
        QFETCH(QByteArray, line);
        LineChannel channel{20};
        channel.append(line + "QUIT\r\n");
        QTEST(int(channel.next().status), "status");
        const auto next = channel.next();
        QCOMPARE(next.status, Status::Line);
        QCOMPARE(next.line, QByteArrayView("QUIT"));
    }

    void aLineAtTheLimitIsTaken()
    {
        LineChannel channel{20};
        channel.append(QByteArray(20, 'x') + '\r');
        QCOMPARE(channel.next().status, Status::NeedMore);
        channel.append("\n");
        QCOMPARE(channel.next().status, Status::Line);
    }

    void aLineOfAMegabyteIsToldOnceAndNotKept()
    {
        LineChannel channel{512};
        int told = 0;
        for (int i = 0; i < 64; ++i) {
            channel.append(QByteArray(16 * 1024, 'x'));
            for (auto next = channel.next(); next.status != Status::NeedMore; next = channel.next())
                told += next.status == Status::TooLong ? 1 : 100;
            QVERIFY(channel.unread().size() <= 514);
        }
        QCOMPARE(told, 1);
        channel.append("rest\r\nNOOP\r\n");
        QCOMPARE(channel.next().line, QByteArrayView("NOOP"));
    }

    void clearForgetsHalfALine()
    {
        LineChannel channel{100};
        channel.append("RSET\r\nEHLO evil");
        channel.clear();
        channel.append(".org\r\n");
        QCOMPARE(channel.next().line, QByteArrayView(".org"));
    }
};

QTEST_GUILESS_MAIN(TestLineChannel)
#include "tst_LineChannel.moc"
