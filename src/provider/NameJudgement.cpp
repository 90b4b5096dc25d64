// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/NameJudgement.h"

#include "provider/CertificateNames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace provider {

namespace {

/// The name constraints of an authority, if there are any.
class NamesAllowed
{
public:
    explicit NamesAllowed(const X509 *authority)
        : m_constraints(extensionOf<NameConstraintsPtr>(authority, NID_name_constraints))
    {
    }

    [[nodiscard]] NAME_CONSTRAINTS *constraints() const { return m_constraints.get(); }
    [[nodiscard]] const STACK_OF(GENERAL_SUBTREE) *permitted() const { return m_constraints ? m_constraints->permittedSubtrees : nullptr; }
    [[nodiscard]] const STACK_OF(GENERAL_SUBTREE) *excluded() const { return m_constraints ? m_constraints->excludedSubtrees : nullptr; }
    /// Of the form SmtpUTF8Mailbox, which OpenSSL passes over.
    [[nodiscard]] bool nameMailboxes() const { return hasMailboxSubtree(permitted()) || hasMailboxSubtree(excluded()); }

private:
    NameConstraintsPtr m_constraints;
};

} // namespace

// RFC 9598 section 6: an international mailbox has its domain in A-labels, and so has the constraint. OpenSSL expects U-labels in the mailbox, as
// RFC 8398 had it, and finds what is permitted not permitted.
bool isPermittedByALabels(const PathSearch::Path &path, std::size_t depth)
{
    const auto names = extensionOf<GeneralNamesPtr>(path[depth], NID_subject_alt_name);
    const QStringList mailboxes = internationalMailboxesOf(names.get());
    const X509Ptr rest = mailboxes.isEmpty() ? nullptr : withoutInternationalMailboxes(path[depth]);
    for (std::size_t i = depth + 1; rest && i < path.size(); ++i) {
        const NamesAllowed allowed(path[i]);
        if (!allowed.constraints())
            continue;
        if (allowed.nameMailboxes())
            return false;
        const QStringList permitted = mailNamesOf(allowed.permitted());
        const QStringList excluded = mailNamesOf(allowed.excluded());
        const bool areMailboxes = std::all_of(mailboxes.begin(), mailboxes.end(), [&permitted, &excluded](const QString &mailbox) {
            const QString comparable = comparableMailbox(mailbox);
            return (permitted.isEmpty() || isPermitted(comparable, permitted)) && !isExcluded(comparable, excluded);
        });
        if (!areMailboxes || NAME_CONSTRAINTS_check(rest.get(), allowed.constraints()) != X509_V_OK)
            return false;
    }
    return rest != nullptr;
}

// OpenSSL compares a mailbox with a constraint as it is written, the local part by case and the domain of an international one octet by octet.
// But capitals, A-labels and other full stops name the same mailbox for whoever reads the mail, and somebody whose authority must not issue for
// it would pass for its user. OpenSSL has bounded names times constraints before.
NameObjection objectionToMailboxes(const PathSearch::Path &path)
{
    const auto names = extensionOf<GeneralNamesPtr>(path.front(), NID_subject_alt_name);
    QStringList mailboxes = mailAddressesOf(names.get()) + valuesOf(X509_get_subject_name(path.front()), NID_pkcs9_emailAddress);
    std::transform(mailboxes.begin(), mailboxes.end(), mailboxes.begin(), comparableMailbox);
    const bool isInternational = !internationalMailboxesOf(names.get()).isEmpty();
    for (std::size_t i = 1; i < path.size() && !mailboxes.isEmpty(); ++i) {
        const NamesAllowed allowed(path[i]);
        const QStringList excluded = mailNamesOf(allowed.excluded());
        if (std::any_of(mailboxes.begin(), mailboxes.end(), [&excluded](const QString &mailbox) { return isExcluded(mailbox, excluded); }))
            return {u"excluded subtree violation"_s, path.front()};
        // OpenSSL looks at what stands behind the last @ of a name, whatever that is.
        const QStringList permitted = mailNamesOf(allowed.permitted());
        if (!permitted.isEmpty() && !std::all_of(mailboxes.begin(), mailboxes.end(), isMailbox))
            return {u"permitted subtree violation"_s, path.front()};
        // RFC 9598 section 6 knows no such constraint, and RFC 5280 section 4.2.1.10 wants one processed or the certificate rejected.
        if (isInternational && allowed.nameMailboxes())
            return {u"unsupported name constraint type"_s, path.front()};
    }
    return {};
}

// For what is excluded, and only there: of what is permitted OpenSSL's narrower comparison lets less pass. A stranger's certificates have room for tens
// of thousands of attributes each, and to make one comparable takes much longer than to compare it.
NameObjection objectionToDirectoryNames(const PathSearch::Path &path, PathEffort &effort)
{
    const auto spendOn = [&effort](const QStringList &names) {
        for (const QString &name : names)
            effort.spend(name.size());
        return names;
    };
    QStringList excluded; // by those above
    for (std::size_t i = path.size(); i-- > 0;) {
        const bool isExempt = i > 0 && (X509_get_extension_flags(path[i]) & EXFLAG_SI) != 0; // RFC 5280 section 6.1.3 (b)
        if (!excluded.isEmpty() && !isExempt && isAnyWithin(spendOn(directoryNamesOf(path[i])), excluded))
            return {u"excluded subtree violation"_s, path[i]};
        const NamesAllowed allowed(path[i]);
        excluded += spendOn(directoryNamesOf(allowed.excluded()));
    }
    return {};
}

} // namespace provider
