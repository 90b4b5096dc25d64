// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RelayReading.h"
#include "app/Workplace.h"

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QTabWidget;
class QTextBrowser;

namespace ui {

class MessageView;
class ProblemLabel;

/// One message of the relay: what it sees and what was found out; the letter as it opens with keys that somebody lends; and what was said in the
/// session in which it came.
class RelayMessagePane : public QWidget
{
    Q_OBJECT

public:
    /// `workplace` is not owned and outlives the pane.
    explicit RelayMessagePane(app::Workplace *workplace, QWidget *parent = nullptr);

    void showMessage(const app::RelayMessage &message);
    void showNothing();
    /// Every step of opening the shown message, with the keys that are lent.
    void showInspector(qint64 id);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeOpened();
    QTextBrowser *makeSight();
    QPlainTextEdit *makeTranscript();
    void fillKeys();
    void onKeysChosen(int index);
    void unlock(const QString &address);
    void askForKeyFiles();
    void readKeyFiles(const QStringList &paths);
    void tryKeyFiles(const QList<QByteArray> &contents);
    [[nodiscard]] base::Operation<base::Done> useKeyFiles(const QList<QByteArray> &contents, const base::Secret &passphrase);
    void useKeys(const QString &name, const smime::OpeningMaterial &material);
    void read();
    void onRead(const app::RelayReading &reading);
    void renderSight();
    void fillTranscript(const QString &session);

    app::Workplace *m_workplace;
    app::RelayMessage m_message;
    app::RelayReading m_reading;     ///< What is shown of it.
    quint64 m_look = 0;              ///< Only what the last look finds is shown.
    smime::OpeningMaterial m_keys;   ///< What is lent; forgotten with the window.
    QString m_keysName;
    QTabWidget *m_pages = nullptr;
    QTextBrowser *m_sees = nullptr;
    QComboBox *m_keysField = nullptr;
    ProblemLabel *m_problem = nullptr;
    MessageView *m_opened = nullptr;
    QPlainTextEdit *m_transcript = nullptr;
};

} // namespace ui
