// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/FaultRule.h"

#include "base/FileAccess.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <algorithm>

namespace relay {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

constexpr qsizetype kMostRules = 200;
constexpr qint64 kLargestFile = 1 << 20;

struct KindRow {
    FaultKind kind;
    QLatin1StringView name;
    FaultPoint usual; ///< Where it applies if the rule says nothing else.
};

constexpr KindRow kKinds[] = {
    {FaultKind::Refuse, "refuse"_L1, FaultPoint::Message},
    {FaultKind::RateLimit, "rate-limit"_L1, FaultPoint::Mail},
    {FaultKind::Greylist, "greylist"_L1, FaultPoint::Rcpt},
    {FaultKind::LoseReply, "lose-reply"_L1, FaultPoint::Message},
    {FaultKind::Disconnect, "disconnect"_L1, FaultPoint::Message},
    {FaultKind::Delay, "delay"_L1, FaultPoint::Message},
    {FaultKind::Drip, "drip"_L1, FaultPoint::Connect},
    {FaultKind::ChangeUids, "change-uids"_L1, FaultPoint::Login},
    {FaultKind::TlsHide, "tls-hide"_L1, FaultPoint::Handshake},
    {FaultKind::TlsDisconnect, "tls-disconnect"_L1, FaultPoint::Handshake},
    {FaultKind::TlsGarbage, "tls-garbage"_L1, FaultPoint::Handshake},
    {FaultKind::TlsCertificate, "tls-certificate"_L1, FaultPoint::Handshake},
    {FaultKind::Footer, "footer"_L1, FaultPoint::Message},
    {FaultKind::Rewrap, "rewrap"_L1, FaultPoint::Message},
    {FaultKind::QuotedPrintable, "quoted-printable"_L1, FaultPoint::Message},
    {FaultKind::FromEscape, "from-escape"_L1, FaultPoint::Message},
    {FaultKind::MungeHeader, "munge-header"_L1, FaultPoint::Message},
    {FaultKind::RefoldHeader, "refold-header"_L1, FaultPoint::Message},
    {FaultKind::StripSignature, "strip-signature"_L1, FaultPoint::Message},
    {FaultKind::RenameType, "rename-type"_L1, FaultPoint::Message},
    {FaultKind::Truncate, "truncate"_L1, FaultPoint::Message},
    {FaultKind::Swap, "swap"_L1, FaultPoint::Message},
    {FaultKind::Replay, "replay"_L1, FaultPoint::Message},
};

constexpr std::pair<FaultPoint, QLatin1StringView> kPoints[] = {
    {FaultPoint::Connect, "connect"_L1}, {FaultPoint::Ehlo, "ehlo"_L1}, {FaultPoint::Auth, "auth"_L1},
    {FaultPoint::StartTls, "starttls"_L1}, {FaultPoint::Mail, "mail"_L1}, {FaultPoint::Rcpt, "rcpt"_L1},
    {FaultPoint::Data, "data"_L1}, {FaultPoint::Body, "body"_L1}, {FaultPoint::Message, "message"_L1},
    {FaultPoint::Rset, "rset"_L1}, {FaultPoint::Quit, "quit"_L1}, {FaultPoint::Pop3Connect, "pop3-connect"_L1},
    {FaultPoint::Capa, "capa"_L1}, {FaultPoint::Stls, "stls"_L1}, {FaultPoint::Login, "login"_L1},
    {FaultPoint::Stat, "stat"_L1}, {FaultPoint::List, "list"_L1}, {FaultPoint::Uidl, "uidl"_L1},
    {FaultPoint::Retr, "retr"_L1}, {FaultPoint::Top, "top"_L1}, {FaultPoint::Dele, "dele"_L1},
    {FaultPoint::Pop3Quit, "pop3-quit"_L1}, {FaultPoint::Handshake, "handshake"_L1},
};

const KindRow &rowOf(FaultKind kind)
{
    return *std::find_if(std::begin(kKinds), std::end(kKinds), [kind](const KindRow &row) { return row.kind == kind; });
}

bool isPop3(FaultPoint point)
{
    return point >= FaultPoint::Pop3Connect && point <= FaultPoint::Pop3Quit;
}

/// Takes the members out of a rule one by one; what is left over nobody knows.
class RuleReader
{
public:
    explicit RuleReader(QJsonObject object) : m_object(std::move(object)) {}

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.take(name);
        if (!value.isUndefined() && !value.isString())
            complain(u"\"%1\" must be a text"_s.arg(name));
        return value.toString();
    }
    double number(QLatin1StringView name, double otherwise, double least, double most)
    {
        const QJsonValue value = m_object.take(name);
        if (value.isUndefined())
            return otherwise;
        if (!value.isDouble() || value.toDouble() < least || value.toDouble() > most)
            complain(u"\"%1\" must be a number from %2 to %3"_s.arg(name).arg(least).arg(most, 0, 'f', 0));
        return value.toDouble(otherwise);
    }
    template <typename T>
    void count(QLatin1StringView name, T &target, double most = 1e9, double least = 1)
    {
        target = static_cast<T>(number(name, static_cast<double>(target), least, most));
    }
    bool truth(QLatin1StringView name, bool otherwise)
    {
        const QJsonValue value = m_object.take(name);
        if (!value.isUndefined() && !value.isBool())
            complain(u"\"%1\" must be true or false"_s.arg(name));
        return value.toBool(otherwise);
    }
    void complain(const QString &what)
    {
        if (m_complaint.isEmpty())
            m_complaint = what;
    }
    [[nodiscard]] QString complaint() const
    {
        return !m_complaint.isEmpty() || m_object.isEmpty() ? m_complaint : u"\"%1\" is not known"_s.arg(m_object.begin().key());
    }

private:
    QJsonObject m_object;
    QString m_complaint;
};

bool isOneLine(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7f; });
}

/// What a kind cannot do without, and what makes no sense.
QString objectionTo(const FaultRule &rule)
{
    const bool isReply = rule.kind == FaultKind::Refuse || rule.kind == FaultKind::RateLimit || rule.kind == FaultKind::Greylist;
    const bool isSmtpCode = rule.code.size() == 3 && (rule.code[0] == '4' || rule.code[0] == '5') && rule.code[1] >= '0' && rule.code[1] <= '5'
        && rule.code[2] >= '0' && rule.code[2] <= '9';
    if (isReply && isPop3(rule.point) ? rule.code != "-ERR" : isReply && !isSmtpCode)
        return u"\"code\" must be a reply code such as 452, or -ERR for POP3"_s;
    if (isReply && (!isOneLine(rule.text) || rule.text.size() > 400))
        return u"\"text\" must be one line"_s;
    if (rule.kind == FaultKind::RateLimit && rule.perMinute < 1)
        return u"\"perMinute\" is missing"_s;
    if (rule.kind == FaultKind::Delay && rule.milliseconds < 1)
        return u"\"milliseconds\" is missing"_s;
    if (rule.kind == FaultKind::Drip && rule.octetsPerSecond < 1)
        return u"\"octetsPerSecond\" is missing"_s;
    if (rule.kind == FaultKind::TlsCertificate && (rule.certificate.isEmpty() || rule.key.isEmpty()))
        return u"\"certificate\" and \"key\" must name PEM files"_s;
    const bool isTls = rule.kind >= FaultKind::TlsHide && rule.kind <= FaultKind::TlsCertificate;
    if (isTls != (rule.point == FaultPoint::Handshake) || (isContentFault(rule.kind) && rule.point != FaultPoint::Message))
        return u"\"at\" does not fit the fault"_s;
    if (rule.kind == FaultKind::LoseReply && rule.point != FaultPoint::Message && rule.point != FaultPoint::Pop3Quit)
        return u"lose-reply is for \"message\" and \"pop3-quit\""_s;
    if (rule.point == FaultPoint::Body && rule.kind != FaultKind::Disconnect)
        return u"only disconnect can happen at \"body\""_s;
    return {};
}

void fillUsualValues(FaultRule &rule)
{
    const bool isReply = rule.kind == FaultKind::Refuse || rule.kind == FaultKind::RateLimit || rule.kind == FaultKind::Greylist;
    if (isReply && rule.code.isEmpty())
        rule.code = isPop3(rule.point) ? "-ERR" : rule.kind == FaultKind::RateLimit ? "421" : rule.recipient > 0 ? "452" : "451";
    if (rule.kind == FaultKind::Greylist && rule.seconds == 0)
        rule.seconds = 300;
    if (rule.kind == FaultKind::Rewrap && rule.columns == 0)
        rule.columns = 60;
}

} // namespace

bool isContentFault(FaultKind kind)
{
    return kind >= FaultKind::Footer;
}

QString nameOf(FaultKind kind)
{
    return rowOf(kind).name;
}

QList<FaultKind> allFaultKinds()
{
    QList<FaultKind> kinds;
    for (const KindRow &row : kKinds)
        kinds.append(row.kind);
    return kinds;
}

QString nameOf(FaultPoint point)
{
    return std::find_if(std::begin(kPoints), std::end(kPoints), [point](const auto &row) { return row.first == point; })->second;
}

base::Result<FaultRule> FaultRule::fromJson(const QJsonObject &object)
{
    RuleReader reader{object};
    FaultRule rule;
    rule.name = reader.text("name"_L1);
    const QString kind = reader.text("fault"_L1);
    const auto row = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindRow &known) { return known.name == kind; });
    const QString point = reader.text("at"_L1);
    const auto pointRow = std::find_if(std::begin(kPoints), std::end(kPoints), [&](const auto &known) { return known.second == point; });
    if (rule.name.isEmpty() || rule.name.size() > 100 || !isOneLine(rule.name.toUtf8()))
        reader.complain(u"\"name\" is missing or no short text"_s);
    if (row == std::end(kKinds))
        reader.complain(u"the fault \"%1\" is not known"_s.arg(kind));
    else
        rule.kind = row->kind;
    if (!point.isEmpty() && pointRow == std::end(kPoints))
        reader.complain(u"there is no \"at\": \"%1\""_s.arg(point));
    rule.point = !point.isEmpty() && pointRow != std::end(kPoints) ? pointRow->first : rowOf(rule.kind).usual;
    rule.isEnabled = reader.truth("enabled"_L1, true);
    rule.from = reader.text("from"_L1).toUtf8().toLower();
    rule.to = reader.text("to"_L1).toUtf8().toLower();
    reader.count("nth"_L1, rule.nth);
    reader.count("every"_L1, rule.every);
    reader.count("recipient"_L1, rule.recipient);
    reader.count("session"_L1, rule.session, 1e15);
    rule.chance = reader.number("chance"_L1, 1, 0, 1);
    reader.count("afterSeconds"_L1, rule.afterSeconds, 1e9, 0);
    reader.count("forSeconds"_L1, rule.forSeconds);
    rule.code = reader.text("code"_L1).toLatin1();
    rule.text = reader.text("text"_L1).toUtf8();
    reader.count("perMinute"_L1, rule.perMinute, 1e5);
    reader.count("seconds"_L1, rule.seconds);
    reader.count("milliseconds"_L1, rule.milliseconds, 24.0 * 3600 * 1000);
    reader.count("octets"_L1, rule.octets, 1e12);
    reader.count("octetsPerSecond"_L1, rule.octetsPerSecond);
    reader.count("columns"_L1, rule.columns, 998, 10);
    reader.count("copies"_L1, rule.copies, 100);
    rule.certificate = reader.text("certificate"_L1);
    rule.key = reader.text("key"_L1);
    fillUsualValues(rule);
    QString complaint = reader.complaint();
    if (complaint.isEmpty())
        complaint = objectionTo(rule);
    if (!complaint.isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"rule \"%1\": %2"_s.arg(rule.name, complaint)};
    return rule;
}

QJsonObject FaultRule::toJson() const
{
    QJsonObject object{{u"name"_s, name}, {u"fault"_s, nameOf(kind)}};
    FaultRule usual;
    usual.kind = kind;
    usual.point = rowOf(kind).usual;
    usual.recipient = recipient;
    if (point != usual.point)
        object[u"at"_s] = nameOf(point);
    if (!isEnabled)
        object[u"enabled"_s] = false;
    usual.point = point;
    fillUsualValues(usual);
    const auto put = [&object](QLatin1StringView member, const auto &value, const auto &otherwise) {
        if (value == otherwise)
            return;
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, QByteArray>)
            object[member] = QString::fromUtf8(value);
        else if constexpr (std::is_same_v<std::decay_t<decltype(value)>, QString>)
            object[member] = value;
        else
            object[member] = static_cast<double>(value);
    };
    put("from"_L1, from, usual.from);
    put("to"_L1, to, usual.to);
    put("nth"_L1, nth, usual.nth);
    put("every"_L1, every, usual.every);
    put("recipient"_L1, recipient, 0);
    put("session"_L1, session, usual.session);
    put("chance"_L1, chance, usual.chance);
    put("afterSeconds"_L1, afterSeconds, usual.afterSeconds);
    put("forSeconds"_L1, forSeconds, usual.forSeconds);
    put("code"_L1, code, usual.code);
    put("text"_L1, text, usual.text);
    put("perMinute"_L1, perMinute, usual.perMinute);
    put("seconds"_L1, seconds, usual.seconds);
    put("milliseconds"_L1, milliseconds, usual.milliseconds);
    put("octets"_L1, octets, usual.octets);
    put("octetsPerSecond"_L1, octetsPerSecond, usual.octetsPerSecond);
    put("columns"_L1, columns, usual.columns);
    put("copies"_L1, copies, usual.copies);
    put("certificate"_L1, certificate, usual.certificate);
    put("key"_L1, key, usual.key);
    return object;
}

base::Result<FaultPlan> FaultPlan::fromJson(const QByteArray &json)
{
    QJsonParseError parseError{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (!document.isObject())
        return base::Error{ErrorCode::ConfigurationInvalid, u"the fault rules are no JSON object: %1"_s.arg(parseError.errorString()), parseError.offset, {}};
    QJsonObject object = document.object();
    FaultPlan plan;
    const QJsonValue seed = object.take("seed"_L1);
    const QJsonValue rules = object.take("rules"_L1);
    if (!object.isEmpty())
        return {ErrorCode::ConfigurationInvalid, u"\"%1\" is not known beside \"seed\" and \"rules\""_s.arg(object.begin().key())};
    if ((!seed.isUndefined() && !seed.isDouble()) || (!rules.isUndefined() && !rules.isArray()) || rules.toArray().size() > kMostRules)
        return {ErrorCode::ConfigurationInvalid, u"\"seed\" must be a number and \"rules\" a list of at most %1"_s.arg(kMostRules)};
    plan.seed = static_cast<quint64>(seed.toInteger(1));
    QSet<QString> names;
    for (const QJsonValue &value : rules.toArray()) {
        base::Result<FaultRule> rule = FaultRule::fromJson(value.toObject());
        if (!rule)
            return rule.error();
        if (names.contains(rule->name))
            return {ErrorCode::ConfigurationInvalid, u"there are two rules \"%1\""_s.arg(rule->name)};
        names.insert(rule->name);
        plan.rules.append(*rule);
    }
    return plan;
}

QByteArray FaultPlan::toJson() const
{
    QJsonArray list;
    for (const FaultRule &rule : rules)
        list.append(rule.toJson());
    return QJsonDocument{QJsonObject{{u"seed"_s, static_cast<qint64>(seed)}, {u"rules"_s, list}}}.toJson();
}

base::Result<FaultPlan> FaultPlan::read(const QString &path)
{
    const base::Result<QByteArray> json = base::readFile(path, kLargestFile);
    if (!json && json.error().code == ErrorCode::FileNotFound)
        return FaultPlan{};
    if (!json)
        return json.error();
    base::Result<FaultPlan> plan = fromJson(*json);
    if (!plan)
        return {ErrorCode::FaultRulesDamaged, path + u": "_s + plan.error().detail};
    return plan;
}

base::Status FaultPlan::write(const QString &path) const
{
    return base::writePrivateFile(path, toJson());
}

QString FaultPlan::confirmationFile(const QString &path)
{
    return path + u".in-force"_s;
}

base::Status FaultPlan::confirm(const QString &path) const
{
    return base::writePrivateFile(confirmationFile(path), QCryptographicHash::hash(toJson(), QCryptographicHash::Sha256).toHex());
}

bool FaultPlan::isConfirmed(const QString &path) const
{
    const base::Result<QByteArray> confirmed = base::readFile(confirmationFile(path), kLargestFile);
    return confirmed && *confirmed == QCryptographicHash::hash(toJson(), QCryptographicHash::Sha256).toHex();
}

QByteArray marksToJson(const QList<FaultMark> &marks)
{
    if (marks.isEmpty())
        return {};
    QJsonArray list;
    for (const FaultMark &mark : marks) {
        QJsonObject object{{u"rule"_s, mark.rule}, {u"fault"_s, mark.fault}, {u"altered"_s, mark.isAltered}};
        if (!mark.note.isEmpty())
            object[u"note"_s] = mark.note;
        list.append(object);
    }
    return QJsonDocument{list}.toJson(QJsonDocument::Compact);
}

QList<FaultMark> marksFromJson(const QByteArray &json)
{
    QList<FaultMark> marks;
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array())
        marks.append({value["rule"_L1].toString(), value["fault"_L1].toString(), value["altered"_L1].toBool(), value["note"_L1].toString()});
    return marks;
}

} // namespace relay
