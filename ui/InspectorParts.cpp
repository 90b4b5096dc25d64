// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/InspectorParts.h"

#include "app/CertificateFiles.h"
#include "app/Inspection.h"
#include "ui/AttachmentBar.h"
#include "ui/ElidedLabel.h"
#include "ui/Files.h"
#include "ui/Icons.h"
#include "ui/ProblemLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QThreadPool>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kNodeRole = Qt::UserRole;
constexpr int kOctetsRole = Qt::UserRole + 1;
constexpr int kRangeRole = Qt::UserRole + 2;
constexpr int kUnfolded = 2; ///< Levels of fields that stand open at first.

bool isCertificate(const app::InspectedField &field) { return field.name == "Certificate"_L1 && field.octets.startsWith('\x30'); }

const app::InspectedField *fieldNamed(const app::InspectedField &group, QLatin1StringView name)
{
    for (const app::InspectedField &field : group.fields)
        if (field.name == name)
            return &field;
    return nullptr;
}

// Whom a RecipientInfo is for, if anybody here knows.
QString readerText(const app::InspectedField &field)
{
    const app::InspectedField *name = fieldNamed(field, "certificate"_L1);
    const bool isSelf = fieldNamed(field, "self"_L1) != nullptr;
    const QString known = name ? name->value : QString();
    if (isSelf)
        return known.isEmpty() ? InspectorParts::tr("this is you") : InspectorParts::tr("%1: this is you").arg(known);
    return known;
}

bool isCountOfOctets(const app::InspectedField &field)
{
    constexpr QLatin1StringView kNames[]{"eContent"_L1, "encryptedContent"_L1, "encryptedKey"_L1, "kemct"_L1, "kekLength"_L1};
    return std::find(std::begin(kNames), std::end(kNames), field.name) != std::end(kNames);
}

// What is no value of the message but what was found out about it is said in words.
QString valueText(const app::InspectedField &field)
{
    if (field.name == "path"_L1)
        return app::chainText(field.value);
    if (field.name == "objection"_L1)
        return app::causeText(field.value);
    if (field.name == "self"_L1)
        return InspectorParts::tr("this is you");
    if (isCountOfOctets(field))
        return field.value == "absent"_L1 ? InspectorParts::tr("is not in here") : InspectorParts::tr("%1 octets").arg(field.value.section(u' ', 0, 0));
    return field.value.isEmpty() ? readerText(field) : field.value;
}

QString cmsText(const app::InspectedCms &cms)
{
    if (cms.fault)
        return InspectorParts::tr("CMS that cannot be read");
    const QString form = cms.isIndefinite ? u"BER"_s : u"DER"_s;
    return cms.cipher.isEmpty() ? u"%1, %2"_s.arg(cms.type, form) : u"%1, %2, %3"_s.arg(cms.type, form, cms.cipher);
}

QIcon cmsIcon(const app::InspectedCms &cms)
{
    if (cms.fault)
        return sign(u"damaged"_s, Tone::Bad);
    if (cms.type == "SignedData"_L1)
        return sign(u"seal-closed"_s, Tone::Accent);
    return cms.type == "CompressedData"_L1 ? sign(u"dot"_s, Tone::Neutral) : cms.content ? sign(u"lock-open"_s, Tone::Good) : sign(u"lock"_s, Tone::Neutral);
}

QString suffixOf(const app::InspectedPart &part)
{
    return part.type == "text/plain" ? u".txt"_s : part.type == "text/html" ? u".html"_s : part.type.startsWith("message/") || part.number == "1" ? u".eml"_s : u".bin"_s;
}

Excerpt excerptOf(const app::InspectedPart &part)
{
    const QString number = QString::fromLatin1(part.number);
    const QByteArray raw = part.raw();
    const bool isLeaf = part.children.empty();
    const QString name = part.fileName.isEmpty() ? InspectorParts::tr("part %1").arg(number) + (isLeaf ? suffixOf(part) : u".eml"_s) : part.fileName;
    Excerpt excerpt{InspectorParts::tr("Part %1, %2").arg(number, QString::fromLatin1(part.type)), QString::fromUtf8(raw), isLeaf ? part.content() : raw, raw, safeFileName(name, number)};
    if (excerpt.octets == raw)
        excerpt.raw.clear();
    return excerpt;
}

Excerpt excerptOf(const app::InspectedCms &cms)
{
    return {InspectorParts::tr("CMS object: %1").arg(cmsText(cms)), QString::fromLatin1(app::cmsPem(cms.der)), cms.der, {}, u"object.p7m"_s};
}

} // namespace

InspectorParts::InspectorParts(QWidget *parent) : QWidget(parent)
{
    m_parts = makeTree(u"inspectorParts"_s, tr("Parts"), {tr("Part"), tr("Size")});
    m_fields = makeTree(u"inspectorFields"_s, tr("Fields"), {tr("Field"), tr("Value")});
    m_asn1 = makeTree(u"inspectorAsn1"_s, tr("ASN.1 elements"), {tr("Element"), tr("Value"), tr("Offset"), tr("Header"), tr("Length")});
    m_parts->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_parts->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_parts->header()->setStretchLastSection(false);
    m_asn1->header()->setStretchLastSection(false);
    m_asn1->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    connect(m_parts, &QTreeWidget::currentItemChanged, this, &InspectorParts::showNode);
    connect(m_fields, &QTreeWidget::currentItemChanged, this, &InspectorParts::chooseField);
    connect(m_asn1, &QTreeWidget::currentItemChanged, this, &InspectorParts::chooseElement);
    m_pages = new QTabWidget(this);
    m_pages->setObjectName(u"inspectorPages"_s);
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_fields, tr("&Fields"));
    m_pages->addTab(m_asn1, tr("&ASN.1"));
    connect(m_pages, &QTabWidget::currentChanged, this, &InspectorParts::showAsn1);
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->addWidget(m_parts);
    halves->addWidget(m_pages);
    halves->setSizes({380, 620});
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    m_problem = new ProblemLabel(u"inspectorProblem"_s, this);
    m_problem->setContentsMargins(kAround, kBetween, kAround, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_problem);
    column->addWidget(halves, 1);
    column->addWidget(makeFoot());
}

QTreeWidget *InspectorParts::makeTree(const QString &objectName, const QString &name, const QStringList &columns)
{
    auto *tree = new QTreeWidget(this);
    tree->setObjectName(objectName);
    tree->setAccessibleName(name);
    tree->setHeaderLabels(columns);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setUniformRowHeights(true);
    tree->setAlternatingRowColors(true);
    tree->setAllColumnsShowFocus(true);
    tree->setTabKeyNavigation(false);
    tree->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    return tree;
}

QWidget *InspectorParts::makeFoot()
{
    auto *foot = new QWidget(this);
    m_title = new ElidedLabel(foot);
    m_title->setObjectName(u"inspectorChosen"_s);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    const auto button = [foot](const QString &objectName, const QString &text) {
        auto *made = new QPushButton(text, foot);
        made->setObjectName(objectName);
        made->setEnabled(false);
        return made;
    };
    m_copy = button(u"copyChosen"_s, tr("&Copy"));
    m_save = button(u"saveChosen"_s, tr("&Save as\u2026"));
    m_saveRaw = button(u"saveRaw"_s, tr("Save as it a&rrived\u2026"));
    connect(m_copy, &QPushButton::clicked, this, &InspectorParts::copy);
    connect(m_save, &QPushButton::clicked, this, [this] { save(m_chosen.octets); });
    connect(m_saveRaw, &QPushButton::clicked, this, [this] { save(m_chosen.raw); });
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(kAround, kBetween, kAround, kBetween);
    row->setSpacing(kBetween);
    row->addWidget(m_title, 1);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    row->addWidget(m_saveRaw);
    return foot;
}

void InspectorParts::setRoot(const app::InspectedPart &root)
{
    m_parts->clear();
    m_nodes.clear();
    m_root = root;
    m_problem->say(QString());
    addPart(nullptr, m_root);
    m_parts->expandAll();
    m_parts->setCurrentItem(m_parts->topLevelItem(0));
}

void InspectorParts::setProblem(const base::Error &error) { m_problem->say(error); }

QTreeWidgetItem *InspectorParts::addNode(QTreeWidgetItem *parent, const QStringList &texts, Node node)
{
    auto *item = parent ? new QTreeWidgetItem(parent, texts) : new QTreeWidgetItem(m_parts, texts);
    item->setData(0, kNodeRole, int(m_nodes.size()));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    m_nodes.push_back(node);
    return item;
}

void InspectorParts::addPart(QTreeWidgetItem *parent, const app::InspectedPart &part)
{
    QString text = u"%1  %2"_s.arg(QString::fromLatin1(part.number), QString::fromLatin1(part.type));
    if (!part.fileName.isEmpty())
        text += u"  "_s + part.fileName;
    QTreeWidgetItem *item = addNode(parent, {text, sizeText(part.end - part.begin)}, {&part, nullptr});
    item->setIcon(0, typeIcon(part.type));
    item->setToolTip(0, tr("%1\nOctets %2 to %3").arg(text, QString::number(part.begin), QString::number(part.end)));
    if (part.cms)
        addCms(item, part);
    for (const app::InspectedPart &child : part.children)
        addPart(item, child);
}

void InspectorParts::addCms(QTreeWidgetItem *parent, const app::InspectedPart &part)
{
    QTreeWidgetItem *item = addNode(parent, {cmsText(*part.cms), sizeText(part.cms->der.size())}, {nullptr, &*part.cms});
    item->setIcon(0, cmsIcon(*part.cms));
    item->setToolTip(0, part.cms->fault ? part.cms->fault->detail : item->text(0));
    if (part.cms->content)
        addPart(item, *part.cms->content);
}

void InspectorParts::showNode()
{
    const QTreeWidgetItem *item = m_parts->currentItem();
    if (!item)
        return;
    const Node &node = m_nodes[size_t(item->data(0, kNodeRole).toInt())];
    m_fields->clear();
    if (node.part)
        showPartFields(*node.part);
    else
        addFields(nullptr, node.cms->fields);
    m_fields->expandToDepth(kUnfolded - 1);
    m_fields->resizeColumnToContents(0);
    m_fields->setColumnWidth(0, qMin(m_fields->columnWidth(0), 340));
    m_pages->setTabEnabled(1, node.cms != nullptr);
    choose(node.part ? excerptOf(*node.part) : excerptOf(*node.cms), node.cms ? node.cms->der : QByteArray());
}

void InspectorParts::showPartFields(const app::InspectedPart &part)
{
    std::vector<app::InspectedField> fields;
    const auto add = [&fields](const QString &name, const QString &value) {
        if (!value.isEmpty())
            fields.push_back({name, value, {}, {}});
    };
    add(tr("Type"), QString::fromLatin1(part.type));
    add(tr("Transfer encoding"), QString::fromLatin1(part.encoding));
    add(tr("Character set"), part.charset);
    add(tr("File name"), part.fileName);
    add(tr("Begin, in octets"), QString::number(part.begin));
    add(tr("Begin of the body"), QString::number(part.bodyBegin));
    add(tr("End"), QString::number(part.end));
    app::InspectedField header{tr("Header"), {}, {}, {}};
    for (const auto &[name, value] : part.headers)
        header.fields.push_back({QString::fromLatin1(name), QString::fromUtf8(value.simplified()), value, {}});
    fields.push_back(header);
    addFields(nullptr, fields);
}

void InspectorParts::addFields(QTreeWidgetItem *parent, const std::vector<app::InspectedField> &fields)
{
    for (const app::InspectedField &field : fields) {
        const QStringList texts{field.name, valueText(field)};
        auto *item = parent ? new QTreeWidgetItem(parent, texts) : new QTreeWidgetItem(m_fields, texts);
        item->setData(0, kOctetsRole, field.octets);
        item->setToolTip(1, texts[1].size() > 40 ? texts[1] : QString());
        if (isCertificate(field))
            item->setIcon(1, themeIcon(u"view-certificate"_s));
        else if (fieldNamed(field, "self"_L1))
            item->setIcon(1, sign(u"tick"_s, Tone::Good));
        addFields(item, field.fields);
    }
}

void InspectorParts::chooseField()
{
    const QTreeWidgetItem *item = m_fields->currentItem();
    const QTreeWidgetItem *part = m_parts->currentItem();
    if (!item || !part)
        return;
    const QByteArray octets = item->data(0, kOctetsRole).toByteArray();
    const QString name = item->text(0);
    const bool isWholeCertificate = name == "Certificate"_L1 && octets.startsWith('\x30');
    const QString value = item->text(1).isEmpty() && !octets.isEmpty() ? QString::fromLatin1(octets.toHex()) : item->text(1);
    const Excerpt excerpt{value.isEmpty() || isWholeCertificate ? name : u"%1: %2"_s.arg(name, value.left(200)), isWholeCertificate ? QString::fromLatin1(app::certificatePem(octets)) : value,
                          octets.isEmpty() ? value.toUtf8() : octets, {}, safeFileName(name, u"field"_s) + (isWholeCertificate ? u".cer"_s : octets.isEmpty() ? u".txt"_s : u".bin"_s)};
    const app::InspectedCms *cms = m_nodes[size_t(part->data(0, kNodeRole).toInt())].cms;
    choose(excerpt, !cms ? QByteArray() : octets.startsWith('\x30') && app::readAsn1Tree(octets) ? octets : cms->der);
}

void InspectorParts::chooseElement()
{
    const QTreeWidgetItem *item = m_asn1->currentItem();
    if (!item)
        return;
    const QPoint range = item->data(0, kRangeRole).toPoint();
    const QByteArray octets = m_listed.sliced(range.x(), range.y());
    choose({tr("%1 at offset %2").arg(item->text(0), QString::number(range.x())), QString::fromLatin1(octets.toHex()), octets, {}, u"element-%1.der"_s.arg(range.x())}, m_listed);
}

void InspectorParts::choose(const Excerpt &excerpt, const QByteArray &der)
{
    m_chosen = excerpt;
    m_title->setText(excerpt.octets.isEmpty() ? excerpt.title : tr("%1 (%2)").arg(excerpt.title, sizeText(excerpt.octets.size())));
    m_copy->setEnabled(!excerpt.text.isEmpty());
    m_save->setEnabled(!excerpt.octets.isEmpty());
    m_saveRaw->setEnabled(!excerpt.raw.isEmpty());
    if (der == m_der)
        return;
    m_der = der;
    showAsn1();
}

// Only when somebody looks: a large object has many elements.
void InspectorParts::showAsn1()
{
    if (m_pages->currentWidget() != m_asn1 || m_listed == m_der)
        return;
    m_asn1->clear();
    m_listed = m_der;
    const base::Result<app::Asn1Element> tree = app::readAsn1Tree(m_listed);
    if (!tree)
        return m_listed.isEmpty() ? void() : setProblem(tree.error());
    addElement(nullptr, *tree);
    m_asn1->expandToDepth(3);
    for (const int column : {0, 2, 3, 4})
        m_asn1->resizeColumnToContents(column);
    m_asn1->setColumnWidth(0, qMin(m_asn1->columnWidth(0), 300));
}

void InspectorParts::addElement(QTreeWidgetItem *parent, const app::Asn1Element &element)
{
    const QString length = element.isIndefinite ? tr("%1, indefinite").arg(element.contentOctets) : QString::number(element.contentOctets);
    const QStringList texts{element.type, element.value, QString::number(element.begin), QString::number(element.headerOctets), length};
    auto *item = parent ? new QTreeWidgetItem(parent, texts) : new QTreeWidgetItem(m_asn1, texts);
    for (const int column : {2, 3, 4})
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    item->setToolTip(1, element.value.size() > 40 ? element.value : QString());
    item->setData(0, kRangeRole, QPoint(int(element.begin), int(element.contentEnd() - element.begin)));
    for (const app::Asn1Element &child : element.children)
        addElement(item, child);
}

void InspectorParts::copy() { QApplication::clipboard()->setText(m_chosen.text); }

void InspectorParts::save(const QByteArray &octets)
{
    askWhereToSave(this, tr("Save as"), m_chosen.fileName, [this, octets](const QString &path) {
        base::whenReady(this, writeFile(QThreadPool::globalInstance(), path, octets), [this](const base::Status &status) {
            status ? m_problem->say(tr("It was saved."), Tone::Good) : m_problem->say(status.error());
        });
    });
}

} // namespace ui
