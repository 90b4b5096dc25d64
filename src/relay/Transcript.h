// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/MonitorEvent.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace relay {

/// A line of a transcript's text, taken apart again.
struct TranscriptLine {
    MonitorEvent event;       ///< Its kind and what belongs to that; the time counts from the session's begin.
    qint64 leftOutOctets = 0; ///< Not 0: here so much was not kept, and nothing happened.
};
/// The reverse of Transcript. What is no line of one is passed over. Any thread.
[[nodiscard]] QList<TranscriptLine> readTranscript(const QByteArray &text);

/// What was said in one session, as text: for each line the milliseconds since its begin, who spoke (C, S, or * for what happened),
/// and what. Bounded: of a long session the beginning and the end are kept. Secrets are masked before they get here.
class Transcript
{
public:
    Transcript();

    void add(MonitorEvent::Kind kind, QByteArrayView text, qint64 octets, qint64 messageId);
    /// True if there is something new that has waited long enough to be kept.
    [[nodiscard]] bool isDue() const;
    [[nodiscard]] bool isNew() const { return m_isNew; }
    /// Everything so far; isDue() is false afterwards until more comes.
    [[nodiscard]] QByteArray takeText();
    [[nodiscard]] qint64 startedMs() const { return m_startedMs; }

private:
    void addLine(char who, QByteArrayView text, qint64 nowMs);

    qint64 m_startedMs;
    qint64 m_keptMs;
    bool m_isNew = false;
    QByteArray m_head;
    QByteArray m_tail;        ///< Up to twice as long as it has to be, so that cutting it is rare.
    qint64 m_leftOut = 0;     ///< Octets between them.
};

} // namespace relay
