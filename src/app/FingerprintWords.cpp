// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/FingerprintWords.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace app {

namespace {

constexpr const char *kWords[] = {
    "acid", "acorn", "actor", "adobe", "agent", "album", "amber", "angel", "ankle", "anvil", "apple", "apron", "arch", "arrow", "ash",
    "atlas", "attic", "autumn", "avocado", "badge", "bagel", "bamboo", "banjo", "barn", "basil", "beach", "beetle", "berry", "bishop",
    "blanket", "bonfire", "bottle", "branch", "brick", "broom", "bucket", "buffalo", "butter", "cabin", "cactus", "camel", "candle",
    "canoe", "carpet", "castle", "cedar", "cello", "chalk", "cherry", "circus", "clay", "clover", "cobra", "coffee", "comet", "copper",
    "cotton", "cradle", "dagger", "daisy", "dancer", "desert", "diamond", "dinner", "dolphin", "donkey", "dragon", "drum", "dune",
    "dwarf", "eagle", "easel", "echo", "elbow", "elephant", "elm", "engine", "envelope", "evening", "fabric", "falcon", "farmer",
    "feather", "fern", "fiddle", "flag", "flute", "forest", "fossil", "fox", "frost", "garden", "garlic", "ghost", "ginger", "giraffe",
    "globe", "goat", "granite", "grape", "guitar", "hammer", "harbor", "harp", "hazel", "helmet", "hermit", "hippo", "honey", "horizon",
    "hotel", "icicle", "igloo", "ink", "iris", "iron", "island", "ivory", "jacket", "jaguar", "jelly", "jewel", "jigsaw", "judge",
    "jungle", "juniper", "kayak", "kernel", "kettle", "kiosk", "kitten", "knight", "koala", "ladder", "lagoon", "lantern", "lava",
    "lemon", "lilac", "lizard", "lobster", "lotus", "lunch", "magnet", "maple", "marble", "meadow", "melon", "mirror", "moth", "mustard",
    "napkin", "nectar", "needle", "nickel", "ninja", "north", "nugget", "nutmeg", "oasis", "oboe", "ocean", "olive", "onion", "opera",
    "orbit", "orchid", "otter", "oyster", "palace", "panda", "parrot", "parsley", "pebble", "pepper", "piano", "pigeon", "pilot",
    "planet", "plum", "pony", "potato", "pumpkin", "puzzle", "quail", "quartz", "queen", "quilt", "quiver", "rabbit", "radar", "radish",
    "raven", "ribbon", "river", "robin", "rocket", "ruby", "rudder", "saddle", "salmon", "sandal", "satin", "scarf", "shadow", "silver",
    "sofa", "spider", "sponge", "squid", "stone", "sugar", "sunset", "swan", "table", "tango", "teapot", "temple", "thunder", "tiger",
    "tomato", "torch", "tower", "tractor", "tulip", "tunnel", "turtle", "umbrella", "uncle", "unicorn", "urchin", "valley", "vanilla",
    "velvet", "village", "violin", "volcano", "vulture", "waffle", "wagon", "walnut", "walrus", "water", "whale", "willow", "window",
    "winter", "wolf", "wombat", "yacht", "yellow", "yogurt", "zebra", "zenith", "zigzag", "zipper",};
static_assert(std::size(kWords) == 256);

constexpr qsizetype kOctets = kFingerprintWords - 1;

/// Depends on the place of each octet, so that swapped words are noticed.
char checkOctet(QByteArrayView octets)
{
    return QCryptographicHash::hash(octets, QCryptographicHash::Sha256).front();
}

QString wordOf(char octet)
{
    return QString::fromLatin1(kWords[static_cast<unsigned char>(octet)]);
}

} // namespace

QStringList wordsOfFingerprint(const QByteArray &fingerprint)
{
    const QByteArray octets = fingerprint.first(kOctets);
    QStringList words;
    for (const char octet : octets)
        words.append(wordOf(octet));
    words.append(wordOf(checkOctet(octets)));
    return words;
}

base::Result<QByteArray> fingerprintOfWords(const QString &typed)
{
    static const QRegularExpression between{u"[^a-z]+"_s};
    const QStringList words = typed.toLower().split(between, Qt::SkipEmptyParts);
    QByteArray octets;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QByteArray word = words[i].toLatin1();
        const auto known = std::lower_bound(std::begin(kWords), std::end(kWords), word, [](const char *a, const QByteArray &b) { return QByteArrayView{a} < b; });
        if (known == std::end(kWords) || word != *known)
            return base::Error{ErrorCode::InvalidArgument, u"\"%1\" is not in the list of words"_s.arg(words[i]), i, {}};
        octets.append(static_cast<char>(known - std::begin(kWords)));
    }
    if (octets.size() != kFingerprintWords)
        return {ErrorCode::InvalidArgument, u"%1 words are wanted, not %2"_s.arg(kFingerprintWords).arg(octets.size())};
    if (checkOctet(octets.first(kOctets)) != octets.back())
        return {ErrorCode::InvalidArgument, u"a word is wrong, or two are swapped"_s};
    return octets.first(kOctets);
}

} // namespace app
