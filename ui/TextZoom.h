// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QTextEdit;

namespace ui {

/// The size of the text of some views in percent of the window's own, by steps and by Ctrl and the wheel.
class TextZoom : public QObject
{
    Q_OBJECT

public:
    /// The views are not owned and live as long as `parent`.
    TextZoom(const QList<QTextEdit *> &texts, QObject *parent);

    [[nodiscard]] int percent() const { return m_percent; }
    void setPercent(int percent);
    void enlarge();
    void reduce();
    /// Takes the size that was kept in this file of settings, and keeps each one that follows. What cannot be written is forgotten.
    void rememberIn(const QString &file);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QList<QTextEdit *> m_texts;
    QString m_file;
    int m_percent = 100;
    int m_turned = 0;
};

} // namespace ui
