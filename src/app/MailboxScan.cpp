// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxScan.h"

#include "smime/ShownHeaders.h"

namespace app {

using store::Folder;
using store::MessageSummary;
using store::SealState;

namespace {

constexpr Folder kScanned[] = {Folder::Inbox, Folder::Sent, Folder::Archive, Folder::Trash};
/// The newest of each folder; what lies below is opened when somebody looks at it.
constexpr int kMostInOneFolder = 1000;
/// As many as the crypto pool has threads. Each is short, so a person's own wish does not wait.
constexpr int kAtOnce = 2;

bool hidesSomething(const MessageSummary &row)
{
    switch (row.seal) {
    case SealState::NotAssessed:
    case SealState::Signed:
    case SealState::Encrypted:
        return true;
    case SealState::Altered:
    case SealState::Impersonated:
    case SealState::Verified:
    case SealState::Unverified:
    case SealState::Decrypted:
    case SealState::VerifiedAddress:
    case SealState::PartlySigned:
    case SealState::SignatureRefused:
    case SealState::PerhapsAltered:
        return smime::isSubjectPlaceholder(row.subject);
    case SealState::Plain:
    case SealState::Malformed:
    case SealState::CannotDecrypt:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

} // namespace

MailboxScan::MailboxScan(MailboxService *mailbox, OpenOne openOne, QObject *parent) : QObject(parent), m_mailbox(mailbox), m_openOne(std::move(openOne))
{
    connect(mailbox, &MailboxService::changed, this, &MailboxScan::look);
}

void MailboxScan::start()
{
    m_isRunning = true;
    look();
}

void MailboxScan::stop()
{
    m_isRunning = false;
    m_todo.clear();
    m_done.clear();
}

void MailboxScan::look()
{
    if (!m_isRunning)
        return;
    if (!isIdle()) {
        m_lookAgain = true;
        return;
    }
    m_isLooking = true;
    lookInto(0);
}

void MailboxScan::lookInto(qsizetype folder)
{
    if (folder == std::ssize(kScanned)) {
        m_isLooking = false;
        for (int i = 0; i < kAtOnce; ++i)
            openNext();
        return;
    }
    store::PageRequest request;
    request.folder = kScanned[folder];
    request.limit = kMostInOneFolder;
    base::whenReady(this, m_mailbox->page(request), [this, folder](const base::Result<QList<MessageSummary>> &rows) {
        if (rows && m_isRunning)
            take(*rows);
        lookInto(folder + 1);
    });
}

void MailboxScan::take(const QList<MessageSummary> &rows)
{
    for (const MessageSummary &row : rows) {
        if (hidesSomething(row) && !m_done.contains(row.id) && !m_mailbox->openedSummary(row.id))
            m_todo += row.id;
    }
}

void MailboxScan::openNext()
{
    if (m_isRunning && !m_todo.isEmpty()) {
        const store::MessageId id = m_todo.takeFirst();
        m_done.insert(id);
        ++m_opening;
        m_hasOpened = true;
        return m_openOne(id, [this] {
            --m_opening;
            openNext();
        });
    }
    if (!isIdle())
        return;
    if (std::exchange(m_hasOpened, false))
        Q_EMIT scanned();
    if (std::exchange(m_lookAgain, false))
        look();
}

} // namespace app
