import { Alert, Button, Card, Flex, Form, Input, QRCode, Skeleton, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Begun, useBeginFactor, useConfirmFactor, useFactor, useFactorChanged, useRemoveFactor } from "./api";

/** Codes of an app on the phone, asked for besides the password. */
export function SecondFactor() {
  const { t } = useTranslation();
  const factor = useFactor();
  const changed = useFactorChanged();
  const [begun, setBegun] = useState<Begun>();
  const [codes, setCodes] = useState<readonly string[]>();
  const finish = () => {
    setBegun(undefined);
    setCodes(undefined);
    changed.mutate(undefined);
  };
  return (
    <Card title={t("account.factor")}>
      {factor.isPending && <Skeleton active />}
      {factor.isError && <ErrorNote error={factor.error} retry={() => void factor.refetch()} />}
      {codes && <Recovery codes={codes} onDone={finish} />}
      {!codes && begun && <Scan begun={begun} onCodes={setCodes} onCancel={() => setBegun(undefined)} />}
      {!codes && !begun && factor.data && (factor.data.is_on ? <TurnOff left={factor.data.recovery_codes_left} /> : <TurnOn onBegun={setBegun} />)}
    </Card>
  );
}

function TurnOn({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const { t } = useTranslation();
  const begin = useBeginFactor();
  return (
    <>
      <Typography.Paragraph type="secondary">{t("account.factorHint")}</Typography.Paragraph>
      <WithPassword action={t("account.turnOn")} isBusy={begin.isPending} error={begin.error} onSubmit={(password) => begin.mutate(password, { onSuccess: onBegun })} />
    </>
  );
}

function TurnOff({ left }: { left: number }) {
  const { t } = useTranslation();
  const remove = useRemoveFactor();
  return (
    <>
      <Alert type="success" showIcon title={t("account.factorOn")} description={t("account.codesLeft", { count: left })} style={{ marginBottom: 16 }} />
      <WithPassword action={t("account.turnOff")} isDanger isBusy={remove.isPending} error={remove.error} onSubmit={remove.mutate} />
    </>
  );
}

interface WithPasswordProps {
  action: string;
  isDanger?: boolean;
  isBusy: boolean;
  error: Error | null;
  onSubmit: (password: string) => void;
}

function WithPassword({ action, isDanger = false, isBusy, error, onSubmit }: WithPasswordProps) {
  const { t } = useTranslation();
  return (
    <Form<{ now: string }> name="factor" layout="vertical" requiredMark={false} onFinish={({ now }) => onSubmit(now)}>
      {error && <ErrorNote error={error} />}
      <Form.Item name="now" label={t("account.confirmWith")} rules={[{ required: true, message: t("form.required") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button htmlType="submit" danger={isDanger} loading={isBusy}>
        {action}
      </Button>
    </Form>
  );
}

function Scan({ begun, onCodes, onCancel }: { begun: Begun; onCodes: (codes: readonly string[]) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const confirm = useConfirmFactor();
  return (
    <Flex vertical gap={12}>
      <Typography.Text>{t("account.scan")}</Typography.Text>
      <div role="img" aria-label={t("account.picture")}>
        <QRCode value={begun.address} color="#000000" bgColor="#ffffff" type="svg" />
      </div>
      <Typography.Text type="secondary">
        {t("account.typeSecret")} <Typography.Text copyable code>{begun.secret}</Typography.Text>
      </Typography.Text>
      {confirm.isError && <ErrorNote error={confirm.error} />}
      <Form<{ code: string }> name="first-code" layout="vertical" requiredMark={false} onFinish={({ code }) => confirm.mutate(code, { onSuccess: (made) => onCodes(made.codes) })}>
        <Form.Item name="code" label={t("signIn.code")} rules={[{ required: true, min: 6, message: t("form.required") }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" autoFocus />
        </Form.Item>
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={confirm.isPending}>
            {t("account.check")}
          </Button>
          <Button onClick={onCancel}>{t("account.cancel")}</Button>
        </Flex>
      </Form>
    </Flex>
  );
}

function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12}>
      <Alert type="warning" showIcon title={t("account.keepCodes")} description={t("account.keepCodesHint")} />
      <Typography.Paragraph copyable={{ text: codes.join("\n") }} style={{ margin: 0 }}>
        {t("account.codes")}
      </Typography.Paragraph>
      <pre style={{ margin: 0, columns: 2 }}>{codes.join("\n")}</pre>
      <Button type="primary" onClick={onDone} style={{ alignSelf: "start" }}>
        {t("account.kept")}
      </Button>
    </Flex>
  );
}
