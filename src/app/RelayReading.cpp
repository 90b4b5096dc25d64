// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayReading.h"

#include "app/RelayAssessor.h"
#include "app/RelaySpool.h"

namespace app {

base::Result<RelayReading> readRelayMessage(const RelayPlace &place, qint64 id, const smime::OpeningMaterial &mine)
{
    const base::Result<RelayMessage> message = relaySpool::message(place.spoolDirectory, id);
    if (!message)
        return message.error();
    QList<RelayMessage> one{*message};
    if (const base::Status status = relaySpool::assessMissing(place.spoolDirectory, place.dataDirectory, one); !status)
        return status.error();
    base::Result<QByteArray> octets = relaySpool::getMessage(place.spoolDirectory, id);
    if (!octets)
        return octets.error();
    RelayReading reading{one.first(), std::move(*octets), {}};
    const smime::OpeningMaterial material = publicMaterial(identity::DataDirectory{place.dataDirectory}, mine);
    smime::OpenRequest request{reading.octets, material, reading.message.received, reading.message.received};
    request.tellsSteps = true;
    reading.opened = smime::open(request);
    if (mine.keys || reading.message.assessment.isTooLarge)
        reading.message.assessment = assessMessage(reading.message, reading.octets, material);
    return reading;
}

base::Result<smime::InspectedPart> inspectRelayMessage(const RelayPlace &place, const QByteArray &octets, const smime::OpeningMaterial &mine)
{
    smime::InspectionMaterial material;
    material.opening = publicMaterial(identity::DataDirectory{place.dataDirectory}, mine);
    return smime::inspect(octets, material);
}

} // namespace app
