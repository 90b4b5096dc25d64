// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

namespace mime {

/// What of a mail's HTML may stay. The default is the strictest: that of signed and encrypted mail.
struct HtmlPolicy {
    enum class Styles { Drop, KeepHarmless }; ///< Harmless: colours, fonts, alignment, spacing in style attributes; never style sheets.
    Styles styles = Styles::Drop;
    /// Content-IDs of this very message, without angle brackets; `cid:` of anything else is removed.
    QSet<QByteArray> contentIds;

    qsizetype inputCharacters = 8 * 1024 * 1024;
    qsizetype outputCharacters = 4 * 1024 * 1024;
    int depth = 200;                 ///< Deeper elements are left out, their text kept.
    int nodes = 200'000;
    qsizetype dataPictureOctets = 1024 * 1024; ///< Sum over all data: pictures.
};

/// HTML after reduction: only elements and attributes of the allow-list, nothing that refers outside the message except links to click.
struct ReducedHtml {
    QString html;      ///< A fragment's worth inside <html><body>; safe for a viewer whose loadResource serves parts of this message only.
    QString plainText; ///< Of the same tree.
    QList<QByteArray> contentIds; ///< cid: pictures that the result refers to.
    int remoteReferencesBlocked = 0; ///< Above 0: warning `remote-content-blocked`.
    bool wasTruncated = false;       ///< A limit was reached; the text up to there is kept.
};

/// Reduces HTML to the allow-list. Never fails, any thread, linear time and bounded memory. No scripts, style sheets, forms, frames, objects, SVG, MathML,
/// base, meta, event handlers; links only http, https, mailto. DESIGN decision 12.
[[nodiscard]] ReducedHtml reduceHtml(const QString &html, const HtmlPolicy &policy = {});

/// `reduced`, as reduceHtml gave it, between texts of the same letter: escaped, in paragraphs of their own. What is blank adds nothing.
[[nodiscard]] QString withTextAround(const QString &reduced, const QString &before, const QString &after);

/// The text of HTML-only mail: what reduceHtml gives as plainText.
[[nodiscard]] QString htmlToPlainText(const QString &html);

} // namespace mime
