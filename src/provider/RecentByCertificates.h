// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider.

#include "provider/OpenSsl.h"

#include <QCache>
#include <QMutex>
#include <QVarLengthArray>
#include <optional>
#include <vector>

namespace provider {

/// What was lately worked out about certificates: of one, or of a path in its order. Only for what follows from them alone:
/// neither trust nor time nor revocation may play a part. An entry owns the certificates, so that nothing else can lie at
/// their addresses, which are the key. Bounded by the size of the certificates; the least lately used goes first. Thread-safe.
template <typename Value>
class RecentByCertificates
{
public:
    using Certificates = std::vector<X509 *>;

    /// `variant` tells apart what is remembered of the same certificates.
    [[nodiscard]] std::optional<Value> find(const Certificates &certificates, int variant)
    {
        const Words words = wordsOf(certificates, variant);
        const QMutexLocker lock(&m_mutex);
        const Entry *found = m_entries.object(QByteArray::fromRawData(words.data(), words.size()));
        return found ? std::optional<Value>(found->value) : std::nullopt;
    }

    void keep(const Certificates &certificates, int variant, const Value &value)
    {
        qsizetype octets = 0;
        auto entry = std::make_unique<Entry>(Entry{{}, value});
        for (X509 *certificate : certificates) {
            octets += i2d_X509(certificate, nullptr);
            entry->owners.push_back(shared(certificate));
        }
        if (octets > kMaxOctetsOfOne)
            return;
        const Words words = wordsOf(certificates, variant);
        const QMutexLocker lock(&m_mutex);
        m_entries.insert(QByteArray(words.data(), words.size()), entry.release(), octets);
    }

private:
    static constexpr qsizetype kMaxOctetsOfOne = 64 * 1024;
    static constexpr qsizetype kMaxOctets = 2 << 20;

    struct Entry {
        std::vector<X509Ptr> owners;
        Value value;
    };
    using Words = QVarLengthArray<char, 128>;

    static Words wordsOf(const Certificates &certificates, int variant)
    {
        Words words;
        words.append(reinterpret_cast<const char *>(&variant), sizeof variant);
        words.append(reinterpret_cast<const char *>(certificates.data()), qsizetype(certificates.size() * sizeof(X509 *)));
        return words;
    }

    QMutex m_mutex;
    QCache<QByteArray, Entry> m_entries{kMaxOctets};
};

} // namespace provider
