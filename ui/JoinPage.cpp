// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/JoinPage.h"

#include "ui/CardWords.h"
#include "ui/Files.h"
#include "ui/ProblemLabel.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qint64 kLargestCardFile = 64 * 1024;

/// What is wrong with a card, in words of its own: errorText() speaks of settings.
QString cardProblem(const base::Error &error)
{
    switch (error.code) {
    case base::ErrorCode::InvalidArgument:
        if (error.offset)
            return JoinPage::tr("Word %1 is not one of the words that a card can have. Ask for it again.").arg(*error.offset + 1);
        return JoinPage::tr("The words do not fit. One is missing, wrong or in another place; or this is not the relay that the card names. Ask for the words again.");
    case base::ErrorCode::ConfigurationInvalid:
    case base::ErrorCode::NotACertificate:
    case base::ErrorCode::FileTooLarge:
        return JoinPage::tr("This is not a join card. A card is a file, or a line with an address, two numbers and twelve words.");
    default:
        return JoinPage::tr("The relay of this card cannot be asked. Check that both computers are in one network, and that the relay runs.");
    }
}

} // namespace

JoinPage::JoinPage(transport::IoThread *io, QWidget *parent) : QWidget(parent), m_io(io)
{
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"cardSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_words = new CardWords(this);
    m_problem = new ProblemLabel(u"cardProblem"_s, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kBetween);
    column->addWidget(makeText());
    column->addWidget(m_problem);
    column->addWidget(m_summary);
    column->addWidget(m_words);
    column->addStretch(1); // Else the field's box takes half of what is left, and its parts drift asunder.
    column->addWidget(makeButtons());
    forget();
}

QWidget *JoinPage::makeText()
{
    auto *box = new QWidget(this);
    auto *label = new QLabel(tr("&Card: paste it, or type the line that you were told"), box);
    m_text = new QPlainTextEdit(box);
    m_text->setObjectName(u"cardText"_s);
    m_text->setAccessibleName(tr("Join card"));
    m_text->setPlaceholderText(u"192.168.1.5 1025 1110 acorn album \u2026"_s);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 4);
    label->setBuddy(m_text);
    auto *open = new QPushButton(tr("Open a &file\u2026"), box);
    open->setObjectName(u"openCardButton"_s);
    connect(m_text, &QPlainTextEdit::textChanged, this, &JoinPage::forget);
    connect(open, &QPushButton::clicked, this, &JoinPage::openFile);
    auto *row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(open);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(kInsideGroup);
    column->addLayout(row);
    column->addWidget(m_text);
    return box;
}

QWidget *JoinPage::makeButtons()
{
    auto *box = new QWidget(this);
    auto *back = new QPushButton(tr("&Back"), box);
    m_next = new QPushButton(box);
    m_next->setObjectName(u"cardNext"_s);
    m_next->setDefault(true);
    connect(back, &QPushButton::clicked, this, &JoinPage::backRequested);
    connect(m_next, &QPushButton::clicked, this, &JoinPage::proceed);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->addStretch();
    row->addWidget(back);
    row->addWidget(m_next);
    return box;
}

void JoinPage::openFile()
{
    askWhichFiles(this, tr("Open a join card"), tr("Join cards (*.waxwing-join);;All files (*)"), [this](const QStringList &paths) {
        base::whenReady(this, readFile(QThreadPool::globalInstance(), paths.value(0), kLargestCardFile), [this](const base::Result<QByteArray> &file) {
            if (!file)
                return m_problem->say(file.error());
            m_text->setPlainText(QString::fromUtf8(*file));
            look();
        });
    });
}

/// Another text is another card.
void JoinPage::forget()
{
    ++m_looks;
    m_card = {};
    m_summary->hide();
    m_words->setWords({});
    m_problem->say(QString());
    m_next->setText(tr("&Look at the card"));
    m_next->setEnabled(!m_text->toPlainText().trimmed().isEmpty());
}

void JoinPage::proceed()
{
    if (m_card.isComplete())
        Q_EMIT cardTaken(m_card);
    else
        look();
}

void JoinPage::look()
{
    const base::Result<app::JoinCard> given = app::readJoinCard(m_text->toPlainText().toUtf8());
    if (!given)
        return show(given);
    m_next->setEnabled(false);
    m_problem->say(tr("Asking the relay at %1 who vouches for it.").arg(given->host), Tone::Neutral);
    base::whenReady(this, app::completeJoinCard(*m_io, *given), [this, look = ++m_looks](const base::Result<app::JoinCard> &card) {
        if (look == m_looks)
            show(card);
    });
}

void JoinPage::show(const base::Result<app::JoinCard> &card)
{
    m_next->setEnabled(true);
    if (!card)
        return m_problem->say(cardProblem(card.error()), Tone::Bad, card.error().detail);
    m_problem->say(QString());
    m_card = *card;
    m_summary->setText(tr("The relay at %1, for which \"%2\" vouches. Are these the words on the screen of whoever gave you the card?").arg(m_card.host, m_card.name));
    m_summary->show();
    m_words->setWords(m_card.words());
    m_next->setText(tr("They are the &same"));
    m_next->setFocus();
}

} // namespace ui
