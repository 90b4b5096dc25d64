// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPixmapCache>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QImage drawn(const QString &name, const QSize &pixels)
{
    QImageReader reader(u":/icons/"_s + name + u".svg"_s);
    reader.setScaledSize(pixels);
    return reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

// Draws at the very size that is asked for, in the colour of the palette as it is now: one file serves
// light and dark, 100 % and 200 %.
class SignEngine : public QIconEngine
{
public:
    SignEngine(QString name, Tone tone, bool isTinted, Tone badge) : m_name(std::move(name)), m_tone(tone), m_badge(badge), m_isTinted(isTinted) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, painter->device()->devicePixelRatioF()));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1.0); }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor colour = mode == QIcon::Disabled ? palette.color(QPalette::Disabled, QPalette::Text)
            : mode == QIcon::Selected               ? palette.color(QPalette::HighlightedText)
                                                    : toneColor(m_tone, palette);
        const QSize pixels = size * scale;
        const QString key = u"waxwing/%1/%2/%3/%4/%5"_s.arg(m_name, colour.name()).arg(pixels.width()).arg(pixels.height()).arg(int(m_badge));
        QPixmap result;
        if (!QPixmapCache::find(key, &result)) {
            result = QPixmap::fromImage(render(pixels, colour, palette));
            QPixmapCache::insert(key, result);
        }
        result.setDevicePixelRatio(scale);
        return result;
    }

    QIconEngine *clone() const override { return new SignEngine(*this); }
    bool isNull() override { return false; }
    QString key() const override { return u"waxwing-sign"_s; }
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override { return {{16, 16}, {22, 22}, {24, 24}, {32, 32}, {48, 48}, {64, 64}, {128, 128}}; }

private:
    QImage render(const QSize &pixels, const QColor &colour, const QPalette &palette) const
    {
        QImage image = drawn(m_name, pixels);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_isTinted) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(image.rect(), colour);
        }
        if (m_badge != Tone::Neutral) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
            const double diameter = pixels.width() * 0.44;
            painter.setPen(QPen(palette.color(QPalette::Window), pixels.width() / 16.0));
            painter.setBrush(toneColor(m_badge, palette));
            painter.drawEllipse(QRectF(pixels.width() - diameter, pixels.height() - diameter, diameter, diameter).adjusted(0, 0, -1, -1));
        }
        return image;
    }

    QString m_name;
    Tone m_tone;
    Tone m_badge;
    bool m_isTinted;
};

} // namespace

QIcon themeIcon(const QString &name) { return QIcon::fromTheme(name); }

QPixmap tintedPixmap(const QIcon &icon, int size, qreal scale, const QColor &colour)
{
    QPixmap pixmap = icon.pixmap(QSize(size, size), scale);
    if (pixmap.isNull())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    return pixmap;
}

QIcon sign(const QString &name, Tone tone) { return QIcon(new SignEngine(name, tone, true, Tone::Neutral)); }

QIcon applicationIcon(Tone badge) { return QIcon(new SignEngine(u"waxwing"_s, Tone::Neutral, false, badge)); }

} // namespace ui
