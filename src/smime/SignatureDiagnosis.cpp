// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/SignatureDiagnosis.h"

#include "mime/Text.h"
#include "mime/TransferEncoding.h"
#include "provider/Sha256.h"
#include "smime/EntityComparison.h"
#include "smime/SignatureUndoing.h"

#include <QCryptographicHash>
#include <QList>
#include <QStringDecoder>
#include <QStringEncoder>
#include <algorithm>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

constexpr qsizetype kLargestTried = 4 * 1024 * 1024;
constexpr qsizetype kLongestFooterLines = 200;
constexpr qsizetype kMostOctetsInCopies = 24 * 1024 * 1024;
constexpr qsizetype kMostLinesCompared = 1'000'000;
constexpr qsizetype kShownOctets = 200;

std::optional<QCryptographicHash::Algorithm> algorithmOf(const QString &digest)
{
    const std::pair<QLatin1StringView, QCryptographicHash::Algorithm> known[] = {
        {"SHA-1"_L1, QCryptographicHash::Sha1},       {"SHA-224"_L1, QCryptographicHash::Sha224}, {"SHA-256"_L1, QCryptographicHash::Sha256},
        {"SHA-384"_L1, QCryptographicHash::Sha384},   {"SHA-512"_L1, QCryptographicHash::Sha512}, {"SHA3-256"_L1, QCryptographicHash::Sha3_256},
        {"SHA3-512"_L1, QCryptographicHash::Sha3_512}};
    for (const auto &[name, algorithm] : known)
        if (digest == name)
            return algorithm;
    return std::nullopt;
}

// A hundred candidates are hashed, and nearly all letters are signed with the one that the processor helps with.
QByteArray digestBy(QCryptographicHash::Algorithm algorithm, const QByteArray &octets)
{
    return algorithm == QCryptographicHash::Sha256 ? provider::sha256Of(octets) : QCryptographicHash::hash(octets, algorithm);
}

QByteArray withLineFeeds(QByteArray octets)
{
    return octets.replace("\r\n", "\n");
}

/// Every line changed by `change`; line ends stay CRLF.
template <typename Change>
QByteArray mapLines(const QByteArray &octets, Change change)
{
    const QByteArray text = withLineFeeds(octets);
    QByteArray result;
    result.reserve(octets.size());
    const QList<QByteArrayView> lines = linesOf(text);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0)
            result.append("\r\n");
        result.append(change(lines[i]));
    }
    return result;
}

QByteArray withoutTrailingSpace(const QByteArray &octets)
{
    return mapLines(octets, [](QByteArrayView line) {
        while (line.endsWith(' ') || line.endsWith('\t'))
            line.chop(1);
        return line;
    });
}

// The blank of the line before a signature (RFC 3676 section 4.3) is the one that is lost most often.
QByteArray withSignatureBlanks(const QByteArray &octets)
{
    return mapLines(octets, [](QByteArrayView line) { return line == QByteArrayView("--") ? QByteArrayView("-- ") : line; });
}

// ">From " as in all mailbox files, or with one mark more for each that was there, or as quoted-printable can write it.
QList<QByteArray> withoutFromEscapes(const QByteArray &octets)
{
    const auto isQuotedFrom = [](QByteArrayView line) {
        while (line.startsWith('>'))
            line = line.sliced(1);
        return line.startsWith("From ");
    };
    return {mapLines(octets, [](QByteArrayView line) { return line.startsWith(">From ") ? line.sliced(1) : line; }),
            mapLines(octets, [&](QByteArrayView line) { return line.startsWith('>') && isQuotedFrom(line) ? line.sliced(1) : line; }),
            mapLines(octets, [](QByteArrayView line) { return line.startsWith("=46rom ") ? QByteArray('F' + line.sliced(3).toByteArray()) : line.toByteArray(); })};
}

// By a client that doubles dots where another does so again.
QByteArray withoutDoubledDots(const QByteArray &octets)
{
    return mapLines(octets, [](QByteArrayView line) { return line.startsWith("..") ? line.sliced(1) : line; });
}

QList<QByteArray> otherLineEnds(const QByteArray &octets)
{
    const QByteArray canonical = mime::toCanonicalLineEnds(octets);
    return {canonical, withLineFeeds(octets), QByteArray(canonical).replace("\r\n\r\n", "\r\n")}; // the last were CR CR LF on the way
}

/// Header and body of the signed entity, both without the empty line between.
std::pair<QByteArray, QByteArray> divided(const QByteArray &octets)
{
    const qsizetype end = octets.indexOf("\r\n\r\n");
    return end < 0 ? std::pair{octets, QByteArray()} : std::pair{octets.first(end), octets.sliced(end + 4)};
}

QByteArray joined(const QByteArray &header, const QByteArray &body)
{
    return header + "\r\n\r\n" + body;
}

QByteArray withEncodingField(const QByteArray &header, const QByteArray &encoding)
{
    return mapLines(header, [&encoding](QByteArrayView view) -> QByteArray {
        const QByteArray line = view.toByteArray();
        return line.toLower().startsWith("content-transfer-encoding:") ? line.first(line.indexOf(':') + 1) + ' ' + encoding : line;
    });
}

// A gateway that decodes 8-bit text or makes it quoted-printable changes the field too.
QList<QByteArray> reencodings(const QByteArray &octets)
{
    const auto [header, body] = divided(octets);
    const QByteArray decoded = mime::decodeQuotedPrintable(body).octets;
    const QByteArray fromBase64 = mime::decodeBase64(body).octets;
    QList<QByteArray> candidates;
    for (const QByteArray encoding : {"7bit", "8bit", "8BIT", "7BIT"}) {
        candidates.append(joined(withEncodingField(header, encoding), decoded));
        candidates.append(joined(withEncodingField(header, encoding), fromBase64));
    }
    candidates.append(joined(withEncodingField(header, "quoted-printable"), mime::encodeQuotedPrintable(body)));
    candidates.append(joined(withEncodingField(header, "quoted-printable"), body));
    return candidates;
}

/// `header` as it stands, and with another value of the charset parameter in each of its usual spellings.
QList<QByteArray> withCharset(const QByteArray &header, const QByteArray &charset)
{
    QList<QByteArray> headers{header};
    const qsizetype begin = header.toLower().indexOf("charset=");
    if (begin < 0)
        return headers;
    qsizetype end = begin;
    while (end < header.size() && !QByteArrayView("; \t\r\n").contains(header[end]))
        ++end;
    for (const QByteArray &name : {charset, charset.toLower(), charset.toUpper()})
        for (const QByteArray quote : {"", "\""})
            headers.append(header.first(begin) + "charset=" + quote + name + quote + header.sliced(end));
    return headers;
}

// A gateway that converts the text mostly changes the charset parameter, too.
QList<QByteArray> transcodings(const QByteArray &octets)
{
    const auto [header, body] = divided(octets);
    const qsizetype most = kMostOctetsInCopies / (2 * octets.size() + 1);
    QList<QByteArray> candidates;
    for (const char *charset : {"ISO-8859-1", "windows-1252", "ISO-8859-15"}) {
        QStringDecoder fromUtf8(QStringDecoder::Utf8);
        const QString text = fromUtf8(body);
        QStringEncoder to(charset);
        const QByteArray toLegacy = to(text);
        for (const QByteArray &one : withCharset(header, charset))
            if (candidates.size() < most)
                candidates.append(joined(one, toLegacy));
        QStringDecoder from(charset);
        const QString legacy = from(body);
        for (const QByteArray &one : withCharset(header, "utf-8"))
            if (candidates.size() < most)
                candidates.append(joined(one, legacy.toUtf8()));
    }
    return candidates;
}

/// The unfolded header folded at each choice of its parameters, or at the first `most` choices.
QList<QByteArray> foldedAtParameters(const QByteArray &unfolded, const QByteArray &fold, qsizetype most)
{
    constexpr qsizetype kMostPlaces = 6; // 64 choices
    QList<qsizetype> places;
    for (qsizetype at = unfolded.indexOf("; "); at >= 0 && places.size() < kMostPlaces; at = unfolded.indexOf("; ", at + 1))
        places.append(at + 1);
    QList<QByteArray> headers;
    for (quint32 choice = 0; choice < (1U << places.size()) && headers.size() < most; ++choice) {
        QByteArray header = unfolded;
        for (qsizetype i = places.size() - 1; i >= 0; --i)
            if (choice & (1U << i))
                header.replace(places[i], 1, fold);
        headers.append(header);
    }
    return headers;
}

QList<QByteArray> refoldings(const QByteArray &octets)
{
    const auto [header, body] = divided(octets);
    QList<QByteArray> candidates;
    // As many as there are for a letter of usual size.
    const qsizetype most = kMostOctetsInCopies / (2 * octets.size() + 1);
    QByteArray unfolded = header;
    unfolded.replace("\r\n\t", " ").replace("\r\n ", " ");
    for (const QByteArray fold : {"\r\n ", "\r\n\t"}) {
        QByteArray refolded = header;
        candidates.append(joined(refolded.replace("\r\n\t", "\r\n ").replace("\r\n ", fold), body));
        if (candidates.size() >= most)
            break;
        for (const QByteArray &one : foldedAtParameters(unfolded, fold, most / 2))
            candidates.append(joined(one, body));
    }
    return candidates;
}

QList<QByteArray> finalLineEnds(const QByteArray &octets)
{
    QList<QByteArray> candidates{octets + "\r\n", octets + "\r\n\r\n"};
    if (octets.endsWith("\r\n"))
        candidates.append(octets.first(octets.size() - 2));
    return candidates;
}

QList<QByteArray> withoutFooters(const QByteArray &octets)
{
    QList<QByteArray> candidates;
    // Each candidate is a copy: fewer of them for long letters.
    const qsizetype most = std::min<qsizetype>(kLongestFooterLines, kMostOctetsInCopies / (2 * octets.size() + 1));
    qsizetype end = octets.size();
    for (qsizetype i = 0; i < most; ++i) {
        end = octets.lastIndexOf("\r\n", end - 3);
        if (end <= 0)
            break;
        candidates.append(octets.first(end));
        candidates.append(octets.first(end + 2));
    }
    return candidates;
}

/// The beginning of the line of `text` that begins at `begin`; empty behind the end.
QByteArray excerptAt(QByteArrayView text, qsizetype begin)
{
    const QByteArrayView rest = text.sliced(std::min(begin, text.size()));
    const qsizetype lineFeed = rest.indexOf('\n');
    return rest.first(std::min(lineFeed < 0 ? rest.size() : lineFeed, kShownOctets)).toByteArray();
}

void locate(SignatureDiagnosis &diagnosis, QByteArrayView sent, QByteArrayView received)
{
    const auto [one, other] = std::mismatch(sent.begin(), sent.end(), received.begin(), received.end());
    if (one == sent.end() && other == received.end())
        return;
    const QByteArrayView before = sent.first(one - sent.begin());
    // Where one of them ends behind a line that both have, the next line is the first that differs.
    const bool isLineWhole = (one == sent.end() && *other == '\n') || (other == received.end() && *one == '\n');
    const qsizetype begin = isLineWhole ? before.size() + 1 : before.lastIndexOf('\n') + 1;
    diagnosis.line = before.count('\n') + (isLineWhole ? 2 : 1);
    diagnosis.sent = excerptAt(sent, begin);
    diagnosis.received = excerptAt(received, begin);
}

bool differInDots(const QList<QByteArrayView> &was, const QList<QByteArrayView> &is)
{
    return std::equal(was.begin(), was.end(), is.begin(), is.end(), [](QByteArrayView one, QByteArrayView other) {
        return one == other || (one.startsWith('.') && (one.sliced(1) == other || (other.startsWith('.') && other.sliced(1) == one)));
    });
}

/// What was done to the lines of the whole, whatever the parts.
SignatureDamage compareLines(const QByteArray &was, const QByteArray &is)
{
    if (was.count('\n') + is.count('\n') > kMostLinesCompared)
        return SignatureDamage::Unknown;
    if (withoutTrailingSpace(was) == withoutTrailingSpace(is))
        return SignatureDamage::TrailingSpace;
    const QList<QByteArrayView> linesWere = linesOf(was);
    const QList<QByteArrayView> linesAre = linesOf(is);
    if (differInDots(linesWere, linesAre))
        return SignatureDamage::Dots;
    if (withoutAnySpace(was) != withoutAnySpace(is))
        return SignatureDamage::Unknown;
    const bool isLineByLine = std::equal(linesWere.begin(), linesWere.end(), linesAre.begin(), linesAre.end(), [](QByteArrayView one, QByteArrayView other) {
        return withoutAnySpace(one) == withoutAnySpace(other);
    });
    return isLineByLine ? SignatureDamage::WhiteSpace : SignatureDamage::Rewrapped;
}

/// The kinds of damage with what may undo each; what is asked first explains most.
struct Undoing {
    SignatureDamage damage;
    std::function<QList<QByteArray>(const QByteArray &)> candidates;
};

QList<Undoing> catalogue()
{
    return {
        {SignatureDamage::LineEnds, otherLineEnds},
        {SignatureDamage::FinalLineEnd, finalLineEnds},
        {SignatureDamage::FromEscaping, withoutFromEscapes},
        {SignatureDamage::TrailingSpace, [](const QByteArray &o) { return QList<QByteArray>{withoutTrailingSpace(o), withSignatureBlanks(o)}; }},
        {SignatureDamage::Dots, [](const QByteArray &o) { return QList<QByteArray>{withoutDoubledDots(o)}; }},
        {SignatureDamage::RefoldedHeader, refoldings},
        {SignatureDamage::Reencoded, reencodings},
        {SignatureDamage::CharacterSet, transcodings},
        {SignatureDamage::Reencoded, undoneEncodings},
        {SignatureDamage::ChangedHeader, undoneHeaderChanges},
        {SignatureDamage::Footer, withoutFooters},
        {SignatureDamage::Footer, undoneFooters},
        {SignatureDamage::Banner, undoneBanners},
        {SignatureDamage::Rewrapped, undoneWrappings},
    };
}

} // namespace

SignatureDiagnosis compareSigned(QByteArrayView sent, QByteArrayView received)
{
    SignatureDiagnosis diagnosis;
    locate(diagnosis, sent, received);
    const QByteArray was = sent.toByteArray();
    const QByteArray is = received.toByteArray();
    for (const Undoing &undoing : catalogue()) {
        // Of anything larger the copies would take more memory than there is.
        if (is.size() > kLargestTried || !undoing.candidates(is).contains(was))
            continue;
        diagnosis.damage = undoing.damage;
        diagnosis.isProven = true;
        return diagnosis;
    }
    diagnosis.damage = compareEntities(was, is);
    if (diagnosis.damage == SignatureDamage::Unknown)
        diagnosis.damage = compareLines(was, is);
    diagnosis.isProven = diagnosis.damage != SignatureDamage::Unknown;
    return diagnosis;
}

SignatureDiagnosis diagnoseSignature(QByteArrayView received, const QByteArray &digestSigned, const QString &digest)
{
    const std::optional<QCryptographicHash::Algorithm> algorithm = algorithmOf(digest);
    if (!algorithm || digestSigned.isEmpty() || received.size() > kLargestTried)
        return {};
    const QByteArray octets = received.toByteArray();
    for (const Undoing &undoing : catalogue()) {
        for (const QByteArray &candidate : undoing.candidates(octets)) {
            if (digestBy(*algorithm, candidate) != digestSigned)
                continue;
            SignatureDiagnosis diagnosis{undoing.damage, true, 0, {}, {}};
            locate(diagnosis, candidate, octets);
            return diagnosis;
        }
    }
    return {};
}

QString nameOf(SignatureDamage damage)
{
    switch (damage) {
    case SignatureDamage::Unknown:
        return u"unknown"_s;
    case SignatureDamage::LineEnds:
        return u"line-ends"_s;
    case SignatureDamage::FinalLineEnd:
        return u"final-line-end"_s;
    case SignatureDamage::TrailingSpace:
        return u"trailing-space"_s;
    case SignatureDamage::FromEscaping:
        return u"from-escaping"_s;
    case SignatureDamage::Footer:
        return u"footer"_s;
    case SignatureDamage::Banner:
        return u"banner"_s;
    case SignatureDamage::Reencoded:
        return u"re-encoded"_s;
    case SignatureDamage::CharacterSet:
        return u"character-set"_s;
    case SignatureDamage::RefoldedHeader:
        return u"refolded-header"_s;
    case SignatureDamage::Rewrapped:
        return u"rewrapped"_s;
    case SignatureDamage::WhiteSpace:
        return u"white-space"_s;
    case SignatureDamage::Dots:
        return u"dots"_s;
    case SignatureDamage::ChangedHeader:
        return u"changed-header"_s;
    case SignatureDamage::SignatureStripped:
        return u"signature-stripped"_s;
    case SignatureDamage::TypeRenamed:
        return u"type-renamed"_s;
    case SignatureDamage::Truncated:
        return u"truncated"_s;
    case SignatureDamage::Swapped:
        return u"swapped"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace smime
