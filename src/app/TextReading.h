// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Operation.h"
#include "store/MailStore.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <functional>

namespace app {

class MailboxService;

/// What a search may look through in a letter: the text that a reader shows without any key, and the names of the files. Nothing if any layer of it is
/// encrypted, or it could not be opened: no word of it may lie on the disk (DESIGN decision 13).
[[nodiscard]] std::optional<store::LetterText::Words> searchedWordsOf(const QByteArray &octets, const QDateTime &now, const base::Cancellation &cancellation = {});

/// Reads the newest letters that nobody has read for the search, some at a time, and keeps their words. Whether there may be more. Waits for the mail file;
/// not on the GUI thread. Cancelled, and the errors of the store::MailStore functions; what was kept before stays.
[[nodiscard]] base::Result<bool> readSomeTexts(store::MailStore &mail, const QDateTime &now, const base::Cancellation &cancellation = {});

/// Reads what came, and what was there before texts were searched, behind everything else that the program does. What is left when it ends is read
/// the next time. Lives on the GUI thread.
class TextReading : public QObject
{
    Q_OBJECT

public:
    /// Begins soon. `mailbox` is not owned and outlives this; while `isBusy` nothing new is begun.
    TextReading(MailboxService *mailbox, std::function<bool()> isBusy, const base::Clock &clock, QObject *parent = nullptr);
    /// Waits for the letter that is being read.
    ~TextReading() override;

    /// There are, as far as is known, letters that nobody has read for the search yet.
    [[nodiscard]] bool isBehind() const { return m_isBehind; }

Q_SIGNALS:
    void behindChanged(bool isBehind);

private:
    void wake();
    void readSome();

    MailboxService *m_mailbox;
    std::function<bool()> m_isBusy;
    const base::Clock &m_clock;
    QTimer m_pause;
    bool m_readAgain = false;
    base::Operation<bool> m_reading;
    bool m_isReading = false;
    bool m_isBehind = true; ///< Until it has looked.
    QThreadPool m_thread; ///< Of its own: nobody waits behind a hundred letters.
};

} // namespace app
