// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MessageCommands.h"

#include "app/MessageJson.h"
#include "app/MessageService.h"
#include "app/VerdictPresenter.h"
#include "app/VerdictReasons.h"
#include "cli/IdentitySupport.h"
#include "cli/MailOpener.h"
#include "cli/MaterialOptions.h"
#include "cli/Online.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

constexpr int kMessagesAtMost = 100'000;

/// `opened` with what changed since it was sent, if the copy that its author kept is at hand. A passphrase is asked for only if that was named.
base::Result<smime::OpenedMessage> compared(smime::OpenedMessage opened, MailOpener &opener, const Context &context, const Arguments &arguments)
{
    const base::Result<QByteArray> octets = sentCopyOf(opened, context, arguments);
    if (!octets)
        return octets.error();
    if (octets->isEmpty())
        return opened;
    const base::Result<smime::OpenedMessage> sent = arguments.isSet(u"sent"_s) ? opener.open(*octets) : opener.openWithKeysAtHand(*octets);
    if (!sent)
        return sent;
    if (std::optional<smime::SignatureDiagnosis> diagnosis = smime::diagnoseAgainst(*sent, opened))
        opened.diagnosis = std::move(diagnosis);
    return opened;
}

Exit exitFor(smime::Summary summary)
{
    switch (summary) {
    case smime::Summary::Verified:
    case smime::Summary::Decrypted:
    case smime::Summary::Plain:
        return Exit::Done;
    case smime::Summary::Altered:
    case smime::Summary::Impersonated:
    case smime::Summary::Unverified:
    case smime::Summary::CannotDecrypt:
    case smime::Summary::Malformed:
        return Exit::Negative;
    }
    Q_UNREACHABLE_RETURN(Exit::Negative);
}

void sayVerdict(const smime::OpenedMessage &opened, const QDateTime &at)
{
    for (const QString &line : app::presentVerdict(opened.verdict, app::verdictContextOf(opened, at)).accessibleText().split(u'\n'))
        say(line);
    if (opened.fault && !opened.fault->detail.isEmpty())
        say(opened.fault->detail);
}

/// Each line bears a mark: what stands outside may say "--- protected part" itself.
QString marked(const QString &text)
{
    QString lines = u"| "_s + (text.endsWith(u'\n') ? text.chopped(1) : text);
    return lines.replace(u'\n', u"\n| "_s) + u'\n';
}

/// Like "wax:", or like the line before a part, be it in letters and signs of other scripts.
bool looksLikeOurs(const QString &line)
{
    static const QRegularExpression s_ours(
        u"^[^\\p{L}]*+(?:(?:[wԝѡшωաɯʍᴡ]|vv|νν|ѵѵ)[\\p{M}\\p{Cf}]*+[aаαɑᴀ][\\p{M}\\p{Cf}]*+[xхχᶍ×][\\p{M}\\p{Cf}\\h]*+[:꞉∶։׃ː˸]"
        "|(?:\\p{L}[\\p{L}\\p{M}\\p{Cf},]*+\\h++){2,4}\\d[\\d.]*+\\h*+\\p{Pd}{2}|protected\\h+part\\h+\\d|outside\\h+the\\h+protection\\h*+,)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return s_ours.match(line.normalized(QString::NormalizationForm_KC)).hasMatch();
}

/// The words of a letter. On a terminal they stand between what this program says, and may say the same: the verdict of a further part, say, that there
/// is not. Such a line bears a mark, as those outside the protection do.
QString wordsOf(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        if (looksLikeOurs(line))
            line.prepend(u"| "_s);
    return lines.join(u'\n');
}

void printOpened(const smime::OpenedMessage &opened)
{
    QString text;
    for (const smime::ShownField &field : opened.headers)
        text += QString::fromLatin1(field.name) + u": "_s + field.value + u'\n';
    text += u'\n' + wordsOf(opened.text);
    if (!text.endsWith(u'\n'))
        text += u'\n';
    const bool isProtected = opened.verdict.summary != smime::Summary::Plain;
    for (const smime::Attachment &attachment : opened.attachments)
        text += u"[%1, %2, %3 octets%4%5]\n"_s.arg(attachment.name.isEmpty() ? attachment.part : attachment.name, QString::fromLatin1(attachment.type),
                                                   QString::number(attachment.sizeOctets),
                                                   isProtected && attachment.protection == smime::CryptographicStatus::None ? u", not protected"_s : QString(),
                                                   attachment.isLetter() ? u"; a letter: wax open --part "_s + attachment.part : QString());
    for (const smime::UnprotectedPart &part : opened.unprotected)
        text += u"--- outside the protection, part %1 ---\n%2"_s.arg(part.part, marked(part.text));
    printText(text);
}

/// Each by itself, with its verdict right before it.
void showFurther(const smime::OpenedMessage &opened, const QDateTime &at)
{
    for (const smime::OpenedMessage &part : opened.further) {
        say(Talk::tr("The protected part %1, by itself:").arg(part.part));
        sayVerdict(part, at);
        printText(u"--- protected part %1 ---\n%2%3"_s.arg(part.part, wordsOf(part.text), part.text.endsWith(u'\n') ? QString() : u"\n"_s));
    }
}

/// One of several messages: its verdict without its text, or one line of JSON.
Exit showOneOfSeveral(const QString &file, const smime::OpenedMessage &opened, const Arguments &arguments, const QDateTime &at)
{
    if (arguments.wantsJson()) {
        QJsonObject object = app::toJson(opened);
        object.insert(u"file"_s, file);
        print(QJsonDocument{object}.toJson(QJsonDocument::Compact) + '\n');
    } else {
        say(file);
        sayVerdict(opened, at);
    }
    return exitFor(opened.verdict.summary);
}

Exit failOneOfSeveral(const QString &file, const base::Error &error, const Arguments &arguments)
{
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"file"_s, file}, {u"error"_s, app::toJson(error)}}}.toJson(QJsonDocument::Compact) + '\n');
    say(file);
    return fail(error);
}

/// The exit status is that of the worst. A file that cannot be read does not keep the others from being opened; without keys or trust
/// nothing can be said of any.
Exit openSeveral(MailOpener &opener, const Context &context, const Arguments &arguments, const QDateTime &at)
{
    Exit worst = Exit::Done;
    for (const QString &file : arguments.positional()) {
        const base::Result<QByteArray> octets = readInput(file);
        if (!octets) {
            worst = std::max(worst, failOneOfSeveral(file, octets.error(), arguments));
            continue;
        }
        base::Result<smime::OpenedMessage> opened = opener.open(*octets);
        if (opened)
            opened = compared(std::move(opened).value(), opener, context, arguments);
        if (!opened)
            return failOneOfSeveral(file, opened.error(), arguments);
        worst = std::max(worst, showOneOfSeveral(file, *opened, arguments, at));
    }
    return worst;
}

} // namespace

base::Result<QByteArray> sentCopyOf(const smime::OpenedMessage &opened, const Context &context, const Arguments &arguments)
{
    if (arguments.isSet(u"sent"_s))
        return readInput(arguments.value(u"sent"_s));
    // Files in place of a profile: nothing else is looked at.
    const bool mayLook = !context.profile.isEmpty() || !hasMaterialFiles(arguments);
    if (!mayLook || opened.verdict.summary != smime::Summary::Altered || opened.messageId.isEmpty())
        return QByteArray{};
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile || !QFile::exists(profile->folder + u"/mail.sqlite"_s))
        return QByteArray{};
    const base::Result<QByteArray> sent = sentOctets({context.dataDirectory, profile->address}, opened.messageId);
    return sent ? *sent : QByteArray{};
}

Exit showOpened(const smime::OpenedMessage &opened, const QDateTime &at, const Arguments &arguments)
{
    if (arguments.wantsJson()) {
        print(QJsonDocument(app::toJson(opened)));
    } else {
        sayVerdict(opened, at);
        printOpened(opened);
        showFurther(opened, at);
    }
    return exitFor(opened.verdict.summary);
}

Exit runOpen(const Context &context, const QStringList &words)
{
    Arguments arguments{u"open [--json] [--trust FILE]... [--crl FILE]... [--key FILE]... [--at TIME] [--fetch-revocation] [--require-revocation] [--part N] [--sent FILE] [FILE]..."_s};
    addMaterialOptions(arguments);
    arguments.addOption({u"at"_s}, Talk::tr("Judge as of TIME, ISO 8601; now by default."), u"TIME"_s);
    arguments.addOption({u"part"_s}, Talk::tr("Open only the letter that is attached as part N, as wax inspect counts, by itself; in it, parts go on after N.1."), u"N"_s);
    arguments.addOption({u"sent"_s}, Talk::tr("Say what changed since the letter was sent; FILE is the copy that its author kept, by default what lies in Sent of the profile."), u"FILE"_s);
    addRevocationOptions(arguments);
    arguments.addGlossary(Talk::tr("Warnings, as --json names them:"), &app::warningTexts);
    if (const std::optional<Exit> exit = arguments.parse(words, kMessagesAtMost))
        return *exit;
    QDateTime at = base::Clock::system().now();
    if (arguments.isSet(u"at"_s)) {
        at = QDateTime::fromString(arguments.value(u"at"_s), Qt::ISODate).toUTC();
        if (!at.isValid())
            return wrongUsage(Talk::tr("--at needs a time such as 2026-11-23T10:00:00Z."));
    }
    const bool areSeveral = arguments.positional().size() > 1;
    if (areSeveral && (arguments.isSet(u"part"_s) || arguments.isSet(u"sent"_s)))
        return wrongUsage(Talk::tr("--part and --sent are for one message."));
    base::Result<MailOpener> opener = MailOpener::make(context, arguments, at);
    if (!opener)
        return fail(opener.error());
    if (areSeveral)
        return openSeveral(*opener, context, arguments, at);
    const base::Result<QByteArray> octets = readInput(arguments.positional().value(0));
    if (!octets)
        return fail(octets.error());
    base::Result<smime::OpenedMessage> opened = opener->open(*octets);
    if (opened && arguments.isSet(u"part"_s))
        opened = opener->openAttached(std::move(opened).value(), arguments.value(u"part"_s));
    if (!opened)
        return opened.error().code == ErrorCode::InvalidArgument ? wrongUsage(opened.error().detail) : fail(opened.error());
    opened = compared(std::move(opened).value(), *opener, context, arguments);
    return opened ? showOpened(*opened, at, arguments) : fail(opened.error());
}

} // namespace cli
