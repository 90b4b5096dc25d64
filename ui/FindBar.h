// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QTextCursor>
#include <QTextDocument>
#include <QWidget>
#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QTextBrowser;

namespace ui {

/// Finds words in the text of a message: every place is marked, one is the current, and behind the last comes the first. Hidden until it
/// is wanted; Escape, in the bar or in the text, closes it.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    enum class Direction { Forwards, Backwards };

    explicit FindBar(QWidget *parent);

    /// Which text is searched from now on. Not owned.
    void setTarget(QTextBrowser *text);
    /// Shows the bar and takes the focus; words that are selected in the text are those to find.
    void open();
    /// To the next or the previous place; without words to find it opens the bar.
    void step(Direction direction);
    /// Hides the bar. The current place is left selected, and the text has the focus.
    void dismiss();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool dismissedBy(QEvent *event);
    void addKeys(QWidget *place, const QList<QKeySequence> &keys, const std::function<void()> &reaction);
    void onWordsChanged();
    void renew();
    void goTo(const QTextCursor &from, QTextDocument::FindFlags how);
    void mark();
    void tellPlace();
    [[nodiscard]] QTextDocument::FindFlags flags() const;

    QTextBrowser *m_text = nullptr;
    QTextCursor m_current;
    QList<QTextCursor> m_places;
    QLineEdit *m_words = nullptr;
    QCheckBox *m_case = nullptr;
    QLabel *m_count = nullptr;
};

} // namespace ui
