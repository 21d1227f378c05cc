import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { CATEGORIES, type Category, useKeepTemplate } from "../api";
import { useBuilder } from "./store";
import { useKeep } from "./useKeep";

/** Keeps the drawing, saved first, as a template of the company's own. */
export function SaveTemplate() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("builder.templates.save")}</Button>
      {isOpen && <Asking onClose={() => setOpen(false)} />}
    </>
  );
}

interface Values {
  title: string;
  description?: string;
  category: Category;
}

function Asking({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const name = useBuilder((state) => state.name);
  const description = useBuilder((state) => state.description);
  const { keep, isKeeping } = useKeep();
  const save = useKeepTemplate();
  const send = async (values: Values) => {
    const { flow } = await keep();
    await save.mutateAsync({ description: "", ...values, flow_id: flow.id });
    message.success(t("builder.templates.saved"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("builder.templates.save")}
      okText={t("builder.templates.keep")}
      confirmLoading={save.isPending || isKeeping}
      onOk={form.submit}
      onCancel={onClose}
    >
      {save.error && <ErrorNote error={save.error} />}
      <Form<Values> form={form} layout="vertical" initialValues={{ title: name, description, category: CATEGORIES[0] }} onFinish={(values) => void send(values).catch(() => undefined)}>
        <Form.Item name="title" label={t("flows.name")} rules={[{ required: true, message: t("form.required") }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="description" label={t("builder.description")}>
          <Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item name="category" label={t("builder.templates.category")}>
          <Select options={CATEGORIES.map((one) => ({ value: one, label: t(`builder.templates.categories.${one}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
