// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace smime {

// The axes of a verdict, each apart; the names in the JSON of `wax open` are those of the enumerators
// in kebab-case. The first value of each is the safe one to forget.
enum class Integrity { None, Valid, Invalid, Unsupported };
enum class Chain { NotChecked, Trusted, Untrusted, Incomplete, Invalid };
enum class Usage { NotChecked, Permitted, Forbidden };
enum class Time { NotChecked, Valid, Expired, NotYetValid, ExpiredSince };
enum class Revocation { NotChecked, Good, Revoked, Unknown };
enum class Strength { NotChecked, Strong, Weak, Broken };
enum class Identity { NotChecked, Match, Mismatch, NoAddress };
enum class Coverage { None, Whole, Part };
enum class Continuity { NotChecked, First, Same, Renewed, Changed };

/// The axes that each signer has of its own.
struct SignatureAxes {
    Integrity integrity = Integrity::None;
    Chain chain = Chain::NotChecked;
    Usage usage = Usage::NotChecked;
    Time time = Time::NotChecked;
    Revocation revocation = Revocation::NotChecked;
    Strength strength = Strength::NotChecked;
    Identity identity = Identity::NotChecked;

    bool operator==(const SignatureAxes &) const = default;
};

/// One SignerInfo of RFC 5652 section 5.3 and what was found out about it.
struct Signer {
    SignatureAxes axes;
    QStringList addresses;
    QList<QStringList> others; ///< Addresses of each other whom an authority that is trusted certified for the same key, where nothing says who is meant.
    QString name;             ///< Common name of the subject; for display only, it proves nothing.
    QString subject;          ///< RFC 4514 form.
    QString issuer;
    QByteArray serial;        ///< Lower-case hex.
    QByteArray certificate;   ///< DER, empty if the message brought none and none was known.
    QList<QByteArray> path;   ///< DER from the issuer to the anchor, as far as it was found.
    QString authority;        ///< Common name of the last certificate of the path, or of the issuer; for display.
    QString digest;           ///< "SHA-256"
    QString algorithm;        ///< "RSA-PSS", "RSA-PKCS1-v1_5", "ECDSA", "Ed25519", ...
    QByteArray digestComputed;
    QByteArray digestSigned;  ///< The messageDigest attribute, empty without signed attributes.
    QDateTime signingTime;    ///< UTC, as claimed by the signer; invalid if it claims none.
    QDateTime stampedAt;      ///< UTC, as a time-stamp authority that leads to an anchor vouches for (RFC 3161); invalid if none does.
    QDateTime validFrom;
    QDateTime validUntil;
    QDateTime revokedAt;
    QString detail;           ///< The exact cause in English, empty if there is nothing to say.

    bool operator==(const Signer &) const = default;
};

/// What is known of the signatures of a message: the worst over all signers, axis by axis.
struct SignatureVerdict {
    SignatureAxes axes;
    Coverage coverage = Coverage::None;
    Continuity continuity = Continuity::NotChecked;
    int continuityCount = 0;      ///< Earlier mails with the same certificate.
    QDateTime continuitySince;    ///< When the certificate now in use, or the one before it, was first seen.
    QList<Signer> signers;
    QString detail;               ///< Why a signature cannot be read at all, so that it adds no signers; in English, empty if all can.

    bool operator==(const SignatureVerdict &) const = default;
};

enum class EncryptionState { None, Decrypted, NoKey, Failed };
enum class Protection { None, Authenticated, Unauthenticated };
enum class RecipientKind { KeyTransport, KeyAgreement, Kem, Kek, Password };

/// One RecipientInfo of RFC 5652 section 6.2.
struct Recipient {
    RecipientKind kind = RecipientKind::KeyTransport;
    QString issuer;
    QByteArray serial;            ///< Lower-case hex; empty if named by subjectKeyIdentifier.
    QByteArray subjectKeyIdentifier; ///< Lower-case hex; empty if named by issuer and serial.
    QString algorithm;            ///< "RSA-OAEP", "RSA-PKCS1-v1_5", "ECDH-ES", "X25519", ...
    Strength strength = Strength::NotChecked; ///< Of RSA by the length of the key, Weak under 2048 bits; NotChecked of every other.
    bool isSelf = false;          ///< It is one of our keys, or the password or shared key at hand opened it.
    QString name;                 ///< From a certificate at hand that matches; empty if nobody is known by this number.
    QStringList addresses;        ///< From the same certificate.

    bool operator==(const Recipient &) const = default;
};

struct EncryptionVerdict {
    EncryptionState state = EncryptionState::None;
    Protection protection = Protection::None;
    Strength strength = Strength::NotChecked;
    QString cipher;               ///< "AES-256-GCM"
    QList<Recipient> recipients;

    bool operator==(const EncryptionVerdict &) const = default;
};

/// One line for the whole, by the table of CONTRACT.md.
enum class Summary { Malformed, CannotDecrypt, Altered, Impersonated, Verified, Unverified, Decrypted, Plain };

enum class LayerKind { Signed, Enveloped, AuthEnveloped, Compressed };
enum class LayerForm { Opaque, Detached };

/// One CMS layer that was undone, from the outside in.
struct Layer {
    LayerKind kind = LayerKind::Signed;
    LayerForm form = LayerForm::Opaque;
    QString part;                 ///< "1.2"
    SignatureVerdict signature;   ///< For a signed layer.
    EncryptionVerdict encryption; ///< For an enveloped one.

    bool operator==(const Layer &) const = default;
};

/// The verdict on one message. Warnings are the stable codes of CONTRACT.md.
struct Verdict {
    Summary summary = Summary::Malformed;
    QList<Layer> layers;
    SignatureVerdict signature;
    EncryptionVerdict encryption;
    QStringList warnings;

    bool operator==(const Verdict &) const = default;
};

/// Whether a missing answer about revocation lowers the summary. The user's choice.
enum class RevocationDemand { WhereAtHand, Required };

/// The summary by the table of CONTRACT.md, first row that fits; total over all values.
/// `isMalformed`: the structure could not be read.
[[nodiscard]] Summary summarise(const SignatureVerdict &signature, const EncryptionVerdict &encryption, bool isMalformed,
                                RevocationDemand demand = RevocationDemand::WhereAtHand);

/// True if a signature cannot be read and none is known to be broken: then nobody can say that something was changed, or after whom.
[[nodiscard]] bool isUnreadable(const SignatureVerdict &signature);

/// True for a password or a shared key: others have it too, and nobody knows who.
[[nodiscard]] bool isSharedSecret(const Recipient &recipient);

/// True if no key of a person opens it, but only passwords or shared keys.
[[nodiscard]] bool isForSecretsOnly(const EncryptionVerdict &encryption);

/// True if it is shut and a password that was not given, or another one than that, may open it.
[[nodiscard]] bool mayOpenByPassword(const EncryptionVerdict &encryption);

/// True if one of those who can read it has a weak key: whoever breaks it reads the letter.
[[nodiscard]] bool hasWeakReader(const EncryptionVerdict &encryption);

/// The worse of two, axis by axis: what counts for a message with several signers or signed layers.
[[nodiscard]] SignatureAxes worst(const SignatureAxes &a, const SignatureAxes &b);

/// The same over all signers; the default axes if there are none.
[[nodiscard]] SignatureAxes worst(const QList<Signer> &signers);

/// The names of CONTRACT.md's JSON, in kebab-case.
[[nodiscard]] QString nameOf(Integrity value);
[[nodiscard]] QString nameOf(Chain value);
[[nodiscard]] QString nameOf(Usage value);
[[nodiscard]] QString nameOf(Time value);
[[nodiscard]] QString nameOf(Revocation value);
[[nodiscard]] QString nameOf(Strength value);
[[nodiscard]] QString nameOf(Identity value);
[[nodiscard]] QString nameOf(Coverage value);
[[nodiscard]] QString nameOf(Continuity value);
[[nodiscard]] QString nameOf(EncryptionState value);
[[nodiscard]] QString nameOf(Protection value);
[[nodiscard]] QString nameOf(RecipientKind value);
[[nodiscard]] QString nameOf(Summary value);
[[nodiscard]] QString nameOf(LayerKind value);
[[nodiscard]] QString nameOf(LayerForm value);

/// The stable warning codes of CONTRACT.md and ours beside them.
namespace warning {
inline constexpr QLatin1StringView NotAuthenticated{"not-authenticated"};
inline constexpr QLatin1StringView EncryptedPart{"encrypted-part"};
inline constexpr QLatin1StringView OtherEncryption{"other-encryption"};
inline constexpr QLatin1StringView SignedPart{"signed-part"};
inline constexpr QLatin1StringView FurtherPart{"further-part"};
inline constexpr QLatin1StringView SignedOutsideEncryption{"signed-outside-encryption"};
inline constexpr QLatin1StringView RemoteContentBlocked{"remote-content-blocked"};
inline constexpr QLatin1StringView HtmlCutOff{"html-cut-off"};
inline constexpr QLatin1StringView OuterHeaderDiffers{"outer-header-differs"};
inline constexpr QLatin1StringView FromNotBound{"from-not-bound"};
inline constexpr QLatin1StringView SeveralFrom{"several-from"};
inline constexpr QLatin1StringView WeakAlgorithm{"weak-algorithm"};
inline constexpr QLatin1StringView DateDiffers{"date-differs-from-signing-time"};
inline constexpr QLatin1StringView ReceiptRequested{"receipt-requested"};
inline constexpr QLatin1StringView NoFrom{"no-from"};
inline constexpr QLatin1StringView SenderDiffers{"sender-differs"};
inline constexpr QLatin1StringView CertificatesOnly{"certificates-only"};
inline constexpr QLatin1StringView TooManyLayers{"too-many-layers"};
inline constexpr QLatin1StringView ContentMismatch{"content-mismatch"};
inline constexpr QLatin1StringView NameLooksLikeAddress{"name-looks-like-address"};
inline constexpr QLatin1StringView LookAlikeDomain{"look-alike-domain"};
inline constexpr QLatin1StringView LookAlikeLocalPart{"look-alike-local-part"};
inline constexpr QLatin1StringView AddressedToOthers{"addressed-to-others"};
inline constexpr QLatin1StringView SharedKey{"shared-key"};
} // namespace warning

} // namespace smime
