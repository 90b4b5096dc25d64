// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace relay {

/// Who waits for a look at the spool, so that several wishes at once cause one look. A wish that comes while a look is under way waits for
/// the next: what it is about may have changed behind that look. One thread.
class SharedLook
{
public:
    /// True if the look has to begin now; finish() when it is over.
    [[nodiscard]] bool wish(std::function<void()> done)
    {
        m_next.push_back(std::move(done));
        return begin();
    }
    /// Calls those who waited for the look that is over. True if the next has to begin.
    [[nodiscard]] bool finish()
    {
        for (const auto &done : std::exchange(m_waiting, {}))
            done();
        return begin();
    }

private:
    bool begin()
    {
        if (!m_waiting.empty() || m_next.empty())
            return false;
        m_waiting.swap(m_next);
        return true;
    }

    std::vector<std::function<void()>> m_waiting; ///< For the look that is under way.
    std::vector<std::function<void()>> m_next;
};

} // namespace relay
