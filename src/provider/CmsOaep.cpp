// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsOaep.h"

#include "provider/CmsNames.h"
#include "provider/RecentByDer.h"

#include <openssl/rsa.h>

namespace provider::cms {
namespace {

OaepParameters readParameters(const QByteArray &der)
{
    using OaepPtr = Owned<RSA_OAEP_PARAMS, RSA_OAEP_PARAMS_free>;
    const auto parameters = fromDerBy<OaepPtr>(d2i_RSA_OAEP_PARAMS, der);
    OaepParameters result;
    if (!parameters) {
        result.isReadable = false;
        return result;
    }
    if (parameters->hashFunc) {
        result.digestNid = nidOf(parameters->hashFunc);
        result.digest = digestOf(parameters->hashFunc);
    }
    if (parameters->maskGenFunc) {
        const auto inner = innerAlgorithm(parameters->maskGenFunc);
        result.mask = nidOf(parameters->maskGenFunc) == NID_mgf1 ? digestOf(inner.get()) : Digest{};
    }
    if (parameters->pSourceFunc && nidOf(parameters->pSourceFunc) == NID_pSpecified && parameters->pSourceFunc->parameter
        && parameters->pSourceFunc->parameter->type == V_ASN1_OCTET_STRING)
        result.label = toBytes(parameters->pSourceFunc->parameter->value.octet_string);
    result.isReadable = result.digest && result.mask;
    return result;
}

} // namespace

// Nearly everybody writes the same ones, for each recipient.
OaepParameters oaepParametersOf(const X509_ALGOR *algorithm)
{
    static RecentByDer<OaepParameters> recent;
    if (!algorithm->parameter || algorithm->parameter->type == V_ASN1_NULL)
        return {};
    const QByteArray der = parametersOf(algorithm);
    if (const auto known = recent.find(der))
        return *known;
    const OaepParameters parameters = readParameters(der);
    recent.keep(der, parameters);
    return parameters;
}

} // namespace provider::cms
