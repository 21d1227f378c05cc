/** What is shown upon the drawing without being part of it: the path of a simulation, or figures. */
export interface Overlay {
  /** Nodes that were visited, and the one where it stands. */
  path: Record<string, "visited" | "here" | "failed">;
  /** Of a node: short texts shown below it. */
  figures: Record<string, readonly string[]>;
  /** Edges by `edgeKey`, lit up, with a text where there is one. */
  edges: Record<string, string>;
}

export const NO_OVERLAY: Overlay = { path: {}, figures: {}, edges: {} };

export const edgeKey = (source: string, target: string) => `${source}>${target}`;

/** The path through nodes in the order they were entered: every pair of neighbours is an edge. */
export function pathOverlay(visited: readonly string[], here: string | null, failed: string | null): Overlay {
  const path: Overlay["path"] = Object.fromEntries(visited.map((id) => [id, "visited" as const]));
  if (here) path[here] = "here";
  if (failed) path[failed] = "failed";
  const steps = visited.slice(1).map((target, place) => [edgeKey(visited[place] ?? "", target), ""] as const);
  return { path, figures: {}, edges: Object.fromEntries(steps) };
}
