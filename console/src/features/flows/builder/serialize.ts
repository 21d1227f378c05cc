/** Stored flow ↔ nodes and edges on the canvas: two pure functions, the contract between both. */
import type { Edge, Node } from "@xyflow/react";
import type { Drawing } from "../api";

export interface NodeValues extends Record<string, unknown> {
  label: string;
  kind: string;
  config: Record<string, unknown>;
}

export type CanvasNode = Node<NodeValues, "card">;
export interface Canvas {
  nodes: CanvasNode[];
  edges: Edge[];
}

export const DEFAULT_EXIT = "default";

export function toCanvas(drawing: Drawing): Canvas {
  return {
    nodes: drawing.nodes.map((node) => ({
      id: node.id,
      type: "card",
      position: { x: node.position.x ?? 0, y: node.position.y ?? 0 },
      data: { label: node.data.label ?? "", kind: node.data.type, config: node.data.config ?? {} },
    })),
    edges: drawing.edges.map((edge) => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      sourceHandle: edge.sourceHandle ?? DEFAULT_EXIT,
    })),
  };
}

/** The drawing with the canvas in it; what the canvas does not show (settings, translations) stays as it was. */
export function toDrawing(canvas: Canvas, before: Drawing): Drawing {
  return {
    ...before,
    nodes: canvas.nodes.map((node) => ({
      id: node.id,
      type: "node",
      position: { x: Math.round(node.position.x), y: Math.round(node.position.y) },
      data: { label: node.data.label, type: node.data.kind, config: node.data.config },
    })),
    edges: canvas.edges.map((edge) => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      sourceHandle: edge.sourceHandle ?? DEFAULT_EXIT,
      targetHandle: null,
    })),
  };
}
