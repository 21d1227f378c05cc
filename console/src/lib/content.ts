/** What a message holds, read from the JSON in which the gateway keeps it. */
import type { Gateway } from "./api";

export interface Option {
  id: string;
  title: string;
  description: string;
}

export type Content =
  | { kind: "text"; text: string }
  | { kind: "tap"; title: string }
  | { kind: "choices"; text: string; options: Option[] }
  | { kind: "file"; artifact_id: string; filename: string; media_type: string; caption: string }
  | { kind: "other"; of: string };

type Raw = Gateway["MessageView"]["content"];

export function contentOf(message: Pick<Gateway["MessageView"], "kind" | "content">): Content {
  const raw = message.content;
  switch (raw["kind"] ?? message.kind) {
    case "text":
      return { kind: "text", text: word(raw, "text") };
    case "tap":
      return { kind: "tap", title: word(raw, "title") };
    case "choices":
      return { kind: "choices", text: word(raw, "text"), options: optionsOf(raw["options"]) };
    case "file":
      return {
        kind: "file",
        artifact_id: word(raw, "artifact_id"),
        filename: word(raw, "filename"),
        media_type: word(raw, "media_type"),
        caption: word(raw, "caption"),
      };
    default:
      return { kind: "other", of: message.kind };
  }
}

function optionsOf(raw: unknown): Option[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((one: Raw) => ({ id: word(one, "id"), title: word(one, "title"), description: word(one, "description") }));
}

function word(raw: Raw, name: string): string {
  const value = raw[name];
  return typeof value === "string" ? value : "";
}
