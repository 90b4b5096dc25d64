// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace relay {

/// Tells the service manager that started this process how it stands, such as "READY=1"; sd_notify(3). Does nothing without one. Any thread.
void notifyServiceManager(const QByteArray &state);

} // namespace relay
