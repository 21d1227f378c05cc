import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { LANGUAGES } from "@/lib/i18n";
import { JsonInput } from "../form/inputs/PlainInputs";
import { useNames } from "../useNames";
import { MocksForm } from "./MocksForm";
import type { Simulation } from "./useSimulation";

const CHANNELS = ["whatsapp", "telegram", "web"] as const;

export interface SceneProps {
  simulation: Simulation;
  /** Whether the simulation may make real calls. */
  mayCall: boolean;
}

/** Where it begins, who writes, what is known of them, and what calls to the outside come to. */
export function SceneForm({ simulation, mayCall }: SceneProps) {
  const { scene, setScene: onChange } = simulation;
  const { t } = useTranslation();
  const names = useNames();
  const json = (id: string, value: unknown, put: (value: Record<string, unknown>) => void) => (
    <JsonInput id={id} path={[]} schema={{}} root={{}} value={value} isDisabled={false} onChange={(next) => put((next ?? {}) as Record<string, unknown>)} />
  );
  return (
    <Form layout="vertical">
      <Row label={t("builder.try.node")} id="scene-node">
        <Select
          id="scene-node"
          value={scene.node ?? ""}
          options={[{ value: "", label: t("builder.try.firstNode") }, ...[...names].map(([value, label]) => ({ value, label }))]}
          onChange={(node) => onChange({ ...scene, node })}
        />
      </Row>
      <Row label={t("builder.try.message")} id="scene-message">
        <Input id="scene-message" value={scene.message ?? ""} onChange={(event) => onChange({ ...scene, message: event.target.value || null })} />
      </Row>
      <Row label={t("layout.language")} id="scene-language">
        <Select
          id="scene-language"
          value={scene.language ?? "es"}
          options={LANGUAGES.map((one) => ({ value: one, label: new Intl.DisplayNames([one], { type: "language" }).of(one) ?? one }))}
          onChange={(language) => onChange({ ...scene, language })}
        />
      </Row>
      <Row label={t("builder.try.channel")} id="scene-channel">
        <Select
          id="scene-channel"
          value={scene.channel ?? "whatsapp"}
          options={CHANNELS.map((one) => ({ value: one, label: t(`channels.${one}`) }))}
          onChange={(channel) => onChange({ ...scene, channel })}
        />
      </Row>
      <Row label={t("builder.try.now")} id="scene-now" help={t("builder.try.nowHint")}>
        <Input
          id="scene-now"
          type="datetime-local"
          value={scene.now ? scene.now.slice(0, 16) : ""}
          onChange={(event) => onChange({ ...scene, now: event.target.value ? `${event.target.value}:00Z` : null })}
        />
      </Row>
      <Row label={t("builder.try.contact")} id="scene-contact" help='{"name": "Ana"}'>
        {json("scene-contact", scene.contact, (contact) => onChange({ ...scene, contact }))}
      </Row>
      <Row label={t("builder.try.globals")} id="scene-globals">
        {json("scene-globals", scene.globals, (globals) => onChange({ ...scene, globals }))}
      </Row>
      <MocksForm simulation={simulation} mayCall={mayCall} />
    </Form>
  );
}

function Row({ label, id, help, children }: { label: string; id: string; help?: string; children: React.ReactNode }) {
  return (
    <Form.Item label={label} htmlFor={id} extra={help} style={{ marginBottom: 8 }}>
      {children}
    </Form.Item>
  );
}
