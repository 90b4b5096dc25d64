// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/RevocationCheck.h"

#include "provider/ListForm.h"
#include "provider/ListIssuers.h"
#include "provider/OcspCheck.h"
#include "provider/Strength.h"
#include "provider/VerificationContext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

/// A list whose signature is good.
struct UsableList {
    X509_CRL *crl;
    X509 *signer;
    /// Below another anchor than the path: RFC 5280 section 6.3.3 (f) wants the same, but who is trusted and says "revoked" has said it.
    bool isElsewhere = false;
    PathSearch::Path way = {}; ///< From a signer beside the path to its anchor.
};

/// What became known about each certificate of the path.
struct Recording {
    const PathSearch::Path &path;
    const std::vector<X509_CRL *> &crls; ///< All that were brought along.
    std::vector<UsableList> usable;
    std::vector<PathRevocation> states;
    RevocationFindings findings;
    std::vector<QDateTime> retirements; ///< Of each "revoked" by OCSP: when the end of the path was retired; invalid for any other reason, or of others.
};

bool hasCrlOf(const Recording &recording, const X509 *certificate)
{
    const ListIssuers issuers(certificate);
    return std::any_of(recording.crls.begin(), recording.crls.end(), [&issuers](const X509_CRL *crl) { return issuers.haveMade(crl); });
}

void setState(Recording &recording, std::size_t depth, PathRevocation state, const QString &detail)
{
    if (recording.states[depth] == PathRevocation::Revoked)
        return;
    recording.states[depth] = state;
    if (recording.findings.detail.isEmpty() || state == PathRevocation::Revoked)
        recording.findings.detail = detail;
}

/// No list that could be used: that is worth a word only if there is one of those who publish about the certificate.
void setUndetermined(Recording &recording, std::size_t depth, const QString &detail)
{
    if (hasCrlOf(recording, recording.path[depth]))
        setState(recording, depth, PathRevocation::Unknown, detail);
    else
        setState(recording, depth, PathRevocation::NotChecked, {});
}

/// The entry about the certificate in a list that may speak about it, else nullptr.
const X509_REVOKED *entryAbout(X509 *certificate, X509_CRL *list)
{
    constexpr int kListed = 1;
    X509_REVOKED *entry = nullptr;
    const bool isListed = X509_CRL_get0_by_cert(list, &entry, certificate) == kListed;
    return isListed && ListIssuers(certificate).speakIn(list) ? entry : nullptr;
}

void setRevoked(Recording &recording, std::size_t depth, const X509_REVOKED *entry)
{
    recording.findings.revokedAt = toDateTime(X509_REVOKED_get0_revocationDate(entry));
    const QString name = toText(X509_get_subject_name(recording.path[depth]));
    const QString when = recording.findings.revokedAt.toString(Qt::ISODate);
    setState(recording, depth, PathRevocation::Revoked, u"%1: revoked on %2"_s.arg(name, when));
}

void recordRevoked(Recording &recording, std::size_t depth, X509_STORE_CTX *context)
{
    X509 *const certificate = recording.path[depth];
    X509_CRL *const current = X509_STORE_CTX_get0_current_crl(context);
    if (recording.states[depth] == PathRevocation::Revoked)
        return;
    // OpenSSL goes on with a list of another scope, and says "revoked" after all.
    if (current && !ListIssuers(certificate).speakIn(current))
        return setUndetermined(recording, depth, u"%1: different CRL scope"_s.arg(toText(X509_get_subject_name(certificate))));
    if (const X509_REVOKED *entry = current ? entryAbout(certificate, current) : nullptr)
        return setRevoked(recording, depth, entry);
    // It was a delta list: OpenSSL names the complete one.
    for (const UsableList &list : recording.usable)
        if (const X509_REVOKED *entry = entryAbout(certificate, list.crl))
            return setRevoked(recording, depth, entry);
}

/// Whoever has expired need not be told of any more (RFC 5280 section 3.3): what is said later is no news of him, unless those are kept who
/// expired from `keptSince` on; invalid for nobody.
bool isNewsOf(const X509 *certificate, const QDateTime &saidAt, const QDateTime &keptSince)
{
    const QDateTime expiry = toDateTime(X509_get0_notAfter(certificate));
    return saidAt <= expiry || (keptSince.isValid() && keptSince <= expiry);
}

/// Whether the certificate would be on the list if it was revoked, as far as its expiry goes.
bool wouldName(const X509_CRL *list, const X509 *certificate)
{
    return isNewsOf(certificate, toDateTime(X509_CRL_get0_lastUpdate(list)), expiredKeptSince(list));
}

/// Made after the expiry of somebody about whom it speaks: what is not on it proves nothing.
bool isTooLate(const X509_CRL *list, const PathSearch::Path &path)
{
    return std::any_of(path.begin(), path.end() - 1,
                       [list](const X509 *certificate) { return !wouldName(list, certificate) && ListIssuers(certificate).speakIn(list); });
}

QString saidTooLate(const X509 *certificate)
{
    return u"%1: what is said about it is from after its expiry"_s.arg(toText(X509_get_subject_name(certificate)));
}

/// No list that OpenSSL was shown: it was not shown those from after the expiry.
void recordMissing(Recording &recording, std::size_t depth, const QString &reason)
{
    const X509 *const certificate = recording.path[depth];
    const bool isOnlyLate = std::any_of(recording.usable.begin(), recording.usable.end(), [certificate](const UsableList &list) {
        return !wouldName(list.crl, certificate) && ListIssuers(certificate).speakIn(list.crl);
    });
    setUndetermined(recording, depth, isOnlyLate ? saidTooLate(certificate) : reason);
}

/// A list made after the time that counts knows more than one made before it.
bool isNewerButTells(X509_STORE_CTX *context, const X509 *certificate)
{
    const X509_CRL *crl = X509_STORE_CTX_get0_current_crl(context);
    return crl && wouldName(crl, certificate);
}

void recordError(Recording &recording, X509_STORE_CTX *context)
{
    const int error = X509_STORE_CTX_get_error(context);
    const auto depth = static_cast<std::size_t>(qMax(0, X509_STORE_CTX_get_error_depth(context)));
    if (depth >= recording.path.size())
        return;
    const X509 *certificate = recording.path[depth];
    const QString reason = QString::fromLatin1(X509_verify_cert_error_string(error));
    switch (error) {
    case X509_V_ERR_CERT_REVOKED:
        recordRevoked(recording, depth, context);
        break;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
        recordMissing(recording, depth, reason);
        break;
    case X509_V_ERR_CRL_NOT_YET_VALID:
        if (isNewerButTells(context, certificate))
            break;
        [[fallthrough]];
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
        setUndetermined(recording, depth, u"%1: %2"_s.arg(toText(X509_get_subject_name(certificate)), reason));
        break;
    default:
        break; // the path itself is judged elsewhere
    }
}

/// An issuer of lists whose own certificate is on no list but its own (PKITS 4.14.30): OpenSSL does not go round in circles, and what that list says
/// about its issuer still counts.
bool isOnOwnList(X509_STORE_CTX *context)
{
    const X509 *lister = X509_STORE_CTX_get0_current_issuer(context);
    const X509 *certificate = X509_STORE_CTX_get_current_cert(context);
    return X509_STORE_CTX_get_error(context) == X509_V_ERR_CRL_PATH_VALIDATION_ERROR && lister && certificate && X509_cmp(lister, certificate) == 0;
}

int record(int isOk, X509_STORE_CTX *context)
{
    if (isOk)
        return 1;
    // The path of a CRL's own issuer: let it fail, and the error comes back once more for the certificate concerned.
    if (X509_STORE_CTX_get0_parent_ctx(context))
        return isOnOwnList(context) ? 1 : 0;
    recordError(*static_cast<Recording *>(X509_STORE_CTX_get_app_data(context)), context);
    return 1;
}

/// From somebody beside the path to one of the anchors; empty if there is no way. Who only bears an authority's name may neither revoke nor, with a list
/// newer than the true one, hide that somebody was revoked. All ways are tried: the first may be by a namesake of his authority whom the message brings.
PathSearch::Path wayTo(const std::vector<X509 *> &anchors, X509 *certificate, const std::vector<X509 *> &pool, const PathPolicy &policy)
{
    PathPolicy forAnything = policy;
    forAnything.purpose = PathPurpose::Any;
    forAnything.ocspResponses.clear();
    PathSearch::Path way;
    PathSearch search(pool, anchors, policy);
    search.offer(certificate, [&](const PathSearch::Path &own) {
        const bool isOneself = own.size() == 1 && X509_check_ca(certificate) == 0; // and speaks for nobody else
        if (!isOneself && judgePath(own, {}, forAnything).chain == PathChain::Trusted)
            way = own;
        return way.empty();
    });
    return way;
}

bool isOn(const PathSearch::Path &path, const X509 *certificate)
{
    return std::any_of(path.begin(), path.end(), [certificate](const X509 *one) { return X509_cmp(one, certificate) == 0; });
}

/// RFC 5280 section 6.3.3 (f).
bool maySignLists(X509 *certificate)
{
    return (X509_get_key_usage(certificate) & KU_CRL_SIGN) != 0; // all bits are set where there is no key usage
}

/// The path first: others of the same name, which anybody may send along, must use up neither the effort nor the tries before it is their turn.
std::vector<X509 *> possibleSigners(const PathSearch::Path &path, const PathEvidence &evidence)
{
    std::vector<X509 *> signers(path.begin(), path.end());
    signers.insert(signers.end(), evidence.certificates.begin(), evidence.certificates.end());
    return signers;
}

/// Whoever of `signers` made the signature of a list; nullptr for nobody whose lists count.
UsableList signedList(X509_CRL *crl, const std::vector<X509 *> &signers, const PathSearch::Path &path, const std::vector<X509 *> &anchors,
                      const PathPolicy &policy)
{
    constexpr std::size_t kComparisonsForOnePoint = 20;
    UsableList found{crl, nullptr};
    policy.effort->spend(static_cast<qint64>(signers.size() / kComparisonsForOnePoint));
    if (policy.effort->isSpent())
        return found;
    for (X509 *certificate : signers) {
        if (X509_NAME_cmp(X509_get_subject_name(certificate), X509_CRL_get_issuer(crl)) != 0)
            continue;
        if (policy.effort->isSpent())
            return {crl, nullptr};
        policy.effort->spend(verificationPoints(certificate));
        if (!isListSignedBy(crl, certificate))
            continue;
        const bool isBeside = !isOn(path, certificate);
        if (isBeside && !maySignLists(certificate))
            continue;
        PathSearch::Path way = isBeside ? wayTo({path.back()}, certificate, signers, policy) : PathSearch::Path();
        if (!isBeside || !way.empty())
            return {crl, certificate, false, std::move(way)};
        if (!wayTo(anchors, certificate, signers, policy).empty())
            found = {crl, certificate, true};
    }
    return found;
}

/// The root is its own affair, unless it has revoked itself.
PathRevocation worstOf(const std::vector<PathRevocation> &states)
{
    if (std::count(states.begin(), states.end(), PathRevocation::Revoked) > 0)
        return PathRevocation::Revoked;
    const auto end = states.size() > 1 ? states.end() - 1 : states.end();
    if (std::count(states.begin(), end, PathRevocation::Unknown) > 0)
        return PathRevocation::Unknown;
    return std::count(states.begin(), end, PathRevocation::NotChecked) > 0 ? PathRevocation::NotChecked : PathRevocation::Good;
}

/// An authority that lists itself has given up.
void recordSelfRevocation(Recording &recording)
{
    const std::size_t last = recording.path.size() - 1;
    for (const UsableList &list : recording.usable) {
        const X509_REVOKED *const entry = entryAbout(recording.path[last], list.crl);
        if (recording.states[last] == PathRevocation::Revoked || !entry || !isListSignedBy(list.crl, recording.path[last]))
            continue;
        recording.findings.revokedAt = toDateTime(X509_REVOKED_get0_revocationDate(entry));
        setState(recording, last, PathRevocation::Revoked,
                 u"%1: the authority has revoked itself"_s.arg(toText(X509_get_subject_name(recording.path[last]))));
    }
}

/// Whether who is not on a list is good. One that anybody may have made out of a true one (MD5), that is malformed, too late or outdated, does not
/// tell; but who is on it stays revoked, which does less harm than the contrary.
bool tellsWhoIsGood(const X509_CRL *list, const PathSearch::Path &path, const QDateTime &at)
{
    return isListInOrder(list) && !provesNothing(X509_CRL_get_signature_nid(list)) && !hasListRunOut(list, at) && !isTooLate(list, path);
}

/// Whether what `list` says about the certificate was taken back since with the same key: by a complete list without it, or by a delta list. One
/// that only drops who has expired takes nothing back, nor does one that proves nothing or is malformed.
bool isTakenBack(const Recording &recording, const UsableList &list, X509 *certificate)
{
    constexpr int kListed = 1;
    constexpr int kReleased = 2;
    return std::any_of(recording.usable.begin(), recording.usable.end(), [&](const UsableList &later) {
        const QByteArray scope = scopeOfList(later.crl);
        const bool isOfSameKind = X509_NAME_cmp(X509_CRL_get_issuer(later.crl), X509_CRL_get_issuer(list.crl)) == 0
            && EVP_PKEY_eq(X509_get0_pubkey(later.signer), X509_get0_pubkey(list.signer)) == 1
            && (scope.isEmpty() || scope == scopeOfList(list.crl));
        if (!isOfSameKind || !isLaterList(later.crl, list.crl) || !wouldName(later.crl, certificate) || !isListInOrder(later.crl)
            || provesNothing(X509_CRL_get_signature_nid(later.crl)))
            return false;
        X509_REVOKED *entry = nullptr;
        const int answer = X509_CRL_get0_by_cert(later.crl, &entry, certificate);
        return isDeltaList(later.crl) ? answer == kReleased : answer != kListed;
    });
}

/// What a list says about the certificate and nobody took back since; nullptr for nothing.
const X509_REVOKED *standingEntry(const Recording &recording, const UsableList &list, X509 *certificate)
{
    const X509_REVOKED *const entry = entryAbout(certificate, list.crl);
    return entry && !isTakenBack(recording, list, certificate) ? entry : nullptr;
}

bool isRevoked(const Recording &recording, X509 *certificate)
{
    return std::any_of(recording.usable.begin(), recording.usable.end(),
                       [&](const UsableList &list) { return standingEntry(recording, list, certificate) != nullptr; });
}

/// Somebody beside the path who signs lists: in a path of two OpenSSL does not ask about him.
bool isByRevoked(const Recording &recording, const UsableList &list)
{
    return !isOn(recording.path, list.signer) && isRevoked(recording, list.signer);
}

/// Of several lists OpenSSL looks at the newest, which may be another key's of the same name, and it leaves a delta list aside if neither the
/// certificate nor the complete list points to it (freshestCRL), or if there is no complete list. For calling somebody good that is right; but an
/// authority that has said "revoked" has said it.
void recordListed(Recording &recording)
{
    for (std::size_t depth = 0; depth + 1 < recording.path.size(); ++depth) {
        for (const UsableList &list : recording.usable) {
            if (recording.states[depth] == PathRevocation::Revoked)
                break;
            if (const X509_REVOKED *entry = standingEntry(recording, list, recording.path[depth]))
                setRevoked(recording, depth, entry);
        }
    }
}

/// CRLs by X509_verify_cert; false if it could not run.
bool readLists(Recording &recording, const PathEvidence &evidence, const PathPolicy &policy)
{
    // A forged list must not revoke anybody: only those that verify are shown to OpenSSL, and of delta lists, of which it takes the first, the latest.
    const Owned<STACK_OF(X509_CRL), [](STACK_OF(X509_CRL) * stack) { sk_X509_CRL_free(stack); }> usable(sk_X509_CRL_new_null());
    std::vector<X509_CRL *> telling;
    const std::vector<X509 *> signers = possibleSigners(recording.path, evidence);
    for (X509_CRL *crl : evidence.crls) {
        if (const UsableList list = signedList(crl, signers, recording.path, evidence.anchors, policy); list.signer)
            recording.usable.push_back(list);
    }
    for (const UsableList &list : recording.usable)
        if (!list.isElsewhere && tellsWhoIsGood(list.crl, recording.path, policy.at) && !isByRevoked(recording, list))
            telling.push_back(list.crl);
    for (X509_CRL *crl : telling)
        if (std::none_of(telling.begin(), telling.end(), [crl](const X509_CRL *other) { return isSupersededBy(crl, other); }))
            sk_X509_CRL_push(usable.get(), crl);
    VerificationContext verification(recording.path, policy);
    if (!verification.context())
        return false;
    verification.setTime(policy.at);
    for (const UsableList &list : recording.usable)
        verification.addListSigners(list.way);
    // Asking for all includes the anchor, whose own list would only be verified once more.
    const unsigned long all = recording.path.size() > 2 ? X509_V_FLAG_CRL_CHECK_ALL : 0;
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(verification.context()),
                                X509_V_FLAG_CRL_CHECK | all | X509_V_FLAG_EXTENDED_CRL_SUPPORT | X509_V_FLAG_USE_DELTAS);
    X509_STORE_CTX_set0_crls(verification.context(), usable.get());
    // PathJudgement says what the path's own signatures are worth; here only the lists count.
    X509_STORE_CTX_set_verify(verification.context(), [](X509_STORE_CTX *) { return 1; });
    X509_STORE_CTX_set_app_data(verification.context(), &recording);
    X509_STORE_CTX_set_verify_cb(verification.context(), record);
    const bool hasRun = X509_verify_cert(verification.context()) == 1;
    recordSelfRevocation(recording);
    recordListed(recording);
    return hasRun;
}

/// RFC 6960 section 4.2.2.2.1: a responder whose own certificate was revoked answers for nobody. With id-pkix-ocsp-nocheck nobody need ask for a list
/// about it, but one that is at hand has been read.
bool isRevokedResponder(const Recording &recording, const QByteArray &responder)
{
    const X509Ptr certificate = responder.isEmpty() ? nullptr : rememberedX509(responder);
    return certificate && isRevoked(recording, certificate.get());
}

void recordResponse(Recording &recording, std::size_t depth, const OcspFindings &findings)
{
    const PathRevocation before = recording.states[depth];
    if (findings.state == PathRevocation::Revoked)
        recording.retirements.push_back(depth == 0 ? findings.retiredAt : QDateTime());
    if (before == PathRevocation::Revoked || isRevokedResponder(recording, findings.responder))
        return;
    if (findings.state == PathRevocation::Revoked) {
        setState(recording, depth, PathRevocation::Revoked, findings.detail);
        recording.findings.revokedAt = findings.revokedAt;
        return;
    }
    const bool isAboutIt = findings.thisUpdate.isValid();
    const bool isGood = findings.state == PathRevocation::Good && isNewsOf(recording.path[depth], findings.thisUpdate, findings.archiveCutoff);
    if (isGood)
        recording.states[depth] = PathRevocation::Good;
    else if (isAboutIt && before == PathRevocation::NotChecked) // Who was asked and does not know, or knew some time ago, has not been silent.
        setState(recording, depth, PathRevocation::Unknown, findings.detail.isEmpty() ? saidTooLate(recording.path[depth]) : findings.detail);
}

/// The first of all that is said about the end of the path, unless anything of it, or about the others, says more.
QDateTime retirementOfLeaf(const Recording &recording)
{
    const bool isLeafAlone = recording.path.size() > 1 && recording.states.front() == PathRevocation::Revoked
        && std::count(recording.states.begin(), recording.states.end(), PathRevocation::Revoked) == 1;
    if (!isLeafAlone)
        return {};
    std::vector<QDateTime> retirements = recording.retirements;
    for (const UsableList &list : recording.usable)
        if (const X509_REVOKED *const entry = entryAbout(recording.path.front(), list.crl))
            retirements.push_back(retirementOf(entry));
    const bool areAll = !retirements.empty() && std::all_of(retirements.begin(), retirements.end(), [](const QDateTime &one) { return one.isValid(); });
    return areAll ? *std::min_element(retirements.begin(), retirements.end()) : QDateTime();
}

/// Another key of an authority that is trusted as well: a root that was rekeyed. RFC 6960 section 4.2.2.2 wants the same key, and it calls nobody good
/// that the other one certified; but whoever may vouch for everybody may also say "revoked".
bool isTrustedNamesake(X509 *one, const X509_NAME *name, const PathEvidence &evidence)
{
    return X509_NAME_cmp(X509_get_subject_name(one), name) == 0 && X509_check_ca(one) != 0 && isOn(evidence.anchors, one);
}

struct Responders {
    std::vector<X509 *> keys; ///< The issuer's first, then those of its namesakes.
    const std::vector<X509 *> &beside;
};

Responders respondersFor(X509 *issuer, const PathEvidence &evidence)
{
    Responders responders{{issuer}, evidence.certificates};
    for (X509 *anchor : evidence.anchors)
        if (X509_cmp(anchor, issuer) != 0 && isTrustedNamesake(anchor, X509_get_subject_name(issuer), evidence))
            responders.keys.push_back(anchor);
    return responders;
}

void readResponse(Recording &recording, std::size_t depth, const QByteArray &response, const Responders &responders, const PathPolicy &policy)
{
    // One about somebody else is only read; one about a certificate of the path is verified.
    constexpr qint64 kReadingPoints = 20;
    constexpr qint64 kOctetsReadForOnePoint = 8;
    constexpr qint64 kResponsePoints = 2000;
    X509 *const issuer = responders.keys.front();
    for (X509 *key : responders.keys) {
        if (policy.effort->isSpent())
            return;
        const OcspFindings findings = checkOcspResponse(response, recording.path[depth], {issuer, key}, policy.at, responders.beside);
        policy.effort->spend(findings.isAboutAnother ? std::max<qint64>(kReadingPoints, response.size() / kOctetsReadForOnePoint) : kResponsePoints);
        if (key == issuer || findings.state == PathRevocation::Revoked)
            recordResponse(recording, depth, findings);
    }
}

void readResponses(Recording &recording, const PathEvidence &evidence, const PathPolicy &policy)
{
    for (std::size_t depth = 0; depth + 1 < recording.path.size(); ++depth) {
        const Responders responders = respondersFor(recording.path[depth + 1], evidence);
        for (const QByteArray &response : policy.ocspResponses)
            readResponse(recording, depth, response, responders, policy);
    }
}

} // namespace

RevocationFindings checkRevocation(const PathSearch::Path &path, const PathEvidence &evidence, const PathPolicy &policy)
{
    if (evidence.crls.empty() && policy.ocspResponses.isEmpty())
        return {};
    const auto nothing = evidence.crls.empty() ? PathRevocation::NotChecked : PathRevocation::Good;
    Recording recording{path, evidence.crls, {}, std::vector<PathRevocation>(path.size(), nothing), {}, {}};
    if (!evidence.crls.empty() && !readLists(recording, evidence, policy))
        return {PathRevocation::Unknown, {}, {}, u"CRLs could not be checked"_s};
    if (policy.at.isValid())
        readResponses(recording, evidence, policy);
    recording.findings.state = worstOf(recording.states);
    recording.findings.retiredAt = retirementOfLeaf(recording);
    if (recording.findings.state != PathRevocation::Revoked && recording.findings.state != PathRevocation::Unknown)
        recording.findings.detail.clear();
    return recording.findings;
}

} // namespace provider
