import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNodeTexts } from "../../useNodeTexts";
import type { Change, FieldChange } from "./compare";

const COLOURS = { added: "success", removed: "error", changed: "warning" } as const;
const SHOWN_CHARS = 160;

/** The differences in words. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <Typography.Text type="secondary">{t("builder.noChanges")}</Typography.Text>;
  return (
    <Flex vertical gap={10} component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {changes.map((change) => (
        <li key={change.what + change.how + change.id}>
          <Tag color={COLOURS[change.how]}>{t(`builder.how.${change.how}`)}</Tag>
{" "}
          <Sentence change={change} />
          {change.how === "changed" && change.fields.map((field) => <Field key={field.field} kind={change.kind} change={field} />)}
        </li>
      ))}
    </Flex>
  );
}

function Sentence({ change }: { change: Change }) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  if (change.what === "node") return <span>{t("builder.nodeChange", { name: change.label, kind: texts.kindTitle(change.kind) })}</span>;
  const exit = t(`flows.exits.${change.exit}`, { defaultValue: change.exit });
  return <span>{t("builder.edgeChange", { from: change.from, to: change.to, exit })}</span>;
}

function Field({ kind, change }: { kind: string; change: FieldChange }) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  const label = change.field === "label" ? t("flows.label") : texts.label(kind, change.field);
  return (
    <div style={{ paddingInlineStart: 12, fontSize: 12, overflowWrap: "anywhere" }}>
      <Typography.Text type="secondary">{label}: </Typography.Text>
      <Typography.Text delete>{shown(change.before)}</Typography.Text> → <Typography.Text>{shown(change.after)}</Typography.Text>
    </div>
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
