// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "smime/Open.h"

#include <QDateTime>
#include <QList>
#include <QStringList>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace smime {

/// One field of an ASN.1 structure by the name that its RFC gives it, with what is inside. RFC 5652, 5083, 5280, 9629.
struct InspectedField {
    QString name;                     ///< "signerInfos", "digestAlgorithm"; not translated.
    QString value;                    ///< For people; empty for one that only holds others.
    QByteArray octets;                ///< What stands behind the value, for copy and export; may be empty.
    std::vector<InspectedField> fields;

    bool operator==(const InspectedField &) const = default;
};

struct InspectedSigner {
    QString issuer;
    QByteArray serial;                ///< Lower-case hex.
    QByteArray subjectKeyIdentifier;  ///< Lower-case hex, empty if named by issuer and serial.
    QString digest;
    QString algorithm;
    QDateTime signingTime;
    QStringList signedAttributes;     ///< Dotted OIDs.
};

struct InspectedRecipient {
    QString kind;                     ///< As in `wax open --json`.
    QString issuer;
    QByteArray serial;
    QByteArray subjectKeyIdentifier;
    QString algorithm;
    QString keyWrap;
    bool isSelf = false;              ///< It names one of the own certificates.
    QString name;                     ///< From a certificate at hand; empty if nobody is known by this number.
};

struct InspectedCertificate {
    QByteArray der;
    QString subject;
    QString issuer;
    QByteArray serial;
    QStringList addresses;
    QDateTime notBefore;
    QDateTime notAfter;
    Chain chain = Chain::NotChecked;  ///< Up to the anchors at hand; for any purpose, the time apart.
    QList<QByteArray> path;           ///< DER from the issuer to the anchor, as far as it was found.
    QString detail;                   ///< What there is to object to the path, in English.
};

struct InspectedPart;

/// A CMS object as anybody can see it, without a key.
struct InspectedCms {
    std::optional<base::Error> fault; ///< It cannot be read; all else is then empty.
    QString type;                     ///< "SignedData", "EnvelopedData", ...
    int version = 0;
    bool isIndefinite = false;
    bool isDetached = false;
    QByteArray innerType;             ///< Dotted OID.
    qint64 contentOctets = 0;
    QString cipher;
    QList<InspectedSigner> signers;
    QList<InspectedRecipient> recipients;
    QList<InspectedCertificate> certificates;
    int crlCount = 0;
    std::vector<InspectedField> fields; ///< Everything, by RFC names.
    QByteArray der;                   ///< The object itself, for provider::readAsn1Tree() and for export.
    /// The MIME entity inside an opaque signature, a compression, or an encryption that one of the keys opens.
    std::shared_ptr<const InspectedPart> content;
};

/// One entity of the MIME tree. Offsets are octets of the input, or of the content of the CMS around it.
struct InspectedPart {
    QByteArray number;                ///< As in `wax open --json`: what is inside the CMS of part 1.2 begins with 1.2.1.
    QByteArray type;
    qint64 begin = 0;
    qint64 bodyBegin = 0;
    qint64 end = 0;
    QByteArray encoding;
    QString charset;
    QString fileName;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< Name and raw value.
    std::vector<InspectedPart> children;
    std::optional<InspectedCms> cms;
    QByteArray source;                ///< The octets that the offsets refer to; shared.

    /// The body with its transfer encoding undone.
    [[nodiscard]] QByteArray content() const;
    /// Header and body as they lie in `source`.
    [[nodiscard]] QByteArray raw() const { return source.sliced(begin, end - begin); }
    /// This part or the one of that number inside it, also inside its CMS layers; null if there is none.
    [[nodiscard]] const InspectedPart *find(QByteArrayView partNumber) const;
};

/// What an inspection may know beside the message; nothing of it is needed.
struct InspectionMaterial {
    OpeningMaterial opening;          ///< Keys open layers; anchors and certificates complete paths and name recipients.
    QList<QByteArray> ownCertificates; ///< DER: "this is you", also while the keys are locked.
};

/// The structure of a message, also of a bare CMS object; without keys as far as anybody can see it. Nothing is verified but the paths
/// of certificates. Any thread; with keys it needs the provider. Errors: those of mime::parseStructure.
[[nodiscard]] base::Result<InspectedPart> inspect(const QByteArray &message, const InspectionMaterial &material = {});

} // namespace smime
