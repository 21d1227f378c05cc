import { Card, Descriptions, Skeleton, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Json } from "@/components/Json";
import { TaskStatus } from "@/components/TaskStatus";
import { seconds } from "@/lib/time";
import { useTask } from "./api";

/** One call of a tool: its name, what it was given, how it ended and how long it took. */
export function CallCard({ taskId }: { taskId: string }) {
  const { t, i18n } = useTranslation();
  const task = useTask(taskId);
  if (task.isPending) return <Skeleton active />;
  if (task.isError) return <ErrorNote error={task.error} />;
  const { tool, title, status, arguments: given, error, created_at, ended_at, progress } = task.data;
  return (
    <Card size="small" title={title} extra={<Tag>{tool}</Tag>}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "status", label: t("tasks.status"), children: <TaskStatus status={status} progress={progress ?? null} /> },
          ...(ended_at ? [{ key: "took", label: t("chat.time"), children: seconds(created_at, ended_at, i18n.language) }] : []),
        ]}
      />
      {error && <Typography.Text type="danger">{error.text}</Typography.Text>}
      <Json title={t("chat.arguments")} value={given} isOpen />
    </Card>
  );
}
