// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelayFaultDialog.h"

#include "ui/Files.h"
#include "ui/ProblemLabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using app::FaultKind;

namespace ui {

namespace {

constexpr int kMostOfAnything = 1'000'000'000;
enum Occasion { kEveryTime, kOnlyNumber, kEachNumber };

bool isReply(FaultKind kind) { return kind == FaultKind::Refuse || kind == FaultKind::RateLimit || kind == FaultKind::Greylist; }
bool hasText(FaultKind kind) { return isReply(kind) || kind == FaultKind::Footer || kind == FaultKind::MungeHeader; }

// The members of a rule that a kind makes use of.
QStringList numbersOf(FaultKind kind, app::FaultPoint point)
{
    switch (kind) {
    case FaultKind::RateLimit: return {u"perMinute"_s};
    case FaultKind::Greylist: return {u"seconds"_s};
    case FaultKind::Delay: return {u"milliseconds"_s};
    case FaultKind::Drip: return {u"octetsPerSecond"_s};
    case FaultKind::Rewrap: return {u"columns"_s};
    case FaultKind::Truncate: return {u"octets"_s};
    case FaultKind::Replay: return {u"copies"_s};
    case FaultKind::Disconnect: return point == app::FaultPoint::Body || point == app::FaultPoint::Retr ? QStringList{u"octets"_s} : point == app::FaultPoint::Rcpt ? QStringList{u"recipient"_s} : QStringList();
    case FaultKind::Refuse: return point == app::FaultPoint::Rcpt ? QStringList{u"recipient"_s} : QStringList();
    case FaultKind::LoseReply:
    case FaultKind::ChangeUids:
    case FaultKind::TlsHide:
    case FaultKind::TlsDisconnect:
    case FaultKind::TlsGarbage:
    case FaultKind::TlsCertificate:
    case FaultKind::Footer:
    case FaultKind::QuotedPrintable:
    case FaultKind::FromEscape:
    case FaultKind::MungeHeader:
    case FaultKind::RefoldHeader:
    case FaultKind::StripSignature:
    case FaultKind::RenameType:
    case FaultKind::Swap: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

// A first value that does something worth seeing.
int firstValueOf(const QString &member)
{
    static const QHash<QString, int> kFirst{{u"perMinute"_s, 10}, {u"seconds"_s, 300}, {u"milliseconds"_s, 3000}, {u"octetsPerSecond"_s, 100}, {u"columns"_s, 60}, {u"copies"_s, 1}, {u"recipient"_s, 3}};
    return kFirst.value(member, 0);
}

} // namespace

RelayFaultDialog::RelayFaultDialog(const app::FaultRule &rule, const QStringList &takenNames, QWidget *parent)
    : QDialog(parent), m_taken(takenNames), m_isNew(rule.name.isEmpty()), m_isEnabled(rule.isEnabled)
{
    setObjectName(u"relayFaultDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_isNew ? tr("New fault rule") : tr("Change the fault rule %1").arg(rule.name));
    m_form = new QFormLayout;
    m_form->setHorizontalSpacing(kAround);
    m_form->setVerticalSpacing(kBetween);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_kind = makeKinds();
    m_form->addRow(tr("What it &does"), m_kind);
    m_name = makeField(u"faultName"_s, tr("Name"));
    m_form->addRow(tr("&Name"), m_name);
    makeConditions(m_form);
    makeValues(m_form);
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(u"faultSentence"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumHeight(2 * m_sentence->fontMetrics().lineSpacing());
    m_problem = new ProblemLabel(u"faultProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"faultConfirm"_s);
    m_ok->setText(m_isNew ? tr("Add the rule") : tr("Change the rule"));
    connect(buttons, &QDialogButtonBox::accepted, this, &RelayFaultDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addLayout(m_form);
    column->addWidget(m_sentence);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(560);
    take(rule);
}

QComboBox *RelayFaultDialog::makeKinds()
{
    auto *box = new QComboBox(this);
    box->setObjectName(u"faultKind"_s);
    box->setAccessibleName(tr("What it does"));
    box->setMaxVisibleItems(30);
    for (const FaultKind kind : app::allFaultKinds()) {
        const bool isNewGroup = kind == FaultKind::TlsHide || kind == FaultKind::Footer;
        if (isNewGroup)
            box->insertSeparator(box->count());
        box->addItem(tr("%1 (%2)", "what a fault does (its name)").arg(app::faultKindText(kind), nameOf(kind)), int(kind));
    }
    connect(box, &QComboBox::currentIndexChanged, this, &RelayFaultDialog::onKindChosen);
    return box;
}

QLineEdit *RelayFaultDialog::makeField(const QString &objectName, const QString &name)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    connect(field, &QLineEdit::textChanged, this, &RelayFaultDialog::check);
    return field;
}

QSpinBox *RelayFaultDialog::makeNumber(const QString &member, const QString &name, const QString &suffix, const QString &ifNone)
{
    auto *field = new QSpinBox(this);
    field->setObjectName(u"fault"_s + member.at(0).toUpper() + member.sliced(1));
    field->setAccessibleName(name);
    field->setRange(ifNone.isEmpty() ? 1 : 0, kMostOfAnything);
    field->setSpecialValueText(ifNone);
    field->setSuffix(suffix);
    field->setGroupSeparatorShown(true);
    connect(field, &QSpinBox::valueChanged, this, &RelayFaultDialog::check);
    m_numbers.insert(member, field);
    return field;
}

void RelayFaultDialog::makeConditions(QFormLayout *form)
{
    m_point = new QComboBox(this);
    m_point->setObjectName(u"faultPoint"_s);
    m_point->setAccessibleName(tr("Where in the dialogue"));
    connect(m_point, &QComboBox::currentIndexChanged, this, &RelayFaultDialog::showValues);
    form->addRow(tr("&Where in the dialogue"), m_point);
    m_from = makeField(u"faultFrom"_s, tr("Only from"));
    m_from->setPlaceholderText(tr("anybody; an address, or *@example.org"));
    form->addRow(tr("Only &from"), m_from);
    m_to = makeField(u"faultTo"_s, tr("Only to"));
    m_to->setPlaceholderText(tr("anybody; an address, or *@example.org"));
    form->addRow(tr("Only &to"), m_to);
    form->addRow(tr("How &often"), makeOccasions());
    form->addRow(tr("W&hen"), makeTimes());
}

QWidget *RelayFaultDialog::makeOccasions()
{
    auto *box = new QWidget(this);
    m_occasion = new QComboBox(box);
    m_occasion->setObjectName(u"faultOccasion"_s);
    m_occasion->setAccessibleName(tr("How often"));
    m_occasion->addItems({tr("each time"), tr("only number"), tr("each time that a multiple of this comes")});
    m_number = new QSpinBox(box);
    m_number->setObjectName(u"faultNumber"_s);
    m_number->setAccessibleName(tr("Number"));
    m_number->setRange(1, kMostOfAnything);
    m_percent = new QSpinBox(box);
    m_percent->setObjectName(u"faultPercent"_s);
    m_percent->setAccessibleName(tr("In so many of 100 cases"));
    m_percent->setRange(1, 100);
    m_percent->setValue(100);
    m_percent->setSuffix(tr(" of 100 cases"));
    connect(m_occasion, &QComboBox::currentIndexChanged, this, &RelayFaultDialog::check);
    connect(m_number, &QSpinBox::valueChanged, this, &RelayFaultDialog::check);
    connect(m_percent, &QSpinBox::valueChanged, this, &RelayFaultDialog::check);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addWidget(m_occasion, 1);
    row->addWidget(m_number);
    row->addWidget(m_percent);
    box->setFocusProxy(m_occasion);
    return box;
}

QWidget *RelayFaultDialog::makeTimes()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    QSpinBox *session = makeNumber(u"session"_s, tr("Session"), {}, tr("any session"));
    session->setPrefix(tr("session "));
    row->addWidget(session, 1);
    QSpinBox *after = makeNumber(u"afterSeconds"_s, tr("Begins after seconds"), tr(" s"), tr("at once"));
    after->setPrefix(tr("after "));
    row->addWidget(after, 1);
    QSpinBox *length = makeNumber(u"forSeconds"_s, tr("Lasts seconds"), tr(" s"), tr("without end"));
    length->setPrefix(tr("for "));
    row->addWidget(length, 1);
    box->setFocusProxy(session);
    return box;
}

void RelayFaultDialog::makeValues(QFormLayout *form)
{
    m_code = makeField(u"faultCode"_s, tr("Reply code"));
    form->addRow(tr("Reply &code"), m_code);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(u"faultText"_s);
    m_text->setAccessibleName(tr("Text"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(3 * m_text->fontMetrics().lineSpacing() + 2 * kBetween);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RelayFaultDialog::check);
    form->addRow(tr("Te&xt"), m_text);
    const auto number = [this, form](const QString &member, const QString &label, const QString &suffix, const QString &ifNone = {}) {
        form->addRow(label, makeNumber(member, QString(label).remove(u'&'), suffix, ifNone));
    };
    number(u"recipient"_s, tr("From recipient nu&mber"), {}, tr("any"));
    number(u"perMinute"_s, tr("Lets p&ass"), tr(" a minute"));
    number(u"seconds"_s, tr("Ref&uses for"), tr(" s"));
    number(u"milliseconds"_s, tr("Wait&s"), tr(" ms"));
    number(u"octetsPerSecond"_s, tr("Sp&eed"), tr(" octets a second"));
    number(u"columns"_s, tr("At co&lumn"), {});
    number(u"octets"_s, tr("Afte&r octets"), {}, tr("somewhere"));
    number(u"copies"_s, tr("Co&pies"), {});
    m_numbers[u"columns"_s]->setRange(10, 998);
    form->addRow(tr("Cert&ificate"), makeFile(u"certificate"_s, tr("Certificate")));
    form->addRow(tr("Its &key"), makeFile(u"key"_s, tr("Its key")));
}

QWidget *RelayFaultDialog::makeFile(const QString &member, const QString &name)
{
    auto *box = new QWidget(this);
    QLineEdit *field = makeField(u"fault"_s + member.at(0).toUpper() + member.sliced(1), name);
    m_files.insert(member, field);
    auto *browse = new QPushButton(tr("Choose\u2026"), box);
    browse->setAccessibleName(tr("Choose the file: %1").arg(name));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this, field, name] {
        askWhichFiles(this, name, tr("PEM files (*.pem *.crt *.key);;All files (*)"), [field](const QStringList &paths) { field->setText(paths.constFirst()); });
    });
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addWidget(field, 1);
    row->addWidget(browse);
    box->setFocusProxy(field);
    return box;
}

FaultKind RelayFaultDialog::kind() const { return FaultKind(m_kind->currentData().toInt()); }

QString RelayFaultDialog::freeName(const QString &wanted) const
{
    QString name = wanted;
    for (int i = 2; m_taken.contains(name); ++i)
        name = u"%1 %2"_s.arg(wanted, QString::number(i));
    return name;
}

void RelayFaultDialog::take(const app::FaultRule &rule)
{
    const QJsonObject object = rule.toJson();
    m_kind->setCurrentIndex(m_kind->findData(int(m_isNew ? FaultKind::Footer : rule.kind)));
    onKindChosen();
    if (m_isNew)
        return;
    m_name->setText(rule.name);
    m_point->setCurrentIndex(m_point->findData(int(rule.point)));
    m_from->setText(QString::fromUtf8(rule.from));
    m_to->setText(QString::fromUtf8(rule.to));
    m_occasion->setCurrentIndex(rule.nth > 0 ? kOnlyNumber : rule.every > 0 ? kEachNumber : kEveryTime);
    m_number->setValue(qMax(1, qMax(rule.nth, rule.every)));
    m_percent->setValue(qRound(rule.chance * 100));
    m_code->setText(QString::fromLatin1(rule.code));
    m_text->setPlainText(QString::fromUtf8(rule.text));
    for (auto field = m_numbers.cbegin(); field != m_numbers.cend(); ++field)
        if (object.contains(field.key()))
            field.value()->setValue(object[field.key()].toInt());
    m_files[u"certificate"_s]->setText(rule.certificate);
    m_files[u"key"_s]->setText(rule.key);
    check();
}

void RelayFaultDialog::onKindChosen()
{
    QStringList known;
    for (const FaultKind one : app::allFaultKinds())
        known += nameOf(one);
    // A name that somebody thought of stays.
    const bool isMadeUp = m_name->text().isEmpty() || std::any_of(known.begin(), known.end(), [this](const QString &name) { return m_name->text() == freeName(name); });
    if (m_isNew && isMadeUp)
        m_name->setText(freeName(nameOf(kind())));
    m_code->clear();
    m_text->clear();
    fillPoints();
    showValues();
}

void RelayFaultDialog::fillPoints()
{
    const QSignalBlocker quiet(m_point);
    m_point->clear();
    for (const app::FaultPoint point : app::faultPoints(kind()))
        m_point->addItem(app::faultPointText(point), int(point));
}

void RelayFaultDialog::showValues()
{
    const FaultKind shown = kind();
    const QStringList used = numbersOf(shown, app::FaultPoint(m_point->currentData().toInt()));
    m_form->setRowVisible(m_point, m_point->count() > 1);
    m_form->setRowVisible(m_code, isReply(shown));
    m_form->setRowVisible(m_text, hasText(shown));
    m_code->setPlaceholderText(shown == FaultKind::RateLimit ? u"421"_s : u"451"_s);
    m_text->setPlaceholderText(isReply(shown) ? tr("The reply's words") : shown == FaultKind::Footer ? tr("The lines that are appended") : tr("What stands before the subject"));
    for (auto field = m_numbers.cbegin(); field != m_numbers.cend(); ++field) {
        const bool isRow = m_form->indexOf(field.value()) >= 0;
        if (!isRow)
            continue;
        m_form->setRowVisible(field.value(), used.contains(field.key()));
        if (used.contains(field.key()) && field.value()->value() <= field.value()->minimum())
            field.value()->setValue(firstValueOf(field.key()));
    }
    for (const QLineEdit *field : std::as_const(m_files))
        m_form->setRowVisible(field->parentWidget(), shown == FaultKind::TlsCertificate);
    check();
}

QJsonObject RelayFaultDialog::object() const
{
    const app::FaultPoint point = app::FaultPoint(m_point->currentData().toInt());
    QJsonObject rule{{u"name"_s, m_name->text().trimmed()}, {u"fault"_s, nameOf(kind())}, {u"at"_s, nameOf(point)}, {u"enabled"_s, m_isEnabled}};
    const auto put = [&rule](const QString &member, const QString &text) {
        if (!text.isEmpty())
            rule[member] = text;
    };
    put(u"from"_s, m_from->text().trimmed());
    put(u"to"_s, m_to->text().trimmed());
    if (isReply(kind()))
        put(u"code"_s, m_code->text().trimmed());
    if (hasText(kind()))
        put(u"text"_s, m_text->toPlainText());
    if (m_occasion->currentIndex() != kEveryTime)
        rule[m_occasion->currentIndex() == kOnlyNumber ? u"nth"_s : u"every"_s] = m_number->value();
    if (m_percent->value() < 100)
        rule[u"chance"_s] = m_percent->value() / 100.0;
    for (const QString &member : numbersOf(kind(), point) + QStringList{u"session"_s, u"afterSeconds"_s, u"forSeconds"_s})
        if (const int value = m_numbers[member]->value(); value > 0)
            rule[member] = value;
    if (kind() == FaultKind::TlsCertificate)
        for (auto file = m_files.cbegin(); file != m_files.cend(); ++file)
            put(file.key(), file.value()->text().trimmed());
    return rule;
}

// Says what the rule would do, or what is still wrong with it.
void RelayFaultDialog::check()
{
    if (!m_ok)
        return;
    m_number->setVisible(m_occasion->currentIndex() != kEveryTime);
    const base::Result<app::FaultRule> rule = app::FaultRule::fromJson(object());
    const bool isTaken = m_taken.contains(m_name->text().trimmed());
    m_ok->setEnabled(rule && !isTaken);
    m_sentence->setText(rule ? app::faultText(*rule) : QString());
    if (isTaken)
        m_problem->say(tr("Another rule bears this name already."));
    else if (m_name->text().trimmed().isEmpty())
        m_problem->say(tr("Give the rule a name; messages that it touches bear it."));
    else if (!rule)
        m_problem->say(tr("This is not complete yet. A reply code has three digits, such as 452, or is -ERR for POP3; a reply's text is one line; a certificate needs its key."), Tone::Bad, rule.error().detail);
    else
        m_problem->say(QString());
}

void RelayFaultDialog::onAccepted()
{
    if (const base::Result<app::FaultRule> rule = app::FaultRule::fromJson(object())) {
        Q_EMIT chosen(*rule);
        accept();
    }
}

} // namespace ui
