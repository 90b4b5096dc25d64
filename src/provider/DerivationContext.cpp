// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/DerivationContext.h"

#include "provider/OpenSsl.h"

#include <QElapsedTimer>
#include <QtCrypto>
#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

constexpr unsigned int kLargest = std::numeric_limits<int>::max();
constexpr unsigned int kRoundsToMeasure = 10'000;

} // namespace

DerivationContext::DerivationContext(QCA::Provider *provider) : QCA::KDFContext(provider, u"pbkdf2(sha256)"_s) {}

QCA::SymmetricKey DerivationContext::makeKey(const QCA::SecureArray &secret, const QCA::InitializationVector &salt, unsigned int octets,
                                             unsigned int rounds)
{
    if (rounds == 0 || rounds > kLargest || octets == 0 || octets > kLargest)
        return {};
    QCA::SecureArray key(static_cast<int>(octets));
    const int made = PKCS5_PBKDF2_HMAC(secret.constData(), secret.size(), reinterpret_cast<const unsigned char *>(salt.constData()), salt.size(),
                                       static_cast<int>(rounds), EVP_sha256(), static_cast<int>(octets), reinterpret_cast<unsigned char *>(key.data()));
    return made == 1 ? QCA::SymmetricKey{key} : QCA::SymmetricKey{};
}

QCA::SymmetricKey DerivationContext::makeKey(const QCA::SecureArray &secret, const QCA::InitializationVector &salt, unsigned int octets,
                                             int milliseconds, unsigned int *rounds)
{
    QElapsedTimer timer;
    timer.start();
    (void)makeKey(secret, salt, octets, kRoundsToMeasure);
    const double share = std::max(milliseconds, 1) * 1e6 / static_cast<double>(std::max<qint64>(timer.nsecsElapsed(), 1));
    *rounds = static_cast<unsigned int>(std::clamp(kRoundsToMeasure * share, 1.0, double{kLargest}));
    return makeKey(secret, salt, octets, *rounds);
}

} // namespace provider
