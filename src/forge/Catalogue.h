// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forge/Expectation.h"
#include "forge/World.h"
#include "provider/SharedKey.h"

#include <span>

namespace forge {

/// A mail and what is to be said of it.
struct Forgery {
    QByteArray message;
    Expectation expected;
    QByteArray password = {};            ///< Opens it; the expectation is that of a reader who has not got it. Made for the test and no secret.
    provider::SharedKey sharedKey = {};  ///< The same for a key that a group shares.
};

/// One kind of awkward mail.
struct Recipe {
    const char *name;       ///< kebab-case; the name of its files
    const char *about;      ///< What is awkward about it and why it is judged so: one English sentence.
    Forgery (*mint)(World &world);
};

/// Every recipe, subject by subject.
[[nodiscard]] QList<Recipe> catalogue();

/// Mints one. KeyGenerationFailed, SigningFailed, EncryptionFailed and those of provider::issueCertificate.
[[nodiscard]] base::Result<Forgery> mint(const Recipe &recipe, World &world);

// The subjects, each in a file of its own.
[[nodiscard]] std::span<const Recipe> certificateRecipes();
[[nodiscard]] std::span<const Recipe> signatureRecipes();
[[nodiscard]] std::span<const Recipe> encryptionRecipes();
[[nodiscard]] std::span<const Recipe> structureRecipes();
[[nodiscard]] std::span<const Recipe> alterationRecipes();
[[nodiscard]] std::span<const Recipe> deceptionRecipes();

} // namespace forge
