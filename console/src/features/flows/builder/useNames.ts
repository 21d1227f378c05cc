import { useMemo } from "react";
import type { CanvasNode } from "./serialize";
import { useBuilder, useBuilderStore } from "./store";

const cards = (nodes: readonly CanvasNode[]) => nodes.filter((node) => node.type === "card");

/** What the nodes are called, by their ids. */
export function useNames(): ReadonlyMap<string, string> {
  const store = useBuilderStore();
  const edits = useBuilder((state) => state.edits);
  return useMemo(
    () => new Map(cards(store.getState().nodes).map((node) => [node.id, node.data.label || node.data.kind])),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `edits` says when the nodes mean something else
    [store, edits],
  );
}
