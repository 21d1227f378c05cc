import { Collapse, Flex, Input, Skeleton, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { Json } from "@/components/Json";
import { PageTitle } from "@/components/PageTitle";
import { Teaching } from "@/components/Teaching";
import { asLanguage } from "@/lib/i18n";
import { may, useUser } from "@/lib/session";
import { whole } from "@/lib/time";
import { type Tool, useTools } from "@/lib/tools";
import { TryTool } from "./TryTool";
import { type Calls, useCalls } from "./useCalls";

const COLOURS = { read: "success", write: "warning", danger: "error" } as const;

/** Everything that can be asked for, in the words people use for it. */
export default function Tools() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [sought, seek] = useState(search.get("tool") ?? "");
  const list = useTools();
  const callsOf = useCalls();
  const found = (list.data?.tools ?? []).filter((tool) => isAbout(tool, sought));
  return (
    <>
      <PageTitle title={t("pages.tools")} hint={t("tools.hint")} />
      <Input
        allowClear
        value={sought}
        aria-label={t("tools.search")}
        placeholder={t("tools.search")}
        style={{ maxWidth: 320, marginBottom: 16 }}
        onChange={(event) => seek(event.target.value)}
      />
      {list.isPending && <Skeleton active />}
      {list.isError && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && found.length === 0 && <Teaching text={t("tools.empty")} />}
      {found.length > 0 && (
        <Collapse items={found.map((tool) => ({ key: tool.name, label: <Head tool={tool} calls={callsOf(tool.name)} />, children: <Body tool={tool} /> }))} />
      )}
    </>
  );
}

function Head({ tool, calls }: { tool: Tool; calls: Calls }) {
  const { t, i18n } = useTranslation();
  return (
    <Flex gap={8} wrap align="center">
      <strong>{tool.titles[asLanguage(i18n.language) ?? "es"] ?? tool.name}</strong>
      <Typography.Text type="secondary">{tool.name}</Typography.Text>
      <Tag color={COLOURS[tool.effect ?? "read"]}>{t(`tools.effects.${tool.effect ?? "read"}`)}</Tag>
      {(tool.groups ?? []).map((group) => (
        <Tag key={group}>{group}</Tag>
      ))}
      {calls.calls > 0 && <Typography.Text type="secondary">{t("tools.calls", { count: calls.calls, written: whole(calls.calls, i18n.language) })}</Typography.Text>}
      {calls.failed > 0 && <Tag color="error">{t("tools.failed", { count: calls.failed, written: whole(calls.failed, i18n.language) })}</Tag>}
    </Flex>
  );
}

function Body({ tool }: { tool: Tool }) {
  const { t, i18n } = useTranslation();
  const mayTry = may(useUser(), "operator");
  const examples = tool.examples[asLanguage(i18n.language) ?? "es"] ?? [];
  return (
    <Flex vertical gap={12}>
      <Typography.Paragraph style={{ whiteSpace: "pre-wrap", margin: 0 }}>{tool.description}</Typography.Paragraph>
      {examples.length > 0 && (
        <div>
          <Typography.Text type="secondary">{t("tools.said")}</Typography.Text>
          <ul>
            {examples.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      {mayTry && <TryTool tool={tool} />}
      <Json title={t("tools.parameters")} value={tool.parameters} />
    </Flex>
  );
}

function isAbout(tool: Tool, sought: string): boolean {
  const words = folded(sought).split(/\s+/).filter(Boolean);
  const text = folded([tool.name, tool.description, ...Object.values(tool.titles), ...Object.values(tool.examples).flat()].join(" "));
  return words.every((word) => text.includes(word));
}

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
