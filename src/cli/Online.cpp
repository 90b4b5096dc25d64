// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Online.h"

#include "app/RevocationNetwork.h"

namespace cli {

base::Result<std::unique_ptr<identity::RevocationSource>> reachNetwork()
{
    return std::unique_ptr<identity::RevocationSource>{std::make_unique<app::RevocationNetwork>()};
}

} // namespace cli
