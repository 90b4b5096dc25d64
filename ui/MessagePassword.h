// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "base/Operation.h"
#include "base/Secret.h"

#include <functional>

class QDialog;
class QWidget;

namespace ui {

using OpenWithPasswords = std::function<base::Operation<smime::OpenedMessage>(const QList<base::Secret> &passwords)>;
using ShowOpened = std::function<void(const smime::OpenedMessage &message, const QList<base::Secret> &passwords)>;

/// Asks for the passwords of a message until all of it opens or the person gives up: `open` is called with what was typed behind what opened a part
/// before, `show` whenever that opened more. The dialog is open already.
QDialog *askForMessagePassword(QWidget *parent, const OpenWithPasswords &open, const ShowOpened &show);

} // namespace ui
