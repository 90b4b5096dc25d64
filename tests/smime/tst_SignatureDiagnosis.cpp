// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignatureDiagnosis.h"

#include "smime/SmimeTesting.h"
#include "support/Patience.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

using namespace smime;
using namespace smimetest;

namespace {

const QByteArray kSent = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                         "Dear Bob,\r\nFrom here the view is f\xc3\xbcrstlich.\r\nAlice\r\n";

const QByteArray kParts = "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ0KQWxpY2UNCg==\r\n\r\n"
                          "--b\r\nContent-Type: text/html; charset=utf-8; x=html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                          "<html><head><title>x</title></head>\r\n<body>\r\n<p>Gruss f=C3=BCr\tBob,\r\n.hidden</p>\r\n<p>Alice</p>\r\n</body>\r\n</html>\r\n\r\n--b--\r\n";

QByteArray inLines(const QByteArray &digits, qsizetype length)
{
    QByteArray lines;
    for (qsizetype at = 0; at < digits.size(); at += length)
        lines += digits.sliced(at, std::min(length, digits.size() - at)) + "\r\n";
    return lines;
}

SignatureDiagnosis diagnose(const QByteArray &received)
{
    return diagnoseSignature(received, QCryptographicHash::hash(kSent, QCryptographicHash::Sha256), u"SHA-256"_s);
}

} // namespace

class TestSignatureDiagnosis : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;

private Q_SLOTS:
    void everyChangeOnTheWayIsNamed_data()
    {
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<QString>("damage");
        QTest::addColumn<qint64>("line");
        const auto changed = [](const QByteArray &before, const QByteArray &after) { return QByteArray(kSent).replace(before, after); };
        QTest::newRow("line ends") << changed("\r\n", "\n") << u"line-ends"_s << 1LL;
        QTest::newRow("last line end") << kSent.first(kSent.size() - 2) << u"final-line-end"_s << 6LL;
        QTest::newRow("from") << changed("From here", ">From here") << u"from-escaping"_s << 5LL;
        QTest::newRow("trailing space") << changed("Bob,\r\n", "Bob, \r\n") << u"trailing-space"_s << 4LL;
        QTest::newRow("footer") << QByteArray(kSent + "_____\r\nlist mailing list\r\n") << u"footer"_s << 7LL;
        QTest::newRow("quoted-printable") << changed("\xc3\xbc", "=C3=BC").replace("8bit", "quoted-printable") << u"re-encoded"_s << 2LL;
        QTest::newRow("character set") << changed("\xc3\xbc", "\xfc") << u"character-set"_s << 5LL;
        QTest::newRow("folded") << changed("; charset", ";\r\n charset") << u"refolded-header"_s << 1LL;
        QTest::newRow("CR CR LF") << changed("\r\n", "\r\r\n") << u"line-ends"_s << 1LL;
        QTest::newRow("from in quoted-printable") << changed("From here", "=46rom here") << u"from-escaping"_s << 5LL;
        QTest::newRow("banner") << changed("Dear Bob", "CAUTION: from outside\r\n\r\nDear Bob") << u"banner"_s << 4LL;
        QTest::newRow("field") << changed("8bit\r\n", "8bit\r\nContent-Disposition: inline\r\n") << u"changed-header"_s << 3LL;
        QTest::newRow("words") << changed("view", "wine") << u"unknown"_s << 0LL;
    }

    void everyChangeOnTheWayIsNamed()
    {
        QFETCH(QByteArray, received);
        const SignatureDiagnosis diagnosis = diagnose(received);
        QTEST(nameOf(diagnosis.damage), "damage");
        QTEST(diagnosis.line, "line");
        QCOMPARE(diagnosis.isProven, diagnosis.damage != SignatureDamage::Unknown);
    }

    void changesInsideAPartAreNamedToo_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<QString>("damage");
        const auto changed = [](const QByteArray &before, const QByteArray &after) { return QByteArray(kParts).replace(before, after); };
        QTest::newRow("field") << kParts << changed("base64\r\n", "base64\r\nX-Scanned: yes,\r\n twice\r\n") << u"changed-header"_s;
        QTest::newRow("order of parameters") << kParts << changed("charset=utf-8; x=html", "x=html; charset=utf-8") << u"changed-header"_s;
        QTest::newRow("base64 made 8bit")
            << kParts << changed("R3LDvMOfZQ0KQWxpY2UNCg==", "Gr\xc3\xbc\xc3\x9f" "e\r\nAlice").replace("base64", "8bit") << u"re-encoded"_s;
        QTest::newRow("banner in base64") << kParts << changed("R3LDvMOfZQ0KQWxpY2UNCg==", "Q2FyZWZ1bCENCkdyw7zDn2UNCkFsaWNlDQo=") << u"banner"_s;
        const auto around = [](const char *encoding, const QByteArray &parts) {
            return "Content-Type: multipart/mixed; boundary=a\r\nContent-Transfer-Encoding: " + QByteArray(encoding) + "\r\n\r\n--a\r\n" + parts + "\r\n--a--\r\n";
        };
        const QByteArray eightBit = changed("=C3=BC", "\xc3\xbc").replace("quoted-printable", "8bit");
        QTest::newRow("8bit made 7bit, and around it") << around("8bit", eightBit) << around("7bit", kParts) << u"re-encoded"_s;
        QTest::newRow("8bit made 7bit around what was so") << around("8bit", kParts) << around("7bit", kParts) << u"re-encoded"_s;
        const QByteArray file = "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        QTest::newRow("base64 of a file in longer lines") << file + inLines(QByteArray(200, 'A'), 72) << file + inLines(QByteArray(200, 'A'), 76) << u"re-encoded"_s;
        QTest::newRow("dots") << kParts << changed("\r\n.hidden", "\r\n..hidden") << u"dots"_s;
        const QByteArray text = "Content-Type: text/plain\r\n\r\n>From him\r\nFrom her\r\n-- \r\n";
        QTest::newRow("blank before a signature") << text << QByteArray(text).replace("-- ", "--") << u"trailing-space"_s;
        QTest::newRow("from, twice") << text << QByteArray(text).replace(">From", ">>From").replace("\r\nFrom", "\r\n>From") << u"from-escaping"_s;
        const QByteArray line = QByteArray("word ").repeated(300);
        for (const char *mark : {"\r\n ", "!\r\n ", "\r\n"})
            QTest::addRow("line broken for SMTP by %d octets", int(qstrlen(mark))) << text + line << text + QByteArray(line).insert(990, mark) << u"rewrapped"_s;
    }

    void changesInsideAPartAreNamedToo()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, received);
        const SignatureDiagnosis diagnosis = diagnoseSignature(received, QCryptographicHash::hash(sent, QCryptographicHash::Sha256), u"SHA-256"_s);
        QTEST(nameOf(diagnosis.damage), "damage");
        QCOMPARE(diagnosis.line, compareSigned(sent, received).line);
    }

    void parametersWithoutEndAreNotAllTried()
    {
        // Each try copies the field: all of them would need 12 GB.
        QByteArray received = "Content-Type: text/plain";
        for (int i = 0; i < 60'000; ++i)
            received += ";a=b";
        QCOMPARE(diagnose(received + "\r\n\r\nDear Bob\r\n").damage, SignatureDamage::Unknown);
    }

    void withTheSentOctetsAtHandTheFirstDifferenceIsShown()
    {
        const SignatureDiagnosis diagnosis = compareSigned(kSent, QByteArray(kSent).replace("view", "wine"));
        QCOMPARE(diagnosis.damage, SignatureDamage::Unknown);
        QCOMPARE(diagnosis.line, 5LL);
        QVERIFY(diagnosis.sent.contains("view") && diagnosis.received.contains("wine"));
        const QByteArray wrapped = QByteArray(kSent).replace("the view is", "the\r\nview is");
        QCOMPARE(compareSigned(kSent, wrapped).damage, SignatureDamage::Rewrapped);
    }

    void theFirstLineThatDiffersIsFound_data()
    {
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<qint64>("line");
        QTest::addColumn<QByteArray>("sentLine");
        QTest::addColumn<QByteArray>("receivedLine");
        QTest::newRow("first") << QByteArray("x\r\nb\r\n") << qint64(1) << QByteArray("a\r") << QByteArray("x\r");
        QTest::newRow("within") << QByteArray("a\r\nbc\r\n") << qint64(2) << QByteArray("b\r") << QByteArray("bc\r");
        QTest::newRow("cut within a line") << QByteArray("a\r\nb") << qint64(2) << QByteArray("b\r") << QByteArray("b");
        QTest::newRow("cut before the line feed") << QByteArray("a\r\nb\r") << qint64(3) << QByteArray() << QByteArray();
        QTest::newRow("line added") << QByteArray("a\r\nb\r\nc\r\n") << qint64(3) << QByteArray() << QByteArray("c\r");
    }
    void theFirstLineThatDiffersIsFound()
    {
        QFETCH(QByteArray, received);
        const SignatureDiagnosis diagnosis = compareSigned("a\r\nb\r\n", received);
        QTEST(diagnosis.line, "line");
        QTEST(diagnosis.sent, "sentLine");
        QTEST(diagnosis.received, "receivedLine");
    }

    void aLetterOfEmptyLinesIsDiagnosedSoon()
    {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(diagnose(kSent + "x" + QByteArray("\r\n").repeated(1'500'000)).damage, SignatureDamage::Unknown);
        QVERIFY2(timer.elapsed() < 10'000 * support::patience(), qPrintable(QString::number(timer.elapsed())));
    }

    void withTheSentOctetsAtHandEveryPartIsCompared_data()
    {
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<QString>("damage");
        const auto row = [](const char *name, const QByteArray &received, const QString &damage) { QTest::newRow(name) << received << damage; };
        const auto changed = [](const QByteArray &before, const QByteArray &after) { return QByteArray(kParts).replace(before, after); };
        row("base64 made 8bit", changed("\r\nR3LDvMOfZQ0KQWxpY2UNCg==\r\n", "\r\nGr\xc3\xbc\xc3\x9f" "e\r\nAlice\r\n").replace("base64", "8bit"), u"re-encoded"_s);
        row("base64 made quoted-printable", changed("\r\nR3LDvMOfZQ0KQWxpY2UNCg==\r\n", "\r\nGr=C3=BC=C3=9Fe\r\nAlice\r\n").replace("base64", "quoted-printable"),
            u"re-encoded"_s);
        row("base64 in other lines", changed("R3LDvMOf", "R3LD\r\nvMOf"), u"re-encoded"_s);
        row("lower-case digits", changed("=C3=BC", "=c3=bc"), u"re-encoded"_s);
        row("quoted-printable made 8bit", changed("f=C3=BCr", "f\xc3\xbcr").replace("quoted-printable", "8bit"), u"re-encoded"_s);
        row("another character set", changed("f=C3=BCr", "f=FCr").replace("charset=utf-8; x=html", "charset=iso-8859-1; x=html"), u"character-set"_s);
        row("footer in both", changed("R3LDvMOfZQ0KQWxpY2UNCg==", "R3LDvMOfZQ0KQWxpY2UNCi0tDQpsaXN0DQo=").replace("</body>", "<p>list</p>\r\n</body>"), u"footer"_s);
        row("footer behind the markup", changed("</html>", "</html>\r\n--\r\nlist"), u"footer"_s);
        row("banner", changed("<body>", "<body><div>From outside!</div>"), u"banner"_s);
        row("banner in base64", changed("R3LDvMOfZQ0KQWxpY2UNCg==", "Q2FyZWZ1bCENCkdyw7zDn2UNCkFsaWNlDQo="), u"banner"_s);
        row("field added", changed("base64\r\n", "base64\r\nContent-Disposition: inline\r\n"), u"changed-header"_s);
        row("parameters in another order", changed("charset=utf-8; x=html", "x=html; charset=utf-8"), u"changed-header"_s);
        row("boundary", changed("--b", "--other").replace("boundary=b", "boundary=other"), u"changed-header"_s);
        row("folded inside", changed("; x=html", ";\r\n\tx=html"), u"refolded-header"_s);
        row("tabs made spaces", changed("\t", "    "), u"white-space"_s);
        row("a dot more", changed("\r\n.hidden", "\r\n..hidden"), u"dots"_s);
        row("a dot less", changed("\r\n.hidden", "\r\nhidden"), u"dots"_s);
        row("encoded anew, with a field", changed("=C3=BC", "=c3=bc").replace("base64\r\n", "base64\r\nSubject: Pay\r\n"), u"unknown"_s);
        row("footer, with another name", changed("</body>", "<p>list</p>\r\n</body>").replace("x=html", "x=exe"), u"unknown"_s);
        row("words at the end of a line", changed("Alice</p>", "Alice and Mallory</p>"), u"unknown"_s);
        row("words in the middle", changed("hidden</p>", "hidden</p><p>Pay</p>"), u"unknown"_s);
        row("words at the end", changed("R3LDvMOfZQ0KQWxpY2UNCg==", "R3LDvMOfZQ0KQWxpY2UwDQo="), u"unknown"_s);
        row("another type", changed("text/html", "text/plain"), u"unknown"_s);
        row("a part less", changed("\r\n--b\r\nContent-Type: text/plain", "\r\nContent-Type: text/plain"), u"unknown"_s);
    }

    void withTheSentOctetsAtHandEveryPartIsCompared()
    {
        QFETCH(QByteArray, received);
        QVERIFY(received != kParts);
        const SignatureDiagnosis diagnosis = compareSigned(kParts, received);
        QTEST(nameOf(diagnosis.damage), "damage");
        QCOMPARE(diagnosis.isProven, diagnosis.damage != SignatureDamage::Unknown);
        QVERIFY(diagnosis.line > 0);
    }

    void alteredMailComesWithItsDiagnosisAndStaysAltered()
    {
        const World world;
        SealRequest request = world.sealRequest(lunchDraft());
        request.encryption = Encryption::None;
        QByteArray message = sealed(request);
        message.replace("Shall we", "Shall  we");
        OpenedMessage opened = world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Altered);
        QCOMPARE(opened.diagnosis->damage, SignatureDamage::Unknown);
        message = sealed(request).replace("at noon?\r\n", "at noon?  \r\n");
        opened = world.open(message);
        QCOMPARE(opened.verdict.summary, Summary::Altered);
        QCOMPARE(opened.diagnosis->damage, SignatureDamage::TrailingSpace);
    }
};

QTEST_GUILESS_MAIN(TestSignatureDiagnosis)
#include "tst_SignatureDiagnosis.moc"
