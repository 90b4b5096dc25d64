// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include <QByteArray>
#include <QCache>
#include <QMutex>
#include <optional>

namespace provider {

/// What was lately made out of some public DER, so that one person's certificate is not taken apart again for every mail.
/// Bounded; the least lately used goes first. Values are copied, so they should share what is large. Thread-safe.
template <typename Value>
class RecentByDer
{
public:
    [[nodiscard]] std::optional<Value> find(QByteArrayView der)
    {
        const QMutexLocker lock(&m_mutex);
        const Value *found = m_values.object(QByteArray::fromRawData(der.data(), der.size()));
        return found ? std::optional<Value>(*found) : std::nullopt;
    }

    void keep(QByteArrayView der, const Value &value)
    {
        if (der.size() > kMaxOctets)
            return;
        const QMutexLocker lock(&m_mutex);
        m_values.insert(der.toByteArray(), new Value(value));
    }

private:
    static constexpr qsizetype kMaxOctets = 32 * 1024;
    static constexpr int kMaxValues = 1024;

    QMutex m_mutex;
    QCache<QByteArray, Value> m_values{kMaxValues};
};

} // namespace provider
