import { Alert, Button, Flex, theme as themes } from "antd";
import { useTranslation } from "react-i18next";
import { Bubble } from "@/components/Bubble";
import { Composer } from "@/components/Composer";
import { ErrorNote, useErrorText } from "@/components/ErrorNote";
import { Thread } from "@/components/Thread";
import { useMessages } from "@/lib/messages";
import { may, useUser } from "@/lib/session";
import { type Conversation, useSetMode, useWrite } from "./api";

/** What was said with one person; who may, takes the conversation over, writes in it, and gives it back. */
export function OpenConversation({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const explain = useErrorText();
  const page = useMessages(conversation.id);
  const write = useWrite(conversation.id);
  const mayWrite = may(useUser(), "operator");
  return (
    <>
      <Flex justify="space-between" align="center" gap={8} wrap style={{ padding: 12, borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
        <strong>{conversation.contact_name || t("conversations.nameless")}</strong>
        {mayWrite && <ModeSwitch conversation={conversation} />}
      </Flex>
      {page.isError && <ErrorNote error={page.error} retry={() => void page.refetch()} />}
      <Thread newest={page.messages.at(-1)?.id}>
        {page.messages.map((message) => (
          <Bubble key={message.id} message={message} ownSide="out" />
        ))}
      </Thread>
      {write.isError && <Alert banner type="error" title={explain(write.error)} />}
      {mayWrite && conversation.mode === "human" && <Composer label={t("conversations.write")} isBusy={write.isPending} onSend={write.mutate} />}
    </>
  );
}

function ModeSwitch({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const explain = useErrorText();
  const setMode = useSetMode(conversation.id);
  const isBot = conversation.mode === "bot";
  return (
    <Flex gap={8} align="center" wrap>
      {setMode.isError && <Alert type="error" title={explain(setMode.error)} />}
      <Button type={isBot ? "default" : "primary"} loading={setMode.isPending} onClick={() => setMode.mutate(isBot ? "human" : "bot")}>
        {t(isBot ? "conversations.takeOver" : "conversations.giveBack")}
      </Button>
    </Flex>
  );
}
