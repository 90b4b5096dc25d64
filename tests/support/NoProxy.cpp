// SPDX-License-Identifier: GPL-3.0-or-later
// A libproxy that knows no proxy. Debian's brings forty libraries into each program that has QtNetwork, and may ask the desktop and the network;
// the suite starts a thousand programs, all of which talk to this machine alone.
#include <cstdlib>
#include <cstring>

namespace {

struct Factory {
};

} // namespace

extern "C" {

Factory *px_proxy_factory_new()
{
    static Factory factory;
    return &factory;
}

void px_proxy_factory_free(Factory *) {}

/// "direct://" for every address. The list belongs to the caller, who frees it as malloc made it.
char **px_proxy_factory_get_proxies(Factory *, const char *)
{
    char **proxies = static_cast<char **>(std::calloc(2, sizeof(char *)));
    if (proxies)
        proxies[0] = strdup("direct://");
    return proxies;
}

void px_proxy_factory_free_proxies(char **proxies)
{
    for (char **proxy = proxies; proxy && *proxy; ++proxy)
        std::free(*proxy);
    std::free(proxies);
}
}
