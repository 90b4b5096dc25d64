// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
class TestHtmlReduction : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(TestHtmlReduction)
#include "tst_HtmlReduction.moc"
