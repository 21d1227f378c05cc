import { Form, Input, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Mock } from "../../api";
import { JsonInput } from "../form/inputs/PlainInputs";
import { useBuilder } from "../store";
import type { SceneProps } from "./SceneForm";

const CALLING = ["tool", "http_request", "javascript", "ai_response", "ai_completion", "ai_sentiment", "ai_classify"];
/** Contacts have their own rights, so that a simulation, which has no contact, calls no tool. */
const NEVER_REAL = ["tool"];
type Mode = "placeholder" | "success" | "error" | "timeout" | "real";

/** What each call of the flow comes to: a stand-in, an answer that one writes, a failure, or the real one. */
export function MocksForm({ scene, onChange, real, onReal }: SceneProps) {
  const { t } = useTranslation();
  const nodes = useBuilder((state) => state.nodes);
  const calling = nodes.filter((node) => CALLING.includes(node.data.kind));
  if (calling.length === 0) return null;
  const put = (node: string, mock: Mock | undefined) => onChange({ ...scene, mocks: [...scene.mocks.filter((one) => one.node !== node), ...(mock ? [mock] : [])] });
  const choose = (node: string, mode: Mode) => {
    onReal?.([...real.filter((one) => one !== node), ...(mode === "real" ? [node] : [])]);
    put(node, mode === "placeholder" || mode === "real" ? undefined : { node, status: mode, error: "", text: "" });
  };
  return (
    <>
      <Typography.Paragraph type="secondary">{t("builder.try.mocks")}</Typography.Paragraph>
      {calling.map((node) => {
        const mock = scene.mocks.find((one) => one.node === node.id);
        const mode: Mode = real.includes(node.id) ? "real" : (mock?.status ?? "placeholder");
        const mayBeReal = onReal !== undefined && !NEVER_REAL.includes(node.data.kind);
        const modes: Mode[] = ["placeholder", "success", "error", "timeout", ...(mayBeReal ? (["real"] as const) : [])];
        return (
          <Form.Item key={node.id} label={node.data.label || node.data.kind} htmlFor={`mock-${node.id}`} style={{ marginBottom: 8 }}>
            <Select
              id={`mock-${node.id}`}
              value={mode}
              options={modes.map((one) => ({ value: one, label: t(`builder.try.modes.${one}`) }))}
              onChange={(next: Mode) => choose(node.id, next)}
            />
            {mode === "success" && mock && <Answer id={`mock-${node.id}`} mock={mock} onChange={(next) => put(node.id, next)} />}
          </Form.Item>
        );
      })}
    </>
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
