// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TextReading.h"

#include "app/MailboxService.h"
#include "smime/Open.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace app {

using store::LetterText;

namespace {

/// For one commit. Each makes the lists look again, and holds up other writes for as long as the index takes.
constexpr qsizetype kMostLetters = 200;
constexpr qsizetype kMostCharacters = 1024 * 1024;
constexpr std::chrono::milliseconds kPause{200};

bool isShut(const smime::OpenedMessage &opened)
{
    const auto isEncrypted = [](const smime::Layer &layer) { return layer.kind == smime::LayerKind::Enveloped || layer.kind == smime::LayerKind::AuthEnveloped; };
    const QList<smime::Layer> &layers = opened.verdict.layers;
    return opened.fault || std::any_of(layers.begin(), layers.end(), isEncrypted) || std::any_of(opened.further.begin(), opened.further.end(), isShut);
}

void addWords(LetterText::Words &words, const smime::OpenedMessage &opened)
{
    words.body += opened.text + u'\n';
    for (const smime::UnprotectedPart &part : opened.unprotected)
        words.body += part.text + u'\n';
    for (const smime::Attachment &attachment : opened.attachments)
        words.attachments += attachment.name + u'\n';
    for (const smime::OpenedMessage &further : opened.further)
        addWords(words, further);
}

} // namespace

std::optional<LetterText::Words> searchedWordsOf(const QByteArray &octets, const QDateTime &now, const base::Cancellation &cancellation)
{
    // Without a key nothing encrypted opens, whatever is thought of it here.
    const smime::OpenedMessage opened = smime::open({octets, {}, now, {}}, cancellation);
    if (isShut(opened))
        return std::nullopt;
    LetterText::Words words;
    addWords(words, opened);
    return words;
}

base::Result<bool> readSomeTexts(store::MailStore &mail, const QDateTime &now, const base::Cancellation &cancellation)
{
    QList<LetterText> texts;
    qsizetype characters = 0;
    store::MessageId before = store::MessageId::None;
    while (texts.size() < kMostLetters && characters < kMostCharacters) {
        const base::Result<std::optional<store::UnreadLetter>> letter = base::await(mail.nextUnread(before));
        if (!letter)
            return letter.error();
        if (!*letter)
            break;
        before = (*letter)->id;
        const std::optional<LetterText::Words> words = searchedWordsOf((*letter)->octets, now, cancellation);
        if (cancellation.isRequested())
            return base::ErrorCode::Cancelled;
        texts += {before, (*letter)->digest, words};
        characters += words ? words->body.size() : 0;
    }
    if (texts.isEmpty())
        return false;
    if (const base::Status kept = base::await(mail.keepTexts(texts)); !kept)
        return kept.error();
    return texts.size() == kMostLetters || characters >= kMostCharacters;
}

TextReading::TextReading(MailboxService *mailbox, std::function<bool()> isBusy, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_mailbox(mailbox), m_isBusy(std::move(isBusy)), m_clock(clock)
{
    m_thread.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &TextReading::readSome);
    connect(mailbox, &MailboxService::changed, this, &TextReading::wake);
    wake();
}

TextReading::~TextReading()
{
    m_reading.cancel();
}

void TextReading::wake()
{
    if (m_isReading)
        m_readAgain = true;
    else if (!m_pause.isActive())
        m_pause.start();
}

void TextReading::readSome()
{
    if (m_isBusy())
        return wake();
    m_isReading = true;
    m_readAgain = false;
    m_reading = base::runOn(&m_thread, [mail = m_mailbox->mail(), now = m_clock.now()](const base::Cancellation &cancellation) { return readSomeTexts(*mail, now, cancellation); });
    base::whenReady(this, m_reading, [this](const base::Result<bool> &hasMore) {
        m_isReading = false;
        const bool isBehind = hasMore && *hasMore;
        if (isBehind || m_readAgain)
            wake();
        if (std::exchange(m_isBehind, isBehind) != isBehind)
            Q_EMIT behindChanged(isBehind);
    });
}

} // namespace app
