// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/HeaderProtection.h"

#include <QByteArray>
#include <QList>

namespace smime {

/// The beginning of an entity in another form; what follows `rest` stays where it lies, however long it is.
struct MarkedEntity {
    QByteArray front;
    qsizetype rest = 0;  ///< `front` stands for the octets up to here; 0: nothing was marked.
};

/// Whether what is given is all of an entity, or more follows.
enum class EntityExtent { Beginning, Whole };

/// The entity with a copy of `fields` before the text of each of its main body parts, marked hp-legacy-display="1", for readers whose program does
/// not know RFC 9788; ours and others drop the copy again. `entity`: content fields, empty line, body, 7-bit, as mime::splitForSigning makes it. Parts in
/// another character set than UTF-8 or ASCII and texts of more than 256 KB stay as they are. RFC 9788 section 5.2.2.
[[nodiscard]] MarkedEntity withLegacyDisplay(const QByteArray &entity, EntityExtent extent, const QList<HiddenField> &fields);

} // namespace smime
