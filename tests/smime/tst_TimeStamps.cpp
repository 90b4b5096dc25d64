// SPDX-License-Identifier: GPL-3.0-or-later
// A time stamp over a signature (RFC 3161) tells when it was there already, so that it counts after its certificate has expired.
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"
#include "support/CmsMessages.h"
#include "support/Pkix.h"

#include <openssl/cms.h>
#include <openssl/ts.h>

#include <QCryptographicHash>

using namespace smime;
using namespace smimetest;
namespace pkix = support::pkix;

class TestTimeStamps : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    World m_world;
    const QByteArray m_entity = textPart("A letter.");

    QByteArray alicesSignature() const
    {
        provider::CmsOptions options;
        options.signingTime = testTime();
        return support::detached(m_entity, {m_world.alice}, options);
    }

private Q_SLOTS:
    void timeStampMakesAnExpiredSignatureCount_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("isOfThisSignature");
        QTest::addColumn<bool>("isTrusted");
        QTest::addColumn<Time>("time");
        QTest::newRow("while it was valid") << 10 << true << true << Time::ExpiredSince;
        QTest::newRow("after it had expired") << 500 << true << true << Time::Expired;
        QTest::newRow("over another signature") << 10 << false << true << Time::Expired;
        QTest::newRow("by nobody one trusts") << 10 << true << false << Time::Expired;
    }
    void timeStampMakesAnExpiredSignatureCount()
    {
        QFETCH(int, days);
        QFETCH(bool, isOfThisSignature);
        QFETCH(bool, isTrusted);
        const pkix::Entity clock = clockOf(isTrusted ? m_world.authority : support::makeAuthority(provider::KeyType::EcP256, u"Stranger"_s));
        const Stamp stamp{.at = testTime().addDays(days), .isOfThisSignature = isOfThisSignature};
        const QByteArray stamped = withTimeStamp(alicesSignature(), clock, stamp);
        QVERIFY(!stamped.isEmpty());
        OpenRequest request = m_world.openRequest(header() + signedPart(m_entity, stamped), {});
        QCOMPARE(open(request).verdict.summary, Summary::Verified);
        request.at = testTime().addYears(2);
        const OpenedMessage later = open(request);
        QTEST(later.verdict.signature.axes.time, "time");
        QCOMPARE(later.verdict.summary, later.verdict.signature.axes.time == Time::ExpiredSince ? Summary::Verified : Summary::Unverified);
    }

    void aTokenThatProvesNothingTakesNothingFromAnother()
    {
        const pkix::Entity clock = clockOf(m_world.authority);
        const QByteArray once = withTimeStamp(alicesSignature(), clock, {.at = testTime().addDays(5), .isOfThisSignature = false});
        OpenRequest request = m_world.openRequest(header() + signedPart(m_entity, withTimeStamp(once, clock, {.at = testTime().addDays(10)})), {});
        request.at = testTime().addYears(2);
        const OpenedMessage opened = open(request);
        QCOMPARE(opened.verdict.signature.axes.time, Time::ExpiredSince);
        QCOMPARE(opened.verdict.signature.signers.first().stampedAt, testTime().addDays(10));
    }

    void theCertificateOfTheClockMayLieInTheMail()
    {
        QCOMPARE(timeOfStamped({.at = testTime().addDays(10), .place = ClockIn::Mail}), Time::ExpiredSince);
    }

    void aWeakTokenProvesNothing()
    {
        QCOMPARE(timeOfStamped({.at = testTime().addDays(10)}), Time::ExpiredSince);
        QCOMPARE(timeOfStamped({.at = testTime().addDays(10), .digest = EVP_sha1()}), Time::Expired);
    }

    void aClockThatWasRetiredProvesWhatItStampedBefore_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("isByResponder");
        QTest::addColumn<Time>("time");
        QTest::newRow("replaced later") << CRL_REASON_SUPERSEDED << 20 << false << Time::ExpiredSince;
        QTest::newRow("replaced before") << CRL_REASON_SUPERSEDED << 5 << false << Time::Expired;
        QTest::newRow("its key was lost later") << CRL_REASON_KEY_COMPROMISE << 20 << false << Time::Expired;
        QTest::newRow("nobody says why") << CRL_REASON_NONE << 20 << false << Time::Expired;
        QTest::newRow("replaced later, as a responder says") << CRL_REASON_SUPERSEDED << 20 << true << Time::ExpiredSince;
        QTest::newRow("replaced before, as a responder says") << CRL_REASON_SUPERSEDED << 5 << true << Time::Expired;
        QTest::newRow("its key was lost, as a responder says") << CRL_REASON_KEY_COMPROMISE << 20 << true << Time::Expired;
        QTest::newRow("a responder does not say why") << CRL_REASON_NONE << 20 << true << Time::Expired;
    }
    void aClockThatWasRetiredProvesWhatItStampedBefore()
    {
        QFETCH(int, reason);
        QFETCH(int, days);
        QFETCH(bool, isByResponder);
        const pkix::Entity clock = clockOf(m_world.authority);
        const QByteArray stamped = withTimeStamp(alicesSignature(), clock, {.at = testTime().addDays(10)});
        OpenRequest request = m_world.openRequest(header() + signedPart(m_entity, stamped), {});
        request.at = testTime().addYears(2);
        const pkix::Entity root = pkix::entityOf(m_world.authority);
        pkix::CrlSpec list;
        list.revoked = {{.certificate = clock.certificate.get(), .reason = reason, .at = testTime().addDays(days).toString(u"yyyyMMddHHmmss"_s).toLatin1() + 'Z'}};
        if (isByResponder)
            request.material.ocspResponses = {pkix::ocspAnswer(clock, root, root, V_OCSP_CERTSTATUS_REVOKED, testTime().addDays(days), reason)};
        else
            request.material.crls = {pkix::makeCrl(root, list)};
        QTEST(open(request).verdict.signature.axes.time, "time");
    }

private:
    struct Stamping {
        time_t time;
    };

    static int stampTime(TS_RESP_CTX *, void *data, long *seconds, long *microseconds)
    {
        *seconds = static_cast<long>(static_cast<Stamping *>(data)->time);
        *microseconds = 0;
        return 1;
    }

    static ASN1_INTEGER *stampSerial(TS_RESP_CTX *, void *)
    {
        ASN1_INTEGER *serial = ASN1_INTEGER_new();
        ASN1_INTEGER_set(serial, 7);
        return serial;
    }

    /// Where the certificate of the time-stamping authority lies.
    enum class ClockIn { Token, Mail };

    struct Stamp {
        QDateTime at = {};
        bool isOfThisSignature = true;
        ClockIn place = ClockIn::Token;
        const EVP_MD *digest = EVP_sha256();
    };

    /// Two years later, when her certificate has expired.
    Time timeOfStamped(const Stamp &stamp)
    {
        const QByteArray stamped = withTimeStamp(alicesSignature(), clockOf(m_world.authority), stamp);
        OpenRequest request = m_world.openRequest(header() + signedPart(m_entity, stamped), {});
        request.at = testTime().addYears(2);
        return open(request).verdict.signature.axes.time;
    }

    /// A token of RFC 3161 by OpenSSL's own authority over the signature value (or over something else), put where RFC 3161 appendix A has it.
    static QByteArray withTimeStamp(const QByteArray &signature, const pkix::Entity &clock, const Stamp &stamp)
    {
        const auto cms = provider::fromDerBy<provider::CmsPtr>(d2i_CMS_ContentInfo, signature);
        CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
        const QByteArray value = stamp.isOfThisSignature ? provider::toBytes(CMS_SignerInfo_get0_signature(signer)) : QByteArray("something else");
        const QByteArray digest = QCryptographicHash::hash(value, QCryptographicHash::Sha256);
        const QByteArray request = stampRequest(digest, stamp.place);
        const auto free = [](TS_RESP_CTX *context) { TS_RESP_CTX_free(context); };
        const std::unique_ptr<TS_RESP_CTX, decltype(free)> context(TS_RESP_CTX_new(), free);
        Stamping stamping{static_cast<time_t>(stamp.at.toSecsSinceEpoch())};
        TS_RESP_CTX_set_signer_cert(context.get(), clock.certificate.get());
        TS_RESP_CTX_set_signer_key(context.get(), clock.key.get());
        TS_RESP_CTX_set_signer_digest(context.get(), stamp.digest);
        TS_RESP_CTX_add_md(context.get(), EVP_sha256());
        const provider::Asn1ObjectPtr policy(OBJ_txt2obj("1.2.3.4", 1));
        TS_RESP_CTX_set_def_policy(context.get(), policy.get());
        TS_RESP_CTX_set_time_cb(context.get(), stampTime, &stamping);
        TS_RESP_CTX_set_serial_cb(context.get(), stampSerial, nullptr);
        const provider::BioPtr asked = provider::readingBio(request);
        const provider::Owned<TS_RESP, TS_RESP_free> response(TS_RESP_create_response(context.get(), asked.get()));
        PKCS7 *token = response ? TS_RESP_get_token(response.get()) : nullptr;
        const QByteArray der = token ? provider::derBy(i2d_PKCS7, token) : QByteArray();
        const bool isReady = !der.isEmpty() && (stamp.place == ClockIn::Token || CMS_add1_cert(cms.get(), clock.certificate.get()) == 1);
        return isReady && addToken(signer, der) ? provider::derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

    /// A second one is a further value of the attribute.
    static bool addToken(CMS_SignerInfo *signer, const QByteArray &der)
    {
        const int size = static_cast<int>(der.size());
        const int place = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
        return place < 0 ? CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, der.constData(), size) == 1
                         : X509_ATTRIBUTE_set1_data(CMS_unsigned_get_attr(signer, place), V_ASN1_SEQUENCE, der.constData(), size) == 1;
    }

    static pkix::Entity clockOf(const Person &authority)
    {
        pkix::Spec spec;
        spec.name = {{"CN", "Clock"}};
        spec.extensions = {{"keyUsage", "critical,digitalSignature"}, {"extendedKeyUsage", "critical,timeStamping"}};
        const pkix::Entity issuer = pkix::entityOf(authority);
        return pkix::issue(&issuer, spec);
    }

    static QByteArray stampRequest(const QByteArray &digest, ClockIn place)
    {
        const provider::Owned<TS_REQ, TS_REQ_free> request(TS_REQ_new());
        const provider::Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
        const provider::Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
        X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get());
        QByteArray copy = digest;
        TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char *>(copy.data()), static_cast<int>(copy.size()));
        TS_REQ_set_version(request.get(), 1);
        TS_REQ_set_msg_imprint(request.get(), imprint.get());
        TS_REQ_set_cert_req(request.get(), place == ClockIn::Token ? 1 : 0);
        return provider::derBy(i2d_TS_REQ, request.get());
    }
};

QTEST_GUILESS_MAIN(TestTimeStamps)
#include "tst_TimeStamps.moc"
