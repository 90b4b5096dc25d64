// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/Fuzz.h"
#include "mime/HtmlReduction.h"

using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString html = QString::fromUtf8(fuzz::octets(data, size));
    mime::HtmlPolicy policy;
    policy.contentIds = {"a@b"};
    const mime::ReducedHtml reduced = mime::reduceHtml(html, policy);
    // Text is escaped, so a "<" in the result always begins markup.
    for (const QString &forbidden : {u"<script"_s, u"<style"_s, u"<iframe"_s, u"<object"_s, u"<form"_s, u"<link"_s, u"<meta"_s, u"<base"_s, u"<svg"_s, u"<!"_s,
                                     u"<img src=\"http"_s, u"<img src=\"file"_s, u"<a href=\"javascript"_s})
        fuzz::require(!reduced.html.contains(forbidden, Qt::CaseInsensitive), "nothing forbidden comes out");
    fuzz::require(reduced.html.size() <= policy.outputCharacters * 2, "the output is bounded");
    // Read once more nothing new appears, so no second reader sees other markup than ours did.
    fuzz::require(mime::reduceHtml(reduced.html, policy).html == reduced.html, "reduction is stable");
    return 0;
}
