// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxList.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using State = app::ListedMailbox::State;

class TestMailboxList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineIsReadAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("password");
        const auto row = [](const char *title, const QString &line, const QString &name, const QString &address, const QString &password = {}) {
            QTest::newRow(title) << line << name << address << password;
        };
        const QString anna = u"anna@school.example"_s;
        row("an address", u"anna@school.example"_s, {}, anna);
        row("as in a letter", u" Anna Abel <anna@school.example> "_s, u"Anna Abel"_s, anna);
        row("a name", u"Anna Abel"_s, u"Anna Abel"_s, u"anna.abel@class.example"_s);
        row("surname first", u"Abel, Änne"_s, u"Abel, Änne"_s, u"aenne.abel@class.example"_s);
        row("accents", u"Zoë Ibáñez-Łaski"_s, u"Zoë Ibáñez-Łaski"_s, u"zoe.ibanez-laski@class.example"_s);
        row("another script", u"安娜"_s, u"安娜"_s, {});
        row("columns", u"Anna\tAbel\tanna@school.example\tsecret\t7b"_s, u"Anna Abel"_s, anna, u"secret"_s);
        row("semicolons", u"anna@school.example;secret"_s, {}, anna, u"secret"_s);
        row("commas", u"\"Anna Abel\",anna@school.example"_s, u"Anna Abel"_s, anna);
        row("a password without a separator", u"Anna <anna@school.example> secret"_s, u"Anna <anna@school.example> secret"_s, {});
        row("no mailbox", u"anna@"_s, u"anna@"_s, {});
    }

    void aLineIsReadAsPeopleWriteIt()
    {
        QFETCH(QString, line);
        const QList<app::ListedMailbox> list = app::readMailboxList(u"\n"_s + line + u"\r\n"_s, u"class.example"_s, {});
        QCOMPARE(list.size(), 1);
        QTEST(list.constFirst().name, "name");
        QTEST(list.constFirst().address, "address");
        QTEST(list.constFirst().password, "password");
        QVERIFY(list.constFirst().state == (list.constFirst().address.isEmpty() ? State::NoAddress : State::New));
    }

    void nobodyGetsTwoMailboxesOfOneName()
    {
        const QList<app::ListedMailbox> list = app::readMailboxList(u"Anna Abel\nanna abel\nben@class.example\nCarl"_s, u"class.example"_s, {u"Ben@class.example"_s});
        QList<State> states;
        for (const app::ListedMailbox &one : list)
            states += one.state;
        QVERIFY((states == QList{State::New, State::Twice, State::Present, State::New}));
        QVERIFY(app::readMailboxList(u"Anna Abel"_s, {}, {}).constFirst().state == State::NoAddress);
    }

    void passwordsCanBeTypedFromPaper()
    {
        static const QRegularExpression form(u"^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$"_s);
        QVERIFY(form.match(app::makePassword()).hasMatch());
        QVERIFY(app::makePassword() != app::makePassword());
    }
};

QTEST_GUILESS_MAIN(TestMailboxList)
#include "tst_MailboxList.moc"
