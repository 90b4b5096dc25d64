// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathCases.h"

#include <algorithm>
#include <iterator>

using namespace pathcases;

// RFC 5280 sections 5 and 6.3: PKITS 4.4, 4.5 (lists of rolled-over keys), 4.14 and 4.15.
class TestRevocationSuite : public QObject, private pathcases::Fixture
{
    Q_OBJECT

private:
    /// An authority "Middle" with a person below; `lists` makes what is known about revocation, beside the anchor's list.
    Maker withLists(const std::function<QList<QByteArray>(const Entity &middle, const Entity &leaf)> &lists, const Extensions &authorityExtensions = {},
                    const Spec &leafSpec = {}, const Extensions &leafExtensions = {})
    {
        return [=, this] {
            const Entity middle = authority(m_anchor, "Middle", authorityExtensions);
            const Entity leaf = person(middle, leafExtensions, leafSpec);
            return Case{leaf.der(), {middle.der()}, lists(middle, leaf) + QList{emptyCrl(m_anchor)}};
        };
    }

private Q_SLOTS:
    void revocationLists_data();
    void revocationLists() { judge(); }
    void distributionPoints_data();
    void distributionPoints() { judge(); }
    void deltaLists_data();
    void deltaLists() { judge(); }
    void silence_data();
    void silence() { judge(); }

    void anAnchorBelowAnotherMayBeRevoked()
    {
        const Entity middle = authority(m_anchor, "Middle");
        const Entity leaf = person(middle);
        const QList<QByteArray> good{emptyCrl(m_anchor), emptyCrl(middle)};
        const QList<QByteArray> leafRevoked{emptyCrl(m_anchor), crlNaming(middle, leaf)};
        const QList<QByteArray> middleRevoked{crlNaming(m_anchor, middle), emptyCrl(middle)};
        const auto revocation = [&](const QList<Entity> &anchors, const QList<QByteArray> &lists) {
            QList<QByteArray> ders;
            std::transform(anchors.begin(), anchors.end(), std::back_inserter(ders), [](const Entity &one) { return one.der(); });
            PathPolicy policy;
            policy.at = support::testTime();
            return validatePath(leaf.der(), {middle.der()}, ders, lists, policy).revocation;
        };
        QCOMPARE(revocation({middle, m_anchor}, good), PathRevocation::Good);
        QCOMPARE(revocation({middle, m_anchor}, middleRevoked), PathRevocation::Revoked);
        QCOMPARE(revocation({middle}, middleRevoked), PathRevocation::Good); // nobody above it is trusted
        QCOMPARE(revocation({leaf, m_anchor}, good), PathRevocation::Good);
        QCOMPARE(revocation({leaf, m_anchor}, leafRevoked), PathRevocation::Revoked);
        QCOMPARE(revocation({leaf, middle, m_anchor}, leafRevoked), PathRevocation::Revoked);
        QCOMPARE(revocation({leaf, middle, m_anchor}, middleRevoked), PathRevocation::Revoked);
    }

    /// RFC 5280 section 6.3.3 (f) wants a list by the same anchor. But both are trusted, and one says "revoked".
    void aRekeyedRootMayRevokeAndCallsNobodyGood()
    {
        const Entity leaf = person(m_anchor);
        const Entity rekeyed = issue(nullptr, {.name = {{"C", "US"}, {"CN", "Anchor"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
        const auto revocation = [&](const QList<QByteArray> &anchors, const QList<QByteArray> &lists) {
            PathPolicy policy;
            policy.at = support::testTime();
            return validatePath(leaf.der(), {rekeyed.der()}, anchors, lists, policy).revocation;
        };
        const QList<QByteArray> both{m_anchor.der(), rekeyed.der()};
        QCOMPARE(revocation(both, {crlNaming(rekeyed, leaf)}), PathRevocation::Revoked);
        QCOMPARE(revocation(both, {emptyCrl(m_anchor), crlNaming(rekeyed, leaf)}), PathRevocation::Revoked);
        QCOMPARE(revocation(both, {emptyCrl(rekeyed)}), PathRevocation::Unknown);
        QCOMPARE(revocation(both, {crlNaming(m_anchor, leaf), emptyCrl(rekeyed)}), PathRevocation::Revoked);
        QCOMPARE(revocation({m_anchor.der()}, {crlNaming(rekeyed, leaf)}), PathRevocation::Unknown); // who only bears the name revokes nobody
    }

    /// The same of a key for lists whose authority leads to another anchor, and by a cross certificate to this one.
    void aListBelowAnotherAnchorMayRevokeAndCallsNobodyGood()
    {
        const Entity other = issue(nullptr, {.name = {{"CN", "Other"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
        const Entity crossed = authority(m_anchor, "Separate", {{"keyUsage", "critical,keyCertSign"}});
        const Entity signer = authority(other, "Separate", {{"keyUsage", "critical,cRLSign"}});
        const Entity leaf = person(crossed);
        const auto revocation = [&](const QList<QByteArray> &anchors, const QByteArray &list) {
            PathPolicy policy;
            policy.at = support::testTime();
            return validatePath(leaf.der(), {crossed.der(), signer.der()}, anchors, {list, emptyCrl(m_anchor)}, policy).revocation;
        };
        QCOMPARE(revocation({m_anchor.der(), other.der()}, crlNaming(signer, leaf)), PathRevocation::Revoked);
        QCOMPARE(revocation({m_anchor.der(), other.der()}, emptyCrl(signer)), PathRevocation::Unknown);
        QCOMPARE(revocation({m_anchor.der()}, crlNaming(signer, leaf)), PathRevocation::Unknown);
    }

    void nobodyCallsHimselfGood()
    {
        const Entity responder = person(m_anchor, {{"extendedKeyUsage", "emailProtection,OCSPSigning"}});
        const auto revocation = [&](const Entity &about, int status) {
            PathPolicy policy;
            policy.at = support::testTime();
            policy.ocspResponses = {ocspAnswer(about, m_anchor, responder, status, policy.at)};
            return validatePath(about.der(), {responder.der()}, {m_anchor.der()}, {}, policy).revocation;
        };
        QCOMPARE(revocation(person(m_anchor), V_OCSP_CERTSTATUS_GOOD), PathRevocation::Good);
        QCOMPARE(revocation(responder, V_OCSP_CERTSTATUS_GOOD), PathRevocation::NotChecked);
        QCOMPARE(revocation(responder, V_OCSP_CERTSTATUS_REVOKED), PathRevocation::Revoked);
    }

    void thePathThatListsSpeakOfIsTaken()
    {
        const Entity other = issue(nullptr, {.name = {{"CN", "Other"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
        const Entity middle = authority(m_anchor, "Middle");
        const Entity crossed = authority(other, "Middle", {}, {.key = middle.key});
        const QList<QByteArray> lists{emptyCrl(middle), emptyCrl(other)};
        PathPolicy policy;
        policy.at = support::testTime();
        for (const QList<QByteArray> &pool : {QList{middle.der(), crossed.der()}, QList{crossed.der(), middle.der()}})
            QCOMPARE(validatePath(person(middle).der(), pool, {m_anchor.der(), other.der()}, lists, policy).revocation, PathRevocation::Good);
    }
};

void TestRevocationSuite::revocationLists_data()
{
    columns();
    using enum PathRevocation;
    listRow("nothing revoked", Good, withLists([](const Entity &middle, const Entity &) { return QList{emptyCrl(middle)}; }));
    listRow("missing", NotChecked, withLists([](const Entity &, const Entity &) { return QList<QByteArray>(); }));
    listRow("person revoked", Revoked, withLists([](const Entity &middle, const Entity &leaf) { return QList{crlNaming(middle, leaf)}; }));
    listRow("authority revoked", Revoked, [this] {
        const Entity middle = authority(m_anchor, "Middle");
        return Case{person(middle).der(), {middle.der()}, {emptyCrl(middle), crlNaming(m_anchor, middle)}};
    });
    listRow("bad signature", Unknown, withLists([](const Entity &middle, const Entity &leaf) {
                CrlSpec spec;
                spec.revoked = {{leaf.certificate.get()}};
                spec.isSignatureBad = true;
                return QList{makeCrl(middle, spec)};
            }));
    listRow("other issuer's name", NotChecked, withLists([](const Entity &middle, const Entity &leaf) {
                CrlSpec spec;
                spec.revoked = {{leaf.certificate.get()}};
                spec.issuerName = "Other";
                return QList{makeCrl(middle, spec)};
            }));
    listRow("behind the lists of many others", Revoked, withLists([](const Entity &middle, const Entity &leaf) {
                QList<QByteArray> lists;
                for (int i = 0; i < 150; ++i) {
                    CrlSpec spec;
                    spec.issuerName = "Other " + QByteArray::number(i);
                    lists.append(makeCrl(middle, spec));
                }
                lists.append(crlNaming(middle, leaf));
                return lists;
            }));
    listRow("wrong list", NotChecked, withLists([this](const Entity &, const Entity &) { return QList{emptyCrl(m_anchor)}; }));
    listRow("a bad and a good one, revoked in the good one", Revoked, withLists([](const Entity &middle, const Entity &leaf) {
                CrlSpec bad;
                bad.isSignatureBad = true;
                return QList{makeCrl(middle, bad), crlNaming(middle, leaf)};
            }));
    listRow("entry with an unknown critical extension", Revoked, withLists([](const Entity &middle, const Entity &leaf) {
                CrlSpec spec;
                spec.revoked = {{leaf.certificate.get(), -1, nullptr, true}};
                return QList{makeCrl(middle, spec)};
            }));
    listRow("somebody else's entry with an unknown critical extension", Unknown, withLists([this](const Entity &middle, const Entity &) {
                CrlSpec spec;
                spec.revoked = {{m_anchor.certificate.get(), -1, nullptr, true}};
                return QList{makeCrl(middle, spec)};
            }));
    listRow("unknown critical extension", Unknown, withLists([](const Entity &middle, const Entity &) {
                CrlSpec spec;
                spec.extensions.emplaceBack("1.2.3.4.5", "critical,DER:0500");
                return QList{makeCrl(middle, spec)};
            }));
    const auto dated = [this](const QByteArray &from, const QByteArray &until) {
        return withLists([=](const Entity &middle, const Entity &) {
            CrlSpec spec;
            spec.thisUpdate = from;
            spec.nextUpdate = until;
            return QList{makeCrl(middle, spec)};
        });
    };
    listRow("outdated", Unknown, dated("010101120000Z", "020101120000Z"));
    listRow("outdated in the last century", Unknown, dated("980101120000Z", "990101120000Z"));
    listRow("nextUpdate in GeneralizedTime", Good, dated("010101120000Z", "20500101120000Z"));
    listRow("without nextUpdate, of this day", Good, dated("260601000000Z", {}));
    listRow("without nextUpdate, of some time ago", Unknown, dated("260501000000Z", {}));
    const auto formed = [this](const Extensions &extensions, bool isRevoked = false, long version = X509_CRL_VERSION_2) {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec spec;
            spec.extensions = extensions;
            spec.version = version;
            if (isRevoked)
                spec.revoked = {{leaf.certificate.get(), 1}};
            return QList{makeCrl(middle, spec)};
        });
    };
    listRow("with an extension that nobody needs to know", Good, formed({{"1.2.3.4.5", "DER:0500"}}));
    listRow("with an extension twice", Unknown, formed({{"1.2.3.4.5", "DER:0500"}, {"1.2.3.4.5", "DER:0500"}}));
    listRow("with a scope that cannot be read", Unknown, formed({{"2.5.29.28", "critical,DER:0500"}}));
    listRow("with a scope that cannot be read, revoked", Revoked, formed({{"2.5.29.28", "critical,DER:0500"}}, true));
    listRow("with two scopes", Unknown, formed({{"2.5.29.28", "critical,DER:30038101FF"}, {"2.5.29.28", "critical,DER:30038201FF"}}));
    listRow("a delta list to what cannot be read", Unknown, formed({{"2.5.29.27", "critical,DER:0500"}}));
    listRow("by a key that cannot be read", Unknown, formed({{"2.5.29.35", "DER:0500"}}));
    const auto withoutNumber = [this](const Extensions &extensions, bool isRevoked) {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec spec;
            spec.extensions = extensions;
            spec.number = 0;
            if (isRevoked)
                spec.revoked = {{leaf.certificate.get(), 1}};
            return QList{makeCrl(middle, spec)};
        });
    };
    listRow("without a number", Good, withoutNumber({}, false));
    listRow("with a number that cannot be read", Unknown, withoutNumber({{"2.5.29.20", "DER:0500"}}, false));
    listRow("with a number that cannot be read, revoked", Revoked, withoutNumber({{"2.5.29.20", "DER:0500"}}, true));
    listRow("of a version to come", Unknown, formed({}, false, X509_CRL_VERSION_2 + 1));
    listRow("extensions of version 1", Unknown, formed({}, false, X509_CRL_VERSION_1));
    const auto signedWith = [this](const EVP_MD *digest, bool isRevoked = false) {
        return [=, this] {
            Spec rsa;
            rsa.key = {EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}), EVP_PKEY_free};
            const Entity middle = authority(m_anchor, "Middle", {}, rsa);
            const Entity leaf = person(middle);
            CrlSpec list;
            list.digest = digest;
            if (isRevoked)
                list.revoked = {{leaf.certificate.get(), 1}};
            return Case{leaf.der(), {middle.der()}, {makeCrl(middle, list), emptyCrl(m_anchor)}};
        };
    };
    listRow("signed with SHA-1", Good, signedWith(EVP_sha1()));
    listRow("signed with MD5", Unknown, signedWith(EVP_md5()));
    listRow("signed with MD5, revoked", Revoked, signedWith(EVP_md5(), true));
    // The person expired on 15 May; each list with its dates, and whether the person is on it.
    struct Listing {
        QByteArray from;
        QByteArray until = "20270501000000Z";
        bool isRevoked = false;
        QByteArray keptSince = {}; ///< For expiredCertsOnCRL; empty for none.
    };
    const auto expiredRow = [this](const char *name, PathRevocation revocation, const QList<Listing> &listings) {
        Spec expired;
        expired.notAfter = "20260515000000Z";
        const Maker make = withLists([=](const Entity &middle, const Entity &leaf) {
            QList<QByteArray> lists;
            for (const Listing &listing : listings) {
                CrlSpec spec;
                spec.thisUpdate = listing.from;
                spec.nextUpdate = listing.until;
                spec.number = static_cast<int>(lists.size()) + 1;
                if (!listing.keptSince.isEmpty())
                    spec.extensions.emplaceBack("2.5.29.60", "DER:180F" + listing.keptSince.toHex());
                if (listing.isRevoked)
                    spec.revoked = {{leaf.certificate.get(), 1}};
                lists.append(makeCrl(middle, spec));
            }
            return lists;
        }, {}, expired);
        QTest::newRow(name) << make << kTrusted << PathTime::Expired << revocation;
    };
    const Listing late{.from = "20260520000000Z"};
    expiredRow("from before the person's expiry", Good, {Listing{.from = "20260501000000Z"}});
    expiredRow("from after the person's expiry", Unknown, {late});
    expiredRow("from after the person's expiry, revoked", Revoked, {Listing{.from = "20260520000000Z", .isRevoked = true}});
    expiredRow("a later list from after the expiry releases nobody", Revoked, {Listing{.from = "20260501000000Z", .isRevoked = true}, late});
    expiredRow("from after the expiry, by one who keeps the expired", Good, {Listing{.from = "20260520000000Z", .keptSince = "20260510000000Z"}});
    expiredRow("from after the expiry, by one who keeps those of later", Unknown, {Listing{.from = "20260520000000Z", .keptSince = "20260516000000Z"}});
    expiredRow("an outdated list makes none from after the expiry good", Unknown, {Listing{.from = "20260401000000Z", .until = "20260408000000Z"}, late});
    const auto numbered = [this](const QByteArray &serial, const QByteArray &other) {
        Spec spec;
        spec.serialHex = serial;
        return withLists([this, other](const Entity &middle, const Entity &leaf) {
            Spec revoked;
            revoked.serialHex = other;
            const Entity gone = person(middle, {}, revoked);
            CrlSpec list;
            list.revoked = {{(other.isEmpty() ? leaf : gone).certificate.get()}};
            return QList{makeCrl(middle, list)};
        }, {}, spec);
    };
    listRow("negative serial number, its positive one revoked", Good, numbered("-0f", "0f"));
    listRow("negative serial number, revoked", Revoked, numbered("-0f", {}));
    listRow("serial number of 20 octets, another one revoked", Good,
            numbered("7f0102030405060708090a0b0c0d0e0f10111213", "7f0102030405060708090a0b0c0d0e0f10111212"));
    listRow("serial number of 20 octets, revoked", Revoked, numbered("7f0102030405060708090a0b0c0d0e0f10111213", {}));
    listRow("authority without cRLSign", Unknown,
            withLists([](const Entity &middle, const Entity &) { return QList{emptyCrl(middle)}; }, {{"keyUsage", "critical,keyCertSign"}}));
    const auto separateKey = [this](bool isRevoked, const Extensions &signerExtensions) {
        return [=, this] {
            const Entity middle = authority(m_anchor, "Separate", {{"keyUsage", "critical,keyCertSign"}});
            Spec spec;
            spec.name = {{"CN", "Separate"}};
            spec.extensions = with({{"keyUsage", "critical,cRLSign"}, {"subjectKeyIdentifier", "hash"}, {"authorityKeyIdentifier", "keyid"}}, signerExtensions);
            const Entity signer = issue(&m_anchor, spec);
            const Entity leaf = person(middle);
            return Case{leaf.der(), {middle.der(), signer.der()},
                        {isRevoked ? crlNaming(signer, leaf) : emptyCrl(signer), emptyCrl(m_anchor)}};
        };
    };
    listRow("separate key for lists", Good, separateKey(false, {}));
    listRow("separate key for lists, revoked", Revoked, separateKey(true, {}));
    const auto amongNamesakes = [this](bool isRevoked) {
        return [=, this] {
            const Entity above = authority(m_anchor, "Above");
            const Entity middle = authority(above, "Separate", {{"keyUsage", "critical,keyCertSign"}});
            const Entity signer = authority(above, "Separate", {{"keyUsage", "critical,cRLSign"}});
            const Entity leaf = person(middle);
            QList<QByteArray> pool{middle.der(), signer.der(), above.der()};
            for (const char *const name : {"Above", "Separate"})
                pool.prepend(issue(nullptr, {.name = {{"CN", name}}, .extensions = {{"basicConstraints", "critical,CA:TRUE"}}}).der());
            return Case{leaf.der(), pool, {isRevoked ? crlNaming(signer, leaf) : emptyCrl(signer), emptyCrl(above), emptyCrl(m_anchor)}};
        };
    };
    listRow("separate key, namesakes are sent along", Good, amongNamesakes(false));
    listRow("separate key, namesakes are sent along, revoked", Revoked, amongNamesakes(true));
    const auto keyOfAnchor = [this](bool isRevoked) {
        return [=, this] {
            Spec spec;
            spec.name = {{"C", "US"}, {"CN", "Anchor"}};
            spec.extensions = with(kPerson, {{"keyUsage", "critical,cRLSign"}});
            const Entity signer = issue(&m_anchor, spec);
            return Case{person(m_anchor).der(), {signer.der()}, {isRevoked ? crlNaming(signer, signer) : emptyCrl(signer)}};
        };
    };
    listRow("separate key for the lists of the anchor", Good, keyOfAnchor(false));
    listRow("separate key for the lists of the anchor, which revoked itself", Unknown, keyOfAnchor(true));
    listRow("separate key that may not sign lists", Unknown, separateKey(false, {{"keyUsage", "critical,digitalSignature"}}));
    listRow("separate key certified by a stranger of the name", Unknown, [this] {
        const Entity stranger = issue(nullptr, {.name = {{"C", "US"}, {"CN", "Stranger"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
        const Entity middle = authority(m_anchor, "Middle");
        const Entity signer = authority(stranger, "Middle");
        const Entity leaf = person(middle);
        return Case{leaf.der(), {middle.der(), signer.der(), stranger.der()}, {crlNaming(signer, leaf), emptyCrl(m_anchor)}};
    });
    const auto forgedBeside = [this](bool isRevoked, const Extensions &forgedExtensions) {
        return [=, this] {
            // Somebody who only calls himself Middle adds a newer list; what a CMS carries along is not signed.
            const Entity middle = authority(m_anchor, "Middle");
            const Entity forger = issue(nullptr, {.name = {{"CN", "Middle"}}, .extensions = kAuthority});
            const Entity leaf = person(middle);
            CrlSpec forged;
            forged.extensions = forgedExtensions;
            forged.thisUpdate = "20260525000000Z";
            if (!isRevoked)
                forged.revoked = {{leaf.certificate.get()}};
            return Case{leaf.der(), {forger.der(), middle.der()},
                        {makeCrl(forger, forged), isRevoked ? crlNaming(middle, leaf) : emptyCrl(middle), emptyCrl(m_anchor)}};
        };
    };
    listRow("a forged newer list hides no revocation", Revoked, forgedBeside(true, {}));
    listRow("a forged newer list with its own key identifier hides none", Revoked, forgedBeside(true, {{"authorityKeyIdentifier", "keyid"}}));
    listRow("a forged newer list revokes nobody", Good, forgedBeside(false, {}));
    listRow("a forged list does not make the anchor revoke itself", Good, [this] {
        const Entity forger = issue(nullptr, {.name = {{"C", "US"}, {"CN", "Anchor"}}, .extensions = kAuthority});
        const Entity leaf = person(m_anchor);
        CrlSpec forged;
        forged.extensions = {};
        forged.revoked = {{m_anchor.certificate.get()}};
        return Case{leaf.der(), {forger.der()}, {makeCrl(forger, forged), emptyCrl(m_anchor)}};
    });
    const auto listedByPerson = [this](const Extensions &personExtensions, const Extensions &listExtensions) {
        return [=, this] {
            // Certified by the same authority, and named by nobody: what such a person signs revokes nobody else.
            const Entity middle = authority(m_anchor, "Middle");
            const Entity leaf = person(middle);
            Spec spec;
            spec.name = {{"CN", "Mallory"}};
            const Entity mallory = person(middle, personExtensions, spec);
            CrlSpec list;
            list.sections = "[idp]\nindirectCRL=TRUE\n";
            list.extensions = listExtensions;
            list.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            list.revoked = {{leaf.certificate.get(), 1, middle.certificate.get()}};
            return Case{leaf.der(), {middle.der(), mallory.der()}, {makeCrl(mallory, list), emptyCrl(m_anchor)}};
        };
    };
    const Extensions mayList{{"keyUsage", "critical,digitalSignature,cRLSign"}};
    const Extensions changes{{"2.5.29.27", "critical,DER:020105"}};
    listRow("a person's list revokes nobody else", NotChecked, listedByPerson({}, {}));
    listRow("a person's delta list revokes nobody else", NotChecked, listedByPerson({}, changes));
    listRow("a list of one who may sign lists and whom nobody names", NotChecked, listedByPerson(mayList, {}));
    listRow("a delta list of one who may sign lists and whom nobody names", NotChecked, listedByPerson(mayList, changes));
    listRow("a newer list of another key of the name hides no revocation", Revoked, [this] {
        const Entity middle = authority(m_anchor, "Middle");
        const Entity other = authority(m_anchor, "Other");
        const Entity namesake = authority(other, "Middle");
        const Entity leaf = person(middle);
        CrlSpec naming;
        naming.extensions = {};
        naming.revoked = {{leaf.certificate.get(), 1}};
        CrlSpec newer;
        newer.extensions = {};
        newer.thisUpdate = "20260525000000Z";
        newer.number = 9;
        return Case{leaf.der(), {middle.der(), other.der(), namesake.der()}, {makeCrl(namesake, newer), makeCrl(middle, naming), emptyCrl(m_anchor)}};
    });
    listRow("a person of the authority's name lists nobody", Unknown, [this] {
        const Entity middle = authority(m_anchor, "Middle");
        const Entity other = authority(m_anchor, "Other");
        Spec spec;
        spec.name = {{"CN", "Middle"}};
        const Entity namesake = person(other, {}, spec);
        const Entity leaf = person(middle);
        return Case{leaf.der(), {middle.der(), other.der(), namesake.der()}, {crlNaming(namesake, leaf), emptyCrl(m_anchor)}};
    });
    listRow("list of the rolled-over key", Good, [this] {
        const Entity old = authority(m_anchor, "Rolled");
        const Entity fresh = authority(m_anchor, "Rolled");
        return Case{person(old).der(), {old.der(), fresh.der()}, {emptyCrl(fresh), emptyCrl(m_anchor)}};
    });
}

// RFC 9608 section 3: noRevAvail.
void TestRevocationSuite::silence_data()
{
    columns();
    const auto silent = [this](const char *name, const QByteArray &value) {
        return [=, this] { return Case{person(m_anchor, {{"2.5.29.56", "DER:0500"}, {name, value}}).der(), {}, {}}; };
    };
    row("nothing else is said", kTrusted, silent("extendedKeyUsage", "emailProtection"));
    row("but there are lists", kInvalid, silent("crlDistributionPoints", "URI:http://example.org/list"));
    row("but there are changes to lists", kInvalid, silent("freshestCRL", "URI:http://example.org/list"));
    row("but there is a responder", kInvalid, silent("authorityInfoAccess", "OCSP;URI:http://example.org/"));
    row("and the issuer can be had", kTrusted, silent("authorityInfoAccess", "caIssuers;URI:http://example.org/"));
    row("of an authority", kInvalid, [this] {
        const Entity middle = authority(m_anchor, "Middle", {{"2.5.29.56", "DER:0500"}});
        return Case{person(middle).der(), {middle.der()}, {}};
    });
}

void TestRevocationSuite::distributionPoints_data()
{
    columns();
    using enum PathRevocation;
    const auto scoped = [this](const QByteArray &scope, const Extensions &leafExtensions, const Spec &leafSpec, bool isRevoked, int reason = 1) {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec spec;
            spec.sections = "[idp]\n" + scope;
            spec.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            if (isRevoked)
                spec.revoked = {{leaf.certificate.get(), reason}};
            return QList{makeCrl(middle, spec)};
        }, {}, leafSpec, leafExtensions);
    };
    const Extensions pointed{{"crlDistributionPoints", "pointA"}};
    const auto points = [](const QByteArray &name) {
        Spec spec;
        spec.sections = "[pointA]\nfullname=dirName:" + name + "\n[" + name + "]\nCN=" + name + "\n";
        return spec;
    };
    const QByteArray ofA = "fullname=dirName:A\n[A]\nCN=A\n";
    listRow("the point of the certificate", Good, scoped(ofA, pointed, points("A"), false));
    listRow("the point of the certificate, revoked", Revoked, scoped(ofA, pointed, points("A"), true));
    listRow("another point", Unknown, scoped(ofA, pointed, points("B"), false));
    listRow("a point, but the certificate names none", Unknown, scoped(ofA, {}, {}, false));
    listRow("only persons", Good, scoped("onlyuser=TRUE\n", {}, {}, false));
    listRow("only authorities", Unknown, scoped("onlyCA=TRUE\n", {}, {}, false));
    listRow("only attribute certificates", Unknown, scoped("onlyAA=TRUE\n", {}, {}, false));
    listRow("only attribute certificates, one of the same number revoked", Unknown, scoped("onlyAA=TRUE\n", {}, {}, true));
    listRow("some reasons only", Unknown, scoped("onlysomereasons=keyCompromise,CACompromise\n", {}, {}, false));
    listRow("some reasons only, revoked for one", Revoked, scoped("onlysomereasons=keyCompromise,CACompromise\n", {}, {}, true));
    const auto byReasons = [this](bool isRevoked) {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec first;
            first.sections = "[idp]\nonlysomereasons=keyCompromise,CACompromise\n";
            first.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            CrlSpec second;
            second.sections = "[idp]\nonlysomereasons=affiliationChanged,superseded,cessationOfOperation,certificateHold,privilegeWithdrawn,AACompromise\n";
            second.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            if (isRevoked)
                second.revoked = {{leaf.certificate.get(), 3}};
            return QList{makeCrl(middle, first), makeCrl(middle, second)};
        });
    };
    listRow("all reasons in two lists", Good, byReasons(false));
    listRow("all reasons in two lists, revoked in one", Revoked, byReasons(true));

    const auto indirect = [this](bool isRevoked, bool hasEntryIssuer, bool isMarked) {
        return [=, this] {
            const Entity lister = authority(m_anchor, "Lister");
            const Entity middle = authority(m_anchor, "Middle");
            Spec spec;
            spec.sections = "[pointA]\nfullname=dirName:A\nCRLissuer=dirName:L\n[A]\nCN=A\n[L]\nCN=Lister\n";
            const Entity leaf = person(middle, {{"crlDistributionPoints", "pointA"}}, spec);
            CrlSpec list;
            list.sections = "[idp]\nfullname=dirName:A\n" + QByteArray(isMarked ? "indirectCRL=TRUE\n" : "") + "[A]\nCN=A\n";
            list.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            if (isRevoked)
                list.revoked = {{leaf.certificate.get(), 1, hasEntryIssuer ? middle.certificate.get() : nullptr}};
            return Case{leaf.der(), {middle.der(), lister.der()}, {makeCrl(lister, list), emptyCrl(m_anchor)}};
        };
    };
    listRow("indirect", Good, indirect(false, false, true));
    listRow("indirect, revoked", Revoked, indirect(true, true, true));
    listRow("indirect, the number of another issuer", Good, indirect(true, false, true));
    const auto selfListed = [this](bool isListerRevoked) {
        return [=, this] {
            const Entity middle = authority(m_anchor, "Middle");
            Spec spec;
            spec.sections = "[pointA]\nfullname=dirName:A\nCRLissuer=dirName:L\n[A]\nCN=A\n[L]\nCN=Lister\n";
            const Entity leaf = person(middle, {{"crlDistributionPoints", "pointA"}}, spec);
            spec.name = {{"CN", "Lister"}};
            const Entity lister = person(middle, {{"crlDistributionPoints", "pointA"}, {"keyUsage", "critical,cRLSign"}}, spec);
            CrlSpec list;
            list.sections = "[idp]\nfullname=dirName:A\nindirectCRL=TRUE\n[A]\nCN=A\n";
            list.extensions.emplaceBack("issuingDistributionPoint", "critical,@idp");
            if (isListerRevoked)
                list.revoked = {{lister.certificate.get(), 1, middle.certificate.get()}};
            return Case{leaf.der(), {middle.der(), lister.der()}, {makeCrl(lister, list), emptyCrl(m_anchor)}};
        };
    };
    listRow("by one who is on no other list than the own", Good, selfListed(false));
    listRow("by one who revoked itself", Unknown, selfListed(true));
    listRow("indirect but not marked so", Unknown, indirect(false, false, false));
}

void TestRevocationSuite::deltaLists_data()
{
    columns();
    using enum PathRevocation;
    const Extensions fresh{{"freshestCRL", "point"}};
    Spec pointing;
    pointing.sections = "[point]\nfullname=URI:http://crl.example/delta\n";
    const auto delta = [=, this](int baseReason, int deltaReason, int baseNumber, const QByteArray &deltaUntil = "20270501000000Z") {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec base;
            if (baseReason >= 0)
                base.revoked = {{leaf.certificate.get(), baseReason}};
            base.number = baseNumber;
            CrlSpec changes;
            changes.extensions.emplaceBack("2.5.29.27", "critical,DER:020105");
            changes.thisUpdate = "20260520000000Z";
            changes.nextUpdate = deltaUntil;
            changes.number = 9;
            if (deltaReason >= 0)
                changes.revoked = {{leaf.certificate.get(), deltaReason}};
            return QList{makeCrl(middle, base), makeCrl(middle, changes)};
        }, {}, pointing, fresh);
    };
    listRow("nothing in either", Good, delta(-1, -1, 5));
    listRow("revoked in the base", Revoked, delta(1, -1, 5));
    listRow("revoked since", Revoked, delta(-1, 1, 5));
    listRow("on hold, and released since", Good, delta(6, 8, 5));
    listRow("on hold, and revoked since", Revoked, delta(6, 1, 5));
    listRow("on hold, and released by a list that is outdated", Revoked, delta(6, 8, 5, "20260525000000Z"));
    listRow("revoked by a list that is outdated", Revoked, delta(-1, 1, 5, "20260525000000Z"));
    const auto twice = [=, this](int earlierReason, int laterReason) {
        return withLists([=](const Entity &middle, const Entity &leaf) {
            CrlSpec changes;
            changes.extensions.emplaceBack("2.5.29.27", "critical,DER:020101");
            changes.thisUpdate = "20260510000000Z";
            changes.number = 2;
            changes.revoked = {{leaf.certificate.get(), earlierReason}};
            const QByteArray earlier = makeCrl(middle, changes);
            changes.thisUpdate = "20260520000000Z";
            changes.number = 3;
            changes.revoked = {{leaf.certificate.get(), laterReason}};
            return QList{emptyCrl(middle), earlier, makeCrl(middle, changes)};
        }, {}, pointing, fresh);
    };
    listRow("on hold in changes, and released in later ones", Good, twice(6, 8));
    listRow("released in changes, and revoked in later ones", Revoked, twice(8, 1));
    listRow("only the changes are there", Unknown, withLists([](const Entity &middle, const Entity &) {
                CrlSpec changes;
                changes.extensions.emplaceBack("2.5.29.27", "critical,DER:020105");
                return QList{makeCrl(middle, changes)};
            }, {}, pointing, fresh));
    const auto changes = [](const Entity &middle, const Entity &leaf) {
        CrlSpec spec;
        spec.extensions.emplaceBack("2.5.29.27", "critical,DER:020105");
        spec.revoked = {{leaf.certificate.get(), 1}};
        spec.number = 9;
        return makeCrl(middle, spec);
    };
    listRow("revoked since, and nothing points to the changes", Revoked, withLists([changes](const Entity &middle, const Entity &leaf) {
                return QList{emptyCrl(middle), changes(middle, leaf)};
            }));
    listRow("revoked in the changes, and nothing else is there", Revoked, withLists([changes](const Entity &middle, const Entity &leaf) {
                return QList{changes(middle, leaf)};
            }));
    listRow("revoked in changes from before the complete list", Good, withLists([changes](const Entity &middle, const Entity &leaf) {
                CrlSpec complete;
                complete.number = 12;
                return QList{makeCrl(middle, complete), changes(middle, leaf)};
            }));
    listRow("revoked since, and the complete list is of an earlier count", Revoked, withLists([changes](const Entity &middle, const Entity &leaf) {
                CrlSpec complete;
                complete.thisUpdate = "20260401000000Z";
                complete.number = 900;
                return QList{makeCrl(middle, complete), changes(middle, leaf)};
            }));
}

QTEST_GUILESS_MAIN(TestRevocationSuite)
#include "tst_RevocationSuite.moc"
