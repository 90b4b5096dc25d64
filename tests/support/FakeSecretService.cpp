// SPDX-License-Identifier: GPL-3.0-or-later
// A secret service for a bus of the test's own, with one collection in memory: fake-secret-service [locked|silent]. It says "ready" once it can be asked.
// locked: it wants to be unlocked first, and its person says no. silent: it is there, and answers nothing.
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QMap>
#include <cstdio>

using namespace Qt::StringLiterals;

using Attributes = QMap<QString, QString>;

/// As the Secret Service API passes it.
struct PassedSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};
Q_DECLARE_METATYPE(PassedSecret)

QDBusArgument &operator<<(QDBusArgument &argument, const PassedSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, PassedSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

namespace {

const QString kRoot = u"/org/freedesktop/secrets"_s;
const QDBusObjectPath kNoPrompt{u"/"_s};

struct Item {
    Attributes attributes;
    QByteArray value;
};

bool bears(const Attributes &item, const Attributes &wanted)
{
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it)
        if (item.value(it.key()) != it.value())
            return false;
    return true;
}

} // namespace

class FakeSecretService : public QDBusVirtualObject
{
public:
    explicit FakeSecretService(const QString &mood) : m_mood(mood) {}

    QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (m_mood == "silent"_L1)
            return true;
        const QString member = message.member();
        if (member == "OpenSession"_L1 && message.arguments().value(0).toString() != "plain"_L1)
            return connection.send(message.createErrorReply(u"org.freedesktop.DBus.Error.NotSupported"_s, u"only plain"_s));
        connection.send(message.createReply(answerTo(member, message)));
        if (member == "Prompt"_L1) {
            QDBusMessage completed = QDBusMessage::createSignal(message.path(), u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s);
            completed << true << QVariant::fromValue(QDBusVariant{QVariant::fromValue(QList<QDBusObjectPath>{})});
            connection.send(completed);
        }
        return true;
    }

private:
    QVariantList answerTo(const QString &member, const QDBusMessage &message)
    {
        const QVariantList arguments = message.arguments();
        if (member == "OpenSession"_L1)
            return {QVariant::fromValue(QDBusVariant{QString{}}), QVariant::fromValue(QDBusObjectPath{kRoot + u"/session/1"_s})};
        if (member == "GetAll"_L1)
            return {QVariantMap{}};
        if (member == "SearchItems"_L1)
            return found(qdbus_cast<Attributes>(arguments.value(0)));
        if (member == "Unlock"_L1)
            return {QVariant::fromValue(QList<QDBusObjectPath>{}), QVariant::fromValue(QDBusObjectPath{kRoot + u"/prompt/1"_s})};
        if (member == "GetSecrets"_L1)
            return {secrets(qdbus_cast<QList<QDBusObjectPath>>(arguments.value(0)), arguments.value(1).value<QDBusObjectPath>())};
        if (member == "CreateItem"_L1)
            return {QVariant::fromValue(created(qdbus_cast<QVariantMap>(arguments.value(0)), qdbus_cast<PassedSecret>(arguments.value(1)))), QVariant::fromValue(kNoPrompt)};
        if (member == "Delete"_L1) {
            m_items.remove(message.path());
            return {QVariant::fromValue(kNoPrompt)};
        }
        return {};
    }

    QVariantList found(const Attributes &wanted) const
    {
        QList<QDBusObjectPath> paths;
        for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
            if (bears(it->attributes, wanted))
                paths.append(QDBusObjectPath{it.key()});
        // Locked: something may be there, and nobody sees what before it is unlocked.
        if (m_mood == "locked"_L1)
            return {QVariant::fromValue(QList<QDBusObjectPath>{}), QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath{kRoot + u"/collection/login/1"_s}})};
        return {QVariant::fromValue(paths), QVariant::fromValue(QList<QDBusObjectPath>{})};
    }

    QVariant secrets(const QList<QDBusObjectPath> &paths, const QDBusObjectPath &session) const
    {
        QMap<QDBusObjectPath, PassedSecret> map;
        for (const QDBusObjectPath &path : paths)
            if (m_items.contains(path.path()))
                map.insert(path, {session, {}, m_items[path.path()].value, u"text/plain"_s});
        return QVariant::fromValue(map);
    }

    QDBusObjectPath created(const QVariantMap &properties, const PassedSecret &secret)
    {
        const auto attributes = qdbus_cast<Attributes>(properties.value(u"org.freedesktop.Secret.Item.Attributes"_s));
        for (auto it = m_items.begin(); it != m_items.end(); ++it) {
            if (it->attributes == attributes) {
                it->value = secret.value;
                return QDBusObjectPath{it.key()};
            }
        }
        const QString path = u"%1/collection/login/%2"_s.arg(kRoot).arg(++m_made);
        m_items.insert(path, {attributes, secret.value});
        return QDBusObjectPath{path};
    }

    QString m_mood;
    QMap<QString, Item> m_items;
    int m_made = 0;
};

int main(int argc, char *argv[])
{
    QCoreApplication application{argc, argv};
    qDBusRegisterMetaType<PassedSecret>();
    qDBusRegisterMetaType<Attributes>();
    qDBusRegisterMetaType<QMap<QDBusObjectPath, PassedSecret>>();
    FakeSecretService service{QCoreApplication::arguments().value(1)};
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.registerVirtualObject(kRoot, &service, QDBusConnection::SubPath) || !bus.registerService(u"org.freedesktop.secrets"_s))
        return 1;
    std::fputs("ready\n", stdout);
    std::fflush(stdout);
    return QCoreApplication::exec();
}
