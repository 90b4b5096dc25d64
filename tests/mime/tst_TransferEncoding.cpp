// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Charset.h"
#include "mime/TransferEncoding.h"
#include "support/Patience.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace mime;
using namespace Qt::StringLiterals;

class TestTransferEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base64AgreesWithQtForEveryLength()
    {
        QRandomGenerator random(20261123);
        for (int size = 0; size < 400; ++size) {
            QByteArray octets(size, Qt::Uninitialized);
            for (char &c : octets)
                c = static_cast<char>(random.bounded(256));
            const QByteArray encoded = encodeBase64(octets);
            QByteArray joined = encoded;
            QCOMPARE(joined.replace("\r\n", ""), octets.toBase64());
            for (const QByteArray &line : encoded.split('\n'))
                QVERIFY(line.size() <= 77);
            const DecodedOctets back = decodeBase64(encoded);
            QCOMPARE(back.octets, octets);
            QVERIFY(!back.isDamaged);
        }
    }

    void base64InPiecesIsTheSame()
    {
        QRandomGenerator random(20261125);
        for (int round = 0; round < 200; ++round) {
            QByteArray octets(random.bounded(2000), Qt::Uninitialized);
            for (char &c : octets)
                c = static_cast<char>(random.bounded(256));
            QByteArray written = "before";
            Base64Writer writer(written);
            for (qsizetype at = 0; at < octets.size();) {
                const qsizetype piece = std::min<qsizetype>(random.bounded(200), octets.size() - at);
                writer.add(QByteArrayView(octets).sliced(at, piece));
                at += piece;
            }
            writer.finish();
            QCOMPARE(written, "before" + encodeBase64(octets));
            QCOMPARE(encodedSize(octets.size()), encodeBase64(octets).size());
        }
    }

    void base64ReadsWhatItCan_data()
    {
        QTest::addColumn<QByteArray>("encoded");
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<bool>("damaged");
        QTest::newRow("no padding") << QByteArray("YWI") << QByteArray("ab") << false;
        QTest::newRow("lf lines") << QByteArray("YW\nJj\n") << QByteArray("abc") << false;
        QTest::newRow("foreign character") << QByteArray("YW!Jj") << QByteArray("abc") << true;
        QTest::newRow("two texts") << QByteArray("YQ==Yg==") << QByteArray("ab") << true;
        QTest::newRow("one character left") << QByteArray("YWJjZ") << QByteArray("abc") << true;
        QTest::newRow("lone padding") << QByteArray("=") << QByteArray() << true;
        QTest::newRow("high octets") << QByteArray("YW\xff\x80Jj") << QByteArray("abc") << true;
        QTest::newRow("empty") << QByteArray() << QByteArray() << false;
    }

    void base64ReadsWhatItCan()
    {
        QFETCH(QByteArray, encoded);
        const DecodedOctets read = decodeBase64(encoded);
        QTEST(read.octets, "octets");
        QTEST(read.isDamaged, "damaged");
    }

    void quotedPrintableReadsWhatItCan_data()
    {
        QTest::addColumn<QByteArray>("encoded");
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<bool>("damaged");
        QTest::newRow("octets") << QByteArray("=C3=a4=3D") << QByteArray("\xC3\xA4=") << false;
        QTest::newRow("soft break") << QByteArray("ab=\r\ncd=\ne= \r\nf") << QByteArray("abcdef") << false;
        QTest::newRow("blanks at the end") << QByteArray("ab \t\r\ncd  ") << QByteArray("ab\r\ncd") << false;
        QTest::newRow("wrong escape stays") << QByteArray("50=xy 1=2") << QByteArray("50=xy 1=2") << true;
        QTest::newRow("escape at the end") << QByteArray("a=4") << QByteArray("a=4") << true;
        QTest::newRow("equals at the end") << QByteArray("a=") << QByteArray("a") << false;
    }

    void quotedPrintableReadsWhatItCan()
    {
        QFETCH(QByteArray, encoded);
        const DecodedOctets read = decodeQuotedPrintable(encoded);
        QTEST(read.octets, "octets");
        QTEST(read.isDamaged, "damaged");
    }

    void quotedPrintableProtectsWhatGatewaysAlter()
    {
        const QByteArray text = "From me\r\n.\r\nend \r\n=x\tA\xC3\xA4\r\n" + QByteArray(300, 'x') + "From there";
        const QByteArray encoded = encodeQuotedPrintable(text);
        for (QByteArray line : encoded.split('\n')) {
            QVERIFY(line.isEmpty() || line.endsWith('\r') || !encoded.endsWith('\n'));
            if (line.endsWith('\r'))
                line.chop(1);
            QVERIFY(line.size() <= 76);
            QVERIFY(!line.startsWith("From "));
            QVERIFY(!line.startsWith('.'));
            QVERIFY(!line.endsWith(' '));
        }
        QCOMPARE(decodeQuotedPrintable(encoded).octets, text);
    }

    void quotedPrintableRoundTripsRandomText()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            QByteArray text;
            for (int i = 0; i < 300; ++i) {
                const QByteArray pieces[] = {"F", "From ", ".", " ", "\t", "\r\n", "=", "\xC3\xBC", "word"};
                text += pieces[random.bounded(9)];
            }
            QCOMPARE(decodeQuotedPrintable(encodeQuotedPrintable(text)).octets, text);
        }
    }

    void codecsAreFastOnAdversarialInput()
    {
        QElapsedTimer timer;
        timer.start();
        const qsizetype size = 10 * 1024 * 1024;
        (void)decodeBase64(QByteArray(size, '='));
        (void)decodeBase64(QByteArray(size, '!'));
        (void)decodeBase64(QByteArray("YQ=").repeated(size / 3));
        (void)decodeQuotedPrintable(QByteArray(size, '='));
        (void)decodeQuotedPrintable(QByteArray(size, ' '));
        (void)decodeQuotedPrintable(QByteArray(" \n").repeated(size / 2));
        (void)encodeQuotedPrintable(QByteArray(size, ' '));
        QVERIFY2(timer.elapsed() < 5000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void uuencodedFilesAreRead_data()
    {
        QTest::addColumn<QByteArray>("encoded");
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("a file") << QByteArray("begin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n") << QByteArray("abc");
        QTest::newRow("words around it") << QByteArray("Here it is:\nbegin 644 a\n#86)C\n \nend\nGoodbye\n") << QByteArray("abc");
        QTest::newRow("lost spaces") << QByteArray("begin 644 a\n$86)C\n`\nend\n") << QByteArray("abc\0", 4);
        QTest::newRow("no end") << QByteArray("begin 644 a\n#86)C") << QByteArray("abc");
        QTest::newRow("no file") << QByteArray("begin with this\n#86)C\n") << QByteArray("begin with this\n#86)C\n");
    }

    void uuencodedFilesAreRead()
    {
        QFETCH(QByteArray, encoded);
        QTEST(decode(encoded, transferEncodingOf(" X-UUencode")).octets, "octets");
        const QByteArray hollow = "begin 644 a\n" + QByteArray("M\n").repeated(1000);
        QVERIFY(decodeUuencode(hollow).octets.size() <= hollow.size());
    }

    void encodingsAreKnownByTheirNames()
    {
        QCOMPARE(transferEncodingOf(" Base64 (as ever)"), TransferEncoding::Base64);
        QCOMPARE(transferEncodingOf("(so it is) quoted-printable ; x=y"), TransferEncoding::QuotedPrintable);
        QCOMPARE(transferEncodingOf(" 7bit;"), TransferEncoding::SevenBit);
        QCOMPARE(transferEncodingOf(""), TransferEncoding::SevenBit);
        QCOMPARE(transferEncodingOf("base64 or not"), TransferEncoding::Unknown);
        QCOMPARE(transferEncodingOf("ba(not one word)se64"), TransferEncoding::Unknown);
    }

    void charsetsAreDecoded_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("confidence");
        const int certain = int(DecodedText::Confidence::Certain);
        const int damaged = int(DecodedText::Confidence::Damaged);
        const int guessed = int(DecodedText::Confidence::Guessed);
        QTest::newRow("utf-8") << QByteArray("\xC3\xA4") << QByteArray("UTF-8") << u"ä"_s << certain;
        QTest::newRow("latin 1") << QByteArray("\xE4") << QByteArray("iso-8859-1") << u"ä"_s << certain;
        QTest::newRow("windows under the name of latin 1") << QByteArray("\x93x\x94") << QByteArray("iso-8859-1") << u"“x”"_s << damaged;
        QTest::newRow("koi8-r") << QByteArray("\xF0\xD2\xC9") << QByteArray("koi8-r") << u"При"_s << certain;
        QTest::newRow("iso-2022-jp") << QByteArray("\x1B$B$\"\x1B(B") << QByteArray("ISO-2022-JP") << u"あ"_s << certain;
        QTest::newRow("iso-2022-jp, an escape right after another")
            << QByteArray("\x1B$B$\"\x1B(B\x1B$B$$\x1B(B") << QByteArray("ISO-2022-JP") << u"あい"_s << certain;
        QTest::newRow("gb2312") << QByteArray("\xC4\xE3") << QByteArray("gb2312") << u"你"_s << certain;
        QTest::newRow("Unified Hangul under the name of euc-kr") << QByteArray("\x8C\x63") << QByteArray("EUC-KR") << u"\uB620"_s << certain;
        QTest::newRow("ks_c_5601-1987") << QByteArray("\xC7\xD1") << QByteArray("ks_c_5601-1987") << u"\uD55C"_s << certain;
        QTest::newRow("iso-8859-16") << QByteArray("a\xA4\xAA\xFE") << QByteArray("ISO-8859-16") << u"a\u20AC\u0218\u021B"_s << certain;
        QTest::newRow("with PHP iso-2022-jp") << QByteArray("\x1B$B$\"\x1B(B") << QByteArray("ISO-2022-JP-MS") << u"あ"_s << certain;
        QTest::newRow("with PHP shift_jis") << QByteArray("\x82\xA0") << QByteArray("SJIS-win") << u"あ"_s << certain;
        QTest::newRow("with PHP euc-jp") << QByteArray("\xA4\xA2") << QByteArray("eucJP-win") << u"あ"_s << certain;
        QTest::newRow("with PHP euc-kr") << QByteArray("\x8C\x63") << QByteArray("UHC") << u"\uB620"_s << certain;
        for (const char *name : {"chinese", "iso-ir-58", "csISO58GB231280", "cn-gb"})
            QTest::newRow(name) << QByteArray("a<\xC4\xE3") << QByteArray(name) << u"a<你"_s << certain;
        QTest::newRow("cn-big5") << QByteArray("\xA4\xA4") << QByteArray("cn-big5") << u"中"_s << certain;
        QTest::newRow("euro sign of cp950") << QByteArray("\xA3\xE1") << QByteArray("cp950") << u"€"_s << certain;
        QTest::newRow("logical") << QByteArray("\xF9") << QByteArray("logical") << u"\u05E9"_s << certain;
        QTest::newRow("koi8-ru") << QByteArray("\xF0\xD2\xC9") << QByteArray("koi8-ru") << u"При"_s << certain;
        QTest::newRow("utf-7") << QByteArray("Hi +AGEA- +-") << QByteArray("utf-7") << u"Hi a +"_s.replace(u'a', QString(QChar(u'a')) ) << certain;
        QTest::newRow("unknown, valid utf-8") << QByteArray("\xC3\xA4") << QByteArray("x-nobody") << u"ä"_s << guessed;
        QTest::newRow("unknown, not utf-8") << QByteArray("\xE4") << QByteArray("x-nobody") << u"ä"_s << guessed;
        QTest::newRow("ascii that is not") << QByteArray("\xE4") << QByteArray("us-ascii") << u"ä"_s << guessed;
        QTest::newRow("old name of ascii that is not") << QByteArray("\xE4") << QByteArray("646") << u"ä"_s << guessed;
        QTest::newRow("halves of pairs") << QByteArray("\0\xD8" "A\0\0\xDC", 6) << QByteArray("utf-16le") << u"\uFFFDA\uFFFD"_s << damaged;
        QTest::newRow("broken utf-8") << QByteArray("a\xFF") << QByteArray("utf-8") << u"a\uFFFD"_s << damaged;
    }

    void charsetsAreDecoded()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, charset);
        const DecodedText read = decodeCharset(octets, charset);
        if (charset != "utf-7")
            QTEST(read.text, "text");
        else
            QVERIFY(read.text.startsWith(u"Hi a"_s));
        QTEST(int(read.confidence), "confidence");
    }

    void utf7IsRefusedInHeaders()
    {
        QCOMPARE(decodeHeaderCharset("+ADw-script", "utf-7").text, u"+ADw-script"_s);
        QCOMPARE(decodeCharset("+ADw-script", "utf-7").text, u"<script"_s);
    }
};

QTEST_GUILESS_MAIN(TestTransferEncoding)
#include "tst_TransferEncoding.moc"
