import { App, Button, Card, Col, Form, InputNumber, Row, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { whole } from "@/lib/time";
import { KINDS, type Retention, useOld, useRetention, useSetRetention } from "./api";

const LEAST_DAYS = 30;
const MOST_DAYS = 3650;

/** How long each kind of record is kept, and how many the next sweep removes. */
export function KeptFor() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const kept = useRetention();
  const old = useOld();
  const set = useSetRetention();
  return (
    <Card title={t("settings.kept.title")}>
      <Typography.Paragraph type="secondary">{t("settings.kept.text")}</Typography.Paragraph>
      {[kept, set].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      {kept.isPending && <Skeleton active />}
      {kept.data && (
        <Form<Required<Retention>>
          layout="vertical"
          requiredMark={false}
          initialValues={kept.data}
          onFinish={(draft) => set.mutate(draft, { onSuccess: () => message.success(t("settings.saved")) })}
        >
          <Row gutter={[24, 0]}>
            {KINDS.map((kind) => (
              <Col key={kind} xs={24} md={12} lg={8}>
                <Form.Item
                  name={kind}
                  label={t(`settings.kept.${kind}.title`)}
                  extra={`${t(`settings.kept.${kind}.text`)} ${old[kind] === undefined ? "" : t("settings.kept.old", { count: old[kind], written: whole(old[kind], i18n.language) })}`}
                  rules={[{ required: true, message: t("form.required") }]}
                >
                  <InputNumber<number> min={LEAST_DAYS} max={MOST_DAYS} precision={0} suffix={t("settings.kept.days")} style={{ width: "100%" }} />
                </Form.Item>
              </Col>
            ))}
          </Row>
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {t("flows.save")}
          </Button>
        </Form>
      )}
    </Card>
  );
}
