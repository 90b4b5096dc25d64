// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/LayerWalk.h"
#include "smime/ShownHeaders.h"

namespace smime {

/// Whether HTML may be rendered. Text only: what an attacker could have altered unseen must not be active (EFAIL). With harmless styles: what bears no
/// seal, whole or broken, since colours could imitate a verdict or hide words.
enum class HtmlUse { Render, RenderWithStyles, TextOnly };

struct BodyContext {
    const mime::Headers &headers; ///< Of the payload, if it is protected.
    HeaderScheme scheme = HeaderScheme::None;
    CryptographicStatus protection = CryptographicStatus::None;
    HtmlUse html = HtmlUse::Render;
};

/// Fills text, html and attachments from the payload. Warns of remote content.
void fillBody(OpenedMessage &message, const Entity &payload, const BodyContext &context);

} // namespace smime
