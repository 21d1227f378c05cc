import type { TFunction } from "i18next";

/** What a new flow begins with: a word that starts it, and a greeting. */
export function firstDrawing(t: TFunction) {
  return {
    nodes: [
      { id: "start", position: { x: 0, y: 0 }, data: { label: t("flows.start"), type: "trigger", config: { kind: "keyword", words: [] } } },
      { id: "hello", position: { x: 300, y: 0 }, data: { label: t("flows.hello"), type: "message", config: { text: t("flows.helloText") } } },
    ],
    edges: [{ id: "start-hello", source: "start", target: "hello", sourceHandle: "default" }],
  };
}
