// SPDX-License-Identifier: GPL-3.0-or-later
// Every forged mail is judged as its recipe says, through the program: mint, open, compare the JSON.
#include "mime/Structure.h"
#include "smime/PartKind.h"
#include "support/ForgedMail.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestForged : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<support::ForgedFolder> m_folder;
    QHash<QString, QJsonObject> m_opened; ///< By name.

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<support::ForgedFolder>(qEnvironmentVariable("WAX_PROGRAM"));
        QVERIFY2(m_folder->minted.isOk(), m_folder->minted.text());
        QVERIFY(m_folder->names().size() > 150);
        const interop::RunResult run = m_folder->open(m_folder->names());
        QCOMPARE(run.exitStatus, 1); // That of the worst.
        for (const QByteArray &line : run.output.trimmed().split('\n')) {
            const QJsonObject opened = support::jsonObject(line);
            const QString file = opened[u"file"_s].toString();
            m_opened.insert(file.sliced(file.lastIndexOf(u'/') + 1).chopped(4), opened);
        }
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
        const QJsonObject expected = m_folder->expected(name);
        QVERIFY(expected.contains(u"summary"_s));
        QVERIFY(m_opened.contains(name));
        const QString reason = support::contradiction(expected, m_opened[name], name);
        QVERIFY2(reason.isEmpty(), qPrintable(reason));
    }

    // A message alone says the same as one of many, and its exit status tells the finding: one of each summary.
    void theExitStatusTellsTheFinding()
    {
        QHash<QString, QString> examples;
        for (auto it = m_opened.cbegin(); it != m_opened.cend(); ++it)
            examples.insert(it.value()[u"summary"_s].toString(), it.key());
        QCOMPARE(examples.size(), 8);
        for (auto it = examples.cbegin(); it != examples.cend(); ++it) {
            const interop::RunResult alone = m_folder->open({it.value()});
            QJsonObject again = support::jsonObject(alone.output);
            again.insert(u"file"_s, support::ForgedFolder::fileOf(it.value()));
            QCOMPARE(again, m_opened[it.value()]);
            // CONTRACT.md: a negative finding is status 1.
            const bool isGood = QStringList{u"verified"_s, u"decrypted"_s, u"plain"_s}.contains(it.key());
            QCOMPARE(alone.exitStatus, isGood ? 0 : 1);
        }
    }

    // The relay opens only what may be sealed: it must miss nothing that opening would find.
    void whatMayNotBeSealedIsPlain()
    {
        int plain = 0;
        for (auto it = m_opened.cbegin(); it != m_opened.cend(); ++it) {
            const auto structure = mime::parseStructure(m_folder->read(it.key() + u".eml"_s));
            if (!structure || smime::mayBeSealed(*structure))
                continue;
            ++plain;
            const QJsonObject &opened = it.value();
            const bool isPlain = opened[u"summary"_s] == "plain"_L1 && opened[u"layers"_s].toArray().isEmpty() && opened[u"diagnosis"_s].toObject().isEmpty();
            QVERIFY2(isPlain, qPrintable(it.key()));
        }
        QVERIFY(plain > 0);
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
