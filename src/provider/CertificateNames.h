// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: names and usages in certificates, read and written.

#include "base/Result.h"
#include "provider/CertificateFacts.h"
#include "provider/OpenSsl.h"

#include <QStringList>
#include <memory>

namespace provider {

/// Only what maySign(), mayReceive() and mayProtectMail() need; the rest stays empty.
[[nodiscard]] CertificateFacts usageFactsOf(const X509 *certificate);

/// Text of an IA5 name; empty if it has octets beyond printable ASCII, which only deceivers and broken issuers write.
[[nodiscard]] QString strictAscii(const ASN1_STRING *string);

/// rfc822Name and SmtpUTF8Mailbox of alternative names, in order.
[[nodiscard]] QStringList mailAddressesOf(const GENERAL_NAMES *names);
/// The SmtpUTF8Mailbox names alone.
[[nodiscard]] QStringList internationalMailboxesOf(const GENERAL_NAMES *names);
/// A copy of the certificate that has all its other names; null if it cannot be made.
[[nodiscard]] X509Ptr withoutInternationalMailboxes(X509 *certificate);
/// A mailbox, host or domain in the one form in which they are compared: in lower case, by A-labels, without a full stop at the end.
[[nodiscard]] QString comparableMailbox(const QString &mailbox);
/// True for one that names a mailbox: one @, but for those in quotes, with something on both sides.
[[nodiscard]] bool isMailbox(const QString &comparable);
/// The subtrees of rfc822Name, comparable; they hold for SmtpUTF8Mailbox too (RFC 9598 section 6): a mailbox, a host, or with a full stop first
/// a domain. Empty for one that cannot be read.
[[nodiscard]] QStringList mailNamesOf(const STACK_OF(GENERAL_SUBTREE) *trees);
/// True if one of the subtrees is of the form SmtpUTF8Mailbox, which OpenSSL passes over.
[[nodiscard]] bool hasMailboxSubtree(const STACK_OF(GENERAL_SUBTREE) *trees);
/// True if the comparable mailbox is in one of such subtrees. What cannot be read permits nothing.
[[nodiscard]] bool isPermitted(const QString &comparable, const QStringList &permitted);
/// The same for subtrees that are excluded. What cannot be read excludes everything.
[[nodiscard]] bool isExcluded(const QString &comparable, const QStringList &excluded);
/// The subject and the directoryName of alternative names as RFC 5280 section 7.1 compares them; an empty subject is none. Of each name a text in which
/// every RDN has its end: without regard to case, of any script, to spelling (NFKC), white space and what is not seen (RFC 4518). OpenSSL folds the case
/// of ASCII and squeezes its white space, no more.
[[nodiscard]] QStringList directoryNamesOf(const X509 *certificate);
/// The subtrees of directoryName, as above.
[[nodiscard]] QStringList directoryNamesOf(const STACK_OF(GENERAL_SUBTREE) *trees);
/// True if one of the names is in one of the subtrees.
[[nodiscard]] bool isAnyWithin(const QStringList &names, const QStringList &subtrees);
/// dNSName and iPAddress.
[[nodiscard]] QStringList hostNamesOf(const GENERAL_NAMES *names);
/// uniformResourceIdentifier.
[[nodiscard]] QStringList locationsOf(const GENERAL_NAMES *names);
/// The values of one attribute, in order.
[[nodiscard]] QStringList valuesOf(const X509_NAME *name, int nid);
/// The common name that counts, the last one, in one line and one direction: whoever makes a certificate writes there what he likes, and sentences
/// repeat it. Empty if there is none.
[[nodiscard]] QString commonNameOf(const X509_NAME *name);

/// Alternative names from addresses and host names. rfc822Name where the local part is ASCII (the domain as A-labels),
/// else SmtpUTF8Mailbox (RFC 9598). AddressInvalid; nullptr if both lists are empty.
[[nodiscard]] base::Result<std::shared_ptr<GENERAL_NAMES>> alternativeNames(const QStringList &addresses,
                                                                           const QStringList &hostNames);

} // namespace provider
