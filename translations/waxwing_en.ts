<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>app::FolderModel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation><numerusform>%n message</numerusform><numerusform>%n messages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation><numerusform>%n unread</numerusform><numerusform>%n unread</numerusform></translation>
    </message>
</context>
<context>
    <name>app::OutboxService</name>
    <message numerus="yes">
        <source>Not sent: %n message(s) in the outbox need you.</source>
        <translation><numerusform>Not sent: %n message in the outbox needs you.</numerusform><numerusform>Not sent: %n messages in the outbox need you.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait in the outbox: nothing answers at %1. They go by themselves as soon as the relay runs.</source>
        <translation><numerusform>%n message waits in the outbox: nothing answers at %1. It goes by itself as soon as the relay runs.</numerusform><numerusform>%n messages wait in the outbox: nothing answers at %1. They go by themselves as soon as the relay runs.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait in the outbox and will be tried again.</source>
        <translation><numerusform>%n message waits in the outbox and will be tried again.</numerusform><numerusform>%n messages wait in the outbox and will be tried again.</numerusform></translation>
    </message>
</context>
<context>
    <name>app::SendOutlook</name>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation><numerusform>%1 and %n other</numerusform><numerusform>%1 and %n others</numerusform></translation>
    </message>
</context>
<context>
    <name>app::VerdictPresenter</name>
    <message numerus="yes">
        <source>You and the holders of %n other key(s) can read it.</source>
        <translation><numerusform>You and the holders of %n other key can read it.</numerusform><numerusform>You and the holders of %n other keys can read it.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>You, %1 and the holders of %n other key(s) can read it.</source>
        <translation><numerusform>You, %1 and the holders of %n other key can read it.</numerusform><numerusform>You, %1 and the holders of %n other keys can read it.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Readers: it was made for %n key(s), one of them yours.</source>
        <translation><numerusform>Readers: it was made for %n key, one of them yours.</numerusform><numerusform>Readers: it was made for %n keys, one of them yours.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Memory: the same certificate as in %n earlier mail(s).</source>
        <translation><numerusform>Memory: the same certificate as in %n earlier mail.</numerusform><numerusform>Memory: the same certificate as in %n earlier mails.</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::Desktop</name>
    <message numerus="yes">
        <source>%n new messages.</source>
        <translation><numerusform>%n new message.</numerusform><numerusform>%n new messages.</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::IdentitiesWindow</name>
    <message numerus="yes">
        <source>%n keys were imported.</source>
        <translation><numerusform>%n key was imported.</numerusform><numerusform>%n keys were imported.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n certificates of other people were imported.</source>
        <translation><numerusform>%n certificate of another person was imported.</numerusform><numerusform>%n certificates of other people were imported.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n authorities came along that you do not trust: %1.</source>
        <translation><numerusform>%n authority came along that you do not trust: %1.</numerusform><numerusform>%n authorities came along that you do not trust: %1.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n certificates were issued. From this list they can be saved later, too.</source>
        <translation><numerusform>%n certificate was issued. From this list it can be saved later, too.</numerusform><numerusform>%n certificates were issued. From this list they can be saved later, too.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n lists of revoked certificates were imported.</source>
        <translation><numerusform>%n list of revoked certificates was imported.</numerusform><numerusform>%n lists of revoked certificates were imported.</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::MessageView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation><numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::ProfileWindows</name>
    <message numerus="yes">
        <source>%n messages are selected.</source>
        <translation><numerusform>%n message is selected.</numerusform><numerusform>%n messages are selected.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n were here before.</source>
        <translation><numerusform>%n was here before.</numerusform><numerusform>%n were here before.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n messages came into the archive.</source>
        <translation><numerusform>%n message came into the archive.</numerusform><numerusform>%n messages came into the archive.</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::RelayMailboxesPage</name>
    <message numerus="yes">
        <source>The %n messages in it and its other names go with it.</source>
        <translation>
            <numerusform>The message in it and its other names go with it.</numerusform>
            <numerusform>The %n messages in it and its other names go with it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RelayMessagesPage</name>
    <message numerus="yes">
        <source>%n messages were deleted.</source>
        <translation>
            <numerusform>One message was deleted.</numerusform>
            <numerusform>%n messages were deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RelayQueuePage</name>
    <message numerus="yes">
        <source>Paused. %n message(s) wait.</source>
        <translation><numerusform>Paused. %n message waits.</numerusform><numerusform>Paused. %n messages wait.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait.</source>
        <translation><numerusform>%n message waits.</numerusform><numerusform>%n messages wait.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Delete %n message(s) from the queue?</source>
        <translation><numerusform>Delete %n message from the queue?</numerusform><numerusform>Delete %n messages from the queue?</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::SourceWindow</name>
    <message numerus="yes">
        <source>[%n more octets]</source>
        <translation><numerusform>[%n more octet]</numerusform><numerusform>[%n more octets]</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::TrashQuestion</name>
    <message numerus="yes">
        <source>Delete %n messages? They cannot be brought back.</source>
        <translation><numerusform>Delete this message? It cannot be brought back.</numerusform><numerusform>Delete %n messages? They cannot be brought back.</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::FileProblems</name>
    <message numerus="yes">
        <source>%n more files cannot be used, for other reasons.</source>
        <translation><numerusform>%n more file cannot be used, for another reason.</numerusform><numerusform>%n more files cannot be used, for other reasons.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more files</source>
        <translation><numerusform>%1 and %n more file</numerusform><numerusform>%1 and %n more files</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::RelayClassDialog</name>
    <message numerus="yes">
        <source>%n mailboxes will be made.</source>
        <translation><numerusform>%n mailbox will be made.</numerusform><numerusform>%n mailboxes will be made.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n mailboxes were made.</source>
        <translation><numerusform>%n mailbox was made.</numerusform><numerusform>%n mailboxes were made.</numerusform></translation>
    </message>
</context>
</TS>
