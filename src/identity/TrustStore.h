// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "identity/DataDirectory.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <optional>

namespace identity {

/// Why a certificate is trusted.
enum class AnchorOrigin { Authority, Added };

/// A certificate that vouches for mail of others; never for a server (TLS has a set of its own).
struct Anchor {
    QByteArray certificate;   ///< DER.
    AnchorOrigin origin = AnchorOrigin::Added;
    QByteArray fingerprint;   ///< Lower-case hex of SHA-256.
    QString profile;          ///< The address for which it was added; empty for all profiles.

    bool operator==(const Anchor &) const = default;
};

/// What path validation needs, as values for a job: DER each.
struct TrustMaterial {
    QList<QByteArray> anchors;
    QList<QByteArray> crls;
};

/// Trust anchors for mail and revocation lists: those of the data directory (its authority among them) and, if a profile
/// is named, that profile's own. One file each, replaced atomically; every call reads what is there now.
/// Any thread; several processes may use it.
class TrustStore
{
public:
    explicit TrustStore(const DataDirectory &data, const std::optional<Profile> &profile = {});

    /// The data directory's authority first, then the added ones. Never fails; what cannot be read is passed over and logged.
    [[nodiscard]] QList<Anchor> anchors() const;
    [[nodiscard]] TrustMaterial material() const;

    /// Adds to the profile's own anchors, or without a profile to those of all. `certificate` is DER. NotACertificate,
    /// InvalidArgument (neither an authority nor self-issued), CertificateAlreadyPresent, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Result<Anchor> addAnchor(const QByteArray &certificate);

    /// By fingerprint, or a beginning of it of 8 digits and more. CertificateNotFound, InvalidArgument (fits several, or is the
    /// data directory's own authority), ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status removeAnchor(const QByteArray &fingerprint);

    /// Keeps a revocation list (DER), in place of an older one of the same issuer. It must be signed by an anchor or by one of `issuers`
    /// (DER), or a forged list could push out the true one. NotACrl, FileTooLarge, CertificateUntrusted, ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status addCrl(const QByteArray &crl, const QList<QByteArray> &issuers = {});
    /// DER; the authority's own first.
    [[nodiscard]] QList<QByteArray> crls() const;

private:
    [[nodiscard]] QString ownFolder() const;

    DataDirectory m_data;
    std::optional<Profile> m_profile;
};

} // namespace identity
