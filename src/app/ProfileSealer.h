// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "app/IdentityService.h"
#include "base/Clock.h"

namespace app {

/// MessageSealer of one profile: its keys and trust as given, the certificates of its book and of the directory as they are at the time.
class ProfileSealer final : public MessageSealer
{
public:
    /// `material`: IdentityService::openingMaterial() of just now. `clock` outlives this.
    ProfileSealer(identity::DataDirectory data, identity::Profile profile, OpeningMaterial material, const base::Clock &clock = base::Clock::system());

    [[nodiscard]] base::Result<smime::SealedMail> seal(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const override;
    [[nodiscard]] base::Result<QByteArray> sealForSelf(const Draft &draft, const QByteArray &octets, const base::Cancellation &cancellation) const override;
    [[nodiscard]] base::Result<Draft> openDraft(const QByteArray &octets, const base::Cancellation &cancellation) const override;

private:
    identity::DataDirectory m_data;
    identity::Profile m_profile;
    OpeningMaterial m_material;
    const base::Clock &m_clock;
};

} // namespace app
