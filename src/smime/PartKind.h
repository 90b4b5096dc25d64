// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"

namespace smime {

/// What a part is for the walk.
enum class PartKind { Plain, MultipartSigned, Cms, PerhapsCms };

/// By type, protocol and file name: RFC 8551 sections 3.2.1, 3.5.3 and 3.9. PerhapsCms: only the name says so.
[[nodiscard]] PartKind kindOf(const mime::Part &part);

/// True if opening the message may find more than plain mail: a layer, or what is left of one. Goes by types and names and looks at no CMS.
[[nodiscard]] bool mayBeSealed(const mime::Structure &structure);

/// True if `content`, which the CMS in `part` holds, is a file and no mail: an invoice or a contract that was signed (CAdES) or encrypted as such travels
/// as .p7m, too. Who signed it need not be who sent it.
[[nodiscard]] bool isFile(const mime::Part &part, QByteArrayView content);

/// True if what is called smime.p7m is no CMS but a whole multipart/signed with its own header: Exchange keeps letters so, and what was exported from
/// it travels as such.
[[nodiscard]] bool holdsSignedEntity(QByteArrayView content);

/// True if the CMS inside is a layer to undo: mail signed by somebody, encrypted or compressed; or if a signed entity is. Certificates alone are none,
/// nor is a file that was signed as such.
[[nodiscard]] bool isLayer(QByteArrayView message, const mime::Part &part);

/// The first layer below `part`, in depth-first order; neither messages inside nor signed multiparts are entered. Null if none.
[[nodiscard]] const mime::Part *firstLayerBelow(QByteArrayView message, const mime::Part &part);

} // namespace smime
