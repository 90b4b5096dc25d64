// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Provider.h"

#include "provider/CertificateContext.h"
#include "provider/CmsContext.h"
#include "provider/DerivationContext.h"
#include "provider/KeyContext.h"
#include "provider/OpenSsl.h"
#include "provider/Pkcs12Context.h"
#include "provider/Registration.h"
#include "provider/RequestContext.h"
#include "provider/RevocationContext.h"

#include <QtCrypto>

#include <atomic>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

std::atomic<Provider *> s_registered = nullptr;

using Factory = QCA::Provider::Context *(*)(QCA::Provider *);

template <typename T>
QCA::Provider::Context *make(QCA::Provider *provider)
{
    return new T(provider);
}

struct Feature {
    QLatin1StringView type;
    Factory create;
};

constexpr Feature kFeatures[] = {
    {"pbkdf2(sha256)"_L1, make<DerivationContext>},
    {"pkey"_L1, make<KeyContext>},
    {"rsa"_L1, make<RsaKey>},
    {"cert"_L1, make<CertificateContext>},
    {"csr"_L1, make<RequestContext>},
    {"crl"_L1, make<RevocationContext>},
    {"ca"_L1, make<AuthorityContext>},
    {"certcollection"_L1, make<CollectionContext>},
    {"pkcs12"_L1, make<Pkcs12Context>},
    {"cms"_L1, createCmsContext},
};

} // namespace

Provider::Provider()
{
    s_registered = this;
}

Provider::~Provider()
{
    s_registered = nullptr;
}

int Provider::qcaVersion() const
{
    return QCA_VERSION;
}

QString Provider::name() const
{
    return QLatin1StringView(kProviderName);
}

QStringList Provider::features() const
{
    static const QStringList s_names = [] { // QCA asks for them whenever it makes an object
        QStringList names;
        for (const Feature &feature : kFeatures)
            names.append(feature.type);
        return names;
    }();
    return s_names;
}

QCA::Provider::Context *Provider::createContext(const QString &type)
{
    for (const Feature &feature : kFeatures) {
        if (type == feature.type)
            return feature.create(this);
    }
    return nullptr;
}

Provider *Provider::registered()
{
    return s_registered;
}

bool registerProvider()
{
    if (Provider::registered())
        return true;
    auto provider = std::make_unique<Provider>();
    if (!QCA::insertProvider(provider.get(), 0))
        return false;
    provider.release();
    return true;
}

} // namespace provider
