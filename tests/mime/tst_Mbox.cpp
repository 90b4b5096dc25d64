// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Mbox.h"
#include "support/Patience.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QTest>

class TestMbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesAreTakenOut_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArrayList>("messages");
        const auto row = [](const char *title, const QByteArray &file, const QByteArrayList &messages) { QTest::newRow(title) << file << messages; };
        const QByteArray from = "From a@example.org Thu Nov 26 10:00:00 2026\n";
        row("none", "", {});
        row("blank lines", "\n\n\n", {});
        row("one without its line", "Subject: a\n\nFrom Mon 1 on\n", {"Subject: a\n\nFrom Mon 1 on\n"});
        row("one", from + "Subject: a\n\nText\n", {"Subject: a\r\n\r\nText\r\n"});
        row("two", from + "A: 1\n\nOne\n\n" + from + "B: 2\n\nTwo\n\n", {"A: 1\r\n\r\nOne\r\n", "B: 2\r\n\r\nTwo\r\n"});
        row("as Thunderbird writes it", "From - Thu Nov 26 10:00:00 2026\r\nA: 1\r\n\r\nOne\r\n\r\nFrom - Thu Nov 26 10:00:00 2026\r\nB: 2\r\n\r\n", {"A: 1\r\n\r\nOne\r\n", "B: 2\r\n\r\n"});
        row("as Thunderbird wrote it for some years", "From \r\nA: 1\r\n\r\nOne\r\n\r\nFrom \r\nB: 2\r\n\r\nTwo\r\n\r\n", {"A: 1\r\n\r\nOne\r\n", "B: 2\r\n\r\nTwo\r\n"});
        row("quoted", from + "A: 1\n\n>From me\n>>From him\n> From her\n", {"A: 1\r\n\r\nFrom me\r\n>From him\r\n> From her\r\n"});
        row("a sentence that was not quoted", from + "A: 1\n\nFrom now on.\n\nFrom May on.\n", {"A: 1\r\n\r\nFrom now on.\r\n\r\nFrom May on.\r\n"});
        row("a date without a blank line before", from + "A: 1\n\nHe wrote:\n" + from, {"A: 1\r\n\r\nHe wrote:\r\n" + from.chopped(1) + "\r\n"});
        row("no line end at the end", from + "A: 1\n\nOne", {"A: 1\r\n\r\nOne"});
        row("no message between two", from + "\n" + from + "A: 1\n\n", {"A: 1\r\n\r\n"});
    }

    void messagesAreTakenOut()
    {
        QFETCH(QByteArray, file);
        QBuffer device(&file);
        QVERIFY(device.open(QIODevice::ReadOnly));
        mime::MboxReader reader(&device, 1000);
        QByteArrayList messages;
        while (const auto message = *reader.next())
            messages += *message;
        QTEST(messages, "messages");
    }

    void longLinesAreWhole()
    {
        // Where it comes in pieces, a line is not taken for several, nor its line end for two.
        for (qsizetype length = 16'375; length < 16'390; ++length) {
            const QByteArray text = QByteArray(length, 'x') + "\r\n>From here" + QByteArray(40'000, '>') + "From \r\n";
            QByteArray file = "From \r\nA: 1\r\n\r\n" + text + "\r\nFrom \r\n";
            QBuffer device(&file);
            QVERIFY(device.open(QIODevice::ReadOnly));
            mime::MboxReader reader(&device, 100'000);
            QCOMPARE(**reader.next(), "A: 1\r\n\r\n" + QByteArray(text).replace("\r\n>From", "\r\nFrom"));
            QVERIFY(!reader.next()->has_value());
        }
    }

    void linesAreReadAtOnce()
    {
        // The memory of the largest message was set aside for each line: 24 MB took some minutes.
        QByteArray file = "From \nA: 1\n\n" + QByteArray("text\n").repeated(50'000);
        QBuffer device(&file);
        QVERIFY(device.open(QIODevice::ReadOnly));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE((**mime::MboxReader(&device, qint64{256} << 20).next()).size(), 50'000 * 6 + 8);
        QVERIFY2(timer.elapsed() < 1000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void whatIsTooLargeIsRefused()
    {
        QByteArray file = "From a Thu Nov 26 10:00:00 2026\n" + QByteArray(2000, 'x');
        QBuffer device(&file);
        QVERIFY(device.open(QIODevice::ReadOnly));
        QCOMPARE(mime::MboxReader(&device, 1000).next().error().code, base::ErrorCode::FileTooLarge);
    }
};

QTEST_GUILESS_MAIN(TestMbox)
#include "tst_Mbox.moc"
