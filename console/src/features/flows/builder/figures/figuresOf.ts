/** Statistics as an overlay: on every node its visits and who left there, on edges how often they were taken. Pure. */
import type { Edge } from "@xyflow/react";
import type { Statistics } from "../../api";
import { NO_OVERLAY, type Overlay } from "../overlay";
import { DEFAULT_EXIT } from "../serialize";

/** Sentences with numbers in them, in the reader's language. */
export interface Say {
  visits: (count: number) => string;
  dropped: (count: number, share: string) => string;
  timeouts: (count: number) => string;
  variant: (id: string, share: string, goals: number, sessions: number) => string;
}

export function figuresOf({ nodes, edges: taken }: Statistics, edges: readonly Edge[], say: Say, language: string): Overlay {
  const share = shareIn(language);
  const counts = new Map(taken.map((edge) => [`${edge.source}:${edge.exit}>${edge.target}`, edge.count]));
  const figures = nodes.map((node) => [
    node.node_id,
    [
      say.visits(node.visits),
      ...(node.dropped ? [say.dropped(node.dropped, share(node.dropped, node.visits))] : []),
      ...(node.timeouts ? [say.timeouts(node.timeouts)] : []),
      ...node.variants.map((one) => say.variant(one.id, share(one.goals, one.sessions), one.goals, one.sessions)),
    ],
  ]);
  const labels = edges.flatMap((edge) => {
    const count = counts.get(`${edge.source}:${edge.sourceHandle ?? DEFAULT_EXIT}>${edge.target}`);
    return count ? [[edge.id, String(count)]] : [];
  });
  return { ...NO_OVERLAY, figures: Object.fromEntries(figures), edges: Object.fromEntries(labels) };
}

export function shareIn(language: string): (part: number, whole: number) => string {
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return (part, whole) => percent.format(whole ? part / whole : 0);
}
