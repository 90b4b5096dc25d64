// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"

namespace forge {

QList<Recipe> catalogue()
{
    QList<Recipe> all;
    for (const std::span<const Recipe> subject : {certificateRecipes(), signatureRecipes(), encryptionRecipes(), structureRecipes(),
                                                  alterationRecipes(), deceptionRecipes()})
        for (const Recipe &recipe : subject)
            all.append(recipe);
    return all;
}

base::Result<Forgery> mint(const Recipe &recipe, World &world)
{
    Forgery forgery = recipe.mint(world);
    if (world.fault())
        return *world.fault();
    return forgery;
}

} // namespace forge
