// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
class TestMessageBuilder : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(TestMessageBuilder)
#include "tst_MessageBuilder.moc"
