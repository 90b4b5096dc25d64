// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: headers around octets that are too many to pass through a template.

#include "provider/OpenSsl.h"

#include <QList>

namespace provider::cms {

/// Identifier and length octets for a body of `octets`.
[[nodiscard]] QByteArray derHeader(int tag, int tagClass, bool isConstructed, qsizetype octets);
/// Universal constructed element (SEQUENCE, SET) around `body`.
[[nodiscard]] QByteArray derWrap(int tag, const QByteArray &body);
/// [number] constructed around `body`.
[[nodiscard]] QByteArray derContext(int number, const QByteArray &body);
/// The elements of a SET OF in DER's order, without header (X.690 section 11.6).
[[nodiscard]] QByteArray derSorted(QList<QByteArray> elements);
[[nodiscard]] QByteArray derInteger(long value);
/// DER of a dotted object identifier; empty for what is none.
[[nodiscard]] QByteArray derOid(const char *dotted);
[[nodiscard]] QByteArray derOctets(QByteArrayView octets);
[[nodiscard]] inline QByteArray derNull() { return QByteArray("\x05\x00", 2); }

/// An AlgorithmIdentifier of a dotted OID with parameters in DER, empty for absent; nullptr if either is no DER.
[[nodiscard]] AlgorithmPtr makeAlgorithm(const char *dotted, const QByteArray &parameters = {});

inline const unsigned char *octets(QByteArrayView view) { return reinterpret_cast<const unsigned char *>(view.data()); }
inline unsigned char *octets(QByteArray &array) { return reinterpret_cast<unsigned char *>(array.data()); }

} // namespace provider::cms
