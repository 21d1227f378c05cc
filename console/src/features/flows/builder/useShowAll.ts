import { useNodesInitialized, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";

const FIT = { maxZoom: 1, padding: 0.1 };

/** Brings the whole drawing into sight, once what was just changed is drawn. */
export function useShowAll(): () => void {
  const { fitView } = useReactFlow();
  return useCallback(() => void requestAnimationFrame(() => requestAnimationFrame(() => void fitView(FIT))), [fitView]);
}

/** Brings one node into the middle. */
export function useShowNode(): (id: string) => void {
  const { fitView } = useReactFlow();
  return useCallback((id) => void fitView({ nodes: [{ id }], maxZoom: 1, duration: 200 }), [fitView]);
}

/** Shows the whole drawing once its nodes have sizes. */
export function useShownWhole(): void {
  const isDrawn = useNodesInitialized();
  const show = useShowAll();
  const wasShown = useRef(false);
  useEffect(() => {
    if (!isDrawn || wasShown.current) return;
    wasShown.current = true;
    show();
  }, [isDrawn, show]);
}
