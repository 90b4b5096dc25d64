// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"

Q_LOGGING_CATEGORY(logProvider, "waxwing.provider", QtWarningMsg)
Q_LOGGING_CATEGORY(logIdentity, "waxwing.identity", QtWarningMsg)
Q_LOGGING_CATEGORY(logSmime, "waxwing.smime", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "waxwing.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logTransport, "waxwing.transport", QtWarningMsg)
Q_LOGGING_CATEGORY(logRelay, "waxwing.relay", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "waxwing.app", QtWarningMsg)
