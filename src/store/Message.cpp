// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Message.h"

#include "mime/FileName.h"
#include "mime/Structure.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace store {

namespace {

SealState sealByContentType(const mime::ParameterisedValue &type)
{
    if (type.value == "multipart/signed")
        return SealState::Signed;
    if (type.value != "application/pkcs7-mime" && type.value != "application/x-pkcs7-mime")
        return SealState::Plain;
    // RFC 8551 section 3.2.2, RFC 2634 section 2.5, and Exchange's multipart-signed; without the parameter, encrypted is what it usually is.
    const QString smimeType = type.parameter("smime-type").toLower();
    if (smimeType.contains("signed"_L1) || smimeType == "certs-only"_L1)
        return SealState::Signed;
    return smimeType.isEmpty() || smimeType.contains("enveloped"_L1) ? SealState::Encrypted : SealState::NotAssessed;
}

/// A seal below the text of a list, or one that goes by its name only. What is in a forwarded letter is that letter's.
bool mayHoldSeal(const mime::Part &part)
{
    const QString name = part.fileName();
    const bool isNameless = part.isType("application/octet-stream") && name.isEmpty();
    return part.isType("multipart/signed") || part.type.value.contains("pkcs7-") || mime::isSealedFileName(name) || isNameless
        || (part.isMultipart() && std::any_of(part.children.begin(), part.children.end(), mayHoldSeal));
}

SealState guessedSeal(const mime::Structure &structure)
{
    const SealState seal = sealByContentType(structure.root.type);
    return seal == SealState::Plain && mayHoldSeal(structure.root) ? SealState::NotAssessed : seal;
}

/// What the user would call an attachment: not the wrapping of the seal itself. Many programs show files in line; pictures of HTML have an identifier.
bool isAttachment(const mime::Part *part)
{
    const mime::ParameterisedValue &type = part->type;
    if (type.value.contains("pkcs7-"))
        return false;
    if (part->disposition.value == "attachment" || part->isType("message/rfc822"))
        return true;
    const QString name = type.value.startsWith("application/") && part->contentId.isEmpty() ? part->fileName() : QString();
    return !name.isEmpty() && !mime::isSealedFileName(name);
}

bool hasAttachments(const mime::Structure &structure)
{
    const std::vector<const mime::Part *> parts = structure.flattened();
    return std::any_of(parts.begin(), parts.end(), isAttachment);
}

} // namespace

QString folderName(Folder folder)
{
    switch (folder) {
    case Folder::Inbox: return u"inbox"_s;
    case Folder::Drafts: return u"drafts"_s;
    case Folder::Sent: return u"sent"_s;
    case Folder::Outbox: return u"outbox"_s;
    case Folder::Waiting: return u"waiting"_s;
    case Folder::Trash: return u"trash"_s;
    case Folder::Archive: return u"archive"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<Folder> folderNamed(const QString &name)
{
    for (const Folder folder : kFolders) {
        if (name.compare(folderName(folder), Qt::CaseInsensitive) == 0)
            return folder;
    }
    return std::nullopt;
}

const char *sealName(SealState seal)
{
    switch (seal) {
    case SealState::NotAssessed: return "not-assessed";
    case SealState::Plain: return "plain";
    case SealState::Signed: return "signed";
    case SealState::Encrypted: return "encrypted";
    case SealState::Malformed: return "malformed";
    case SealState::CannotDecrypt: return "cannot-decrypt";
    case SealState::Altered: return "altered";
    case SealState::Impersonated: return "impersonated";
    case SealState::Verified:
    case SealState::VerifiedAddress: return "verified";
    case SealState::Unverified:
    case SealState::PartlySigned:
    case SealState::SignatureRefused: return "unverified";
    case SealState::Decrypted:
    case SealState::PerhapsAltered: return "decrypted";
    }
    Q_UNREACHABLE_RETURN("");
}

MessageSummary summarise(QByteArrayView octets)
{
    const mime::Headers headers = mime::parseHeaders(octets);
    MessageSummary summary;
    summary.from = headers.addresses("From");
    summary.to = headers.addresses("To") + headers.addresses("Cc") + headers.addresses("Bcc");
    summary.subject = headers.text("Subject");
    if (const std::optional<QDateTime> date = headers.date())
        summary.date = date->toUTC();
    summary.sizeOctets = octets.size();
    summary.messageId = headers.messageId();
    const base::Result<mime::Structure> structure = mime::parseStructure(octets);
    summary.seal = structure ? guessedSeal(*structure) : SealState::NotAssessed;
    if (structure && hasAttachments(*structure))
        summary.flags |= Flag::Attachments;
    return summary;
}

} // namespace store
