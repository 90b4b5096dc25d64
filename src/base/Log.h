// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// One category for each module that logs; never log a passphrase, a key, a session key or the text of a message.
Q_DECLARE_LOGGING_CATEGORY(logIdentity)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logRelay)
Q_DECLARE_LOGGING_CATEGORY(logApp)
