import type { Edge } from "@xyflow/react";

/** What is shown upon the drawing without being part of it: the path of a simulation, or figures. */
export interface Overlay {
  /** Nodes that were visited, and the one where it stands. */
  path: Record<string, "visited" | "here" | "failed">;
  /** Of a node: short texts shown below it. */
  figures: Record<string, readonly string[]>;
  /** Edges by their id, lit up, with a text where there is one. */
  edges: Record<string, string>;
}

export const NO_OVERLAY: Overlay = { path: {}, figures: {}, edges: {} };

/** The path through nodes in the order they were entered: every pair of neighbours is an edge. */
export function pathOverlay(edges: readonly Edge[], visited: readonly string[], here: string | null, failed: string | null): Overlay {
  const path: Overlay["path"] = Object.fromEntries(visited.map((id) => [id, "visited" as const]));
  if (here) path[here] = "here";
  if (failed) path[failed] = "failed";
  const steps = new Set(visited.slice(1).map((target, place) => `${visited[place] ?? ""}>${target}`));
  const taken = edges.filter((edge) => steps.has(`${edge.source}>${edge.target}`));
  return { path, figures: {}, edges: Object.fromEntries(taken.map((edge) => [edge.id, ""])) };
}
