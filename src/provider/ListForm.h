// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: what a revocation list says about itself (RFC 5280 section 5).

#include "provider/OpenSsl.h"

namespace provider {

/// Whether it is written as RFC 5280 wants it, so far as its meaning hangs on that: sections 5.1.2.1 and 5.2. Of an issuingDistributionPoint that
/// stands there twice or cannot be read, OpenSSL tells nobody; it takes the list for one about everybody.
[[nodiscard]] bool isListInOrder(const X509_CRL *list);
[[nodiscard]] bool isIndirectList(const X509_CRL *list);
/// Whether it lists attribute certificates alone, whose numbers are others.
[[nodiscard]] bool isListOfAttributes(const X509_CRL *list);
[[nodiscard]] bool isDeltaList(const X509_CRL *list);
/// The issuingDistributionPoint, DER; empty for a list about everybody.
[[nodiscard]] QByteArray scopeOfList(const X509_CRL *list);
/// By their numbers, which complete and delta lists share (RFC 5280 section 5.2.3), else by their times; never against their times, for an authority may
/// have begun to count anew.
[[nodiscard]] bool isLaterList(const X509_CRL *one, const X509_CRL *other);
/// Of several delta lists of one kind the latest counts, if it is to no later base than the others (RFC 5280 section 5.2.4).
[[nodiscard]] bool isSupersededBy(const X509_CRL *delta, const X509_CRL *other);
/// The time of expiredCertsOnCRL, by which some authorities leave on their lists who has expired (ITU-T X.509).
[[nodiscard]] QDateTime expiredKeptSince(const X509_CRL *list);
/// Whether it must not be used any more. A delta list that is no longer current (RFC 5280 section 6.3.3 (a)): what it once took back may have happened
/// again since. And after a day one that names no next one, which section 5.1.2.5 demands: it would be current for ever. Other lists that have run
/// out OpenSSL names as such.
[[nodiscard]] bool hasListRunOut(const X509_CRL *list, const QDateTime &at);

/// Verifies a list's signature once for each key: the same list comes with every message of a mailbox. Thread-safe.
[[nodiscard]] bool isListSignedBy(X509_CRL *crl, X509 *issuer);

/// When somebody was revoked for a reason that says that the key was not lost, and in plain words: invalid else.
[[nodiscard]] QDateTime retirementOf(const X509_REVOKED *entry);

} // namespace provider
