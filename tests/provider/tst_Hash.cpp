// SPDX-License-Identifier: GPL-3.0-or-later

// QCA::Hash through our provider, against Qt's own implementation.

#include "support/TestAuthority.h"

#include <QCryptographicHash>
#include <QTest>
#include <QtCrypto>

using namespace Qt::StringLiterals;

class TestHash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    static void agreesWithAnotherImplementation_data();
    void agreesWithAnotherImplementation();
    void aCopyGoesItsOwnWay();

private:
    support::WithProvider m_provider;
};

void TestHash::agreesWithAnotherImplementation_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one block") << QByteArray(64, 'a');
    QTest::newRow("a mail") << QByteArray("Subject: x\r\n\r\nsome text\r\n").repeated(10'000);
}

void TestHash::agreesWithAnotherImplementation()
{
    QFETCH(QByteArray, octets);
    const QByteArray expected = QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
    QCA::Hash hash(u"sha256"_s);
    QCOMPARE(hash.context()->provider()->name(), u"waxwing"_s);
    QCOMPARE(hash.hash(octets).toByteArray(), expected);
    hash.clear();
    hash.update(octets.first(octets.size() / 3));
    hash.update(octets.sliced(octets.size() / 3));
    QCOMPARE(hash.final().toByteArray(), expected);
}

void TestHash::aCopyGoesItsOwnWay()
{
    QCA::Hash first(u"sha256"_s);
    first.update(QByteArray("abc"));
    QCA::Hash second = first;
    second.update(QByteArray("def"));
    QCOMPARE(first.final().toByteArray(), QCryptographicHash::hash("abc", QCryptographicHash::Sha256));
    QCOMPARE(second.final().toByteArray(), QCryptographicHash::hash("abcdef", QCryptographicHash::Sha256));
}

QTEST_GUILESS_MAIN(TestHash)
#include "tst_Hash.moc"
