// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignatureDiagnosis.h"

#include "smime/SmimeTesting.h"

#include <QCryptographicHash>

using namespace smime;
using namespace smimetest;

namespace {

const QByteArray kSent = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                         "Dear Bob,\r\nFrom here the view is f\xc3\xbcrstlich.\r\nAlice\r\n";

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
