// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/PathJudgement.h"

#include "provider/CertificateNames.h"
#include "provider/NameJudgement.h"
#include "provider/RecentByCertificates.h"
#include "provider/RevocationCheck.h"
#include "provider/Strength.h"
#include "provider/VerificationContext.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

struct RecordedError {
    int code;
    int depth;
};
using RecordedErrors = std::vector<RecordedError>;

int recordAndGoOn(int isOk, X509_STORE_CTX *context)
{
    if (!isOk) {
        auto *errors = static_cast<RecordedErrors *>(X509_STORE_CTX_get_app_data(context));
        // Thousands of names can bring thousands of complaints.
        if (errors->size() < 64)
            errors->push_back({X509_STORE_CTX_get_error(context), X509_STORE_CTX_get_error_depth(context)});
    }
    return 1;
}

QString nameOf(const X509 *certificate)
{
    return toText(X509_get_subject_name(certificate));
}

/// RFC 5280 sections 4.1.2.1, 4.1.2.9 and 4.2: extensions belong to version 3, the last there is, and none comes twice.
bool areExtensionsInOrder(const X509 *certificate)
{
    const long version = X509_get_version(certificate);
    const int count = X509_get_ext_count(certificate);
    if (version < X509_VERSION_1 || version > X509_VERSION_3 || (count > 0 && version != X509_VERSION_3))
        return false;
    return areDistinct(X509_get0_extensions(certificate));
}

/// RFC 5280 section 4.2: one value of DER. OpenSSL's readers of extensions leave unread what stands behind it, where others would see something else.
bool isOneValue(const X509_EXTENSION *extension)
{
    using AnyPtr = Owned<ASN1_TYPE, ASN1_TYPE_free>;
    return fromDerBy<AnyPtr>(d2i_ASN1_TYPE, toBytes(X509_EXTENSION_get_data(const_cast<X509_EXTENSION *>(extension)))) != nullptr;
}

/// Of the extensions that say something about a path.
bool areValuesWhole(const X509 *certificate)
{
    for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
        X509_EXTENSION *const extension = X509_get_ext(certificate, i);
        if (X509_supported_extension(extension) == 1 && !isOneValue(extension))
            return false;
    }
    return true;
}

/// RFC 8410 section 3 and RFC 9881 section 2: Ed25519, Ed448 and ML-DSA have no parameters. Beside other signatures NULL says nothing; those of RSA-PSS
/// and old DSA are read. Whatever else stands there nobody knows, and OpenSSL does not look.
bool areParametersInOrder(const X509 *certificate)
{
    const X509_ALGOR *algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, certificate);
    const ASN1_OBJECT *name = nullptr;
    int type = V_ASN1_UNDEF;
    X509_ALGOR_get0(&name, &type, nullptr, algorithm);
    int digest = NID_undef;
    int key = NID_undef;
    const bool isKnown = OBJ_find_sigid_algs(OBJ_obj2nid(name), &digest, &key) == 1;
    const bool mayHaveThem = key == NID_rsassaPss || key == NID_dsa || key == NID_dsa_2;
    return type == V_ASN1_UNDEF || !isKnown || mayHaveThem || (type == V_ASN1_NULL && digest != NID_undef);
}

using PoliciesPtr = Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;
using MappingsPtr = Owned<POLICY_MAPPINGS, [](POLICY_MAPPINGS *mappings) { sk_POLICY_MAPPING_pop_free(mappings, POLICY_MAPPING_free); }>;

/// What OpenSSL reads only where there are policies. Whoever wrote it wanted something, which must not be passed over.
bool arePolicyLimitsReadable(const X509 *certificate)
{
    constexpr int kAbsent = -1;
    int found = kAbsent;
    const auto skipped = extensionOf<Asn1IntegerPtr>(certificate, NID_inhibit_any_policy, &found);
    if (found != kAbsent && (!skipped || (ASN1_STRING_type(skipped.get()) & V_ASN1_NEG) != 0))
        return false;
    const auto mappings = extensionOf<MappingsPtr>(certificate, NID_policy_mappings, &found);
    return found == kAbsent || mappings;
}

/// RFC 5280 section 4.2.1.4: a critical extension with a qualifier that nobody knows is not understood. OpenSSL reads none.
bool arePolicyQualifiersKnown(const X509 *certificate)
{
    constexpr int kCritical = 1;
    int criticality = 0;
    const auto policies = extensionOf<PoliciesPtr>(certificate, NID_certificate_policies, &criticality);
    for (int i = 0; criticality == kCritical && i < sk_POLICYINFO_num(policies.get()); ++i) {
        const STACK_OF(POLICYQUALINFO) *qualifiers = sk_POLICYINFO_value(policies.get(), i)->qualifiers;
        for (int j = 0; j < sk_POLICYQUALINFO_num(qualifiers); ++j)
            if (const int nid = OBJ_obj2nid(sk_POLICYQUALINFO_value(qualifiers, j)->pqualid); nid != NID_id_qt_cps && nid != NID_id_qt_unotice)
                return false;
    }
    return true;
}

/// Whether it maps a policy that it names by anyPolicy alone.
bool mapsByAnyPolicy(const X509 *certificate)
{
    const auto policies = extensionOf<PoliciesPtr>(certificate, NID_certificate_policies);
    const auto mappings = extensionOf<MappingsPtr>(certificate, NID_policy_mappings);
    const auto names = [&policies](const ASN1_OBJECT *policy) {
        for (int i = 0; i < sk_POLICYINFO_num(policies.get()); ++i)
            if (OBJ_cmp(sk_POLICYINFO_value(policies.get(), i)->policyid, policy) == 0)
                return true;
        return false;
    };
    bool isNamed = true;
    for (int i = 0; i < sk_POLICY_MAPPING_num(mappings.get()); ++i)
        isNamed = isNamed && names(sk_POLICY_MAPPING_value(mappings.get(), i)->issuerDomainPolicy);
    return !isNamed && names(OBJ_nid2obj(NID_any_policy));
}

/// RFC 5280 sections 6.1.3 (d) (2) and 6.1.4 (b): where those above inhibit anyPolicy, it stands for nothing that could be mapped. OpenSSL takes what is
/// mapped for named. Asked only where a policy is required; nullptr for nobody.
const X509 *mapperInSpiteOfInhibition(const PathSearch::Path &path)
{
    if (std::none_of(path.begin(), path.end() - 1, [](const X509 *one) { return X509_get_ext_by_NID(one, NID_policy_constraints, -1) >= 0; }))
        return nullptr;
    std::int64_t left = std::numeric_limits<std::int64_t>::max(); // how many may still use it
    for (std::size_t i = path.size() - 1; i-- > 1;) {
        const bool isSelfIssued = (X509_get_extension_flags(path[i]) & EXFLAG_SI) != 0;
        if (left <= 0 && !isSelfIssued && mapsByAnyPolicy(path[i]))
            return path[i];
        left -= isSelfIssued ? 0 : 1;
        const auto skipped = extensionOf<Asn1IntegerPtr>(path[i], NID_inhibit_any_policy);
        if (std::int64_t count = 0; skipped && ASN1_INTEGER_get_int64(&count, skipped.get()) == 1)
            left = std::min(left, count);
    }
    return nullptr;
}

/// RFC 9608 section 3: about whom nothing will be said has neither lists nor a responder, and is no authority.
bool isSilenceInOrder(X509 *certificate)
{
    const auto has = [certificate](int nid) { return X509_get_ext_by_NID(certificate, nid, -1) >= 0; };
    if (!has(NID_no_rev_avail))
        return true;
    using TextsPtr = Owned<STACK_OF(OPENSSL_STRING), X509_email_free>;
    const TextsPtr responders(X509_get1_ocsp(certificate));
    const bool isAuthority = (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
    return !isAuthority && !responders && !has(NID_crl_distribution_points) && !has(NID_freshest_crl);
}

/// RFC 5280 section 4.1.2.5: in UTC, with seconds and without fractions. Of other forms OpenSSL reads what another reader takes for another time.
QDateTime validityTime(const ASN1_TIME *time)
{
    constexpr qsizetype kUtcTimeOctets = 13; // YYMMDDHHMMSSZ
    constexpr qsizetype kGeneralizedTimeOctets = 15;
    const QByteArray text = toBytes(time);
    const qsizetype octets = ASN1_STRING_type(time) == V_ASN1_UTCTIME ? kUtcTimeOctets : kGeneralizedTimeOctets;
    return text.size() == octets && text.endsWith('Z') ? toDateTime(time) : QDateTime();
}

/// What a path is worth at any time and whatever the lists say: follows from its certificates and the purpose alone.
struct Standing {
    PathChain chain = PathChain::Trusted;
    PathUsage usage = PathUsage::NotChecked;
    PathStrength strength = PathStrength::Strong;
    QString chainDetail;
    QString usageDetail;
    QString strengthDetail;
    QList<std::pair<QDateTime, QDateTime>> validities; ///< Of each certificate of the path; invalid if malformed.
};

/// Finds the standing of one path.
class Judge
{
public:
    Judge(const PathSearch::Path &path, const PathPolicy &policy) : m_path(path), m_policy(policy) {}

    Standing judge()
    {
        judgeExtensions();
        judgeLinks();
        judgeAuthorities();
        judgeNames();
        judgeUsage();
        judgeStrength();
        for (const X509 *certificate : m_path)
            m_standing.validities.append({validityTime(X509_get0_notBefore(certificate)), validityTime(X509_get0_notAfter(certificate))});
        return std::move(m_standing);
    }

private:
    void judgeExtensions();
    void judgeLinks();
    void judgeAuthorities();
    void judgeNames();
    void judgeUsage();
    void judgeStrength();
    void invalidate(const QString &reason, const X509 *certificate);
    void forbid(const QString &reason);
    void weaken(PathStrength strength, const QString &reason, const X509 *certificate);
    [[nodiscard]] RecordedErrors verify() const;
    [[nodiscard]] QString reasonOf(const RecordedError &error) const;

    const PathSearch::Path &m_path;
    const PathPolicy &m_policy;
    Standing m_standing;
};

void Judge::invalidate(const QString &reason, const X509 *certificate)
{
    m_standing.chain = PathChain::Invalid;
    if (m_standing.chainDetail.isEmpty())
        m_standing.chainDetail = u"%1: %2"_s.arg(nameOf(certificate), reason);
}

RecordedErrors Judge::verify() const
{
    RecordedErrors errors;
    const VerificationContext verification(m_path, m_policy);
    if (!verification.context())
        return {{X509_V_ERR_OUT_OF_MEM, 0}};
    X509_VERIFY_PARAM *const param = X509_STORE_CTX_get0_param(verification.context());
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_POLICY_CHECK);
    // RFC 5280 section 6.1.1 (c): any policy will do. OpenSSL takes an empty set for none wherever a certificate requires one.
    X509_VERIFY_PARAM_add0_policy(param, OBJ_nid2obj(NID_any_policy));
    X509_STORE_CTX_set_app_data(verification.context(), &errors);
    X509_STORE_CTX_set_verify_cb(verification.context(), recordAndGoOn);
    // Of what makes it give up OpenSSL does not tell the callback.
    if (X509_verify_cert(verification.context()) != 1)
        errors.push_back({X509_STORE_CTX_get_error(verification.context()), 0});
    return errors;
}

QString Judge::reasonOf(const RecordedError &error) const
{
    const bool hasPolicies = std::any_of(m_path.begin(), m_path.end(), [](const X509 *one) { return X509_get_ext_by_NID(one, NID_certificate_policies, -1) >= 0; });
    // Its word for a tree of policies with more nodes than it makes.
    if (error.code == X509_V_ERR_OUT_OF_MEM && hasPolicies)
        return u"the certificates of its path name more policies than can be followed"_s;
    return QString::fromLatin1(X509_verify_cert_error_string(error.code));
}

// First: OpenSSL finds no issuer for what it cannot read, and would say just that.
void Judge::judgeExtensions()
{
    for (X509 *certificate : m_path) {
        const bool isReadable = (X509_get_extension_flags(certificate) & EXFLAG_INVALID) == 0;
        if (!isReadable || !areExtensionsInOrder(certificate) || !areValuesWhole(certificate) || !arePolicyLimitsReadable(certificate))
            invalidate(u"malformed or repeated extension"_s, certificate);
        if (!arePolicyQualifiersKnown(certificate))
            invalidate(u"unhandled critical extension"_s, certificate);
        if (!isSilenceInOrder(certificate))
            invalidate(u"contradicts itself on whether it can be revoked"_s, certificate);
        if (X509_NAME_entry_count(X509_get_issuer_name(certificate)) == 0) // RFC 5280 section 4.1.2.4
            invalidate(u"its issuer has no name"_s, certificate);
    }
}

void Judge::judgeLinks()
{
    for (std::size_t i = 0; i + 1 < m_path.size(); ++i)
        if (!areParametersInOrder(m_path[i]))
            invalidate(u"its signature has parameters that it must not have"_s, m_path[i]);
    if (const X509 *mapper = mapperInSpiteOfInhibition(m_path))
        invalidate(u"maps a policy that it must not name by anyPolicy"_s, mapper);
    std::map<std::size_t, bool> permitted; // by depth
    for (const RecordedError &error : verify()) {
        const auto depth = qMin(static_cast<std::size_t>(qMax(0, error.depth)), m_path.size() - 1);
        if (error.code == X509_V_ERR_PERMITTED_VIOLATION) {
            const auto [it, isNew] = permitted.try_emplace(depth);
            if (isNew)
                it->second = isPermittedByALabels(m_path, depth);
            if (it->second)
                continue;
        }
        invalidate(reasonOf(error), m_path[depth]);
    }
}

void Judge::judgeAuthorities()
{
    // OpenSSL lets a certificate with keyCertSign and no basicConstraints pass; RFC 5280 sections 4.2.1.9 and 6.1.4 (k) do not. Somebody's own certificate
    // that is trusted makes him no authority. A root of version 1 cannot say what it is.
    constexpr int kAuthority = 1;
    constexpr int kRootOfVersion1 = 3;
    for (std::size_t i = 1; i < m_path.size(); ++i) {
        const int kind = X509_check_ca(m_path[i]);
        const bool isOldRoot = kind == kRootOfVersion1 && i + 1 == m_path.size();
        if (kind != kAuthority && !isOldRoot)
            invalidate(u"is not a certification authority"_s, m_path[i]);
    }
}

void Judge::judgeNames()
{
    if (m_standing.chain == PathChain::Invalid)
        return;
    NameObjection objection = objectionToMailboxes(m_path);
    if (!objection.certificate)
        objection = objectionToDirectoryNames(m_path, *m_policy.effort);
    if (objection.certificate)
        invalidate(objection.reason, objection.certificate);
}

void Judge::forbid(const QString &reason)
{
    m_standing.usage = PathUsage::Forbidden;
    if (m_standing.usageDetail.isEmpty())
        m_standing.usageDetail = reason;
}

constexpr const char *kTimeStampingOid = "1.3.6.1.5.5.7.3.8";

/// What a purpose demands of the extended key usage; of issuers it only must not forbid it.
bool permitsPurpose(const CertificateFacts &facts, PathPurpose purpose, bool isLeaf)
{
    const auto has = [&facts](const char *oid) { return facts.extendedKeyUsage.contains(QByteArray(oid)); };
    const bool isFree = !isLeaf && (!facts.hasExtendedKeyUsage || has(kAnyExtendedKeyUsageOid));
    switch (purpose) {
    case PathPurpose::SmimeSign:
    case PathPurpose::SmimeEncrypt:
        return facts.mayProtectMail();
    case PathPurpose::TlsServer:
        return isFree || !facts.hasExtendedKeyUsage || has(kServerAuthOid);
    case PathPurpose::TimeStamp: // RFC 3161 section 2.3: for nothing else, and critical; or whoever signs mail could say when
        return isLeaf ? facts.isExtendedKeyUsageCritical && facts.extendedKeyUsage == QList<QByteArray>{QByteArray(kTimeStampingOid)}
                      : isFree || has(kTimeStampingOid);
    case PathPurpose::Any:
        return true;
    }
    Q_UNREACHABLE_RETURN(false);
}

/// What a purpose demands of the leaf's key usage.
bool permitsUse(const CertificateFacts &facts, PathPurpose purpose)
{
    switch (purpose) {
    case PathPurpose::SmimeSign:
    case PathPurpose::TimeStamp:
        return facts.maySign();
    case PathPurpose::SmimeEncrypt:
        return facts.mayReceive();
    case PathPurpose::TlsServer:
        return facts.maySign() || facts.mayReceive();
    case PathPurpose::Any:
        return true;
    }
    Q_UNREACHABLE_RETURN(false);
}

/// Netscape's certificate type, older than the extended key usage, where it is critical and does not name mail. OpenSSL calls it known, but obeys it only
/// in checks of purpose that are not made here; RFC 5280 section 4.2 wants what is critical processed.
bool isKeptFromMail(const X509 *certificate, bool isLeaf)
{
    constexpr int kMailBit = 2;
    constexpr int kMailAuthorityBit = 6;
    constexpr int kCritical = 1;
    int criticality = 0;
    const auto type = extensionOf<Asn1BitStringPtr>(certificate, NID_netscape_cert_type, &criticality);
    return type && criticality == kCritical && ASN1_BIT_STRING_get_bit(type.get(), isLeaf ? kMailBit : kMailAuthorityBit) == 0;
}

QString purposeText(PathPurpose purpose)
{
    switch (purpose) {
    case PathPurpose::SmimeSign:
        return u"signing mail"_s;
    case PathPurpose::SmimeEncrypt:
        return u"encryption of mail"_s;
    case PathPurpose::TlsServer:
        return u"a TLS server"_s;
    case PathPurpose::TimeStamp:
        return u"time stamps"_s;
    case PathPurpose::Any:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

void Judge::judgeUsage()
{
    if (m_policy.purpose == PathPurpose::Any)
        return;
    m_standing.usage = PathUsage::Permitted;
    const bool isMail = m_policy.purpose == PathPurpose::SmimeSign || m_policy.purpose == PathPurpose::SmimeEncrypt;
    for (std::size_t i = 0; i < m_path.size(); ++i) {
        const CertificateFacts facts = usageFactsOf(m_path[i]);
        if (isMail && isKeptFromMail(m_path[i], i == 0))
            forbid(u"%1: its critical Netscape type does not permit %2"_s.arg(nameOf(m_path[i]), purposeText(m_policy.purpose)));
        if (!permitsPurpose(facts, m_policy.purpose, i == 0))
            forbid(u"%1: extended key usage does not permit %2"_s.arg(nameOf(m_path[i]), purposeText(m_policy.purpose)));
        if (i == 0 && !permitsUse(facts, m_policy.purpose))
            forbid(u"%1: key usage does not permit %2"_s.arg(nameOf(m_path[i]), purposeText(m_policy.purpose)));
    }
}

void Judge::weaken(PathStrength strength, const QString &reason, const X509 *certificate)
{
    if (strength <= m_standing.strength)
        return;
    m_standing.strength = strength;
    m_standing.strengthDetail = u"%1: %2"_s.arg(nameOf(certificate), reason);
}

void Judge::judgeStrength()
{
    for (std::size_t i = 0; i < m_path.size(); ++i) {
        const KeyStrength key = strengthOf(X509_get0_pubkey(m_path[i]));
        weaken(key.strength, key.reason, m_path[i]);
        // An anchor is trusted as it stands; a signature over itself says nothing.
        const bool isEnd = i + 1 == m_path.size() && (i > 0 || (X509_get_extension_flags(m_path[i]) & EXFLAG_SS) != 0);
        int digest = NID_undef;
        if (!isEnd && X509_get_signature_info(m_path[i], &digest, nullptr, nullptr, nullptr) == 1)
            weaken(digestStrength(digest), u"signed with "_s + QString::fromLatin1(OBJ_nid2sn(digest)), m_path[i]);
    }
}

// Every mail of a person comes with the same path, and verifying its signatures costs as much as verifying the mail's. Nothing
// that can change plays a part: which anchors there are, the time and the lists are asked anew each time.
Standing standingOf(const PathSearch::Path &path, const PathPolicy &policy)
{
    // Never destroyed: OpenSSL may have cleaned up before the statics of this file.
    static auto *const s_recent = new RecentByCertificates<Standing>;
    constexpr int kDepths = 1000;
    const int variant = static_cast<int>(policy.purpose) * kDepths + qBound(0, policy.maxDepth, kDepths - 1);
    if (std::optional<Standing> known = s_recent->find(path, variant))
        return *std::move(known);
    Standing standing = Judge(path, policy).judge();
    s_recent->keep(path, variant, standing);
    return standing;
}

/// The axis of time, for the first certificate that is not valid; what is malformed spoils the chain.
struct TimeFindings {
    PathTime time = PathTime::Valid;
    QString detail;
    QString chainDetail;
};

TimeFindings judgeTime(const PathSearch::Path &path, const Standing &standing, const QDateTime &at)
{
    TimeFindings findings;
    for (std::size_t i = 0; i < path.size() && findings.time == PathTime::Valid; ++i) {
        const auto &[from, until] = standing.validities.at(qsizetype(i));
        if (!from.isValid() || !until.isValid()) {
            if (findings.chainDetail.isEmpty())
                findings.chainDetail = u"%1: malformed validity"_s.arg(nameOf(path[i]));
        } else if (at > until) {
            findings.time = PathTime::Expired;
            findings.detail = u"%1: expired on %2"_s.arg(nameOf(path[i]), until.toString(Qt::ISODate));
        } else if (at < from) {
            findings.time = PathTime::NotYetValid;
            findings.detail = u"%1: not valid before %2"_s.arg(nameOf(path[i]), from.toString(Qt::ISODate));
        }
    }
    return findings;
}

/// An anchor needs no word on revocation, but what those above it say counts, as long as they lead to an anchor too: many give a whole chain for trust.
RevocationFindings judgeRevocation(const PathSearch::Path &path, const PathEvidence &evidence, const PathPolicy &policy)
{
    const RevocationFindings own = checkRevocation(path, evidence, policy);
    const bool isLost = own.state == PathRevocation::Revoked && !own.retiredAt.isValid();
    if (evidence.aboveAnchor.empty() || isLost)
        return own;
    RevocationFindings above = checkRevocation(evidence.aboveAnchor, evidence, policy);
    above.retiredAt = {}; // of an authority, not of the leaf
    return above.state == PathRevocation::Revoked || path.size() == 1 ? above : own;
}

} // namespace

PathFindings judgePath(const PathSearch::Path &path, const PathEvidence &evidence, const PathPolicy &policy)
{
    const Standing standing = standingOf(path, policy);
    const TimeFindings time = policy.at.isValid() ? judgeTime(path, standing, policy.at) : TimeFindings{PathTime::NotChecked, {}, {}};
    const RevocationFindings revocation = judgeRevocation(path, evidence, policy);
    PathFindings findings;
    findings.chain = time.chainDetail.isEmpty() ? standing.chain : PathChain::Invalid;
    findings.usage = standing.usage;
    findings.time = time.time;
    findings.revocation = revocation.state;
    findings.strength = standing.strength;
    findings.revokedAt = revocation.revokedAt;
    findings.retiredAt = revocation.retiredAt;
    std::tie(findings.validFrom, findings.validUntil) = standing.validities.first();
    for (const QString &detail : {standing.chainDetail, time.chainDetail, revocation.detail, time.detail, standing.usageDetail, standing.strengthDetail}) {
        if (findings.detail.isEmpty())
            findings.detail = detail;
    }
    return findings;
}

} // namespace provider
