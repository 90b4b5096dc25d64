// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Structure.h"

#include "mime/FileName.h"
#include "mime/HeaderLine.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

struct BoundaryMatch {
    enum class Kind { None, Open, Close };
    Kind kind = Kind::None;
    std::size_t frame = 0;
};

// Where the next line begins that may be a boundary. Base64 has no hyphen, and texts have few.
qsizetype nextLineWithHyphen(QByteArrayView text, qsizetype at)
{
    while (++at < text.size()) {
        const void *const hyphen = std::memchr(text.data() + at, '-', static_cast<std::size_t>(text.size() - at));
        if (!hyphen)
            break;
        at = static_cast<const char *>(hyphen) - text.data();
        if (text[at - 1] == '\n')
            return at;
        while (at + 1 < text.size() && text[at + 1] == '-') // rulers are all hyphens
            ++at;
    }
    return text.size();
}

// One pass over the octets with a stack of the entities that are open at this point. An outer boundary ends everything inside
// it (RFC 2046 section 5.1.2), so boundaries are compared from the outside in.
class StructureParser
{
public:
    StructureParser(QByteArrayView text, const Limits &limits) : m_text(text), m_limits(limits) {}

    base::Result<Structure> run()
    {
        if (m_text.isEmpty())
            return fault(base::ErrorCode::MessageEmpty, u"the message has no octets"_s, 0);
        if (m_text.size() > m_limits.messageOctets)
            return fault(base::ErrorCode::MessageTooLarge, u"%1 octets, at most %2 are read"_s.arg(m_text.size()).arg(m_limits.messageOctets), m_limits.messageOctets);
        if (classify(m_text, lineAt(m_text, 0), false).kind == LineKind::BodyBegin)
            return fault(base::ErrorCode::MessageMalformed, u"the first line is no header field"_s, 0);
        open(m_structure.root, 0, "text/plain");
        while (!m_error && m_multiparts > 0 && m_at < m_text.size())
            scanLine();
        if (m_error)
            return *m_error;
        closeDownTo(0, m_text.size());
        return std::move(m_structure);
    }

private:
    enum class State { Leaf, Message, Preamble, Parts, Epilogue };

    struct Frame {
        Part *part; // stays where it is while open: only the innermost open entity gains children
        State state;
        QByteArray boundary;

        bool awaitsBoundary() const { return state == State::Preamble || state == State::Parts; }
    };

    struct ContentFields {
        Range type, disposition, encoding, id;
    };

    static base::Error fault(base::ErrorCode code, QString detail, qsizetype offset)
    {
        return {code, std::move(detail), offset, {}};
    }

    void noteLineEnd(const Line &line) { m_structure.hasBareLineFeeds = m_structure.hasBareLineFeeds || line.hasBareLineFeed(); }

    void scanLine()
    {
        const char *const data = m_text.data();
        const bool mayMatch = m_text.size() - m_at >= 2 && data[m_at] == '-' && data[m_at + 1] == '-';
        if (!mayMatch) {
            m_at = nextLineWithHyphen(m_text, m_at);
            return;
        }
        const Line line = lineAt(m_text, m_at);
        const BoundaryMatch match = matchBoundary(line);
        m_at = line.next;
        if (match.kind != BoundaryMatch::Kind::None)
            takeBoundary(match, line);
    }

    BoundaryMatch matchBoundary(const Line &line) const
    {
        const QByteArrayView text = line.of(m_text);
        if (!text.startsWith("--"))
            return {};
        // RFC 2046 section 5.1.1 has nothing but blanks in the line, and a comparison that ends with the boundary. Words behind a blank do no
        // harm. What follows at once may be a longer boundary, so that "--b-->" is text, as it is to other programs.
        const auto endsHere = [](QByteArrayView rest) { return rest.isEmpty() || rest[0] == ' ' || rest[0] == '\t'; };
        for (std::size_t i = 0; i < m_frames.size(); ++i) {
            const Frame &frame = m_frames[i];
            const bool fits = text.size() >= frame.boundary.size() + 2 && frame.awaitsBoundary();
            if (!fits || std::memcmp(text.data() + 2, frame.boundary.constData(), static_cast<std::size_t>(frame.boundary.size())) != 0)
                continue;
            const QByteArrayView rest = text.sliced(2 + frame.boundary.size());
            if (endsHere(rest))
                return {BoundaryMatch::Kind::Open, i};
            if (rest.startsWith("--") && endsHere(rest.sliced(2)))
                return {BoundaryMatch::Kind::Close, i};
        }
        return {};
    }

    // The line end before a boundary line belongs to it.
    qsizetype endBefore(qsizetype boundary) const
    {
        qsizetype end = boundary;
        if (end > 0 && m_text[end - 1] == '\n')
            --end;
        if (end < boundary && end > 0 && m_text[end - 1] == '\r')
            --end;
        return end;
    }

    void takeBoundary(const BoundaryMatch &match, const Line &line)
    {
        noteLineEnd(line);
        const qsizetype end = endBefore(line.begin);
        closeDownTo(match.frame + 1, end);
        Frame &frame = m_frames[match.frame];
        Part &parent = *frame.part;
        if (match.kind == BoundaryMatch::Kind::Close) {
            frame.state = State::Epilogue;
            --m_multiparts;
            return;
        }
        frame.state = State::Parts;
        openChild(parent, line.next, parent.isType("multipart/digest") ? "message/rfc822" : "text/plain");
    }

    void openChild(Part &parent, qsizetype at, QByteArrayView defaultType)
    {
        parent.children.emplace_back();
        Part &child = parent.children.back();
        child.number = parent.number + '.' + QByteArray::number(static_cast<qulonglong>(parent.children.size()));
        open(child, at, defaultType);
    }

    void open(Part &part, qsizetype at, QByteArrayView defaultType)
    {
        if (static_cast<int>(m_frames.size()) >= m_limits.depth) {
            m_error = fault(base::ErrorCode::MessageTooDeep, u"more than %1 levels of parts"_s.arg(m_limits.depth), at);
            return;
        }
        if (++m_parts > m_limits.parts) {
            m_error = fault(base::ErrorCode::MessageTooManyParts, u"more than %1 parts"_s.arg(m_limits.parts), at);
            return;
        }
        part.whole = part.header = {at, at};
        m_at = at;
        const ContentFields fields = readHeader(part);
        if (m_error)
            return;
        readContentFields(part, fields, defaultType);
        push(part);
    }

    void push(Part &part)
    {
        Frame frame{&part, State::Leaf, {}};
        if (part.isMultipart()) {
            frame.boundary = m_boundary; // also one that is longer than the 70 characters of RFC 2046 section 5.1.1
            if (!frame.boundary.isEmpty())
                frame.state = State::Preamble;
        } else if (isIdentity(part.encoding) && (part.isType("message/rfc822") || part.isType("message/global"))) {
            frame.state = State::Message;
        }
        m_multiparts += frame.state == State::Preamble;
        m_frames.push_back(frame);
        const bool isEmpty = m_at >= m_text.size() || matchBoundary(lineAt(m_text, m_at)).kind != BoundaryMatch::Kind::None;
        if (frame.state == State::Message && !isEmpty)
            openChild(part, m_at, "text/plain");
    }

    ContentFields readHeader(Part &part)
    {
        ContentFields fields;
        Range *current = nullptr;
        bool hasField = false;
        for (bool isOpen = true; isOpen && !m_error;) {
            const Line line = lineAt(m_text, m_at);
            const bool isBoundary = matchBoundary(line).kind != BoundaryMatch::Kind::None;
            const bool atEnd = m_at >= m_text.size();
            const auto [kind, nameLength] = isBoundary || atEnd ? HeaderLine{LineKind::BodyBegin} : classify(m_text, line, hasField);
            switch (kind) {
            case LineKind::Field:
                if (!hasField)
                    part.firstField = line.begin;
                hasField = true;
                current = startField(part, fields, line, nameLength);
                break;
            case LineKind::Continuation:
                if (current)
                    current->end = line.end;
                break;
            case LineKind::Junk:
                current = nullptr;
                break;
            case LineKind::BodyBegin:
            case LineKind::Empty:
                isOpen = false;
                break;
            }
            if (kind != LineKind::BodyBegin) {
                noteLineEnd(line);
                m_at = line.next;
            }
            if (isOpen)
                part.header.end = m_at;
            if (part.header.size() > m_limits.headerOctets)
                m_error = fault(base::ErrorCode::HeaderTooLong, u"a header of more than %1 octets"_s.arg(m_limits.headerOctets), part.header.begin);
        }
        part.body = {m_at, m_at};
        return fields;
    }

    Range *startField(Part &part, ContentFields &fields, const Line &line, qsizetype nameLength)
    {
        const QByteArrayView text = line.of(m_text);
        const QByteArrayView name = text.first(nameLength);
        const auto is = [name](QByteArrayView other) { return name.size() == other.size() && name.compare(other, Qt::CaseInsensitive) == 0; };
        Range *field = is("content-type") ? &fields.type
            : is("content-disposition") ? &fields.disposition
            : is("content-transfer-encoding") ? &fields.encoding
            : is("content-id") ? &fields.id : nullptr;
        part.saysMime = part.saysMime || (field && field != &fields.id) || is("mime-version");
        if (!field || !field->isEmpty())
            return nullptr;
        *field = {line.begin + text.indexOf(':', nameLength) + 1, line.end};
        if (field->isEmpty()) // "Content-Type:" followed by a fold
            field->end = field->begin;
        return field;
    }

    void readContentFields(Part &part, const ContentFields &fields, QByteArrayView defaultType)
    {
        m_boundary.clear();
        if (!fields.type.isEmpty()) {
            part.type = parseContentType(fields.type.of(m_text));
            m_boundary = part.type.parameter("boundary").toUtf8();
        }
        if (part.type.value.isEmpty())
            part.type.value = defaultType.toByteArray();
        if (!fields.disposition.isEmpty())
            part.disposition = parseContentDisposition(fields.disposition.of(m_text));
        part.encoding = transferEncodingOf(fields.encoding.of(m_text));
        if (!fields.id.isEmpty()) {
            const QList<QByteArray> ids = parseMessageIds(fields.id.of(m_text));
            // Programs of the nineties wrote Content-Id without brackets, and cid: links still find it.
            part.contentId = !ids.isEmpty() ? ids.constFirst() : '<' + unfold(fields.id.of(m_text)) + '>';
        }
    }

    void closeDownTo(std::size_t depth, qsizetype end)
    {
        while (m_frames.size() > depth) {
            close(m_frames.back(), end);
            m_frames.pop_back();
        }
    }

    void close(Frame &frame, qsizetype end)
    {
        Part &part = *frame.part;
        end = qMax(end, part.whole.begin);
        // An empty last part directly before an outer boundary: the line end between them can belong to one only.
        if (!part.children.empty())
            end = qMax(end, part.children.back().whole.end);
        part.whole.end = end;
        part.header.end = qMin(part.header.end, end);
        part.body = {qMin(part.body.begin, end), end};
        m_structure.isOpenEnded = m_structure.isOpenEnded || frame.state == State::Parts;
        m_multiparts -= frame.awaitsBoundary();
    }

    QByteArrayView m_text;
    Limits m_limits;
    Structure m_structure;
    std::vector<Frame> m_frames;
    QByteArray m_boundary; // of the header read last
    qsizetype m_at = 0;
    int m_parts = 0;
    int m_multiparts = 0; // open ones that await a boundary line
    std::optional<base::Error> m_error;
};

void flatten(const Part &part, std::vector<const Part *> &into)
{
    into.push_back(&part);
    for (const Part &child : part.children)
        flatten(child, into);
}

const Part *findIn(const Part &part, QByteArrayView number)
{
    if (part.number == number)
        return &part;
    for (const Part &child : part.children)
        if (const Part *found = findIn(child, number))
            return found;
    return nullptr;
}

} // namespace

QString Part::fileName() const
{
    const QString named = disposition.parameter("filename");
    return safeFileName(named.isEmpty() ? type.parameter("name") : named);
}

const Part *Structure::find(QByteArrayView number) const
{
    return findIn(root, number);
}

std::vector<const Part *> Structure::flattened() const
{
    std::vector<const Part *> parts;
    flatten(root, parts);
    return parts;
}

base::Result<Structure> parseStructure(QByteArrayView message, const Limits &limits)
{
    return StructureParser(message, limits).run();
}

Headers headersOf(QByteArrayView message, const Part &part)
{
    return parseHeaders(part.header.of(message), part.header.begin);
}

DecodedOctets contentOf(QByteArrayView message, const Part &part)
{
    return decode(part.body.of(message), part.encoding);
}

} // namespace mime
