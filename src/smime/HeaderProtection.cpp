// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/HeaderProtection.h"

#include "mime/Header.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// Only for the draft, or not this program's to write: they would betray somebody or claim what nobody checked.
constexpr std::array<QByteArrayView, 4> kLeftOut{"Bcc", "Resent-Bcc", "HP-Outer", "MIME-Version"};
constexpr std::array<QByteArrayView, 2> kHiddenWhole{"Keywords", "Comments"};
constexpr std::array<QByteArrayView, 6> kAddressFields{"From", "Sender", "Reply-To", "To", "Cc", "Followup-To"};
// What programs show of a header, RFC 9788 section 1.1.2.
constexpr std::array<QByteArrayView, 8> kShownByPrograms{"Subject", "From", "Sender", "To", "Cc", "Date", "Reply-To", "Followup-To"};
constexpr QByteArrayView kDraftFieldPrefix{"x-waxwing-"};

template <std::size_t N>
bool isOneOf(const mime::HeaderField &field, const std::array<QByteArrayView, N> &names)
{
    return std::any_of(names.begin(), names.end(), [&field](QByteArrayView name) { return field.is(name); });
}

bool isLeftOut(const mime::HeaderField &field)
{
    const QByteArray name = field.name.toLower();
    return isOneOf(field, kLeftOut) || name.startsWith(kDraftFieldPrefix) || name.startsWith("content-");
}

QList<mime::Address> withoutNames(QList<mime::Address> addresses)
{
    for (mime::Address &address : addresses)
        address.name.clear();
    return addresses;
}

// hcp_shy of RFC 9788 section 3.2.2, beyond what hcp_baseline hides already.
QByteArray shyField(const mime::HeaderField &field, QByteArrayView whole)
{
    if (isOneOf(field, kAddressFields)) {
        const QList<mime::Address> addresses = mime::parseAddresses(mime::unfold(field.value));
        return addresses.isEmpty() ? whole.toByteArray() : mime::addressField(field.name, withoutNames(addresses));
    }
    if (field.is("Date")) {
        const std::optional<QDateTime> date = mime::parseDate(field.value);
        return date ? "Date: " + mime::formatDate(date->toUTC()) + "\r\n" : whole.toByteArray();
    }
    return whole.toByteArray();
}

/// What stands outside for a field, with its line end; empty if it is left out.
QByteArray outerField(const mime::HeaderField &field, QByteArrayView whole, HeaderPolicy policy)
{
    if (policy == HeaderPolicy::None)
        return whole.toByteArray();
    if (field.is("Subject"))
        return "Subject: [...]\r\n";
    if (isOneOf(field, kHiddenWhole))
        return {};
    return policy == HeaderPolicy::Shy ? shyField(field, whole) : whole.toByteArray();
}

QByteArray outerRecord(QByteArrayView outer)
{
    const qsizetype colon = outer.indexOf(':');
    return mime::foldHeader("HP-Outer", outer.first(colon).toByteArray() + ": " + mime::unfold(outer.sliced(colon + 1)));
}

} // namespace

SplitHeader splitHeader(QByteArrayView messageFields, PayloadProtection protection, HeaderPolicy policy)
{
    const mime::Headers headers = mime::parseHeaders(messageFields);
    SplitHeader split;
    QByteArray records;
    for (const mime::HeaderField &field : headers.fields) {
        if (isLeftOut(field))
            continue;
        const QByteArrayView whole = field.whole.of(messageFields);
        split.inner += whole;
        if (protection == PayloadProtection::SignedOnly) {
            split.outer += whole;
            continue;
        }
        const QByteArray outer = outerField(field, whole, policy);
        split.outer += outer;
        if (isOneOf(field, kShownByPrograms) && outer != whole)
            split.hidden.append({field.name, mime::decodeUnstructured(field.value)});
        if (!outer.isEmpty())
            records += outerRecord(outer);
    }
    split.inner += records;
    return split;
}

} // namespace smime
