import { Background, Controls, type Edge, MiniMap, ReactFlow, useReactFlow } from "@xyflow/react";
import { theme as themes } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "@/lib/theme";
import type { Kind } from "../api";
import { useNodeTexts } from "../useNodeTexts";
import { NodeCard } from "./NodeCard";
import { NoteCard } from "./NoteCard";
import type { Overlay } from "./overlay";
import { DRAGGED, type DraggedNode } from "./Palette";
import { useBuilder } from "./store";
import { useShortcuts } from "./useShortcuts";
import { useShownWhole } from "./useShowAll";

const NODE_TYPES = { card: NodeCard, note: NoteCard };
const MAP = { width: 140, height: 100 };
const DELETE_KEYS = ["Delete", "Backspace"];

/** The drawing. Ctrl+Z undoes, Ctrl+Shift+Z redoes, Ctrl+C and Ctrl+V copy, Ctrl+A chooses all, Delete removes. */
export function CanvasPane({ kinds, mayDraw, isWide }: { kinds: readonly Kind[]; mayDraw: boolean; isWide: boolean }) {
  const { t } = useTranslation();
  const [theme] = useTheme();
  const nodes = useBuilder((state) => state.nodes);
  const edges = useEdges();
  const moved = useBuilder((state) => state.moved);
  const edgesChanged = useBuilder((state) => state.edgesChanged);
  const connect = useBuilder((state) => state.connect);
  const dragged = useBuilder((state) => state.dragged);
  const remember = useBuilder((state) => state.remember);
  const onKeys = useShortcuts();
  const drop = useDrop(kinds);
  const { token } = themes.useToken();
  useShownWhole();
  return (
    <div style={{ width: "100%", height: "100%", "--xy-edge-stroke": token.colorTextTertiary } as React.CSSProperties} onKeyDown={mayDraw ? onKeys : undefined}>
      <ReactFlow
        aria-label={t("flows.canvas")}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={theme}
        minZoom={0.1}
        onNodesChange={moved}
        onEdgesChange={edgesChanged}
        onConnect={connect}
        onNodeDragStart={() => dragged(true)}
        onNodeDragStop={() => dragged(false)}
        onSelectionDragStart={() => dragged(true)}
        onSelectionDragStop={() => dragged(false)}
        onBeforeDelete={async () => {
          remember();
          return true;
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        nodesDraggable={mayDraw}
        nodesConnectable={mayDraw}
        deleteKeyCode={mayDraw ? DELETE_KEYS : null}
      >
        <Background />
        <Controls showInteractive={false} />
        {isWide && <MiniMap pannable zoomable ariaLabel={t("flows.map")} style={MAP} />}
      </ReactFlow>
    </div>
  );
}

/** The edges, those that the overlay lights up coloured and with its figures. */
function useEdges(): Edge[] {
  const edges = useBuilder((state) => state.edges);
  const overlay = useBuilder((state) => state.overlay);
  const { token } = themes.useToken();
  return useMemo(() => edges.map((edge) => lit(edge, overlay, token.colorPrimary)), [edges, overlay, token.colorPrimary]);
}

function lit(edge: Edge, overlay: Overlay, colour: string): Edge {
  const label = overlay.edges[edge.id];
  return label === undefined ? edge : { ...edge, label, className: "lit", style: { stroke: colour, strokeWidth: 3 } };
}

/** Puts what was dragged from the palette where it was let go. */
function useDrop(kinds: readonly Kind[]): (event: React.DragEvent) => void {
  const texts = useNodeTexts();
  const add = useBuilder((state) => state.add);
  const { screenToFlowPosition } = useReactFlow();
  return (event) => {
    const given = event.dataTransfer.getData(DRAGGED);
    if (!given) return;
    const { kind: name, label, config } = JSON.parse(given) as DraggedNode;
    const kind = kinds.find((one) => one.name === name);
    if (kind) add(kind, label ?? texts.titleOf(kind), screenToFlowPosition({ x: event.clientX, y: event.clientY }), config);
  };
}
