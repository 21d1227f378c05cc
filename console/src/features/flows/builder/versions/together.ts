/** Both drawings as one canvas: what came is green, what went is red, what is different is amber. Pure. */
import type { Edge, Node } from "@xyflow/react";
import type { Drawing } from "../../api";
import { type Change, wayOf } from "./compare";

export type How = "same" | "added" | "removed" | "changed";
export type ComparedNode = Node<{ label: string; kind: string; how: How }, "compared">;

export function together(before: Drawing, after: Drawing, changes: readonly Change[]): { nodes: ComparedNode[]; edges: Edge[] } {
  const how = new Map(changes.map((change) => [change.id, change.how]));
  const gone = before.nodes.filter((node) => how.get(node.id) === "removed");
  const goneEdges = before.edges.filter((edge) => how.get(wayOf(edge)) === "removed");
  return {
    nodes: [...after.nodes, ...gone].map((node) => ({
      id: node.id,
      type: "compared",
      position: { x: node.position?.x ?? 0, y: node.position?.y ?? 0 },
      data: { label: node.data.label || node.data.type, kind: node.data.type, how: how.get(node.id) ?? "same" },
    })),
    edges: [...after.edges, ...goneEdges].map((edge) => ({
      id: wayOf(edge),
      source: edge.source,
      target: edge.target,
      data: { how: how.get(wayOf(edge)) ?? "same" },
    })),
  };
}
