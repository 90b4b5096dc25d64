// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtEnvironmentVariables>

namespace support {

/// How many times slower the program may be here than it is on its own: a build with sanitizers says so in WAXWING_PATIENCE.
inline int patience()
{
    return qMax(1, qEnvironmentVariableIntValue("WAXWING_PATIENCE"));
}

} // namespace support
