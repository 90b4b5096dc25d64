// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/JoinCard.h"
#include "app/Workplace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class CardWords;
class ProblemLabel;

/// What the others need to take part at this computer's relay: where it is, and the words of the authority that vouches for it. Says what
/// still keeps them out, and offers to do something about it.
class JoinCardWindow : public QWidget
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives the window.
    explicit JoinCardWindow(app::Workplace *workplace, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;

private:
    QWidget *makeCard();
    QWidget *makeRemedies();
    QWidget *makeButtons();
    void refresh();
    void showAddresses();
    void showCard();
    void showObstacle();
    void openToNetwork();
    void certify();
    void save();
    [[nodiscard]] bool isRunning() const;

    app::Workplace *m_workplace;
    app::RelayService *m_relay;
    app::JoinCard m_card;
    bool m_isReopening = false;      ///< Stopped to be started at other addresses.
    QComboBox *m_address = nullptr;
    QLabel *m_ports = nullptr;
    QLabel *m_authority = nullptr;
    CardWords *m_words = nullptr;
    QLineEdit *m_line = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_open = nullptr;
    QWidget *m_certifying = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QPushButton *m_certify = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace ui
