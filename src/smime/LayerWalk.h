// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"
#include "provider/CmsFacts.h"
#include "provider/PathPolicy.h"
#include "smime/Open.h"

#include <memory>

namespace smime {

/// An entity and the octets that it refers to.
struct Entity {
    QByteArray octets;
    mime::Structure structure;
    QByteArray number = "1";   ///< Of the part within `structure`.
    QByteArray prefix = "1";   ///< What "1" of `structure` is called in the whole message.

    [[nodiscard]] const mime::Part &part() const { return *structure.find(number); }
    /// The number of a part of `structure`, as the whole message counts.
    [[nodiscard]] QString globalNumber(const mime::Part &part) const;
};

/// One undone layer with what the later stages need of it.
struct WalkedLayer {
    Layer layer;
    provider::CmsFacts facts;
};

/// What is left when every layer is undone.
struct WalkedMessage {
    QList<WalkedLayer> layers;            ///< From the outside in.
    std::optional<Entity> payload;        ///< Nothing if it could not be opened.
    QByteArray rawPayload;                ///< Content that is no MIME entity; shown as plain text.
    std::optional<Attachment> file;       ///< What was encrypted as a file beside other text, instead of a payload.
    QList<Entity> further;                ///< Protected parts beside the one that was entered; each is a message of its own.
    OctetRange signedOctets;              ///< Of the innermost signature.
    QList<UnprotectedPart> unprotected;
    QList<Attachment> unprotectedAttachments;
    bool isPart = false;                  ///< The protection covers a part of the message only.
    QList<QByteArray> certificates;       ///< DER, of all layers.
    QList<QByteArray> crls;               ///< DER, of all layers.
    QStringList warnings;
    QList<Step> steps;
    std::optional<base::Error> fault;
    bool isMalformed = false;
    qint64 trailingOctets = 0;            ///< Behind the outermost CMS object, where nothing belongs.
};

/// Where a walk begins: at a whole message, or at one of several protected parts of it. The effort is shared by all walks of a message.
struct WalkBegin {
    enum class At { Message, Part } at = At::Message;
    std::shared_ptr<provider::PathEffort> effort = std::make_shared<provider::PathEffort>();
};

/// Undoes the layers of `message` one after the other: multipart/signed, application/pkcs7-mime whatever it is called.
/// Never looks into message/rfc822, nor into what a signature covers beside other text. Bounded.
[[nodiscard]] WalkedMessage walkLayers(Entity message, const OpenRequest &request, const base::Cancellation &cancellation, const WalkBegin &begin = {});

} // namespace smime
