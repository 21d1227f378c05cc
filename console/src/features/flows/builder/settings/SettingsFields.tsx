import { Fields } from "../form/Fields";
import type { FieldSchema } from "../form/schema";
import { useBuilder } from "../store";
import { KIND } from "./settingsSchema";
import type { Settings } from "./wide";

/** Some of the flow's settings, filled in with the inputs that nodes have. What is emptied falls back to its default. */
export function SettingsFields({ schema, isDisabled }: { schema: FieldSchema; isDisabled: boolean }) {
  const settings = useBuilder((state) => state.settings);
  const setWide = useBuilder((state) => state.setWide);
  return (
    <Fields
      id="settings"
      path={[KIND]}
      schema={schema}
      root={schema}
      value={settings}
      isDisabled={isDisabled}
      onChange={(next) => setWide("settings", { settings: next as Settings })}
    />
  );
}
