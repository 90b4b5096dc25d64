// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayClassDialog.h"

#include "app/ErrorText.h"
#include "base/FileAccess.h"
#include "ui/Files.h"
#include "ui/PlainTable.h"
#include "ui/ProblemLabel.h"
#include "ui/WindowMemory.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QScreen>
#include <QTextDocument>
#include <QThreadPool>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr int kNameColumn = 0;
constexpr int kAddressColumn = 1;
}

RelayClassDialog::RelayClassDialog(const QStringList &present, Make make, QWidget *parent) : QDialog(parent), m_present(present), m_make(std::move(make))
{
    setObjectName(u"relayClassDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Mailboxes for a class"));
    m_table = plainTable(u"classTable"_s, tr("Mailboxes"), {tr("Name"), tr("Address"), tr("Password"), tr("State")}, kAddressColumn, this);
    m_table->horizontalHeader()->setSectionResizeMode(kNameColumn, QHeaderView::Stretch); // However long it is, passwords and states are seen.
    m_summary = new ProblemLabel(u"classSummary"_s, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(makeInput());
    column->addWidget(m_table, 1);
    column->addWidget(m_summary);
    column->addWidget(makeButtons());
    setTabOrder({m_text, m_domain, m_table, m_begin, m_print, m_save, m_close});
    resize(fittingSize({760, 560}, screen()->availableSize()));
    m_text->setFocus();
    read();
}

QWidget *RelayClassDialog::makeInput()
{
    m_input = new QWidget(this);
    auto *label = new QLabel(tr("&People: a name or an address on each line, and after the address a comma and a password if you choose it yourself"), m_input);
    label->setWordWrap(true);
    m_text = new QPlainTextEdit(m_input);
    m_text->setObjectName(u"classList"_s);
    m_text->setAccessibleName(tr("People"));
    m_text->setPlaceholderText(u"Anna Abel\nBen Berg <ben@class.example>\ncarla@class.example, secret"_s);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 5);
    label->setBuddy(m_text);
    m_domain = new QLineEdit(m_present.isEmpty() ? QString() : m_present.constFirst().section(u'@', -1), m_input);
    m_domain->setObjectName(u"classDomain"_s);
    m_domain->setAccessibleName(tr("Names without an address get one in"));
    m_domain->setPlaceholderText(u"class.example"_s);
    auto *domainLabel = new QLabel(tr("&Names without an address get one in"), m_input);
    domainLabel->setBuddy(m_domain);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RelayClassDialog::read);
    connect(m_domain, &QLineEdit::textChanged, this, &RelayClassDialog::read);
    auto *row = new QHBoxLayout;
    row->setSpacing(kBetween);
    row->addWidget(domainLabel);
    row->addWidget(m_domain, 1);
    auto *column = new QVBoxLayout(m_input);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(label);
    column->addWidget(m_text);
    column->addLayout(row);
    return m_input;
}

QDialogButtonBox *RelayClassDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    const auto add = [this, buttons](const QString &objectName, const QString &text, QDialogButtonBox::ButtonRole role, void (RelayClassDialog::*pressed)()) {
        QPushButton *button = buttons->addButton(text, role);
        button->setObjectName(objectName);
        connect(button, &QPushButton::clicked, this, pressed);
        return button;
    };
    m_begin = add(u"classMake"_s, tr("&Make the mailboxes"), QDialogButtonBox::ActionRole, &RelayClassDialog::begin);
    m_print = add(u"classPrint"_s, tr("P&rint\u2026"), QDialogButtonBox::ActionRole, &RelayClassDialog::print);
    m_save = add(u"classSave"_s, tr("&Save\u2026"), QDialogButtonBox::ActionRole, &RelayClassDialog::save);
    m_begin->setDefault(true);
    m_print->hide();
    m_save->hide();
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

QString RelayClassDialog::stateText(app::ListedMailbox::State state)
{
    switch (state) {
    case app::ListedMailbox::State::NoAddress: return tr("no address");
    case app::ListedMailbox::State::Twice: return tr("in the list already");
    case app::ListedMailbox::State::Present: return tr("has a mailbox already");
    case app::ListedMailbox::State::New: return tr("new");
    }
    Q_UNREACHABLE_RETURN({});
}

void RelayClassDialog::showRow(qsizetype row, const QString &state)
{
    const app::ListedMailbox &one = m_list[row];
    const bool isToBeMade = one.state == app::ListedMailbox::State::New && one.password.isEmpty();
    fillRow(m_table, int(row), one.address, {one.name, one.address, isToBeMade ? tr("Waxwing chooses one") : one.password, state});
}

/// What would be made, while one types.
void RelayClassDialog::read()
{
    m_list = app::readMailboxList(m_text->toPlainText(), m_domain->text().trimmed(), m_present);
    m_waiting.clear();
    m_table->setRowCount(int(m_list.size()));
    const MeasureColumnsAtEnd measure(m_table);
    for (qsizetype row = 0; row < m_list.size(); ++row) {
        showRow(row, stateText(m_list[row].state));
        if (m_list[row].state == app::ListedMailbox::State::New)
            m_waiting += row;
    }
    const bool isWhole = m_waiting.size() == m_list.size();
    QString sentence = m_list.isEmpty() ? QString() : tr("%n mailboxes will be made.", nullptr, int(m_waiting.size()));
    if (!isWhole)
        sentence += u' ' + tr("Why the other lines are left out stands under \"State\".");
    m_summary->say(sentence, isWhole ? Tone::Neutral : Tone::Caution);
    m_begin->setEnabled(!m_waiting.isEmpty());
}

void RelayClassDialog::begin()
{
    m_input->hide();
    m_begin->hide();
    m_close->setEnabled(false);
    m_isMaking = true;
    m_summary->say(tr("Making the mailboxes. This takes a moment."), Tone::Neutral);
    for (const qsizetype row : std::as_const(m_waiting))
        if (QString &password = m_list[row].password; password.isEmpty())
            password = app::makePassword();
    makeNext();
}

void RelayClassDialog::makeNext()
{
    if (m_waiting.isEmpty())
        return finish();
    const qsizetype row = m_waiting.takeFirst();
    base::whenReady(this, m_make(m_list[row].address, base::Secret::fromText(m_list[row].password)), [this, row](const base::Status &status) {
        if (status)
            m_made += row;
        else
            m_list[row].password.clear(); // Belongs to nothing.
        fillRow(m_table, int(row), m_list[row].address, {m_list[row].name, m_list[row].address, m_list[row].password, status ? tr("made") : app::errorText(status.error()).sentence});
        makeNext();
    });
}

void RelayClassDialog::finish()
{
    const bool isAny = !m_made.isEmpty();
    m_isMaking = false;
    m_isKept = !isAny;
    m_print->setVisible(isAny);
    m_save->setVisible(isAny);
    m_close->setEnabled(true);
    m_close->setText(tr("Close"));
    (isAny ? m_print : m_close)->setFocus();
    const QString sentence = tr("%n mailboxes were made.", nullptr, int(m_made.size()));
    m_summary->say(isAny ? sentence + u' ' + tr("Print or save the list now: nobody can look the passwords up again.") : sentence, isAny ? Tone::Good : Tone::Bad);
}

// Passwords that nobody has seen yet would be lost; those that are seen only here, not without a word.
void RelayClassDialog::reject()
{
    if (m_isMaking)
        return;
    if (m_isKept)
        return QDialog::reject();
    m_isKept = true;
    m_summary->say(tr("The list was neither printed nor saved, and its passwords go with this window. Close it again if you do not need them."), Tone::Caution);
}

QList<app::ListedMailbox> RelayClassDialog::made() const
{
    QList<app::ListedMailbox> list;
    for (const qsizetype row : m_made)
        list += m_list[row];
    return list;
}

QString RelayClassDialog::printedList() const
{
    const auto row = [](const QString &tag, const QStringList &cells) {
        QString html;
        for (const QString &cell : cells)
            html += u"<%1 align=\"left\">%2</%1>"_s.arg(tag, cell.toHtmlEscaped());
        return u"<tr>%1</tr>"_s.arg(html);
    };
    QString rows = row(u"th"_s, {tr("Name"), tr("Address"), tr("Password")});
    for (const app::ListedMailbox &one : made())
        rows += row(u"td"_s, {one.name, one.address, one.password});
    return u"<table width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"8\">%1</table>"_s.arg(rows);
}

QString RelayClassDialog::savedList() const
{
    QString text;
    for (const app::ListedMailbox &one : made())
        text += one.name + u'\t' + one.address + u'\t' + one.password + u'\n';
    return text;
}

void RelayClassDialog::print()
{
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(tr("Mailboxes"));
    auto *dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Print the list"));
    connect(dialog, &QDialog::accepted, this, [this, printer] {
        QTextDocument page;
        page.setHtml(printedList());
        page.print(printer.get());
        m_isKept = true;
    });
    dialog->open();
}

void RelayClassDialog::save()
{
    askWhereToSave(this, tr("Save the list"), tr("Mailboxes") + u".txt"_s, [this](const QString &path) {
        const auto written = base::runOn(QThreadPool::globalInstance(), [path, text = savedList().toUtf8()](const base::Cancellation &) { return base::writePrivateFile(path, text); });
        base::whenReady(this, written, [this](const base::Status &status) {
            m_isKept = m_isKept || status.isOk();
            if (status)
                m_summary->say(tr("The list was saved. Whoever reads the file can read these mailboxes."), Tone::Good);
            else
                m_summary->say(status.error());
        });
    });
}

} // namespace ui
