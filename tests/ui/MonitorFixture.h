// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/DemonstrationFixture.h"

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTextEdit>

namespace uitest {

/// The relay's monitor beside the demonstration's windows: its tables by the names and keys of their rows, its buttons, and letters that arrive in it.
class Monitor
{
protected:
    enum Column { kFrom, kFor, kSubject, kFinding, kRules };

    void openTheMonitor()
    {
        m_demonstration = std::make_unique<Demonstration>();
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->isReady(), 20'000);
        m_monitor = m_demonstration->desktop().showMonitor();
    }

    QTableWidget *table(const QString &name) const { return m_monitor->findChild<QTableWidget *>(name); }
    QString label(const QString &name) const { return m_monitor->findChild<QLabel *>(name)->text(); }
    QString sees() const { return m_monitor->findChild<QTextEdit *>(u"relaySees"_s)->toPlainText(); }
    QString cellAt(const QString &name, int row, int column) const
    {
        const QTableWidgetItem *item = table(name)->item(row, column);
        return item ? item->text() : QString();
    }

    /// A row by its key, which is what the page knows it by.
    int rowOf(const QString &name, const QString &key) const
    {
        for (int row = 0; row < table(name)->rowCount(); ++row)
            if (table(name)->item(row, 0) && table(name)->item(row, 0)->data(Qt::UserRole).toString() == key)
                return row;
        return -1;
    }
    QString cell(const QString &name, const QString &key, int column) const { return cellAt(name, rowOf(name, key), column); }
    void chooseRow(const QString &name, const QString &key) { table(name)->selectRow(rowOf(name, key)); }

    void press(const QString &name)
    {
        auto *button = m_monitor->findChild<QPushButton *>(name);
        QVERIFY2(button && button->isEnabled(), qPrintable(name));
        button->click();
    }

    static void type(const QWidget *dialog, const QString &name, const QString &text)
    {
        auto *field = dialog->findChild<QLineEdit *>(name);
        QVERIFY2(field, qPrintable(name));
        field->setText(text);
    }

    app::Draft signedLetter(const QString &subject) const
    {
        app::Draft draft = m_demonstration->letter(subject, u"Everybody may read this.\n"_s);
        draft.encrypt = false;
        return draft;
    }

    /// Sends as Alice and waits until the monitor has it on top, looked at and chosen; its number.
    QString deliver(const app::Draft &draft)
    {
        const QString before = newest();
        m_demonstration->profile(kAlice)->session()->send(draft);
        return arrived(before);
    }

    QString newest() const { return table(u"relayMessages"_s)->rowCount() > 0 ? table(u"relayMessages"_s)->item(0, 0)->data(Qt::UserRole).toString() : QString(); }

    QString arrived(const QString &before)
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(newest() != before && !newest().isEmpty(), 10'000); }();
        const QString id = newest();
        chooseRow(u"relayMessages"_s, id);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(cell(u"relayMessages"_s, id, kFinding) != u"Not looked at yet"_s, 10'000); }();
        return id;
    }

    std::unique_ptr<Demonstration> m_demonstration;
    ui::RelayMonitorWindow *m_monitor = nullptr;
};

} // namespace uitest
