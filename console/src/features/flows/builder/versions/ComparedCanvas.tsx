import { Background, Controls, type Edge, Handle, type NodeProps, Position, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { theme as themes } from "antd";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "@/lib/theme";
import { useNodeTexts } from "../../useNodeTexts";
import { lookOf } from "../kinds";
import type { ComparedNode, How } from "./together";

/** A drawing to be looked at, with what is new, gone or different in it coloured. */
export function ComparedCanvas({ label, nodes, edges }: { label: string; nodes: ComparedNode[]; edges: Edge[] }) {
  const [theme] = useTheme();
  const { token } = themes.useToken();
  const colours: Record<How, string> = { same: token.colorBorder, added: token.colorSuccess, removed: token.colorError, changed: token.colorWarning };
  const drawn = edges.map((edge) => {
    const how = edge.data?.["how"] as How;
    return how === "same" ? edge : { ...edge, style: { stroke: colours[how], strokeWidth: 2, ...(how === "removed" ? { strokeDasharray: "6 4" } : {}) } };
  });
  return (
    <div style={{ height: 420, border: `1px solid ${token.colorBorderSecondary}`, borderRadius: 8 }}>
      <ReactFlowProvider>
        <ReactFlow
          aria-label={label}
          nodes={nodes}
          edges={drawn}
          nodeTypes={NODE_TYPES}
          colorMode={theme}
          fitView
          fitViewOptions={FIT}
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
  );
}

const FIT = { maxZoom: 1 };
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
