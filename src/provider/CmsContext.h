// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCrypto>
#include <qcaprovider.h>

namespace provider {

/// A new context of the feature "cms" for `provider`; QCA owns it. Called by Provider::createContext().
[[nodiscard]] QCA::Provider::Context *createCmsContext(QCA::Provider *provider);

} // namespace provider
