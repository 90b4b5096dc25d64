// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RecipientField.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QTest>

using namespace Qt::StringLiterals;

/// What the keyboard alone reaches, and in which order.
class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecipientChosenFromTheListStandsOnce()
    {
        // Pointed at, the address stood in the field already; chosen, it came once more.
        ui::RecipientField field(u"toField"_s, u"To"_s);
        field.setCompletions([](const QString &) { return QStringList{u"alice@example.org"_s}; });
        field.show();
        field.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&field));
        QTest::keyClicks(&field, u"bob@example.org, al"_s);
        QAbstractItemView *list = field.completer()->popup();
        QTRY_VERIFY(list->isVisible());
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(field.text(), u"bob@example.org, alice@example.org, "_s);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(field.text(), u"bob@example.org, alice@example.org, "_s);
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_Keyboard.moc"
