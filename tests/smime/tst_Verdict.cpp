// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Verdict.h"

#include <QTest>

using namespace smime;
using namespace Qt::StringLiterals;

namespace {

SignatureVerdict goodSignature()
{
    SignatureVerdict signature;
    signature.axes = {Integrity::Valid, Chain::Trusted, Usage::Permitted, Time::Valid, Revocation::Good, Strength::Strong, Identity::Match};
    signature.coverage = Coverage::Whole;
    return signature;
}

template <typename Change>
SignatureVerdict goodExcept(Change change)
{
    SignatureVerdict signature = goodSignature();
    change(signature);
    return signature;
}

EncryptionVerdict encryption(EncryptionState state)
{
    EncryptionVerdict verdict;
    verdict.state = state;
    return verdict;
}

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstFittingRowOfTheTableIsTheSummary_data()
    {
        QTest::addColumn<SignatureVerdict>("signature");
        QTest::addColumn<EncryptionState>("state");
        QTest::addColumn<QString>("summary");
        using E = EncryptionState;
        const auto row = [](const char *name, const SignatureVerdict &s, E state, const QString &summary) {
            QTest::newRow(name) << s << state << summary;
        };
        const auto bad = [&row](const char *name, auto change, const QString &summary = u"unverified"_s) {
            row(name, goodExcept(change), E::None, summary);
        };
        row("good", goodSignature(), E::None, u"verified"_s);
        row("good, decrypted", goodSignature(), E::Decrypted, u"verified"_s);
        row("good outside, no key", goodSignature(), E::NoKey, u"cannot-decrypt"_s);
        row("failed to decrypt", goodSignature(), E::Failed, u"cannot-decrypt"_s);
        row("nothing", {}, E::None, u"plain"_s);
        row("decrypted only", {}, E::Decrypted, u"decrypted"_s);
        bad("altered", [](auto &s) { s.axes.integrity = Integrity::Invalid; }, u"altered"_s);
        bad("altered by an impostor", [](auto &s) { s.axes.integrity = Integrity::Invalid; s.axes.identity = Identity::Mismatch; }, u"altered"_s);
        bad("impostor", [](auto &s) { s.axes.identity = Identity::Mismatch; }, u"impersonated"_s);
        bad("impostor, untrusted", [](auto &s) { s.axes.identity = Identity::Mismatch; s.axes.chain = Chain::Untrusted; }, u"impersonated"_s);
        bad("no address", [](auto &s) { s.axes.identity = Identity::NoAddress; });
        bad("identity not checked", [](auto &s) { s.axes.identity = Identity::NotChecked; });
        bad("unsupported", [](auto &s) { s.axes.integrity = Integrity::Unsupported; });
        bad("untrusted", [](auto &s) { s.axes.chain = Chain::Untrusted; });
        bad("incomplete", [](auto &s) { s.axes.chain = Chain::Incomplete; });
        bad("path invalid", [](auto &s) { s.axes.chain = Chain::Invalid; });
        bad("path not checked", [](auto &s) { s.axes.chain = Chain::NotChecked; });
        bad("wrong usage", [](auto &s) { s.axes.usage = Usage::Forbidden; });
        bad("expired", [](auto &s) { s.axes.time = Time::Expired; });
        bad("not yet valid", [](auto &s) { s.axes.time = Time::NotYetValid; });
        bad("expired since", [](auto &s) { s.axes.time = Time::ExpiredSince; }, u"verified"_s);
        bad("weak", [](auto &s) { s.axes.strength = Strength::Weak; });
        bad("broken", [](auto &s) { s.axes.strength = Strength::Broken; });
        bad("revoked", [](auto &s) { s.axes.revocation = Revocation::Revoked; });
        bad("revocation not checked", [](auto &s) { s.axes.revocation = Revocation::NotChecked; }, u"verified"_s);
        bad("revocation unknown", [](auto &s) { s.axes.revocation = Revocation::Unknown; }, u"verified"_s);
        bad("part only", [](auto &s) { s.coverage = Coverage::Part; });
        bad("coverage forgotten", [](auto &s) { s.coverage = Coverage::None; });
    }

    void firstFittingRowOfTheTableIsTheSummary()
    {
        QFETCH(SignatureVerdict, signature);
        QFETCH(EncryptionState, state);
        QTEST(nameOf(summarise(signature, encryption(state), false)), "summary");
        QCOMPARE(summarise(signature, encryption(state), true), Summary::Malformed);
    }

    void unknownRevocationLowersWhereItIsDemanded()
    {
        const SignatureVerdict signature = goodExcept([](auto &s) { s.axes.revocation = Revocation::Unknown; });
        QCOMPARE(summarise(signature, {}, false, RevocationDemand::Required), Summary::Unverified);
    }

    void forgottenVerdictIsNeverVerified()
    {
        QCOMPARE(Verdict{}.summary, Summary::Malformed);
        QCOMPARE(summarise({}, {}, false), Summary::Plain);
    }

    void oneGoodSignerNeverHidesABadOne()
    {
        const SignatureAxes good = goodSignature().axes;
        const SignatureAxes bad{Integrity::Invalid, Chain::Untrusted, Usage::Forbidden, Time::Expired,
                                Revocation::Revoked, Strength::Weak, Identity::Mismatch};
        QCOMPARE(worst(good, bad), bad);
        QCOMPARE(worst(bad, good), bad);
        QCOMPARE(worst(good, SignatureAxes{}), SignatureAxes{});
        Signer a, b;
        a.axes = good;
        b.axes = good;
        b.axes.time = Time::NotYetValid;
        QCOMPARE(worst(QList<Signer>{a, b}).time, Time::NotYetValid);
        QCOMPARE(worst(QList<Signer>{}), SignatureAxes{});
    }

    void namesAreThoseOfTheContract()
    {
        QCOMPARE(nameOf(Time::ExpiredSince), u"expired-since"_s);
        QCOMPARE(nameOf(Summary::CannotDecrypt), u"cannot-decrypt"_s);
        QCOMPARE(nameOf(Identity::NoAddress), u"no-address"_s);
        QCOMPARE(nameOf(LayerKind::AuthEnveloped), u"auth-enveloped"_s);
        QCOMPARE(nameOf(EncryptionState::NoKey), u"no-key"_s);
        QCOMPARE(nameOf(RecipientKind::KeyTransport), u"key-transport"_s);
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_Verdict.moc"
