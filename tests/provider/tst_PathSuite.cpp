// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathCases.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

using namespace pathcases;

class TestPathSuite : public QObject, private pathcases::Fixture
{
    Q_OBJECT

private:
    /// One authority made with `extensions`, and a person below it.
    Maker oneAuthority(const Extensions &extensions, const Spec &spec = {})
    {
        return [=, this] {
            const Entity middle = authority(m_anchor, "Middle", extensions, spec);
            return Case{person(middle).der(), {middle.der()}, {}};
        };
    }

    /// One authority as it should be, and a person made by `spec`.
    Maker onePerson(const Extensions &extensions, const Spec &spec = {})
    {
        return [=, this] {
            const Entity middle = authority(m_anchor, "Middle");
            return Case{person(middle, extensions, spec).der(), {middle.der()}, {}};
        };
    }

    /// A chain of authorities, each with the extensions given, and a person (or the last authority itself) at its end.
    Maker chain(const QList<Extensions> &links, const Extensions &leaf = {})
    {
        return [=, this] {
            Case made;
            Entity last = m_anchor;
            for (qsizetype i = 0; i < links.size(); ++i) {
                last = authority(last, "Link " + QByteArray::number(i), links[i]);
                made.pool.append(last.der());
            }
            made.leaf = person(last, leaf).der();
            return made;
        };
    }

    /// An authority constrained to `constraints` (a section "names"), and a person with names.
    Maker constrained(const QByteArray &constraints, const Extensions &leaf, const Spec &leafSpec = {})
    {
        return [=, this] {
            Spec spec;
            spec.sections = "[names]\n" + constraints;
            const Entity middle = authority(m_anchor, "Constrained", {{"nameConstraints", "critical,@names"}}, spec);
            return Case{person(middle, leaf, leafSpec).der(), {middle.der()}, {}};
        };
    }

private Q_SLOTS:
    void signatures_data()
    {
        columns();
        row("good", kTrusted, oneAuthority({}));
        Spec bad;
        bad.isSignatureBad = true;
        row("bad on an authority", kInvalid, oneAuthority({}, bad));
        row("bad on the person", kInvalid, onePerson({}, bad));
        const auto withParameters = [this](int type, const char *keyType = "EC") {
            return [=, this] {
                Spec middle;
                middle.key = qstrcmp(keyType, "EC") == 0 ? newKey() : std::shared_ptr<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, keyType), EVP_PKEY_free);
                const Entity issuer = authority(m_anchor, "Middle", {}, middle);
                Spec leaf;
                leaf.parameters = type;
                return Case{person(issuer, {}, leaf).der(), {issuer.der()}, {}};
            };
        };
        row("with parameters that are NULL", kTrusted, withParameters(V_ASN1_NULL));
        row("with parameters that nobody knows", kInvalid, withParameters(V_ASN1_OCTET_STRING));
        row("Ed25519", kTrusted, withParameters(V_ASN1_UNDEF, "ED25519"));
        row("Ed25519 with parameters", kInvalid, withParameters(V_ASN1_NULL, "ED25519"));
    }
    void signatures() { judge(); }

    void validityPeriods_data()
    {
        columns();
        const auto period = [](const QByteArray &from, const QByteArray &until) {
            Spec spec;
            spec.notBefore = from;
            spec.notAfter = until;
            return spec;
        };
        timeRow("authority not yet valid", PathTime::NotYetValid, oneAuthority({}, period("470101120100Z", "490101120100Z")));
        timeRow("person not yet valid", PathTime::NotYetValid, onePerson({}, period("470101120100Z", "490101120100Z")));
        timeRow("UTCTime of the last century", PathTime::Valid, onePerson({}, period("500101120100Z", "300101120100Z")));
        timeRow("notBefore in GeneralizedTime", PathTime::Valid, onePerson({}, period("20020101120100Z", "300101120100Z")));
        timeRow("notBefore in GeneralizedTime to come", PathTime::NotYetValid, onePerson({}, period("20470101120100Z", "490101120100Z")));
        timeRow("authority expired", PathTime::Expired, oneAuthority({}, period("010101120100Z", "110101120100Z")));
        timeRow("person expired", PathTime::Expired, onePerson({}, period("010101120100Z", "110101120100Z")));
        timeRow("expired in the last century", PathTime::Expired, onePerson({}, period("970101120100Z", "990101120100Z")));
        timeRow("notAfter in GeneralizedTime", PathTime::Valid, onePerson({}, period("010101120100Z", "20500101120100Z")));
        timeRow("notAfter without end", PathTime::Valid, onePerson({}, period("010101120100Z", "99991231235959Z")));
        row("with a fraction of a second", kInvalid, onePerson({}, period("20250101120100.5Z", "300101120100Z")));
        row("in another time zone", kInvalid, onePerson({}, period("010101120100Z", "20300101120100+0100")));
    }
    void validityPeriods() { judge(); }

    void nameChaining_data()
    {
        columns();
        const auto renamed = [this](const QByteArray &subject, int type, const QByteArray &asIssuer, int issuerType) {
            return [=, this] {
                // The person names its issuer in another way than the issuer names itself.
                Spec spec;
                spec.name = {{"C", "US"}, {"O", subject}};
                spec.stringType = type;
                Entity middle = authority(m_anchor, {}, {}, spec);
                Entity alias = middle;
                Spec other = spec;
                other.name = {{"C", "US"}, {"O", asIssuer}};
                other.stringType = issuerType;
                other.key = middle.key;
                alias = authority(m_anchor, {}, {}, other);
                return Case{person(alias).der(), {middle.der()}, {}};
            };
        };
        const auto middleIs = [&](const char *name, const QByteArray &subject, int type, const QByteArray &asIssuer, int issuerType, PathChain expected) {
            QTest::newRow(name) << Maker(renamed(subject, type, asIssuer, issuerType)) << expected << PathTime::Valid << PathRevocation::NotChecked;
        };
        middleIs("other name", "Good CA", MBSTRING_UTF8, "Good CA Root", MBSTRING_UTF8, PathChain::Incomplete);
        middleIs("white space within", "Good CA", V_ASN1_PRINTABLESTRING, "Good   CA", V_ASN1_PRINTABLESTRING, kTrusted);
        middleIs("white space around", "Good CA", V_ASN1_PRINTABLESTRING, "  Good CA ", V_ASN1_PRINTABLESTRING, kTrusted);
        middleIs("capitals", "Good CA", V_ASN1_PRINTABLESTRING, "GOOD ca", V_ASN1_PRINTABLESTRING, kTrusted);
        middleIs("UTF8String for PrintableString", "Good CA", V_ASN1_PRINTABLESTRING, "Good CA", V_ASN1_UTF8STRING, kTrusted);
        middleIs("UTF8String in other case", "Good CA", V_ASN1_UTF8STRING, "gOOD CA", V_ASN1_UTF8STRING, kTrusted);
        row("attribute types that must and may be known", kTrusted, [this] {
            Spec spec;
            spec.name = {{"C", "US"}, {"O", "Test"}, {"OU", "Unit"}, {"dnQualifier", "CA"}, {"ST", "Maryland"}, {"serialNumber", "345"},
                         {"DC", "gov"}, {"L", "Town"}, {"title", "M.D."}, {"SN", "CA"}, {"GN", "John"}, {"initials", "Q"},
                         {"pseudonym", "Fictitious"}, {"generationQualifier", "III"}, {"CN", "Many"}};
            const Entity middle = authority(m_anchor, {}, {}, spec);
            return Case{person(middle).der(), {middle.der()}, {}};
        });
        row("names in the wrong order", PathChain::Incomplete, [this] {
            Spec forward;
            forward.name = {{"O", "One"}, {"OU", "Two"}};
            Spec backward = forward;
            backward.name = {{"OU", "Two"}, {"O", "One"}};
            const Entity middle = authority(m_anchor, {}, {}, forward);
            backward.key = middle.key;
            const Entity alias = authority(m_anchor, {}, {}, backward);
            return Case{person(alias).der(), {middle.der()}, {}};
        });
    }
    void nameChaining() { judge(); }

    void basicConstraints_data()
    {
        columns();
        row("missing", kInvalid, oneAuthority({{"basicConstraints", {}}}));
        row("critical, not an authority", kInvalid, oneAuthority({{"basicConstraints", "critical,CA:FALSE"}}));
        row("not critical, not an authority", kInvalid, oneAuthority({{"basicConstraints", "CA:FALSE"}}));
        row("not critical, an authority", kTrusted, oneAuthority({{"basicConstraints", "CA:TRUE"}}));
        const Extensions zero{{"basicConstraints", "critical,CA:TRUE,pathlen:0"}};
        const Extensions one{{"basicConstraints", "critical,CA:TRUE,pathlen:1"}};
        const Extensions six{{"basicConstraints", "critical,CA:TRUE,pathlen:6"}};
        row("pathlen 0 and a person", kTrusted, chain({zero}));
        row("pathlen 0 and another authority", kInvalid, chain({zero, {}}));
        row("pathlen 0 and an authority at the end", kTrusted, chain({zero}, kAuthority));
        row("pathlen 0 and another, an authority at the end", kInvalid, chain({zero, {}}, kAuthority));
        row("pathlen 1 and one more", kTrusted, chain({one, {}}));
        row("pathlen 6, 0, 0 in a row", kInvalid, chain({six, zero, zero}));
        row("pathlen 6, 1, 1 in a row", kInvalid, chain({six, one, one, {}}));
        row("pathlen 6, 4, 4, 1, 1 goes too deep", kInvalid, chain({six, one, zero, {}}));
        row("pathlen 6 and five more", kTrusted, chain({six, {}, {}, {}, {}, {}}));
        row("pathlen 6 and seven more", kInvalid, chain({six, {}, {}, {}, {}, {}, {}, {}}));
        row("self-issued does not count", kTrusted, [this, zero] {
            const Entity first = authority(m_anchor, "Zero", zero);
            const Entity second = authority(first, "Zero", {{"basicConstraints", "critical,CA:TRUE"}});
            return Case{person(second).der(), {first.der(), second.der()}, {}};
        });
        row("self-issued between, and one too many", kInvalid, [this, zero] {
            const Entity first = authority(m_anchor, "Zero", zero);
            const Entity second = authority(first, "Zero");
            const Entity third = authority(second, "Third");
            return Case{person(third).der(), {first.der(), second.der(), third.der()}, {}};
        });
        row("twice", kInvalid, oneAuthority({{"basicConstraints", "critical,CA:TRUE"}, {"2.5.29.19", "critical,DER:30030101FF"}}));
    }
    void basicConstraints() { judge(); }

    void somebodyTrustedIsNoAuthority()
    {
        const auto chainBelow = [](const Extensions &extensions, long version = X509_VERSION_3) {
            const Entity bob = issue(nullptr, {.name = {{"CN", "Bob"}}, .extensions = extensions, .version = version});
            PathPolicy policy;
            policy.at = support::testTime();
            return validatePath(person(bob, {{"authorityKeyIdentifier", {}}}).der(), {}, {bob.der()}, {}, policy).chain;
        };
        QCOMPARE(chainBelow({{"basicConstraints", "CA:TRUE"}}), kTrusted);
        QCOMPARE(chainBelow({{"keyUsage", "digitalSignature,keyCertSign"}}), kInvalid);
        QCOMPARE(chainBelow({{"basicConstraints", "CA:FALSE"}}), kInvalid);
        QCOMPARE(chainBelow({{"subjectAltName", "email:bob@example.org"}}), kInvalid);
        QCOMPARE(chainBelow({}, X509_VERSION_1), kTrusted); // a root of old
    }

    void form_data()
    {
        columns();
        row("an extension twice that nobody knows", kInvalid, oneAuthority({{"1.2.3.4.5", "DER:0500"}, {"1.2.3.4.5", "DER:0500"}}));
        row("something behind the value of an extension", kInvalid, oneAuthority({{"basicConstraints", {}}, {"2.5.29.19", "critical,DER:30030101FF0500"}}));
        row("something behind the names of a person", kInvalid, onePerson({{"2.5.29.17", "DER:300F810D61406578616D706C652E6F72670500"}}));
        row("names of a person that are whole", kTrusted, onePerson({{"2.5.29.17", "DER:300F810D61406578616D706C652E6F7267"}}));
        row("no number of certificates before anyPolicy is inhibited", kInvalid, oneAuthority({{"2.5.29.54", "critical,DER:0500"}}));
        row("a negative number of them", kInvalid, oneAuthority({{"2.5.29.54", "critical,DER:0201FF"}}));
        row("mappings of policies that are none", kInvalid, oneAuthority({{"2.5.29.33", "DER:0500"}}));
        Spec spec;
        spec.version = X509_VERSION_1;
        row("extensions of an authority of version 1", kInvalid, oneAuthority({}, spec));
        row("extensions of a person of version 1", kInvalid, onePerson({}, spec));
        spec.version = X509_VERSION_3 + 1;
        row("a version to come", kInvalid, onePerson({}, spec));
        row("an authority without a name", kInvalid, [this] {
            const Entity middle = issue(&m_anchor, {.name = {}, .extensions = kAuthority});
            return Case{person(middle).der(), {middle.der()}, {}};
        });
    }
    void form() { judge(); }

    void keyRollover_data()
    {
        columns();
        const auto rolled = [this](bool isNewIssuer) {
            return [=, this] {
                const Entity old = authority(m_anchor, "Rolled");
                const Entity fresh = authority(m_anchor, "Rolled");
                Spec spec;
                spec.key = old.key;
                const Entity oldByNew = authority(fresh, "Rolled", {}, spec);
                spec.key = fresh.key;
                const Entity newByOld = authority(old, "Rolled", {}, spec);
                return isNewIssuer ? Case{person(fresh).der(), {old.der(), newByOld.der()}, {}}
                                   : Case{person(old).der(), {fresh.der(), oldByNew.der()}, {}};
            };
        };
        row("old key certified by the new one", kTrusted, rolled(false));
        row("new key certified by the old one", kTrusted, rolled(true));
        row("an authority named by the certificate that a stranger gave it", kTrusted, [this] {
            const Entity stranger = issue(nullptr, {.name = {{"CN", "Stranger"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
            const Entity theirs = authority(stranger, "Cross");
            Spec spec;
            spec.key = theirs.key;
            const Entity ours = authority(m_anchor, "Cross", {}, spec);
            const Entity leaf = person(theirs, {{"authorityKeyIdentifier", "keyid,issuer:always"}});
            return Case{leaf.der(), {theirs.der(), ours.der()}, {}};
        });
        row("through many renewals of each authority, the last of them valid", kTrusted, [this] {
            Case made;
            Entity last = m_anchor;
            for (int level = 0; level < 9; ++level) {
                Spec spec;
                spec.key = newKey();
                Entity next;
                for (int i = 0; i < 8; ++i) {
                    spec.notAfter = i < 7 ? "20260101000000Z" : "20350101000000Z";
                    next = authority(last, "Level " + QByteArray::number(level), {}, spec);
                    made.pool.append(next.der());
                }
                last = next;
            }
            made.leaf = person(last).der();
            return made;
        });
        row("the identifier of no key", kTrusted, onePerson({{"authorityKeyIdentifier", "DER:3004800200AA"}}));
    }
    void keyRollover() { judge(); }

    void keyUsage_data()
    {
        columns();
        row("critical without keyCertSign", kInvalid, oneAuthority({{"keyUsage", "critical,cRLSign"}}));
        row("not critical without keyCertSign", kInvalid, oneAuthority({{"keyUsage", "cRLSign"}}));
        row("not critical with keyCertSign", kTrusted, oneAuthority({{"keyUsage", "keyCertSign"}}));
        row("none", kTrusted, oneAuthority({{"keyUsage", {}}}));
    }
    void keyUsage() { judge(); }

    void policies_data()
    {
        columns();
        const Extensions one{{"certificatePolicies", "1.2.3.1"}};
        const Extensions two{{"certificatePolicies", "1.2.3.2"}};
        const Extensions any{{"certificatePolicies", "2.5.29.32.0"}};
        const auto needs = [](Extensions extensions, int skip) {
            extensions.emplaceBack("policyConstraints", "critical,requireExplicitPolicy:" + QByteArray::number(skip));
            return extensions;
        };
        const auto maps = [](Extensions extensions, const QByteArray &from, const QByteArray &to) {
            extensions.emplaceBack("policyMappings", "critical," + from + ":" + to);
            return extensions;
        };
        const auto also = [](Extensions extensions, const char *name, const QByteArray &value) {
            extensions.emplaceBack(name, value);
            return extensions;
        };
        row("the same throughout", kTrusted, chain({one, one}, one));
        row("none at all", kTrusted, chain({{}, {}}));
        row("different, nobody needs any", kTrusted, chain({one, two}, one));
        row("different, needed at once", kInvalid, chain({needs(one, 0), two}, one));
        row("needed after ten", kTrusted, chain({needs(one, 10), two}, two));
        row("needed after five, of two", kTrusted, chain({needs(one, 5), {}}, {}));
        row("needed after one, and missing", kInvalid, chain({needs(one, 1), one, {}}, one));
        row("needed and missing at the end", kInvalid, chain({needs(one, 0), one}, {}));
        row("needed and there", kTrusted, chain({needs(one, 0), one}, one));
        row("needed only by the person", kInvalid, chain({two, one}, needs(one, 0)));
        row("anyPolicy stands for all", kTrusted, chain({needs(any, 0), any}, one));
        row("anyPolicy inhibited at once", kInvalid, chain({also(needs(one, 0), "inhibitAnyPolicy", "critical,0"), any}, one));
        row("anyPolicy inhibited after one", kTrusted, chain({also(needs(one, 0), "inhibitAnyPolicy", "critical,1"), any}, one));
        row("anyPolicy inhibited after one, used after two", kInvalid, chain({also(needs(one, 0), "inhibitAnyPolicy", "critical,1"), any, any}, one));
        row("mapped", kTrusted, chain({needs(maps(one, "1.2.3.1", "1.2.3.2"), 0)}, two));
        const auto mappedByAny = [&](const QByteArray &inhibited) {
            return chain({also(needs(one, 0), "inhibitAnyPolicy", "critical," + inhibited), maps(any, "1.2.3.1", "1.2.3.2")}, two);
        };
        row("mapped, and named by anyPolicy", kTrusted, mappedByAny("1"));
        row("mapped, and named by anyPolicy, which is inhibited", kInvalid, mappedByAny("0"));
        row("mapped, but the old one used", kInvalid, chain({needs(maps(one, "1.2.3.1", "1.2.3.2"), 0)}, one));
        row("mapping inhibited", kInvalid,
            chain({also({{"certificatePolicies", "1.2.3.1"}}, "policyConstraints", "critical,requireExplicitPolicy:0,inhibitPolicyMapping:0"),
                   maps(one, "1.2.3.1", "1.2.3.2")}, two));
        row("mapped to anyPolicy", kInvalid, chain({maps(one, "1.2.3.1", "2.5.29.32.0")}, one));
        row("mapped from anyPolicy", kInvalid, chain({maps(any, "2.5.29.32.0", "1.2.3.1")}, one));
        row("the same policy twice", kInvalid, chain({{{"certificatePolicies", "1.2.3.1,1.2.3.1"}}}, one));
    }
    void policies() { judge(); }

    /// The reason was "out of memory".
    void tooManyPoliciesAreCalledSo()
    {
        QByteArray many = "1.2.3.1";
        for (int i = 2; i <= 600; ++i)
            many += ",1.2.3." + QByteArray::number(i);
        const Case made = chain({{{"certificatePolicies", many}}}, {{"certificatePolicies", many}})();
        PathPolicy policy;
        policy.at = support::testTime();
        const PathFindings findings = validatePath(made.leaf, made.pool, {m_anchor.der()}, {}, policy);
        QCOMPARE(findings.chain, kInvalid);
        QVERIFY2(findings.detail.contains(u"more policies than can be followed"), qPrintable(findings.detail));
    }

    void directoryNameConstraints_data()
    {
        columns();
        const QByteArray permitted = "permitted;dirName=dir\n[dir]\nC=US\nO=Inside\n";
        const QByteArray excluded = "excluded;dirName=dir\n[dir]\nC=US\nO=Outside\n";
        const auto named = [](const QByteArray &organisation) {
            Spec spec;
            spec.name = {{"C", "US"}, {"O", organisation}, {"CN", "Person"}};
            return spec;
        };
        row("permitted", kTrusted, constrained(permitted, {}, named("Inside")));
        row("permitted in capitals", kTrusted, constrained(permitted, {}, named("INSIDE")));
        row("not permitted", kInvalid, constrained(permitted, {}, named("Outside")));
        row("longer, but not below", kInvalid, constrained(permitted, {}, named("Inside Out")));
        row("excluded", kInvalid, constrained(excluded, {}, named("Outside")));
        row("not excluded", kTrusted, constrained(excluded, {}, named("Inside")));
        const QByteArray accented = "excluded;dirName=dir\n[dir]\nC=US\nO=M\xfcller\n"; // OpenSSL reads sections as Latin-1
        row("excluded, in capitals of another script", kInvalid, constrained(accented, {}, named("M\xc3\x9cLLER")));
        row("excluded, with a combining accent", kInvalid, constrained(accented, {}, named("Mu\xcc\x88ller")));
        row("excluded, with a soft hyphen", kInvalid, constrained(accented, {}, named("M\xc3\xbc\xc2\xadller")));
        row("not excluded, without the accent", kTrusted, constrained(accented, {}, named("Muller")));
        Spec alternative = named("Inside");
        alternative.sections = "[alt]\nC=US\nO=Outside\nCN=Other\n";
        row("alternative name not permitted", kInvalid, constrained(permitted, {{"subjectAltName", "dirName:alt"}}, alternative));
        row("an authority of the same name is exempt", kTrusted, [this, permitted, named] {
            Spec spec;
            spec.sections = "[names]\n" + permitted;
            const Entity first = authority(m_anchor, "Constrained", {{"nameConstraints", "critical,@names"}}, spec);
            const Entity second = authority(first, "Constrained");
            return Case{person(second, {}, named("Inside")).der(), {first.der(), second.der()}, {}};
        });
        row("a person of the authority's name is not", kInvalid, [this, permitted] {
            Spec spec;
            spec.sections = "[names]\n" + permitted;
            const Entity first = authority(m_anchor, "Constrained", {{"nameConstraints", "critical,@names"}}, spec);
            Spec same;
            same.name = {{"CN", "Constrained"}};
            return Case{person(first, {}, same).der(), {first.der()}, {}};
        });
        row("intersection of two", kInvalid, [this, permitted, named] {
            Spec spec;
            spec.sections = "[names]\n" + permitted;
            spec.name = {{"C", "US"}, {"O", "Inside"}, {"CN", "First"}};
            const Entity first = authority(m_anchor, {}, {{"nameConstraints", "critical,@names"}}, spec);
            spec.sections = "[names]\npermitted;dirName=dir\n[dir]\nC=US\nO=Inside\nOU=Deep\n";
            spec.name = {{"C", "US"}, {"O", "Inside"}, {"CN", "Second"}};
            const Entity second = authority(first, {}, {{"nameConstraints", "critical,@names"}}, spec);
            return Case{person(second, {}, named("Inside")).der(), {first.der(), second.der()}, {}};
        });
    }
    void directoryNameConstraints() { judge(); }

    void directoryNamesCountAsWork()
    {
        const auto pointsFor = [this](const QByteArray &constraint) {
            Spec many;
            many.sections = "[alt]\n";
            for (int i = 0; i < 500; ++i)
                many.sections += "dirName." + QByteArray::number(i) + "=other\n";
            many.sections += "[other]\nCN=Other\n";
            const Case made = constrained(constraint, {{"subjectAltName", "@alt"}}, many)();
            PathPolicy policy;
            policy.effort = std::make_shared<PathEffort>();
            const PathFindings findings = validatePath(made.leaf, made.pool, {m_anchor.der()}, {}, policy);
            return findings.chain == kTrusted ? policy.effort->spent() : 0;
        };
        const qint64 others = pointsFor("excluded;email=.example.net\n");
        QVERIFY(others > 0);
        QVERIFY(pointsFor("excluded;dirName=dir\n[dir]\nO=Outside\n") >= others + 7000); // a point for each character
    }

    void otherNameConstraints_data()
    {
        columns();
        const auto mail = [](const QByteArray &address) { return Extensions{{"subjectAltName", "email:" + address}}; };
        const auto host = [](const QByteArray &name) { return Extensions{{"subjectAltName", "DNS:" + name}}; };
        const auto location = [](const QByteArray &uri) { return Extensions{{"subjectAltName", "URI:" + uri}}; };
        row("mail in the domain below", kTrusted, constrained("permitted;email=.example.org\n", mail("a@mail.example.org")));
        row("mail in the domain itself, below wanted", kInvalid, constrained("permitted;email=.example.org\n", mail("a@example.org")));
        row("mail on the host", kTrusted, constrained("permitted;email=example.org\n", mail("a@example.org")));
        row("mail on the host in capitals", kTrusted, constrained("permitted;email=example.org\n", mail("a@EXAMPLE.org")));
        row("mail below the host", kInvalid, constrained("permitted;email=example.org\n", mail("a@mail.example.org")));
        row("one mailbox", kTrusted, constrained("permitted;email=a@example.org\n", mail("a@example.org")));
        row("another mailbox", kInvalid, constrained("permitted;email=a@example.org\n", mail("b@example.org")));
        row("mail excluded", kInvalid, constrained("excluded;email=example.org\n", mail("a@example.org")));
        row("mail elsewhere, not excluded", kTrusted, constrained("excluded;email=example.org\n", mail("a@example.net")));
        row("mail excluded, full stop at the end", kInvalid, constrained("excluded;email=example.org\n", mail("a@example.org.")));
        row("mail excluded, below, full stop at the end", kInvalid, constrained("excluded;email=.org\n", mail("a@example.org.")));
        row("mailbox excluded", kInvalid, constrained("excluded;email=a@example.org\n", mail("a@example.org")));
        row("mailbox excluded in capitals", kInvalid, constrained("excluded;email=A@example.org\n", mail("a@example.org")));
        row("what is no mailbox beside one that is permitted", kInvalid, constrained("permitted;email=example.org\n", mail("a@example.org,email:a@b@example.org")));
        row("the mailbox of nobody beside one that is permitted", kInvalid, constrained("permitted;email=example.org\n", mail("a@example.org,email:@example.org")));
        row("an @ in quotes, permitted", kTrusted, constrained("permitted;email=example.org\n", mail("\"a@b\"@example.org")));
        row("something that is no mailbox excluded", kInvalid, constrained("excluded;email=a@b@example.net\n", mail("a@example.org")));
        row("another mailbox, not excluded", kTrusted, constrained("excluded;email=a@example.org\n", mail("b@example.org")));
        Spec legacy;
        legacy.name = {{"C", "US"}, {"CN", "Person"}, {"emailAddress", "a@example.net"}};
        row("address in the subject, not permitted", kInvalid, constrained("permitted;email=example.org\n", {}, legacy));
        row("address in the subject, excluded in capitals", kInvalid, constrained("excluded;email=A@example.net\n", {}, legacy));
        const auto international = [](const QByteArray &mailbox) {
            Spec spec;
            spec.sections = "[alt]\notherName=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:" + mailbox + "\n";
            return spec;
        };
        row("international mailbox, not permitted", kInvalid,
            constrained("permitted;email=example.org\n", {{"subjectAltName", "@alt"}}, international("j\xc3\xb6@example.net")));
        row("international mailbox, permitted", kTrusted,
            constrained("permitted;email=example.org\n", {{"subjectAltName", "@alt"}}, international("j\xc3\xb6@example.org")));
        const auto permitting = [&](const QByteArray &domain, const QByteArray &mailbox) {
            return constrained("permitted;email=" + domain + "\n", {{"subjectAltName", "@alt"}}, international(mailbox));
        };
        row("international mailbox, permitted by its A-label", kTrusted, permitting("xn--bcher-kva.example", "j\xc3\xb6@xn--bcher-kva.example"));
        row("international mailbox, permitted below an A-label", kTrusted, permitting(".xn--bcher-kva.example", "j\xc3\xb6@a.xn--bcher-kva.example"));
        row("international mailbox, another A-label, not permitted", kInvalid, permitting("xn--bcher-kva.example", "j\xc3\xb6@xn--mller-kva.example"));
        const auto ofAuthority = [&](const QByteArray &domain, const QByteArray &excluded, const QByteArray &mailbox) {
            return [=, this] {
                Spec spec;
                spec.sections = "[names]\npermitted;email=" + domain + "\n" + excluded;
                const Entity upper = authority(m_anchor, "Upper", {{"nameConstraints", "critical,@names"}}, spec);
                const Entity middle = authority(upper, "Middle", {{"subjectAltName", "@alt"}}, international(mailbox));
                return Case{person(middle).der(), {upper.der(), middle.der()}, {}};
            };
        };
        row("international mailbox of an authority, permitted by its A-label", kTrusted,
            ofAuthority("xn--bcher-kva.example", {}, "j\xc3\xb6@xn--bcher-kva.example"));
        row("international mailbox of an authority, another A-label", kInvalid, ofAuthority("xn--bcher-kva.example", {}, "j\xc3\xb6@xn--mller-kva.example"));
        row("international mailbox of an authority, permitted and excluded", kInvalid,
            ofAuthority("xn--bcher-kva.example", "excluded;email=xn--bcher-kva.example\n", "j\xc3\xb6@xn--bcher-kva.example"));
        row("international mailbox beside another, not permitted", kInvalid,
            permitting("xn--bcher-kva.example", "j\xc3\xb6@xn--bcher-kva.example\nemail=a@example.net"));
        const auto excluding = [&](const QByteArray &domain, const QByteArray &mailbox) {
            return constrained("excluded;email=" + domain + "\n", {{"subjectAltName", "@alt"}}, international(mailbox));
        };
        row("international mailbox elsewhere, not excluded", kTrusted, excluding("example.org", "j\xc3\xb6@example.net"));
        row("international mailbox excluded", kInvalid, excluding("example.org", "j\xc3\xb6@example.org"));
        row("international mailbox excluded, full-width full stop", kInvalid, excluding("example.org", "j\xc3\xb6@example\xef\xbc\x8eorg"));
        row("international mailbox excluded, by its A-label", kInvalid, excluding("xn--bcher-kva.example", "j\xc3\xb6@xn--bcher-kva.example"));
        row("international mailbox excluded, in capitals", kInvalid, excluding("xn--bcher-kva.example", "j\xc3\xb6@B\xc3\x9c" "CHER.example"));
        const QByteArray ofOwnForm = "excluded;otherName=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:example.net\n";
        row("international mailbox, a constraint of its own form", kInvalid, constrained(ofOwnForm, {{"subjectAltName", "@alt"}}, international("j\xc3\xb6@example.org")));
        row("no international mailbox, a constraint of that form", kTrusted, constrained(ofOwnForm, mail("a@example.org")));
        row("international mailbox excluded, below", kInvalid, excluding(".org", "j\xc3\xb6@example\xe3\x80\x82org"));
        row("host below", kTrusted, constrained("permitted;DNS=example.org\n", host("www.example.org")));
        row("host elsewhere", kInvalid, constrained("permitted;DNS=example.org\n", host("www.example.net")));
        row("host that only ends alike", kInvalid, constrained("permitted;DNS=example.org\n", host("myexample.org")));
        row("host excluded", kInvalid, constrained("excluded;DNS=example.org\n", host("www.example.org")));
        row("location below", kTrusted, constrained("permitted;URI=.example.org\n", location("http://www.example.org/x")));
        row("location on the domain, below wanted", kInvalid, constrained("permitted;URI=.example.org\n", location("http://example.org/x")));
        row("location excluded", kInvalid, constrained("excluded;URI=www.example.org\n", location("ftp://www.example.org/x")));
        row("location elsewhere", kTrusted, constrained("excluded;URI=www.example.org\n", location("http://www.example.net/x")));
    }
    void otherNameConstraints() { judge(); }

    void unknownExtensions_data()
    {
        columns();
        row("not critical", kTrusted, onePerson({{"1.2.3.4.5", "DER:0500"}}));
        row("critical", kInvalid, onePerson({{"1.2.3.4.5", "critical,DER:0500"}}));
        row("critical on an authority", kInvalid, oneAuthority({{"1.2.3.4.5", "critical,DER:0500"}}));
        const QByteArray qualified = "DER:3013301106032A0301300A300806032A03090C0178"; // a policy with a qualifier of its own kind
        row("policies with a qualifier that nobody knows", kTrusted, onePerson({{"2.5.29.32", qualified}}));
        row("critical policies with a qualifier that nobody knows", kInvalid, onePerson({{"2.5.29.32", "critical," + qualified}}));
        row("critical policies with a known qualifier", kTrusted,
            onePerson({{"2.5.29.32", "critical,DER:3018301606032A0301300F300D06082B06010505070201160178"}}));
    }
    void unknownExtensions() { judge(); }

    void aCriticalNetscapeTypeIsObeyed()
    {
        PathPolicy policy;
        policy.at = support::testTime();
        const auto usageWith = [&](const QByteArray &type) {
            return validatePath(person(m_anchor, {{"nsCertType", type}}).der(), {}, {m_anchor.der()}, {}, policy).usage;
        };
        QVERIFY(usageWith("critical,email") == PathUsage::Permitted);
        QVERIFY(usageWith("critical,server") == PathUsage::Forbidden);
        QVERIFY(usageWith("server") == PathUsage::Permitted);
    }

    void keysByWhichAnybodyCanSignAreBroken()
    {
        QVERIFY(strengthWith(rsaKeyWith(65537)) == PathStrength::Strong);
        QVERIFY(strengthWith(rsaKeyWith(1)) == PathStrength::Broken);
        QVERIFY(strengthWith(rsaKeyWith(4)) == PathStrength::Broken);
        QVERIFY(strengthWith(edwardsKeyOf(EVP_PKEY_ED25519, "5866666666666666666666666666666666666666666666666666666666666666")) == PathStrength::Strong); // the base point
        QVERIFY(strengthWith(edwardsKeyOf(EVP_PKEY_ED25519, "0100000000000000000000000000000000000000000000000000000000000000")) == PathStrength::Broken);
        QVERIFY(strengthWith(edwardsKeyOf(EVP_PKEY_ED25519, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")) == PathStrength::Broken);
        QVERIFY(strengthWith(edwardsKeyOf(EVP_PKEY_ED448, "01" + QByteArray(112, '0'))) == PathStrength::Broken);
        QVERIFY(strengthWith(edwardsKeyOf(EVP_PKEY_ED448, "fe" + QByteArray(54, 'f') + "fe" + QByteArray(54, 'f') + "80")) == PathStrength::Broken);
        QVERIFY(strengthWith(newKey()) == PathStrength::Strong);
        QVERIFY(strengthBelowAnchor(personAtInfinity()) == PathStrength::Broken);
    }

private:
    PathStrength strengthBelowAnchor(const QByteArray &leaf)
    {
        PathPolicy policy;
        policy.at = support::testTime();
        return validatePath(leaf, {}, {m_anchor.der()}, {}, policy).strength;
    }

    PathStrength strengthWith(const std::shared_ptr<EVP_PKEY> &key)
    {
        Spec spec;
        spec.key = key;
        return strengthBelowAnchor(person(m_anchor, {}, spec).der());
    }

    /// OpenSSL reads a key at infinity, but does not write it: one octet, which is zero.
    QByteArray personAtInfinity()
    {
        const Entity made = person(m_anchor);
        X509 *certificate = made.certificate.get();
        auto *point = static_cast<unsigned char *>(OPENSSL_zalloc(1));
        X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(certificate), OBJ_nid2obj(NID_X9_62_id_ecPublicKey), V_ASN1_OBJECT,
                               OBJ_nid2obj(NID_X9_62_prime256v1), point, 1);
        X509_sign(certificate, m_anchor.key.get(), EVP_sha256());
        return toDer(certificate);
    }

    static std::shared_ptr<EVP_PKEY> edwardsKeyOf(int type, const QByteArray &hex)
    {
        const QByteArray octets = QByteArray::fromHex(hex);
        const auto *point = reinterpret_cast<const unsigned char *>(octets.constData());
        return {EVP_PKEY_new_raw_public_key(type, nullptr, point, static_cast<size_t>(octets.size())), EVP_PKEY_free};
    }

    /// A key of 2048 bits to verify with; nobody has its other half.
    static std::shared_ptr<EVP_PKEY> rsaKeyWith(BN_ULONG exponent)
    {
        const BignumPtr modulus(BN_new());
        const BignumPtr number(BN_new());
        BN_set_bit(modulus.get(), 2047);
        BN_set_bit(modulus.get(), 0);
        BN_set_word(number.get(), exponent);
        const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, number.get());
        const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
        const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
        EVP_PKEY *key = nullptr;
        EVP_PKEY_fromdata_init(context.get());
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
        return {key, EVP_PKEY_free};
    }
};

QTEST_GUILESS_MAIN(TestPathSuite)
#include "tst_PathSuite.moc"
