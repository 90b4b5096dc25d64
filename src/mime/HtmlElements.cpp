// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlElements.h"

#include <QString>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

using enum HtmlElementKind;

// Sorted by name.
constexpr std::array kElements{
    HtmlElement{"a"_L1, "a"_L1, Inline},
    HtmlElement{"address"_L1, "div"_L1, Block},
    HtmlElement{"article"_L1, "div"_L1, Block},
    HtmlElement{"aside"_L1, "div"_L1, Block},
    HtmlElement{"b"_L1, "b"_L1, Inline},
    HtmlElement{"big"_L1, "big"_L1, Inline},
    HtmlElement{"blockquote"_L1, "blockquote"_L1, Block},
    HtmlElement{"br"_L1, "br"_L1, Void},
    HtmlElement{"caption"_L1, "caption"_L1, Cell},
    HtmlElement{"center"_L1, "center"_L1, Block},
    HtmlElement{"cite"_L1, "cite"_L1, Inline},
    HtmlElement{"code"_L1, "code"_L1, Inline},
    HtmlElement{"dd"_L1, "dd"_L1, Item},
    HtmlElement{"del"_L1, "s"_L1, Inline},
    HtmlElement{"dfn"_L1, "i"_L1, Inline},
    HtmlElement{"div"_L1, "div"_L1, Block},
    HtmlElement{"dl"_L1, "dl"_L1, List},
    HtmlElement{"dt"_L1, "dt"_L1, Item},
    HtmlElement{"em"_L1, "em"_L1, Inline},
    HtmlElement{"figcaption"_L1, "div"_L1, Block},
    HtmlElement{"figure"_L1, "div"_L1, Block},
    HtmlElement{"font"_L1, "font"_L1, Inline},
    HtmlElement{"footer"_L1, "div"_L1, Block},
    HtmlElement{"h1"_L1, "h1"_L1, Heading},
    HtmlElement{"h2"_L1, "h2"_L1, Heading},
    HtmlElement{"h3"_L1, "h3"_L1, Heading},
    HtmlElement{"h4"_L1, "h4"_L1, Heading},
    HtmlElement{"h5"_L1, "h5"_L1, Heading},
    HtmlElement{"h6"_L1, "h6"_L1, Heading},
    HtmlElement{"header"_L1, "div"_L1, Block},
    HtmlElement{"hr"_L1, "hr"_L1, Void},
    HtmlElement{"i"_L1, "i"_L1, Inline},
    HtmlElement{"img"_L1, "img"_L1, Void},
    HtmlElement{"ins"_L1, "u"_L1, Inline},
    HtmlElement{"kbd"_L1, "kbd"_L1, Inline},
    HtmlElement{"li"_L1, "li"_L1, Item},
    HtmlElement{"main"_L1, "div"_L1, Block},
    HtmlElement{"mark"_L1, "b"_L1, Inline},
    HtmlElement{"nav"_L1, "div"_L1, Block},
    HtmlElement{"ol"_L1, "ol"_L1, List},
    HtmlElement{"p"_L1, "p"_L1, Block},
    HtmlElement{"pre"_L1, "pre"_L1, Block},
    HtmlElement{"q"_L1, "i"_L1, Inline},
    HtmlElement{"s"_L1, "s"_L1, Inline},
    HtmlElement{"samp"_L1, "samp"_L1, Inline},
    HtmlElement{"section"_L1, "div"_L1, Block},
    HtmlElement{"small"_L1, "small"_L1, Inline},
    HtmlElement{"span"_L1, "span"_L1, Inline},
    HtmlElement{"strike"_L1, "s"_L1, Inline},
    HtmlElement{"strong"_L1, "strong"_L1, Inline},
    HtmlElement{"sub"_L1, "sub"_L1, Inline},
    HtmlElement{"sup"_L1, "sup"_L1, Inline},
    HtmlElement{"table"_L1, "table"_L1, Table},
    HtmlElement{"tbody"_L1, "tbody"_L1, Section},
    HtmlElement{"td"_L1, "td"_L1, Cell},
    HtmlElement{"tfoot"_L1, "tfoot"_L1, Section},
    HtmlElement{"th"_L1, "th"_L1, Cell},
    HtmlElement{"thead"_L1, "thead"_L1, Section},
    HtmlElement{"tr"_L1, "tr"_L1, Row},
    HtmlElement{"tt"_L1, "tt"_L1, Inline},
    HtmlElement{"u"_L1, "u"_L1, Inline},
    HtmlElement{"ul"_L1, "ul"_L1, List},
    HtmlElement{"var"_L1, "var"_L1, Inline},
};

} // namespace

const HtmlElement *findHtmlElement(QStringView name)
{
    const auto hit = std::lower_bound(kElements.begin(), kElements.end(), name,
                                      [](const HtmlElement &element, QStringView wanted) { return element.name < wanted; });
    return hit != kElements.end() && hit->name == name ? &*hit : nullptr;
}

} // namespace mime
