import { Alert, Button, Flex, Form, Input, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Kind } from "../api";
import { useNodeTexts } from "../useNodeTexts";
import { Fields } from "./form/Fields";
import type { FieldSchema } from "./form/schema";
import { NameFields } from "./settings/NameFields";
import { useBuilder } from "./store";
import { SaveTemplate } from "./SaveTemplate";
import { Ways } from "./Ways";
import { useShowNodes } from "./useShowAll";

/** The form of the chosen node; with none chosen, what the flow lacks and what it is called. */
export function DesignPane({ kinds, mayDraw }: { kinds: readonly Kind[]; mayDraw: boolean }) {
  const id = useBuilder((state) => state.nodes.find((node) => node.selected && node.type === "card")?.id);
  const kindName = useBuilder((state) => state.nodes.find((node) => node.selected && node.type === "card")?.data.kind);
  const kind = kinds.find((one) => one.name === kindName);
  if (id && kind) return <NodeForm key={id} id={id} kind={kind} mayDraw={mayDraw} />;
  return (
    <Flex vertical gap={16}>
      <Findings />
      <FlowForm mayDraw={mayDraw} />
    </Flex>
  );
}

function NodeForm({ id, kind, mayDraw }: { id: string; kind: Kind; mayDraw: boolean }) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  const values = useBuilder((state) => state.nodes.find((node) => node.id === id)?.data);
  const edit = useBuilder((state) => state.edit);
  if (!values) return null;
  const schema = kind.config as FieldSchema;
  return (
    <Form layout="vertical">
      <Typography.Paragraph>
        <strong>{texts.titleOf(kind)}</strong>
        <br />
        <Typography.Text type="secondary">{texts.describe(kind)}</Typography.Text>
      </Typography.Paragraph>
      <NodeFindings id={id} />
      <Form.Item label={t("flows.label")} htmlFor="node-label" style={{ marginBottom: 12 }}>
        <Input id="node-label" value={values.label} disabled={!mayDraw} onChange={(event) => edit(id, { label: event.target.value })} />
      </Form.Item>
      <Fields id="node" path={[kind.name]} schema={schema} root={schema} value={values.config} isDisabled={!mayDraw} onChange={(config) => edit(id, { config })} />
      <Ways id={id} mayDraw={mayDraw} />
    </Form>
  );
}

function NodeFindings({ id }: { id: string }) {
  const findings = useBuilder((state) => state.marks.ofNode[id]);
  return findings?.map((one) => (
    <Alert key={one.rule + one.text} type={one.severity === "critical" ? "error" : "warning"} showIcon title={one.text} style={{ marginBottom: 8 }} />
  ));
}

function Findings() {
  const { t } = useTranslation();
  const findings = useBuilder((state) => state.marks.findings);
  const choose = useBuilder((state) => state.choose);
  const showNodes = useShowNodes();
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>{t("flows.checks")}</Typography.Text>
      {findings.every((one) => one.severity !== "critical") && <Alert type="success" showIcon title={t("flows.fine")} />}
      {findings.map(({ rule, node_id: nodeId, text, severity }) => (
        <Alert
          key={rule + nodeId + text}
          type={severity === "critical" ? "error" : "warning"}
          showIcon
          title={text}
          action={
            nodeId && (
              <Button
                size="small"
                onClick={() => {
                  choose(nodeId);
                  showNodes([nodeId]);
                }}
              >
                {t("builder.goThere")}
              </Button>
            )
          }
        />
      ))}
    </Flex>
  );
}

function FlowForm({ mayDraw }: { mayDraw: boolean }) {
  return (
    <Form layout="vertical">
      <NameFields id="flow" isDisabled={!mayDraw} />
      {mayDraw && <SaveTemplate />}
    </Form>
  );
}
