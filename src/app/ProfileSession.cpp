// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProfileSession.h"

#include "app/ProfileSealer.h"
#include "app/RevocationFetching.h"
#include "app/RevocationNetwork.h"
#include "app/SentComparison.h"
#include "base/Log.h"
#include "store/Database.h"

#include <QRandomGenerator>
#include <QTimer>

#include <chrono>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kMailboxAgain = 1s;

/// For the relay's mailbox of this data directory; nobody has to type it.
base::Secret randomPassword()
{
    QByteArray octets(24, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(octets.data()), octets.size() / 4);
    const base::Secret password{octets.toBase64(QByteArray::Base64UrlEncoding)};
    octets.fill(0);
    return password;
}

MailToOpen mailOf(const ProfileSession::Stored &stored)
{
    MailToOpen mail;
    mail.octets = stored.octets;
    mail.firstReceived = stored.summary.received;
    mail.more.passwords = stored.passwords;
    return mail;
}

/// For somebody who may want to see every step of it.
MailToOpen mailToShow(const ProfileSession::Stored &stored)
{
    MailToOpen mail = mailOf(stored);
    mail.tellsSteps = true;
    return mail;
}

} // namespace

ProfileSession::ProfileSession(Workplace *workplace, const identity::Profile &profile, QObject *parent)
    : QObject(parent), m_workplace(workplace), m_profile(profile)
{
    const base::Clock &clock = workplace->clock();
    m_servers = std::make_shared<KnownServers>(workplace->data(), profile.folder);
    m_mailbox = std::make_unique<MailboxService>(profile.folder + u"/mail.sqlite"_s, workplace->pool(), clock);
    m_fetch = std::make_unique<FetchService>(m_mailbox->mail(), workplace->io(), clock);
    m_outbox = std::make_unique<OutboxService>(m_mailbox->outbox(), workplace->io(), clock);
    m_waiting = std::make_unique<WaitingService>(m_mailbox.get(), &workplace->identities(), profile.address, [this] { return isUnlocked() ? sealer() : SharedSealer(); },
                                                 workplace->pool(), clock);
    m_scan = std::make_unique<MailboxScan>(m_mailbox.get(), [this](store::MessageId id, const std::function<void()> &done) { scanOne(id, done); });
    m_texts = std::make_unique<TextReading>(m_mailbox.get(), [this] { return !m_scan->isIdle(); }, clock);
    connectServices();
    if (isUnlocked())
        onUnlocked(profile.address);
    else
        useAccount({});
}

ProfileSession::~ProfileSession() = default;

void ProfileSession::connectServices()
{
    IdentityService &identities = m_workplace->identities();
    connect(&identities, &IdentityService::unlocked, this, &ProfileSession::onUnlocked);
    connect(&identities, &IdentityService::locked, this, &ProfileSession::onLocked);
    RelayService &relay = m_workplace->relay();
    connect(&relay, &RelayService::stateChanged, this, &ProfileSession::onRelayStateChanged);
    connect(m_scan.get(), &MailboxScan::scanned, this, [this] { m_workplace->messages().keepLearnt(); });
    connect(m_waiting.get(), &WaitingService::released, m_outbox.get(), &OutboxService::wake);
    connect(&relay, &RelayService::messagesStored, this, [this](const QStringList &mailboxes) {
        if (m_isAccountUsable && isUnlocked() && mailboxes.contains(m_profile.address, Qt::CaseInsensitive))
            m_fetch->fetchNow();
    });
}

bool ProfileSession::isUnlocked() const { return m_workplace->identities().isUnlocked(m_profile.address); }

base::Operation<base::Done> ProfileSession::unlock(const base::Secret &passphrase)
{
    return m_workplace->identities().unlock(m_profile.address, passphrase);
}

void ProfileSession::lock()
{
    m_isLockedOnPurpose = true;
    m_workplace->identities().lock(m_profile.address);
}

base::Operation<base::Done> ProfileSession::unlockByKeyring()
{
    if (m_isLockedOnPurpose)
        return base::Operation<base::Done>::finished(base::ErrorCode::KeystoreLocked);
    const auto kept = m_workplace->askKeyring([profile = m_profile](const Keyring &keyring, const base::Cancellation &end) { return keyring.passphrase(profile, end); });
    auto promise = std::make_shared<QPromise<base::Status>>();
    promise->start();
    const auto finish = [promise](const base::Status &status) {
        promise->addResult(status);
        promise->finish();
    };
    base::whenReady(this, kept, [this, finish](const base::Result<base::Secret> &passphrase) {
        if (!passphrase)
            return finish(passphrase.error());
        if (m_isLockedOnPurpose) // While the keyring was asked.
            return finish(base::ErrorCode::KeystoreLocked);
        base::whenReady(this, unlock(*passphrase), [this, finish](const base::Status &status) {
            if (status || status.error().code != base::ErrorCode::PassphraseWrong)
                return finish(status);
            // Before anybody is asked, who would see the wrong one offered to be remembered.
            base::whenReady(this, forgetPassphrase(), [finish, status](const base::Status &) { finish(status); });
        });
    });
    return {promise->future(), {}};
}

base::Operation<base::Done> ProfileSession::probeKeyring() const
{
    return m_workplace->askKeyring([](const Keyring &keyring, const base::Cancellation &end) { return keyring.probe(end); });
}

base::Operation<base::Done> ProfileSession::rememberPassphrase(const base::Secret &passphrase)
{
    const auto asked = m_workplace->askKeyring([profile = m_profile, passphrase](const Keyring &keyring, const base::Cancellation &end) { return keyring.remember(profile, passphrase, end); });
    base::whenReady(this, asked, [this](const base::Status &) { Q_EMIT keyringAsked(); });
    return asked;
}

base::Operation<base::Done> ProfileSession::forgetPassphrase()
{
    const auto asked = m_workplace->askKeyring([profile = m_profile](const Keyring &keyring, const base::Cancellation &end) { return keyring.forget(profile, end); });
    base::whenReady(this, asked, [this](const base::Status &) { Q_EMIT keyringAsked(); });
    return asked;
}

void ProfileSession::onUnlocked(const QString &address)
{
    if (!mime::isSameMailbox(address, m_profile.address))
        return;
    m_isLockedOnPurpose = false;
    preparePassword();
    m_scan->start();
    m_waiting->check();
    Q_EMIT lockChanged(true);
}

void ProfileSession::onLocked(const QString &address)
{
    if (!mime::isSameMailbox(address, m_profile.address))
        return;
    m_fetch->stop();
    m_scan->stop();
    m_mailbox->forgetOpened();
    Q_EMIT lockChanged(false);
}

// The mailbox at this data directory's own relay is made when it is first needed.
void ProfileSession::preparePassword()
{
    const base::Result<AccountSettings> kept = account();
    if (!kept)
        return useAccount({}); // Says why.
    IdentityService &identities = m_workplace->identities();
    const base::Result<base::Secret> stored = identities.secret(m_profile.address, kept->passwordName);
    const base::Secret password = stored ? *stored : randomPassword();
    if (!stored) {
        base::whenReady(this, identities.storeSecret(m_profile.address, kept->passwordName, password), [](const base::Status &status) {
            if (!status)
                qCWarning(logApp) << "the password for the relay was not stored:" << status.error().detail;
        });
    }
    // The password of servers elsewhere is none of the relay's business.
    if (!kept->isOwnRelay)
        return useAccount(password);
    // For what is opened before the mailbox is made; a scan keeps what it finds.
    m_demand = kept->demand;
    base::whenReady(this, m_workplace->relay().setUser(m_profile.address, password), [this, password](const base::Status &status) {
        if (!status)
            qCWarning(logApp) << "the mailbox at the relay was not made:" << base::nameOf(status.error().code) << status.error().detail;
        useAccount(password);
        // Where the disk is slow, a first start holds the spool for longer than anybody waits; without a mailbox no mail would come.
        if (!status && status.error().code == base::ErrorCode::DatabaseBusy)
            QTimer::singleShot(kMailboxAgain, this, [this] {
                if (isUnlocked())
                    preparePassword();
            });
    });
}

base::Result<AccountSettings> ProfileSession::account() const
{
    return AccountSettings::kept(m_profile.folder, m_profile.address);
}

base::Operation<base::Done> ProfileSession::changeAccount(const AccountSettings &account, const base::Secret &password)
{
    if (!isUnlocked())
        return base::Operation<base::Done>::finished(base::ErrorCode::KeystoreLocked);
    const base::Result<AccountSettings> before = this->account();
    if (!before)
        return base::Operation<base::Done>::finished(before.error());
    // The other servers' password does not become that of the mailbox here.
    const base::Secret wanted = account.isOwnRelay && !before->isOwnRelay ? randomPassword() : password;
    const base::Operation<base::Done> kept = m_workplace->identities().withKeystore(
        m_profile.address, [account, wanted, folder = m_profile.folder](identity::Keystore &keystore) { return account.keep(folder, keystore, wanted); });
    base::whenReady(this, kept, [this](const base::Status &status) {
        if (!status)
            return;
        preparePassword();
        m_outbox->retryAfterNewSettings();
    });
    return kept;
}

void ProfileSession::useAccount(const base::Secret &password)
{
    base::Result<AccountSettings> loaded = AccountSettings::load(m_profile.folder, m_profile.address);
    // Not the defaults: whoever listens there would be given the password of servers elsewhere.
    if (!loaded)
        return refuseAccount(loaded.error());
    m_isAccountUsable = true;
    AccountSettings &account = *loaded;
    const RelayService &relay = m_workplace->relay();
    if (relay.state() == RelayService::State::Running)
        account.followRelay(relay.smtpEndpoint(), relay.pop3Endpoint());
    account.setPassword(password);
    account.setTrust(m_servers);
    m_serverAddress = net::toString({account.smtp.host, account.smtp.port});
    m_serversElsewhere = account.isOwnRelay ? QStringList() : QStringList{account.smtp.host, account.pop3.host};
    m_serversElsewhere.removeDuplicates();
    m_revocation = account.revocation;
    m_demand = account.demand;
    m_outbox->setServer(account.smtp);
    // In the demonstration the relay keeps what was fetched: one shall see what it knew of a letter.
    m_fetch->setServer(account.pop3, m_profile.isDemonstration ? transport::AfterFetch::Leave : account.afterFetch);
    m_pop3 = {account.pop3.host, account.pop3.port};
    updateAnnounced();
    if (password.isEmpty())
        return;
    m_outbox->start();
    // Locked while the relay made the mailbox, say: as in onLocked(), what is to go out goes, and nothing is fetched.
    if (isUnlocked())
        m_fetch->start();
}

/// Told a turn later: whoever made this object may not listen yet.
void ProfileSession::refuseAccount(const base::Error &error)
{
    // The settings may demand word on revocation, and what is demanded in vain does less harm than what is forgotten.
    m_demand = smime::RevocationDemand::Required;
    m_isAccountUsable = false;
    m_outbox->stop();
    m_fetch->stop();
    QMetaObject::invokeMethod(this, [this, error] { Q_EMIT accountUnusable(error); }, Qt::QueuedConnection);
}

/// This data directory's own relay, while it runs in this program, announces what it stores.
void ProfileSession::updateAnnounced()
{
    const RelayService &relay = m_workplace->relay();
    m_fetch->setAnnounced(relay.state() == RelayService::State::Running && relay.pop3Endpoint() == m_pop3);
}

void ProfileSession::onRelayStateChanged(RelayService::State state)
{
    updateAnnounced();
    if (state == RelayService::State::Stopped)
        m_fetch->forgetServer();
    if (state != RelayService::State::Running || !isUnlocked())
        return;
    // It may listen elsewhere than the last time.
    if (const base::Result<AccountSettings> kept = account())
        if (const base::Result<base::Secret> password = m_workplace->identities().secret(m_profile.address, kept->passwordName))
            useAccount(*password);
    if (!m_isAccountUsable)
        return;
    m_outbox->wake();
    m_fetch->fetchNow();
}

void ProfileSession::checkMail()
{
    // The settings may have been mended since.
    if (!m_isAccountUsable)
        return isUnlocked() ? preparePassword() : useAccount({});
    m_outbox->wake();
    m_fetch->fetchNow();
}

base::Operation<ProfileSession::Stored> ProfileSession::stored(store::MessageId id)
{
    const base::Operation<store::MessageSummary> summary = m_mailbox->summary(id);
    const base::Operation<QByteArray> octets = m_mailbox->octets(id);
    auto promise = std::make_shared<QPromise<base::Result<Stored>>>();
    promise->start();
    base::whenReady(this, summary, [this, promise, octets](const base::Result<store::MessageSummary> &read) {
        base::whenReady(this, octets, [promise, read](const base::Result<QByteArray> &bytes) {
            if (!read)
                promise->addResult(base::Result<Stored>{read.error()});
            else if (!bytes)
                promise->addResult(base::Result<Stored>{bytes.error()});
            else
                promise->addResult(base::Result<Stored>{Stored{*read, *bytes, {}}});
            promise->finish();
        });
    });
    return {promise->future(), {}};
}

base::Operation<smime::OpenedMessage> ProfileSession::open(const Stored &stored)
{
    return remembering(stored, m_workplace->messages().openFor(reader(), mailToShow(stored)));
}

base::Operation<smime::OpenedMessage> ProfileSession::remembering(const Stored &stored, const base::Operation<smime::OpenedMessage> &operation)
{
    base::whenReady(this, operation, [this, row = stored.summary, isKept = stored.passwords.isEmpty()](const base::Result<smime::OpenedMessage> &message) {
        if (message && isKept)
            rememberOpened(row, *message);
    });
    return operation;
}

bool ProfileSession::needsCloserLook(const smime::OpenedMessage &opened) const
{
    const bool mayAsk = m_revocation == AccountSettings::RevocationUse::Fetch && !revocationQuestions(opened).isEmpty();
    return mayAsk || (opened.verdict.summary == smime::Summary::Altered && !opened.messageId.isEmpty());
}

base::Operation<smime::OpenedMessage> ProfileSession::lookCloser(const Stored &stored, const smime::OpenedMessage &opened)
{
    const bool mayAsk = m_revocation == AccountSettings::RevocationUse::Fetch;
    MailToOpen mail = mailToShow(stored);
    mail.at = m_workplace->clock().now();
    return remembering(stored, base::runOn(m_workplace->inquiries(), [mail, opened, mayAsk, reader = reader(), store = m_mailbox->mail(), io = m_workplace->io()](
                                                               const base::Cancellation &cancellation) -> base::Result<smime::OpenedMessage> {
        smime::OpenedMessage closer = opened;
        if (mayAsk && !revocationQuestions(opened).isEmpty()) {
            NetworkRevocationSource network(*io);
            closer = openForAsking(reader, mail, network, cancellation);
        }
        if (closer.verdict.summary == smime::Summary::Altered)
            if (std::optional<smime::SignatureDiagnosis> diagnosis = comparedWithSent(*store, reader, closer, mail.at))
                closer.diagnosis = std::move(diagnosis);
        return closer;
    }));
}

base::Operation<smime::OpenedMessage> ProfileSession::openForeign(const QByteArray &octets, const QList<base::Secret> &passwords)
{
    return m_workplace->messages().openFor(reader(), mailToShow({{}, octets, passwords}));
}

base::Operation<smime::InspectedPart> ProfileSession::inspect(const QByteArray &octets) const
{
    return m_workplace->messages().inspectFor(reader(), octets);
}

base::Status ProfileSession::setRevocationUse(AccountSettings::RevocationUse use)
{
    const base::Status kept = AccountSettings::keepRevocation(m_profile.folder, use);
    if (kept)
        m_revocation = use;
    return kept;
}

base::Status ProfileSession::setRevocationDemand(smime::RevocationDemand demand)
{
    const base::Status kept = AccountSettings::keepDemand(m_profile.folder, demand);
    if (kept)
        m_demand = demand;
    return kept;
}

Reader ProfileSession::reader() const
{
    return {m_workplace->data(), m_profile, m_workplace->identities().openingMaterial(m_profile.address), m_demand};
}

SharedSealer ProfileSession::sealer() const
{
    return std::make_shared<ProfileSealer>(m_workplace->data(), m_profile, m_workplace->identities().openingMaterial(m_profile.address), m_workplace->clock());
}

void ProfileSession::scanOne(store::MessageId id, const std::function<void()> &done)
{
    base::whenReady(this, stored(id), [this, done](const base::Result<Stored> &read) {
        if (!read)
            return done();
        base::whenReady(this, remembering(*read, m_workplace->messages().openFor(reader(), mailOf(*read))), [done](const base::Result<smime::OpenedMessage> &) { done(); });
    });
}

void ProfileSession::rememberOpened(const store::MessageSummary &row, const smime::OpenedMessage &message)
{
    // Locked meanwhile: what came out is not kept.
    if (!isUnlocked() && message.isEncrypted())
        return;
    m_mailbox->rememberOpened(row, summaryOf(message));
}

SendMessageOperation *ProfileSession::send(const Draft &draft)
{
    auto *operation = new SendMessageOperation(draft, m_mailbox->mail(), m_mailbox->outbox(), sealer(), m_workplace->pool(), m_workplace->clock(), this);
    connect(operation, &SendMessageOperation::queued, this, [this, operation] {
        m_outbox->wake();
        operation->deleteLater();
    });
    connect(operation, &SendMessageOperation::failed, this, [this, operation](const base::Error &error) {
        Q_EMIT sendingFailed(operation->draft(), error);
        operation->deleteLater();
    });
    connect(operation, &SendMessageOperation::cancelled, operation, &QObject::deleteLater);
    operation->start();
    return operation;
}

base::Operation<smime::SealedMail> ProfileSession::preview(const Draft &draft) const
{
    return base::runOn(m_workplace->pool(), [sealer = sealer(), draft, now = m_workplace->clock().now()](const base::Cancellation &cancellation) -> base::Result<smime::SealedMail> {
        const base::Result<QByteArray> octets = buildForSending(draft, now);
        if (!octets)
            return octets.error();
        return sealer->seal(draft, *octets, cancellation);
    });
}

bool ProfileSession::canSign() const
{
    const identity::SharedKeySet keys = m_workplace->identities().keys(m_profile.address);
    return keys && keys->signingKey(m_workplace->clock().now());
}

base::Operation<QStringList> ProfileSession::hold(const Draft &draft)
{
    const base::Operation<QStringList> operation = m_waiting->hold(draft);
    base::whenReady(this, operation, [this, draft](const base::Result<QStringList> &toAsk) {
        if (!toAsk) {
            Q_EMIT sendingFailed(draft, toAsk.error());
            return;
        }
        // Each apart: who else was written to is nobody's business.
        for (const QString &recipient : canSign() ? *toAsk : QStringList{})
            send(WaitingService::requestFor(self(), recipient));
        if (draft.repliesTo != store::MessageId::None)
            m_mailbox->setAnswered(draft.repliesTo);
    });
    return operation;
}

} // namespace app
