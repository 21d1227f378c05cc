import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Flex, Form, Input, InputNumber, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Teaching } from "@/components/Teaching";
import { useConfirm } from "@/lib/confirm";
import { type Connection, useLimits, useSetLimits } from "./api";

interface Limit {
  currency: string;
  amount: string;
}

/** Above which amounts an approval needs the person's PIN too. */
export function Limits({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const limits = useLimits(connection.id);
  if (limits.isPending) return <Skeleton active />;
  if (limits.isError) return <ErrorNote error={limits.error} retry={() => void limits.refetch()} />;
  const saved = Object.entries(limits.data.limits).map(([currency, amount]) => ({ currency, amount }));
  return (
    <>
      <Typography.Paragraph type="secondary">{t("connections.limits.text")}</Typography.Paragraph>
      <LimitsForm connection={connection} saved={saved} />
    </>
  );
}

function LimitsForm({ connection, saved }: { connection: Connection; saved: Limit[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const confirm = useConfirm();
  const set = useSetLimits(connection.id);
  const save = async (limits: Limit[]) => {
    await set.mutateAsync(Object.fromEntries(limits.map((one) => [one.currency, String(one.amount)])));
    message.success(t("settings.saved"));
  };
  const finish = ({ limits = [] }: { limits?: Limit[] }) => {
    if (limits.length || !saved.length) return void save(limits).catch(() => undefined);
    confirm({
      title: t("connections.limits.none"),
      text: t("connections.limits.noneText"),
      yes: t("connections.limits.save"),
      then: () => save([]),
    });
  };
  return (
    <Form<{ limits?: Limit[] }> layout="vertical" requiredMark={false} initialValues={{ limits: saved }} onFinish={finish}>
      {set.isError && <ErrorNote error={set.error} />}
      <Form.List name="limits">
        {(rows, { add, remove }) => (
          <>
            {rows.length === 0 && <Teaching text={t("connections.limits.empty")} />}
            {rows.map(({ key, name }) => (
              <LimitRow key={key} place={name} onRemove={() => remove(name)} />
            ))}
            <Flex gap={8} wrap>
              <Button icon={<PlusOutlined />} onClick={() => add({ currency: rows.length ? "" : connection.currency, amount: null })}>
                {t("connections.limits.add")}
              </Button>
              <Button type="primary" htmlType="submit" loading={set.isPending}>
                {t("connections.limits.save")}
              </Button>
            </Flex>
          </>
        )}
      </Form.List>
    </Form>
  );
}

function LimitRow({ place, onRemove }: { place: number; onRemove: () => void }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<{ limits: Limit[] }>();
  const all: Limit[] = Form.useWatch("limits", form) ?? [];
  const currency = all[place]?.currency ?? "";
  const isOnce = (_: unknown, value: string) =>
    all.filter((one) => one?.currency === value).length > 1 ? Promise.reject(new Error(t("connections.limits.twice"))) : Promise.resolve();
  return (
    <Flex gap={8} align="start">
      <Form.Item
        name={[place, "currency"]}
        label={t("connections.limits.currency")}
        normalize={(text: string) => text.trim().toUpperCase()}
        rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: t("connections.limits.currencyWrong") }, { validator: isOnce }]}
        style={{ width: 110 }}
      >
        <Input maxLength={3} placeholder="PEN" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={[place, "amount"]}
        label={t("connections.limits.amount")}
        rules={[{ required: true, message: t("form.required") }]}
        style={{ flex: 1, maxWidth: 240 }}
      >
        <InputNumber<string> stringMode min="0" max="99999999999999" precision={2} style={{ width: "100%" }} />
      </Form.Item>
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t("connections.limits.remove", { currency })}
        onClick={onRemove}
        style={{ marginTop: 30 }}
      />
    </Flex>
  );
}
