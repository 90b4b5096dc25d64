// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailSession.h"

#include "app/FetchService.h"
#include "app/KnownServers.h"
#include "app/MailboxService.h"
#include "app/OutboxService.h"
#include "app/ProfileSealer.h"
#include "app/RevocationFetching.h"
#include "app/RevocationNetwork.h"
#include "app/SentComparison.h"
#include "app/TextReading.h"
#include "base/Log.h"
#include "identity/Keystore.h"
#include "identity/TrustStore.h"
#include "mime/Structure.h"
#include "mime/Text.h"
#include "net/Endpoint.h"
#include "store/Database.h"
#include "transport/SubmitMessage.h"

#include <QSemaphore>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::await;
using store::OutboxState;

namespace app {

namespace {

base::Result<identity::Keystore> unlockedKeystore(const identity::Profile &profile, const base::Secret &passphrase)
{
    base::Result<identity::Keystore> keystore = identity::Keystore::open(profile.folder);
    if (!keystore)
        return keystore;
    if (const base::Status status = keystore->unlock(passphrase); !status)
        return status.error();
    return keystore;
}

/// A signature for another address would only impersonate it.
base::Status checkSender(const QByteArray &octets, const identity::Profile &profile)
{
    const QList<mime::Address> from = mime::parseHeaders(octets).addresses("From");
    if (from.isEmpty() || (from.size() == 1 && mime::isSameMailbox(from.first().mailbox, profile.address)))
        return base::Done{};
    return {ErrorCode::SenderRefused, u"the draft is from %1, the profile is %2"_s.arg(mime::displayText(from.first()), profile.address)};
}

base::Status checkRecipients(const QList<mime::Address> &all)
{
    if (all.isEmpty())
        return ErrorCode::RecipientMissing;
    for (const mime::Address &address : all) {
        if (!mime::isValidMailbox(address.mailbox))
            return {ErrorCode::AddressInvalid, address.mailbox};
    }
    return base::Done{};
}

} // namespace

MailSession::MailSession(Reader reader, AccountSettings account) : m_reader(std::move(reader)), m_account(std::move(account)), m_io(std::make_unique<transport::IoThread>())
{
    const auto database = std::make_shared<store::Database>(m_reader.profile.folder + u"/mail.sqlite"_s, store::MailStore::schema());
    m_mail = std::make_shared<store::MailStore>(database);
    m_outbox = std::make_shared<store::Outbox>(database);
}

base::Result<MailSession> MailSession::open(const identity::DataDirectory &data, const identity::Profile &profile)
{
    base::Result<AccountSettings> account = AccountSettings::load(profile.folder, profile.address);
    if (!account)
        return account.error();
    account->setTrust(std::make_shared<KnownServers>(data, profile.folder));
    Reader reader{data, profile, {}, account->demand};
    reader.material.trust = identity::TrustStore(data, profile).material();
    MailSession session{std::move(reader), *account};
    if (const base::Status opened = await(session.m_mail->database()->opened()); !opened)
        return opened.error();
    return session;
}

QString MailSession::smtpServer() const
{
    return net::toString({m_account.smtp.host, m_account.smtp.port});
}

QString MailSession::pop3Server() const
{
    return net::toString({m_account.pop3.host, m_account.pop3.port});
}

base::Status MailSession::unlock(const base::Secret &passphrase)
{
    base::Result<identity::Keystore> keystore = unlockedKeystore(m_reader.profile, passphrase);
    if (!keystore)
        return keystore.error();
    m_reader.material.keys = keystore->keys();
    if (const auto password = keystore->secret(m_account.passwordName))
        setPassword(*password);
    return base::Done{};
}

base::Status MailSession::keepPassword(const base::Secret &passphrase) const
{
    base::Result<identity::Keystore> keystore = unlockedKeystore(m_reader.profile, passphrase);
    if (!keystore)
        return keystore.error();
    return keystore->storeSecret(m_account.passwordName, m_account.pop3.password);
}

base::Result<transport::FetchSummary> MailSession::fetch(std::optional<transport::AfterFetch> afterFetch)
{
    return await(FetchService::fetchOnce(m_mail, *m_io, m_account.pop3, afterFetch.value_or(m_account.afterFetch)));
}

base::Result<MailImport> MailSession::importMail(const QStringList &paths, store::Folder folder)
{
    QThreadPool pool; // Its thread lets go of the mail file before the program ends.
    return await(app::importMail(m_mail, paths, folder, &pool));
}

base::Result<QList<store::MessageSummary>> MailSession::list(store::Folder folder, int limit)
{
    store::PageRequest request;
    request.folder = folder;
    request.limit = limit;
    return await(m_mail->page(request));
}

base::Result<QList<store::MessageSummary>> MailSession::search(const QString &words, int limit)
{
    base::Result<bool> hasMore = true;
    while (hasMore && *hasMore)
        hasMore = readSomeTexts(*m_mail, base::Clock::system().now());
    // Where the disk is full or read-only, what was read before is found, and every header.
    if (!hasMore)
        qCWarning(logApp, "not every text is searched: %s", base::nameOf(hasMore.error().code));
    return await(m_mail->search(words, limit));
}

base::Result<StoredMessage> MailSession::stored(store::MessageId id)
{
    const auto summary = await(m_mail->summary(id));
    if (!summary)
        return summary.error();
    const auto octets = await(m_mail->octets(id));
    if (!octets)
        return octets.error();
    return StoredMessage{*summary, *octets};
}

base::Result<QByteArray> MailSession::sentOctets(const QByteArray &messageId)
{
    return await(m_mail->sentOctets(messageId));
}

smime::OpenedMessage MailSession::openMessage(const StoredMessage &message, const QDateTime &now)
{
    const MailToOpen mail{message.octets, now, message.summary.received, Learning::Remember, {}};
    NetworkRevocationSource network{*m_io};
    smime::OpenedMessage opened = m_account.revocation == AccountSettings::RevocationUse::Fetch ? openForAsking(m_reader, mail, network) : openFor(m_reader, mail);
    if (opened.needsKey())
        return opened;
    if (opened.verdict.summary == smime::Summary::Altered)
        if (std::optional<smime::SignatureDiagnosis> diagnosis = comparedWithSent(*m_mail, m_reader, opened, now))
            opened.diagnosis = std::move(diagnosis);
    base::Status noted = await(m_mail->setFlags({message.summary.id}, store::Flag::Read, true));
    if (noted)
        noted = await(m_mail->setSeal(message.summary.id, MailboxService::keptSeal(message.summary, summaryOf(opened))));
    if (!noted)
        qCWarning(logApp) << "that a message was read could not be kept:" << base::nameOf(noted.error().code) << noted.error().detail;
    return opened;
}

base::Result<store::MessageId> MailSession::queue(const Draft &draft, const QByteArray &octets)
{
    if (const base::Status own = checkSender(octets, m_reader.profile); !own)
        return own.error();
    const ProfileSealer sealer{m_reader.data, m_reader.profile, m_reader.material};
    const base::Result<smime::SealedMail> sealed = sealer.seal(draft, octets, {});
    if (!sealed)
        return sealed.error();
    return await(m_outbox->enqueue(letterOf(*sealed, m_reader.profile.address)));
}

base::Result<store::MessageId> MailSession::queueAsIs(const Draft &draft, const QByteArray &octets)
{
    QStringList recipients;
    for (const mime::Address &address : draft.to + draft.cc + draft.bcc)
        recipients += address.mailbox;
    return await(m_outbox->enqueue({octets, {{m_reader.profile.address, recipients, octets}}, store::MessageId::None}));
}

base::Status MailSession::carryOne(const store::OutboxClaim &claim)
{
    const transport::Submission submission{claim.content.sender, claim.content.recipients, claim.content.octets};
    const auto receipt = await(transport::submitMessage(*m_io, m_account.smtp, submission));
    if (!receipt)
        return await(m_outbox->markFailed(claim.copy, receipt.error()));
    const auto done = await(m_outbox->markSent(claim.copy, OutboxService::refusedBy(*receipt, claim)));
    if (!done)
        return done.error();
    return base::Done{};
}

base::Result<std::optional<store::OutboxStatus>> MailSession::statusOf(store::MessageId letter)
{
    const auto list = await(m_outbox->list());
    if (!list)
        return list.error();
    for (const store::OutboxStatus &status : *list) {
        if (status.letter == letter)
            return std::optional{status};
    }
    return std::optional<store::OutboxStatus>{};
}

base::Result<CarryOutcome> MailSession::carry(store::MessageId letter)
{
    // For a letter that a window has in hand: its deadlines end the waiting, and its death, which changes nothing in the file, gives the claim back.
    constexpr std::chrono::milliseconds kLookAtLeastEvery{500};
    const auto changes = std::make_shared<QSemaphore>();
    const QObject context;
    QObject::connect(m_mail->database().get(), &store::Database::changed, &context, [changes] { changes->release(); }, Qt::DirectConnection);
    if (const base::Status woken = await(m_outbox->retryAll()); !woken)
        return woken.error();
    while (true) {
        const auto claim = await(m_outbox->claim());
        if (!claim)
            return claim.error();
        if (*claim) {
            if (const base::Status status = carryOne(**claim); !status)
                return status.error();
            continue;
        }
        const auto status = statusOf(letter);
        if (!status)
            return status.error();
        if (!*status)
            return CarryOutcome{CarryOutcome::State::Sent, {}};
        if ((*status)->state != OutboxState::Sending)
            return CarryOutcome{(*status)->state == OutboxState::Failed ? CarryOutcome::State::Failed : CarryOutcome::State::Queued, (*status)->lastError};
        changes->tryAcquire(1, kLookAtLeastEvery);
    }
}

base::Result<PreparedDraft> prepareDraft(const SendRequest &request, const identity::Profile &profile, const QByteArray &input, const QDateTime &now)
{
    PreparedDraft prepared;
    Draft &draft = prepared.draft;
    draft.from = {profile.name, profile.address};
    draft.to = request.to;
    draft.cc = request.cc;
    draft.bcc = request.bcc;
    draft.sign = request.sign;
    draft.encrypt = request.encrypt;
    const base::Result<mime::Structure> structure = mime::parseStructure(input);
    const bool isText = !structure && structure.error().code == ErrorCode::MessageMalformed;
    if (!structure && !isText)
        return structure.error();
    if (!isText && draft.to.isEmpty() && draft.cc.isEmpty() && draft.bcc.isEmpty()) {
        const mime::Headers headers = mime::parseHeaders(input);
        draft.to = headers.addresses("To");
        draft.cc = headers.addresses("Cc");
        draft.bcc = headers.addresses("Bcc");
    }
    if (const base::Status sound = checkRecipients(draft.to + draft.cc + draft.bcc); !sound)
        return sound.error();
    if (!isText) {
        prepared.octets = mime::toCanonicalLineEnds(input);
        return prepared;
    }
    draft.subject = request.subject;
    draft.text = QString::fromUtf8(input);
    base::Result<QByteArray> built = buildForSending(draft, now);
    if (!built)
        return built.error();
    prepared.octets = *built;
    return prepared;
}

} // namespace app
