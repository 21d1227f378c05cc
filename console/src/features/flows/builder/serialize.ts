/** Stored flow ↔ nodes, notes and edges on the canvas: two pure functions, the contract between both. */
import type { Edge, Node } from "@xyflow/react";
import type { Drawing } from "../api";

export interface NodeValues extends Record<string, unknown> {
  label: string;
  kind: string;
  config: Record<string, unknown>;
}

/** A comment is a `note`: its text is the label, and it has no ways. */
export type CanvasNode = Node<NodeValues, "card" | "note">;
export interface Canvas {
  nodes: CanvasNode[];
  edges: Edge[];
}

export const DEFAULT_EXIT = "default";
export const NOTE = "note";

const place = (position: { x?: number; y?: number } | undefined) => ({ x: position?.x ?? 0, y: position?.y ?? 0 });
const whole = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x), y: Math.round(y) });

export function toCanvas(drawing: Drawing): Canvas {
  return {
    nodes: [
      ...drawing.nodes.map((node): CanvasNode => ({
        id: node.id,
        type: "card",
        position: place(node.position),
        data: { label: node.data.label ?? "", kind: node.data.type, config: node.data.config ?? {} },
      })),
      ...(drawing.notes ?? []).map((note): CanvasNode => ({
        id: note.id,
        type: "note",
        position: place(note.position),
        data: { label: note.text ?? "", kind: NOTE, config: {} },
      })),
    ],
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
  const notes = canvas.nodes.filter((node) => node.type === "note");
  return {
    ...before,
    nodes: canvas.nodes
      .filter((node) => node.type !== "note")
      .map((node) => ({
        id: node.id,
        type: "node",
        position: whole(node.position),
        data: { label: node.data.label, type: node.data.kind, config: node.data.config },
      })),
    edges: canvas.edges.map((edge) => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      sourceHandle: edge.sourceHandle ?? DEFAULT_EXIT,
      targetHandle: null,
    })),
    notes: notes.map((note) => ({ id: note.id, position: whole(note.position), text: note.data.label })),
  };
}
