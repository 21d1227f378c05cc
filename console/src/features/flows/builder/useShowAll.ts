import { useNodesInitialized, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";

/** Below it the texts on nodes cannot be read. */
const LEAST_ZOOM = 0.45;
const START_ZOOM = 0.65;
const MARGIN = 20;

const FIT = { maxZoom: 1, padding: 0.1 };

/** Brings the whole drawing into sight, once what was just changed is drawn. */
export function useShowAll(): () => void {
  const { fitView } = useReactFlow();
  return useCallback(() => void requestAnimationFrame(() => requestAnimationFrame(() => void fitView(FIT))), [fitView]);
}

/** Brings some nodes into the middle. */
export function useShowNodes(): (ids: readonly string[]) => void {
  const { fitView } = useReactFlow();
  return useCallback((ids) => void (ids.length && fitView({ nodes: ids.map((id) => ({ id })), maxZoom: 0.8, padding: 0.2, duration: 200 })), [fitView]);
}

/** Shows the drawing once its nodes have sizes: the whole of it, or its beginning where that would be too small to read. */
export function useShownWhole(): void {
  const isDrawn = useNodesInitialized();
  const show = useShowAll();
  const { getNodes, getNodesBounds, setViewport } = useReactFlow();
  const size = useStoreApi();
  const wasShown = useRef(false);
  useEffect(() => {
    if (!isDrawn || wasShown.current) return;
    wasShown.current = true;
    const { width, height } = size.getState();
    const bounds = getNodesBounds(getNodes());
    if (Math.min(width / bounds.width, height / bounds.height) >= LEAST_ZOOM) show();
    else void setViewport({ x: MARGIN - bounds.x * START_ZOOM, y: Math.max(MARGIN, height / 2 - (bounds.height * START_ZOOM) / 2) - bounds.y * START_ZOOM, zoom: START_ZOOM });
  }, [isDrawn, show, getNodes, getNodesBounds, setViewport, size]);
}
