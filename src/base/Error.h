// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace base {

/// What went wrong, for callers to branch on. Grouped by the module that reports it; app/ErrorText.cpp
/// has a sentence for each. The first value is what a default-constructed Error holds.
enum class ErrorCode {
    Unknown,
    Cancelled,
    InvalidArgument,
    Unsupported,

    // Files, the operating system
    FileNotFound,
    FileNotReadable,
    FileNotWritable,
    FileTooLarge,
    FileEmpty,
    FolderWithoutMail,
    DiskFull,
    ReadOnly,
    TooManyFilesOpen,

    // provider, identity: keys and certificates
    PassphraseMissing,
    PassphraseWrong,
    PassphraseTooShort,
    MessagePasswordWrong,
    MessagePasswordMissing,
    KeystoreLocked,
    KeystoreDamaged,
    KeyringFailed,
    KeyNotFound,
    KeyGenerationFailed,
    KeyTypeUnsupported,
    NotACertificate,
    NotACertificateRequest,
    NotAPkcs12File,
    NotACrl,
    Pkcs12WithoutKey,
    Pkcs12AlgorithmUnsupported,
    CertificateKeyMismatch,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateWrongUsage,
    CertificateTooWeak,
    CertificateWithoutAddress,
    CertificateForAnotherAddress,
    CertificateNotFound,
    CertificateRevoked,
    CertificateUntrusted,
    CertificateAlreadyPresent,
    RequestSignatureInvalid,
    AuthorityMissing,
    AuthorityExists,
    SerialUnknown,
    ProfileMissing,
    ProfileExists,
    AddressInvalid,

    // mime
    MessageMalformed,
    MessageEmpty,
    MessageTooDeep,
    MessageTooManyParts,
    MessageTooLarge,
    HeaderTooLong,

    // smime: sealing and opening
    CmsMalformed,
    CmsTooLarge,
    DecryptionFailed,
    NoDecryptionKey,
    SigningFailed,
    EncryptionFailed,
    RecipientMissing,
    RecipientWithoutCertificate,
    AlgorithmUnsupported,
    AlgorithmRefused,

    // net, transport: dialogues with a peer
    ConnectionRefused,
    HostNotFound,
    ConnectionLost,
    TimedOut,
    LineTooLong,
    ProtocolViolation,
    TlsUnavailable,
    TlsFailed,
    TlsCertificateUntrusted,
    AuthenticationUnavailable,
    AuthenticationFailed,
    SenderRefused,
    RecipientRefused,
    MessageRefused,
    MailboxBusy,
    PeerBusy,

    // store
    DatabaseDamaged,
    DatabaseBusy,
    DatabaseFailed,
    DatabaseTooNew,
    MessageNotFound,

    // relay
    PortInUse,
    AddressNotAvailable,
    PortForbidden,
    UserExists,
    UserUnknown,
    FaultRulesDamaged,
    ConfigurationInvalid,
};
/// For loops over all of them.
inline constexpr ErrorCode kLastErrorCode = ErrorCode::ConfigurationInvalid;

/// A fault: we could not find out or could not do it. What we did find out is never an Error.
struct Error {
    ErrorCode code = ErrorCode::Unknown;
    /// English, for the log and the details pane; never shown as the sentence, never a secret.
    QString detail;
    /// Where in the input, in octets, if the input is to blame.
    std::optional<qint64> offset;
    /// The peer's last reply line, if a peer is to blame.
    QByteArray reply;

    /// True if the same attempt may succeed later without a change by anybody: a 4yz reply,
    /// a lost connection, a busy database, a full disk. RFC 5321 section 4.2.1.
    [[nodiscard]] bool isTemporary() const;

    bool operator==(const Error &) const = default;
};

/// The enumerator's name, for logs and failing tests; the outbox keeps it, so a name that was given stays.
[[nodiscard]] const char *nameOf(ErrorCode code);
/// The code of that name; Unknown for any other text.
[[nodiscard]] ErrorCode errorCodeNamed(const QString &name);

} // namespace base
