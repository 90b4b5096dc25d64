<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>app::CertificateAssessment</name>
    <message>
        <source>It has not been checked.</source>
        <translation>Es wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>It is valid until %1.</source>
        <translation>Es ist gültig bis %1.</translation>
    </message>
    <message>
        <source>It expired on %1.</source>
        <translation>Es ist am %1 abgelaufen.</translation>
    </message>
    <message>
        <source>It is not valid before %1.</source>
        <translation>Es ist vor dem %1 nicht gültig.</translation>
    </message>
    <message>
        <source>It was revoked by its authority.</source>
        <translation>Es wurde von seiner Zertifizierungsstelle widerrufen.</translation>
    </message>
    <message>
        <source>Nobody you trust vouches for it.</source>
        <translation>Niemand, dem Sie vertrauen, bürgt dafür.</translation>
    </message>
    <message>
        <source>It was not issued for this use of mail.</source>
        <translation>Es wurde nicht für diese Verwendung bei E-Mails ausgestellt.</translation>
    </message>
    <message>
        <source>It is damaged, or somebody altered it.</source>
        <translation>Es ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>Its key or its signature is too weak today.</source>
        <translation>Sein Schlüssel oder seine Signatur ist nach heutigem Stand zu schwach.</translation>
    </message>
    <message>
        <source>The request has not been answered yet.</source>
        <translation>Die Anfrage wurde noch nicht beantwortet.</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>Unterschreiben</translation>
    </message>
    <message>
        <source>signing what shall bind</source>
        <translation>verbindliches Unterschreiben</translation>
    </message>
    <message>
        <source>receiving what is encrypted</source>
        <translation>Empfang von Verschlüsseltem</translation>
    </message>
    <message>
        <source>issuing certificates</source>
        <translation>Ausstellen von Zertifikaten</translation>
    </message>
    <message>
        <source>issuing lists of revoked ones</source>
        <translation>Ausstellen von Widerrufslisten</translation>
    </message>
    <message>
        <source>mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>logging in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>any purpose</source>
        <translation>jeden Zweck</translation>
    </message>
</context>
<context>
    <name>app::DraftPresentation</name>
    <message>
        <source>It is kept encrypted; only you can read it.</source>
        <translation>Die Nachricht liegt verschlüsselt; nur Sie können sie lesen.</translation>
    </message>
    <message>
        <source>Your draft, encrypted to you. Unlock your keys to read it.</source>
        <translation>Ihr Entwurf, für Sie verschlüsselt. Entsperren Sie Ihre Schlüssel, um ihn zu lesen.</translation>
    </message>
    <message>
        <source>It is kept in the clear, because it is to be sent without encryption.</source>
        <translation>Er liegt unverschlüsselt, weil er ohne Verschlüsselung gesendet werden soll.</translation>
    </message>
    <message>
        <source>Your draft. Nothing of it has been sent.</source>
        <translation>Ihr Entwurf. Davon wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Waits for a certificate of %1. It is sealed and sent by itself when one arrives.</source>
        <translation>Wartet auf ein Zertifikat von %1. Sobald eines da ist, wird die Nachricht von selbst versiegelt und gesendet.</translation>
    </message>
</context>
<context>
    <name>app::ErrorText</name>
    <message>
        <source>This password opened a part of the message, which is shown now. Another part has another password: give that one, too.</source>
        <translation>Dieses Passwort hat einen Teil der Nachricht geöffnet, der jetzt zu sehen ist. Ein weiterer Teil hat ein anderes Passwort: Geben Sie auch das an.</translation>
    </message>
    <message>
        <source>The message does not open with this password: that is another one, or it was damaged on the way. Try it again.</source>
        <translation>Die Nachricht lässt sich mit diesem Passwort nicht öffnen: Es ist ein anderes, oder sie wurde auf dem Weg beschädigt. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 is in use by another program. Stop that program, or choose another port for the relay.</source>
        <translation>%1 wird von einem anderen Programm verwendet. Beenden Sie dieses Programm oder wählen Sie einen anderen Port für das Relay.</translation>
    </message>
    <message>
        <source>Something went wrong that this program did not foresee. Nothing was changed. The details say more.</source>
        <translation>Es ist ein Fehler aufgetreten, den dieses Programm nicht vorgesehen hat. Es wurde nichts geändert. Die Details sagen mehr.</translation>
    </message>
    <message>
        <source>This was cancelled. Nothing was changed.</source>
        <translation>Der Vorgang wurde abgebrochen. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>A value that was given cannot be used here. Correct it and try again.</source>
        <translation>Ein angegebener Wert kann hier nicht verwendet werden. Berichtigen Sie ihn und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This is not supported yet. The details name what was asked for.</source>
        <translation>Dies wird noch nicht unterstützt. Die Details nennen, was verlangt wurde.</translation>
    </message>
    <message>
        <source>The file was not found. Check its name and try again.</source>
        <translation>Die Datei wurde nicht gefunden. Prüfen Sie den Namen und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The file could not be read. Check that you may open it and that it is not a folder.</source>
        <translation>Die Datei konnte nicht gelesen werden. Prüfen Sie, ob Sie sie öffnen dürfen und ob sie kein Ordner ist.</translation>
    </message>
    <message>
        <source>The file could not be written. Choose another place or check that you may write there.</source>
        <translation>Die Datei konnte nicht geschrieben werden. Wählen Sie einen anderen Ort oder prüfen Sie, ob Sie dort schreiben dürfen.</translation>
    </message>
    <message>
        <source>The file is too large to be what was expected here. Choose another file.</source>
        <translation>Die Datei ist größer, als hier zu erwarten ist. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>There is no mail in this folder that could be imported: no maildir, no mbox file and no .eml file. Choose the folder in which the other program keeps its mail, or export it from there.</source>
        <translation>In diesem Ordner ist keine Post, die importiert werden könnte: kein Maildir, keine mbox-Datei und keine .eml-Datei. Wählen Sie den Ordner, in dem das andere Programm seine Post aufbewahrt, oder exportieren Sie sie von dort.</translation>
    </message>
    <message>
        <source>The file is empty. Choose another file.</source>
        <translation>Die Datei ist leer. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost; free some space and try again.</source>
        <translation>Der Datenträger ist voll. Es ging nichts verloren; schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This place can only be read, so nothing was stored. Make it writable or choose another place.</source>
        <translation>Dieser Ort kann nur gelesen werden, daher wurde nichts gespeichert. Machen Sie ihn beschreibbar oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>As many files and connections are open as this computer allows. Close something and try again.</source>
        <translation>Es sind so viele Dateien und Verbindungen offen, wie dieser Rechner erlaubt. Schließen Sie etwas und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The relay&apos;s disk is full: new mail waits at its senders, and nothing that was taken is lost. Free some space; the rest happens by itself.</source>
        <translation>Der Datenträger des Relays ist voll: Neue Post wartet bei ihren Absendern, und nichts Angenommenes ging verloren. Schaffen Sie Platz; alles Weitere geschieht von selbst.</translation>
    </message>
    <message>
        <source>The relay&apos;s disk can only be read: new mail waits at its senders, and nothing that was taken is lost. Make it writable; the rest happens by itself.</source>
        <translation>Der Datenträger des Relays kann nur gelesen werden: Neue Post wartet bei ihren Absendern, und nichts Angenommenes ging verloren. Machen Sie ihn beschreibbar; alles Weitere geschieht von selbst.</translation>
    </message>
    <message>
        <source>Another program holds the relay&apos;s mail: new mail waits at its senders until it lets go. If this lasts, end that program.</source>
        <translation>Ein anderes Programm hält die Post des Relays fest: Neue Post wartet bei ihren Absendern, bis es loslässt. Dauert das an, beenden Sie dieses Programm.</translation>
    </message>
    <message>
        <source>The relay has as many connections as this computer allows: new ones wait until others end. If this lasts, raise the limit of open files.</source>
        <translation>Das Relay hat so viele Verbindungen, wie dieser Rechner erlaubt: Neue warten, bis andere enden. Dauert das an, erhöhen Sie die Grenze für offene Dateien.</translation>
    </message>
    <message>
        <source>The relay cannot store mail at the moment: new mail waits at its senders, and nothing that was taken is lost. The details say why.</source>
        <translation>Das Relay kann zurzeit keine Post speichern: Neue Post wartet bei ihren Absendern, und nichts Angenommenes ging verloren. Die Einzelheiten sagen, warum.</translation>
    </message>
    <message>
        <source>A passphrase is needed and none was given. Enter it, or name a passphrase file.</source>
        <translation>Es wird eine Passphrase benötigt, aber es wurde keine angegeben. Geben Sie sie ein oder nennen Sie eine Passphrase-Datei.</translation>
    </message>
    <message>
        <source>The passphrase is wrong. Nothing was unlocked; try it again.</source>
        <translation>Die Passphrase ist falsch. Es wurde nichts entsperrt; versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The keys are locked. Unlock them with your passphrase first.</source>
        <translation>Die Schlüssel sind gesperrt. Entsperren Sie sie zuerst mit Ihrer Passphrase.</translation>
    </message>
    <message>
        <source>This desktop&apos;s keyring did not do what it was asked: it may be locked, or not be there. The passphrase is asked for as ever.</source>
        <translation>Der Schlüsselbund dieses Desktops hat nicht getan, worum er gebeten wurde: Er ist vielleicht gesperrt oder nicht vorhanden. Nach der Passphrase wird wie immer gefragt.</translation>
    </message>
    <message>
        <source>The file with your keys is damaged. Restore it from a backup, or import your keys again.</source>
        <translation>Die Datei mit Ihren Schlüsseln ist beschädigt. Stellen Sie sie aus einer Sicherung wieder her oder importieren Sie Ihre Schlüssel erneut.</translation>
    </message>
    <message>
        <source>There is no key for this. Create an identity or import one first.</source>
        <translation>Dafür ist kein Schlüssel vorhanden. Erstellen oder importieren Sie zuerst eine Identität.</translation>
    </message>
    <message>
        <source>The key could not be made. Try again, or choose another kind of key.</source>
        <translation>Der Schlüssel konnte nicht erzeugt werden. Versuchen Sie es erneut oder wählen Sie eine andere Schlüsselart.</translation>
    </message>
    <message>
        <source>This kind of key is not supported. Choose another kind.</source>
        <translation>Diese Schlüsselart wird nicht unterstützt. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>This is not a certificate, or it is damaged. Choose a file that holds one, such as .pem, .crt or .cer.</source>
        <translation>Dies ist kein Zertifikat, oder es ist beschädigt. Wählen Sie eine Datei, die eines enthält, etwa .pem, .crt oder .cer.</translation>
    </message>
    <message>
        <source>This is not a certificate request. Ask for a file that ends in .csr or .p10.</source>
        <translation>Dies ist keine Zertifikatsanforderung. Bitten Sie um eine Datei, die auf .csr oder .p10 endet.</translation>
    </message>
    <message>
        <source>This is not a PKCS#12 file, or it is damaged. Choose a file that ends in .p12 or .pfx.</source>
        <translation>Dies ist keine PKCS#12-Datei, oder sie ist beschädigt. Wählen Sie eine Datei, die auf .p12 oder .pfx endet.</translation>
    </message>
    <message>
        <source>This is not a list of revoked certificates. Choose a file that ends in .crl.</source>
        <translation>Dies ist keine Liste widerrufener Zertifikate. Wählen Sie eine Datei, die auf .crl endet.</translation>
    </message>
    <message>
        <source>The file has no private key in it, so it is not an identity. Export it again together with the key.</source>
        <translation>Die Datei enthält keinen privaten Schlüssel und ist daher keine Identität. Exportieren Sie sie erneut zusammen mit dem Schlüssel.</translation>
    </message>
    <message>
        <source>The file is protected in a way that this program cannot undo. Export it again with a common protection, such as AES-256.</source>
        <translation>Die Datei ist auf eine Weise geschützt, die dieses Programm nicht aufheben kann. Exportieren Sie sie erneut mit einem gängigen Schutz, etwa AES-256.</translation>
    </message>
    <message>
        <source>The certificate does not belong to the key. Import the two that were made together.</source>
        <translation>Das Zertifikat gehört nicht zu dem Schlüssel. Importieren Sie die beiden, die zusammen erzeugt wurden.</translation>
    </message>
    <message>
        <source>The certificate has expired. Ask for a new one.</source>
        <translation>Das Zertifikat ist abgelaufen. Bitten Sie um ein neues.</translation>
    </message>
    <message>
        <source>The certificate is not valid yet. Check the date of this computer, or wait until it begins.</source>
        <translation>Das Zertifikat ist noch nicht gültig. Prüfen Sie das Datum dieses Rechners oder warten Sie, bis die Gültigkeit beginnt.</translation>
    </message>
    <message>
        <source>The certificate is not meant for e-mail. Ask for one that is.</source>
        <translation>Das Zertifikat ist nicht für E-Mails vorgesehen. Bitten Sie um eines, das dafür vorgesehen ist.</translation>
    </message>
    <message>
        <source>The certificate&apos;s key is too short to protect mail today. Ask for a certificate with a longer one.</source>
        <translation>Der Schlüssel des Zertifikats ist zu kurz, um Nachrichten heute noch zu schützen. Bitten Sie um ein Zertifikat mit einem längeren.</translation>
    </message>
    <message>
        <source>The certificate does not name the e-mail address that it is wanted for, so it cannot be used. Ask for one that does.</source>
        <translation>Das Zertifikat nennt nicht die E-Mail-Adresse, für die es gebraucht wird, und kann daher nicht verwendet werden. Bitten Sie um eines, das sie nennt.</translation>
    </message>
    <message>
        <source>No certificate was found. Ask the other person for a signed message, or import the certificate.</source>
        <translation>Es wurde kein Zertifikat gefunden. Bitten Sie die andere Person um eine signierte Nachricht oder importieren Sie das Zertifikat.</translation>
    </message>
    <message>
        <source>The certificate was revoked. Ask its owner for a new one.</source>
        <translation>Das Zertifikat wurde widerrufen. Bitten Sie den Inhaber um ein neues.</translation>
    </message>
    <message>
        <source>Nobody you trust vouches for this certificate. Check it with its owner before you use it.</source>
        <translation>Niemand, dem Sie vertrauen, bürgt für dieses Zertifikat. Prüfen Sie es gemeinsam mit dem Inhaber, bevor Sie es verwenden.</translation>
    </message>
    <message>
        <source>This certificate is here already. Nothing was changed.</source>
        <translation>Dieses Zertifikat ist bereits vorhanden. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The certificate request was altered or does not fit its key. Ask for a new request.</source>
        <translation>Die Zertifikatsanforderung wurde verändert oder passt nicht zu ihrem Schlüssel. Bitten Sie um eine neue Anforderung.</translation>
    </message>
    <message>
        <source>There is no authority here that could issue certificates. Make one first.</source>
        <translation>Hier gibt es keine Zertifizierungsstelle, die Zertifikate ausstellen könnte. Legen Sie zuerst eine an.</translation>
    </message>
    <message>
        <source>There is an authority here already. It was left as it is.</source>
        <translation>Hier gibt es bereits eine Zertifizierungsstelle. Sie wurde unverändert gelassen.</translation>
    </message>
    <message>
        <source>This authority has issued no certificate with that serial number. Look at its list.</source>
        <translation>Diese Zertifizierungsstelle hat kein Zertifikat mit dieser Seriennummer ausgestellt. Sehen Sie in ihrer Liste nach.</translation>
    </message>
    <message>
        <source>There is no profile for this address. Create an identity for it first.</source>
        <translation>Für diese Adresse gibt es kein Profil. Erstellen Sie zuerst eine Identität dafür.</translation>
    </message>
    <message>
        <source>There is a profile for this address already. It was left as it is.</source>
        <translation>Für diese Adresse gibt es bereits ein Profil. Es wurde unverändert gelassen.</translation>
    </message>
    <message>
        <source>This is not an e-mail address. Write it as name@example.org.</source>
        <translation>Dies ist keine E-Mail-Adresse. Schreiben Sie sie in der Form name@example.org.</translation>
    </message>
    <message>
        <source>The message is damaged and cannot be read. Ask the sender to send it again.</source>
        <translation>Die Nachricht ist beschädigt und kann nicht gelesen werden. Bitten Sie den Absender, sie erneut zu senden.</translation>
    </message>
    <message>
        <source>The message is empty. Ask the sender to send it again.</source>
        <translation>Die Nachricht ist leer. Bitten Sie den Absender, sie erneut zu senden.</translation>
    </message>
    <message>
        <source>The message is nested so deeply that it is not opened. It was probably not made by a mail program.</source>
        <translation>Die Nachricht ist so tief verschachtelt, dass sie nicht geöffnet wird. Sie stammt vermutlich nicht von einem E-Mail-Programm.</translation>
    </message>
    <message>
        <source>The message has so many parts that it is not opened. It was probably not made by a mail program.</source>
        <translation>Die Nachricht hat so viele Teile, dass sie nicht geöffnet wird. Sie stammt vermutlich nicht von einem E-Mail-Programm.</translation>
    </message>
    <message>
        <source>The message is too large. Send less at once, or send a link to the files.</source>
        <translation>Die Nachricht ist zu groß. Senden Sie weniger auf einmal oder senden Sie einen Link zu den Dateien.</translation>
    </message>
    <message>
        <source>The head of the message is too long to be read. It was probably not made by a mail program.</source>
        <translation>Der Kopf der Nachricht ist zu lang, um gelesen zu werden. Sie stammt vermutlich nicht von einem E-Mail-Programm.</translation>
    </message>
    <message>
        <source>The protected part of the message is damaged and cannot be read. Ask the sender to send it again.</source>
        <translation>Der geschützte Teil der Nachricht ist beschädigt und kann nicht gelesen werden. Bitten Sie den Absender, sie erneut zu senden.</translation>
    </message>
    <message>
        <source>The protected part of the message is too large to be opened. Ask the sender to send less at once.</source>
        <translation>Der geschützte Teil der Nachricht ist zu groß, um geöffnet zu werden. Bitten Sie den Absender, weniger auf einmal zu senden.</translation>
    </message>
    <message>
        <source>The message could not be decrypted. It is damaged, or it was not made for your key.</source>
        <translation>Die Nachricht konnte nicht entschlüsselt werden. Sie ist beschädigt oder nicht für Ihren Schlüssel bestimmt.</translation>
    </message>
    <message>
        <source>The message was encrypted to a key that you do not have. Import that key, or ask the sender to use your present certificate.</source>
        <translation>Die Nachricht wurde für einen Schlüssel verschlüsselt, den Sie nicht haben. Importieren Sie diesen Schlüssel oder bitten Sie den Absender, Ihr aktuelles Zertifikat zu verwenden.</translation>
    </message>
    <message>
        <source>The message could not be signed, so it was not sent. Check your certificate.</source>
        <translation>Die Nachricht konnte nicht signiert werden und wurde daher nicht gesendet. Prüfen Sie Ihr Zertifikat.</translation>
    </message>
    <message>
        <source>The message could not be encrypted, so it was not sent. Check the recipients' certificates.</source>
        <translation>Die Nachricht konnte nicht verschlüsselt werden und wurde daher nicht gesendet. Prüfen Sie die Zertifikate der Empfänger.</translation>
    </message>
    <message>
        <source>The message has no recipient. Enter an address in To, Cc or Bcc.</source>
        <translation>Die Nachricht hat keinen Empfänger. Geben Sie unter An, Cc oder Bcc eine Adresse ein.</translation>
    </message>
    <message>
        <source>There is no certificate for a recipient, so the message cannot be encrypted for everybody. Import the certificate, ask for a signed message, or leave the recipient out.</source>
        <translation>Für einen Empfänger gibt es kein Zertifikat, daher kann die Nachricht nicht für alle verschlüsselt werden. Importieren Sie das Zertifikat, bitten Sie um eine signierte Nachricht oder lassen Sie den Empfänger weg.</translation>
    </message>
    <message>
        <source>The message is protected in a way that this program does not know. Ask the sender to use a common one.</source>
        <translation>Die Nachricht ist auf eine Weise geschützt, die dieses Programm nicht kennt. Bitten Sie den Absender, ein gängiges Verfahren zu verwenden.</translation>
    </message>
    <message>
        <source>The message is protected in a way that has been broken, so it counts for nothing. Ask the sender to use a current one.</source>
        <translation>Die Nachricht ist mit einem Verfahren geschützt, das gebrochen wurde und daher nicht zählt. Bitten Sie den Absender, ein aktuelles zu verwenden.</translation>
    </message>
    <message>
        <source>The server cannot be reached. If it is the relay of this program, start it; otherwise check the address.</source>
        <translation>Der Server ist nicht erreichbar. Wenn es das Relay dieses Programms ist, starten Sie es; prüfen Sie andernfalls die Adresse.</translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation>Der Name des Servers wurde nicht gefunden. Prüfen Sie die Adresse und das Netzwerk.</translation>
    </message>
    <message>
        <source>The connection to the server was lost. It will be tried again.</source>
        <translation>Die Verbindung zum Server ging verloren. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>The server did not answer in time. It will be tried again.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>The server sent a line that is too long to be right, so the connection was closed. Check that it is a mail server.</source>
        <translation>Der Server hat eine unzulässig lange Zeile gesendet, daher wurde die Verbindung geschlossen. Prüfen Sie, ob es ein E-Mail-Server ist.</translation>
    </message>
    <message>
        <source>The server did not keep to the rules of mail, so the connection was closed. Check that it is a mail server.</source>
        <translation>Der Server hat sich nicht an die Regeln des E-Mail-Verkehrs gehalten, daher wurde die Verbindung geschlossen. Prüfen Sie, ob es ein E-Mail-Server ist.</translation>
    </message>
    <message>
        <source>The server offers no encryption, but your settings demand it. Nothing was sent. Check the settings.</source>
        <translation>Der Server bietet keine Verschlüsselung an, aber Ihre Einstellungen verlangen sie. Es wurde nichts gesendet. Prüfen Sie die Einstellungen.</translation>
    </message>
    <message>
        <source>No encrypted connection could be made. Nothing was sent. Check the server and its certificate.</source>
        <translation>Es konnte keine verschlüsselte Verbindung hergestellt werden. Es wurde nichts gesendet. Prüfen Sie den Server und sein Zertifikat.</translation>
    </message>
    <message>
        <source>The server's certificate is not trusted, so nothing was sent to it. Check that you are talking to the right server. If it is your company's own, say in the main window, under Mail servers, who vouches for it.</source>
        <translation>Dem Zertifikat des Servers wird nicht vertraut, daher wurde nichts an ihn gesendet. Prüfen Sie, ob Sie mit dem richtigen Server verbunden sind. Gehört er Ihrer Firma, geben Sie im Hauptfenster unter „Mailserver“ an, wer für ihn bürgt.</translation>
    </message>
    <message>
        <source>The server offers no way of signing in that is safe here. Nothing was sent. Check the settings.</source>
        <translation>Der Server bietet keine Art der Anmeldung an, die hier sicher ist. Es wurde nichts gesendet. Prüfen Sie die Einstellungen.</translation>
    </message>
    <message>
        <source>The server did not accept the user name or the password. Check both.</source>
        <translation>Der Server hat den Benutzernamen oder das Passwort nicht angenommen. Prüfen Sie beides.</translation>
    </message>
    <message>
        <source>The server does not accept mail from this address. Check which address you are using.</source>
        <translation>Der Server nimmt von dieser Adresse keine E-Mails an. Prüfen Sie, welche Adresse Sie verwenden.</translation>
    </message>
    <message>
        <source>The server takes no mail for a recipient. Check the address; any other recipient gets the message.</source>
        <translation>Der Server nimmt für einen Empfänger keine Post an. Prüfen Sie die Adresse; etwaige andere Empfänger bekommen die Nachricht.</translation>
    </message>
    <message>
        <source>The server takes no mail for %1. Check the address; any other recipient gets the message.</source>
        <translation>Der Server nimmt für %1 keine Post an. Prüfen Sie die Adresse; etwaige andere Empfänger bekommen die Nachricht.</translation>
    </message>
    <message>
        <source>The server did not accept the message. It stays in the outbox; the details have the server's words.</source>
        <translation>Der Server hat die Nachricht nicht angenommen. Sie bleibt im Postausgang; die Details enthalten den Wortlaut des Servers.</translation>
    </message>
    <message>
        <source>The mailbox is in use by another program. It will be tried again.</source>
        <translation>Das Postfach wird von einem anderen Programm verwendet. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>The server is busy. It will be tried again.</source>
        <translation>Der Server ist ausgelastet. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>The file that holds the mail is damaged. Nothing was changed; restore it from a backup.</source>
        <translation>Die Datei mit Ihrer Post ist beschädigt. Es wurde nichts geändert; stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The mail is in use by another program at this moment. It will be tried again.</source>
        <translation>Die Post wird gerade von einem anderen Programm verwendet. Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>The mail could not be stored or read. Nothing was changed; the details say why.</source>
        <translation>Die Post konnte nicht gespeichert oder gelesen werden. Es wurde nichts geändert; die Details nennen den Grund.</translation>
    </message>
    <message>
        <source>This mail was stored by a newer Waxwing. Use that version to open it.</source>
        <translation>Diese Post wurde von einer neueren Version von Waxwing gespeichert. Öffnen Sie sie mit jener Version.</translation>
    </message>
    <message>
        <source>The message is not there any more. It may have been deleted elsewhere.</source>
        <translation>Die Nachricht ist nicht mehr vorhanden. Sie wurde möglicherweise an anderer Stelle gelöscht.</translation>
    </message>
    <message>
        <source>The port is in use by another program. Stop that program, or choose another port for the relay.</source>
        <translation>Der Port wird von einem anderen Programm verwendet. Beenden Sie dieses Programm oder wählen Sie einen anderen Port für das Relay.</translation>
    </message>
    <message>
        <source>This computer does not have that address, so the relay cannot listen there. Choose another one.</source>
        <translation>Dieser Rechner hat diese Adresse nicht, daher kann das Relay dort keine Verbindungen annehmen. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>This port may only be opened by the administrator. Choose one above 1023 for the relay.</source>
        <translation>Dieser Port darf nur vom Administrator geöffnet werden. Wählen Sie für das Relay einen über 1023.</translation>
    </message>
    <message>
        <source>There is a mailbox with this address already. It was left as it is.</source>
        <translation>Es gibt bereits ein Postfach mit dieser Adresse. Es wurde unverändert gelassen.</translation>
    </message>
    <message>
        <source>There is no mailbox with this address. Look at the list of mailboxes.</source>
        <translation>Es gibt kein Postfach mit dieser Adresse. Sehen Sie in der Liste der Postfächer nach.</translation>
    </message>
    <message>
        <source>The file of the relay's fault rules is damaged, so the relay does not follow it. Correct it, or remove all rules: then it is made anew.</source>
        <translation>Die Datei mit den Fehlerregeln des Relays ist beschädigt, deshalb befolgt das Relay sie nicht. Berichtigen Sie sie oder entfernen Sie alle Regeln: dann wird sie neu angelegt.</translation>
    </message>
    <message>
        <source>These settings cannot be used. The details name what to correct.</source>
        <translation>Diese Einstellungen können nicht verwendet werden. Die Details nennen, was zu berichtigen ist.</translation>
    </message>
    <message>
        <source>The certificate is for %1, so it cannot be used here. To use it for its own address, make a new identity with it.</source>
        <translation>Das Zertifikat ist für %1 und lässt sich hier nicht verwenden. Um es für seine eigene Adresse zu verwenden, legen Sie damit eine neue Identität an.</translation>
    </message>
    <message>
        <source>The certificate is for another address, so it cannot be used here. To use it for its own, make a new identity with it.</source>
        <translation>Das Zertifikat ist für eine andere Adresse und lässt sich hier nicht verwenden. Um es für seine eigene zu verwenden, legen Sie damit eine neue Identität an.</translation>
    </message>
    <message>
        <source>The passphrase is too short to protect a key. Choose one of at least %1 characters.</source>
        <translation>Die Passphrase ist zu kurz, um einen Schlüssel zu schützen. Wählen Sie eine mit mindestens %1 Zeichen.</translation>
    </message>
</context>
<context>
    <name>app::FolderModel</name>
    <message>
        <source>Inbox</source>
        <translation>Posteingang</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Waiting for a certificate</source>
        <translation>Wartet auf ein Zertifikat</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Mail that others send you appears here. Choose Get mail to look for it now.</source>
        <translation>Hier erscheint die Post, die andere Ihnen senden. Wählen Sie „Post abrufen“, um jetzt nachzusehen.</translation>
    </message>
    <message>
        <source>Messages that you have begun are kept here until you send them. Choose New message to begin one.</source>
        <translation>Hier liegen Nachrichten, die Sie begonnen haben, bis Sie sie senden. Wählen Sie „Neue Nachricht“, um eine zu beginnen.</translation>
    </message>
    <message>
        <source>What you have sent is kept here, readable only by you if it was encrypted.</source>
        <translation>Hier liegt, was Sie gesendet haben; wenn es verschlüsselt war, können nur Sie es lesen.</translation>
    </message>
    <message>
        <source>Messages on their way out wait here until the relay has taken them.</source>
        <translation>Hier warten ausgehende Nachrichten, bis das Relay sie angenommen hat.</translation>
    </message>
    <message>
        <source>Messages wait here for the certificate of somebody they are for.</source>
        <translation>Hier warten Nachrichten auf das Zertifikat eines ihrer Empfänger.</translation>
    </message>
    <message>
        <source>What you delete lies here until you empty the trash.</source>
        <translation>Was Sie löschen, liegt hier, bis Sie den Papierkorb leeren.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation><numerusform>%n Nachricht</numerusform><numerusform>%n Nachrichten</numerusform></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>folder, number of messages</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>folder, number of messages, number of unread ones</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation><numerusform>%n ungelesen</numerusform><numerusform>%n ungelesen</numerusform></translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Mail that you are done with and want to keep. Choose Archive in the Inbox to move a message here.</source>
        <translation>Hier liegt, was erledigt ist und aufbewahrt werden soll. Wählen Sie im Posteingang „Archivieren“, um eine Nachricht hierher zu verschieben.</translation>
    </message>
</context>
<context>
    <name>app::IdentityService</name>
    <message>
        <source>A forgotten passphrase cannot be recovered by anybody. Without it your keys stay locked, and mail that was encrypted to you can never be opened again. Keep a copy of it in a safe place.</source>
        <translation>Eine vergessene Passphrase kann niemand wiederherstellen. Ohne sie bleiben Ihre Schlüssel gesperrt, und an Sie verschlüsselte Post lässt sich nie wieder öffnen. Bewahren Sie eine Kopie davon an einem sicheren Ort auf.</translation>
    </message>
</context>
<context>
    <name>app::Inspection</name>
    <message>
        <source>expired on %1</source>
        <translation>abgelaufen am %1</translation>
    </message>
    <message>
        <source>not valid before %1</source>
        <translation>nicht gültig vor %1</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Key unwrapped</source>
        <translation>Schlüssel ausgepackt</translation>
    </message>
    <message>
        <source>Content decrypted</source>
        <translation>Inhalt entschlüsselt</translation>
    </message>
    <message>
        <source>Decompressed</source>
        <translation>Dekomprimiert</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Path to the authority</source>
        <translation>Pfad zur Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Protected headers</source>
        <translation>Geschützte Kopfzeilen</translation>
    </message>
    <message>
        <source>These octets arrived; everything below was computed from them.</source>
        <translation>Diese Oktette sind angekommen; alles Weitere unten wurde daraus berechnet.</translation>
    </message>
    <message>
        <source>The content is encrypted with a key of its own, and that key is wrapped for each reader.</source>
        <translation>Der Inhalt ist mit einem eigenen Schlüssel verschlüsselt, und dieser Schlüssel ist für jeden Leser verpackt.</translation>
    </message>
    <message>
        <source>None of your keys fits.</source>
        <translation>Keiner Ihrer Schlüssel passt.</translation>
    </message>
    <message>
        <source>Your private key unwrapped the content's key.</source>
        <translation>Ihr privater Schlüssel hat den Schlüssel des Inhalts ausgepackt.</translation>
    </message>
    <message>
        <source>It was made for you, but this program does not know how to open it.</source>
        <translation>Die Nachricht wurde für Sie erstellt, aber dieses Programm weiß nicht, wie sie zu öffnen ist.</translation>
    </message>
    <message>
        <source>The content does not open: it was damaged or altered on the way.</source>
        <translation>Der Inhalt lässt sich nicht öffnen: Er wurde unterwegs beschädigt oder verändert.</translation>
    </message>
    <message>
        <source>The content was decrypted, and nobody had altered it.</source>
        <translation>Der Inhalt wurde entschlüsselt, und niemand hatte ihn verändert.</translation>
    </message>
    <message>
        <source>The content was decrypted; this cipher cannot tell whether somebody altered it.</source>
        <translation>Der Inhalt wurde entschlüsselt; bei dieser Chiffre lässt sich nicht erkennen, ob ihn jemand verändert hat.</translation>
    </message>
    <message>
        <source>The content could not be decompressed.</source>
        <translation>Der Inhalt konnte nicht dekomprimiert werden.</translation>
    </message>
    <message>
        <source>The content was decompressed.</source>
        <translation>Der Inhalt wurde dekomprimiert.</translation>
    </message>
    <message>
        <source>The digest computed now is the one that was signed, and the signature fits the signer's key.</source>
        <translation>Der jetzt berechnete Hashwert ist der signierte, und die Signatur passt zum Schlüssel des Unterzeichners.</translation>
    </message>
    <message>
        <source>The signature does not fit the content.</source>
        <translation>Die Signatur passt nicht zum Inhalt.</translation>
    </message>
    <message>
        <source>The signature could not be checked.</source>
        <translation>Die Signatur konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Every certificate vouches for the next, up to one that you trust.</source>
        <translation>Jedes Zertifikat bürgt für das nächste, bis hin zu einem, dem Sie vertrauen.</translation>
    </message>
    <message>
        <source>The path from the signer to an authority does not hold.</source>
        <translation>Der Pfad vom Unterzeichner zu einer Zertifizierungsstelle hält der Prüfung nicht stand.</translation>
    </message>
    <message>
        <source>The path from the signer leads to nobody you trust, or not at this time.</source>
        <translation>Der Pfad vom Unterzeichner führt zu niemandem, dem Sie vertrauen, oder nicht zu diesem Zeitpunkt.</translation>
    </message>
    <message>
        <source>These fields stand inside the protection.</source>
        <translation>Diese Felder stehen innerhalb des Schutzes.</translation>
    </message>
    <message>
        <source>These fields stand inside, but no signature binds their sender.</source>
        <translation>Diese Felder stehen innerhalb, aber keine Signatur bindet ihren Absender.</translation>
    </message>
    <message>
        <source>Size in octets</source>
        <translation>Größe in Oktetten</translation>
    </message>
    <message>
        <source>Line ends</source>
        <translation>Zeilenenden</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Cipher</source>
        <translation>Chiffre</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Reader: this is you</source>
        <translation>Leser: das sind Sie</translation>
    </message>
    <message>
        <source>Encrypted octets</source>
        <translation>Verschlüsselte Oktette</translation>
    </message>
    <message>
        <source>Key transport</source>
        <translation>Schlüsseltransport</translation>
    </message>
    <message>
        <source>Unwrapped with the key of</source>
        <translation>Ausgepackt mit dem Schlüssel von</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Authentifiziert</translation>
    </message>
    <message>
        <source>Octets inside</source>
        <translation>Oktette im Inneren</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Unterzeichner</translation>
    </message>
    <message>
        <source>Signer's address</source>
        <translation>Adresse des Unterzeichners</translation>
    </message>
    <message>
        <source>Certificate's serial number</source>
        <translation>Seriennummer des Zertifikats</translation>
    </message>
    <message>
        <source>Signature algorithm</source>
        <translation>Signaturalgorithmus</translation>
    </message>
    <message>
        <source>Digest algorithm</source>
        <translation>Hashalgorithmus</translation>
    </message>
    <message>
        <source>Digest computed now</source>
        <translation>Jetzt berechneter Hashwert</translation>
    </message>
    <message>
        <source>Digest that was signed</source>
        <translation>Signierter Hashwert</translation>
    </message>
    <message>
        <source>Are they equal</source>
        <translation>Stimmen sie überein</translation>
    </message>
    <message>
        <source>Signature fits the key</source>
        <translation>Signatur passt zum Schlüssel</translation>
    </message>
    <message>
        <source>Signing time, as claimed</source>
        <translation>Signaturzeit laut Angabe</translation>
    </message>
    <message>
        <source>Signed octets</source>
        <translation>Signierte Oktette</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>Permitted use</source>
        <translation>Zulässige Verwendung</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>Revocation</source>
        <translation>Widerruf</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Im Inneren</translation>
    </message>
    <message>
        <source>What the server saw</source>
        <translation>Was der Server sah</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Zweifelhaft</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>permitted</source>
        <translation>zulässig</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>leads to an authority that you trust</source>
        <translation>führt zu einer Zertifizierungsstelle, der Sie vertrauen</translation>
    </message>
    <message>
        <source>leads to nobody you trust</source>
        <translation>führt zu niemandem, dem Sie vertrauen</translation>
    </message>
    <message>
        <source>a certificate in between is missing</source>
        <translation>ein Zertifikat dazwischen fehlt</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>hält nicht</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>gültig</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>not yet valid</source>
        <translation>noch nicht gültig</translation>
    </message>
    <message>
        <source>valid when it was signed, expired since</source>
        <translation>gültig, als unterschrieben wurde, seither abgelaufen</translation>
    </message>
    <message>
        <source>not revoked</source>
        <translation>nicht widerrufen</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>widerrufen</translation>
    </message>
    <message>
        <source>asked, and nobody answered</source>
        <translation>gefragt, und niemand hat geantwortet</translation>
    </message>
    <message>
        <source>Signed attributes lack contentType or messageDigest</source>
        <translation>Den signierten Attributen fehlt contentType oder messageDigest</translation>
    </message>
    <message>
        <source>Signed contentType is not the type of the content</source>
        <translation>Der signierte contentType ist nicht der Typ des Inhalts</translation>
    </message>
    <message>
        <source>The signer's certificate is not at hand</source>
        <translation>Das Zertifikat des Unterzeichners liegt nicht vor</translation>
    </message>
    <message>
        <source>The signer's key does not fit the algorithm</source>
        <translation>Der Schlüssel des Unterzeichners passt nicht zum Algorithmus</translation>
    </message>
    <message>
        <source>The signature value does not fit</source>
        <translation>Der Wert der Signatur passt nicht</translation>
    </message>
    <message>
        <source>The signed certificate hash is of another certificate</source>
        <translation>Der signierte Hashwert gehört zu einem anderen Zertifikat</translation>
    </message>
    <message>
        <source>The digest algorithm proves nothing any more</source>
        <translation>Der Hashalgorithmus beweist nichts mehr</translation>
    </message>
    <message>
        <source>Unknown signature algorithm</source>
        <translation>Unbekannter Signaturalgorithmus</translation>
    </message>
    <message>
        <source>Unknown digest algorithm</source>
        <translation>Unbekannter Hashalgorithmus</translation>
    </message>
    <message>
        <source>Content that is not Data, or that is signed attributes itself, needs signed attributes</source>
        <translation>Inhalt, der nicht vom Typ Data ist oder selbst aus signierten Attributen besteht, braucht signierte Attribute</translation>
    </message>
    <message>
        <source>Digest and signature algorithm do not belong together</source>
        <translation>Hash- und Signaturalgorithmus gehören nicht zusammen</translation>
    </message>
    <message>
        <source>The digest of the content is not the signed one</source>
        <translation>Der Hashwert des Inhalts ist nicht der signierte</translation>
    </message>
    <message>
        <source>The signed attributes name other algorithms than the signature</source>
        <translation>Die signierten Attribute nennen andere Verfahren als die Signatur</translation>
    </message>
    <message>
        <source>The detached signature carries other content of its own</source>
        <translation>Die abgetrennte Signatur trägt selbst anderen Inhalt</translation>
    </message>
    <message>
        <source>Too many signers</source>
        <translation>Zu viele Unterzeichner</translation>
    </message>
    <message>
        <source>The message could not be decrypted</source>
        <translation>Die Nachricht ließ sich nicht entschlüsseln</translation>
    </message>
    <message>
        <source>Without the encrypted content</source>
        <translation>Der verschlüsselte Inhalt fehlt</translation>
    </message>
    <message>
        <source>Signed attribute %1 is not single</source>
        <translation>Das signierte Attribut %1 kommt nicht genau einmal vor</translation>
    </message>
    <message>
        <source>Content cipher %1 in a structure that is not made for it</source>
        <translation>Inhalt mit %1 verschlüsselt, in einer Struktur, die dafür nicht gemacht ist</translation>
    </message>
    <message>
        <source>Content cipher %1</source>
        <translation>Inhalt mit %1 verschlüsselt, was dieses Programm nicht öffnet</translation>
    </message>
    <message>
        <source>Decompressed content is larger than %1 octets</source>
        <translation>Der entpackte Inhalt ist größer als %1 Oktette</translation>
    </message>
    <message>
        <source>None of the keys belongs to a recipient</source>
        <translation>Keiner der Schlüssel gehört zu einem Empfänger</translation>
    </message>
    <message>
        <source>Key encryption algorithm of our recipient entry</source>
        <translation>Das Verfahren, mit dem der Schlüssel für Sie verschlüsselt wurde, wird nicht unterstützt</translation>
    </message>
    <message>
        <source>Cipher and structure do not fit</source>
        <translation>Chiffre und Struktur passen nicht zusammen</translation>
    </message>
    <message>
        <source>Too many recipients</source>
        <translation>Zu viele Empfänger</translation>
    </message>
    <message>
        <source>malformed or repeated extension</source>
        <translation>fehlerhafte oder wiederholte Erweiterung</translation>
    </message>
    <message>
        <source>its issuer has no name</source>
        <translation>sein Aussteller hat keinen Namen</translation>
    </message>
    <message>
        <source>contradicts itself on whether it can be revoked</source>
        <translation>widerspricht sich darin, ob es widerrufen werden kann</translation>
    </message>
    <message>
        <source>its signature has parameters that it must not have</source>
        <translation>seine Signatur hat Parameter, die sie nicht haben darf</translation>
    </message>
    <message>
        <source>the certificates of its path name more policies than can be followed</source>
        <translation>die Zertifikate seines Pfads nennen mehr Richtlinien, als sich verfolgen lassen</translation>
    </message>
    <message>
        <source>is not a certification authority</source>
        <translation>ist keine Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>malformed validity</source>
        <translation>fehlerhafte Gültigkeit</translation>
    </message>
    <message>
        <source>is not trusted</source>
        <translation>ist nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>RSA key with a useless exponent</source>
        <translation>RSA-Schlüssel mit untauglichem Exponenten</translation>
    </message>
    <message>
        <source>Ed25519 key by which anybody can sign</source>
        <translation>Ed25519-Schlüssel, mit dem jeder signieren kann</translation>
    </message>
    <message>
        <source>Ed448 key by which anybody can sign</source>
        <translation>Ed448-Schlüssel, mit dem jeder signieren kann</translation>
    </message>
    <message>
        <source>EC key by which anybody can sign</source>
        <translation>EC-Schlüssel, mit dem jeder signieren kann</translation>
    </message>
    <message>
        <source>its issuer's signature does not verify</source>
        <translation>die Signatur seines Ausstellers passt nicht</translation>
    </message>
    <message>
        <source>the path is too long</source>
        <translation>der Pfad ist zu lang</translation>
    </message>
    <message>
        <source>the certificates ask for too much work</source>
        <translation>die Zertifikate verlangen zu viel Arbeit</translation>
    </message>
    <message>
        <source>the authority has revoked itself</source>
        <translation>die Zertifizierungsstelle hat sich selbst widerrufen</translation>
    </message>
    <message>
        <source>what is said about it is from after its expiry</source>
        <translation>was darüber gesagt wird, stammt aus der Zeit nach seinem Ablauf</translation>
    </message>
    <message>
        <source>extended key usage does not permit signing mail</source>
        <translation>die erweiterte Schlüsselverwendung erlaubt nicht, Mail zu unterschreiben</translation>
    </message>
    <message>
        <source>key usage does not permit signing mail</source>
        <translation>die Schlüsselverwendung erlaubt nicht, Mail zu unterschreiben</translation>
    </message>
    <message>
        <source>its critical Netscape type does not permit signing mail</source>
        <translation>sein kritischer Netscape-Typ erlaubt nicht, Mail zu unterschreiben</translation>
    </message>
</context>
<context>
    <name>app::KeyTypes</name>
    <message>
        <source>Every mail program that knows S/MIME can read mail for you and check your signature.</source>
        <translation>Jedes Mailprogramm, das S/MIME kennt, kann Ihnen verschlüsselt schreiben und Ihre Signatur prüfen.</translation>
    </message>
    <message>
        <source>All mail programs of the last ten years can read it; keys are small and quick.</source>
        <translation>Alle Mailprogramme der letzten zehn Jahre können das; die Schlüssel sind klein und schnell.</translation>
    </message>
    <message>
        <source>Hardly any mail program but this one can read it yet; it is safe from quantum computers, too.</source>
        <translation>Außer diesem kann das noch kaum ein Mailprogramm; dafür ist es auch vor Quantenrechnern sicher.</translation>
    </message>
    <message>
        <source>RSA, 3072 bits</source>
        <translation>RSA, 3072 Bit</translation>
    </message>
    <message>
        <source>RSA, 2048 bits</source>
        <translation>RSA, 2048 Bit</translation>
    </message>
    <message>
        <source>RSA, 4096 bits</source>
        <translation>RSA, 4096 Bit</translation>
    </message>
    <message>
        <source>Every mail program can read it, very old ones too; it is the weakest that is still good.</source>
        <translation>Jedes Mailprogramm kann das, auch sehr alte; es ist das schwächste, das noch gut ist.</translation>
    </message>
    <message>
        <source>Every mail program can read it; signing and opening take longer.</source>
        <translation>Jedes Mailprogramm kann das; Signieren und Öffnen dauern länger.</translation>
    </message>
    <message>
        <source>Elliptic curve P-256</source>
        <translation>Elliptische Kurve P-256</translation>
    </message>
    <message>
        <source>Elliptic curve P-384</source>
        <translation>Elliptische Kurve P-384</translation>
    </message>
    <message>
        <source>Elliptic curve P-521</source>
        <translation>Elliptische Kurve P-521</translation>
    </message>
    <message>
        <source>Most mail programs of the last ten years can read it; some know only the smaller curves.</source>
        <translation>Die meisten Mailprogramme der letzten zehn Jahre können das; einige kennen nur die kleineren Kurven.</translation>
    </message>
    <message>
        <source>Ed25519 and X25519</source>
        <translation>Ed25519 und X25519</translation>
    </message>
    <message>
        <source>Only a few recent mail programs can read it; ask those whom you write to.</source>
        <translation>Nur wenige neue Mailprogramme können das; fragen Sie die, denen Sie schreiben.</translation>
    </message>
    <message>
        <source>ML-DSA-44 and ML-KEM-512</source>
        <translation>ML-DSA-44 und ML-KEM-512</translation>
    </message>
    <message>
        <source>ML-DSA-65 and ML-KEM-768</source>
        <translation>ML-DSA-65 und ML-KEM-768</translation>
    </message>
    <message>
        <source>ML-DSA-87 and ML-KEM-1024</source>
        <translation>ML-DSA-87 und ML-KEM-1024</translation>
    </message>
</context>
<context>
    <name>app::MessageListModel</name>
    <message>
        <source>Seal</source>
        <translation>Siegel</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>with attachments</source>
        <translation>mit Anhängen</translation>
    </message>
    <message>
        <source>Encrypted subject</source>
        <translation>Verschlüsselter Betreff</translation>
    </message>
    <message>
        <source>No recipient</source>
        <translation>Kein Empfänger</translation>
    </message>
    <message>
        <source>No sender</source>
        <translation>Kein Absender</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>Not signed, not encrypted</source>
        <translation>Nicht signiert, nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Signed, not checked yet</source>
        <translation>Signiert, noch nicht geprüft</translation>
    </message>
    <message>
        <source>Encrypted, not opened yet</source>
        <translation>Verschlüsselt, noch nicht geöffnet</translation>
    </message>
    <message>
        <source>Damaged: cannot be read</source>
        <translation>Beschädigt: nicht lesbar</translation>
    </message>
    <message>
        <source>Encrypted to a key that you do not have</source>
        <translation>Für einen Schlüssel verschlüsselt, den Sie nicht haben</translation>
    </message>
    <message>
        <source>Altered after it was signed</source>
        <translation>Nach dem Signieren verändert</translation>
    </message>
    <message>
        <source>Signed by somebody other than the sender shown</source>
        <translation>Von jemand anderem als dem angezeigten Absender signiert</translation>
    </message>
    <message>
        <source>Verified: from the sender, unchanged</source>
        <translation>Geprüft: vom Absender, unverändert</translation>
    </message>
    <message>
        <source>Verified: from the sender&apos;s address, unchanged</source>
        <translation>Geprüft: von der Adresse des Absenders, unverändert</translation>
    </message>
    <message>
        <source>Signed, but not vouched for</source>
        <translation>Signiert, aber nicht verbürgt</translation>
    </message>
    <message>
        <source>Encrypted, not signed</source>
        <translation>Verschlüsselt, nicht signiert</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <extracomment>Day and month, as in 3 March. Qt's date format.</extracomment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>in &quot;%1&quot;</source>
        <comment>a folder</comment>
        <translation>in „%1“</translation>
    </message>
</context>
<context>
    <name>app::OutboxService</name>
    <message numerus="yes">
        <source>Not sent: %n message(s) in the outbox need you.</source>
        <translation><numerusform>Nicht gesendet: %n Nachricht im Postausgang wartet auf Sie.</numerusform><numerusform>Nicht gesendet: %n Nachrichten im Postausgang warten auf Sie.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait in the outbox: nothing answers at %1. They go by themselves as soon as the relay runs.</source>
        <translation><numerusform>%n Nachricht wartet im Postausgang: Unter %1 antwortet nichts. Sie geht von selbst hinaus, sobald das Relay läuft.</numerusform><numerusform>%n Nachrichten warten im Postausgang: Unter %1 antwortet nichts. Sie gehen von selbst hinaus, sobald das Relay läuft.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait in the outbox and will be tried again.</source>
        <translation><numerusform>%n Nachricht wartet im Postausgang und wird erneut versucht.</numerusform><numerusform>%n Nachrichten warten im Postausgang und werden erneut versucht.</numerusform></translation>
    </message>
    <message>
        <source>Being sent.</source>
        <translation>Wird gesendet.</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Nicht gesendet.</translation>
    </message>
    <message>
        <source>Waits to be sent.</source>
        <translation>Wartet auf das Senden.</translation>
    </message>
    <message>
        <source>Waits for the mail server, which does not answer. If that is the relay of this computer, start it: then the message goes by itself.</source>
        <translation>Wartet auf den Mailserver, der nicht antwortet. Ist es das Relay dieses Rechners, starten Sie es; dann geht die Nachricht von selbst hinaus.</translation>
    </message>
    <message>
        <source>Waits for the next attempt.</source>
        <translation>Wartet auf den nächsten Versuch.</translation>
    </message>
</context>
<context>
    <name>app::RelayAssessment</name>
    <message>
        <source>Larger than %1 MB: looked into when somebody opens it</source>
        <translation>Größer als %1 MB: wird erst angesehen, wenn jemand sie öffnet</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>Damaged: its structure cannot be read</source>
        <translation>Beschädigt: Der Aufbau ist nicht lesbar</translation>
    </message>
    <message>
        <source>Altered since it was signed</source>
        <translation>Verändert, seit sie signiert wurde</translation>
    </message>
    <message>
        <source>Signed by %1, who is not the sender</source>
        <translation>Signiert von %1, nicht vom Absender</translation>
    </message>
    <message>
        <source>Encrypted, and signed by %1: verified</source>
        <translation>Verschlüsselt und signiert von %1: geprüft</translation>
    </message>
    <message>
        <source>Signed by %1: verified</source>
        <translation>Signiert von %1: geprüft</translation>
    </message>
    <message>
        <source>Signed, not verified</source>
        <translation>Signiert, nicht bestätigt</translation>
    </message>
    <message>
        <source>Signed by %1, not verified</source>
        <translation>Signiert von %1, nicht bestätigt</translation>
    </message>
    <message>
        <source>Encrypted, not signed</source>
        <translation>Verschlüsselt, nicht signiert</translation>
    </message>
    <message>
        <source>Encrypted: only its readers see what is inside, and whether it is signed</source>
        <translation>Verschlüsselt: Nur die Leser sehen, was darin ist und ob es signiert ist</translation>
    </message>
    <message>
        <source>Neither signed nor encrypted</source>
        <translation>Weder signiert noch verschlüsselt</translation>
    </message>
    <message>
        <source>Signer: %1, certificate of %2, %3 with %4.</source>
        <translation>Unterzeichner: %1, Zertifikat von %2, %3 mit %4.</translation>
    </message>
    <message>
        <source>An authority that this computer trusts vouches for the signer.</source>
        <translation>Eine Zertifizierungsstelle, der dieser Rechner vertraut, bürgt für den Unterzeichner.</translation>
    </message>
    <message>
        <source>Nobody that this computer trusts vouches for the signer.</source>
        <translation>Niemand, dem dieser Rechner vertraut, bürgt für den Unterzeichner.</translation>
    </message>
    <message>
        <source>Readable by: %1.</source>
        <translation>Lesbar für: %1.</translation>
    </message>
    <message>
        <source>Readable also by others whose certificates are not known here: %1.</source>
        <translation>Lesbar auch für andere, deren Zertifikate hier nicht bekannt sind: %1.</translation>
    </message>
    <message>
        <source>The list of readers betrays %1, whom the header does not name: a blind copy that is none.</source>
        <translation>Die Liste der Leser verrät %1, den die Kopfzeilen nicht nennen: eine Blindkopie, die keine ist.</translation>
    </message>
    <message>
        <source>%1 gets it and cannot read it.</source>
        <translation>%1 bekommt sie und kann sie nicht lesen.</translation>
    </message>
    <message>
        <source>The subject is protected inside.</source>
        <translation>Der Betreff ist innen geschützt.</translation>
    </message>
    <message>
        <source>The subject is signed too.</source>
        <translation>Auch der Betreff ist signiert.</translation>
    </message>
    <message>
        <source>The subject is in clear and unprotected.</source>
        <translation>Der Betreff ist offen und ungeschützt.</translation>
    </message>
    <message>
        <source>Cipher: %1.</source>
        <translation>Chiffre: %1.</translation>
    </message>
    <message>
        <source>betrays a blind copy</source>
        <translation>verrät eine Blindkopie</translation>
    </message>
    <message>
        <source>unreadable for %1</source>
        <translation>unlesbar für %1</translation>
    </message>
</context>
<context>
    <name>app::RelayFaults</name>
    <message>
        <source>refuses with an error</source>
        <translation>lehnt mit einem Fehler ab</translation>
    </message>
    <message>
        <source>refuses what is too much within a minute</source>
        <translation>lehnt ab, was in einer Minute zu viel ist</translation>
    </message>
    <message>
        <source>refuses the first attempt of each sender</source>
        <translation>lehnt den ersten Versuch jedes Absenders ab</translation>
    </message>
    <message>
        <source>takes it, and drops the connection before the reply</source>
        <translation>nimmt an und trennt die Verbindung vor der Antwort</translation>
    </message>
    <message>
        <source>drops the connection</source>
        <translation>trennt die Verbindung</translation>
    </message>
    <message>
        <source>waits first</source>
        <translation>wartet zuerst</translation>
    </message>
    <message>
        <source>answers slowly</source>
        <translation>antwortet langsam</translation>
    </message>
    <message>
        <source>shows the mailbox with other identifiers</source>
        <translation>zeigt das Postfach mit anderen Kennungen</translation>
    </message>
    <message>
        <source>does not offer encryption</source>
        <translation>bietet keine Verschlüsselung an</translation>
    </message>
    <message>
        <source>drops the connection when encryption begins</source>
        <translation>trennt die Verbindung, wenn die Verschlüsselung beginnt</translation>
    </message>
    <message>
        <source>answers the begin of encryption with garbage</source>
        <translation>beantwortet den Beginn der Verschlüsselung mit Unsinn</translation>
    </message>
    <message>
        <source>shows another certificate</source>
        <translation>zeigt ein anderes Zertifikat</translation>
    </message>
    <message>
        <source>appends lines</source>
        <translation>hängt Zeilen an</translation>
    </message>
    <message>
        <source>wraps long lines</source>
        <translation>bricht lange Zeilen um</translation>
    </message>
    <message>
        <source>encodes the text in another way</source>
        <translation>kodiert den Text anders</translation>
    </message>
    <message>
        <source>puts &quot;&gt;&quot; before lines that begin with &quot;From&quot;</source>
        <translation>setzt "&gt;" vor Zeilen, die mit "From" beginnen</translation>
    </message>
    <message>
        <source>changes the subject</source>
        <translation>ändert den Betreff</translation>
    </message>
    <message>
        <source>folds header lines in another way</source>
        <translation>faltet Kopfzeilen anders</translation>
    </message>
    <message>
        <source>removes the signature</source>
        <translation>entfernt die Signatur</translation>
    </message>
    <message>
        <source>gives sealed parts another type</source>
        <translation>gibt versiegelten Teilen einen anderen Typ</translation>
    </message>
    <message>
        <source>cuts the end off</source>
        <translation>schneidet das Ende ab</translation>
    </message>
    <message>
        <source>exchanges the contents of two messages</source>
        <translation>vertauscht die Inhalte zweier Nachrichten</translation>
    </message>
    <message>
        <source>delivers the message again</source>
        <translation>stellt die Nachricht erneut zu</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>rule name: what it does</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>only number %1</source>
        <translation>nur Nummer %1</translation>
    </message>
    <message>
        <source>each time number %1, %2, ... comes</source>
        <translation>jedes Mal bei Nummer %1, %2, ...</translation>
    </message>
    <message>
        <source>from recipient %1 on</source>
        <translation>ab Empfänger %1</translation>
    </message>
    <message>
        <source>in session %1</source>
        <translation>in Sitzung %1</translation>
    </message>
    <message>
        <source>in %1 of 100 cases</source>
        <translation>in %1 von 100 Fällen</translation>
    </message>
    <message>
        <source>after %1 seconds</source>
        <translation>nach %1 Sekunden</translation>
    </message>
    <message>
        <source>for %1 seconds</source>
        <translation>für %1 Sekunden</translation>
    </message>
    <message>
        <source>Altered by the fault rule %1: %2.</source>
        <translation>Verändert durch die Fehlerregel %1: %2.</translation>
    </message>
    <message>
        <source>Touched by the fault rule %1: %2.</source>
        <translation>Berührt von der Fehlerregel %1: %2.</translation>
    </message>
    <message>
        <source>when somebody connects</source>
        <translation>wenn sich jemand verbindet</translation>
    </message>
    <message>
        <source>at the greeting (EHLO)</source>
        <translation>bei der Begrüßung (EHLO)</translation>
    </message>
    <message>
        <source>at the login (AUTH)</source>
        <translation>bei der Anmeldung (AUTH)</translation>
    </message>
    <message>
        <source>when encryption is asked for (STARTTLS)</source>
        <translation>wenn um Verschlüsselung gebeten wird (STARTTLS)</translation>
    </message>
    <message>
        <source>when the sender is named (MAIL)</source>
        <translation>wenn der Absender genannt wird (MAIL)</translation>
    </message>
    <message>
        <source>when a recipient is named (RCPT)</source>
        <translation>wenn ein Empfänger genannt wird (RCPT)</translation>
    </message>
    <message>
        <source>before the text (DATA)</source>
        <translation>vor dem Text (DATA)</translation>
    </message>
    <message>
        <source>within the text</source>
        <translation>mitten im Text</translation>
    </message>
    <message>
        <source>when the text is complete</source>
        <translation>wenn der Text vollständig ist</translation>
    </message>
    <message>
        <source>when it begins anew (RSET)</source>
        <translation>wenn von vorn begonnen wird (RSET)</translation>
    </message>
    <message>
        <source>at the end (QUIT)</source>
        <translation>am Ende (QUIT)</translation>
    </message>
    <message>
        <source>POP3: when somebody connects</source>
        <translation>POP3: wenn sich jemand verbindet</translation>
    </message>
    <message>
        <source>POP3: when asked for its abilities (CAPA)</source>
        <translation>POP3: bei der Frage nach den Fähigkeiten (CAPA)</translation>
    </message>
    <message>
        <source>POP3: when encryption is asked for (STLS)</source>
        <translation>POP3: wenn um Verschlüsselung gebeten wird (STLS)</translation>
    </message>
    <message>
        <source>POP3: at the login</source>
        <translation>POP3: bei der Anmeldung</translation>
    </message>
    <message>
        <source>POP3: when messages are counted (STAT)</source>
        <translation>POP3: wenn Nachrichten gezählt werden (STAT)</translation>
    </message>
    <message>
        <source>POP3: when messages are listed (LIST)</source>
        <translation>POP3: wenn Nachrichten aufgezählt werden (LIST)</translation>
    </message>
    <message>
        <source>POP3: when identifiers are listed (UIDL)</source>
        <translation>POP3: wenn Kennungen aufgezählt werden (UIDL)</translation>
    </message>
    <message>
        <source>POP3: when a message is fetched (RETR)</source>
        <translation>POP3: wenn eine Nachricht abgeholt wird (RETR)</translation>
    </message>
    <message>
        <source>POP3: when a beginning is fetched (TOP)</source>
        <translation>POP3: wenn ein Anfang abgeholt wird (TOP)</translation>
    </message>
    <message>
        <source>POP3: when a message is deleted (DELE)</source>
        <translation>POP3: wenn eine Nachricht gelöscht wird (DELE)</translation>
    </message>
    <message>
        <source>POP3: at the end (QUIT)</source>
        <translation>POP3: am Ende (QUIT)</translation>
    </message>
    <message>
        <source>when encryption begins</source>
        <translation>wenn die Verschlüsselung beginnt</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
</context>
<context>
    <name>app::RelayQueue</name>
    <message>
        <source>Held. It waits until you resume it.</source>
        <translation>Angehalten. Die Nachricht wartet, bis Sie sie weiterschicken.</translation>
    </message>
    <message>
        <source>Delivered. The sender is being told.</source>
        <translation>Zugestellt. Der Absender bekommt gerade Bescheid.</translation>
    </message>
    <message>
        <source>Lost: the relay&apos;s spool is damaged, and this text is not in it any more. Delete the entry, and ask for the mail once more.</source>
        <translation>Verloren: Der Speicher des Relays ist beschädigt, und dieser Text liegt nicht mehr darin. Löschen Sie den Eintrag, und bitten Sie noch einmal um die Nachricht.</translation>
    </message>
    <message>
        <source>Goes out as soon as the next server takes it.</source>
        <translation>Geht hinaus, sobald der nächste Server sie annimmt.</translation>
    </message>
    <message>
        <source>The next server did not take it yet (%1). It goes out as soon as that server takes mail again.</source>
        <translation>Der nächste Server hat sie noch nicht angenommen (%1). Sie geht hinaus, sobald er wieder Nachrichten annimmt.</translation>
    </message>
    <message>
        <source>The next server did not take it yet (%1). It is tried again at %2.</source>
        <translation>Der nächste Server hat sie noch nicht angenommen (%1). Um %2 wird es wieder versucht.</translation>
    </message>
</context>
<context>
    <name>app::ReplyDraft</name>
    <message>
        <source>On %1, %2 wrote:</source>
        <translation>Am %1 schrieb %2:</translation>
    </message>
    <message>
        <source>%1 wrote:</source>
        <translation>%1 schrieb:</translation>
    </message>
    <message>
        <source>Forwarded message</source>
        <translation>Weitergeleitete Nachricht</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Cc</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>Nothing of the message is repeated here: the encrypted part may be somebody else's, put in so that your answer reveals it.</source>
        <translation>Von der Nachricht wird hier nichts wiederholt: Der verschlüsselte Teil kann von jemand anderem stammen und eingefügt worden sein, damit Ihre Antwort ihn verrät.</translation>
    </message>
    <message>
        <source>Nothing of the message is repeated here: its encrypted text may be somebody else's, sent on so that your answer reveals it.</source>
        <translation>Von der Nachricht wird hier nichts wiederholt: Ihr verschlüsselter Text kann von jemand anderem stammen und weitergeschickt worden sein, damit Ihre Antwort ihn verrät.</translation>
    </message>
    <message>
        <source>Nothing of the message is repeated here: answers to it go to another address than the sender's, and anybody on the way can have added that.</source>
        <translation>Von der Nachricht wird hier nichts wiederholt: Antworten darauf gehen an eine andere Adresse als die des Absenders, und das kann jeder unterwegs hinzugefügt haben.</translation>
    </message>
    <message>
        <source>The message was not encrypted to %1, and anybody on the way can add recipients. Your answer repeats its text to everybody named above.</source>
        <translation>Die Nachricht war nicht für %1 verschlüsselt, und Empfänger kann jeder unterwegs hinzufügen. Ihre Antwort wiederholt ihren Text für alle, die oben stehen.</translation>
    </message>
    <message>
        <source>The text below came with the link and is not yours. Read it to its end before you send it.</source>
        <translation>Der Text unten kam mit dem Link und ist nicht von Ihnen. Lesen Sie ihn bis zum Ende, bevor Sie ihn senden.</translation>
    </message>
</context>
<context>
    <name>app::SendOutlook</name>
    <message>
        <source>The message speaks of an attachment, but has none.</source>
        <translation>Die Nachricht erwähnt einen Anhang, hat aber keinen.</translation>
    </message>
    <message>
        <source>The message has no subject.</source>
        <translation>Die Nachricht hat keinen Betreff.</translation>
    </message>
    <message>
        <source>Your certificate was revoked: whoever knows that will not believe the signature.</source>
        <translation>Ihr Zertifikat wurde widerrufen: Wer das weiß, glaubt der Signatur nicht.</translation>
    </message>
    <message>
        <source>Your keys are locked, so this message cannot be signed. Unlock them, or send it unsigned.</source>
        <translation>Ihre Schlüssel sind gesperrt, daher kann diese Nachricht nicht signiert werden. Entsperren Sie sie, oder senden Sie die Nachricht unsigniert.</translation>
    </message>
    <message>
        <source>Your certificate has expired, so this message cannot be signed. Get a new one, or send the message unsigned.</source>
        <translation>Ihr Zertifikat ist abgelaufen, daher kann diese Nachricht nicht signiert werden. Besorgen Sie sich ein neues, oder senden Sie die Nachricht unsigniert.</translation>
    </message>
    <message>
        <source>Your certificate has expired, so this message cannot be encrypted to you, too. Get a new one, or send the message unencrypted.</source>
        <translation>Ihr Zertifikat ist abgelaufen, daher kann diese Nachricht nicht auch für Sie verschlüsselt werden. Besorgen Sie sich ein neues, oder senden Sie die Nachricht unverschlüsselt.</translation>
    </message>
    <message>
        <source>You have no certificate, so this message cannot be encrypted to you, too. Make or import one, or send the message unencrypted.</source>
        <translation>Sie haben kein Zertifikat, daher kann diese Nachricht nicht auch für Sie verschlüsselt werden. Erstellen oder importieren Sie eines, oder senden Sie die Nachricht unverschlüsselt.</translation>
    </message>
    <message>
        <source>You have no certificate to sign with. Make or import one, or send the message unsigned.</source>
        <translation>Sie haben kein Zertifikat zum Signieren. Erstellen oder importieren Sie eines, oder senden Sie die Nachricht unsigniert.</translation>
    </message>
    <message>
        <source>Looking for certificates.</source>
        <translation>Zertifikate werden gesucht.</translation>
    </message>
    <message>
        <source>This letter repeats what came to you encrypted. Sent without encryption, everybody on the way can read it. Encrypt it, or decide that it may be read.</source>
        <translation>Dieser Brief wiederholt, was verschlüsselt bei Ihnen ankam. Ohne Verschlüsselung kann ihn jeder unterwegs lesen. Verschlüsseln Sie ihn, oder entscheiden Sie, dass er gelesen werden darf.</translation>
    </message>
    <message>
        <source>With AES-256-CBC, since nobody knows yet what the program of %1 can read; the signature inside shows any change.</source>
        <translation>Mit AES-256-CBC, da noch niemand weiß, was das Programm von %1 lesen kann; die Signatur darin zeigt jede Änderung.</translation>
    </message>
    <message>
        <source>With AES-256-CBC, since nobody knows yet what the program of %1 can read; without a signature it could be changed unseen.</source>
        <translation>Mit AES-256-CBC, da noch niemand weiß, was das Programm von %1 lesen kann; ohne Signatur könnte es unbemerkt geändert werden.</translation>
    </message>
    <message>
        <source>With AES-256-CBC, since the program of %1 cannot read AES-GCM; the signature inside shows any change.</source>
        <translation>Mit AES-256-CBC, da das Programm von %1 kein AES-GCM lesen kann; die Signatur darin zeigt jede Änderung.</translation>
    </message>
    <message>
        <source>With AES-256-CBC, since the program of %1 cannot read AES-GCM; without a signature it could be changed unseen.</source>
        <translation>Mit AES-256-CBC, da das Programm von %1 kein AES-GCM lesen kann; ohne Signatur könnte es unbemerkt geändert werden.</translation>
    </message>
    <message>
        <source>Signed as %1. Not encrypted: everybody on the way can read it.</source>
        <translation>Signiert als %1. Nicht verschlüsselt: Jeder auf dem Weg kann sie lesen.</translation>
    </message>
    <message>
        <source>Neither signed nor encrypted: everybody on the way can read and change it.</source>
        <translation>Weder signiert noch verschlüsselt: Jeder auf dem Weg kann sie lesen und ändern.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation><numerusform>%1 und %n weitere Person</numerusform><numerusform>%1 und %n weitere Personen</numerusform></translation>
    </message>
    <message>
        <source>Looking for a certificate.</source>
        <translation>Ein Zertifikat wird gesucht.</translation>
    </message>
    <message>
        <source>No certificate was found.</source>
        <translation>Es wurde kein Zertifikat gefunden.</translation>
    </message>
    <message>
        <source>A certificate was found.</source>
        <translation>Ein Zertifikat wurde gefunden.</translation>
    </message>
    <message>
        <source>"%1" is no mail address. Correct it or take it out.</source>
        <translation>„%1“ ist keine E-Mail-Adresse. Korrigieren oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Nobody is addressed yet.</source>
        <translation>Es ist noch kein Empfänger angegeben.</translation>
    </message>
    <message>
        <source>The message is kept, encrypted to you, and goes by itself when there is one.</source>
        <translation>Die Nachricht wird für Sie verschlüsselt aufbewahrt und geht von selbst hinaus, sobald eines da ist.</translation>
    </message>
    <message>
        <source>A signed mail asks for it.</source>
        <translation>Eine signierte Nachricht bittet darum.</translation>
    </message>
    <message>
        <source>Your keys are locked, so this message cannot be encrypted to you, too. Unlock them.</source>
        <translation>Ihre Schlüssel sind gesperrt, daher kann diese Nachricht nicht auch für Sie verschlüsselt werden. Entsperren Sie sie.</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be used: %2</source>
        <translation>Das Zertifikat von %1 kann nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>There is no certificate for %1 yet.</source>
        <translation>Für %1 gibt es noch kein Zertifikat.</translation>
    </message>
    <message>
        <source>Signed as %1. Encrypted for %2 and you.</source>
        <translation>Signiert als %1. Verschlüsselt für %2 und Sie.</translation>
    </message>
    <message>
        <source>Encrypted for %1 and you. Not signed: nobody can tell that you wrote it.</source>
        <translation>Verschlüsselt für %1 und Sie. Nicht signiert: Niemand kann erkennen, dass Sie es geschrieben haben.</translation>
    </message>
    <message>
        <source>The subject is encrypted too.</source>
        <translation>Auch der Betreff ist verschlüsselt.</translation>
    </message>
    <message>
        <source>The subject and everybody's names are encrypted too.</source>
        <translation>Auch der Betreff und alle Namen sind verschlüsselt.</translation>
    </message>
    <message>
        <source>The subject stays readable for everybody on the way.</source>
        <translation>Der Betreff bleibt für alle unterwegs lesbar.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; holds a private key: whoever gets it, and its passphrase if it has one, can read what is encrypted to its owner and sign in the owner&apos;s name. Others need no more than the certificate, which every signed message brings along.</source>
        <translation>„%1“ enthält einen privaten Schlüssel: Wer die Datei und, wenn sie eine hat, ihre Passphrase bekommt, kann lesen, was für den Inhaber verschlüsselt ist, und in seinem Namen unterschreiben. Andere brauchen nur das Zertifikat, und das bringt jede signierte Nachricht mit.</translation>
    </message>
</context>
<context>
    <name>app::VerdictPresenter</name>
    <message>
        <source>Give the password if you know it, or ask the sender for it by another way.</source>
        <translation>Geben Sie das Passwort an, wenn Sie es kennen, oder erfragen Sie es beim Absender auf einem anderen Weg.</translation>
    </message>
    <message>
        <source>Open it with "wax open --shared-key" if you have the shared key, or ask the sender to encrypt it to your certificate.</source>
        <translation>Öffnen Sie sie mit „wax open --shared-key“, wenn Sie den gemeinsamen Schlüssel haben, oder bitten Sie den Absender, sie für Ihr Zertifikat zu verschlüsseln.</translation>
    </message>
    <message>
        <source>%1 wrote this; nobody changed it.</source>
        <translation>%1 hat dies geschrieben; niemand hat es verändert.</translation>
    </message>
    <message>
        <source>Encrypted in an old way that can be altered unseen, and not signed.</source>
        <translation>Auf eine veraltete Weise verschlüsselt, die sich unbemerkt verändern lässt, und nicht signiert.</translation>
    </message>
    <message>
        <source>Encrypted to you, but not signed: anyone could have written it.</source>
        <translation>Für Sie verschlüsselt, aber nicht signiert: Jeder könnte sie geschrieben haben.</translation>
    </message>
    <message>
        <source>Encrypted in another way than S/MIME, which this program does not open.</source>
        <translation>Auf andere Weise als mit S/MIME verschlüsselt; dieses Programm kann das nicht öffnen.</translation>
    </message>
    <message>
        <source>Not signed, not encrypted.</source>
        <translation>Nicht signiert, nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>Only a part of the message was encrypted: anyone on the way could read the rest.</source>
        <translation>Nur ein Teil der Nachricht war verschlüsselt: Den Rest konnte jeder auf dem Weg lesen.</translation>
    </message>
    <message>
        <source>It was not encrypted: anyone on the way could read it.</source>
        <translation>Die Nachricht war nicht verschlüsselt: Jeder auf dem Weg konnte sie lesen.</translation>
    </message>
    <message>
        <source>Ask the sender to send it again.</source>
        <translation>Bitten Sie den Absender, sie noch einmal zu senden.</translation>
    </message>
    <message>
        <source>Import the key if you have it elsewhere, or send the sender your present certificate.</source>
        <translation>Importieren Sie den Schlüssel, wenn Sie ihn anderswo haben, oder senden Sie dem Absender Ihr aktuelles Zertifikat.</translation>
    </message>
    <message>
        <source>Ask the sender by another way what the message said.</source>
        <translation>Fragen Sie den Absender auf einem anderen Weg, was in der Nachricht stand.</translation>
    </message>
    <message>
        <source>Do not act on it before you have asked the person by another way.</source>
        <translation>Handeln Sie nicht danach, bevor Sie die Person auf einem anderen Weg gefragt haben.</translation>
    </message>
    <message>
        <source>Ask the sender to sign as well if it matters who wrote it.</source>
        <translation>Bitten Sie den Absender, auch zu signieren, wenn es darauf ankommt, wer die Nachricht geschrieben hat.</translation>
    </message>
    <message>
        <source>Content: it cannot be read from byte %1 on.</source>
        <translation>Inhalt: Ab Byte %1 ist er nicht lesbar.</translation>
    </message>
    <message>
        <source>This message is damaged and cannot be read.</source>
        <translation>Diese Nachricht ist beschädigt und kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Look at what you were told, or ask the sender to send it again.</source>
        <translation>Sehen Sie nach, was Ihnen mitgeteilt wurde, oder bitten Sie den Absender, sie noch einmal zu senden.</translation>
    </message>
    <message>
        <source>It does not open with the password or shared key that you gave: that is another one, or it was damaged on the way.</source>
        <translation>Die Nachricht lässt sich mit dem angegebenen Passwort oder gemeinsamen Schlüssel nicht öffnen: Es ist ein anderes, oder sie wurde auf dem Weg beschädigt.</translation>
    </message>
    <message>
        <source>Sealed in a way that this program does not know.</source>
        <translation>Die Nachricht ist auf eine Weise versiegelt, die dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>Encrypted to you, but in a way that this program does not know.</source>
        <translation>Die Nachricht ist für Sie verschlüsselt, aber auf eine Weise, die dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>Ask the sender to encrypt it in a common way.</source>
        <translation>Bitten Sie den Absender, sie auf eine übliche Weise zu verschlüsseln.</translation>
    </message>
    <message>
        <source>Encrypted to you, but it cannot be opened: it was damaged or altered on the way.</source>
        <translation>Die Nachricht ist für Sie verschlüsselt, lässt sich aber nicht öffnen: Sie wurde auf dem Weg beschädigt oder verändert.</translation>
    </message>
    <message>
        <source>Encrypted, and your keys are locked. Unlock them to read it.</source>
        <translation>Verschlüsselt, und Ihre Schlüssel sind gesperrt. Entsperren Sie sie, um die Nachricht zu lesen.</translation>
    </message>
    <message>
        <source>Encrypted with a key that was agreed on elsewhere.</source>
        <translation>Mit einem Schlüssel verschlüsselt, der anderswo vereinbart wurde.</translation>
    </message>
    <message>
        <source>Encrypted. Whoever knows the password can open it.</source>
        <translation>Verschlüsselt. Wer das Passwort kennt, kann die Nachricht öffnen.</translation>
    </message>
    <message>
        <source>Encrypted. Whoever shares the key can open it.</source>
        <translation>Verschlüsselt. Wer den gemeinsamen Schlüssel hat, kann die Nachricht öffnen.</translation>
    </message>
    <message>
        <source>Encrypted to a key that you do not have. It was made for: %1.</source>
        <translation>Für einen Schlüssel verschlüsselt, den Sie nicht haben. Die Nachricht wurde erstellt für: %1.</translation>
    </message>
    <message>
        <source>%1, serial %2</source>
        <translation>%1, Seriennummer %2</translation>
    </message>
    <message>
        <source>the key %1</source>
        <translation>den Schlüssel %1</translation>
    </message>
    <message>
        <source>whoever knows the password</source>
        <translation>alle, die das Passwort kennen</translation>
    </message>
    <message>
        <source>whoever shares the key</source>
        <translation>alle, die den Schlüssel teilen</translation>
    </message>
    <message>
        <source>The signature of this message cannot be read. Do not rely on its content.</source>
        <translation>Die Signatur dieser Nachricht ist nicht lesbar. Verlassen Sie sich nicht auf ihren Inhalt.</translation>
    </message>
    <message>
        <source>This message was changed after it was signed. Do not rely on its content.</source>
        <translation>Diese Nachricht wurde nach dem Signieren verändert. Verlassen Sie sich nicht auf ihren Inhalt.</translation>
    </message>
    <message>
        <source>This message was changed after %1 signed it. Do not rely on its content.</source>
        <translation>Diese Nachricht wurde verändert, nachdem %1 sie signiert hatte. Verlassen Sie sich nicht auf ihren Inhalt.</translation>
    </message>
    <message>
        <source>Careful: %1 signed this, not %2 as shown.</source>
        <translation>Vorsicht: %1 hat dies signiert, nicht %2 wie angezeigt.</translation>
    </message>
    <message>
        <source>Signed, but the signer's certificate is missing: the signature cannot be checked.</source>
        <translation>Signiert, aber das Zertifikat des Unterzeichners fehlt: Die Signatur kann nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Signed, but what was signed is not a mail message.</source>
        <translation>Signiert, aber was signiert wurde, ist keine Nachricht.</translation>
    </message>
    <message>
        <source>Signed in a way that this program cannot check.</source>
        <translation>Auf eine Weise signiert, die dieses Programm nicht prüfen kann.</translation>
    </message>
    <message>
        <source>Signed, but the certificate of "%1" was not issued as it should have been.</source>
        <translation>Signiert, aber das Zertifikat von „%1“ wurde nicht so ausgestellt, wie es sein sollte.</translation>
    </message>
    <message>
        <source>Signed by %1 with a certificate that is not meant for signing mail.</source>
        <translation>%1 hat dies mit einem Zertifikat signiert, das nicht zum Signieren von E-Mails bestimmt ist.</translation>
    </message>
    <message>
        <source>Signed by %1 in a way that anybody can forge.</source>
        <translation>%1 hat dies auf eine Weise signiert, die jeder fälschen kann.</translation>
    </message>
    <message>
        <source>Signed, but nobody you trust vouches for "%1".</source>
        <translation>Signiert, aber niemand, dem Sie vertrauen, bürgt für „%1“.</translation>
    </message>
    <message>
        <source>Signed by %1 with a certificate that expired on %2.</source>
        <translation>%1 hat dies mit einem Zertifikat signiert, das am %2 abgelaufen ist.</translation>
    </message>
    <message>
        <source>Signed by %1, but the certificate of an authority behind it has expired.</source>
        <translation>%1 hat dies signiert, aber das Zertifikat einer Zertifizierungsstelle dahinter ist abgelaufen.</translation>
    </message>
    <message>
        <source>Signed by %1, but the certificate of an authority behind it is not valid yet.</source>
        <translation>%1 hat dies signiert, aber das Zertifikat einer Zertifizierungsstelle dahinter ist noch nicht gültig.</translation>
    </message>
    <message>
        <source>Signed by %1 with a certificate that is not valid before %2.</source>
        <translation>%1 hat dies mit einem Zertifikat signiert, das erst ab dem %2 gültig ist.</translation>
    </message>
    <message>
        <source>Signed by %1 in an old way that no longer protects well.</source>
        <translation>%1 hat dies auf eine veraltete Weise signiert, die nicht mehr gut schützt.</translation>
    </message>
    <message>
        <source>Signed by %1, but the certificate names no mail address.</source>
        <translation>%1 hat dies signiert, aber das Zertifikat nennt keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>Signed by %1, but the message names no sender.</source>
        <translation>%1 hat dies signiert, aber die Nachricht nennt keinen Absender.</translation>
    </message>
    <message>
        <source>Signed by %1 or by %2: both were certified for the same key.</source>
        <translation>Von %1 oder von %2 signiert: Beide haben ein Zertifikat für denselben Schlüssel.</translation>
    </message>
    <message>
        <source>%1 signed only a part of this message; the rest is shown apart.</source>
        <translation>%1 hat nur einen Teil dieser Nachricht signiert; der Rest wird getrennt davon gezeigt.</translation>
    </message>
    <message>
        <source>Signed by %1, but nobody could say whether the certificate was revoked.</source>
        <translation>%1 hat dies signiert, aber niemand konnte sagen, ob das Zertifikat widerrufen wurde.</translation>
    </message>
    <message>
        <source>Signed with a certificate that was revoked.</source>
        <translation>Mit einem Zertifikat signiert, das widerrufen wurde.</translation>
    </message>
    <message>
        <source>Signed with a certificate that was revoked on %1.</source>
        <translation>Mit einem Zertifikat signiert, das am %1 widerrufen wurde.</translation>
    </message>
    <message>
        <source>If you know the authority behind it, add its certificate to those you trust.</source>
        <translation>Wenn Sie die Zertifizierungsstelle dahinter kennen, fügen Sie ihr Zertifikat zu denen hinzu, denen Sie vertrauen.</translation>
    </message>
    <message>
        <source>What is shown apart may come from anybody.</source>
        <translation>Was getrennt davon gezeigt wird, kann von jedem stammen.</translation>
    </message>
    <message>
        <source>Ask the person by another way before you rely on it.</source>
        <translation>Fragen Sie die Person auf einem anderen Weg, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message numerus="yes">
        <source>You and the holders of %n other key(s) can read it.</source>
        <translation><numerusform>Sie und der Inhaber von %n weiteren Schlüssel können die Nachricht lesen.</numerusform><numerusform>Sie und die Inhaber von %n weiteren Schlüsseln können die Nachricht lesen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>You, %1 and the holders of %n other key(s) can read it.</source>
        <translation><numerusform>Sie, %1 und der Inhaber von %n weiteren Schlüssel können die Nachricht lesen.</numerusform><numerusform>Sie, %1 und die Inhaber von %n weiteren Schlüsseln können die Nachricht lesen.</numerusform></translation>
    </message>
    <message>
        <source>Only you can read it.</source>
        <translation>Nur Sie können die Nachricht lesen.</translation>
    </message>
    <message>
        <source>It is addressed to others: you got a blind copy, or somebody passed it on.</source>
        <translation>Sie ist an andere gerichtet: Sie haben eine Blindkopie erhalten, oder jemand hat sie weitergegeben.</translation>
    </message>
    <message>
        <source>Only you and %1 can read it.</source>
        <translation>Nur Sie und %1 können die Nachricht lesen.</translation>
    </message>
    <message>
        <source>Only you, %1 and %2 can read it.</source>
        <translation>Nur Sie, %1 und %2 können die Nachricht lesen.</translation>
    </message>
    <message>
        <source>Not signed, not encrypted</source>
        <translation>Nicht signiert, nicht verschlüsselt</translation>
    </message>
    <message>
        <source>Signed and verified</source>
        <translation>Signiert und geprüft</translation>
    </message>
    <message>
        <source>Partly signed</source>
        <translation>Teilweise signiert</translation>
    </message>
    <message>
        <source>Signed, but not verified</source>
        <translation>Signiert, aber nicht bestätigt</translation>
    </message>
    <message>
        <source>Signature does not hold</source>
        <translation>Signatur ist ungültig</translation>
    </message>
    <message>
        <source>Encrypted, not signed</source>
        <translation>Verschlüsselt, nicht signiert</translation>
    </message>
    <message>
        <source>Encrypted, could have been altered</source>
        <translation>Verschlüsselt, könnte verändert worden sein</translation>
    </message>
    <message>
        <source>Damaged: cannot be read</source>
        <translation>Beschädigt: nicht lesbar</translation>
    </message>
    <message>
        <source>Encrypted, cannot be opened</source>
        <translation>Verschlüsselt, lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>date</comment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>date</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Content: it is exactly as it was signed.</source>
        <translation>Inhalt: Er ist genau so, wie er signiert wurde.</translation>
    </message>
    <message>
        <source>Content: the signature over it cannot be read.</source>
        <translation>Inhalt: Die Signatur darüber ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Content: it is not what was signed.</source>
        <translation>Inhalt: Er ist nicht das, was signiert wurde.</translation>
    </message>
    <message>
        <source>As it was signed: &quot;%1&quot;</source>
        <translation>Wie es signiert wurde: „%1“</translation>
    </message>
    <message>
        <source>As it was signed: no text in this line</source>
        <translation>Wie es signiert wurde: kein Text in dieser Zeile</translation>
    </message>
    <message>
        <source>As it arrived: no text in this line</source>
        <translation>Wie es ankam: kein Text in dieser Zeile</translation>
    </message>
    <message>
        <source>As it arrived: &quot;%1&quot;</source>
        <translation>Wie es ankam: „%1“</translation>
    </message>
    <message>
        <source>Content: it was signed as something else than a mail message.</source>
        <translation>Inhalt: Er wurde als etwas anderes als eine Nachricht signiert.</translation>
    </message>
    <message>
        <source>Content: the signature could not be checked.</source>
        <translation>Inhalt: Die Signatur konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Content: nobody altered it on the way, but it has no signature.</source>
        <translation>Inhalt: Niemand hat ihn auf dem Weg verändert, aber er trägt keine Signatur.</translation>
    </message>
    <message>
        <source>Content: it could have been altered on the way without a trace.</source>
        <translation>Inhalt: Er könnte auf dem Weg spurlos verändert worden sein.</translation>
    </message>
    <message>
        <source>%1 First difference: line %2.</source>
        <translation>%1 Erster Unterschied: Zeile %2.</translation>
    </message>
    <message>
        <source>What changed cannot be told; it may be the words.</source>
        <translation>Was sich geändert hat, lässt sich nicht sagen; es kann der Wortlaut sein.</translation>
    </message>
    <message>
        <source>What changed: the line ends.</source>
        <translation>Was sich geändert hat: die Zeilenenden.</translation>
    </message>
    <message>
        <source>What changed: the last line end was lost or added.</source>
        <translation>Was sich geändert hat: Das letzte Zeilenende ging verloren oder kam hinzu.</translation>
    </message>
    <message>
        <source>What changed: white space at the end of lines.</source>
        <translation>Was sich geändert hat: Leerraum am Ende von Zeilen.</translation>
    </message>
    <message>
        <source>What changed: a mail system put "&gt;" before a line that begins with "From".</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat „&gt;“ vor eine Zeile gesetzt, die mit „From“ beginnt.</translation>
    </message>
    <message>
        <source>What changed: lines were added at the end.</source>
        <translation>Was sich geändert hat: Am Ende wurden Zeilen angefügt.</translation>
    </message>
    <message>
        <source>What changed: lines were added before the text.</source>
        <translation>Was sich geändert hat: Vor dem Text wurden Zeilen eingefügt.</translation>
    </message>
    <message>
        <source>What changed: a mail system encoded the text in another way.</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat den Text anders kodiert.</translation>
    </message>
    <message>
        <source>What changed: the text was converted into another character set.</source>
        <translation>Was sich geändert hat: Der Text wurde in einen anderen Zeichensatz umgewandelt.</translation>
    </message>
    <message>
        <source>What changed: header lines were folded in another way.</source>
        <translation>Was sich geändert hat: Kopfzeilen wurden anders gefaltet.</translation>
    </message>
    <message>
        <source>What changed: lines were wrapped in another way.</source>
        <translation>Was sich geändert hat: Zeilen wurden anders umbrochen.</translation>
    </message>
    <message>
        <source>What changed: spaces or tabs inside lines.</source>
        <translation>Was sich geändert hat: Leerzeichen oder Tabulatoren innerhalb von Zeilen.</translation>
    </message>
    <message>
        <source>What changed: a mail system doubled or removed dots at the beginning of lines.</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat Punkte am Zeilenanfang verdoppelt oder entfernt.</translation>
    </message>
    <message>
        <source>What changed: a mail system changed the subject or another header line.</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat den Betreff oder eine andere Kopfzeile geändert.</translation>
    </message>
    <message>
        <source>What changed: a mail system removed the signature. Ask the sender to send it in another way, or as an attachment.</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat die Signatur entfernt. Bitten Sie den Absender, auf anderem Weg oder als Anhang zu senden.</translation>
    </message>
    <message>
        <source>What changed: a mail system gave the sealed part another type. Other programs may not recognise it.</source>
        <translation>Was sich geändert hat: Ein Mailsystem hat dem versiegelten Teil einen anderen Typ gegeben. Andere Programme erkennen ihn vielleicht nicht.</translation>
    </message>
    <message>
        <source>What changed: the end is missing. Ask the sender to send it again.</source>
        <translation>Was sich geändert hat: Das Ende fehlt. Bitten Sie den Absender, die Nachricht erneut zu senden.</translation>
    </message>
    <message>
        <source>What changed: this content was sent in another message. Do not trust the subject, the date or the recipients around it.</source>
        <translation>Was sich geändert hat: Dieser Inhalt wurde in einer anderen Nachricht gesendet. Trauen Sie Betreff, Datum und Empfängern darum herum nicht.</translation>
    </message>
    <message>
        <source>Authority: you trust this certificate itself.</source>
        <translation>Zertifizierungsstelle: Sie vertrauen diesem Zertifikat selbst.</translation>
    </message>
    <message>
        <source>Authority: "%1", which you trust, vouches for the signer.</source>
        <translation>Zertifizierungsstelle: „%1“, der Sie vertrauen, bürgt für den Unterzeichner.</translation>
    </message>
    <message>
        <source>Authority: you do not trust the one that vouches for the signer.</source>
        <translation>Zertifizierungsstelle: Sie vertrauen der Stelle nicht, die für den Unterzeichner bürgt.</translation>
    </message>
    <message>
        <source>Authority: the certificate of the one that vouches is missing.</source>
        <translation>Zertifizierungsstelle: Das Zertifikat der bürgenden Stelle fehlt.</translation>
    </message>
    <message>
        <source>Authority: the signer's certificate was not issued properly.</source>
        <translation>Zertifizierungsstelle: Das Zertifikat des Unterzeichners wurde nicht ordnungsgemäß ausgestellt.</translation>
    </message>
    <message>
        <source>Authority: not checked.</source>
        <translation>Zertifizierungsstelle: nicht geprüft.</translation>
    </message>
    <message>
        <source>Use: the certificate is not meant for signing mail.</source>
        <translation>Verwendung: Das Zertifikat ist nicht zum Signieren von E-Mails bestimmt.</translation>
    </message>
    <message>
        <source>Use: the certificate is meant for signing mail.</source>
        <translation>Verwendung: Das Zertifikat ist zum Signieren von E-Mails bestimmt.</translation>
    </message>
    <message>
        <source>Sender: the signer's address is the one shown, %1.</source>
        <translation>Absender: Die Adresse des Unterzeichners ist die angezeigte, %1.</translation>
    </message>
    <message>
        <source>Sender: the signer is %1, not %2.</source>
        <translation>Absender: Der Unterzeichner ist %1, nicht %2.</translation>
    </message>
    <message>
        <source>Sender: the signer's certificate names no mail address.</source>
        <translation>Absender: Das Zertifikat des Unterzeichners nennt keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>Sender: it could not be compared with the signer.</source>
        <translation>Absender: Er konnte nicht mit dem Unterzeichner verglichen werden.</translation>
    </message>
    <message>
        <source>Time: the certificate is valid until %1.</source>
        <translation>Zeit: Das Zertifikat ist gültig bis %1.</translation>
    </message>
    <message>
        <source>Time: the certificate has expired since, on %1; it was valid when this mail arrived.</source>
        <translation>Zeit: Das Zertifikat ist inzwischen abgelaufen, am %1; es war gültig, als diese E-Mail eintraf.</translation>
    </message>
    <message>
        <source>Time: the certificate of an authority has expired since; it was valid when this mail arrived.</source>
        <translation>Zeit: Das Zertifikat einer Zertifizierungsstelle ist inzwischen abgelaufen; es war gültig, als diese E-Mail eintraf.</translation>
    </message>
    <message>
        <source>Time: a certificate in the path has expired.</source>
        <translation>Zeit: Ein Zertifikat im Pfad ist abgelaufen.</translation>
    </message>
    <message>
        <source>Time: a certificate in the path is not valid yet.</source>
        <translation>Zeit: Ein Zertifikat im Pfad ist noch nicht gültig.</translation>
    </message>
    <message>
        <source>Time: not checked.</source>
        <translation>Zeit: nicht geprüft.</translation>
    </message>
    <message>
        <source>Revocation: not revoked.</source>
        <translation>Widerruf: nicht widerrufen.</translation>
    </message>
    <message>
        <source>Revocation: the certificate was revoked.</source>
        <translation>Widerruf: Das Zertifikat wurde widerrufen.</translation>
    </message>
    <message>
        <source>Revocation: unknown; neither a list nor a responder gave a usable answer.</source>
        <translation>Widerruf: unbekannt; weder eine Liste noch ein Auskunftsdienst gab eine brauchbare Antwort.</translation>
    </message>
    <message>
        <source>Revocation: not checked; no list of revoked certificates is at hand.</source>
        <translation>Widerruf: nicht geprüft; es liegt keine Liste widerrufener Zertifikate vor.</translation>
    </message>
    <message>
        <source>Coverage: the signature covers the whole message.</source>
        <translation>Umfang: Die Signatur umfasst die ganze Nachricht.</translation>
    </message>
    <message>
        <source>Coverage: the signature covers the text and what is attached, but not %1: that could have been changed.</source>
        <translation>Umfang: Die Signatur umfasst den Text und die Anhänge, aber nicht %1: Das könnte verändert worden sein.</translation>
    </message>
    <message>
        <source>the subject</source>
        <translation>den Betreff</translation>
    </message>
    <message>
        <source>the date</source>
        <translation>das Datum</translation>
    </message>
    <message>
        <source>the recipients</source>
        <translation>die Empfänger</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>It was signed on %1.</source>
        <translation>Signiert wurde sie am %1.</translation>
    </message>
    <message>
        <source>Coverage: only a part of the message is signed.</source>
        <translation>Umfang: Nur ein Teil der Nachricht ist signiert.</translation>
    </message>
    <message>
        <source>Readers: it opens with the password or shared key that you gave.</source>
        <translation>Leser: Die Nachricht lässt sich mit dem angegebenen Passwort oder gemeinsamen Schlüssel öffnen.</translation>
    </message>
    <message numerus="yes">
        <source>Readers: it was made for %n key(s), one of them yours.</source>
        <translation><numerusform>Leser: Die Nachricht wurde für %n Schlüssel erstellt, und das ist Ihrer.</numerusform><numerusform>Leser: Die Nachricht wurde für %n Schlüssel erstellt, einer davon ist Ihrer.</numerusform></translation>
    </message>
    <message>
        <source>Readers: your keys are locked, so nobody knows yet whether it was made for one of them.</source>
        <translation>Leser: Ihre Schlüssel sind gesperrt; ob die Nachricht für einen davon erstellt wurde, weiß daher noch niemand.</translation>
    </message>
    <message>
        <source>Readers: none of its keys is yours.</source>
        <translation>Leser: Keiner ihrer Schlüssel gehört Ihnen.</translation>
    </message>
    <message>
        <source>Readers: it was made for you, but this program does not know how to open it.</source>
        <translation>Leser: Die Nachricht wurde für Sie erstellt, aber dieses Programm weiß nicht, wie sie zu öffnen ist.</translation>
    </message>
    <message>
        <source>Readers: it was made for you, but does not open.</source>
        <translation>Leser: Die Nachricht wurde für Sie erstellt, lässt sich aber nicht öffnen.</translation>
    </message>
    <message>
        <source>Readers: it was not encrypted on the way.</source>
        <translation>Leser: Die Nachricht war auf dem Weg nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 mit %2</translation>
    </message>
    <message>
        <source>Signature: %1.</source>
        <translation>Signatur: %1.</translation>
    </message>
    <message>
        <source>Signature: %1 or a key on the way is too weak today.</source>
        <translation>Signatur: %1 oder ein Schlüssel auf dem Weg ist heute zu schwach.</translation>
    </message>
    <message>
        <source>Signature: %1 or a key on the way is broken.</source>
        <translation>Signatur: %1 oder ein Schlüssel auf dem Weg ist gebrochen.</translation>
    </message>
    <message>
        <source>Encryption: %1, which is too weak today.</source>
        <translation>Verschlüsselung: %1, heute zu schwach.</translation>
    </message>
    <message>
        <source>Encryption: %1, but a key that it was made for is too weak today.</source>
        <translation>Verschlüsselung: %1, aber ein Schlüssel, für den sie erstellt wurde, ist heute zu schwach.</translation>
    </message>
    <message>
        <source>Encryption: %1.</source>
        <translation>Verschlüsselung: %1.</translation>
    </message>
    <message>
        <source>Memory: this is the first signed mail from this sender.</source>
        <translation>Gedächtnis: Dies ist die erste signierte E-Mail von diesem Absender.</translation>
    </message>
    <message numerus="yes">
        <source>Memory: the same certificate as in %n earlier mail(s).</source>
        <translation><numerusform>Gedächtnis: dasselbe Zertifikat wie in %n früheren E-Mail.</numerusform><numerusform>Gedächtnis: dasselbe Zertifikat wie in %n früheren E-Mails.</numerusform></translation>
    </message>
    <message>
        <source>Memory: the certificate was renewed by the same authority; the one before was known since %1.</source>
        <translation>Gedächtnis: Das Zertifikat wurde von derselben Zertifizierungsstelle erneuert; das vorige war bekannt seit %1.</translation>
    </message>
    <message>
        <source>Memory: the sender used another certificate before, known since %1. Ask if this is a surprise.</source>
        <translation>Gedächtnis: Der Absender hat vorher ein anderes Zertifikat verwendet, bekannt seit %1. Fragen Sie nach, wenn Sie das überrascht.</translation>
    </message>
    <message>
        <source>It was encrypted in a way that can be altered unseen, and no good signature inside would show it.</source>
        <translation>Die Nachricht wurde so verschlüsselt, dass man sie unbemerkt ändern kann, und keine gute Signatur darin würde es zeigen.</translation>
    </message>
    <message>
        <source>It was signed or encrypted by an algorithm or a key that is too weak today.</source>
        <translation>Die Nachricht wurde mit einem Verfahren oder Schlüssel signiert oder verschlüsselt, der heute zu schwach ist.</translation>
    </message>
    <message>
        <source>Only a part of this message was encrypted; the rest may come from anybody.</source>
        <translation>Nur ein Teil dieser Nachricht war verschlüsselt; der Rest kann von jedem stammen.</translation>
    </message>
    <message>
        <source>It was encrypted in another way than S/MIME, such as OpenPGP. Save its attachments and open them with a program for that.</source>
        <translation>Sie wurde auf andere Weise als mit S/MIME verschlüsselt, etwa mit OpenPGP. Speichern Sie ihre Anhänge und öffnen Sie sie mit einem Programm dafür.</translation>
    </message>
    <message>
        <source>Only a part of this message was signed; the rest may come from anybody.</source>
        <translation>Nur ein Teil dieser Nachricht war signiert; der Rest kann von jedem stammen.</translation>
    </message>
    <message>
        <source>The signature is around the encryption: it says who sent this, not who wrote it.</source>
        <translation>Die Signatur liegt außen um die Verschlüsselung: Sie sagt, wer dies gesendet hat, nicht, wer es geschrieben hat.</translation>
    </message>
    <message>
        <source>Pictures and other things from the network were left out.</source>
        <translation>Bilder und andere Inhalte aus dem Netz wurden weggelassen.</translation>
    </message>
    <message>
        <source>The message is too long or too nested to be shown as it was written; some of it may be missing.</source>
        <translation>Die Nachricht ist zu lang oder zu verschachtelt, um so gezeigt zu werden, wie sie geschrieben wurde; etwas davon kann fehlen.</translation>
    </message>
    <message>
        <source>The outside of the message says something else than the protected inside; the inside is shown.</source>
        <translation>Das Äußere der Nachricht sagt etwas anderes als das geschützte Innere; angezeigt wird das Innere.</translation>
    </message>
    <message>
        <source>The inside names a sender for whom no signature stands; who is named outside is shown, if anybody is.</source>
        <translation>Das Innere nennt einen Absender, für den keine Signatur steht; angezeigt wird, wer außen genannt ist, falls dort jemand steht.</translation>
    </message>
    <message>
        <source>The message names several senders.</source>
        <translation>Die Nachricht nennt mehrere Absender.</translation>
    </message>
    <message>
        <source>Somebody else sent this in the name of the sender; the field Sender says who.</source>
        <translation>Jemand anderes hat dies im Namen des Absenders gesendet; das Feld Sender sagt, wer.</translation>
    </message>
    <message>
        <source>The message names no sender.</source>
        <translation>Die Nachricht nennt keinen Absender.</translation>
    </message>
    <message>
        <source>The date of the message is not the time at which it was signed.</source>
        <translation>Das Datum der Nachricht ist nicht der Zeitpunkt, zu dem sie signiert wurde.</translation>
    </message>
    <message>
        <source>The sender asks for a receipt; none is sent unless you do so.</source>
        <translation>Der Absender bittet um eine Empfangsbestätigung; es wird keine gesendet, außer Sie tun es selbst.</translation>
    </message>
    <message>
        <source>It brings certificates along, which is no signature.</source>
        <translation>Sie bringt Zertifikate mit; das ist keine Signatur.</translation>
    </message>
    <message>
        <source>It is wrapped more often than any honest message.</source>
        <translation>Sie ist öfter verpackt als jede ehrliche Nachricht.</translation>
    </message>
    <message>
        <source>What was signed is not a mail message, but something else.</source>
        <translation>Was signiert wurde, ist keine Nachricht, sondern etwas anderes.</translation>
    </message>
    <message>
        <source>The sender's name looks like an address, but it is another one.</source>
        <translation>Der Name des Absenders sieht wie eine Adresse aus, aber die tatsächliche Adresse ist eine andere.</translation>
    </message>
    <message>
        <source>The sender's domain looks like another one.</source>
        <translation>Die Domain des Absenders sieht einer anderen ähnlich.</translation>
    </message>
    <message>
        <source>The sender's address holds characters that nobody sees or that look like others.</source>
        <translation>Die Adresse des Absenders enthält Zeichen, die niemand sieht oder die anderen ähnlich sehen.</translation>
    </message>
    <message>
        <source>The signed header names others as recipients, so whoever encrypted it to you need not be the signer.</source>
        <translation>Der signierte Kopf nennt andere als Empfänger; wer sie für Sie verschlüsselt hat, muss also nicht der Unterzeichner sein.</translation>
    </message>
    <message>
        <source>The signature names no certificate but only a key, and that was certified for several people.</source>
        <translation>Die Signatur nennt kein Zertifikat, sondern nur einen Schlüssel, und für den haben mehrere ein Zertifikat.</translation>
    </message>
    <message>
        <source>It holds further protected parts; each is shown by itself, with a verdict of its own.</source>
        <translation>Sie enthält weitere geschützte Teile; jeder wird für sich gezeigt, mit einem eigenen Urteil.</translation>
    </message>
</context>
<context>
    <name>app::WaitingService</name>
    <message>
        <source>Please send me a signed message</source>
        <translation>Bitte senden Sie mir eine signierte Nachricht</translation>
    </message>
    <message>
        <source>Hello,

I have written you a letter that only you shall be able to read. To encrypt it, my mail program needs your certificate.

Please answer this message with a signed one. Your certificate comes with it, and the letter then goes to you by itself.

This request is signed, so that you have my certificate now.
</source>
        <translation>Guten Tag,

ich habe Ihnen einen Brief geschrieben, den nur Sie lesen können sollen. Um ihn zu verschlüsseln, braucht mein Mailprogramm Ihr Zertifikat.

Bitte antworten Sie auf diese Nachricht mit einer signierten. Ihr Zertifikat kommt mit ihr, und der Brief geht dann von selbst an Sie.

Diese Bitte ist signiert, damit Sie nun mein Zertifikat haben.
</translation>
    </message>
    <message>
        <source>Waits to be sealed and sent.</source>
        <translation>Wartet darauf, versiegelt und gesendet zu werden.</translation>
    </message>
    <message>
        <source>Waits for a certificate of %1. It goes by itself when one arrives.</source>
        <translation>Wartet auf ein Zertifikat von %1. Geht von selbst hinaus, sobald eines da ist.</translation>
    </message>
</context>
<context>
    <name>ui::AboutBox</name>
    <message>
        <source>About Waxwing</source>
        <translation>Über Waxwing</translation>
    </message>
    <message>
        <source>Waxwing %1</source>
        <translation>Waxwing %1</translation>
    </message>
    <message>
        <source>Mail that is sealed: signed and encrypted with S/MIME, with a relay of its own.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Post mit Siegel: signiert und verschlüsselt mit S/MIME, mit einem eigenen Relay.

Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
</context>
<context>
    <name>ui::AttachmentBar</name>
    <message>
        <source>1 byte</source>
        <translation>1 Byte</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>Alle speichern</translation>
    </message>
    <message>
        <source>Attachment %1</source>
        <translation>Anhang %1</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 speichern</translation>
    </message>
    <message>
        <source>Save %1 (%2)</source>
        <translation>%1 (%2) speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Read it in a window of its own, with a verdict of its own</source>
        <translation>In einem eigenen Fenster lesen, mit eigenem Urteil</translation>
    </message>
</context>
<context>
    <name>ui::AttachmentSaving</name>
    <message>
        <source>Save attachment</source>
        <translation>Anhang speichern</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>anhang</translation>
    </message>
    <message>
        <source>Save all attachments in</source>
        <translation>Alle Anhänge speichern in</translation>
    </message>
    <message>
        <source>message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>message from %1</source>
        <translation>Nachricht von %1</translation>
    </message>
</context>
<context>
    <name>ui::CertificateDialog</name>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>Verbürgt durch</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig von</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>May be used for</source>
        <translation>Darf verwendet werden für</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Inhaber</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256-Fingerabdruck</translation>
    </message>
    <message>
        <source>Certificate of %1</source>
        <translation>Zertifikat von %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>Zertifikat speichern</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>The certificate was saved.</source>
        <translation>Das Zertifikat wurde gespeichert.</translation>
    </message>
</context>
<context>
    <name>ui::ComposeDesk</name>
    <message>
        <source>Attach a file</source>
        <translation>Datei anhängen</translation>
    </message>
    <message>
        <source>The draft was not saved. %1</source>
        <translation>Der Entwurf wurde nicht gespeichert. %1</translation>
    </message>
    <message>
        <source>The server sees nothing of it until everybody has a certificate.</source>
        <translation>Der Server sieht nichts davon, bis alle ein Zertifikat haben.</translation>
    </message>
</context>
<context>
    <name>ui::ComposeWindow</name>
    <message>
        <source>&amp;Send later</source>
        <translation>&amp;Später senden</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Auss&amp;chneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Message body</source>
        <translation>Nachrichtentext</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>&amp;Attach a file…</source>
        <translation>&amp;Datei anhängen…</translation>
    </message>
    <message>
        <source>Save as &amp;draft</source>
        <translation>Als &amp;Entwurf speichern</translation>
    </message>
    <message>
        <source>Disca&amp;rd</source>
        <translation>Ver&amp;werfen</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>Bea&amp;rbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Cc</translation>
    </message>
    <message>
        <source>Bcc</source>
        <translation>Bcc</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;An</translation>
    </message>
    <message>
        <source>&amp;Cc</source>
        <translation>&amp;Cc</translation>
    </message>
    <message>
        <source>&amp;Bcc</source>
        <translation>&amp;Bcc</translation>
    </message>
    <message>
        <source>S&amp;ubject</source>
        <translation>Be&amp;treff</translation>
    </message>
    <message>
        <source>Si&amp;gn</source>
        <translation>S&amp;ignieren</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>E&amp;ncrypt</source>
        <translation>&amp;Verschlüsseln</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>%1 - %2 - Waxwing</source>
        <translation>%1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Neue Nachricht</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>Später senden</translation>
    </message>
    <message>
        <source>&amp;What the server sees</source>
        <translation>&amp;Was der Server sieht</translation>
    </message>
    <message>
        <source>What the server sees</source>
        <translation>Was der Server sieht</translation>
    </message>
    <message>
        <source>&amp;Hide from the server</source>
        <translation>Vor dem Server &amp;verbergen</translation>
    </message>
    <message>
        <source>The &amp;subject</source>
        <translation>Den &amp;Betreff</translation>
    </message>
    <message>
        <source>The subject and all &amp;names</source>
        <translation>Den Betreff und alle &amp;Namen</translation>
    </message>
    <message>
        <source>N&amp;othing of the header</source>
        <translation>Ni&amp;chts vom Kopf</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
</context>
<context>
    <name>ui::Dates</name>
    <message>
        <source>without a date</source>
        <translation>ohne Datum</translation>
    </message>
    <message>
        <source>today, %1</source>
        <translation>heute, %1</translation>
    </message>
    <message>
        <source>yesterday, %1</source>
        <translation>gestern, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day of the week, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>date, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>date format</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>ui::DemonstrationTour</name>
    <message>
        <source>Lunch on Friday</source>
        <translation>Mittagessen am Freitag</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>Freitag</translation>
    </message>
    <message>
        <source>Dear Bob,

would you like to have lunch with us on Friday? The table is for half past twelve; Carol comes too.

Yours
Alice
</source>
        <translation>Lieber Bob,

möchtest Du am Freitag mit uns zu Mittag essen? Der Tisch ist für halb eins bestellt; Carol kommt auch mit.

Herzlich
Alice
</translation>
    </message>
    <message>
        <source>Dear Bob,

please pay the 120 euros to the same account as always.

Yours
Alice
</source>
        <translation>Lieber Bob,

bitte überweise die 120 Euro auf dasselbe Konto wie immer.

Deine
Alice
</translation>
    </message>
    <message>
        <source>The bill</source>
        <translation>Die Rechnung</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>Neues Konto</translation>
    </message>
    <message>
        <source>Not for Bob</source>
        <translation>Nicht für Bob</translation>
    </message>
    <message>
        <source>The contract</source>
        <translation>Der Vertrag</translation>
    </message>
    <message>
        <source>Dear Carol,

the contract is ready.
</source>
        <translation>Liebe Carol,

der Vertrag ist fertig.
</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Dear Bob,

this one waits for the relay.
</source>
        <translation>Lieber Bob,

dieser Brief wartet auf das Relay.
</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>Die Liste</translation>
    </message>
    <message>
        <source>Dear all,

this is signed, and everybody may read it.
</source>
        <translation>Liebe alle,

das ist unterschrieben, und alle dürfen es lesen.
</translation>
    </message>
</context>
<context>
    <name>ui::Desktop</name>
    <message>
        <source>&amp;Start relay</source>
        <translation>Relay &amp;starten</translation>
    </message>
    <message>
        <source>S&amp;top relay</source>
        <translation>Relay &amp;anhalten</translation>
    </message>
    <message>
        <source>&amp;Open window as</source>
        <translation>&amp;Fenster öffnen als</translation>
    </message>
    <message>
        <source>Relay &amp;monitor</source>
        <translation>Relay-&amp;Monitor</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;New identity…</source>
        <translation>&amp;Neue Identität…</translation>
    </message>
    <message>
        <source>There is no identity %1 in %2 yet.</source>
        <translation>In %2 gibt es noch keine Identität %1.</translation>
    </message>
    <message>
        <source>New mail for %1</source>
        <translation>Neue Post für %1</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages.</source>
        <translation><numerusform>%n neue Nachricht.</numerusform><numerusform>%n neue Nachrichten.</numerusform></translation>
    </message>
    <message>
        <source>&amp;Join card</source>
        <translation>Beitritts&amp;karte</translation>
    </message>
</context>
<context>
    <name>ui::Files</name>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 ist schon vorhanden. Ersetzen?</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Find in message</source>
        <translation>In der Nachricht suchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>More than %1</source>
        <translation>Mehr als %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Found: %1</source>
        <translation>Gefunden: %1</translation>
    </message>
</context>
<context>
    <name>ui::FirstStartAssistant</name>
    <message>
        <source>Welcome - Waxwing</source>
        <translation>Willkommen - Waxwing</translation>
    </message>
    <message>
        <source>Waxwing seals letters</source>
        <translation>Waxwing versiegelt Briefe</translation>
    </message>
    <message>
        <source>It signs and encrypts your mail. How would you like to begin?</source>
        <translation>Es signiert und verschlüsselt Ihre E-Mails. Wie möchten Sie beginnen?</translation>
    </message>
    <message>
        <source>Look at the &amp;demonstration</source>
        <translation>&amp;Demonstration ansehen</translation>
    </message>
    <message>
        <source>Alice and Bob write to each other through the relay on this computer. Nothing leaves it.</source>
        <translation>Alice und Bob schreiben einander über das Relay auf diesem Rechner. Nichts verlässt ihn.</translation>
    </message>
    <message>
        <source>New keys, vouched for by the authority of this data directory. You need its passphrase.</source>
        <translation>Neue Schlüssel, für die die Zertifizierungsstelle dieses Datenverzeichnisses bürgt. Sie brauchen deren Passphrase.</translation>
    </message>
    <message>
        <source>Begin a &amp;team with an authority of its own</source>
        <translation>Ein &amp;Team mit eigener Zertifizierungsstelle gründen</translation>
    </message>
    <message>
        <source>You vouch for the others: they join with certificates that you issue.</source>
        <translation>Sie bürgen für die anderen: Diese treten mit Zertifikaten bei, die Sie ausstellen.</translation>
    </message>
    <message>
        <source>&amp;Join a team that exists</source>
        <translation>Einem bestehenden Team &amp;beitreten</translation>
    </message>
    <message>
        <source>Waxwing makes keys and a request file. Whoever runs the team's authority sends back your certificate.</source>
        <translation>Waxwing erzeugt Schlüssel und eine Anforderungsdatei. Wer die Zertifizierungsstelle des Teams betreibt, schickt Ihnen Ihr Zertifikat zurück.</translation>
    </message>
    <message>
        <source>The authority's passphrase</source>
        <translation>Passphrase der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>Passphrase wiederholen</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Ihr &amp;Name</translation>
    </message>
    <message>
        <source>Your &amp;address</source>
        <translation>Ihre &amp;Adresse</translation>
    </message>
    <message>
        <source>Name of the a&amp;uthority</source>
        <translation>Name der &amp;Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The authority's pa&amp;ssphrase</source>
        <translation>Passphrase der Zertif&amp;izierungsstelle</translation>
    </message>
    <message>
        <source>&amp;Kind of key</source>
        <translation>Schlüsse&amp;lart</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>Passphrase a&amp;gain</source>
        <translation>Passphrase &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>Zu&amp;rück</translation>
    </message>
    <message>
        <source>&amp;Make the keys</source>
        <translation>Schlüssel &amp;erzeugen</translation>
    </message>
    <message>
        <source>&amp;Save the request…</source>
        <translation>Anforderung &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Open my window</source>
        <translation>Mein &amp;Fenster öffnen</translation>
    </message>
    <message>
        <source>Save the request</source>
        <translation>Anforderung speichern</translation>
    </message>
    <message>
        <source>Your keys are made</source>
        <translation>Ihre Schlüssel sind erzeugt</translation>
    </message>
    <message>
        <source>Save the request and send the file to whoever runs your team's authority. It holds nothing secret. When the certificate comes back, import it in Identities and certificates; from then on you can sign, and others can encrypt to you.</source>
        <translation>Speichern Sie die Anforderung und senden Sie die Datei an die Person, die die Zertifizierungsstelle Ihres Teams betreibt. Die Datei enthält nichts Geheimes. Wenn das Zertifikat zurückkommt, importieren Sie es unter „Identitäten und Zertifikate“; von da an können Sie signieren, und andere können für Sie verschlüsseln.</translation>
    </message>
    <message>
        <source>A team with an authority of its own</source>
        <translation>Ein Team mit eigener Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>A new member</source>
        <translation>Ein neues Mitglied</translation>
    </message>
    <message>
        <source>Keys for a team that exists</source>
        <translation>Schlüssel für ein bestehendes Team</translation>
    </message>
    <message>
        <source>The authority's key is protected by the same passphrase as yours.</source>
        <translation>Der Schlüssel der Zertifizierungsstelle ist mit derselben Passphrase geschützt wie Ihrer.</translation>
    </message>
    <message>
        <source>Making the keys. This takes a moment.</source>
        <translation>Die Schlüssel werden erzeugt. Das dauert einen Moment.</translation>
    </message>
    <message>
        <source>The request was saved.</source>
        <translation>Die Anforderung wurde gespeichert.</translation>
    </message>
    <message>
        <source>The file's passphrase is wrong. Nothing was taken in; try it again.</source>
        <translation>Die Passphrase der Datei ist falsch. Es wurde nichts übernommen; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The certificate is for %1. Enter such an address, or none.</source>
        <translation>Das Zertifikat ist für %1. Geben Sie eine solche Adresse ein, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>Use a certificate that you &amp;have</source>
        <translation>Ein &amp;vorhandenes Zertifikat verwenden</translation>
    </message>
    <message>
        <source>A file that ends in .p12 or .pfx, from your employer or from an authority, with your key in it.</source>
        <translation>Eine Datei, die auf .p12 oder .pfx endet, von Ihrem Arbeitgeber oder einer Zertifizierungsstelle, mit Ihrem Schlüssel darin.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei auswählen…</translation>
    </message>
    <message>
        <source>The file's passphrase</source>
        <translation>Passphrase der Datei</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;The file's passphrase</source>
        <translation>Passphrase der Da&amp;tei</translation>
    </message>
    <message>
        <source>A certificate that you have</source>
        <translation>Ein vorhandenes Zertifikat</translation>
    </message>
    <message>
        <source>The keys are copied under a passphrase of your own, which may be another one than the file's. The file stays as it is.</source>
        <translation>Die Schlüssel werden unter eine eigene Passphrase kopiert, die eine andere sein darf als die der Datei. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Take the keys &amp;in</source>
        <translation>Schlüssel ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>as in the certificate</source>
        <translation>wie im Zertifikat</translation>
    </message>
    <message>
        <source>Choose your certificate</source>
        <translation>Zertifikat auswählen</translation>
    </message>
    <message>
        <source>Keys with certificates (*.p12 *.pfx);;All files (*)</source>
        <translation>Schlüssel mit Zertifikaten (*.p12 *.pfx);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Taking the keys in. This takes a moment.</source>
        <translation>Die Schlüssel werden übernommen. Das dauert einen Moment.</translation>
    </message>
    <message>
        <source>Join with a &amp;card</source>
        <translation>Mit einer &amp;Karte beitreten</translation>
    </message>
    <message>
        <source>For a class or a team at one relay: its join card says where it is and who vouches for it.</source>
        <translation>Für eine Klasse oder ein Team an einem Relay: Dessen Beitrittskarte sagt, wo es ist und wer für es bürgt.</translation>
    </message>
    <message>
        <source>Join with a card</source>
        <translation>Mit einer Karte beitreten</translation>
    </message>
    <message>
        <source>Whoever runs the relay has the card on the screen: Join card, in the menu of the relay.</source>
        <translation>Wer das Relay betreibt, hat die Karte auf dem Bildschirm: Beitrittskarte, im Menü des Relays.</translation>
    </message>
    <message>
        <source>Password of your mailbox</source>
        <translation>Passwort Ihres Postfachs</translation>
    </message>
    <message>
        <source>Password of your mailbo&amp;x</source>
        <translation>Passwort Ihres Postfa&amp;chs</translation>
    </message>
    <message>
        <source>Your address and the password of your mailbox come from whoever runs the relay.</source>
        <translation>Ihre Adresse und das Passwort Ihres Postfachs bekommen Sie von dem, der das Relay betreibt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no mail address. One looks like name@example.org.</source>
        <translation>„%1“ ist keine E-Mail-Adresse. Eine sieht aus wie name@example.org.</translation>
    </message>
    <message>
        <source>Still missing: %1.</source>
        <translation>Es fehlt noch: %1.</translation>
    </message>
</context>
<context>
    <name>ui::FolderView</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>ui::IdentitiesWindow</name>
    <message>
        <source>Issue</source>
        <translation>Ausstellen</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Choose the certificate in the list first.</source>
        <translation>Wählen Sie zuerst das Zertifikat in der Liste.</translation>
    </message>
    <message>
        <source>There is neither a key nor a certificate in this file, or it is damaged. Choose one such as .p12, .pem, .crt or .cer.</source>
        <translation>In dieser Datei ist weder ein Schlüssel noch ein Zertifikat, oder sie ist beschädigt. Wählen Sie eine, etwa .p12, .pem, .crt oder .cer.</translation>
    </message>
    <message>
        <source>Issue certificates</source>
        <translation>Zertifikate ausstellen</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificate requests (*.csr *.pem *.der *.req);;All files (*)</source>
        <translation>Zertifikatsanforderungen (*.csr *.pem *.der *.req);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The certificate will be for %1. Issue only to people whom you know: everybody here will trust it. Give the authority's passphrase.</source>
        <translation>Das Zertifikat wird für %1 ausgestellt. Stellen Sie Zertifikate nur für Personen aus, die Sie kennen: Alle hier werden ihm vertrauen. Geben Sie die Passphrase der Zertifizierungsstelle ein.</translation>
    </message>
    <message>
        <source>The certificates will be for these people. Issue only to people whom you know: everybody here will trust them. Give the authority's passphrase.</source>
        <translation>Für diese Personen werden Zertifikate ausgestellt. Stellen Sie Zertifikate nur für Personen aus, die Sie kennen: Alle hier werden ihnen vertrauen. Geben Sie die Passphrase der Zertifizierungsstelle ein.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Save the certificate for the requester</source>
        <translation>Zertifikat für die anfordernde Person speichern</translation>
    </message>
    <message>
        <source>The certificate was issued. From this list it can be saved later, too.</source>
        <translation>Das Zertifikat wurde ausgestellt. Aus dieser Liste lässt es sich auch später speichern.</translation>
    </message>
    <message>
        <source>The certificate was issued. Send the file to whoever asked for it.</source>
        <translation>Das Zertifikat wurde ausgestellt. Senden Sie die Datei an die Person, die es angefordert hat.</translation>
    </message>
    <message>
        <source>Revoke a certificate</source>
        <translation>Zertifikat widerrufen</translation>
    </message>
    <message>
        <source>Mail signed with the certificate of %1 will no longer be verified. This cannot be undone. Give the authority's passphrase.</source>
        <translation>E-Mails, die mit dem Zertifikat von %1 signiert sind, werden nicht mehr als bestätigt gelten. Das lässt sich nicht rückgängig machen. Geben Sie die Passphrase der Zertifizierungsstelle ein.</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1, in Gebrauch</translation>
    </message>
    <message>
        <source>signs and receives</source>
        <translation>signiert und empfängt</translation>
    </message>
    <message>
        <source>signs</source>
        <translation>signiert</translation>
    </message>
    <message>
        <source>receives</source>
        <translation>empfängt</translation>
    </message>
    <message>
        <source>Identities and certificates - %1 - Waxwing</source>
        <translation>Identitäten und Zertifikate - %1 - Waxwing</translation>
    </message>
    <message>
        <source>From now on you trust whom this authority vouches for.</source>
        <translation>Von jetzt an vertrauen Sie allen, für die diese Zertifizierungsstelle bürgt.</translation>
    </message>
    <message>
        <source>&amp;My keys</source>
        <translation>&amp;Meine Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Other people</source>
        <translation>&amp;Andere Personen</translation>
    </message>
    <message>
        <source>&amp;Trust</source>
        <translation>&amp;Vertrauen</translation>
    </message>
    <message>
        <source>&amp;Authority</source>
        <translation>&amp;Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>My keys</source>
        <translation>Meine Schlüssel</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Change passphrase…</source>
        <translation>&amp;Passphrase ändern…</translation>
    </message>
    <message>
        <source>Unlock the keys of %1</source>
        <translation>Schlüssel von %1 entsperren</translation>
    </message>
    <message>
        <source>Give the passphrase of %1.</source>
        <translation>Geben Sie die Passphrase von %1 ein.</translation>
    </message>
    <message>
        <source>What you sign with, and what others encrypt to. Old keys stay, so that old mail can be opened.</source>
        <translation>Womit Sie signieren und wofür andere verschlüsseln. Alte Schlüssel bleiben erhalten, damit sich alte E-Mails öffnen lassen.</translation>
    </message>
    <message>
        <source>Certificates of other people</source>
        <translation>Zertifikate anderer Personen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>Verbürgt durch</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>Learnt from signed mail or imported. Members of this data directory are found by themselves.</source>
        <translation>Aus signierten E-Mails übernommen oder importiert. Mitglieder dieses Datenverzeichnisses werden von selbst gefunden.</translation>
    </message>
    <message>
        <source>Trusted authorities</source>
        <translation>Vertrauenswürdige Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>A signature counts as verified only if one of these vouches for the signer.</source>
        <translation>Eine Signatur gilt nur dann als bestätigt, wenn eine dieser Stellen für den Unterzeichner bürgt.</translation>
    </message>
    <message>
        <source>Issued certificates</source>
        <translation>Ausgestellte Zertifikate</translation>
    </message>
    <message>
        <source>I&amp;ssue for requests…</source>
        <translation>Für Anforderungen a&amp;usstellen…</translation>
    </message>
    <message>
        <source>Re&amp;voke…</source>
        <translation>Zertifikat wide&amp;rrufen…</translation>
    </message>
    <message>
        <source>The authority of this data directory and what it has signed.</source>
        <translation>Die Zertifizierungsstelle dieses Datenverzeichnisses und was sie signiert hat.</translation>
    </message>
    <message>
        <source>&amp;Lock the keys</source>
        <translation>&amp;Schlüssel sperren</translation>
    </message>
    <message>
        <source>Un&amp;lock the keys…</source>
        <translation>Schlüssel en&amp;tsperren…</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>this data directory</source>
        <translation>dieses Datenverzeichnis</translation>
    </message>
    <message>
        <source>added for all</source>
        <translation>für alle hinzugefügt</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>von Ihnen hinzugefügt</translation>
    </message>
    <message>
        <source>revoked on %1</source>
        <translation>widerrufen am %1</translation>
    </message>
    <message>
        <source>issued on %1</source>
        <translation>ausgestellt am %1</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Keys and certificates (*.p12 *.pfx *.pem *.crt *.cer *.der *.p7b *.p7c *.crl);;All files (*)</source>
        <translation>Schlüssel und Zertifikate (*.p12 *.pfx *.pem *.crt *.cer *.der *.p7b *.p7c *.crl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>There was nothing new in this file.</source>
        <translation>In dieser Datei war nichts Neues.</translation>
    </message>
    <message numerus="yes">
        <source>%n keys were imported.</source>
        <translation><numerusform>%n Schlüssel wurde importiert.</numerusform><numerusform>%n Schlüssel wurden importiert.</numerusform></translation>
    </message>
    <message>
        <source>Your key has its certificate now.</source>
        <translation>Ihr Schlüssel hat jetzt sein Zertifikat.</translation>
    </message>
    <message numerus="yes">
        <source>%n certificates of other people were imported.</source>
        <translation><numerusform>%n Zertifikat einer anderen Person wurde importiert.</numerusform><numerusform>%n Zertifikate anderer Personen wurden importiert.</numerusform></translation>
    </message>
    <message>
        <source>Trust this authority</source>
        <translation>Dieser Zertifizierungsstelle vertrauen</translation>
    </message>
    <message>
        <source>Trust all of them</source>
        <translation>Allen diesen vertrauen</translation>
    </message>
    <message>
        <source>From now on you trust whom these authorities vouch for.</source>
        <translation>Von jetzt an vertrauen Sie allen, für die diese Zertifizierungsstellen bürgen.</translation>
    </message>
    <message numerus="yes">
        <source>%n authorities came along that you do not trust: %1.</source>
        <translation><numerusform>%n Zertifizierungsstelle war dabei, der Sie nicht vertrauen: %1.</numerusform><numerusform>%n Zertifizierungsstellen waren dabei, denen Sie nicht vertrauen: %1.</numerusform></translation>
    </message>
    <message>
        <source>Add those that you trust on the page Trust, from files of their own.</source>
        <translation>Fügen Sie die, denen Sie vertrauen, auf der Seite Vertrauen hinzu, aus eigenen Dateien.</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>Schlüssel exportieren</translation>
    </message>
    <message>
        <source>The file holds all your keys, old ones too, and gets a passphrase of its own. Whoever has both can read your mail and sign as you.</source>
        <translation>Die Datei enthält alle Ihre Schlüssel, auch die alten, und erhält eine eigene Passphrase. Wer beides hat, kann Ihre Post lesen und in Ihrem Namen signieren.</translation>
    </message>
    <message>
        <source>Save the keys</source>
        <translation>Schlüssel speichern</translation>
    </message>
    <message>
        <source>The keys were exported.</source>
        <translation>Die Schlüssel wurden exportiert.</translation>
    </message>
    <message>
        <source>Change the passphrase of %1</source>
        <translation>Passphrase von %1 ändern</translation>
    </message>
    <message>
        <source>All keys are encrypted anew under the new passphrase.</source>
        <translation>Alle Schlüssel werden unter der neuen Passphrase neu verschlüsselt.</translation>
    </message>
    <message>
        <source>The passphrase was changed.</source>
        <translation>Die Passphrase wurde geändert.</translation>
    </message>
    <message>
        <source>Trust an authority</source>
        <translation>Einer Zertifizierungsstelle vertrauen</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer *.der);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;New keys…</source>
        <translation>&amp;Neue Schlüssel…</translation>
    </message>
    <message>
        <source>The new keys are in use from now on.</source>
        <translation>Die neuen Schlüssel werden ab jetzt verwendet.</translation>
    </message>
    <message>
        <source>Save the request</source>
        <translation>Anfrage speichern</translation>
    </message>
    <message>
        <source>The request was saved. Send it to whoever runs your authority, and import the certificate that comes back.</source>
        <translation>Die Anfrage wurde gespeichert. Senden Sie sie an die Person, die Ihre Zertifizierungsstelle betreibt, und importieren Sie das Zertifikat, das zurückkommt.</translation>
    </message>
    <message>
        <source>As&amp;k the network whether a signer&apos;s certificate was revoked</source>
        <translation>Im Netz nachfra&amp;gen, ob das Zertifikat eines Unterzeichners widerrufen wurde</translation>
    </message>
    <message>
        <source>Whoever is asked, usually the authority that issued the certificate, learns that you read a message of its holder. Without this, only lists and answers that came with mail are used.</source>
        <translation>Wer gefragt wird, meist die Zertifizierungsstelle, die das Zertifikat ausgestellt hat, erfährt, dass Sie eine Nachricht des Inhabers lesen. Sonst werden nur Listen und Antworten verwendet, die mit E-Mails kamen.</translation>
    </message>
    <message>
        <source>&amp;Verified only with word that the certificate was not revoked</source>
        <translation>&amp;Bestätigt nur mit der Auskunft, dass das Zertifikat nicht widerrufen ist</translation>
    </message>
    <message>
        <source>The certificate of %1 was removed.</source>
        <translation>Das Zertifikat von %1 wurde entfernt.</translation>
    </message>
    <message>
        <source>This is the authority of this data directory. Everybody in it trusts it, so it stays.</source>
        <translation>Das ist die Zertifizierungsstelle dieses Datenverzeichnisses. Alle darin vertrauen ihr, deshalb bleibt sie.</translation>
    </message>
    <message>
        <source>From now on you do not trust whom %1 vouches for.</source>
        <translation>Von jetzt an vertrauen Sie niemandem mehr, nur weil %1 für ihn bürgt.</translation>
    </message>
    <message>
        <source>There was nothing new in these files.</source>
        <translation>In diesen Dateien war nichts Neues.</translation>
    </message>
    <message>
        <source>%1 is protected by a passphrase of its own, chosen when it was made.</source>
        <translation>%1 ist durch eine eigene Passphrase geschützt, die beim Erstellen gewählt wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%n certificates were issued. From this list they can be saved later, too.</source>
        <translation><numerusform>%n Zertifikat wurde ausgestellt. Aus dieser Liste lässt es sich auch später speichern.</numerusform><numerusform>%n Zertifikate wurden ausgestellt. Aus dieser Liste lassen sie sich auch später speichern.</numerusform></translation>
    </message>
    <message>
        <source>Save the certificates for the requesters in</source>
        <translation>Zertifikate für die anfordernden Personen speichern in</translation>
    </message>
    <message>
        <source>The certificates were issued. Send each file to the person it is named after.</source>
        <translation>Die Zertifikate wurden ausgestellt. Senden Sie jede Datei an die Person, nach der sie benannt ist.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>The certificate was revoked. Members of this data directory know it at once; export the revocation list for all others.</source>
        <translation>Das Zertifikat wurde widerrufen. Die Mitglieder dieses Datenverzeichnisses erfahren es sofort; exportieren Sie für alle anderen die Widerrufsliste.</translation>
    </message>
    <message>
        <source>E&amp;xport the revocation list…</source>
        <translation>Widerrufsliste e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Export the revocation list</source>
        <translation>Widerrufsliste exportieren</translation>
    </message>
    <message>
        <source>The list says to others which certificates you have revoked, and is signed with today's date. Give the authority's passphrase.</source>
        <translation>Die Liste sagt anderen, welche Zertifikate Sie widerrufen haben, und wird mit dem heutigen Datum signiert. Geben Sie die Passphrase der Zertifizierungsstelle ein.</translation>
    </message>
    <message>
        <source>Save the revocation list</source>
        <translation>Widerrufsliste speichern</translation>
    </message>
    <message>
        <source>The revocation list was saved. Whoever trusts your authority can import it.</source>
        <translation>Die Widerrufsliste wurde gespeichert. Wer Ihrer Zertifizierungsstelle vertraut, kann sie importieren.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n lists of revoked certificates were imported.</source>
        <translation><numerusform>%n Liste widerrufener Zertifikate wurde importiert.</numerusform><numerusform>%n Listen widerrufener Zertifikate wurden importiert.</numerusform></translation>
    </message>
    <message>
        <source>This list of revoked certificates is signed by nobody whom you trust. Add its authority on the page Trust first.</source>
        <translation>Diese Liste widerrufener Zertifikate ist von niemandem signiert, dem Sie vertrauen. Fügen Sie zuerst auf der Seite Vertrauen die Zertifizierungsstelle hinzu.</translation>
    </message>
    <message>
        <source>&amp;Forget in keyring</source>
        <translation>Aus &amp;dem Schlüsselbund nehmen</translation>
    </message>
    <message>
        <source>Take the passphrase out of this desktop&apos;s keyring, so that it is asked for again.</source>
        <translation>Die Passphrase aus dem Schlüsselbund dieses Desktops nehmen, sodass wieder nach ihr gefragt wird.</translation>
    </message>
    <message>
        <source>This desktop&apos;s keyring has forgotten the passphrase.</source>
        <translation>Die Passphrase ist nicht mehr im Schlüsselbund dieses Desktops.</translation>
    </message>
    <message>
        <source>Sho&amp;w…</source>
        <translation>Zertifi&amp;kat zeigen…</translation>
    </message>
    <message>
        <source>What the chosen certificate says; it can be saved from there.</source>
        <translation>Was in dem ausgewählten Zertifikat steht; dort lässt es sich auch speichern.</translation>
    </message>
    <message>
        <source>There is no certificate for this key yet.</source>
        <translation>Für diesen Schlüssel gibt es noch kein Zertifikat.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>ui::InspectorParts</name>
    <message>
        <source>this is you</source>
        <translation>das sind Sie</translation>
    </message>
    <message>
        <source>%1: this is you</source>
        <translation>%1: das sind Sie</translation>
    </message>
    <message>
        <source>CMS that cannot be read</source>
        <translation>CMS, das sich nicht lesen lässt</translation>
    </message>
    <message>
        <source>part %1</source>
        <translation>teil %1</translation>
    </message>
    <message>
        <source>Part %1, %2</source>
        <translation>Teil %1, %2</translation>
    </message>
    <message>
        <source>CMS object: %1</source>
        <translation>CMS-Objekt: %1</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>ASN.1 elements</source>
        <translation>ASN.1-Elemente</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>&amp;Felder</translation>
    </message>
    <message>
        <source>&amp;ASN.1</source>
        <translation>&amp;ASN.1</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter…</translation>
    </message>
    <message>
        <source>Save as it a&amp;rrived…</source>
        <translation>Speichern, &amp;wie es ankam…</translation>
    </message>
    <message>
        <source>%1
Octets %2 to %3</source>
        <translation>%1
Oktette %2 bis %3</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Transfer encoding</source>
        <translation>Übertragungskodierung</translation>
    </message>
    <message>
        <source>Character set</source>
        <translation>Zeichensatz</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Begin, in octets</source>
        <translation>Beginn, in Oktetten</translation>
    </message>
    <message>
        <source>Begin of the body</source>
        <translation>Beginn des Inhalts</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>%1 at offset %2</source>
        <translation>%1 an Position %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1, indefinite</source>
        <translation>%1, unbestimmt</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>It was saved.</source>
        <translation>Es wurde gespeichert.</translation>
    </message>
    <message>
        <source>is not in here</source>
        <translation>liegt nicht darin</translation>
    </message>
    <message>
        <source>%1 octets</source>
        <translation>%1 Oktette</translation>
    </message>
</context>
<context>
    <name>ui::InspectorStep</name>
    <message>
        <source>Details of %1</source>
        <translation>Einzelheiten zu %1</translation>
    </message>
</context>
<context>
    <name>ui::InspectorWindow</name>
    <message>
        <source>Every step of opening: %1 - %2 - Waxwing</source>
        <translation>Jeder Schritt beim Öffnen: %1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>The way of this letter from the outside in. The values are those that were really used.</source>
        <translation>Der Weg dieses Briefes von außen nach innen. Die Werte sind die tatsächlich verwendeten.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>&amp;Parts and fields</source>
        <translation>&amp;Teile und Felder</translation>
    </message>
    <message>
        <source>S&amp;teps</source>
        <translation>Schr&amp;itte</translation>
    </message>
</context>
<context>
    <name>ui::JoinCardWindow</name>
    <message>
        <source>Join card - Waxwing</source>
        <translation>Beitrittskarte - Waxwing</translation>
    </message>
    <message>
        <source>With this card others take part at the relay of this computer. On theirs: New identity, then &quot;Join with a card&quot;. Compare the words aloud: they prove that nobody stands between. Each also needs a mailbox and its password: Relay monitor, Mailboxes.</source>
        <translation>Mit dieser Karte nehmen andere am Relay dieses Rechners teil. Bei ihnen: Neue Identität, dann „Mit einer Karte beitreten“. Vergleichen Sie die Wörter laut: Sie beweisen, dass niemand dazwischensteht. Alle brauchen außerdem ein Postfach und dessen Passwort: Relay-Monitor, Postfächer.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Under which the others reach this computer</source>
        <translation>Unter der die anderen diesen Rechner erreichen</translation>
    </message>
    <message>
        <source>The card as a line to type</source>
        <translation>Die Karte als Zeile zum Tippen</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Its fingerprint</source>
        <translation>Ihr Fingerabdruck</translation>
    </message>
    <message>
        <source>As a &amp;line</source>
        <translation>Als &amp;Zeile</translation>
    </message>
    <message>
        <source>&amp;Start the relay</source>
        <translation>Relay &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Open the relay to the network</source>
        <translation>Relay fürs &amp;Netz öffnen</translation>
    </message>
    <message>
        <source>It starts anew and then listens at all addresses of this computer. From elsewhere everybody has to log in, under encryption.</source>
        <translation>Es startet neu und ist dann unter allen Adressen dieses Rechners zu erreichen. Von anderswo muss sich jeder anmelden, verschlüsselt.</translation>
    </message>
    <message>
        <source>The authority's passphrase</source>
        <translation>Passphrase der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>&amp;Issue the certificate</source>
        <translation>Zertifikat a&amp;usstellen</translation>
    </message>
    <message>
        <source>Sa&amp;ve as a file…</source>
        <translation>Als Datei s&amp;peichern…</translation>
    </message>
    <message>
        <source>&amp;Copy the line</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>Clos&amp;e</source>
        <translation>Schli&amp;eßen</translation>
    </message>
    <message>
        <source>%1 for sending, %2 for reading</source>
        <translation>%1 zum Senden, %2 zum Lesen</translation>
    </message>
    <message>
        <source>The relay is not running. Start it: then the card says where it is.</source>
        <translation>Das Relay läuft nicht. Starten Sie es: Dann sagt die Karte, wo es ist.</translation>
    </message>
    <message>
        <source>The relay has no certificate, so that nobody could be sure of it. Stop it and start it again.</source>
        <translation>Das Relay hat kein Zertifikat, sodass niemand sicher sein könnte, dass es dieses ist. Stoppen Sie es und starten Sie es wieder.</translation>
    </message>
    <message>
        <source>This computer is in no network. Connect it to the others'; then open this window again.</source>
        <translation>Dieser Rechner ist in keinem Netz. Verbinden Sie ihn mit dem der anderen; öffnen Sie dann dieses Fenster noch einmal.</translation>
    </message>
    <message>
        <source>Only programs on this computer reach the relay at %1. Open it to the network, so that the card is of use elsewhere.</source>
        <translation>Nur Programme auf diesem Rechner erreichen das Relay unter %1. Öffnen Sie es fürs Netz, damit die Karte anderswo nützt.</translation>
    </message>
    <message>
        <source>The relay's certificate does not name %1, so that the others would refuse it. The authority can issue one that does.</source>
        <translation>Das Zertifikat des Relays nennt %1 nicht, sodass die anderen es ablehnen würden. Die Zertifizierungsstelle kann eines ausstellen, das es nennt.</translation>
    </message>
    <message>
        <source>Save the join card</source>
        <translation>Beitrittskarte speichern</translation>
    </message>
    <message>
        <source>The card was saved. Hand the file to the others, or let them open it from a common folder.</source>
        <translation>Die Karte wurde gespeichert. Geben Sie die Datei den anderen, oder lassen Sie sie aus einem gemeinsamen Ordner öffnen.</translation>
    </message>
    <message>
        <source>The certificate that the relay was given does not name %1, so that the others would refuse it. Choose an address that it names, or give the relay one that names this.</source>
        <translation>Das Zertifikat, das dem Relay gegeben wurde, nennt %1 nicht, sodass die anderen es ablehnen würden. Wählen Sie eine Adresse, die es nennt, oder geben Sie dem Relay eines, das diese nennt.</translation>
    </message>
    <message>
        <source>The relay's certificate does not name %1, so that the others would refuse it. Stop the relay and start it again: then it makes one that does.</source>
        <translation>Das Zertifikat des Relays nennt %1 nicht, sodass die anderen es ablehnen würden. Halten Sie das Relay an und starten Sie es neu: dann macht es eines, das sie nennt.</translation>
    </message>
</context>
<context>
    <name>ui::JoinPage</name>
    <message>
        <source>Word %1 is not one of the words that a card can have. Ask for it again.</source>
        <translation>Wort %1 gehört nicht zu den Wörtern, die eine Karte haben kann. Fragen Sie noch einmal danach.</translation>
    </message>
    <message>
        <source>The words do not fit. One is missing, wrong or in another place; or this is not the relay that the card names. Ask for the words again.</source>
        <translation>Die Wörter passen nicht. Eines fehlt, ist falsch oder steht an anderer Stelle; oder dies ist nicht das Relay, das die Karte nennt. Fragen Sie noch einmal nach den Wörtern.</translation>
    </message>
    <message>
        <source>This is not a join card. A card is a file, or a line with an address, two numbers and twelve words.</source>
        <translation>Das ist keine Beitrittskarte. Eine Karte ist eine Datei oder eine Zeile mit einer Adresse, zwei Zahlen und zwölf Wörtern.</translation>
    </message>
    <message>
        <source>The relay of this card cannot be asked. Check that both computers are in one network, and that the relay runs.</source>
        <translation>Das Relay dieser Karte lässt sich nicht fragen. Prüfen Sie, ob beide Rechner in einem Netz sind und ob das Relay läuft.</translation>
    </message>
    <message>
        <source>&amp;Card: paste it, or type the line that you were told</source>
        <translation>&amp;Karte: einfügen oder die Zeile tippen, die man Ihnen gesagt hat</translation>
    </message>
    <message>
        <source>Join card</source>
        <translation>Beitrittskarte</translation>
    </message>
    <message>
        <source>Open a &amp;file…</source>
        <translation>&amp;Datei öffnen…</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Open a join card</source>
        <translation>Beitrittskarte öffnen</translation>
    </message>
    <message>
        <source>Join cards (*.waxwing-join);;All files (*)</source>
        <translation>Beitrittskarten (*.waxwing-join);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Look at the card</source>
        <translation>Karte &amp;ansehen</translation>
    </message>
    <message>
        <source>Asking the relay at %1 who vouches for it.</source>
        <translation>Das Relay unter %1 wird gefragt, wer für es bürgt.</translation>
    </message>
    <message>
        <source>The relay at %1, for which &quot;%2&quot; vouches. Are these the words on the screen of whoever gave you the card?</source>
        <translation>Das Relay unter %1, für das „%2“ bürgt. Sind dies die Wörter auf dem Bildschirm dessen, der Ihnen die Karte gab?</translation>
    </message>
    <message>
        <source>They are the &amp;same</source>
        <translation>Es &amp;sind dieselben</translation>
    </message>
</context>
<context>
    <name>ui::KeyTypeField</name>
    <message>
        <source>Kind of key</source>
        <translation>Schlüsselart</translation>
    </message>
</context>
<context>
    <name>ui::LinkQuestion</name>
    <message>
        <source>This link leads to %1. Open it in the browser?</source>
        <translation>Dieser Link führt zu %1. Im Browser öffnen?</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>&amp;New message</source>
        <translation>&amp;Neue Nachricht</translation>
    </message>
    <message>
        <source>&amp;Get mail</source>
        <translation>Post &amp;abrufen</translation>
    </message>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;Antworten</translation>
    </message>
    <message>
        <source>Reply &amp;all</source>
        <translation>Allen an&amp;tworten</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Weiterleiten</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Empty the trash…</source>
        <translation>&amp;Papierkorb leeren…</translation>
    </message>
    <message>
        <source>Mark as &amp;unread</source>
        <translation>Als &amp;ungelesen markieren</translation>
    </message>
    <message>
        <source>&amp;Save message as…</source>
        <translation>Nachricht &amp;speichern unter…</translation>
    </message>
    <message>
        <source>&amp;What arrived, octet by octet</source>
        <translation>&amp;Was eintraf, Oktett für Oktett</translation>
    </message>
    <message>
        <source>&amp;Every step of opening it</source>
        <translation>&amp;Jeder Schritt beim Öffnen</translation>
    </message>
    <message>
        <source>&amp;Identities and certificates</source>
        <translation>&amp;Identitäten und Zertifikate</translation>
    </message>
    <message>
        <source>&amp;Lock the keys</source>
        <translation>Schlüssel &amp;sperren</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;About Waxwing</source>
        <translation>&amp;Über Waxwing</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Newest first</source>
        <translation>&amp;Neueste zuerst</translation>
    </message>
    <message>
        <source>&amp;Oldest first</source>
        <translation>Ä&amp;lteste zuerst</translation>
    </message>
    <message>
        <source>S&amp;ender</source>
        <translation>&amp;Absender</translation>
    </message>
    <message>
        <source>&amp;Subject</source>
        <translation>&amp;Betreff</translation>
    </message>
    <message>
        <source>Sea&amp;l</source>
        <translation>&amp;Siegel</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search mail</source>
        <translation>Post durchsuchen</translation>
    </message>
    <message>
        <source>Choose a message to read it.</source>
        <translation>Wählen Sie eine Nachricht aus, um sie zu lesen.</translation>
    </message>
    <message>
        <source>%1 - %2 - Waxwing</source>
        <translation>%1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>Un&amp;lock the keys…</source>
        <translation>Schlüssel &amp;entsperren…</translation>
    </message>
    <message>
        <source>&amp;Send again</source>
        <translation>Erneut &amp;senden</translation>
    </message>
    <message>
        <source>Arc&amp;hive</source>
        <translation>Arc&amp;hivieren</translation>
    </message>
    <message>
        <source>Mail se&amp;rvers…</source>
        <translation>Mailser&amp;ver…</translation>
    </message>
    <message>
        <source>&amp;Move to</source>
        <translation>&amp;Verschieben nach</translation>
    </message>
    <message>
        <source>Search people, subjects and texts</source>
        <translation>Personen, Betreffe und Texte durchsuchen</translation>
    </message>
    <message>
        <source>Mark as rea&amp;d</source>
        <translation>Als ge&amp;lesen markieren</translation>
    </message>
    <message>
        <source>&amp;Open a message…</source>
        <translation>Nachricht &amp;öffnen…</translation>
    </message>
    <message>
        <source>&amp;Import mail…</source>
        <translation>E-Mails &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Next unread message</source>
        <translation>&amp;Nächste ungelesene Nachricht</translation>
    </message>
</context>
<context>
    <name>ui::MessageBrowser</name>
    <message>
        <source>Message text</source>
        <translation>Nachrichtentext</translation>
    </message>
</context>
<context>
    <name>ui::MessageListView</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>ui::MessagePassword</name>
    <message>
        <source>Password of the message</source>
        <translation>Passwort der Nachricht</translation>
    </message>
    <message>
        <source>Give the password that the sender encrypted this message with. It is not kept.</source>
        <translation>Geben Sie das Passwort ein, mit dem der Absender diese Nachricht verschlüsselt hat. Es wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>ui::MessageView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation><numerusform>und %n weitere Person</numerusform><numerusform>und %n weitere Personen</numerusform></translation>
    </message>
    <message>
        <source>Outside the protected part</source>
        <translation>Außerhalb des geschützten Teils</translation>
    </message>
    <message>
        <source>not protected</source>
        <translation>nicht geschützt</translation>
    </message>
    <message>
        <source>without a sender</source>
        <translation>ohne Absender</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>sent by %1</source>
        <translation>gesendet von %1</translation>
    </message>
    <message>
        <source>copy to %1</source>
        <translation>Kopie an %1</translation>
    </message>
    <message>
        <source>blind copy to %1</source>
        <translation>Blindkopie an %1</translation>
    </message>
    <message>
        <source>Outside the protected part, from anybody on the way:</source>
        <translation>Außerhalb des geschützten Teils, von irgendjemandem unterwegs:</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>signiert</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>signed and encrypted</source>
        <translation>signiert und verschlüsselt</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>You read</source>
        <translation>Sie lesen</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>dasselbe</translation>
    </message>
    <message>
        <source>Protected parts</source>
        <translation>Geschützte Teile</translation>
    </message>
    <message>
        <source>Protected part %1</source>
        <translation>Geschützter Teil %1</translation>
    </message>
    <message>
        <source>&amp;Find in message</source>
        <translation>In der Nachricht s&amp;uchen</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>&amp;Vorige Fundstelle</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größere Schrift</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>&amp;Kleinere Schrift</translation>
    </message>
    <message>
        <source>Te&amp;xt of normal size</source>
        <translation>&amp;Normale Schriftgröße</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>Gesendet von</translation>
    </message>
    <message>
        <source>Copy to</source>
        <translation>Kopie an</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Print message</source>
        <translation>Nachricht drucken</translation>
    </message>
    <message>
        <source>The server sees this subject: %1</source>
        <translation>Der Server sieht diesen Betreff: %1</translation>
    </message>
    <message>
        <source>The server sees</source>
        <translation>Der Server sieht</translation>
    </message>
    <message>
        <source>What the server sees</source>
        <translation>Was der Server sieht</translation>
    </message>
    <message>
        <source>What the se&amp;rver sees</source>
        <translation>Was der Se&amp;rver sieht</translation>
    </message>
</context>
<context>
    <name>ui::NewKeysDialog</name>
    <message>
        <source>New keys</source>
        <translation>Neue Schlüssel</translation>
    </message>
    <message>
        <source>The new keys are used from now on. The old ones stay, so that old mail can be opened.</source>
        <translation>Die neuen Schlüssel werden ab dann verwendet. Die alten bleiben, damit sich alte Nachrichten öffnen lassen.</translation>
    </message>
    <message>
        <source>Waxwing makes the keys and a request file for whoever runs your authority. They are used when the certificate comes back.</source>
        <translation>Waxwing erzeugt die Schlüssel und eine Anfragedatei für die Person, die Ihre Zertifizierungsstelle betreibt. Verwendet werden sie, sobald das Zertifikat zurückkommt.</translation>
    </message>
    <message>
        <source>&amp;Kind of key</source>
        <translation>S&amp;chlüsselart</translation>
    </message>
    <message>
        <source>The authority's passphrase</source>
        <translation>Passphrase der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The authority's &amp;passphrase</source>
        <translation>&amp;Passphrase der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Make the keys</source>
        <translation>Schlüssel erzeugen</translation>
    </message>
</context>
<context>
    <name>ui::NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>ui::OutlookLine</name>
    <message>
        <source>Unlock the keys…</source>
        <translation>Schlüssel entsperren…</translation>
    </message>
    <message>
        <source>Import a certificate…</source>
        <translation>Zertifikat importieren…</translation>
    </message>
    <message>
        <source>New keys…</source>
        <translation>Neue Schlüssel…</translation>
    </message>
    <message>
        <source>Do not sign</source>
        <translation>Nicht signieren</translation>
    </message>
    <message>
        <source>Do not encrypt</source>
        <translation>Nicht verschlüsseln</translation>
    </message>
    <message>
        <source>Encrypt</source>
        <translation>Verschlüsseln</translation>
    </message>
    <message>
        <source>It may be read</source>
        <translation>Er darf gelesen werden</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Herausnehmen</translation>
    </message>
</context>
<context>
    <name>ui::PassphraseDialog</name>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>&amp;Present passphrase</source>
        <translation>&amp;Jetzige Passphrase</translation>
    </message>
    <message>
        <source>&amp;New passphrase</source>
        <translation>&amp;Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase &amp;again</source>
        <translation>Neue Passphrase noch &amp;einmal</translation>
    </message>
</context>
<context>
    <name>ui::ProblemLabel</name>
    <message>
        <source>The two do not agree yet.</source>
        <translation>Die beiden stimmen noch nicht überein.</translation>
    </message>
</context>
<context>
    <name>ui::ProfileWindows</name>
    <message>
        <source>Open the outbox</source>
        <translation>Postausgang öffnen</translation>
    </message>
    <message>
        <source>No message in this folder has these words in names, subject or text. The text of encrypted messages is not searched.</source>
        <translation>Keine Nachricht in diesem Ordner enthält diese Wörter in Namen, Betreff oder Text. Der Text verschlüsselter Nachrichten wird nicht durchsucht.</translation>
    </message>
    <message>
        <source>No message in any folder has these words in names, subject or text. The trash and the text of encrypted messages are not searched.</source>
        <translation>In keinem Ordner enthält eine Nachricht diese Wörter in Namen, Betreff oder Text. Der Papierkorb und der Text verschlüsselter Nachrichten werden nicht durchsucht.</translation>
    </message>
    <message>
        <source>Choose a message to read it.</source>
        <translation>Wählen Sie eine Nachricht aus, um sie zu lesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages are selected.</source>
        <translation><numerusform>%n Nachricht ist ausgewählt.</numerusform><numerusform>%n Nachrichten sind ausgewählt.</numerusform></translation>
    </message>
    <message>
        <source>Your keys are locked, so this message cannot be opened yet.</source>
        <translation>Ihre Schlüssel sind gesperrt, daher kann diese Nachricht noch nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Unlock the keys…</source>
        <translation>Schlüssel entsperren…</translation>
    </message>
    <message>
        <source>Save message as</source>
        <translation>Nachricht speichern unter</translation>
    </message>
    <message>
        <source>%1 - %2 - Waxwing</source>
        <translation>%1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>Unlock the keys of %1</source>
        <translation>Schlüssel von %1 entsperren</translation>
    </message>
    <message>
        <source>Give the passphrase of %1, so that mail can be opened and signed.</source>
        <translation>Geben Sie die Passphrase von %1 ein, damit Post geöffnet und signiert werden kann.</translation>
    </message>
    <message>
        <source>Your message lies in "%1" and goes by itself when one arrives.</source>
        <translation>Ihre Nachricht liegt in „%1“ und geht von selbst hinaus, sobald eines da ist.</translation>
    </message>
    <message>
        <source>The message for %1 has waited for a certificate. It is sealed now and on its way.</source>
        <translation>Die Nachricht für %1 hat auf ein Zertifikat gewartet. Jetzt ist sie versiegelt und unterwegs.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Messages (*.eml *.p7m *.p7z);;All files (*)</source>
        <translation>Nachrichten (*.eml *.p7m *.p7z);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import mail</source>
        <translation>E-Mails importieren</translation>
    </message>
    <message>
        <source>Mail of other programs (*.mbox *.mbx *.eml);;All files (*)</source>
        <translation>E-Mails anderer Programme (*.mbox *.mbx *.eml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The mail is being imported.</source>
        <translation>Die E-Mails werden importiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n were here before.</source>
        <translation>
            <numerusform>%n war schon hier.</numerusform>
            <numerusform>%n waren schon hier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages came into the archive.</source>
        <translation>
            <numerusform>%n Nachricht kam ins Archiv.</numerusform>
            <numerusform>%n Nachrichten kamen ins Archiv.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the archive</source>
        <translation>Archiv zeigen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was saved.</source>
        <translation>„%1“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>%1 files were saved.</source>
        <translation>%1 Dateien wurden gespeichert.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>This message has already reached %1. Whoever stays among the recipients gets it again.</source>
        <translation>Schon zugestellt an %1. Wer in den Empfängern bleibt, bekommt die Nachricht noch einmal.</translation>
    </message>
</context>
<context>
    <name>ui::RelayAliasesDialog</name>
    <message>
        <source>Other names of %1</source>
        <translation>Weitere Namen von %1</translation>
    </message>
    <message>
        <source>Mail to these addresses lands in the mailbox of %1, and whoever logs in to it may send with them.</source>
        <translation>E-Mails an diese Adressen landen im Postfach von %1, und wer sich dort anmeldet, darf mit ihnen senden.</translation>
    </message>
    <message>
        <source>Also &amp;everything to %1 that nobody else has</source>
        <translation>Auch &amp;alles an %1, was sonst niemand hat</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Weitere Namen</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
</context>
<context>
    <name>ui::RelayFaultDialog</name>
    <message>
        <source>New fault rule</source>
        <translation>Neue Fehlerregel</translation>
    </message>
    <message>
        <source>Change the fault rule %1</source>
        <translation>Fehlerregel %1 ändern</translation>
    </message>
    <message>
        <source>What it &amp;does</source>
        <translation>Was sie &amp;tut</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Add the rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Change the rule</source>
        <translation>Regel ändern</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a fault does (its name)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Where in the dialogue</source>
        <translation>Wo im Dialog</translation>
    </message>
    <message>
        <source>&amp;Where in the dialogue</source>
        <translation>W&amp;o im Dialog</translation>
    </message>
    <message>
        <source>Only from</source>
        <translation>Nur von</translation>
    </message>
    <message>
        <source>anybody; an address, or *@example.org</source>
        <translation>beliebig; eine Adresse oder *@example.org</translation>
    </message>
    <message>
        <source>Only &amp;from</source>
        <translation>Nur &amp;von</translation>
    </message>
    <message>
        <source>Only to</source>
        <translation>Nur an</translation>
    </message>
    <message>
        <source>Only &amp;to</source>
        <translation>Nur &amp;an</translation>
    </message>
    <message>
        <source>How &amp;often</source>
        <translation>Wie &amp;häufig</translation>
    </message>
    <message>
        <source>W&amp;hen</source>
        <translation>&amp;Wann</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie häufig</translation>
    </message>
    <message>
        <source>each time</source>
        <translation>jedes Mal</translation>
    </message>
    <message>
        <source>only number</source>
        <translation>nur Nummer</translation>
    </message>
    <message>
        <source>each time that a multiple of this comes</source>
        <translation>bei jedem Vielfachen von</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>In so many of 100 cases</source>
        <translation>In so vielen von 100 Fällen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>any session</source>
        <translation>jede Sitzung</translation>
    </message>
    <message>
        <source>session </source>
        <translation>Sitzung </translation>
    </message>
    <message>
        <source>Begins after seconds</source>
        <translation>Beginnt nach Sekunden</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>after </source>
        <translation>nach </translation>
    </message>
    <message>
        <source>Lasts seconds</source>
        <translation>Dauert Sekunden</translation>
    </message>
    <message>
        <source>without end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>for </source>
        <translation>für </translation>
    </message>
    <message>
        <source>Reply code</source>
        <translation>Antwortcode</translation>
    </message>
    <message>
        <source>Reply &amp;code</source>
        <translation>Antwort&amp;code</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;xt</translation>
    </message>
    <message>
        <source>From recipient nu&amp;mber</source>
        <translation>Ab Empfänger N&amp;ummer</translation>
    </message>
    <message>
        <source>any</source>
        <translation>jeder</translation>
    </message>
    <message>
        <source>Lets p&amp;ass</source>
        <translation>&amp;Lässt durch</translation>
    </message>
    <message>
        <source> a minute</source>
        <translation> in der Minute</translation>
    </message>
    <message>
        <source>Ref&amp;uses for</source>
        <translation>L&amp;ehnt ab für</translation>
    </message>
    <message>
        <source>Wait&amp;s</source>
        <translation>Wa&amp;rtet</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Sp&amp;eed</source>
        <translation>&amp;Geschwindigkeit</translation>
    </message>
    <message>
        <source> octets a second</source>
        <translation> Oktette in der Sekunde</translation>
    </message>
    <message>
        <source>At co&amp;lumn</source>
        <translation>Bei S&amp;palte</translation>
    </message>
    <message>
        <source>Afte&amp;r octets</source>
        <translation>Nach O&amp;ktetten</translation>
    </message>
    <message>
        <source>somewhere</source>
        <translation>irgendwo</translation>
    </message>
    <message>
        <source>Co&amp;pies</source>
        <translation>Kop&amp;ien</translation>
    </message>
    <message>
        <source>Cert&amp;ificate</source>
        <translation>&amp;Zertifikat</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Its &amp;key</source>
        <translation>Sein &amp;Schlüssel</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Sein Schlüssel</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the file: %1</source>
        <translation>Datei wählen: %1</translation>
    </message>
    <message>
        <source>PEM files (*.pem *.crt *.key);;All files (*)</source>
        <translation>PEM-Dateien (*.pem *.crt *.key);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The reply&apos;s words</source>
        <translation>Der Wortlaut der Antwort</translation>
    </message>
    <message>
        <source>The lines that are appended</source>
        <translation>Die Zeilen, die angehängt werden</translation>
    </message>
    <message>
        <source>What stands before the subject</source>
        <translation>Was vor dem Betreff steht</translation>
    </message>
    <message>
        <source>Another rule bears this name already.</source>
        <translation>Eine andere Regel heißt schon so.</translation>
    </message>
    <message>
        <source>Give the rule a name; messages that it touches bear it.</source>
        <translation>Geben Sie der Regel einen Namen; Nachrichten, die sie berührt, tragen ihn.</translation>
    </message>
    <message>
        <source>This is not complete yet. A reply code has three digits, such as 452, or is -ERR for POP3; a reply&apos;s text is one line; a certificate needs its key.</source>
        <translation>Das ist noch nicht vollständig. Ein Antwortcode hat drei Ziffern, etwa 452, oder lautet bei POP3 -ERR; der Text einer Antwort ist eine Zeile; ein Zertifikat braucht seinen Schlüssel.</translation>
    </message>
    <message>
        <source> of 100 cases</source>
        <translation> von 100 Fällen</translation>
    </message>
</context>
<context>
    <name>ui::RelayFaultsPage</name>
    <message>
        <source>Fault rules</source>
        <translation>Fehlerregeln</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>What it does, and when</source>
        <translation>Was sie tut, und wann</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>Hinz&amp;ufügen…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>Än&amp;dern…</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>Remove a&amp;ll</source>
        <translation>&amp;Alle entfernen</translation>
    </message>
    <message>
        <source>The relay breaks mail and connections by these rules, to try what mail programs make of it. A message that a rule touched bears the rule&apos;s name.</source>
        <translation>Nach diesen Regeln beschädigt das Relay E-Mails und Verbindungen, um zu prüfen, was Mailprogramme daraus machen. Eine Nachricht, die eine Regel berührt hat, trägt deren Namen.</translation>
    </message>
    <message>
        <source>%1 is on</source>
        <translation>%1 ist eingeschaltet</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1 ist ausgeschaltet</translation>
    </message>
</context>
<context>
    <name>ui::RelayMailboxesPage</name>
    <message>
        <source>everything else to %1</source>
        <translation>alles Übrige an %1</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Postfächer</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Postfach</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Weitere Namen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>Hinz&amp;ufügen…</translation>
    </message>
    <message>
        <source>Other &amp;names…</source>
        <translation>Weitere &amp;Namen…</translation>
    </message>
    <message>
        <source>Remo&amp;ve…</source>
        <translation>En&amp;tfernen…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Waxwing&apos;s own window of %1 logs in with a password that it made itself, and sets it again whenever the keys are unlocked.</source>
        <translation>Waxwings eigenes Fenster von %1 meldet sich mit einem selbst gewählten Passwort an und setzt es bei jedem Entsperren der Schlüssel neu.</translation>
    </message>
    <message>
        <source>The password of %1 was changed.</source>
        <translation>Das Passwort von %1 wurde geändert.</translation>
    </message>
    <message>
        <source>Remove a mailbox</source>
        <translation>Postfach entfernen</translation>
    </message>
    <message>
        <source>Remove the mailbox of %1?</source>
        <translation>Das Postfach von %1 entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>The %n messages in it and its other names go with it.</source>
        <translation>
            <numerusform>Die Nachricht darin und seine weiteren Namen gehen mit ihm verloren.</numerusform>
            <numerusform>Die %n Nachrichten darin und seine weiteren Namen gehen mit ihm verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Each mailbox may hold</source>
        <translation>Jedes Postfach darf fassen</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>any amount</source>
        <translation>beliebig viel</translation>
    </message>
    <message>
        <source>A message that no longer fits is refused. Mail that is there already stays.</source>
        <translation>Eine Nachricht, die nicht mehr hineinpasst, wird abgelehnt. E-Mails, die schon da sind, bleiben.</translation>
    </message>
    <message>
        <source>C&amp;hange password…</source>
        <translation>Passwort än&amp;dern…</translation>
    </message>
    <message>
        <source>Each mailbo&amp;x may hold</source>
        <translation>&amp;Jedes Postfach darf fassen</translation>
    </message>
    <message>
        <source>Add severa&amp;l…</source>
        <translation>&amp;Viele…</translation>
    </message>
</context>
<context>
    <name>ui::RelayMessagePane</name>
    <message>
        <source>&amp;Opened</source>
        <translation>&amp;Geöffnet</translation>
    </message>
    <message>
        <source>Its s&amp;ession</source>
        <translation>Die Sit&amp;zung</translation>
    </message>
    <message>
        <source>What the relay sees</source>
        <translation>Was das Relay sieht</translation>
    </message>
    <message>
        <source>Choose a message below to see what the relay knows of it, and what it cannot know.</source>
        <translation>Wählen Sie unten eine Nachricht, um zu sehen, was das Relay von ihr weiß und was es nicht wissen kann.</translation>
    </message>
    <message>
        <source>Open with the keys of</source>
        <translation>Öffnen mit den Schlüsseln von</translation>
    </message>
    <message>
        <source>Open with the &amp;keys of</source>
        <translation>Öffnen mit den Sch&amp;lüsseln von</translation>
    </message>
    <message>
        <source>Choose a message below.</source>
        <translation>Wählen Sie unten eine Nachricht.</translation>
    </message>
    <message>
        <source>Session in which the message came</source>
        <translation>Sitzung, in der die Nachricht kam</translation>
    </message>
    <message>
        <source>What was said when this message came is not known, or not any more.</source>
        <translation>Was gesagt wurde, als diese Nachricht kam, ist nicht bekannt oder nicht mehr.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1 (locked)</source>
        <translation>%1 (gesperrt)</translation>
    </message>
    <message>
        <source>a file…</source>
        <translation>einer Datei…</translation>
    </message>
    <message>
        <source>Unlock the keys of %1</source>
        <translation>Schlüssel von %1 entsperren</translation>
    </message>
    <message>
        <source>Give the passphrase of %1.</source>
        <translation>Geben Sie das Kennwort von %1 ein.</translation>
    </message>
    <message>
        <source>Keys to open with</source>
        <translation>Schlüssel zum Öffnen</translation>
    </message>
    <message>
        <source>Keys (*.p12 *.pfx *.pem *.key);;All files (*)</source>
        <translation>Schlüssel (*.p12 *.pfx *.pem *.key);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>This file is protected by a passphrase of its own, chosen when it was made.</source>
        <translation>Diese Datei ist durch ein eigenes Kennwort geschützt, das beim Erstellen gewählt wurde.</translation>
    </message>
    <message>
        <source>the file that was read</source>
        <translation>der gelesenen Datei</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>Relay</translation>
    </message>
    <message>
        <source>&amp;What the relay sees</source>
        <translation>&amp;Was das Relay sieht</translation>
    </message>
</context>
<context>
    <name>ui::RelayMessagesPage</name>
    <message>
        <source>Messages in the relay</source>
        <translation>Nachrichten im Relay</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Fault rules</source>
        <translation>Fehlerregeln</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>I&amp;nspect…</source>
        <translation>&amp;Untersuchen…</translation>
    </message>
    <message>
        <source>Sa&amp;ve as…</source>
        <translation>Spei&amp;chern unter…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>Lösche&amp;n</translation>
    </message>
    <message>
        <source>Delete a&amp;ll…</source>
        <translation>&amp;Alle löschen…</translation>
    </message>
    <message>
        <source>the relay itself</source>
        <translation>das Relay selbst</translation>
    </message>
    <message>
        <source>Save the message</source>
        <translation>Nachricht speichern</translation>
    </message>
    <message>
        <source>message %1</source>
        <translation>nachricht %1</translation>
    </message>
    <message>
        <source>The message was saved as it lies in the relay.</source>
        <translation>Die Nachricht wurde so gespeichert, wie sie im Relay liegt.</translation>
    </message>
    <message>
        <source>Delete all messages</source>
        <translation>Alle Nachrichten löschen</translation>
    </message>
    <message>
        <source>Delete every message of every mailbox? Whoever has not fetched one yet will never get it.</source>
        <translation>Jede Nachricht jedes Postfachs löschen? Wer eine noch nicht abgeholt hat, bekommt sie nie.</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>Alle löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were deleted.</source>
        <translation>
            <numerusform>Eine Nachricht wurde gelöscht.</numerusform>
            <numerusform>%n Nachrichten wurden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Filter the messages</source>
        <translation>Die Nachrichten filtern</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Mail that comes through the relay appears here, and what can be found out about it without any key.</source>
        <translation>Hier erscheint die Post, die durch das Relay kommt, und was sich ohne Schlüssel über sie herausfinden lässt.</translation>
    </message>
</context>
<context>
    <name>ui::RelayMonitorWindow</name>
    <message>
        <source>Submission</source>
        <translation>Einlieferung</translation>
    </message>
    <message>
        <source>%1 connected</source>
        <translation>%1 verbunden</translation>
    </message>
    <message>
        <source>[the message, %1]</source>
        <translation>[die Nachricht, %1]</translation>
    </message>
    <message>
        <source>encrypted from here on: %1</source>
        <translation>ab hier verschlüsselt: %1</translation>
    </message>
    <message>
        <source>message %1 is safe on disk</source>
        <translation>Nachricht %1 ist sicher auf der Festplatte</translation>
    </message>
    <message>
        <source>fault rule: %1</source>
        <translation>Fehlerregel: %1</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>closed: %1</source>
        <translation>geschlossen: %1</translation>
    </message>
    <message>
        <source>Relay monitor - Waxwing</source>
        <translation>Relay-Monitor - Waxwing</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Also checks that brought nothing</source>
        <translation>Auch Abfragen, die nichts &amp;brachten</translation>
    </message>
    <message>
        <source>Sessions, newest first</source>
        <translation>Sitzungen, neueste zuerst</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Dialog</translation>
    </message>
    <message>
        <source>What is said between a mail program and the relay appears here, line by line.</source>
        <translation>Was ein Mailprogramm und das Relay einander sagen, erscheint hier Zeile für Zeile.</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>%1: address and port, such as 127.0.0.1:1025</source>
        <translation>%1: Adresse und Port, etwa 127.0.0.1:1025</translation>
    </message>
    <message>
        <source>Address for SMTP</source>
        <translation>Adresse für SMTP</translation>
    </message>
    <message>
        <source>Address for POP3</source>
        <translation>Adresse für POP3</translation>
    </message>
    <message>
        <source>S&amp;MTP</source>
        <translation>S&amp;MTP</translation>
    </message>
    <message>
        <source>&amp;POP3</source>
        <translation>&amp;POP3</translation>
    </message>
    <message>
        <source>"%1" is not an address with a port. Write it as 127.0.0.1:1025.</source>
        <translation>„%1“ ist keine Adresse mit Port. Schreiben Sie sie wie 127.0.0.1:1025.</translation>
    </message>
    <message>
        <source>Messages &amp;in the relay</source>
        <translation>Nachr&amp;ichten im Relay</translation>
    </message>
    <message>
        <source>Mail&amp;boxes</source>
        <translation>Post&amp;fächer</translation>
    </message>
    <message>
        <source>Fault r&amp;ules</source>
        <translation>F&amp;ehlerregeln</translation>
    </message>
    <message>
        <source>Onward</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>On its wa&amp;y elsewhere</source>
        <translation>Auf dem Weg nach andersw&amp;o</translation>
    </message>
</context>
<context>
    <name>ui::RelayQueuePage</name>
    <message>
        <source>Mail on its way elsewhere</source>
        <translation>Post auf dem Weg nach anderswo</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Pause the &amp;queue</source>
        <translation>War&amp;teschlange anhalten</translation>
    </message>
    <message>
        <source>While it is paused nothing is carried onward; what comes waits with the rest.</source>
        <translation>Solange sie angehalten ist, wird nichts weitergetragen; was kommt, wartet mit dem Rest.</translation>
    </message>
    <message>
        <source>Try &amp;now</source>
        <translation>&amp;Jetzt versuchen</translation>
    </message>
    <message>
        <source>Tries the chosen messages at once, or all if none is chosen.</source>
        <translation>Versucht die gewählten Nachrichten sofort, oder alle, wenn keine gewählt ist.</translation>
    </message>
    <message>
        <source>&amp;Hold</source>
        <translation>Festhalte&amp;n</translation>
    </message>
    <message>
        <source>Keeps the chosen messages here until you let them go.</source>
        <translation>Behält die gewählten Nachrichten hier, bis Sie sie weiterschicken.</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>Lös&amp;chen…</translation>
    </message>
    <message>
        <source>Nobody gets the chosen messages, and their senders are not told.</source>
        <translation>Niemand bekommt die gewählten Nachrichten, und die Absender erfahren es nicht.</translation>
    </message>
    <message>
        <source>Paused. Nothing waits.</source>
        <translation>Angehalten. Nichts wartet.</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>Nichts wartet.</translation>
    </message>
    <message numerus="yes">
        <source>Paused. %n message(s) wait.</source>
        <translation><numerusform>Angehalten. %n Nachricht wartet.</numerusform><numerusform>Angehalten. %n Nachrichten warten.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait.</source>
        <translation><numerusform>%n Nachricht wartet.</numerusform><numerusform>%n Nachrichten warten.</numerusform></translation>
    </message>
    <message>
        <source>the relay, a report</source>
        <translation>das Relay, ein Bericht</translation>
    </message>
    <message>
        <source>Let &amp;go</source>
        <translation>Weiterschic&amp;ken</translation>
    </message>
    <message>
        <source>Delete from the queue</source>
        <translation>Aus der Warteschlange löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n message(s) from the queue?</source>
        <translation><numerusform>%n Nachricht aus der Warteschlange löschen?</numerusform><numerusform>%n Nachrichten aus der Warteschlange löschen?</numerusform></translation>
    </message>
    <message>
        <source>The recipients elsewhere do not get them, and the senders are not told.</source>
        <translation>Die Empfänger anderswo bekommen sie nicht, und die Absender erfahren es nicht.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Mail for addresses elsewhere waits here until another server has taken it.</source>
        <translation>Hier wartet Post für Adressen anderswo, bis ein anderer Server sie angenommen hat.</translation>
    </message>
</context>
<context>
    <name>ui::RelaySight</name>
    <message>
        <source>the words of the letter</source>
        <translation>der Wortlaut des Briefs</translation>
    </message>
    <message>
        <source>the real subject</source>
        <translation>der wirkliche Betreff</translation>
    </message>
    <message>
        <source>who signed it, and whether anybody did</source>
        <translation>wer ihn signiert hat, und ob ihn überhaupt jemand signiert hat</translation>
    </message>
    <message>
        <source>the names and contents of attachments</source>
        <translation>Namen und Inhalte der Anhänge</translation>
    </message>
    <message>
        <source>Nothing is hidden: this letter is signed but not encrypted. The relay could not change it unnoticed.</source>
        <translation>Nichts ist verborgen: Dieser Brief ist signiert, aber nicht verschlüsselt. Das Relay könnte ihn nicht unbemerkt verändern.</translation>
    </message>
    <message>
        <source>Nothing is hidden, and the relay could change every word of it.</source>
        <translation>Nichts ist verborgen, und das Relay könnte jedes Wort darin verändern.</translation>
    </message>
    <message>
        <source>Envelope</source>
        <translation>Umschlag</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What it cannot see</source>
        <translation>Was verborgen bleibt</translation>
    </message>
    <message>
        <source>Outer headers</source>
        <translation>Äußere Kopfzeilen</translation>
    </message>
    <message>
        <source>The sealed block</source>
        <translation>Der versiegelte Block</translation>
    </message>
    <message>
        <source>The letter</source>
        <translation>Der Brief</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>a blind copy that the list betrays</source>
        <translation>eine Blindkopie, die die Liste verrät</translation>
    </message>
    <message>
        <source>the sender</source>
        <translation>der Absender</translation>
    </message>
    <message>
        <source>named in the header</source>
        <translation>im Kopf genannt</translation>
    </message>
    <message>
        <source>gets it, and is not named</source>
        <translation>bekommt sie und ist nicht genannt</translation>
    </message>
    <message>
        <source>does not get it</source>
        <translation>bekommt sie nicht</translation>
    </message>
    <message>
        <source>no known certificate has this number</source>
        <translation>kein bekanntes Zertifikat hat diese Nummer</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>%1, serial number %2</source>
        <translation>%1, Seriennummer %2</translation>
    </message>
    <message>
        <source>Fault rules touched it</source>
        <translation>Fehlerregeln haben sie berührt</translation>
    </message>
    <message>
        <source>Who can read it</source>
        <translation>Wer sie lesen kann</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Aufbau</translation>
    </message>
</context>
<context>
    <name>ui::RelayUserDialog</name>
    <message>
        <source>New mailbox</source>
        <translation>Neues Postfach</translation>
    </message>
    <message>
        <source>Change the password of %1</source>
        <translation>Passwort von %1 ändern</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>Passwort noch einmal</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Password a&amp;gain</source>
        <translation>Passwort &amp;noch einmal</translation>
    </message>
    <message>
        <source>Whoever reads this mailbox logs in with the full address and this password. The relay keeps only what it needs to recognise it.</source>
        <translation>Wer dieses Postfach liest, meldet sich mit der vollen Adresse und diesem Passwort an. Das Relay bewahrt nur auf, was es braucht, um es zu erkennen.</translation>
    </message>
    <message>
        <source>Make the mailbox</source>
        <translation>Postfach anlegen</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no mail address. One looks like name@example.org.</source>
        <translation>„%1“ ist keine E-Mail-Adresse. Eine sieht aus wie name@example.org.</translation>
    </message>
</context>
<context>
    <name>ui::SourceWindow</name>
    <message>
        <source>What arrived: %1 - %2 - Waxwing</source>
        <translation>Was eintraf: %1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>Your copy</source>
        <translation>Ihre Kopie</translation>
    </message>
    <message>
        <source>Your copy: %1 - %2 - Waxwing</source>
        <translation>Ihre Kopie: %1 - %2 - Waxwing</translation>
    </message>
    <message>
        <source>This is your own copy, as it is kept on this computer.</source>
        <translation>Das ist Ihre eigene Kopie, wie sie auf diesem Rechner liegt.</translation>
    </message>
    <message>
        <source>These octets came over the network. Whoever carried the message could see all of this, and nothing of what it hides.</source>
        <translation>Diese Oktette kamen über das Netz. Wer die Nachricht befördert hat, konnte all das sehen und nichts von dem, was sie verbirgt.</translation>
    </message>
    <message>
        <source>What arrived</source>
        <translation>Was eintraf</translation>
    </message>
    <message numerus="yes">
        <source>[%n more octets]</source>
        <translation><numerusform>[%n weiteres Oktett]</numerusform><numerusform>[%n weitere Oktette]</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::ServerNotice</name>
    <message>
        <source>Your mail goes by the relay of this computer. If your mailbox is elsewhere, such as at your company, enter its servers.</source>
        <translation>Ihre Post läuft über das Relay dieses Rechners. Liegt Ihr Postfach anderswo, etwa bei Ihrer Firma, geben Sie dessen Server an.</translation>
    </message>
    <message>
        <source>Mail servers…</source>
        <translation>Mailserver…</translation>
    </message>
</context>
<context>
    <name>ui::SingleInstance</name>
    <message>
        <source>Another account of this computer answers in this data directory. Let nobody else write there, or choose another directory; then start again.</source>
        <translation>In diesem Datenverzeichnis antwortet ein anderes Konto dieses Rechners. Lassen Sie niemand sonst dort schreiben oder wählen Sie ein anderes Verzeichnis; starten Sie dann erneut.</translation>
    </message>
    <message>
        <source>Another Waxwing has this data directory open and does not answer. Wait a moment, or end it; then start again.</source>
        <translation>Ein anderes Waxwing hat dieses Datenverzeichnis offen und antwortet nicht. Warten Sie einen Moment oder beenden Sie es; starten Sie dann erneut.</translation>
    </message>
</context>
<context>
    <name>ui::StatusLine</name>
    <message>
        <source>The relay is not running</source>
        <translation>Das Relay läuft nicht</translation>
    </message>
    <message>
        <source>The relay is starting</source>
        <translation>Das Relay startet</translation>
    </message>
    <message>
        <source>Relay running on %1</source>
        <translation>Relay läuft auf %1</translation>
    </message>
    <message>
        <source>The relay is stopping</source>
        <translation>Das Relay wird angehalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the relay</source>
        <translation>Relay starten</translation>
    </message>
    <message>
        <source>Keys unlocked</source>
        <translation>Schlüssel entsperrt</translation>
    </message>
    <message>
        <source>Unlocking the keys</source>
        <translation>Schlüssel werden entsperrt</translation>
    </message>
    <message>
        <source>Keys locked</source>
        <translation>Schlüssel gesperrt</translation>
    </message>
    <message>
        <source>Lock the keys: nothing can be opened or signed until the passphrase is given again.</source>
        <translation>Schlüssel sperren: Danach lässt sich nichts öffnen oder signieren, bis die Passphrase erneut eingegeben wird.</translation>
    </message>
    <message>
        <source>Give the passphrase, so that mail can be opened and signed.</source>
        <translation>Geben Sie die Passphrase ein, damit Nachrichten geöffnet und signiert werden können.</translation>
    </message>
    <message>
        <source>Demonstration, passphrase "%1"</source>
        <translation>Demonstration, Passphrase „%1“</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Checked %1</source>
        <translation>Geprüft: %1</translation>
    </message>
    <message>
        <source>Mail server: %1</source>
        <translation>Mailserver: %1</translation>
    </message>
</context>
<context>
    <name>ui::TrashQuestion</name>
    <message>
        <source>Empty the trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message>
        <source>Delete everything that lies in the trash? It cannot be brought back.</source>
        <translation>Alles löschen, was im Papierkorb liegt? Es lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n messages? They cannot be brought back.</source>
        <translation><numerusform>Diese Nachricht löschen? Sie lässt sich nicht zurückholen.</numerusform><numerusform>%n Nachrichten löschen? Sie lassen sich nicht zurückholen.</numerusform></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ui::UnlockDialog</name>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>&amp;Remember it in this desktop&apos;s keyring</source>
        <translation>&amp;Im Schlüsselbund dieses Desktops merken</translation>
    </message>
    <message>
        <source>This desktop has no keyring that could remember it.</source>
        <translation>Auf diesem Desktop gibt es keinen Schlüsselbund, der sie sich merken könnte.</translation>
    </message>
</context>
<context>
    <name>ui::VerdictBanner</name>
    <message>
        <source>Enter the password…</source>
        <translation>Passwort eingeben…</translation>
    </message>
    <message>
        <source>Security verdict</source>
        <translation>Sicherheitsurteil</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Security details</source>
        <translation>Sicherheitsdetails</translation>
    </message>
    <message>
        <source>Certificate of the signer</source>
        <translation>Zertifikat des Unterzeichners</translation>
    </message>
    <message>
        <source>Every step of opening it</source>
        <translation>Jeder Schritt beim Öffnen</translation>
    </message>
</context>
<context>
    <name>cli::Talk</name>
    <message>
        <source>Address    %1, port %2 for sending, %3 for reading</source>
        <translation>Adresse              %1, Port %2 zum Senden, %3 zum Lesen</translation>
    </message>
    <message>
        <source>Authority  %1</source>
        <translation>Zertifizierungsstelle  %1</translation>
    </message>
    <message>
        <source>Words      %1</source>
        <translation>Wörter               %1</translation>
    </message>
    <message>
        <source>On the other computer: wax identity join %1</source>
        <translation>Auf dem anderen Rechner: wax identity join %1</translation>
    </message>
    <message>
        <source>Only programs on this computer reach the relay at %1. Let it listen to the network: wax relay --smtp 0.0.0.0:1025 --pop3 0.0.0.0:1110</source>
        <translation>Nur Programme auf diesem Rechner erreichen das Relay unter %1. Lassen Sie es im Netz lauschen: wax relay --smtp 0.0.0.0:1025 --pop3 0.0.0.0:1110</translation>
    </message>
    <message>
        <source>The relay&apos;s certificate does not name %1, so that the others would refuse it. Start the relay once with --authority-passphrase-file: the authority then issues one that does.</source>
        <translation>Das Zertifikat des Relays nennt %1 nicht, sodass die anderen es ablehnen würden. Starten Sie das Relay einmal mit --authority-passphrase-file: Die Zertifizierungsstelle stellt dann eines aus, das sie nennt.</translation>
    </message>
    <message>
        <source>%1 takes part at the relay %2. Its authority is %3; compare these words with the relay&apos;s: %4</source>
        <translation>%1 nimmt am Relay %2 teil. Dessen Zertifizierungsstelle ist %3; vergleichen Sie diese Wörter mit denen des Relays: %4</translation>
    </message>
    <message>
        <source>Nobody has certified the new keys yet: give the request to the relay&apos;s authority, then: wax identity import CERTIFICATE</source>
        <translation>Noch hat niemand die neuen Schlüssel zertifiziert: Geben Sie den Antrag der Zertifizierungsstelle des Relays, dann: wax identity import CERTIFICATE</translation>
    </message>
    <message>
        <source>By what the other computers reach this one; by default its first address in the network.</source>
        <translation>Worunter die anderen Rechner diesen erreichen; sonst seine erste Adresse im Netz.</translation>
    </message>
    <message>
        <source>Write the card to FILE, such as relay.waxwing-join; - is stdout.</source>
        <translation>Die Karte in FILE schreiben, etwa relay.waxwing-join; - ist stdout.</translation>
    </message>
    <message>
        <source>As of the relay.</source>
        <translation>Wie beim Relay.</translation>
    </message>
    <message>
        <source>The mail address; keys are made for it if it has no profile yet.</source>
        <translation>Die E-Mail-Adresse; hat sie noch kein Profil, werden Schlüssel für sie erzeugt.</translation>
    </message>
    <message>
        <source>The person&apos;s name, for new keys.</source>
        <translation>Der Name der Person, für neue Schlüssel.</translation>
    </message>
    <message>
        <source>The kind of new keys, as of identity create.</source>
        <translation>Die Art neuer Schlüssel, wie bei identity create.</translation>
    </message>
    <message>
        <source>The password of the mailbox at the relay.</source>
        <translation>Das Passwort des Postfachs am Relay.</translation>
    </message>
    <message>
        <source>Which card? The file, or the line that &quot;wax relay join-card&quot; shows.</source>
        <translation>Welche Karte? Die Datei oder die Zeile, die »wax relay join-card« zeigt.</translation>
    </message>
    <message>
        <source>take part at a relay elsewhere, by its join card</source>
        <translation>mit der Beitrittskarte an einem Relay anderswo teilnehmen</translation>
    </message>
    <message>
        <source>The relay takes mail again.</source>
        <translation>Das Relay nimmt wieder E-Mails an.</translation>
    </message>
    <message>
        <source>--seed needs a whole number from 0 on.</source>
        <translation>--seed braucht eine ganze Zahl ab 0.</translation>
    </message>
    <message>
        <source>Fault rule in force: %1</source>
        <translation>Fehlerregel in Kraft: %1</translation>
    </message>
    <message>
        <source>Take mail at ADDR:PORT, by default 127.0.0.1:1025; may be repeated; none: nowhere.</source>
        <translation>Nimmt Mail an ADDR:PORT an, ohne Angabe an 127.0.0.1:1025; mehrfach möglich; none: nirgends.</translation>
    </message>
    <message>
        <source>Take mail of users who log in, with STARTTLS, by default 127.0.0.1:1587 unless --smtp is given.</source>
        <translation>Nimmt Mail von angemeldeten Benutzern an, mit STARTTLS; ohne Angabe an 127.0.0.1:1587, außer bei --smtp.</translation>
    </message>
    <message>
        <source>The same with TLS from the start, by default 127.0.0.1:1465 unless --smtp is given.</source>
        <translation>Dasselbe mit TLS von Anfang an; ohne Angabe an 127.0.0.1:1465, außer bei --smtp.</translation>
    </message>
    <message>
        <source>Give mail out at ADDR:PORT, by default 127.0.0.1:1110; may be repeated; none: nowhere.</source>
        <translation>Gibt Mail an ADDR:PORT aus, ohne Angabe an 127.0.0.1:1110; mehrfach möglich; none: nirgends.</translation>
    </message>
    <message>
        <source>The same with TLS from the start; none by default.</source>
        <translation>Dasselbe mit TLS von Anfang an; ohne Angabe nirgends.</translation>
    </message>
    <message>
        <source>The name in greetings and Received lines, by default localhost.</source>
        <translation>Der Name in Begrüßungen und Received-Zeilen, ohne Angabe localhost.</translation>
    </message>
    <message>
        <source>PEM file with a certificate chain of your own, leaf first.</source>
        <translation>PEM-Datei mit einer eigenen Zertifikatskette, das eigene Zertifikat zuerst.</translation>
    </message>
    <message>
        <source>The authority's passphrase: with it the authority issues the relay's certificate and renews it in time.</source>
        <translation>Die Passphrase der Zertifizierungsstelle: Damit stellt sie das Zertifikat des Relays aus und erneuert es rechtzeitig.</translation>
    </message>
    <message>
        <source>Users may send under addresses of their own (by default: the envelope; own-from: the From line too), or under any.</source>
        <translation>Benutzer dürfen unter eigenen Adressen senden (ohne Angabe: der Umschlag; own-from: auch die From-Zeile) oder unter beliebigen.</translation>
    </message>
    <message>
        <source>Whether a message that comes again within 24 hours, octet for octet, is kept once, as by default, or each time.</source>
        <translation>Ob eine Nachricht, die binnen 24 Stunden Oktett für Oktett noch einmal kommt, einmal behalten wird (Vorgabe) oder jedes Mal.</translation>
    </message>
    <message>
        <source>Whether 8-bit text that was not announced with BODY=8BITMIME is refused, as by default, or taken.</source>
        <translation>Ob 8-Bit-Text, der nicht mit BODY=8BITMIME angekündigt wurde, abgelehnt wird (Vorgabe) oder angenommen.</translation>
    </message>
    <message>
        <source>The most recipients of one message, by default 1000.</source>
        <translation>Höchstens so viele Empfänger einer Nachricht, ohne Angabe 1000.</translation>
    </message>
    <message>
        <source>The most Received lines a message may bear before it counts as going in circles, by default 50.</source>
        <translation>Höchstens so viele Received-Zeilen, bevor eine Nachricht als im Kreis laufend gilt, ohne Angabe 50.</translation>
    </message>
    <message>
        <source>So many wrong commands end a session, by default 20.</source>
        <translation>So viele falsche Befehle beenden eine Sitzung, ohne Angabe 20.</translation>
    </message>
    <message>
        <source>So many wrong passwords end a session, by default 3.</source>
        <translation>So viele falsche Passwörter beenden eine Sitzung, ohne Angabe 3.</translation>
    </message>
    <message>
        <source>The most connections at a time, by default 15000 or what the system grants.</source>
        <translation>Höchstens so viele Verbindungen zugleich, ohne Angabe 15000 oder was das System gewährt.</translation>
    </message>
    <message>
        <source>The most connections at a time from one address other than loopback, by default 100.</source>
        <translation>Höchstens so viele Verbindungen zugleich von einer Adresse außer Loopback, ohne Angabe 100.</translation>
    </message>
    <message>
        <source>The most wrong passwords from one address other than loopback, by default 30; 0: any number.</source>
        <translation>Höchstens so viele falsche Passwörter je Minute von einer Adresse außer Loopback, ohne Angabe 30; 0: beliebig viele.</translation>
    </message>
    <message>
        <source>The most messages from one address other than loopback, by default 600; 0: any number.</source>
        <translation>Höchstens so viele Nachrichten je Minute von einer Adresse außer Loopback, ohne Angabe 600; 0: beliebig viele.</translation>
    </message>
    <message>
        <source>The most messages of one user who logged in, by default 0: any number.</source>
        <translation>Höchstens so viele Nachrichten je Minute eines angemeldeten Benutzers, ohne Angabe 0: beliebig viele.</translation>
    </message>
    <message>
        <source>The most that a mailbox may hold, by default 0: any amount.</source>
        <translation>So viel darf ein Postfach höchstens fassen, ohne Angabe 0: beliebig viel.</translation>
    </message>
    <message>
        <source>An SMTP session that says nothing for so long is ended, by default 300.</source>
        <translation>Eine SMTP-Sitzung, die so lange schweigt, wird beendet, ohne Angabe 300.</translation>
    </message>
    <message>
        <source>The same for POP3, by default 600.</source>
        <translation>Dasselbe für POP3, ohne Angabe 600.</translation>
    </message>
    <message>
        <source>However busy, a session is ended after so long, by default 86400.</source>
        <translation>Nach dieser Zeit wird auch eine tätige Sitzung beendet, ohne Angabe 86400.</translation>
    </message>
    <message>
        <source>DANGEROUS: whoever reaches the relay may send to anybody, without login and without TLS.</source>
        <translation>GEFÄHRLICH: Wer das Relay erreicht, darf an jeden senden, ohne Anmeldung und ohne TLS.</translation>
    </message>
    <message>
        <source>Read the settings from FILE, by default relay.json in the data directory.</source>
        <translation>Liest die Einstellungen aus FILE, ohne Angabe aus relay.json im Datenverzeichnis.</translation>
    </message>
    <message>
        <source>Say whether the settings are in order, and start nothing.</source>
        <translation>Sagt, ob die Einstellungen in Ordnung sind, und startet nichts.</translation>
    </message>
    <message>
        <source>The settings are in order.</source>
        <translation>Die Einstellungen sind in Ordnung.</translation>
    </message>
    <message>
        <source>The settings were read anew.</source>
        <translation>Die Einstellungen wurden neu gelesen.</translation>
    </message>
    <message>
        <source>The relay runs on with its old settings.</source>
        <translation>Das Relay läuft mit seinen alten Einstellungen weiter.</translation>
    </message>
    <message>
        <source>OPEN-RELAY is set: whoever reaches this relay may send to anybody through it.</source>
        <translation>OPEN-RELAY ist gesetzt: Wer dieses Relay erreicht, darf darüber an jeden senden.</translation>
    </message>
    <message>
        <source>The relay's settings, which name the spool; by default relay.json in the data directory.</source>
        <translation>Die Einstellungen des Relays, die den Spool nennen; ohne Angabe relay.json im Datenverzeichnis.</translation>
    </message>
    <message>
        <source>It went to this address; may be repeated.</source>
        <translation>Sie ging an diese Adresse; mehrfach möglich.</translation>
    </message>
    <message>
        <source>It came from this address, in the envelope or the header; with --verified, by its seal.</source>
        <translation>Sie kam von dieser Adresse, im Umschlag oder im Kopf; mit --verified nach ihrem Siegel.</translation>
    </message>
    <message>
        <source>Its subject, as carriers see it, contains TEXT; with --verified, the signed one.</source>
        <translation>Ihr Betreff, wie Überbringer ihn sehen, enthält TEXT; mit --verified der signierte.</translation>
    </message>
    <message>
        <source>A signature that fits was made with a certificate of this address.</source>
        <translation>Eine passende Signatur wurde mit einem Zertifikat dieser Adresse gemacht.</translation>
    </message>
    <message>
        <source>Its summary is verified.</source>
        <translation>Ihr Gesamturteil ist verified.</translation>
    </message>
    <message>
        <source>It is encrypted.</source>
        <translation>Sie ist verschlüsselt.</translation>
    </message>
    <message>
        <source>This address can read it; may be repeated.</source>
        <translation>Diese Adresse kann sie lesen; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Its list of readers betrays no blind copy.</source>
        <translation>Ihre Leserliste verrät keine Blindkopie.</translation>
    </message>
    <message>
        <source>No fault rule altered it.</source>
        <translation>Keine Fehlerregel hat sie verändert.</translation>
    </message>
    <message>
        <source>Succeed if no such message comes.</source>
        <translation>Gelingt, wenn keine solche Nachricht kommt.</translation>
    </message>
    <message>
        <source>Only messages after the one with the number ID.</source>
        <translation>Nur Nachrichten nach der mit der Nummer ID.</translation>
    </message>
    <message>
        <source>Wait that long, such as 10s or 500ms; by default not at all.</source>
        <translation>Wartet so lange, etwa 10s oder 500ms; ohne Angabe gar nicht.</translation>
    </message>
    <message>
        <source>Look inside with the private keys in FILE.</source>
        <translation>Sieht mit den privaten Schlüsseln in FILE hinein.</translation>
    </message>
    <message>
        <source>--within needs a time such as 10s or 500ms.</source>
        <translation>--within braucht eine Zeit wie 10s oder 500ms.</translation>
    </message>
    <message>
        <source>The rules are stored, but the running relay has not confirmed them yet.</source>
        <translation>Die Regeln sind gespeichert, aber das laufende Relay hat sie noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>Give the rule a name and say what it does, such as: wax relay fault add list footer --to bob@example.org</source>
        <translation>Geben Sie der Regel einen Namen und sagen Sie, was sie tut, etwa: wax relay fault add list footer --to bob@example.org</translation>
    </message>
    <message>
        <source>--%1 needs a number.</source>
        <translation>--%1 braucht eine Zahl.</translation>
    </message>
    <message>
        <source>Which rule?</source>
        <translation>Welche Regel?</translation>
    </message>
    <message>
        <source>Only of this mailbox.</source>
        <translation>Nur aus diesem Postfach.</translation>
    </message>
    <message>
        <source>The newest N, by default 1000.</source>
        <translation>Die neuesten N, ohne Angabe 1000.</translation>
    </message>
    <message>
        <source>Decrypt with the private keys in FILE.</source>
        <translation>Entschlüsselt mit den privaten Schlüsseln in FILE.</translation>
    </message>
    <message>
        <source>Which message? Give its number from &quot;wax relay list&quot;.</source>
        <translation>Welche Nachricht? Geben Sie ihre Nummer aus „wax relay list“ an.</translation>
    </message>
    <message>
        <source>Every message of every mailbox.</source>
        <translation>Jede Nachricht jedes Postfachs.</translation>
    </message>
    <message>
        <source>Give the number of one message, or --all.</source>
        <translation>Geben Sie die Nummer einer Nachricht an oder --all.</translation>
    </message>
    <message>
        <source>Which session? Give its name, or the number of a message from &quot;wax relay list&quot;.</source>
        <translation>Welche Sitzung? Geben Sie ihren Namen an oder die Nummer einer Nachricht aus „wax relay list“.</translation>
    </message>
    <message>
        <source>Which alias, and of which address? @example.org catches all that nobody else has.</source>
        <translation>Welcher Alias, und welcher Adresse? @example.org fängt alles auf, was sonst niemand hat.</translation>
    </message>
    <message>
        <source>Which alias?</source>
        <translation>Welcher Alias?</translation>
    </message>
    <message>
        <source>give a mailbox another name, or all names of a domain</source>
        <translation>einem Postfach einen weiteren Namen geben, oder alle einer Domain</translation>
    </message>
    <message>
        <source>take the name away</source>
        <translation>den Namen wegnehmen</translation>
    </message>
    <message>
        <source>make a mailbox</source>
        <translation>ein Postfach anlegen</translation>
    </message>
    <message>
        <source>list the mailboxes and their other names</source>
        <translation>die Postfächer und ihre weiteren Namen auflisten</translation>
    </message>
    <message>
        <source>delete a mailbox with its mail</source>
        <translation>ein Postfach mit seiner Post löschen</translation>
    </message>
    <message>
        <source>other names of mailboxes</source>
        <translation>weitere Namen von Postfächern</translation>
    </message>
    <message>
        <source>Part %1 holds no CMS object.</source>
        <translation>Teil %1 enthält kein CMS-Objekt.</translation>
    </message>
    <message>
        <source>The message has no part %1.</source>
        <translation>Die Nachricht hat keinen Teil %1.</translation>
    </message>
    <message>
        <source>Password of the message</source>
        <translation>Passwort der Nachricht</translation>
    </message>
    <message>
        <source>Open messages encrypted with the password in FILE; may be repeated.</source>
        <translation>Öffnet Nachrichten, die mit dem Passwort in FILE verschlüsselt sind.</translation>
    </message>
    <message>
        <source>A private key came without its certificate and is not used: messages name the certificate. Give it as well, by --key or --certificate.</source>
        <translation>Ein privater Schlüssel kam ohne sein Zertifikat und wird nicht verwendet: Nachrichten nennen das Zertifikat. Geben Sie es ebenfalls an, mit --key oder --certificate.</translation>
    </message>
    <message>
        <source>Open messages encrypted with a shared key: its name in the message, as text or in hex, and a file with it in hex.</source>
        <translation>Öffnet Nachrichten, die mit einem gemeinsamen Schlüssel verschlüsselt sind: sein Name in der Nachricht, als Text oder in Hexadezimal, und eine Datei mit ihm in Hexadezimal.</translation>
    </message>
    <message>
        <source>Show the part N only, with every field of its CMS; what is inside the CMS of part 1.2 is 1.2.1.</source>
        <translation>Zeigt nur Teil N, mit jedem Feld seines CMS; was im CMS von Teil 1.2 liegt, ist 1.2.1.</translation>
    </message>
    <message>
        <source>Show the ASN.1 elements of the CMS with their offsets.</source>
        <translation>Zeigt die ASN.1-Elemente des CMS mit ihren Positionen.</translation>
    </message>
    <message>
        <source>Say what changed since the letter was sent; FILE is the copy that its author kept, by default what lies in Sent of the profile.</source>
        <translation>Sagt, was sich seit dem Absenden geändert hat; FILE ist die Kopie, die der Verfasser behalten hat, ohne Angabe die unter „Gesendet“ im Profil.</translation>
    </message>
    <message>
        <source>Call nothing verified unless a list or a responder says that its certificates were not revoked.</source>
        <translation>Nennt nichts geprüft, solange keine Liste und keine Auskunft sagt, dass die Zertifikate nicht widerrufen wurden.</translation>
    </message>
    <message>
        <source>Replace the rules of faults by those in FILE; without it they stay as they were.</source>
        <translation>Ersetzt die Fehlerregeln durch die in FILE; ohne diese Option bleiben sie, wie sie waren.</translation>
    </message>
    <message>
        <source>What their chances are drawn from, in place of the seed in FILE.</source>
        <translation>Woraus ihre Zufälle gezogen werden, anstelle des Startwerts in FILE.</translation>
    </message>
    <message>
        <source>Assess with the private keys in FILE what they can open; nothing decrypted is kept.</source>
        <translation>Beurteilt mit den privaten Schlüsseln in FILE, was sie öffnen können; Entschlüsseltes wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Delete the oldest beyond the newest N, fetched or not; by default none.</source>
        <translation>Löscht die ältesten Nachrichten über die neuesten N hinaus, abgeholt oder nicht; ohne Angabe keine.</translation>
    </message>
    <message>
        <source>Delete what is older than N days, fetched or not; by default nothing.</source>
        <translation>Löscht, was älter als N Tage ist, abgeholt oder nicht; ohne Angabe nichts.</translation>
    </message>
    <message>
        <source>Passphrase of the authority "%1"</source>
        <translation>Passphrase der Zertifizierungsstelle „%1“</translation>
    </message>
    <message>
        <source>What the authority is called, as it stands in every certificate.</source>
        <translation>Wie die Zertifizierungsstelle heißt; so steht es in jedem Zertifikat.</translation>
    </message>
    <message>
        <source>Its key: rsa:3072 (default), rsa:2048, rsa:4096, ec:p256, ec:p384, ec:p521, ed25519.</source>
        <translation>Ihr Schlüssel: rsa:3072 (Vorgabe), rsa:2048, rsa:4096, ec:p256, ec:p384, ec:p521, ed25519.</translation>
    </message>
    <message>
        <source>An authority needs a name: --name NAME</source>
        <translation>Eine Zertifizierungsstelle braucht einen Namen: --name NAME</translation>
    </message>
    <message>
        <source>Passphrase of the new authority</source>
        <translation>Passphrase der neuen Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Made the authority "%1". Every profile of this data directory trusts it.</source>
        <translation>Die Zertifizierungsstelle „%1“ wurde angelegt. Jedes Profil dieses Datenverzeichnisses vertraut ihr.</translation>
    </message>
    <message>
        <source>Certify this mail address instead of the requested one.</source>
        <translation>Diese Adresse beglaubigen statt der beantragten.</translation>
    </message>
    <message>
        <source>Certify this name instead of the requested one.</source>
        <translation>Diesen Namen beglaubigen statt des beantragten.</translation>
    </message>
    <message>
        <source>How long the certificate is valid (default 730).</source>
        <translation>Wie viele Tage das Zertifikat gilt (Vorgabe 730).</translation>
    </message>
    <message>
        <source>Which request? Name its file, or - for stdin.</source>
        <translation>Welcher Antrag? Nennen Sie seine Datei, oder - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>--days is a number from 1 to 7300.</source>
        <translation>--days ist eine Zahl von 1 bis 7300.</translation>
    </message>
    <message>
        <source>unspecified (default), key-compromise, affiliation-changed, superseded or cessation-of-operation.</source>
        <translation>unspecified (Vorgabe), key-compromise, affiliation-changed, superseded oder cessation-of-operation.</translation>
    </message>
    <message>
        <source>Which certificate? Name its serial number; wax authority list shows them.</source>
        <translation>Welches Zertifikat? Nennen Sie seine Seriennummer; wax authority list zeigt sie.</translation>
    </message>
    <message>
        <source>There is no reason "%1"; see wax authority revoke --help</source>
        <translation>Es gibt keinen Grund „%1“; siehe wax authority revoke --help</translation>
    </message>
    <message>
        <source>Revoked. Members of this data directory know it at once; give others the list: wax authority crl</source>
        <translation>Widerrufen. Die Mitglieder dieses Datenverzeichnisses erfahren es sofort; geben Sie anderen die Liste: wax authority crl</translation>
    </message>
    <message>
        <source>Sign the list anew, with a later date; needs the passphrase.</source>
        <translation>Die Liste mit einem späteren Datum neu signieren; braucht die Passphrase.</translation>
    </message>
    <message>
        <source>Certificates of servers, too.</source>
        <translation>Auch die Zertifikate von Servern.</translation>
    </message>
    <message>
        <source>make the authority of this data directory</source>
        <translation>die Zertifizierungsstelle dieses Datenverzeichnisses anlegen</translation>
    </message>
    <message>
        <source>answer a certificate request</source>
        <translation>einen Zertifikatsantrag beantworten</translation>
    </message>
    <message>
        <source>revoke a certificate</source>
        <translation>ein Zertifikat widerrufen</translation>
    </message>
    <message>
        <source>print the list of revoked certificates</source>
        <translation>die Liste der widerrufenen Zertifikate ausgeben</translation>
    </message>
    <message>
        <source>list what was issued</source>
        <translation>auflisten, was ausgestellt wurde</translation>
    </message>
    <message>
        <source>print the authority's certificate</source>
        <translation>das Zertifikat der Zertifizierungsstelle ausgeben</translation>
    </message>
    <message>
        <source>Which certificates? Name their files, or - for stdin.</source>
        <translation>Welche Zertifikate? Nennen Sie ihre Dateien, oder - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>Whose certificate? Name a mail address.</source>
        <translation>Wessen Zertifikat? Nennen Sie eine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>No certificate of %1 is known. Ask for a signed mail, or import the certificate.</source>
        <translation>Von %1 ist kein Zertifikat bekannt. Bitten Sie um eine signierte E-Mail oder importieren Sie das Zertifikat.</translation>
    </message>
    <message>
        <source>take in other people's certificates</source>
        <translation>Zertifikate anderer Personen aufnehmen</translation>
    </message>
    <message>
        <source>list other people's certificates</source>
        <translation>Zertifikate anderer Personen auflisten</translation>
    </message>
    <message>
        <source>show what a certificate file says</source>
        <translation>zeigen, was in einer Zertifikatsdatei steht</translation>
    </message>
    <message>
        <source>find the certificate for writing to somebody</source>
        <translation>das Zertifikat finden, um jemandem zu schreiben</translation>
    </message>
    <message>
        <source>Answer as JSON.</source>
        <translation>Als JSON antworten.</translation>
    </message>
    <message>
        <source>Read the passphrase from the first line of FILE.</source>
        <translation>Die Passphrase aus der ersten Zeile von FILE lesen.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Aufruf: %1</translation>
    </message>
    <message>
        <source>There is one word too many: %1</source>
        <translation>Ein Wort ist zu viel: %1</translation>
    </message>
    <message>
        <source>See: %1</source>
        <translation>Siehe: %1</translation>
    </message>
    <message>
        <source>Nobody whose fingerprint begins with %1 is trusted; wax trust list shows who is.</source>
        <translation>Niemandem, dessen Fingerabdruck mit %1 beginnt, wird vertraut; wax trust list zeigt, wem.</translation>
    </message>
    <message>
        <source>the trusted authority of this data directory</source>
        <translation>die Zertifizierungsstelle, der dieses Datenverzeichnis vertraut</translation>
    </message>
    <message>
        <source>keys and certificates of a mail address</source>
        <translation>Schlüssel und Zertifikate einer E-Mail-Adresse</translation>
    </message>
    <message>
        <source>other people's certificates</source>
        <translation>Zertifikate anderer Personen</translation>
    </message>
    <message>
        <source>whose certificates vouch for others</source>
        <translation>wessen Zertifikate für andere bürgen</translation>
    </message>
    <message>
        <source>sign and encrypt a draft</source>
        <translation>einen Entwurf signieren und verschlüsseln</translation>
    </message>
    <message>
        <source>decrypt and verify a message, and say what was found</source>
        <translation>eine Nachricht entschlüsseln und prüfen und sagen, was gefunden wurde</translation>
    </message>
    <message>
        <source>show the structure of a message without any key</source>
        <translation>den Aufbau einer Nachricht ohne Schlüssel zeigen</translation>
    </message>
    <message>
        <source>seal a draft and send it through the outbox</source>
        <translation>einen Entwurf versiegeln und über den Postausgang senden</translation>
    </message>
    <message>
        <source>bring new mail into the inbox</source>
        <translation>neue Post in den Posteingang holen</translation>
    </message>
    <message>
        <source>list the messages of a folder</source>
        <translation>die Nachrichten eines Ordners auflisten</translation>
    </message>
    <message>
        <source>open a stored message, and say what was found</source>
        <translation>eine gespeicherte Nachricht öffnen und sagen, was gefunden wurde</translation>
    </message>
    <message>
        <source>find messages by words of their headers and texts</source>
        <translation>Nachrichten nach Wörtern ihrer Kopfzeilen und Texte finden</translation>
    </message>
    <message>
        <source>run the relay, and its users</source>
        <translation>das Relay betreiben, und seine Benutzer</translation>
    </message>
    <message>
        <source>The mail address.</source>
        <translation>Die E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>The person's name.</source>
        <translation>Der Name der Person.</translation>
    </message>
    <message>
        <source>The kind of key, of those below; %1 by default.</source>
        <translation>Die Art des Schlüssels, eine von den unten genannten; ohne Angabe %1.</translation>
    </message>
    <message>
        <source>Kinds of keys:</source>
        <translation>Arten von Schlüsseln:</translation>
    </message>
    <message>
        <source>Warnings, as --json names them:</source>
        <translation>Warnungen, wie --json sie nennt:</translation>
    </message>
    <message>
        <source>The authority's passphrase, if it is another one.</source>
        <translation>Die Passphrase der Zertifizierungsstelle, wenn sie eine andere ist.</translation>
    </message>
    <message>
        <source>For which mail address? --address ADDRESS</source>
        <translation>Für welche E-Mail-Adresse? --address ADDRESS</translation>
    </message>
    <message>
        <source>Passphrase for %1</source>
        <translation>Passphrase für %1</translation>
    </message>
    <message>
        <source>Made the identity %1; the authority of this data directory vouches for it.</source>
        <translation>Die Identität %1 wurde angelegt; die Zertifizierungsstelle dieses Datenverzeichnisses bürgt für sie.</translation>
    </message>
    <message>
        <source>Made the keys of %1. There is no authority here: give the request to yours, then: wax identity import CERTIFICATE</source>
        <translation>Die Schlüssel von %1 wurden erzeugt. Hier gibt es keine Zertifizierungsstelle: Geben Sie den Antrag Ihrer eigenen, dann: wax identity import CERTIFICATE</translation>
    </message>
    <message>
        <source>Nothing of it is for this profile.</source>
        <translation>Nichts davon ist für dieses Profil.</translation>
    </message>
    <message>
        <source>Took in %1 key(s) of %2.</source>
        <translation>Aufgenommen: %1 Schlüssel von %2.</translation>
    </message>
    <message>
        <source>%1 has had these keys before.</source>
        <translation>%1 hatte diese Schlüssel schon.</translation>
    </message>
    <message>
        <source>Took in %1 certificate(s) for keys of %2.</source>
        <translation>Aufgenommen: %1 Zertifikat(e) für Schlüssel von %2.</translation>
    </message>
    <message>
        <source>Took in %1 certificate(s) of other people.</source>
        <translation>Aufgenommen: %1 Zertifikat(e) anderer Personen.</translation>
    </message>
    <message>
        <source>The file's passphrase, if it is another one than the profile's.</source>
        <translation>Die Passphrase der Datei, wenn sie eine andere ist als die des Profils.</translation>
    </message>
    <message>
        <source>Which file? A PKCS#12 with keys, or the certificate that answers a request.</source>
        <translation>Welche Datei? Eine PKCS#12-Datei mit Schlüsseln, oder das Zertifikat, das einen Antrag beantwortet.</translation>
    </message>
    <message>
        <source>Passphrase of the profile</source>
        <translation>Passphrase des Profils</translation>
    </message>
    <message>
        <source>An authority's certificate came along. It is not trusted unless you say so: wax trust add FILE</source>
        <translation>Das Zertifikat einer Zertifizierungsstelle kam mit. Ihr wird nur vertraut, wenn Sie es sagen: wax trust add FILE</translation>
    </message>
    <message>
        <source>The PKCS#12 file that is written; - is stdout.</source>
        <translation>Die PKCS#12-Datei, die geschrieben wird; - ist die Standardausgabe.</translation>
    </message>
    <message>
        <source>The passphrase of the new file; by default the profile's.</source>
        <translation>Die Passphrase der neuen Datei; Vorgabe ist die des Profils.</translation>
    </message>
    <message>
        <source>Old keys, too, as a backup needs them.</source>
        <translation>Auch alte Schlüssel, wie eine Sicherung sie braucht.</translation>
    </message>
    <message>
        <source>Print only the certificate and its chain, as PEM.</source>
        <translation>Nur das Zertifikat und seine Kette als PEM ausgeben.</translation>
    </message>
    <message>
        <source>Into which file? --out FILE, or --certificate for the certificate alone.</source>
        <translation>In welche Datei? --out FILE, oder --certificate für das Zertifikat allein.</translation>
    </message>
    <message>
        <source>Passphrase of %1</source>
        <translation>Passphrase von %1</translation>
    </message>
    <message>
        <source>Certify the present keys again instead of new ones.</source>
        <translation>Die jetzigen Schlüssel noch einmal beglaubigen statt neuer.</translation>
    </message>
    <message>
        <source>There is no authority here: give this request to yours, then: wax identity import CERTIFICATE</source>
        <translation>Hier gibt es keine Zertifizierungsstelle: Geben Sie diesen Antrag Ihrer eigenen, dann: wax identity import CERTIFICATE</translation>
    </message>
    <message>
        <source>Renewed. Old mail can still be opened with the old keys.</source>
        <translation>Erneuert. Alte Post lässt sich weiterhin mit den alten Schlüsseln öffnen.</translation>
    </message>
    <message>
        <source>Do not ask; needed where there is no terminal.</source>
        <translation>Nicht fragen; nötig, wo kein Terminal ist.</translation>
    </message>
    <message>
        <source>Nobody can be asked without a terminal: --yes deletes the profile with all keys and mail, for good.</source>
        <translation>Ohne Terminal lässt sich niemand fragen: --yes löscht das Profil mit allen Schlüsseln und aller Post endgültig.</translation>
    </message>
    <message>
        <source>Which one? wax --profile ADDRESS identity delete</source>
        <translation>Welche? wax --profile ADDRESS identity delete</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>Deleted %1.</source>
        <translation>%1 wurde gelöscht.</translation>
    </message>
    <message>
        <source>make keys for a mail address, and their certificate</source>
        <translation>Schlüssel für eine E-Mail-Adresse erzeugen, und ihr Zertifikat</translation>
    </message>
    <message>
        <source>list the profiles and their keys</source>
        <translation>die Profile und ihre Schlüssel auflisten</translation>
    </message>
    <message>
        <source>take in a PKCS#12 file, or the certificate that answers a request</source>
        <translation>eine PKCS#12-Datei aufnehmen, oder das Zertifikat, das einen Antrag beantwortet</translation>
    </message>
    <message>
        <source>write keys to a PKCS#12 file, or the certificate to stdout</source>
        <translation>Schlüssel in eine PKCS#12-Datei schreiben, oder das Zertifikat auf die Standardausgabe</translation>
    </message>
    <message>
        <source>get new certificates</source>
        <translation>neue Zertifikate holen</translation>
    </message>
    <message>
        <source>keep the passphrase in this desktop&apos;s keyring</source>
        <translation>die Passphrase im Schlüsselbund dieses Desktops aufbewahren</translation>
    </message>
    <message>
        <source>take the passphrase out of this desktop&apos;s keyring</source>
        <translation>die Passphrase aus dem Schlüsselbund dieses Desktops nehmen</translation>
    </message>
    <message>
        <source>This desktop&apos;s keyring keeps the passphrase of %1 from now on. To take it back: wax identity forget</source>
        <translation>Der Schlüsselbund dieses Desktops bewahrt von jetzt an die Passphrase von %1 auf. Um sie zurückzunehmen: wax identity forget</translation>
    </message>
    <message>
        <source>The passphrase of %1 is not in this desktop&apos;s keyring any more.</source>
        <translation>Die Passphrase von %1 ist nicht mehr im Schlüsselbund dieses Desktops.</translation>
    </message>
    <message>
        <source>The passphrase in this desktop&apos;s keyring does not fit any more, and is forgotten.</source>
        <translation>Die Passphrase im Schlüsselbund dieses Desktops passt nicht mehr und wird vergessen.</translation>
    </message>
    <message>
        <source>delete a profile with its keys and mail</source>
        <translation>ein Profil mit seinen Schlüsseln und seiner Post löschen</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>Befehle:</translation>
    </message>
    <message>
        <source>wax %1: which command? One of those that wax %1 --help lists.</source>
        <translation>wax %1: welcher Befehl? Einer von denen, die wax %1 --help nennt.</translation>
    </message>
    <message>
        <source>There is no command %1 %2.</source>
        <translation>Es gibt keinen Befehl %1 %2.</translation>
    </message>
    <message>
        <source>Leave the messages on the server.</source>
        <translation>Die Nachrichten auf dem Server lassen.</translation>
    </message>
    <message>
        <source>The password for the server; it is kept in the keystore if --passphrase-file is given too.</source>
        <translation>Das Passwort für den Server; mit --passphrase-file wird es im Schlüsselspeicher behalten.</translation>
    </message>
    <message>
        <source>No password is known for the server %1. Give it once with --password-file.</source>
        <translation>Für den Server %1 ist kein Passwort bekannt. Geben Sie es einmal mit --password-file an.</translation>
    </message>
    <message>
        <source>%1 new, %2 known before, %3 too large and left on the server.</source>
        <translation>%1 neu, %2 schon bekannt, %3 zu groß und auf dem Server gelassen.</translation>
    </message>
    <message>
        <source>inbox (the default), drafts, sent, outbox, waiting, archive or trash.</source>
        <translation>inbox (Vorgabe), drafts, sent, outbox, waiting, archive oder trash.</translation>
    </message>
    <message>
        <source>At most N messages, the newest; 1000 by default.</source>
        <translation>Höchstens N Nachrichten, die neuesten; Vorgabe 1000.</translation>
    </message>
    <message>
        <source>Each WORD begins a word of one of these, in any folder but the trash:</source>
        <translation>Jedes WORD ist der Anfang eines Wortes von einem hiervon, in jedem Ordner außer dem Papierkorb:</translation>
    </message>
    <message>
        <source>From, To, Cc, Bcc and the subject, as they stand outside.</source>
        <translation>From, To, Cc, Bcc und der Betreff, wie sie außen stehen.</translation>
    </message>
    <message>
        <source>What the message says, and the names of its files, unless anything in it is encrypted. It is read when it is first searched.</source>
        <translation>Was die Nachricht sagt, und die Namen ihrer Dateien, wenn nichts in ihr verschlüsselt ist. Gelesen wird es, wenn zum ersten Mal gesucht wird.</translation>
    </message>
    <message>
        <source>--folder is one of inbox, drafts, sent, outbox, waiting, archive, trash.</source>
        <translation>--folder ist eines von inbox, drafts, sent, outbox, waiting, archive, trash.</translation>
    </message>
    <message>
        <source>--limit needs a number above 0.</source>
        <translation>--limit braucht eine Zahl über 0.</translation>
    </message>
    <message>
        <source>Which words?</source>
        <translation>Welche Wörter?</translation>
    </message>
    <message>
        <source>Write the octets as they were received, and open nothing.</source>
        <translation>Die Oktette schreiben, wie sie empfangen wurden, und nichts öffnen.</translation>
    </message>
    <message>
        <source>Write the octets of the letter in Sent with this Message-ID, and open nothing.</source>
        <translation>Die Oktette des Briefs unter „Gesendet“ mit dieser Message-ID schreiben, und nichts öffnen.</translation>
    </message>
    <message>
        <source>Which message? Its number is the first column of wax list.</source>
        <translation>Welche Nachricht? Ihre Nummer ist die erste Spalte von wax list.</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>Trust the certificates in FILE, and nothing else.</source>
        <translation>Den Zertifikaten in FILE vertrauen, und nichts anderem.</translation>
    </message>
    <message>
        <source>Use the revocation lists in FILE.</source>
        <translation>Die Widerrufslisten in FILE verwenden.</translation>
    </message>
    <message>
        <source>Use the certificates of other people in FILE.</source>
        <translation>Die Zertifikate anderer Leute in FILE verwenden.</translation>
    </message>
    <message>
        <source>Use the private keys and certificates in FILE.</source>
        <translation>Die privaten Schlüssel und Zertifikate in FILE verwenden.</translation>
    </message>
    <message>
        <source>Judge as of TIME, ISO 8601; now by default.</source>
        <translation>Urteilen wie zur Zeit TIME, ISO 8601; Vorgabe ist jetzt.</translation>
    </message>
    <message>
        <source>The certificate that the relay was given does not name %1, so that the others would refuse it. Name an address that it bears with --host, or give the relay one that names this.</source>
        <translation>Das Zertifikat, das dem Relay gegeben wurde, nennt %1 nicht, sodass die anderen es ablehnen würden. Nennen Sie mit --host eine Adresse, die darin steht, oder geben Sie dem Relay eines, das diese nennt.</translation>
    </message>
    <message>
        <source>--at needs a time such as 2026-11-23T10:00:00Z.</source>
        <translation>--at braucht eine Zeit wie 2026-11-23T10:00:00Z.</translation>
    </message>
    <message>
        <source>--part and --sent are for one message.</source>
        <translation>--part und --sent gelten einer einzigen Nachricht.</translation>
    </message>
    <message>
        <source>Open only the letter that is attached as part N, as wax inspect counts, by itself; in it, parts go on after N.1.</source>
        <translation>Nur den Brief öffnen, der als Teil N angehängt ist, wie wax inspect zählt, und zwar für sich; in ihm zählen die Teile nach N.1 weiter.</translation>
    </message>
    <message>
        <source>No letter is attached to the message.</source>
        <translation>Der Nachricht ist kein Brief angehängt.</translation>
    </message>
    <message>
        <source>There is no attached letter %1; there are: %2</source>
        <translation>Es gibt keinen angehängten Brief %1, sondern: %2</translation>
    </message>
    <message>
        <source>Keep the mail in DIR, by default "relay" in the data directory.</source>
        <translation>Die Post in DIR aufbewahren, Vorgabe „relay“ im Datenverzeichnis.</translation>
    </message>
    <message>
        <source>PEM file with its key, RSA or EC, without passphrase.</source>
        <translation>PEM-Datei mit dem Schlüssel dazu, RSA oder EC, ohne Passphrase.</translation>
    </message>
    <message>
        <source>The largest message that is taken, by default 67108864.</source>
        <translation>Die größte Nachricht, die angenommen wird, Vorgabe 67108864.</translation>
    </message>
    <message>
        <source>Relay running for POP3 only, on %1. Stop it with Ctrl+C.</source>
        <translation>Das Relay läuft nur für POP3, auf %1. Beenden mit Strg+C.</translation>
    </message>
    <message>
        <source>Relay running on %1, without POP3. Stop it with Ctrl+C.</source>
        <translation>Das Relay läuft auf %1, ohne POP3. Beenden mit Strg+C.</translation>
    </message>
    <message>
        <source>Relay running on %1, POP3 on %2. Stop it with Ctrl+C.</source>
        <translation>Das Relay läuft auf %1, POP3 auf %2. Beenden mit Strg+C.</translation>
    </message>
    <message>
        <source>The password is the first line of FILE.</source>
        <translation>Das Passwort ist die erste Zeile von FILE.</translation>
    </message>
    <message>
        <source>Set the password of a user that exists.</source>
        <translation>Das Passwort eines vorhandenen Benutzers setzen.</translation>
    </message>
    <message>
        <source>The relay's spool.</source>
        <translation>Die Ablage des Relays.</translation>
    </message>
    <message>
        <source>Which address?</source>
        <translation>Welche Adresse?</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>The sender: a profile of the data directory.</source>
        <translation>Der Absender: ein Profil des Datenverzeichnisses.</translation>
    </message>
    <message>
        <source>A recipient; may be repeated.</source>
        <translation>Ein Empfänger; mehrfach möglich.</translation>
    </message>
    <message>
        <source>A recipient of a copy; may be repeated.</source>
        <translation>Ein Empfänger einer Kopie; mehrfach möglich.</translation>
    </message>
    <message>
        <source>A hidden recipient; may be repeated; needs --out.</source>
        <translation>Ein verborgener Empfänger; mehrfach möglich; braucht --out.</translation>
    </message>
    <message>
        <source>Do not sign.</source>
        <translation>Nicht signieren.</translation>
    </message>
    <message>
        <source>Do not encrypt.</source>
        <translation>Nicht verschlüsseln.</translation>
    </message>
    <message>
        <source>Sign with the content inside the signature.</source>
        <translation>Signieren mit dem Inhalt in der Signatur.</translation>
    </message>
    <message>
        <source>auto, aes256-gcm, aes128-gcm, aes256-cbc or aes128-cbc.</source>
        <translation>auto, aes256-gcm, aes128-gcm, aes256-cbc oder aes128-cbc.</translation>
    </message>
    <message>
        <source>auto, oaep or rsa15.</source>
        <translation>auto, oaep oder rsa15.</translation>
    </message>
    <message>
        <source>baseline, shy or none: which fields are hidden.</source>
        <translation>baseline, shy oder none: welche Felder verborgen werden.</translation>
    </message>
    <message>
        <source>Write one file per envelope into DIR.</source>
        <translation>Für jeden Umschlag eine Datei in DIR schreiben.</translation>
    </message>
    <message>
        <source>--cipher is one of auto, aes256-gcm, aes128-gcm, aes256-cbc, aes128-cbc.</source>
        <translation>--cipher ist eines von auto, aes256-gcm, aes128-gcm, aes256-cbc, aes128-cbc.</translation>
    </message>
    <message>
        <source>--key-transport is one of auto, oaep, rsa15.</source>
        <translation>--key-transport ist eines von auto, oaep, rsa15.</translation>
    </message>
    <message>
        <source>--headers is one of baseline, shy, none.</source>
        <translation>--headers ist eines von baseline, shy, none.</translation>
    </message>
    <message>
        <source>Your certificate was revoked: whoever knows that will not believe the signature. Get a new one first, with wax identity renew.</source>
        <translation>Ihr Zertifikat wurde widerrufen: Wer das weiß, glaubt der Signatur nicht. Lassen Sie sich erst ein neues ausstellen, mit wax identity renew.</translation>
    </message>
    <message>
        <source>%1, once more</source>
        <translation>%1, noch einmal</translation>
    </message>
    <message>
        <source>Delete %1 with all keys and mail, for good? Type the address to confirm</source>
        <translation>%1 mit allen Schlüsseln und aller Post endgültig löschen? Zur Bestätigung die Adresse eingeben</translation>
    </message>
    <message>
        <source>%1: for %2</source>
        <translation>%1: für %2</translation>
    </message>
    <message>
        <source>wax seal needs --from and at least one --to, --cc or --bcc.</source>
        <translation>wax seal braucht --from und mindestens ein --to, --cc oder --bcc.</translation>
    </message>
    <message>
        <source>With --bcc there are several messages: say with --out where they go.</source>
        <translation>Mit --bcc gibt es mehrere Nachrichten: Sagen Sie mit --out, wohin sie kommen.</translation>
    </message>
    <message>
        <source>A recipient; may be repeated. Without any, those of the draft.</source>
        <translation>Ein Empfänger; mehrfach möglich. Ohne Angabe die des Entwurfs.</translation>
    </message>
    <message>
        <source>A hidden recipient; may be repeated.</source>
        <translation>Ein verborgener Empfänger; mehrfach möglich.</translation>
    </message>
    <message>
        <source>The subject, if the input is a text and not a message.</source>
        <translation>Der Betreff, wenn die Eingabe ein Text und keine Nachricht ist.</translation>
    </message>
    <message>
        <source>Send the message as it is: it was sealed before, or shall not be.</source>
        <translation>Die Nachricht senden, wie sie ist: Sie wurde schon versiegelt, oder soll es nicht werden.</translation>
    </message>
    <message>
        <source>Sent through %1.</source>
        <translation>Gesendet über %1.</translation>
    </message>
    <message>
        <source>The message waits in the outbox. The next wax send, or an open window, sends it.</source>
        <translation>Die Nachricht wartet im Postausgang. Das nächste wax send oder ein offenes Fenster sendet sie.</translation>
    </message>
    <message>
        <source>The message stays in the outbox and is not tried again by itself.</source>
        <translation>Die Nachricht bleibt im Postausgang und wird nicht von selbst noch einmal versucht.</translation>
    </message>
    <message>
        <source>Which certificate? Name its file, or - for stdin.</source>
        <translation>Welches Zertifikat? Nennen Sie seine Datei, oder - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>Trusted from now on: %1</source>
        <translation>Von jetzt an wird vertraut: %1</translation>
    </message>
    <message>
        <source>Which one? Name its SHA-256 fingerprint or the first 8 digits; wax trust list shows them.</source>
        <translation>Welches? Nennen Sie seinen SHA-256-Fingerabdruck oder dessen erste 8 Stellen; wax trust list zeigt sie.</translation>
    </message>
    <message>
        <source>No longer trusted.</source>
        <translation>Wird nicht mehr vertraut.</translation>
    </message>
    <message>
        <source>trust what this certificate vouches for</source>
        <translation>dem vertrauen, wofür dieses Zertifikat bürgt</translation>
    </message>
    <message>
        <source>list who is trusted</source>
        <translation>auflisten, wem vertraut wird</translation>
    </message>
    <message>
        <source>trust it no longer</source>
        <translation>nicht länger vertrauen</translation>
    </message>
    <message>
        <source>S/MIME mail on the command line. Data goes to stdout, talk to stderr; - is stdin.</source>
        <translation>S/MIME-Post auf der Befehlszeile. Daten gehen auf die Standardausgabe, Worte auf die Fehlerausgabe; - ist die Standardeingabe.</translation>
    </message>
    <message>
        <source>wax COMMAND --help explains each. Exit status: 0 done, 1 a negative finding, 2 wrong usage, 3 could not do it.</source>
        <translation>wax COMMAND --help erklärt jeden. Rückgabewert: 0 getan, 1 ein schlechter Befund, 2 falscher Aufruf, 3 ließ sich nicht tun.</translation>
    </message>
    <message>
        <source>There is no option %1 before a command.</source>
        <translation>Vor einem Befehl gibt es keine Option %1.</translation>
    </message>
    <message>
        <source>The option %1 needs a value.</source>
        <translation>Die Option %1 braucht einen Wert.</translation>
    </message>
    <message>
        <source>Which command?</source>
        <translation>Welcher Befehl?</translation>
    </message>
    <message>
        <source>There is no command %1.</source>
        <translation>Es gibt keinen Befehl %1.</translation>
    </message>
    <message>
        <source>The cryptographic provider could not be started.</source>
        <translation>Der kryptographische Dienst ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>Mint every kind of mail into DIR.</source>
        <translation>Jede Art von E-Mail nach DIR prägen.</translation>
    </message>
    <message>
        <source>Mint the named kinds into DIR; without it one goes to standard output.</source>
        <translation>Die genannten Arten nach DIR prägen; ohne Angabe geht eine auf die Standardausgabe.</translation>
    </message>
    <message>
        <source>Choose words, numbers and places by N; by chance without it.</source>
        <translation>Wörter, Zahlen und Stellen nach N wählen; ohne Angabe nach Zufall.</translation>
    </message>
    <message>
        <source>Make everything relative to TIME, ISO 8601; now by default.</source>
        <translation>Alles auf TIME beziehen, ISO 8601; Vorgabe ist jetzt.</translation>
    </message>
    <message>
        <source>There is no "%1"; wax forge list says what there is.</source>
        <translation>„%1“ gibt es nicht; wax forge list sagt, was es gibt.</translation>
    </message>
    <message>
        <source>Say what to mint: one NAME, several with --out DIR, or --all DIR.</source>
        <translation>Sagen Sie, was geprägt werden soll: ein NAME, mehrere mit --out DIR, oder --all DIR.</translation>
    </message>
    <message>
        <source>%1 messages in %2, seed %3. Open them with: wax open --json --trust %4 --crl %5 --key %6 NAME.eml; NAME.json holds what to expect.</source>
        <translation>%1 Nachrichten in %2, Startwert %3. Öffnen mit: wax open --json --trust %4 --crl %5 --key %6 NAME.eml; NAME.json sagt, was zu erwarten ist.</translation>
    </message>
    <message>
        <source>mint awkward mail with its expected verdicts, to test readers</source>
        <translation>schwierige E-Mails mit ihren erwarteten Urteilen prägen, um Leser zu prüfen</translation>
    </message>
    <message>
        <source>do this fault to what the rule meets</source>
        <translation>diesen Fehler bei allem machen, was die Regel trifft</translation>
    </message>
    <message>
        <source>list the rules</source>
        <translation>die Regeln auflisten</translation>
    </message>
    <message>
        <source>delete a rule</source>
        <translation>eine Regel löschen</translation>
    </message>
    <message>
        <source>switch a rule on again</source>
        <translation>eine Regel wieder einschalten</translation>
    </message>
    <message>
        <source>keep a rule and do nothing</source>
        <translation>eine Regel behalten und nichts tun</translation>
    </message>
    <message>
        <source>delete all rules</source>
        <translation>alle Regeln löschen</translation>
    </message>
    <message>
        <source>Carry mail for recipients elsewhere to this server; without one they are refused.</source>
        <translation>Post an Empfänger anderswo zu diesem Server weitertragen; ohne ihn werden sie abgelehnt.</translation>
    </message>
    <message>
        <source>How to be private with it: starttls by default, tls from the start, or none, which only loopback allows.</source>
        <translation>Wie die Verbindung zu ihm geschützt wird: starttls (Vorgabe), tls von Anfang an, oder none, was nur auf diesem Rechner erlaubt ist.</translation>
    </message>
    <message>
        <source>Log in there under this name.</source>
        <translation>Sich dort unter diesem Namen anmelden.</translation>
    </message>
    <message>
        <source>PEM file with the certificates of which one must vouch for it, instead of the system's.</source>
        <translation>PEM-Datei mit den Zertifikaten, von denen eines für ihn bürgen muss, statt derer des Systems.</translation>
    </message>
    <message>
        <source>The most connections to it at a time, by default 4.</source>
        <translation>Höchstzahl gleichzeitiger Verbindungen zu ihm, Vorgabe 4.</translation>
    </message>
    <message>
        <source>Who may send to recipients elsewhere: users who log in, as by default, or every program of this computer.</source>
        <translation>Wer an Empfänger anderswo senden darf: Benutzer, die sich anmelden (Vorgabe), oder jedes Programm dieses Rechners.</translation>
    </message>
    <message>
        <source>The pause after the first failure to carry a message onward, by default 60; it doubles up to an hour.</source>
        <translation>Die Pause nach dem ersten Fehlschlag beim Weitertragen, Vorgabe 60; sie verdoppelt sich bis zu einer Stunde.</translation>
    </message>
    <message>
        <source>Senders are told of a delay after so long, by default 240.</source>
        <translation>Nach so langer Zeit erfahren Absender von einer Verzögerung, Vorgabe 240.</translation>
    </message>
    <message>
        <source>What could not be delivered for so long is returned, by default 7200.</source>
        <translation>Was so lange nicht zugestellt werden konnte, geht zurück, Vorgabe 7200.</translation>
    </message>
    <message>
        <source>list what waits to be carried onward</source>
        <translation>auflisten, was auf die Weiterleitung wartet</translation>
    </message>
    <message>
        <source>try these messages at once, or all</source>
        <translation>diese Nachrichten sofort versuchen, oder alle</translation>
    </message>
    <message>
        <source>keep these messages back, or all</source>
        <translation>diese Nachrichten zurückhalten, oder alle</translation>
    </message>
    <message>
        <source>go on with them</source>
        <translation>mit ihnen weitermachen</translation>
    </message>
    <message>
        <source>give these messages up</source>
        <translation>diese Nachrichten aufgeben</translation>
    </message>
    <message>
        <source>The first N messages, by default 1000.</source>
        <translation>Die ersten N Nachrichten, Vorgabe 1000.</translation>
    </message>
    <message>
        <source>The queue is paused. Let it go on with: wax relay queue resume</source>
        <translation>Die Warteschlange ist angehalten. Weiter geht es mit: wax relay queue resume</translation>
    </message>
    <message>
        <source>An ID is a number; see: wax relay queue list</source>
        <translation>Eine ID ist eine Zahl; siehe: wax relay queue list</translation>
    </message>
    <message>
        <source>Everything in the queue.</source>
        <translation>Alles in der Warteschlange.</translation>
    </message>
    <message>
        <source>Which messages? Give their IDs, or --all.</source>
        <translation>Welche Nachrichten? Geben Sie ihre IDs an oder --all.</translation>
    </message>
    <message>
        <source>Write to FILE, - being stdout: with --asn1 the elements, else the decoded content of --part N.</source>
        <translation>Schreibt nach FILE, - ist die Standardausgabe: mit --asn1 die Elemente, sonst den dekodierten Inhalt von --part N.</translation>
    </message>
    <message>
        <source>--out needs --part or --asn1, which say what to write.</source>
        <translation>--out braucht --part oder --asn1, denn die sagen, was geschrieben wird.</translation>
    </message>
    <message>
        <source>The protected part %1, by itself:</source>
        <translation>Der geschützte Teil %1, für sich:</translation>
    </message>
    <message>
        <source>Ask the network whether trusted signers' certificates were revoked, where they say, even if the profile's settings do not want it.</source>
        <translation>Fragt im Netz, ob Zertifikate vertrauenswürdiger Unterzeichner widerrufen wurden, dort, wo sie es angeben, auch wenn die Einstellungen des Profils es nicht wollen.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>it is encrypted, so a signature inside cannot be seen; give a reader's key with --key</source>
        <translation>sie ist verschlüsselt, daher ist eine Signatur darin nicht zu sehen; geben Sie mit --key den Schlüssel eines Lesers an</translation>
    </message>
    <message>
        <source>it was altered since it was signed</source>
        <translation>sie wurde nach dem Signieren verändert</translation>
    </message>
    <message>
        <source>it is signed by %1</source>
        <translation>signiert hat sie: %1</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>sie ist nicht signiert</translation>
    </message>
    <message>
        <source>it went to %1</source>
        <translation>Empfänger: %1</translation>
    </message>
    <message>
        <source>it is verified as a letter of %1</source>
        <translation>nach ihrem Siegel ist sie von %1</translation>
    </message>
    <message>
        <source>it came from %1</source>
        <translation>sie kam von %1</translation>
    </message>
    <message>
        <source>its subject is &quot;%1&quot;</source>
        <translation>ihr Betreff ist „%1“</translation>
    </message>
    <message>
        <source>it is %1%2</source>
        <translation>ihr Gesamturteil ist %1%2</translation>
    </message>
    <message>
        <source>it is not encrypted</source>
        <translation>sie ist nicht verschlüsselt</translation>
    </message>
    <message>
        <source>it can be read by %1</source>
        <translation>lesen kann sie: %1</translation>
    </message>
    <message>
        <source>its list of readers betrays a blind copy</source>
        <translation>ihre Leserliste verrät eine Blindkopie</translation>
    </message>
    <message>
        <source>a fault rule altered it</source>
        <translation>eine Fehlerregel hat sie verändert</translation>
    </message>
    <message>
        <source>the relay has not assessed it yet</source>
        <translation>das Relay hat sie noch nicht beurteilt</translation>
    </message>
    <message>
        <source>There is no spool of a relay in %1. Name the folder that the relay was given: --spool DIR</source>
        <translation>In %1 liegt kein Spool eines Relays. Nennen Sie den Ordner, den das Relay bekommen hat: --spool DIR</translation>
    </message>
    <message>
        <source>No message came.</source>
        <translation>Es kam keine Nachricht.</translation>
    </message>
    <message>
        <source>No message meets every condition. Nearest is message %1: %2.</source>
        <translation>Keine Nachricht erfüllt alle Bedingungen. Am nächsten kommt ihnen Nachricht %1: %2.</translation>
    </message>
    <message>
        <source>Message %1 came, and none was expected.</source>
        <translation>Nachricht %1 kam, und erwartet war keine.</translation>
    </message>
    <message>
        <source>--seed needs a number, --at a time such as 2026-11-23T10:00:00Z.</source>
        <translation>--seed braucht eine Zahl, --at eine Zeit wie 2026-11-23T10:00:00Z.</translation>
    </message>
    <message>
        <source>Took in %1 list(s) of revoked certificates.</source>
        <translation>Aufgenommen: %1 Liste(n) widerrufener Zertifikate.</translation>
    </message>
    <message>
        <source>archive (the default), inbox or sent.</source>
        <translation>archive (Vorgabe), inbox oder sent.</translation>
    </message>
    <message>
        <source>--folder is one of archive, inbox, sent.</source>
        <translation>--folder ist archive, inbox oder sent.</translation>
    </message>
    <message>
        <source>Which files? An mbox file holds many messages, an .eml file one; of a folder, such as a Maildir, all mail in it is taken.</source>
        <translation>Welche Dateien? Eine mbox-Datei enthält viele Nachrichten, eine .eml-Datei eine; aus einem Ordner, etwa einem Maildir, wird alle Post darin übernommen.</translation>
    </message>
    <message>
        <source>%1 taken in, %2 known before.</source>
        <translation>%1 übernommen, %2 schon bekannt.</translation>
    </message>
    <message>
        <source>take in the mail that other programs kept</source>
        <translation>E-Mails übernehmen, die andere Programme aufbewahrt haben</translation>
    </message>
</context>
<context>
    <name>ui::AccountDialog</name>
    <message>
        <source>Mail servers of %1</source>
        <translation>Mailserver von %1</translation>
    </message>
    <message>
        <source>The &amp;relay of this computer</source>
        <translation>Das &amp;Relay dieses Rechners</translation>
    </message>
    <message>
        <source>Servers &amp;elsewhere</source>
        <translation>Server &amp;anderswo</translation>
    </message>
    <message>
        <source>Your window finds it wherever it listens and logs in by itself.</source>
        <translation>Ihr Fenster findet es, wo immer es lauscht, und meldet sich selbst an.</translation>
    </message>
    <message>
        <source>For sending (SMTP)</source>
        <translation>Zum Senden (SMTP)</translation>
    </message>
    <message>
        <source>For sending</source>
        <translation>Zum Senden</translation>
    </message>
    <message>
        <source>For reading (POP3)</source>
        <translation>Zum Lesen (POP3)</translation>
    </message>
    <message>
        <source>For reading</source>
        <translation>Zum Lesen</translation>
    </message>
    <message>
        <source>Password for both</source>
        <translation>Passwort für beide</translation>
    </message>
    <message>
        <source>as it is kept</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>It is kept among your keys, under your passphrase.</source>
        <translation>Es wird bei Ihren Schlüsseln aufbewahrt, unter Ihrer Passphrase.</translation>
    </message>
    <message>
        <source>Pass&amp;word for both</source>
        <translation>Pass&amp;wort für beide</translation>
    </message>
    <message>
        <source>Vouched for &amp;by</source>
        <translation>Für sie bür&amp;gt</translation>
    </message>
    <message>
        <source>Who vouches for the servers</source>
        <translation>Wer für die Server bürgt</translation>
    </message>
    <message>
        <source>A server shows a certificate. If it is one of your company's own, give the certificate of the authority that issued it.</source>
        <translation>Ein Server weist sich mit einem Zertifikat aus. Stammt es von Ihrer Firma, geben Sie das Zertifikat der Zertifizierungsstelle an, die es ausgestellt hat.</translation>
    </message>
    <message>
        <source>&amp;Leave what was fetched on the server</source>
        <translation>Geholtes auf dem Server &amp;lassen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>For sending: Server</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>TLS from the start</source>
        <translation>TLS von Anfang an</translation>
    </message>
    <message>
        <source>STARTTLS, and nothing without it</source>
        <translation>STARTTLS, und nichts ohne</translation>
    </message>
    <message>
        <source>STARTTLS if offered, on this computer only</source>
        <translation>STARTTLS, wenn angeboten, nur auf diesem Rechner</translation>
    </message>
    <message>
        <source>none, on this computer only</source>
        <translation>keine, nur auf diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation>Ser&amp;ver</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Encr&amp;yption</source>
        <translation>Verschlüsselu&amp;ng</translation>
    </message>
    <message>
        <source>Encryp&amp;tion</source>
        <translation>Verschl&amp;üsselung</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>User &amp;name</source>
        <translation>Benutzerna&amp;me</translation>
    </message>
    <message>
        <source>%1 is another computer: without encryption everybody on the way could read your mail and your password. Choose TLS or STARTTLS.</source>
        <translation>%1 ist ein anderer Rechner: ohne Verschlüsselung könnte unterwegs jeder Ihre Post und Ihr Passwort lesen. Wählen Sie TLS oder STARTTLS.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>an authority that this computer knows</source>
        <translation>eine Zertifizierungsstelle, die dieser Rechner kennt</translation>
    </message>
    <message>
        <source>another one, from a file…</source>
        <translation>eine andere, aus einer Datei…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer *.der);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>This certificate vouches for nobody else. Choose that of the authority which issued the server's.</source>
        <translation>Dieses Zertifikat bürgt für niemand anderen. Wählen Sie das der Zertifizierungsstelle, die das des Servers ausgestellt hat.</translation>
    </message>
    <message>
        <source>%1, from a file</source>
        <translation>%1, aus einer Datei</translation>
    </message>
    <message>
        <source>the server for sending</source>
        <translation>der Server zum Senden</translation>
    </message>
    <message>
        <source>the server for reading</source>
        <translation>der Server zum Lesen</translation>
    </message>
    <message>
        <source>the user name for reading</source>
        <translation>der Benutzername zum Lesen</translation>
    </message>
    <message>
        <source>the password</source>
        <translation>das Passwort</translation>
    </message>
    <message>
        <source>Still missing: %1.</source>
        <translation>Es fehlt noch: %1.</translation>
    </message>
</context>
<context>
    <name>ui::Main</name>
    <message>
        <source>What Waxwing encrypts and signs with could not be set up. Install it again.</source>
        <translation>Womit Waxwing verschlüsselt und unterschreibt, ließ sich nicht einrichten. Installieren Sie es neu.</translation>
    </message>
</context>
<context>
    <name>ui::FileProblems</name>
    <message numerus="yes">
        <source>%n more files cannot be used, for other reasons.</source>
        <translation><numerusform>%n weitere Datei kann aus einem anderen Grund nicht verwendet werden.</numerusform><numerusform>%n weitere Dateien können aus anderen Gründen nicht verwendet werden.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more files</source>
        <translation><numerusform>%1 und %n weitere Datei</numerusform><numerusform>%1 und %n weitere Dateien</numerusform></translation>
    </message>
</context>
<context>
    <name>ui::RelayClassDialog</name>
    <message>
        <source>Mailboxes for a class</source>
        <translation>Postfächer für eine Klasse</translation>
    </message>
    <message>
        <source>Mailboxes</source>
        <translation>Postfächer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>&amp;People: a name or an address on each line, and after the address a comma and a password if you choose it yourself</source>
        <translation>&amp;Personen: in jeder Zeile ein Name oder eine Adresse; hinter der Adresse ein Komma und ein Passwort, wenn Sie es selbst wählen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Names without an address get one in</source>
        <translation>Namen ohne Adresse erhalten eine in</translation>
    </message>
    <message>
        <source>&amp;Names without an address get one in</source>
        <translation>&amp;Namen ohne Adresse erhalten eine in</translation>
    </message>
    <message>
        <source>&amp;Make the mailboxes</source>
        <translation>Postfächer an&amp;legen</translation>
    </message>
    <message>
        <source>P&amp;rint…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>keine Adresse</translation>
    </message>
    <message>
        <source>in the list already</source>
        <translation>steht schon in der Liste</translation>
    </message>
    <message>
        <source>has a mailbox already</source>
        <translation>hat schon ein Postfach</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>Waxwing chooses one</source>
        <translation>wählt Waxwing</translation>
    </message>
    <message numerus="yes">
        <source>%n mailboxes will be made.</source>
        <translation><numerusform>%n Postfach wird angelegt.</numerusform><numerusform>%n Postfächer werden angelegt.</numerusform></translation>
    </message>
    <message>
        <source>Why the other lines are left out stands under &quot;State&quot;.</source>
        <translation>Warum die übrigen Zeilen ausgelassen werden, steht unter „Zustand“.</translation>
    </message>
    <message>
        <source>Making the mailboxes. This takes a moment.</source>
        <translation>Die Postfächer werden angelegt. Das dauert einen Augenblick.</translation>
    </message>
    <message>
        <source>made</source>
        <translation>angelegt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n mailboxes were made.</source>
        <translation><numerusform>%n Postfach wurde angelegt.</numerusform><numerusform>%n Postfächer wurden angelegt.</numerusform></translation>
    </message>
    <message>
        <source>Print or save the list now: nobody can look the passwords up again.</source>
        <translation>Drucken oder speichern Sie die Liste jetzt: Später kann niemand die Passwörter nachsehen.</translation>
    </message>
    <message>
        <source>Print the list</source>
        <translation>Liste drucken</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Liste speichern</translation>
    </message>
    <message>
        <source>The list was saved. Whoever reads the file can read these mailboxes.</source>
        <translation>Die Liste wurde gespeichert. Wer die Datei liest, kann diese Postfächer lesen.</translation>
    </message>
    <message>
        <source>The list was neither printed nor saved, and its passwords go with this window. Close it again if you do not need them.</source>
        <translation>Die Liste wurde weder gedruckt noch gespeichert, und ihre Passwörter verschwinden mit diesem Fenster. Schließen Sie es noch einmal, wenn Sie sie nicht brauchen.</translation>
    </message>
</context>
<context>
    <name>ui::SearchScopeBar</name>
    <message>
        <source>All folders</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>Search everything but the trash</source>
        <translation>Alles außer dem Papierkorb durchsuchen</translation>
    </message>
    <message>
        <source>This folder</source>
        <translation>Dieser Ordner</translation>
    </message>
    <message>
        <source>Search the chosen folder only</source>
        <translation>Nur den gewählten Ordner durchsuchen</translation>
    </message>
    <message>
        <source>more than %1 found</source>
        <translation>mehr als %1 gefunden</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>The text of older messages is still being read: more may be found.</source>
        <translation>Der Text älterer Nachrichten wird noch eingelesen: Es kann noch mehr gefunden werden.</translation>
    </message>
    <message>
        <source>The text of encrypted messages is not searched.</source>
        <translation>Der Text verschlüsselter Nachrichten wird nicht durchsucht.</translation>
    </message>
</context>
<context>
    <name>ui::DraftAttachments</name>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Take %1 out</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
</TS>
