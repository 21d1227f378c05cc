import { Alert, App, Button, Flex, Form, Input, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import type { Executor } from "@/lib/api";
import { useConfirm } from "@/lib/confirm";
import { useForgetPin, usePin, useSetPin } from "./api";
import { isGoodPin } from "./pins";

/** One person's PIN for large approvals: given, forgotten, or how long it is locked. */
export function PinOf({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const pin = usePin(contactId);
  return (
    <section aria-label={t("contacts.pin.title")}>
      <Typography.Paragraph strong>{t("contacts.pin.title")}</Typography.Paragraph>
      <Typography.Paragraph type="secondary">{t("contacts.pin.text")}</Typography.Paragraph>
      {pin.isPending && <Skeleton active />}
      {pin.isError && <ErrorNote error={pin.error} retry={() => void pin.refetch()} />}
      {pin.data && (
        <>
          <State pin={pin.data} />
          <Change contactId={contactId} isKept={pin.data.is_set || Boolean(pin.data.locked_until)} />
        </>
      )}
    </section>
  );
}

function State({ pin }: { pin: Executor["PinView"] }) {
  const { t } = useTranslation();
  if (!pin.locked_until) return <Typography.Paragraph>{t(pin.is_set ? "contacts.pin.isSet" : "contacts.pin.none")}</Typography.Paragraph>;
  return (
    <Alert
      type="warning"
      showIcon
      title={<>{t("contacts.pin.locked")} <Moment at={pin.locked_until} /></>}
      description={t("contacts.pin.lockedHint")}
      style={{ marginBottom: 16 }}
    />
  );
}

function Change({ contactId, isKept }: { contactId: string; isKept: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ pin: string }>();
  const confirm = useConfirm();
  const set = useSetPin(contactId);
  const forget = useForgetPin(contactId);
  const save = (pin: string) =>
    set.mutate(pin, {
      onSuccess: () => {
        form.resetFields();
        message.success(t("contacts.pin.saved"));
      },
    });
  const end = () =>
    confirm({
      title: t("contacts.pin.forgetSure"),
      text: t("contacts.pin.forgetText"),
      yes: t("contacts.pin.forget"),
      then: () => forget.mutateAsync(undefined).then(() => message.success(t("contacts.pin.forgotten"))),
    });
  const isGood = (_: unknown, pin = "") => (isGoodPin(pin) ? Promise.resolve() : Promise.reject(new Error(t("contacts.pin.wrong"))));
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={({ pin }) => save(pin)}>
      {[set, forget].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Form.Item name="pin" label={t("contacts.pin.field")} extra={t("contacts.pin.hint")} validateTrigger="onSubmit" rules={[{ validator: isGood }]}>
        <Input.Password inputMode="numeric" maxLength={8} autoComplete="new-password" style={{ maxWidth: 200 }} />
      </Form.Item>
      <Flex gap={8} wrap>
        <Button htmlType="submit" loading={set.isPending}>
          {t("contacts.pin.set")}
        </Button>
        {isKept && (
          <Button danger loading={forget.isPending} onClick={end}>
            {t("contacts.pin.forget")}
          </Button>
        )}
      </Flex>
    </Form>
  );
}
