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
