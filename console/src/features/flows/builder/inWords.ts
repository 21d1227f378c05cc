/** What a node does, from its config, in as few words as fit on it. */
type Config = Record<string, unknown>;

const TELLING = ["text", "tool", "url", "system_prompt", "prompt", "expression", "items", "until", "pattern", "script", "flow_id", "node_id"];
const SHOWN_CHARS = 80;

export function saidBy(config: Config): string {
  const words = config["words"];
  if (Array.isArray(words) && words.length) return short(words.join(" · "));
  const found = TELLING.map((name) => config[name]).find((value) => typeof value === "string" && value.trim());
  return typeof found === "string" ? short(found) : "";
}

/** An option's title, where the exit is one of the node's own options. */
export function exitTitle(exit: string, config: Config): string | undefined {
  const options = config["options"];
  if (!Array.isArray(options)) return undefined;
  const found = (options as Config[]).find((one) => one["id"] === exit)?.["title"];
  return typeof found === "string" && found ? found : undefined;
}

const short = (text: string) => (text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
