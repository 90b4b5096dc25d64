// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/FolderModel.h"
#include "app/MessageListModel.h"
#include "ui/DemonstrationFixture.h"
#include "ui/VerdictBanner.h"

#include <QFile>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSignalSpy>

namespace uitest {

inline QAction *action(const QWidget *window, const QString &objectName) { return window->findChild<QAction *>(objectName); }

/// What a test does with the windows of the demonstration: writes letters, sends them, goes to folders and reads.
class Journey
{
protected:
    void openTheDemonstration()
    {
        m_demonstration = std::make_unique<Demonstration>();
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->isReady(), 20000);
        m_workplace = &m_demonstration->workplace();
        m_desktop = &m_demonstration->desktop();
    }

    void startTheRelay()
    {
        if (m_workplace->relay().state() != app::RelayService::State::Running)
            m_workplace->startRelay();
        QTRY_COMPARE(m_workplace->relay().state(), app::RelayService::State::Running);
    }

    ui::ProfileWindows *profile(const QString &address) const { return m_demonstration->profile(address); }
    ui::MainWindow *window(const QString &address) const { return m_demonstration->window(address); }
    ui::MessageView *pane(const QString &address) const { return m_demonstration->pane(address); }
    int count(const QString &address) const { return m_demonstration->count(address); }
    QString headline(const QString &address) const { return pane(address)->banner()->presentation().headline; }

    QString rowText(const QString &address, int row) const
    {
        return window(address)->list()->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

    ui::ComposeWindow *begin(const QString &from, const QString &to, const QString &subject, const QString &text)
    {
        action(window(from), u"actionNew"_s)->trigger();
        auto *compose = topLevel<ui::ComposeWindow>(u"composeWindow"_s);
        compose->findChild<QLineEdit *>(u"toField"_s)->setText(to);
        compose->findChild<QLineEdit *>(u"subjectField"_s)->setText(subject);
        compose->findChild<QPlainTextEdit *>(u"bodyEdit"_s)->setPlainText(text);
        return compose;
    }

    /// The path of a new file.
    QString fileWith(const QString &name, const QByteArray &content) const
    {
        QFile file(m_demonstration->path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s could not be written", qPrintable(name));
        return file.fileName();
    }

    void send(ui::ComposeWindow *compose)
    {
        const QPointer<ui::ComposeWindow> alive(compose);
        QTRY_VERIFY_WITH_TIMEOUT(action(compose, u"actionSend"_s)->isEnabled(), 5000);
        action(compose, u"actionSend"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(alive.isNull(), 10000);
    }

    /// Goes to that folder and waits until its messages are listed.
    void choose(const QString &address, store::Folder folder)
    {
        const auto *list = qobject_cast<const app::MessageListModel *>(window(address)->list()->model());
        QSignalSpy loaded(list, &app::MessageListModel::loaded);
        const bool isThere = list->folder() == folder;
        window(address)->selectFolder(folder);
        QTRY_VERIFY(isThere || (list->folder() == folder && !loaded.isEmpty()));
    }

    const app::FolderModel *folders(const QString &address) const { return qobject_cast<const app::FolderModel *>(window(address)->findChild<QAbstractItemView *>(u"folderView"_s)->model()); }
    store::MessageId firstId(const QString &address) const { return window(address)->list()->model()->index(0, 0).data(int(app::MessageListModel::Role::Id)).value<store::MessageId>(); }

    /// Writes and waits until the letter lies on top of the receiver's list.
    void deliver(const QString &from, const QString &to, const QString &subject, const QString &text)
    {
        const int before = count(to);
        write(from, to, subject, text);
        QTRY_COMPARE_WITH_TIMEOUT(count(to), before + 1, 10000);
    }

    void write(const QString &from, const QString &to, const QString &subject, const QString &text) { send(begin(from, to, subject, text)); }

    void open(const QString &address, int row)
    {
        pane(address)->showNothing({});
        window(address)->list()->setCurrentIndex({});
        window(address)->list()->setCurrentIndex(window(address)->list()->model()->index(row, 0));
        QTRY_VERIFY_WITH_TIMEOUT(pane(address)->hasMessage(), 10000);
    }

    void unlock(const QString &address)
    {
        profile(address)->session()->unlock(base::Secret("demonstration"));
        QTRY_VERIFY_WITH_TIMEOUT(profile(address)->session()->isUnlocked(), 10000);
    }

    std::unique_ptr<Demonstration> m_demonstration;
    app::Workplace *m_workplace = nullptr;
    ui::Desktop *m_desktop = nullptr;
};

} // namespace uitest
