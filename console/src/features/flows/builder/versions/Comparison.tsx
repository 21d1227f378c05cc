import { Background, Controls, Handle, type NodeProps, Position, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { Flex, Modal, Select, Spin, theme as themes } from "antd";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { useTheme } from "@/lib/theme";
import { type Drawing, type Kind, useVersion, type Version } from "../../api";
import { useNodeTexts } from "../../useNodeTexts";
import type { FieldSchema } from "../form/schema";
import { lookOf } from "../kinds";
import { useBuilderStore } from "../store";
import { Changes } from "./Changes";
import { compared, type Defaults } from "./compare";
import { type ComparedNode, type How, together } from "./together";

interface Props {
  version: Version;
  versions: readonly Version[];
  kinds: readonly Kind[];
  onClose: () => void;
}

const DRAFT = "draft";

/** A version beside the drawing, or beside another version: coloured on a canvas, and in words. */
export function Comparison({ version, versions, kinds, onClose }: Props) {
  const { t } = useTranslation();
  const store = useBuilderStore();
  const flowId = store.getState().view.flow.id;
  const [with_, setWith] = useState(DRAFT);
  const before = useVersion(flowId, version.id);
  const other = useVersion(flowId, with_ === DRAFT ? undefined : with_);
  const [draft] = useState(() => store.getState().drawing());
  const after = with_ === DRAFT ? draft : other.data?.flow;
  const failed = before.error ?? other.error;
  const choices = versions.filter((one) => one.id !== version.id).map((one) => ({ value: one.id, label: t("builder.versionNumber", { number: one.number }) }));
  return (
    <Modal open width="min(1100px, 96vw)" footer={null} onCancel={onClose} title={t("builder.comparison", { number: version.number })}>
      <Flex gap={8} align="center" wrap style={{ marginBottom: 12 }}>
        <label htmlFor="compared-with">{t("builder.comparedWith")}</label>
        <Select id="compared-with" style={{ minWidth: 200 }} value={with_} onChange={setWith} options={[{ value: DRAFT, label: t("builder.presentDrawing") }, ...choices]} />
      </Flex>
      {failed && <ErrorNote error={failed} />}
      {before.data && after ? <Both before={before.data.flow} after={after} kinds={kinds} /> : !failed && <Spin />}
    </Modal>
  );
}

function Both({ before, after, kinds }: { before: Drawing; after: Drawing; kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const [theme] = useTheme();
  const { token } = themes.useToken();
  const changes = useMemo(() => compared(before, after, defaultsOf(kinds)), [before, after, kinds]);
  const { nodes, edges } = useMemo(() => together(before, after, changes), [before, after, changes]);
  const colours: Record<How, string> = { same: token.colorBorder, added: token.colorSuccess, removed: token.colorError, changed: token.colorWarning };
  const drawn = edges.map((edge) => {
    const how = edge.data?.["how"] as How;
    return how === "same" ? edge : { ...edge, style: { stroke: colours[how], strokeWidth: 2, ...(how === "removed" ? { strokeDasharray: "6 4" } : {}) } };
  });
  return (
    <Flex gap={16} wrap>
      <div style={{ flex: "2 1 480px", height: 420, border: `1px solid ${token.colorBorderSecondary}`, borderRadius: 8 }}>
        <ReactFlowProvider>
          <ReactFlow
            aria-label={t("builder.comparedDrawing")}
            nodes={nodes}
            edges={drawn}
            nodeTypes={NODE_TYPES}
            colorMode={theme}
            fitView
            fitViewOptions={{ maxZoom: 1 }}
            minZoom={0.1}
            nodesDraggable={false}
            nodesConnectable={false}
            deleteKeyCode={null}
          >
            <Background />
            <Controls showInteractive={false} />
          </ReactFlow>
        </ReactFlowProvider>
      </div>
      <div style={{ flex: "1 1 280px", maxHeight: 420, overflow: "auto" }}>
        <Changes changes={changes} />
      </div>
    </Flex>
  );
}

function defaultsOf(kinds: readonly Kind[]): Defaults {
  return Object.fromEntries(
    kinds.map((kind) => {
      const properties = (kind.config as FieldSchema).properties ?? {};
      const known = Object.entries(properties).filter(([, one]) => one.default !== undefined && one.default !== null);
      return [kind.name, Object.fromEntries(known.map(([name, one]) => [name, one.default]))];
    }),
  );
}

const MARKS: Record<How, string> = { same: "", added: "+", removed: "−", changed: "≠" };

const Compared = memo(function Compared({ data }: NodeProps<ComparedNode>) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  const { token } = themes.useToken();
  const colours: Record<How, [string, string]> = {
    same: [token.colorBgContainer, token.colorBorder],
    added: [token.colorSuccessBg, token.colorSuccess],
    removed: [token.colorErrorBg, token.colorError],
    changed: [token.colorWarningBg, token.colorWarning],
  };
  const [background, border] = colours[data.how];
  return (
    <div style={{ width: 220, padding: "8px 10px", background, color: token.colorText, border: `2px ${data.how === "removed" ? "dashed" : "solid"} ${border}`, borderRadius: 8 }}>
      <Handle type="target" position={Position.Left} />
      <strong>
        {lookOf(data.kind).icon} {data.label}
      </strong>
      <div style={{ fontSize: 12 }}>
        {texts.kindTitle(data.kind)}
        {data.how !== "same" && ` · ${MARKS[data.how]} ${t(`builder.how.${data.how}`)}`}
      </div>
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

const NODE_TYPES = { compared: Compared };
