import { App, Button, Card, Flex, Form, Input, InputNumber, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Prices, usePrices, useSetPrices } from "./api";

/** What a million tokens cost, so that the home page shows money and not only tokens. */
export function ModelPrices() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const prices = usePrices();
  const set = useSetPrices();
  return (
    <Card title={t("settings.prices.title")}>
      <Typography.Paragraph type="secondary">{t("settings.prices.text")}</Typography.Paragraph>
      {[prices, set].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      {prices.isPending && <Skeleton active />}
      {prices.data && (
        <Form<Required<Prices>> layout="vertical" requiredMark={false} initialValues={prices.data} onFinish={(draft) => set.mutate(draft, { onSuccess: () => message.success(t("settings.saved")) })}>
          <Flex gap={16} wrap>
            <Form.Item name="tokens_in" label={t("settings.prices.in")} rules={[{ required: true, message: t("form.required") }]}>
              <InputNumber<number> min={0} max={10_000} step={0.1} />
            </Form.Item>
            <Form.Item name="tokens_out" label={t("settings.prices.out")} rules={[{ required: true, message: t("form.required") }]}>
              <InputNumber<number> min={0} max={10_000} step={0.1} />
            </Form.Item>
            <Form.Item name="currency" label={t("settings.prices.currency")} rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: t("settings.prices.currencyRule") }]}>
              <Input maxLength={3} style={{ width: 100 }} />
            </Form.Item>
          </Flex>
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {t("flows.save")}
          </Button>
        </Form>
      )}
    </Card>
  );
}
