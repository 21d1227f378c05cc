import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Skeleton } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { TaskStatus } from "@/components/TaskStatus";
import { WrittenText } from "@/components/WrittenText";
import { type Gateway, postJson, Problem } from "@/lib/api";
import type { Tool } from "@/lib/tools";

type Task = Gateway["TaskState"];
type Part = NonNullable<Task["parts"]>[number];

const SchemaForm = lazy(() => import("@/components/SchemaForm"));

/** A tool that reads, called with the rights of one's own test chat; nothing is sent to anybody. */
export function TryTool({ tool }: { tool: Tool }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const call = useMutation({ mutationFn: () => postJson<Task>(`/api/chat/tools/${tool.name}`, { arguments: given(values) }) });
  if ((tool.effect ?? "read") !== "read") {
    return (
      <Alert type="info" showIcon title={t("tools.writesInChat")} action={<Link to="/chat">{t("pages.chat")}</Link>} />
    );
  }
  const hasNoChat = call.error instanceof Problem && call.error.status === 409;
  return (
    <Flex vertical gap={12} style={{ maxWidth: 560 }}>
      <Suspense fallback={<Skeleton active />}>
        <SchemaForm schema={tool.parameters} value={values} onChange={setValues} />
      </Suspense>
      <Button type="primary" loading={call.isPending} onClick={() => call.mutate()} style={{ alignSelf: "start" }}>
        {t("tools.try")}
      </Button>
      {hasNoChat && <Alert type="info" showIcon title={t("tools.chatFirst")} action={<Link to="/chat">{t("pages.chat")}</Link>} />}
      {call.error && !hasNoChat && <ErrorNote error={call.error} />}
      {call.data && <Outcome task={call.data} />}
    </Flex>
  );
}

function Outcome({ task }: { task: Task }) {
  return (
    <Flex vertical gap={8} role="status">
      <TaskStatus status={task.status} progress={task.progress ?? null} />
      {task.error && <Alert type="error" title={task.error.text} />}
      {(task.parts ?? []).map((part, place) => (
        <Given key={place} part={part} />
      ))}
    </Flex>
  );
}

function Given({ part }: { part: Part }) {
  if (!("artifact_id" in part)) return <WrittenText text={part.text} />;
  return (
    <Button href={`/api/artifacts/${part.artifact_id}`} download={part.filename} icon={<DownloadOutlined />} style={{ alignSelf: "start" }}>
      {part.filename}
    </Button>
  );
}

/** Without what was left empty: a form gives "" and null for what nobody typed. */
const given = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined && one !== null && one !== ""));
