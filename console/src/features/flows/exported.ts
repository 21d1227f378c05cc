/** Flows as files: what one installation exports, another imports. */
import type { FlowView } from "./api";

export function saveExported(view: FlowView): void {
  const file = new Blob([JSON.stringify({ name: view.flow.name, draft: view.draft }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${view.flow.name}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What is in a file; the server says what is wrong with it, so that anything is taken here. */
export function readExported(text: string, filename: string): { name: string; draft: unknown } {
  const name = filename.replace(/\.json$/i, "").slice(0, 120) || "?";
  try {
    const found = JSON.parse(text) as { name?: unknown; draft?: unknown } | null;
    const draft = found?.draft ?? found;
    return { name: typeof found?.name === "string" ? found.name : name, draft };
  } catch {
    return { name, draft: { nodes: "not JSON" } };
  }
}
