// SPDX-License-Identifier: GPL-3.0-or-later

// QCA::PBKDF2 through our provider, against the values of Python's hashlib.pbkdf2_hmac.

#include "support/TestAuthority.h"

#include <QTest>
#include <QtCrypto>

using namespace Qt::StringLiterals;

class TestDerivation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    static void agreesWithAnotherImplementation_data();
    void agreesWithAnotherImplementation();
    void findsHowManyRoundsFitATime();
    static void nothingComesOfNothing();

private:
    support::WithProvider m_provider;
};

void TestDerivation::agreesWithAnotherImplementation_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<int>("octets");
    QTest::addColumn<int>("rounds");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("a login") << QByteArray("pencil") << QByteArray("sixteen octets!!") << 32 << 4096
        << QByteArray("859876dcf56b461c46f3d1dd14a553dda7e62cefe298ba5d4b82bfafbcc9dc11");
    QTest::newRow("one round") << QByteArray("pencil") << QByteArray("s") << 32 << 1
        << QByteArray("e8e5ecd02e5291c521407d1620002dbc9f539f03f894862c19440f3a78b55bf2");
    QTest::newRow("more than a block") << QByteArray("p").repeated(100) << QByteArray("salt").repeated(50) << 80 << 3
        << QByteArray("3c15ef81076cc105a91305194dff2a167baf067c595c656faeafd69f455eee6cc7a66f7a4c85ba13"
           "a92a1801ca2023c0a269cbbdf7fd78c15d7671e2add0539d974bbf6fd7a6b83715d3bb5ac23e0e02");
    QTest::newRow("no password") << QByteArray() << QByteArray("salt") << 32 << 2
        << QByteArray("62384466264daadc4144018c6bd864648272b34da8980d31521ffcce92ae003b");
    QTest::newRow("a NUL within") << QByteArray("a\0b", 3) << QByteArray("\0\1", 2) << 20 << 2
        << QByteArray("8303bf14b41259afec6ca5832ceeef982fd2c6ea");
}

void TestDerivation::agreesWithAnotherImplementation()
{
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, salt);
    QFETCH(int, octets);
    QFETCH(int, rounds);
    QFETCH(QByteArray, key);
    QCA::PBKDF2 pbkdf2(u"sha256"_s);
    QCOMPARE(pbkdf2.context()->provider()->name(), u"waxwing"_s);
    QCOMPARE(pbkdf2.makeKey(password, QCA::InitializationVector{salt}, uint(octets), uint(rounds)).toByteArray().toHex(), key);
}

void TestDerivation::findsHowManyRoundsFitATime()
{
    const QCA::InitializationVector salt{QByteArray("salt")};
    unsigned int rounds = 0;
    QCA::PBKDF2 pbkdf2(u"sha256"_s);
    const QCA::SymmetricKey key = pbkdf2.makeKey(QByteArray("secret"), salt, 32, 1, &rounds);
    QVERIFY(rounds > 0);
    QCOMPARE(key.toByteArray(), pbkdf2.makeKey(QByteArray("secret"), salt, 32, rounds).toByteArray());
}

void TestDerivation::nothingComesOfNothing()
{
    const QCA::InitializationVector salt{QByteArray("salt")};
    QCA::PBKDF2 pbkdf2(u"sha256"_s);
    QVERIFY(pbkdf2.makeKey(QByteArray("secret"), salt, 32, 0).isEmpty());
    QVERIFY(pbkdf2.makeKey(QByteArray("secret"), salt, 0, 1).isEmpty());
}

QTEST_GUILESS_MAIN(TestDerivation)
#include "tst_Derivation.moc"
