// SPDX-License-Identifier: GPL-3.0-or-later
// Every forged mail is judged as its recipe says, through the program: mint, open, compare the JSON.
#include "support/ForgedMail.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestForged : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<support::ForgedFolder> m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<support::ForgedFolder>(qEnvironmentVariable("WAX_PROGRAM"));
        QVERIFY2(m_folder->minted.isOk(), m_folder->minted.text());
        QVERIFY(m_folder->names().size() > 150);
    }

    void everyMailIsJudgedAsExpected_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : m_folder->names())
            QTest::newRow(qPrintable(name)) << name;
    }

    void everyMailIsJudgedAsExpected()
    {
        QFETCH(QString, name);
        const interop::RunResult opened = m_folder->open(name);
        const QJsonObject expected = m_folder->expected(name);
        QVERIFY(expected.contains(u"summary"_s));
        const QJsonObject actual = support::jsonObject(opened.output);
        QVERIFY2(actual.contains(u"summary"_s), opened.text());
        const QString reason = support::contradiction(expected, actual, name);
        QVERIFY2(reason.isEmpty(), qPrintable(reason));
        // CONTRACT.md: a negative finding is status 1.
        const QString summary = expected[u"summary"_s].toString();
        const bool isGood = QStringList{u"verified"_s, u"decrypted"_s, u"plain"_s}.contains(summary);
        QCOMPARE(opened.exitStatus, isGood ? 0 : 1);
    }

    void comparingFindsWhatDiffers()
    {
        // The comparison itself can fail: each of these differs in one place.
        const QJsonObject actual{{u"summary"_s, u"verified"_s}, {u"warnings"_s, QJsonArray{u"a"_s, u"b"_s}}, {u"layers"_s, QJsonArray{u"x"_s, u"y"_s}}};
        const auto differs = [&actual](const QJsonObject &expected) { return !support::contradiction(expected, actual, u"it"_s).isEmpty(); };
        QVERIFY(!differs({{u"summary"_s, u"verified"_s}}));
        QVERIFY(differs({{u"summary"_s, u"altered"_s}}));
        QVERIFY(differs({{u"absent"_s, u"verified"_s}}));
        QVERIFY(!differs({{u"warnings"_s, QJsonArray{u"b"_s, u"a"_s}}}));
        QVERIFY(differs({{u"warnings"_s, QJsonArray{u"a"_s}}}));
        QVERIFY(differs({{u"warnings"_s, QJsonArray{u"a"_s, u"a"_s}}}));
        QVERIFY(differs({{u"layers"_s, QJsonArray{u"y"_s, u"x"_s}}}));
    }
};

QTEST_GUILESS_MAIN(TestForged)
#include "tst_Forged.moc"
