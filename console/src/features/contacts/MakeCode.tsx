import { Alert, Form, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type LinkDraft, useMakeCode } from "./api";
import { withoutEmpty } from "./LinkDrawer";
import { LinkFields } from "./LinkFields";

/** A one-time code: the person sends it from the phone, and the phone is linked. */
export function MakeCode({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<LinkDraft>();
  const make = useMakeCode();
  return (
    <Modal
      open
      title={t("contacts.code")}
      okText={t(make.data ? "form.close" : "contacts.makeCode")}
      confirmLoading={make.isPending}
      onCancel={onClose}
      onOk={() => (make.data ? onClose() : form.submit())}
    >
      {make.isError && <ErrorNote error={make.error} />}
      {make.data ? (
        <Alert
          type="success"
          title={<Typography.Text copyable style={{ fontSize: 24 }}>{make.data.code}</Typography.Text>}
          description={t("contacts.codeHint", { minutes: Math.round(make.data.expires_in_seconds / 60) })}
        />
      ) : (
        <Form<LinkDraft> form={form} layout="vertical" initialValues={{ groups: [] }} onFinish={(draft) => make.mutate(withoutEmpty(draft))}>
          <LinkFields />
        </Form>
      )}
    </Modal>
  );
}
