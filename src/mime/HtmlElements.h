// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QStringView>

// The allow-list. Private to the module.
namespace mime {

enum class HtmlElementKind { Inline, Block, Heading, List, Item, Table, Section, Row, Cell, Void };

struct HtmlElement {
    QLatin1StringView name;
    QLatin1StringView written; ///< The name in the result: newer block elements become <div>.
    HtmlElementKind kind;
};

/// The element of the allow-list, or null.
[[nodiscard]] const HtmlElement *findHtmlElement(QStringView name);

} // namespace mime
