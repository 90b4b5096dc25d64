// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as an independent reader sees them: Python's email package.
#include "relay/DeliveryReport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using relay::ReportEntry;
using relay::ReportFacts;

namespace {

constexpr qint64 kArrived = 1'795'000'000'000;

/// What Python makes of a message: its headers, and each part's type and text; of a delivery-status the groups of fields.
QJsonObject readByPython(const QByteArray &message)
{
    static const QString script = uR"(
import email, email.policy, json, sys
message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
def fields(part):
    return [[name.lower(), str(value)] for name, value in part.items()]
parts = []
for part in message.iter_parts():
    kind = part.get_content_type()
    entry = {'type': kind, 'defects': [type(d).__name__ for d in part.defects], 'encoding': part.get('Content-Transfer-Encoding', '7bit')}
    if kind == 'message/delivery-status':
        entry['groups'] = [fields(group) for group in part.get_payload()]
    elif kind == 'message/rfc822':
        entry['inner'] = fields(part.get_payload(0))
        entry['text'] = part.get_payload(0).get_payload()
    else:
        entry['text'] = part.get_payload(decode=True).decode('utf-8')
    parts.append(entry)
print(json.dumps({'type': message.get_content_type(), 'reportType': message.get_param('report-type'), 'headers': fields(message),
                  'defects': [type(d).__name__ for d in message.defects], 'parts': parts}))
)"_s;
    QProcess python;
    python.start(u"python3"_s, {u"-c"_s, script});
    python.write(message);
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        qWarning("python: %s", python.readAllStandardError().constData());
    return QJsonDocument::fromJson(python.readAllStandardOutput()).object();
}

QString fieldOf(const QJsonArray &fields, QLatin1StringView name)
{
    for (const QJsonValue &field : fields)
        if (field[0].toString() == name)
            return field[1].toString();
    return u"(missing)"_s;
}

ReportFacts facts(const QList<ReportEntry> &entries)
{
    ReportFacts facts;
    facts.hostName = "relay.example.org";
    facts.sender = "alice@example.org";
    facts.envelopeId = "QQ+2B314159";
    facts.arrivedMs = kArrived;
    facts.nowMs = kArrived + 60'000;
    facts.token = "0123456789abcdef";
    facts.entries = entries;
    return facts;
}

ReportEntry failed()
{
    return {ReportEntry::Action::Failed, "bob@elsewhere.org", "rfc822;Bob+2BX@elsewhere.org", "5.1.1", "smtp.elsewhere.org", "550 5.1.1 unknown", kArrived + 1000, 0};
}

QByteArray whole(const ReportFacts &facts, const QByteArray &returned)
{
    const relay::DeliveryReport report = relay::makeReport(facts);
    return report.before + returned + report.after;
}

} // namespace

class TestDeliveryReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFailureIsReadFieldByField()
    {
        const QJsonObject read = readByPython(whole(facts({failed()}), "Subject: hello\r\nFrom: alice@example.org\r\n"));
        QCOMPARE(read["type"_L1].toString(), u"multipart/report"_s);
        QCOMPARE(read["reportType"_L1].toString(), u"delivery-status"_s);
        QVERIFY(read["defects"_L1].toArray().isEmpty());
        const QJsonArray headers = read["headers"_L1].toArray();
        QCOMPARE(fieldOf(headers, "to"_L1), u"alice@example.org"_s);
        QCOMPARE(fieldOf(headers, "auto-submitted"_L1), u"auto-replied"_s);
        QCOMPARE(fieldOf(headers, "mime-version"_L1), u"1.0"_s);
        QVERIFY(fieldOf(headers, "message-id"_L1).startsWith(u'<'));
        const QJsonArray parts = read["parts"_L1].toArray();
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[0]["type"_L1].toString(), u"text/plain"_s);
        QVERIFY(parts[0]["text"_L1].toString().contains(u"<bob@elsewhere.org>"_s));
        QVERIFY(parts[0]["text"_L1].toString().contains(u"550 5.1.1 unknown"_s));
        const QJsonArray groups = parts[1]["groups"_L1].toArray();
        QCOMPARE(groups.size(), 2);
        const QJsonArray message = groups[0].toArray();
        QCOMPARE(fieldOf(message, "original-envelope-id"_L1), u"QQ+314159"_s);
        QCOMPARE(fieldOf(message, "reporting-mta"_L1), u"dns; relay.example.org"_s);
        QCOMPARE(fieldOf(message, "arrival-date"_L1), u"Wed, 18 Nov 2026 11:06:40 +0000"_s);
        const QJsonArray recipient = groups[1].toArray();
        QCOMPARE(fieldOf(recipient, "original-recipient"_L1), u"rfc822;Bob+X@elsewhere.org"_s);
        QCOMPARE(fieldOf(recipient, "final-recipient"_L1), u"rfc822; bob@elsewhere.org"_s);
        QCOMPARE(fieldOf(recipient, "action"_L1), u"failed"_s);
        QCOMPARE(fieldOf(recipient, "status"_L1), u"5.1.1"_s);
        QCOMPARE(fieldOf(recipient, "remote-mta"_L1), u"dns; smtp.elsewhere.org"_s);
        QCOMPARE(fieldOf(recipient, "diagnostic-code"_L1), u"smtp; 550 5.1.1 unknown"_s);
        QCOMPARE(fieldOf(recipient, "last-attempt-date"_L1), u"Wed, 18 Nov 2026 11:06:41 +0000"_s);
        QCOMPARE(fieldOf(recipient, "will-retry-until"_L1), u"(missing)"_s);
        QCOMPARE(parts[2]["type"_L1].toString(), u"text/rfc822-headers"_s);
        QCOMPARE(parts[2]["text"_L1].toString(), u"Subject: hello\r\nFrom: alice@example.org\r\n"_s);
    }

    void theWholeMessageReturnsAsItWas()
    {
        ReportFacts wanted = facts({failed()});
        wanted.returnsText = true;
        wanted.hasEightBit = true;
        const QJsonObject read = readByPython(whole(wanted, "Subject: hello\r\n\r\nB\xc3\xa4r\r\n"));
        const QJsonObject part = read["parts"_L1][2].toObject();
        QCOMPARE(part["type"_L1].toString(), u"message/rfc822"_s);
        QCOMPARE(part["encoding"_L1].toString(), u"8bit"_s);
        QCOMPARE(fieldOf(part["inner"_L1].toArray(), "subject"_L1), u"hello"_s);
        QVERIFY(read["defects"_L1].toArray().isEmpty());
    }

    void everyActionHasItsWord_data()
    {
        QTest::addColumn<ReportEntry::Action>("action");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("subject");
        QTest::newRow("failed") << ReportEntry::Action::Failed << u"failed"_s << u"Your message was not delivered"_s;
        QTest::newRow("delayed") << ReportEntry::Action::Delayed << u"delayed"_s << u"Your message is delayed"_s;
        QTest::newRow("delivered") << ReportEntry::Action::Delivered << u"delivered"_s << u"Your message was delivered"_s;
        QTest::newRow("relayed") << ReportEntry::Action::Relayed << u"relayed"_s << u"Your message was handed on"_s;
    }
    void everyActionHasItsWord()
    {
        QFETCH(ReportEntry::Action, action);
        ReportEntry entry = failed();
        entry.action = action;
        entry.retriesUntilMs = action == ReportEntry::Action::Delayed ? kArrived + 5000 : 0;
        const QJsonObject read = readByPython(whole(facts({entry}), "Subject: x\r\n"));
        const QJsonArray recipient = read["parts"_L1][1]["groups"_L1][1].toArray();
        QTEST(fieldOf(recipient, "action"_L1), "word");
        QTEST(fieldOf(read["headers"_L1].toArray(), "subject"_L1), "subject");
        QCOMPARE(fieldOf(recipient, "will-retry-until"_L1),
                 action == ReportEntry::Action::Delayed ? u"Wed, 18 Nov 2026 11:06:45 +0000"_s : u"(missing)"_s);
    }

    void severalRecipientsAreGroupsOfTheirOwn()
    {
        ReportEntry other = failed();
        other.address = "carol@elsewhere.org";
        other.action = ReportEntry::Action::Relayed;
        const QJsonArray groups = readByPython(whole(facts({failed(), other}), "Subject: x\r\n"))["parts"_L1][1]["groups"_L1].toArray();
        QCOMPARE(groups.size(), 3);
        QCOMPARE(fieldOf(groups[2].toArray(), "final-recipient"_L1), u"rfc822; carol@elsewhere.org"_s);
    }

    void wordsOfAStrangerStayOnTheirLine()
    {
        ReportEntry entry = failed();
        entry.reply = "550 no\r\nBcc: victim@example.org\r\n\xff" + QByteArray(5000, 'x');
        const QByteArray message = whole(facts({entry}), "Subject: x\r\n");
        QVERIFY(!message.contains("\nBcc:"));
        for (const QByteArray &line : message.split('\n'))
            QVERIFY(line.size() < 999);
        QCOMPARE(readByPython(message)["parts"_L1].toArray().size(), 3);
    }

    void addressesBeyondAsciiMakeAGlobalReport()
    {
        ReportEntry entry = failed();
        entry.address = "j\xc3\xb6rg@elsewhere.org";
        entry.originalRecipient = "utf-8;j\\x{F6}rg@elsewhere.org";
        const QByteArray message = whole(facts({entry}), "Subject: x\r\n");
        QVERIFY(message.contains("report-type=global-delivery-status"));
        QVERIFY(message.contains("Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r\n"));
        QVERIFY(message.contains("Final-Recipient: utf-8; j\xc3\xb6rg@elsewhere.org\r\n"));
        QVERIFY(message.contains("Original-Recipient: utf-8;j\xc3\xb6rg@elsewhere.org\r\n"));
    }

    void theStatusComesFromTheReply_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("enhanced") << QByteArray("550 5.1.1 unknown") << QByteArray("5.1.1");
        QTest::newRow("plain") << QByteArray("550 unknown") << QByteArray("5.0.0");
        QTest::newRow("temporary") << QByteArray("451 4.3.0 later") << QByteArray("4.3.0");
        QTest::newRow("of another class") << QByteArray("550 4.1.1 odd") << QByteArray("5.0.0");
        QTest::newRow("not a number") << QByteArray("550 5.a.1 odd") << QByteArray("5.0.0");
        QTest::newRow("no reply") << QByteArray("TimedOut: no answer") << QByteArray("4.4.1");
        QTest::newRow("nothing") << QByteArray() << QByteArray("4.4.1");
    }
    void theStatusComesFromTheReply()
    {
        QFETCH(QByteArray, reply);
        QTEST(relay::statusOf(reply, "4.4.1"), "status");
    }

    void theHeadEndsWhereTheEmptyLineIs()
    {
        QCOMPARE(relay::headOf("A: b\r\nC: d\r\n\r\nbody\r\n\r\nmore").toByteArray(), "A: b\r\nC: d\r\n"_ba);
        QCOMPARE(relay::headOf("\r\nbody").toByteArray(), ""_ba);
        QCOMPARE(relay::headOf("A: b\r\n").toByteArray(), "A: b\r\n"_ba);
    }
};

QTEST_GUILESS_MAIN(TestDeliveryReport)
#include "tst_DeliveryReport.moc"
