/** How the settings of a flow are filled in: limits and defaults are those of the flow's model. */
import type { FieldSchema } from "../form/schema";
import type { Settings } from "./wide";

/** Under this name the texts of the fields stand among those of the kinds of nodes. */
export const KIND = "flow_settings";

const DAY_SECONDS = 86_400;

const PARAMETERS: FieldSchema = {
  type: "array",
  items: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", pattern: "^[a-z][a-z0-9_]{0,39}$" },
      type: { enum: ["string", "number", "boolean", "json"], default: "string" },
      description: { type: "string" },
      required: { type: "boolean", default: true },
    },
  },
};

type Passed = "arguments" | "results";

const behaviour = {
  start_mode: { enum: ["interrupt", "skip_if_busy", "background"], default: "interrupt" },
  stale_taps: { enum: ["reenter", "as_text", "say_expired"], default: "reenter" },
  expiry_seconds: { type: "integer", minimum: 300, maximum: 14 * DAY_SECONDS, default: DAY_SECONDS },
  after_human: { enum: ["ask_again", "end"], default: "ask_again" },
  channels: { type: "array", items: { type: "string" } },
  error_text: { type: "string" },
  error_flow_id: { type: "string" },
  strict: { type: "boolean", default: false },
  max_steps: { type: "integer", minimum: 1, maximum: 100, default: 100 },
  ignore_triggers: { type: "boolean", default: false },
} satisfies Record<Exclude<keyof Settings, Passed>, FieldSchema>;

export const BEHAVIOUR: FieldSchema = { type: "object", properties: behaviour };
export const PASSED: FieldSchema = { type: "object", properties: { arguments: PARAMETERS, results: PARAMETERS } satisfies Record<Passed, FieldSchema> };
