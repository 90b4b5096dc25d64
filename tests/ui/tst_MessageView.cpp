// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Pictures.h"
#include "ui/ElidedLabel.h"
#include "ui/FindBar.h"
#include "ui/LetterFixture.h"
#include "ui/LongText.h"
#include "ui/MessageBrowser.h"
#include "ui/MessagePrinting.h"
#include "ui/MessageView.h"
#include "ui/SourceWindow.h"
#include "ui/TextZoom.h"
#include "ui/VerdictBanner.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPdfWriter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>
#include <QToolTip>
#include <algorithm>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace uitest;

class TestMessageView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalProtectedPartsAreReadOneAtATime()
    {
        smime::OpenedMessage message = letter(u"The first secret."_s);
        smime::OpenedMessage further = letter(u"The second secret."_s);
        further.part = u"1.3"_s;
        further.verdict = {};
        further.verdict.summary = smime::Summary::Decrypted;
        further.verdict.encryption.state = smime::EncryptionState::Decrypted;
        further.attachments = {{u"1.3.1.2"_s, u"plan.pdf"_s, "application/pdf", {}, 3, smime::CryptographicStatus::Encrypted, false, {}, 0, 0, {}}};
        message.further = {further};
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"The first verdict."_s, {}));
        auto *parts = view.findChild<QTabBar *>(u"protectedParts"_s);
        QVERIFY(parts->isVisibleTo(&view));
        QCOMPARE(parts->count(), 2);
        QCOMPARE(view.banner()->presentation().headline, u"The first verdict."_s);
        parts->setFocus();
        QTest::keyClick(parts, Qt::Key_Right);
        QCOMPARE(parts->currentIndex(), 1);
        QCOMPARE(view.browser()->toPlainText(), u"The second secret."_s);
        QVERIFY(view.banner()->presentation().headline != u"The first verdict."_s);
        QCOMPARE(view.shownPart().attachments.size(), 1);
        QCOMPARE(view.message().text, u"The first secret."_s);
        parts->setCurrentIndex(0);
        QCOMPARE(view.browser()->toPlainText(), u"The first secret."_s);
        QCOMPARE(view.banner()->presentation().headline, u"The first verdict."_s);
        // The next letter begins with its own first part.
        parts->setCurrentIndex(1);
        view.showMessage(letter(u"Another."_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Another verdict."_s, {}));
        QVERIFY(!parts->isVisibleTo(&view));
        QCOMPARE(view.browser()->toPlainText(), u"Another."_s);
        QCOMPARE(&view.shownPart(), &view.message());
    }

    void bannerShowsTheSentencesOfThePresenter()
    {
        ui::VerdictBanner banner;
        const auto good = presentation(app::Severity::Good, app::SealSign::SealVerified, u"Bob Baker wrote this; nobody changed it."_s, u"Only you and Bob can read it."_s);
        banner.setPresentation(good);
        QStringList texts;
        for (const QLabel *label : banner.findChildren<QLabel *>())
            texts += label->text();
        QVERIFY(texts.contains(good.headline));
        QVERIFY(texts.contains(good.readers));
        for (const app::VerdictReason &reason : good.reasons)
            QVERIFY(texts.contains(reason.text));
        QCOMPARE(banner.objectName(), u"verdictBanner"_s);
        QCOMPARE(banner.accessibleName(), u"Security verdict"_s);
        QCOMPARE(banner.accessibleDescription(), u"Bob Baker wrote this; nobody changed it. Only you and Bob can read it."_s);
    }

    void whatCannotBeReadSaysAtOnceWhatToDo()
    {
        // The advice was seen only by who asked why; the rest of the window was empty.
        app::VerdictPresentation damaged = presentation(app::Severity::Notice, app::SealSign::Damaged, u"This message is damaged and cannot be read."_s, {});
        damaged.advice = u"Ask the sender to send it again."_s;
        ui::VerdictBanner banner;
        banner.setPresentation(damaged);
        banner.show();
        QStringList seen;
        for (const QLabel *label : banner.findChildren<QLabel *>())
            if (label->isVisible())
                seen += label->text();
        QCOMPARE(seen.count(damaged.advice), 1);
        QCOMPARE(banner.accessibleDescription(), u"This message is damaged and cannot be read. Ask the sender to send it again."_s);
    }

    void whatStandsOutsideIsAsWideAsItsPlace()
    {
        // It was as wide as the window, with a bar below it that took a line of the few.
        smime::OpenedMessage message = letter(u"Signed."_s);
        message.unprotected = {{u"1.2"_s, QString(u"A list's footer that is longer than one line of this window can be.\n"_s).repeated(20)}};
        ui::MessageView view;
        view.resize(400, 500);
        view.showMessage(message, presentation(app::Severity::Notice, app::SealSign::SealPart, u"Part."_s, {}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto *outside = view.findChild<QTextBrowser *>(u"unprotectedText"_s);
        QTRY_VERIFY(outside->verticalScrollBar()->isVisible());
        QTRY_COMPARE_LE(outside->document()->textWidth(), double(outside->viewport()->width()));
        QVERIFY(!outside->horizontalScrollBar()->isVisible());
    }

    void whatStandsOutsideGivesWayToTheVerdict()
    {
        // In a low window the second line of the verdict was cut off, above a stranger's words.
        const QString headline = u"Bob Baker signed only a part of this message; the rest is shown apart, below what he wrote."_s;
        smime::OpenedMessage message = letter(u"Signed."_s);
        message.unprotected = {{u"1.2"_s, u"A list's footer.\n"_s.repeated(20)}};
        message.further = {letter(u"The second part."_s)};
        message.attachments = {{u"1.3"_s, u"plan.pdf"_s, "application/pdf", {}, 3, smime::CryptographicStatus::None, false, {}, 0, 0, {}}};
        app::VerdictPresentation part = presentation(app::Severity::Notice, app::SealSign::SealPart, headline, {});
        part.readers = u"Only a part of the message was encrypted."_s;
        ui::MessageView view;
        view.resize(520, 900);
        view.showMessage(message, part);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto heightOf = [&](const QString &name) { return view.findChild<QWidget *>(name)->height(); };
        QTRY_COMPARE_GT(heightOf(u"messageText"_s), 300);
        const int others = view.height() - heightOf(u"messageText"_s) - heightOf(u"unprotectedText"_s);
        const int low = others + view.findChild<QWidget *>(u"messageText"_s)->minimumHeight() + 70;
        // As by dragging: a window becomes no lower than what is in it needs at that moment.
        QTRY_VERIFY((view.resize(520, low), heightOf(u"unprotectedText"_s) <= 90));
        const QList<QLabel *> labels = view.findChildren<QLabel *>();
        const auto shown = std::find_if(labels.cbegin(), labels.cend(), [&](const QLabel *label) { return label->text() == headline; });
        QVERIFY(shown != labels.cend());
        QTRY_COMPARE_GE((*shown)->height(), (*shown)->heightForWidth((*shown)->width()));
    }

    void ownCopiesAreNotSaidToHaveComeOverTheNetwork()
    {
        const ui::SourceWindow own({}, "Subject: draft\r\n\r\n", u"alice@example.org"_s, ui::SourceWindow::Origin::Own, nullptr);
        QVERIFY(own.windowTitle().startsWith(u"Your copy"_s));
        QCOMPARE(own.findChild<QLabel *>()->text(), u"This is your own copy, as it is kept on this computer."_s);
    }

    void reasonsOpenByKeyboardAndByThemselvesForAWarning()
    {
        ui::MessageView view;
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        auto *details = view.findChild<QWidget *>(u"verdictDetails"_s);
        auto *why = view.findChild<QToolButton *>(u"verdictWhy"_s);
        QVERIFY(details->isHidden());
        QTest::keyClick(why, Qt::Key_Space);
        QVERIFY(!details->isHidden());
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        QVERIFY(details->isHidden());
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Danger, app::SealSign::SealBroken, u"Changed."_s, {}));
        QVERIFY(!details->isHidden());
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        QVERIFY(details->isHidden());
        app::VerdictPresentation deceptive = presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {});
        deceptive.isDeceptive = true;
        view.showMessage(letter(u"Dear Alice"_s), deceptive);
        QVERIFY(!details->isHidden());
    }

    void verdictIsNeverCutOff()
    {
        ui::MessageView view;
        view.show();
        // In the lower one, "not Carol" was missing from who had signed.
        for (const QSize size : {QSize(420, 600), QSize(286, 330), QSize(286, 270)}) {
            QTRY_VERIFY((view.resize(size), view.size() == size)); // As by dragging.
            for (const auto severity : {app::Severity::Danger, app::Severity::Danger, app::Severity::Good}) {
                view.showMessage(letter(u"Dear Alice"_s), presentation(severity, app::SealSign::SealBroken, u"Caution: alice@example.org signed this, not carol@example.org."_s, u"Only you."_s));
                view.banner()->setExpanded(true);
                for (const QLabel *label : view.banner()->findChildren<QLabel *>()) {
                    if (!label->text().isEmpty() && !label->isHidden())
                        QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
                }
                const QWidget *details = view.banner()->findChild<QWidget *>(u"verdictDetails"_s);
                QTRY_COMPARE_LE(details->width(), details->parentWidget()->width());
            }
        }
    }

    void whoSentItInTheNameOfTheAuthorIsShown()
    {
        smime::OpenedMessage message = letter(u"Dear Alice"_s);
        message.headers.append(field("Sender", u"mallory@example.org"_s));
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"Bob Baker wrote this."_s, {}));
        QVERIFY(view.findChild<QLabel *>(u"messageTo"_s)->text().startsWith(u"sent by mallory@example.org"_s));
        QVERIFY(ui::printedPage(view)->toPlainText().contains(u"mallory@example.org"_s));
        // Of fields without an address the sender's line was empty, and the recipients' "to ".
        message.headers = {field("From", u"The Manager"_s), field("To", u"undisclosed-recipients:;"_s)};
        view.showMessage(message, presentation(app::Severity::Neutral, app::SealSign::None, u"Not signed, not encrypted."_s, {}));
        QCOMPARE(view.findChild<QLabel *>(u"messageFrom"_s)->text(), u"without a sender"_s);
        QVERIFY(view.findChild<QLabel *>(u"messageTo"_s)->text().isEmpty());
    }

    void whatAStrangerWroteDoesNotSizeTheWindow()
    {
        smime::OpenedMessage message = letter(u"Short."_s);
        const QString mailbox = u"a"_s.repeated(64) + u"@example.org."_s + u"b"_s.repeated(60) + u".example.net"_s;
        QStringList people;
        for (int i = 0; i < 300; ++i)
            people += u"Person %1 <person%1@example.org>"_s.arg(i);
        message.headers[0] = field("From", u"N"_s.repeated(300) + u" <"_s + mailbox + u'>');
        message.headers[1] = field("To", people.join(u", "_s));
        message.headers[2] = field("Subject", u"W"_s.repeated(900));
        message.unprotected = {{u"1.1"_s, u"outside\n"_s.repeated(300)}};
        smime::Attachment attachment;
        attachment.name = u"a rather long name of a file.pdf"_s;
        message.attachments.fill(attachment, 60);
        ui::MessageView view;
        view.resize(640, 640);
        view.showMessage(message, presentation(app::Severity::Danger, app::SealSign::SealBroken, u"Careful: %1 signed this."_s.arg(mailbox), {}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE_LE(view.minimumSizeHint().width(), 640);
        QCOMPARE_LE(view.minimumSizeHint().height(), 800);
        QString from = view.findChild<QLabel *>(u"messageFrom"_s)->text();
        QVERIFY(from.remove(QChar{0x200B}).endsWith(u" <"_s + mailbox + u'>'));
        QVERIFY(view.findChild<QLabel *>(u"messageTo"_s)->text().contains(u"294"_s));
        const QFontMetrics metrics(view.font());
        QVERIFY(ui::elidedPeople(metrics, mailbox, metrics.horizontalAdvance(mailbox) / 3).endsWith(u"example.net"_s)); // In a row of the list.
        QCOMPARE_GT(view.findChildren<QToolButton *>().size(), 60);
    }

    void blanksBeginNoLineInTheSubject()
    {
        smime::OpenedMessage message = letter(u"Short."_s);
        message.headers[2] = field("Subject", u"Lunch"_s + u" "_s.repeated(90) + u"Verified: Bob Baker wrote this."_s);
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Neutral, app::SealSign::None, u"Not signed, not encrypted."_s, {}));
        QVERIFY(view.findChild<QLabel *>(u"messageSubject"_s)->text().startsWith(u"Lunch Verified:"_s));
    }

    void bannerLiesOutsideTheMessage()
    {
        ui::MessageView view;
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY(!view.browser()->isAncestorOf(view.banner()));
        QCOMPARE(view.banner()->mapTo(&view, QPoint()).x(), 0);
        QCOMPARE(view.banner()->width(), view.width());
    }

    void noLetterTouchesTheEdgesOfItsView()
    {
        // A picture that floats to the right, wider than the page, lay over the left margin: a banner as wide as the real one, right below it.
        QImage red(4, 4, QImage::Format_RGB32);
        red.fill(Qt::red);
        QByteArray octets;
        QBuffer buffer(&octets);
        QVERIFY(red.save(&buffer, "PNG"));
        ui::MessageBrowser browser;
        browser.resize(200, 200);
        browser.showHtml(u"<img src=\"cid:a\" width=\"400\" height=\"60\" align=\"right\"><p><img src=\"cid:a\" width=\"400\" height=\"60\"></p>"_s, {{u"a"_s, octets}});
        const QImage shown = browser.grab().toImage();
        QCOMPARE(shown.pixelColor(100, 30), QColor(Qt::red));
        for (int y = 0; y < shown.height(); ++y)
            for (const int x : {0, 8, 191, 199})
                QVERIFY(shown.pixelColor(x, y) != QColor(Qt::red));
    }

    void htmlReachesNothingOutsideTheMessage_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("file") << u"file://%1/picture.png"_s;
        QTest::newRow("bare path") << u"%1/picture.png"_s;
        QTest::newRow("fifo") << u"file://%1/fifo"_s;
        QTest::newRow("device") << u"file:///dev/zero"_s;
        QTest::newRow("resource") << u"qrc:/icons/waxwing.svg"_s;
        QTest::newRow("network") << u"http://127.0.0.1:9/picture.png"_s;
        QTest::newRow("other message's picture") << u"cid:other@example.org"_s;
    }

    void htmlReachesNothingOutsideTheMessage()
    {
        QFETCH(QString, source);
        QTemporaryDir folder;
        QImage red(4, 4, QImage::Format_RGB32);
        red.fill(Qt::red);
        QVERIFY(red.save(folder.filePath(u"picture.png"_s)));
        QCOMPARE(mkfifo(folder.filePath(u"fifo"_s).toLocal8Bit().constData(), 0600), 0);
        const QString html = u"<body><p>Hello</p><img src=\"%1\"></body>"_s.arg(source.contains(u"%1"_s) ? source.arg(folder.path()) : source);
        ui::MessageBrowser browser;
        browser.resize(200, 200);
        browser.showHtml(html);
        const QUrl name(source.contains(u"%1"_s) ? source.arg(folder.path()) : source);
        QCOMPARE(browser.loadResource(QTextDocument::ImageResource, name).value<QImage>().size(), QSize(1, 1));
        QVERIFY(browser.loadResource(QTextDocument::StyleSheetResource, name).toByteArray().isEmpty());
        const QImage shown = browser.grab().toImage();
        for (int y = 0; y < shown.height(); ++y)
            for (int x = 0; x < shown.width(); ++x)
                QVERIFY(shown.pixelColor(x, y) != QColor(Qt::red));
    }

    void picturesOfTheMessageAreShown()
    {
        QImage red(4, 4, QImage::Format_RGB32);
        red.fill(Qt::red);
        QByteArray octets;
        QBuffer buffer(&octets);
        QVERIFY(red.save(&buffer, "PNG"));
        // However many there are, they do not fill the memory.
        ui::MessageBrowser browser(nullptr, red.sizeInBytes());
        browser.showHtml(u"<img src=\"cid:logo@example.org\"><img src=\"cid:more\">"_s, {{u"logo@example.org"_s, octets}, {u"more"_s, octets}});
        const auto shown = [&browser](const QString &name) { return browser.document()->resource(QTextDocument::ImageResource, QUrl(name)).value<QImage>(); };
        QCOMPARE(shown(u"cid:logo@example.org"_s).size(), red.size());
        QCOMPARE(shown(u"cid:more"_s).size(), QSize(1, 1));
    }

    // Qt's reader of SVG opens whatever file a drawing names, and waits for a FIFO as long as nobody writes into it.
    void aDrawingIsNoPicture()
    {
        const QByteArray drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><rect width=\"40\" height=\"40\"/></svg>";
        ui::MessageBrowser browser;
        browser.showHtml(u"<img src=\"cid:logo@example.org\">"_s, {{u"logo@example.org"_s, drawing}});
        for (const QString &name : {u"cid:logo@example.org"_s, u"data:image/png;base64,"_s + QString::fromLatin1(drawing.toBase64())})
            QCOMPARE(browser.loadResource(QTextDocument::ImageResource, QUrl(name)).value<QImage>().size(), QSize(1, 1));
    }

    void aClickedLinkIsReportedAndNothingIsLoaded()
    {
        ui::MessageBrowser browser;
        browser.showText(u"See https://example.org/menu, please."_s);
        QVERIFY(browser.toHtml().contains(u"href=\"https://example.org/menu\""_s));
        QSignalSpy wished(&browser, &ui::MessageBrowser::linkRequested);
        browser.setSource(QUrl(u"file:///etc/passwd"_s));
        QVERIFY(browser.toPlainText().startsWith(u"See"_s));
        QVERIFY(wished.isEmpty());
    }

    void textIsShownAsItIs()
    {
        ui::MessageBrowser browser;
        const QString text = u"<b>not bold</b> & so on\n  indented\nlast"_s;
        browser.showText(text);
        QCOMPARE(browser.toPlainText(), text);
    }

    void tabGoesThroughTheReaderFromTopToBottom()
    {
        const ui::MessageView view;
        QStringList order;
        for (const QWidget *widget = view.nextInFocusChain(); widget && widget != &view; widget = widget->nextInFocusChain())
            order += widget->objectName();
        const QStringList wanted{u"serverSightSwitch"_s, u"protectedParts"_s, u"verdictWhy"_s, u"messageText"_s, u"attachmentBar"_s, u"findField"_s};
        order.removeIf([&wanted](const QString &name) { return !wanted.contains(name); });
        QCOMPARE(order, wanted);
    }

    void wordsAreFoundInTheMessageRoundTheEnd()
    {
        ui::MessageView view;
        auto *bar = view.findChild<ui::FindBar *>(u"findBar"_s);
        auto *field = view.findChild<QLineEdit *>(u"findField"_s);
        const auto *count = view.findChild<QLabel *>(u"findCount"_s);
        QVERIFY(!view.readingActions().find->isEnabled()); // There is nothing to find anything in.
        view.showMessage(letter(u"One fish, two fish.\n\nRed Fish, blue Fish."_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QVERIFY(bar->isHidden());
        view.readingActions().find->trigger();
        QVERIFY(bar->isVisible());
        QTest::keyClicks(field, u"fish"_s);
        QCOMPARE(count->text(), u"1 of 4"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(count->text(), u"2 of 4"_s);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(count->text(), u"4 of 4"_s);
        view.readingActions().findNext->trigger();
        QCOMPARE(count->text(), u"1 of 4"_s);
        view.findChild<QCheckBox *>(u"findCase"_s)->setChecked(true);
        QCOMPARE(count->text(), u"1 of 2"_s);
        QCOMPARE(view.browser()->extraSelections().size(), 3); // Both, and the current one once more.
        field->setText(u"bird"_s);
        QCOMPARE(count->text(), u"Not found"_s);
        QCOMPARE(field->accessibleDescription(), u"Not found"_s);
        // The next message is searched by itself, without moving anything.
        view.showMessage(letter(u"A bird."_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        QCOMPARE(count->text(), u"Found: 1"_s);
        view.readingActions().findPrevious->trigger();
        QCOMPARE(count->text(), u"1 of 1"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(bar->isHidden());
        QVERIFY(view.browser()->extraSelections().isEmpty());
        QCOMPARE(view.browser()->textCursor().selectedText(), u"bird"_s);
    }

    void theSizeOfTheTextIsChangedAndRemembered()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"windows.ini"_s);
        ui::MessageView view;
        view.zoom()->rememberIn(file);
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        const double normal = view.browser()->document()->defaultFont().pointSizeF();
        view.readingActions().enlarge->trigger();
        view.readingActions().enlarge->trigger();
        QCOMPARE(view.zoom()->percent(), 120);
        QCOMPARE_GT(view.browser()->document()->defaultFont().pointSizeF(), 1.1 * normal);
        ui::MessageView later;
        later.zoom()->rememberIn(file);
        QCOMPARE(later.zoom()->percent(), 120);
        QCOMPARE(later.browser()->document()->defaultFont().pointSizeF(), view.browser()->document()->defaultFont().pointSizeF());
        for (int i = 0; i < 30; ++i)
            view.readingActions().reduce->trigger();
        QCOMPARE(view.zoom()->percent(), 50);
        view.readingActions().normalSize->trigger();
        QCOMPARE(view.browser()->document()->defaultFont().pointSizeF(), normal);
    }

    void nothingIsShownOfAWordThatNobodyCanTell()
    {
        // In a narrow window the status line read "D..." and "C...".
        ui::ElidedLabel label;
        label.setText(u"Checked 13:57"_s);
        const auto isBlank = [&label](int width) {
            label.resize(width, 20);
            const QImage image = label.grab().toImage();
            QImage blank = image;
            blank.fill(image.pixelColor(0, 0));
            return image == blank;
        };
        QVERIFY(isBlank(24));
        QVERIFY(!isBlank(300));
    }

    void thePrintedPageSaysWhoWhatWhenAndTheVerdict()
    {
        smime::OpenedMessage message = letter(u"1 < 2"_s);
        message.headers[3] = field("Date", u"Mon, 23 Nov 26 14:02:00 GMT (CET)"_s); // As older programs write it.
        message.html = u"<html><body><p>1 &lt; 2</p><img src=\"file:///dev/zero\"></body></html>"_s;
        message.unprotected = {{u"1.1"_s, u"A list's footer."_s}};
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"Bob Baker wrote this; nobody changed it."_s, u"Only you."_s));
        const std::unique_ptr<ui::MessageBrowser> page = ui::printedPage(view);
        QString rest = page->toPlainText();
        for (const QString &words : {u"Lunch on Friday"_s, u"Bob Baker <bob@example.org>"_s, u"Alice Archer <alice@example.org>"_s, u"2026"_s,
                                     u"Bob Baker wrote this; nobody changed it. Only you."_s, u"1 < 2"_s, u"Outside the protected part"_s, u"A list's footer."_s}) {
            const qsizetype at = rest.indexOf(words);
            QVERIFY2(at >= 0, qPrintable(words)); // In this order.
            rest.remove(0, at);
        }
        QTemporaryDir folder;
        const QString file = folder.filePath(u"message.pdf"_s);
        {
            QPdfWriter paper(file);
            page->document()->print(&paper);
        }
        QFile printed(file);
        QVERIFY(printed.open(QIODevice::ReadOnly));
        QVERIFY(printed.readAll().startsWith("%PDF"));
    }

    void aPrintedMessageIsNamedByNoPathAndNoSecret_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("outside"); // "=" is the same.
        QTest::addColumn<QString>("sender");
        QTest::addColumn<QString>("name");
        QTest::newRow("a subject") << u"Lunch on Friday"_s << u"="_s << u"bob@example.org"_s << u"Lunch on Friday"_s;
        QTest::newRow("slashes") << u"Minutes 11/12"_s << u"="_s << u"bob@example.org"_s << u"Minutes 11_12"_s;
        QTest::newRow("a path") << u"../../etc/x"_s << u"="_s << u"bob@example.org"_s << u"_.._etc_x"_s;
        QTest::newRow("encrypted") << u"Lunch on Friday"_s << u"[...]"_s << u"Bob Baker <bob@example.org>"_s << u"message from bob@example.org"_s;
        QTest::newRow("encrypted by nobody") << u"Lunch on Friday"_s << u"[...]"_s << QString() << u"message"_s;
        QTest::newRow("nothing") << QString() << u"="_s << u"bob@example.org"_s << u"message"_s;
    }

    void aPrintedMessageIsNamedByNoPathAndNoSecret()
    {
        QFETCH(const QString, subject);
        QFETCH(const QString, outside);
        QFETCH(const QString, sender);
        smime::OpenedMessage message = letter(u"Dear Alice"_s);
        message.headers[0] = field("From", sender);
        message.headers[2] = field("Subject", subject);
        if (outside != u"="_s)
            message.headers[2].outer = outside;
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
        QTEST(ui::printedName(view), "name");
    }

    void whatTheServerSawIsSearchedWhileItIsShown()
    {
        ui::MessageView view;
        view.showMessage(letter(u"Dear Alice"_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}), "Subject: [...]\r\n\r\nnothing\r\n");
        view.readingActions().find->trigger();
        view.findChild<QLineEdit *>(u"findField"_s)->setText(u"Lunch"_s);
        QCOMPARE(view.findChild<QLabel *>(u"findCount"_s)->text(), u"Not found"_s);
        view.findChild<QAbstractButton *>(u"serverSightSwitch"_s)->setChecked(true);
        QVERIFY(view.findChild<QLabel *>(u"findCount"_s)->text() != u"Not found"_s); // It stands in the table of fields.
        QVERIFY(!view.findChild<QTextBrowser *>(u"serverSight"_s)->extraSelections().isEmpty());
    }

    void whatTheServerSawIsSaidByWhatWasFound()
    {
        ui::MessageView view;
        auto *sight = view.findChild<QTextBrowser *>(u"serverSight"_s);
        const auto sightOf = [&](const smime::OpenedMessage &message, const QByteArray &type) {
            view.showMessage(message, presentation(app::Severity::Neutral, app::SealSign::None, u"A verdict."_s, {}), "Content-Type: " + type + "\r\n\r\nx\r\n");
            view.findChild<QAbstractButton *>(u"serverSightSwitch"_s)->setChecked(true);
            return sight->toPlainText();
        };
        smime::OpenedMessage message = letter(u"Dear Alice"_s);
        const QString hidden = u"the words of the letter"_s;
        QVERIFY(!sightOf(message, "text/plain; name=enveloped-data").contains(hidden)); // A parameter says nothing.
        QVERIFY(!sightOf(message, "application/pkcs7-mime; smime-type=enveloped-data").contains(hidden));
        message.verdict.layers = {smime::Layer{smime::LayerKind::Enveloped, smime::LayerForm::Opaque, u"1"_s, {}, {}}};
        QVERIFY(sightOf(message, "application/octet-stream").contains(hidden));
        QVERIFY(sightOf(message, "application/octet-stream").contains(u"nothing"_s)); // Fields that were left out, and encrypted inside.
        QVERIFY(!sight->toPlainText().contains(u"the same"_s));
        message.headers[0].protection = smime::CryptographicStatus::Signed;
        QVERIFY(sightOf(message, "application/octet-stream").contains(u"the same"_s));
    }

    void tooltipsNeverTakeANameForHtml()
    {
        ui::applyTheme(ui::Appearance::Light);
        QToolTip::showText({20, 20}, u"<img src=/nowhere> <mallory@example.org>"_s);
        const QWidgetList windows = QApplication::topLevelWidgets();
        const auto tip = std::find_if(windows.cbegin(), windows.cend(), [](const QWidget *window) { return window->inherits("QTipLabel"); });
        QVERIFY(tip != windows.cend());
        QCOMPARE(qobject_cast<QLabel *>(*tip)->textFormat(), Qt::PlainText);
        QToolTip::hideText();
    }

    void nothingOfALetterStaysBehindTheEmptyPage()
    {
        ui::MessageView view;
        view.showMessage(letter(u"At noon."_s), presentation(app::Severity::Good, app::SealSign::SealVerified, u"A verdict."_s, {}));
        const auto isSaid = [&view](const QString &words) {
            const QList<QLabel *> labels = view.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&words](const QLabel *label) { return label->text().contains(words); });
        };
        QVERIFY(isSaid(u"Lunch on Friday"_s));
        view.showNothing(u"Your keys are locked."_s);
        QVERIFY(!isSaid(u"Lunch on Friday"_s));
    }

    void tabLeavesTheText()
    {
        ui::MessageBrowser browser;
        QVERIFY(browser.tabChangesFocus());
        QCOMPARE(browser.objectName(), u"messageText"_s);
        QCOMPARE(browser.accessibleName(), u"Message text"_s);
    }

    void pictures()
    {
        ui::MessageView view;
        view.resize(640, 640);
        auto message = letter(u"Dear Alice,\n\nwould you like to have lunch with us on Friday? The menu is attached; see also https://example.org/menu.\n\nYours\nBob\n"_s);
        smime::Attachment menu;
        menu.name = u"menu.pdf"_s;
        menu.type = "application/pdf";
        menu.sizeOctets = 122880;
        message.attachments = {menu, menu};
        message.attachments[1].name = u"a very long name of a file that was thought of by somebody with much time.png"_s;
        message.attachments[1].type = "image/png";
        view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"Bob Baker wrote this; nobody changed it."_s, u"Only you and Bob can read it."_s));
        support::picture(&view, u"message-verified"_s);
        view.banner()->setExpanded(true);
        support::picture(&view, u"message-why"_s);
        message.unprotected = {{u"1.1"_s, u"-- \nThis list is kindly hosted by nobody."_s}};
        view.showMessage(message, presentation(app::Severity::Danger, app::SealSign::SealBroken, u"This message was changed after Bob Baker signed it. Do not rely on its content."_s, u"Only you and Bob can read it."_s));
        support::picture(&view, u"message-altered"_s);
        view.showMessage(message, presentation(app::Severity::Notice, app::SealSign::SealQuestion, u"Signed, but nobody you trust vouches for \"Bob Baker\"."_s, {}));
        support::picture(&view, u"message-unverified"_s);
        view.showNothing(u"Choose a message to read it."_s);
        QVERIFY(!view.hasMessage());
        support::picture(&view, u"message-none"_s);
    }
};

QTEST_MAIN(TestMessageView)
#include "tst_MessageView.moc"
