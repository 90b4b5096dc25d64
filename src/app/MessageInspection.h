// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/Inspect.h"
#include "smime/MaterialFiles.h"

namespace app {

// Values of smime that `wax` and the windows read, under the names of app.
using smime::inspect;
using smime::InspectedCertificate;
using smime::InspectedCms;
using smime::InspectedPart;
using smime::InspectedRecipient;
using smime::InspectedSigner;
using smime::MaterialFiles;
using smime::readMaterial;

} // namespace app
