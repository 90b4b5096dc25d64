// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"

namespace mime {

/// HTML that goes on behind a picture, a file or a text: read as text, never joined with the markup of the first.
struct HtmlRest {
    const Part *part = nullptr;
    std::size_t textsBefore = 0; ///< How many of the texts stand before it.
};

/// Which parts of an entity a reader shows as the message, and which are attachments. Pointers into the structure.
struct BodySelection {
    std::vector<const Part *> texts; ///< Plain text and what is read as such, in order, shown one after the other.
    const Part *html = nullptr;      ///< The HTML alternative or the only body; null if there is none.
    /// Indices of `texts`: from `htmlBegin` up to `htmlEnd` they say the same as `html`, the others are read with either. An empty range is the place
    /// of HTML that stands by itself between them.
    std::size_t htmlBegin = 0;
    std::size_t htmlEnd = 0;
    std::vector<HtmlRest> htmlRest; ///< In order, after `html`.
    std::size_t htmlRestBegin = 0; ///< Index of `htmlRest`: what comes before it is in the texts that say the same as `html`.
    std::vector<const Part *> attachments; ///< Everything else that is a leaf or a whole embedded message, and what is read but has a name as well.
    /// Parts of the multipart/related around `html` that a cid: reference may name, and that are no attachments by their disposition: each part
    /// is here or above, never in both.
    std::vector<const Part *> related;
};

/// Chooses by RFC 2046 section 5.1.4 (last alternative that we can show) and RFC 2387; Content-Disposition: attachment always wins.
/// Does not look into message/rfc822, nor into multipart/signed and multipart/encrypted below `root` (each is a message of its own),
/// which appear as attachments.
[[nodiscard]] BodySelection selectBody(const Part &root);

} // namespace mime
