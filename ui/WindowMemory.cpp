// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/WindowMemory.h"

#include <QEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Belongs to the window. Where the file cannot be written, the window is only where it always was.
class PlaceKeeper : public QObject
{
public:
    PlaceKeeper(QWidget *window, const QString &file, const QString &name) : QObject(window), m_window(window), m_file(file), m_key(name + "/geometry"_L1)
    {
        const bool isKnown = window->restoreGeometry(QSettings{m_file, QSettings::IniFormat}.value(m_key).toByteArray());
        // The small screen of the offscreen platform is nobody's.
        if (!isKnown && QGuiApplication::platformName() != "offscreen"_L1)
            window->resize(fittingSize(window->size(), window->screen()->availableSize()));
        window->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Close)
            QSettings{m_file, QSettings::IniFormat}.setValue(m_key, m_window->saveGeometry());
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget *m_window;
    QString m_file;
    QString m_key;
};

} // namespace

QSize fittingSize(QSize wanted, QSize available)
{
    constexpr QSize kFrame{8, 40}; // What a window manager draws is not known yet.
    return wanted.boundedTo(available - kFrame);
}

void rememberWindow(QWidget *window, const QString &folder, const QString &name)
{
    new PlaceKeeper(window, folder + "/windows.ini"_L1, name);
}

} // namespace ui
