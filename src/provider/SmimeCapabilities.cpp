// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/SmimeCapabilities.h"

#include "provider/OpenSsl.h"
#include "provider/RecentByDer.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr int kMaxCapabilities = 256;

using AlgorithmPtr = Owned<X509_ALGOR, X509_ALGOR_free>;
using AlgorithmsPtr = Owned<X509_ALGORS, [](X509_ALGORS *all) { sk_X509_ALGOR_pop_free(all, X509_ALGOR_free); }>;
using AnyPtr = Owned<ASN1_TYPE, ASN1_TYPE_free>;

AlgorithmPtr toAlgorithm(const SmimeCapability &capability)
{
    AlgorithmPtr algorithm(X509_ALGOR_new());
    ASN1_OBJECT *object = OBJ_txt2obj(capability.oid.constData(), 1);
    if (!algorithm || !object)
        return nullptr;
    ASN1_OBJECT_free(algorithm->algorithm);
    algorithm->algorithm = object;
    if (capability.parameters.isEmpty())
        return algorithm;
    AnyPtr parameters = fromDerBy<AnyPtr>(d2i_ASN1_TYPE, capability.parameters);
    if (!parameters)
        return nullptr;
    ASN1_TYPE_free(algorithm->parameter);
    algorithm->parameter = parameters.release();
    return algorithm;
}

} // namespace

QByteArray encodeSmimeCapabilities(const QList<SmimeCapability> &capabilities)
{
    const ClearsErrorQueue clears;
    const AlgorithmsPtr all(sk_X509_ALGOR_new_null());
    for (const SmimeCapability &capability : capabilities) {
        AlgorithmPtr algorithm = toAlgorithm(capability);
        if (!all || !algorithm || sk_X509_ALGOR_push(all.get(), algorithm.get()) <= 0)
            return {};
        algorithm.release();
    }
    return all ? derBy(i2d_X509_ALGORS, all.get()) : QByteArray{};
}

base::Result<QList<SmimeCapability>> decodeSmimeCapabilities(QByteArrayView der)
{
    // Everybody who uses the same program announces the same.
    static RecentByDer<QList<SmimeCapability>> recent;
    if (const auto known = recent.find(der))
        return *known;
    const ClearsErrorQueue clears;
    const AlgorithmsPtr all = fromDerBy<AlgorithmsPtr>(d2i_X509_ALGORS, der);
    if (!all || sk_X509_ALGOR_num(all.get()) > kMaxCapabilities)
        return {ErrorCode::InvalidArgument, u"malformed SMIMECapabilities"_s};
    QList<SmimeCapability> capabilities;
    for (int i = 0; i < sk_X509_ALGOR_num(all.get()); ++i) {
        const X509_ALGOR *algorithm = sk_X509_ALGOR_value(all.get(), i);
        SmimeCapability capability{toOid(algorithm->algorithm), {}};
        if (algorithm->parameter)
            capability.parameters = derBy(i2d_ASN1_TYPE, algorithm->parameter);
        capabilities.append(capability);
    }
    recent.keep(der, capabilities);
    return capabilities;
}

} // namespace provider
