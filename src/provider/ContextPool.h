// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/OpenSsl.h"

#include <QMutex>
#include <vector>

namespace provider {

enum class KeyOperation { Sign, Verify, Wrap, Unwrap };

/// Contexts of one key that are ready for an operation, to be lent to one thread at a time: making one ready (search for the
/// implementation, padding, digests) costs a tenth of the operation itself. Lives and dies with its key, so that what is
/// locked stays locked. Thread-safe.
class ContextPool
{
public:
    /// What `make` makes, now or earlier, for EVP_PKEY_sign and its like; nullptr if it cannot. `form`: what else tells its contexts
    /// apart, a digest or a padding.
    template <typename Make>
    [[nodiscard]] EvpKeyContextPtr take(KeyOperation operation, int form, Make make)
    {
        {
            const QMutexLocker lock(&m_mutex);
            for (Idle &idle : m_idle)
                if (idle.operation == operation && idle.form == form && idle.context)
                    return std::move(idle.context);
        }
        return make();
    }

    /// For the next one.
    void giveBack(KeyOperation operation, int form, EvpKeyContextPtr context)
    {
        const QMutexLocker lock(&m_mutex);
        for (Idle &idle : m_idle) {
            if (idle.context)
                continue;
            idle = {operation, form, std::move(context)};
            return;
        }
        if (m_idle.size() < kMost)
            m_idle.push_back({operation, form, std::move(context)});
    }

private:
    static constexpr std::size_t kMost = 8;
    struct Idle {
        KeyOperation operation = KeyOperation::Sign;
        int form = 0;
        EvpKeyContextPtr context;
    };
    QMutex m_mutex;
    std::vector<Idle> m_idle;
};

/// Of the public key in `certificate`, remembered like everything that follows from it alone.
[[nodiscard]] std::shared_ptr<ContextPool> contextsOf(X509 *certificate);

} // namespace provider
