// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

namespace ui {

class MessageBrowser;
class MessageView;

/// The message as it goes on paper: who, to whom, when, the verdict in words, the text, what stands outside the protected part. Like the
/// view itself it loads nothing from outside the message. GUI thread.
[[nodiscard]] std::unique_ptr<MessageBrowser> printedPage(const MessageView &view);

/// What the queue of the printer and a PDF file call it: no path, and no subject that travelled encrypted.
[[nodiscard]] QString printedName(const MessageView &view);

/// Asks for the printer, or a PDF file, and prints what `view` shows then. GUI thread.
void askToPrint(MessageView *view);

} // namespace ui
