import { Form, Input, Modal, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Executor, putJson } from "@/lib/api";
import { useChange } from "@/lib/change";

type Kind = Executor["VariableBody"]["type"];

interface Draft {
  name: string;
  type: Kind;
  value: string;
  is_secret: boolean;
}

const KINDS: readonly Kind[] = ["string", "number", "boolean", "json"];

export function EditVariable({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Draft>();
  const save = useChange(["variables"], ({ name, type, value, is_secret }: Draft) =>
    putJson(`/executor/api/variables/${name}`, { type, is_secret, value: valueOf(type, value) }),
  );
  return (
    <Modal open title={t("variables.add")} okText={t("flows.save")} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
      {save.isError && <ErrorNote error={save.error} />}
      <Form<Draft> form={form} layout="vertical" initialValues={{ type: "string", is_secret: false }} onFinish={(draft) => save.mutate(draft, { onSuccess: onClose })}>
        <Form.Item name="name" label={t("variables.name")} rules={[{ required: true, pattern: /^[a-z][a-z0-9_]*$/, message: t("variables.nameRule") }]}>
          <Input placeholder="tax_rate" autoComplete="off" />
        </Form.Item>
        <Form.Item name="type" label={t("variables.type")}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: t(`variables.types.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="value" label={t("variables.value")} dependencies={["type"]} rules={[{ required: true, message: t("form.required") }, fits(t("variables.valueRule"))]}>
          <Input.TextArea autoSize />
        </Form.Item>
        <Form.Item name="is_secret" label={t("variables.isSecret")} extra={t("variables.secretHint")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What is typed, as a value of its type; throws for what is none. */
function valueOf(type: Kind, text: string): unknown {
  if (type === "string") return text;
  const value: unknown = JSON.parse(text);
  if (type !== "json" && typeof value !== type) throw new TypeError(type);
  return value;
}

const fits =
  (message: string) =>
  ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_: unknown, text: string | undefined) => {
      try {
        valueOf(getFieldValue("type") as Kind, text ?? "");
        return Promise.resolve();
      } catch {
        return text ? Promise.reject(new Error(message)) : Promise.resolve();
      }
    },
  });
