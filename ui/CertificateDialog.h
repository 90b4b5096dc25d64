// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityService.h"

#include <QDialog>

namespace ui {

class ProblemLabel;

/// One certificate in words: whose, who vouches, from when to when, what for; below it the exact values.
class CertificateDialog : public QDialog
{
    Q_OBJECT

public:
    struct Subject {
        QByteArray certificate;                 ///< DER.
        app::CertificateState state = app::CertificateState::NotChecked;
    };

    CertificateDialog(const Subject &subject, QWidget *parent);

private:
    void save(const QByteArray &der, const QString &name);
    void showSaved(const base::Status &status);

    ProblemLabel *m_saved = nullptr;
};

} // namespace ui
