/** The texts that people read in a flow, and their words in other languages; pure. */
import type { Language } from "@/lib/i18n";
import { without } from "../form/schema";
import type { CanvasNode } from "../serialize";
import type { Translations } from "./wide";

export interface Spoken {
  nodeId: string;
  /** Dotted, inside the node's config: `options.0.title`. */
  path: string;
  text: string;
}

const NAMES = ["text", "retry_text"];

/** The same that the check of translations looks at. */
export function spokenOf(nodes: readonly CanvasNode[]): Spoken[] {
  return nodes.flatMap((node) => {
    const { options } = node.data.config;
    const plain = NAMES.map((name) => ({ nodeId: node.id, path: name, text: node.data.config[name] }));
    const titles = (Array.isArray(options) ? options : []).map((one: unknown, place) => ({
      nodeId: node.id,
      path: `options.${place}.title`,
      text: (one as { title?: unknown } | null)?.title,
    }));
    return [...plain, ...titles].filter((one): one is Spoken => typeof one.text === "string" && one.text !== "");
  });
}

export const wordsOf = (translations: Translations, language: Language, { nodeId, path }: Spoken): string => translations[language]?.[nodeId]?.[path] ?? "";

export const missingIn = (translations: Translations, language: Language, spoken: readonly Spoken[]): Spoken[] =>
  spoken.filter((one) => wordsOf(translations, language, one) === "");

/** With the words for one text; empty words are no override, so the base text is said. */
export function translatedTo(translations: Translations, language: Language, { nodeId, path }: Spoken, words: string): Translations {
  const others = without(translations[language]?.[nodeId] ?? {}, path);
  const ofNode = words === "" ? others : { ...others, [path]: words };
  return replaced(translations, language, replaced(translations[language] ?? {}, nodeId, ofNode));
}

/** What became empty is left out. */
function replaced<Value extends object>(inside: Record<string, Value>, name: string, value: Value): Record<string, Value> {
  return Object.keys(value).length ? { ...inside, [name]: value } : without(inside, name);
}
