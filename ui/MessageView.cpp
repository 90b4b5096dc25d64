// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessageView.h"

#include "app/MessageListModel.h"
#include "mime/Address.h"
#include "ui/AttachmentBar.h"
#include "ui/AttachmentSaving.h"
#include "ui/Dates.h"
#include "ui/ElidedLabel.h"
#include "ui/FindBar.h"
#include "ui/LongText.h"
#include "ui/MessageBrowser.h"
#include "ui/MessagePrinting.h"
#include "ui/RelaySight.h"
#include "ui/SideText.h"
#include "ui/Signs.h"
#include "ui/Switch.h"
#include "ui/TextZoom.h"
#include "ui/Theme.h"
#include "ui/VerdictBanner.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QTabBar>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kHeightForReasons = 420;
constexpr int kHeightForWholeHeader = 360;
constexpr int kLeastText = 110;
constexpr int kLeastLines = 64;
constexpr int kLeastOutside = 60;

// What a header may say before it is shortened: whoever wrote it decides on none of the window's size. The whole stands in "What the server sees".
constexpr qsizetype kLongestSubject = 200;
constexpr qsizetype kLongestName = 64;
constexpr qsizetype kMostPeople = 6;
constexpr QStringView kBetweenPeople = u" · ";
constexpr qsizetype kLongestOutside = qsizetype{64} << 10;

QLabel *asText(QLabel *label)
{
    label->setTextFormat(Qt::PlainText);
    takeAnyWidth(label);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString joined(const QList<mime::Address> &addresses)
{
    QStringList texts;
    for (const mime::Address &address : addresses.first(qMin(kMostPeople, addresses.size())))
        texts += breakable(mime::editableText({shortened(address.name, kLongestName), address.mailbox}));
    const QString first = texts.join(u", "_s);
    const int others = int(addresses.size() - texts.size());
    return others > 0 ? first + u' ' + MessageView::tr("and %n more", nullptr, others) : first;
}

/// What was encrypted and has no value outside was left out there.
QString serverText(const smime::ShownField &field)
{
    const bool isHidden = field.protection == smime::CryptographicStatus::Encrypted || field.protection == smime::CryptographicStatus::SignedAndEncrypted;
    return field.outer.value_or(isHidden ? MessageView::tr("nothing") : MessageView::tr("the same"));
}

QString fieldProtectionText(smime::CryptographicStatus protection)
{
    switch (protection) {
    case smime::CryptographicStatus::None: return MessageView::tr("not protected");
    case smime::CryptographicStatus::Signed: return MessageView::tr("signed");
    case smime::CryptographicStatus::Encrypted: return MessageView::tr("encrypted");
    case smime::CryptographicStatus::SignedAndEncrypted: return MessageView::tr("signed and encrypted");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString attachmentNote(const smime::Attachment &attachment, smime::Summary summary)
{
    const bool isProtectedMail = summary != smime::Summary::Plain && summary != smime::Summary::Malformed;
    return attachment.protection == smime::CryptographicStatus::None && isProtectedMail ? MessageView::tr("not protected") : QString();
}

MessageView::MessageView(QWidget *parent) : QWidget(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makeMessagePage());
    m_zoom = new TextZoom({m_browser, m_serverSight, m_outside}, this);
    m_actions = ReadingActions::of(this);
    connectActions();
}

void MessageView::connectActions()
{
    connect(m_actions.find, &QAction::triggered, m_find, &FindBar::open);
    connect(m_actions.findNext, &QAction::triggered, m_find, [this] { m_find->step(FindBar::Direction::Forwards); });
    connect(m_actions.findPrevious, &QAction::triggered, m_find, [this] { m_find->step(FindBar::Direction::Backwards); });
    connect(m_actions.enlarge, &QAction::triggered, m_zoom, &TextZoom::enlarge);
    connect(m_actions.reduce, &QAction::triggered, m_zoom, &TextZoom::reduce);
    connect(m_actions.normalSize, &QAction::triggered, m_zoom, [this] { m_zoom->setPercent(100); });
    connect(m_actions.print, &QAction::triggered, this, [this] { askToPrint(this); });
    connect(m_zoom, &TextZoom::changed, this, &MessageView::shareHeight);
}

QWidget *MessageView::makeEmptyPage()
{
    auto *page = new QWidget(this);
    m_emptyText = asText(new QLabel(page));
    m_emptyText->setObjectName(u"emptyText"_s);
    m_emptyText->setAlignment(Qt::AlignHCenter);
    QFont font = m_emptyText->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_emptyText->setFont(font);
    m_emptyText->setForegroundRole(QPalette::PlaceholderText);
    m_emptyHint = asText(new QLabel(page));
    m_emptyHint->setAlignment(Qt::AlignHCenter);
    m_emptyHint->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(2 * kAround, kAround, 2 * kAround, kAround);
    column->setSpacing(kBetween);
    column->addStretch(2);
    column->addWidget(m_emptyText);
    column->addWidget(m_emptyHint);
    column->addStretch(3);
    return page;
}

QWidget *MessageView::makeMessagePage()
{
    auto *page = new QWidget(this);
    // In the order in which Tab goes through them.
    m_header = makeHeader();
    m_parts = new QTabBar(page);
    m_parts->setObjectName(u"protectedParts"_s);
    m_parts->setAccessibleName(tr("Protected parts"));
    m_parts->setDrawBase(false);
    m_parts->setExpanding(false);
    connect(m_parts, &QTabBar::currentChanged, this, &MessageView::showPart);
    m_banner = new VerdictBanner(page);
    connect(m_banner, &VerdictBanner::certificateRequested, this, &MessageView::certificateRequested);
    connect(m_banner, &VerdictBanner::expandedChanged, this, &MessageView::shareHeight);
    connect(m_banner, &VerdictBanner::inspectorRequested, this, &MessageView::inspectorRequested);
    connect(m_banner, &VerdictBanner::passwordRequested, this, &MessageView::passwordRequested);
    m_browser = new MessageBrowser(page);
    connect(m_browser, &MessageBrowser::linkRequested, this, &MessageView::linkRequested);
    m_browser->setMinimumHeight(kLeastLines);
    m_serverSight = makeSideText(u"serverSight"_s, tr("What the server sees"), QPalette::AlternateBase, page);
    m_serverSight->hide();
    m_outside = makeSideText(u"unprotectedText"_s, tr("Outside the protected part"), QPalette::Window, page);
    m_outside->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_outside->hide();
    m_attachments = new AttachmentBar(page);
    connect(m_attachments, &AttachmentBar::openRequested, this, &MessageView::openAttachmentRequested);
    connect(m_attachments, &AttachmentBar::saveRequested, this, &MessageView::saveAttachmentRequested);
    connect(m_attachments, &AttachmentBar::saveAllRequested, this, &MessageView::saveAllAttachmentsRequested);
    auto *partsPlace = new QVBoxLayout;
    partsPlace->setContentsMargins(kAround, 0, kAround, 0);
    partsPlace->addWidget(m_parts);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(partsPlace);
    column->addWidget(m_banner); // From edge to edge, where no letter reaches.
    column->addWidget(m_browser, 1);
    column->addWidget(m_serverSight, 1);
    column->addWidget(m_outside);
    column->addWidget(m_attachments);
    m_find = new FindBar(page);
    m_find->setTarget(m_browser);
    column->addWidget(m_find);
    return page;
}

QWidget *MessageView::makeHeader()
{
    auto *header = new QWidget(this);
    m_subject = asText(new ElidedLabel(header));
    m_subject->setObjectName(u"messageSubject"_s);
    QFont large = m_subject->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setWeight(QFont::DemiBold);
    m_subject->setFont(large);
    m_from = asText(new ElidedLabel(header, Qt::ElideMiddle));
    m_from->setObjectName(u"messageFrom"_s);
    m_date = asText(new QLabel(header));
    m_date->setWordWrap(false);
    m_date->setMinimumWidth(0);
    m_date->setForegroundRole(QPalette::PlaceholderText);
    m_to = asText(new ElidedLabel(header));
    m_to->setObjectName(u"messageTo"_s);
    m_to->setForegroundRole(QPalette::PlaceholderText);
    m_headerNote = asText(new QLabel(header));
    m_headerNote->setObjectName(u"headerNote"_s);
    m_headerNote->setForegroundRole(QPalette::PlaceholderText);
    m_note = asText(new QLabel(header));
    m_note->setObjectName(u"messageNote"_s);
    m_note->hide();
    m_serverSwitch = new Switch(tr("What the se&rver sees"), header);
    m_serverSwitch->setObjectName(u"serverSightSwitch"_s);
    m_serverSwitch->setAccessibleName(tr("What the server sees"));
    connect(m_serverSwitch, &Switch::toggled, this, &MessageView::showServerSight);
    auto *line = new QHBoxLayout;
    line->setSpacing(kAround);
    line->addWidget(m_from, 1);
    line->addWidget(m_date, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(header);
    column->setContentsMargins(kAround, 12, kAround, 12);
    column->setSpacing(kInsideGroup);
    column->addWidget(m_subject);
    column->addLayout(line);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(kAround);
    lower->addWidget(m_to, 1);
    lower->addWidget(m_serverSwitch, 0, Qt::AlignTop);
    column->addLayout(lower);
    column->addWidget(m_headerNote);
    column->addWidget(m_note);
    return header;
}

QString MessageView::outsideText() const { return m_outside->toPlainText(); }

bool MessageView::hasMessage() const { return m_pages && m_pages->currentIndex() == 1; }

void MessageView::showNothing(const QString &text, const QString &hint)
{
    m_message = {};
    m_emptyText->setText(text);
    m_emptyHint->setText(hint);
    m_emptyHint->setVisible(!hint.isEmpty());
    m_pages->setCurrentIndex(0);
    // Nothing of the letter stays behind the empty page: perhaps the keys were locked.
    for (QLabel *label : {m_subject, m_from, m_date, m_to, m_headerNote, m_note})
        label->clear();
    m_browser->showText({});
    m_attachments->setItems({});
    m_outside->clear();
    m_octets.clear();
    m_serverSight->clear();
    m_actions.setEnabled(false);
}

void MessageView::showMessage(const smime::OpenedMessage &message, const app::VerdictPresentation &presentation, const QByteArray &octets)
{
    m_message = message;
    m_octets = octets;
    setNote({});
    m_presentation = presentation;
    fillHeader(message);
    fillParts();
    showPart(0);
    fillOutside(message);
    m_serverSwitch->setVisible(!octets.isEmpty());
    m_serverSwitch->setChecked(false);
    m_pages->setCurrentIndex(1);
    m_actions.setEnabled(true);
}

// Only a message with several protected parts has a choice: each is read by itself, under its own verdict.
void MessageView::fillParts()
{
    const QSignalBlocker quiet(m_parts);
    while (m_parts->count() > 0)
        m_parts->removeTab(0);
    const auto addPart = [this](const smime::Verdict &verdict) {
        const app::SealSign seal = app::signFor(verdict);
        const int tab = m_parts->addTab(signIcon(seal, app::Severity::Neutral), tr("Protected part %1").arg(m_parts->count() + 1));
        m_parts->setTabToolTip(tab, app::signText(seal));
    };
    addPart(m_message.verdict);
    for (const smime::OpenedMessage &part : m_message.further)
        addPart(part.verdict);
    m_parts->setVisible(!m_message.further.empty());
}

const smime::OpenedMessage &MessageView::shownPart() const
{
    const int further = m_parts ? m_parts->currentIndex() - 1 : -1;
    return further < 0 || further >= int(m_message.further.size()) ? m_message : m_message.further[std::size_t(further)];
}

void MessageView::showPart(int index)
{
    const smime::OpenedMessage &part = shownPart();
    m_banner->setHasCertificate(!part.verdict.signature.signers.isEmpty() && !part.verdict.signature.signers.constFirst().certificate.isEmpty());
    m_banner->setOffersPassword(m_offersOpening && part.needsPassword());
    m_banner->setPresentation(index == 0 ? m_presentation : app::presentVerdict(part.verdict, app::verdictContextOf(part, QDateTime::currentDateTimeUtc())));
    // In a small window the reasons must not push the text out of sight.
    if (height() < kHeightForReasons)
        m_banner->setExpanded(false);
    fillText(part);
    fillAttachments(part);
}

void MessageView::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void MessageView::setBlindCopies(const QList<mime::Address> &readers)
{
    if (readers.isEmpty())
        return;
    QStringList to{m_to->text(), tr("blind copy to %1").arg(joined(readers))};
    to.removeAll({});
    m_to->setText(to.join(kBetweenPeople));
    m_to->show();
    shareHeight();
}

void MessageView::showServerSight(bool isShown)
{
    if (isShown)
        m_serverSight->setHtml(fieldTable() + serverSightHtml(m_octets, foundInside(m_message.verdict), palette()));
    m_serverSight->setVisible(isShown);
    m_browser->setVisible(!isShown);
    m_find->setTarget(isShown ? m_serverSight : m_browser);
}

// Field by field: what is read here, what the outside read, and how it is protected. RFC 9788 section 4.
QString MessageView::fieldTable() const
{
    const auto row = [](const QString &tag, const QStringList &cells) {
        QString html;
        for (const QString &cell : cells)
            html += u"<%1 align=\"left\">%2</%1>"_s.arg(tag, cell.toHtmlEscaped());
        return u"<tr>%1</tr>"_s.arg(html);
    };
    QString rows = row(u"th"_s, {tr("Field"), tr("You read"), tr("The server sees"), tr("Protection")});
    for (const smime::ShownField &field : m_message.headers)
        rows += row(u"td"_s, {QString::fromLatin1(field.name), field.value, serverText(field), fieldProtectionText(field.protection)});
    return u"<table width=\"100%\" cellpadding=\"4\">%1</table>"_s.arg(rows);
}

void MessageView::fillHeader(const smime::OpenedMessage &message)
{
    const QString subject = app::MessageListModel::subjectText(message.headerValue("Subject").simplified()); // A run of blanks begins a new line, which looks like another field.
    m_subject->setText(breakable(shortened(subject, kLongestSubject)));
    // A field of people may hold none: a name alone, or "undisclosed-recipients:;".
    const auto people = [&message](QByteArrayView name) {
        const smime::ShownField *field = message.header(name);
        return field ? joined(mime::parseAddresses(field->raw)) : QString();
    };
    const QString from = people("From");
    m_from->setText(from.isEmpty() ? tr("without a sender") : from);
    const QDateTime date = message.date();
    m_date->setText(spokenDate(date, QDateTime::currentDateTimeUtc()));
    m_date->setToolTip(exactDate(date));
    QStringList to;
    if (const QString sender = people("Sender"); !sender.isEmpty()) // Only there if it is another.
        to += tr("sent by %1").arg(sender);
    if (const QString readers = people("To"); !readers.isEmpty())
        to += tr("to %1").arg(readers);
    if (const QString readers = people("Cc"); !readers.isEmpty())
        to += tr("copy to %1").arg(readers);
    m_to->setText(to.join(kBetweenPeople));
    m_to->setVisible(!to.isEmpty());
    const smime::ShownField *shown = message.header("Subject");
    const bool differs = !m_octets.isEmpty() && shown && shown->outer && *shown->outer != shown->value;
    m_headerNote->setText(differs ? tr("The server sees this subject: %1").arg(breakable(shortened(shown->outer->simplified(), kLongestSubject))) : QString());
}

void MessageView::fillText(const smime::OpenedMessage &message)
{
    if (!message.html) {
        m_browser->showText(message.text);
        return;
    }
    QHash<QString, QByteArray> pictures;
    for (const smime::Attachment &attachment : message.attachments) {
        if (attachment.isInline)
            pictures.insert(QString::fromUtf8(attachment.contentId), attachment.content());
    }
    m_browser->showHtml(*message.html, pictures);
}

// What no signature and no encryption covers stands apart, below a line that says so.
void MessageView::fillOutside(const smime::OpenedMessage &message)
{
    QStringList texts;
    for (const smime::UnprotectedPart &part : message.unprotected)
        texts += part.text.trimmed();
    texts.removeAll({});
    m_outside->setVisible(!texts.isEmpty());
    m_outside->setPlainText(texts.isEmpty() ? QString()
                                            : tr("Outside the protected part, from anybody on the way:") + u"\n\n"_s + texts.join(u"\n\n"_s).left(kLongestOutside));
    shareHeight();
}

void MessageView::fillAttachments(const smime::OpenedMessage &message)
{
    QList<AttachmentItem> items;
    for (const smime::Attachment &attachment : message.attachments) {
        const bool isLetter = attachment.isLetter();
        items += {isLetter ? attachmentFileName(attachment) : attachment.name, attachment.type, attachment.sizeOctets,
                  attachmentNote(attachment, message.verdict.summary), isLetter && m_offersOpening};
    }
    m_attachments->setItems(items);
    m_attachments->followInTabOrder(m_outside);
}

// The reasons scroll before they push the letter's first lines out of sight, and so does what stands outside.
void MessageView::shareHeight()
{
    if (!m_find) // The last that is made.
        return;
    // In a low window each field of the header has one line, and the verdict the others.
    const bool isLow = height() < kHeightForWholeHeader;
    for (QLabel *label : {m_subject, m_from, m_to})
        label->setWordWrap(!isLow);
    m_headerNote->setVisible(!isLow && !m_headerNote->text().isEmpty());
    const int headlines = m_banner->headlinesHeight(width());
    const QLayout *header = m_header->layout();
    int others = (isLow ? header->totalSizeHint().height() : header->totalHeightForWidth(width())) + m_attachments->sizeHint().height() * int(!m_attachments->isHidden())
                 + m_parts->sizeHint().height() * int(!m_parts->isHidden());
    if (!m_outside->isHidden()) {
        m_outside->document()->setTextWidth(width());
        // Where there is little room, it gives way to the verdict, which has to be read whole.
        const int room = qMin(height() / 4, height() - others - headlines - kLeastLines);
        const int outside = qMin(int(std::ceil(m_outside->document()->size().height())), qMax(room, kLeastOutside));
        m_outside->setFixedHeight(outside);
        m_outside->document()->setTextWidth(m_outside->viewport()->width()); // Beside its scroll bar, where it has one.
        others += outside;
    }
    const int room = height() - others - headlines;
    const int text = int(std::ceil(m_browser->document()->size().height())) + 2 * m_browser->frameWidth();
    m_banner->setRoomForReasons(room - qBound(kLeastLines, text, kLeastText)); // A short letter leaves them more.
    m_browser->setMinimumHeight(qBound(1, room - m_banner->reasonsHeight(), kLeastLines));
}

void MessageView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_serverSwitch && m_serverSwitch->isChecked())
        showServerSight(true);
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareHeight();
}

} // namespace ui
