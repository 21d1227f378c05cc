import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import builderEn from "./builder/en.json";
import builderEs from "./builder/es.json";
import builderPt from "./builder/pt.json";
import enShell from "./en.json";
import esShell from "./es.json";
import nodesEn from "./nodes/en.json";
import nodesEs from "./nodes/es.json";
import nodesPt from "./nodes/pt.json";
import ptShell from "./pt.json";

const es = { ...esShell, builder: builderEs, nodes: nodesEs };
const pt = { ...ptShell, builder: builderPt, nodes: nodesPt };
const en = { ...enShell, builder: builderEn, nodes: nodesEn };

type Texts = { [name: string]: string | Texts };

const keys = (texts: Texts, before = ""): string[] =>
  Object.entries(texts).flatMap(([name, value]) => (typeof value === "string" ? [before + name] : keys(value, `${before + name}.`)));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "schemas" ? [] : sources(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

/** The keys that the code names; of one that is put together (`states.${x}`) its beginning. */
function named(): string[] {
  const found = sources("src").flatMap((text) => [...text.matchAll(/\bt\(\s*(?:\w+ \? )?["`]([\w.]+)(\$\{)?/g)]);
  return found.flatMap(([, key, isOpen]) => (key ? [isOpen ? `${key}*` : key] : []));
}

describe("locales", () => {
  it.each(Object.entries({ pt, en }))("have the same texts in %s as in Spanish", (_, texts) => {
    expect(keys(texts)).toEqual(keys(es));
  });

  it("hold every text that the code names", () => {
    const known = keys(es);
    const isKnown = (key: string) =>
      key.endsWith("*") ? known.some((one) => one.startsWith(key.slice(0, -1))) : known.some((one) => one === key || one === `${key}_other`);
    expect(named().length).toBeGreaterThan(80);
    expect(named().filter((key) => !isKnown(key))).toEqual([]);
  });
});
