// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <utility>
#include <variant>

namespace base {

/// A value or the Error that prevented it. Default-constructed it is an Error, never an empty success.
template <typename T>
class [[nodiscard]] Result
{
public:
    using Value = T;

    Result() = default;
    Result(T value) : m_state(std::in_place_index<1>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<0>, std::move(error)) {}
    Result(ErrorCode code, QString detail = {}) : m_state(std::in_place_index<0>, Error{code, std::move(detail), {}, {}}) {}

    [[nodiscard]] bool isOk() const { return m_state.index() == 1; }
    explicit operator bool() const { return isOk(); }

    /// The value; asking for it without having looked is a bug.
    [[nodiscard]] T &value() & { Q_ASSERT(isOk()); return *std::get_if<1>(&m_state); }
    [[nodiscard]] const T &value() const & { Q_ASSERT(isOk()); return *std::get_if<1>(&m_state); }
    [[nodiscard]] T &&value() && { Q_ASSERT(isOk()); return std::move(*std::get_if<1>(&m_state)); }
    [[nodiscard]] T *operator->() { return &value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(*this).value(); }

    [[nodiscard]] const Error &error() const { Q_ASSERT(!isOk()); return *std::get_if<0>(&m_state); }

private:
    std::variant<Error, T> m_state;
};

/// Success without a value.
struct Done {
    bool operator==(const Done &) const = default;
};
using Status = Result<Done>;

} // namespace base
