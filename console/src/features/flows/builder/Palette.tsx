import { CommentOutlined, ToolOutlined } from "@ant-design/icons";
import { Card, Flex, Input, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "@/lib/i18n";
import { type Kind, useToolNames } from "../api";
import { useNodeTexts } from "../useNodeTexts";
import { COLOURS, GROUPS, lookOf } from "./kinds";
import { useBuilder, useBuilderStore } from "./store";
import { useShowAll } from "./useShowAll";

export const DRAGGED = "application/x-recado-node";
/** What is dragged: a kind, and for a tool its title and config. */
export interface DraggedNode {
  kind: string;
  label?: string;
  config?: Record<string, unknown>;
}

const GAP = 300;
const MOST_TOOLS = 20;
const TOOL = "tool";

/** Every kind of node and, when one seeks, every tool: dragged onto the canvas, or added at its right by a click or Enter. */
export function Palette({ kinds }: { kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  const [sought, seek] = useState("");
  const isFound = (...words: string[]) => plain(words.join(" ")).includes(plain(sought));
  const found = kinds.filter((kind) => isFound(texts.titleOf(kind), kind.name, texts.describe(kind)));
  const tools = useTools(sought ? isFound : () => false);
  const addAtTheRight = useAddAtTheRight(kinds);
  const addNote = useAddNote();
  return (
    <Card size="small" title={t("flows.palette")} style={{ width: 192, flexShrink: 0, overflow: "auto" }}>
      <Input allowClear aria-label={t("flows.seek")} placeholder={t("flows.seek")} onChange={(event) => seek(event.target.value)} />
      {GROUPS.map((group) => ({ group, its: found.filter((kind) => lookOf(kind.name).group === group) }))
        .filter(({ its }) => its.length > 0)
        .map(({ group, its }) => (
          <Group key={group} title={t(`builder.groups.${group}`)}>
            {its.map((kind) => (
              <Item
                key={kind.name}
                title={texts.titleOf(kind)}
                hint={texts.describe(kind)}
                icon={lookOf(kind.name).icon}
                colour={COLOURS[group]}
                dragged={{ kind: kind.name }}
                onAdd={() => addAtTheRight({ kind: kind.name })}
              />
            ))}
          </Group>
        ))}
      {tools.length > 0 && (
        <Group title={t("builder.groups.tools")}>
          {tools.map((tool) => {
            const node = { kind: TOOL, label: tool.title, config: { tool: tool.name } };
            return (
              <Item key={tool.name} title={tool.title} hint={tool.description} icon={<ToolOutlined />} colour={COLOURS.work} dragged={node} onAdd={() => addAtTheRight(node)} />
            );
          })}
        </Group>
      )}
      <Group title={t("builder.groups.notes")}>
        <Item title={t("builder.addNote")} hint={t("builder.noteHint")} icon={<CommentOutlined />} colour={COLOURS.other} onAdd={addNote} />
      </Group>
    </Card>
  );
}

function useTools(isFound: (...words: string[]) => boolean) {
  const { i18n } = useTranslation();
  const language = asLanguage(i18n.language) ?? "es";
  const tools = useToolNames().data?.tools ?? [];
  return tools
    .map((tool) => ({ name: tool.name, title: tool.titles[language] ?? tool.titles.en ?? tool.name, description: tool.description }))
    .filter((tool) => isFound(tool.name, tool.title, tool.description))
    .slice(0, MOST_TOOLS);
}

function useAddAtTheRight(kinds: readonly Kind[]): (node: DraggedNode) => void {
  const texts = useNodeTexts();
  const store = useBuilderStore();
  const show = useShowAll();
  return (node) => {
    const kind = kinds.find((one) => one.name === node.kind);
    if (!kind) return;
    const { nodes, add } = store.getState();
    add(kind, node.label ?? texts.titleOf(kind), { x: right(nodes), y: nodes.at(-1)?.position.y ?? 0 }, node.config);
    show();
  };
}

function useAddNote(): () => void {
  const addNote = useBuilder((state) => state.addNote);
  const store = useBuilderStore();
  const show = useShowAll();
  return () => {
    addNote({ x: right(store.getState().nodes), y: 0 });
    show();
  };
}

const right = (nodes: readonly { position: { x: number } }[]) => Math.max(0, ...nodes.map((node) => node.position.x + GAP));
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Flex vertical gap={6} role="group" aria-label={title} style={{ marginTop: 12 }}>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {title}
      </Typography.Text>
      {children}
    </Flex>
  );
}

interface ItemProps {
  title: string;
  hint: string;
  icon: ReactNode;
  colour: string;
  dragged?: DraggedNode;
  onAdd: () => void;
}

function Item({ title, hint, icon, colour, dragged, onAdd }: ItemProps) {
  return (
    <div
      role="button"
      tabIndex={0}
      draggable={Boolean(dragged)}
      title={hint}
      style={{ display: "flex", gap: 8, padding: "5px 8px", border: "1px solid var(--ant-color-border)", borderRadius: 8, cursor: "grab" }}
      onDragStart={(event) => dragged && event.dataTransfer.setData(DRAGGED, JSON.stringify(dragged))}
      onClick={onAdd}
      onKeyDown={(event) => event.key === "Enter" && onAdd()}
    >
      <span aria-hidden style={{ background: colour, color: "#fff", borderRadius: 6, padding: "0 5px", alignSelf: "start" }}>
        {icon}
      </span>
      <span style={{ overflowWrap: "anywhere" }}>{title}</span>
    </div>
  );
}
