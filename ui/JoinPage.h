// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/JoinCard.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class CardWords;
class ProblemLabel;

/// Takes a join card: a file, its text, or the line that somebody read aloud. Asks the relay for what a typed card lacks, and lets the person
/// compare the words before anything is done with it.
class JoinPage : public QWidget
{
    Q_OBJECT

public:
    /// `io` is not owned and outlives the page.
    explicit JoinPage(transport::IoThread *io, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The person said that the words are the same; the card is complete.
    void cardTaken(const app::JoinCard &card);
    void backRequested();

private:
    QWidget *makeText();
    QWidget *makeButtons();
    void openFile();
    void forget();
    void proceed();
    void look();
    void show(const base::Result<app::JoinCard> &card);

    transport::IoThread *m_io;
    app::JoinCard m_card;
    int m_looks = 0;             ///< Of them only the last counts.
    QPlainTextEdit *m_text = nullptr;
    QLabel *m_summary = nullptr;
    CardWords *m_words = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace ui
