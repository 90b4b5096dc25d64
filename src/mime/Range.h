// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace mime {

/// Octets [begin, end) of a message.
struct Range {
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] qsizetype size() const { return end - begin; }
    [[nodiscard]] bool isEmpty() const { return end <= begin; }
    /// A view into `message`, valid as long as it is.
    [[nodiscard]] QByteArrayView of(QByteArrayView message) const { return message.sliced(begin, end - begin); }

    bool operator==(const Range &) const = default;
};

} // namespace mime
