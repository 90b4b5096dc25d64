// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "app/FetchService.h"
#include "app/Keyring.h"
#include "app/KnownServers.h"
#include "app/MailboxScan.h"
#include "app/MailboxService.h"
#include "app/OutboxService.h"
#include "app/SendMessageOperation.h"
#include "app/TextReading.h"
#include "app/WaitingService.h"
#include "app/Workplace.h"

#include <QObject>
#include <memory>

namespace app {

/// One user at work: the mail, the keys and the servers of one profile, put together. Windows come and go; what they
/// began (a letter being sealed, a draft being saved) goes on here. Lives on the GUI thread.
class ProfileSession : public QObject
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives the session.
    ProfileSession(Workplace *workplace, const identity::Profile &profile, QObject *parent = nullptr);
    ~ProfileSession() override;

    [[nodiscard]] const identity::Profile &profile() const { return m_profile; }
    [[nodiscard]] mime::Address self() const { return {m_profile.name, m_profile.address}; }
    [[nodiscard]] Workplace &workplace() { return *m_workplace; }
    [[nodiscard]] MailboxService &mailbox() { return *m_mailbox; }
    [[nodiscard]] FetchService &fetching() { return *m_fetch; }
    [[nodiscard]] OutboxService &outbox() { return *m_outbox; }
    [[nodiscard]] WaitingService &waiting() { return *m_waiting; }
    [[nodiscard]] const TextReading &texts() const { return *m_texts; }
    /// With the keys as they are now.
    [[nodiscard]] SharedSealer sealer() const;
    [[nodiscard]] bool isUnlocked() const;

    /// Opens the keystore; afterwards mail is fetched and sent. As IdentityService::unlock.
    base::Operation<base::Done> unlock(const base::Secret &passphrase);
    /// From now on the passphrase has to be given.
    void lock();

    /// Whether this desktop's keyring keeps the passphrase, as app::Keyring.
    [[nodiscard]] bool isPassphraseRemembered() const { return Keyring::isUsedBy(m_profile); }
    /// Opens the keystore by it; one that does not fit is forgotten. Errors of Keyring::passphrase() and unlock(); KeystoreLocked after lock().
    [[nodiscard]] base::Operation<base::Done> unlockByKeyring();
    /// Whether there is a keyring. Errors of Keyring::probe().
    [[nodiscard]] base::Operation<base::Done> probeKeyring() const;
    /// Errors of Keyring::remember() and Keyring::forget().
    [[nodiscard]] base::Operation<base::Done> rememberPassphrase(const base::Secret &passphrase);
    [[nodiscard]] base::Operation<base::Done> forgetPassphrase();

    /// The message as it was stored, with what its summary says.
    struct Stored {
        store::MessageSummary summary;
        QByteArray octets;
        QList<base::Secret> passwords; ///< That the reader gave for this message; kept nowhere but with what is on the screen.
    };
    [[nodiscard]] base::Operation<Stored> stored(store::MessageId id);
    /// Opens a stored message with this profile's keys and trust and remembers what came to light: the seal in the list, the signer
    /// in the book. What only a password opens stays shut in the list. Only error: Cancelled.
    [[nodiscard]] base::Operation<smime::OpenedMessage> open(const Stored &stored);

    /// Whether there is more to find out about an opened message than is done at once: what an altered letter of one's own was when it was sent, and,
    /// if the settings allow it, what the network knows about revocation.
    [[nodiscard]] bool needsCloserLook(const smime::OpenedMessage &opened) const;
    /// Finds it out, which may take some seconds, and answers the message as it is to be shown then. Only error: Cancelled.
    [[nodiscard]] base::Operation<smime::OpenedMessage> lookCloser(const Stored &stored, const smime::OpenedMessage &opened);

    /// Opens octets that are not in the mailbox; `passwords`: as Stored::passwords. Only error: Cancelled.
    [[nodiscard]] base::Operation<smime::OpenedMessage> openForeign(const QByteArray &octets, const QList<base::Secret> &passwords = {});
    /// Their structure, with this profile's keys and trust. Errors: those of smime::inspect.
    [[nodiscard]] base::Operation<smime::InspectedPart> inspect(const QByteArray &octets) const;

    /// Where it sends and fetches, as it is kept. Errors of AccountSettings::load().
    [[nodiscard]] base::Result<AccountSettings> account() const;
    /// Keeps this and goes there from now on. `password` is for both servers; an empty one leaves the one that is kept. KeystoreLocked, those of
    /// IdentityService::storeSecret() and AccountSettings::save().
    [[nodiscard]] base::Operation<base::Done> changeAccount(const AccountSettings &account, const base::Secret &password);

    [[nodiscard]] AccountSettings::RevocationUse revocationUse() const { return m_revocation; }
    /// From now on, and kept in the settings. Errors of AccountSettings::keepRevocation(); then all is as it was.
    [[nodiscard]] base::Status setRevocationUse(AccountSettings::RevocationUse use);
    [[nodiscard]] smime::RevocationDemand revocationDemand() const { return m_demand; }
    /// The same for what is demanded.
    [[nodiscard]] base::Status setRevocationDemand(smime::RevocationDemand demand);

    /// Sends the draft; the operation belongs to the session and goes on without any window. It deletes itself when it is over.
    SendMessageOperation *send(const Draft &draft);
    /// Keeps the draft in Waiting until everybody has a certificate, and asks those who have none by a signed mail, if one can be
    /// signed. The value: who was asked. Errors as WaitingService::hold; they are told by sendingFailed, too.
    base::Operation<QStringList> hold(const Draft &draft);
    /// The draft as it would go out now, to be looked at and thrown away. Errors of buildForSending() and MessageSealer::seal.
    [[nodiscard]] base::Operation<smime::SealedMail> preview(const Draft &draft) const;
    /// Whether there is a key to sign with today.
    [[nodiscard]] bool canSign() const;
    /// Sends and fetches now; where the settings could not be read, reads them again first.
    void checkMail();
    /// Where mail is sent: "127.0.0.1:1025".
    [[nodiscard]] const QString &serverAddress() const { return m_serverAddress; }
    /// The hosts by which mail goes and comes, each once; none while that is the relay of this data directory.
    [[nodiscard]] const QStringList &serversElsewhere() const { return m_serversElsewhere; }

Q_SIGNALS:
    /// Keys were unlocked or locked.
    void lockChanged(bool isUnlocked);
    /// isPassphraseRemembered() may say something else now.
    void keyringAsked();
    /// Where to send and fetch cannot be read, so neither is done; nothing counts as verified without word on revocation. Errors of AccountSettings::load().
    void accountUnusable(const base::Error &error);
    /// A letter could not be sealed, and its draft is kept in Drafts; or a draft without a window could not be saved or discarded.
    void sendingFailed(const app::Draft &draft, const base::Error &error);
    /// A letter whose window has gone could not be saved: nothing but this holds it now. Errors of MailboxService::saveDraft().
    void savingFailed(const app::Draft &draft, const base::Error &error);

private:
    void connectServices();
    void onUnlocked(const QString &address);
    void onLocked(const QString &address);
    void preparePassword();
    void useAccount(const base::Secret &password);
    void refuseAccount(const base::Error &error);
    void onRelayStateChanged(RelayService::State state);
    void updateAnnounced();
    [[nodiscard]] Reader reader() const;
    /// The same operation; what comes to light is shown in the list.
    base::Operation<smime::OpenedMessage> remembering(const Stored &stored, const base::Operation<smime::OpenedMessage> &operation);
    void rememberOpened(const store::MessageSummary &row, const smime::OpenedMessage &message);
    void scanOne(store::MessageId id, const std::function<void()> &done);

    Workplace *m_workplace;
    identity::Profile m_profile;
    std::shared_ptr<KnownServers> m_servers;
    QString m_serverAddress;
    QStringList m_serversElsewhere;
    net::Endpoint m_pop3;
    AccountSettings::RevocationUse m_revocation = AccountSettings::RevocationUse::AtHand;
    smime::RevocationDemand m_demand = smime::RevocationDemand::WhereAtHand;
    bool m_isLockedOnPurpose = false; ///< By whoever wants to be asked.
    bool m_isAccountUsable = true; ///< Its settings could be read.
    std::unique_ptr<MailboxService> m_mailbox;
    std::unique_ptr<FetchService> m_fetch;
    std::unique_ptr<OutboxService> m_outbox;
    std::unique_ptr<WaitingService> m_waiting;
    std::unique_ptr<MailboxScan> m_scan;
    std::unique_ptr<TextReading> m_texts;
};

} // namespace app
