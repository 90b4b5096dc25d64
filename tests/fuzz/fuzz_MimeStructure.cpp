// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/Fuzz.h"
#include "mime/Body.h"
#include "mime/MessageBuilder.h"
#include "mime/Structure.h"
#include "mime/Text.h"

namespace {

void requireSoundRanges(const mime::Part &part)
{
    fuzz::require(part.whole.begin <= part.header.begin && part.header.end <= part.body.begin, "header before body");
    fuzz::require(part.body.begin <= part.body.end && part.body.end == part.whole.end, "body ends the part");
    qsizetype at = part.body.begin;
    for (const mime::Part &child : part.children) {
        fuzz::require(at <= child.whole.begin && child.whole.end <= part.whole.end, "children in order and inside");
        at = child.whole.end;
        requireSoundRanges(child);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray mail = fuzz::octets(data, size);
    const auto structure = mime::parseStructure(mail);
    if (!structure) {
        fuzz::require(structure.error().offset.has_value(), "an error says where");
        return 0;
    }
    requireSoundRanges(structure->root);
    for (const mime::Part *part : structure->flattened()) {
        (void)mime::textOf(mail, *part);
        (void)part->fileName();
        (void)mime::headersOf(mail, *part);
    }
    (void)mime::selectBody(structure->root);
    (void)mime::readDraft(mail);
    const auto split = mime::splitForSigning(mail);
    fuzz::require(split.isOk() && mime::hasCanonicalLineEnds(split->whole()), "what is signed is canonical");
    return 0;
}
