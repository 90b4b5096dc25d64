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
        {"authority", "the trusted authority of this data directory", &runAuthority},
        {"identity", "keys and certificates of a mail address", &runIdentity},
        {"certificate", "other people's certificates", &runCertificate},
        {"trust", "whose certificates vouch for others", &runTrust},
        {"seal", "sign and encrypt a draft", &runSeal},
        {"open", "decrypt and verify a message, and say what was found", &runOpen},
        {"inspect", "show the structure of a message without any key", &runInspect},
        {"send", "seal a draft and send it through the outbox", &runSend},
        {"fetch", "bring new mail into the inbox", &runFetch},
        {"list", "list the messages of a folder", &runList},
        {"read", "open a stored message, and say what was found", &runRead},
        {"search", "find messages by words of their headers", &runSearch},
        {"relay", "run the relay, and its users", &runRelay},
        {"forge", "mint awkward mail with its expected verdicts, to test readers", &runForge},
    };
    return all;
}

} // namespace cli
