// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/IdentityTesting.h"
#include "identity/Limits.h"
#include "identity/TrustStore.h"
#include "support/Pkix.h"

using namespace Qt::StringLiterals;
using namespace identity;
using base::ErrorCode;
using base::Secret;

class TestTrustStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_testing = std::make_unique<IdentityTesting>(); }
    void cleanupTestCase() { m_testing.reset(); }

    void theAuthorityIsTrustedByAllAndCannotBeRemoved()
    {
        const DataDirectory data = newData();
        const auto authority = Authority::create(data.authorityFolder(), u"Team"_s, u"ec:p256"_s, wellKnownPassphrase());
        VERIFY_OK(authority);
        TrustStore store{data, *data.createProfile(u"alice@example.org"_s, u"Alice"_s)};
        QCOMPARE(store.anchors().size(), 1);
        QCOMPARE(store.anchors().first().origin, AnchorOrigin::Authority);
        QCOMPARE(store.material().anchors, QList<QByteArray>{authority->certificate()});
        QCOMPARE(store.crls().size(), 1);
        QCOMPARE(store.removeAnchor(store.anchors().first().fingerprint).error().code, ErrorCode::InvalidArgument);
    }

    void anAnchorOfOneProfileIsNoneOfAnother()
    {
        const DataDirectory data = newData();
        TrustStore alice{data, *data.createProfile(u"alice@example.org"_s, u"Alice"_s)};
        TrustStore bob{data, *data.createProfile(u"bob@example.org"_s, u"Bob"_s)};
        TrustStore all{data};
        const auto own = m_testing->makeCertificate(m_testing->authorityProfile(u"Of Alice"_s));
        const auto common = m_testing->makeCertificate(m_testing->authorityProfile(u"Of all"_s));
        VERIFY_OK(alice.addAnchor(own.der()));
        VERIFY_OK(all.addAnchor(common.der()));
        QCOMPARE(alice.anchors().size(), 2);
        QCOMPARE(bob.anchors().size(), 1);
        QCOMPARE(bob.anchors().first().certificate, common.der());
        QCOMPARE(alice.addAnchor(common.der()).error().code, ErrorCode::CertificateAlreadyPresent);
        const QByteArray fingerprint = fingerprintOf(own.der());
        QCOMPARE(bob.removeAnchor(fingerprint).error().code, ErrorCode::CertificateNotFound);
        QCOMPARE(alice.removeAnchor(fingerprint.first(4)).error().code, ErrorCode::InvalidArgument);
        VERIFY_OK(alice.removeAnchor(fingerprint.first(12).toUpper()));
        QCOMPARE(alice.anchors().size(), 1);
    }

    void whatVouchesForNobodyIsNoAnchor()
    {
        TrustStore store{newData()};
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile());
        const auto person = m_testing->makeCertificate(m_testing->personProfile(u"bob@example.org"_s), &root);
        QCOMPARE(store.addAnchor(person.der()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(store.addAnchor("nonsense").error().code, ErrorCode::NotACertificate);
        QCOMPARE(store.addAnchor({}).error().code, ErrorCode::NotACertificate);
        // A certificate that vouches for itself alone may be trusted for itself alone.
        VERIFY_OK(store.addAnchor(m_testing->makeCertificate(m_testing->personProfile(u"self@example.org"_s)).der()));
    }

    void aForgedListDoesNotPushOutTheTrueOne()
    {
        TrustStore store{newData()};
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile());
        const auto forger = m_testing->makeCertificate(m_testing->authorityProfile());
        VERIFY_OK(store.addAnchor(root.der()));
        const auto listOf = [&](const IdentityTesting::Made &signer, int days) {
            provider::CrlFacts contents;
            contents.number = "01";
            contents.thisUpdate = m_testing->clock.now().addDays(days);
            contents.nextUpdate = contents.thisUpdate.addDays(30);
            return *provider::issueCrl(signer.certificate, signer.key, contents);
        };
        const QByteArray now = listOf(root, 0);
        VERIFY_OK(store.addCrl(now));
        VERIFY_OK(store.addCrl(now)); // it is there
        QCOMPARE(store.addCrl(listOf(forger, 1)).error().code, ErrorCode::CertificateUntrusted);
        QCOMPARE(store.crls(), QList<QByteArray>{now});
        VERIFY_OK(store.addCrl(listOf(root, -1)));
        QCOMPARE(store.crls(), QList<QByteArray>{now});
        const QByteArray newer = listOf(root, 1);
        VERIFY_OK(store.addCrl(newer));
        QCOMPARE(store.crls(), QList<QByteArray>{newer});
        QCOMPARE(store.addCrl("nonsense").error().code, ErrorCode::NotACrl);
    }

    void aListOfALargeAuthorityIsKept()
    {
        TrustStore store{newData()};
        const auto root = m_testing->makeCertificate(m_testing->authorityProfile());
        VERIFY_OK(store.addAnchor(root.der()));
        provider::CrlFacts contents;
        contents.thisUpdate = m_testing->clock.now();
        contents.nextUpdate = contents.thisUpdate.addDays(30);
        for (int i = 0; i < 120'000; ++i)
            contents.revoked.append({"7f" + QByteArray::number(i, 16).rightJustified(38, '0'), contents.thisUpdate});
        const base::Result<QByteArray> list = provider::issueCrl(root.certificate, root.key, contents);
        VERIFY_OK(list);
        QVERIFY(list->size() > kLargestCertificateFile);
        VERIFY_OK(store.addCrl(*list));
        QCOMPARE(store.crls(), QList<QByteArray>{*list});
    }

    void listsOfOneIssuerWithOtherScopesLieBesideEachOther()
    {
        namespace pkix = support::pkix;
        TrustStore store{newData()};
        const pkix::Entity root = pkix::issue(nullptr, {.name = {{"CN", "Root"}}, .extensions = {{"basicConstraints", "critical,CA:TRUE"}}});
        VERIFY_OK(store.addAnchor(root.der()));
        pkix::CrlSpec spec;
        spec.extensions = {};
        const QByteArray all = pkix::makeCrl(root, spec);
        spec.extensions = {{"issuingDistributionPoint", "critical,@idp"}};
        spec.sections = "[idp]\nonlyuser=TRUE\n";
        const QByteArray persons = pkix::makeCrl(root, spec);
        spec.extensions = {{"2.5.29.27", "critical,DER:020101"}};
        const QByteArray changes = pkix::makeCrl(root, spec);
        for (const QByteArray &list : {all, persons, changes})
            VERIFY_OK(store.addCrl(list));
        QCOMPARE(store.crls().size(), 3);
    }

    void aListInAnothersNameDoesNotPushOutTheTrueOne()
    {
        namespace pkix = support::pkix;
        TrustStore store{newData()};
        const pkix::Entity root = pkix::issue(nullptr, {.name = {{"CN", "Root"}}, .extensions = {{"basicConstraints", "critical,CA:TRUE"}}});
        const pkix::Entity department = pkix::issue(&root, {.name = {{"CN", "Department"}}, .extensions = {{"basicConstraints", "critical,CA:TRUE"}}});
        VERIFY_OK(store.addAnchor(root.der()));
        pkix::CrlSpec spec;
        spec.extensions = {};
        VERIFY_OK(store.addCrl(pkix::makeCrl(department, spec), {department.der()}));
        spec.issuerName = "Root";
        QCOMPARE(store.addCrl(pkix::makeCrl(department, spec), {department.der()}).error().code, ErrorCode::CertificateUntrusted);
    }

private:
    DataDirectory newData() const
    {
        const DataDirectory data{m_testing->path(QString::fromLatin1(QTest::currentTestFunction()))};
        (void)data.prepare();
        return data;
    }

    std::unique_ptr<IdentityTesting> m_testing;
};

QTEST_GUILESS_MAIN(TestTrustStore)
#include "tst_TrustStore.moc"
