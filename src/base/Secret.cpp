// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Secret.h"

#include <cstring>
#include <string.h>
#include <sys/mman.h>

namespace base {

struct Secret::Bytes {
    explicit Bytes(QByteArrayView bytes) : size(bytes.size()), data(new char[static_cast<std::size_t>(size)])
    {
        std::memcpy(data.get(), bytes.data(), static_cast<std::size_t>(size));
        // A refused lock (RLIMIT_MEMLOCK) only means that the bytes could be swapped out.
        mlock(data.get(), static_cast<std::size_t>(size));
    }
    ~Bytes()
    {
        explicit_bzero(data.get(), static_cast<std::size_t>(size));
        munlock(data.get(), static_cast<std::size_t>(size));
    }
    Q_DISABLE_COPY_MOVE(Bytes)

    qsizetype size;
    std::unique_ptr<char[]> data;
};

Secret::Secret(QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        m_bytes = std::make_shared<const Bytes>(bytes);
}

Secret Secret::takenFrom(QByteArray &&bytes)
{
    Secret secret{bytes};
    explicit_bzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    return secret;
}

Secret Secret::fromText(const QString &text)
{
    return takenFrom(text.toUtf8());
}

Secret Secret::firstLineOf(QByteArray &&file)
{
    qsizetype end = file.indexOf('\n');
    if (end < 0)
        end = file.size();
    if (end > 0 && file.at(end - 1) == '\r')
        --end;
    Secret secret{QByteArrayView{file}.first(end)};
    explicit_bzero(file.data(), static_cast<std::size_t>(file.size()));
    return secret;
}

QByteArrayView Secret::view() const
{
    return m_bytes ? QByteArrayView{m_bytes->data.get(), m_bytes->size} : QByteArrayView{};
}

bool operator==(const Secret &a, const Secret &b)
{
    const QByteArrayView left = a.view();
    const QByteArrayView right = b.view();
    if (left.size() != right.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
    return difference == 0;
}

} // namespace base
