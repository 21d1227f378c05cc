import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type Gateway, getJson } from "@/lib/api";
import type { Mock } from "../../api";
import { JsonInput } from "../form/inputs/PlainInputs";
import { useBuilder } from "../store";
import type { SceneProps } from "./SceneForm";
import type { Simulation } from "./useSimulation";

const CALLING = ["tool", "http_request", "javascript", "ai_response", "ai_completion", "ai_sentiment", "ai_classify"];
type Mode = "placeholder" | "success" | "error" | "timeout" | "real";

/** What each call of the flow comes to: a stand-in, an answer that one writes, a failure, or the real one. */
export function MocksForm({ simulation, mayCall }: SceneProps) {
  const { scene, setScene: onChange, real, setReal } = simulation;
  const { t } = useTranslation();
  const nodes = useBuilder((state) => state.nodes);
  const calling = nodes.filter((node) => CALLING.includes(node.data.kind));
  if (calling.length === 0) return null;
  const put = (node: string, mock: Mock | undefined) => onChange({ ...scene, mocks: [...scene.mocks.filter((one) => one.node !== node), ...(mock ? [mock] : [])] });
  const choose = (node: string, mode: Mode) => {
    setReal([...real.filter((one) => one !== node), ...(mode === "real" ? [node] : [])]);
    put(node, mode === "placeholder" || mode === "real" ? undefined : { node, status: mode, error: "", text: "" });
  };
  return (
    <>
      <Typography.Paragraph type="secondary">{t("builder.try.mocks")}</Typography.Paragraph>
      {calling.map((node) => {
        const mock = scene.mocks.find((one) => one.node === node.id);
        const mode: Mode = real.includes(node.id) ? "real" : (mock?.status ?? "placeholder");
        const modes: Mode[] = ["placeholder", "success", "error", "timeout", ...(mayCall ? (["real"] as const) : [])];
        return (
          <Form.Item key={node.id} label={node.data.label || node.data.kind} htmlFor={`mock-${node.id}`} style={{ marginBottom: 8 }}>
            <Select
              id={`mock-${node.id}`}
              value={mode}
              options={modes.map((one) => ({ value: one, label: t(`builder.try.modes.${one}`) }))}
              onChange={(next: Mode) => choose(node.id, next)}
            />
            {mode === "real" && node.data.kind === "tool" && <ContactChoice simulation={simulation} />}
            {mode === "success" && mock && <Answer id={`mock-${node.id}`} mock={mock} onChange={(next) => put(node.id, next)} />}
          </Form.Item>
        );
      })}
    </>
  );
}

/** Tools read with the rights of a person. */
function ContactChoice({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const contacts = useQuery({ queryKey: ["contacts", "newest"], queryFn: () => getJson<Gateway["ContactPage"]>("/api/contacts") }).data?.contacts ?? [];
  return (
    <Select
      aria-label={t("builder.try.asWhom")}
      placeholder={t("builder.try.asWhom")}
      style={{ width: "100%", marginTop: 6 }}
      showSearch={{ optionFilterProp: "label" }}
      value={simulation.contact || null}
      options={contacts.map((one) => ({ value: one.id, label: [one.name, ...one.addresses.map((address) => address.value)].filter(Boolean).join(" · ") }))}
      onChange={simulation.setContact}
    />
  );
}

function Answer({ id, mock, onChange }: { id: string; mock: Mock; onChange: (mock: Mock) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Input
        style={{ margin: "6px 0" }}
        aria-label={t("builder.try.mockText")}
        placeholder={t("builder.try.mockText")}
        value={mock.text ?? ""}
        onChange={(event) => onChange({ ...mock, text: event.target.value })}
      />
      <div role="group" aria-label={t("builder.try.mockValue")}>
        <label htmlFor={`${id}-value`}>{t("builder.try.mockValue")}</label>
        <JsonInput id={`${id}-value`} path={[]} schema={{}} root={{}} value={mock.value} isDisabled={false} onChange={(value) => onChange({ ...mock, value })} />
      </div>
    </>
  );
}
