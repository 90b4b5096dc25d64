// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MessageCommands.h"

#include "app/MessageInspection.h"
#include "app/MessageJson.h"
#include "app/MessageService.h"
#include "base/Clock.h"
#include "cli/MaterialOptions.h"
#include "cli/Unlock.h"

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// How a CMS names a signer or a reader; empty for a password, which names nobody.
template <typename Named>
QString idOf(const Named &named)
{
    if (!named.serial.isEmpty())
        return u"%1, serial %2"_s.arg(named.issuer, QString::fromLatin1(named.serial));
    return named.subjectKeyIdentifier.isEmpty() ? QString() : u"key identifier "_s + QString::fromLatin1(named.subjectKeyIdentifier);
}

QString readerLine(const app::InspectedRecipient &recipient)
{
    const QString who = recipient.isSelf ? u", this is you"_s : recipient.name.isEmpty() ? QString() : u", "_s + recipient.name;
    const QString id = idOf(recipient);
    return u"reader: %1, %2%3"_s.arg(id.isEmpty() ? recipient.kind : id, recipient.algorithm, who);
}

void printTree(const app::InspectedPart &part, int depth, QString &text)
{
    text += QString(depth * 2, u' ')
        + u"%1 %2 [%3, %4)"_s.arg(QString::fromLatin1(part.number), QString::fromLatin1(part.type), QString::number(part.begin), QString::number(part.end));
    if (!part.fileName.isEmpty())
        text += u" \"%1\""_s.arg(part.fileName);
    text += u'\n';
    const QString indent(depth * 2 + 2, u' ');
    if (part.cms && part.cms->fault)
        text += indent + u"CMS cannot be read: %1\n"_s.arg(part.cms->fault->detail);
    if (part.cms && !part.cms->fault) {
        text += indent + u"CMS %1, %2%3\n"_s.arg(part.cms->type, part.cms->isIndefinite ? u"BER"_s : u"DER"_s,
                                                 part.cms->cipher.isEmpty() ? QString() : u", "_s + part.cms->cipher);
        for (const app::InspectedSigner &signer : part.cms->signers)
            text += indent + u"signer: %1, %2 with %3\n"_s.arg(idOf(signer), signer.algorithm, signer.digest);
        for (const app::InspectedRecipient &recipient : part.cms->recipients)
            text += indent + readerLine(recipient) + u'\n';
        for (const app::InspectedCertificate &certificate : part.cms->certificates)
            text += indent + u"certificate: %1\n"_s.arg(certificate.subject);
        if (part.cms->content)
            printTree(*part.cms->content, depth + 2, text);
    }
    for (const app::InspectedPart &child : part.children)
        printTree(child, depth + 1, text);
}

void printFields(const std::vector<app::InspectedField> &fields, int depth, QString &text)
{
    for (const app::InspectedField &field : fields) {
        text += QString(depth * 2, u' ') + field.name + (field.value.isEmpty() ? QString() : u": "_s + field.value) + u'\n';
        printFields(field.fields, depth + 1, text);
    }
}

// Offset, header and length as `openssl asn1parse` shows them.
void printAsn1(const app::Asn1Element &element, int depth, QString &text)
{
    text += u"%1:d=%2 hl=%3 l=%4%5 %6"_s.arg(element.begin, 5).arg(depth).arg(element.headerOctets).arg(element.contentOctets, 5)
                .arg(element.isIndefinite ? u" inf"_s : QString(), QString(depth, u' ') + element.type);
    text += (element.value.isEmpty() ? QString() : u": "_s + element.value) + u'\n';
    for (const app::Asn1Element &child : element.children)
        printAsn1(child, depth + 1, text);
}

/// The first CMS object in or below `part`; null if there is none.
const app::InspectedCms *firstCms(const app::InspectedPart &part)
{
    if (part.cms)
        return &*part.cms;
    for (const app::InspectedPart &child : part.children)
        if (const app::InspectedCms *found = firstCms(child))
            return found;
    return nullptr;
}

Exit showAsn1(const app::InspectedPart &part, const Arguments &arguments)
{
    const app::InspectedCms *cms = firstCms(part);
    if (!cms)
        return wrongUsage(Talk::tr("Part %1 holds no CMS object.").arg(QString::fromLatin1(part.number)));
    const base::Result<app::Asn1Element> tree = app::readAsn1Tree(cms->der);
    if (!tree) {
        fail(tree.error());
        return Exit::Negative;
    }
    QString text;
    printAsn1(*tree, 0, text);
    if (arguments.isSet(u"out"_s))
        return writeOutput(arguments.value(u"out"_s), arguments.wantsJson() ? QJsonDocument(app::toJson(*tree)).toJson() : text.toUtf8());
    if (arguments.wantsJson())
        print(QJsonDocument(app::toJson(*tree)));
    else
        printText(text);
    return Exit::Done;
}

using Diagnosis = std::optional<smime::SignatureDiagnosis>;

/// What changed since a message was signed, if the keys at hand show that anything did.
base::Result<Diagnosis> diagnosisOf(const QByteArray &message, const app::InspectionMaterial &material, const Context &context, const Arguments &arguments)
{
    const QDateTime now = base::Clock::system().now();
    const smime::OpenedMessage received = smime::open({message, material.opening, now, {}});
    const base::Result<QByteArray> sent = sentCopyOf(received, context, arguments);
    if (!sent)
        return sent.error();
    const Diagnosis compared = sent->isEmpty() ? Diagnosis() : smime::diagnoseAgainst(smime::open({*sent, material.opening, now, {}}), received);
    return compared ? compared : received.diagnosis;
}

void printDiagnosis(const smime::SignatureDiagnosis &diagnosis, QString &text)
{
    text += u"changed since it was signed: "_s + smime::nameOf(diagnosis.damage);
    text += diagnosis.line > 0 ? u", first in line %1\n"_s.arg(diagnosis.line) : u"\n"_s;
    if (diagnosis.sent.isEmpty() && diagnosis.received.isEmpty())
        return;
    const qsizetype lineEnd = diagnosis.sent.endsWith('\r') && diagnosis.received.endsWith('\r') ? 1 : 0;
    const auto shown = [lineEnd](const QByteArray &line) { return u'"' + QString::fromUtf8(line.chopped(lineEnd)).replace(u'\r', u"\\r"_s) + u"\"\n"_s; };
    text += u"  as signed:  "_s + shown(diagnosis.sent) + u"  as arrived: "_s + shown(diagnosis.received);
}

Exit showTree(const app::InspectedPart &part, const Diagnosis &diagnosis, const Arguments &arguments)
{
    if (arguments.wantsJson()) {
        QJsonObject object = app::toJson(part);
        if (diagnosis)
            object[u"diagnosis"_s] = app::toJson(*diagnosis);
        print(QJsonDocument(object));
        return Exit::Done;
    }
    QString text;
    printTree(part, 0, text);
    if (arguments.isSet(u"part"_s) && part.cms)
        printFields(part.cms->fields, 1, text);
    if (diagnosis)
        printDiagnosis(*diagnosis, text);
    printText(text);
    return Exit::Done;
}

// Own certificates lie open beside the locked keys, so that "this is you" costs no passphrase.
base::Result<app::InspectionMaterial> inspectionMaterial(const Context &context, const Arguments &arguments)
{
    app::InspectionMaterial material;
    if (hasMaterialFiles(arguments)) {
        base::Result<smime::OpeningMaterial> read = materialFromFiles(arguments);
        if (!read)
            return read.error();
        material.opening = std::move(read).value();
        return material;
    }
    if (context.profile.isEmpty())
        return material;
    const base::Result<app::Reader> reader = lockedReader(context);
    if (!reader)
        return reader.error();
    return app::inspectionMaterialOf(*reader);
}

} // namespace

Exit runInspect(const Context &context, const QStringList &words)
{
    Arguments arguments{u"inspect [--json] [--part N] [--asn1] [--out FILE] [--sent FILE] [--trust FILE]... [--key FILE]... [FILE]"_s};
    addMaterialOptions(arguments);
    arguments.addOption({u"part"_s}, Talk::tr("Show the part N only, with every field of its CMS; what is inside the CMS of part 1.2 is 1.2.1."), u"N"_s);
    arguments.addOption({u"out"_s}, Talk::tr("Write to FILE, - being stdout: with --asn1 the elements, else the decoded content of --part N."), u"FILE"_s);
    arguments.addOption({u"asn1"_s}, Talk::tr("Show the ASN.1 elements of the CMS with their offsets."));
    arguments.addOption({u"sent"_s}, Talk::tr("Say what changed since the letter was sent; FILE is the copy that its author kept, by default what lies in Sent of the profile."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.isSet(u"out"_s) && !arguments.isSet(u"part"_s) && !arguments.isSet(u"asn1"_s))
        return wrongUsage(Talk::tr("--out needs --part or --asn1, which say what to write."));
    const base::Result<QByteArray> octets = readInput(arguments.positional().value(0));
    if (!octets)
        return fail(octets.error());
    const base::Result<app::InspectionMaterial> material = inspectionMaterial(context, arguments);
    if (!material)
        return fail(material.error());
    const base::Result<app::InspectedPart> tree = app::inspect(*octets, *material);
    if (!tree) {
        fail(tree.error());
        return Exit::Negative;
    }
    const app::InspectedPart *part = arguments.isSet(u"part"_s) ? tree->find(arguments.value(u"part"_s).toLatin1()) : &*tree;
    if (!part)
        return wrongUsage(Talk::tr("The message has no part %1.").arg(arguments.value(u"part"_s)));
    if (arguments.isSet(u"asn1"_s))
        return showAsn1(*part, arguments);
    if (arguments.isSet(u"out"_s))
        return writeOutput(arguments.value(u"out"_s), part->content());
    const base::Result<Diagnosis> diagnosis = arguments.isSet(u"part"_s) ? Diagnosis() : diagnosisOf(*octets, *material, context, arguments);
    return diagnosis ? showTree(*part, *diagnosis, arguments) : fail(diagnosis.error());
}

} // namespace cli
