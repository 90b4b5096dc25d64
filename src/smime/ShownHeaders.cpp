// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/ShownHeaders.h"

#include "mime/Domain.h"
#include "mime/EncodedWord.h"
#include "smime/SignerAssessment.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

// What programs put in place of a subject that they hide; the last is demanded between German doctors (gemSMIME_KOMLE, KOM-LE-A_2102).
constexpr std::array kPlaceholders{""_L1, "[...]"_L1, "..."_L1, "Encrypted Message"_L1, "Encrypted message"_L1, "KOM-LE-Nachricht"_L1};

bool isSameField(const mime::Headers &a, const mime::Headers &b, QByteArrayView name)
{
    const mime::HeaderField *const first = a.first(name);
    const mime::HeaderField *const second = b.first(name);
    if (first && second && first->value == second->value)
        return true;
    return a.value(name).simplified() == b.value(name).simplified();
}

QStringList mailboxesOf(const QList<mime::Address> &addresses)
{
    QStringList mailboxes;
    for (const mime::Address &address : addresses)
        mailboxes.append(address.mailbox);
    return mailboxes;
}

bool areSameMailboxes(const QStringList &a, const QStringList &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), mime::isSameMailbox);
}

QString shownValue(const mime::Headers &headers, QByteArrayView name)
{
    if (name == "Date")
        return mime::withoutControls(QString::fromUtf8(headers.value(name)));
    if (!isAddressField(name))
        return headers.text(name);
    const QList<mime::Address> addresses = headers.addresses(name);
    return addresses.isEmpty() ? headers.text(name) : mime::editableListText(addresses);
}

/// Whoever reads it again no longer knows the charset of octets that are no UTF-8, nor that there was a second field.
QByteArray rawValue(const mime::Headers &headers, QByteArrayView name)
{
    const QByteArray value = headers.value(name);
    if (!isAddressField(name) || (mime::isUtf8(value) && headers.count(name) == 1))
        return value;
    const QList<mime::Address> addresses = headers.addresses(name);
    return addresses.isEmpty() ? value : mime::formatAddresses(addresses);
}

/// What stood outside when the message was written, by its own account: the HP-Outer fields as a header.
mime::Headers recordedOuter(const mime::Headers &inner)
{
    QByteArray lines;
    for (const mime::HeaderField &field : inner.all("HP-Outer"))
        lines += mime::unfold(field.value) + "\r\n";
    return mime::parseHeaders(lines);
}

/// Reads one message's header; holds what its functions share.
class HeaderReader
{
public:
    HeaderReader(const mime::Headers &outer, const mime::Headers &inner, HeaderScheme scheme, const HeaderContext &context)
        : m_outer(outer), m_inner(inner), m_recorded(recordedOuter(inner)), m_scheme(scheme), m_context(context) {}

    ShownHeaders read();

private:
    void readFrom();
    void readSender();
    void readOther(QByteArrayView name);
    void readReferences();
    void warnOfSenders(const QList<mime::Address> &senders, const mime::Headers &source);
    void warnOfNames(const QList<mime::Address> &senders);
    [[nodiscard]] bool hasDeceivingOuter() const;
    [[nodiscard]] bool isConfidential(QByteArrayView name) const;
    [[nodiscard]] CryptographicStatus protectionOf(QByteArrayView name) const;
    [[nodiscard]] bool isInnerFromBound(const QStringList &senders) const;
    [[nodiscard]] bool isProtecting() const { return m_scheme != HeaderScheme::None; }
    [[nodiscard]] bool isWholeInside(QByteArrayView name) const;
    void show(QByteArrayView name, const mime::Headers &source, CryptographicStatus protection);
    [[nodiscard]] const mime::Headers &sourceOf(QByteArrayView name) const
    {
        return isProtecting() && m_inner.first(name) ? m_inner : m_outer;
    }

    const mime::Headers &m_outer;
    const mime::Headers &m_inner;
    const mime::Headers m_recorded;
    const HeaderScheme m_scheme;
    const HeaderContext &m_context;
    ShownHeaders m_result;
};

// RFC 9788 section 4.3: by the sender's account for hp="cipher", by comparison for the older schemes. What stands outside all the same was read by
// everybody, whatever the sender says.
bool HeaderReader::isConfidential(QByteArrayView name) const
{
    switch (m_scheme) {
    case HeaderScheme::None:
    case HeaderScheme::Clear:
        return false;
    case HeaderScheme::Cipher:
        return (!m_recorded.first(name) || !isSameField(m_inner, m_recorded, name)) && !(m_outer.first(name) && isSameField(m_inner, m_outer, name));
    case HeaderScheme::Draft:
    case HeaderScheme::Wrapped:
        return !isSameField(m_inner, m_outer, name);
    }
    Q_UNREACHABLE_RETURN(false);
}

CryptographicStatus HeaderReader::protectionOf(QByteArrayView name) const
{
    const bool isEncrypted = m_context.isEncrypted && isConfidential(name);
    if (m_context.isSigned)
        return isEncrypted ? CryptographicStatus::SignedAndEncrypted : CryptographicStatus::Signed;
    return isEncrypted ? CryptographicStatus::Encrypted : CryptographicStatus::None;
}

void HeaderReader::show(QByteArrayView name, const mime::Headers &source, CryptographicStatus protection)
{
    if (!source.first(name))
        return;
    ShownField shown;
    shown.name = name.toByteArray();
    shown.value = shownValue(source, name);
    shown.raw = rawValue(source, name);
    shown.protection = protection;
    if (&source != &m_outer && m_outer.first(name) && !isSameField(source, m_outer, name))
        shown.outer = shownValue(m_outer, name);
    m_result.fields.append(std::move(shown));
}

bool HeaderReader::isInnerFromBound(const QStringList &senders) const
{
    return !m_context.bearing.isEmpty()
        && std::all_of(m_context.bearing.begin(), m_context.bearing.end(), [&senders](const Signer &signer) {
               return isBinding(signer.axes) && assessIdentity(signer, senders) == Identity::Match;
           });
}

void HeaderReader::readFrom()
{
    const QList<mime::Address> innerSenders = m_inner.addresses("From");
    const QList<mime::Address> outerSenders = m_outer.addresses("From");
    const QStringList inner = mailboxesOf(innerSenders);
    const QStringList outer = mailboxesOf(outerSenders);
    const bool isInner = isProtecting() && m_inner.first("From");
    const bool isSame = areSameMailboxes(inner, outer);
    m_result.isFromBound = isInner && (isSame || isInnerFromBound(inner));
    if (isInner && !m_result.isFromBound)
        m_result.warnings.append(warning::FromNotBound);
    // Whatever the sender says that he put there: everybody on the way, and other programs, saw somebody else.
    if (m_result.isFromBound && !isSame && !outer.isEmpty())
        m_result.warnings.append(warning::OuterHeaderDiffers);
    const bool showsInner = m_result.isFromBound || (isInner && outer.isEmpty());
    const mime::Headers &source = showsInner ? m_inner : m_outer;
    show("From", source, showsInner ? protectionOf("From") : CryptographicStatus::None);
    m_result.senders = showsInner ? inner : outer;
    warnOfSenders(showsInner ? innerSenders : outerSenders, source);
}

// RFC 5322 section 3.6.2: who sent it in the author's name. RFC 8550 section 3 lets the signer be either; here only the author counts, so that
// whoever signs as Sender is seen to be another.
void HeaderReader::readSender()
{
    const mime::Headers &source = isWholeInside("Sender") ? m_inner : sourceOf("Sender");
    const QStringList senders = mailboxesOf(source.addresses("Sender"));
    if (senders.isEmpty())
        return;
    const mime::MailboxSet authors(m_result.senders);
    if (std::all_of(senders.begin(), senders.end(), [&authors](const QString &sender) { return authors.contains(sender); }))
        return;
    show("Sender", source, &source == &m_inner ? protectionOf("Sender") : CryptographicStatus::None);
    // A mailing list puts itself there in every letter (RFC 2369, RFC 2919; Majordomo has a field of its own), and a warning that always comes is not read.
    const bool isList = &source == &m_outer && (m_outer.first("List-Id") || m_outer.first("List-Post") || m_outer.first("X-Mailing-List"));
    if (!m_context.bearing.isEmpty() && !isList)
        m_result.warnings.append(warning::SenderDiffers);
}

// Other programs may show another sender in what is left out here: "alice@example.org: mallory@example.net;".
void HeaderReader::warnOfSenders(const QList<mime::Address> &senders, const mime::Headers &source)
{
    if (senders.isEmpty())
        m_result.warnings.append(warning::NoFrom);
    const bool isAnotherLeftOut = senders.size() == 1 && mime::namesAnotherMailbox({mime::textLeftOut(source.value("From")), senders.first().mailbox});
    if (senders.size() > 1 || source.count("From") > 1 || isAnotherLeftOut)
        m_result.warnings.append(warning::SeveralFrom);
    warnOfNames(senders);
}

// "alice@example.org" <mallory@example.net>, "alice@example.org"@example.net, and addresses that look like others.
void HeaderReader::warnOfNames(const QList<mime::Address> &senders)
{
    for (const mime::Address &sender : senders) {
        if (mime::namesAnotherMailbox(sender) || sender.mailbox.count(u'@') > 1)
            m_result.warnings.append(warning::NameLooksLikeAddress);
        const QString domain = sender.mailbox.section(u'@', -1);
        const QStringList labels = mime::toUnicodeDomain(domain).split(u'.');
        if (!domain.startsWith(u'[') && std::any_of(labels.begin(), labels.end(), mime::isConfusable))
            m_result.warnings.append(warning::LookAlikeDomain);
        if (mime::isConfusableLocalPart(sender.mailbox.left(sender.mailbox.lastIndexOf(u'@'))))
            m_result.warnings.append(warning::LookAlikeLocalPart);
    }
}

// Then a field that stands only outside was added on the way. With RFC 9788 the inner header is the whole truth; its predecessors do not say so, but
// who protected sender and recipients protected all of them.
bool HeaderReader::isWholeInside(QByteArrayView name) const
{
    const bool hasPeople = isProtecting() && m_inner.first("From") && (m_inner.first("To") || m_inner.first("Cc"));
    return m_scheme == HeaderScheme::Clear || m_scheme == HeaderScheme::Cipher || (hasPeople && isAddressField(name));
}

void HeaderReader::readOther(QByteArrayView name)
{
    if (isProtecting() && m_inner.first(name))
        show(name, m_inner, protectionOf(name));
    else if (!isWholeInside(name))
        show(name, m_outer, CryptographicStatus::None);
}

// Only what deceives: an outer field that is not what its sender put there.
bool HeaderReader::hasDeceivingOuter() const
{
    const mime::Headers &expected = m_scheme == HeaderScheme::Cipher ? m_recorded : m_inner;
    return std::any_of(kShownFields.begin(), kShownFields.end(), [&](QByteArrayView name) {
        if (!m_outer.first(name) || (!isWholeInside(name) && !expected.first(name)))
            return false;
        const bool isPlaceholder = name == "Subject" && isSubjectPlaceholder(m_outer.text(name));
        return !isPlaceholder && !isSameField(expected, m_outer, name);
    });
}

void HeaderReader::readReferences()
{
    m_result.messageId = sourceOf("Message-ID").messageId();
    if (m_result.messageId.startsWith('<') && m_result.messageId.endsWith('>'))
        m_result.messageId = m_result.messageId.sliced(1, m_result.messageId.size() - 2);
    m_result.inReplyTo = sourceOf("In-Reply-To").value("In-Reply-To");
    m_result.references = sourceOf("References").value("References");
    m_result.date = sourceOf("Date").date();
    m_result.isReceiptRequested = m_outer.first("Disposition-Notification-To") || m_inner.first("Disposition-Notification-To");
}

ShownHeaders HeaderReader::read()
{
    m_result.scheme = m_scheme;
    readFrom();
    readSender();
    for (QByteArrayView name : kShownFields)
        if (name != "From")
            readOther(name);
    if (isProtecting() && !m_result.warnings.contains(warning::OuterHeaderDiffers) && hasDeceivingOuter())
        m_result.warnings.append(warning::OuterHeaderDiffers);
    readReferences();
    return std::move(m_result);
}

bool isWrapping(const mime::Headers &outer, QByteArrayView octets, const mime::Part &payload)
{
    const bool isMessage = payload.isType("message/rfc822") || payload.isType("message/global");
    if (!isMessage || payload.children.size() != 1 || payload.disposition.value == "attachment")
        return false;
    if (payload.type.hasParameter("forwarded"))
        return payload.type.parameter("forwarded").compare("no"_L1, Qt::CaseInsensitive) == 0;
    // Without the parameter: a forwarded mail has another sender, or another identity and time. Some gateways give what they wrap a new identity.
    const mime::Headers inner = mime::headersOf(octets, payload.children.front());
    const bool isSameSender = areSameMailboxes(mailboxesOf(inner.addresses("From")), mailboxesOf(outer.addresses("From")));
    const QByteArrayView telling = inner.first("Message-ID") ? "Message-ID" : "Subject";
    const bool isSameIdentity = inner.first(telling) && isSameField(inner, outer, telling);
    return isSameSender && (isSameIdentity || (inner.date() && inner.date() == outer.date()));
}

} // namespace

bool isAddressField(QByteArrayView name)
{
    return name != "Subject" && name != "Date";
}

HeaderScheme schemeOf(const mime::Headers &outer, QByteArrayView octets, const mime::Part &payload)
{
    const QString hp = payload.type.parameter("hp").toLower();
    if (hp == "cipher"_L1)
        return HeaderScheme::Cipher;
    if (hp == "clear"_L1)
        return HeaderScheme::Clear;
    if (payload.type.parameter("protected-headers") == "v1"_L1)
        return HeaderScheme::Draft;
    return isWrapping(outer, octets, payload) ? HeaderScheme::Wrapped : HeaderScheme::None;
}

bool isSubjectPlaceholder(const QString &subject)
{
    return std::find(kPlaceholders.begin(), kPlaceholders.end(), subject) != kPlaceholders.end();
}

const mime::Part &bodyRoot(const mime::Part &payload, HeaderScheme scheme)
{
    return scheme == HeaderScheme::Wrapped ? payload.children.front() : payload;
}

ShownHeaders readHeaders(const mime::Headers &outer, const mime::Headers &inner, HeaderScheme scheme, const HeaderContext &context)
{
    return HeaderReader{outer, inner, scheme, context}.read();
}

} // namespace smime
