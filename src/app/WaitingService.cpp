// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/WaitingService.h"

#include "app/SendOutlook.h"

#include <chrono>

namespace app {

using namespace std::chrono_literals;
using store::Folder;
using store::MessageId;

namespace {

/// A certificate that another process published is noticed by then.
constexpr auto kLookEvery = 60s;
constexpr int kMostWaiting = 500;

} // namespace

struct WaitingService::Release {
    QHash<MessageId, QStringList> missing;
    QList<QStringList> released;
    QList<std::pair<MessageId, base::Error>> failures;
};

/// What runs on the pool: values and what is shared, so that it may outlive the service.
struct WaitingService::Job {
    std::shared_ptr<store::MailStore> mail;
    std::shared_ptr<store::Outbox> outbox;
    identity::DataDirectory data;
    QString address;
    SharedSealer sealer;
    QDateTime now;

    [[nodiscard]] base::Result<QList<store::MessageSummary>> waiting() const
    {
        store::PageRequest request;
        request.folder = Folder::Waiting;
        request.limit = kMostWaiting;
        return base::await(mail->page(request));
    }

    /// Those of `people` who cannot be encrypted to.
    [[nodiscard]] QStringList withoutCertificate(const QList<mime::Address> &people) const
    {
        const base::Result<identity::Profile> profile = data.profile(address);
        QStringList missing;
        for (const mime::Address &person : people) {
            if (!profile || findRecipient(data, *profile, person.mailbox, now).mark != RecipientMark::Found)
                missing += person.mailbox;
        }
        return missing;
    }

    /// Those without a certificate whom no letter in Waiting has made us ask.
    [[nodiscard]] base::Result<QStringList> toAsk(const Draft &draft) const
    {
        QStringList asked = withoutCertificate(draft.to + draft.cc + draft.bcc);
        const base::Result<QList<store::MessageSummary>> rows = waiting();
        if (!rows)
            return rows.error();
        for (const store::MessageSummary &row : *rows) {
            const base::Result<QByteArray> octets = base::await(mail->octets(row.id));
            if (!octets || row.id == draft.id)
                continue;
            for (const mime::Address &person : recipientsOfDraft(*octets))
                asked.removeIf([&](const QString &one) { return mime::isSameMailbox(one, person.mailbox); });
        }
        return asked;
    }

    [[nodiscard]] base::Result<QStringList> hold(const Draft &draft, const base::Cancellation &cancellation) const
    {
        base::Result<QStringList> asked = toAsk(draft);
        if (!asked)
            return asked;
        base::Result<QByteArray> octets = buildForSaving(draft, now);
        if (octets)
            octets = sealer->sealForSelf(draft, *octets, cancellation);
        if (!octets)
            return octets.error();
        const base::Result<MessageId> id = base::await(mail->saveDraft(draft.id, *octets));
        if (!id)
            return id.error();
        if (const base::Result<store::Moved> moved = base::await(mail->move({*id}, Folder::Waiting)); !moved)
            return moved.error();
        return asked;
    }

    /// Opens, seals and queues one letter whose recipients all have certificates.
    [[nodiscard]] base::Result<MessageId> release(MessageId id, const QByteArray &octets, const base::Cancellation &cancellation) const
    {
        const base::Result<Draft> draft = sealer->openDraft(octets, cancellation);
        if (!draft)
            return draft.error();
        const base::Result<QByteArray> built = buildForSending(*draft, now);
        if (!built)
            return built.error();
        const base::Result<smime::SealedMail> sealed = sealer->seal(*draft, *built, cancellation);
        if (!sealed)
            return sealed.error();
        store::Letter letter = letterOf(*sealed, draft->from.mailbox, id);
        // Its writer may have taken it back meanwhile.
        letter.draftMustBeIn = Folder::Waiting;
        return base::await(outbox->enqueue(letter));
    }

    [[nodiscard]] base::Result<Release> releaseAll(const base::Cancellation &cancellation) const
    {
        const base::Result<QList<store::MessageSummary>> rows = waiting();
        if (!rows)
            return rows.error();
        Release result;
        for (const store::MessageSummary &row : *rows) {
            const base::Result<QByteArray> octets = base::await(mail->octets(row.id));
            if (!octets || cancellation.isRequested())
                continue;
            const QList<mime::Address> people = recipientsOfDraft(*octets);
            const QStringList missing = withoutCertificate(people);
            if (!missing.isEmpty()) {
                result.missing.insert(row.id, missing);
            } else if (const base::Result<MessageId> queued = release(row.id, *octets, cancellation); !queued) {
                result.failures += {row.id, queued.error()};
            } else {
                QStringList names;
                for (const mime::Address &person : people)
                    names += mime::shortText(person);
                result.released += names;
            }
        }
        return result;
    }
};

WaitingService::WaitingService(MailboxService *mailbox, IdentityService *identities, const QString &address, const CurrentSealer &sealer, QThreadPool *pool,
                               const base::Clock &clock, QObject *parent)
    : QObject(parent), m_mailbox(mailbox), m_identities(identities), m_address(address), m_sealer(sealer), m_pool(pool), m_clock(clock)
{
    m_timer.setInterval(kLookEvery);
    connect(&m_timer, &QTimer::timeout, this, &WaitingService::check);
    connect(mailbox, &MailboxService::changed, this, &WaitingService::check);
    connect(identities, &IdentityService::certificatesChanged, this, &WaitingService::check);
    m_timer.start();
}

WaitingService::Job WaitingService::job() const
{
    return {m_mailbox->mail(), m_mailbox->outbox(), m_identities->data(), m_address, m_sealer(), m_clock.now()};
}

base::Operation<QStringList> WaitingService::hold(const Draft &draft)
{
    const auto work = [job = job(), draft](const base::Cancellation &cancellation) -> base::Result<QStringList> {
        return job.sealer ? job.hold(draft, cancellation) : base::Result<QStringList>{base::ErrorCode::KeystoreLocked};
    };
    return base::runOn(m_pool, work);
}

void WaitingService::check()
{
    const Job now = job();
    if (!now.sealer)
        return;
    if (m_isChecking) {
        m_checkAgain = true;
        return;
    }
    m_isChecking = true;
    const auto work = [now](const base::Cancellation &cancellation) { return now.releaseAll(cancellation); };
    base::whenReady(this, base::runOn(m_pool, work), [this](const base::Result<Release> &release) {
        m_isChecking = false;
        if (release)
            onReleased(*release);
        if (std::exchange(m_checkAgain, false))
            check();
    });
}

void WaitingService::onReleased(const Release &release)
{
    if (release.missing != m_missing) {
        m_missing = release.missing;
        Q_EMIT missingChanged();
    }
    for (const QStringList &recipients : release.released)
        Q_EMIT released(recipients);
    for (const auto &[letter, error] : release.failures) {
        const bool isGone = error.code == base::ErrorCode::MessageNotFound || error.code == base::ErrorCode::Cancelled;
        if (isGone || m_failed.contains(letter))
            continue;
        m_failed += letter;
        Q_EMIT failed(letter, error);
    }
}

Draft WaitingService::requestFor(const mime::Address &from, const QString &recipient)
{
    Draft draft;
    draft.from = from;
    draft.to = {{{}, recipient}};
    draft.subject = tr("Please send me a signed message");
    draft.text = tr("Hello,\n\nI have written you a letter that only you shall be able to read. To encrypt it, my mail program needs your certificate.\n\n"
                    "Please answer this message with a signed one. Your certificate comes with it, and the letter then goes to you by itself.\n\n"
                    "This request is signed, so that you have my certificate now.\n");
    draft.encrypt = false;
    return draft;
}

QString WaitingService::waitingText(const QStringList &missing)
{
    return missing.isEmpty() ? tr("Waits to be sealed and sent.") : tr("Waits for a certificate of %1. It goes by itself when one arrives.").arg(namesText(missing));
}

} // namespace app
