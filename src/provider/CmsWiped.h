// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include <QByteArrayView>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <vector>

namespace provider::cms {

/// Octets of a key, overwritten when they go. Moved, never copied.
class WipedBytes
{
public:
    WipedBytes() = default;
    explicit WipedBytes(size_t octets) : m_bytes(octets) {}
    explicit WipedBytes(QByteArrayView bytes) : m_bytes(bytes.begin(), bytes.end()) {}
    WipedBytes(WipedBytes &&) noexcept = default;
    WipedBytes &operator=(WipedBytes &&other) noexcept
    {
        wipe();
        m_bytes = std::move(other.m_bytes);
        return *this;
    }
    ~WipedBytes() { wipe(); }
    Q_DISABLE_COPY(WipedBytes)

    /// From OpenSSL's generator for private data; empty if it fails.
    [[nodiscard]] static WipedBytes random(size_t octets)
    {
        WipedBytes result(octets);
        return RAND_priv_bytes(result.data(), int(octets)) == 1 ? std::move(result) : WipedBytes{};
    }

    [[nodiscard]] unsigned char *data() { return m_bytes.data(); }
    [[nodiscard]] const unsigned char *data() const { return m_bytes.data(); }
    [[nodiscard]] size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] QByteArrayView view() const { return {m_bytes.data(), qsizetype(m_bytes.size())}; }
    /// Keeps the first `octets`.
    void shrink(size_t octets)
    {
        OPENSSL_cleanse(m_bytes.data() + octets, m_bytes.size() - octets);
        m_bytes.resize(octets); // shrinking does not reallocate
    }

private:
    void wipe()
    {
        if (!m_bytes.empty())
            OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
    }

    std::vector<unsigned char> m_bytes;
};

} // namespace provider::cms
