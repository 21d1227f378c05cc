import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Flex, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Json } from "@/components/Json";
import { Moment } from "@/components/Moment";
import { TaskStatus } from "@/components/TaskStatus";
import { WrittenText } from "@/components/WrittenText";
import { type Executor, getJson } from "@/lib/api";

type Task = Executor["TaskState"];
type Part = NonNullable<Task["parts"]>[number];

const LOOK_AGAIN_MS = 1_000;

/** One task whole: what it was asked, how far it is, what it gave. */
export function TaskDetail({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const task = useQuery({
    queryKey: ["task", taskId],
    queryFn: () => getJson<Task>(`/executor/api/tasks/${taskId}`),
    refetchInterval: (query) => (query.state.data?.ended_at ? false : LOOK_AGAIN_MS),
  });
  if (task.isPending) return <Skeleton active />;
  if (task.isError) return <ErrorNote error={task.error} retry={() => void task.refetch()} />;
  const { tool, status, progress, created_at, ended_at, attempts, error, parts, arguments: given } = task.data;
  return (
    <Flex vertical gap={16}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "tool", label: t("tasks.tool"), children: tool },
          { key: "status", label: t("tasks.status"), children: <TaskStatus status={status} progress={progress ?? null} /> },
          { key: "began", label: t("tasks.began"), children: <Moment at={created_at} /> },
          { key: "ended", label: t("tasks.ended"), children: <Moment at={ended_at} /> },
          { key: "attempts", label: t("tasks.attempts"), children: attempts },
        ]}
      />
      {error && <Alert type="error" title={error.text} />}
      {(parts ?? []).map((part, place) => (
        <Given key={place} part={part} />
      ))}
      <Json title={t("chat.arguments")} value={given} isOpen />
    </Flex>
  );
}

function Given({ part }: { part: Part }) {
  if (!("artifact_id" in part)) return <WrittenText text={part.text} />;
  return (
    <Button href={`/api/artifacts/${part.artifact_id}`} download={part.filename} icon={<DownloadOutlined />}>
      {part.filename}
    </Button>
  );
}
