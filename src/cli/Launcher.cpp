// SPDX-License-Identifier: GPL-3.0-or-later
// wax itself: becomes wax-offline or wax-online. Qt's network library and all that it loads take as long to start as all the rest of a short command, so
// what deals with files alone is linked without; and this choice is made before any library is loaded.
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace {

constexpr int kCouldNot = 3; // cli::Exit::CouldNot

/// Commands that always need the other program. Only a short cut: what wax-offline cannot do it hands over (HandOver.cpp).
constexpr std::string_view kOnline[] = {"fetch", "import", "list", "read", "relay", "search", "send"};

/// The first of the words that is neither an option nor the value of one; empty without any.
std::string_view commandAmong(char **words)
{
    for (; *words; ++words) {
        const std::string_view word{*words};
        if (word == "--data-dir" || word == "--profile") {
            if (!*++words)
                break;
        } else if (word.empty() || word.front() != '-') {
            return word;
        }
    }
    return {};
}

bool isOnline(std::string_view command)
{
    for (const std::string_view one : kOnline)
        if (command == one)
            return true;
    return false;
}

} // namespace

int main(int argc, char *argv[])
{
    std::array<char, PATH_MAX> self{};
    std::array<char, PATH_MAX + sizeof(WAXWING_PROGRAMS) + 16> program{};
    if (::readlink("/proc/self/exe", self.data(), self.size() - 1) > 0) {
        *std::strrchr(self.data(), '/') = '\0';
        const char *name = argc > 1 && isOnline(commandAmong(argv + 1)) ? "wax-online" : "wax-offline";
        std::snprintf(program.data(), program.size(), "%s/" WAXWING_PROGRAMS "/%s", self.data(), name);
        ::execv(program.data(), argv);
    }
    std::fprintf(stderr, "wax: %s: %s\n", program.data(), std::strerror(errno));
    return kCouldNot;
}
