// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/LayerWalk.h"
#include "smime/ShownHeaders.h"

namespace smime {

/// Whether HTML may be rendered. Text only: what an attacker could have altered unseen must not be active (EFAIL).
enum class HtmlUse { Render, TextOnly };

struct BodyContext {
    HeaderScheme scheme = HeaderScheme::None;
    CryptographicStatus protection = CryptographicStatus::None;
    HtmlUse html = HtmlUse::Render;
};

/// Fills text, html and attachments from the payload. Warns of remote content.
void fillBody(OpenedMessage &message, const Entity &payload, const BodyContext &context);

} // namespace smime
