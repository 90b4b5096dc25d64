// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateNames.h"

#include "base/TextControls.h"

#include <QMap>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

bool isVisibleAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

bool hasControls(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.isSpace();
    });
}

QString smtpUtf8Mailbox(const OTHERNAME *name)
{
    if (OBJ_obj2nid(name->type_id) != NID_id_on_SmtpUTF8Mailbox || !name->value || name->value->type != V_ASN1_UTF8STRING)
        return {};
    const QByteArray octets = toBytes(name->value->value.utf8string);
    if (octets.startsWith("\xEF\xBB\xBF")) // RFC 9598 section 3: no byte order mark; QString would leave it out, and another name would be left
        return {};
    const QString address = QString::fromUtf8(octets);
    // RFC 9598 section 3: for local parts that are not ASCII and for no other; name constraints rely on it.
    if (isVisibleAscii(address.left(address.lastIndexOf(u'@'))))
        return {};
    return hasControls(address) || address.contains(QChar::ReplacementCharacter) ? QString{} : address;
}

/// By its A-labels, as mail addresses are compared, and without the full stop that names the root.
QString asciiDomain(const QString &domain)
{
    const QString lower = domain.toLower();
    QString ascii = isVisibleAscii(lower) ? lower : QString::fromLatin1(QUrl::toAce(lower, QUrl::IgnoreIDNWhitelist)).toLower();
    while (ascii.endsWith(u'.'))
        ascii.chop(1);
    return ascii;
}

/// RFC 4518 section 2.2: what is mapped to nothing, beside control and format characters.
bool isUnseen(QChar c)
{
    const char16_t code = c.unicode();
    const bool isSelector = (code >= 0x180B && code <= 0x180D) || (code >= 0xFE00 && code <= 0xFE0F);
    const bool isControl = c.category() == QChar::Other_Control && !c.isSpace();
    return isSelector || isControl || c.category() == QChar::Other_Format || code == 0x034F || code == 0x1806 || code == 0xFFFC;
}

QString comparableValue(const ASN1_STRING *value)
{
    QString text = toText(value);
    if (text.isEmpty()) // no text at all
        return QString::fromLatin1(toBytes(value).toHex());
    text.removeIf(isUnseen);
    return text.normalized(QString::NormalizationForm_KC).toCaseFolded().normalized(QString::NormalizationForm_KC).simplified();
}

/// What separates stands in no value: it is not seen.
QString comparableName(const X509_NAME *name)
{
    constexpr QChar kEndOfAttribute(0);
    constexpr QChar kEndOfRdn(1);
    QMap<int, QStringList> parts; // by the number of their RDN
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        const QString type = QString::fromLatin1(toOid(X509_NAME_ENTRY_get_object(entry)));
        parts[X509_NAME_ENTRY_set(entry)].append(type + u'=' + comparableValue(X509_NAME_ENTRY_get_data(entry)));
    }
    QString comparable;
    for (QStringList &part : parts) {
        part.sort(); // a set has no order
        comparable += part.join(kEndOfAttribute) + kEndOfRdn;
    }
    return comparable;
}

QString ipText(const ASN1_OCTET_STRING *octets)
{
    const QByteArray bytes = toBytes(octets);
    if (bytes.size() == 4)
        return u"%1.%2.%3.%4"_s.arg(quint8(bytes[0])).arg(quint8(bytes[1])).arg(quint8(bytes[2])).arg(quint8(bytes[3]));
    if (bytes.size() != 16)
        return {};
    QStringList groups;
    for (int i = 0; i < 16; i += 2)
        groups.append(QString::number(quint8(bytes[i]) << 8 | quint8(bytes[i + 1]), 16));
    return groups.join(u':');
}

/// Takes ownership of `value` in any case.
bool append(GENERAL_NAMES *names, int type, ASN1_STRING *value)
{
    GENERAL_NAME *name = GENERAL_NAME_new();
    if (!value || !name) {
        ASN1_STRING_free(value);
        GENERAL_NAME_free(name);
        return false;
    }
    GENERAL_NAME_set0_value(name, type, value);
    return sk_GENERAL_NAME_push(names, name) > 0;
}

ASN1_STRING *newString(int type, const QByteArray &text)
{
    ASN1_STRING *string = ASN1_STRING_type_new(type);
    if (string)
        ASN1_STRING_set(string, text.constData(), static_cast<int>(text.size()));
    return string;
}

bool appendSmtpUtf8Mailbox(GENERAL_NAMES *names, const QString &address)
{
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_TYPE *value = ASN1_TYPE_new();
    ASN1_TYPE_set(value, V_ASN1_UTF8STRING, newString(V_ASN1_UTF8STRING, address.toUtf8()));
    GENERAL_NAME_set0_othername(name, OBJ_nid2obj(NID_id_on_SmtpUTF8Mailbox), value);
    return sk_GENERAL_NAME_push(names, name) > 0;
}

bool appendAddress(GENERAL_NAMES *names, const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    const QString local = address.left(at);
    const QString domain = address.mid(at + 1);
    const QByteArray aLabels = isVisibleAscii(domain) ? domain.toLatin1() : QUrl::toAce(domain);
    if (at <= 0 || aLabels.isEmpty() || hasControls(address) || address.size() > 320)
        return false;
    const QString canonical = local + u'@' + QString::fromLatin1(aLabels);
    return isVisibleAscii(local) ? append(names, GEN_EMAIL, newString(V_ASN1_IA5STRING, canonical.toLatin1()))
                          : appendSmtpUtf8Mailbox(names, canonical);
}

bool appendHost(GENERAL_NAMES *names, const QString &host)
{
    if (ASN1_OCTET_STRING *ip = a2i_IPADDRESS(host.toLatin1().constData()))
        return append(names, GEN_IPADD, ip);
    const QByteArray aLabels = isVisibleAscii(host) ? host.toLatin1() : QUrl::toAce(host);
    return !aLabels.isEmpty() && append(names, GEN_DNS, newString(V_ASN1_IA5STRING, aLabels));
}

template <typename Read>
QStringList collect(const GENERAL_NAMES *names, Read read)
{
    QStringList found;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names); ++i) {
        const QString text = read(sk_GENERAL_NAME_value(names, i));
        if (!text.isEmpty())
            found.append(text);
    }
    return found;
}

} // namespace

QString strictAscii(const ASN1_STRING *string)
{
    const QString text = QString::fromLatin1(toBytes(string));
    return isVisibleAscii(text) ? text : QString{};
}

QStringList mailAddressesOf(const GENERAL_NAMES *names)
{
    return collect(names, [](const GENERAL_NAME *name) {
        if (name->type == GEN_EMAIL)
            return strictAscii(name->d.rfc822Name);
        return name->type == GEN_OTHERNAME ? smtpUtf8Mailbox(name->d.otherName) : QString{};
    });
}

QString comparableMailbox(const QString &mailbox)
{
    const qsizetype host = mailbox.lastIndexOf(u'@') + 1;
    return mailbox.first(host).toLower() + asciiDomain(mailbox.sliced(host));
}

bool isMailbox(const QString &comparable)
{
    const qsizetype at = comparable.lastIndexOf(u'@');
    if (at <= 0 || at + 1 == comparable.size())
        return false;
    const QStringView local = QStringView(comparable).first(at);
    const bool isQuoted = local.size() > 1 && local.startsWith(u'"') && local.endsWith(u'"');
    return isQuoted || !local.contains(u'@');
}

QStringList internationalMailboxesOf(const GENERAL_NAMES *names)
{
    return collect(names, [](const GENERAL_NAME *name) { return name->type == GEN_OTHERNAME ? smtpUtf8Mailbox(name->d.otherName) : QString{}; });
}

X509Ptr withoutInternationalMailboxes(X509 *certificate)
{
    const auto names = extensionOf<GeneralNamesPtr>(certificate, NID_subject_alt_name);
    const GeneralNamesPtr others(GENERAL_NAMES_new());
    X509Ptr copy(X509_dup(certificate));
    if (!names || !others || !copy)
        return nullptr;
    while (GENERAL_NAME *name = sk_GENERAL_NAME_pop(names.get())) {
        const bool isMailbox = name->type == GEN_OTHERNAME && !smtpUtf8Mailbox(name->d.otherName).isEmpty();
        if (isMailbox || sk_GENERAL_NAME_push(others.get(), name) <= 0)
            GENERAL_NAME_free(name);
    }
    const bool isReady = X509_add1_ext_i2d(copy.get(), NID_subject_alt_name, others.get(), 0, X509V3_ADD_REPLACE) == 1
        && X509_check_purpose(copy.get(), -1, 0) == 1; // reads the extensions
    return isReady ? std::move(copy) : nullptr;
}

QStringList mailNamesOf(const STACK_OF(GENERAL_SUBTREE) *trees)
{
    QStringList names;
    for (int i = 0; trees && i < sk_GENERAL_SUBTREE_num(trees); ++i)
        if (const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(trees, i)->base; base->type == GEN_EMAIL)
            names.append(comparableMailbox(strictAscii(base->d.rfc822Name)));
    return names;
}

bool hasMailboxSubtree(const STACK_OF(GENERAL_SUBTREE) *trees)
{
    for (int i = 0; trees && i < sk_GENERAL_SUBTREE_num(trees); ++i) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(trees, i)->base;
        if (base->type == GEN_OTHERNAME && OBJ_obj2nid(base->d.otherName->type_id) == NID_id_on_SmtpUTF8Mailbox)
            return true;
    }
    return false;
}

bool isPermitted(const QString &comparable, const QStringList &permitted)
{
    const QStringView domain = QStringView(comparable).sliced(comparable.lastIndexOf(u'@') + 1);
    return std::any_of(permitted.begin(), permitted.end(), [&](const QString &name) {
        if (name.isEmpty() || name.contains(u'@'))
            return !name.isEmpty() && comparable == name;
        return name.startsWith(u'.') ? domain.endsWith(name) : domain == name;
    });
}

bool isExcluded(const QString &comparable, const QStringList &excluded)
{
    const bool isUnreadable = std::any_of(excluded.begin(), excluded.end(), [](const QString &name) {
        return name.isEmpty() || (name.lastIndexOf(u'@') > 0 && !isMailbox(name)); // in front of a host an @ says nothing
    });
    return isPermitted(comparable, excluded) || isUnreadable || (!isMailbox(comparable) && !excluded.isEmpty());
}

QStringList directoryNamesOf(const X509 *certificate)
{
    QStringList names;
    if (const X509_NAME *subject = X509_get_subject_name(certificate); X509_NAME_entry_count(subject) > 0)
        names.append(comparableName(subject));
    const auto others = extensionOf<GeneralNamesPtr>(certificate, NID_subject_alt_name);
    for (int i = 0; others && i < sk_GENERAL_NAME_num(others.get()); ++i)
        if (const GENERAL_NAME *name = sk_GENERAL_NAME_value(others.get(), i); name->type == GEN_DIRNAME)
            names.append(comparableName(name->d.directoryName));
    return names;
}

QStringList directoryNamesOf(const STACK_OF(GENERAL_SUBTREE) *trees)
{
    QStringList names;
    for (int i = 0; trees && i < sk_GENERAL_SUBTREE_num(trees); ++i)
        if (const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(trees, i)->base; base->type == GEN_DIRNAME)
            names.append(comparableName(base->d.directoryName));
    return names;
}

bool isAnyWithin(const QStringList &names, const QStringList &subtrees)
{
    return std::any_of(names.begin(), names.end(), [&subtrees](const QString &name) {
        return std::any_of(subtrees.begin(), subtrees.end(), [&name](const QString &subtree) { return name.startsWith(subtree); });
    });
}

QStringList hostNamesOf(const GENERAL_NAMES *names)
{
    return collect(names, [](const GENERAL_NAME *name) {
        if (name->type == GEN_DNS)
            return strictAscii(name->d.dNSName);
        return name->type == GEN_IPADD ? ipText(name->d.iPAddress) : QString{};
    });
}

QStringList locationsOf(const GENERAL_NAMES *names)
{
    return collect(names, [](const GENERAL_NAME *name) {
        return name->type == GEN_URI ? strictAscii(name->d.uniformResourceIdentifier) : QString{};
    });
}

QStringList valuesOf(const X509_NAME *name, int nid)
{
    QStringList values;
    for (int i = -1; name && (i = X509_NAME_get_index_by_NID(name, nid, i)) >= 0;)
        values.append(toText(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i))));
    return values;
}

QString commonNameOf(const X509_NAME *name)
{
    const QStringList names = valuesOf(name, NID_commonName);
    QString text = names.isEmpty() ? QString() : names.last();
    std::replace_if(text.begin(), text.end(), base::isTextControl, QChar(u' '));
    return text.simplified();
}

base::Result<std::shared_ptr<GENERAL_NAMES>> alternativeNames(const QStringList &addresses, const QStringList &hostNames)
{
    if (addresses.isEmpty() && hostNames.isEmpty())
        return std::shared_ptr<GENERAL_NAMES>{};
    const std::shared_ptr<GENERAL_NAMES> names(GENERAL_NAMES_new(), GENERAL_NAMES_free);
    for (const QString &address : addresses) {
        if (!appendAddress(names.get(), address))
            return {ErrorCode::AddressInvalid, u"not a mail address for a certificate: "_s + address};
    }
    for (const QString &host : hostNames) {
        if (!appendHost(names.get(), host))
            return {ErrorCode::AddressInvalid, u"not a host name for a certificate: "_s + host};
    }
    return names;
}

} // namespace provider
