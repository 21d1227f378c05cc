import { Descriptions, Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Json } from "@/components/Json";
import type { Simulated } from "../../api";
import { useNames } from "../useNames";

const COLOURS = { waiting: "processing", running: "processing", completed: "success", expired: "warning", interrupted: "warning", failed: "error" } as const;

/** How it stands: the variables, and what was called with what. */
export function Trace({ played }: { played: Simulated }) {
  const { t } = useTranslation();
  const names = useNames();
  const { standing, beats } = played;
  const calls = beats.flatMap((beat) => beat.calls);
  return (
    <Flex vertical gap={8}>
      <span>
        <Tag color={COLOURS[standing.status]}>{t(`builder.try.status.${standing.status}`)}</Tag>{" "}
        {standing.node_id && <Typography.Text>{names.get(standing.node_id) ?? standing.node_id}</Typography.Text>}
        {standing.reason && <Typography.Text type="secondary"> · {standing.reason}</Typography.Text>}
      </span>
      <Values title={t("builder.try.variables")} values={{ session: standing.variables, contact: standing.contact, global: standing.globals }} />
      {calls.map((call, place) => (
        <Json
          key={place}
          title={`${names.get(call.node_id) ?? call.node_id} · ${call.kind} · ${t(`builder.try.answers.${call.answer}`)}`}
          value={{ asked: call.payload, answer: call.error || (call.value ?? call.text) }}
        />
      ))}
    </Flex>
  );
}

function Values({ title, values }: { title: string; values: Record<string, Record<string, unknown>> }) {
  const rows = Object.entries(values).flatMap(([scope, inside]) => Object.entries(inside).map(([name, value]) => [`${scope}.${name}`, value] as const));
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      <Descriptions
        size="small"
        column={1}
        bordered
        items={rows.map(([name, value]) => ({ key: name, label: name, children: <span style={{ overflowWrap: "anywhere" }}>{shown(value)}</span> }))}
      />
    </div>
  );
}

const SHOWN_CHARS = 200;
const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)).slice(0, SHOWN_CHARS);
