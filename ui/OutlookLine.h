// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/SendOutlook.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace ui {

/// The line above Send that says exactly what will happen, with the ways out of what prevents it.
class OutlookLine : public QWidget
{
    Q_OBJECT

public:
    explicit OutlookLine(QWidget *parent = nullptr);

    void setOutlook(const app::SendOutlook &outlook);
    /// Tab reaches the ways out from `before`.
    void followInTabOrder(QWidget *before);

Q_SIGNALS:
    void wayChosen(app::WayOut way);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showSign();

    app::SendOutlook m_outlook;
    QLabel *m_sign = nullptr;
    QLabel *m_text = nullptr;
    QWidget *m_ways = nullptr;
};

} // namespace ui
