// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
class TestText : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(TestText)
#include "tst_Text.moc"
