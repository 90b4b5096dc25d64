// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"

Q_LOGGING_CATEGORY(logIdentity, "waxwing.identity", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "waxwing.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logRelay, "waxwing.relay", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "waxwing.app", QtWarningMsg)
