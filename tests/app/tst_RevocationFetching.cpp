// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RevocationFetching.h"
#include "app/RevocationNetwork.h"
#include "identity/TrustStore.h"
#include "smime/MailParts.h"
#include "smime/SmimeTesting.h"
#include "support/CmsMessages.h"
#include "support/FakeWeb.h"
#include "support/Pkix.h"
#include "transport/HttpFetch.h"
#include "transport/IoThread.h"

#include <openssl/ocsp.h>

#include <QTemporaryDir>

using namespace smime;
using namespace smimetest;
using base::ErrorCode;
using support::FakeWeb;

// A web server in this process publishes lists and answers OCSP; nothing leaves the machine.
class TestRevocationFetching : public QObject
{
    Q_OBJECT

private:
    support::WithProvider m_provider;
    transport::IoThread m_io;
    QThreadPool m_pool;
    FakeWeb m_web;
    Person m_authority = support::makeAuthority(provider::KeyType::EcP256);
    const QByteArray m_entity = textPart("Is this certificate still good?");

    enum class Says { Nothing, Lists, Responder, Both };

    Person alice(Says says, const Person &issuer) const
    {
        provider::CertificateProfile profile = support::personProfile(u"alice@example.org"_s);
        if (says == Says::Lists || says == Says::Both)
            profile.crlLocations = {u"ldap://127.0.0.1/list"_s, m_web.url(u"/list.crl"_s)};
        if (says == Says::Responder || says == Says::Both)
            profile.extensions = {{"authorityInfoAccess", "OCSP;URI:" + m_web.url(u"/ocsp"_s).toLatin1()}};
        return support::issue(issuer, provider::KeyType::EcP256, profile);
    }

    QByteArray mailOf(const Person &signer) const
    {
        provider::CmsOptions options;
        options.signingTime = testTime();
        return header() + signedPart(m_entity, support::detached(m_entity, {signer}, options));
    }

    QByteArray list(const QList<Person> &revoked) const
    {
        provider::CrlFacts contents;
        contents.number = "01";
        contents.thisUpdate = testTime().addDays(-1);
        contents.nextUpdate = testTime().addDays(6);
        for (const Person &person : revoked)
            contents.revoked.append({support::factsOf(person.certificate).serial, testTime().addDays(-1), provider::RevocationReason::KeyCompromise});
        return *provider::issueCrl(m_authority.certificate, m_authority.key, contents);
    }

    /// OpenSSL's library is the responder, with the authority's own key.
    FakeWeb::Responder responder(int status) const
    {
        return [this, status](const QByteArray &body) {
            const support::pkix::Entity issuer = support::pkix::entityOf(m_authority);
            const provider::Owned<OCSP_REQUEST, OCSP_REQUEST_free> request = provider::fromDerBy<provider::Owned<OCSP_REQUEST, OCSP_REQUEST_free>>(d2i_OCSP_REQUEST, body);
            if (!request)
                return FakeWeb::Answer{"400 Bad Request", {}, {}};
            const provider::Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
            OCSP_CERTID *id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(request.get(), 0));
            const auto at = [](int days) { return provider::toAsn1Time(testTime().addDays(days)); };
            ASN1_TIME *revoked = status == V_OCSP_CERTSTATUS_REVOKED ? at(-1).release() : nullptr;
            OCSP_basic_add1_status(basic.get(), id, status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, revoked, generalized(at(0)).get(), generalized(at(2)).get());
            ASN1_TIME_free(revoked);
            OCSP_basic_sign(basic.get(), issuer.certificate.get(), issuer.key.get(), EVP_sha256(), nullptr, 0);
            const provider::Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
            return FakeWeb::Answer{"200 OK", provider::derBy(i2d_OCSP_RESPONSE, response.get()), "Content-Type: application/ocsp-response\r\n"};
        };
    }

    static provider::Asn1TimePtr generalized(const provider::Asn1TimePtr &time)
    {
        return provider::Asn1TimePtr(ASN1_TIME_to_generalizedtime(time.get(), nullptr));
    }

    OpenRequest requestFor(const Person &signer) const
    {
        OpenRequest request;
        request.message = mailOf(signer);
        request.material.anchors = {m_authority.der()};
        request.at = testTime();
        return request;
    }

    OpenedMessage opened(const OpenRequest &request)
    {
        const auto operation = base::runOn(&m_pool, [this, request](const base::Cancellation &cancellation) -> base::Result<OpenedMessage> {
            app::NetworkRevocationSource source(m_io);
            return app::openAsking(request, source, cancellation);
        });
        return waited(operation).value();
    }

    template <typename T>
    base::Result<T> waited(const base::Operation<T> &operation)
    {
        // The server lives on this thread.
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!operation.isRunning(), 20'000); }();
        return operation.future().result();
    }

    base::Result<QByteArray> fetched(const QString &url, const transport::HttpLimits &limits = {})
    {
        return waited(transport::fetchHttp(m_io, {QUrl(url), {}, {}}, limits));
    }

private Q_SLOTS:
    void askingWhatWillBeForgetsNoAnswer()
    {
        const QTemporaryDir profile;
        const identity::OcspCache cache(profile.path());
        const QString name = profile.filePath(u"ocsp/one.ocsp"_s);
        QFile file(name);
        QVERIFY(QDir(profile.path()).mkdir(u"ocsp"_s) && file.open(QIODevice::ReadWrite) && file.write("answer") > 0);
        QVERIFY(file.flush());
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(cache.responses(now.addYears(3)).isEmpty());
        QCOMPARE(cache.responses(now), QList<QByteArray>{"answer"});
        QFile old(profile.filePath(u"ocsp/two.ocsp"_s));
        QVERIFY(old.open(QIODevice::ReadWrite) && old.write("old answer") > 0 && old.flush());
        QVERIFY(old.setFileTime(now.addDays(-100), QFileDevice::FileModificationTime));
        QCOMPARE(cache.responses(now), QList<QByteArray>{"answer"});
        QVERIFY(!old.exists());
    }

    void init() { m_web.forget(); }

    void listsAreFetchedWhereTheCertificateSays()
    {
        const Person signer = alice(Says::Lists, m_authority);
        m_web.answer("/list.crl", {"200 OK", list({}), {}});
        QCOMPARE(open(requestFor(signer)).verdict.signature.axes.revocation, Revocation::NotChecked);
        QCOMPARE(opened(requestFor(signer)).verdict.signature.axes.revocation, Revocation::Good);
        QCOMPARE(m_web.asked(), QList<QByteArray>{"GET /list.crl"});
        m_web.answer("/list.crl", {"200 OK", list({signer}), {}});
        const OpenedMessage revoked = opened(requestFor(signer));
        QCOMPARE(revoked.verdict.signature.axes.revocation, Revocation::Revoked);
        QCOMPARE(revoked.verdict.summary, Summary::Unverified);
    }

    void respondersAreAskedFirst_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Revocation>("revocation");
        QTest::addColumn<int>("questions");
        QTest::newRow("good") << V_OCSP_CERTSTATUS_GOOD << Revocation::Good << 1;
        QTest::newRow("revoked") << V_OCSP_CERTSTATUS_REVOKED << Revocation::Revoked << 1;
        QTest::newRow("does not know, the list does") << V_OCSP_CERTSTATUS_UNKNOWN << Revocation::Good << 2;
    }
    void respondersAreAskedFirst()
    {
        QFETCH(int, status);
        QFETCH(int, questions);
        m_web.answerWith("/ocsp", responder(status));
        m_web.answer("/list.crl", {"200 OK", list({}), {}});
        QTEST(opened(requestFor(alice(Says::Both, m_authority))).verdict.signature.axes.revocation, "revocation");
        QCOMPARE(m_web.asked().size(), questions);
        QCOMPARE(m_web.asked().first(), QByteArray("POST /ocsp"));
    }

    void noAnswerIsUnknownAndNoQuestionIsNotChecked_data()
    {
        QTest::addColumn<FakeWeb::Answer>("answer");
        QTest::newRow("not found") << FakeWeb::Answer{"404 Not Found", {}, {}};
        QTest::newRow("not a list") << FakeWeb::Answer{"200 OK", "<html>Welcome</html>", {}};
        const Person stranger = support::makeAuthority(provider::KeyType::EcP256);
        provider::CrlFacts contents;
        contents.number = "01";
        contents.thisUpdate = testTime().addDays(-1);
        contents.nextUpdate = testTime().addDays(6);
        QTest::newRow("a forged list") << FakeWeb::Answer{"200 OK", *provider::issueCrl(stranger.certificate, stranger.key, contents), {}};
    }
    void noAnswerIsUnknownAndNoQuestionIsNotChecked()
    {
        QFETCH(FakeWeb::Answer, answer);
        m_web.answer("/list.crl", answer);
        const OpenedMessage silent = opened(requestFor(alice(Says::Lists, m_authority)));
        QCOMPARE(silent.verdict.signature.axes.revocation, Revocation::Unknown);
        QCOMPARE(silent.verdict.summary, Summary::Verified);
        OpenRequest demanding = requestFor(alice(Says::Lists, m_authority));
        demanding.material.revocation = RevocationDemand::Required;
        QCOMPARE(opened(demanding).verdict.summary, Summary::Unverified);
        m_web.forget();
        QCOMPARE(opened(requestFor(alice(Says::Nothing, m_authority))).verdict.signature.axes.revocation, Revocation::NotChecked);
        QVERIFY(m_web.asked().isEmpty());
    }

    void strangersSendNobodyAnywhere()
    {
        // Anybody can make a certificate that names an address of the inner network.
        const Person stranger = support::makeAuthority(provider::KeyType::EcP256, u"Stranger"_s);
        QCOMPARE(opened(requestFor(alice(Says::Both, stranger))).verdict.signature.axes.revocation, Revocation::NotChecked);
        QVERIFY(m_web.asked().isEmpty());
    }

    void answersAreKeptForLater()
    {
        QTemporaryDir folder;
        const identity::DataDirectory data(folder.path());
        QVERIFY(data.prepare().isOk());
        const identity::Profile profile{u"bob@example.org"_s, u"Bob"_s, folder.filePath(u"bob"_s)};
        app::Reader reader{data, profile, {}};
        reader.material.trust.anchors = {m_authority.der()};
        QVERIFY(identity::TrustStore(data, profile).addAnchor(m_authority.der()).isOk());
        m_web.answerWith("/ocsp", responder(V_OCSP_CERTSTATUS_GOOD));
        const app::MailToOpen mail{mailOf(alice(Says::Responder, m_authority)), testTime(), {}, app::Learning::LookOnly, {}};
        const auto ask = [&] {
            return waited(base::runOn(&m_pool, [&](const base::Cancellation &cancellation) -> base::Result<OpenedMessage> {
                app::NetworkRevocationSource source(m_io);
                return app::openForAsking(reader, mail, source, cancellation);
            })).value();
        };
        QCOMPARE(ask().verdict.signature.axes.revocation, Revocation::Good);
        QCOMPARE(m_web.asked().size(), 1);
        QCOMPARE(ask().verdict.signature.axes.revocation, Revocation::Good);
        QCOMPARE(m_web.asked().size(), 1);
        QCOMPARE(app::openFor(reader, mail).verdict.signature.axes.revocation, Revocation::Good);
    }

    void aWebServerCannotDoWhatItLikes()
    {
        m_web.answer("/here", {"200 OK", "here", {}});
        m_web.answer("/moved", {"302 Found", {}, "Location: /here\r\n"});
        m_web.answer("/round", {"302 Found", {}, "Location: /round\r\n"});
        m_web.answer("/file", {"302 Found", {}, "Location: file:///etc/passwd\r\n"});
        m_web.answer("/endless", {"200 OK", QByteArray(100'000, 'x'), {}, true});
        m_web.answer("/silent", {{}, {}, {}, false, true});
        QCOMPARE(fetched(m_web.url(u"/here"_s)).value(), QByteArray("here"));
        QCOMPARE(fetched(m_web.url(u"/moved"_s)).value(), QByteArray("here"));
        QCOMPARE(fetched(m_web.url(u"/round"_s)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fetched(m_web.url(u"/file"_s)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fetched(m_web.url(u"/missing"_s)).error().reply, QByteArray("404"));
        QCOMPARE(fetched(u"file:///etc/passwd"_s).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fetched(u"http://user:word@127.0.0.1/"_s).error().code, ErrorCode::InvalidArgument);
        transport::HttpLimits limits;
        limits.octets = 1'000'000;
        QCOMPARE(fetched(m_web.url(u"/endless"_s), limits).error().code, ErrorCode::FileTooLarge);
        limits.time = std::chrono::milliseconds(300);
        QCOMPARE(fetched(m_web.url(u"/silent"_s), limits).error().code, ErrorCode::TimedOut);
    }
};

QTEST_GUILESS_MAIN(TestRevocationFetching)
#include "tst_RevocationFetching.moc"
