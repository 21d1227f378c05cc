import { Alert, Button, Card, Flex, Grid, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bubble } from "@/components/Bubble";
import { Composer } from "@/components/Composer";
import { ErrorNote, useErrorText } from "@/components/ErrorNote";
import { PageTitle } from "@/components/PageTitle";
import { Thread } from "@/components/Thread";
import { useMessages } from "@/lib/messages";
import { useOwnChat, useSay } from "./api";
import { HowAnswered } from "./HowAnswered";
import { Voice } from "./Voice";

const IDEAS = ["sales", "receivables", "stock"] as const;

/** A test phone on the real pipeline; beside it how the chosen answer came about. */
export default function Chat() {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg;
  const explain = useErrorText();
  const own = useOwnChat();
  const { messages, isError, error, refetch } = useMessages(own.data?.conversation_id);
  const say = useSay();
  const [chosen, choose] = useState<string>();
  const turn = chosen ?? messages.findLast((one) => one.turn_id)?.turn_id ?? undefined;
  return (
    <>
      <PageTitle title={t("pages.chat")} hint={t("chat.hint")} />
      {own.isError && <ErrorNote error={own.error} retry={() => void own.refetch()} />}
      {isError && error && <ErrorNote error={error} retry={() => void refetch()} />}
      <Flex gap={16} vertical={!isWide} style={{ flex: 1, minHeight: 0 }}>
        <Card style={{ flex: 1, minHeight: 420, minWidth: 0 }} styles={{ body: { height: "100%", padding: 0, display: "flex", flexDirection: "column" } }}>
          <Thread newest={messages.at(-1)?.id}>
            {messages.length === 0 && <Ideas onPick={(text) => say.mutate({ text })} />}
            {messages.map((message) => (
              <Bubble
                key={message.id}
                message={message}
                ownSide="in"
                onTap={(option) => say.mutate({ tap: { option: option.id, title: option.title } })}
                isChosen={message.direction === "out" && message.turn_id === turn}
                {...(message.direction === "out" && message.turn_id ? { onChoose: () => choose(message.turn_id ?? undefined) } : {})}
              />
            ))}
          </Thread>
          {say.isError && <Alert banner type="error" title={explain(say.error)} />}
          <Composer
            extra={<Voice />}
            label={t("chat.write")}
            isBusy={say.isPending}
            onSend={(text) => {
              choose(undefined);
              say.mutate({ text });
            }}
          />
        </Card>
        <Card title={t("chat.howTitle")} style={{ flex: 1, minWidth: 0, overflow: "auto" }}>
          {turn ? <HowAnswered key={turn} turnId={turn} /> : <Typography.Text type="secondary">{t("chat.howEmpty")}</Typography.Text>}
        </Card>
      </Flex>
    </>
  );
}

function Ideas({ onPick }: { onPick: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={8} align="center" style={{ margin: "auto" }}>
      <Typography.Text type="secondary">{t("chat.ideas")}</Typography.Text>
      {IDEAS.map((idea) => (
        <Button key={idea} onClick={() => onPick(t(`chat.idea.${idea}`))}>
          {t(`chat.idea.${idea}`)}
        </Button>
      ))}
    </Flex>
  );
}
