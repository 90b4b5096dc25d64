// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <cstddef>
#include <memory>

namespace base {

/// Bytes that must not outlive their use: a passphrase or the DER of a private key. Wiped when the
/// last copy goes; copies share the bytes, which never change. Compared in constant time. Thread-safe.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);
    /// The same, and wipes them where they were; an array that somebody else still holds stays there.
    [[nodiscard]] static Secret takenFrom(QByteArray &&bytes);
    /// The UTF-8 form of what a person typed; the caller's QString is not wiped.
    [[nodiscard]] static Secret fromText(const QString &text);
    /// The first line of a file of a passphrase, without its end. `file` is wiped.
    [[nodiscard]] static Secret firstLineOf(QByteArray &&file);

    [[nodiscard]] bool isEmpty() const { return view().isEmpty(); }
    /// Valid as long as any copy of this Secret lives. Never keep it in a QByteArray that outlives the call.
    [[nodiscard]] QByteArrayView view() const;

    friend bool operator==(const Secret &a, const Secret &b);

private:
    struct Bytes;
    std::shared_ptr<const Bytes> m_bytes;
};

} // namespace base
