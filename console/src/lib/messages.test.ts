import { describe, expect, it } from "vitest";
import { type Message, shown, withMessage } from "./messages";

const message = (id: number, change: Partial<Message> = {}): Message => ({
  id,
  conversation_id: "c",
  direction: "out",
  kind: "text",
  state: "sent",
  status: "",
  error: "",
  content: { kind: "text", text: String(id) },
  attempts: 1,
  created_at: "2026-11-20T12:00:00Z",
  ...change,
});

describe("withMessage", () => {
  it("adds in order of ids, also what comes late", () => {
    const page = { messages: [message(1), message(3)], feed: 0 };
    expect(withMessage(page, message(2)).messages.map((one) => one.id)).toEqual([1, 2, 3]);
  });

  it("replaces a message that changed", () => {
    const page = { messages: [message(1)], feed: 0 };
    expect(withMessage(page, message(1, { status: "read" })).messages.map((one) => one.status)).toEqual(["read"]);
  });
});

describe("shown", () => {
  it("keeps only the last message of a slot, so that progress moves in its place", () => {
    const all = [message(1, { slot: "task" }), message(2), message(3, { slot: "task" })];
    expect(shown(all).map((one) => one.id)).toEqual([2, 3]);
  });
});
