import { describe, expect, it } from "vitest";
import type { CanvasNode } from "../serialize";
import { missingIn, spokenOf, translatedTo } from "./spoken";

const node = (id: string, config: Record<string, unknown>): CanvasNode => ({ id, type: "card", position: { x: 0, y: 0 }, data: { label: id, kind: "buttons", config } });
const ask = node("ask", { text: "¿Sí?", retry_text: "", options: [{ id: "a", title: "Claro" }, { id: "b" }], variable: "session.a" });
const text = { nodeId: "ask", path: "text", text: "¿Sí?" };
const title = { nodeId: "ask", path: "options.0.title", text: "Claro" };

describe("translations", () => {
  it("are of what people read, not of names and expressions", () => {
    expect(spokenOf([ask, node("end", {})])).toEqual([text, title]);
  });

  it("are missing where a language has no words", () => {
    expect(missingIn({ en: { ask: { text: "Yes?" } } }, "en", [text, title])).toEqual([title]);
    expect(missingIn({ en: { ask: { text: "Yes?" } } }, "pt", [text, title])).toEqual([text, title]);
  });

  it("are added beside the others, and taken away with all that becomes empty", () => {
    const one = translatedTo({}, "en", text, "Yes?");
    const two = translatedTo(one, "en", title, "Sure");
    expect(two).toEqual({ en: { ask: { text: "Yes?", "options.0.title": "Sure" } } });
    expect(translatedTo(translatedTo(two, "en", title, ""), "en", text, "")).toEqual({});
  });
});
