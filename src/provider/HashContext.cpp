// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/HashContext.h"

using namespace Qt::StringLiterals;

namespace provider {

HashContext::HashContext(QCA::Provider *provider) : QCA::HashContext(provider, u"sha256"_s), m_state(EVP_MD_CTX_new())
{
    clear();
}

HashContext::HashContext(const HashContext &other) : QCA::HashContext(other), m_state(EVP_MD_CTX_new())
{
    m_isGood = other.m_isGood && EVP_MD_CTX_copy_ex(m_state.get(), other.m_state.get()) == 1;
}

void HashContext::clear()
{
    m_isGood = EVP_DigestInit_ex(m_state.get(), cms::digestOfNid(NID_sha256).md, nullptr) == 1;
}

void HashContext::update(const QCA::MemoryRegion &octets)
{
    m_isGood = m_isGood && EVP_DigestUpdate(m_state.get(), octets.constData(), size_t(octets.size())) == 1;
}

QCA::MemoryRegion HashContext::final()
{
    QByteArray value(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int octets = 0;
    if (!m_isGood || EVP_DigestFinal_ex(m_state.get(), reinterpret_cast<unsigned char *>(value.data()), &octets) != 1)
        return {};
    value.truncate(qsizetype(octets));
    return value;
}

} // namespace provider
