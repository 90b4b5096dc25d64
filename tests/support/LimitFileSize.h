// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtClassHelperMacros>
#include <csignal>
#include <sys/resource.h>

namespace support {

/// So that a full disk can be played without one: files of this process cannot grow beyond.
class LimitFileSize
{
public:
    explicit LimitFileSize(rlim_t octets)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{octets, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~LimitFileSize() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(LimitFileSize)

private:
    rlimit m_before{};
};

} // namespace support
