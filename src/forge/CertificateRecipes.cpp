// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"

#include <array>

using namespace Qt::StringLiterals;
using smime::Chain;
using smime::Identity;
using smime::Integrity;
using smime::Revocation;
using smime::Strength;
using smime::Summary;
using smime::Time;
using smime::Usage;

namespace forge {

namespace {

// Every mail here is a plain letter with a sound signature; only the certificate is odd.
Forgery letterBy(World &world, const Person &person, const QByteArray &subject, Expectation expected,
                 const QByteArray &from = "Alice <alice@example.org>")
{
    const QByteArray words = world.words(subject);
    const QByteArray entity = textPart(words);
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, subject, from) + signedEntity(world, person, entity), expected};
}

Expectation unverified(smime::SignatureAxes axes)
{
    Expectation expectation = verified();
    expectation.summary = Summary::Unverified;
    setAxes(expectation, axes);
    return expectation;
}

Wish aliceAs(const QByteArray &id)
{
    Wish wish;
    wish.id = id;
    return wish;
}

Forgery sound(World &world)
{
    return letterBy(world, world.alice(), "Nothing is wrong", verified());
}

Forgery expired(World &world)
{
    Wish wish = aliceAs("alice-expired");
    wish.validFromDay = -400;
    wish.validUntilDay = -20;
    smime::SignatureAxes axes = soundAxes();
    axes.time = Time::Expired;
    axes.revocation = Revocation::Unknown; // a list from after the expiry may have dropped it
    return letterBy(world, world.person(wish), "Expired", unverified(axes));
}

Forgery notYetValid(World &world)
{
    Wish wish = aliceAs("alice-future");
    wish.validFromDay = 20;
    smime::SignatureAxes axes = soundAxes();
    axes.time = Time::NotYetValid;
    return letterBy(world, world.person(wish), "Not yet valid", unverified(axes));
}

Forgery revoked(World &world)
{
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::Revoked;
    return letterBy(world, world.person(aliceAs(kRevokedId)), "Revoked", unverified(axes));
}

Forgery withoutList(World &world)
{
    Wish wish = aliceAs("alice-quiet");
    wish.issuer = Authority::Quiet;
    Expectation expected = verified();
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::NotChecked;
    setAxes(expected, axes);
    return letterBy(world, world.person(wish), "Revocation not checked", expected);
}

Forgery withOldList(World &world)
{
    Wish wish = aliceAs("alice-stale");
    wish.issuer = Authority::Stale;
    Expectation expected = verified();
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::Unknown;
    setAxes(expected, axes);
    return letterBy(world, world.person(wish), "Revocation unknown", expected);
}

Forgery forbiddenKeyUsage(World &world)
{
    Wish wish = aliceAs("alice-receives");
    wish.use = provider::MailUse::Receive;
    smime::SignatureAxes axes = soundAxes();
    axes.usage = Usage::Forbidden;
    return letterBy(world, world.person(wish), "Key for encryption only", unverified(axes));
}

Forgery forbiddenPurpose(World &world)
{
    Wish wish = aliceAs("alice-server");
    wish.extensions = {{"extendedKeyUsage", "serverAuth"}};
    smime::SignatureAxes axes = soundAxes();
    axes.usage = Usage::Forbidden;
    return letterBy(world, world.person(wish), "Certificate of a server", unverified(axes));
}

Forgery anyPurpose(World &world)
{
    Wish wish = aliceAs("alice-any");
    wish.extensions = {{"extendedKeyUsage", "anyExtendedKeyUsage"}};
    return letterBy(world, world.person(wish), "Certificate for any purpose", verified());
}

Forgery withoutPurpose(World &world)
{
    Wish wish = aliceAs("alice-bare");
    wish.extensions = {{"extendedKeyUsage", {}}, {"keyUsage", {}}};
    return letterBy(world, world.person(wish), "Certificate without usages", verified());
}

Forgery wrongAddress(World &world)
{
    Expectation expected = verified();
    expected.summary = Summary::Impersonated;
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::Mismatch;
    setAxes(expected, axes);
    return letterBy(world, world.mallory(), "Somebody else's certificate", expected);
}

Forgery twoAddresses(World &world)
{
    Wish wish = aliceAs("alice-two");
    wish.addresses = {u"a.liddell@example.net"_s, u"alice@example.org"_s};
    return letterBy(world, world.person(wish), "Two addresses", verified());
}

Forgery withoutAddress(World &world)
{
    Wish wish = aliceAs("alice-nameless");
    wish.addresses = {};
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::NoAddress;
    return letterBy(world, world.person(wish), "No address", unverified(axes));
}

Forgery addressInName(World &world)
{
    Wish wish = aliceAs("alice-common");
    wish.name = u"alice@example.org"_s;
    wish.addresses = {};
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::NoAddress;
    return letterBy(world, world.person(wish), "Address in the common name only", unverified(axes));
}

Forgery otherCase(World &world)
{
    Wish wish = aliceAs("alice-case");
    wish.addresses = {u"alice@EXAMPLE.ORG"_s};
    return letterBy(world, world.person(wish), "Domain in capitals", verified());
}

Forgery plusAddress(World &world)
{
    Wish wish = aliceAs("alice-plus");
    wish.addresses = {u"alice+mail@example.org"_s};
    Expectation expected = verified();
    expected.summary = Summary::Impersonated;
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::Mismatch;
    setAxes(expected, axes);
    return letterBy(world, world.person(wish), "Address with a tag", expected);
}

Forgery internationalAddress(World &world)
{
    Wish wish = aliceAs("alice-utf8");
    wish.addresses = {u"älice@example.org"_s};
    return letterBy(world, world.person(wish), "International address", verified(), "Alice <älice@example.org>");
}

Forgery selfSigned(World &world)
{
    // A root of her own making: nobody vouches for it.
    Person root;
    Wish wish = aliceAs("alice-self");
    const Person &key = world.person(wish);
    provider::CertificateProfile profile;
    profile.commonName = wish.name;
    profile.addresses = wish.addresses;
    profile.issuedAt = world.now().addDays(-30);
    profile.validUntil = world.now().addDays(365);
    const QCA::Certificate own = world.take(provider::issueCertificate({}, key.key, key.key.toPublicKey(), profile));
    root.key = key.key;
    root.certificate = own.isNull() ? QByteArray{} : own.toDER();
    smime::SignatureAxes axes = soundAxes();
    axes.chain = Chain::Untrusted;
    axes.revocation = Revocation::NotChecked;
    return letterBy(world, root, "Self-signed", unverified(axes));
}

Forgery unknownAuthority(World &world)
{
    Wish wish = aliceAs("alice-stranger");
    wish.issuer = Authority::Stranger;
    smime::SignatureAxes axes = soundAxes();
    axes.chain = Chain::Untrusted;
    axes.revocation = Revocation::NotChecked;
    return letterBy(world, world.person(wish), "Unknown authority", unverified(axes));
}

Wish authorityAs(const QByteArray &id)
{
    Wish wish;
    wish.id = id;
    wish.name = u"Forge Department "_s + QString::fromLatin1(id);
    wish.addresses = {};
    wish.kind = provider::CertificateKind::Authority;
    return wish;
}

// A person below an authority below the main one. No list of the department is at hand: what is not checked anywhere on the
// path is not checked.
Forgery below(World &world, const Person &department, const QByteArray &id, const QByteArray &subject, Expectation expected)
{
    Wish wish = aliceAs(id);
    wish.issuedBy = &department;
    return letterBy(world, world.person(wish), subject, expected);
}

smime::SignatureAxes unrevoked()
{
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::NotChecked;
    return axes;
}

Forgery intermediate(World &world)
{
    Expectation expected = verified();
    setAxes(expected, unrevoked());
    return below(world, world.person(authorityAs("department")), "alice-below", "Below an intermediate authority", expected);
}

Forgery missingIssuer(World &world)
{
    const Person &department = world.person(authorityAs("department"));
    Wish wish = aliceAs("alice-below");
    wish.issuedBy = &department;
    Person orphan = world.person(wish);
    orphan.issuers.clear();
    smime::SignatureAxes axes = unrevoked();
    axes.chain = Chain::Incomplete;
    return letterBy(world, orphan, "Issuer missing", unverified(axes));
}

Forgery revokedAuthority(World &world)
{
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::Revoked;
    return below(world, world.person(authorityAs(kRevokedAuthorityId)), "alice-belowrevoked", "Below a revoked authority", unverified(axes));
}

Forgery expiredAuthority(World &world)
{
    Wish wish = authorityAs("formerdepartment");
    wish.validFromDay = -300;
    wish.validUntilDay = -3;
    smime::SignatureAxes axes = unrevoked();
    axes.time = Time::Expired;
    axes.revocation = Revocation::Unknown;
    return below(world, world.person(wish), "alice-belowexpired", "Below an expired authority", unverified(axes));
}

Forgery constrainedWell(World &world)
{
    Wish wish = authorityAs("orgdepartment");
    wish.extensions = {{"nameConstraints", "critical,permitted;email:example.org"}};
    Expectation expected = verified();
    setAxes(expected, unrevoked());
    return below(world, world.person(wish), "alice-permitted", "Within the name constraints", expected);
}

Forgery constrainedBadly(World &world)
{
    Wish wish = authorityAs("netdepartment");
    wish.extensions = {{"nameConstraints", "critical,permitted;email:example.net"}};
    smime::SignatureAxes axes = unrevoked();
    axes.chain = Chain::Invalid;
    return below(world, world.person(wish), "alice-outside", "Outside the name constraints", unverified(axes));
}

Forgery issuedByPerson(World &world)
{
    Wish wish = aliceAs("alice-bymallory");
    const Person &mallory = world.mallory();
    wish.issuedBy = &mallory;
    smime::SignatureAxes axes = unrevoked();
    axes.chain = Chain::Invalid;
    return letterBy(world, world.person(wish), "Issued by a person", unverified(axes));
}

Forgery pathTooLong(World &world)
{
    Wish upper = authorityAs("upper");
    upper.pathLength = 0;
    const Person &first = world.person(upper);
    Wish lower = authorityAs("lower");
    lower.issuedBy = &first;
    smime::SignatureAxes axes = unrevoked();
    axes.chain = Chain::Invalid;
    return below(world, world.person(lower), "alice-toolong", "Path too long", unverified(axes));
}

Forgery purposeOfAuthority(World &world)
{
    Wish wish = authorityAs("serverdepartment");
    wish.extensions = {{"extendedKeyUsage", "serverAuth"}};
    smime::SignatureAxes axes = unrevoked();
    axes.usage = Usage::Forbidden;
    return below(world, world.person(wish), "alice-belowserver", "Below an authority for servers", unverified(axes));
}

Forgery unknownCritical(World &world)
{
    Wish wish = aliceAs("alice-critical");
    wish.extensions = {{"1.3.6.1.4.1.99999.1", "critical,DER:0500"}};
    smime::SignatureAxes axes = soundAxes();
    axes.chain = Chain::Invalid;
    return letterBy(world, world.person(wish), "Unknown critical extension", unverified(axes));
}

Forgery weak(World &world, const Wish &wish, const QByteArray &subject, Strength strength)
{
    smime::SignatureAxes axes = soundAxes();
    axes.strength = strength;
    Expectation expected = unverified(axes);
    expected.warnings = {u"weak-algorithm"_s};
    return letterBy(world, world.person(wish), subject, expected);
}

Forgery sha1Certificate(World &world)
{
    Wish wish = aliceAs("alice-sha1");
    wish.digest = "SHA1";
    return weak(world, wish, "Certificate signed with SHA-1", Strength::Weak);
}

Forgery md5Certificate(World &world)
{
    Wish wish = aliceAs("alice-md5");
    wish.digest = "MD5";
    return weak(world, wish, "Certificate signed with MD5", Strength::Broken);
}

Forgery shortKey(World &world)
{
    Wish wish = aliceAs("alice-short");
    wish.forgedKey = provider::ForgedKey::Rsa1024;
    return weak(world, wish, "Key of 1024 bits", Strength::Weak);
}

Forgery listInMessage(World &world)
{
    // The list of the message is as good as one that was given.
    const QByteArray words = world.words("list");
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.person(aliceAs(kRevokedId))}, entity);
    data.crls = {world.mainList()};
    smime::SignatureAxes axes = soundAxes();
    axes.revocation = Revocation::Revoked;
    Expectation expected = unverified(axes);
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Brings the list that revokes it") + signedParts(entity, world.take(provider::forgeSignedData(data))), expected};
}

Forgery certificateMissing(World &world)
{
    const QByteArray words = world.words("missing");
    const QByteArray entity = textPart(words);
    provider::ForgedSignedData data = signedBy(world, {world.alice()}, entity);
    data.certificates.clear();
    Expectation expected = verified();
    expected.summary = Summary::Unverified;
    smime::SignatureAxes axes;
    axes.integrity = Integrity::Unsupported;
    axes.chain = Chain::Incomplete;
    setAxes(expected, axes);
    expected.text = QString::fromLatin1(words);
    return {letterhead(world, "Certificate left out") + signedParts(entity, world.take(provider::forgeSignedData(data))), expected};
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"sound", "A letter with a detached signature and nothing wrong: verified.", &sound},
    {"expired", "The certificate ended twenty days ago, and the signer's own signing time proves nothing: unverified.", &expired},
    {"not-yet-valid", "The certificate begins in twenty days: unverified.", &notYetValid},
    {"revoked", "The authority's list revokes the certificate: unverified.", &revoked},
    {"revoked-list-in-message", "The message itself brings the list that revokes its signer: unverified.", &listInMessage},
    {"revocation-not-checked", "No list of this authority is at hand; that is said and does not lower the summary.", &withoutList},
    {"revocation-unknown", "The authority's only list is three months old: unknown, and never good.", &withOldList},
    {"wrong-key-usage", "keyUsage permits encryption only (RFC 8550 section 4.4.2): unverified.", &forbiddenKeyUsage},
    {"wrong-purpose", "extendedKeyUsage permits TLS servers only (RFC 8550 section 4.4.4): unverified.", &forbiddenPurpose},
    {"any-purpose", "anyExtendedKeyUsage permits mail, too: verified.", &anyPurpose},
    {"without-usages", "No usage extension forbids anything: verified.", &withoutPurpose},
    {"wrong-address", "Mallory's honest certificate under a letter from Alice: impersonated.", &wrongAddress},
    {"two-addresses", "One of the certificate's two addresses is the sender's: verified.", &twoAddresses},
    {"without-address", "The certificate names no address, so nothing ties it to the sender: unverified.", &withoutAddress},
    {"address-in-common-name", "An address in the common name is not an address of the certificate (RFC 8550 section 3): unverified.", &addressInName},
    {"domain-in-capitals", "Domains are compared without regard to case: verified.", &otherCase},
    {"tagged-address", "alice+mail is another mailbox than alice: impersonated.", &plusAddress},
    {"international-address", "SmtpUTF8Mailbox (RFC 9598) equals the sender's address: verified.", &internationalAddress},
    {"self-signed", "Alice vouches for herself: untrusted.", &selfSigned},
    {"unknown-authority", "The message brings a root that nobody trusts: untrusted.", &unknownAuthority},
    {"intermediate", "The message brings the authority in between; no list of it is at hand: verified.", &intermediate},
    {"missing-issuer", "The authority in between is missing: incomplete.", &missingIssuer},
    {"revoked-authority", "The authority in between is revoked: unverified.", &revokedAuthority},
    {"expired-authority", "The authority in between has expired: unverified.", &expiredAuthority},
    {"name-constraints-kept", "The address is within the authority's name constraints: verified.", &constrainedWell},
    {"name-constraints-broken", "The address is outside the authority's name constraints (RFC 5280 section 4.2.1.10): chain invalid.", &constrainedBadly},
    {"issued-by-person", "A person's certificate issued this one (RFC 5280 section 6.1.4): chain invalid.", &issuedByPerson},
    {"path-too-long", "pathLenConstraint forbids the second authority: chain invalid.", &pathTooLong},
    {"authority-for-servers", "The authority in between may only issue for TLS servers: usage forbidden.", &purposeOfAuthority},
    {"unknown-critical-extension", "A critical extension that nobody knows (RFC 5280 section 4.2): chain invalid.", &unknownCritical},
    {"certificate-sha1", "The authority signed the certificate with SHA-1: weak.", &sha1Certificate},
    {"certificate-md5", "The authority signed the certificate with MD5: broken.", &md5Certificate},
    {"key-1024", "An RSA key of 1024 bits: weak.", &shortKey},
    {"certificate-missing", "The message brings no certificate and none is known: nothing can be checked, and nothing is called bad.", &certificateMissing},
});

} // namespace

std::span<const Recipe> certificateRecipes()
{
    return kRecipes;
}

} // namespace forge
