/** What belongs to the whole flow rather than to a node: it is undone and saved like the canvas. */
import type { Drawing, FlowView } from "../../api";

export type Settings = NonNullable<Drawing["settings"]>;
export type Translations = NonNullable<Drawing["translations"]>;

export interface Wide {
  name: string;
  description: string;
  language: Drawing["language"];
  settings: Settings;
  translations: Translations;
}

export const wideOf = ({ flow, draft }: FlowView): Wide => ({
  name: flow.name,
  description: flow.description,
  language: draft.language,
  settings: draft.settings,
  translations: draft.translations ?? {},
});

/** The part of a drawing that is not on the canvas. */
export const inDrawing = ({ language, settings, translations }: Wide): Pick<Drawing, "language" | "settings" | "translations"> => ({ language, settings, translations });
