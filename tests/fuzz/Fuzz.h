// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What every target defines: reads one input, returns 0, aborts on a fault of ours.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace fuzz {

/// Larger inputs only slow the search down; limits on size have their own tests.
constexpr std::size_t kLargestInput = 256 * 1024;

/// The input as octets, cut at kLargestInput; a copy, so that the sanitizer sees reads beyond the end.
inline QByteArray octets(const std::uint8_t *data, std::size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size < kLargestInput ? size : kLargestInput));
}

/// A property that must hold for every input.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "violated: %s\n", what);
    std::abort();
}

} // namespace fuzz
