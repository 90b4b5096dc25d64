// SPDX-License-Identifier: GPL-3.0-or-later
// Faults on demand: each rule of transport in a dialogue, each rule of content on a message, and that the same seed does the same.
#include "mime/Structure.h"
#include "relay/ContentFaults.h"
#include "relay/FakeBackends.h"
#include "relay/RelayFixture.h"
#include "store/SqliteSpool.h"

#include <QJsonDocument>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using relay::FaultKind;
using relay::FaultPlan;
using relay::FaultRule;

namespace {


FaultRule ruleOf(const QByteArray &json)
{
    const base::Result<FaultRule> rule = FaultRule::fromJson(QJsonDocument::fromJson(json).object());
    return rule ? *rule : FaultRule{};
}

/// Apostrophes stand for quotes.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray last(const QByteArrayList &lines)
{
    return lines.isEmpty() ? QByteArray{"(nothing)"} : lines.last();
}

const QByteArray kSigned = "From: alice@example.org\r\nSubject: Lunch\r\nMIME-Version: 1.0\r\n"
                           "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b\r\n\r\n"
                           "--b\r\nContent-Type: text/plain; charset=utf-8\r\nSubject: Lunch\r\n\r\n"
                           "From here on the words are many enough to be wrapped by anybody who thinks that lines are short.\r\nAlice\r\n"
                           "\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                           "MIIBAA==\r\n--b--\r\n";

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongRulesAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no JSON") << QByteArray{"{"} << u"no JSON"_s;
        QTest::newRow("unknown fault") << QByteArray{json("{'rules':[{'name':'a','fault':'flood'}]}")} << u"\"flood\""_s;
        QTest::newRow("unknown member") << QByteArray{json("{'rules':[{'name':'a','fault':'footer','nht':2}]}")} << u"\"nht\""_s;
        QTest::newRow("no name") << QByteArray{json("{'rules':[{'fault':'footer'}]}")} << u"\"name\""_s;
        QTest::newRow("twice") << QByteArray{json("{'rules':[{'name':'a','fault':'footer'},{'name':'a','fault':'swap'}]}")} << u"two rules"_s;
        QTest::newRow("text for a number") << QByteArray{json("{'rules':[{'name':'a','fault':'footer','nth':'2'}]}")} << u"\"nth\""_s;
        QTest::newRow("neither on nor off") << QByteArray{json("{'rules':[{'name':'a','fault':'footer','enabled':'no'}]}")} << u"\"enabled\""_s;
        QTest::newRow("a code of success") << QByteArray{json("{'rules':[{'name':'a','fault':'refuse','code':'250'}]}")} << u"\"code\""_s;
        QTest::newRow("two lines") << QByteArray{json("{'rules':[{'name':'a','fault':'refuse','text':'no\\r\\n250 yes'}]}")} << u"one line"_s;
        QTest::newRow("content elsewhere") << QByteArray{json("{'rules':[{'name':'a','fault':'footer','at':'rcpt'}]}")} << u"\"at\""_s;
        QTest::newRow("beside") << QByteArray{json("{'rules':[],'sead':2}")} << u"\"sead\""_s;
    }

    void wrongRulesAreRefusedByName()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QString, complaint);
        const base::Result<FaultPlan> plan = FaultPlan::fromJson(rules);
        QVERIFY(!plan);
        QCOMPARE(plan.error().code, base::ErrorCode::ConfigurationInvalid);
        QVERIFY2(plan.error().detail.contains(complaint), qPrintable(plan.error().detail));
    }

    void everyKindSurvivesItsJson()
    {
        for (const FaultKind kind : relay::allFaultKinds()) {
            QJsonObject object{{u"name"_s, u"rule"_s}, {u"fault"_s, nameOf(kind)}, {u"to"_s, u"bob@example.org"_s}, {u"nth"_s, 3}, {u"perMinute"_s, 5},
                               {u"milliseconds"_s, 7}, {u"octetsPerSecond"_s, 9}, {u"certificate"_s, u"a"_s}, {u"key"_s, u"b"_s}};
            const base::Result<FaultRule> rule = FaultRule::fromJson(object);
            QVERIFY2(rule, qPrintable(rule ? QString{} : rule.error().detail));
            QCOMPARE(*FaultRule::fromJson(rule->toJson()), *rule);
            QVERIFY(rule->isEnabled);
            object[u"enabled"_s] = false;
            QVERIFY(!FaultRule::fromJson(FaultRule::fromJson(object)->toJson())->isEnabled);
        }
    }

    void aCommandIsRefused_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray envelope = "EHLO c\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\n";
        QTest::newRow("EHLO") << QByteArray{json("{'name':'r','fault':'refuse','at':'ehlo','code':'550'}")} << QByteArray{"EHLO c\r\n"} << QByteArray{"550 5.3.0 "};
        QTest::newRow("MAIL by sender") << QByteArray{json("{'name':'r','fault':'refuse','at':'mail','from':'*@example.org'}")} << envelope.first(39) << QByteArray{"451 4.3.0 "};
        QTest::newRow("RCPT by recipient") << QByteArray{json("{'name':'r','fault':'refuse','at':'rcpt','to':'bob@example.org','code':'450','text':'busy'}")} << envelope << QByteArray{"450 4.3.0 busy"};
        QTest::newRow("third recipient") << QByteArray{json("{'name':'r','fault':'refuse','at':'rcpt','recipient':3}")}
                                         << QByteArray(envelope + "RCPT TO:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\n") << QByteArray{"452 4.5.3 "};
        QTest::newRow("DATA") << QByteArray{json("{'name':'r','fault':'refuse','at':'data','code':'421'}")} << QByteArray(envelope + "DATA\r\n") << QByteArray{"421 4.3.0 "};
        QTest::newRow("DATA with the text behind it") << QByteArray{json("{'name':'r','fault':'refuse','at':'data'}")}
                                                      << QByteArray(envelope + "DATA\r\nMAIL FROM:<eve@example.org>\r\n.\r\n") << QByteArray{"421 4.7.0 Text was sent unasked"};
        QTest::newRow("after the dot") << QByteArray{json("{'name':'r','fault':'refuse','code':'554'}")} << QByteArray(envelope + "DATA\r\nSubject: x\r\n\r\n.\r\n") << QByteArray{"554 5.3.0 "};
        QTest::newRow("greylisted") << QByteArray{json("{'name':'r','fault':'greylist'}")} << envelope << QByteArray{"451 4.7.1 "};
        QTest::newRow("another recipient is not met") << QByteArray{json("{'name':'r','fault':'refuse','at':'rcpt','to':'carol@example.org'}")} << envelope << QByteArray{"250 "};
        QTest::newRow("a rule that is off") << QByteArray{json("{'name':'r','fault':'refuse','at':'ehlo','enabled':false}")} << QByteArray{"EHLO c\r\n"} << QByteArray{"250 "};
        QTest::newRow("another session is not met") << QByteArray{json("{'name':'r','fault':'refuse','at':'ehlo','session':2}")} << QByteArray{"EHLO c\r\n"} << QByteArray{"250 "};
    }

    void aCommandIsRefused()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, answer);
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, rule};
        const QByteArray said = last(dialogue.say(script));
        QVERIFY2(said.startsWith(answer), said.constData());
        QVERIFY(dialogue.backend.letters.isEmpty());
        QCOMPARE(dialogue.backend.isClosed, answer.startsWith("421"));
    }

    void fourTwentyOneAfterTheNthWithinAMinuteAndRecovery()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'r','fault':'rate-limit','perMinute':2,'code':'450'}")};
        dialogue.say("EHLO c\r\n");
        const auto mail = [&] { return last(dialogue.say("RSET\r\nMAIL FROM:<alice@example.org>\r\n")).first(3); };
        QCOMPARE(mail(), "250");
        QCOMPARE(mail(), "250");
        QCOMPARE(mail(), "450");
        dialogue.backend.now += 60'000;
        QCOMPARE(mail(), "250");
    }

    void greylistingEndsWhenItsTimeHasGone()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'grey','fault':'greylist','seconds':60}")};
        const QByteArray envelope = "RSET\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\n";
        dialogue.say("EHLO c\r\n");
        QCOMPARE(last(dialogue.say(envelope)).first(3), "451");
        dialogue.backend.now += 59'000;
        QCOMPARE(last(dialogue.say(envelope)).first(3), "451");
        dialogue.backend.now += 1'000;
        QCOMPARE(last(dialogue.say(envelope)).first(3), "250");
    }

    void theReplyIsLostButTheLetterIsStored()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'lost','fault':'lose-reply'}")};
        dialogue.beginMessage();
        QCOMPARE(last(dialogue.say("DATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n")).first(3), "354");
        QVERIFY(dialogue.backend.isDropped);
        QCOMPARE(dialogue.backend.letters.size(), 1);
        QCOMPARE(relay::marksFromJson(dialogue.backend.letters[0].marks), (QList<relay::FaultMark>{{u"lost"_s, u"lose-reply"_s, false, {}}}));
    }

    void theConnectionEndsInAnyState_data()
    {
        QTest::addColumn<QByteArray>("point");
        for (const char *point : {"connect", "ehlo", "mail", "rcpt", "data", "body", "message", "quit"})
            QTest::newRow(point) << QByteArray{point};
    }

    void theConnectionEndsInAnyState()
    {
        QFETCH(QByteArray, point);
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'r','fault':'disconnect','at':'") + point + "\"}"};
        dialogue.say("EHLO c\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n");
        dialogue.say("Subject: x\r\n\r\ntext\r\n.\r\n");
        QCOMPARE(dialogue.backend.letters.size(), point == "quit" ? 1 : 0);
        dialogue.say("QUIT\r\n");
        QVERIFY(dialogue.backend.isDropped);
        QVERIFY(point != "connect" || dialogue.greeting.isEmpty());
    }

    void aDelayedCommandIsCarriedOutAfterwards()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'slow','fault':'delay','at':'rcpt','milliseconds':1500},"
                                                                "{'name':'slower','fault':'delay','milliseconds':500}")};
        QCOMPARE(last(dialogue.say("EHLO c\r\nMAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n")), "250 2.1.0 Ok");
        QCOMPARE(dialogue.backend.delayed, std::chrono::milliseconds{1500});
        QVERIFY(dialogue.session.isWaiting());
        dialogue.session.delayOver();
        QCOMPARE(last(dialogue.backend.takeLines()).first(3), "354");
        QVERIFY(dialogue.say("Subject: x\r\n\r\n.\r\n").isEmpty());
        QCOMPARE(dialogue.backend.letters.size(), 1); // Durable before the reply, which is what is late.
        dialogue.session.delayOver();
        QCOMPARE(last(dialogue.backend.takeLines()).first(3), "250");
    }

    void aRuleAppliesToTheNthAlone()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'second','fault':'footer','nth':2,'to':'bob@example.org'}")};
        for (int i = 0; i < 3; ++i) {
            dialogue.beginMessage();
            dialogue.say("DATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n");
        }
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(dialogue.backend.body(i).contains("mailing list"), i == 1);
            QCOMPARE(dialogue.backend.letters[i].marks.isEmpty(), i != 1);
        }
    }

    void timesAreCountedFromWhenTheRulesCameIntoForce()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'r','fault':'refuse','at':'ehlo','afterSeconds':10,'forSeconds':20}")};
        const QList<std::pair<qint64, QByteArray>> expected{{0, "250"}, {9'999, "250"}, {10'000, "451"}, {29'999, "451"}, {30'000, "250"}};
        const qint64 begin = dialogue.backend.now;
        for (const auto &[at, answer] : expected) {
            dialogue.backend.now = begin + at;
            QCOMPARE(last(dialogue.say("EHLO c\r\n")).first(3), answer);
        }
    }

    void theSameSeedDoesTheSameAndAnotherDoesNot()
    {
        const auto decisions = [](quint64 seed) {
            relay::FaultEngine engine;
            FaultPlan plan;
            plan.seed = seed;
            plan.rules = {ruleOf(json("{'name':'half','fault':'refuse','at':'mail','chance':0.5}"))};
            engine.setPlan(plan, 0);
            QByteArray text;
            for (int i = 0; i < 200; ++i)
                text += engine.decide({relay::FaultPoint::Mail, 1, {}, {}, {}, 0}).action ? '1' : '0';
            return text;
        };
        QCOMPARE(decisions(7), decisions(7));
        QVERIFY(decisions(7) != decisions(8));
        QVERIFY(decisions(7).count('1') > 70 && decisions(7).count('1') < 130);
    }

    void aLargeMessagePassesUnalteredAndSaysSo()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'foot','fault':'footer'}")};
        dialogue.beginMessage();
        const QByteArray line = QByteArray(998, 'x') + "\r\n";
        dialogue.say("DATA\r\nSubject: x\r\n\r\n");
        qsizetype octets = 0;
        for (; octets < relay::kLargestFaultedOctets + 1'000'000; octets += line.size())
            dialogue.session.receive(line);
        dialogue.say(".\r\n");
        QCOMPARE(dialogue.backend.body(0).size(), octets + qsizetype(sizeof "Subject: x\r\n\r\n") - 1);
        const QList<relay::FaultMark> marks = relay::marksFromJson(dialogue.backend.letters[0].marks);
        QCOMPARE(marks.size(), 1);
        QVERIFY(!marks[0].isAltered && marks[0].note.contains(u"larger"));
    }

    void twoMessagesAreSwapped()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'mixed up','fault':'swap'}")};
        for (const QByteArray name : {"first", "second", "third"}) {
            dialogue.beginMessage();
            dialogue.say("DATA\r\nSubject: " + name + "\r\nContent-Type: text/" + name + "\r\n\r\ntext of " + name + "\r\n.\r\n");
        }
        const QList<store::SpoolLetter> &letters = dialogue.backend.letters;
        QCOMPARE(dialogue.backend.body(1), "Subject: second\r\nContent-Type: text/first\r\n\r\ntext of first\r\n");
        QCOMPARE(letters[1].amendments.size(), std::size_t{1});
        QCOMPARE(letters[1].amendments[0].id, letters[0].id);
        QCOMPARE(letters[1].amendments[0].body, "Subject: first\r\nContent-Type: text/second\r\n\r\ntext of second\r\n");
        QVERIFY(relay::marksFromJson(letters[1].amendments[0].marks).last().isAltered);
        QVERIFY(relay::marksFromJson(letters[1].marks).last().isAltered);
        QVERIFY(!relay::marksFromJson(letters[2].marks).last().isAltered);
        QVERIFY(letters[2].amendments.empty());
    }

    void aMessageIsReplayed()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'again','fault':'replay','copies':2}")};
        dialogue.beginMessage();
        dialogue.say("DATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n");
        QCOMPARE(dialogue.backend.aside.size(), 2);
        for (const store::SpoolLetter &copy : dialogue.backend.aside) {
            QCOMPARE(copy.rest, dialogue.backend.body(0));
            QCOMPARE(copy.recipients, dialogue.backend.letters[0].recipients);
            QVERIFY(copy.isCopy && copy.id != dialogue.backend.letters[0].id && copy.marks.contains("again"));
        }
    }

    void aReplayGoesElsewhereToo()
    {
        relay::SmtpSettings settings;
        settings.onward = relay::OnwardPolicy::AlsoFromLoopbackWithoutLogin;
        SmtpDialogue dialogue{settings, {"127.0.0.1", true, {}}, json("{'name':'again','fault':'replay','copies':1}")};
        dialogue.backend.carriesOnward = true;
        dialogue.say("EHLO c\r\nMAIL FROM:<a@example.org> RET=HDRS\r\nRCPT TO:<zoe@elsewhere.org> NOTIFY=FAILURE\r\nDATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n");
        QCOMPARE(dialogue.backend.aside.size(), 1);
        const store::SpoolLetter &copy = dialogue.backend.aside[0];
        QVERIFY(copy.order && copy.order->recipients.size() == 1);
        QCOMPARE(copy.order->recipients[0].address, "zoe@elsewhere.org");
        QCOMPARE(copy.order->recipients[0].notify, "FAILURE");
        QCOMPARE(copy.addressed, dialogue.backend.letters[0].addressed);
    }

    void recipientsElsewhereCountAndAreNamed()
    {
        relay::SmtpSettings settings;
        settings.onward = relay::OnwardPolicy::AlsoFromLoopbackWithoutLogin;
        SmtpDialogue dialogue{settings, {"127.0.0.1", true, {}}, json("{'name':'list','fault':'footer','to':'zoe@elsewhere.org'}")};
        dialogue.backend.carriesOnward = true;
        dialogue.say("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.org>\r\nRCPT TO:<zoe@elsewhere.org>\r\nDATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n");
        QVERIFY(dialogue.backend.body(0).contains("mailing list"));
        SmtpDialogue third{settings, {"127.0.0.1", true, {}}, json("{'name':'r','fault':'refuse','at':'rcpt','recipient':3}")};
        third.backend.carriesOnward = true;
        const QByteArray said = last(third.say("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<yan@elsewhere.org>\r\nRCPT TO:<zoe@elsewhere.org>\r\nRCPT TO:<bob@example.org>\r\n"));
        QVERIFY2(said.startsWith("452 4.5.3 "), said.constData());
    }

    void aMailboxIsNamedBehindItsAddress()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'list','fault':'footer','to':'bob@example.org'}")};
        dialogue.backend.aliases.insert("bob+news@example.org", "bob@example.org");
        dialogue.say("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<bob+news@example.org>\r\nDATA\r\nSubject: x\r\n\r\ntext\r\n.\r\n");
        QVERIFY(dialogue.backend.body(0).contains("mailing list"));
    }

    void aReplayKeepsToTheQuota()
    {
        SmtpDialogue dialogue{{}, {"127.0.0.1", true, {}}, json("{'name':'again','fault':'replay','copies':9}")};
        const QByteArray text = "Subject: x\r\n\r\n" + QByteArray("text\r\n").repeated(100);
        dialogue.backend.roomOctets = 3 * text.size();
        dialogue.beginMessage();
        dialogue.say("DATA\r\n" + text + ".\r\n");
        QCOMPARE(dialogue.backend.aside.size(), 2);
        QCOMPARE(relay::marksFromJson(dialogue.backend.letters[0].marks).last().note, u"delivered 3 times, the mailbox has no room for more"_s);
    }

    void contentIsAltered_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("footer") << QByteArray{json("{'name':'r','fault':'footer','text':'-- \\nlist'}")} << QByteArray{"Alice\r\n"} << QByteArray{"Alice\r\n-- \r\nlist\r\n"};
        QTest::newRow("rewrap") << QByteArray{json("{'name':'r','fault':'rewrap','columns':40}")} << QByteArray{"many enough to be"} << QByteArray{"many enough\r\nto be"};
        QTest::newRow("quoted-printable") << QByteArray{json("{'name':'r','fault':'quoted-printable'}")} << QByteArray{"Subject: Lunch\r\n\r\nFrom here"}
                                          << QByteArray{"Subject: Lunch\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=46rom here"};
        QTest::newRow("from") << QByteArray{json("{'name':'r','fault':'from-escape'}")} << QByteArray{"From here"} << QByteArray{">From here"};
        QTest::newRow("munged") << QByteArray{json("{'name':'r','fault':'munge-header'}")} << QByteArray{"Subject: Lunch"} << QByteArray{"Subject: [list] Lunch"};
        QTest::newRow("folded") << QByteArray{json("{'name':'r','fault':'refold-header'}")} << QByteArray{"plain; charset"} << QByteArray{"plain;\r\n\tcharset"};
        QTest::newRow("stripped") << QByteArray{json("{'name':'r','fault':'strip-signature'}")} << QByteArray{"MIIBAA==\r\n"} << QByteArray{};
        QTest::newRow("renamed") << QByteArray{json("{'name':'r','fault':'rename-type'}")} << QByteArray{"application/pkcs7-signature; name"} << QByteArray{"application/octet-stream; name"};
    }

    void contentIsAltered()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QVERIFY(kSigned.contains(before));
        const relay::AlteredMessage altered = relay::alterContent(kSigned, ruleOf(rule), 1);
        QVERIFY(altered.isAltered);
        QVERIFY2(altered.octets.contains(after), altered.octets.constData());
        QVERIFY2(after.contains(before) || !altered.octets.contains("\r\n" + before), altered.octets.constData());
        QVERIFY(mime::parseStructure(altered.octets));
    }

    void whatCannotBeAlteredIsLeftAloneWithANote()
    {
        const QByteArray plain = "Subject: x\r\n\r\nshort\r\n";
        for (const QByteArray kind : {"rewrap", "from-escape", "strip-signature", "rename-type", "refold-header"}) {
            const relay::AlteredMessage altered = relay::alterContent(plain, ruleOf(json("{'name':'r','fault':'") + kind + "\"}"), 1);
            QCOMPARE(altered.octets, plain);
            QVERIFY(!altered.isAltered && !altered.note.isEmpty());
        }
    }

    void aTruncatedMessageEndsInItsLastHalf()
    {
        const FaultRule rule = ruleOf(json("{'name':'r','fault':'truncate'}"));
        for (quint64 random = 0; random < 500; ++random) {
            const relay::AlteredMessage altered = relay::alterContent(kSigned, rule, random);
            QVERIFY(altered.isAltered && kSigned.startsWith(altered.octets));
            QVERIFY(altered.octets.size() < kSigned.size() && altered.octets.size() >= kSigned.size() / 4);
        }
    }

    void pop3Faults_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("login") << QByteArray{json("{'name':'r','fault':'refuse','at':'login','text':'[IN-USE] busy'}")} << QByteArray{"USER bob@example.org\r\nPASS secret\r\n"} << QByteArray{"-ERR [IN-USE] busy"};
        QTest::newRow("retr") << QByteArray{json("{'name':'r','fault':'refuse','at':'retr','to':'bob@example.org'}")} << QByteArray{"USER bob@example.org\r\nPASS secret\r\nRETR 1\r\n"} << QByteArray{"-ERR [SYS/TEMP] Refused by a rule"};
        QTest::newRow("not hers") << QByteArray{json("{'name':'r','fault':'refuse','at':'stat','to':'alice@example.org'}")} << QByteArray{"USER bob@example.org\r\nPASS secret\r\nSTAT\r\n"} << QByteArray{"+OK 1 26"};
        QTest::newRow("uids") << QByteArray{json("{'name':'r','fault':'change-uids'}")} << QByteArray{"USER bob@example.org\r\nPASS secret\r\nUIDL 1\r\n"} << QByteArray{"+OK 1 spoolx"};
        QTest::newRow("within a message") << QByteArray{json("{'name':'r','fault':'disconnect','at':'retr','octets':16}")} << QByteArray{"USER bob@example.org\r\nPASS secret\r\nRETR 1\r\n"} << QByteArray{"te"};
    }

    void pop3Faults()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, answer);
        Pop3Dialogue dialogue{{"Subject: x\r\n\r\ntext, text\r\n"}};
        dialogue.backend.setFaults(rule);
        dialogue.session.receive(script);
        const QByteArray said = dialogue.backend.out.split('\n').last().isEmpty() ? dialogue.backend.takeLines().last() : dialogue.backend.out.split('\n').last();
        QVERIFY2(said.startsWith(answer), said.constData());
        QCOMPARE(dialogue.backend.isDropped, rule.contains("disconnect"));
    }

    void theDeletionIsDoneAndItsReplyLost()
    {
        Pop3Dialogue dialogue{{"Subject: x\r\n\r\ntext\r\n"}};
        dialogue.backend.setFaults(json("{'name':'r','fault':'lose-reply','at':'pop3-quit'}"));
        dialogue.logIn();
        QVERIFY(!dialogue.say("DELE 1\r\nQUIT\r\n").contains("+OK Goodbye"));
        QCOMPARE(dialogue.backend.removed, QList<qint64>{1});
        QVERIFY(dialogue.backend.isDropped);
    }

    // On sockets: what only a connection can do.
    void tlsFaultsAndSlowDripsHappenOnTheWire_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<bool>("offersTls");
        QTest::addColumn<bool>("succeeds");
        QTest::newRow("hidden") << QByteArray{json("{'name':'r','fault':'tls-hide'}")} << false << false;
        QTest::newRow("dropped") << QByteArray{json("{'name':'r','fault':'tls-disconnect'}")} << true << false;
        QTest::newRow("garbage") << QByteArray{json("{'name':'r','fault':'tls-garbage'}")} << true << false;
        QTest::newRow("slow") << QByteArray{json("{'name':'r','fault':'drip','octetsPerSecond':2000}")} << true << true;
    }

    void tlsFaultsAndSlowDripsHappenOnTheWire()
    {
        QFETCH(QByteArray, rule);
        QFETCH(bool, offersTls);
        QFETCH(bool, succeeds);
        QTemporaryDir directory;
        const TestTls tls = TestTls::make();
        relay::RelayConfiguration configuration;
        configuration.spool = [path = directory.path()]() -> base::Result<std::unique_ptr<store::Spool>> {
            auto spool = store::SqliteSpool::open(path, store::SqliteSpool::Role::Relay);
            if (!spool)
                return spool.error();
            return std::unique_ptr<store::Spool>{std::move(*spool)};
        };
        configuration.tlsChainPem = tls.chainPem;
        configuration.tlsKeyPem = base::Secret{tls.keyPem};
        configuration.faults = *FaultPlan::fromJson("{\"rules\": [" + rule + "]}");
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient client{relay.smtpPort()};
        QVERIFY(client.line().startsWith("220"));
        client.send("EHLO c\r\n");
        QByteArrayList lines;
        do
            lines.append(client.line());
        while (lines.last().startsWith("250-"));
        QCOMPARE(lines.contains("250-STARTTLS"), offersTls);
        QCOMPARE(client.ask("STARTTLS").first(3), offersTls ? "220" : "502");
        QCOMPARE(offersTls && client.startTls(), succeeds);
    }

    void aFifoInThePlaceOfTheRulesHoldsUpNobody()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"faults.json"_s);
        QVERIFY(FaultPlan::read(file)); // None is an empty plan.
        QCOMPARE(::mkfifo(QFile::encodeName(file).constData(), 0600), 0);
        QCOMPARE(FaultPlan::read(file).error().code, base::ErrorCode::FileNotReadable);
        QVERIFY(FaultPlan{}.write(file)); // In its place.
        QVERIFY(FaultPlan::read(file));
    }

    void damagedRulesAreCalledSoByTheirFile()
    {
        const QTemporaryDir directory;
        QFile file{directory.filePath(u"faults.json"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"rules\": [") > 0 && file.flush());
        const base::Result<FaultPlan> plan = FaultPlan::read(file.fileName());
        QCOMPARE(plan.error().code, base::ErrorCode::FaultRulesDamaged);
        QVERIFY(plan.error().detail.startsWith(file.fileName() + u": "_s));
    }

    void rulesChangeWhileTheRelayRuns()
    {
        QTemporaryDir directory;
        const QString file = directory.filePath(u"faults.json"_s);
        relay::RelayConfiguration configuration;
        configuration.spool = [path = directory.path()]() -> base::Result<std::unique_ptr<store::Spool>> {
            auto spool = store::SqliteSpool::open(path, store::SqliteSpool::Role::Relay);
            if (!spool)
                return spool.error();
            return std::unique_ptr<store::Spool>{std::move(*spool)};
        };
        configuration.faultsFile = file;
        RunningRelay relay{configuration};
        QTRY_VERIFY(relay.isRunning);
        LineClient client{relay.smtpPort()};
        QVERIFY(client.line().startsWith("220"));
        for (int turn = 0; turn < 3; ++turn) {
            FaultPlan plan;
            plan.rules = {ruleOf(json("{'name':'r") + QByteArray::number(turn) + json("','fault':'refuse','at':'ehlo','code':'45") + QByteArray::number(turn) + "\"}")};
            QVERIFY(plan.write(file));
            QTRY_VERIFY(plan.isConfirmed(file));
            QCOMPARE(client.ask("EHLO c").first(3), "45" + QByteArray::number(turn));
            QVERIFY(FaultPlan{}.write(file));
            QTRY_VERIFY(FaultPlan{}.isConfirmed(file));
            QCOMPARE(client.ask("EHLO c").first(3), "250");
        }
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_Faults.moc"
