// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: object identifiers of CMS that OpenSSL 3.5 has no number for, or that we compare as text.

namespace provider::cms {

inline constexpr char kOidData[] = "1.2.840.113549.1.7.1";
inline constexpr char kOidSignedData[] = "1.2.840.113549.1.7.2";
inline constexpr char kOidEnvelopedData[] = "1.2.840.113549.1.7.3";
inline constexpr char kOidDigestedData[] = "1.2.840.113549.1.7.5";
inline constexpr char kOidEncryptedData[] = "1.2.840.113549.1.7.6";
inline constexpr char kOidAuthenticatedData[] = "1.2.840.113549.1.9.16.1.2";
inline constexpr char kOidCompressedData[] = "1.2.840.113549.1.9.16.1.9";
inline constexpr char kOidAuthEnvelopedData[] = "1.2.840.113549.1.9.16.1.23";

// Attributes: RFC 5652 section 11, RFC 8551 section 2.5, RFC 5035
inline constexpr char kOidContentTypeAttribute[] = "1.2.840.113549.1.9.3";
inline constexpr char kOidMessageDigest[] = "1.2.840.113549.1.9.4";
inline constexpr char kOidSigningTime[] = "1.2.840.113549.1.9.5";
inline constexpr char kOidSmimeCapabilities[] = "1.2.840.113549.1.9.15";
inline constexpr char kOidEncryptionKeyPreference[] = "1.2.840.113549.1.9.16.2.11";
inline constexpr char kOidSigningCertificate[] = "1.2.840.113549.1.9.16.2.12";
inline constexpr char kOidSigningCertificateV2[] = "1.2.840.113549.1.9.16.2.47";
inline constexpr char kOidAlgorithmProtection[] = "1.2.840.113549.1.9.52"; // RFC 6211
inline constexpr char kOidTimeStampToken[] = "1.2.840.113549.1.9.16.2.14";

// RFC 5940 section 2.1, RFC 3161 section 2.4.2
inline constexpr char kOidOcspResponse[] = "1.3.6.1.5.5.7.16.2";
inline constexpr char kOidTimeStampInfo[] = "1.2.840.113549.1.9.16.1.4";

// Keys of RSA: RFC 3370 section 3.2, RFC 4055
inline constexpr char kOidRsaEncryption[] = "1.2.840.113549.1.1.1";
inline constexpr char kOidRsaesOaep[] = "1.2.840.113549.1.1.7";
inline constexpr char kOidMgf1[] = "1.2.840.113549.1.1.8";

// Digests: RFC 8702
inline constexpr char kOidShake256Length[] = "2.16.840.1.101.3.4.2.18";

// Content encryption: RFC 8103
inline constexpr char kOidChaCha20Poly1305[] = "1.2.840.113549.1.9.16.3.18";

// Key agreement: RFC 3370 section 4.1.1, RFC 5753 section 7.1.4, RFC 8418 section 2.2
inline constexpr char kOidEsdh[] = "1.2.840.113549.1.9.16.3.5";
inline constexpr char kOidStdDhSha1[] = "1.3.133.16.840.63.0.2";
inline constexpr char kOidStdDhSha224[] = "1.3.132.1.11.0";
inline constexpr char kOidStdDhSha256[] = "1.3.132.1.11.1";
inline constexpr char kOidStdDhSha384[] = "1.3.132.1.11.2";
inline constexpr char kOidStdDhSha512[] = "1.3.132.1.11.3";
inline constexpr char kOidCofactorDhSha1[] = "1.3.133.16.840.63.0.3";
inline constexpr char kOidCofactorDhSha224[] = "1.3.132.1.14.0";
inline constexpr char kOidCofactorDhSha256[] = "1.3.132.1.14.1";
inline constexpr char kOidCofactorDhSha384[] = "1.3.132.1.14.2";
inline constexpr char kOidCofactorDhSha512[] = "1.3.132.1.14.3";
inline constexpr char kOidStdDhHkdfSha256[] = "1.2.840.113549.1.9.16.3.19";
inline constexpr char kOidStdDhHkdfSha384[] = "1.2.840.113549.1.9.16.3.20";
inline constexpr char kOidStdDhHkdfSha512[] = "1.2.840.113549.1.9.16.3.21";

// Key encapsulation: RFC 9629 section 4, RFC 8619
inline constexpr char kOidKemRecipient[] = "1.2.840.113549.1.9.16.13.3";
inline constexpr char kOidCekHkdfSha256[] = "1.2.840.113549.1.9.16.3.31"; // RFC 9709
inline constexpr char kOidHkdfSha256[] = "1.2.840.113549.1.9.16.3.28";
inline constexpr char kOidHkdfSha384[] = "1.2.840.113549.1.9.16.3.29";
inline constexpr char kOidHkdfSha512[] = "1.2.840.113549.1.9.16.3.30";

} // namespace provider::cms
