// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ErrorText.h"

#include "identity/Keystore.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

constexpr qsizetype kLongestAddresses = 200; ///< A certificate may name any number of them.

class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(app::ErrorText)

public:
    static QString ofRefusal(const QString &who)
    {
        return tr("The server takes no mail for %1. Check the address; any other recipient gets the message.").arg(who);
    }

    static QString ofOtherAddress(const QString &whose)
    {
        return tr("The certificate is for %1, so it cannot be used here. To use it for its own address, make a new identity with it.").arg(whose);
    }

    static QString ofPortInUse(const QString &where)
    {
        return tr("%1 is in use by another program. Stop that program, or choose another port for the relay.").arg(where);
    }

    // No default: a new code does not compile until it has its sentence.
    static QString of(ErrorCode code)
    {
        switch (code) {
        case ErrorCode::Unknown:
            return tr("Something went wrong that this program did not foresee. Nothing was changed. The details say more.");
        case ErrorCode::Cancelled:
            return tr("This was cancelled. Nothing was changed.");
        case ErrorCode::InvalidArgument:
            return tr("A value that was given cannot be used here. Correct it and try again.");
        case ErrorCode::Unsupported:
            return tr("This is not supported yet. The details name what was asked for.");
        case ErrorCode::FileNotFound:
            return tr("The file was not found. Check its name and try again.");
        case ErrorCode::FileNotReadable:
            return tr("The file could not be read. Check that you may open it and that it is not a folder.");
        case ErrorCode::FileNotWritable:
            return tr("The file could not be written. Choose another place or check that you may write there.");
        case ErrorCode::FileTooLarge:
            return tr("The file is too large to be what was expected here. Choose another file.");
        case ErrorCode::FileEmpty:
            return tr("The file is empty. Choose another file.");
        case ErrorCode::FolderWithoutMail:
            return tr("There is no mail in this folder that could be imported: no maildir, no mbox file and no .eml file. Choose the folder in which the other program keeps its mail, or export it from there.");
        case ErrorCode::DiskFull:
            return tr("The disk is full. Nothing was lost; free some space and try again.");
        case ErrorCode::ReadOnly:
            return tr("This place can only be read, so nothing was stored. Make it writable or choose another place.");
        case ErrorCode::TooManyFilesOpen:
            return tr("As many files and connections are open as this computer allows. Close something and try again.");
        case ErrorCode::PassphraseMissing:
            return tr("A passphrase is needed and none was given. Enter it, or name a passphrase file.");
        case ErrorCode::PassphraseWrong:
            return tr("The passphrase is wrong. Nothing was unlocked; try it again.");
        case ErrorCode::PassphraseTooShort:
            return tr("The passphrase is too short to protect a key. Choose one of at least %1 characters.").arg(identity::kShortestPassphrase);
        case ErrorCode::MessagePasswordWrong:
            return tr("The message does not open with this password: that is another one, or it was damaged on the way. Try it again.");
        case ErrorCode::MessagePasswordMissing:
            return tr("This password opened a part of the message, which is shown now. Another part has another password: give that one, too.");
        case ErrorCode::KeystoreLocked:
            return tr("The keys are locked. Unlock them with your passphrase first.");
        case ErrorCode::KeystoreDamaged:
            return tr("The file with your keys is damaged. Restore it from a backup, or import your keys again.");
        case ErrorCode::KeyringFailed:
            return tr("This desktop's keyring did not do what it was asked: it may be locked, or not be there. The passphrase is asked for as ever.");
        case ErrorCode::KeyNotFound:
            return tr("There is no key for this. Create an identity or import one first.");
        case ErrorCode::KeyGenerationFailed:
            return tr("The key could not be made. Try again, or choose another kind of key.");
        case ErrorCode::KeyTypeUnsupported:
            return tr("This kind of key is not supported. Choose another kind.");
        case ErrorCode::NotACertificate:
            return tr("This is not a certificate, or it is damaged. Choose a file that holds one, such as .pem, .crt or .cer.");
        case ErrorCode::NotACertificateRequest:
            return tr("This is not a certificate request. Ask for a file that ends in .csr or .p10.");
        case ErrorCode::NotAPkcs12File:
            return tr("This is not a PKCS#12 file, or it is damaged. Choose a file that ends in .p12 or .pfx.");
        case ErrorCode::NotACrl:
            return tr("This is not a list of revoked certificates. Choose a file that ends in .crl.");
        case ErrorCode::Pkcs12WithoutKey:
            return tr("The file has no private key in it, so it is not an identity. Export it again together with the key.");
        case ErrorCode::Pkcs12AlgorithmUnsupported:
            return tr("The file is protected in a way that this program cannot undo. Export it again with a common protection, such as AES-256.");
        case ErrorCode::CertificateKeyMismatch:
            return tr("The certificate does not belong to the key. Import the two that were made together.");
        case ErrorCode::CertificateExpired:
            return tr("The certificate has expired. Ask for a new one.");
        case ErrorCode::CertificateNotYetValid:
            return tr("The certificate is not valid yet. Check the date of this computer, or wait until it begins.");
        case ErrorCode::CertificateWrongUsage:
            return tr("The certificate is not meant for e-mail. Ask for one that is.");
        case ErrorCode::CertificateTooWeak:
            return tr("The certificate's key is too short to protect mail today. Ask for a certificate with a longer one.");
        case ErrorCode::CertificateWithoutAddress:
            return tr("The certificate does not name the e-mail address that it is wanted for, so it cannot be used. Ask for one that does.");
        case ErrorCode::CertificateForAnotherAddress:
            return tr("The certificate is for another address, so it cannot be used here. To use it for its own, make a new identity with it.");
        case ErrorCode::CertificateNotFound:
            return tr("No certificate was found. Ask the other person for a signed message, or import the certificate.");
        case ErrorCode::CertificateRevoked:
            return tr("The certificate was revoked. Ask its owner for a new one.");
        case ErrorCode::CertificateUntrusted:
            return tr("Nobody you trust vouches for this certificate. Check it with its owner before you use it.");
        case ErrorCode::CertificateAlreadyPresent:
            return tr("This certificate is here already. Nothing was changed.");
        case ErrorCode::RequestSignatureInvalid:
            return tr("The certificate request was altered or does not fit its key. Ask for a new request.");
        case ErrorCode::AuthorityMissing:
            return tr("There is no authority here that could issue certificates. Make one first.");
        case ErrorCode::AuthorityExists:
            return tr("There is an authority here already. It was left as it is.");
        case ErrorCode::SerialUnknown:
            return tr("This authority has issued no certificate with that serial number. Look at its list.");
        case ErrorCode::ProfileMissing:
            return tr("There is no profile for this address. Create an identity for it first.");
        case ErrorCode::ProfileExists:
            return tr("There is a profile for this address already. It was left as it is.");
        case ErrorCode::AddressInvalid:
            return tr("This is not an e-mail address. Write it as name@example.org.");
        case ErrorCode::MessageMalformed:
            return tr("The message is damaged and cannot be read. Ask the sender to send it again.");
        case ErrorCode::MessageEmpty:
            return tr("The message is empty. Ask the sender to send it again.");
        case ErrorCode::MessageTooDeep:
            return tr("The message is nested so deeply that it is not opened. It was probably not made by a mail program.");
        case ErrorCode::MessageTooManyParts:
            return tr("The message has so many parts that it is not opened. It was probably not made by a mail program.");
        case ErrorCode::MessageTooLarge:
            return tr("The message is too large. Send less at once, or send a link to the files.");
        case ErrorCode::HeaderTooLong:
            return tr("The head of the message is too long to be read. It was probably not made by a mail program.");
        case ErrorCode::CmsMalformed:
            return tr("The protected part of the message is damaged and cannot be read. Ask the sender to send it again.");
        case ErrorCode::CmsTooLarge:
            return tr("The protected part of the message is too large to be opened. Ask the sender to send less at once.");
        case ErrorCode::DecryptionFailed:
            return tr("The message could not be decrypted. It is damaged, or it was not made for your key.");
        case ErrorCode::NoDecryptionKey:
            return tr("The message was encrypted to a key that you do not have. Import that key, or ask the sender to use your present certificate.");
        case ErrorCode::SigningFailed:
            return tr("The message could not be signed, so it was not sent. Check your certificate.");
        case ErrorCode::EncryptionFailed:
            return tr("The message could not be encrypted, so it was not sent. Check the recipients' certificates.");
        case ErrorCode::RecipientMissing:
            return tr("The message has no recipient. Enter an address in To, Cc or Bcc.");
        case ErrorCode::RecipientWithoutCertificate:
            return tr("There is no certificate for a recipient, so the message cannot be encrypted for everybody. Import the certificate, ask for a signed message, or leave the recipient out.");
        case ErrorCode::AlgorithmUnsupported:
            return tr("The message is protected in a way that this program does not know. Ask the sender to use a common one.");
        case ErrorCode::AlgorithmRefused:
            return tr("The message is protected in a way that has been broken, so it counts for nothing. Ask the sender to use a current one.");
        case ErrorCode::ConnectionRefused:
            return tr("The server cannot be reached. If it is the relay of this program, start it; otherwise check the address.");
        case ErrorCode::HostNotFound:
            return tr("The server's name was not found. Check the address and the network.");
        case ErrorCode::ConnectionLost:
            return tr("The connection to the server was lost. It will be tried again.");
        case ErrorCode::TimedOut:
            return tr("The server did not answer in time. It will be tried again.");
        case ErrorCode::LineTooLong:
            return tr("The server sent a line that is too long to be right, so the connection was closed. Check that it is a mail server.");
        case ErrorCode::ProtocolViolation:
            return tr("The server did not keep to the rules of mail, so the connection was closed. Check that it is a mail server.");
        case ErrorCode::TlsUnavailable:
            return tr("The server offers no encryption, but your settings demand it. Nothing was sent. Check the settings.");
        case ErrorCode::TlsFailed:
            return tr("No encrypted connection could be made. Nothing was sent. Check the server and its certificate.");
        case ErrorCode::TlsCertificateUntrusted:
            return tr("The server's certificate is not trusted, so nothing was sent to it. Check that you are talking to the right server. If it is your company's own, say in the main window, under Mail servers, who vouches for it.");
        case ErrorCode::AuthenticationUnavailable:
            return tr("The server offers no way of signing in that is safe here. Nothing was sent. Check the settings.");
        case ErrorCode::AuthenticationFailed:
            return tr("The server did not accept the user name or the password. Check both.");
        case ErrorCode::SenderRefused:
            return tr("The server does not accept mail from this address. Check which address you are using.");
        case ErrorCode::RecipientRefused:
            return tr("The server takes no mail for a recipient. Check the address; any other recipient gets the message.");
        case ErrorCode::MessageRefused:
            return tr("The server did not accept the message. It stays in the outbox; the details have the server's words.");
        case ErrorCode::MailboxBusy:
            return tr("The mailbox is in use by another program. It will be tried again.");
        case ErrorCode::PeerBusy:
            return tr("The server is busy. It will be tried again.");
        case ErrorCode::DatabaseDamaged:
            return tr("The file that holds the mail is damaged. Nothing was changed; restore it from a backup.");
        case ErrorCode::DatabaseBusy:
            return tr("The mail is in use by another program at this moment. It will be tried again.");
        case ErrorCode::DatabaseFailed:
            return tr("The mail could not be stored or read. Nothing was changed; the details say why.");
        case ErrorCode::DatabaseTooNew:
            return tr("This mail was stored by a newer Waxwing. Use that version to open it.");
        case ErrorCode::MessageNotFound:
            return tr("The message is not there any more. It may have been deleted elsewhere.");
        case ErrorCode::PortInUse:
            return tr("The port is in use by another program. Stop that program, or choose another port for the relay.");
        case ErrorCode::AddressNotAvailable:
            return tr("This computer does not have that address, so the relay cannot listen there. Choose another one.");
        case ErrorCode::PortForbidden:
            return tr("This port may only be opened by the administrator. Choose one above 1023 for the relay.");
        case ErrorCode::UserExists:
            return tr("There is a mailbox with this address already. It was left as it is.");
        case ErrorCode::UserUnknown:
            return tr("There is no mailbox with this address. Look at the list of mailboxes.");
        case ErrorCode::FaultRulesDamaged:
            return tr("The file of the relay's fault rules is damaged, so the relay does not follow it. Correct it, or remove all rules: then it is made anew.");
        case ErrorCode::ConfigurationInvalid:
            return tr("These settings cannot be used. The details name what to correct.");
        }
        Q_UNREACHABLE_RETURN({});
    }

    static QString ofRelayTrouble(ErrorCode code)
    {
        switch (code) {
        case ErrorCode::DiskFull:
            return tr("The relay's disk is full: new mail waits at its senders, and nothing that was taken is lost. Free some space; the rest happens by itself.");
        case ErrorCode::ReadOnly:
            return tr("The relay's disk can only be read: new mail waits at its senders, and nothing that was taken is lost. Make it writable; the rest happens by itself.");
        case ErrorCode::DatabaseBusy:
            return tr("Another program holds the relay's mail: new mail waits at its senders until it lets go. If this lasts, end that program.");
        case ErrorCode::TooManyFilesOpen:
            return tr("The relay has as many connections as this computer allows: new ones wait until others end. If this lasts, raise the limit of open files.");
        default:
            return tr("The relay cannot store mail at the moment: new mail waits at its senders, and nothing that was taken is lost. The details say why.");
        }
    }
};

QString detailOf(const base::Error &error)
{
    QStringList detail{QString::fromLatin1(base::nameOf(error.code))};
    if (!error.detail.isEmpty())
        detail << error.detail;
    if (error.offset)
        detail << u"at octet %1"_s.arg(*error.offset);
    if (!error.reply.isEmpty())
        detail << u"the server said: %1"_s.arg(QString::fromUtf8(error.reply).simplified());
    return detail.join(u"; "_s);
}

} // namespace

ErrorText errorText(const base::Error &error)
{
    // Who or which it is decides what to do, so the sentence itself says it.
    if (error.code == ErrorCode::RecipientRefused && !error.detail.isEmpty())
        return {Sentences::ofRefusal(error.detail), detailOf(error)};
    if (error.code == ErrorCode::CertificateForAnotherAddress && !error.detail.isEmpty())
        return {Sentences::ofOtherAddress(error.detail.left(kLongestAddresses)), detailOf(error)};
    if (error.code == ErrorCode::PortInUse && !error.detail.isEmpty())
        return {Sentences::ofPortInUse(error.detail), detailOf(error)};
    return {Sentences::of(error.code), detailOf(error)};
}

ErrorText relayTroubleText(const base::Error &error)
{
    return {Sentences::ofRelayTrouble(error.code), detailOf(error)};
}

} // namespace app
