// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FindBar.h"

#include "ui/ElidedLabel.h"
#include "ui/Icons.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTextBrowser>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// More are reached step by step, but neither counted nor marked.
constexpr qsizetype kMostPlaces = 1000;
constexpr qsizetype kLongestSelectedWords = 100;

QToolButton *findButton(QWidget *parent, const QString &objectName, const QString &icon, const QString &text)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setIcon(themeIcon(icon));
    button->setAutoRaise(true);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

FindBar::FindBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"findBar"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    m_words = new QLineEdit(this);
    m_words->setObjectName(u"findField"_s);
    m_words->setAccessibleName(tr("Find in message"));
    m_words->setPlaceholderText(tr("Find in message"));
    m_words->setClearButtonEnabled(true);
    m_words->setMinimumWidth(80);
    m_words->setMaximumWidth(280);
    auto *previous = findButton(this, u"findPrevious"_s, u"go-up"_s, tr("Find previous"));
    auto *next = findButton(this, u"findNext"_s, u"go-down"_s, tr("Find next"));
    m_case = new QCheckBox(tr("Match case"), this);
    m_case->setObjectName(u"findCase"_s);
    m_count = new ElidedLabel(this);
    m_count->setObjectName(u"findCount"_s);
    auto *close = findButton(this, u"findClose"_s, u"window-close"_s, tr("Close"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kAround, kInsideGroup, kBetween, kInsideGroup);
    row->setSpacing(kInsideGroup);
    row->addWidget(m_words, 1);
    row->addWidget(previous);
    row->addWidget(next);
    row->addSpacing(kInsideGroup);
    row->addWidget(m_case);
    row->addSpacing(kInsideGroup);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(close);
    connect(m_words, &QLineEdit::textChanged, this, &FindBar::onWordsChanged);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::onWordsChanged);
    connect(previous, &QToolButton::clicked, this, [this] { step(Direction::Backwards); });
    connect(next, &QToolButton::clicked, this, [this] { step(Direction::Forwards); });
    connect(close, &QToolButton::clicked, this, &FindBar::dismiss);
    addKeys(m_words, {QKeySequence{Qt::Key_Return}, QKeySequence{Qt::Key_Enter}}, [this] { step(Direction::Forwards); });
    addKeys(m_words, {QKeySequence{Qt::SHIFT | Qt::Key_Return}, QKeySequence{Qt::SHIFT | Qt::Key_Enter}}, [this] { step(Direction::Backwards); });
    hide();
}

void FindBar::addKeys(QWidget *place, const QList<QKeySequence> &keys, const std::function<void()> &reaction)
{
    auto *action = new QAction(place);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, reaction);
    place->addAction(action);
}

void FindBar::setTarget(QTextBrowser *text)
{
    if (m_text == text)
        return;
    if (m_text) {
        disconnect(m_text, nullptr, this, nullptr);
        m_text->removeEventFilter(this);
        m_text->setExtraSelections({});
    }
    m_text = text;
    m_text->installEventFilter(this);
    m_current = text->textCursor();
    // Another message, or the same one in other colours.
    connect(text, &QTextBrowser::textChanged, this, &FindBar::renew);
    renew();
}

void FindBar::open()
{
    show();
    m_current = m_text->textCursor();
    const QString selected = m_current.selectedText();
    const bool areWords = !selected.isEmpty() && selected.size() <= kLongestSelectedWords && !selected.contains(QChar::ParagraphSeparator) && !selected.contains(QChar::LineSeparator);
    if (areWords && selected != m_words->text())
        m_words->setText(selected);
    else
        onWordsChanged();
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

void FindBar::step(Direction direction)
{
    if (isHidden() || m_words->text().isEmpty())
        return open();
    goTo(m_current, flags().setFlag(QTextDocument::FindBackward, direction == Direction::Backwards));
}

void FindBar::dismiss()
{
    const QTextCursor current = m_current;
    hide();
    renew();
    m_text->setTextCursor(current);
    m_text->setFocus(Qt::OtherFocusReason);
}

bool FindBar::event(QEvent *event) { return dismissedBy(event) || QWidget::event(event); }

bool FindBar::eventFilter(QObject *watched, QEvent *event) { return dismissedBy(event) || QWidget::eventFilter(watched, event); }

// By no shortcut: some windows that show messages have Escape for themselves.
bool FindBar::dismissedBy(QEvent *event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || isHidden() || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return false;
    event->accept();
    if (event->type() == QEvent::KeyPress)
        dismiss();
    return true;
}

QTextDocument::FindFlags FindBar::flags() const
{
    return QTextDocument::FindFlags{}.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
}

// While one types, the place stays where it is as long as it has the words.
void FindBar::onWordsChanged()
{
    renew();
    QTextCursor from = m_current;
    from.setPosition(m_current.selectionStart());
    m_current = from;
    goTo(from, flags());
}

void FindBar::renew()
{
    m_places.clear();
    const QString words = m_words->text();
    if (!isHidden() && !words.isEmpty()) {
        const QTextDocument *document = m_text->document();
        for (QTextCursor place = document->find(words, 0, flags()); !place.isNull() && m_places.size() <= kMostPlaces; place = document->find(words, place, flags()))
            m_places += place;
    }
    mark();
}

void FindBar::goTo(const QTextCursor &from, QTextDocument::FindFlags how)
{
    const QString words = m_words->text();
    QTextCursor found = m_text->document()->find(words, from, how);
    if (found.isNull()) { // Round the end.
        QTextCursor edge(m_text->document());
        edge.movePosition(how.testFlag(QTextDocument::FindBackward) ? QTextCursor::End : QTextCursor::Start);
        found = m_text->document()->find(words, edge, how);
    }
    if (!found.isNull()) {
        m_current = found;
        QTextCursor place = found; // Without a selection: that of a text without the focus is pale.
        place.setPosition(found.selectionStart());
        m_text->setTextCursor(place);
    }
    mark();
}

void FindBar::mark()
{
    QColor ground = toneColor(Tone::Caution, palette());
    ground.setAlphaF(0.35F);
    QList<QTextEdit::ExtraSelection> marks;
    QTextEdit::ExtraSelection one;
    one.format.setBackground(ground);
    for (const QTextCursor &place : std::as_const(m_places)) {
        one.cursor = place;
        marks += one;
    }
    if (!m_places.isEmpty() && m_current.hasSelection()) {
        one.cursor = m_current;
        one.format.setBackground(palette().color(QPalette::Active, QPalette::Highlight));
        one.format.setForeground(palette().color(QPalette::Active, QPalette::HighlightedText));
        marks += one;
    }
    m_text->setExtraSelections(marks);
    tellPlace();
}

void FindBar::tellPlace()
{
    const auto isCurrent = [this](const QTextCursor &place) { return m_current.hasSelection() && place.selectionStart() == m_current.selectionStart(); };
    const qsizetype at = std::find_if(m_places.cbegin(), m_places.cend(), isCurrent) - m_places.cbegin();
    QString sentence;
    if (m_places.isEmpty())
        sentence = m_words->text().isEmpty() ? QString() : tr("Not found");
    else if (m_places.size() > kMostPlaces)
        sentence = tr("More than %1").arg(kMostPlaces);
    else if (at < m_places.size())
        sentence = tr("%1 of %2").arg(at + 1).arg(m_places.size());
    else
        sentence = tr("Found: %1").arg(m_places.size());
    m_count->setText(sentence);
    m_words->setAccessibleDescription(sentence);
}

} // namespace ui
