// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <optional>

class QIODevice;

namespace mime {

/// Takes the messages out of a file of mail, one after the other, so that a file of any size needs the memory of its largest message. Such a
/// file is an mbox, RFC 4155, with lines ">From " as most programs write them; without a "From " line before it, it is one message.
class MboxReader
{
public:
    /// `device` is open, stays the caller's and outlives this. `largest`: of a message, in octets.
    MboxReader(QIODevice *device, qint64 largest) : m_device(device), m_largest(largest) {}

    /// The next message; nothing after the last one. What an mbox holds has CRLF line ends; a single message is as it lies there.
    /// What cannot be read ends there: whoever gave the device asks it. Only error: FileTooLarge, and then it is over.
    [[nodiscard]] base::Result<std::optional<QByteArray>> next();

private:
    QIODevice *m_device;
    qint64 m_largest;
    bool m_isBegun = false;
    bool m_isMbox = false;
};

} // namespace mime
