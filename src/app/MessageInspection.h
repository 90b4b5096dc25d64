// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/Asn1Tree.h"
#include "smime/Inspect.h"
#include "smime/MaterialFiles.h"

namespace app {

// Values of smime that `wax` and the windows read, under the names of app.
using provider::Asn1Element;
using provider::readAsn1Tree;
using smime::inspect;
using smime::InspectedCertificate;
using smime::InspectedCms;
using smime::InspectedField;
using smime::InspectedPart;
using smime::InspectedRecipient;
using smime::InspectedSigner;
using smime::InspectionMaterial;
using smime::MaterialFiles;
using smime::readMaterial;

} // namespace app
