// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SearchScopeBar.h"

#include "ui/Announcement.h"
#include "ui/FlowLayout.h"

#include <QButtonGroup>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

SearchScopeBar::SearchScopeBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"searchScopeBar"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kBetween, kInsideGroup, kBetween, kInsideGroup);
    column->setSpacing(0);
    m_line = new FlowLayout;
    column->addLayout(m_line);
    m_scopes = new QButtonGroup(this);
    const std::tuple<QString, QString, QString, store::SearchScope> choices[] = {
        {u"searchAllFolders"_s, tr("All folders"), tr("Search everything but the trash"), store::SearchScope::AllButTrash},
        {u"searchThisFolder"_s, tr("This folder"), tr("Search the chosen folder only"), store::SearchScope::Folder},
    };
    for (const auto &[name, text, toolTip, scope] : choices) {
        auto *button = new QToolButton(this);
        button->setObjectName(name);
        button->setText(text);
        button->setToolTip(toolTip);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        m_scopes->addButton(button, int(scope));
        m_line->addWidget(button);
    }
    m_found = new QLabel(this);
    m_found->setObjectName(u"searchFound"_s);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_found->setMargin(kInsideGroup);
    m_line->addWidget(m_found);
    m_limits = new QLabel(this);
    m_limits->setObjectName(u"searchLimits"_s);
    m_limits->setForegroundRole(QPalette::PlaceholderText);
    m_limits->setMargin(kInsideGroup);
    m_limits->setWordWrap(true);
    column->addWidget(m_limits);
    updateLimits();
    setScope(store::SearchScope::AllButTrash);
    connect(m_scopes, &QButtonGroup::idClicked, this, [this](int scope) { Q_EMIT scopeChosen(store::SearchScope(scope)); });
    hide();
}

store::SearchScope SearchScopeBar::scope() const { return store::SearchScope(m_scopes->checkedId()); }

void SearchScopeBar::setScope(store::SearchScope scope) { m_scopes->button(int(scope))->setChecked(true); }

void SearchScopeBar::setFound(int count, bool hasMore)
{
    m_hasFound = count > 0;
    updateLimits();
    const QString number = QLocale().toString(count);
    const QString sentence = hasMore ? tr("more than %1 found").arg(number) : tr("%1 found").arg(number);
    if (sentence == m_found->text())
        return;
    m_found->setText(sentence);
    announce(this, sentence, Tone::Neutral);
}

void SearchScopeBar::setBehind(bool isBehind)
{
    m_isBehind = isBehind;
    updateLimits();
}

void SearchScopeBar::updateLimits()
{
    QStringList sentences;
    if (m_isBehind)
        sentences += tr("The text of older messages is still being read: more may be found.");
    if (m_hasFound) // An empty list says so itself.
        sentences += tr("The text of encrypted messages is not searched.");
    m_limits->setText(sentences.join(u' '));
    m_limits->setVisible(!sentences.isEmpty());
}

void SearchScopeBar::followInTabOrder(QWidget *before) { tabThrough(m_line, before); }

} // namespace ui
