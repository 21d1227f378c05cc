import { Alert, Card, Flex, Form, Input, Typography } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { FlowView, Kind } from "../api";
import { useBuilder } from "./store";
import { Versions } from "./Versions";

const SchemaForm = lazy(() => import("@/components/SchemaForm"));

interface Props {
  view: FlowView;
  kinds: readonly Kind[];
  mayDraw: boolean;
}

/** The form of the chosen node; with none chosen, what the flow lacks and its versions. */
export function SidePanel({ view, kinds, mayDraw }: Props) {
  const chosen = useBuilder((state) => state.nodes.find((node) => node.selected));
  const kind = kinds.find((one) => one.name === chosen?.data.kind);
  return (
    <Card size="small" style={{ width: 320, overflow: "auto" }}>
      {chosen && kind ? (
        <NodeForm key={chosen.id} id={chosen.id} kind={kind} mayDraw={mayDraw} />
      ) : (
        <Flex vertical gap={16}>
          <Findings />
          <Versions view={view} mayDraw={mayDraw} />
        </Flex>
      )}
    </Card>
  );
}

function NodeForm({ id, kind, mayDraw }: { id: string; kind: Kind; mayDraw: boolean }) {
  const { t } = useTranslation();
  const values = useBuilder((state) => state.nodes.find((node) => node.id === id)?.data);
  const edit = useBuilder((state) => state.edit);
  if (!values) return null;
  return (
    <>
      <Typography.Paragraph type="secondary">{kind.description}</Typography.Paragraph>
      <Form layout="vertical">
        <Form.Item label={t("flows.label")} htmlFor="node-label">
          <Input id="node-label" value={values.label} disabled={!mayDraw} onChange={(event) => edit(id, { label: event.target.value })} />
        </Form.Item>
      </Form>
      <Suspense>
        <SchemaForm schema={kind.config} value={values.config} isDisabled={!mayDraw} onChange={(config) => edit(id, { config })} />
      </Suspense>
    </>
  );
}

function Findings() {
  const { t } = useTranslation();
  const findings = useBuilder((state) => state.checked.findings);
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>{t("flows.checks")}</Typography.Text>
      {findings.length === 0 && <Alert type="success" showIcon title={t("flows.fine")} />}
      {findings.map((one) => (
        <Alert key={one.rule + one.node_id + one.text} type={one.severity === "critical" ? "error" : "warning"} showIcon title={one.text} />
      ))}
    </Flex>
  );
}
