// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/AlgorithmPolicy.h"

#include <QTest>

using namespace smime;
using namespace Qt::StringLiterals;

namespace {

RecipientAbility somebody(const QString &address, const Capabilities &capabilities,
                          RecipientAbility::KeyKind kind = RecipientAbility::KeyKind::Rsa)
{
    return {address, kind, capabilities};
}

const Capabilities kUnknown;
const Capabilities kCbcOnly{{u"2.16.840.1.101.3.4.1.42"_s, u"2.16.840.1.101.3.4.1.2"_s}};
const Capabilities kCbcOaep{{u"2.16.840.1.101.3.4.1.42"_s, u"1.2.840.113549.1.1.7"_s}};
using Kind = RecipientAbility::KeyKind;

} // namespace

class TestAlgorithmPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageGetsWhatEveryRecipientCanRead_data()
    {
        QTest::addColumn<QList<RecipientAbility>>("recipients");
        QTest::addColumn<CipherWish>("cipherWish");
        QTest::addColumn<KeyTransportWish>("transportWish");
        QTest::addColumn<AlgorithmChoice>("expected");
        using C = ContentCipher;
        using T = KeyTransport;
        using R = ChoiceReason;
        const RecipientAbility bob = somebody(u"bob"_s, Capabilities::ours());
        const RecipientAbility old = somebody(u"old"_s, kCbcOnly);
        const RecipientAbility new_ = somebody(u"new"_s, kUnknown);
        const RecipientAbility mid = somebody(u"mid"_s, kCbcOaep);
        const RecipientAbility ec = somebody(u"ec"_s, kUnknown, Kind::Agreement);
        const RecipientAbility kem = somebody(u"kem"_s, Capabilities::ours(), Kind::Kem);
        const auto row = [](const char *name, QList<RecipientAbility> recipients, CipherWish c, KeyTransportWish t, AlgorithmChoice expected) {
            QTest::newRow(name) << recipients << c << t << expected;
        };
        row("two of ours", {bob, bob}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Gcm, {T::RsaOaep, T::RsaOaep}, R::EveryoneCanGcm, {}});
        row("nothing known", {bob, new_}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {T::RsaOaep, T::RsaPkcs1}, R::SomebodyUnknown, {u"new"_s}});
        row("known to be old", {bob, old}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {T::RsaOaep, T::RsaPkcs1}, R::SomebodyCannotGcm, {u"old"_s}});
        row("old and unknown", {new_, old}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {T::RsaPkcs1, T::RsaPkcs1}, R::SomebodyUnknown, {u"new"_s, u"old"_s}});
        row("OAEP without GCM", {mid}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {T::RsaOaep}, R::SomebodyCannotGcm, {u"mid"_s}});
        row("key agreement unknown", {ec}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {T::KeyAgreement}, R::SomebodyUnknown, {u"ec"_s}});
        row("kem and RSA", {kem, bob}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Gcm, {T::Kem, T::RsaOaep}, R::EveryoneCanGcm, {}});
        row("nobody", {}, CipherWish::Auto, KeyTransportWish::Auto, {C::Aes256Cbc, {}, R::SomebodyUnknown, {}});
        row("GCM wished", {new_}, CipherWish::Aes256Gcm, KeyTransportWish::Auto, {C::Aes256Gcm, {T::RsaPkcs1}, R::Wished, {}});
        row("OAEP wished", {new_, ec}, CipherWish::Aes128Cbc, KeyTransportWish::Oaep, {C::Aes128Cbc, {T::RsaOaep, T::KeyAgreement}, R::Wished, {}});
        row("v1.5 wished", {bob}, CipherWish::Aes128Gcm, KeyTransportWish::RsaPkcs1, {C::Aes128Gcm, {T::RsaPkcs1}, R::Wished, {}});
        row("CBC wished", {bob}, CipherWish::Aes256Cbc, KeyTransportWish::Auto, {C::Aes256Cbc, {T::RsaOaep}, R::Wished, {}});
    }

    void messageGetsWhatEveryRecipientCanRead()
    {
        QFETCH(QList<RecipientAbility>, recipients);
        QFETCH(CipherWish, cipherWish);
        QFETCH(KeyTransportWish, transportWish);
        QTEST(chooseAlgorithms(recipients, cipherWish, transportWish), "expected");
    }

    void rememberedCapabilitiesWinOverTheCertificate()
    {
        QCOMPARE(effectiveCapabilities(kCbcOnly, Capabilities::ours()), kCbcOnly);
        QCOMPARE(effectiveCapabilities(kUnknown, Capabilities::ours()), Capabilities::ours());
        QVERIFY(!effectiveCapabilities(kUnknown, kUnknown).isKnown());
    }
};

QTEST_GUILESS_MAIN(TestAlgorithmPolicy)
#include "tst_AlgorithmPolicy.moc"
