/** Light or dark: as the system has it, unless somebody chose. */
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEPT = "recado.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, present), choose];
}

function present(): Theme {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return system.matches ? "dark" : "light";
}

function choose(theme: Theme): void {
  localStorage.setItem(KEPT, theme);
  listeners.forEach((tell) => tell());
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  system.addEventListener("change", tell);
  return () => {
    listeners.delete(tell);
    system.removeEventListener("change", tell);
  };
}
