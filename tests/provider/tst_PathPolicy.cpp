// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateIssuance.h"
#include "provider/KeyMaterial.h"
#include "provider/RecentByCertificates.h"
#include "support/ProviderNames.h"
#include "support/TestAuthority.h"

#include <QTest>
#include <QThread>

#include <atomic>

using namespace provider;
using namespace Qt::StringLiterals;
using support::Identity;
using support::testTime;

/// Authorities each of which certified all the others.
struct Mesh {
    explicit Mesh(int size)
    {
        for (int i = 0; i < size; ++i)
            authorities.append(support::issue({}, KeyType::EcP256, profile(i)));
        for (int i = 0; i < size; ++i)
            for (int j = 0; j < size; ++j)
                if (i != j)
                    certificates.append(issueCertificate(authorities[i].certificate, authorities[i].key, authorities[j].key.toPublicKey(), profile(j))->toDER());
    }

    static CertificateProfile profile(int number) { return support::authorityProfile(u"Mesh %1"_s.arg(number)); }

    QList<support::Identity> authorities;
    QList<QByteArray> certificates;
};

class TestPathPolicy : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    Identity m_root = support::makeAuthority();
    Identity m_alice = support::issue(m_root, KeyType::EcP256, support::personProfile(u"alice@example.org"_s));

    static PathPolicy policy(PathPurpose purpose = PathPurpose::SmimeSign, const QDateTime &at = testTime())
    {
        PathPolicy result;
        result.purpose = purpose;
        result.at = at;
        return result;
    }

    Identity alice(const CertificateProfile &profile) { return support::issue(m_root, KeyType::EcP256, profile); }

    PathFindings validate(const Identity &leaf, const QList<QByteArray> &intermediates = {}, const QList<QByteArray> &crls = {})
    {
        return validatePath(leaf.der(), intermediates, {m_root.der()}, crls, policy());
    }

    /// What a validation cost, in the counted work that bounds it: the clock of a busy machine proves nothing.
    struct Bounded {
        PathFindings findings;
        qint64 points = 0;

        [[nodiscard]] bool isWithinBounds() const { return points < PathEffort::kLimit * 11 / 10; }
    };

    Bounded validateCounted(const Identity &leaf, const QList<QByteArray> &intermediates, const QList<QByteArray> &crls = {})
    {
        PathPolicy counted = policy();
        counted.effort = std::make_shared<PathEffort>();
        const PathFindings findings = validatePath(leaf.der(), intermediates, {m_root.der()}, crls, counted);
        return {findings, counted.effort->spent()};
    }

    static QByteArray crl(const Identity &issuer, const QList<RevokedCertificate> &revoked,
                          const QDateTime &thisUpdate = testTime().addDays(-1), const QDateTime &nextUpdate = testTime().addDays(6))
    {
        CrlFacts contents;
        contents.number = "01";
        contents.thisUpdate = thisUpdate;
        contents.nextUpdate = nextUpdate;
        contents.revoked = revoked;
        return *issueCrl(issuer.certificate, issuer.key, contents);
    }

    static RevokedCertificate revoked(const Identity &identity)
    {
        return {support::factsOf(identity.certificate).serial, testTime().addDays(-2), RevocationReason::KeyCompromise};
    }

private Q_SLOTS:
    void aGoodPathHasNothingToObjectTo()
    {
        const PathFindings findings = validate(m_alice);
        QCOMPARE(findings.chain, PathChain::Trusted);
        QCOMPARE(findings.usage, PathUsage::Permitted);
        QCOMPARE(findings.time, PathTime::Valid);
        QCOMPARE(findings.revocation, PathRevocation::NotChecked);
        QCOMPARE(findings.strength, PathStrength::Strong);
        QCOMPARE(findings.path, QList<QByteArray>{m_root.der()});
        QCOMPARE(findings.detail, QString());
        QCOMPARE(findings.validUntil, testTime().addYears(1));
    }

    void withoutItsAuthorityItIsIncomplete()
    {
        const PathFindings findings = validatePath(m_alice.der(), {}, {}, {}, policy());
        QCOMPARE(findings.chain, PathChain::Incomplete);
        QCOMPARE(findings.time, PathTime::Valid);
        QVERIFY(findings.detail.contains(u"Test Authority"_s));
    }

    void anUnknownRootIsUntrusted()
    {
        const PathFindings findings = validatePath(m_alice.der(), {m_root.der()}, {support::makeAuthority().der()}, {}, policy());
        QCOMPARE(findings.chain, PathChain::Untrusted);
        QCOMPARE(findings.path.size(), 1);
    }

    void expiredIsStillTrusted()
    {
        const PathFindings late = validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeSign, testTime().addYears(2)));
        QCOMPARE(late.chain, PathChain::Trusted);
        QCOMPARE(late.time, PathTime::Expired);
        QVERIFY(late.detail.contains(u"expired on 2027-06-01"_s));
        const PathFindings early = validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeSign, testTime().addDays(-1)));
        QCOMPARE(early.chain, PathChain::Trusted);
        QCOMPARE(early.time, PathTime::NotYetValid);
        QCOMPARE(validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeSign, {})).time, PathTime::NotChecked);
    }

    void anAuthorityImpersonatedByNameIsInvalid()
    {
        const Identity impostor = support::makeAuthority();
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.extensions = {{"authorityKeyIdentifier", {}}};
        const Identity mallory = support::issue(impostor, KeyType::EcP256, profile);
        QCOMPARE(validate(mallory).chain, PathChain::Invalid);
        QVERIFY(validate(mallory).detail.contains(u"signature"_s));
    }

    void anAlteredCertificateIsInvalid()
    {
        QByteArray altered = m_alice.der();
        altered.replace("alice@example.org", "alyce@example.org");
        QCOMPARE(validatePath(altered, {}, {m_root.der()}, {}, policy()).chain, PathChain::Invalid);
        QCOMPARE(validatePath("garbage", {}, {m_root.der()}, {}, policy()).chain, PathChain::Invalid);
        QCOMPARE(validatePath({}, {}, {}, {}, policy()).chain, PathChain::Invalid);
    }

    void usageIsJudgedForThePurpose_data()
    {
        QTest::addColumn<QByteArray>("keyUsage");
        QTest::addColumn<QByteArray>("extendedKeyUsage");
        QTest::addColumn<PathUsage>("sign");
        QTest::addColumn<PathUsage>("encrypt");
        QTest::addColumn<PathUsage>("tls");
        const auto yes = PathUsage::Permitted;
        const auto no = PathUsage::Forbidden;
        QTest::newRow("none at all") << QByteArray() << QByteArray() << yes << yes << yes;
        QTest::newRow("nonRepudiation") << QByteArray("nonRepudiation") << QByteArray("emailProtection") << yes << no << no;
        QTest::newRow("agreement only") << QByteArray("keyAgreement") << QByteArray("emailProtection") << no << yes << no;
        QTest::newRow("wrong encipherment for EC") << QByteArray("keyEncipherment") << QByteArray() << no << no << no;
        QTest::newRow("any purpose") << QByteArray("digitalSignature") << QByteArray("anyExtendedKeyUsage") << yes << no << no;
        QTest::newRow("server only") << QByteArray("digitalSignature") << QByteArray("serverAuth") << no << no << yes;
        QTest::newRow("CA usage only") << QByteArray("keyCertSign") << QByteArray() << no << no << no;
    }
    void usageIsJudgedForThePurpose()
    {
        QFETCH(QByteArray, keyUsage);
        QFETCH(QByteArray, extendedKeyUsage);
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.extensions = {{"keyUsage", keyUsage}, {"extendedKeyUsage", extendedKeyUsage}};
        const QByteArray leaf = alice(profile).der();
        const QList<QByteArray> anchors{m_root.der()};
        const PathFindings sign = validatePath(leaf, {}, anchors, {}, policy());
        QCOMPARE(sign.chain, PathChain::Trusted);
        QTEST(sign.usage, "sign");
        QTEST(validatePath(leaf, {}, anchors, {}, policy(PathPurpose::SmimeEncrypt)).usage, "encrypt");
        QTEST(validatePath(leaf, {}, anchors, {}, policy(PathPurpose::TlsServer)).usage, "tls");
        QCOMPARE(validatePath(leaf, {}, anchors, {}, policy(PathPurpose::Any)).usage, PathUsage::NotChecked);
    }

    void aPersonCannotIssue()
    {
        const Identity mallory = support::issue(m_alice, KeyType::EcP256, support::personProfile(u"ceo@example.org"_s));
        const PathFindings findings = validate(mallory, {m_alice.der()});
        QCOMPARE(findings.chain, PathChain::Invalid);
    }

    void keyCertSignWithoutBasicConstraintsDoesNotIssue()
    {
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.extensions = {{"basicConstraints", {}}, {"keyUsage", "keyCertSign,digitalSignature"}};
        const Identity almost = alice(profile);
        const Identity mallory = support::issue(almost, KeyType::EcP256, support::personProfile(u"ceo@example.org"_s));
        QCOMPARE(validate(mallory, {almost.der()}).chain, PathChain::Invalid);
    }

    void pathLengthIsObeyed()
    {
        CertificateProfile profile = support::authorityProfile(u"Department"_s);
        profile.pathLength = 0;
        const Identity department = support::issue(m_root, KeyType::EcP256, profile);
        const Identity team = support::issue(department, KeyType::EcP256, support::authorityProfile(u"Team"_s));
        const Identity member = support::issue(team, KeyType::EcP256, support::personProfile(u"m@example.org"_s));
        const Identity direct = support::issue(department, KeyType::EcP256, support::personProfile(u"d@example.org"_s));
        QCOMPARE(validate(direct, {department.der(), team.der()}).chain, PathChain::Trusted);
        QCOMPARE(validate(member, {department.der(), team.der()}).chain, PathChain::Invalid);
    }

    void nameConstraintsAreObeyed_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<PathChain>("chain");
        QTest::newRow("inside") << u"bob@example.org"_s << PathChain::Trusted;
        QTest::newRow("outside") << u"bob@example.com"_s << PathChain::Invalid;
        QTest::newRow("international inside") << u"bäb@example.org"_s << PathChain::Trusted;
        QTest::newRow("international outside") << u"bäb@example.com"_s << PathChain::Invalid;
    }
    void nameConstraintsAreObeyed()
    {
        QFETCH(QString, address);
        CertificateProfile profile = support::authorityProfile(u"Constrained"_s);
        profile.extensions = {{"nameConstraints", "critical,permitted;email:example.org"}};
        const Identity constrained = support::issue(m_root, KeyType::EcP256, profile);
        const Identity person = support::issue(constrained, KeyType::EcP256, support::personProfile(address));
        QTEST(validate(person, {constrained.der()}).chain, "chain");
    }

    void anUnknownCriticalExtensionIsInvalid()
    {
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.extensions = {{"1.2.3.4.5", "critical,DER:0500"}};
        QCOMPARE(validate(alice(profile)).chain, PathChain::Invalid);
        profile.extensions = {{"1.2.3.4.5", "DER:0500"}};
        QCOMPARE(validate(alice(profile)).chain, PathChain::Trusted);
    }

    void weakThingsAreWeak_data()
    {
        QTest::addColumn<QByteArray>("digest");
        QTest::addColumn<PathStrength>("strength");
        QTest::newRow("SHA-256") << QByteArray("SHA256") << PathStrength::Strong;
        QTest::newRow("SHA-1") << QByteArray("SHA1") << PathStrength::Weak;
        QTest::newRow("MD5") << QByteArray("MD5") << PathStrength::Broken;
    }
    void weakThingsAreWeak()
    {
        QFETCH(QByteArray, digest);
        const Identity root = support::makeAuthority(KeyType::Rsa2048);
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.digest = digest;
        const Identity leaf = support::issue(root, KeyType::EcP256, profile);
        const PathFindings findings = validatePath(leaf.der(), {}, {root.der()}, {}, policy());
        QCOMPARE(findings.chain, PathChain::Trusted);
        QTEST(findings.strength, "strength");
    }

    void shortRsaKeysAreWeak()
    {
        const QCA::PrivateKey key = QCA::KeyGenerator().createRSA(1024);
        const auto certificate = issueCertificate(m_root.certificate, m_root.key, key.toPublicKey(),
                                                  support::personProfile(u"alice@example.org"_s));
        const PathFindings findings = validatePath(certificate->toDER(), {}, {m_root.der()}, {}, policy());
        QCOMPARE(findings.strength, PathStrength::Weak);
        QVERIFY(findings.detail.contains(u"RSA-1024"_s));
    }

    void crlsDecide_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<PathRevocation>("revocation");
        const auto entry = revoked(m_alice);
        QTest::newRow("names her") << crl(m_root, {entry}) << PathRevocation::Revoked;
        QTest::newRow("names another") << crl(m_root, {{"0815", testTime(), {}}}) << PathRevocation::Good;
        QTest::newRow("is empty") << crl(m_root, {}) << PathRevocation::Good;
        QTest::newRow("outdated") << crl(m_root, {}, testTime().addDays(-9), testTime().addDays(-2)) << PathRevocation::Unknown;
        QTest::newRow("outdated but names her") << crl(m_root, {entry}, testTime().addDays(-9), testTime().addDays(-2)) << PathRevocation::Revoked;
        QTest::newRow("made later") << crl(m_root, {}, testTime().addDays(9), testTime().addDays(20)) << PathRevocation::Good;
        QTest::newRow("of somebody else") << crl(support::makeAuthority(KeyType::EcP256, u"Other"_s), {entry}) << PathRevocation::NotChecked;
        QTest::newRow("forged") << crl(support::makeAuthority(), {entry}) << PathRevocation::Unknown;
        QTest::newRow("garbage") << QByteArray("0\x82 not a list") << PathRevocation::NotChecked;
    }
    void crlsDecide()
    {
        QFETCH(QByteArray, list);
        const PathFindings findings = validate(m_alice, {}, {list});
        QCOMPARE(findings.chain, PathChain::Trusted);
        QTEST(findings.revocation, "revocation");
        if (findings.revocation == PathRevocation::Revoked)
            QCOMPARE(findings.revokedAt, testTime().addDays(-2));
    }

    void aRevokedIntermediateRevokesTheLeaf()
    {
        const Identity department = support::issue(m_root, KeyType::EcP256, support::authorityProfile(u"Department"_s));
        const Identity person = support::issue(department, KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        const QByteArray own = crl(department, {});
        QCOMPARE(validate(person, {department.der()}, {own}).revocation, PathRevocation::NotChecked);
        QCOMPARE(validate(person, {department.der()}, {own, crl(m_root, {})}).revocation, PathRevocation::Good);
        QCOMPARE(validate(person, {department.der()}, {own, crl(m_root, {revoked(department)})}).revocation, PathRevocation::Revoked);
    }

    void theRightOneOfTwoAuthoritiesOfOneNameIsFound()
    {
        // Both are called the same and claim no key identifier; only the second leads to the anchor.
        CertificateProfile profile = support::authorityProfile(u"Twin"_s);
        profile.extensions = {{"subjectKeyIdentifier", {}}};
        const Identity stranger = support::makeAuthority(KeyType::EcP256, u"Stranger"_s);
        const QCA::PrivateKey key = *generateKey(KeyType::EcP256);
        const Identity wrong{key, *issueCertificate(stranger.certificate, stranger.key, key.toPublicKey(), profile)};
        const Identity right{key, *issueCertificate(m_root.certificate, m_root.key, key.toPublicKey(), profile)};
        const Identity other = support::issue(m_root, KeyType::EcP256, profile);
        const Identity person = support::issue(right, KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        QCOMPARE(validate(person, {other.der(), wrong.der(), right.der(), stranger.der()}).chain, PathChain::Trusted);
        QCOMPARE(validate(person, {right.der(), wrong.der(), other.der()}).path.value(0), right.der());
    }

    void anExpiredDetourIsAvoided()
    {
        CertificateProfile old = support::authorityProfile(u"Renewed"_s);
        old.validUntil = testTime().addDays(-1);
        const QCA::PrivateKey key = *generateKey(KeyType::EcP256);
        const Identity before{key, *issueCertificate(m_root.certificate, m_root.key, key.toPublicKey(), old)};
        const Identity after{key, *issueCertificate(m_root.certificate, m_root.key, key.toPublicKey(),
                                                    support::authorityProfile(u"Renewed"_s))};
        const Identity person = support::issue(after, KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        QCOMPARE(validate(person, {before.der(), after.der()}).time, PathTime::Valid);
        QCOMPARE(validate(person, {after.der(), before.der()}).time, PathTime::Valid);
        QCOMPARE(validate(person, {before.der()}).time, PathTime::Expired);
    }

    void aTrustedLeafNeedsNoPath()
    {
        const PathFindings findings = validatePath(m_alice.der(), {}, {m_alice.der()}, {}, policy());
        QCOMPARE(findings.chain, PathChain::Trusted);
        QVERIFY(findings.path.isEmpty());
    }

    void aMeshOfCrossCertificatesEndsSoon()
    {
        const Mesh mesh(14);
        const Identity leaf = support::issue(mesh.authorities.first(), KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        const Bounded bounded = validateCounted(leaf, mesh.certificates);
        QVERIFY(bounded.findings.chain != PathChain::Trusted);
        QVERIFY2(bounded.isWithinBounds(), qPrintable(QString::number(bounded.points)));
    }

    void aShortPathThroughAMeshIsFound()
    {
        constexpr int kSize = 20;
        const Mesh mesh(kSize);
        const Identity leaf = support::issue(mesh.authorities.first(), KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        const QByteArray last = issueCertificate(m_root.certificate, m_root.key, mesh.authorities.last().key.toPublicKey(), Mesh::profile(kSize - 1))->toDER();
        const Bounded bounded = validateCounted(leaf, mesh.certificates + QList{last});
        QVERIFY2(bounded.findings.chain == PathChain::Trusted, qPrintable(bounded.findings.detail));
        QCOMPARE(bounded.findings.path.size(), 3);
    }

    void aLongChainEndsSoon()
    {
        QList<QByteArray> chain;
        Identity last = m_root;
        for (int i = 0; i < 40; ++i) {
            last = support::issue(last, KeyType::EcP256, support::authorityProfile(u"Link %1"_s.arg(i)));
            chain.append(last.der());
        }
        const Identity leaf = support::issue(last, KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        const Bounded bounded = validateCounted(leaf, chain);
        QCOMPARE(bounded.findings.chain, PathChain::Invalid);
        QVERIFY(bounded.findings.detail.contains(u"too long"_s));
        QVERIFY2(bounded.isWithinBounds(), qPrintable(QString::number(bounded.points)));
    }

    void thousandsOfNamesEndSoon()
    {
        CertificateProfile constrained = support::authorityProfile(u"Many"_s);
        QByteArrayList permitted;
        for (int i = 0; i < 2000; ++i)
            permitted.append("permitted;email:host" + QByteArray::number(i) + ".example");
        constrained.extensions = {{"nameConstraints", permitted.join(',')}};
        const Identity authority = support::issue(m_root, KeyType::EcP256, constrained);
        CertificateProfile many = support::personProfile(u"p@example.org"_s);
        for (int i = 0; i < 3000; ++i)
            many.addresses.append(u"p%1@host1999.example"_s.arg(i));
        const Identity leaf = support::issue(authority, KeyType::EcP256, many);
        const Bounded bounded = validateCounted(leaf, {authority.der()});
        QCOMPARE(bounded.findings.chain, PathChain::Invalid);
        // Refused before OpenSSL compares them, so what it would have cost may be more than the limit.
        QVERIFY(bounded.findings.detail.contains(u"too much work"_s));
    }

    void manyIssuersOfOneNameEndSoon()
    {
        // Every one of them might have signed; each has to be tried.
        CertificateProfile profile = support::authorityProfile(u"Legion"_s);
        profile.extensions = {{"subjectKeyIdentifier", {}}};
        QList<QByteArray> legion;
        const QCA::PrivateKey key = QCA::KeyGenerator().createRSA(4096);
        for (int i = 0; i < 900; ++i)
            legion.append(issueCertificate(m_root.certificate, m_root.key, key.toPublicKey(), profile)->toDER());
        CertificateProfile person = support::personProfile(u"p@example.org"_s);
        person.extensions = {{"authorityKeyIdentifier", {}}};
        const Identity other = support::issue(m_root, KeyType::Rsa2048, profile);
        const Identity leaf = support::issue(other, KeyType::EcP256, person);
        const Bounded bounded = validateCounted(leaf, legion);
        QCOMPARE(bounded.findings.chain, PathChain::Invalid);
        QVERIFY2(bounded.isWithinBounds(), qPrintable(QString::number(bounded.points)));
        // The signers of one message share what it may cost.
        PathPolicy shared = policy();
        shared.effort = std::make_shared<PathEffort>();
        for (int i = 0; i < 64; ++i)
            QVERIFY(validatePath(leaf.der(), legion, {m_root.der()}, {}, shared).chain != PathChain::Trusted);
        QVERIFY2(shared.effort->spent() < PathEffort::kLimit * 3 / 2, qPrintable(QString::number(shared.effort->spent())));
        // Each list is compared with each of them, for each path.
        const Identity known = support::issue(m_root, KeyType::EcP256, support::personProfile(u"p@example.org"_s));
        QList<QByteArray> lists;
        for (int i = 1; i <= 10; ++i)
            lists.append(crl(m_root, {}, testTime().addDays(-i)));
        const auto costOfLists = [&](const QList<QByteArray> &pool) { return validateCounted(known, pool, lists).points - validateCounted(known, pool).points; };
        QVERIFY(costOfLists(legion) - costOfLists({}) > 400);
    }

    void timeStampsNeedToBeSaid()
    {
        const auto usage = [this](const QByteArray &extendedKeyUsage) {
            CertificateProfile profile = support::personProfile(u"clock@example.org"_s);
            profile.extensions = {{"extendedKeyUsage", extendedKeyUsage}};
            return validatePath(alice(profile).der(), {}, {m_root.der()}, {}, policy(PathPurpose::TimeStamp)).usage;
        };
        QCOMPARE(usage("critical,timeStamping"), PathUsage::Permitted);
        QCOMPARE(usage("timeStamping"), PathUsage::Forbidden);
        QCOMPARE(usage("critical,timeStamping,emailProtection"), PathUsage::Forbidden);
        QCOMPARE(usage("emailProtection"), PathUsage::Forbidden);
        QCOMPARE(usage("anyExtendedKeyUsage"), PathUsage::Forbidden);
        QCOMPARE(usage({}), PathUsage::Forbidden);
    }

    void manyThreadsJudgeAtOnce()
    {
        const QByteArray list = crl(m_root, {revoked(m_alice)});
        const Identity bob = support::issue(m_root, KeyType::Rsa2048, support::personProfile(u"bob@example.org"_s));
        std::atomic_int right = 0;
        QList<QThread *> threads;
        for (int i = 0; i < 4; ++i) {
            threads.append(QThread::create([&] {
                for (int turn = 0; turn < 50; ++turn) {
                    right += validate(m_alice, {}, {list}).revocation == PathRevocation::Revoked ? 1 : 0;
                    right += validate(bob, {m_alice.der()}, {list}).revocation == PathRevocation::Good ? 1 : 0;
                }
            }));
        }
        for (QThread *thread : threads)
            thread->start();
        for (QThread *thread : threads) {
            QVERIFY(thread->wait(60'000));
            delete thread;
        }
        QCOMPARE(right.load(), 400);
    }

    void qcaValidatesThroughUs()
    {
        // QCA asks for the time of the machine.
        CertificateProfile rootProfile = support::authorityProfile(u"Now"_s);
        rootProfile.issuedAt = QDateTime::currentDateTimeUtc();
        rootProfile.validUntil = rootProfile.issuedAt.addDays(2);
        CertificateProfile profile = support::personProfile(u"a@example.org"_s);
        profile.issuedAt = rootProfile.issuedAt;
        profile.validUntil = profile.issuedAt.addDays(1);
        const Identity root = support::issue({}, KeyType::EcP256, rootProfile);
        const Identity leaf = support::issue(root, KeyType::EcP256, profile);
        QCA::CertificateCollection trusted;
        trusted.addCertificate(root.certificate);
        QCOMPARE(leaf.certificate.validate(trusted, {}, QCA::UsageEmailProtection), QCA::ValidityGood);
        QCOMPARE(leaf.certificate.validate(trusted, {}, QCA::UsageTLSServer), QCA::ErrorInvalidPurpose);
        QVERIFY(leaf.certificate.validate({}, {}, QCA::UsageEmailProtection) != QCA::ValidityGood);
    }

    // What a path is worth by itself is remembered; what it is worth today is not.
    void whatIsRememberedOutlivesNoChange()
    {
        const Identity namesake = support::makeAuthority();
        CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        profile.extensions = {{"keyUsage", "keyAgreement"}};
        const Identity reader = alice(profile);
        const QByteArray herList = crl(m_root, {revoked(m_alice)});
        const QByteArray emptyList = crl(m_root, {});
        const QDateTime late = testTime().addYears(2);
        QByteArray altered = m_alice.der();
        altered[altered.size() - 1] = static_cast<char>(altered.back() ^ 1);
        for (int round = 0; round < 3; ++round) { // each answer follows every other
            QCOMPARE(validate(m_alice).chain, PathChain::Trusted);
            QCOMPARE(validate(m_alice).revocation, PathRevocation::NotChecked);
            QCOMPARE(validatePath(m_alice.der(), {m_root.der()}, {}, {}, policy()).chain, PathChain::Untrusted);
            QCOMPARE(validatePath(m_alice.der(), {}, {namesake.der()}, {}, policy()).chain, PathChain::Incomplete);
            QCOMPARE(validate(m_alice, {}, {herList}).revocation, PathRevocation::Revoked);
            QCOMPARE(validate(m_alice, {}, {emptyList}).revocation, PathRevocation::Good);
            QCOMPARE(validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeSign, late)).time, PathTime::Expired);
            QCOMPARE(validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeSign, {})).time, PathTime::NotChecked);
            QCOMPARE(validate(reader).usage, PathUsage::Forbidden);
            QCOMPARE(validatePath(reader.der(), {}, {m_root.der()}, {}, policy(PathPurpose::SmimeEncrypt)).usage, PathUsage::Permitted);
            QCOMPARE(validatePath(altered, {}, {m_root.der()}, {}, policy()).chain, PathChain::Invalid);
        }
    }

    // What is remembered lies under an address: nothing else must ever come to lie there.
    void whatIsRememberedOwnsItsCertificates()
    {
        RecentByCertificates<int> recent;
        X509Ptr first = x509FromDer(m_alice.der());
        const X509 *const place = first.get();
        recent.keep({first.get()}, 0, 1);
        QVERIFY(recent.find({first.get()}, 0) && !recent.find({first.get()}, 1));
        first.reset();
        for (int i = 0; i < 100; ++i) {
            const X509Ptr other = x509FromDer(m_root.der());
            QVERIFY(other.get() != place);
            QVERIFY(!recent.find({other.get()}, 0));
        }
    }

    void hundredsOfPathsAreToldApart()
    {
        const Identity stranger = support::makeAuthority();
        for (int i = 0; i < 200; ++i) {
            const bool isOurs = i % 2 == 0;
            const Identity person = support::issue(isOurs ? m_root : stranger, KeyType::EcP256, support::personProfile(u"p%1@example.org"_s.arg(i)));
            QCOMPARE(validate(person, {stranger.der()}).chain, isOurs ? PathChain::Trusted : PathChain::Untrusted);
        }
    }

    void publishedCertificatesGetTheirVerdicts()
    {
        // The same story as with our own keys, where the published ones are at hand.
        const QString folder = support::vectorsFolder() + u"rfc9216/"_s;
        const auto load = [&folder](const QString &name) {
            return readCertificates(support::fileContent(folder + name + u".cert.pem"_s)).value().value(0);
        };
        const QStringList names = QDir(folder).entryList({u"*-sign.cert.pem"_s, u"*-encrypt.cert.pem"_s});
        for (const QString &file : support::vectorsFolder().isEmpty() ? QStringList{} : names) {
            const bool isRsa = file.startsWith(u"alice"_s) || file.startsWith(u"bob"_s);
            const QByteArray leaf = load(file.chopped(9));
            const QByteArray authority = load(isRsa ? u"ca-rsa"_s : u"ca-ed25519"_s);
            const bool isSign = file.contains(u"sign"_s);
            const PathFindings findings = validatePath(leaf, {}, {authority}, {}, policy(isSign ? PathPurpose::SmimeSign : PathPurpose::SmimeEncrypt));
            QCOMPARE(findings.chain, PathChain::Trusted);
            QCOMPARE(findings.usage, PathUsage::Permitted);
            QCOMPARE(validatePath(leaf, {}, {authority}, {}, policy(isSign ? PathPurpose::SmimeEncrypt : PathPurpose::SmimeSign)).usage,
                     PathUsage::Forbidden);
        }
        if (!names.isEmpty() && !support::vectorsFolder().isEmpty()) {
            const QByteArray carlos = load(u"carlos-sign"_s);
            QCOMPARE(validatePath(carlos, {load(u"ca-ed25519-cross-by-rsa"_s)}, {load(u"ca-rsa"_s)}, {}, policy()).chain, PathChain::Trusted);
            QCOMPARE(validatePath(carlos, {}, {load(u"ca-rsa"_s)}, {}, policy()).chain, PathChain::Incomplete);
        }
    }

    void publishedListsRevoke()
    {
        const QString folder = support::vectorsFolder() + u"rfc4134/"_s;
        for (const QString &kind : support::vectorsFolder().isEmpty() ? QStringList{} : QStringList{u"DSS"_s, u"RSA"_s}) {
            const QByteArray alice = support::fileContent(folder + u"Alice%1SignByCarl.cer"_s.arg(kind));
            const QByteArray leaf = alice.isEmpty() ? support::fileContent(folder + u"Alice%1SignByCarlNoInherit.cer"_s.arg(kind)) : alice;
            const QByteArray carl = support::fileContent(folder + u"Carl%1Self.cer"_s.arg(kind));
            QVERIFY(!leaf.isEmpty() && !carl.isEmpty());
            const auto with = [&](const QString &list) {
                return validatePath(leaf, {}, {carl}, {support::fileContent(folder + u"Carl%1CRL%2.crl"_s.arg(kind, list))}, policy());
            };
            QCOMPARE(with(u"Empty"_s).chain, PathChain::Trusted);
            QVERIFY(with(u"Empty"_s).strength != PathStrength::Strong);
            // Of 1999 without nextUpdate, and RSA's is signed with MD5: they call nobody good.
            QCOMPARE(with(u"Empty"_s).revocation, PathRevocation::Unknown);
            QCOMPARE(with(u"ForAll"_s).revocation, PathRevocation::Revoked);
            QCOMPARE(with(u"ForCarl"_s).revocation, PathRevocation::Revoked);
        }
    }
};

QTEST_GUILESS_MAIN(TestPathPolicy)
#include "tst_PathPolicy.moc"
