// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QDateTime>
#include <QList>
#include <QStringList>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace smime {

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
};

struct InspectedCertificate {
    QByteArray der;
    QString subject;
    QString issuer;
    QByteArray serial;
    QStringList addresses;
    QDateTime notBefore;
    QDateTime notAfter;
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
    std::shared_ptr<const InspectedPart> content; ///< The MIME entity inside an opaque signature, if it is one.
};

/// One entity of the MIME tree. Offsets are octets of the input, or of the content of the CMS around it.
struct InspectedPart {
    QByteArray number;
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
};

/// The structure of a message without any key; also of a bare CMS object. Errors: those of mime::parseStructure.
[[nodiscard]] base::Result<InspectedPart> inspect(const QByteArray &message);

} // namespace smime
