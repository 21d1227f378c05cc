/** Copy and paste, also from one flow to another: kept where all tabs of this browser find it. */
import type { Edge } from "@xyflow/react";
import type { Canvas, CanvasNode } from "./serialize";

const KEPT = "recado.flow.clipboard";
const SHIFT = 40;

export function copySelected(canvas: Canvas): number {
  const nodes = canvas.nodes.filter((node) => node.selected);
  const ids = new Set(nodes.map((node) => node.id));
  const edges = canvas.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  if (nodes.length) localStorage.setItem(KEPT, JSON.stringify({ nodes, edges }));
  return nodes.length;
}

/** The canvas with what was copied, under new ids and selected. */
export function pasted(canvas: Canvas, newId: () => string): Canvas {
  const kept = localStorage.getItem(KEPT);
  if (!kept) return canvas;
  const { nodes, edges } = JSON.parse(kept) as { nodes: CanvasNode[]; edges: Edge[] };
  const ids = new Map(nodes.map((node) => [node.id, newId()]));
  const of = (id: string) => ids.get(id) ?? id;
  return {
    nodes: [
      ...canvas.nodes.map((node) => ({ ...node, selected: false })),
      ...nodes.map((node) => ({
        ...node,
        id: of(node.id),
        selected: true,
        position: { x: node.position.x + SHIFT, y: node.position.y + SHIFT },
      })),
    ],
    edges: [...canvas.edges, ...edges.map((edge) => ({ ...edge, id: newId(), source: of(edge.source), target: of(edge.target) }))],
  };
}
