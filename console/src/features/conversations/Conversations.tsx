import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Grid, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { PageTitle } from "@/components/PageTitle";
import { useConversations } from "./api";
import { ConversationList } from "./ConversationList";
import { OpenConversation } from "./OpenConversation";

/** The inbox: who writes, what was said, and the way to take over. On a phone one of the two at a time. */
export default function Conversations() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isWide = Grid.useBreakpoint().lg;
  const open = useParams()["*"] ?? "";
  const list = useConversations();
  const conversation = list.conversations.find((one) => one.id === open);
  return (
    <>
      <PageTitle title={t("pages.conversations")} hint={t("conversations.hint")}>
        {!isWide && open && (
          <Button icon={<ArrowLeftOutlined />} onClick={() => void navigate("/conversations")}>
            {t("conversations.all")}
          </Button>
        )}
      </PageTitle>
      <Flex gap={16} style={{ flex: 1, minHeight: 0 }}>
        {(isWide || !open) && (
          <Card style={{ width: isWide ? 340 : "100%", overflow: "auto" }} styles={{ body: { padding: 0 } }}>
            <ConversationList list={list} open={open} onOpen={(id) => void navigate(`/conversations/${id}`)} />
          </Card>
        )}
        {(isWide || open) && (
          <Card style={{ flex: 1, minWidth: 0 }} styles={{ body: { height: "100%", padding: 0, display: "flex", flexDirection: "column" } }}>
            {conversation ? (
              <OpenConversation key={conversation.id} conversation={conversation} />
            ) : (
              <Typography.Text type="secondary" style={{ margin: "auto" }}>
                {t("conversations.choose")}
              </Typography.Text>
            )}
          </Card>
        )}
      </Flex>
    </>
  );
}
