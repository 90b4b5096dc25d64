// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "app/Draft.h"
#include "app/MailImport.h"
#include "app/MessageService.h"
#include "store/MailStore.h"
#include "store/Outbox.h"
#include "transport/IoThread.h"

#include <memory>

namespace app {

/// How far a letter came.
struct CarryOutcome {
    enum class State { Sent, Queued, Failed } state = State::Queued;
    std::optional<base::Error> error;
};

/// A message as the mail file has it.
struct StoredMessage {
    store::MessageSummary summary;
    QByteArray octets;
};

/// One profile's mail as the command line uses it, beside whatever window has it open too. Every function waits for its result;
/// errors beside those named are those of store::Database::opened().
class MailSession
{
public:
    /// Opens the mail file; the keys stay locked. Errors of AccountSettings::load() too.
    [[nodiscard]] static base::Result<MailSession> open(const identity::DataDirectory &data, const identity::Profile &profile);

    [[nodiscard]] const identity::Profile &profile() const { return m_reader.profile; }
    /// "127.0.0.1:1025"
    [[nodiscard]] QString smtpServer() const;
    [[nodiscard]] QString pop3Server() const;

    /// Takes the keys and, if there is one, the servers' password from the keystore. Errors of identity::Keystore::open() and unlock().
    [[nodiscard]] base::Status unlock(const base::Secret &passphrase);
    /// Whether the server for sending wants a login, so that unlock() is needed before carry().
    [[nodiscard]] bool logsInToSend() const { return !m_account.smtp.user.isEmpty(); }
    [[nodiscard]] bool hasPassword() const { return !m_account.pop3.password.isEmpty(); }
    void setPassword(const base::Secret &password) { m_account.setPassword(password); }
    /// Keeps the servers' password in the keystore. Errors of unlock() and identity::Keystore::storeSecret().
    [[nodiscard]] base::Status keepPassword(const base::Secret &passphrase) const;

    /// Fetches once. Errors of transport::fetchMail().
    [[nodiscard]] base::Result<transport::FetchSummary> fetch(std::optional<transport::AfterFetch> afterFetch = {});
    /// Errors of app::importMail().
    [[nodiscard]] base::Result<MailImport> importMail(const QStringList &paths, store::Folder folder);
    /// The newest messages of a folder.
    [[nodiscard]] base::Result<QList<store::MessageSummary>> list(store::Folder folder, int limit);
    /// Reads what nobody has read for the search yet, which takes a while after a large import; then as store::MailStore::search().
    [[nodiscard]] base::Result<QList<store::MessageSummary>> search(const QString &words, int limit);
    /// MessageNotFound.
    [[nodiscard]] base::Result<StoredMessage> stored(store::MessageId id);
    /// Errors of store::MailStore::sentOctets().
    [[nodiscard]] base::Result<QByteArray> sentOctets(const QByteArray &messageId);
    /// Opens with what is unlocked, learns the signer, and marks the message as read unless its key is missing. Asks the network about revocation
    /// if the account says so.
    [[nodiscard]] smime::OpenedMessage openMessage(const StoredMessage &message, const QDateTime &now);

    /// Seals and queues. `octets`: the message, CRLF. Errors of ProfileSealer::seal(), SenderRefused: From is not the profile's own.
    [[nodiscard]] base::Result<store::MessageId> queue(const Draft &draft, const QByteArray &octets);
    /// Queues the octets as they are.
    [[nodiscard]] base::Result<store::MessageId> queueAsIs(const Draft &draft, const QByteArray &octets);
    /// Sends what waits in the outbox, then says how far `letter` came; a letter that another program is just sending is waited for.
    [[nodiscard]] base::Result<CarryOutcome> carry(store::MessageId letter);

private:
    MailSession(Reader reader, AccountSettings account);
    [[nodiscard]] base::Status carryOne(const store::OutboxClaim &claim);
    [[nodiscard]] base::Result<std::optional<store::OutboxStatus>> statusOf(store::MessageId letter);

    Reader m_reader;
    AccountSettings m_account;
    std::shared_ptr<store::MailStore> m_mail;
    std::shared_ptr<store::Outbox> m_outbox;
    std::unique_ptr<transport::IoThread> m_io;
};

/// What somebody wants to send from the command line.
struct SendRequest {
    QList<mime::Address> to, cc, bcc;   ///< All empty: those of the message's header.
    QString subject;                    ///< If the input is a text and not a message.
    bool sign = true;
    bool encrypt = true;
};

/// A draft with its octets.
struct PreparedDraft {
    Draft draft;
    QByteArray octets;                  ///< CRLF.
};

/// Reads a message, or a text without a header, into a draft from `profile`. RecipientMissing, AddressInvalid (detail: which), and those of
/// mime::parseStructure except MessageMalformed.
[[nodiscard]] base::Result<PreparedDraft> prepareDraft(const SendRequest &request, const identity::Profile &profile, const QByteArray &input,
                                                       const QDateTime &now);

} // namespace app
