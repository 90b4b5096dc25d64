// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QTest>

namespace QTest {

/// A failing comparison of codes names them.
template <>
inline char *toString(const base::ErrorCode &code)
{
    return qstrdup(base::nameOf(code));
}

} // namespace QTest
