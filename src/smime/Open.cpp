// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Open.h"

#include "mime/Charset.h"
#include "mime/Header.h"
#include "mime/Text.h"
#include "smime/Armour.h"
#include "smime/CmsReading.h"
#include "smime/LayerWalk.h"
#include "smime/LeadIn.h"
#include "smime/OpenedBody.h"
#include "smime/ShownHeaders.h"
#include "smime/SignerAssessment.h"
#include "smime/StructureDiagnosis.h"
#include "smime/Steps.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace smime {

namespace {

// RFC 5652 section 11.3 lets the signer claim any time; a letter dated far from it may be an old one in new clothes.
constexpr qint64 kDateToleranceSeconds = 60 * 60;
constexpr QByteArrayView kReceiptRequestOid{"1.2.840.113549.1.9.16.2.1"};

/// Puts together what the walk found: which layers bear, headers, body, verdict.
class Opening
{
public:
    Opening(const OpenRequest &request, const base::Cancellation &cancellation) : m_request(request), m_cancellation(cancellation) {}

    OpenedMessage run();
    /// One of several protected parts of a mail with these headers.
    OpenedMessage runPart(Entity part, const mime::Headers &outer, const WalkBegin &begin);

private:
    [[nodiscard]] std::optional<Entity> readMessage();
    void chooseBearing();
    void readProtectedHeaders();
    void assessIdentities();
    void assessSignature();
    void assessEncryption();
    void recallSigners();
    void learnFromSigner();
    void assess(Entity entity, const WalkBegin &begin);
    void openFurther(const WalkBegin &begin);
    void addBody();
    void diagnose();
    void diagnoseFrame();
    [[nodiscard]] bool isContentOfAnother() const;
    [[nodiscard]] bool isAddressedToOthers() const;
    void warn();
    [[nodiscard]] bool isEncrypted(const WalkedLayer &walked) const;
    [[nodiscard]] bool isSignatureIntact() const;
    [[nodiscard]] CryptographicStatus protection() const;
    [[nodiscard]] HtmlUse htmlUse() const;
    [[nodiscard]] SignatureAxes bearingAxes() const;
    void warnIf(bool condition, QLatin1StringView code);

    const OpenRequest &m_request;
    const base::Cancellation &m_cancellation;
    OpenedMessage m_message;
    WalkedMessage m_walked;
    mime::Headers m_outer;
    mime::Headers m_inner;        ///< Of the payload, if its header is protected.
    std::optional<SignatureDiagnosis> m_frame;
    ShownHeaders m_headers;
    bool m_isFurther = false;     ///< One of several protected parts.
    QList<qsizetype> m_bearing;   ///< Indices of the layers whose signature bears.
};

void recollect(const Recollection &recollection, SignatureVerdict &signature)
{
    signature.continuity = recollection.continuity;
    signature.continuityCount = recollection.count;
    signature.continuitySince = recollection.since;
}

bool Opening::isEncrypted(const WalkedLayer &walked) const
{
    return walked.layer.kind == LayerKind::Enveloped || walked.layer.kind == LayerKind::AuthEnveloped;
}

// A bare CMS file is looked at as if it were the only content of a mail.
std::optional<Entity> Opening::readMessage()
{
    Entity entity;
    const qsizetype leadIn = leadInOctets(m_request.message);
    entity.octets = leadIn == 0 ? m_request.message : m_request.message.sliced(leadIn);
    if (std::optional<QByteArray> mail = mailAroundBareCms(entity.octets))
        entity.octets = std::move(*mail);
    base::Result<mime::Structure> structure = mime::parseStructure(entity.octets);
    if (!structure) {
        m_message.fault = structure.error();
        m_outer = mime::parseHeaders(QByteArrayView(entity.octets).first(std::min<qsizetype>(entity.octets.size(), 64 * 1024)));
        return std::nullopt;
    }
    entity.structure = std::move(structure).value();
    m_outer = mime::headersOf(entity.octets, entity.structure.root);
    m_frame = diagnoseStructure(entity.octets, entity.structure);
    if (m_request.tellsSteps)
        appendReceivedStep(m_message.steps, m_request.message, entity.structure);
    return entity;
}

// CONTRACT.md: the outermost signed layer whose content is the whole message, and every layer inside it; but a signature
// directly around ciphertext without one inside says only who sent it.
void Opening::chooseBearing()
{
    bool isSignedSinceEncryption = false;
    for (qsizetype i = 0; i < m_walked.layers.size(); ++i) {
        if (isEncrypted(m_walked.layers[i]))
            isSignedSinceEncryption = false;
        if (m_walked.layers[i].layer.kind != LayerKind::Signed)
            continue;
        isSignedSinceEncryption = true;
        m_bearing.append(i);
    }
    if (isSignedSinceEncryption || m_bearing.isEmpty())
        return;
    m_bearing.clear();
    warnIf(!m_walked.fault, warning::SignedOutsideEncryption);
}

bool Opening::isSignatureIntact() const
{
    return !m_bearing.isEmpty() && std::all_of(m_bearing.begin(), m_bearing.end(), [this](qsizetype i) {
        return m_walked.layers[i].layer.signature.axes.integrity == Integrity::Valid;
    });
}

void Opening::readProtectedHeaders()
{
    HeaderContext context;
    context.isSigned = isSignatureIntact();
    context.isEncrypted = std::any_of(m_walked.layers.begin(), m_walked.layers.end(),
                                      [this](const WalkedLayer &walked) { return isEncrypted(walked); }) && !m_walked.fault;
    for (qsizetype i : m_bearing)
        context.bearing += m_walked.layers[i].layer.signature.signers;
    const bool isProtecting = m_walked.payload && !m_walked.layers.isEmpty() && !m_walked.isPart;
    if (!isProtecting) {
        m_headers = readHeaders(m_outer, {}, HeaderScheme::None, context);
        return;
    }
    const Entity &payload = *m_walked.payload;
    const HeaderScheme scheme = schemeOf(m_outer, payload.octets, payload.part());
    m_inner = mime::headersOf(payload.octets, bodyRoot(payload.part(), scheme));
    m_headers = readHeaders(m_outer, m_inner, scheme, context);
}

void Opening::assessIdentities()
{
    for (WalkedLayer &walked : m_walked.layers) {
        if (walked.layer.kind != LayerKind::Signed)
            continue;
        SignatureVerdict &signature = walked.layer.signature;
        const Integrity integrity = signature.axes.integrity;
        for (Signer &signer : signature.signers)
            signer.axes.identity = assessIdentity(signer, m_headers.senders);
        signature.axes = worst(signature.signers);
        signature.axes.integrity = integrity;
    }
}

// The worst axis by axis. Only identity knows an exception: whoever signs somebody else's signed text in clear vouches for
// it under the own name; the inner signer need not be the sender. Around ciphertext nobody can vouch so.
SignatureAxes Opening::bearingAxes() const
{
    SignatureAxes axes = m_walked.layers[m_bearing.first()].layer.signature.axes;
    for (qsizetype n = 1; n < m_bearing.size(); ++n) {
        const qsizetype outer = m_bearing[n - 1];
        SignatureAxes inner = m_walked.layers[m_bearing[n]].layer.signature.axes;
        const bool isDirectlyInside = m_bearing[n] == outer + 1;
        if (isDirectlyInside && axes.identity == Identity::Match && axes.integrity == Integrity::Valid && inner.identity == Identity::Mismatch)
            inner.identity = Identity::Match;
        axes = worst(axes, inner);
    }
    return axes;
}

void Opening::assessSignature()
{
    if (m_bearing.isEmpty())
        return;
    SignatureVerdict &signature = m_message.verdict.signature;
    signature.axes = bearingAxes();
    signature.coverage = m_walked.isPart ? Coverage::Part : Coverage::Whole;
    for (qsizetype i : m_bearing) {
        const SignatureVerdict &layer = m_walked.layers[i].layer.signature;
        signature.signers += layer.signers;
        if (signature.detail.isEmpty())
            signature.detail = layer.detail;
    }
}

void Opening::assessEncryption()
{
    EncryptionVerdict &verdict = m_message.verdict.encryption;
    for (WalkedLayer &walked : m_walked.layers) {
        if (!isEncrypted(walked))
            continue;
        EncryptionVerdict &layer = walked.layer.encryption;
        nameRecipients(layer.recipients, m_walked.certificates + m_request.material.certificates + m_request.material.people);
        if (verdict.state == EncryptionState::None) {
            verdict = layer;
            continue;
        }
        // Of what is shut within what was opened, it matters who could open it.
        if (verdict.state == EncryptionState::Decrypted && layer.state != EncryptionState::Decrypted) {
            verdict.state = layer.state;
            verdict.recipients = layer.recipients;
        }
        // Of the innermost: whoever alters what somebody else encrypted can encrypt it once more, in a better way.
        verdict.protection = layer.protection;
    }
}

// Each layer by itself; for the message counts the outermost that the sender signed.
void Opening::recallSigners()
{
    if (!m_request.material.recall || m_headers.senders.size() != 1)
        return;
    SignatureVerdict &whole = m_message.verdict.signature;
    bool isRecalled = whole.axes.integrity != Integrity::Valid;
    for (qsizetype i = 0; i < m_walked.layers.size(); ++i) {
        SignatureVerdict &layer = m_walked.layers[i].layer.signature;
        const auto sender = std::find_if(layer.signers.begin(), layer.signers.end(), [](const Signer &signer) { return signer.axes.identity == Identity::Match; });
        if (layer.axes.integrity != Integrity::Valid || sender == layer.signers.end())
            continue;
        const Recollection recollection = m_request.material.recall(m_headers.senders.first(), sender->certificate);
        recollect(recollection, layer);
        if (!isRecalled && m_bearing.contains(i)) {
            recollect(recollection, whole);
            isRecalled = true;
        }
    }
}

// Only from the sender: somebody else, who signed as well or within, says nothing of the sender's program.
void Opening::learnFromSigner()
{
    for (auto i = m_bearing.crbegin(); i != m_bearing.crend(); ++i) {
        const WalkedLayer &walked = m_walked.layers[*i];
        const QList<Signer> &signers = walked.layer.signature.signers;
        const auto sender = std::find_if(signers.begin(), signers.end(), [](const Signer &signer) { return signer.axes.identity == Identity::Match; });
        if (sender == signers.end())
            continue;
        const provider::CmsSignerFacts &facts = walked.facts.signers[sender - signers.begin()];
        m_message.signerEncryptionCertificate = facts.preferredEncryptionDer;
        m_message.signerCapabilitiesDer = facts.capabilitiesDer;
        return;
    }
}

CryptographicStatus Opening::protection() const
{
    const bool isDecrypted = m_message.verdict.encryption.state == EncryptionState::Decrypted;
    if (isSignatureIntact())
        return isDecrypted ? CryptographicStatus::SignedAndEncrypted : CryptographicStatus::Signed;
    return isDecrypted ? CryptographicStatus::Encrypted : CryptographicStatus::None;
}

HtmlUse Opening::htmlUse() const
{
    const bool couldBeAltered = m_message.verdict.encryption.protection == Protection::Unauthenticated && !isSignatureIntact();
    if (couldBeAltered || m_isFurther)
        return HtmlUse::TextOnly;
    return m_walked.layers.isEmpty() ? HtmlUse::RenderWithStyles : HtmlUse::Render;
}

void Opening::addBody()
{
    if (m_walked.payload) {
        fillBody(m_message, *m_walked.payload, {m_inner, m_headers.scheme, protection(), htmlUse()});
    } else if (!m_walked.rawPayload.isEmpty()) {
        m_message.text = mime::toLineFeeds(mime::decodeCharset(m_walked.rawPayload, "utf-8").text);
    }
    if (m_walked.file) {
        m_walked.file->protection = protection();
        m_message.attachments.append(*m_walked.file);
    }
    m_message.unprotected = m_walked.unprotected;
    m_message.attachments += m_walked.unprotectedAttachments;
}

// Only where the digest of the content is the fault: then the octets are at hand, and so is what they should hash to.
void Opening::diagnose()
{
    if (m_message.verdict.signature.axes.integrity != Integrity::Invalid || m_walked.signedOctets.length == 0)
        return;
    const WalkedLayer &innermost = m_walked.layers[m_bearing.last()];
    for (const provider::CmsSignerFacts &facts : innermost.facts.signers) {
        if (facts.defect != provider::CmsDefect::ContentChanged)
            continue;
        const QByteArray octets = innermost.layer.form == LayerForm::Detached ? mime::withCanonicalLineFeeds(m_walked.signedOctets.view())
                                                                              : m_walked.signedOctets.view().toByteArray();
        m_message.diagnosis = diagnoseSignature(octets, facts.digestSigned, facts.signer.digest.name);
        return;
    }
}

// Headers that are protected name the message that they belong to: if the one around them has another name, somebody put
// this content there.
bool Opening::isContentOfAnother() const
{
    const QByteArray inside = m_inner.messageId();
    return m_headers.scheme != HeaderScheme::None && m_headers.scheme != HeaderScheme::Wrapped && !inside.isEmpty() && m_outer.first("Message-ID")
        && inside != m_outer.messageId();
}

// What needs no digest: the frame of the message, and whether it is the frame of this content.
void Opening::diagnoseFrame()
{
    if (m_message.diagnosis && m_message.diagnosis->damage != SignatureDamage::Unknown)
        return;
    const bool isCmsWhole = m_walked.trailingOctets == 0 && !(m_message.fault && m_message.fault->code == ErrorCode::CmsMalformed);
    if (!m_frame && !isCmsWhole)
        if (const base::Result<mime::Structure> structure = mime::parseStructure(m_request.message))
            m_frame = diagnoseCmsLength(m_request.message, structure->root);
    // An object that cannot be read grew within: what only lies behind it harms nothing.
    if (m_frame && m_frame->damage == SignatureDamage::Footer && m_walked.trailingOctets == 0)
        m_frame.reset();
    const bool isIntact = isSignatureIntact() || m_message.verdict.encryption.state == EncryptionState::Decrypted;
    const bool isHarmless = m_frame && (m_frame->damage == SignatureDamage::TypeRenamed || m_frame->damage == SignatureDamage::Footer);
    if (m_frame && (!isIntact || isHarmless))
        m_message.diagnosis = m_frame;
    else if (isIntact && isContentOfAnother())
        m_message.diagnosis = SignatureDiagnosis{SignatureDamage::Swapped, true, 0, m_inner.messageId(), m_outer.messageId()};
}

// No signature says for whom its letter was encrypted, so whoever may read it can encrypt it anew for others. But it says to whom it is addressed.
bool Opening::isAddressedToOthers() const
{
    if (m_message.verdict.encryption.state != EncryptionState::Decrypted || !isSignatureIntact())
        return false;
    QStringList own;
    for (const Recipient &recipient : m_message.verdict.encryption.recipients)
        if (recipient.isSelf)
            own += recipient.addresses;
    QStringList named;
    for (const ShownField &field : m_headers.fields)
        if ((field.name == "To" || field.name == "Cc") && field.protection != CryptographicStatus::None)
            for (const mime::Address &address : mime::parseAddresses(field.raw))
                named += address.mailbox;
    if (named.isEmpty() || own.isEmpty())
        return false;
    const mime::MailboxSet addressed(named + m_headers.senders); // The sender has a copy.
    return std::none_of(own.begin(), own.end(), [&addressed](const QString &address) { return addressed.contains(address); });
}

void Opening::warnIf(bool condition, QLatin1StringView code)
{
    QStringList &warnings = m_message.verdict.warnings;
    if (condition && !warnings.contains(code))
        warnings.append(code);
}

void Opening::warn()
{
    const Verdict &verdict = m_message.verdict;
    const SignatureVerdict &signature = verdict.signature;
    for (const QString &code : m_walked.warnings + m_headers.warnings)
        if (!verdict.warnings.contains(code))
            m_message.verdict.warnings.append(code);
    warnIf(verdict.encryption.protection == Protection::Unauthenticated && !isSignatureIntact(), warning::NotAuthenticated);
    warnIf(isAddressedToOthers(), warning::AddressedToOthers);
    const bool isWeak = signature.axes.strength == Strength::Weak || signature.axes.strength == Strength::Broken
        || verdict.encryption.strength == Strength::Weak || hasWeakReader(verdict.encryption);
    warnIf(isWeak, warning::WeakAlgorithm);
    bool isReceiptRequested = m_headers.isReceiptRequested;
    for (qsizetype i : m_bearing)
        for (const provider::CmsSignerFacts &facts : m_walked.layers[i].facts.signers)
            for (const provider::CmsAttribute &attribute : facts.signer.signedAttributes)
                isReceiptRequested = isReceiptRequested || attribute.oid == kReceiptRequestOid;
    warnIf(isReceiptRequested, warning::ReceiptRequested);
    for (const Signer &signer : signature.signers) {
        const bool isComparable = signer.signingTime.isValid() && m_headers.date;
        warnIf(!signer.others.isEmpty() && signer.axes.identity == Identity::NotChecked, warning::SharedKey);
        warnIf(isComparable && std::abs(signer.signingTime.secsTo(*m_headers.date)) > kDateToleranceSeconds, warning::DateDiffers);
    }
}

OpenedMessage Opening::run()
{
    std::optional<Entity> entity = readMessage();
    if (!entity) {
        m_headers = readHeaders(m_outer, {}, HeaderScheme::None, {});
        m_message.headers = m_headers.fields;
        m_message.verdict.summary = Summary::Malformed;
        return std::move(m_message);
    }
    const WalkBegin begin;
    assess(std::move(*entity), begin);
    openFurther(begin);
    return std::move(m_message);
}

OpenedMessage Opening::runPart(Entity part, const mime::Headers &outer, const WalkBegin &begin)
{
    m_isFurther = true;
    m_outer = outer;
    m_message.part = part.globalNumber(part.part());
    assess(std::move(part), {WalkBegin::At::Part, begin.effort});
    return std::move(m_message);
}

// Each by itself: what one of them holds is never beside another's in one text.
void Opening::openFurther(const WalkBegin &begin)
{
    for (Entity &part : m_walked.further) {
        Opening opening{m_request, m_cancellation};
        m_message.further.push_back(opening.runPart(std::move(part), m_outer, begin));
    }
    warnIf(!m_message.further.empty(), warning::FurtherPart);
}

void Opening::assess(Entity entity, const WalkBegin &begin)
{
    Verdict &verdict = m_message.verdict;
    m_walked = walkLayers(std::move(entity), m_request, m_cancellation, begin);
    m_message.steps += m_walked.steps;
    m_message.fault = m_walked.fault;
    chooseBearing();
    readProtectedHeaders();
    assessIdentities();
    assessSignature();
    assessEncryption();
    recallSigners();
    learnFromSigner();
    addBody();
    diagnose();
    if (!m_isFurther)
        diagnoseFrame();
    warn();
    for (const WalkedLayer &walked : m_walked.layers)
        verdict.layers.append(walked.layer);
    verdict.summary = summarise(verdict.signature, verdict.encryption, m_walked.isMalformed, m_request.material.revocation);
    if (m_request.tellsSteps)
        appendHeaderStep(m_message.steps, m_headers.fields, m_headers.isFromBound);
    m_message.headers = m_headers.fields;
    m_message.certificates = m_walked.certificates;
    m_message.crls = m_walked.crls;
    m_message.signedOctets = m_walked.signedOctets;
    m_message.messageId = m_headers.messageId;
    m_message.inReplyTo = m_headers.inReplyTo;
    m_message.references = m_headers.references;
}

} // namespace

const ShownField *OpenedMessage::header(QByteArrayView name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [name](const ShownField &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? nullptr : &*found;
}

QString OpenedMessage::headerValue(QByteArrayView name) const
{
    const ShownField *field = header(name);
    return field ? field->value : QString();
}

QDateTime OpenedMessage::date() const { return mime::parseDate(headerValue("Date").toUtf8()).value_or(QDateTime()); }

bool OpenedMessage::isEncrypted() const
{
    return verdict.encryption.state != EncryptionState::None || std::any_of(further.begin(), further.end(), [](const OpenedMessage &one) { return one.isEncrypted(); });
}

bool OpenedMessage::needsKey() const
{
    return verdict.encryption.state == EncryptionState::NoKey || std::any_of(further.begin(), further.end(), [](const OpenedMessage &one) { return one.needsKey(); });
}

bool OpenedMessage::needsPassword() const
{
    return mayOpenByPassword(verdict.encryption) || std::any_of(further.begin(), further.end(), [](const OpenedMessage &one) { return one.needsPassword(); });
}

std::optional<SignatureDiagnosis> diagnoseAgainst(const OpenedMessage &sent, const OpenedMessage &received)
{
    const bool isComparable = received.verdict.signature.axes.integrity == Integrity::Invalid && received.signedOctets.length > 0
        && sent.verdict.signature.axes.integrity == Integrity::Valid && sent.signedOctets.length > 0;
    if (!isComparable)
        return std::nullopt;
    const QByteArray was = mime::withCanonicalLineFeeds(sent.signedOctets.view());
    const QByteArray is = mime::withCanonicalLineFeeds(received.signedOctets.view());
    if (was == is)
        return std::nullopt; // Nothing that was signed has changed: what is wrong is the signature, or its frame.
    return compareSigned(was, is);
}

OpenedMessage open(const OpenRequest &request, const base::Cancellation &cancellation)
{
    return Opening{request, cancellation}.run();
}

} // namespace smime
