// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QLayout;

namespace ui {

/// Above the list while something is searched: where, how much was found, and what is not looked into.
class SearchScopeBar : public QWidget
{
    Q_OBJECT

public:
    explicit SearchScopeBar(QWidget *parent = nullptr);

    [[nodiscard]] store::SearchScope scope() const;
    void setScope(store::SearchScope scope);
    /// `count`: the hits that are listed so far; `hasMore`: there are others.
    void setFound(int count, bool hasMore);
    /// Letters are still being read for their words: what is not found may be there all the same.
    void setBehind(bool isBehind);
    /// Tab reaches the choice from `before`.
    void followInTabOrder(QWidget *before);

Q_SIGNALS:
    /// By the person.
    void scopeChosen(store::SearchScope scope);

private:
    void updateLimits();

    QButtonGroup *m_scopes = nullptr;
    QLayout *m_line = nullptr;
    QLabel *m_found = nullptr;
    QLabel *m_limits = nullptr;
    bool m_hasFound = false;
    bool m_isBehind = false;
};

} // namespace ui
