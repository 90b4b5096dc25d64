// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/LayerWalk.h"

#include "mime/FileName.h"
#include "mime/Text.h"
#include "provider/CmsStructure.h"
#include "smime/Armour.h"
#include "smime/Attachments.h"
#include "smime/CmsReading.h"
#include "smime/PartKind.h"
#include "smime/SignerAssessment.h"
#include "smime/Steps.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using provider::CmsContentType;

namespace smime {

namespace {

// Triple wrapping has three, a mailing list adds one or two; more is an attempt to keep us busy.
constexpr qsizetype kMaxLayers = 10;
// A digest of a list has a few; each costs a private key's operation.
constexpr qsizetype kMaxFurther = 8;
constexpr QByteArrayView kMailContentOid{"1.2.840.113549.1.7.1"}; // Data, RFC 8551 section 2.4.2

class LayerWalk
{
public:
    LayerWalk(Entity message, const OpenRequest &request, const base::Cancellation &cancellation, const WalkBegin &begin)
        : m_entity(std::move(message)), m_request(request), m_cancellation(cancellation), m_begin(begin)
    {
        m_result.isPart = begin.at == WalkBegin::At::Part;
    }

    WalkedMessage run();

private:
    enum class Next { Continue, Stop };

    Next undoOne();
    Next undoMultipartSigned();
    /// `canonical` is filled where a binary part must be read in the form that was signed.
    [[nodiscard]] VerifiedCms verifyParts(const mime::Part &content, const mime::Part &signature, QByteArray &canonical);
    Next goOnInside(const mime::Part &content, QByteArray canonical);
    Next undoCms(PartKind kind);
    Next undoOpaque(QByteArray der);
    Next undoUnsigned(QByteArray der, const provider::CmsStructure &structure);
    Next undoEncryption(QByteArray der, const provider::CmsStructure &structure);
    Next undoCompression(QByteArray der);
    Next descendToLayer();
    Next enter(QByteArray content);
    Next keepFile(QByteArray content);
    Next stopAt(base::Error error);
    Next stopAtText(QByteArray text);
    Next stopAtContent(QByteArray content);
    Next stopAtUnopened(const provider::CmsStructure &structure, EncryptionState state, base::Error error);
    void addSignedLayer(VerifiedCms verified, LayerForm form, qint64 signedOctets);
    void refuseOtherContent(SignatureVerdict &signature, const QByteArray &contentType);
    void addUnprotected(const mime::Part &part, const mime::Part &exceptFor);
    [[nodiscard]] bool isOpenedByItself(const mime::Part &part);
    [[nodiscard]] bool isBelowSignature() const;

    Entity m_entity;
    const OpenRequest &m_request;
    const base::Cancellation &m_cancellation;
    const WalkBegin m_begin;
    CmsSession m_session;
    WalkedMessage m_result;
    qsizetype m_barelyWrapped = 0; ///< How often something was opened that protects nothing: SignedData that nobody signed, a letter kept as a file.
    bool m_isOpen = true;   ///< False once there is no payload to come.
};

// True if `part` is `other` or contains it. Numbers are paths, so a prefix decides.
bool contains(const mime::Part &part, const mime::Part &other)
{
    return other.number == part.number || other.number.startsWith(part.number + '.');
}

bool hasBinaryPart(const mime::Part &part)
{
    return part.encoding == mime::TransferEncoding::Binary || std::any_of(part.children.begin(), part.children.end(), hasBinaryPart);
}

bool isContentChanged(const VerifiedCms &verified)
{
    const QList<provider::CmsSignerFacts> &signers = verified.facts.signers;
    return std::any_of(signers.begin(), signers.end(), [](const provider::CmsSignerFacts &signer) { return signer.defect == provider::CmsDefect::ContentChanged; });
}

// "Note: I do not agree" is no field that anybody shows, nor is a "Subject: I do not agree" in there. What says nothing of its type is plain text, so that
// nothing is lost by showing all of it, and all of it was signed. Nor do words stand before a header, but for the line of a mbox.
bool isBareText(QByteArrayView octets, const mime::Part &part)
{
    if (!part.firstField)
        return false;
    const bool hasWordsBefore = *part.firstField > part.header.begin && !part.header.of(octets).startsWith("From ");
    return hasWordsBefore || !part.saysMime;
}

// A letter in a letter is not encoded (RFC 2046 section 5.2.1). Gateways encode the one that they wrap whole (RFC 8551 section 3.1) all the same.
Entity withDecodedMessage(Entity entity)
{
    const mime::Part &part = entity.part();
    const bool isMessage = part.isType("message/rfc822") || part.isType("message/global");
    if (!isMessage || !part.children.empty() || mime::isIdentity(part.encoding))
        return entity;
    Entity decoded;
    decoded.prefix = entity.globalNumber(part).toLatin1();
    for (const mime::HeaderField &field : mime::headersOf(entity.octets, part).fields)
        if (!field.is("Content-Transfer-Encoding"))
            decoded.octets += field.whole.of(entity.octets);
    decoded.octets += "\r\n" + mime::contentOf(entity.octets, part).octets;
    base::Result<mime::Structure> structure = mime::parseStructure(decoded.octets);
    if (!structure)
        return entity;
    decoded.structure = std::move(structure).value();
    return decoded;
}

WalkedMessage LayerWalk::run()
{
    Next next = Next::Continue;
    while (next == Next::Continue) {
        if (m_cancellation.isRequested()) {
            next = stopAt({ErrorCode::Cancelled, {}, {}, {}});
        } else if (m_result.layers.size() + m_barelyWrapped >= kMaxLayers) {
            m_result.warnings.append(warning::TooManyLayers);
            m_result.isMalformed = true;
            next = stopAt({ErrorCode::MessageTooDeep, u"more than %1 layers of signatures and encryption"_s.arg(kMaxLayers), {}, {}});
        } else {
            next = undoOne();
        }
    }
    if (m_isOpen)
        m_result.payload = withDecodedMessage(std::move(m_entity));
    return std::move(m_result);
}

LayerWalk::Next LayerWalk::undoOne()
{
    const mime::Part &part = m_entity.part();
    const PartKind kind = kindOf(part);
    switch (kind) {
    case PartKind::MultipartSigned:
        return undoMultipartSigned();
    case PartKind::Cms:
    case PartKind::PerhapsCms:
        return undoCms(kind);
    case PartKind::Plain:
        return descendToLayer();
    }
    Q_UNREACHABLE_RETURN(Next::Stop);
}

LayerWalk::Next LayerWalk::stopAt(base::Error error)
{
    m_result.fault = std::move(error);
    m_isOpen = false;
    return Next::Stop;
}

LayerWalk::Next LayerWalk::stopAtText(QByteArray text)
{
    m_result.rawPayload = std::move(text);
    m_isOpen = false;
    return Next::Stop;
}

// Without a header of its own. Scripts seal files like this, too, and no text holds NUL (RFC 2045 section 2.8).
LayerWalk::Next LayerWalk::stopAtContent(QByteArray content)
{
    return content.contains('\0') ? keepFile(std::move(content)) : stopAtText(std::move(content));
}

LayerWalk::Next LayerWalk::stopAtUnopened(const provider::CmsStructure &structure, EncryptionState state, base::Error error)
{
    WalkedLayer walked;
    walked.layer.kind = LayerKind::Enveloped;
    walked.layer.part = m_entity.globalNumber(m_entity.part());
    walked.layer.encryption.state = state;
    walked.layer.encryption.cipher = structure.contentEncryption.name;
    m_result.layers.append(walked);
    return stopAt(std::move(error));
}

bool LayerWalk::isBelowSignature() const
{
    return std::any_of(m_result.layers.begin(), m_result.layers.end(),
                       [](const WalkedLayer &walked) { return walked.layer.kind == LayerKind::Signed; });
}

void LayerWalk::addSignedLayer(VerifiedCms verified, LayerForm form, qint64 signedOctets)
{
    WalkedLayer walked;
    walked.layer.kind = LayerKind::Signed;
    walked.layer.form = form;
    walked.layer.part = m_entity.globalNumber(m_entity.part());
    for (const provider::CmsSignerFacts &facts : verified.facts.signers)
        walked.layer.signature.signers.append(assessSigner(facts, verified.facts, m_request, m_begin.effort));
    SignatureVerdict &signature = walked.layer.signature;
    signature.axes = worst(signature.signers);
    // A signature that cannot be read at all protects nothing, and whoever removes signers must not make it look unsigned.
    if (verified.fault) {
        signature.axes.integrity = Integrity::Invalid;
        signature.detail = verified.fault->detail;
    } else {
        refuseOtherContent(signature, verified.facts.innerTypeOid);
    }
    signature.coverage = m_result.isPart ? Coverage::Part : Coverage::Whole;
    m_result.certificates += verified.facts.certificates;
    m_result.crls += verified.facts.crls;
    if (m_request.tellsSteps)
        appendSignatureSteps(m_result.steps, walked.layer, verified, signedOctets);
    walked.facts = std::move(verified.facts);
    m_result.layers.append(std::move(walked));
}

// RFC 8551 section 2.4.2: a message is of type Data. What somebody signed as a receipt, a time stamp or a program is no letter, whatever its
// octets look like.
void LayerWalk::refuseOtherContent(SignatureVerdict &signature, const QByteArray &contentType)
{
    if (signature.signers.isEmpty() || contentType == kMailContentOid)
        return;
    m_result.warnings.append(warning::ContentMismatch);
    for (Signer &signer : signature.signers) {
        if (signer.axes.integrity != Integrity::Valid)
            continue;
        signer.axes.integrity = Integrity::Unsupported;
        signer.detail = u"what was signed is not a message but of type %1"_s.arg(QString::fromLatin1(contentType));
    }
    signature.axes = worst(signature.signers);
}

// RFC 8551 section 3.1.1: what is signed is the canonical form, also if a store keeps LF. Only in a binary part a line feed may be an octet
// like others, and what was signed is the content as it stands; some programs do not announce one, but no line holds NUL (RFC 2045 section 2.8).
// A lone CR is never taken for the CRLF that was signed: to whoever reads the parts it ends no line, so that a boundary behind it is none, and what
// was signed before it would be gone.
VerifiedCms LayerWalk::verifyParts(const mime::Part &content, const mime::Part &signature, QByteArray &canonical)
{
    const QByteArrayView view = content.whole.of(m_entity.octets);
    const QByteArray octets = QByteArray::fromRawData(view.data(), view.size());
    const QByteArray der = cmsOctetsOf(m_entity.octets, signature);
    const auto verifyAs = [&](const QByteArray &form) { return verifyDetached(m_session, der, {form}, m_request.material, m_begin.effort); };
    if (!mime::hasBareLineFeed(view))
        return verifyAs(octets);
    QByteArray form = mime::withCanonicalLineFeeds(view);
    VerifiedCms verified = verifyAs(form);
    if (!hasBinaryPart(content) && !view.contains('\0'))
        return verified;
    if (!isContentChanged(verified)) {
        canonical = std::move(form);
        return verified;
    }
    VerifiedCms asItStands = verifyAs(octets);
    return isContentChanged(asItStands) ? std::move(verified) : std::move(asItStands);
}

// A file in a binary part is what was signed, not what the lines of it became in a store, or in the hands of somebody on the way.
LayerWalk::Next LayerWalk::goOnInside(const mime::Part &content, QByteArray canonical)
{
    if (isBareText(m_entity.octets, content))
        return stopAtText(content.whole.of(m_entity.octets).toByteArray());
    base::Result<mime::Structure> structure = canonical.isEmpty() ? base::Result<mime::Structure>(ErrorCode::MessageEmpty) : mime::parseStructure(canonical);
    if (!structure) {
        m_entity.number = content.number;
        return Next::Continue;
    }
    Entity inner;
    inner.prefix = m_entity.globalNumber(content).toLatin1();
    inner.octets = std::move(canonical);
    inner.structure = std::move(structure).value();
    m_entity = std::move(inner);
    return Next::Continue;
}

LayerWalk::Next LayerWalk::undoMultipartSigned()
{
    const mime::Part &part = m_entity.part();
    if (part.children.empty())
        return Next::Stop;
    const mime::Part &content = part.children.front();
    VerifiedCms verified;
    QByteArray canonical;
    if (part.children.size() < 2)
        verified.fault = base::Error{ErrorCode::CmsMalformed, u"multipart/signed without a signature"_s, part.body.begin, {}};
    else
        verified = verifyParts(content, part.children[1], canonical);
    if (!verified.fault && verified.facts.signers.isEmpty()) {
        m_result.warnings.append(warning::CertificatesOnly);
        m_result.certificates += verified.facts.certificates;
    } else {
        addSignedLayer(std::move(verified), LayerForm::Detached, content.whole.size());
        m_result.signedOctets = {m_entity.octets, content.whole.begin, content.whole.size()};
    }
    for (std::size_t i = 2; i < part.children.size(); ++i) {
        m_result.isPart = true;
        addUnprotected(part.children[i], content);
    }
    if (m_result.isPart && !m_result.layers.isEmpty())
        m_result.layers.last().layer.signature.coverage = Coverage::Part;
    return goOnInside(content, std::move(canonical));
}

LayerWalk::Next LayerWalk::undoCms(PartKind kind)
{
    const mime::Part &part = m_entity.part();
    QByteArray der = cmsOctetsOf(m_entity.octets, part);
    const base::Result<provider::CmsStructure> structure = provider::readCmsStructure(der);
    if (!structure && holdsSignedEntity(der)) {
        ++m_barelyWrapped;
        return enter(std::move(der));
    }
    // What is only called a signature holds a letter, or is a file to save.
    if (kind == PartKind::PerhapsCms && (!structure || (!mime::isSealedFileName(part.fileName()) && !isLayer(m_entity.octets, part))))
        return Next::Stop;
    if (!structure) {
        base::Error error = structure.error();
        error.detail = u"part %1: %2"_s.arg(m_entity.globalNumber(part), error.detail);
        m_result.isMalformed = true;
        return stopAt(std::move(error));
    }
    if (m_result.layers.isEmpty())
        m_result.trailingOctets = structure->trailingOctets;
    switch (structure->type) {
    case CmsContentType::SignedData:
        return structure->isCertificatesOnly() ? undoUnsigned(std::move(der), *structure) : undoOpaque(std::move(der));
    case CmsContentType::EnvelopedData:
    case CmsContentType::AuthEnvelopedData:
        return undoEncryption(std::move(der), *structure);
    case CmsContentType::CompressedData:
        return undoCompression(std::move(der));
    case CmsContentType::EncryptedData:
        return stopAtUnopened(*structure, EncryptionState::NoKey, {ErrorCode::NoDecryptionKey, u"EncryptedData: its key is agreed on elsewhere, not in the mail"_s, {}, {}});
    case CmsContentType::Unknown:
    case CmsContentType::AuthenticatedData:
        // Such as SM2 has of its own, or PKCS #7 before CMS: nobody may take for plain what says that it is sealed mail.
        if (kind == PartKind::Cms)
            return stopAtUnopened(*structure, EncryptionState::Failed, {ErrorCode::AlgorithmUnsupported, u"CMS content type %1"_s.arg(QString::fromLatin1(structure->typeOid)), {}, {}});
        break;
    case CmsContentType::Data:
    case CmsContentType::DigestedData:
        break;
    }
    return Next::Stop;
}

LayerWalk::Next LayerWalk::undoOpaque(QByteArray der)
{
    VerifiedCms verified = verifyOpaque(m_session, std::move(der), m_request.material, m_begin.effort);
    QByteArray content = std::move(verified.content);
    const std::optional<base::Error> fault = verified.fault;
    // A receipt, a time stamp: a structure to save, and no text to read.
    constexpr char kStructureTag = '\x30';
    const bool isStructure = verified.facts.innerTypeOid != kMailContentOid && content.startsWith(kStructureTag);
    addSignedLayer(std::move(verified), LayerForm::Opaque, content.size());
    if (fault)
        return stopAt(*fault);
    m_result.signedOctets = {content, 0, content.size()};
    return isStructure ? keepFile(std::move(content)) : enter(std::move(content));
}

// RFC 8551 section 3.8: certificates, never a signature. If there is a letter inside all the same, because somebody took the signers away, it is
// read as if it had come without.
LayerWalk::Next LayerWalk::undoUnsigned(QByteArray der, const provider::CmsStructure &structure)
{
    m_result.warnings.append(warning::CertificatesOnly);
    m_result.certificates += structure.certificates;
    ++m_barelyWrapped;
    if (structure.contentOctets == 0 || structure.innerTypeOid != kMailContentOid)
        return Next::Stop;
    VerifiedCms read = verifyOpaque(m_session, std::move(der), m_request.material, m_begin.effort);
    return read.fault ? Next::Stop : enter(std::move(read.content));
}

LayerWalk::Next LayerWalk::undoEncryption(QByteArray der, const provider::CmsStructure &structure)
{
    const bool isAuthenticated = structure.type == CmsContentType::AuthEnvelopedData;
    WalkedLayer walked;
    walked.layer.kind = isAuthenticated ? LayerKind::AuthEnveloped : LayerKind::Enveloped;
    walked.layer.part = m_entity.globalNumber(m_entity.part());
    DecryptedCms decrypted = decryptCms(m_session, std::move(der), structure, m_request.material, m_begin.effort);
    QByteArray content = std::move(decrypted.content);
    walked.layer.encryption = decrypted.verdict;
    if (m_request.tellsSteps)
        appendEncryptionSteps(m_result.steps, walked.layer, structure, decrypted, content.size());
    const std::optional<base::Error> fault = decrypted.fault;
    walked.facts = std::move(decrypted.facts);
    m_result.layers.append(std::move(walked));
    return fault ? stopAt(*fault) : enter(std::move(content));
}

LayerWalk::Next LayerWalk::undoCompression(QByteArray der)
{
    WalkedLayer walked;
    walked.layer.kind = LayerKind::Compressed;
    walked.layer.part = m_entity.globalNumber(m_entity.part());
    const qint64 before = der.size();
    DecryptedCms inflated = decompressCms(m_session, std::move(der));
    if (m_request.tellsSteps)
        appendCompressionStep(m_result.steps, walked.layer, inflated, before);
    walked.facts = inflated.facts;
    m_result.layers.append(std::move(walked));
    if (!inflated.fault)
        return enter(std::move(inflated.content));
    m_result.isMalformed = true;
    return stopAt(*inflated.fault);
}

LayerWalk::Next LayerWalk::keepFile(QByteArray content)
{
    Attachment file;
    file.part = m_entity.globalNumber(m_entity.part());
    file.name = m_entity.part().fileName();
    const bool isSealedAgain = provider::readCmsStructure(withoutArmour(content)).isOk(); // Signed by somebody, whoever encrypted it.
    if (mime::isSealedFileName(file.name) && !isSealedAgain)
        file.name.chop(4);
    file.type = "application/octet-stream";
    file.sizeOctets = content.size();
    file.length = content.size();
    file.transferEncoding = "binary";
    file.source = std::move(content);
    m_result.file = std::move(file);
    m_isOpen = false;
    return Next::Stop;
}

// What was inside a CMS becomes the entity to look at. Many a test message encloses bare text: it is shown as such.
LayerWalk::Next LayerWalk::enter(QByteArray content)
{
    if (m_result.isPart && isFile(m_entity.part(), content))
        return keepFile(std::move(content));
    // Scripts that sign and then encrypt hand on the object itself, with no mail around it.
    if (std::optional<QByteArray> mail = mailAroundBareCms(content))
        content = std::move(*mail);
    base::Result<mime::Structure> structure = mime::parseStructure(content);
    if (!structure) {
        const ErrorCode code = structure.error().code;
        if (code == ErrorCode::MessageMalformed || code == ErrorCode::MessageEmpty)
            return stopAtContent(std::move(content));
        m_result.isMalformed = true;
        return stopAt(structure.error());
    }
    if (isBareText(content, structure->root))
        return stopAtContent(std::move(content));
    Entity inner;
    inner.prefix = m_entity.globalNumber(m_entity.part()).toLatin1() + ".1";
    inner.octets = std::move(content);
    inner.structure = std::move(structure).value();
    m_entity = std::move(inner);
    return Next::Continue;
}

// CONTRACT.md: a protected part below an unprotected multipart is a message of its own. What a signature covers as a whole is
// not searched: it could wrap somebody else's ciphertext.
LayerWalk::Next LayerWalk::descendToLayer()
{
    const mime::Part &part = m_entity.part();
    if (isBelowSignature())
        return Next::Stop;
    const mime::Part *found = firstLayerBelow(m_entity.octets, part);
    if (!found)
        return Next::Stop;
    const PartKind kind = kindOf(*found);
    bool isEncrypted = false;
    if (kind != PartKind::MultipartSigned) {
        const QByteArray der = cmsOctetsOf(m_entity.octets, *found);
        const base::Result<provider::CmsStructure> structure = provider::readCmsStructure(der);
        isEncrypted = structure && structure->type != CmsContentType::SignedData;
    }
    m_result.warnings.append(isEncrypted ? warning::EncryptedPart : warning::SignedPart);
    m_result.isPart = true;
    addUnprotected(part, *found);
    m_entity.number = QByteArray(found->number);
    return Next::Continue;
}

void LayerWalk::addUnprotected(const mime::Part &part, const mime::Part &exceptFor)
{
    if (part.number == exceptFor.number)
        return;
    if (part.isMultipart() && (kindOf(part) == PartKind::Plain || contains(part, exceptFor))) {
        for (const mime::Part &child : part.children)
            addUnprotected(child, exceptFor);
        return;
    }
    if (isOpenedByItself(part))
        return;
    const bool isText = part.type.value.startsWith("text/") && part.disposition.value != "attachment";
    if (isText)
        m_result.unprotected.append({m_entity.globalNumber(part), plainTextOf(m_entity, part)});
    else
        m_result.unprotectedAttachments.append(attachmentOf(m_entity, part, CryptographicStatus::None));
}

// A protected part among those that are not entered. It is neither a text nor a file that nothing protects.
bool LayerWalk::isOpenedByItself(const mime::Part &part)
{
    if (m_begin.at == WalkBegin::At::Part || m_result.further.size() >= kMaxFurther || !isLayer(m_entity.octets, part))
        return false;
    Entity further = m_entity;
    further.number = part.number;
    m_result.further.append(std::move(further));
    return true;
}

} // namespace

QString Entity::globalNumber(const mime::Part &part) const
{
    return QString::fromLatin1(prefix + part.number.sliced(1));
}

WalkedMessage walkLayers(Entity message, const OpenRequest &request, const base::Cancellation &cancellation, const WalkBegin &begin)
{
    return LayerWalk{std::move(message), request, cancellation, begin}.run();
}

} // namespace smime
