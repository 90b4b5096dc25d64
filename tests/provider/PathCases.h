// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demands of RFC 5280 section 6 in the order of NIST's path validation suite (PKITS), with certificates of our own.
// Each row is one certificate path, good or bad in one respect.

#include "provider/Registration.h"
#include "support/Pkix.h"
#include "support/ProviderNames.h"
#include "support/TestAuthority.h"

#include <QTest>

#include <functional>

namespace pathcases {

using namespace provider;
using namespace Qt::StringLiterals;
using namespace support::pkix;

struct Case {
    QByteArray leaf;
    QList<QByteArray> pool;
    QList<QByteArray> crls;
};
using Maker = std::function<Case()>;

inline constexpr auto kTrusted = PathChain::Trusted;
inline constexpr auto kInvalid = PathChain::Invalid;

/// What an authority has unless a test says otherwise; `more` replaces those of the same name, an empty value leaves one out.
inline Extensions with(Extensions extensions, const Extensions &more)
{
    for (const auto &[name, value] : more)
        erase_if(extensions, [&name](const auto &one) { return qstrcmp(one.first, name) == 0; });
    for (const auto &one : more)
        if (!one.second.isEmpty())
            extensions.append(one);
    return extensions;
}

inline const Extensions kAuthority{{"basicConstraints", "critical,CA:TRUE"}, {"keyUsage", "critical,keyCertSign,cRLSign"},
                            {"subjectKeyIdentifier", "hash"}, {"authorityKeyIdentifier", "keyid"}};
inline const Extensions kPerson{{"keyUsage", "critical,digitalSignature,nonRepudiation"}, {"subjectKeyIdentifier", "hash"},
                         {"authorityKeyIdentifier", "keyid"}};

inline Entity authority(const Entity &issuer, const QByteArray &name, const Extensions &more = {}, Spec spec = {})
{
    if (spec.name.isEmpty())
        spec.name = {{"CN", name}};
    spec.extensions = with(kAuthority, more);
    return issue(&issuer, spec);
}

inline Entity person(const Entity &issuer, const Extensions &more = {}, Spec spec = {})
{
    if (spec.name.isEmpty())
        spec.name = {{"C", "US"}, {"CN", "Person"}};
    spec.extensions = with(kPerson, more);
    return issue(&issuer, spec);
}

inline QByteArray emptyCrl(const Entity &issuer)
{
    return makeCrl(issuer, {});
}

inline QByteArray crlNaming(const Entity &issuer, const Entity &revoked)
{
    CrlSpec spec;
    spec.revoked = {{revoked.certificate.get(), 1}};
    return makeCrl(issuer, spec);
}

/// What the suites share: one anchor, and rows of a maker and its findings.
class Fixture
{
protected:
    static void columns()
    {
        QTest::addColumn<Maker>("make");
        QTest::addColumn<PathChain>("chain");
        QTest::addColumn<PathTime>("time");
        QTest::addColumn<PathRevocation>("revocation");
    }

    static void row(const char *name, PathChain chain, const Maker &make)
    {
        QTest::newRow(name) << make << chain << PathTime::Valid << PathRevocation::NotChecked;
    }

    static void timeRow(const char *name, PathTime time, const Maker &make)
    {
        QTest::newRow(name) << make << kTrusted << time << PathRevocation::NotChecked;
    }

    static void listRow(const char *name, PathRevocation revocation, const Maker &make)
    {
        QTest::newRow(name) << make << kTrusted << PathTime::Valid << revocation;
    }

    void judge()
    {
        QFETCH(Maker, make);
        QFETCH(PathChain, chain);
        const Case made = make();
        PathPolicy policy;
        policy.at = support::testTime();
        const PathFindings findings = validatePath(made.leaf, made.pool, {m_anchor.der()}, made.crls, policy);
        QVERIFY2(findings.chain == chain, qPrintable(QString::fromLatin1(nameOf(findings.chain)) + u": "_s + findings.detail));
        QTEST(findings.time, "time");
        QTEST(findings.revocation, "revocation");
    }

    support::WithProvider m_provider;
    Entity m_anchor = issue(nullptr, {.name = {{"C", "US"}, {"CN", "Anchor"}}, .extensions = with(kAuthority, {{"authorityKeyIdentifier", {}}})});
};

} // namespace pathcases
