// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayAssessor.h"
#include "app/RelaySpool.h"
#include "cli/FileWait.h"
#include "cli/RelayCommands.h"
#include "cli/RelayMessageCommands.h"
#include "mime/Address.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// The newest so many are looked at.
constexpr int kLookedAt = 2000;

/// One thing that is demanded of a message.
struct Condition {
    QString text;  ///< "--signed-by alice@example.org"
    std::function<std::optional<QString>(const app::RelayMessage &)> complaint; ///< Nothing if it is met.
};

/// How a message does.
struct Candidate {
    app::RelayMessage message;
    QStringList missed;
    QStringList reasons;
};

bool isSame(const QString &address, const QString &other)
{
    return address.compare(other.trimmed(), Qt::CaseInsensitive) == 0;
}

bool contains(const QStringList &addresses, const QString &wanted)
{
    return std::any_of(addresses.begin(), addresses.end(), [&wanted](const QString &address) { return isSame(address, wanted); });
}

QString listed(const QStringList &addresses)
{
    return addresses.isEmpty() ? Talk::tr("nobody") : addresses.join(u", "_s);
}

/// "10s", "500ms", "2m", or seconds.
std::optional<std::chrono::milliseconds> durationOf(const QString &text)
{
    const std::pair<QLatin1StringView, qint64> units[] = {{"ms"_L1, 1}, {"s"_L1, 1000}, {"m"_L1, 60'000}, {""_L1, 1000}};
    for (const auto &[unit, factor] : units) {
        if (!text.endsWith(unit))
            continue;
        bool isNumber = false;
        const double count = text.chopped(unit.size()).toDouble(&isNumber);
        if (!isNumber || !(count >= 0 && count <= 86'400)) // "nan" is a number, too.
            return std::nullopt;
        return std::chrono::milliseconds{static_cast<qint64>(count * static_cast<double>(factor))};
    }
    return std::nullopt;
}

std::optional<QString> signatureComplaint(const app::RelayMessage &message, const QString &wanted)
{
    const app::RelayAssessment &assessment = message.assessment;
    if (contains(assessment.signedBy, wanted))
        return std::nullopt;
    if (assessment.summary == "cannot-decrypt"_L1)
        return Talk::tr("it is encrypted, so a signature inside cannot be seen; give a reader's key with --key");
    if (assessment.summary == "altered"_L1)
        return Talk::tr("it was altered since it was signed") + (assessment.damage.isEmpty() ? QString{} : u" ("_s + assessment.damage + u')');
    return assessment.isSigned() ? Talk::tr("it is signed by %1").arg(listed(assessment.signedBy)) : Talk::tr("it is not signed");
}

std::optional<QString> complainUnless(bool isMet, const QString &complaint)
{
    return isMet ? std::nullopt : std::optional<QString>{complaint};
}

/// Nothing that carriers see is vouched for: beside --verified the sender is who signed as such.
std::optional<QString> senderComplaint(const app::RelayMessage &message, const QString &wanted, bool isVerifiedWanted)
{
    const app::RelayAssessment &assessment = message.assessment;
    if (isVerifiedWanted && assessment.summary == "verified"_L1) {
        const QStringList senders = assessment.verifiedSenders();
        return complainUnless(contains(senders, wanted), Talk::tr("it is verified as a letter of %1").arg(listed(senders)));
    }
    const QList<mime::Address> authors = mime::parseAddresses(assessment.from);
    const bool isInHeader = std::any_of(authors.begin(), authors.end(), [&wanted](const mime::Address &author) { return mime::isSameMailbox(author.mailbox, wanted); });
    return complainUnless(isSame(message.sender, wanted) || isInHeader, Talk::tr("it came from %1").arg(message.sender));
}

std::optional<QString> subjectComplaint(const app::RelayAssessment &assessment, const QString &wanted, bool isVerifiedWanted)
{
    const QJsonValue sealed = assessment.open["headers"_L1]["Subject"_L1];
    const bool isSealed = isVerifiedWanted && sealed["protection"_L1] == "signed"_L1;
    const QString subject = isSealed ? sealed["value"_L1].toString() : assessment.subject;
    return complainUnless(subject.contains(wanted, Qt::CaseInsensitive), Talk::tr("its subject is \"%1\"").arg(subject));
}

/// Under the name that the sender used, or the mailbox's own.
std::optional<QString> toComplaint(const app::RelayMessage &message, const QString &wanted)
{
    const QStringList names = message.otherNames + message.recipients;
    return complainUnless(contains(names, wanted), Talk::tr("it went to %1").arg(listed(names)));
}

/// The conditions that the words name, in the order of the help.
QList<Condition> conditionsOf(const Arguments &arguments)
{
    using Message = app::RelayMessage;
    QList<Condition> conditions;
    const bool isVerifiedWanted = arguments.isSet(u"verified"_s);
    for (const QString &to : arguments.values(u"to"_s))
        conditions.append({u"--to "_s + to, [to](const Message &m) { return toComplaint(m, to); }});
    if (const QString from = arguments.value(u"from"_s); !from.isEmpty())
        conditions.append({u"--from "_s + from, [from, isVerifiedWanted](const Message &m) { return senderComplaint(m, from, isVerifiedWanted); }});
    if (const QString subject = arguments.value(u"subject"_s); !subject.isEmpty())
        conditions.append({u"--subject "_s + subject, [subject, isVerifiedWanted](const Message &m) { return subjectComplaint(m.assessment, subject, isVerifiedWanted); }});
    if (const QString signer = arguments.value(u"signed-by"_s); !signer.isEmpty())
        conditions.append({u"--signed-by "_s + signer, [signer](const Message &m) { return signatureComplaint(m, signer); }});
    if (isVerifiedWanted)
        conditions.append({u"--verified"_s, [](const Message &m) {
                               const QString damage = m.assessment.damage.isEmpty() ? QString{} : u" ("_s + m.assessment.damage + u')';
                               return complainUnless(m.assessment.summary == "verified"_L1, Talk::tr("it is %1%2").arg(m.assessment.summary, damage));
                           }});
    if (arguments.isSet(u"encrypted"_s))
        conditions.append({u"--encrypted"_s, [](const Message &m) { return complainUnless(m.assessment.isEncrypted(), Talk::tr("it is not encrypted")); }});
    for (const QString &reader : arguments.values(u"readable-by"_s))
        conditions.append({u"--readable-by "_s + reader, [reader](const Message &m) {
                               QStringList readers;
                               for (const app::RelayReader &one : m.assessment.readers)
                                   readers += one.addresses;
                               return complainUnless(!m.assessment.isEncrypted() || contains(readers, reader), Talk::tr("it can be read by %1").arg(listed(readers)));
                           }});
    if (arguments.isSet(u"no-leak"_s))
        conditions.append({u"--no-leak"_s, [](const Message &m) { return complainUnless(!m.assessment.hasLeak(), Talk::tr("its list of readers betrays a blind copy")); }});
    if (arguments.isSet(u"unaltered"_s))
        conditions.append({u"--unaltered"_s, [](const Message &m) {
                               const bool isAltered = std::any_of(m.faults.begin(), m.faults.end(), [](const app::FaultMark &mark) { return mark.isAltered; });
                               return complainUnless(!isAltered, Talk::tr("a fault rule altered it"));
                           }});
    return conditions;
}

void addConditionOptions(Arguments &arguments)
{
    arguments.addOption({u"to"_s}, Talk::tr("It went to this address; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"from"_s}, Talk::tr("It came from this address, in the envelope or the header; with --verified, by its seal."), u"ADDRESS"_s);
    arguments.addOption({u"subject"_s}, Talk::tr("Its subject, as carriers see it, contains TEXT; with --verified, the signed one."), u"TEXT"_s);
    arguments.addOption({u"signed-by"_s}, Talk::tr("A signature that fits was made with a certificate of this address."), u"ADDRESS"_s);
    arguments.addOption({u"verified"_s}, Talk::tr("Its summary is verified."));
    arguments.addOption({u"encrypted"_s}, Talk::tr("It is encrypted."));
    arguments.addOption({u"readable-by"_s}, Talk::tr("This address can read it; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"no-leak"_s}, Talk::tr("Its list of readers betrays no blind copy."));
    arguments.addOption({u"unaltered"_s}, Talk::tr("No fault rule altered it."));
    arguments.addOption({u"none"_s}, Talk::tr("Succeed if no such message comes."));
    arguments.addOption({u"since"_s}, Talk::tr("Only messages after the one with the number ID."), u"ID"_s);
    arguments.addOption({u"within"_s}, Talk::tr("Wait that long, such as 10s or 500ms; by default not at all."), u"TIME"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Look inside with the private keys in FILE."), u"FILE"_s);
    addSpoolOptions(arguments);
}

/// Looks at the spool again and again until a message meets every condition.
class Expectation
{
public:
    Expectation(QString spool, QString dataDirectory, smime::OpeningMaterial keys, QList<Condition> conditions, qint64 since)
        : m_spool(std::move(spool)), m_dataDirectory(std::move(dataDirectory)), m_keys(std::move(keys)), m_conditions(std::move(conditions)), m_since(since) {}

    /// True if there is one, or if it cannot be found out.
    bool look()
    {
        if (!app::relaySpool::isPresent(m_spool))
            return false; // The relay may be about to make it.
        base::Result<QList<app::RelayMessage>> messages = app::relaySpool::listMessages(m_spool, {}, kLookedAt);
        if (messages)
            if (const base::Status status = app::relaySpool::assessMissing(m_spool, m_dataDirectory, *messages); !status)
                messages = status.error();
        if (!messages) {
            error = messages.error();
            return true;
        }
        nearest.reset();
        for (const app::RelayMessage &message : std::as_const(*messages)) {
            if (message.id <= m_since)
                continue;
            Candidate candidate = judged(message);
            if (!nearest || candidate.missed.size() < nearest->missed.size())
                nearest = std::move(candidate);
        }
        return isMet();
    }

    [[nodiscard]] bool isMet() const { return nearest && nearest->missed.isEmpty(); }

    std::optional<base::Error> error;
    std::optional<Candidate> nearest;

private:
    Candidate judged(app::RelayMessage message)
    {
        if (message.assessment.isTooLarge || (m_keys.keys && message.assessment.summary == "cannot-decrypt"_L1))
            lookInside(message);
        Candidate candidate{message, {}, {}};
        for (const Condition &condition : std::as_const(m_conditions)) {
            const bool isOfEnvelope = condition.text.startsWith("--to "_L1);
            const std::optional<QString> complaint = !message.assessment.isKnown && !isOfEnvelope ? std::optional<QString>{Talk::tr("the relay has not assessed it yet")}
                                                                                                : condition.complaint(message);
            if (!complaint)
                continue;
            candidate.missed.append(condition.text);
            candidate.reasons.append(*complaint);
        }
        return candidate;
    }

    void lookInside(app::RelayMessage &message)
    {
        if (!m_inside.contains(message.id)) {
            const base::Result<QByteArray> octets = app::relaySpool::getMessage(m_spool, message.id);
            if (!octets)
                return;
            m_inside.insert(message.id, app::assessMessage(message, *octets, app::publicMaterial(identity::DataDirectory{m_dataDirectory}, m_keys)));
        }
        message.assessment = m_inside.value(message.id);
    }

    QString m_spool;
    QString m_dataDirectory;
    smime::OpeningMaterial m_keys;
    QList<Condition> m_conditions;
    qint64 m_since;
    QHash<qint64, app::RelayAssessment> m_inside;
};

QString reasonOf(const Expectation &expectation)
{
    if (!expectation.nearest)
        return Talk::tr("No message came.");
    const Candidate &nearest = *expectation.nearest;
    QStringList parts;
    for (qsizetype i = 0; i < nearest.missed.size(); ++i)
        parts << u"%1: %2"_s.arg(nearest.missed[i], nearest.reasons[i]);
    return Talk::tr("No message meets every condition. Nearest is message %1: %2.").arg(nearest.message.id).arg(parts.join(u"; "_s));
}

Exit answer(const Expectation &expectation, const Arguments &arguments, qint64 waitedMs)
{
    const bool wantsNone = arguments.isSet(u"none"_s);
    const bool isGood = expectation.isMet() != wantsNone;
    QJsonObject object{{u"matched"_s, expectation.isMet()}, {u"waitedMs"_s, waitedMs}};
    if (expectation.isMet()) {
        object[u"message"_s] = toJson(expectation.nearest->message);
    } else {
        object[u"reason"_s] = reasonOf(expectation);
        object[u"nearest"_s] = expectation.nearest ? QJsonValue(toJson(expectation.nearest->message)) : QJsonValue();
        object[u"missed"_s] = expectation.nearest ? QJsonArray::fromStringList(expectation.nearest->missed) : QJsonArray{};
    }
    if (arguments.wantsJson())
        print(QJsonDocument{object});
    else if (expectation.isMet())
        print(QByteArray::number(expectation.nearest->message.id) + '\n');
    if (!isGood)
        say(wantsNone ? Talk::tr("Message %1 came, and none was expected.").arg(expectation.nearest->message.id) : reasonOf(expectation));
    return isGood ? Exit::Done : Exit::Negative;
}

} // namespace

Exit runRelayExpect(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay expect [--to A]... [--signed-by B] [--verified] [--encrypted] [--subject TEXT] ... [--within 10s] [--json]"_s};
    addConditionOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const std::optional<std::chrono::milliseconds> within = durationOf(arguments.isSet(u"within"_s) ? arguments.value(u"within"_s) : u"0s"_s);
    if (!within)
        return wrongUsage(Talk::tr("--within needs a time such as 10s or 500ms."));
    bool isNumber = true;
    const qint64 since = arguments.isSet(u"since"_s) ? arguments.value(u"since"_s).toLongLong(&isNumber) : 0;
    if (!isNumber)
        return wrongUsage(Talk::tr("--%1 needs a number.").arg("since"_L1));
    const base::Result<smime::OpeningMaterial> keys = keysFromFiles(arguments);
    if (!keys)
        return fail(keys.error());
    const QString spool = spoolOf(context, arguments);
    Expectation expectation{spool, context.dataDirectory, *keys, conditionsOf(arguments), since};
    QElapsedTimer clock;
    clock.start();
    (void)waitForFiles(app::relaySpool::watchedFiles(spool), *within, [&expectation] { return expectation.look(); });
    // With a misspelt folder "--none" would always be content.
    if (!app::relaySpool::isPresent(spool))
        return noSpool(spool);
    if (expectation.error)
        return fail(*expectation.error);
    return answer(expectation, arguments, clock.elapsed());
}

} // namespace cli
