// SPDX-License-Identifier: GPL-3.0-or-later
// Mails of other projects with their expected trees, and a few of our own for when those are not at hand.
#include "mime/Body.h"
#include "mime/MessageBuilder.h"
#include "mime/Structure.h"
#include "mime/Text.h"
#include "support/ErrorNames.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace mime;
using namespace Qt::StringLiterals;

namespace {

QString vectors(const QString &folder)
{
    return qEnvironmentVariable("WAXWING_SHARED_VECTORS") + u'/' + folder;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString shape(const Part &part)
{
    if (part.children.empty())
        return part.isMultipart() ? u"m()"_s : u"b"_s;
    QString text = part.isMultipart() ? u"m("_s : u"r("_s;
    for (const Part &child : part.children)
        text += shape(child);
    return text + u')';
}

// mime4j's event tree in the same letters; a message element below the root is what a message/rfc822 part holds.
QString expectedShape(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QString text;
    int messages = 0;
    while (!xml.atEnd()) {
        const auto kind = xml.readNext();
        if (kind != QXmlStreamReader::StartElement && kind != QXmlStreamReader::EndElement)
            continue;
        const bool isStart = kind == QXmlStreamReader::StartElement;
        if (xml.name() == "multipart"_L1)
            text += isStart ? u"m("_s : u")"_s;
        else if (xml.name() == "body"_L1 && isStart)
            text += u'b';
        else if (xml.name() == "message"_L1 && isStart && messages++ > 0)
            text += u"r("_s;
        else if (xml.name() == "message"_L1 && !isStart && --messages > 0)
            text += u')';
    }
    return xml.hasError() ? QString() : text; // a few of mime4j's trees are no XML
}

// Every octet of a message lies in exactly one header, body, preamble, epilogue or on a boundary line.
QString gapIn(const QByteArray &mail, const Part &part)
{
    if (part.header.begin != part.whole.begin || part.body.end != part.whole.end || part.body.begin < part.header.end || part.body.begin - part.header.end > 2)
        return QString::fromLatin1(part.number);
    qsizetype at = part.body.begin;
    for (const Part &child : part.children) {
        const QByteArrayView between = QByteArrayView(mail).sliced(at, child.whole.begin - at);
        if (part.isMultipart() && at != part.body.begin && between.trimmed().startsWith("--") == false)
            return QString::fromLatin1(child.number);
        if (const QString gap = gapIn(mail, child); !gap.isEmpty())
            return gap;
        at = child.whole.end;
    }
    return at <= part.body.end ? QString() : QString::fromLatin1(part.number);
}

// Where our reading differs from mime4j's; deviations.md says why. The value is our tree; empty where only bodies differ.
QHash<QString, QString> readDeviations()
{
    static const QRegularExpression name(u"`mime4j/[^`]*/([^`]+)[.]msg`"_s);
    static const QRegularExpression tree(u"tree `([^`]+)`"_s);
    QHash<QString, QString> all;
    for (const QString &line : QString::fromUtf8(contents(QStringLiteral(WAXWING_TESTS "/smime/deviations.md"))).split(u'\n')) {
        const QStringList cells = line.split(u'|');
        for (const QRegularExpressionMatch &match : name.globalMatch(cells.value(1)))
            all.insert(match.captured(1), tree.match(cells.value(3)).captured(1));
    }
    return all;
}

const QHash<QString, QString> &deviations()
{
    static const QHash<QString, QString> kDeviations = readDeviations();
    return kDeviations;
}

void addMails(const QString &folder, const QStringList &patterns)
{
    QDirIterator files(folder, patterns, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QTest::addRow("%s", qPrintable(QFileInfo(path).fileName())) << path;
    }
}

} // namespace

class TestVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMailIsReadWhole_data()
    {
        QTest::addColumn<QString>("path");
        addMails(QString::fromLatin1(WAXWING_TEST_DATA), {u"*.eml"_s});
        addMails(vectors(u"mime4j"_s), {u"*.msg"_s});
        addMails(vectors(u"mimekit/messages"_s), {u"*.txt"_s, u"*.eml"_s});
        addMails(vectors(u"mimekit/partial"_s), {u"*.eml"_s});
        addMails(vectors(u"thunderbird"_s), {u"*.eml"_s});
        addMails(vectors(u"rfc9788"_s), {u"*.eml"_s});
        addMails(vectors(u"mime-torture"_s), {u"mime-torture"_s});
    }

    void everyMailIsReadWhole()
    {
        QFETCH(QString, path);
        const QByteArray mail = contents(path);
        const auto structure = parseStructure(mail);
        if (!structure) { // the two without any header, which say so
            QCOMPARE(structure.error().code, base::ErrorCode::MessageMalformed);
            QVERIFY(path.contains("noheader"_L1));
            return;
        }
        QCOMPARE(gapIn(mail, structure->root), QString());
        for (const Part *part : structure->flattened()) {
            (void)textOf(mail, *part);
            const Headers headers = headersOf(mail, *part);
            for (const HeaderField &field : headers.fields)
                QCOMPARE(field.valueRange.of(mail), field.value);
        }
        const auto split = splitForSigning(mail);
        QVERIFY(split.isOk());
        const QByteArray entity = split->whole();
        QVERIFY(hasCanonicalLineEnds(entity));
        const auto again = parseStructure(entity);
        QVERIFY(again.isOk());
        QCOMPARE(shape(again->root), shape(structure->root));
    }

    void treesAreThoseOfMime4j_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addRow("own") << QString::fromLatin1(WAXWING_TEST_DATA) + u"/nested.eml"_s;
        addMails(vectors(u"mime4j"_s), {u"*.msg"_s});
    }

    void treesAreThoseOfMime4j()
    {
        QFETCH(QString, path);
        const QByteArray mail = contents(path);
        const auto structure = parseStructure(mail);
        if (!structure)
            return; // judged by everyMailIsReadWhole
        const QString stem = path.chopped(4);
        const QString name = QFileInfo(stem).fileName();
        const QString ours = deviations().value(name);
        const QString expected = ours.isEmpty() ? expectedShape(stem + u".xml"_s) : ours;
        if (!expected.isEmpty())
            QCOMPARE(shape(structure->root), expected);
    }

    void bodiesAreThoseOfMime4j_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addRow("own") << QString::fromLatin1(WAXWING_TEST_DATA) + u"/nested.eml"_s;
        addMails(vectors(u"mime4j"_s), {u"*.msg"_s});
    }

    void bodiesAreThoseOfMime4j()
    {
        QFETCH(QString, path);
        const QByteArray mail = contents(path);
        const auto structure = parseStructure(mail);
        const QString name = QFileInfo(path).completeBaseName();
        if (!structure || deviations().contains(name))
            return;
        QDirIterator files(QFileInfo(path).path(), {name + u"_decoded_*.txt"_s, name + u"_decoded_*.bin"_s}, QDir::Files);
        while (files.hasNext()) {
            const QString file = files.next();
            const QByteArray number = QFileInfo(file).completeBaseName().mid(name.size() + 9).replace(u'_', u'.').toLatin1();
            const Part *part = structure->find(number);
            QVERIFY2(part, number.constData());
            const QByteArray expected = contents(file);
            const QByteArray octets = contentOf(mail, *part).octets;
            // Of an incomplete last group we keep the octets that it holds.
            const bool isCutBase64 = part->encoding == TransferEncoding::Base64 && octets.startsWith(expected) && octets.size() - expected.size() <= 2;
            const bool isSame = isCutBase64 || octets == expected || toCanonicalLineEnds(octets) == toCanonicalLineEnds(expected);
            QVERIFY2(isSame, qPrintable(QFileInfo(file).fileName() + u": "_s + QString::fromLatin1(octets.left(300))));
        }
    }

    void mimekitStructures_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *file, const QString &expected) { QTest::newRow(file) << QString::fromLatin1(file) << expected; };
        row("bounce.txt", u"m(bbr(m(bb)))"_s);
        row("delivery-status.txt", u"m(br(b))"_s);
        row("delivery-status-no-blank-line.txt", u"m(br(b))"_s);
        row("disposition-notification.txt", u"m(bbr(b))"_s);
        row("empty-multipart.txt", u"m(m()b)"_s);
        row("epilogue.txt", u"m(bb)"_s);
        row("japanese.txt", u"b"_s);
        row("multipart-digest.txt", u"r(m(r(b)r(b)))"_s);
        row("multipart-related-mhtml.txt", u"m(bb)"_s);
        row("simple-embedded-message.eml", u"m(br(b))"_s);
        row("simple-multipart.eml", u"m(bb)"_s);
    }

    void mimekitStructures()
    {
        QFETCH(QString, file);
        const QByteArray mail = contents(vectors(u"mimekit/messages/"_s + file));
        if (mail.isEmpty() && !QFileInfo::exists(vectors(u"mimekit"_s)))
            return;
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        QTEST(shape(structure->root), "expected");
    }

    void tortureTestHasItsCounts()
    {
        const QByteArray mail = contents(vectors(u"mime-torture/mime-torture"_s));
        if (mail.isEmpty() && !QFileInfo::exists(vectors(u"mime-torture"_s)))
            return;
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        QHash<QByteArray, int> counts;
        qsizetype depth = 0;
        for (const Part *part : structure->flattened()) {
            ++counts[part->type.value];
            depth = qMax(depth, part->number.count('.') + 1);
        }
        const QHash<QByteArray, int> expected{{"multipart/mixed", 10}, {"message/rfc822", 10}, {"text/plain", 8}, {"audio/basic", 5}, {"image/gif", 4}, {"audio/x-sun", 3},
                                              {"image/pbm", 2}, {"application/atomicmail", 2}, {"application/postscript", 2}, {"multipart/alternative", 1},
                                              {"multipart/parallel", 1}, {"text/richtext", 1}, {"application/andrew-inset", 1}, {"application/x-be2", 1}, {"image/pgm", 1}};
        QCOMPARE(counts, expected);
    }

    void mhtmlRootIsTheHtmlAlthoughAPictureComesFirst()
    {
        const QByteArray mail = contents(QString::fromLatin1(WAXWING_TEST_DATA) + u"/mhtml.eml"_s);
        const auto structure = parseStructure(mail);
        QVERIFY(structure.isOk());
        const BodySelection body = selectBody(structure->root);
        QVERIFY(body.html);
        QCOMPARE(body.html->number, "1.2");
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_Vectors.moc"
