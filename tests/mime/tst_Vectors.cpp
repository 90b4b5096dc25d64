// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
class TestVectors : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(TestVectors)
#include "tst_Vectors.moc"
