// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Signs.h"

#include "ui/Icons.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString nameOf(app::SealSign seal)
{
    switch (seal) {
    case app::SealSign::None: return u"plain"_s;
    case app::SealSign::SealVerified: return u"seal-good"_s;
    case app::SealSign::SealPart: return u"seal-part"_s;
    case app::SealSign::SealQuestion: return u"seal-question"_s;
    case app::SealSign::SealBroken: return u"seal-broken"_s;
    case app::SealSign::Lock: return u"lock"_s;
    case app::SealSign::LockWarning: return u"lock-warning"_s;
    case app::SealSign::LockClosed: return u"lock-closed"_s;
    case app::SealSign::Damaged: return u"damaged"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

Tone toneOf(app::Severity severity)
{
    switch (severity) {
    case app::Severity::Neutral: return Tone::Neutral;
    case app::Severity::Good: return Tone::Good;
    case app::Severity::Notice: return Tone::Caution;
    case app::Severity::Danger: return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN({});
}

QIcon signIcon(app::SealSign seal, app::Severity severity) { return sign(nameOf(seal), toneOf(severity)); }

QIcon severityIcon(app::Severity severity)
{
    switch (severity) {
    case app::Severity::Neutral: return sign(u"dot"_s, Tone::Neutral);
    case app::Severity::Good: return sign(u"tick"_s, Tone::Good);
    case app::Severity::Notice: return sign(u"question"_s, Tone::Caution);
    case app::Severity::Danger: return sign(u"cross"_s, Tone::Bad);
    }
    Q_UNREACHABLE_RETURN({});
}

QIcon sealIcon(store::SealState state)
{
    switch (state) {
    case store::SealState::NotAssessed:
    case store::SealState::Plain: return sign(u"plain"_s, Tone::Neutral);
    case store::SealState::Signed: return sign(u"seal-closed"_s, Tone::Neutral);
    case store::SealState::Encrypted: return sign(u"lock"_s, Tone::Neutral);
    case store::SealState::Malformed: return sign(u"damaged"_s, Tone::Caution);
    case store::SealState::CannotDecrypt: return sign(u"lock-closed"_s, Tone::Neutral);
    case store::SealState::Altered:
    case store::SealState::SignatureRefused:
    case store::SealState::Impersonated: return sign(u"seal-broken"_s, Tone::Bad);
    case store::SealState::VerifiedAddress:
    case store::SealState::Verified: return sign(u"seal-good"_s, Tone::Good);
    case store::SealState::Unverified: return sign(u"seal-question"_s, Tone::Caution);
    case store::SealState::PartlySigned: return sign(u"seal-part"_s, Tone::Caution);
    case store::SealState::PerhapsAltered: return sign(u"lock-warning"_s, Tone::Caution);
    case store::SealState::Decrypted: return sign(u"lock-open"_s, Tone::Neutral);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace ui
