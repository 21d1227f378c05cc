import { describe, expect, it } from "vitest";
import type { Drawing } from "../api";
import { toCanvas, toDrawing } from "./serialize";

const drawing = {
  schema_version: 1,
  language: "es",
  settings: { start_mode: "interrupt" },
  translations: { en: { ask: { text: "Sure?" } } },
  nodes: [
    { id: "ask", type: "node", position: { x: 10, y: 20 }, data: { label: "Ask", type: "buttons", config: { text: "¿Seguro?" } } },
    { id: "end", type: "node", position: { x: 0, y: 0 }, data: { label: "", type: "end", config: {} } },
  ],
  notes: [{ id: "n", position: { x: 5, y: -80 }, text: "Ask legal" }],
  edges: [{ id: "e", source: "ask", target: "end", sourceHandle: "yes", targetHandle: null }],
} as unknown as Drawing;

describe("serialize", () => {
  it("gives back the drawing that came in, also what the canvas does not show", () => {
    expect(toDrawing(toCanvas(drawing), drawing)).toEqual(drawing);
  });

  it("keeps positions whole, so that a drag of a pixel's part is no change", () => {
    const canvas = toCanvas(drawing);
    const moved = canvas.nodes.map((node) => ({ ...node, position: { x: 10.2, y: 19.7 } }));
    expect(toDrawing({ ...canvas, nodes: moved }, drawing).nodes[0]?.position).toEqual({ x: 10, y: 20 });
  });
});
