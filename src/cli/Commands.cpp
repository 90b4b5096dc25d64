// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Commands.h"

#include "cli/ForgeCommand.h"
#include "cli/IdentityCommands.h"
#include "cli/MailCommands.h"
#include "cli/MessageCommands.h"
#include "cli/RelayCommands.h"

namespace cli {

// A new command is declared in its own header and gets one line here.
std::span<const Command> commands()
{
    static constexpr Command all[] = {
        {"authority", QT_TRANSLATE_NOOP("cli::Talk", "the trusted authority of this data directory"), &runAuthority},
        {"identity", QT_TRANSLATE_NOOP("cli::Talk", "keys and certificates of a mail address"), &runIdentity},
        {"certificate", QT_TRANSLATE_NOOP("cli::Talk", "other people's certificates"), &runCertificate},
        {"trust", QT_TRANSLATE_NOOP("cli::Talk", "whose certificates vouch for others"), &runTrust},
        {"seal", QT_TRANSLATE_NOOP("cli::Talk", "sign and encrypt a draft"), &runSeal},
        {"open", QT_TRANSLATE_NOOP("cli::Talk", "decrypt and verify a message, and say what was found"), &runOpen},
        {"inspect", QT_TRANSLATE_NOOP("cli::Talk", "show the structure of a message without any key"), &runInspect},
        {"send", QT_TRANSLATE_NOOP("cli::Talk", "seal a draft and send it through the outbox"), &runSend},
        {"fetch", QT_TRANSLATE_NOOP("cli::Talk", "bring new mail into the inbox"), &runFetch},
        {"import", QT_TRANSLATE_NOOP("cli::Talk", "take in the mail that other programs kept"), &runImport},
        {"list", QT_TRANSLATE_NOOP("cli::Talk", "list the messages of a folder"), &runList},
        {"read", QT_TRANSLATE_NOOP("cli::Talk", "open a stored message, and say what was found"), &runRead},
        {"search", QT_TRANSLATE_NOOP("cli::Talk", "find messages by words of their headers and texts"), &runSearch},
        {"relay", QT_TRANSLATE_NOOP("cli::Talk", "run the relay, and its users"), &runRelay},
        {"forge", QT_TRANSLATE_NOOP("cli::Talk", "mint awkward mail with its expected verdicts, to test readers"), &runForge},
    };
    return all;
}

} // namespace cli
