// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/ForeignProgram.h"
#include "provider/CmsDer.h"
#include "provider/KeyMaterial.h"
#include "provider/Ocsp.h"
#include "provider/PrivateKeyFile.h"
#include "support/Pkix.h"
#include "support/TestAuthority.h"

#include <QCryptographicHash>
#include <QTest>

#include <openssl/ocsp.h>

using namespace provider;
using namespace Qt::StringLiterals;
using support::Identity;

// OpenSSL's program is the responder.
class TestOcsp : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    interop::Workshop m_workshop;
    const QDateTime m_now = QDateTime::currentDateTimeUtc(); // the responder looks at the machine's clock
    Identity m_root;
    Identity m_alice;

    CertificateProfile current(CertificateProfile profile) const
    {
        profile.issuedAt = m_now;
        profile.validUntil = m_now.addDays(30);
        return profile;
    }

    Identity responder(const QByteArray &extendedKeyUsage, const QByteArray &keyUsage = "critical,digitalSignature") const
    {
        CertificateProfile profile = current(support::personProfile(u"ocsp@example.org"_s));
        profile.extensions = {{"extendedKeyUsage", extendedKeyUsage}, {"keyUsage", keyUsage}};
        return support::issue(m_root, KeyType::EcP256, profile);
    }

    /// Asks about Alice; `status` as in OpenSSL's index file: V or R.
    QByteArray respond(char status, const Identity &signer, const Identity &about, const QStringList &more = {})
    {
        const auto request = makeOcspRequest(about.der(), m_root.der());
        const QByteArray revokedAt = status == 'R' ? m_now.addDays(-1).toString(u"yyMMddHHmmss"_s).toLatin1() + 'Z' : QByteArray{};
        const QByteArray serial = support::factsOf(m_alice.certificate).serial.toUpper();
        const bool isWritten = m_workshop.write(u"request.der"_s, *request)
                && m_workshop.write(u"root.pem"_s, toPem(m_root.der(), "CERTIFICATE"))
                && m_workshop.write(u"signer.pem"_s, toPem(signer.der(), "CERTIFICATE"))
                && m_workshop.write(u"signer.key"_s, toPem(toPkcs8(signer.key).view(), "PRIVATE KEY"))
                && m_workshop.write(u"index"_s, QByteArray(1, status) + "\t491231235959Z\t" + revokedAt + '\t' + serial + "\tunknown\t/CN=alice\n");
        const QStringList words{u"ocsp"_s, u"-index"_s, u"index"_s, u"-CA"_s, u"root.pem"_s, u"-rsigner"_s, u"signer.pem"_s, u"-rkey"_s, u"signer.key"_s,
                                u"-reqin"_s, u"request.der"_s, u"-respout"_s, u"response.der"_s, u"-ndays"_s, u"2"_s};
        const auto run = m_workshop.run(u"openssl"_s, words + more);
        return isWritten && run.isOk() ? m_workshop.read(u"response.der"_s) : QByteArray{};
    }

    struct Extras {
        const char *criticalExtension = nullptr;
        QDateTime archiveCutoff = {};
        const EVP_MD *naming = EVP_sha1(); ///< Names the issuer.
        QByteArray hash = {};              ///< SHA-256 of the certificate that the responder knows; empty for none named.
        bool hasForeignAnswer = false;     ///< About somebody else's certificate.
        int version = 0;                   ///< One less than people call it, as RFC 6960 has it.
    };

    using BasicPtr = Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>;

    /// What is signed begins with the version; OpenSSL has no function to set it.
    static BasicPtr ofVersion(int version, const BasicPtr &basic)
    {
        const QByteArray whole = derBy(i2d_OCSP_BASICRESP, basic.get());
        const QByteArray data = derBy(i2d_OCSP_RESPDATA, OCSP_resp_get0_respdata(basic.get()));
        const unsigned char *at = cms::octets(QByteArrayView(data));
        long size = 0;
        int tag = 0;
        int tagClass = 0;
        ASN1_get_object(&at, &size, &tag, &tagClass, static_cast<long>(data.size()));
        const QByteArray changed = cms::derWrap(V_ASN1_SEQUENCE, cms::derContext(0, cms::derInteger(version)) + data.last(size));
        const QByteArray rest = whole.sliced(whole.indexOf(data) + data.size());
        return fromDerBy<BasicPtr>(d2i_OCSP_BASICRESP, cms::derWrap(V_ASN1_SEQUENCE, changed + rest));
    }

    static void addCertificateHash(OCSP_SINGLERESP *answer, const QByteArray &hash)
    {
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        const support::pkix::Configuration none{QByteArray()};
        const QByteArray value = "DER:302F300B06096086480165030402010420" + hash.toHex();
        OCSP_SINGLERESP_add_ext(answer, support::pkix::makeExtension(none, context, "1.3.36.8.3.13", value).get(), -1);
    }

    /// One response of the issuer's with several answers about one person.
    QByteArray respondAtOnce(const Identity &about, const QList<int> &states, const Extras &extras) const
    {
        const support::pkix::Entity root = support::pkix::entityOf(m_root);
        const support::pkix::Entity person = support::pkix::entityOf(about);
        BasicPtr basic(OCSP_BASICRESP_new());
        const Owned<OCSP_CERTID, OCSP_CERTID_free> id(OCSP_cert_to_id(extras.naming, person.certificate.get(), root.certificate.get()));
        const Asn1TimePtr from = toAsn1Time(m_now);
        const Asn1TimePtr until = toAsn1Time(m_now.addDays(2));
        const Asn1TimePtr cutoff(ASN1_GENERALIZEDTIME_set(nullptr, static_cast<time_t>(extras.archiveCutoff.toSecsSinceEpoch())));
        for (int state : states) {
            ASN1_TIME *const revokedAt = state == V_OCSP_CERTSTATUS_REVOKED ? from.get() : nullptr;
            OCSP_SINGLERESP *answer = OCSP_basic_add1_status(basic.get(), id.get(), state, 0, revokedAt, from.get(), until.get());
            if (extras.archiveCutoff.isValid())
                OCSP_SINGLERESP_add1_ext_i2d(answer, NID_id_pkix_OCSP_archiveCutoff, cutoff.get(), 0, 0);
            if (!extras.hash.isEmpty())
                addCertificateHash(answer, extras.hash);
        }
        if (extras.hasForeignAnswer) {
            const Owned<OCSP_CERTID, OCSP_CERTID_free> foreign(OCSP_cert_to_id(extras.naming, person.certificate.get(), person.certificate.get()));
            OCSP_basic_add1_status(basic.get(), foreign.get(), V_OCSP_CERTSTATUS_GOOD, 0, nullptr, from.get(), until.get());
        }
        if (extras.criticalExtension) {
            X509V3_CTX context;
            X509V3_set_ctx_nodb(&context);
            const support::pkix::Configuration none{QByteArray()};
            OCSP_BASICRESP_add_ext(basic.get(), support::pkix::makeExtension(none, context, extras.criticalExtension, "critical,DER:0500").get(), -1);
        }
        const auto isSigned = [&] { return OCSP_basic_sign(basic.get(), root.certificate.get(), root.key.get(), EVP_sha256(), nullptr, 0) == 1; };
        if (isSigned() && extras.version != 0)
            basic = ofVersion(extras.version, basic);
        if (!basic || !isSigned())
            return {};
        const Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
        return derBy(i2d_OCSP_RESPONSE, response.get());
    }

    OcspFindings check(const QByteArray &response, const QDateTime &at) const
    {
        return checkOcspResponse(response, m_alice.der(), m_root.der(), at);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = support::issue({}, KeyType::EcP256, current(support::authorityProfile(u"OCSP Authority"_s)));
        m_alice = support::issue(m_root, KeyType::EcP256, current(support::personProfile(u"alice@example.org"_s)));
        QVERIFY(!m_alice.certificate.isNull());
    }

    void theIssuerAnswers()
    {
        const OcspFindings good = check(respond('V', m_root, m_alice), m_now);
        QVERIFY2(good.state == PathRevocation::Good, qPrintable(good.detail));
        QVERIFY(good.nextUpdate > m_now.addDays(1));
        const OcspFindings bad = check(respond('R', m_root, m_alice), m_now);
        QVERIFY(bad.state == PathRevocation::Revoked);
        QCOMPARE(bad.revokedAt.date(), m_now.addDays(-1).date());
    }

    void anAppointedResponderAnswersAndOthersDoNot()
    {
        QVERIFY(check(respond('V', responder("OCSPSigning"), m_alice), m_now).state == PathRevocation::Good);
        const OcspFindings usurper = check(respond('R', responder("emailProtection"), m_alice), m_now);
        QVERIFY(usurper.state == PathRevocation::Unknown);
        QVERIFY2(usurper.detail.contains(u"not signed"_s), qPrintable(usurper.detail));
        QVERIFY(check(respond('V', responder("OCSPSigning", "critical,nonRepudiation"), m_alice), m_now).state == PathRevocation::Good);
        // Who answers today had no certificate at the time that counts.
        QVERIFY(check(respond('R', responder("OCSPSigning"), m_alice), m_now.addDays(-3)).state == PathRevocation::Revoked);
        const OcspFindings unable = check(respond('V', responder("OCSPSigning", "critical,keyAgreement"), m_alice), m_now);
        QVERIFY2(unable.state == PathRevocation::Unknown && unable.detail.contains(u"not signed"_s), qPrintable(unable.detail));
    }

    void aRespondersCertificateMayStandBesideTheAnswer()
    {
        const Identity clerk = responder("OCSPSigning");
        PathPolicy policy;
        policy.at = m_now;
        policy.ocspResponses = {respond('V', clerk, m_alice, {u"-resp_no_certs"_s})};
        const auto state = [&](const Identity &beside) { return validatePath(m_alice.der(), {beside.der()}, {m_root.der()}, {}, policy).revocation; };
        QVERIFY(state(clerk) == PathRevocation::Good);
        QVERIFY(state(m_root) == PathRevocation::NotChecked);
        QVERIFY(state(responder("emailProtection")) == PathRevocation::NotChecked);
    }

    void theWorstOfSeveralAnswersCounts()
    {
        constexpr int kGood = V_OCSP_CERTSTATUS_GOOD;
        constexpr int kRevoked = V_OCSP_CERTSTATUS_REVOKED;
        QVERIFY(check(respondAtOnce(m_alice, {kGood}, {}), m_now).state == PathRevocation::Good);
        QVERIFY(check(respondAtOnce(m_alice, {kGood, kRevoked}, {}), m_now).state == PathRevocation::Revoked);
        QVERIFY(check(respondAtOnce(m_alice, {kRevoked, kGood}, {}), m_now).state == PathRevocation::Revoked);
    }

    void anAnswerThatNobodyUnderstandsIsNotGood()
    {
        const OcspFindings findings = check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_GOOD}, {.criticalExtension = "1.2.3.4.5"}), m_now);
        QVERIFY(findings.state == PathRevocation::Unknown);
        QVERIFY2(findings.detail.contains(u"critical extension"_s), qPrintable(findings.detail));
        QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_GOOD}, {.version = 1}), m_now).state == PathRevocation::Unknown);
        QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_REVOKED}, {.version = 1}), m_now).state == PathRevocation::Revoked);
    }

    void anAnswerCountsWhateverDigestNamesTheIssuer()
    {
        for (const EVP_MD *digest : {EVP_sha224(), EVP_sha512(), EVP_sha3_256()})
            QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_REVOKED}, {.naming = digest}), m_now).state == PathRevocation::Revoked);
        QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_REVOKED}, {.naming = EVP_md5()}), m_now).isAboutAnother);
    }

    void answersAboutOthersTakeNothingFromTheOne()
    {
        QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_REVOKED}, {.hasForeignAnswer = true}), m_now).state == PathRevocation::Revoked);
        QVERIFY(check(respondAtOnce(m_alice, {V_OCSP_CERTSTATUS_GOOD}, {.hasForeignAnswer = true}), m_now).state == PathRevocation::Good);
    }

    void aResponderThatKnowsAnotherCertificateCallsNobodyGood()
    {
        const auto hashOf = [](const Identity &one) { return QCryptographicHash::hash(one.der(), QCryptographicHash::Sha256); };
        const auto answer = [&](int state, const Identity &known) { return check(respondAtOnce(m_alice, {state}, {.hash = hashOf(known)}), m_now); };
        QVERIFY(answer(V_OCSP_CERTSTATUS_GOOD, m_alice).state == PathRevocation::Good);
        const OcspFindings other = answer(V_OCSP_CERTSTATUS_GOOD, m_root);
        QVERIFY2(other.state == PathRevocation::Unknown && other.detail.contains(u"another certificate"_s), qPrintable(other.detail));
        QVERIFY(answer(V_OCSP_CERTSTATUS_REVOKED, m_root).state == PathRevocation::Revoked);
    }

    void whoHasExpiredIsGoodOnlyForThoseWhoKeepHim()
    {
        CertificateProfile profile = support::personProfile(u"bob@example.org"_s);
        profile.issuedAt = m_now.addDays(-30);
        profile.validUntil = m_now.addDays(-10);
        const Identity bob = support::issue(m_root, KeyType::EcP256, profile);
        const auto state = [&](const QDateTime &archiveCutoff) {
            PathPolicy policy;
            policy.at = m_now;
            policy.ocspResponses = {respondAtOnce(bob, {V_OCSP_CERTSTATUS_GOOD}, {.archiveCutoff = archiveCutoff})};
            return validatePath(bob.der(), {}, {m_root.der()}, {}, policy).revocation;
        };
        QVERIFY(state({}) == PathRevocation::Unknown);
        QVERIFY(state(m_now.addDays(-5)) == PathRevocation::Unknown);
        QVERIFY(state(m_now.addDays(-15)) == PathRevocation::Good);
    }

    void aRevokedResponderAnswersForNobody()
    {
        const Identity clerk = responder("OCSPSigning");
        const support::pkix::Entity root = support::pkix::entityOf(m_root);
        const support::pkix::Entity revoked = support::pkix::entityOf(clerk);
        support::pkix::CrlSpec outdated; // says nothing about Alice
        outdated.nextUpdate = "20260502000000Z";
        PathPolicy policy;
        policy.at = m_now;
        policy.ocspResponses = {respond('V', clerk, m_alice)};
        const auto state = [&] {
            return validatePath(m_alice.der(), {}, {m_root.der()}, {support::pkix::makeCrl(root, outdated)}, policy).revocation;
        };
        QVERIFY(state() == PathRevocation::Good);
        outdated.revoked = {{revoked.certificate.get()}};
        QVERIFY(state() == PathRevocation::Unknown);
    }

    /// RFC 6960 section 4.2.2.2 wants an answer by the key that certified. But both are trusted, and one says "revoked".
    void aRekeyedRootMayRevokeAndCallsNobodyGood()
    {
        const Identity rekeyed = support::issue({}, KeyType::EcP256, current(support::authorityProfile(u"OCSP Authority"_s)));
        const auto state = [&](const QByteArray &response, const QList<QByteArray> &anchors) {
            PathPolicy policy;
            policy.at = m_now;
            policy.ocspResponses = {response};
            return validatePath(m_alice.der(), {}, anchors, {}, policy).revocation;
        };
        const QByteArray bad = respond('R', rekeyed, m_alice);
        QVERIFY(state(bad, {m_root.der(), rekeyed.der()}) == PathRevocation::Revoked);
        QVERIFY(state(bad, {m_root.der()}) == PathRevocation::NotChecked);
        QVERIFY(state(respond('V', rekeyed, m_alice), {m_root.der(), rekeyed.der()}) == PathRevocation::NotChecked);
    }

    void oldAndForeignAnswersCountForNothing()
    {
        const QByteArray response = respond('V', m_root, m_alice);
        QVERIFY(check(response, m_now.addDays(3)).state == PathRevocation::Unknown);
        QVERIFY(check(response, m_now.addDays(-3)).state == PathRevocation::Unknown);
        const Identity bob = support::issue(m_root, KeyType::EcP256, current(support::personProfile(u"bob@example.org"_s)));
        QVERIFY(checkOcspResponse(response, bob.der(), m_root.der(), m_now).detail.contains(u"another certificate"_s));
        QVERIFY(checkOcspResponse(respond('V', m_root, bob), bob.der(), m_root.der(), m_now).detail.contains(u"does not know"_s));
    }

    void damagedAnswersAreNeverGood()
    {
        const QByteArray response = respond('V', m_root, m_alice);
        for (qsizetype size = 0; size < response.size(); size += 11)
            QVERIFY(check(response.first(size), m_now).state == PathRevocation::Unknown);
        const QByteArray revoked = respond('R', m_root, m_alice);
        for (qsizetype i = 0; i < revoked.size(); i += 3) {
            QByteArray altered = revoked;
            altered[i] = static_cast<char>(altered[i] ^ 0x01);
            QVERIFY(check(altered, m_now).state != PathRevocation::Good);
        }
        QVERIFY(!makeOcspRequest(m_alice.der(), m_alice.der()).isOk());
    }

    void aPathTakesThemInsteadOfLists()
    {
        PathPolicy policy;
        policy.at = m_now;
        policy.ocspResponses = {respond('V', m_root, m_alice)};
        const auto state = [&] { return validatePath(m_alice.der(), {}, {m_root.der()}, {}, policy); };
        QVERIFY(state().revocation == PathRevocation::Good);
        policy.ocspResponses.append(respond('R', m_root, m_alice));
        QVERIFY(state().revocation == PathRevocation::Revoked);
        QVERIFY(state().revokedAt.isValid());
        policy.ocspResponses = {"garbage"};
        QVERIFY(state().revocation == PathRevocation::NotChecked);
    }

    void whoDoesNotKnowOrKnewLongAgoHasBeenAsked()
    {
        PathPolicy policy;
        policy.at = m_now.addDays(3);
        policy.ocspResponses = {respond('V', m_root, m_alice)};
        const Identity bob = support::issue(m_root, KeyType::EcP256, current(support::personProfile(u"bob@example.org"_s)));
        const auto state = [&](const Identity &person) { return validatePath(person.der(), {}, {m_root.der()}, {}, policy).revocation; };
        QVERIFY(state(m_alice) == PathRevocation::Unknown);
        QVERIFY(state(bob) == PathRevocation::NotChecked);
        policy.at = m_now;
        policy.ocspResponses = {respond('V', m_root, bob)};
        QVERIFY(state(bob) == PathRevocation::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestOcsp)
#include "tst_Ocsp.moc"
