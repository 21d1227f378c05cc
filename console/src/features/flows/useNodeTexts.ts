/** What kinds of nodes and their fields are called, from `locales/nodes`; of added kinds what their schema says. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { asLanguage } from "@/lib/i18n";
import type { Kind } from "./api";

export interface NodeTexts {
  kindTitle: (kind: string) => string;
  /** `titles` of the registry, for whoever has the whole kind. */
  titleOf: (kind: Kind) => string;
  describe: (kind: Kind) => string;
  label: (kind: string, field: string) => string;
  help: (kind: string, field: string) => string;
  /** A parameter of a tool, which is named alike in all of them. */
  argument: (name: string) => string;
  /** What is to be written for a type with a meaning of its own, such as a period. */
  semantic: (type: string | undefined) => string;
  /** A value of an `enum`. */
  option: (kind: string, field: string, value: string) => string;
}

export function useNodeTexts(): NodeTexts {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const find = (...keys: string[]) => keys.find((key) => i18n.exists(key));
    const say = (fallback: string, ...keys: string[]) => {
      const key = find(...keys);
      return key ? t(key, { skipInterpolation: true }) : fallback; // help shows {{ variables }}
    };
    const titleOf = (kind: Kind) => kind.titles[asLanguage(i18n.language) ?? "es"] ?? kind.name;
    return {
      kindTitle: (kind) => say(kind, `nodes.kinds.${kind}.title`),
      titleOf,
      describe: (kind) => say(kind.description, `nodes.kinds.${kind.name}.text`),
      label: (kind, field) => say(humanized(field), `nodes.kinds.${kind}.fields.${field}.label`, `nodes.fields.${field}.label`),
      help: (kind, field) => say("", `nodes.kinds.${kind}.fields.${field}.help`, `nodes.fields.${field}.help`),
      argument: (name) => say(humanized(name), `nodes.arguments.${name}`),
      semantic: (type) => (type ? say("", `nodes.semantics.${type}`) : ""),
      option: (kind, field, value) => say(value, `nodes.options.${kind}_${field}.${value || "none"}`, `nodes.options.${field}.${value || "none"}`),
    };
  }, [t, i18n]);
}

/** "delivery_days" as "Delivery days": names that nobody translated. */
const humanized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
