// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Theme.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleHints>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// How much of the text's colour is in an outline: enough for a contrast of 3 to 1.
constexpr double kOutline = 0.42;

struct Colours {
    QRgb window, windowText, base, alternate, text, placeholder, button, buttonText, highlight, highlightedText,
        inactiveHighlight, link, linkVisited, toolTip, toolTipText, disabled, light, midlight, mid, dark, shadow;
};

constexpr Colours kLight{
    .window = 0xfff3f2f0, .windowText = 0xff22252a, .base = 0xffffffff, .alternate = 0xfff9f8f6, .text = 0xff22252a,
    .placeholder = 0xff66696d, .button = 0xfff3f2f0, .buttonText = 0xff22252a, .highlight = 0xff2f6690,
    .highlightedText = 0xffffffff, .inactiveHighlight = 0xffd5dee6, .link = 0xff1f5f93, .linkVisited = 0xff6b4a8a,
    .toolTip = 0xff2e3238, .toolTipText = 0xfff5f4f2, .disabled = 0xff9a9895, .light = 0xffffffff,
    .midlight = 0xfff8f7f5, .mid = 0xffc4c1bc, .dark = 0xffa3a09b, .shadow = 0xff76736f};

constexpr Colours kDark{
    .window = 0xff26292e, .windowText = 0xffe4e3e0, .base = 0xff1c1e22, .alternate = 0xff212429, .text = 0xffe4e3e0,
    .placeholder = 0xffa3a6aa, .button = 0xff2f3339, .buttonText = 0xffe4e3e0, .highlight = 0xff3f78a8,
    .highlightedText = 0xffffffff, .inactiveHighlight = 0xff36424d, .link = 0xff7fb8e6, .linkVisited = 0xffb99ad6,
    .toolTip = 0xff3a3f46, .toolTipText = 0xfff0efed, .disabled = 0xff6f7378, .light = 0xff3e434a,
    .midlight = 0xff363b41, .mid = 0xff1a1c1f, .dark = 0xff141618, .shadow = 0xff0c0d0e};

QPalette paletteOf(const Colours &c)
{
    QPalette p;
    using Role = QPalette::ColorRole;
    const std::pair<Role, QRgb> table[] = {
        {QPalette::Window, c.window}, {QPalette::WindowText, c.windowText}, {QPalette::Base, c.base},
        {QPalette::AlternateBase, c.alternate}, {QPalette::Text, c.text}, {QPalette::PlaceholderText, c.placeholder},
        {QPalette::Button, c.button}, {QPalette::ButtonText, c.buttonText}, {QPalette::BrightText, 0xffffffff},
        {QPalette::Highlight, c.highlight}, {QPalette::HighlightedText, c.highlightedText}, {QPalette::Link, c.link},
        {QPalette::LinkVisited, c.linkVisited}, {QPalette::ToolTipBase, c.toolTip}, {QPalette::ToolTipText, c.toolTipText},
        {QPalette::Light, c.light}, {QPalette::Midlight, c.midlight}, {QPalette::Mid, c.mid}, {QPalette::Dark, c.dark},
        {QPalette::Shadow, c.shadow}, {QPalette::Accent, c.highlight}};
    for (const auto &[role, colour] : table)
        p.setColor(role, QColor::fromRgb(colour));
    for (const Role role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor::fromRgb(c.disabled));
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(c.mid));
    // The other user's window keeps its selection, but quietly.
    p.setColor(QPalette::Inactive, QPalette::Highlight, QColor::fromRgb(c.inactiveHighlight));
    p.setColor(QPalette::Inactive, QPalette::HighlightedText, QColor::fromRgb(c.text));
    return p;
}

bool themeExists(const QString &name)
{
    for (const QString &path : QIcon::themeSearchPaths()) {
        if (QFile::exists(path + u'/' + name + u"/index.theme"_s))
            return true;
    }
    return false;
}

// A desktop's own icons are kept; without one (bare X, a virtual screen) Breeze stands in. Its light and
// dark variants go with the palette, since their lines are drawn in the text's colour.
void chooseIcons(bool dark)
{
    const QString breeze = dark ? u"breeze-dark"_s : u"breeze"_s;
    const QString current = QIcon::themeName();
    if (current.isEmpty() || current == "hicolor"_L1 || current.startsWith("breeze"_L1) || !themeExists(current))
        QIcon::setThemeName(breeze);
    QIcon::setFallbackThemeName(breeze);
}

// The selection of a window without the focus is pale: an icon keeps its own colours there.
QIcon unselected(const QStyleOptionViewItem &item)
{
    const QPixmap pixmap = item.icon.pixmap(item.decorationSize, item.widget ? item.widget->devicePixelRatioF() : qApp->devicePixelRatio());
    QIcon icon;
    icon.addPixmap(pixmap, QIcon::Normal);
    icon.addPixmap(pixmap, QIcon::Selected);
    return icon;
}

QColor mixed(const QColor &a, const QColor &b, double shareOfA)
{
    const auto channel = [shareOfA](int x, int y) { return qRound(x * shareOfA + y * (1 - shareOfA)); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

// Fusion with a little more air in lists and headers, with openers that do not look pressed while they are open, with outlines that are
// seen in the dark, too, where Fusion's are darker than the ground, and with labels and tooltips that never take a text for HTML.
class Style : public QProxyStyle
{
public:
    Style() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

    using QProxyStyle::polish;

    // A tooltip is a label, too. What looks like a tag in a stranger's name or subject would load files, devices among them.
    void polish(QWidget *widget) override
    {
        QProxyStyle::polish(widget);
        auto *label = qobject_cast<QLabel *>(widget);
        if (label && label->textFormat() == Qt::AutoText)
            label->setTextFormat(Qt::PlainText);
    }

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override
    {
        switch (metric) {
        case PM_FocusFrameHMargin: return 6;
        case PM_HeaderMargin: return 5;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }

    // Fusion's grey of a light icon is as bright on a dark ground as what can be pressed.
    QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap &pixmap, const QStyleOption *option) const override
    {
        const QPixmap made = QProxyStyle::generatedIconPixmap(mode, pixmap, option);
        if (mode != QIcon::Disabled || option->palette.color(QPalette::Window).lightness() > 127)
            return made;
        QPixmap faded(made.size());
        faded.setDevicePixelRatio(made.devicePixelRatio());
        faded.fill(Qt::transparent);
        QPainter painter(&faded);
        painter.setOpacity(0.5);
        painter.drawPixmap(0, 0, made);
        return faded;
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isIndicator = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
        const bool isFrame = element == PE_FrameLineEdit || element == PE_Frame;
        if (isIndicator || (isFrame && !option->state.testFlag(State_HasFocus)))
            outline(*option, *painter, element == PE_IndicatorRadioButton ? option->rect.width() / 2.0 : 2);
    }

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        const auto *item = element == CE_ItemViewItem ? qstyleoption_cast<const QStyleOptionViewItem *>(option) : nullptr;
        if (!item || item->icon.isNull() || !item->state.testFlag(State_Selected) || item->state.testFlag(State_Active))
            return QProxyStyle::drawControl(element, option, painter, widget);
        QStyleOptionViewItem quiet = *item;
        quiet.icon = unselected(*item);
        QProxyStyle::drawControl(element, &quiet, painter, widget);
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override
    {
        if (control == CC_SpinBox) {
            QProxyStyle::drawComplexControl(control, option, painter, widget);
            return option->state.testFlag(State_HasFocus) ? void() : outline(*option, *painter, 2);
        }
        const auto *button = control == CC_ToolButton ? qstyleoption_cast<const QStyleOptionToolButton *>(option) : nullptr;
        if (!button || !widget || !widget->property(kOpener).toBool())
            return QProxyStyle::drawComplexControl(control, option, painter, widget);
        QStyleOptionToolButton flat = *button;
        flat.state &= ~State_On;
        QProxyStyle::drawComplexControl(control, &flat, painter, widget);
    }

private:
    static void outline(const QStyleOption &option, QPainter &painter, qreal radius)
    {
        if (!isDark(option.palette))
            return;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(mixed(option.palette.color(QPalette::WindowText), option.palette.color(QPalette::Window), kOutline));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter.restore();
    }
};

void applyPalette(Appearance appearance)
{
    const bool dark = appearance == Appearance::Dark
        || (appearance == Appearance::System && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    chooseIcons(dark);
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

} // namespace

void applyTheme(Appearance appearance)
{
    QApplication::setStyle(new Style);
    applyPalette(appearance);
    if (appearance == Appearance::System)
        QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, qApp, [] { applyPalette(Appearance::System); });
}

QPalette lightPalette() { return paletteOf(kLight); }
QPalette darkPalette() { return paletteOf(kDark); }

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Neutral: return mutedText(palette);
    case Tone::Accent: return palette.color(QPalette::Link);
    case Tone::Good: return QColor::fromRgb(dark ? 0xff7cc79a : 0xff23744a);
    case Tone::Caution: return QColor::fromRgb(dark ? 0xffe3b55c : 0xff8a5a00);
    case Tone::Bad: return QColor::fromRgb(dark ? 0xffff9085 : 0xffb3261e);
    }
    Q_UNREACHABLE_RETURN({});
}

QColor toneGround(Tone tone, const QPalette &palette)
{
    if (tone == Tone::Neutral)
        return palette.color(QPalette::Window);
    return mixed(toneColor(tone, palette), palette.color(QPalette::Base), isDark(palette) ? 0.16 : 0.09);
}

QColor mutedText(const QPalette &palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor lineColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.16);
}

} // namespace ui
