// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace mime {

/// The A-label form ("xn--..."), lower case; empty if the name is no valid domain. RFC 5891, UTS 46.
[[nodiscard]] QString toAsciiDomain(const QString &domain);

/// The U-label form, lower case; labels that do not decode stay as they are.
[[nodiscard]] QString toUnicodeDomain(const QString &domain);

/// True if the label could be taken for another: mixed scripts (other than the customary Japanese, Chinese and Korean mixtures), whole-script
/// look-alikes of Latin letters, combining marks without base, invisible characters. UTS 39 section 5 in essence.
[[nodiscard]] bool isConfusable(const QString &label);

/// True if the local part of a mailbox could be taken for another: invisible characters, doubles of ASCII ones, letters of scripts that look alike within
/// one word. Words of a single script are names as people have them, whatever they look like.
[[nodiscard]] bool isConfusableLocalPart(const QString &local);

/// How a person should see the domain: Unicode, except that a label which isConfusable is shown as its A-label.
[[nodiscard]] QString displayDomain(const QString &domain);

/// `local@domain` with displayDomain, control and bidirectional characters of the local part replaced.
[[nodiscard]] QString displayMailbox(const QString &mailbox);

} // namespace mime
