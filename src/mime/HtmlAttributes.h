// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/HtmlElements.h"
#include "mime/HtmlReduction.h"
#include "mime/HtmlTokens.h"

// Which attributes stay, and what their values may be. Private to the module.
namespace mime {

enum class HtmlReference { None, Local, Picture, Remote };

/// What a URL in an attribute refers to. Anything that is neither empty, "#...", cid: nor data: would fetch something.
[[nodiscard]] HtmlReference referenceOf(const QString &url);

/// Blanks and control characters removed, which browsers ignore inside a scheme.
[[nodiscard]] QString cleanUrl(const QString &url);

/// True if a person may be offered to open it: http, https, mailto.
[[nodiscard]] bool isClickable(const QString &cleanedUrl);

/// How many attributes of this start tag, allowed or not, would have fetched something.
[[nodiscard]] int countRemoteReferences(const HtmlToken &tag);

/// True if a style would fetch something.
[[nodiscard]] bool styleRefersOutside(QStringView style);

/// The attributes to write, each ` name="value"`, without src and href.
[[nodiscard]] QString harmlessAttributes(const HtmlElement &element, const HtmlToken &tag, HtmlPolicy::Styles styles);

/// True if its style says that neither it nor what it holds is to be seen, like the preview lines of newsletters.
[[nodiscard]] bool isHidden(const HtmlToken &tag);

/// A data: picture normalised, and its size; empty if it is none of the four raster formats.
struct DataPicture {
    QString url;
    qsizetype octets = 0;
};
[[nodiscard]] DataPicture readDataPicture(const QString &url);

} // namespace mime
