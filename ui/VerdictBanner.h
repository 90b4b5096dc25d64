// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/VerdictPresenter.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QLayout;
class QScrollArea;
class QToolButton;

namespace ui {

/// The verdict on a message in words, with the reasons behind "Why?". It lies outside the message's own area and reaches
/// the edges of the view, which MessageBrowser keeps from a message, so that no message can draw one.
class VerdictBanner : public QFrame
{
    Q_OBJECT

public:
    explicit VerdictBanner(QWidget *parent = nullptr);

    void setPresentation(const app::VerdictPresentation &presentation);
    [[nodiscard]] const app::VerdictPresentation &presentation() const { return m_presentation; }
    /// Whether "Why?" leads on to the signer's certificate.
    void setHasCertificate(bool hasCertificate);
    /// Whether a button below the sentences asks for the message's password.
    void setOffersPassword(bool isOffered);
    /// Opens or closes the reasons.
    void setExpanded(bool isExpanded);
    /// How high the reasons may be; if they need more, they scroll, so that nothing is cut off.
    void setRoomForReasons(int height);
    /// What the reasons take of the banner's height; 0 while they are closed.
    [[nodiscard]] int reasonsHeight() const;
    /// What the sentences need at this width, without the reasons.
    [[nodiscard]] int headlinesHeight(int width) const;

Q_SIGNALS:
    /// The person wants to see the signer's certificate, or the steps that were undone.
    void certificateRequested();
    void inspectorRequested();
    void passwordRequested();
    void expandedChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QLayout *makeSentences();
    QToolButton *makeOpener();
    QScrollArea *makeArea();
    QWidget *makeDetails();
    void fillReasons();
    void fitReasons();
    void updateColours();

    app::VerdictPresentation m_presentation;
    QLabel *m_sign = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_readers = nullptr;
    QToolButton *m_password = nullptr;
    QToolButton *m_why = nullptr;
    QScrollArea *m_area = nullptr;
    QWidget *m_details = nullptr;
    QGridLayout *m_reasons = nullptr;
    QLabel *m_advice = nullptr;
    QToolButton *m_certificate = nullptr;
    int m_room = 10000;
};

} // namespace ui
