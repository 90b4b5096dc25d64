// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FirstStartAssistant.h"

#include "app/CertificateFiles.h"
#include "mime/Address.h"
#include "ui/Files.h"
#include "ui/Icons.h"
#include "ui/JoinPage.h"
#include "ui/KeyTypeField.h"
#include "ui/LongText.h"
#include "ui/PageArea.h"
#include "ui/ProblemLabel.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

enum Page { kChoice, kCard, kForm, kRequest };
constexpr qsizetype kLongestAddress = 64;
constexpr qsizetype kLongestOnButton = 40;
constexpr int kNarrowest = 560;

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont large = label->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setWeight(QFont::DemiBold);
    label->setFont(large);
    label->setWordWrap(true);
    return label;
}

QLabel *words(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLineEdit *secretField(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setEchoMode(QLineEdit::Password);
    return field;
}

/// A layout's own minimum knows nothing of lines that wrap: they were cut off, and on a small screen the bird lost its head.
void giveRoomTo(QWidget *page)
{
    page->setMinimumHeight(page->layout()->totalHeightForWidth(kNarrowest - 2 * (kAround + kBetween)));
}

} // namespace

FirstStartAssistant::FirstStartAssistant(app::IdentityService *identities, transport::IoThread *io, QWidget *parent)
    : QDialog(parent), m_identities(identities), m_io(io)
{
    setObjectName(u"firstStartAssistant"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Welcome - Waxwing"));
    setMinimumWidth(kNarrowest);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeChoicePage());
    m_pages->addWidget(makeJoinPage());
    m_pages->addWidget(makeFormPage());
    m_pages->addWidget(makeRequestPage());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround + kBetween, kAround + kBetween, kAround + kBetween, kAround);
    auto *area = new PageArea(m_pages, this);
    connect(m_pages, &QStackedWidget::currentChanged, area, [area] { area->verticalScrollBar()->setValue(0); });
    column->addWidget(area);
    for (int i = 0; i < m_pages->count(); ++i)
        giveRoomTo(m_pages->widget(i));
    showFirst();
    resize(sizeHint()); // Else it takes two thirds of the screen's height, and the first page that anybody sees has to be scrolled.
}

FirstStartAssistant::~FirstStartAssistant()
{
    hide(); // What a field says when it loses the focus is said to a dialog that is whole.
}

QWidget *FirstStartAssistant::makeChoicePage()
{
    auto *page = new QWidget(this);
    auto *bird = new QLabel(page);
    bird->setObjectName(u"bird"_s);
    bird->setPixmap(applicationIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(bird);
    column->addWidget(heading(tr("Waxwing seals letters"), page));
    column->addWidget(words(tr("It signs and encrypts your mail. How would you like to begin?"), page));
    column->addSpacing(kAround);
    if (m_identities->hasAuthority())
        return page; // Never shown; but a screen reader finds what is on it.
    const auto offer = [&](const QString &objectName, const QString &title, const QString &text) {
        auto *button = new QPushButton(title, page);
        button->setObjectName(objectName);
        button->setMinimumHeight(36);
        column->addWidget(button);
        column->addWidget(words(text, page));
        column->addSpacing(kBetween);
        return button;
    };
    // Its authority has a passphrase that everybody knows: it does not come among people who are here already.
    if (m_identities->profiles().isEmpty()) {
        const QPushButton *demonstration = offer(u"chooseDemonstration"_s, tr("Look at the &demonstration"), tr("Alice and Bob write to each other through the relay on this computer. Nothing leaves it."));
        connect(demonstration, &QPushButton::clicked, this, [this] {
            Q_EMIT demonstrationRequested();
            close();
        });
    }
    const QPushButton *file = offer(u"chooseFile"_s, tr("Use a certificate that you &have"), tr("A file that ends in .p12 or .pfx, from your employer or from an authority, with your key in it."));
    connect(file, &QPushButton::clicked, this, &FirstStartAssistant::beginWithFile);
    const QPushButton *team = offer(u"chooseTeam"_s, tr("Begin a &team with an authority of its own"), tr("You vouch for the others: they join with certificates that you issue."));
    connect(team, &QPushButton::clicked, this, [this] { choose(Way::Team); });
    const QPushButton *request = offer(u"chooseRequest"_s, tr("&Join a team that exists"), tr("Waxwing makes keys and a request file. Whoever runs the team's authority sends back your certificate."));
    connect(request, &QPushButton::clicked, this, [this] { choose(Way::Request); });
    const QPushButton *card = offer(u"chooseCard"_s, tr("Join with a &card"), tr("For a class or a team at one relay: its join card says where it is and who vouches for it."));
    connect(card, &QPushButton::clicked, this, [this] { m_pages->setCurrentIndex(kCard); });
    column->addStretch();
    return page;
}

QWidget *FirstStartAssistant::makeJoinPage()
{
    auto *page = new QWidget(this);
    auto *join = new JoinPage(m_io, page);
    connect(join, &JoinPage::backRequested, this, &FirstStartAssistant::showFirst);
    connect(join, &JoinPage::cardTaken, this, [this](const app::JoinCard &card) {
        m_card = card;
        choose(Way::Card);
    });
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(heading(tr("Join with a card"), page));
    column->addWidget(words(tr("Whoever runs the relay has the card on the screen: Join card, in the menu of the relay."), page));
    column->addWidget(join, 1);
    return page;
}

void FirstStartAssistant::makeFields(QWidget *page)
{
    m_keyFile = new QPushButton(tr("Choose a file\u2026"), page);
    m_keyFile->setObjectName(u"keyFileButton"_s);
    connect(m_keyFile, &QPushButton::clicked, this, &FirstStartAssistant::askForKeyFile);
    m_keyFilePassphrase = secretField(u"keyFilePassphraseField"_s, tr("The file's passphrase"), page);
    m_name = new QLineEdit(page);
    m_name->setObjectName(u"nameField"_s);
    m_mailbox = new QLineEdit(page);
    m_mailbox->setObjectName(u"addressField"_s);
    m_authorityName = new QLineEdit(page);
    m_authorityName->setObjectName(u"authorityNameField"_s);
    m_authorityPassphrase = secretField(u"authorityPassphraseField"_s, tr("The authority's passphrase"), page);
    m_mailboxPassword = secretField(u"mailboxPasswordField"_s, tr("Password of your mailbox"), page);
    m_keyType = new KeyTypeField(page);
    m_passphrase = secretField(u"passphraseField"_s, tr("Passphrase"), page);
    m_again = secretField(u"passphraseAgainField"_s, tr("Passphrase again"), page);
    for (QLineEdit *field : {m_name, m_mailbox, m_authorityName, m_authorityPassphrase, m_mailboxPassword, m_passphrase, m_again})
        connect(field, &QLineEdit::textChanged, this, &FirstStartAssistant::check);
    connect(m_mailbox, &QLineEdit::editingFinished, this, &FirstStartAssistant::check);
}

QFormLayout *FirstStartAssistant::makeForm(QWidget *page)
{
    makeFields(page);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    form->addRow(tr("&File"), m_keyFile);
    form->addRow(tr("&The file's passphrase"), m_keyFilePassphrase);
    form->addRow(tr("Your &name"), m_name);
    form->addRow(tr("Your &address"), m_mailbox);
    form->addRow(tr("Name of the a&uthority"), m_authorityName);
    form->addRow(tr("The authority's pa&ssphrase"), m_authorityPassphrase);
    form->addRow(tr("Password of your mailbo&x"), m_mailboxPassword);
    form->addRow(tr("&Kind of key"), m_keyType);
    form->addRow(tr("&Passphrase"), m_passphrase);
    form->addRow(tr("Passphrase a&gain"), m_again);
    return form;
}

QWidget *FirstStartAssistant::makeFormPage()
{
    auto *page = new QWidget(this);
    m_formTitle = heading({}, page);
    m_formText = words({}, page);
    m_form = makeForm(page);
    m_problem = new ProblemLabel(u"assistantProblem"_s, page);
    m_back = new QPushButton(tr("&Back"), page);
    m_create = new QPushButton(tr("&Make the keys"), page);
    m_create->setObjectName(u"createButton"_s);
    m_create->setDefault(true);
    connect(m_back, &QPushButton::clicked, this, &FirstStartAssistant::goBack);
    connect(m_create, &QPushButton::clicked, this, &FirstStartAssistant::begin);
    m_ownFile = new QPushButton(tr("Use a certificate that you &have"), page);
    m_ownFile->setObjectName(u"ownFileButton"_s);
    connect(m_ownFile, &QPushButton::clicked, this, &FirstStartAssistant::beginWithFile);
    m_ownCard = new QPushButton(tr("Join with a &card"), page);
    m_ownCard->setObjectName(u"ownCardButton"_s);
    connect(m_ownCard, &QPushButton::clicked, this, [this] { m_pages->setCurrentIndex(kCard); });
    auto *others = new QHBoxLayout;
    others->addWidget(m_ownFile);
    others->addWidget(m_ownCard);
    others->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_create);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(m_formTitle);
    column->addWidget(m_formText);
    column->addSpacing(kBetween);
    column->addLayout(m_form);
    column->addWidget(words(app::forgottenPassphraseText(), page));
    column->addWidget(m_problem);
    column->addStretch();
    column->addLayout(others);
    column->addLayout(buttons);
    showRows(); // Not the room of all of them.
    return page;
}

QWidget *FirstStartAssistant::makeRequestPage()
{
    auto *page = new QWidget(this);
    m_saveRequest = new QPushButton(tr("&Save the request\u2026"), page);
    m_saveRequest->setObjectName(u"saveRequestButton"_s);
    m_saveRequest->setEnabled(false); // A screen reader reaches pages that are not shown yet.
    auto *done = new QPushButton(tr("&Open my window"), page);
    done->setObjectName(u"openWindowButton"_s);
    connect(m_saveRequest, &QPushButton::clicked, this, [this] {
        askWhereToSave(this, tr("Save the request"), m_address + u".csr"_s, [this](const QString &path) {
            base::whenReady(this, writeFile(QThreadPool::globalInstance(), path, m_request), [this](const base::Status &status) {
                if (status)
                    m_saved->say(tr("The request was saved."), Tone::Good);
                else
                    m_saved->say(status.error());
            });
        });
    });
    connect(done, &QPushButton::clicked, this, [this] {
        Q_EMIT identityReady(m_address);
        close();
    });
    m_saved = new ProblemLabel(u"requestSaved"_s, page);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_saveRequest);
    buttons->addWidget(done);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(heading(tr("Your keys are made"), page));
    column->addWidget(words(tr("Save the request and send the file to whoever runs your team's authority. It holds nothing secret. "
                               "When the certificate comes back, import it in Identities and certificates; from then on you can sign, and others can encrypt to you."), page));
    column->addWidget(m_saved);
    column->addStretch();
    column->addLayout(buttons);
    return page;
}

QString FirstStartAssistant::titleOf(Way way)
{
    switch (way) {
    case Way::Team: return tr("A team with an authority of its own");
    case Way::Member: return tr("A new member");
    case Way::Request:
    case Way::Card: return tr("Keys for a team that exists");
    case Way::File: return tr("A certificate that you have");
    }
    Q_UNREACHABLE_RETURN({});
}

QString FirstStartAssistant::textOf(Way way)
{
    switch (way) {
    case Way::Team: return tr("The authority's key is protected by the same passphrase as yours.");
    case Way::Member: return tr("New keys, vouched for by the authority of this data directory. You need its passphrase.");
    case Way::Request: return {};
    case Way::Card: return tr("Your address and the password of your mailbox come from whoever runs the relay.");
    case Way::File: return tr("The keys are copied under a passphrase of your own, which may be another one than the file's. The file stays as it is.");
    }
    Q_UNREACHABLE_RETURN({});
}

void FirstStartAssistant::choose(Way way)
{
    m_way = way;
    m_formTitle->setText(titleOf(way));
    m_formText->setText(textOf(way));
    m_formText->setVisible(!m_formText->text().isEmpty());
    m_back->setVisible(way != Way::Member);
    m_create->setText(way == Way::File ? tr("Take the keys &in") : tr("&Make the keys"));
    showRows();
    giveRoomTo(m_pages->widget(kForm));
    m_pages->setCurrentIndex(kForm);
    if (way == Way::File)
        m_keyFile->setFocus();
    else
        m_name->setFocus();
    check();
}

void FirstStartAssistant::showRows()
{
    const bool isByFile = m_way == Way::File;
    m_form->setRowVisible(m_keyFile, isByFile);
    m_form->setRowVisible(m_keyFilePassphrase, isByFile);
    m_form->setRowVisible(m_keyType, !isByFile);
    m_form->setRowVisible(m_mailboxPassword, m_way == Way::Card);
    m_form->setRowVisible(m_authorityName, m_way == Way::Team);
    m_form->setRowVisible(m_authorityPassphrase, m_way == Way::Member);
    for (QPushButton *other : {m_ownFile, m_ownCard}) // The other ways lead back to the page that offers them.
        other->setVisible(m_way == Way::Member);
    m_name->setPlaceholderText(isByFile ? tr("as in the certificate") : QString());
    m_mailbox->setPlaceholderText(isByFile ? tr("as in the certificate") : u"name@example.org"_s);
}

// Where there is an authority, whoever comes new is mostly one of its members, and there is no page of choices.
void FirstStartAssistant::showFirst()
{
    if (m_identities->hasAuthority())
        choose(Way::Member);
    else
        m_pages->setCurrentIndex(kChoice);
}

void FirstStartAssistant::goBack()
{
    if (m_way == Way::Card)
        m_pages->setCurrentIndex(kCard);
    else
        showFirst();
}

void FirstStartAssistant::beginWithFile()
{
    choose(Way::File);
    askForKeyFile();
}

void FirstStartAssistant::askForKeyFile()
{
    askWhichFiles(this, tr("Choose your certificate"), tr("Keys with certificates (*.p12 *.pfx);;All files (*)"), [this](const QStringList &paths) { useKeyFile(paths.value(0)); });
}

void FirstStartAssistant::useKeyFile(const QString &path)
{
    if (m_isBusy)
        return;
    choose(Way::File);
    base::whenReady(this, readFile(QThreadPool::globalInstance(), path, app::kLargestCertificateFile), [this, name = QFileInfo(path).fileName()](const base::Result<QByteArray> &file) {
        if (!file)
            return m_problem->say(file.error());
        setKeyFile(name, *file);
        m_keyFilePassphrase->setFocus();
    });
}

void FirstStartAssistant::setKeyFile(const QString &name, const QByteArray &content)
{
    m_fileName = name;
    m_file = content;
    m_keyFile->setText(shortened(name, kLongestOnButton).replace(u'&', "&&"_L1));
    check();
}

/// What the form still asks for, by the names of its fields. A file brings name and address along.
QStringList FirstStartAssistant::missing() const
{
    QStringList names;
    const auto need = [&](QWidget *field, bool isGiven) {
        if (!isGiven && m_form->isRowVisible(field))
            names += qobject_cast<const QLabel *>(m_form->labelForField(field))->text().remove(u'&');
    };
    const bool isByFile = m_way == Way::File;
    need(m_keyFile, !m_file.isEmpty());
    need(m_name, isByFile || !m_name->text().trimmed().isEmpty());
    need(m_mailbox, isByFile || !m_mailbox->text().trimmed().isEmpty());
    need(m_authorityName, !m_authorityName->text().trimmed().isEmpty());
    for (QLineEdit *secret : {m_authorityPassphrase, m_mailboxPassword, m_passphrase, m_again})
        need(secret, !secret->text().isEmpty());
    return names;
}

void FirstStartAssistant::check()
{
    if (m_isBusy)
        return;
    const QStringList missed = missing();
    const QString address = m_mailbox->text().trimmed();
    const bool isAddress = address.isEmpty() || mime::isValidMailbox(address);
    m_create->setEnabled(missed.isEmpty() && isAddress && m_passphrase->text() == m_again->text());
    // Not while the address is being typed.
    if (!isAddress && !m_mailbox->hasFocus())
        m_problem->say(tr("\"%1\" is no mail address. One looks like name@example.org.").arg(shortened(address, kLongestAddress)));
    else if (m_again->text().isEmpty() || m_passphrase->text() != m_again->text())
        m_problem->compare(m_passphrase->text(), m_again->text());
    else // Whoever has filled in the last field wonders why the button stays grey.
        m_problem->say(missed.isEmpty() ? QString() : tr("Still missing: %1.").arg(missed.join(u", "_s)), Tone::Caution);
}

void FirstStartAssistant::setBusy(const QString &sentence)
{
    m_isBusy = true;
    m_problem->say(sentence, Tone::Neutral);
    m_create->setEnabled(false);
}

void FirstStartAssistant::begin()
{
    if (m_way == Way::Card && mime::isSameMailbox(m_created.address, m_mailbox->text().trimmed()))
        return takeCard();
    if (m_way == Way::File)
        return takeKeyFile();
    setBusy(tr("Making the keys. This takes a moment."));
    if (m_way != Way::Team)
        return createIdentity();
    const auto made = m_identities->createAuthority(m_authorityName->text().trimmed(), m_keyType->keyType(), base::Secret::fromText(m_passphrase->text()));
    base::whenReady(this, made, [this](const base::Status &status) {
        // An attempt before may have come this far.
        if (status || status.error().code == base::ErrorCode::AuthorityExists)
            createIdentity();
        else
            showProblem(status.error());
    });
}

void FirstStartAssistant::createIdentity()
{
    app::NewIdentity wanted;
    wanted.address = m_mailbox->text().trimmed();
    wanted.name = m_name->text().trimmed();
    wanted.keyType = m_keyType->keyType();
    wanted.passphrase = base::Secret::fromText(m_passphrase->text());
    wanted.isForElsewhere = m_way == Way::Card;
    if (m_way == Way::Member)
        wanted.authorityPassphrase = base::Secret::fromText(m_authorityPassphrase->text());
    base::whenReady(this, m_identities->createIdentity(wanted), [this](const base::Result<app::CreatedIdentity> &created) { onCreated(created); });
}

void FirstStartAssistant::onCreated(const base::Result<app::CreatedIdentity> &created)
{
    if (!created)
        return showProblem(created.error());
    m_created = created->profile;
    m_address = created->profile.address;
    m_request = created->requestPem;
    if (m_way == Way::Card)
        return takeCard();
    finish();
}

/// The account and the trust of the card, for the profile that was just made.
void FirstStartAssistant::takeCard()
{
    const auto taken = app::takeJoinCard(*m_identities, m_created, m_card, base::Secret::fromText(m_mailboxPassword->text()));
    base::whenReady(this, taken, [this](const base::Status &status) {
        if (status)
            finish();
        else
            showProblem(status.error());
    });
}

void FirstStartAssistant::takeKeyFile()
{
    setBusy(tr("Taking the keys in. This takes a moment."));
    app::NewIdentity wanted;
    wanted.address = m_mailbox->text().trimmed();
    wanted.name = m_name->text().trimmed();
    wanted.passphrase = base::Secret::fromText(m_passphrase->text());
    const auto taken = m_identities->createIdentityFrom(m_file, base::Secret::fromText(m_keyFilePassphrase->text()), wanted);
    base::whenReady(this, taken, [this](const base::Result<app::ImportedFile> &imported) {
        if (!imported) {
            showProblem(imported.error());
            if (imported.error().code == base::ErrorCode::PassphraseWrong) { // The page asks for two.
                m_problem->say(tr("The file's passphrase is wrong. Nothing was taken in; try it again."));
                m_keyFilePassphrase->setFocus();
                m_keyFilePassphrase->selectAll();
            } else if (imported.error().code == base::ErrorCode::CertificateForAnotherAddress) {
                m_problem->say(tr("The certificate is for %1. Enter such an address, or none.").arg(shortened(imported.error().detail, kLongestAddress)));
                m_mailbox->setFocus();
            }
            return;
        }
        m_address = imported->address;
        finish();
        Q_EMIT keyFileTaken(m_fileName, *imported);
    });
}

void FirstStartAssistant::finish()
{
    for (QLineEdit *secret : {m_passphrase, m_again, m_authorityPassphrase, m_mailboxPassword, m_keyFilePassphrase})
        secret->clear();
    m_isBusy = false;
    m_saveRequest->setEnabled(!m_request.isEmpty());
    if (m_request.isEmpty()) {
        Q_EMIT identityReady(m_address);
        close();
        return;
    }
    m_pages->setCurrentIndex(kRequest);
}

void FirstStartAssistant::showProblem(const base::Error &error)
{
    m_isBusy = false;
    m_problem->say(error);
    m_create->setEnabled(true);
}

} // namespace ui
