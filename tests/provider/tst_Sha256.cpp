// SPDX-License-Identifier: GPL-3.0-or-later

// Against Qt's own implementation.

#include "provider/Sha256.h"

#include <QCryptographicHash>
#include <QTest>

class TestSha256 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithAnotherImplementation_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one block") << QByteArray(64, 'a');
        QTest::newRow("a mail") << QByteArray("Subject: x\r\n\r\nsome text\r\n").repeated(10'000);
    }

    void agreesWithAnotherImplementation()
    {
        QFETCH(QByteArray, octets);
        QCOMPARE(provider::sha256Of(octets), QCryptographicHash::hash(octets, QCryptographicHash::Sha256));
    }
};

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_Sha256.moc"
