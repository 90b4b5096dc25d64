// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/KeyGeneration.h"

#include <optional>

namespace identity {

/// The keys that make up one identity of a type: one for both uses, or one that signs and one that receives.
struct KeyPlan {
    provider::KeyType signing = provider::KeyType::Rsa3072;
    std::optional<provider::KeyType> encryption; ///< Empty: the signing key receives too.
};

/// What a name of CONTRACT.md (`rsa:2048`, `ec:p256`, `ed25519`, ...) stands for; an empty name is the default.
/// KeyTypeUnsupported, with the names that there are as detail.
[[nodiscard]] base::Result<KeyPlan> keyPlanOf(const QString &name);

/// The name of CONTRACT.md for the provider's description of a key: "RSA-2048" is "rsa:2048".
[[nodiscard]] QString keyTypeName(const QString &description);

} // namespace identity
