// SPDX-License-Identifier: GPL-3.0-or-later
// Address lists of RFC 5322 section 3.4 and 4.4. A reader of our own, because an address decides about identity: GMime 3.2.15
// overflows the stack on "a:a:a:..." and reads an address list differently from what is shown when comments are left open.
#include "mime/Address.h"

#include "mime/Charset.h"
#include "mime/Domain.h"
#include "mime/EncodedWord.h"
#include "mime/Header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

constexpr qsizetype kLongestLocalPart = 64; // RFC 5321 section 4.5.3.1

bool isAtomCharacter(char c)
{
    static constexpr auto kAllowed = [] {
        std::array<bool, 256> allowed{};
        for (std::size_t i = ' ' + 1; i < allowed.size(); ++i)
            allowed[i] = i != 127;
        for (const char special : {'(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '.', '"'})
            allowed[static_cast<unsigned char>(special)] = false;
        return allowed;
    }();
    return kAllowed[static_cast<unsigned char>(c)];
}

struct Token {
    enum class Kind { Atom, Quoted, Literal, Comment, Special };
    Kind kind = Kind::Special;
    QByteArray text;        ///< Without quotes or parentheses, escapes undone; a literal keeps its brackets.
    bool isAfterBlank = false;

    bool is(char c) const { return kind == Kind::Special && text[0] == c; }
};

class Tokenizer
{
public:
    explicit Tokenizer(QByteArray text) : m_text(std::move(text)) {}

    QList<Token> run()
    {
        QList<Token> tokens;
        bool isAfterBlank = false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == ' ' || c == '\t') {
                isAfterBlank = true;
                ++m_at;
                continue;
            }
            Token token = next(c);
            token.isAfterBlank = isAfterBlank;
            isAfterBlank = token.kind == Token::Kind::Comment;
            tokens.append(std::move(token));
        }
        return tokens;
    }

private:
    Token next(char c)
    {
        if (c == '"')
            return {Token::Kind::Quoted, delimited('"'), false};
        if (c == '[')
            return {Token::Kind::Literal, '[' + delimited(']') + ']', false};
        if (c == '(')
            return {Token::Kind::Comment, comment(), false};
        const qsizetype begin = m_at;
        m_at = encodedWordEnd(begin);
        while (m_at < m_text.size() && isAtomCharacter(m_text[m_at]))
            ++m_at;
        if (m_at > begin)
            return {Token::Kind::Atom, m_text.sliced(begin, m_at - begin), false};
        ++m_at;
        return {Token::Kind::Special, QByteArray(1, c), false};
    }

    // A name in "=?utf-8?Q?Doe,_J?=" must not have the comma (RFC 2047 section 5), and many programs write it. Nothing in it passes for an address.
    // `begin` if there is no such word.
    [[nodiscard]] qsizetype encodedWordEnd(qsizetype begin) const
    {
        constexpr qsizetype kLongest = 1000;
        const QByteArrayView text = QByteArrayView(m_text).sliced(begin, qMin(kLongest, m_text.size() - begin));
        const qsizetype kind = text.startsWith("=?") ? text.indexOf('?', 2) + 1 : 0;
        const qsizetype end = kind > 0 && text.sliced(kind).size() > 2 && text[kind + 1] == '?' ? text.indexOf("?=", kind + 2) : -1;
        const auto mayNotStand = [](char c) { return QByteArrayView(" \t<>@\"").contains(c); };
        return end < 0 || std::any_of(text.begin(), text.begin() + end, mayNotStand) ? begin : begin + end + 2;
    }

    QByteArray delimited(char end)
    {
        QByteArray text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != end; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += m_text[m_at];
        }
        ++m_at;
        return text;
    }

    QByteArray comment()
    {
        QByteArray text;
        int depth = 1;
        for (++m_at; m_at < m_text.size() && depth > 0; ++m_at) {
            const char c = m_text[m_at];
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\\' && m_at + 1 < m_text.size())
                text += m_text[++m_at];
            else if (depth > 0)
                text += c;
        }
        return text;
    }

    QByteArray m_text;
    qsizetype m_at = 0;
};

QString quotedLocalPart(const QString &local)
{
    QString escaped = local;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + escaped + u'"';
}

bool isDotAtom(const QString &local)
{
    for (const QString &atom : local.split(u'.')) {
        const QByteArray utf8 = atom.toUtf8();
        if (utf8.isEmpty() || !std::all_of(utf8.begin(), utf8.end(), isAtomCharacter) || withoutControls(atom) != atom)
            return false;
    }
    return true;
}

// local@domain out of the tokens of one addr-spec; empty if they are none.
QString readMailbox(const QList<Token> &tokens)
{
    QByteArray sides[2];
    int side = 0;
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const Token &token = tokens[i];
        if (token.kind == Token::Kind::Comment)
            continue;
        if (token.is('@')) {
            if (++side > 1)
                return {};
        } else if (token.is('.') || token.kind != Token::Kind::Special) {
            // Two words without a dot between them are no part of an address.
            const bool isWord = !token.is('.');
            if (isWord && !sides[side].isEmpty() && !sides[side].endsWith('.'))
                return {};
            sides[side] += token.text;
        } else {
            return {};
        }
    }
    const auto hasControls = [](const QString &text) { return withoutControls(text) != text; };
    const QString local = decodeHeaderCharset(sides[0], "utf-8").text;
    const QString domain = decodeHeaderCharset(sides[1], "utf-8").text;
    if (side != 1 || local.isEmpty() || domain.isEmpty() || domain.contains(u'@') || hasControls(local) || hasControls(domain))
        return {};
    return (isDotAtom(local) ? local : quotedLocalPart(local)) + u'@' + domain;
}

class ListReader
{
public:
    ListReader(QList<Token> tokens, QByteArrayView rawCharset) : m_tokens(std::move(tokens)), m_rawCharset(rawCharset) {}

    QList<Address> run()
    {
        while (m_at < m_tokens.size()) {
            const Token &token = m_tokens[m_at++];
            if (token.is(',') && isNameBegun())
                m_pending.append(token);
            else if (token.is(',') || token.is(';'))
                finishItem();
            else if (token.is(':'))
                leaveOut(std::exchange(m_pending, {})); // the name of a group (RFC 5322 section 3.4); its members follow
            else if (token.is('<'))
                readAngle();
            else
                m_pending.append(token);
        }
        finishItem();
        return std::move(m_addresses);
    }

    [[nodiscard]] QString leftOut() const { return cleanName(m_leftOut); }

private:
    void leaveOut(const QList<Token> &tokens) { m_leftOut += joined(tokens) + ' '; }

    static QByteArray joined(const QList<Token> &tokens)
    {
        QByteArray text;
        for (const Token &token : tokens) {
            if ((token.isAfterBlank || token.kind == Token::Kind::Comment) && !text.isEmpty())
                text += ' ';
            text += token.text; // in place: there may be very many
        }
        return text;
    }

    static QList<Token> commentsIn(QList<Token> tokens)
    {
        tokens.removeIf([](const Token &token) { return token.kind != Token::Kind::Comment; });
        return tokens;
    }

    // "Foo, Inc. <foo@example.org>": a comma that should be in quotes.
    [[nodiscard]] bool isNameBegun() const
    {
        constexpr qsizetype kMostTokens = 40; // looked through again at each comma
        const auto isWord = [](const Token &token) { return token.kind == Token::Kind::Atom; };
        const auto isAt = [](const Token &token) { return token.is('@'); };
        return !m_hasAngle && m_pending.size() < kMostTokens && std::any_of(m_pending.begin(), m_pending.end(), isWord) && std::none_of(m_pending.begin(), m_pending.end(), isAt);
    }

    void readAngle()
    {
        if (!m_pending.isEmpty() && m_pending.constLast().is(','))
            m_pending.removeLast();
        leaveOut(commentsIn(m_pending));
        m_pending.removeIf([](const Token &token) { return token.kind == Token::Kind::Comment; });
        const QString name = phrase(std::exchange(m_pending, {}));
        QList<Token> inside;
        while (m_at < m_tokens.size() && !m_tokens[m_at].is('>') && !m_tokens[m_at].is('<')) {
            const Token &token = m_tokens[m_at++];
            if (token.is(':')) { // obsolete route (RFC 5322 section 4.4)
                leaveOut(std::exchange(inside, {}));
            } else if (token.is(',')) {
                add(name, inside);
                inside.clear();
            } else {
                inside.append(token);
            }
        }
        if (m_at < m_tokens.size() && m_tokens[m_at].is('>'))
            ++m_at;
        add(name, inside);
        m_hasAngle = true;
    }

    void finishItem()
    {
        if (m_hasAngle)
            leaveOut(m_pending);
        else
            readBare();
        m_pending.clear();
        m_hasAngle = false;
    }

    // Without angle brackets: the last words that form an address; what stands before is a name, as is a comment.
    void readBare()
    {
        const auto comma = std::find_if(m_pending.crbegin(), m_pending.crend(), [](const Token &token) { return token.is(','); });
        const qsizetype start = comma.base() - m_pending.cbegin();
        leaveOut(m_pending.first(start));
        m_pending.remove(0, start);
        const QList<Token> comments = commentsIn(m_pending);
        m_pending.removeIf([](const Token &token) { return token.kind == Token::Kind::Comment; });
        const auto at = std::find_if(m_pending.begin(), m_pending.end(), [](const Token &token) { return token.is('@'); });
        if (at == m_pending.end())
            return leaveOut(m_pending + comments);
        qsizetype begin = at - m_pending.begin();
        while (begin > 0 && (m_pending[begin - 1].is('.') || begin == at - m_pending.begin() || m_pending[begin].is('.')))
            --begin;
        const QString before = phrase(m_pending.first(begin));
        if (!before.isEmpty())
            leaveOut(comments);
        add(before.isEmpty() ? phrase(comments) : before, m_pending.sliced(begin));
    }

    void add(const QString &name, const QList<Token> &tokens)
    {
        const QString mailbox = readMailbox(tokens);
        leaveOut(mailbox.isEmpty() ? tokens : commentsIn(tokens));
        if (!mailbox.isEmpty())
            m_addresses.append({name, mailbox});
    }

    QString cleanName(const QByteArray &raw) const { return withoutControls(decodeEncodedWords(raw, m_rawCharset)).simplified(); }

    QString phrase(const QList<Token> &tokens) const { return cleanName(joined(tokens)); }

    QList<Token> m_tokens;
    QByteArrayView m_rawCharset;
    qsizetype m_at = 0;
    QList<Token> m_pending;
    bool m_hasAngle = false;
    QList<Address> m_addresses;
    QByteArray m_leftOut;
};

bool isPlainLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Letters, digits, hyphens and what else is allowed, in words with one `separator` between two.
bool areWords(QByteArrayView text, char separator, QByteArrayView others)
{
    bool isInWord = false;
    for (const char c : text) {
        const bool isWord = isPlainLetter(c) || others.contains(c);
        if (!isWord && (c != separator || !isInWord))
            return false;
        isInWord = isWord;
    }
    return isInWord;
}

/// "bob@example.org" and "Bob Builder <bob@example.org>", as nearly all are, without taking them apart into tokens.
std::optional<Address> plainAddress(QByteArrayView text)
{
    QByteArrayView name;
    QByteArrayView mailbox = text;
    if (text.endsWith('>')) {
        const qsizetype angle = text.indexOf('<');
        name = text.first(qMax<qsizetype>(angle, 0)).trimmed();
        mailbox = text.sliced(angle + 1).chopped(1);
        if (angle < 0 || (!name.isEmpty() && !areWords(name, ' ', "-")))
            return std::nullopt;
    }
    const qsizetype at = mailbox.indexOf('@');
    if (at < 0 || !areWords(mailbox.first(at), '.', "-_+") || !areWords(mailbox.sliced(at + 1), '.', "-"))
        return std::nullopt;
    return Address{QString::fromLatin1(name), QString::fromLatin1(mailbox)};
}

bool isAddressLiteral(const QString &domain)
{
    if (!domain.startsWith(u'[') || !domain.endsWith(u']') || domain.size() < 3)
        return false;
    const QString inside = domain.sliced(1, domain.size() - 2);
    const QString digits = inside.startsWith("IPv6:"_L1, Qt::CaseInsensitive) ? inside.mid(5) : inside;
    return !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) { return u"0123456789abcdefABCDEF.:"_s.contains(c); });
}

QByteArray formatName(const QString &name)
{
    const QString clean = withoutControls(name).simplified();
    const QByteArray utf8 = clean.toUtf8();
    constexpr qsizetype kLongestWord = 200;
    if (!isAscii(utf8) || utf8.contains("=?") || utf8.size() > kLongestWord)
        return encodeWords(clean);
    if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return c == ' ' || isAtomCharacter(c); }))
        return utf8;
    QByteArray escaped = utf8;
    escaped.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + escaped + '"';
}

// An ASCII local part can be sent anywhere if the domain is given by its A-labels.
QByteArray formatMailbox(const QString &mailbox)
{
    const QString clean = withoutControls(mailbox);
    const qsizetype at = clean.lastIndexOf(u'@');
    const QString ascii = toAsciiDomain(clean.mid(at + 1));
    const bool isAsciiLocal = isAscii(clean.left(at).toUtf8());
    return at > 0 && isAsciiLocal && !ascii.isEmpty() && !isAscii(clean.toUtf8()) ? (clean.left(at + 1) + ascii).toUtf8() : clean.toUtf8();
}

QString withName(const QString &name, const QString &mailbox)
{
    return name.isEmpty() ? mailbox : name + u" <"_s + mailbox + u'>';
}

bool isInLocalPart(QChar c)
{
    return !c.isSpace() && !u"@()<>[],;:"_s.contains(c);
}

/// The end of what reads like a domain: words with a dot, or any other sign that may look like one, between them. `begin` if nothing does.
qsizetype domainEnd(const QString &name, qsizetype begin)
{
    qsizetype end = begin;
    bool hasDot = false;
    for (qsizetype i = begin; i < name.size() && !name[i].isSpace() && name[i] != u'@'; ++i) {
        if (!name[i].isLetterOrNumber() && !name[i].isSurrogate() && name[i] != u'-')
            continue;
        hasDot = hasDot || (end > begin && i > end);
        end = i + 1;
    }
    return hasDot ? end : begin;
}

// "Bob @ Work" and "bob@example.org (Bob)" deceive nobody, and a warning that comes for nothing is not read.
bool readsLikeAnotherAddress(QString name, const QString &mailbox)
{
    name.replace(u" @"_s, u"@"_s).replace(u"@ "_s, u"@"_s);
    for (qsizetype at = name.indexOf(u'@'); at >= 0; at = name.indexOf(u'@', at + 1)) {
        const qsizetype end = domainEnd(name, at + 1);
        qsizetype begin = at;
        while (end > at + 1 && begin > 0 && isInLocalPart(name[begin - 1]))
            --begin;
        if (end > at + 1 && !isSameMailbox(name.sliced(begin, end - begin), mailbox))
            return true;
    }
    return false;
}

} // namespace

QList<Address> parseAddresses(const QByteArray &headerValue, QByteArrayView rawCharset)
{
    const QByteArray text = unfold(headerValue);
    if (std::optional<Address> address = plainAddress(text))
        return {*std::move(address)};
    return ListReader(Tokenizer(text).run(), rawCharset).run();
}

QString textLeftOut(const QByteArray &headerValue)
{
    const QByteArray text = unfold(headerValue);
    if (plainAddress(text))
        return {};
    ListReader reader(Tokenizer(text).run(), {});
    reader.run();
    return reader.leftOut();
}

QList<Address> parseAddresses(const QString &text)
{
    return parseAddresses(text.toUtf8());
}

QByteArray formatAddresses(const QList<Address> &addresses)
{
    QByteArray result;
    for (const Address &address : addresses) {
        if (!result.isEmpty())
            result += ", ";
        const QByteArray name = formatName(address.name);
        result += name.isEmpty() ? formatMailbox(address.mailbox) : name + " <" + formatMailbox(address.mailbox) + '>';
    }
    return result;
}

QString displayText(const Address &address)
{
    return withName(withoutControls(address.name).simplified(), displayMailbox(address.mailbox));
}

QString editableText(const Address &address)
{
    const QString mailbox = displayMailbox(address.mailbox);
    QString name = withoutControls(address.name).simplified();
    const QString plain = withName(name, mailbox);
    const QList<Address> read = parseAddresses(plain);
    // Other programs take the first address that they see, also where it is the name, and end a name at its comma.
    if (!name.contains(u'@') && !name.contains(u',') && read.size() == 1 && read[0].name == name && isSameMailbox(read[0].mailbox, address.mailbox))
        return plain;
    name.replace(u'"', u'\'').remove(u'\\');
    return name.isEmpty() ? mailbox : u"\"%1\" <%2>"_s.arg(name, mailbox);
}

QString editableListText(const QList<Address> &addresses)
{
    QStringList texts;
    for (const Address &address : addresses)
        texts.append(editableText(address));
    return texts.join(u", "_s);
}

bool namesAnotherMailbox(const Address &address)
{
    // Full-width and small signs read like the common ones. Lists ask for each row that they paint, and a name may be as long as a header.
    constexpr qsizetype kLongestMailbox = 400;
    const bool hasSign = std::any_of(address.name.begin(), address.name.end(), [](QChar c) { return c == u'@' || c == u'\uFF20' || c == u'\uFE6B'; });
    if (!hasSign || address.name.size() > kLongestMailbox)
        return hasSign;
    const QString name = address.name.normalized(QString::NormalizationForm_KC).simplified().remove(u'"').remove(u'\'');
    return readsLikeAnotherAddress(name, address.mailbox);
}

bool isVisible(const QString &name)
{
    // Letters by their category, and the Braille pattern without a dot: blanks.
    constexpr std::array<char32_t, 5> kFillers{0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0};
    const QList<uint> characters = name.toUcs4();
    return std::any_of(characters.begin(), characters.end(), [&kFillers](char32_t c) {
        return QChar::isPrint(c) && !QChar::isSpace(c) && !QChar::isMark(c) && std::find(kFillers.begin(), kFillers.end(), c) == kFillers.end();
    });
}

QString shortText(const Address &address)
{
    return !isVisible(address.name) || namesAnotherMailbox(address) ? displayMailbox(address.mailbox) : address.name;
}

MailboxSet::MailboxSet(const QStringList &mailboxes)
{
    for (const QString &mailbox : mailboxes)
        insert(mailbox);
}

MailboxSet::MailboxSet(const QList<Address> &addresses)
{
    for (const Address &address : addresses)
        insert(address.mailbox);
}

void MailboxSet::insert(const QString &mailbox)
{
    if (const QString comparable = base::normalisedMailbox(mailbox); !comparable.isEmpty())
        m_comparable.insert(comparable);
}

bool MailboxSet::contains(const QString &mailbox) const
{
    return m_comparable.contains(base::normalisedMailbox(mailbox));
}

bool isValidMailbox(const QString &mailbox)
{
    const qsizetype at = mailbox.lastIndexOf(u'@');
    if (at < 1)
        return false;
    const QString local = mailbox.left(at);
    const QString domain = mailbox.mid(at + 1);
    if (local.toUtf8().size() > kLongestLocalPart || (!isAddressLiteral(domain) && toAsciiDomain(domain).isEmpty()))
        return false;
    if (isDotAtom(local))
        return true;
    const QList<Address> read = parseAddresses(mailbox);
    return local.startsWith(u'"') && read.size() == 1 && read[0].name.isEmpty() && read[0].mailbox == mailbox;
}

} // namespace mime
