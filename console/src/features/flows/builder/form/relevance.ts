/** Which fields of a node are shown: those that mean nothing beside the other values are not. */
type Config = Record<string, unknown>;

const KEYWORD_ONLY = ["words", "match", "command"];

const HIDDEN: Record<string, (config: Config) => readonly string[]> = {
  trigger: ({ kind = "manual" }) => [
    ...(kind === "keyword" ? [] : KEYWORD_ONLY),
    ...(kind === "event" ? [] : ["event"]),
    ...(kind === "welcome" ? [] : ["inactive_days"]),
    ...(kind === "manual" || kind === "schedule" ? ["channels", "include_groups", "exclude_groups", "priority", "passes_message"] : []),
  ],
  delay: ({ mode = "fixed" }) => (mode === "until" ? ["seconds", "max_seconds"] : ["time", "days", "weekdays", ...(mode === "random" ? [] : ["max_seconds"])]),
  buttons: ({ others = "retry" }) => (others === "retry" ? [] : ["retry_text", "max_attempts"]),
  list: ({ others = "retry" }) => (others === "retry" ? [] : ["retry_text", "max_attempts"]),
  goto: oneOf("flow_id", "node_id"),
  call: oneOf("flow_id", "node_id"),
  condition: ({ comparisons, expression }) => (expression ? ["comparisons", "match"] : Array.isArray(comparisons) && comparisons.length ? ["expression"] : []),
  http_request: ({ method = "GET", body, json_body: json }) => (method === "GET" ? ["body", "json_body"] : body ? ["json_body"] : json ? ["body"] : []),
  "condition.comparisons": comparison,
  "switch.cases": comparison,
  "set_variable.assignments": ({ text, expression }) => (text ? ["expression"] : expression ? ["text"] : []),
};

/** Seldom needed: behind a fold. */
const SELDOM = new Set([
  "ignore_triggers", "max_attempts", "retry_text", "media_text", "model", "temperature", "max_tokens", "priority", "include_groups", "exclude_groups",
  "command", "passes_message", "retries", "is_safe_to_repeat", "extra_body", "on_message", "whole_session", "delay_seconds", "join_seconds", "default_value", "account",
]); // prettier-ignore
const SELDOM_AT = new Set(["buttons.options.id", "list.options.id", "validate_options.options.id", "buttons.options.value", "list.options.value"]);

export const hiddenOf = (path: readonly string[], config: Config): readonly string[] => HIDDEN[path.join(".")]?.(config) ?? [];

export const isSeldom = (path: readonly string[]): boolean => SELDOM.has(path.at(-1) ?? "") || SELDOM_AT.has(path.join("."));

function oneOf(one: string, other: string): (config: Config) => readonly string[] {
  return (config) => [...(config[one] ? [other] : config[other] ? [one] : []), ...(config["flow_id"] ? [] : ["arguments"])];
}

function comparison({ operator = "equals" }: Config): readonly string[] {
  if (operator === "empty" || operator === "not_empty") return ["right", "value", "high"];
  return operator === "between" ? [] : ["high"];
}
