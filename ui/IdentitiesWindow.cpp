// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/IdentitiesWindow.h"

#include "app/ErrorText.h"
#include "app/KeyTypes.h"
#include "ui/CertificateDialog.h"
#include "ui/Files.h"
#include "ui/FlowLayout.h"
#include "ui/Icons.h"
#include "ui/LongText.h"
#include "ui/NewKeysDialog.h"
#include "ui/NoticeBar.h"
#include "ui/PassphraseDialog.h"
#include "ui/UnlockDialog.h"
#include "ui/WindowKeys.h"

#include <QAction>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype kLongestName = 64;
constexpr int kCertificateRole = Qt::UserRole + 1;
constexpr int kStateRole = Qt::UserRole + 2;
constexpr int kKeyRole = Qt::UserRole + 3;
constexpr int kStaysRole = Qt::UserRole + 4; // Cannot be removed.
constexpr int kDateRole = Qt::UserRole + 5;  // What a column of days is sorted by.

QIcon stateIcon(app::CertificateState state)
{
    switch (state) {
    case app::CertificateState::NotChecked: return sign(u"dot"_s, Tone::Neutral);
    case app::CertificateState::Good: return sign(u"tick"_s, Tone::Good);
    case app::CertificateState::WaitingForCertificate: return sign(u"looking"_s, Tone::Neutral);
    case app::CertificateState::Expired:
    case app::CertificateState::NotYetValid:
    case app::CertificateState::Untrusted:
    case app::CertificateState::WrongUsage:
    case app::CertificateState::Weak: return sign(u"question"_s, Tone::Caution);
    case app::CertificateState::Revoked:
    case app::CertificateState::Damaged: return sign(u"cross"_s, Tone::Bad);
    }
    Q_UNREACHABLE_RETURN({});
}

QString useText(identity::KeyUse use)
{
    switch (use) {
    case identity::KeyUse::SigningAndEncryption: return IdentitiesWindow::tr("signs and receives");
    case identity::KeyUse::Signing: return IdentitiesWindow::tr("signs");
    case identity::KeyUse::Encryption: return IdentitiesWindow::tr("receives");
    }
    Q_UNREACHABLE_RETURN({});
}

QString dayText(const QDateTime &date) { return date.isValid() ? QLocale().toString(date.toLocalTime().date(), QLocale::ShortFormat) : QString(); }

class CertificateItem : public QTreeWidgetItem
{
public:
    using QTreeWidgetItem::QTreeWidgetItem;

    bool operator<(const QTreeWidgetItem &other) const override
    {
        const int column = treeWidget() ? treeWidget()->sortColumn() : 0;
        const QDateTime mine = data(column, kDateRole).toDateTime();
        const QDateTime theirs = other.data(column, kDateRole).toDateTime();
        return mine.isValid() && theirs.isValid() ? mine < theirs : QTreeWidgetItem::operator<(other);
    }
};

/// The last column is the day of `until`.
QTreeWidgetItem *certificateItem(QTreeWidget *list, QStringList texts, const QDateTime &until, const QByteArray &certificate, app::CertificateState state, const QString &sentence)
{
    texts += dayText(until);
    auto *item = new CertificateItem(texts);
    item->setData(int(texts.size()) - 1, kDateRole, until);
    item->setData(0, kCertificateRole, certificate);
    item->setData(0, kStateRole, int(state));
    item->setIcon(0, stateIcon(state));
    for (int column = 0; column < texts.size(); ++column)
        item->setToolTip(column, sentence);
    list->addTopLevelItem(item);
    return item;
}

QWidget *pageOf(QWidget *list, const QList<QPushButton *> &buttons, const QString &words)
{
    auto *page = new QWidget;
    auto *text = new QLabel(words, page);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto *below = new QWidget(page);
    auto *row = new FlowLayout(below, kBetween);
    for (QPushButton *button : buttons)
        row->addWidget(button);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(kAround, 12, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(text);
    column->addWidget(list, 1);
    column->addWidget(below);
    tabThrough(row, list);
    return page;
}

} // namespace

IdentitiesWindow::IdentitiesWindow(app::ProfileSession *session, QWidget *parent) : QWidget(parent, Qt::Window), m_session(session)
{
    setObjectName(u"identitiesWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Identities and certificates - %1 - Waxwing").arg(address()));
    resize(760, 520);
    m_notice = new NoticeBar(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeOwnPage(), tr("&My keys"));
    m_tabs->addTab(makePeoplePage(), tr("&Other people"));
    m_tabs->addTab(makeTrustPage(), tr("&Trust"));
    if (identities().hasAuthority())
        m_tabs->addTab(makeAuthorityPage(), tr("&Authority"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_tabs, 1);
    addWindowKeys(this);
    connect(&identities(), &app::IdentityService::certificatesChanged, this, &IdentitiesWindow::refresh);
    connect(m_session, &app::ProfileSession::lockChanged, this, &IdentitiesWindow::refresh);
    connect(m_session, &app::ProfileSession::keyringAsked, this, [this] { m_forget->setVisible(m_session->isPassphraseRemembered()); });
    m_tabs->setFocus(); // Not on what the notice offers: a key meant for the window before trusted an authority.
    refresh();
}

QTreeWidget *IdentitiesWindow::makeList(const QString &objectName, const QString &accessibleName, const QStringList &columns)
{
    auto *list = new QTreeWidget(this);
    list->setObjectName(objectName);
    list->setAccessibleName(accessibleName);
    list->setHeaderLabels(columns);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAlternatingRowColors(true);
    list->setAllColumnsShowFocus(true);
    list->setSortingEnabled(true);
    list->sortByColumn(0, Qt::AscendingOrder);
    list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    connect(list, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) { showCertificate(item); });
    return list;
}

// Delete does in a list what the button below it does.
void IdentitiesWindow::removeByKey(QTreeWidget *list, void (IdentitiesWindow::*remove)())
{
    auto *action = new QAction(list);
    action->setShortcut(QKeySequence{Qt::Key_Delete});
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, remove);
    list->addAction(action);
}

/// A double click does the same, but who would try?
QPushButton *IdentitiesWindow::makeShowButton(const QString &objectName, const QTreeWidget *list)
{
    auto *button = new QPushButton(tr("Sho&w\u2026"), this);
    button->setObjectName(objectName);
    button->setToolTip(tr("What the chosen certificate says; it can be saved from there."));
    connect(button, &QPushButton::clicked, this, [this, list] {
        if (const QTreeWidgetItem *item = chosenIn(list))
            showCertificate(item);
    });
    return button;
}

// What is marked in the list; nothing, and a sentence that says so, if nothing is.
const QTreeWidgetItem *IdentitiesWindow::chosenIn(const QTreeWidget *list)
{
    const QTreeWidgetItem *item = list->selectedItems().value(0);
    if (!item)
        m_notice->setText(tr("Choose the certificate in the list first."), {}, Tone::Neutral);
    return item;
}

QWidget *IdentitiesWindow::makeOwnPage()
{
    m_own = makeList(u"ownKeys"_s, tr("My keys"), {tr("Key"), tr("State"), tr("Use"), tr("Valid until")});
    m_newKeys = new QPushButton(tr("&New keys\u2026"), this);
    m_newKeys->setObjectName(u"newKeysButton"_s);
    connect(m_newKeys, &QPushButton::clicked, this, &IdentitiesWindow::makeNewKeys);
    auto *importButton = new QPushButton(tr("&Import\u2026"), this);
    auto *exportButton = new QPushButton(tr("&Export\u2026"), this);
    auto *change = new QPushButton(tr("&Change passphrase\u2026"), this);
    change->setObjectName(u"changePassphraseButton"_s);
    m_lock = new QPushButton(this);
    connect(importButton, &QPushButton::clicked, this, &IdentitiesWindow::askForImport);
    connect(exportButton, &QPushButton::clicked, this, &IdentitiesWindow::exportIdentity);
    connect(change, &QPushButton::clicked, this, &IdentitiesWindow::changePassphrase);
    connect(m_lock, &QPushButton::clicked, this, [this] {
        if (m_session->isUnlocked())
            return m_session->lock();
        auto *dialog = new UnlockDialog(tr("Unlock the keys of %1").arg(address()), tr("Give the passphrase of %1.").arg(address()),
                                        [this](const base::Secret &passphrase) { return m_session->unlock(passphrase); }, this);
        dialog->offerToRemember(m_session);
        dialog->open();
    });
    m_forget = new QPushButton(tr("&Forget in keyring"), this);
    m_forget->setObjectName(u"forgetPassphraseButton"_s);
    m_forget->setToolTip(tr("Take the passphrase out of this desktop's keyring, so that it is asked for again."));
    connect(m_forget, &QPushButton::clicked, this, &IdentitiesWindow::forgetPassphrase);
    return pageOf(m_own, {makeShowButton(u"showKeyButton"_s, m_own), m_newKeys, importButton, exportButton, change, m_lock, m_forget}, tr("What you sign with, and what others encrypt to. Old keys stay, so that old mail can be opened."));
}

void IdentitiesWindow::showOwnKeys()
{
    m_tabs->setCurrentIndex(0);
    m_newKeys->setFocus(Qt::OtherFocusReason);
}

QWidget *IdentitiesWindow::makePeoplePage()
{
    m_people = makeList(u"peopleCertificates"_s, tr("Certificates of other people"), {tr("Name"), tr("Address"), tr("Vouched for by"), tr("Valid until")});
    m_people->header()->setSectionResizeMode(2, QHeaderView::Stretch); // Whoever chose a long name for an authority does not push the addresses out of sight.
    auto *importButton = new QPushButton(tr("&Import\u2026"), this);
    auto *remove = new QPushButton(tr("&Remove"), this);
    remove->setObjectName(u"removePersonButton"_s);
    removeByKey(m_people, &IdentitiesWindow::removePerson);
    connect(importButton, &QPushButton::clicked, this, &IdentitiesWindow::askForImport);
    connect(remove, &QPushButton::clicked, this, &IdentitiesWindow::removePerson);
    return pageOf(m_people, {makeShowButton(u"showPersonButton"_s, m_people), importButton, remove}, tr("Learnt from signed mail or imported. Members of this data directory are found by themselves."));
}

QWidget *IdentitiesWindow::makeTrustPage()
{
    m_trust = makeList(u"trustAnchors"_s, tr("Trusted authorities"), {tr("Name"), tr("Fingerprint"), tr("Origin"), tr("Valid until")});
    auto *add = new QPushButton(tr("A&dd\u2026"), this);
    auto *remove = new QPushButton(tr("&Remove"), this);
    remove->setObjectName(u"removeTrustButton"_s);
    removeByKey(m_trust, &IdentitiesWindow::removeTrust);
    connect(add, &QPushButton::clicked, this, &IdentitiesWindow::addTrust);
    connect(remove, &QPushButton::clicked, this, &IdentitiesWindow::removeTrust);
    QWidget *page = pageOf(m_trust, {makeShowButton(u"showTrustButton"_s, m_trust), add, remove}, tr("A signature counts as verified only if one of these vouches for the signer."));
    page->layout()->addWidget(makeRevocationSwitches());
    return page;
}

QWidget *IdentitiesWindow::makeRevocationSwitches()
{
    auto *box = new QWidget(this);
    m_revocation = new QCheckBox(tr("As&k the network whether a signer's certificate was revoked"), box);
    m_revocation->setObjectName(u"fetchRevocationSwitch"_s);
    m_revocation->setChecked(m_session->revocationUse() == app::AccountSettings::RevocationUse::Fetch);
    connect(m_revocation, &QCheckBox::clicked, this, &IdentitiesWindow::switchRevocation);
    auto *text = new QLabel(tr("Whoever is asked, usually the authority that issued the certificate, learns that you read a message of its holder. "
                               "Without this, only lists and answers that came with mail are used."), box);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    m_revocation->setAccessibleDescription(text->text());
    m_demand = new QCheckBox(tr("&Verified only with word that the certificate was not revoked"), box);
    m_demand->setObjectName(u"requireRevocationSwitch"_s);
    m_demand->setChecked(m_session->revocationDemand() == smime::RevocationDemand::Required);
    connect(m_demand, &QCheckBox::clicked, this, &IdentitiesWindow::switchDemand);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(kInsideGroup);
    column->addWidget(m_revocation);
    column->addWidget(text);
    column->addSpacing(kInsideGroup);
    column->addWidget(m_demand);
    return box;
}

void IdentitiesWindow::switchDemand(bool isOn)
{
    if (const base::Status kept = m_session->setRevocationDemand(isOn ? smime::RevocationDemand::Required : smime::RevocationDemand::WhereAtHand); !kept) {
        m_demand->setChecked(!isOn);
        report(kept.error());
    }
}

void IdentitiesWindow::switchRevocation(bool isOn)
{
    const auto use = isOn ? app::AccountSettings::RevocationUse::Fetch : app::AccountSettings::RevocationUse::AtHand;
    if (const base::Status kept = m_session->setRevocationUse(use); !kept) {
        m_revocation->setChecked(!isOn);
        report(kept.error());
    }
}

QWidget *IdentitiesWindow::makeAuthorityPage()
{
    m_issued = makeList(u"issuedCertificates"_s, tr("Issued certificates"), {tr("Name"), tr("Address"), tr("State"), tr("Valid until")});
    auto *issueButton = new QPushButton(tr("I&ssue for requests\u2026"), this);
    issueButton->setObjectName(u"issueButton"_s);
    auto *revokeButton = new QPushButton(tr("Re&voke\u2026"), this);
    revokeButton->setObjectName(u"revokeButton"_s);
    connect(issueButton, &QPushButton::clicked, this, &IdentitiesWindow::issue);
    connect(revokeButton, &QPushButton::clicked, this, &IdentitiesWindow::revoke);
    auto *listButton = new QPushButton(tr("E&xport the revocation list\u2026"), this);
    listButton->setObjectName(u"exportRevocationsButton"_s);
    connect(listButton, &QPushButton::clicked, this, &IdentitiesWindow::exportRevocations);
    return pageOf(m_issued, {makeShowButton(u"showIssuedButton"_s, m_issued), issueButton, revokeButton, listButton}, tr("The authority of this data directory and what it has signed."));
}

void IdentitiesWindow::refresh()
{
    const bool isUnlocked = m_session->isUnlocked();
    m_forget->setVisible(m_session->isPassphraseRemembered());
    m_lock->setText(isUnlocked ? tr("&Lock the keys") : tr("Un&lock the keys\u2026"));
    base::whenReady(this, identities().identities(address()), [this](const base::Result<QList<app::IdentityInfo>> &list) {
        list ? fillOwn(*list) : report(list.error());
    });
    base::whenReady(this, identities().people(address()), [this](const base::Result<QList<app::PersonCertificate>> &list) {
        list ? fillPeople(*list) : report(list.error());
    });
    fillTrust();
    fillAuthority();
}

void IdentitiesWindow::fillOwn(const QList<app::IdentityInfo> &list)
{
    m_own->clear();
    for (const app::IdentityInfo &identity : list) {
        const QString sentence = app::stateText(identity.state, identity.certificate);
        const QString name = identity.certificate.keyType.isEmpty() ? tr("New key") : app::keyTypeTitle(identity.certificate.keyType);
        // Bold says it to who sees it, and only beside another.
        const QString use = identity.isCurrent ? tr("%1, in use").arg(useText(identity.use)) : useText(identity.use);
        QTreeWidgetItem *item = certificateItem(m_own, {name, sentence, use}, identity.certificate.notAfter, identity.certificate.certificate, identity.state, sentence);
        item->setData(0, kKeyRole, identity.keyId);
        QFont font = item->font(0);
        font.setBold(identity.isCurrent);
        item->setFont(0, font);
    }
}

void IdentitiesWindow::fillPeople(const QList<app::PersonCertificate> &list)
{
    m_people->clear();
    for (const app::PersonCertificate &person : list) {
        const app::CertificateInfo &info = person.certificate;
        certificateItem(m_people, {info.name, info.addresses.join(u", "_s), info.issuerName}, info.notAfter, info.certificate, person.state, app::stateText(person.state, info));
    }
}

void IdentitiesWindow::fillTrust()
{
    m_trust->clear();
    for (const identity::Anchor &anchor : identities().anchors(address())) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(anchor.certificate);
        if (!info)
            continue;
        const QString origin = anchor.origin == identity::AnchorOrigin::Authority ? tr("this data directory") : anchor.profile.isEmpty() ? tr("added for all") : tr("added by you");
        QTreeWidgetItem *item = certificateItem(m_trust, {info->name, QString::fromLatin1(anchor.fingerprint), origin}, info->notAfter, anchor.certificate, app::CertificateState::NotChecked, info->subject);
        item->setIcon(0, themeIcon(u"view-certificate"_s));
        item->setData(0, kKeyRole, anchor.fingerprint);
        item->setData(0, kStaysRole, anchor.origin == identity::AnchorOrigin::Authority);
    }
}

void IdentitiesWindow::fillAuthority()
{
    if (!m_issued)
        return;
    m_issued->clear();
    const base::Result<QList<identity::IssuedCertificate>> issued = identities().issued();
    if (!issued)
        return report(issued.error());
    for (const identity::IssuedCertificate &one : *issued) {
        const bool isRevoked = one.revokedAt.isValid();
        const QString state = isRevoked ? tr("revoked on %1").arg(dayText(one.revokedAt)) : tr("issued on %1").arg(dayText(one.notBefore));
        const base::Result<app::CertificateInfo> info = app::certificateInfo(one.certificate);
        QTreeWidgetItem *item = certificateItem(m_issued, {info ? info->name : one.subject, one.addresses.join(u", "_s), state}, one.notAfter, one.certificate,
                                                isRevoked ? app::CertificateState::Revoked : app::CertificateState::Good, one.subject);
        item->setData(0, kKeyRole, one.serial);
    }
}

void IdentitiesWindow::showCertificate(const QTreeWidgetItem *item)
{
    const QByteArray certificate = item->data(0, kCertificateRole).toByteArray();
    if (certificate.isEmpty())
        return m_notice->setText(tr("There is no certificate for this key yet."), {}, Tone::Neutral);
    (new CertificateDialog({certificate, app::CertificateState(item->data(0, kStateRole).toInt())}, this))->open();
}

void IdentitiesWindow::makeNewKeys()
{
    const auto authority = identities().hasAuthority() ? NewKeysDialog::Authority::Here : NewKeysDialog::Authority::Elsewhere;
    auto *dialog = new NewKeysDialog(authority, [this](const QString &keyType, const base::Secret &passphrase) { return identities().addKeys(address(), keyType, passphrase); }, this);
    connect(dialog, &NewKeysDialog::made, this, [this](const QByteArray &request) {
        refresh();
        if (request.isEmpty())
            return m_notice->setText(tr("The new keys are in use from now on."), {}, Tone::Good);
        askWhereToSave(this, tr("Save the request"), address() + u".csr"_s, [this, request](const QString &path) {
            base::whenReady(this, writeFile(m_session->workplace().pool(), path, request), [this](const base::Status &status) {
                status ? m_notice->setText(tr("The request was saved. Send it to whoever runs your authority, and import the certificate that comes back."), {}, Tone::Good) : report(status.error());
            });
        });
    });
    dialog->open();
}

void IdentitiesWindow::exportIdentity()
{
    (new PassphraseDialog(tr("Export keys"), tr("The file holds all your keys, old ones too, and gets a passphrase of its own. Whoever has both can read your mail and sign as you."), PassphraseDialog::Ask::NewOnly,
                          [this](const base::Secret &, const base::Secret &passphrase) {
                              auto promise = std::make_shared<QPromise<base::Status>>();
                              promise->start();
                              base::whenReady(this, identities().exportIdentity(address(), passphrase), [this, promise](const base::Result<QByteArray> &file) {
                                  promise->addResult(file ? base::Status{base::Done{}} : base::Status{file.error()});
                                  promise->finish();
                                  if (!file)
                                      return;
                                  askWhereToSave(this, tr("Save the keys"), address() + u".p12"_s, [this, file = *file](const QString &path) {
                                      base::whenReady(this, writeFile(m_session->workplace().pool(), path, file, base::NewFile::OwnersAlone), [this](const base::Status &status) {
                                          status ? m_notice->setText(tr("The keys were exported."), {}, Tone::Good) : report(status.error());
                                      });
                                  });
                              });
                              return base::Operation<base::Done>{promise->future(), {}};
                          }, this))
        ->open();
}

void IdentitiesWindow::changePassphrase()
{
    auto *dialog = new PassphraseDialog(tr("Change the passphrase of %1").arg(address()), tr("All keys are encrypted anew under the new passphrase."), PassphraseDialog::Ask::OldAndNew,
                                        [this](const base::Secret &oldOne, const base::Secret &newOne) {
                                            const auto changed = identities().changePassphrase(address(), oldOne, newOne);
                                            base::whenReady(m_session, changed, [session = m_session, newOne](const base::Status &status) {
                                                if (status && session->isPassphraseRemembered())
                                                    (void)session->rememberPassphrase(newOne);
                                            });
                                            return changed;
                                        }, this);
    connect(dialog, &QDialog::accepted, this, [this] { m_notice->setText(tr("The passphrase was changed."), {}, Tone::Good); });
    dialog->open();
}

void IdentitiesWindow::forgetPassphrase()
{
    base::whenReady(this, m_session->forgetPassphrase(), [this](const base::Status &status) {
        status ? m_notice->setText(tr("This desktop's keyring has forgotten the passphrase."), {}, Tone::Good) : report(status.error());
    });
}

void IdentitiesWindow::removePerson()
{
    const QTreeWidgetItem *item = chosenIn(m_people);
    if (!item)
        return;
    const QByteArray certificate = item->data(0, kCertificateRole).toByteArray();
    base::whenReady(this, identities().removePerson(address(), certificate), [this, name = item->text(0), certificate](const base::Status &status) {
        if (!status)
            return report(status.error());
        m_notice->setText(tr("The certificate of %1 was removed.").arg(shortened(name, kLongestName)), {tr("Undo"), [=, this] { import(name, certificate); }}, Tone::Good);
        refresh();
    });
}

void IdentitiesWindow::removeTrust()
{
    const QTreeWidgetItem *item = chosenIn(m_trust);
    if (!item)
        return;
    if (item->data(0, kStaysRole).toBool())
        return m_notice->setText(tr("This is the authority of this data directory. Everybody in it trusts it, so it stays."), {}, Tone::Neutral);
    const QString name = shortened(item->text(0), kLongestName); // Removing it empties the list.
    const QByteArray certificate = item->data(0, kCertificateRole).toByteArray();
    if (const base::Status removed = identities().removeAnchor(address(), item->data(0, kKeyRole).toByteArray()); !removed)
        return report(removed.error());
    m_notice->setText(tr("From now on you do not trust whom %1 vouches for.").arg(name), {tr("Undo"), [this, certificate] { trust({certificate}); }}, Tone::Good);
    refresh();
}

void IdentitiesWindow::report(const base::Error &error)
{
    const app::ErrorText text = app::errorText(error);
    m_notice->setText(text.sentence, {}, Tone::Bad, text.detail);
}

} // namespace ui
