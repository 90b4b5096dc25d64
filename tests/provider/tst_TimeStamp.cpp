// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/TimeStamp.h"
#include "support/Pkix.h"
#include "support/TestAuthority.h"

#include <openssl/cms.h>
#include <openssl/ts.h>

#include <QCryptographicHash>
#include <QTest>

using namespace provider;
using namespace Qt::StringLiterals;
namespace pkix = support::pkix;

/// What is odd about a token's information.
struct Odd {
    qint64 accuracySeconds = 0;
    long version = 1;
    QByteArray extension = {}; ///< As in openssl.cnf.
};

// Tokens as RFC 3161 does not want them, which OpenSSL's own authority would not make.
class TestTimeStamp : public QObject
{
    Q_OBJECT

private:
    static constexpr QByteArrayView kStamped{"a signature"};

    support::WithProvider m_provider;
    pkix::Entity m_clock = pkix::issue(nullptr, {.name = {{"CN", "Clock"}}, .extensions = {{"extendedKeyUsage", "critical,timeStamping"}}});

    static void addExtension(TS_TST_INFO *info, const QByteArray &value)
    {
        const pkix::Configuration none{QByteArray()};
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        TS_TST_INFO_add_ext(info, pkix::makeExtension(none, context, "1.2.3.4.5", value).get(), -1);
    }

    static void setAccuracy(TS_TST_INFO *info, qint64 value)
    {
        const Owned<TS_ACCURACY, TS_ACCURACY_free> accuracy(TS_ACCURACY_new());
        const Asn1IntegerPtr seconds(ASN1_INTEGER_new());
        ASN1_INTEGER_set_int64(seconds.get(), value);
        TS_ACCURACY_set_seconds(accuracy.get(), seconds.get());
        TS_TST_INFO_set_accuracy(info, accuracy.get());
    }

    static QByteArray information(QByteArrayView stamped, const Odd &odd = {})
    {
        const Owned<TS_TST_INFO, TS_TST_INFO_free> info(TS_TST_INFO_new());
        const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
        const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
        X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get());
        QByteArray digest = QCryptographicHash::hash(stamped, QCryptographicHash::Sha256);
        TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char *>(digest.data()), static_cast<int>(digest.size()));
        const Asn1ObjectPtr policy(OBJ_txt2obj("1.2.3.4", 1));
        const Asn1IntegerPtr serial(ASN1_INTEGER_new());
        ASN1_INTEGER_set(serial.get(), 7);
        const Asn1TimePtr time(ASN1_GENERALIZEDTIME_set(nullptr, static_cast<time_t>(support::testTime().toSecsSinceEpoch())));
        TS_TST_INFO_set_version(info.get(), odd.version);
        TS_TST_INFO_set_policy_id(info.get(), policy.get());
        TS_TST_INFO_set_msg_imprint(info.get(), imprint.get());
        TS_TST_INFO_set_serial(info.get(), serial.get());
        TS_TST_INFO_set_time(info.get(), time.get());
        if (odd.accuracySeconds != 0)
            setAccuracy(info.get(), odd.accuracySeconds);
        if (!odd.extension.isEmpty())
            addExtension(info.get(), odd.extension);
        return derBy(i2d_TS_TST_INFO, info.get());
    }

    /// `flags` as of CMS_add1_signer(); CMS_CADES names the certificate among what is signed.
    QByteArray token(QByteArrayView stamped, unsigned int flags, const Odd &odd = {}) const
    {
        const QByteArray content = information(stamped, odd);
        const CmsPtr cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_PARTIAL | CMS_BINARY));
        CMS_set1_eContentType(cms.get(), OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
        CMS_add1_signer(cms.get(), m_clock.certificate.get(), m_clock.key.get(), EVP_sha256(), flags);
        const BioPtr in = readingBio(content);
        return CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY) == 1 ? derBy(i2d_CMS_ContentInfo, cms.get()) : QByteArray();
    }

private Q_SLOTS:
    void aTokenTellsTheTime()
    {
        const base::Result<TimeStampFacts> facts = readTimeStamp(token(kStamped, CMS_CADES), kStamped);
        QVERIFY2(facts.isOk(), facts.isOk() ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->time, support::testTime());
        QCOMPARE(facts->certificateDer, m_clock.der());
        QVERIFY(!readTimeStamp(token("something else", CMS_CADES), kStamped).isOk());
    }

    void aTokenNamesTheCertificateOfItsAuthority()
    {
        const base::Result<TimeStampFacts> facts = readTimeStamp(token(kStamped, 0), kStamped);
        QVERIFY(!facts.isOk());
        QVERIFY2(facts.error().detail.contains(u"does not name"_s), qPrintable(facts.error().detail));
    }

    void aTokenCountsByItsLatestTime()
    {
        const base::Result<TimeStampFacts> facts = readTimeStamp(token(kStamped, CMS_CADES, {.accuracySeconds = 3600}), kStamped);
        QVERIFY2(facts.isOk(), facts.isOk() ? "" : qPrintable(facts.error().detail));
        QCOMPARE(facts->time, support::testTime().addSecs(3600));
        QVERIFY(!readTimeStamp(token(kStamped, CMS_CADES, {.accuracySeconds = -3600}), kStamped).isOk());
        QVERIFY(!readTimeStamp(token(kStamped, CMS_CADES, {.accuracySeconds = 1LL << 62}), kStamped).isOk());
    }

    void aTokenOfAnotherFormIsRefused()
    {
        QVERIFY(readTimeStamp(token(kStamped, CMS_CADES, {.extension = "DER:0500"}), kStamped).isOk());
        QVERIFY(!readTimeStamp(token(kStamped, CMS_CADES, {.extension = "critical,DER:0500"}), kStamped).isOk());
        QVERIFY(!readTimeStamp(token(kStamped, CMS_CADES, {.version = 2}), kStamped).isOk());
    }
};

QTEST_GUILESS_MAIN(TestTimeStamp)
#include "tst_TimeStamp.moc"
