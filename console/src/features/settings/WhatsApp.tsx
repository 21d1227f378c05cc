import { Alert, Button, Card, Flex, Skeleton, Steps, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Setup, useSetup, useTestToken } from "./api";

/** The way from an app at Meta to the first message, in the order of Meta's own pages. */
export function WhatsApp() {
  const { t } = useTranslation();
  const setup = useSetup();
  return (
    <Card title={t("settings.whatsapp.title")}>
      {setup.isPending && <Skeleton active />}
      {setup.isError && <ErrorNote error={setup.error} retry={() => void setup.refetch()} />}
      {setup.data && <Guide setup={setup.data} />}
    </Card>
  );
}

function Guide({ setup }: { setup: Setup }) {
  const { t } = useTranslation();
  const lacks = (...names: string[]) => setup.missing.some((one) => names.some((name) => one === `RECADO_WHATSAPP_${name}`));
  const isReachable = setup.webhook_url.startsWith("https://");
  const steps = [
    { name: "app", isDone: !lacks("APP_SECRET"), content: <Missing names={["APP_SECRET"]} setup={setup} /> },
    { name: "number", isDone: !lacks("TOKEN", "PHONE_NUMBER_ID"), content: <Missing names={["PHONE_NUMBER_ID", "TOKEN"]} setup={setup} /> },
    { name: "webhook", isDone: isReachable && !lacks("VERIFY_TOKEN"), content: <Webhook setup={setup} isReachable={isReachable} /> },
    { name: "test", isDone: false, content: <TestToken /> },
  ] as const;
  return (
    <Steps
      orientation="vertical"
      current={steps.length}
      items={steps.map((one) => ({
        title: t(`settings.whatsapp.${one.name}.title`),
        status: one.isDone ? ("finish" as const) : ("process" as const),
        content: (
          <Flex vertical gap={8} style={{ paddingBottom: 16 }}>
            <Typography.Text type="secondary">{t(`settings.whatsapp.${one.name}.text`)}</Typography.Text>
            {one.content}
          </Flex>
        ),
      }))}
    />
  );
}

function Missing({ names, setup }: { names: readonly string[]; setup: Setup }) {
  const { t } = useTranslation();
  return names.map((name) => {
    const variable = `RECADO_WHATSAPP_${name}`;
    const isMissing = setup.missing.includes(variable);
    return (
      <Typography.Text key={name} {...(isMissing ? { copyable: { text: `${variable}=` } } : {})}>
        <code>{variable}</code> {t(isMissing ? "settings.whatsapp.missing" : "settings.whatsapp.set")}
      </Typography.Text>
    );
  });
}

function Webhook({ setup, isReachable }: { setup: Setup; isReachable: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Typography.Text>
        {t("settings.whatsapp.url")}: <Typography.Text copyable code>{setup.webhook_url}</Typography.Text>
      </Typography.Text>
      {!isReachable && <Alert type="warning" showIcon title={t("settings.whatsapp.needsHttps")} />}
      {setup.verify_token ? (
        <Typography.Text>
          {t("settings.whatsapp.verify")}: <Typography.Text copyable code>{setup.verify_token}</Typography.Text>
        </Typography.Text>
      ) : (
        <Missing names={["VERIFY_TOKEN"]} setup={setup} />
      )}
    </>
  );
}

function TestToken() {
  const { t } = useTranslation();
  const test = useTestToken();
  const { data } = test;
  return (
    <>
      <Button onClick={() => test.mutate()} loading={test.isPending} style={{ alignSelf: "start" }}>
        {t("settings.whatsapp.try")}
      </Button>
      {test.isError && <ErrorNote error={test.error} />}
      {data?.is_good && <Alert type="success" showIcon title={t("settings.whatsapp.good", { name: data.name, number: data.number })} />}
      {data && !data.is_good && (
        <Alert
          type="error"
          showIcon
          title={data.problem === "not_set_up" ? t("settings.whatsapp.notSetUp") : t("settings.whatsapp.refused", { http: data.http || "–", problem: data.problem })}
        />
      )}
    </>
  );
}
