// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityService.h"
#include "base/Clock.h"
#include "base/Operation.h"
#include "smime/Inspect.h"
#include "smime/Seal.h"
#include "smime/SignatureDiagnosis.h"

namespace app {

/// Who opens: one profile with what it can use just now (`IdentityService::openingMaterial`). A value, for a job.
struct Reader {
    identity::DataDirectory data;
    identity::Profile profile;
    OpeningMaterial material;
    smime::RevocationDemand demand = smime::RevocationDemand::WhereAtHand; ///< As AccountSettings::demand.
};

/// Whether opening may learn the signer's certificate and capabilities; RememberLater for a program that stays and opens many mails:
/// see identity::Writing.
enum class Learning { LookOnly, Remember, RememberLater };

/// One mail that a profile opens.
struct MailToOpen {
    QByteArray octets;
    QDateTime at;                 ///< UTC: the time at which paths are judged.
    QDateTime firstReceived;      ///< UTC: when the profile first had the mail; invalid if unknown.
    Learning learning = Learning::LookOnly;
    smime::OpeningMaterial more;  ///< Lists and responses beside those of the profile, and the mail's own passwords.
    bool tellsSteps = false;      ///< As smime::OpenRequest has it.
};

/// Opens a mail as `reader`: keys and trust of the profile, certificates of its book and of the directory, memory of signers. With Remember a
/// verified signer is learnt, and revocation lists that came along are kept. Synchronous, any thread. Never fails: see smime::open.
[[nodiscard]] smime::OpenedMessage openFor(const Reader &reader, const MailToOpen &mail, const base::Cancellation &cancellation = {});

/// What an inspection knows as `reader`: keys, trust, known certificates, and whose certificates are one's own, also while the keys are locked.
/// Reads files; any thread.
[[nodiscard]] smime::InspectionMaterial inspectionMaterialOf(const Reader &reader);

/// Opens messages on the crypto pool. Lives on the GUI thread; the operations it returns may outlive it.
class MessageService
{
public:
    /// `pool` and `clock` are not owned and outlive the service and its operations.
    MessageService(QThreadPool *pool, const base::Clock &clock);
    /// Writes what was left for later.
    ~MessageService();
    Q_DISABLE_COPY_MOVE(MessageService)

    /// openFor() at the clock's time, remembering verified signers, whatever `mail` says of both. Only error: Cancelled.
    [[nodiscard]] base::Operation<smime::OpenedMessage> openFor(Reader reader, MailToOpen mail) const;

    /// Writes what openFor() learnt and left for later, on the pool.
    void keepLearnt() const;

    /// The structure of a mail with inspectionMaterialOf(). Errors: those of smime::inspect.
    [[nodiscard]] base::Operation<smime::InspectedPart> inspectFor(Reader reader, QByteArray octets) const;

private:
    QThreadPool *m_pool;
    const base::Clock &m_clock;
};

} // namespace app
