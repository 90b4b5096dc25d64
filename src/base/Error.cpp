// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"

namespace base {

bool Error::isTemporary() const
{
    if (!reply.isEmpty())
        return reply.startsWith('4') || reply.startsWith("-ERR [SYS/TEMP]") || reply.startsWith("-ERR [IN-USE]");
    switch (code) {
    case ErrorCode::ConnectionRefused:
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectionLost:
    case ErrorCode::TimedOut:
    case ErrorCode::MailboxBusy:
    case ErrorCode::PeerBusy:
    case ErrorCode::DatabaseBusy:
    case ErrorCode::DiskFull:
    case ErrorCode::ReadOnly:
    case ErrorCode::TooManyFilesOpen:
        return true;
    default:
        return false;
    }
}

const char *nameOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unknown: return "Unknown";
    case ErrorCode::Cancelled: return "Cancelled";
    case ErrorCode::InvalidArgument: return "InvalidArgument";
    case ErrorCode::Unsupported: return "Unsupported";
    case ErrorCode::FileNotFound: return "FileNotFound";
    case ErrorCode::FileNotReadable: return "FileNotReadable";
    case ErrorCode::FileNotWritable: return "FileNotWritable";
    case ErrorCode::FileTooLarge: return "FileTooLarge";
    case ErrorCode::FileEmpty: return "FileEmpty";
    case ErrorCode::FolderWithoutMail: return "FolderWithoutMail";
    case ErrorCode::DiskFull: return "DiskFull";
    case ErrorCode::ReadOnly: return "ReadOnly";
    case ErrorCode::TooManyFilesOpen: return "TooManyFilesOpen";
    case ErrorCode::PassphraseMissing: return "PassphraseMissing";
    case ErrorCode::PassphraseWrong: return "PassphraseWrong";
    case ErrorCode::PassphraseTooShort: return "PassphraseTooShort";
    case ErrorCode::MessagePasswordWrong: return "MessagePasswordWrong";
    case ErrorCode::MessagePasswordMissing: return "MessagePasswordMissing";
    case ErrorCode::KeystoreLocked: return "KeystoreLocked";
    case ErrorCode::KeystoreDamaged: return "KeystoreDamaged";
    case ErrorCode::KeyringFailed: return "KeyringFailed";
    case ErrorCode::KeyNotFound: return "KeyNotFound";
    case ErrorCode::KeyGenerationFailed: return "KeyGenerationFailed";
    case ErrorCode::KeyTypeUnsupported: return "KeyTypeUnsupported";
    case ErrorCode::NotACertificate: return "NotACertificate";
    case ErrorCode::NotACertificateRequest: return "NotACertificateRequest";
    case ErrorCode::NotAPkcs12File: return "NotAPkcs12File";
    case ErrorCode::NotACrl: return "NotACrl";
    case ErrorCode::Pkcs12WithoutKey: return "Pkcs12WithoutKey";
    case ErrorCode::Pkcs12AlgorithmUnsupported: return "Pkcs12AlgorithmUnsupported";
    case ErrorCode::CertificateKeyMismatch: return "CertificateKeyMismatch";
    case ErrorCode::CertificateExpired: return "CertificateExpired";
    case ErrorCode::CertificateNotYetValid: return "CertificateNotYetValid";
    case ErrorCode::CertificateWrongUsage: return "CertificateWrongUsage";
    case ErrorCode::CertificateTooWeak: return "CertificateTooWeak";
    case ErrorCode::CertificateWithoutAddress: return "CertificateWithoutAddress";
    case ErrorCode::CertificateForAnotherAddress: return "CertificateForAnotherAddress";
    case ErrorCode::CertificateNotFound: return "CertificateNotFound";
    case ErrorCode::CertificateRevoked: return "CertificateRevoked";
    case ErrorCode::CertificateUntrusted: return "CertificateUntrusted";
    case ErrorCode::CertificateAlreadyPresent: return "CertificateAlreadyPresent";
    case ErrorCode::RequestSignatureInvalid: return "RequestSignatureInvalid";
    case ErrorCode::AuthorityMissing: return "AuthorityMissing";
    case ErrorCode::AuthorityExists: return "AuthorityExists";
    case ErrorCode::SerialUnknown: return "SerialUnknown";
    case ErrorCode::ProfileMissing: return "ProfileMissing";
    case ErrorCode::ProfileExists: return "ProfileExists";
    case ErrorCode::AddressInvalid: return "AddressInvalid";
    case ErrorCode::MessageMalformed: return "MessageMalformed";
    case ErrorCode::MessageEmpty: return "MessageEmpty";
    case ErrorCode::MessageTooDeep: return "MessageTooDeep";
    case ErrorCode::MessageTooManyParts: return "MessageTooManyParts";
    case ErrorCode::MessageTooLarge: return "MessageTooLarge";
    case ErrorCode::HeaderTooLong: return "HeaderTooLong";
    case ErrorCode::CmsMalformed: return "CmsMalformed";
    case ErrorCode::CmsTooLarge: return "CmsTooLarge";
    case ErrorCode::DecryptionFailed: return "DecryptionFailed";
    case ErrorCode::NoDecryptionKey: return "NoDecryptionKey";
    case ErrorCode::SigningFailed: return "SigningFailed";
    case ErrorCode::EncryptionFailed: return "EncryptionFailed";
    case ErrorCode::RecipientMissing: return "RecipientMissing";
    case ErrorCode::RecipientWithoutCertificate: return "RecipientWithoutCertificate";
    case ErrorCode::AlgorithmUnsupported: return "AlgorithmUnsupported";
    case ErrorCode::AlgorithmRefused: return "AlgorithmRefused";
    case ErrorCode::ConnectionRefused: return "ConnectionRefused";
    case ErrorCode::HostNotFound: return "HostNotFound";
    case ErrorCode::ConnectionLost: return "ConnectionLost";
    case ErrorCode::TimedOut: return "TimedOut";
    case ErrorCode::LineTooLong: return "LineTooLong";
    case ErrorCode::ProtocolViolation: return "ProtocolViolation";
    case ErrorCode::TlsUnavailable: return "TlsUnavailable";
    case ErrorCode::TlsFailed: return "TlsFailed";
    case ErrorCode::TlsCertificateUntrusted: return "TlsCertificateUntrusted";
    case ErrorCode::AuthenticationUnavailable: return "AuthenticationUnavailable";
    case ErrorCode::AuthenticationFailed: return "AuthenticationFailed";
    case ErrorCode::SenderRefused: return "SenderRefused";
    case ErrorCode::RecipientRefused: return "RecipientRefused";
    case ErrorCode::MessageRefused: return "MessageRefused";
    case ErrorCode::MailboxBusy: return "MailboxBusy";
    case ErrorCode::PeerBusy: return "PeerBusy";
    case ErrorCode::DatabaseDamaged: return "DatabaseDamaged";
    case ErrorCode::DatabaseBusy: return "DatabaseBusy";
    case ErrorCode::DatabaseFailed: return "DatabaseFailed";
    case ErrorCode::DatabaseTooNew: return "DatabaseTooNew";
    case ErrorCode::MessageNotFound: return "MessageNotFound";
    case ErrorCode::PortInUse: return "PortInUse";
    case ErrorCode::AddressNotAvailable: return "AddressNotAvailable";
    case ErrorCode::PortForbidden: return "PortForbidden";
    case ErrorCode::UserExists: return "UserExists";
    case ErrorCode::UserUnknown: return "UserUnknown";
    case ErrorCode::FaultRulesDamaged: return "FaultRulesDamaged";
    case ErrorCode::ConfigurationInvalid: return "ConfigurationInvalid";
    }
    Q_UNREACHABLE_RETURN("");
}

ErrorCode errorCodeNamed(const QString &name)
{
    for (int i = 0; i <= static_cast<int>(kLastErrorCode); ++i)
        if (name == QLatin1StringView{nameOf(ErrorCode{i})})
            return ErrorCode{i};
    return ErrorCode::Unknown;
}

} // namespace base
