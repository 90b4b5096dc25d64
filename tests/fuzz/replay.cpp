// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over the files of its corpus, and over every prefix and some mutations of each, where libFuzzer is not at hand.
#include "fuzz/Fuzz.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include <csignal>
#include <random>

namespace {

const QByteArray *current = nullptr;

// As libFuzzer does: the input that led to an abort is left behind.
void keepFinding(int)
{
    if (std::FILE *file = current ? std::fopen("fuzz-finding", "wb") : nullptr) {
        std::fwrite(current->constData(), 1, static_cast<std::size_t>(current->size()), file);
        std::fclose(file);
    }
    std::_Exit(134);
}

void run(const QByteArray &input)
{
    current = &input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.constData()), static_cast<std::size_t>(input.size()));
}

void runPrefixes(const QByteArray &input)
{
    constexpr qsizetype kMost = 200;
    const qsizetype step = qMax<qsizetype>(1, input.size() / kMost);
    for (qsizetype size = 0; size < input.size(); size += step)
        run(input.first(size));
}

// The seed is fixed: a finding comes back in the next run.
void runMutations(const QByteArray &input, int rounds)
{
    std::mt19937 random(static_cast<std::mt19937::result_type>(input.size()));
    const auto below = [&random](qsizetype limit) { return static_cast<qsizetype>(random() % static_cast<std::uint64_t>(limit)); };
    for (int round = 0; round < rounds && !input.isEmpty(); ++round) {
        QByteArray mutated = input;
        for (int edit = 0; edit < 4; ++edit) {
            const qsizetype at = below(mutated.size());
            const qsizetype length = qMin(1 + below(16), mutated.size() - at);
            switch (random() % 4) {
            case 0:
                mutated[at] = static_cast<char>(random());
                break;
            case 1:
                mutated.insert(at, mutated.sliced(at, length));
                break;
            case 2:
                if (mutated.size() > length)
                    mutated.remove(at, length);
                break;
            default:
                mutated.insert(at, mutated.sliced(below(mutated.size() - length + 1), length));
                break;
            }
        }
        run(mutated);
    }
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGABRT, keepFinding);
    bool isSet = false; // WAXWING_FUZZ_ROUNDS: more for a longer search without libFuzzer
    const int asked = qEnvironmentVariableIntValue("WAXWING_FUZZ_ROUNDS", &isSet);
    const int rounds = isSet ? asked : 300;
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        QDirIterator it(QString::fromLocal8Bit(argv[i]), QDir::Files);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                return 3;
            const QByteArray input = file.readAll();
            run(input);
            runPrefixes(input);
            runMutations(input, rounds);
            ++files;
        }
    }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1; // an empty corpus is a mistake in the set-up
}
