import { Card, Flex, Input, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "@/lib/i18n";
import type { Kind } from "../api";
import { useBuilder } from "./store";
import { useShowAll } from "./useShowAll";

export const DRAGGED = "application/x-recado-node";

const GAP = 300;

/** Every kind of node: dragged onto the canvas, or added at its right by a click or Enter. */
export function Palette({ kinds }: { kinds: readonly Kind[] }) {
  const { t, i18n } = useTranslation();
  const [sought, seek] = useState("");
  const add = useBuilder((state) => state.add);
  const nodes = useBuilder((state) => state.nodes);
  const show = useShowAll();
  const titleOf = (kind: Kind) => kind.titles[asLanguage(i18n.language) ?? "es"] ?? kind.name;
  const found = kinds.filter((kind) => `${titleOf(kind)} ${kind.name}`.toLowerCase().includes(sought.toLowerCase()));
  const addAtTheRight = (kind: Kind) => {
    const right = Math.max(0, ...nodes.map((node) => node.position.x + GAP));
    add(kind, titleOf(kind), { x: right, y: nodes.at(-1)?.position.y ?? 0 });
    show();
  };
  return (
    <Card size="small" title={t("flows.palette")} style={{ width: 200, overflow: "auto" }}>
      <Input allowClear aria-label={t("flows.seek")} placeholder={t("flows.seek")} onChange={(event) => seek(event.target.value)} />
      <Flex vertical gap={6} style={{ marginTop: 8 }}>
        {found.map((kind) => (
          <Typography.Text
            key={kind.name}
            role="button"
            tabIndex={0}
            draggable
            title={kind.description}
            style={{ padding: "6px 10px", border: "1px solid var(--ant-color-border)", borderRadius: 8, cursor: "grab" }}
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, kind.name)}
            onClick={() => addAtTheRight(kind)}
            onKeyDown={(event) => event.key === "Enter" && addAtTheRight(kind)}
          >
            {titleOf(kind)}
          </Typography.Text>
        ))}
      </Flex>
    </Card>
  );
}
