// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayMessagePane.h"

#include "app/MessageInspection.h"
#include "app/VerdictPresenter.h"
#include "ui/AttachmentBar.h"
#include "ui/AttachmentSaving.h"
#include "ui/CertificateDialog.h"
#include "ui/Files.h"
#include "ui/FocusMark.h"
#include "ui/InspectorWindow.h"
#include "ui/MessageView.h"
#include "ui/ProblemLabel.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/RelaySight.h"
#include "ui/SideText.h"
#include "ui/UnlockDialog.h"

#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qint64 kLargestKeyFile = qint64{4} << 20;
/// In the list of keys an address stands for itself, an empty text for nobody, and this for a file that is to be chosen.
constexpr QLatin1StringView kFile{"file"};

// As in the dialogue beside it, with the time since the session began. What happened rather than was said is set in.
QString spokenTranscript(const QList<relay::TranscriptLine> &lines)
{
    const auto isSaid = [](relay::MonitorEvent::Kind kind) {
        using enum relay::MonitorEvent::Kind;
        return kind == LineIn || kind == LineOut || kind == BodyIn || kind == BodyOut;
    };
    QString spoken;
    for (const auto &[event, leftOutOctets] : lines) {
        if (leftOutOctets > 0) {
            spoken += u"\u2026\n"_s;
            continue;
        }
        const QString time = QLocale().toString(double(event.atMs) / 1000, 'f', 3);
        spoken += u"%1 s  "_s.arg(time, 8) + (isSaid(event.kind) ? QString() : u"  "_s) + dialogueText(event) + u'\n';
    }
    return spoken;
}

} // namespace

RelayMessagePane::RelayMessagePane(app::Workplace *workplace, QWidget *parent) : QWidget(parent), m_workplace(workplace)
{
    m_pages = new QTabWidget(this);
    m_pages->setObjectName(u"relayMessagePages"_s);
    m_pages->setDocumentMode(true);
    m_pages->addTab(makeSight(), tr("&What the relay sees"));
    m_pages->addTab(makeOpened(), tr("&Opened"));
    m_pages->addTab(makeTranscript(), tr("Its s&ession"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_pages);
    connect(&m_workplace->identities(), &app::IdentityService::profilesChanged, this, &RelayMessagePane::fillKeys);
    connect(&m_workplace->identities(), &app::IdentityService::unlocked, this, &RelayMessagePane::fillKeys);
    connect(&m_workplace->identities(), &app::IdentityService::locked, this, [this](const QString &address) {
        if (m_keysName.compare(address, Qt::CaseInsensitive) == 0)
            return useKeys(QString(), {});
        fillKeys();
    });
    fillKeys();
}

QTextBrowser *RelayMessagePane::makeSight()
{
    m_sees = makeSideText(u"relaySees"_s, tr("What the relay sees"), QPalette::Base, this);
    m_sees->document()->setDocumentMargin(12);
    m_sees->setPlaceholderText(tr("Choose a message below to see what the relay knows of it, and what it cannot know."));
    return m_sees;
}

QWidget *RelayMessagePane::makeOpened()
{
    auto *page = new QWidget(this);
    m_keysField = new QComboBox(page);
    m_keysField->setObjectName(u"relayKeys"_s);
    m_keysField->setAccessibleName(tr("Open with the keys of"));
    m_keysField->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_keysField->setMinimumContentsLength(14);
    connect(m_keysField, &QComboBox::activated, this, &RelayMessagePane::onKeysChosen);
    auto *label = new QLabel(tr("Open with the &keys of"), page);
    label->setBuddy(m_keysField);
    m_problem = new ProblemLabel(u"relayKeysProblem"_s, page);
    m_opened = new MessageView(page);
    m_opened->setObjectName(u"relayOpened"_s);
    m_opened->showNothing(tr("Choose a message below."));
    const auto failed = [this](const base::Error &error) { m_problem->say(error); };
    connect(m_opened, &MessageView::inspectorRequested, this, [this] { showInspector(m_message.id); });
    connect(m_opened, &MessageView::certificateRequested, this, [this] { (new CertificateDialog({m_opened->shownPart().verdict.signature.signers.constFirst().certificate, {}}, this))->open(); });
    connect(m_opened, &MessageView::saveAttachmentRequested, this,
            [this, failed](int index) { askToSaveAttachment(this, m_workplace->pool(), m_opened->shownPart().attachments.value(index), failed); });
    connect(m_opened, &MessageView::saveAllAttachmentsRequested, this, [this, failed] { askToSaveAttachments(this, m_workplace->pool(), m_opened->shownPart().attachments, failed); });
    auto *row = new QHBoxLayout;
    row->setSpacing(kBetween);
    row->addWidget(label);
    row->addWidget(m_keysField, 1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, kBetween, 12, kBetween);
    head->setSpacing(kInsideGroup);
    head->addLayout(row);
    head->addWidget(m_problem);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_opened, 1);
    return page;
}

QPlainTextEdit *RelayMessagePane::makeTranscript()
{
    m_transcript = new QPlainTextEdit(this);
    m_transcript->setObjectName(u"messageTranscript"_s);
    m_transcript->setAccessibleName(tr("Session in which the message came"));
    m_transcript->setReadOnly(true);
    m_transcript->setTabChangesFocus(true);
    m_transcript->setFrameShape(QFrame::NoFrame);
    m_transcript->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_transcript->document()->setDocumentMargin(12);
    new FocusMark(m_transcript);
    m_transcript->setPlaceholderText(tr("What was said when this message came is not known, or not any more."));
    return m_transcript;
}

// Only what is open already, or what somebody unlocks here, is lent.
void RelayMessagePane::fillKeys()
{
    m_keysField->clear();
    m_keysField->addItem(tr("nobody"), QString());
    for (const identity::Profile &profile : m_workplace->identities().profiles()) {
        const bool isUnlocked = m_workplace->identities().isUnlocked(profile.address);
        m_keysField->addItem(isUnlocked ? profile.address : tr("%1 (locked)").arg(profile.address), profile.address);
    }
    const bool isFile = !m_keysName.isEmpty() && m_keysField->findData(m_keysName) < 0;
    if (isFile)
        m_keysField->addItem(m_keysName, m_keysName);
    m_keysField->addItem(tr("a file\u2026"), QString(kFile));
    m_keysField->setCurrentIndex(m_keysField->findData(m_keysName));
}

void RelayMessagePane::onKeysChosen(int index)
{
    const QString chosen = m_keysField->itemData(index).toString();
    m_problem->say(QString());
    if (chosen == kFile)
        return askForKeyFiles();
    if (chosen == QString())
        return useKeys(QString(), {});
    if (chosen == m_keysName)
        return;
    if (!m_workplace->identities().isUnlocked(chosen))
        return unlock(chosen);
    smime::OpeningMaterial material;
    material.keys = m_workplace->identities().keys(chosen);
    useKeys(chosen, material);
}

void RelayMessagePane::unlock(const QString &address)
{
    auto *dialog = new UnlockDialog(tr("Unlock the keys of %1").arg(address), tr("Give the passphrase of %1.").arg(address),
                                    [this, address](const base::Secret &passphrase) { return m_workplace->identities().unlock(address, passphrase); }, this);
    connect(dialog, &QDialog::accepted, this, [this, address] {
        smime::OpeningMaterial material;
        material.keys = m_workplace->identities().keys(address);
        useKeys(address, material);
    });
    connect(dialog, &QDialog::rejected, this, &RelayMessagePane::fillKeys);
    dialog->open();
}

void RelayMessagePane::askForKeyFiles()
{
    fillKeys();
    askWhichFiles(this, tr("Keys to open with"), tr("Keys (*.p12 *.pfx *.pem *.key);;All files (*)"), [this](const QStringList &paths) { readKeyFiles(paths); });
}

void RelayMessagePane::readKeyFiles(const QStringList &paths)
{
    auto contents = std::make_shared<QList<QByteArray>>();
    for (const QString &path : paths) {
        base::whenReady(this, readFile(m_workplace->pool(), path, kLargestKeyFile), [this, contents, count = paths.size()](const base::Result<QByteArray> &file) {
            if (!file)
                return m_problem->say(file.error());
            contents->append(*file);
            if (contents->size() == count)
                tryKeyFiles(*contents);
        });
    }
}

void RelayMessagePane::tryKeyFiles(const QList<QByteArray> &contents)
{
    base::whenReady(this, useKeyFiles(contents, {}), [this, contents](const base::Status &status) {
        if (status)
            return;
        const base::ErrorCode code = status.error().code;
        if (code != base::ErrorCode::PassphraseMissing && code != base::ErrorCode::PassphraseWrong)
            return m_problem->say(status.error());
        (new UnlockDialog(tr("Open the file"), tr("This file is protected by a passphrase of its own, chosen when it was made."),
                          [this, contents](const base::Secret &passphrase) { return useKeyFiles(contents, passphrase); }, this))
            ->open();
    });
}

base::Operation<base::Done> RelayMessagePane::useKeyFiles(const QList<QByteArray> &contents, const base::Secret &passphrase)
{
    const auto read = base::runOn(m_workplace->pool(), [contents, passphrase](const base::Cancellation &) -> base::Result<smime::OpeningMaterial> {
        app::MaterialFiles files;
        files.keys = contents;
        base::Result<smime::OpeningMaterial> material = app::readMaterial(files, [passphrase]() -> base::Result<base::Secret> {
            return passphrase.isEmpty() ? base::Result<base::Secret>{base::ErrorCode::PassphraseMissing} : base::Result<base::Secret>{passphrase};
        });
        if (material && (!material->keys || material->keys->keys.isEmpty()))
            return {base::ErrorCode::KeyNotFound, u"the files hold no private key with its certificate"_s};
        return material;
    });
    auto promise = std::make_shared<QPromise<base::Status>>();
    promise->start();
    base::whenReady(this, read, [this, promise](const base::Result<smime::OpeningMaterial> &material) {
        promise->addResult(material ? base::Status{base::Done{}} : base::Status{material.error()});
        promise->finish();
        if (material)
            useKeys(tr("the file that was read"), *material);
    });
    return {promise->future(), {}};
}

void RelayMessagePane::useKeys(const QString &name, const smime::OpeningMaterial &material)
{
    m_keysName = name;
    m_keys = material;
    m_problem->say(QString());
    fillKeys();
    read();
}

void RelayMessagePane::showMessage(const app::RelayMessage &message)
{
    m_message = message;
    fillTranscript(message.session);
    read();
}

void RelayMessagePane::showNothing()
{
    ++m_look;
    m_message = {};
    m_reading = {};
    m_sees->clear();
    m_transcript->clear();
    m_opened->showNothing(tr("Choose a message below."));
}

void RelayMessagePane::read()
{
    if (m_message.id == 0)
        return;
    // What an earlier look finds may come later, and be opened with keys that are locked by now.
    base::whenReady(this, m_workplace->relay().read(m_message.id, m_keys), [this, look = ++m_look](const base::Result<app::RelayReading> &reading) {
        if (look != m_look)
            return;
        if (reading)
            onRead(*reading);
        else
            showNothing();
    });
}

void RelayMessagePane::onRead(const app::RelayReading &reading)
{
    m_reading = reading;
    renderSight();
    m_opened->showMessage(reading.opened, app::presentVerdict(reading.opened.verdict, app::verdictContextOf(reading.opened, m_workplace->clock().now())), reading.octets);
}

void RelayMessagePane::renderSight()
{
    if (m_reading.message.id != 0)
        m_sees->setHtml(relaySightHtml(m_reading.message, m_reading.octets, palette()));
}

void RelayMessagePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        renderSight();
}

void RelayMessagePane::fillTranscript(const QString &session)
{
    m_transcript->clear();
    if (session.isEmpty())
        return;
    base::whenReady(this, m_workplace->relay().transcript(session), [this, session](const base::Result<QList<relay::TranscriptLine>> &lines) {
        if (lines && session == m_message.session)
            m_transcript->setPlainText(spokenTranscript(*lines));
    });
}

void RelayMessagePane::showInspector(qint64 id)
{
    base::whenReady(this, m_workplace->relay().read(id, m_keys), [this](const base::Result<app::RelayReading> &reading) {
        if (!reading)
            return m_problem->say(reading.error());
        auto *inspector = new InspectorWindow(reading->opened, tr("Relay"), this);
        inspector->setStructure(m_workplace->relay().inspect(reading->octets, m_keys));
        inspector->show();
    });
}

} // namespace ui
