// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ComposeDesk.h"

#include "app/Correspondents.h"
#include "app/ErrorText.h"
#include "ui/ComposeWindow.h"
#include "ui/Files.h"

#include <QFileInfo>
#include <QMimeDatabase>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qint64 kLargestAttachment = qint64{48} << 20;
constexpr int kRememberedLetters = 1000; ///< Whose recipients complete what is typed.

app::OutlookRecipient outlookOf(const QString &address, const base::Result<app::RecipientCertificate> &found)
{
    app::OutlookRecipient recipient{address, {}, app::RecipientOutlook::None, {}, {}};
    if (!found) {
        recipient.reason = app::errorText(found.error()).sentence;
        return recipient;
    }
    recipient.name = found->info.name;
    switch (found->mark) {
    case app::RecipientMark::None: break;
    case app::RecipientMark::Found:
        recipient.state = app::RecipientOutlook::Found;
        recipient.capabilities = smime::Capabilities::fromDer(found->capabilities);
        break;
    case app::RecipientMark::FoundBut:
        recipient.state = app::RecipientOutlook::Unusable;
        recipient.reason = app::stateText(found->reason, found->info);
        break;
    }
    return recipient;
}

bool isEmpty(const app::Draft &draft)
{
    return draft.to.isEmpty() && draft.cc.isEmpty() && draft.bcc.isEmpty() && draft.subject.isEmpty() && draft.text.trimmed().isEmpty() && draft.attachments.isEmpty();
}

using SendPermission = app::SendOutlook::Permission;

/// Its window has gone: a letter that nothing has kept comes back in a new one.
template <typename T>
void bringBackUnlessKept(app::ProfileSession *session, const app::Draft &draft, const base::Operation<T> &keeping)
{
    base::whenReady(session, keeping, [session, draft](const base::Result<T> &kept) {
        if (!kept)
            Q_EMIT session->savingFailed(draft, kept.error());
    });
}

void bringBackUnlessKept(app::ProfileSession *session, const app::SendMessageOperation *sending)
{
    QObject::connect(sending, &app::SendMessageOperation::failed, session, [session, sending](const base::Error &error) {
        if (!sending->isDraftSaved())
            Q_EMIT session->savingFailed(sending->draft(), error);
    });
}

/// What becomes of a letter whose window has gone: it goes if that was wished and is permitted, else it is a draft.
void keepWithoutWindow(app::ProfileSession *session, const app::Draft &draft, SendPermission wish)
{
    if (wish == SendPermission::Allowed)
        bringBackUnlessKept(session, session->send(draft));
    else if (wish == SendPermission::Held)
        bringBackUnlessKept(session, draft, session->hold(draft));
    else
        bringBackUnlessKept(session, draft, session->mailbox().saveDraft(draft, session->sealer()));
}

/// Into the trash. The window goes at once: what fails, the session tells.
void throwAway(app::ProfileSession *session, const app::Draft &draft)
{
    base::whenReady(session, session->mailbox().discardDraft(draft.id), [session, draft](const base::Result<store::Moved> &moved) {
        if (!moved)
            Q_EMIT session->sendingFailed(draft, moved.error());
    });
}

/// The same for what is not kept yet as it is; where it cannot be, as while the keys are locked, for its form of before.
void saveAndThrowAway(app::ProfileSession *session, const app::Draft &draft)
{
    base::whenReady(session, session->mailbox().saveDraft(draft, session->sealer()), [session, draft](const base::Result<store::MessageId> &id) {
        app::Draft kept = draft;
        if (id)
            kept.id = *id;
        else
            Q_EMIT session->sendingFailed(draft, id.error());
        if (kept.id != store::MessageId::None)
            throwAway(session, kept);
    });
}

} // namespace

ComposeDesk::ComposeDesk(app::ProfileSession *session, ComposeWindow *window) : QObject(window), m_session(session), m_window(window)
{
    connectWindow();
    setUpCompletions();
    updateKey();
    findAllCertificates();
}

void ComposeDesk::connectWindow()
{
    app::IdentityService *identities = &m_session->workplace().identities();
    connect(m_window, &ComposeWindow::recipientsChanged, this, &ComposeDesk::findCertificates);
    connect(m_window, &ComposeWindow::saveRequested, this, &ComposeDesk::save);
    connect(m_window, &ComposeWindow::discardRequested, this, &ComposeDesk::discard);
    connect(m_window, &ComposeWindow::sendRequested, this, &ComposeDesk::send);
    connect(m_window, &ComposeWindow::closing, this, &ComposeDesk::saveWhileClosing);
    connect(m_window, &ComposeWindow::filesDropped, this, &ComposeDesk::attach);
    connect(m_window, &ComposeWindow::previewRequested, this, &ComposeDesk::preview);
    connect(m_window, &ComposeWindow::unlockRequested, this, &ComposeDesk::unlockRequested);
    connect(m_window, &ComposeWindow::importRequested, this, &ComposeDesk::importRequested);
    connect(m_window, &ComposeWindow::keysRequested, this, &ComposeDesk::keysRequested);
    connect(m_window, &ComposeWindow::attachRequested, this, [this] {
        askWhichFiles(m_window, tr("Attach a file"), {}, [this](const QStringList &paths) { attach(paths); });
    });
    connect(m_session, &app::ProfileSession::lockChanged, this, &ComposeDesk::updateKey);
    connect(identities, &app::IdentityService::certificatesChanged, this, [this] {
        findAllCertificates();
        updateKey();
    });
}

// Who has a certificate, and then whom one has written to. Nobody gets in by writing to us.
void ComposeDesk::setUpCompletions()
{
    m_window->setCompletions([this](const QString &begin) {
        const QStringList certified = m_session->workplace().identities().completions(m_session->profile().address, begin);
        return app::withCorrespondents(certified, m_writtenTo, begin);
    });
    store::PageRequest sent;
    sent.folder = store::Folder::Sent;
    sent.limit = kRememberedLetters;
    base::whenReady(this, m_session->mailbox().page(sent), [this](const base::Result<QList<store::MessageSummary>> &letters) {
        for (const store::MessageSummary &letter : letters ? *letters : QList<store::MessageSummary>())
            m_writtenTo += letter.to;
    });
}

void ComposeDesk::findAllCertificates()
{
    QStringList addresses;
    const app::Draft draft = m_window->draft();
    for (const mime::Address &address : draft.to + draft.cc + draft.bcc)
        addresses += address.mailbox;
    findCertificates(addresses);
}

void ComposeDesk::findCertificates(const QStringList &addresses)
{
    app::IdentityService &identities = m_session->workplace().identities();
    for (const QString &address : addresses) {
        base::whenReady(this, identities.recipient(m_session->profile().address, address), [this, address](const base::Result<app::RecipientCertificate> &found) {
            m_window->setRecipients({outlookOf(address, found)});
        });
    }
}

void ComposeDesk::updateKey()
{
    const identity::SharedKeySet keys = m_session->workplace().identities().keys(m_session->profile().address);
    const QDateTime now = m_session->workplace().clock().now();
    m_window->setReceivingKey(app::receivingKeyOf(keys, now));
    m_window->setSigningKey(app::signingKeyOf(keys, now));
    if (!m_session->canSign())
        return;
    // A worker finds out whether it was revoked.
    base::whenReady(this, m_session->workplace().identities().identities(m_session->profile().address), [this](const base::Result<QList<app::IdentityInfo>> &infos) {
        const auto isRevoked = [](const app::IdentityInfo &key) { return key.isCurrent && key.use != identity::KeyUse::Encryption && key.state == app::CertificateState::Revoked; };
        if (infos && m_session->canSign() && std::any_of(infos->cbegin(), infos->cend(), isRevoked))
            m_window->setSigningKey(app::SigningKey::Revoked);
    });
}

// The true octets, sealed for this look alone: nothing is said of them that another program would have to believe.
void ComposeDesk::preview()
{
    if (m_window->outlook().permission == app::SendOutlook::Permission::Held)
        return m_window->setNoPreview(tr("The server sees nothing of it until everybody has a certificate."));
    base::whenReady(this, m_session->preview(m_window->draft()), [this](const base::Result<smime::SealedMail> &sealed) {
        if (sealed && !sealed->envelopes.isEmpty())
            m_window->setPreview(sealed->envelopes.constFirst().message);
        else if (!sealed)
            m_window->setNoPreview(app::errorText(sealed.error()).sentence);
    });
}

void ComposeDesk::save()
{
    if (m_isSaving || m_isDone || m_window->phase() == ComposeWindow::Phase::Sending || !m_window->isModified() || isEmpty(m_window->draft()))
        return;
    m_isSaving = true;
    // What is written from now on is not in this one.
    m_window->setModified(false);
    m_saving = m_session->mailbox().saveDraft(m_window->draft(), m_session->sealer());
    base::whenReady(this, m_saving, [this](const base::Result<store::MessageId> &id) { onSaved(id); });
}

void ComposeDesk::onSaved(const base::Result<store::MessageId> &id)
{
    m_isSaving = false;
    if (id) {
        m_window->setSaved(*id);
    } else {
        m_window->setModified(true);
        m_window->showProblem(tr("The draft was not saved. %1").arg(app::errorText(id.error()).sentence), app::errorText(id.error()).detail);
    }
    goOn();
}

// The window goes now; the session saves what it held.
void ComposeDesk::saveWhileClosing()
{
    const app::Draft draft = m_window->draft();
    if (m_isDiscarded && m_isSaving && !std::exchange(m_isDone, true))
        return base::whenReady(m_session, m_saving, [session = m_session, draft](const base::Result<store::MessageId> &id) {
            app::Draft kept = draft;
            if (id)
                kept.id = *id;
            saveAndThrowAway(session, kept);
        });
    if (m_sending)
        return bringBackUnlessKept(m_session, m_sending);
    if (m_holding) // Over or not: this window has not been told.
        return bringBackUnlessKept(m_session, draft, *m_holding);
    if (m_isDone || (!m_window->isModified() && !m_isSaving) || isEmpty(draft))
        return;
    // It could only be brought back, and at the end of the program there is nobody to do so.
    if (m_window->isModified() && !m_session->isUnlocked() && app::isKeptSealed(draft))
        return stayOpen({base::ErrorCode::KeystoreLocked, {}, {}, {}});
    m_isDone = true;
    const SendPermission wish = m_isSendWanted && m_reading == 0 ? m_window->outlook().permission : SendPermission::Refused;
    if (!m_isSaving)
        return keepWithoutWindow(m_session, draft, wish);
    // It is being saved just now, or an earlier form of it, whose place this one takes.
    const bool isNewer = m_window->isModified() || m_isSendWanted;
    base::whenReady(m_session, m_saving, [session = m_session, draft, wish, isNewer](const base::Result<store::MessageId> &earlier) {
        app::Draft last = draft;
        if (earlier)
            last.id = *earlier;
        if (!earlier || isNewer)
            keepWithoutWindow(session, last, wish);
    });
}

void ComposeDesk::stayOpen(const base::Error &error)
{
    m_window->stay();
    m_window->showProblem(tr("The draft was not saved. %1").arg(app::errorText(error).sentence));
    m_window->raise();
    m_window->activateWindow();
}

// Into the trash, from where Undo and Move to bring it back: a slip of the mouse must not cost a letter. What is just being saved follows
// as soon as it has its number.
void ComposeDesk::discard()
{
    m_isDiscarded = true;
    if (m_isSaving || m_isDone)
        return;
    m_isDone = true;
    const app::Draft draft = m_window->draft();
    if (m_window->isModified() && !isEmpty(draft))
        saveAndThrowAway(m_session, draft);
    else if (draft.id != store::MessageId::None)
        throwAway(m_session, draft);
    m_window->close();
}

void ComposeDesk::send()
{
    const SendPermission permission = m_window->outlook().permission;
    if (m_sending || m_isDone || (permission != SendPermission::Allowed && permission != SendPermission::Held))
        return;
    // Not without what is just being attached, nor beside a draft of it that nobody would know.
    if (m_isSaving || m_reading > 0) {
        m_isSendWanted = true;
        return;
    }
    m_window->setPhase(ComposeWindow::Phase::Sending);
    if (permission == SendPermission::Held)
        return hold();
    m_sending = m_session->send(m_window->draft());
    connect(m_sending, &app::SendMessageOperation::queued, this, [this] {
        m_isDone = true;
        Q_EMIT queued();
        m_window->close();
    });
    connect(m_sending, &app::SendMessageOperation::failed, this, [this](const base::Error &error) {
        m_window->setSaved(m_sending->draft().id);
        m_window->setModified(!m_sending->isDraftSaved());
        m_sending.clear();
        const app::ErrorText text = app::errorText(error);
        m_window->setPhase(ComposeWindow::Phase::Writing);
        m_window->showProblem(text.sentence, text.detail);
    });
}

// The session goes on with it if the window is closed meanwhile.
void ComposeDesk::hold()
{
    m_isDone = true;
    m_holding = m_session->hold(m_window->draft());
    base::whenReady(this, *m_holding, [this](const base::Result<QStringList> &asked) {
        m_holding.reset();
        if (asked) {
            Q_EMIT held();
            m_window->close();
            return;
        }
        m_isDone = false;
        m_window->setPhase(ComposeWindow::Phase::Writing);
        m_window->showProblem(app::errorText(asked.error()).sentence, app::errorText(asked.error()).detail);
    });
}

void ComposeDesk::attach(const QStringList &paths)
{
    for (const QString &path : paths) {
        ++m_reading;
        base::whenReady(this, readFile(m_session->workplace().pool(), path, kLargestAttachment), [this, path](const base::Result<QByteArray> &content) { onRead(path, content); });
    }
}

void ComposeDesk::onRead(const QString &path, const base::Result<QByteArray> &content)
{
    --m_reading;
    if (m_isDone)
        return;
    if (content) {
        const QString name = QFileInfo(path).fileName();
        const QByteArray type = QMimeDatabase().mimeTypeForFileNameAndData(name, *content).name().toLatin1();
        m_window->addAttachment({name, type, *content});
    } else {
        m_isSendWanted = false;
        m_window->showProblem(app::errorText(content.error()).sentence, app::errorText(content.error()).detail);
    }
    goOn();
}

/// What waited until a draft was saved, or a file read.
void ComposeDesk::goOn()
{
    if (m_isSaving)
        return;
    if (m_isDiscarded)
        return discard();
    if (m_reading == 0 && std::exchange(m_isSendWanted, false))
        send();
}

} // namespace ui
