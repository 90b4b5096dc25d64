// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageInspection.h"

#include <QWidget>

class QPushButton;
class QTabWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class ElidedLabel;
class ProblemLabel;

/// What somebody pointed at: how it is called, what copying and what saving gives.
struct Excerpt {
    QString title;
    QString text;         ///< To be copied.
    QByteArray octets;    ///< To be saved, with their encoding undone.
    QByteArray raw;       ///< The same as they arrived; empty if there is no difference.
    QString fileName;     ///< A suggestion.
};

/// What a letter is made of: its parts with types and sizes, every field of each CMS object under the name of its RFC, and on demand
/// the ASN.1 elements with their offsets. Whatever is chosen can be copied and saved.
class InspectorParts : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorParts(QWidget *parent = nullptr);

    void setRoot(const app::InspectedPart &root);
    /// The structure cannot be read.
    void setProblem(const base::Error &error);
    [[nodiscard]] const Excerpt &chosen() const { return m_chosen; }

private:
    /// What a row of the tree of parts stands for; one of them is null.
    struct Node {
        const app::InspectedPart *part;
        const app::InspectedCms *cms;
    };

    QTreeWidget *makeTree(const QString &objectName, const QString &name, const QStringList &columns);
    QWidget *makeFoot();
    void addPart(QTreeWidgetItem *parent, const app::InspectedPart &part);
    void addCms(QTreeWidgetItem *parent, const app::InspectedPart &part);
    QTreeWidgetItem *addNode(QTreeWidgetItem *parent, const QStringList &texts, Node node);
    void showNode();
    void showPartFields(const app::InspectedPart &part);
    void addFields(QTreeWidgetItem *parent, const std::vector<app::InspectedField> &fields);
    void chooseField();
    void chooseElement();
    void choose(const Excerpt &excerpt, const QByteArray &der);
    void showAsn1();
    void addElement(QTreeWidgetItem *parent, const app::Asn1Element &element);
    void copy();
    void save(const QByteArray &octets);

    app::InspectedPart m_root;
    std::vector<Node> m_nodes;
    Excerpt m_chosen;
    QByteArray m_der;     ///< Whose elements the ASN.1 page shows.
    QByteArray m_listed;  ///< Whose it shows at present.
    QTreeWidget *m_parts = nullptr;
    QTabWidget *m_pages = nullptr;
    QTreeWidget *m_fields = nullptr;
    QTreeWidget *m_asn1 = nullptr;
    ElidedLabel *m_title = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_saveRaw = nullptr;
};

} // namespace ui
