// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayAssessment.h"
#include "identity/DataDirectory.h"
#include "relay/MessageAssessor.h"
#include "smime/Open.h"

#include <functional>

namespace app {

struct RelayMessage;

/// Everything that a data directory knows and that is no secret: anchors and revocation lists of all its profiles, the members'
/// certificates, the profiles' books. What `extra` holds (keys, anchors) comes on top. Reads files; any thread.
[[nodiscard]] smime::OpeningMaterial publicMaterial(const identity::DataDirectory &data, const smime::OpeningMaterial &extra = {});

/// Assesses one message, judging paths at the time when it was received. Asks for the material only if something is sealed. Never
/// fails. Any thread.
using AskMaterial = std::function<const smime::OpeningMaterial &()>;
[[nodiscard]] RelayAssessment assessMessage(const relay::MessageAssessor::Message &message, const AskMaterial &material);
/// The same of a message that was read from the spool.
[[nodiscard]] RelayAssessment assessMessage(const RelayMessage &message, const QByteArray &octets, const smime::OpeningMaterial &material);

/// As an assessor takes it.
[[nodiscard]] relay::MessageAssessor::Message toBeAssessed(const RelayMessage &message, const QByteArray &octets);

/// The relay's assessor over smime. Reads the data directory again when something in it has changed.
class RelayAssessor final : public relay::MessageAssessor
{
public:
    /// `keys` may be null: nothing is decrypted.
    RelayAssessor(const identity::DataDirectory &data, identity::SharedKeySet keys);

    [[nodiscard]] QByteArray assess(const Message &message) override;

private:
    [[nodiscard]] const smime::OpeningMaterial &material();

    identity::DataDirectory m_data;
    identity::SharedKeySet m_keys;
    smime::OpeningMaterial m_material;
    QByteArray m_stamp;
};

} // namespace app
