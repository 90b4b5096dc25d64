// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/OpenSsl.h"

#include "provider/CertificateContext.h"
#include "provider/KeyContext.h"
#include "provider/Provider.h"
#include "provider/RecentByCertificates.h"
#include "provider/RevocationContext.h"

#include <QCache>
#include <QMutex>
#include <QSet>
#include <QStringList>
#include <QTimeZone>

#include <openssl/provider.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <limits>

using namespace Qt::StringLiterals;

namespace provider {

QString takeErrorText()
{
    QStringList reasons;
    while (const unsigned long code = ERR_get_error()) {
        const char *reason = ERR_reason_error_string(code);
        const QString text = reason ? QString::fromLatin1(reason) : u"error %1"_s.arg(code, 0, 16);
        if (!reasons.contains(text))
            reasons.append(text);
    }
    return reasons.join(u"; "_s);
}

BioPtr readingBio(QByteArrayView bytes)
{
    return bytes.size() > 0x7fffffff ? nullptr : BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

BioPtr collectingBio()
{
    return BioPtr(BIO_new(BIO_s_mem()));
}

QByteArray collected(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? QByteArray(data, size) : QByteArray{};
}

EvpKeyPtr shared(EVP_PKEY *key)
{
    return key && EVP_PKEY_up_ref(key) == 1 ? EvpKeyPtr(key) : nullptr;
}

X509Ptr shared(X509 *certificate)
{
    return certificate && X509_up_ref(certificate) == 1 ? X509Ptr(certificate) : nullptr;
}

X509Ptr rememberedX509(const QByteArray &der)
{
    constexpr qsizetype kMaxOctets = 4 << 20;
    struct Memory {
        QMutex mutex;
        QCache<QByteArray, X509Ptr> certificates{kMaxOctets};
    };
    // Never destroyed: OpenSSL may have cleaned up before the statics of this file.
    static auto *const s_memory = new Memory;
    const QMutexLocker locker(&s_memory->mutex);
    if (const X509Ptr *known = s_memory->certificates.object(der))
        return shared(known->get());
    X509Ptr certificate = x509FromDer(der);
    if (certificate)
        s_memory->certificates.insert(der, new X509Ptr(shared(certificate.get())), der.size());
    return certificate;
}

X509CrlPtr rememberedCrl(const QByteArray &der)
{
    constexpr qsizetype kMaxOctets = 32 << 20;
    struct Memory {
        QMutex mutex;
        QCache<QByteArray, X509CrlPtr> lists{kMaxOctets};
    };
    static auto *const s_memory = new Memory; // never destroyed, as above
    const auto another = [](X509_CRL *list) { return X509CrlPtr(list && X509_CRL_up_ref(list) == 1 ? list : nullptr); };
    {
        const QMutexLocker locker(&s_memory->mutex);
        if (const X509CrlPtr *known = s_memory->lists.object(der))
            return another(known->get());
    }
    X509CrlPtr list = crlFromDer(der);
    if (!list)
        return nullptr;
    // OpenSSL sorts the entries when it is first asked for one: now, while nobody else has the list.
    const Asn1IntegerPtr none(ASN1_INTEGER_new());
    X509_REVOKED *entry = nullptr;
    X509_CRL_get0_by_serial(list.get(), &entry, none.get());
    const QMutexLocker locker(&s_memory->mutex);
    s_memory->lists.insert(der, new X509CrlPtr(another(list.get())), der.size());
    return list;
}

EvpKeyPtr toEvp(const QCA::PKey &key)
{
    const auto *context = dynamic_cast<const QCA::PKeyContext *>(key.context());
    return context ? evpOf(*context) : nullptr;
}

std::shared_ptr<ContextPool> contextsOf(const QCA::PKey &key)
{
    const auto *context = dynamic_cast<const QCA::PKeyContext *>(key.context());
    const EvpKey *ours = context ? evpKeyOf(context->key()) : nullptr;
    return ours ? ours->contexts() : std::make_shared<ContextPool>();
}

std::shared_ptr<ContextPool> contextsOf(X509 *certificate)
{
    static auto *const s_recent = new RecentByCertificates<std::shared_ptr<ContextPool>>; // never destroyed, see above
    if (const auto known = s_recent->find({certificate}, 0))
        return *known;
    const auto pool = std::make_shared<ContextPool>();
    s_recent->keep({certificate}, 0, pool);
    return pool;
}

X509Ptr toX509(const QCA::Certificate &certificate)
{
    if (certificate.isNull())
        return nullptr;
    if (const auto *ours = dynamic_cast<const CertificateContext *>(certificate.context()))
        return shared(ours->x509());
    return x509FromDer(certificate.toDER());
}

QCA::PrivateKey toPrivateKey(EvpKeyPtr key)
{
    QCA::PrivateKey result;
    if (key && Provider::registered())
        result.change(new KeyContext(Provider::registered(), std::move(key), true));
    return result;
}

QCA::PublicKey toPublicKey(EvpKeyPtr key)
{
    // Through DER, so that a public key never carries a private half along.
    QCA::PublicKey result;
    EvpKeyPtr publicHalf = fromDerBy<EvpKeyPtr>(d2i_PUBKEY, derBy(i2d_PUBKEY, key.get()));
    if (publicHalf && Provider::registered())
        result.change(new KeyContext(Provider::registered(), std::move(publicHalf), false));
    return result;
}

QCA::Certificate toCertificate(const X509 *certificate)
{
    return certificate ? QCA::Certificate::fromDER(toDer(certificate), nullptr, QLatin1StringView(kProviderName))
                       : QCA::Certificate{};
}

QDateTime toDateTime(const ASN1_TIME *time)
{
    std::tm parts{};
    // ASN1_TIME_to_tm takes nullptr for "now", which nobody means here.
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, qMin(parts.tm_sec, 59)), QTimeZone::UTC);
}

Asn1TimePtr toAsn1Time(const QDateTime &time)
{
    return time.isValid() ? Asn1TimePtr(ASN1_TIME_set(nullptr, static_cast<time_t>(time.toSecsSinceEpoch()))) : nullptr;
}

QByteArray toHex(const ASN1_INTEGER *number)
{
    const QByteArray magnitude = toBytes(number);
    if (!magnitude.isEmpty() && magnitude[0] != 0 && ASN1_STRING_type(number) == V_ASN1_INTEGER)
        return magnitude.toHex(); // almost every one
    const BignumPtr value(number ? ASN1_INTEGER_to_BN(number, nullptr) : nullptr);
    if (!value)
        return {};
    const OpenSslTextPtr hex(BN_bn2hex(value.get()));
    return hex ? QByteArray(hex.get()).toLower() : QByteArray{};
}

Asn1IntegerPtr integerFromHex(const QByteArray &hex)
{
    BIGNUM *raw = nullptr;
    const bool isHex = !hex.isEmpty() && BN_hex2bn(&raw, hex.constData()) == hex.size();
    const BignumPtr number(raw);
    return isHex ? Asn1IntegerPtr(BN_to_ASN1_INTEGER(number.get(), nullptr)) : nullptr;
}

QString toText(const ASN1_STRING *string)
{
    unsigned char *utf8 = nullptr;
    const int size = string ? ASN1_STRING_to_UTF8(&utf8, string) : -1;
    const OpenSslBytesPtr owner(utf8);
    return size > 0 ? QString::fromUtf8(reinterpret_cast<const char *>(utf8), size) : QString{};
}

QString toText(const X509_NAME *name)
{
    const BioPtr out = collectingBio();
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!name || !out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0)
        return {};
    return QString::fromUtf8(collected(out.get()));
}

namespace {

QByteArray textByOpenSsl(const ASN1_OBJECT *object)
{
    const int size = object ? OBJ_obj2txt(nullptr, 0, object, 1) : 0;
    if (size <= 0)
        return {};
    QByteArray text(size + 1, '\0');
    OBJ_obj2txt(text.data(), size + 1, object, 1);
    text.chop(1);
    return text;
}

} // namespace

// OBJ_obj2txt() has printf write every arc, and a message names dozens of objects. It is left what is longer than any in use.
QByteArray toOid(const ASN1_OBJECT *object)
{
    constexpr quint64 kMostBeforeShift = std::numeric_limits<quint64>::max() >> 7;
    constexpr std::ptrdiff_t kLongestArc = 22; // with the dots around it
    const auto *at = object ? OBJ_get0_data(object) : nullptr;
    const auto *const end = at ? at + OBJ_length(object) : nullptr;
    char text[128];
    char *out = text;
    while (at != end) {
        quint64 arc = 0;
        bool goesOn = true;
        while (goesOn) {
            if (at == end || arc > kMostBeforeShift || std::end(text) - out < kLongestArc)
                return textByOpenSsl(object);
            arc = arc << 7 | (*at & 0x7F);
            goesOn = (*at++ & 0x80) != 0;
        }
        if (out == text) { // X.690 section 8.19.4: two arcs in one
            const quint64 first = std::min<quint64>(arc / 40, 2);
            *out++ = static_cast<char>('0' + first);
            arc -= first * 40;
        }
        *out++ = '.';
        out = std::to_chars(out, std::end(text), arc).ptr;
    }
    return QByteArray(text, out - text);
}

bool areDistinct(const STACK_OF(X509_EXTENSION) *extensions)
{
    const int count = extensions ? sk_X509_EXTENSION_num(extensions) : 0;
    QSet<QByteArray> seen;
    for (int i = 0; i < count; ++i)
        seen.insert(toOid(X509_EXTENSION_get_object(sk_X509_EXTENSION_value(extensions, i))));
    return seen.size() == count;
}

OSSL_LIB_CTX *libraryWithOldAlgorithms()
{
    static OSSL_LIB_CTX *const s_library = [] {
        OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
        if (library && OSSL_PROVIDER_load(library, "legacy") && OSSL_PROVIDER_load(library, "default"))
            return library;
        OSSL_LIB_CTX_free(library);
        return static_cast<OSSL_LIB_CTX *>(nullptr);
    }();
    return s_library;
}

} // namespace provider
