// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Verdict.h"

using namespace Qt::StringLiterals;

// The names are public interface (CONTRACT.md, `wax open --json`).
namespace smime {

QString nameOf(Integrity value)
{
    switch (value) {
    case Integrity::None:
        return u"none"_s;
    case Integrity::Valid:
        return u"valid"_s;
    case Integrity::Invalid:
        return u"invalid"_s;
    case Integrity::Unsupported:
        return u"unsupported"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Chain value)
{
    switch (value) {
    case Chain::NotChecked:
        return u"not-checked"_s;
    case Chain::Trusted:
        return u"trusted"_s;
    case Chain::Untrusted:
        return u"untrusted"_s;
    case Chain::Incomplete:
        return u"incomplete"_s;
    case Chain::Invalid:
        return u"invalid"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Usage value)
{
    switch (value) {
    case Usage::NotChecked:
        return u"not-checked"_s;
    case Usage::Permitted:
        return u"permitted"_s;
    case Usage::Forbidden:
        return u"forbidden"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Time value)
{
    switch (value) {
    case Time::NotChecked:
        return u"not-checked"_s;
    case Time::Valid:
        return u"valid"_s;
    case Time::Expired:
        return u"expired"_s;
    case Time::NotYetValid:
        return u"not-yet-valid"_s;
    case Time::ExpiredSince:
        return u"expired-since"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Revocation value)
{
    switch (value) {
    case Revocation::NotChecked:
        return u"not-checked"_s;
    case Revocation::Good:
        return u"good"_s;
    case Revocation::Revoked:
        return u"revoked"_s;
    case Revocation::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Strength value)
{
    switch (value) {
    case Strength::NotChecked:
        return u"not-checked"_s;
    case Strength::Strong:
        return u"strong"_s;
    case Strength::Weak:
        return u"weak"_s;
    case Strength::Broken:
        return u"broken"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Identity value)
{
    switch (value) {
    case Identity::NotChecked:
        return u"not-checked"_s;
    case Identity::Match:
        return u"match"_s;
    case Identity::Mismatch:
        return u"mismatch"_s;
    case Identity::NoAddress:
        return u"no-address"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Coverage value)
{
    switch (value) {
    case Coverage::None:
        return u"none"_s;
    case Coverage::Whole:
        return u"whole"_s;
    case Coverage::Part:
        return u"part"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Continuity value)
{
    switch (value) {
    case Continuity::NotChecked:
        return u"not-checked"_s;
    case Continuity::First:
        return u"first"_s;
    case Continuity::Same:
        return u"same"_s;
    case Continuity::Renewed:
        return u"renewed"_s;
    case Continuity::Changed:
        return u"changed"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(EncryptionState value)
{
    switch (value) {
    case EncryptionState::None:
        return u"none"_s;
    case EncryptionState::Decrypted:
        return u"decrypted"_s;
    case EncryptionState::NoKey:
        return u"no-key"_s;
    case EncryptionState::Failed:
        return u"failed"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Protection value)
{
    switch (value) {
    case Protection::None:
        return u"none"_s;
    case Protection::Authenticated:
        return u"authenticated"_s;
    case Protection::Unauthenticated:
        return u"unauthenticated"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(RecipientKind value)
{
    switch (value) {
    case RecipientKind::KeyTransport:
        return u"key-transport"_s;
    case RecipientKind::KeyAgreement:
        return u"key-agreement"_s;
    case RecipientKind::Kem:
        return u"kem"_s;
    case RecipientKind::Kek:
        return u"kek"_s;
    case RecipientKind::Password:
        return u"password"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(Summary value)
{
    switch (value) {
    case Summary::Malformed:
        return u"malformed"_s;
    case Summary::CannotDecrypt:
        return u"cannot-decrypt"_s;
    case Summary::Altered:
        return u"altered"_s;
    case Summary::Impersonated:
        return u"impersonated"_s;
    case Summary::Verified:
        return u"verified"_s;
    case Summary::Unverified:
        return u"unverified"_s;
    case Summary::Decrypted:
        return u"decrypted"_s;
    case Summary::Plain:
        return u"plain"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(LayerKind value)
{
    switch (value) {
    case LayerKind::Signed:
        return u"signed"_s;
    case LayerKind::Enveloped:
        return u"enveloped"_s;
    case LayerKind::AuthEnveloped:
        return u"auth-enveloped"_s;
    case LayerKind::Compressed:
        return u"compressed"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(LayerForm value)
{
    switch (value) {
    case LayerForm::Opaque:
        return u"opaque"_s;
    case LayerForm::Detached:
        return u"detached"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace smime
