// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "base/Operation.h"
#include "base/Secret.h"

#include <functional>

class QDialog;
class QWidget;

namespace ui {

using OpenWithPassword = std::function<base::Operation<smime::OpenedMessage>(const base::Secret &password)>;
using ShowOpened = std::function<void(const smime::OpenedMessage &message, const base::Secret &password)>;

/// Asks for the password of a message until it opens or the person gives up: `open` is called with what was typed, `show` once with what it
/// opened. The dialog is open already.
QDialog *askForMessagePassword(QWidget *parent, const OpenWithPassword &open, const ShowOpened &show);

} // namespace ui
