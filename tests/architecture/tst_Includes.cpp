// SPDX-License-Identifier: GPL-3.0-or-later
// Who may include whom: the table of the design, enforced by reading the include lines.
#include "architecture/SourceTree.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Whole modules that a module may include, itself aside.
const QHash<QString, QSet<QString>> &allowedModules()
{
    static const QHash<QString, QSet<QString>> table{
        {u"base"_s, {}},
        {u"provider"_s, {u"base"_s}},
        {u"mime"_s, {u"base"_s}},
        {u"net"_s, {u"base"_s}},
        {u"identity"_s, {u"base"_s}},
        {u"store"_s, {u"base"_s, u"mime"_s}},
        {u"smime"_s, {u"base"_s, u"mime"_s, u"identity"_s}},
        {u"forge"_s, {u"base"_s, u"mime"_s}},
        {u"transport"_s, {u"base"_s, u"mime"_s, u"net"_s}},
        {u"relay"_s, {u"base"_s, u"mime"_s, u"net"_s, u"store"_s}},
        {u"app"_s, {u"base"_s, u"mime"_s, u"net"_s, u"identity"_s, u"store"_s, u"smime"_s, u"transport"_s, u"relay"_s}},
        {u"cli"_s, {u"base"_s, u"app"_s, u"forge"_s}},
        {u"ui"_s, {u"base"_s, u"app"_s}},
    };
    return table;
}

/// Single headers beyond those: values that travel upwards, and what a main() needs to start.
const QHash<QString, QSet<QString>> &allowedHeaders()
{
    static const QSet<QString> providerValues{
        u"provider/Registration.h"_s, u"provider/KeyGeneration.h"_s, u"provider/CertificateFacts.h"_s,
        u"provider/CertificateIssuance.h"_s, u"provider/PathPolicy.h"_s, u"provider/Pkcs12.h"_s, u"provider/PrivateKeyFile.h"_s,
        u"provider/CmsOptions.h"_s, u"provider/CmsFacts.h"_s, u"provider/CmsStructure.h"_s, u"provider/Ocsp.h"_s,
        u"provider/KeyMaterial.h"_s, u"provider/PemBlocks.h"_s, u"provider/SmimeCapabilities.h"_s, u"provider/Revocation.h"_s, u"provider/SecretBox.h"_s, u"provider/Sha256.h"_s,
        u"provider/Asn1Tree.h"_s, u"provider/TimeStamp.h"_s, u"provider/SharedKey.h"_s};
    static const QSet<QString> values{
        u"provider/Registration.h"_s, u"mime/Address.h"_s, u"mime/Domain.h"_s, u"mime/FileName.h"_s, u"smime/Verdict.h"_s, u"net/Endpoint.h"_s};
    static const QHash<QString, QSet<QString>> table{
        {u"identity"_s, providerValues},
        {u"smime"_s, providerValues},
        // The only one that may write what no product code writes.
        {u"forge"_s, providerValues + QSet<QString>{u"provider/CmsForge.h"_s, u"smime/Verdict.h"_s}},
        {u"app"_s, {u"provider/Asn1Tree.h"_s}},
        {u"cli"_s, values},
        {u"ui"_s, values},
    };
    return table;
}

bool isOurs(const QString &include)
{
    return allowedModules().contains(include.section(u'/', 0, 0)) && include.contains(u'/');
}

bool isAllowed(const SourceFile &file, const QString &include)
{
    const QString module = include.section(u'/', 0, 0);
    return module == file.module || allowedModules()[file.module].contains(module) || allowedHeaders()[file.module].contains(include);
}

struct LibraryRule {
    const char *name;
    QRegularExpression include;
    QSet<QString> modules; ///< The only ones that may include it.
};

const QList<LibraryRule> &libraryRules()
{
    static const QSet<QString> withQca{u"provider"_s, u"net"_s, u"identity"_s, u"smime"_s, u"forge"_s, u"app"_s, u"cli"_s, u"ui"_s};
    static const QList<LibraryRule> rules{
        {"OpenSSL", QRegularExpression{u"^openssl/"_s}, {u"provider"_s}},
        {"QCA", QRegularExpression{u"^(QtCrypto|qca)"_s}, withQca},
        {"D-Bus and QtKeychain", QRegularExpression{u"^(QDBus|QtDBus|qt6keychain)"_s}, {u"cli"_s}},
        {"SQL", QRegularExpression{u"^(QSql|QtSql|sqlite3)"_s}, {u"store"_s}},
        {"sockets", QRegularExpression{u"^(Q(Tcp|Ssl|Local|Udp|Abstract)(Socket|Server)|sys/socket|netinet/)"_s},
         {u"net"_s, u"transport"_s, u"relay"_s, u"app"_s, u"ui"_s}},
        {"widgets", QRegularExpression{u"^(QtWidgets|QWidget|QDialog|QMainWindow|QMessageBox|QApplication|QLabel)"_s}, {u"ui"_s}},
        {"GUI", QRegularExpression{u"^(QtGui|QGuiApplication|QPixmap|QImage|QIcon|QPainter|QFont|QColor|QPalette|QTextDocument)"_s}, {u"ui"_s}},
    };
    return rules;
}

} // namespace

class TestIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_files = readSourceTree({u"src"_s, u"ui"_s});
        QVERIFY(m_files.size() > 10);
    }

    void modulesIncludeOnlyWhatTheDesignAllows()
    {
        QStringList wrong;
        for (const SourceFile &file : m_files)
            for (const QString &include : file.includes)
                if (isOurs(include) && !isAllowed(file, include))
                    wrong << file.path + u" includes "_s + include;
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void whatIsAllowedExists()
    {
        for (const QSet<QString> &headers : allowedHeaders())
            for (const QString &header : headers)
                QVERIFY2(QFile::exists(QStringLiteral(WAXWING_SOURCE_DIR "/src/") + header), qPrintable(header));
    }

    void ownHeadersAreNamedWithTheirModule()
    {
        QStringList wrong;
        for (const SourceFile &file : m_files)
            for (const QString &include : file.includes)
                if (include.endsWith(".h"_L1) && !include.contains(u'/') && !include.startsWith("ui_"_L1) && QFile::exists(
                        QStringLiteral(WAXWING_SOURCE_DIR "/") + file.path.section(u'/', 0, -2) + u'/' + include))
                    wrong << file.path + u" includes "_s + include;
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void librariesAreUsedOnlyWhereTheyAreWrapped()
    {
        QStringList wrong;
        for (const SourceFile &file : m_files)
            for (const QString &include : file.includes)
                for (const LibraryRule &rule : libraryRules())
                    if (rule.include.match(include).hasMatch() && !rule.modules.contains(file.module))
                        wrong << u"%1 includes %2 (%3)"_s.arg(file.path, include, QLatin1StringView{rule.name});
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

private:
    QList<SourceFile> m_files;
};

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_Includes.moc"
