import { Button, Flex, Skeleton, Tag, theme as themes, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { Teaching } from "@/components/Teaching";
import { useWindow } from "@/components/windowed";
import type { Conversation, useConversations } from "./api";

/** What the list is scrolled in. */
export const SCROLLS = "conversation-list";
const SCROLLER = `.${SCROLLS}`;

interface Props {
  list: ReturnType<typeof useConversations>;
  isSought: boolean;
  open: string;
  onOpen: (id: string) => void;
}

export function ConversationList({ list, isSought, open, onOpen }: Props) {
  const { t } = useTranslation();
  const seen = useWindow(list.conversations, SCROLLER);
  if (list.isPending) return <Skeleton active style={{ padding: 16 }} />;
  if (list.isError) return <ErrorNote error={list.error} retry={() => void list.refetch()} />;
  if (list.conversations.length === 0) return <Teaching text={t(isSought ? "conversations.noneSuch" : "conversations.empty")} />;
  return (
    <Flex vertical style={{ paddingTop: seen.above, paddingBottom: seen.below }}>
      {seen.rows.map((one) => (
        <Entry key={one.id} conversation={one} isOpen={one.id === open} onOpen={() => onOpen(one.id)} />
      ))}
      {list.hasNextPage && (
        <Button type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </Flex>
  );
}

function Entry({ conversation, isOpen, onOpen }: { conversation: Conversation; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  return (
    <button
      type="button"
      aria-current={isOpen}
      onClick={onOpen}
      style={{
        textAlign: "start",
        padding: "12px 16px",
        border: 0,
        borderBottom: `1px solid ${token.colorBorderSecondary}`,
        background: isOpen ? token.colorPrimaryBg : "transparent",
        color: token.colorText,
        font: "inherit",
        cursor: "pointer",
      }}
    >
      <Flex justify="space-between" gap={8}>
        <strong>{conversation.contact_name || t("conversations.nameless")}</strong>
        {conversation.mode !== "bot" && <Tag color="warning">{t(`modes.${conversation.mode}`)}</Tag>}
      </Flex>
      <Typography.Text type="secondary">
        {t(`channels.${conversation.channel}`, { defaultValue: conversation.channel })} · <Moment at={conversation.last_message_at} />
      </Typography.Text>
    </button>
  );
}
