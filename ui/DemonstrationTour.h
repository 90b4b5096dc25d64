// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "ui/Theme.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <functional>

namespace ui {

class ComposeWindow;
class Desktop;
class ProfileWindows;

/// Performs the demonstration through the real widgets and leaves pictures of every main view: the relay is started, Alice writes
/// to Bob, Bob reads. What `./run --screenshot` shows is what a person would see.
class DemonstrationTour : public QObject
{
    Q_OBJECT

public:
    /// `desktop` has performed already and outlives the tour; `folder` exists.
    DemonstrationTour(Desktop *desktop, const QString &folder, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// The tour is over. `isVerified`: Bob's window said verified, and every picture was saved.
    void finished(bool isVerified, const QString &problem);

private:
    /// A step is done when its condition holds; then its action is done and the next one waits.
    struct Step {
        const char *name;
        std::function<bool()> isReady;
        std::function<void()> act;
    };

    void addJourney();
    void addReading();
    void addViews();
    void addComposing();
    void addLetter(const QString &name, const std::function<void()> &begin);
    void addVerdicts();
    void addFolders();
    void addWindow(const QString &name, const QString &objectName, const std::function<void()> &open, const std::function<void(QWidget *)> &prepare);
    void addDialogs();
    void addParts();
    void addRelayMessage();
    void addRelayFaults();
    void addRelayMailboxes();
    void addDark();
    void bring(const QByteArray &octets);
    void bringSealed(const app::Draft &draft, const std::function<QByteArray(QByteArray)> &change);
    void look();
    void typeLetter();
    void picture(const QWidget *widget, const QString &name);
    void pictureOfFirstStart();
    void pictureOfBoth(const QString &name);
    void openInbox(ProfileWindows *profile);
    [[nodiscard]] QWidget *topLevel(const QString &objectName) const;
    void closeTopLevel(const QString &objectName);

    static constexpr QLatin1StringView kAlice{"alice@example.org"};
    static constexpr QLatin1StringView kBob{"bob@example.org"};

    Desktop *m_desktop;
    QString m_folder;
    QList<Step> m_steps;
    qsizetype m_next = 0;
    QTimer m_tick;
    QTimer m_deadline;
    QPointer<ComposeWindow> m_compose;
    store::MessageId m_brought = store::MessageId::None;
    bool m_isVerified = false;
    bool m_isDarkAtFirst;
    QString m_problem;
};

} // namespace ui
