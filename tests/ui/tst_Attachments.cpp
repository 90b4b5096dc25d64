// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/KeyFiles.h"
#include "ui/AttachmentBar.h"
#include "ui/AttachmentSaving.h"
#include "ui/ComposeWindow.h"
#include "ui/Files.h"
#include "ui/LetterFixture.h"
#include "ui/LongText.h"
#include "ui/MessageBrowser.h"
#include "ui/MessagePrinting.h"
#include "ui/MessageView.h"
#include "ui/Theme.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QPointer>
#include <QSignalSpy>
#include <QStyleOption>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace uitest;

class TestAttachments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attachmentsAreWhatTheirNamesSay()
    {
        QCOMPARE(ui::attachmentType(u"plan.pdf"_s, "application/pdf"), QByteArray("application/pdf"));
        QCOMPARE(ui::attachmentType(u"plan.pdf"_s, "application/octet-stream"), QByteArray("application/pdf"));
        QCOMPARE(ui::attachmentType(u"Plan"_s, "application/pdf"), QByteArray("application/pdf"));
        const QByteArray program = ui::attachmentType(u"plan.pdf.exe"_s, "application/pdf");
        QVERIFY2(!program.isEmpty() && program != "application/pdf", program.constData());
        QCOMPARE(ui::attachmentType(u"plan.unheard-of"_s, "application/pdf"), QByteArray(""));
    }

    void attachmentsOutsideTheSealSaySo()
    {
        smime::OpenedMessage message = letter(u"The contract is attached."_s);
        message.verdict.summary = smime::Summary::Unverified;
        smime::Attachment inside;
        inside.name = u"contract.pdf"_s;
        inside.protection = smime::CryptographicStatus::Signed;
        smime::Attachment outside = inside;
        outside.protection = smime::CryptographicStatus::None;
        message.attachments = {inside, outside};
        ui::MessageView view;
        view.showMessage(message, presentation(app::Severity::Notice, app::SealSign::SealPart, u"Bob Baker signed a part."_s, {}));
        QStringList texts;
        QStringList descriptions;
        for (const QToolButton *button : view.findChild<QWidget *>(u"attachmentBar"_s)->findChildren<QToolButton *>()) {
            if (!button->text().startsWith(u"contract.pdf"_s))
                continue;
            texts += button->text();
            descriptions += button->accessibleDescription();
        }
        QCOMPARE(texts.size(), 2);
        QVERIFY(!texts[0].contains(u"not protected"_s));
        QVERIFY2(texts[1].endsWith(u", not protected"_s), qPrintable(texts[1]));
        QCOMPARE(descriptions, (QStringList{QString(), u"not protected"_s}));
        QVERIFY(ui::printedPage(view)->toPlainText().contains(u"contract.pdf (0 bytes), contract.pdf (0 bytes, not protected)"_s));
    }

    void theAttachmentsOfEachLetterHaveTheirRoom()
    {
        ui::MessageView view;
        view.resize(700, 600);
        view.show();
        const auto *bar = view.findChild<QWidget *>(u"attachmentBar"_s);
        const auto isLaidOut = [bar](const QString &name) {
            const QList<QToolButton *> buttons = bar->findChildren<QToolButton *>();
            return buttons.size() == 1 && buttons[0]->text().startsWith(name) && buttons[0]->isVisible() && buttons[0]->x() > 0
                && buttons[0]->width() >= buttons[0]->sizeHint().width();
        };
        for (const QString &name : {u"contract.pdf"_s, u"annual report of the whole company.pdf"_s, u"plan.pdf"_s}) {
            smime::OpenedMessage message = letter(u"The file is attached."_s);
            smime::Attachment attachment;
            attachment.name = name;
            message.attachments = {attachment};
            view.showMessage(message, presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {}));
            QTRY_VERIFY2(isLaidOut(name), qPrintable(name));
        }
    }

    void filesOfOneLetterNeverReplaceEachOther()
    {
        QTemporaryDir folder;
        const auto contents = [&folder] {
            QByteArrayList all;
            for (const QFileInfo &info : QDir(folder.path()).entryInfoList(QDir::Files))
                if (QFile file(info.filePath()); file.open(QIODevice::ReadOnly))
                    all += file.readAll();
            std::sort(all.begin(), all.end());
            return all;
        };
        const auto attachment = [](const QString &name, const QByteArray &octets) {
            smime::Attachment made;
            made.name = name;
            made.source = octets;
            made.length = octets.size();
            made.transferEncoding = "binary";
            return made;
        };
        QFile there(folder.filePath(u"menu.txt"_s));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("there") > 0);
        there.close();
        QWidget window;
        QStringList saved;
        ui::askToSaveAttachments(&window, QThreadPool::globalInstance(), {attachment(u"menu.txt"_s, "first"), attachment(u"menu (2).txt"_s, "second")},
                                 [](const base::Error &error) { qWarning("%s", base::nameOf(error.code)); }, [&saved](const QStringList &paths) { saved += paths; });
        const QPointer<QFileDialog> dialog = window.findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->filesSelected({folder.path()});
        Q_EMIT dialog->fileSelected(folder.path());
        // Both had the second name: the first because its own was taken.
        QTRY_COMPARE(contents(), (QByteArrayList{"first", "second", "there"}));
        QTRY_COMPARE(saved.size(), 2); // Nothing said so.
        // The next question began in the documents again.
        delete dialog;
        ui::askWhichFolder(&window, u"Save all"_s, [](const QString &) {});
        QCOMPARE(window.findChild<QFileDialog *>()->directory(), QDir(folder.path()));
    }

    void aPrivateKeyIsNamedBeforeItIsSent()
    {
        QVERIFY(app::holdsPrivateKeys("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"));
        QVERIFY(!app::holdsPrivateKeys("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
        app::Draft draft;
        draft.to = {{{}, u"bob@example.org"_s}};
        draft.attachments = {{u"menu.pdf"_s, "application/pdf", "menu"}, {u"alice.p12"_s, "application/x-pkcs12", QByteArray::fromHex("308209cf020103")}};
        ui::ComposeWindow compose{draft};
        compose.setRecipients({{u"bob@example.org"_s, u"Bob"_s, app::RecipientOutlook::Found, {}, {}}});
        QVERIFY2(compose.outlook().sentence.startsWith(u"\"alice.p12\" holds a private key"_s), qPrintable(compose.outlook().sentence));
        const QList<QToolButton *> buttons = compose.findChildren<QToolButton *>();
        const auto takeOut = std::find_if(buttons.cbegin(), buttons.cend(), [](const QToolButton *button) { return button->text() == "Take it out"_L1; });
        QVERIFY(takeOut != buttons.cend());
        (*takeOut)->click();
        QCOMPARE(compose.draft().attachments.size(), 1);
        QVERIFY2(compose.outlook().sentence.startsWith(u"Signed as"_s), qPrintable(compose.outlook().sentence));
    }

    void attachedLettersAreCalledByTheirSubjectAndOpened()
    {
        smime::OpenedMessage message = letter(u"See below."_s);
        smime::Attachment attached;
        attached.type = "message/rfc822";
        attached.source = "Subject: =?utf-8?q?Men=C3=BC?= 11/12\r\n\r\nSoup.\r\n";
        attached.length = attached.source.size();
        attached.transferEncoding = "7bit";
        smime::Attachment picture;
        picture.type = "image/png";
        QCOMPARE(ui::attachmentFileName(picture), u"attachment.png"_s);
        message.attachments = {picture, attached};
        ui::MessageView view;
        const auto opener = [&view]() -> QToolButton * {
            for (auto *button : view.findChildren<QToolButton *>())
                if (button->accessibleName() == u"Open Men\u00fc 11_12.eml"_s)
                    return button;
            return nullptr;
        };
        const app::VerdictPresentation shown = presentation(app::Severity::Good, app::SealSign::SealVerified, u"Good."_s, {});
        view.showMessage(message, shown);
        QVERIFY(!opener()); // where nobody would open it
        view.offerOpening();
        view.showMessage(message, shown);
        QVERIFY(opener());
        QSignalSpy asked(&view, &ui::MessageView::openAttachmentRequested);
        opener()->click();
        QCOMPARE(asked.value(0), QVariantList{1});
    }

    void ampersandsOfANameAreNoMnemonics()
    {
        ui::AttachmentBar bar;
        bar.setItems({{u"Q&A.pdf"_s, "application/pdf", 1, {}, false}});
        const auto *button = bar.findChild<QToolButton *>();
        QVERIFY(button->text().startsWith(u"Q&&A.pdf "_s));
        QVERIFY(button->shortcut().isEmpty());
    }

    void aNameThatIsTakenIsNumberedBeforeItsLastSuffix()
    {
        QTemporaryDir folder;
        for (const auto &[taken, free] : {std::pair{u"20%1.txt"_s, u"20%1 (2).txt"_s}, {u"anna@class.example.pem"_s, u"anna@class.example (2).pem"_s}}) {
            QVERIFY(QFile(folder.filePath(taken)).open(QIODevice::WriteOnly));
            QCOMPARE(ui::freePath(folder.path(), taken), folder.filePath(free));
        }
    }

    void longNamesOfFilesFitAndKeepTheirEnding()
    {
        const QString name = ui::safeFileName(u"\u8a9e"_s.repeated(300) + u".pdf"_s, {});
        QVERIFY(name.endsWith(u"\u8a9e.pdf"_s));
        QCOMPARE_LE(name.toUtf8().size(), 200);
        QCOMPARE(ui::safeFileName(u"menu.pdf"_s, {}), u"menu.pdf"_s);
        QVERIFY(ui::safeFileName(u"Mr. "_s + u"x"_s.repeated(300), {}).startsWith(u"Mr. x"_s));
    }

    void aPartOfAFileIsNotTakenForTheWhole()
    {
        // It says that it is empty and holds more, as a file does that grows meanwhile.
        const QString file = u"/proc/self/status"_s;
        const base::Operation<QByteArray> part = ui::readFile(QThreadPool::globalInstance(), file, 10);
        const base::Operation<QByteArray> whole = ui::readFile(QThreadPool::globalInstance(), file, 1 << 20);
        QTRY_VERIFY(part.future().isFinished() && whole.future().isFinished());
        QCOMPARE(part.future().result().error().code, base::ErrorCode::FileTooLarge);
        QVERIFY(whole.future().result()->startsWith("Name:"));
    }

    void whatCannotBePressedIsPaleInTheDarkToo()
    {
        // Reply was as bright without a letter as with one.
        ui::applyTheme(ui::Appearance::Light);
        QStyleOption dark;
        dark.palette = ui::darkPalette();
        QPixmap picture(16, 16);
        picture.fill(dark.palette.color(QPalette::ButtonText));
        const QColor pale = QApplication::style()->generatedIconPixmap(QIcon::Disabled, picture, &dark).toImage().pixelColor(8, 8);
        QVERIFY2(pale.alphaF() * pale.lightnessF() < 0.6, qPrintable(pale.name(QColor::HexArgb)));
    }

    void aSizeIsSaidInTheRightNumber()
    {
        QCOMPARE(ui::sizeText(1), u"1 byte"_s);
        QCOMPARE(ui::sizeText(2), u"2 bytes"_s);
    }
};

QTEST_MAIN(TestAttachments)
#include "tst_Attachments.moc"
