import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";

const FIT = { maxZoom: 1, padding: 0.2 };

/** Brings the whole drawing into sight, once what was just changed is drawn. */
export function useShowAll(): () => void {
  const { fitView } = useReactFlow();
  return useCallback(() => void requestAnimationFrame(() => requestAnimationFrame(() => void fitView(FIT))), [fitView]);
}
