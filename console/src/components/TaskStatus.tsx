import { Flex, Progress, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Executor } from "@/lib/api";

type Status = Executor["TaskState"]["status"];

const COLOURS: Record<Status, string> = {
  queued: "default",
  running: "processing",
  waiting: "warning",
  succeeded: "success",
  failed: "error",
  cancelled: "default",
};

/** How a task stands, with a bar while it moves. */
export function TaskStatus({ status, progress }: { status: Status; progress: Executor["Progress"] | null }) {
  const { t } = useTranslation();
  const isMoving = status === "running" && progress !== null && progress.total > 0;
  return (
    <Flex vertical>
      <Tag color={COLOURS[status]}>{t(`tasks.statuses.${status}`)}</Tag>
      {isMoving && <Progress size="small" percent={Math.round((100 * progress.done) / progress.total)} aria-label={progress.text} />}
      {isMoving && <Typography.Text type="secondary">{progress.text}</Typography.Text>}
    </Flex>
  );
}
