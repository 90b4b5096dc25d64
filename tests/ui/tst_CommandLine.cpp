// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ErrorNames.h"
#include "ui/CommandLine.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFlagIsStrongerThanItsVariable()
    {
        QProcessEnvironment environment;
        environment.insert(u"WAXWING_DATA_DIR"_s, u"/tmp/variable"_s);
        environment.insert(u"WAXWING_APPEARANCE"_s, u"dark"_s);
        const auto byVariable = ui::readCommandLine({}, environment);
        QVERIFY(byVariable.isOk());
        QCOMPARE(byVariable->dataDirectory, u"/tmp/variable"_s);
        QCOMPARE(byVariable->appearance, ui::Appearance::Dark);
        const auto byFlag = ui::readCommandLine({u"--data-dir"_s, u"/tmp/flag"_s, u"--appearance=light"_s}, environment);
        QCOMPARE(byFlag->dataDirectory, u"/tmp/flag"_s);
        QCOMPARE(byFlag->appearance, ui::Appearance::Light);
    }

    void profilesKeepTheirOrderAndComeOnce()
    {
        const auto line = ui::readCommandLine(
            {u"--profile"_s, u"bob@example.org"_s, u"--profile"_s, u"alice@example.org"_s, u"--profile"_s, u"bob@example.org"_s}, {});
        QCOMPARE(line->profiles, (QStringList{u"bob@example.org"_s, u"alice@example.org"_s}));
    }

    void wrongWordsAreRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("unknown option") << QStringList{u"--imap"_s, u"127.0.0.1:1143"_s};
        QTest::newRow("no value") << QStringList{u"--profile"_s};
        QTest::newRow("no such appearance") << QStringList{u"--appearance"_s, u"pink"_s};
    }

    void wrongWordsAreRefused()
    {
        QFETCH(QStringList, words);
        const auto line = ui::readCommandLine(words, {});
        QVERIFY(!line.isOk());
        QCOMPARE(line.error().code, base::ErrorCode::InvalidArgument);
        QVERIFY(!line.error().detail.isEmpty());
    }

    void aFileMayBeNamedByItsUrl()
    {
        // As some file managers do; it was looked for below the working directory.
        const auto line = ui::readCommandLine({u"file:///tmp/a%20letter.eml"_s, u"/tmp/100%25.eml"_s}, {});
        QCOMPARE(line->files, (QStringList{u"/tmp/a letter.eml"_s, u"/tmp/100%25.eml"_s}));
    }

    void aLaterStartHandsOverWhatItWasAsked()
    {
        const auto line = ui::readCommandLine({u"--demo"_s, u"--start-relay"_s, u"--profile"_s, u"a@example.org"_s, u"mailto:b@example.org"_s, u"/tmp/-x.eml"_s}, {});
        const auto again = ui::readCommandLine(ui::toWords(line.value()), {});
        QVERIFY(again->isDemonstration && again->startsRelay);
        QCOMPARE(again->profiles, line->profiles);
        QCOMPARE(again->files, (QStringList{u"mailto:b@example.org"_s, u"/tmp/-x.eml"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_CommandLine.moc"
