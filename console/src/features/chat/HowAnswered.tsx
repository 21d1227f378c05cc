import { Descriptions, Flex, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Json } from "@/components/Json";
import { seconds } from "@/lib/time";
import { CallCard } from "./CallCard";
import { SaveCase } from "./SaveCase";
import { useTurn } from "./api";

/** A turn's way: what decided, which tools were called with what, what it cost. */
export function HowAnswered({ turnId }: { turnId: string }) {
  const { t, i18n } = useTranslation();
  const turn = useTurn(turnId);
  if (turn.isPending) return <Skeleton active />;
  if (turn.isError) return <ErrorNote error={turn.error} retry={() => void turn.refetch()} />;
  const { turn: summary, response, model_replies: replies } = turn.data;
  return (
    <Flex vertical gap={16}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "route", label: t("chat.route"), children: <Tag>{t(`routes.${summary.route}`, { defaultValue: summary.route })}</Tag> },
          { key: "time", label: t("chat.time"), children: seconds(summary.started_at, summary.ended_at, i18n.language) },
          {
            key: "model",
            label: t("chat.model"),
            children: summary.model_calls
              ? t("chat.modelUse", { count: summary.model_calls, read: summary.tokens_in, written: summary.tokens_out })
              : t("chat.noModel"),
          },
        ]}
      />
      {taskIds(response).map((id) => (
        <CallCard key={id} taskId={id} />
      ))}
      {replies.map((reply, place) => (
        <Json key={place} title={t("chat.modelReply", { place: place + 1 })} value={reply} />
      ))}
      <SaveCase turnId={turnId} />
    </Flex>
  );
}

/** The tasks of a turn: of its calls, and those that still ran when it was answered. */
function taskIds(response: Record<string, unknown> | null): string[] {
  const calls = (response?.["calls"] ?? []) as { task_id: string }[];
  const pending = (response?.["pending"] ?? []) as string[];
  return [...new Set([...calls.map((one) => one.task_id), ...pending])];
}
