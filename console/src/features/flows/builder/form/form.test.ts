import { describe, expect, it } from "vitest";
import type { CanvasNode } from "../serialize";
import { unitOf } from "./inputs/DurationInput";
import { newRow, swapped } from "./inputs/RowsInput";
import { hiddenOf } from "./relevance";
import { controlOf, fieldsOf, problemOf } from "./schema";
import { completed, secretsOf, variablesOf } from "./variables";

const node = (kind: string, config: Record<string, unknown>): CanvasNode => ({ id: kind, type: "card", position: { x: 0, y: 0 }, data: { label: `My ${kind}`, kind, config } });
const GLOBALS = [
  { name: "hours", is_secret: false },
  { name: "key", is_secret: true },
];

describe("fieldsOf", () => {
  it("takes away references and the null of what may be missing", () => {
    const schema = {
      properties: { limit: { anyOf: [{ type: "number", minimum: 1 }, { type: "null" }], default: null }, rows: { type: "array", items: { $ref: "#/$defs/Row" } } },
      required: ["rows"],
      $defs: { Row: { type: "object", properties: { id: { type: "string" } } } },
    };
    const [limit, rows] = fieldsOf(schema);
    expect(limit).toMatchObject({ name: "limit", isRequired: false, schema: { type: "number", minimum: 1 } });
    expect(rows).toMatchObject({ isRequired: true, schema: { items: { properties: { id: { type: "string" } } } } });
  });
});

describe("controlOf", () => {
  it.each([
    [["tool", "tool"], { type: "string" }, "tool"],
    [["buttons", "timeout_seconds"], { type: "number" }, "duration"],
    [["message", "text"], { type: "string", format: "template" }, "text"],
    [["trigger", "words"], { type: "array", items: { type: "string" } }, "words"],
    [["http_request", "headers"], { type: "object", additionalProperties: { type: "string" } }, "pairs"],
    [["ai_completion", "extra_body"], { type: "object", additionalProperties: true }, "json"],
    [["added", "whatever"], { type: "string" }, "line"],
  ] as const)("chooses for %j", (path, schema, control) => {
    expect(controlOf(path, schema)).toBe(control);
  });
});

describe("problemOf", () => {
  const field = (schema: object, isRequired = false) => ({ name: "x", schema, isRequired });
  it("says what is wrong at the first sight", () => {
    expect(problemOf(field({ type: "string" }, true), "")).toBe("needed");
    expect(problemOf(field({ type: "string", pattern: "^[a-z]+$" }), "A1")).toBe("form");
    expect(problemOf(field({ type: "number", maximum: 10 }), 11)).toBe("large");
    expect(problemOf(field({ type: "number", exclusiveMinimum: 0 }), 0)).toBe("small");
    expect(problemOf(field({ type: "string" }), undefined)).toBeUndefined();
  });
});

describe("variablesOf", () => {
  it("knows what nodes set, what the system gives and what all flows share, but no secret", () => {
    const names = variablesOf([node("tool", { variable: "sales" }), node("set_variable", { assignments: [{ name: "contact.city" }] })], GLOBALS).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(["session.sales", "session.sales.rows", "contact.city", "message.text", "system.today", "global.hours"]));
    expect(names.filter((name) => name.includes("key"))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(secretsOf(GLOBALS).map((one) => one.name)).toEqual(["secret.key"]);
  });

  it("completes the word that one is writing", () => {
    expect(completed("session.amount > con", "contact.limit")).toBe("session.amount > contact.limit");
  });
});

describe("rows and durations", () => {
  it("gives a new row an id that no other has", () => {
    const items = { properties: { id: { type: "string" } } };
    expect(newRow(items, [{ id: "option_2" }])).toEqual({ id: "option_3" });
    expect(swapped([{ id: "a" }, { id: "b" }], 0)).toEqual([{ id: "b" }, { id: "a" }]);
  });

  it("shows seconds in the largest unit that needs no fraction", () => {
    expect([0, 90, 7_200, 172_800].map(unitOf)).toEqual(["seconds", "seconds", "hours", "days"]);
  });
});

describe("hiddenOf", () => {
  it("shows only what means something beside the other values", () => {
    expect(hiddenOf(["trigger"], { kind: "welcome" })).toContain("words");
    expect(hiddenOf(["trigger"], { kind: "keyword" })).not.toContain("words");
    expect(hiddenOf(["delay"], { mode: "until" })).toEqual(["seconds", "max_seconds"]);
    expect(hiddenOf(["condition", "comparisons"], { operator: "empty" })).toContain("right");
  });
});
