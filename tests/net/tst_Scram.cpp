// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Scram.h"
#include "support/ErrorNames.h"

#include <QTest>

using base::ErrorCode;
using base::Secret;

class TestScram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 7677 section 3.
    void theClientSaysWhatTheStandardSays()
    {
        net::ScramClient client{"user", Secret{"pencil"}, "rOprNGfwEbeRWgbNEkqO"};
        QCOMPARE(*client.clientFirst(), QByteArray("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        const auto last = client.clientFinal("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        QVERIFY(last);
        QCOMPARE(*last, QByteArray("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        QVERIFY(client.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        QVERIFY(!client.verify("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        QVERIFY(!client.verify("e=other-error"));
    }

    void theServerSaysWhatTheStandardSays()
    {
        const QByteArray salt = QByteArray::fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==");
        net::ScramServer server{"%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"};
        QCOMPARE(*server.takeClientFirst("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"), QByteArray("user"));
        // The keys that belong to "pencil" with this salt, from the proof and signature of the standard's example.
        net::ScramVerifier verifier{salt, 4096, QByteArray::fromBase64("WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="),
                                    QByteArray::fromBase64("wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")};
        QCOMPARE(server.serverFirst(verifier), QByteArray("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        const auto last = server.takeClientFinal("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        QVERIFY(last);
        QCOMPARE(*last, QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    void bothEndsAgree_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<bool>("right");
        QTest::newRow("right") << QByteArray("a@b") << QByteArray("secret") << QByteArray("secret") << true;
        QTest::newRow("wrong") << QByteArray("a@b") << QByteArray("secret") << QByteArray("Secret") << false;
        QTest::newRow("comma and equals in the name") << QByteArray("a=b,c@d") << QByteArray("x") << QByteArray("x") << true;
        QTest::newRow("composed and decomposed") << QByteArray("a@b") << QByteArray("gr\xc3\xbcn") << QByteArray("gru\xcc\x88n") << true;
        QTest::newRow("no-break space") << QByteArray("a@b") << QByteArray("a b") << QByteArray("a\xc2\xa0" "b") << true;
    }

    void bothEndsAgree()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, stored);
        QFETCH(QByteArray, typed);
        QFETCH(bool, right);
        const auto verifier = net::makeScramVerifier(Secret{stored}, 4096);
        QVERIFY(verifier);
        net::ScramClient client{name, Secret{typed}};
        net::ScramServer server;
        QCOMPARE(*server.takeClientFirst(*client.clientFirst()), name);
        const auto proof = client.clientFinal(server.serverFirst(*verifier));
        QVERIFY(proof);
        const auto last = server.takeClientFinal(*proof);
        QCOMPARE(last.isOk(), right);
        if (right)
            QVERIFY(client.verify(*last));
        else
            QCOMPARE(last.error().code, ErrorCode::AuthenticationFailed);
        QCOMPARE(net::isPasswordOf(*verifier, Secret{typed}), right);
    }

    void serversThatAskForTooLittleOrTooMuchAreRefused_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::addColumn<int>("code");
        QTest::newRow("one iteration") << QByteArray("x,s=YWJj,i=1") << int(ErrorCode::AlgorithmRefused);
        QTest::newRow("a billion") << QByteArray("x,s=YWJj,i=1000000000") << int(ErrorCode::AlgorithmRefused);
        QTest::newRow("nonce not continued") << QByteArray(",s=YWJj,i=4096") << int(ErrorCode::ProtocolViolation);
        QTest::newRow("no salt") << QByteArray("x,s=,i=4096") << int(ErrorCode::ProtocolViolation);
        QTest::newRow("not base64") << QByteArray("x,s=!!,i=4096") << int(ErrorCode::ProtocolViolation);
    }

    void serversThatAskForTooLittleOrTooMuchAreRefused()
    {
        QFETCH(QByteArray, rest);
        net::ScramClient client{"a", Secret{"b"}, "nonce"};
        QVERIFY(client.clientFirst());
        QTEST(int(client.clientFinal("r=nonce" + rest).error().code), "code");
    }

    void malformedClientMessagesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("channel binding") << QByteArray("p=tls-exporter,,n=a,r=b");
        QTest::newRow("no nonce") << QByteArray("n,,n=a");
        QTest::newRow("empty nonce") << QByteArray("n,,n=a,r=");
        QTest::newRow("empty name") << QByteArray("n,,n=,r=b");
        QTest::newRow("bad escape") << QByteArray("n,,n=a=2D,r=b");
        QTest::newRow("for somebody else") << QByteArray("n,a=root,n=a,r=b");
        QTest::newRow("mandatory extension") << QByteArray("n,,m=x,n=a,r=b");
        QTest::newRow("nothing") << QByteArray("");
    }

    void malformedClientMessagesAreRefused()
    {
        QFETCH(QByteArray, message);
        net::ScramServer server;
        QVERIFY(!server.takeClientFirst(message));
    }

    void anUnknownNameAnswersTheSameEachTime()
    {
        const net::ScramVerifier one = net::decoyVerifier("nobody@example.org", "secret");
        QCOMPARE(one, net::decoyVerifier("nobody@example.org", "secret"));
        QVERIFY(one.salt != net::decoyVerifier("other@example.org", "secret").salt);
        QVERIFY(!net::isPasswordOf(one, Secret{""}));
    }

    void prohibitedPasswordsAreRefused()
    {
        QVERIFY(!net::saslPrep("a\x07"));
        QVERIFY(!net::saslPrep("\xff"));
        QVERIFY(!net::saslPrep("\xd7\x90" "a")); // Hebrew and Latin mixed
        QCOMPARE(*net::saslPrep("I\xc2\xadX"), QByteArray("IX"));
        QCOMPARE(*net::saslPrep("\xe2\x85\xa8"), QByteArray("IX"));
    }

    void plainIsTakenApart()
    {
        const auto credentials = net::parseSaslPlain(QByteArray("\0a@b\0pass word", 14));
        QVERIFY(credentials);
        QCOMPARE(credentials->userName, QByteArray("a@b"));
        QVERIFY(credentials->password == Secret{"pass word"});
        QVERIFY(!net::parseSaslPlain(QByteArray("a\0b", 3)));
        QVERIFY(!net::parseSaslPlain(QByteArray("\0a\0", 3)));
        QVERIFY(!net::parseSaslPlain(QByteArray("\0a\0b\0c", 6)));
    }
};

QTEST_GUILESS_MAIN(TestScram)
#include "tst_Scram.moc"
