import { describe, expect, it } from "vitest";
import { contentOf } from "./content";

describe("contentOf", () => {
  it("reads a question with its options", () => {
    const raw = { kind: "choices", text: "Which?", options: [{ id: "a", title: "A", description: "first" }] };
    expect(contentOf({ kind: "choices", content: raw })).toEqual(raw);
  });

  it("shows what it does not know by its kind, whatever it holds", () => {
    expect(contentOf({ kind: "sticker", content: { kind: "sticker", media_id: 7 } })).toEqual({ kind: "other", of: "sticker" });
  });

  it("never trusts the shape of what a stranger sent", () => {
    expect(contentOf({ kind: "text", content: { kind: "text", text: { evil: true } } })).toEqual({ kind: "text", text: "" });
    expect(contentOf({ kind: "choices", content: { kind: "choices", options: "none" } })).toMatchObject({ options: [] });
  });
});
