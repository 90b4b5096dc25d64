// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LargeArray.h"

#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>

namespace base {

void reserveLarge(QByteArray &array, qsizetype octets)
{
    constexpr qsizetype kWorthAsking = 4 << 20; // two large pages, wherever it begins
    array.reserve(octets);
    if (octets < kWorthAsking)
        return;
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(array.constData());
    const std::uintptr_t begin = (address + page - 1) / page * page;
    const std::uintptr_t end = (address + static_cast<std::uintptr_t>(octets)) / page * page;
    // Wishes: where they are refused, everything is as before. What large pages do not cover, the beginning and the end, or all
    // of it where memory is in small pieces, is made ready in one call: a fault for each page costs far more in virtual machines.
    auto *memory = reinterpret_cast<void *>(begin);
    madvise(memory, end - begin, MADV_HUGEPAGE);
    madvise(memory, end - begin, MADV_POPULATE_WRITE);
}

QByteArray largeArray(qsizetype octets)
{
    QByteArray array;
    reserveLarge(array, octets);
    array.resizeForOverwrite(octets);
    return array;
}

} // namespace base
