import { useEffect } from "react";
import { useBuilderStore } from "./store";

/** The browser asks before it closes the page with changes that are not saved. */
export function useLeaveGuard(): void {
  const store = useBuilderStore();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const { changes, savedAt } = store.getState();
      if (changes !== savedAt) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [store]);
}
