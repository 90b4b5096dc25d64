// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace base {

/// A flag that one thread sets and a worker's loop looks at. Copies share the flag; thread-safe.
class Cancellation
{
public:
    void request() const { m_requested->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isRequested() const { return m_requested->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic_bool> m_requested = std::make_shared<std::atomic_bool>(false);
};

} // namespace base
