import { Background, Controls, MiniMap, ReactFlow, useNodesInitialized, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "@/lib/i18n";
import { useTheme } from "@/lib/theme";
import type { Kind } from "../api";
import { NodeCard } from "./NodeCard";
import { DRAGGED } from "./Palette";
import { useBuilder } from "./store";
import { useShowAll } from "./useShowAll";

const NODE_TYPES = { card: NodeCard };

/** The drawing. Ctrl+Z undoes, Ctrl+Shift+Z redoes, Ctrl+C and Ctrl+V copy, Delete removes. */
export function CanvasPane({ kinds, mayDraw }: { kinds: readonly Kind[]; mayDraw: boolean }) {
  const { t, i18n } = useTranslation();
  const [theme] = useTheme();
  const nodes = useBuilder((state) => state.nodes);
  const edges = useBuilder((state) => state.edges);
  const moved = useBuilder((state) => state.moved);
  const edgesChanged = useBuilder((state) => state.edgesChanged);
  const connect = useBuilder((state) => state.connect);
  const remember = useBuilder((state) => state.remember);
  const add = useBuilder((state) => state.add);
  const onKeys = useShortcuts();
  const { screenToFlowPosition } = useReactFlow();
  useShownWhole();
  const drop = (event: React.DragEvent) => {
    const kind = kinds.find((one) => one.name === event.dataTransfer.getData(DRAGGED));
    const title = kind?.titles[asLanguage(i18n.language) ?? "es"] ?? kind?.name ?? "";
    if (kind) add(kind, title, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  return (
    <div style={{ flex: 1, minWidth: 0, border: "1px solid var(--ant-color-border-secondary)", borderRadius: 8 }} onKeyDown={mayDraw ? onKeys : undefined}>
      <ReactFlow
        aria-label={t("flows.canvas")}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={theme}
        onNodesChange={moved}
        onEdgesChange={edgesChanged}
        onConnect={connect}
        onNodeDragStart={remember}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        nodesDraggable={mayDraw}
        nodesConnectable={mayDraw}
        deleteKeyCode={mayDraw ? ["Delete", "Backspace"] : null}
      >
        <Background />
        <Controls showInteractive={false} />
        <MiniMap pannable zoomable ariaLabel={t("flows.map")} />
      </ReactFlow>
    </div>
  );
}

/** Shows the whole drawing once its nodes have sizes. */
function useShownWhole(): void {
  const isDrawn = useNodesInitialized();
  const show = useShowAll();
  const wasShown = useRef(false);
  useEffect(() => {
    if (!isDrawn || wasShown.current) return;
    wasShown.current = true;
    show();
  }, [isDrawn, show]);
}

function useShortcuts(): (event: React.KeyboardEvent) => void {
  const undo = useBuilder((state) => state.undo);
  const redo = useBuilder((state) => state.redo);
  const copy = useBuilder((state) => state.copy);
  const paste = useBuilder((state) => state.paste);
  return useCallback(
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const key = event.key.toLowerCase();
      const done = { z: event.shiftKey ? redo : undo, y: redo, c: copy, v: paste }[key];
      if (!done) return;
      event.preventDefault();
      done();
    },
    [undo, redo, copy, paste],
  );
}
