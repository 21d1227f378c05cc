import { Alert, Button, Flex, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { useConfirm } from "@/lib/confirm";
import { type Connection, useMakeSecret, useStopHearing, useWebhook } from "./api";
import { WebhookSteps } from "./WebhookSteps";

/** How an ERP tells what happens: its secret, shown once, and the steps in ERPNext. */
export function Webhook({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const webhook = useWebhook(connection.id);
  if (webhook.isPending) return <Skeleton active />;
  if (webhook.isError) return <ErrorNote error={webhook.error} retry={() => void webhook.refetch()} />;
  return (
    <Flex vertical gap={16}>
      <Typography.Text type="secondary">{t("connections.webhook.text")}</Typography.Text>
      {connection.kind === "demo" && <Alert type="info" showIcon title={t("connections.webhook.demo")} />}
      <Secret id={connection.id} isSet={webhook.data.is_set} madeAt={webhook.data.made_at} />
      <WebhookSteps webhook={webhook.data} />
    </Flex>
  );
}

function Secret({ id, isSet, madeAt }: { id: string; isSet: boolean; madeAt: string | null | undefined }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const make = useMakeSecret(id);
  const stop = useStopHearing(id);
  const renew = () =>
    confirm({
      title: t("connections.webhook.renewSure"),
      text: t("connections.webhook.renewText"),
      yes: t("connections.webhook.renew"),
      then: () => make.mutateAsync(undefined),
    });
  const end = () =>
    confirm({
      title: t("connections.webhook.stopSure"),
      text: t("connections.webhook.stopText"),
      yes: t("connections.webhook.stop"),
      then: () => stop.mutateAsync(undefined).then(() => make.reset()),
    });
  return (
    <>
      {[make, stop].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      {isSet ? (
        <Typography.Text>
          {t("connections.webhook.madeAt")}: <Moment at={madeAt} />
        </Typography.Text>
      ) : (
        <Alert type="info" showIcon title={t("connections.webhook.empty")} />
      )}
      {make.data?.secret && <OnceShown secret={make.data.secret} />}
      <Flex gap={8} wrap>
        <Button type={isSet ? "default" : "primary"} loading={make.isPending} onClick={() => (isSet ? renew() : make.mutate(undefined))}>
          {t(isSet ? "connections.webhook.renew" : "connections.webhook.make")}
        </Button>
        {isSet && (
          <Button danger loading={stop.isPending} onClick={end}>
            {t("connections.webhook.stop")}
          </Button>
        )}
      </Flex>
    </>
  );
}

function OnceShown({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t("connections.webhook.once")}
      description={
        <>
          {t("connections.webhook.secret")}:{" "}
          <Typography.Text copyable code style={{ overflowWrap: "anywhere" }}>
            {secret}
          </Typography.Text>
        </>
      }
    />
  );
}
